"""
The cryptosuite eddsa-rdfc-2022: RDFC-1.0 and Ed25519.

Source:
    W3C Data Integrity EdDSA Cryptosuites v1.0, section 3.2.
"""

from __future__ import annotations

from sceau.keys.public import KeyType
from sceau.proofs.data_integrity import Suite, rdf_form

SUITE = Suite("eddsa-rdfc-2022", frozenset({KeyType.ED25519}), rdf_form)
