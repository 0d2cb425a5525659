"""What a third party says of an issuer, a micro-credential or a credential, signed and verified."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sceau.canon import jsonld
from sceau.did import did_key
from sceau.did.resolver import Resolver
from sceau.errors import DataModelError, ForbiddenCharacterError, WrongKeyError
from sceau.formats import data_model, open_badges_3
from sceau.formats.open_badges_3 import endorsements
from sceau.issuing import issue_endorsement, issue_status_list
from sceau.model.credential import Endorsement, Issuer, StatusEntry
from sceau.model.texts import NO_TEXT, Text
from sceau.status import bitstring
from sceau.testing import EXAMPLE_MOMENT, MemoryStatuses, example_credential, example_issuer, key_signer
from sceau.verifying.policy import Policy
from sceau.verifying.report import Outcome, Question, Report
from sceau.verifying.verify import verify

ENDORSER = key_signer(2)
BRANCH = Issuer(
    id=did_key.did(ENDORSER.public_key_multibase),
    name="Branche du paysage (fictive)",
    country_code="FR",
    url="https://branche.example.org/",
)
LIST = "https://branche.example.org/status/1"
ABOUT = {
    "Profile": example_issuer().id,
    "Achievement": example_credential().micro_credential.id,
    "AchievementCredential": example_credential().id,
}


def endorsement(kind: str = "Achievement", **changes: Any) -> Endorsement:
    whole = Endorsement(
        id="urn:uuid:1c7b4b52-7a4e-4a55-9d4d-0f3f5d1e2a01",
        issuer=BRANCH,
        subject_id=ABOUT[kind],
        subject_kind=kind,
        comment=Text((("fr", "Répond aux besoins de la branche."),)),
        valid_from=EXAMPLE_MOMENT,
        valid_until=EXAMPLE_MOMENT + timedelta(days=365),
        status=(StatusEntry(LIST, 7),),
    )
    return replace(whole, **changes)


def signed(kind: str = "Achievement", **changes: Any) -> bytes:
    return issue_endorsement(endorsement(kind, **changes), signer=ENDORSER, created=EXAMPLE_MOMENT)


def report(data: bytes, *, revoked: bool = False) -> Report:
    published = issue_status_list(
        list_url=LIST,
        issuer_id=BRANCH.id,
        purpose="revocation",
        bits=bitstring.build({7: int(revoked)}),
        signer=ENDORSER,
        created=EXAMPLE_MOMENT,
    )
    policy = Policy(resolver=Resolver(), statuses=MemoryStatuses({LIST: published}))
    return verify(data, at=EXAMPLE_MOMENT + timedelta(hours=1), policy=policy)


@pytest.mark.parametrize("kind", list(ABOUT))
def test_it_is_written_in_the_terms_of_the_standard_and_read_back(kind: str) -> None:
    document = json.loads(signed(kind))

    assert document["type"] == ["VerifiableCredential", "EndorsementCredential"]
    assert document["name"] == "Soutien apporté par Branche du paysage (fictive)"
    assert document["credentialSubject"] == {
        "id": ABOUT[kind],
        "type": ["EndorsementSubject", kind],
        "endorsementComment": "Répond aux besoins de la branche.",
        "inLanguage": "fr",
    }
    assert endorsements.from_document(document) == endorsement(kind)
    data_model.check(document)


@pytest.mark.parametrize("kind", list(ABOUT))
def test_it_keeps_the_strict_schema(vectors: Path, kind: str) -> None:
    schema = json.loads((vectors / "open-badges-3" / "ob_v3p0_achievementcredential_schema.json").read_text())
    validator = jsonschema.Draft201909Validator(
        {"$ref": "#/$defs/EndorsementCredential", "$defs": schema["$defs"]},
        format_checker=jsonschema.Draft201909Validator.FORMAT_CHECKER,
    )
    document = json.loads(signed(kind))

    assert [error.message for error in validator.iter_errors(document)] == []
    assert not validator.is_valid(document | {"proof": document["proof"][0]})


@pytest.mark.parametrize("kind", list(ABOUT))
def test_it_is_verified_like_any_other(kind: str) -> None:
    met = report(signed(kind))

    assert met.format == "open_badges_3"
    assert met.answer(Question.INTACT) is Outcome.PASSED
    assert met.answer(Question.VALID) is Outcome.PASSED
    assert met.issuer_name == BRANCH.name
    assert met.credential is None
    assert met.document is not None
    assert endorsements.from_document(met.document) == endorsement(kind)


def test_a_changed_word_another_subject_and_a_withdrawal_are_noticed() -> None:
    words, subject = json.loads(signed()), json.loads(signed())
    words["credentialSubject"]["endorsementComment"] += " Tous."
    subject["credentialSubject"]["id"] = "urn:uuid:00000000-0000-4000-8000-000000000000"
    kind = json.loads(signed())
    kind["credentialSubject"]["type"] = ["EndorsementSubject", "Profile"]

    for changed in (words, subject, kind):
        assert report(json.dumps(changed).encode()).answer(Question.INTACT) is Outcome.FAILED
    assert report(signed(), revoked=True).answer(Question.VALID) is Outcome.FAILED


def test_another_organisation_cannot_sign_it() -> None:
    with pytest.raises(WrongKeyError):
        issue_endorsement(endorsement(), signer=key_signer(3), created=EXAMPLE_MOMENT)


def test_it_is_an_open_badge_but_no_credential_of_a_person() -> None:
    document = endorsements.to_document(endorsement())

    assert open_badges_3.recognises(document)
    assert endorsements.recognises(document)
    for read in (open_badges_3.from_document, open_badges_3.read_any):
        with pytest.raises(DataModelError):
            read(document)
    assert not endorsements.recognises(open_badges_3.to_document(example_credential()))


plain = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cn"], exclude_characters="\ufeff"), min_size=1, max_size=30
).filter(lambda text: text == text.strip() and text != "")


@given(
    st.builds(
        Endorsement,
        id=st.uuids().map(lambda value: value.urn),
        issuer=st.builds(
            Issuer,
            id=st.integers(0, 10**9).map(lambda number: f"did:web:example.org:o:{number}"),
            name=plain,
            country_code=st.sampled_from(["", "FR"]),
            region=st.just("") | plain,
        ),
        subject_id=st.integers(0, 10**9).map(lambda number: f"https://example.org/{number}"),
        subject_kind=st.sampled_from(endorsements.KINDS),
        comment=st.builds(
            lambda language, text: Text(((language, text),)), st.sampled_from(["fr", "pt-BR"]), plain
        ),
        valid_from=st.integers(0, 4 * 10**9).map(lambda seconds: datetime.fromtimestamp(seconds, UTC)),
        valid_until=st.none() | st.just(datetime(2200, 1, 1, tzinfo=UTC)),
        status=st.just(()) | st.just((StatusEntry(LIST, 7),)),
    )
)
@settings(max_examples=50, deadline=None)
def test_what_is_written_reads_back(whole: Endorsement) -> None:
    document = endorsements.to_document(whole)

    assert endorsements.from_document(json.loads(json.dumps(document))) == whole
    assert jsonld.to_quads(document)


def test_one_language_is_kept() -> None:
    comment = Text((("en", "Well made."), ("fr", "Bien fait.")))
    document = endorsements.to_document(endorsement(comment=comment))

    assert document["name"] == "Endorsement by Branche du paysage (fictive)"
    assert endorsements.from_document(document).comment == Text((("en", "Well made."),))


@pytest.mark.parametrize(
    "change",
    [
        {"subject_kind": ""},
        {"subject_kind": "EndorsementCredential"},
        {"subject_id": ""},
        {"subject_id": "javascript:alert(1)"},
        {"subject_id": BRANCH.id, "subject_kind": "Profile"},
        {"subject_id": endorsement().id},
        {"id": "5"},
        {"comment": NO_TEXT},
        {"comment": Text((("x-klingon", "a"),))},
        {"issuer": replace(BRANCH, name=" ")},
        {"issuer": replace(BRANCH, id="branch")},
        {"valid_from": EXAMPLE_MOMENT.replace(tzinfo=None)},
        {"valid_until": EXAMPLE_MOMENT},
        {"status": (StatusEntry(LIST, -1),)},
    ],
)
def test_what_cannot_be_written_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(DataModelError):
        endorsements.to_document(endorsement(**change))


def test_forbidden_characters_are_refused() -> None:
    with pytest.raises(ForbiddenCharacterError):
        endorsements.to_document(endorsement(comment=Text((("fr", "a\x00b"),))))


# Of other authors.


LEAST: dict[str, Any] = {
    "type": ["VerifiableCredential", "EndorsementCredential"],
    "issuer": "did:example:e",
    "validFrom": "2026-01-01T00:00:00Z",
    "credentialSubject": {"id": "https://example.org/a", "type": ["EndorsementSubject"]},
}


def test_the_least_that_can_be_shown() -> None:
    assert endorsements.from_document(LEAST) == Endorsement(
        id="",
        issuer=Issuer("did:example:e", "", ""),
        subject_id="https://example.org/a",
        subject_kind="",
        comment=NO_TEXT,
        valid_from=datetime(2026, 1, 1, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("types", "kind"),
    [
        (["EndorsementSubject", "OpenBadgeCredential"], "AchievementCredential"),
        (["EndorsementSubject", "Profile", "Achievement"], ""),
        (["EndorsementSubject", "https://example.org/Course"], ""),
    ],
)
def test_what_it_is_about_is_not_guessed(types: list[str], kind: str) -> None:
    subject = LEAST["credentialSubject"] | {"type": types}

    assert endorsements.from_document(LEAST | {"credentialSubject": subject}).subject_kind == kind


@pytest.mark.parametrize(
    "change",
    [
        {"type": ["VerifiableCredential"]},
        {"type": ["EndorsementCredential", "OpenBadgeCredential"]},
        {"type": None},
        {"credentialSubject": None},
        {"credentialSubject": []},
        {"credentialSubject": "https://example.org/a"},
        {"credentialSubject": {"id": "https://example.org/a", "type": ["AchievementSubject"]}},
        {"credentialSubject": {"id": "javascript:alert(1)", "type": ["EndorsementSubject"]}},
        {"credentialSubject": {"type": ["EndorsementSubject"]}},
        {"credentialSubject": [LEAST["credentialSubject"], LEAST["credentialSubject"]]},
        {"issuer": None},
        {"issuer": {"name": "x"}},
        {"validFrom": None},
        {"validUntil": "never"},
        {"credentialStatus": {"type": "BitstringStatusListEntry"}},
    ],
)
def test_what_is_not_one_or_cannot_be_shown_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(DataModelError):
        endorsements.from_document(LEAST | change)
