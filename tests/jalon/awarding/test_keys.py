"""Issuers' keys: sealed, renewed, and what an operator is told about them."""

from __future__ import annotations

import base64
import stat
from pathlib import Path
from typing import Any

import pytest
from tests.factories.awarding import a_checked_batch, an_award, an_issuing_organisation
from tests.factories.people import a_member, a_person, a_user, an_organisation
from tests.jalon.awarding.test_awards import verified

from jalon.awarding import actions, queries
from jalon.awarding.models import AwardBatch, IssuerKey
from jalon.awarding.queries.keys import did_served_for, signer_with
from jalon.awarding.rules.batch_states import BatchState
from jalon.config import environment
from jalon.foundation import jobs, vault
from jalon.foundation.errors import (
    EncryptionKeyMissingError,
    EncryptionKeyUnreadableError,
    EncryptionKeyWrongError,
    NotAllowedError,
    SealBrokenError,
)
from jalon.people.rules import Role
from sceau.verifying.report import Outcome, Question

pytestmark = pytest.mark.django_db

OTHER_KEY = base64.urlsafe_b64encode(b"another key of thirty-two bytes!").decode().rstrip("=")


@pytest.fixture
def with_environment(settings: Any, tmp_path: Path) -> Any:
    """Read the environment again with other values, in a data folder of its own."""

    def change(**values: str) -> None:
        settings.DATA_DIR = tmp_path
        settings.ENVIRONMENT = environment.read({"JALON_DATA_DIR": str(tmp_path), **values})

    return change


def test_the_first_key_is_made_once_under_the_public_address(settings: Any) -> None:
    settings.PUBLIC_URL = "https://jalon.example.org"
    organisation = an_organisation(slug="atelier")

    first, second = actions.ensure_key(organisation), actions.ensure_key(organisation)

    assert first == second
    assert first.did == "did:web:jalon.example.org:o:atelier"
    assert first.verification_method == "did:web:jalon.example.org:o:atelier#key-1"
    assert queries.issuer_did(organisation) == first.did


def test_the_private_key_is_sealed_and_bound_to_its_row() -> None:
    one, two = actions.ensure_key(an_organisation()), actions.ensure_key(an_organisation())
    private = signer_with(one).private_bytes()

    assert private not in bytes(one.sealed_private_key)
    two.sealed_private_key = one.sealed_private_key
    with pytest.raises(SealBrokenError):
        signer_with(two)
    one.sealed_private_key = bytes(one.sealed_private_key)[:-1]
    with pytest.raises(SealBrokenError):
        signer_with(one)


def test_another_encryption_key_is_named_by_its_fingerprint(with_environment: Any) -> None:
    key = actions.ensure_key(an_organisation())

    with_environment(JALON_KEY_ENCRYPTION_KEY=OTHER_KEY)

    with pytest.raises(EncryptionKeyWrongError) as refused:
        signer_with(key)
    assert refused.value.facts == {"expected": key.sealed_with, "met": vault.open_vault().fingerprint}
    warning = queries.key_warnings()[0]
    assert (warning.code, warning.is_error) == ("vault.key_wrong", True)
    assert key.sealed_with in warning.message


def test_a_missing_encryption_key_is_never_replaced_while_keys_are_sealed(
    with_environment: Any, tmp_path: Path
) -> None:
    key = actions.ensure_key(an_organisation())

    with_environment()

    with pytest.raises(EncryptionKeyMissingError):
        signer_with(key)
    with pytest.raises(EncryptionKeyMissingError):
        actions.ensure_key(an_organisation())
    assert not (tmp_path / "secrets" / "key-encryption-key").exists()
    warning = queries.key_warnings()[0]
    assert (warning.code, warning.is_error) == ("vault.key_missing", True)
    assert str(tmp_path) in warning.message


def test_the_encryption_key_is_made_on_first_use_and_its_place_is_warned_of(
    with_environment: Any, tmp_path: Path
) -> None:
    with_environment()
    assert queries.key_warnings() == []

    actions.ensure_key(an_organisation())

    path = tmp_path / "secrets" / "key-encryption-key"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [(w.code, w.is_error) for w in queries.key_warnings()] == [("keys.beside_database", False)]


def test_an_encryption_key_kept_elsewhere_raises_no_warning(
    with_environment: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("elsewhere") / "key"
    path.write_text(OTHER_KEY)

    with_environment(JALON_KEY_ENCRYPTION_KEY_FILE=str(path))
    actions.ensure_key(an_organisation())

    assert queries.key_warnings() == []


@pytest.mark.parametrize("text", ["short", "é" * 43, OTHER_KEY + "AA"])
def test_an_unreadable_encryption_key_is_refused_without_being_shown(
    with_environment: Any, text: str
) -> None:
    with_environment(JALON_KEY_ENCRYPTION_KEY=text)

    with pytest.raises(EncryptionKeyUnreadableError) as refused:
        vault.open_vault()
    assert text not in str(refused.value)
    assert [w.code for w in queries.key_warnings()] == ["vault.key_unreadable"]


def test_a_new_key_signs_and_what_the_old_one_signed_verifies() -> None:
    issuing = an_issuing_organisation()
    old = an_award(issuing)

    key = actions.rotate_key(organisation=issuing.organisation, by=issuing.signatory)
    new = an_award(issuing, person=a_person(issuing.organisation, "Luc Petit"))

    assert b"#key-1" in old.credentials.get().document_bytes
    assert b"#key-2" in new.credentials.get().document_bytes
    for award in (old, new):
        report = verified(award.credentials.get())
        assert report.answer(Question.INTACT) is Outcome.PASSED
        assert report.answer(Question.VALID) is Outcome.PASSED
    document = queries.did_document(key.did)
    assert document is not None
    assert document["assertionMethod"] == [f"{key.did}#key-1", f"{key.did}#key-2"]
    assert IssuerKey.objects.filter(is_active=True).count() == 1


def test_a_new_public_address_leaves_identifiers_as_they_are_until_asked(settings: Any) -> None:
    issuing = an_issuing_organisation(slug="atelier")
    old = an_award(issuing)
    settings.PUBLIC_URL = "https://jalon.example.org"

    same = actions.rotate_key(organisation=issuing.organisation, by=issuing.signatory)
    assert same.did == "did:web:localhost%3A8000:o:atelier"
    assert "keys.other_address" in [w.code for w in queries.key_warnings()]
    moved = actions.rotate_key(
        organisation=issuing.organisation, by=issuing.signatory, at_present_address=True
    )
    new = an_award(issuing, person=a_person(issuing.organisation, "Luc Petit"))

    assert moved.verification_method == "did:web:jalon.example.org:o:atelier#key-1"
    assert did_served_for("atelier") == moved.did
    assert new.credentials.get().status_list.url.startswith("https://jalon.example.org/status/")
    for award in (old, new):
        assert verified(award.credentials.get()).answer(Question.INTACT) is Outcome.PASSED
    # The list of the old identifier is still signed by its own key.
    actions.revoke_award(award=old, reason="error", by=issuing.signatory)
    assert verified(old.credentials.get()).answer(Question.VALID) is Outcome.FAILED


def test_rotating_is_refused_to_who_may_not() -> None:
    issuing = an_issuing_organisation()
    designer = a_member(a_user(), issuing.organisation, Role.DESIGNER)

    with pytest.raises(NotAllowedError):
        actions.rotate_key(organisation=issuing.organisation, by=designer)


def test_a_batch_stops_with_the_reason_when_the_key_cannot_be_opened_and_goes_on_afterwards(
    with_environment: Any, settings: Any
) -> None:
    issuing = an_issuing_organisation()
    actions.ensure_key(issuing.organisation)
    batch = actions.start_batch(batch=a_checked_batch(issuing), by=issuing.signatory)
    right = settings.ENVIRONMENT

    with_environment(JALON_KEY_ENCRYPTION_KEY=OTHER_KEY)
    jobs.Worker().run_until_empty()
    batch.refresh_from_db()
    assert (batch.state, batch.failure_code) == (BatchState.FAILED, "vault.key_wrong")
    assert batch.counts == {"queued": 3}

    settings.ENVIRONMENT = right
    actions.start_batch(batch=batch, by=issuing.signatory)
    jobs.Worker().run_until_empty()
    batch = AwardBatch.objects.get()
    assert (batch.state, batch.failure_code, batch.counts) == (BatchState.FINISHED, "", {"awarded": 3})
