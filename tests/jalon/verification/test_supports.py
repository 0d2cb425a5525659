"""Endorsements inside a badge: who, of what, since when, whether intact; and no issuer known by them."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from django.test import Client
from tests.factories.verification import (
    NOW,
    MemoryOwnIssuers,
    a_sealed_credential,
    a_web_credential,
    outside_world,
)
from tests.sceau.formats.test_endorsements import BRANCH, ENDORSER, LIST, signed
from tests.sceau.verifying.test_endorsements_inside import about_the_badge, badge_with

from jalon.foundation import clock
from jalon.verification import actions
from jalon.verification.labels.supports import Supports, said_by_others
from jalon.verification.labels.verdict import verdict
from jalon.verification.rules import Result
from sceau.issuing import issue, issue_status_list
from sceau.status import bitstring
from sceau.testing import EXAMPLE_MOMENT, MemoryFetcher, example_issuer, key_signer, whole_credential

pytestmark = pytest.mark.django_db
INTACT_BY_A_STRANGER = (
    "Dit soutenir cette micro-certification, depuis le 2 juin 2026. Ce soutien est intact. "
    "Personne que nous connaissions ne dit à qui est la clé qui l’a signé."
)


def a_network(*, revoked: bool = False) -> MemoryFetcher:
    """On which the branch publishes which of its endorsements it took back."""
    published = issue_status_list(
        list_url=LIST,
        issuer_id=BRANCH.id,
        purpose="revocation",
        bits=bitstring.build({7: int(revoked)}),
        signer=ENDORSER,
        created=EXAMPLE_MOMENT,
    )
    return MemoryFetcher({LIST: published}, fetched_at=NOW)


def result(badge: dict[str, Any], network: MemoryFetcher | None = None) -> Result:
    network = network or a_network()
    with clock.frozen(NOW), outside_world(fetcher=network):
        return actions.verify_bytes(json.dumps(badge).encode())


def told(badge: dict[str, Any], network: MemoryFetcher | None = None) -> Supports:
    found = said_by_others(result(badge, network))
    assert found is not None
    return found


def vouch(did: str, name: str) -> None:
    actions.trust_issuer(did=did, name=name, vouched_by="Région Grand Est", since=date(2026, 3, 1))


def forged() -> dict[str, Any]:
    """Its comment is not the one that was signed."""
    document = about_the_badge()
    document["credentialSubject"]["endorsementComment"] = "La meilleure de toutes."
    return document


def test_an_endorsement_is_told_with_its_name_day_and_words() -> None:
    (line,) = told(badge_with(about_the_badge())).lines

    assert (line.name, line.words) == (BRANCH.name, INTACT_BY_A_STRANGER)
    assert line.comment == "Répond aux besoins de la branche."


@pytest.mark.parametrize(
    ("kind", "about"),
    [("Profile", "l’organisme nommé"), ("AchievementCredential", "cette attestation")],
)
def test_what_it_is_about_is_told(kind: str, about: str) -> None:
    (line,) = told(badge_with(about_the_badge(kind))).lines

    assert line.words.startswith(f"Dit soutenir {about}, depuis le 2 juin 2026.")


def test_a_forged_one_is_told_without_its_words() -> None:
    (line,) = told(badge_with(forged())).lines

    assert line.words == "Un soutien porte ce nom, mais sa signature ne tient pas : ne le comptez pas."
    assert line.comment == ""


def test_the_issuer_is_known_by_none_of_them() -> None:
    vouch(BRANCH.id, BRANCH.name)
    alone, supported = (
        verdict(result(badge_with(*inside))) for inside in ((), (about_the_badge("Profile"),))
    )

    assert supported.answers == alone.answers
    assert supported.headline == alone.headline == "Attestation intacte, organisme inconnu de nous"


def test_who_confirms_the_name_of_a_supporter_is_told() -> None:
    vouch(BRANCH.id, BRANCH.name)

    (line,) = told(badge_with(about_the_badge())).lines

    assert line.words.endswith("Région Grand Est confirme que la clé est bien à ce nom.")


def test_a_key_confirmed_for_another_name_is_told_as_that_name_s() -> None:
    vouch(BRANCH.id, "Une tout autre maison")

    (line,) = told(badge_with(about_the_badge())).lines

    assert line.words.endswith("confirme cette clé pour «\u00a0Une tout autre maison\u00a0», un autre nom.")


def test_a_true_one_may_be_copied_and_this_is_said_until_the_issuer_is_known() -> None:
    copied = "Un vrai soutien peut être recopié"
    badge = badge_with(about_the_badge())

    assert copied in told(badge).lead

    vouch(example_issuer().id, example_issuer().name)

    assert copied not in told(badge).lead


def test_they_say_nothing_of_a_badge_that_changed() -> None:
    badge = badge_with(about_the_badge())
    badge["name"] = "Autre"

    assert told(badge).lead == (
        "Tant que l’attestation n’est pas reconnue intacte, ces soutiens ne disent rien d’elle."
    )


@pytest.mark.parametrize(
    ("network", "state"),
    [
        (a_network(revoked=True), "Ce soutien a été retiré."),
        (MemoryFetcher(), "Ce soutien est intact ; nous ne savons pas s’il tient encore."),
    ],
)
def test_one_that_was_taken_back_or_may_have_been_is_told(network: MemoryFetcher, state: str) -> None:
    (line,) = told(badge_with(about_the_badge()), network).lines

    assert state in line.words


def test_those_that_were_not_looked_at_are_counted() -> None:
    several = [
        about_the_badge() | {"id": f"urn:uuid:00000000-0000-4000-8000-00000000000{n}"} for n in range(6)
    ]

    found = told(badge_with(*several))

    assert len(found.lines) == 4
    assert found.left_out.startswith("2 soutiens joints n’ont pas été examinés")


def test_a_badge_without_any_says_nothing_of_them() -> None:
    assert said_by_others(result(badge_with())) is None


def test_the_page_draws_them_beside_the_answers(client: Client) -> None:
    hostile = about_the_badge() | {"id": "urn:uuid:00000000-0000-4000-8000-000000000002"}
    hostile["issuer"]["name"] = "<b>Région</b>"

    with clock.frozen(NOW), outside_world(fetcher=a_network()):
        given = {"way": "text", "text": json.dumps(badge_with(about_the_badge(), hostile))}
        page = client.post("/verifier/", given).content.decode()

    assert "Des soutiens y sont joints" in page
    assert "Répond aux besoins de la branche." in page
    assert "&lt;b&gt;Région&lt;/b&gt;" in page
    assert "<b>Région</b>" not in page


@pytest.mark.parametrize(
    ("data", "own", "words"),
    [
        (a_sealed_credential(), None, "Attestation"),
        (a_web_credential(), MemoryOwnIssuers(), "Micro-certification"),
    ],
)
def test_only_what_was_made_here_is_called_a_micro_credential(
    client: Client, data: bytes, own: MemoryOwnIssuers | None, words: str
) -> None:
    with clock.frozen(NOW), outside_world(own):
        page = client.post("/verifier/", {"way": "text", "text": data.decode()}).content.decode()

    assert f'<p class="doux">{words}</p>' in page


def test_an_endorsement_by_itself_is_drawn_as_one_and_speaks_of_no_person(client: Client) -> None:
    with clock.frozen(NOW), outside_world(fetcher=a_network()):
        page = client.post("/verifier/", {"way": "text", "text": signed().decode()}).content.decode()

    assert "<h2>Un soutien</h2>" in page
    assert "Dit soutenir une micro-certification, depuis le 2 juin 2026." in page
    assert "Répond aux besoins de la branche." in page
    assert "Délivrée à" not in page
    assert "pièce d’identité" not in page


def test_frameworks_evidence_and_parts_are_told_on_the_page(client: Client) -> None:
    badge = issue(whole_credential(), signer=key_signer(), created=EXAMPLE_MOMENT).decode()

    with clock.frozen(NOW), outside_world():
        page = client.post("/verifier/", {"way": "text", "text": badge}).content.decode()

    for label, value in (
        ("Référentiels de compétences", "ESCO"),
        ("Preuves montrées", "Photo de la haie plantée"),
        ("Se compose de", "Choisir des essences"),
    ):
        assert label in page
        assert value in page.partition(label)[2]
