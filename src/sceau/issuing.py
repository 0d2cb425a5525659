"""Issuing: a credential or a status list, a signer and a moment go in; the exact bytes to keep come out."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sceau.canon import strict_json
from sceau.canon.contexts import CREDENTIALS_V2
from sceau.did.document import did_of
from sceau.errors import DataModelError, WrongKeyError
from sceau.formats import open_badges_3
from sceau.keys.public import KeyType
from sceau.model import moments
from sceau.model.credential import Credential
from sceau.ports import Signer
from sceau.proofs import ecdsa_rdfc_2019, eddsa_rdfc_2022
from sceau.proofs.data_integrity import Suite
from sceau.status import bitstring

STATUS_LIST_CREDENTIAL = "BitstringStatusListCredential"
STATUS_LIST = "BitstringStatusList"


def issue(credential: Credential, *, signer: Signer, created: datetime) -> bytes:
    """
    Sign a credential as an Open Badge 3.0. Pure: the same arguments give the same bytes.

    Args:
        signer: Its verification method must be a key of the credential's issuer.
        created: Aware; the moment of the signature.

    Returns:
        UTF-8 JSON; keep these bytes as they are. ``proof`` is a list of one.

    Raises:
        DataModelError: A mandatory element of Annex I is missing, or a value cannot be written.
        ForbiddenCharacterError: A control character, noncharacter or lone surrogate in any text.
        WrongKeyError: The key is another issuer's.
    """
    return _sign(open_badges_3.to_document(credential), credential.issuer.id, signer, created)


def issue_status_list(
    *,
    list_url: str,
    issuer_id: str,
    purpose: str,
    bits: bytes,
    signer: Signer,
    created: datetime,
    valid_until: datetime | None = None,
) -> bytes:
    """
    Sign a status list, which is a credential of its own.

    Args:
        list_url: Where it is published; entries name it as their statusListCredential.
        purpose: ``"revocation"`` or ``"suspension"``.
        bits: At least 16 KiB, index 0 in the most significant bit of the first byte.
        valid_until: After it nobody may rely on this copy.

    Raises:
        StatusListTooShortError: Under 131,072 bits.
        WrongKeyError: The key is another issuer's.

    Source:
        W3C Bitstring Status List v1.0, section 2.2.
    """
    if purpose not in ("revocation", "suspension"):
        raise DataModelError(f"expected revocation or suspension as the purpose, met {purpose!r}")
    document: dict[str, Any] = {
        "@context": [CREDENTIALS_V2],
        "id": list_url,
        "type": ["VerifiableCredential", STATUS_LIST_CREDENTIAL],
        "issuer": issuer_id,
        "validFrom": moments.write(created),
        "credentialSubject": {
            "id": f"{list_url}#list",
            "type": STATUS_LIST,
            "statusPurpose": purpose,
            "encodedList": bitstring.encode(bits),
        },
    }
    if valid_until is not None:
        document["validUntil"] = moments.write(valid_until)
    return _sign(document, issuer_id, signer, created)


def suite_for(signer: Signer) -> Suite:
    """The cryptosuite that goes with a signer's kind of key."""
    return eddsa_rdfc_2022.SUITE if signer.key_type == KeyType.ED25519 else ecdsa_rdfc_2019.SUITE


def _sign(document: dict[str, Any], issuer_id: str, signer: Signer, created: datetime) -> bytes:
    if did_of(signer.verification_method) != issuer_id:
        raise WrongKeyError(f"expected a key of {issuer_id!r}, met {signer.verification_method!r}")
    proof = suite_for(signer).create_proof(document, signer=signer, created=created)
    # 1EdTech's strict schema wants a list.
    return strict_json.write({**document, "proof": [proof]})
