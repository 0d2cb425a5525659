"""A new key takes over: what the old one signed still verifies, unless it was withdrawn."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest

from sceau.did import document
from sceau.did.resolver import Resolver
from sceau.issuing import issue
from sceau.keys.public import KeyType
from sceau.keys.signer import EcdsaSigner, Ed25519Signer
from sceau.model import moments
from sceau.ports import Signer
from sceau.testing import EXAMPLE_MOMENT, MemoryDocuments, example_credential
from sceau.verifying.policy import Policy
from sceau.verifying.report import Outcome, Question
from sceau.verifying.verify import verify

DID = "did:web:example.org:o:atelier"
OLD = Ed25519Signer(bytes(range(32)), f"{DID}#key-1")
NEW = EcdsaSigner.from_scalar(KeyType.P256, bytes(range(1, 33)), f"{DID}#key-2")
ROTATED_AT = EXAMPLE_MOMENT + timedelta(days=30)
NOW = EXAMPLE_MOMENT + timedelta(days=60)


def _document(*signers: Signer, **words: str) -> dict[str, object]:
    """The DID document; *words* are said of the first key."""
    made = document.build(DID, [(one.verification_method, one.public_key_multibase) for one in signers])
    methods = made["verificationMethod"]
    assert isinstance(methods, list)
    methods[0].update(words)
    return made


def _issue(signer: Signer) -> bytes:
    created = EXAMPLE_MOMENT if signer is OLD else ROTATED_AT
    return issue(example_credential(issuer_id=DID), signer=signer, created=created)


def _intact(data: bytes, known: dict[str, object]) -> Outcome:
    policy = Policy(resolver=Resolver(documents=[MemoryDocuments(known)]))
    return verify(data, at=NOW, policy=policy).answer(Question.INTACT)


def test_after_a_rotation_old_credentials_verify_and_new_ones_carry_the_new_key() -> None:
    old, new = _issue(OLD), _issue(NEW)
    known = _document(OLD, NEW)

    assert _intact(old, known) is Outcome.PASSED
    assert _intact(new, known) is Outcome.PASSED
    for data, signer in ((old, OLD), (new, NEW)):
        (proof,) = json.loads(data)["proof"]
        assert proof["verificationMethod"] == signer.verification_method


def test_before_the_new_key_is_published_nothing_of_it_verifies() -> None:
    known = _document(OLD)

    assert _intact(_issue(OLD), known) is Outcome.PASSED
    assert _intact(_issue(NEW), known) is not Outcome.PASSED


@pytest.mark.parametrize("word", ["revoked", "expires"])
@pytest.mark.parametrize("moment", [EXAMPLE_MOMENT - timedelta(days=1), ROTATED_AT, NOW])
def test_nothing_of_a_withdrawn_key_verifies_whatever_date_it_bears(word: str, moment: datetime) -> None:
    known = _document(OLD, NEW, **{word: moments.write(moment)})

    assert _intact(_issue(OLD), known) is Outcome.FAILED
    assert _intact(_issue(NEW), known) is Outcome.PASSED


def test_a_key_that_will_end_later_still_verifies() -> None:
    known = _document(OLD, NEW, expires=moments.write(NOW + timedelta(seconds=1)))

    assert _intact(_issue(OLD), known) is Outcome.PASSED


def test_the_name_of_one_key_with_the_signature_of_the_other_is_refused() -> None:
    swapped = Ed25519Signer(bytes(range(32)), NEW.verification_method)

    assert _intact(_issue(swapped), _document(OLD, NEW)) is Outcome.FAILED
