"""What the libraries of others are shown: the whole example in each cryptosuite, and spoilt in each way."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sceau.canon import strict_json
from sceau.canon.contexts import CREDENTIALS_V2, OPEN_BADGES_3, pinned
from sceau.did import did_key
from sceau.did.document import did_of
from sceau.formats import open_badges_3
from sceau.keys.public import KeyType
from sceau.keys.signer import EcdsaSigner, Ed25519Signer
from sceau.ports import Signer
from sceau.proofs import cryptosuites
from sceau.testing import EXAMPLE_MOMENT, example_credential, key_signer

CONTEXTS = {url: pinned().document(url) for url in (CREDENTIALS_V2, OPEN_BADGES_3)}
NOW = EXAMPLE_MOMENT + timedelta(hours=2)


@dataclass(frozen=True)
class Kind:
    """A cryptosuite with a kind of key."""

    cryptosuite: str
    key: KeyType

    def __str__(self) -> str:
        return f"{self.cryptosuite} {self.key}"


KINDS = (
    Kind("eddsa-rdfc-2022", KeyType.ED25519),
    Kind("eddsa-jcs-2022", KeyType.ED25519),
    Kind("ecdsa-rdfc-2019", KeyType.P256),
    Kind("ecdsa-rdfc-2019", KeyType.P384),
    Kind("ecdsa-jcs-2019", KeyType.P256),
    Kind("ecdsa-jcs-2019", KeyType.P384),
)


def signer_of(kind: KeyType, number: int = 1) -> Ed25519Signer | EcdsaSigner:
    """A fixed did:key of that kind; another *number* is another key."""
    if kind is KeyType.ED25519:
        return key_signer(number)
    scalar = number.to_bytes(32, "big")
    public = EcdsaSigner.from_scalar(kind, scalar, "").public_key_multibase
    return EcdsaSigner.from_scalar(kind, scalar, did_key.verification_method(public))


def whole(issuer: str, **changes: Any) -> dict[str, Any]:
    """The whole example of `sceau.testing` as an Open Badge, not yet signed."""
    return open_badges_3.to_document(example_credential(issuer_id=issuer, **changes))


def signed(document: dict[str, Any], cryptosuite: str, signer: Signer) -> dict[str, Any]:
    """*document* with a proof, in a list as we write it. Nobody asks whose key it is."""
    proof = cryptosuites.SUITES[cryptosuite].create_proof(document, signer=signer, created=EXAMPLE_MOMENT)
    return {**document, "proof": [proof]}


def example(kind: Kind, number: int = 1, **changes: Any) -> dict[str, Any]:
    """The whole example, signed by a did:key of that kind."""
    signer = signer_of(kind.key, number)
    return signed(whole(did_of(signer.verification_method), **changes), kind.cryptosuite, signer)


def written(document: dict[str, Any]) -> bytes:
    """As JSON, for `sceau.verifying`."""
    return strict_json.write(document)


def _another_letter(document: dict[str, Any], kind: Kind) -> None:
    document["credentialSubject"]["achievement"]["name"] += "s"


def _another_letter_in_the_signature(document: dict[str, Any], kind: Kind) -> None:
    value = document["proof"][0]["proofValue"]
    document["proof"][0]["proofValue"] = value[:20] + ("2" if value[20] == "3" else "3") + value[21:]


def _another_moment(document: dict[str, Any], kind: Kind) -> None:
    document["proof"][0]["created"] = "2026-06-02T08:00:01Z"


def _another_purpose(document: dict[str, Any], kind: Kind) -> None:
    document["proof"][0]["proofPurpose"] = "authentication"


def _another_key_under_this_name(document: dict[str, Any], kind: Kind) -> None:
    (proof,) = document.pop("proof")
    other = signed(document, kind.cryptosuite, signer_of(kind.key, 2))["proof"][0]["proofValue"]
    document["proof"] = [{**proof, "proofValue": other}]


def _the_key_of_a_stranger(document: dict[str, Any], kind: Kind) -> None:
    del document["proof"]
    document["proof"] = signed(document, kind.cryptosuite, signer_of(kind.key, 2))["proof"]


def _no_proof(document: dict[str, Any], kind: Kind) -> None:
    del document["proof"]


def _an_empty_list_of_proofs(document: dict[str, Any], kind: Kind) -> None:
    document["proof"] = []


_SPOILERS: dict[str, Callable[[dict[str, Any], Kind], None]] = {
    "another letter": _another_letter,
    "another letter in the signature": _another_letter_in_the_signature,
    "another moment": _another_moment,
    "another purpose": _another_purpose,
    "another key under this name": _another_key_under_this_name,
    "the key of a stranger": _the_key_of_a_stranger,
    "no proof": _no_proof,
    "an empty list of proofs": _an_empty_list_of_proofs,
}
WAYS_TO_SPOIL = tuple(_SPOILERS)


def spoilt(document: dict[str, Any], way: str, kind: Kind) -> dict[str, Any]:
    """A copy in which one thing is wrong."""
    copied = copy.deepcopy(document)
    _SPOILERS[way](copied, kind)
    return copied
