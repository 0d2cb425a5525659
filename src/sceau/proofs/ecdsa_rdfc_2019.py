"""
The cryptosuite ecdsa-rdfc-2019: RDFC-1.0 and ECDSA, on P-256 with SHA-256 or on P-384 with SHA-384.

Source:
    W3C Data Integrity ECDSA Cryptosuites v1.0, section 3.2.
"""

from __future__ import annotations

from sceau.keys.public import KeyType
from sceau.proofs.data_integrity import Suite, rdf_form

SUITE = Suite("ecdsa-rdfc-2019", frozenset({KeyType.P256, KeyType.P384}), rdf_form)
