"""Files that are not lists, or far too much of one: refused in words, in bounded time."""

from __future__ import annotations

import io
import time
import zipfile

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from openpyxl import Workbook
from tests.factories.awarding import Issuing, a_list

from jalon.awarding.models import AwardBatch
from jalon.web.issuing import batches

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("signatory")]


def given(client: Client, issuing: Issuing, data: bytes, name: str = "liste.csv") -> HttpResponse:
    file = SimpleUploadedFile(name, data)
    response: HttpResponse = client.post(
        reverse("issuing:upload", args=[issuing.specification.id]), {"file": file}
    )
    return response


def an_xlsx(rows: list[list[object]]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        sheet.append(row)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def a_zip(name: str) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as target:
        target.writestr(name, "x")
    return written.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("vide.csv", b"", "Ce fichier est vide."),
        ("blanc.csv", b"\n\n  \n", "vide"),
        ("image.xlsx", b"\x89PNG\r\n\x1a\n" + b"\x00" * 500, "C’est une image"),
        ("liste.xlsx", b"%PDF-1.7\n" + b"x" * 500, "C’est un PDF"),
        ("programme.csv", b"\x7fELF" + bytes(range(256)) * 20, "n’est pas un tableau"),
        ("ancien.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "ancien fichier Excel"),
        ("page.xls", b"<html><body><table><tr><td>Nom</td></tr></table>", "page web"),
        ("archive.xlsx", a_zip("lisez-moi.txt"), "pas un tableau"),
        ("coupe.xlsx", an_xlsx([["Nom"], ["Roux"]])[:900], "abîmé"),
        (
            "colonnes.csv",
            (";".join(f"c{n}" for n in range(201)) + "\n" + ";" * 201 + "\n").encode(),
            "colonnes",
        ),
    ],
)
def test_what_is_not_a_list_is_refused_in_words(
    client: Client, issuing: Issuing, name: str, data: bytes, said: str
) -> None:
    response = given(client, issuing, data, name)

    assert response.status_code == 422
    assert said in response.content.decode()
    assert 'role="alert"' in response.content.decode()
    assert not AwardBatch.objects.exists()


def test_hundred_megabytes_are_refused_before_they_are_read(issuing: Issuing) -> None:
    class Unread(io.BytesIO):
        def read(self, *_: object) -> bytes:
            raise AssertionError("the body was read")

    request = RequestFactory().post(reverse("issuing:upload", args=[issuing.specification.id]))
    request.META["CONTENT_LENGTH"] = str(100 * 1024 * 1024)
    request._stream = Unread()  # type: ignore[attr-defined]  what Django reads a body from
    request.user = issuing.signatory

    response = batches.upload(request, specification_id=issuing.specification.id)

    assert response.status_code == 413
    assert "dépasse 20" in response.content.decode()


def test_file_over_the_limit_is_refused_in_words(client: Client, issuing: Issuing) -> None:
    data = b"Nom\n" + b"Roux\n" * 5_000_000

    response = given(client, issuing, data)

    assert len(data) > settings.UPLOAD_MAX_BYTES
    assert response.status_code == 413
    assert not AwardBatch.objects.exists()


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_hundred_thousand_rows_are_refused_in_seconds(client: Client, issuing: Issuing, kind: str) -> None:
    rows: list[list[object]] = [["Nom", "Prénom"], *([f"Vidal{n}", "Jeanne"] for n in range(100_000))]
    data = an_xlsx(rows) if kind == "xlsx" else "\n".join(";".join(map(str, row)) for row in rows).encode()
    start = time.monotonic()

    response = given(client, issuing, data, f"liste.{kind}")

    assert time.monotonic() - start < 20
    assert response.status_code == 422
    assert "100000" in response.content.decode().replace("\u202f", "").replace("\u00a0", "").replace(" ", "")
    assert not AwardBatch.objects.exists()


def test_formulas_are_rejected_row_by_row_and_never_run(client: Client, issuing: Issuing) -> None:
    given(client, issuing, 'Nom complet\n"=HYPERLINK(""http://x"";""Roux"")"\n+cmd|x\nInès Roux\n'.encode())
    batch = AwardBatch.objects.get()

    client.post(reverse("issuing:columns", args=[batch.id]), {"c0": "name"})

    page = client.get(reverse("issuing:batch", args=[batch.id])).content.decode()
    assert "est une formule de tableur" in page
    batch.refresh_from_db()
    assert batch.counts["ready"] == 1


def test_two_hundred_columns_are_shown_and_read(client: Client, issuing: Issuing) -> None:
    header = ["Nom", *(f"Colonne inutile {n}" for n in range(199))]
    response = given(client, issuing, (";".join(header) + "\nRoux" + ";" * 199 + "\n").encode())

    page = client.get(response.headers["Location"])
    assert page.status_code == 200
    batch = AwardBatch.objects.get()
    shown = {bound.name: bound.value() or "" for bound in page.context["form"]}
    assert client.post(response.headers["Location"], shown).status_code == 302
    batch.refresh_from_db()
    assert batch.counts == {"ready": 1}


def test_duplicate_headers_are_told(client: Client, issuing: Issuing) -> None:
    response = given(client, issuing, b"Nom;Nom\nRoux;Blanc\n")

    assert (
        "Plusieurs colonnes portent le même nom" in client.get(response.headers["Location"]).content.decode()
    )


@pytest.mark.parametrize(
    "name", ["😀 Léa", "محمد علي", 'O\'Brien "Bob"', "Nguyễn Thị Hằng", "山田太郎", "X Æ"]
)
def test_names_of_the_world_go_through_every_page(client: Client, issuing: Issuing, name: str) -> None:
    from jalon.foundation import jobs

    quoted = name.replace('"', '""')
    given(client, issuing, f'Nom complet\n"{quoted}"\n'.encode())
    batch = AwardBatch.objects.get()
    client.post(reverse("issuing:columns", args=[batch.id]), {"c0": "name"})
    client.post(reverse("issuing:start", args=[batch.id]))
    jobs.Worker().run_until_empty()

    award = batch.rows.get().award
    assert award is not None
    assert award.holder_name == name
    for address in ("batch", "cards", "links", "archive"):
        assert client.get(reverse(f"issuing:{address}", args=[batch.id])).status_code == 200


@pytest.mark.parametrize("page", ["0", "-1", "999", "x", "1e9", "9" * 50])
@pytest.mark.parametrize("name", ["home", "awards"])
def test_odd_page_numbers_harm_nothing(client: Client, name: str, page: str) -> None:
    assert (
        client.get(reverse(f"issuing:{name}"), {"page": page, "q": "\x00'; --", "etat": "x"}).status_code
        == 200
    )


def test_no_file_is_said(client: Client, issuing: Issuing) -> None:
    response = client.post(reverse("issuing:upload", args=[issuing.specification.id]), {})

    assert response.status_code == 422
    assert "Il manque le fichier." in response.content.decode()


def test_name_of_the_file_is_only_a_name(client: Client, issuing: Issuing) -> None:
    given(client, issuing, a_list(1), "../../etc/" + "é" * 400 + '";\r\nX: y.csv')

    batch = AwardBatch.objects.get()
    assert "/" not in batch.file_name
    response = client.get(reverse("issuing:left_out", args=[batch.id]))
    assert "\n" not in response.headers["Content-Disposition"]
    assert response.headers["Content-Disposition"].isascii()
