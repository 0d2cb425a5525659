"""Endorsements inside a badge: each verified by itself, and nothing hidden by them."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from tests.sceau.formats.test_endorsements import BRANCH, ENDORSER, LIST, endorsement, signed

from sceau.did.resolver import Resolver
from sceau.formats import open_badges_3
from sceau.formats.open_badges_3 import endorsements
from sceau.issuing import issue, issue_status_list, secure, secure_token
from sceau.model.texts import Text
from sceau.status import bitstring
from sceau.testing import EXAMPLE_MOMENT, MemoryStatuses, example_credential, key_signer
from sceau.verifying.policy import Policy
from sceau.verifying.report import Outcome, Question, Report
from sceau.verifying.verify import verify

NOW = EXAMPLE_MOMENT + timedelta(hours=1)
LISTS = MemoryStatuses(
    {
        LIST: issue_status_list(
            list_url=LIST,
            issuer_id=BRANCH.id,
            purpose="revocation",
            bits=bitstring.build({}),
            signer=ENDORSER,
            created=EXAMPLE_MOMENT,
        )
    }
)


def badge_with(*inside: Any, at: str = "") -> dict[str, Any]:
    """The example with endorsements in it, signed as a whole; *at* is ``"issuer"`` or ``"achievement"``."""
    document = open_badges_3.to_document(example_credential())
    subject = document["credentialSubject"]
    host = {"": document, "issuer": document["issuer"], "achievement": subject["achievement"]}[at]
    host["endorsement"] = list(inside)
    return secure(document, signer=key_signer(), created=EXAMPLE_MOMENT)


def verified(document: dict[str, Any], **policy: Any) -> Report:
    return verify(json.dumps(document), at=NOW, policy=Policy(resolver=Resolver(), statuses=LISTS, **policy))


def about_the_badge(kind: str = "Achievement") -> dict[str, Any]:
    credential = example_credential()
    ids = {
        "Achievement": credential.micro_credential.id,
        "Profile": credential.issuer.id,
        "AchievementCredential": credential.id,
    }
    made: dict[str, Any] = json.loads(signed(kind, subject_id=ids[kind]))
    return made


@pytest.mark.parametrize(
    ("kind", "at"),
    [("Achievement", "achievement"), ("Profile", "issuer"), ("AchievementCredential", ""), ("Profile", "")],
)
def test_an_endorsement_inside_a_badge_is_verified_by_itself(kind: str, at: str) -> None:
    met = verified(badge_with(about_the_badge(kind), at=at))

    assert met.answer(Question.INTACT) is Outcome.PASSED
    assert met.credential == example_credential()
    (said,) = met.endorsements
    assert [said.answer(each) for each in (Question.INTACT, Question.VALID)] == [Outcome.PASSED] * 2
    assert said.issuer_name == BRANCH.name
    assert said.document is not None
    assert endorsements.from_document(said.document).comment == endorsement().comment


def test_what_is_said_of_a_badge_in_another_language_is_not_the_badges_own() -> None:
    ids = example_credential()
    said = json.loads(
        signed(subject_id=ids.micro_credential.id, comment=Text((("en", "What the trade needs."),)))
    )

    assert verified(badge_with(said)).credential == example_credential()


def test_a_title_that_was_moved_into_what_endorses_it_is_read_there() -> None:
    document = badge_with(about_the_badge(), at="achievement")
    achievement = document["credentialSubject"]["achievement"]
    achievement["endorsement"][0]["credentialSubject"]["name"] = achievement.pop("name")

    met = verified(document)

    assert met.answer(Question.INTACT) is Outcome.PASSED
    assert met.credential == example_credential()


def test_a_forged_endorsement_takes_nothing_from_the_badge_and_is_told() -> None:
    forged = about_the_badge()
    forged["credentialSubject"]["endorsementComment"] = "La meilleure de toutes."

    met = verified(badge_with(forged))

    assert met.answer(Question.INTACT) is Outcome.PASSED
    assert [said.answer(Question.INTACT) for said in met.endorsements] == [Outcome.FAILED]


def test_an_endorsement_slipped_in_or_taken_out_is_noticed() -> None:
    with_one, without = (
        badge_with(about_the_badge()),
        json.loads(issue(example_credential(), signer=key_signer(), created=EXAMPLE_MOMENT)),
    )
    without["endorsement"] = with_one.pop("endorsement")

    assert verified(with_one).answer(Question.INTACT) is Outcome.FAILED
    assert verified(without).answer(Question.INTACT) is Outcome.FAILED


def test_an_endorsement_of_something_else_is_none_of_this_badge() -> None:
    met = verified(badge_with(json.loads(signed(subject_id="urn:uuid:00000000-0000-4000-8000-000000000000"))))

    assert met.answer(Question.INTACT) is Outcome.PASSED
    assert met.endorsements == ()


def test_few_endorsements_are_looked_at() -> None:
    several = [
        about_the_badge() | {"id": f"urn:uuid:00000000-0000-4000-8000-00000000000{n}"} for n in range(6)
    ]

    assert len(verified(badge_with(*several)).endorsements) == 4
    assert verified(badge_with(*several), max_endorsements=0).endorsements == ()


@pytest.mark.parametrize(
    ("context", "code"),
    [
        (["https://www.w3.org/ns/credentials/v2", "https://example.org/mine"], "context.unknown"),
        ({"endorsementComment": "https://example.org/anything"}, "context.invalid"),
        (["https://www.w3.org/ns/credentials/v2", {"@vocab": "https://example.org/"}], "context.invalid"),
        (["https://www.w3.org/2018/credentials/v1"], "context.invalid"),
        (None, "context.invalid"),
        ([], "context.invalid"),
    ],
)
def test_the_contexts_of_an_endorsement_give_no_word_another_meaning(context: Any, code: str) -> None:
    document = badge_with(about_the_badge())
    document["endorsement"][0]["@context"] = context

    met = verified(document)

    assert met.answer(Question.INTACT) is not Outcome.PASSED
    assert code in {check.code for check in met.reasons(Question.INTACT)}


def test_contexts_are_named_again_nowhere_else() -> None:
    document = badge_with(about_the_badge())
    document["issuer"]["@context"] = document["@context"]

    assert "context.undefined_term" in {check.code for check in verified(document).reasons(Question.INTACT)}


@pytest.mark.parametrize("name", ["validUntil", "name"])
def test_nothing_of_the_credential_is_hidden_in_what_endorses_it(name: str) -> None:
    document = badge_with(about_the_badge("AchievementCredential"))
    document["endorsement"][0]["credentialSubject"][name] = document.pop(name)

    met = verified(document)

    assert met.answer(Question.INTACT) is Outcome.FAILED
    assert "model.invalid" in {check.code for check in met.reasons(Question.INTACT)}


def test_an_endorsement_as_a_token_is_verified_by_itself() -> None:
    bare = {name: value for name, value in about_the_badge().items() if name != "proof"}
    document = open_badges_3.to_document(example_credential())
    document["endorsementJwt"] = [secure_token(bare, signer=ENDORSER), "eyJhbGciOiJub25lIn0.e30.", 5]

    met = verify(
        secure_token(document, signer=key_signer()),
        at=NOW,
        policy=Policy(resolver=Resolver(), statuses=LISTS),
    )

    (said,) = met.endorsements
    assert said.answer(Question.INTACT) is Outcome.PASSED
    assert said.envelope == "jwt"
