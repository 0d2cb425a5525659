"""A list on its road through the pages: given, columns settled, checked, answered, awarded."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from tests.factories.awarding import (
    Issuing,
    a_checked_batch,
    a_list,
    an_award,
    an_awarded_batch,
)
from tests.factories.people import a_member, a_person, a_user

from jalon.awarding import actions
from jalon.awarding.models import Award, AwardBatch
from jalon.foundation import clock, jobs
from jalon.people.rules import Role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("signatory")]

MIXED = (
    "Nom;Prénom;Date de naissance\n"
    "Roux;Inès;03/05/1990\n"
    "Vidal;Paul;31/02/1990\n"
    ";;\n"
    "Blanc;;04/05/1991\n"
    "Martin;Marie;\n"
).encode()


def text_of(response: HttpResponse) -> str:
    """What a person reads: no markup, plain spaces and apostrophes as typed."""
    words = re.sub(r"<(script|style)[\s\S]*?</\1>", " ", response.content.decode())
    words = (
        re.sub(r"<[^>]+>", " ", words).replace("&#x27;", "'").replace("&nbsp;", " ").replace("\u00a0", " ")
    )
    return " ".join(words.split())


def given(client: Client, issuing: Issuing, data: bytes, name: str = "groupe.csv") -> HttpResponse:
    file = SimpleUploadedFile(name, data, content_type="text/csv")
    response: HttpResponse = client.post(
        reverse("issuing:upload", args=[issuing.specification.id]), {"file": file}
    )
    return response


def the_batch() -> AwardBatch:
    return AwardBatch.objects.get()


def guessed(client: Client, batch: AwardBatch) -> dict[str, str]:
    """The columns form as it was shown."""
    form = client.get(reverse("issuing:columns", args=[batch.id])).context["form"]
    return {bound.name: bound.value() or "" for bound in form}


def test_a_list_goes_from_file_to_awards(client: Client, issuing: Issuing) -> None:
    response = given(client, issuing, a_list(3))
    batch = the_batch()
    assert response.headers["Location"] == reverse("issuing:columns", args=[batch.id])

    columns = client.get(response.headers["Location"])
    assert "Vidal1" in text_of(columns)
    assert Award.objects.count() == 0

    client.post(response.headers["Location"], guessed(client, batch))
    report = client.get(reverse("issuing:batch", args=[batch.id]))
    assert "Délivrer les 3 attestations prêtes" in text_of(report)
    assert "Rien n’est encore signé" in text_of(report)
    assert Award.objects.count() == 0

    client.post(reverse("issuing:start", args=[batch.id]))
    waiting = client.get(reverse("issuing:batch", args=[batch.id]))
    assert re.search("0 attestations? signées? sur 3", text_of(waiting))
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in waiting.content.decode()

    jobs.Worker().run_until_empty()
    over = client.get(reverse("issuing:batch", args=[batch.id]))
    assert "3 attestations signées sur 3" in text_of(over)
    assert "Imprimer les cartes" in text_of(over)
    assert "http-equiv" not in over.content.decode()
    for award in Award.objects.all():
        assert award.credential is not None
        assert reverse("verify:credential", args=[award.credential.link_token]) in over.content.decode()


def test_report_shows_problems_first_in_plain_words(client: Client, issuing: Issuing) -> None:
    a_person(issuing.organisation, "Marie Martin")
    batch = a_checked_batch(issuing, MIXED)

    page = client.get(reverse("issuing:batch", args=[batch.id]))

    said = text_of(page)
    assert "Ligne 3 , Paul Vidal" in said
    assert "31/02/1990" in said
    assert "n’existe pas" in said
    assert (
        said.index("lignes à corriger") < said.index("Est-ce la même personne") < said.index("1 ligne prête")
    )
    assert "Délivrer l’attestation prête" in said
    assert page.headers["Content-Type"].startswith("text/html")


def test_columns_can_be_changed_and_a_date_given(client: Client, issuing: Issuing) -> None:
    given(client, issuing, b"A;B\nZ1;Roux\nZ2;Blanc\n")
    batch = the_batch()
    client.post(
        reverse("issuing:columns", args=[batch.id]),
        {"c0": "identifier", "c1": "name", "awarded_on": "2026-01-05"},
    )

    batch.refresh_from_db()
    assert batch.awarded_on.isoformat() == "2026-01-05"
    assert {row.values["name"] for row in batch.rows.all()} >= {"Roux", "Blanc"}
    assert {row.values["identifier"] for row in batch.rows.all()} >= {"Z1", "Z2"}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"c0": "", "c1": "", "awarded_on": ""}, "Dites quelle colonne contient les noms"),
        ({"c0": "name", "c1": "name", "awarded_on": ""}, "dit déjà cela. Gardez une seule des deux."),
        (
            {"c0": "name", "c1": "birth_date", "awarded_on": "2190-01-01"},
            "La date d’obtention est dans l’avenir",
        ),
        ({"c0": "name", "c1": "", "awarded_on": "31/02/2025"}, "Cette date n’existe pas"),
        ({"c0": "wizard", "c1": "name", "awarded_on": ""}, "Choisissez une des réponses proposées."),
    ],
)
def test_columns_that_make_no_sense_are_said_and_kept(
    client: Client, issuing: Issuing, typed: dict[str, str], said: str
) -> None:
    given(client, issuing, "Nom;Né le\nRoux;03/05/1990\n".encode())
    batch = the_batch()

    response = client.post(reverse("issuing:columns", args=[batch.id]), typed)

    assert response.status_code == 422
    assert said in text_of(response)
    assert 'role="alert"' in response.content.decode()
    if typed["awarded_on"]:
        assert f'value="{typed["awarded_on"]}"' in response.content.decode()
    batch.refresh_from_db()
    assert batch.state == "received"


def test_homonym_is_a_question_with_its_answers(client: Client, issuing: Issuing) -> None:
    marie = a_person(issuing.organisation, "Marie Martin", identifier="M-1")
    batch = a_checked_batch(issuing, b"Nom complet\nMarie Martin\n")
    row = batch.rows.get()
    address = reverse("issuing:batch", args=[batch.id])
    assert "C’est la même personne : Marie Martin, numéro M-1" in text_of(client.get(address))

    client.post(reverse("issuing:answers", args=[batch.id]), {f"reponse-{row.pk}": f"same:{marie.id}"})

    row.refresh_from_db()
    assert (row.state, row.person_id) == ("ready", marie.id)
    page = client.get(address)
    assert "Délivrer l’attestation prête" in text_of(page)
    assert f'value="same:{marie.id}" checked' in page.content.decode()


@pytest.mark.parametrize(("answer", "state"), [("new", "ready"), ("skip", "skipped")])
def test_homonym_can_be_somebody_else_or_left_aside(
    client: Client, issuing: Issuing, answer: str, state: str
) -> None:
    a_person(issuing.organisation, "Marie Martin")
    batch = a_checked_batch(issuing, b"Nom complet\nMarie Martin\n")
    row = batch.rows.get()

    client.post(reverse("issuing:answers", args=[batch.id]), {f"reponse-{row.pk}": answer})

    row.refresh_from_db()
    assert row.state == state


def test_an_answer_about_a_stranger_is_refused(client: Client, issuing: Issuing) -> None:
    a_person(issuing.organisation, "Marie Martin")
    stranger = an_award().person
    batch = a_checked_batch(issuing, b"Nom complet\nMarie Martin\n")
    row = batch.rows.get()

    response = client.post(
        reverse("issuing:answers", args=[batch.id]), {f"reponse-{row.pk}": f"same:{stranger.id}"}
    )

    row.refresh_from_db()
    assert response.status_code == 422
    assert "choisissez une des réponses proposées" in text_of(response)
    assert (row.state, row.person_id) == ("homonym", None)


def test_answers_for_rows_of_another_list_change_nothing(client: Client, issuing: Issuing) -> None:
    a_person(issuing.organisation, "Marie Martin")
    batch = a_checked_batch(issuing, b"Nom complet\nMarie Martin\n")
    other = a_checked_batch(issuing, b"Nom complet\nMarie Martin\n\n")
    foreign = other.rows.get()

    client.post(
        reverse("issuing:answers", args=[batch.id]),
        {f"reponse-{foreign.pk}": "new", "reponse-x": "new", "reponse-" + "9" * 40: "new", "encore": "é"},
    )

    foreign.refresh_from_db()
    assert foreign.state == "homonym"


def test_many_homonyms_are_answered_at_once(client: Client, issuing: Issuing) -> None:
    for number in range(8):
        a_person(issuing.organisation, f"Marie Martin {'ABCDEFGH'[number]}")
    names = "\n".join(f"Marie Martin {letter}" for letter in "ABCDEFGH")
    batch = a_checked_batch(issuing, f"Nom complet\n{names}\n".encode())
    assert "Toutes : quelqu’un d’autre" in text_of(client.get(reverse("issuing:batch", args=[batch.id])))

    client.post(reverse("issuing:answers", args=[batch.id]), {"tous": "new"})

    assert {row.state for row in batch.rows.all()} == {"ready"}


def test_award_after_revocation_needs_a_tick(client: Client, issuing: Issuing) -> None:
    award = an_award(issuing, person=a_person(issuing.organisation, "Marie Martin", identifier="M-1"))
    actions.revoke_award(award=award, reason="error", by=issuing.signatory)
    batch = a_checked_batch(issuing, "Nom complet;N° apprenant\nMarie Martin;M-1\n".encode())
    row = batch.rows.get()
    address = reverse("issuing:batch", args=[batch.id])
    assert "À délivrer de nouveau ?" in text_of(client.get(address))
    assert "Délivrer l’attestation prête" not in text_of(client.get(address))

    client.post(reverse("issuing:answers", args=[batch.id]), {"encore-vu": row.pk, "encore": row.pk})
    assert "Délivrer l’attestation prête" in text_of(client.get(address))

    client.post(reverse("issuing:answers", args=[batch.id]), {"encore-vu": row.pk})
    assert "Délivrer l’attestation prête" not in text_of(client.get(address))


def test_already_awarded_is_said_and_not_awarded_again(client: Client, issuing: Issuing) -> None:
    an_awarded_batch(issuing, a_list(2))

    given(client, issuing, a_list(2))
    batch = AwardBatch.objects.exclude(state="finished").get()
    client.post(reverse("issuing:columns", args=[batch.id]), guessed(client, batch))
    page = client.get(reverse("issuing:batch", args=[batch.id]))

    assert "2 déjà délivrées" in text_of(page)
    assert "Aucune pour l’instant." in text_of(page)
    assert reverse("issuing:start", args=[batch.id]) not in page.content.decode()


def test_who_may_only_prepare_sees_who_can_sign(client: Client, issuing: Issuing) -> None:
    batch = a_checked_batch(issuing)
    client.force_login(a_member(a_user(), issuing.organisation, Role.TRAINER))

    page = client.get(reverse("issuing:batch", args=[batch.id]))

    assert f"Peuvent la signer : {issuing.signatory.full_name}." in text_of(page)
    assert reverse("issuing:start", args=[batch.id]) not in page.content.decode()


def test_starting_with_nothing_ready_is_refused_in_words(client: Client, issuing: Issuing) -> None:
    batch = a_checked_batch(issuing, "Nom;Né le\nRoux;31/02/1990\n".encode())

    response = client.post(reverse("issuing:start", args=[batch.id]))

    assert response.status_code == 422
    assert "Aucune ligne n’est prête à être délivrée." in text_of(response)


def test_starting_twice_starts_once(client: Client, issuing: Issuing) -> None:
    batch = a_checked_batch(issuing)

    for _ in range(2):
        assert client.post(reverse("issuing:start", args=[batch.id])).status_code == 302
    jobs.Worker().run_until_empty()

    assert Award.objects.count() == 3


def test_lines_can_be_taken_alone_by_the_script(client: Client, issuing: Issuing) -> None:
    batch = actions.start_batch(batch=a_checked_batch(issuing), by=issuing.signatory)

    part = client.get(reverse("issuing:batch", args=[batch.id]), {"morceau": "1"}).content.decode()

    assert part.lstrip().startswith('<div data-etat="queued"')
    assert "data-fini" not in part
    assert "<html" not in part


def test_batch_that_failed_says_why_and_can_be_taken_up(client: Client, issuing: Issuing) -> None:
    batch = actions.start_batch(batch=a_checked_batch(issuing), by=issuing.signatory)
    AwardBatch.objects.filter(pk=batch.pk).update(
        state="failed", failure_code="vault.key_missing", failure_facts={}
    )

    page = client.get(reverse("issuing:batch", args=[batch.id]))
    assert "clé de chiffrement" in text_of(page)
    assert "La signature s’est arrêtée" in text_of(page)
    assert "Reprendre où elle en est" in text_of(page)

    client.post(reverse("issuing:start", args=[batch.id]))
    jobs.Worker().run_until_empty()
    assert Award.objects.count() == 3


def test_abandoned_list_deletes_its_file_and_says_so(client: Client, issuing: Issuing) -> None:
    batch = a_checked_batch(issuing)

    response = client.post(reverse("issuing:abandon", args=[batch.id]), follow=True)

    assert "Liste abandonnée." in text_of(response)
    assert not hasattr(AwardBatch.objects.get(), "file")
    assert "Rien n’en a été signé" in text_of(client.get(reverse("issuing:batch", args=[batch.id])))


def test_columns_of_a_started_list_are_settled(client: Client, issuing: Issuing) -> None:
    batch = actions.start_batch(batch=a_checked_batch(issuing), by=issuing.signatory)

    response = client.get(reverse("issuing:columns", args=[batch.id]))

    assert response.headers["Location"] == reverse("issuing:batch", args=[batch.id])


def test_names_are_escaped_in_every_page(client: Client, issuing: Issuing) -> None:
    name = "<script>alert(1)</script> “R'b\" &amp;"
    batch = a_checked_batch(issuing, f'Nom complet\n"{name.replace(chr(34), chr(34) * 2)}"\n'.encode())
    for _ in range(2):
        page = client.get(reverse("issuing:batch", args=[batch.id])).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page
        client.post(reverse("issuing:start", args=[batch.id]))
        jobs.Worker().run_until_empty()


@pytest.mark.parametrize("rows", [2, 40])
def test_report_asks_the_database_the_same_number_of_questions(
    client: Client, issuing: Issuing, django_assert_max_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    names = [f"Marie Martin {chr(65 + n % 26)}{chr(65 + n // 26)}" for n in range(rows)]
    for name in names:
        a_person(issuing.organisation, name)
    batch = a_checked_batch(issuing, ("Nom complet\n" + "\n".join(names) + "\n").encode())

    with django_assert_max_num_queries(26):
        client.get(reverse("issuing:batch", args=[batch.id]))


@pytest.mark.parametrize("rows", [2, 60])
def test_progress_asks_the_database_the_same_number_of_questions(
    client: Client, issuing: Issuing, django_assert_max_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    batch = an_awarded_batch(issuing, a_list(rows))

    with django_assert_max_num_queries(18):
        client.get(reverse("issuing:batch", args=[batch.id]))


def test_home_lists_what_can_be_awarded_and_lists_under_way(client: Client, issuing: Issuing) -> None:
    batch = a_checked_batch(issuing)

    page = client.get(reverse("issuing:home"))

    assert reverse("issuing:upload", args=[issuing.specification.id]) in page.content.decode()
    assert reverse("issuing:batch", args=[batch.id]) in page.content.decode()
    assert "3 prêtes sur 3" in text_of(page)


def test_a_list_stays_within_reach_when_many_newer_ones_came(client: Client, issuing: Issuing) -> None:
    old = a_checked_batch(issuing)
    for number in range(10):
        given(client, issuing, f"Nom;Prénom\nRoux;Inès{number}\n".encode())
    link = reverse("issuing:batch", args=[old.id])

    first = client.get(reverse("issuing:home"))
    following = re.search(r'href="(\?[^"]*page=2)"', first.content.decode())

    assert link not in first.content.decode()
    assert following is not None
    second = client.get(reverse("issuing:home") + following[1].replace("&amp;", "&"))
    assert link in second.content.decode()


def test_long_list_is_shown_page_by_page(client: Client, issuing: Issuing) -> None:
    batch = a_checked_batch(issuing, a_list(130))

    first = text_of(client.get(reverse("issuing:batch", args=[batch.id])))
    second = text_of(client.get(reverse("issuing:batch", args=[batch.id]), {"page": "2"}))

    assert "Page 1 sur 2" in first
    assert "Jeanne Vidal130" in second
    assert "Jeanne Vidal130" not in first


def test_file_that_is_gone_is_said(client: Client, issuing: Issuing) -> None:
    given(client, issuing, a_list(1))
    batch = the_batch()
    with clock.frozen(clock.now() + timedelta(days=31)):
        actions.purge_uploads()
    AwardBatch.objects.update(state="received")

    response = client.post(reverse("issuing:columns", args=[batch.id]), {"c0": "name"})

    assert response.status_code == 422
    assert "supprimé après 30 jours" in text_of(response)
