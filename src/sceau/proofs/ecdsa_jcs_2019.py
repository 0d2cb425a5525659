"""
The cryptosuite ecdsa-jcs-2019: canonical JSON and ECDSA, on P-256 with SHA-256 or on P-384 with SHA-384.

Source:
    W3C Data Integrity ECDSA Cryptosuites v1.0, section 3.3.
"""

from __future__ import annotations

from sceau.keys.public import KeyType
from sceau.proofs.data_integrity import Suite, json_form

SUITE = Suite("ecdsa-jcs-2019", frozenset({KeyType.P256, KeyType.P384}), json_form, keeps_context=True)
