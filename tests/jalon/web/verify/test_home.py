"""The verify page: four ways in, one answer; what cannot be read is said and kept."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.utils.html import escape
from tests.factories.awarding import an_award
from tests.factories.verification import (
    CONFIRMED,
    NOW,
    SVG,
    MemoryOwnIssuers,
    a_baked_png,
    a_baked_svg,
    a_key_credential,
    a_pdf,
    a_sealed_credential,
    a_wallet_attestation,
    a_web_credential,
    an_old_badge,
    an_old_badge_s_site,
    outside_world,
    tampered,
)

from jalon.awarding.models import Award, Credential
from jalon.foundation import clock
from jalon.foundation.identifiers import grouped
from sceau.exports import exports
from sceau.testing import MemoryFetcher

pytestmark = pytest.mark.django_db
URL = "/verifier/"


@pytest.fixture(autouse=True)
def _no_tries_yet() -> None:
    cache.clear()


def posted(client: Client, **fields: Any) -> HttpResponse:
    response: HttpResponse = client.post(URL, fields)
    return response


def file(data: bytes, name: str = "attestation.json") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def text_of(response: HttpResponse) -> str:
    """The page with its no-break spaces made plain."""
    return response.content.decode().replace("\u00a0", " ").replace("\u202f", " ")


def an_own_credential(**fields: Any) -> Credential:
    award: Award = an_award(**fields)
    credential = award.credential
    assert credential is not None
    return credential


# — The page —


def test_the_page_has_three_forms_and_no_photo_field(client: Client) -> None:
    response = client.get(URL)

    page = text_of(response)
    assert response.status_code == 200
    assert page.count('name="way"') == 3
    assert page.count('type="file"') == 1
    assert "http://localhost:8000/a/" in page
    assert "X-Robots-Tag" not in response.headers


def test_every_file_that_is_handed_out_can_be_chosen_on_the_page(client: Client) -> None:
    body = client.get("/verifier/").content.decode()

    chosen = body.partition('accept="')[2].partition('"')[0].split(",")
    handed_out = {
        ".pdf",
        ".svg",
        ".png",
        *(f".{each.suffix.rpartition('.')[2]}" for each in exports().values()),
    }
    assert handed_out <= set(chosen)


def test_the_page_needs_neither_session_nor_account(client: Client) -> None:
    response = posted(client, way="text", text=a_key_credential().decode())

    assert "sessionid" not in response.cookies


# — Good answers —


def test_pasted_content_gives_the_three_answers(client: Client) -> None:
    with clock.frozen(NOW), outside_world(MemoryOwnIssuers(CONFIRMED)):
        response = posted(client, way="text", text=a_web_credential().decode())

    page = text_of(response)
    assert response.status_code == 200
    assert "Attestation intacte et valable" in page
    assert "Délivrée à <b>Camille Exemple</b>." in page
    assert 'class="verdict bon"' in page
    assert page.count('<li class="oui">') == 3
    assert "Vérifiée le 23 novembre 2026 à 9 h 41." in page
    assert "Planter et entretenir une haie champêtre" in page
    assert "Planter une haie de 50 m en équipe, en sécurité" in page
    assert "niveau 4 sur 8" in page
    assert "À vous de voir : la personne" in page
    assert "Sans trace" in page
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["X-Robots-Tag"].startswith("noindex")


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (a_key_credential(), "attestation.json"),
        (a_baked_svg(a_key_credential()), "badge.svg"),
        (a_baked_png(a_key_credential()), "badge.png"),
        (a_wallet_attestation(), "attestation.txt"),
        (a_pdf({"attestation.json": a_key_credential()}), "attestation.pdf"),
        (a_key_credential(), "nom-trompeur.pdf"),
    ],
)
def test_a_dropped_file_is_verified_whatever_its_name(client: Client, data: bytes, name: str) -> None:
    with outside_world():
        response = posted(client, way="file", file=file(data, name))

    page = text_of(response)
    assert response.status_code == 200
    assert "Attestation intacte, organisme inconnu de nous" in page
    assert "Inconnu ne veut pas dire faux." in page
    assert 'class="verdict doute"' in page


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (a_sealed_credential(), ["Attestation européenne (Europass), cachet JAdES", "autorité inconnue ici"]),
        (a_sealed_credential(common_name="Cachet TEST"), ["Un cachet d’essai", "ne prouve rien sur qui"]),
        (a_wallet_attestation(), ["Attestation de portefeuille, SD-JWT", "La clé de l’organisme"]),
        (an_old_badge(), ["<dd>Open Badges 2</dd>", "rien n’y est signé", "Le site de l’organisme"]),
    ],
)
def test_each_format_is_named_with_what_it_stands_on(client: Client, data: bytes, words: list[str]) -> None:
    with clock.frozen(NOW), outside_world(fetcher=an_old_badge_s_site()):
        page = text_of(posted(client, way="file", file=file(data)))

    assert page.count('<li class="oui">') == 2
    assert page.count('<li class="doute">') == 1
    for expected in words:
        assert expected in page
    # What a badge leaves out is not told as a fact.
    assert "0 heure" not in page
    assert "sans reconnaissance" not in page


def test_a_tampered_file_is_red(client: Client) -> None:
    with outside_world():
        response = posted(client, way="file", file=file(tampered(a_key_credential())))

    page = text_of(response)
    assert response.status_code == 200
    assert 'class="verdict non"' in page
    assert "Le contenu a changé depuis la signature" in page
    assert "Ne vous y fiez pas ; demandez l’original à la personne." in page


def test_the_answers_are_also_in_english(client: Client) -> None:
    client.cookies["django_language"] = "en"

    with clock.frozen(NOW), outside_world():
        response = posted(client, way="text", text=a_key_credential().decode())

    page = text_of(response)
    assert '<html lang="en">' in page
    assert "Credential intact, organisation unknown to us" in page
    assert "Unknown does not mean false." in page
    assert "Awarded to <b>Camille Exemple</b>." in page
    assert "Verified on 23 November 2026 at 9:41." in page
    assert '<span lang="fr">Planter et entretenir une haie champêtre</span>' in page


def test_the_refusals_are_also_in_english(client: Client) -> None:
    client.cookies["django_language"] = "en"

    response = posted(client, way="reference", reference="7KF2-9QMR-48X")

    assert response.status_code == 422
    assert "This reference has only 11 signs; it takes 12." in text_of(response)


def test_a_stranger_s_html_is_shown_as_text(client: Client) -> None:
    script = "<script>alert(1)</script>"
    strange = a_key_credential().replace(b"Camille Exemple", script.encode())

    with outside_world():
        page = text_of(posted(client, way="text", text=strange.decode()))

    assert script not in page
    assert escape(script) in page


# — References and our own links —


@pytest.mark.parametrize("write", [grouped, str.lower, lambda it: f" {it} ", lambda it: it.replace("0", "o")])
def test_a_reference_leads_to_its_page_however_it_is_typed(client: Client, write: Any) -> None:
    credential = an_own_credential()

    response = posted(client, way="reference", reference=write(credential.reference))

    assert response.status_code == 302
    assert response.headers["Location"] == f"/a/{credential.link_token}/"


@pytest.mark.parametrize("ending", ["", "attestation.json", "attestation.pdf", "badge.svg"])
@pytest.mark.parametrize("way", ["text", "reference"])
def test_one_of_our_links_leads_to_its_page_without_network(client: Client, way: str, ending: str) -> None:
    credential = an_own_credential()
    link = f"http://localhost:8000/a/{credential.link_token}/{ending}"

    with outside_world() as network:
        response = posted(client, way=way, **{way: link})

    assert response.headers["Location"] == f"/a/{credential.link_token}/"
    assert network.asked == []


def test_one_of_our_links_with_nothing_behind_says_so(client: Client) -> None:
    link = f"http://localhost:8000/a/{'x' * 22}/"

    response = posted(client, way="text", text=link)

    assert response.status_code == 422
    assert "Ce lien est bien de chez nous" in text_of(response)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("7KF2-9QMR-48X", "Cette référence n’a que 11 signes ; il en faut 12. Regardez sous le QR code."),
        ("7", "Cette référence n’a que 1 signe ; il en faut 12."),
        ("7KF2-9QMR-48XAB", "Cette référence a 13 signes ; il en faut 12."),
        ("", "Il manque la référence. Elle est écrite sous le QR code."),
        ("7KF2-9QMR-48XA", "Aucune attestation délivrée ici ne porte cette référence."),
    ],
)
def test_a_reference_that_leads_nowhere_says_why_and_is_kept(
    client: Client, typed: str, sentence: str
) -> None:
    response = posted(client, way="reference", reference=typed)

    page = text_of(response)
    assert response.status_code == 422
    assert sentence in page
    assert f'value="{typed}"' in page or not typed
    assert 'role="alert"' in page


def test_guessing_references_is_slowed_down(client: Client) -> None:
    for number in range(10):
        assert posted(client, way="reference", reference=f"7KF29QMR48{number:02}").status_code == 422

    response = posted(client, way="reference", reference="7KF29QMR48XA")

    assert response.status_code == 429
    assert response.headers["Retry-After"] == "600"
    assert "Attendez 10 minutes, ou déposez le fichier." in text_of(response)


def test_guessing_from_one_address_does_not_close_the_page_to_others(client: Client) -> None:
    credential = an_own_credential()
    for number in range(11):
        posted(client, way="reference", reference=f"7KF29QMR48{number:02}")

    other = Client(REMOTE_ADDR="192.0.2.9")

    assert posted(other, way="reference", reference=credential.reference).status_code == 302


# — Refusals —

TWICE = '<o:credential xmlns:o="https://purl.imsglobal.org/ob/v3p0">{}</o:credential>' * 2
UNREADABLE = {
    b"bonjour": "Nous n’y reconnaissons pas d’attestation.",
    b"eyJhbGciOiJFZERTQSJ9.eyJpc3MiOiJkaWQifQ.c2ln": "Ce fichier se lit, mais ne contient pas",
    b'{"a": 1, "a": 2}': "Ce fichier dit deux fois la même chose",
    b'{"a":' * 5_000: "Ce fichier est emboîté à l’excès",
    SVG.encode(): "Cette image SVG se lit, mais ne contient pas d’attestation signée.",
    SVG.replace("<circle", f"{TWICE}<circle").encode(): "deux lecteurs y verraient deux attestations",
    a_pdf(): "Ce PDF se lit, mais aucune attestation signée n’y est jointe.",
    b"": "Il n’y a rien à lire.",
    b"\xff\xfe\x00" * 30: "Nous n’y reconnaissons pas d’attestation.",
}


@pytest.mark.parametrize(("data", "sentence"), UNREADABLE.items())
def test_a_file_that_cannot_be_verified_says_why(client: Client, data: bytes, sentence: str) -> None:
    with outside_world():
        response = posted(client, way="file", file=file(data, "piece"))

    assert response.status_code == 422
    assert sentence in text_of(response)


def test_a_missing_file_says_what_to_do(client: Client) -> None:
    response = posted(client, way="file")

    assert response.status_code == 422
    assert "Choisissez un fichier sur cet appareil." in text_of(response)


def test_a_text_that_cannot_be_verified_is_kept(client: Client) -> None:
    response = posted(client, way="text", text="bonjour <b>vous</b>")

    page = text_of(response)
    assert response.status_code == 422
    assert "bonjour &lt;b&gt;vous&lt;/b&gt;</textarea>" in page
    assert "Nous n’y reconnaissons pas d’attestation." in page


def test_a_heavy_file_is_refused_with_its_limit(client: Client) -> None:
    response = posted(client, way="file", file=file(b"x" * (2 * 1024 * 1024 + 1)))

    assert response.status_code == 413
    assert "nous lisons jusqu’à 2 Mo" in text_of(response)


class _Untouched(BytesIO):
    """A body of 50 MB that must not be read."""

    def read(self, *args: Any) -> bytes:
        raise AssertionError("expected the body to be left alone, met a reading of it")


@pytest.mark.parametrize(
    "content_type", ["multipart/form-data; boundary=x", "application/x-www-form-urlencoded"]
)
def test_fifty_megabytes_are_refused_without_reading_them(client: Client, content_type: str) -> None:
    response = client.generic(
        "POST",
        URL,
        content_type=content_type,
        **{"wsgi.input": _Untouched(), "CONTENT_LENGTH": str(50 * 1024 * 1024)},
    )

    assert response.status_code == 413
    assert "C’est trop lourd pour être une attestation" in text_of(response)


@pytest.mark.parametrize(
    ("link", "sentence"),
    [
        ("http://ailleurs.example.org/a.json", "Ce lien ne commence pas par https://"),
        ("https://127.0.0.1/a.json", "Ce lien mène à une adresse privée, que nous n’ouvrons pas."),
        ("https://[::1]/a.json", "Ce lien mène à une adresse privée, que nous n’ouvrons pas."),
        ("https://169.254.169.254/latest/meta-data/", "Ce lien mène à une adresse privée"),
    ],
)
def test_a_private_link_is_refused(client: Client, link: str, sentence: str) -> None:
    response = posted(client, way="text", text=link)

    page = text_of(response)
    assert response.status_code == 422
    assert sentence in page
    assert f"{link}</textarea>" in page


def test_a_link_without_answer_says_so(client: Client) -> None:
    with outside_world(fetcher=MemoryFetcher()):
        response = posted(client, way="text", text="https://ailleurs.example.org/a.json")

    assert response.status_code == 422
    assert "Rien n’est venu de ce lien" in text_of(response)


def test_links_are_not_opened_without_end(client: Client) -> None:
    with outside_world(fetcher=MemoryFetcher()) as network:
        codes = [
            posted(client, way="text", text=f"https://ailleurs.example.org/{number}").status_code
            for number in range(32)
        ]

    assert codes.count(429) == 2
    assert len(network.asked) == 30


def test_another_site_s_form_is_answered_too_and_changes_nothing() -> None:
    strict = Client(enforce_csrf_checks=True)

    with outside_world():
        response = posted(strict, way="text", text=a_key_credential().decode())

    assert response.status_code == 200


# — Badges of others —


def test_a_badge_that_is_no_micro_credential_still_shows_what_it_says(client: Client) -> None:
    badge = b"""{"@context": ["https://www.w3.org/ns/credentials/v2"], "type": ["VerifiableCredential",
    "OpenBadgeCredential"], "issuer": {"id": "did:key:zFaux", "name": "Club de marche"},
    "validFrom": "2026-05-01T00:00:00Z", "credentialSubject":
    {"name": "Sami Doux", "achievement": {"name": "Marcheur"}}}"""

    with outside_world():
        response = posted(client, way="file", file=file(badge))

    page = text_of(response)
    assert response.status_code == 200
    assert "Attestation sans signature" in page
    assert "Délivrée à <b>Sami Doux</b> par <b>Club de marche</b>, le 1er mai 2026" in page
