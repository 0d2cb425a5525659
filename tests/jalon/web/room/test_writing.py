"""Proposing, deciding, talking: what the pages show and keep."""

from __future__ import annotations

import json
import re
from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries
from tests.factories.design import FIRST_OUTCOME
from tests.jalon.web.room.conftest import RoomInBrowsers

from jalon.design import actions
from jalon.design.models import Comment, Proposal, SetAside
from jalon.design.rules import fields
from jalon.design.rules.rooms import RoomRole
from jalon.people.rules import Role

WORDS = f"learning_outcomes.{FIRST_OUTCOME}.statement.fr"


def seen(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def test_every_field_carries_a_proposal_and_a_comment(table: RoomInBrowsers) -> None:
    client, _link = table.guest()
    content = table.now().read()
    names = [*fields.SHAPES, *(f"{name}.fr" for name in fields.TEXTS), WORDS]
    names.append(f"learning_outcomes.{FIRST_OUTCOME}.alignments")

    for field in names:
        page = table.says(client, f"champ/{field}/")
        assert "Proposer ce changement" in page, field
        assert table.write(client, field, "comment", text=f"Un mot sur {field}.").status_code == 302

    assert sorted(Comment.objects.values_list("field", flat=True)) == sorted(names)
    index = table.says(client)
    assert all(f"/champ/{field}/" in index for field in names)
    assert table.now().read() == content


def test_proposal_changes_nothing_until_an_author_accepts_it(table: RoomInBrowsers) -> None:
    client, _link = table.guest(name="Bernard Vidal")

    answer = table.write(
        client, "workload_hours", "propose", workload_hours="28 h", reason="Deux hivers d'essai."
    )

    assert answer.status_code == 302
    proposal = Proposal.objects.get()
    assert (proposal.value, proposal.seen, proposal.reason) == ("28", "21", "Deux hivers d'essai.")
    assert fields.value_of(table.now().read(), "workload_hours") == "21"
    author, _other = table.guest(RoomRole.AUTHOR, name="Agnès")
    page = table.says(author, "champ/workload_hours/")
    assert "Bernard Vidal" in page
    assert "Deux hivers d’essai." in page

    done = author.post(
        table.url(f"propositions/{proposal.id}/"), {"do": "accept", "seen": seen(proposal.seen)}
    )

    assert done.status_code == 302
    assert fields.value_of(table.now().read(), "workload_hours") == "28"
    after = table.says(author, "champ/workload_hours/")
    assert "Demandé par Bernard Vidal" in after
    assert "accepté par Agnès" in after
    assert "Bernard Vidal" in table.says(client, "texte/")


def test_unreadable_value_is_refused_with_its_reason_and_given_back(table: RoomInBrowsers) -> None:
    client, _link = table.guest()

    answer = table.write(client, "workload_hours", "propose", workload_hours="beaucoup", reason="Il faut.")

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "n’est pas un nombre" in page
    assert 'value="beaucoup"' in page
    assert "Il faut." in page
    assert not Proposal.objects.exists()


@pytest.mark.parametrize("text", ["", "   ", "\u202e\x00"])
def test_empty_comment_is_refused(table: RoomInBrowsers, text: str) -> None:
    client, _link = table.guest()

    answer = table.write(client, "title.fr", "comment", text=text)

    assert answer.status_code == 422
    assert "Cet avis est vide" in answer.content.decode()


def test_comment_too_long_is_given_back_whole(table: RoomInBrowsers) -> None:
    client, _link = table.guest()
    text = "Long. " * 1000

    answer = table.write(client, "title.fr", "comment", text=text)

    assert answer.status_code == 422
    assert text.strip() in answer.content.decode()
    assert "trop long" in answer.content.decode()


def test_browser_is_told_bounds_that_it_can_read(table: RoomInBrowsers) -> None:
    client, _link = table.guest()

    bounds = re.findall(r'maxlength="([^"]*)"', table.says(client, "champ/title.fr/"))

    assert set(bounds) == {"1000", "4000"}


def test_markup_in_words_is_shown_as_words(table: RoomInBrowsers) -> None:
    client, _link = table.guest(name="<script>alert(1)</script>")
    table.write(client, "title.fr", "comment", text="<img src=x onerror=alert(1)>")
    table.write(client, "title.fr", "propose", **{"title.fr": "<b>Haie</b>", "reason": "</textarea><script>"})

    page = table.says(client, "champ/title.fr/")

    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "<b>Haie" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page


def test_same_words_sent_twice_are_kept_once_and_other_words_are_kept_too(table: RoomInBrowsers) -> None:
    client, _link = table.guest()
    once = str(uuid4())

    for _ in range(3):
        table.write(client, "title.fr", "comment", text="Trop court.", client_id=once)
        table.write(client, "title.fr", "propose", **{"title.fr": "Plesser une haie vive", "client_id": once})
    table.write(client, "title.fr", "comment", text="Et trop vague.", client_id=once)
    table.write(client, "title.fr", "comment", text="Sans identifiant.", client_id="n'importe quoi")

    assert sorted(Comment.objects.values_list("text", flat=True)) == [
        "Et trop vague.",
        "Sans identifiant.",
        "Trop court.",
    ]
    assert Proposal.objects.count() == 1


def test_two_on_the_same_field_lose_nothing(table: RoomInBrowsers) -> None:
    first, _link = table.guest(RoomRole.AUTHOR, name="Agnès")
    second, _other = table.guest(RoomRole.AUTHOR, name="Bernard")
    before = seen("Plesser une haie")

    first.post(
        table.url("champ/title.fr/"),
        {"do": "propose_now", "seen:title.fr": before, "title.fr": "Plesser et soigner une haie"},
    )
    late = second.post(
        table.url("champ/title.fr/"),
        {"do": "propose_now", "seen:title.fr": before, "title.fr": "Plesser une haie vive"},
        follow=True,
    )

    assert fields.value_of(table.now().read(), "title.fr") == "Plesser et soigner une haie"
    page = late.content.decode()
    for text in ("Plesser une haie", "Plesser et soigner une haie", "Plesser une haie vive"):
        assert f"<dd>{text}</dd>" in page
    kept = Proposal.objects.get(state="open")
    assert kept.author_name == "Bernard"
    # The plain gesture is refused; the one that says «in place of it» is not.
    url = table.url(f"propositions/{kept.id}/")
    now = seen("Plesser et soigner une haie")
    assert second.post(url, {"do": "accept", "seen": now}).status_code == 422
    assert second.post(url, {"do": "accept_anyway", "seen": before}).status_code == 422
    assert second.post(url, {"do": "accept_anyway", "seen": now}).status_code == 302
    assert fields.value_of(table.now().read(), "title.fr") == "Plesser une haie vive"
    assert not SetAside.objects.exists()


def test_proposal_on_an_outcome_that_was_removed_is_kept_and_told(table: RoomInBrowsers) -> None:
    client, _link = table.guest()
    table.write(client, WORDS, "propose", **{WORDS: "Choisir et marquer les brins"})
    actions.remove_outcome(specification=table.now(), outcome_id=FIRST_OUTCOME, by=table.designer)
    author, _other = table.guest(RoomRole.AUTHOR)
    proposal = Proposal.objects.get()
    url = table.url(f"propositions/{proposal.id}/")

    page = table.says(author, f"champ/{WORDS}/")
    refused = author.post(url, {"do": "accept", "seen": seen("")})

    assert "La proposition est gardée" in page
    assert "Ce qui n’a plus de place" in table.says(author)
    assert refused.status_code == 422
    assert author.post(url, {"do": "accept_anyway", "seen": seen("")}).status_code == 302
    assert fields.value_of(table.now().read(), WORDS) == "Choisir et marquer les brins"


def test_outcomes_are_proposed_added_and_removed(table: RoomInBrowsers) -> None:
    client, _link = table.guest(name="Bernard")
    author, _other = table.guest(RoomRole.AUTHOR, name="Agnès")
    table.write(client, "learning_outcomes", "add", statement="Reconnaître la saison", reason="Les nids.")
    table.write(client, WORDS, "remove", reason="C'est trop tôt.")

    for proposal in Proposal.objects.order_by("created_at"):
        done = author.post(
            table.url(f"propositions/{proposal.id}/"), {"do": "accept", "seen": seen(proposal.seen)}
        )
        assert done.status_code == 302

    outcomes = table.now().read().learning_outcomes
    assert [str(o.statement) for o in outcomes][-1] == "Reconnaître la saison"
    assert FIRST_OUTCOME not in [o.id for o in outcomes]
    text = table.says(client, "texte/")
    assert text.count("demandé par Bernard") == 2
    mine = table.says(client, f"champ/learning_outcomes.{outcomes[-1].id}.statement.fr/")
    assert "Demandé par Bernard" in mine


def test_refusal_needs_a_reason_that_the_proposer_reads(table: RoomInBrowsers) -> None:
    client, _link = table.guest()
    table.write(client, "title.fr", "propose", **{"title.fr": "Plesser une haie vive"})
    author, _other = table.guest(RoomRole.AUTHOR)
    url = table.url(f"propositions/{Proposal.objects.get().id}/")

    silent = author.post(url, {"do": "refuse", "decision_reason": " "})
    said = author.post(url, {"do": "refuse", "decision_reason": "Soigner dit mieux le geste."})
    again = author.post(url, {"do": "accept", "seen": seen("Plesser une haie")})

    assert (silent.status_code, said.status_code, again.status_code) == (422, 302, 422)
    assert "Il manque la raison" in silent.content.decode()
    page = table.says(client, "champ/title.fr/")
    assert "Soigner dit mieux le geste." in page
    assert "Quelqu’un a déjà décidé" in again.content.decode()


def test_own_proposal_is_taken_back_and_nobody_elses(table: RoomInBrowsers) -> None:
    client, _link = table.guest()
    other, _other_link = table.guest(name="Odile")
    table.write(client, "title.fr", "propose", **{"title.fr": "Plesser une haie vive"})
    url = table.url(f"propositions/{Proposal.objects.get().id}/")

    assert other.post(url, {"do": "withdraw"}).status_code == 403
    assert client.post(url, {"do": "withdraw"}).status_code == 302

    assert Proposal.objects.get().state == "withdrawn"


def test_thread_is_answered_resolved_and_opened_again(table: RoomInBrowsers) -> None:
    client, _link = table.guest(RoomRole.REVIEWER, name="Léo")
    author, _other = table.guest(RoomRole.AUTHOR, name="Agnès")
    table.write(client, "ensemble", "comment", text="C'est long.")
    thread = Comment.objects.get()
    url = table.url(f"avis/{thread.id}/")

    author.post(url, {"do": "answer", "text": "Trois jours."})
    author.post(url, {"do": "resolve"})
    resolved = table.says(client, "champ/ensemble/")
    client.post(url, {"do": "answer", "text": "Cela reste long."})

    thread.refresh_from_db()
    assert "clos par Agnès" in resolved
    assert [c.text for c in thread.answers.all()] == ["Trois jours.", "Cela reste long."]
    assert not thread.is_resolved


def test_rows_are_added_and_dropped_on_the_page_before_anything_is_sent(table: RoomInBrowsers) -> None:
    client, _link = table.guest()
    typed = {
        "quality_assurance.0.name.fr": "Qualiopi",
        "quality_assurance.0.kind": "institutional",
        "quality_assurance.1.name.fr": "Relecture par un pair",
        "quality_assurance.1.kind": "institutional",
    }

    added = table.write(client, "quality_assurance", "row:quality_assurance", **typed)
    dropped = table.write(client, "quality_assurance", "drop:quality_assurance|0", **typed)

    assert added.status_code == 200
    assert 'name="quality_assurance.2.name.fr"' in added.content.decode()
    assert "Relecture par un pair" in dropped.content.decode()
    assert 'name="quality_assurance.1.name.fr" value=""' in dropped.content.decode()
    assert not Proposal.objects.exists()
    table.write(client, "quality_assurance", "propose", **typed)
    assert [row["name"]["fr"] for row in Proposal.objects.get().value] == [
        "Qualiopi",
        "Relecture par un pair",
    ]


def test_field_that_never_was_is_not_found(table: RoomInBrowsers) -> None:
    client, _link = table.guest()

    for field in ("nothing", "title", "title.français", "%00", f"{WORDS}.x"):
        assert client.get(table.url(f"champ/{field}/")).status_code == 404, field
        posted = client.post(table.url(f"champ/{field}/"), {"do": "comment", "text": "a"})
        assert posted.status_code in {404, 422}, field
    assert client.get(table.url("champ/learning_outcomes.urn:uuid:x.statement.fr/")).status_code == 404
    assert not Comment.objects.exists()


def test_everything_published_keeps_proposals_for_the_next_version(table: RoomInBrowsers) -> None:
    client, _link = table.guest()
    actions.publish_specification(specification=table.now(), by=table.designer)
    author, _other = table.guest(RoomRole.AUTHOR)
    table.write(client, "title.fr", "propose", **{"title.fr": "Plesser une haie vive"})
    url = table.url(f"propositions/{Proposal.objects.get().id}/")

    early = author.post(url, {"do": "accept", "seen": seen("Plesser une haie")})
    actions.start_new_version(micro_credential=table.draft.micro_credential, by=table.designer)
    late = author.post(url, {"do": "accept", "seen": seen("Plesser une haie")})

    assert (early.status_code, late.status_code) == (422, 302)
    assert "commencez une nouvelle version" in early.content.decode()
    assert Proposal.objects.get().specification.number == 2  # type: ignore[union-attr]  # just accepted


def test_versions_tell_who_asked_for_what(table: RoomInBrowsers) -> None:
    client, _link = table.guest(name="Bernard Vidal")
    table.write(client, "learning_outcomes", "add", statement="Reconnaître la saison")
    proposal = Proposal.objects.get()
    actions.accept_proposal(proposal=proposal, seen=proposal.seen, by=table.host)

    page = table.member(Role.PARTNER).get(f"/atelier/{table.draft.micro_credential_id}/").content.decode()

    assert "demandé par Bernard Vidal" in page
    assert "Reconnaître la saison" in page


def test_room_is_reached_from_the_studio(table: RoomInBrowsers) -> None:
    designer = table.member(Role.DESIGNER)

    home = designer.get("/atelier/").content.decode()
    versions = designer.get(f"/atelier/{table.draft.micro_credential_id}/").content.decode()

    assert f"/salle/{table.room.id}/" in home
    assert f"/salle/{table.room.id}/" in versions


def test_pages_ask_the_database_as_much_with_one_thing_as_with_many(
    table: RoomInBrowsers, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client, _link = table.guest()

    for number in range(5):
        other, _other_link = table.guest(name=f"Personne {number}")
        table.write(other, "title.fr", "comment", text=f"Un mot, {number}.")
        table.write(other, "title.fr", "propose", **{"title.fr": f"Titre {number}"})

    for last, most in (("", 10), ("texte/", 4), ("champ/title.fr/", 9), ("accord/", 8), ("personnes/", 4)):
        with django_assert_max_num_queries(most):
            assert client.get(table.url(last)).status_code == 200


def test_removed_outcome_is_told_as_removed_and_by_whom(table: RoomInBrowsers) -> None:
    host = table.member(Role.DESIGNER)
    outcome = table.now().read().learning_outcomes[0]
    field = f"learning_outcomes.{outcome.id}.statement.fr"

    table.write(host, field, "remove_now")

    page = table.says(host, f"champ/{field}/")
    assert "C’est retiré du texte" in page
    assert "Retiré par" in page
    assert "Écrit par" not in page
    assert "retiré par" in table.says(host, "texte/")
