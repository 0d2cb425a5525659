"""
The cryptosuite eddsa-jcs-2022: canonical JSON and Ed25519.

Source:
    W3C Data Integrity EdDSA Cryptosuites v1.0, section 3.3.
"""

from __future__ import annotations

from sceau.keys.public import KeyType
from sceau.proofs.data_integrity import Suite, json_form

SUITE = Suite("eddsa-jcs-2022", frozenset({KeyType.ED25519}), json_form, keeps_context=True)
