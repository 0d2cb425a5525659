"""What can be taken away: readable by Excel, harmless in it, complete."""

from __future__ import annotations

import csv
import io
import json
import zipfile

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader
from tests.factories.awarding import Issuing, a_checked_batch, a_list, an_awarded_batch
from tests.factories.people import a_person

from jalon.awarding.models import Award
from jalon.web.issuing.downloads import harmless

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("signatory")]


def rows_of(response: HttpResponse) -> list[list[str]]:
    assert response.content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_left_out_rows_come_with_their_reason(client: Client, issuing: Issuing) -> None:
    a_person(issuing.organisation, "Marie Martin")
    people = ["Paul Vidal;31/02/1990;12", "Inès Roux;03/05/1990;15", "Marie Martin;;9"]
    data = "\n".join(["Nom complet;Né le;Note", *people]).encode()
    batch = a_checked_batch(issuing, data)

    response = client.get(reverse("issuing:left_out", args=[batch.id]))

    header, *rows = rows_of(response)
    assert header == ["Nom complet", "Né le", "Note", "Ligne", "Colonne", "Raison"]
    assert [row[:5] for row in rows] == [
        ["Paul Vidal", "31/02/1990", "12", "2", "Né le"],
        ["Marie Martin", "", "9", "4", ""],
    ]
    assert "n’existe pas" in rows[0][5]
    assert "Marie Martin" in rows[1][5]
    assert response.headers["Cache-Control"] == "private, no-store"


def test_left_out_rows_can_be_mended_and_given_again(client: Client, issuing: Issuing) -> None:
    batch = a_checked_batch(issuing, "Nom complet;Né le\nPaul Vidal;31/02/1990\n".encode())
    mended = client.get(reverse("issuing:left_out", args=[batch.id])).content.replace(b"31/02", b"28/02")

    again = a_checked_batch(issuing, mended)

    row = again.rows.get()
    assert (row.state, row.values["birth_date"]) == ("ready", "1990-02-28")


def test_formulas_are_harmless_in_what_is_taken_away(client: Client, issuing: Issuing) -> None:
    batch = a_checked_batch(issuing, b"Nom complet\n=cmd|'/c calc'!A1\n@SUM(1)\n-2+3\n")

    for row in rows_of(client.get(reverse("issuing:left_out", args=[batch.id])))[1:]:
        assert not any(cell[:1] in "=+-@\t\r" for cell in row if cell)


@given(st.text(max_size=30))
def test_no_cell_begins_as_a_formula(text: str) -> None:
    safe = harmless(text)

    assert safe.lstrip(' \u200b\ufeff"')[:1] not in set("=+-@\t\r＝＋－＠") or safe.startswith("'")
    assert safe in (text.replace("\x00", ""), "'" + text.replace("\x00", ""))


def test_numbers_and_names_are_left_as_they_are() -> None:
    assert [harmless(value) for value in ("Inès Roux", "16/20", "06 12", 12, None)] == [
        "Inès Roux",
        "16/20",
        "06 12",
        "12",
        "",
    ]


def test_links_name_each_person_once(client: Client, issuing: Issuing) -> None:
    batch = an_awarded_batch(issuing, a_list(3))

    _, *rows = rows_of(client.get(reverse("issuing:links", args=[batch.id])))

    assert [row[0] for row in rows] == ["Jeanne Vidal1", "Jeanne Vidal2", "Jeanne Vidal3"]
    assert len({row[3] for row in rows}) == 3
    for row in rows:
        page = row[3].removeprefix("http://localhost:8000")
        assert client.get(page).status_code == 200


def test_cards_hold_every_person(client: Client, issuing: Issuing) -> None:
    batch = an_awarded_batch(issuing, a_list(9))

    response = client.get(reverse("issuing:cards", args=[batch.id]))

    assert response.headers["Content-Type"] == "application/pdf"
    pages = PdfReader(io.BytesIO(response.content)).pages
    assert len(pages) == 2
    printed = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert all(f"Jeanne Vidal{n}" in printed for n in range(1, 10))


@pytest.mark.parametrize("part", ["2", "0", "-1", "x", "99999999"])
def test_cards_beyond_the_list(client: Client, issuing: Issuing, part: str) -> None:
    batch = an_awarded_batch(issuing, a_list(1))

    response = client.get(reverse("issuing:cards", args=[batch.id]), {"partie": part})

    assert response.status_code == (404 if part == "2" else 200)


def test_archive_holds_signed_files_and_papers(client: Client, issuing: Issuing) -> None:
    batch = an_awarded_batch(issuing, a_list(2))

    response = client.get(reverse("issuing:archive", args=[batch.id]))

    packed = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))  # type: ignore[attr-defined]  FileResponse
    assert sorted(name.rsplit(".", 1)[1] for name in packed.namelist()) == ["json", "json", "pdf", "pdf"]
    award = Award.objects.get(holder_name="Jeanne Vidal1")
    assert award.credential is not None
    name = next(n for n in packed.namelist() if n.startswith("jeanne-vidal1-") and n.endswith(".json"))
    assert packed.read(name) == award.credential.document_bytes
    assert json.loads(packed.read(name))["proof"]


@pytest.mark.parametrize("name", ["cards", "links", "archive"])
def test_nothing_to_take_before_anything_is_signed(client: Client, issuing: Issuing, name: str) -> None:
    batch = a_checked_batch(issuing)

    assert client.get(reverse(f"issuing:{name}", args=[batch.id])).status_code == 404


def test_model_list_is_understood_by_our_own_reader(client: Client, issuing: Issuing) -> None:
    model = client.get(reverse("issuing:model_list"))

    batch = a_checked_batch(issuing, model.content)

    row = batch.rows.get()
    assert row.state == "ready"
    assert row.values["name"] == "Camille Exemple"
    assert set(batch.mapping["columns"]) == {
        "family_name",
        "given_name",
        "birth_date",
        "identifier",
        "awarded_on",
        "grade",
        "email",
    }
