"""A stranger, without an account, verifies what somebody shows: on a phone, with and without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect
from tests.journeys.conftest import Server
from tests.journeys.roads import Held, answers, enter_as, follow, held_by

Visitor = Callable[..., Page]
ROOT = Path(__file__).resolve().parents[2]
PHONE = 360
INTACT = "Attestation intacte et valable"
NAMES = {
    "valid": "Loïc Granier",
    "revoked": "Odile Teyssèdre",
    "misprinted": "Celine Desoeuvre",
    "corrected": "Cœline Desœuvre",
}
FILES = {"json": "application/json", "pdf": "application/pdf", "svg": "image/svg+xml"}


@dataclass(frozen=True)
class Shown:
    """What people show: references and links by what became of them, and the files of a valid one."""

    held: dict[str, Held]
    files: dict[str, bytes]


@pytest.fixture(scope="module")
def shown(demo_server: Server, browser: Browser) -> Shown:
    """Collected as the organisation hands it over."""
    context = browser.new_context(locale="fr-FR")
    page = context.new_page()
    enter_as(page, demo_server, "signatory")
    held = {key: held_by(page, demo_server, name) for key, name in NAMES.items()}
    names = {"json": "attestation.json", "pdf": "attestation.pdf", "svg": "badge.svg"}
    files = {kind: context.request.get(f"{held['valid'].link}{name}").body() for kind, name in names.items()}
    context.close()
    return Shown(held, files)


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def page(request: pytest.FixtureRequest, visitor: Visitor) -> Page:
    """A stranger's phone."""
    return visitor(width=PHONE, javascript=request.param)


def headline(page: Page) -> str:
    return page.get_by_role("heading", level=1).inner_text()


def drop(page: Page, server: Server, name: str, content: bytes) -> None:
    """Give a file on the verify page."""
    page.goto(f"{server.url}/verifier/")
    kind = FILES.get(name.rpartition(".")[2], "application/octet-stream")
    page.get_by_label("PDF, image SVG ou fichier JSON").set_input_files(
        FilePayload(name=name, mimeType=kind, buffer=content)
    )
    follow(page.get_by_role("button", name="Vérifier le fichier"))


def paste(page: Page, server: Server, text: str) -> None:
    """Give a text or a link on the verify page."""
    page.goto(f"{server.url}/verifier/")
    page.get_by_label("Lien ou contenu signé").fill(text)
    follow(page.get_by_role("button", name="Vérifier le texte"))


def type_reference(page: Page, server: Server, reference: str) -> None:
    page.goto(f"{server.url}/verifier/")
    page.get_by_label("Référence").fill(reference)
    follow(page.get_by_role("button", name="Vérifier", exact=True))


def test_valid_one_by_its_reference(demo_server: Server, shown: Shown, page: Page) -> None:
    # As people type: small letters, blanks where the paper has dashes, O for 0.
    reference = shown.held["valid"].reference.replace("-", " ").replace("0", "O").lower()

    type_reference(page, demo_server, reference)

    assert page.url == shown.held["valid"].link
    assert headline(page) == INTACT
    assert answers(page) == ["Oui", "Oui", "Région de démonstration (fictive)"]
    expect(page.get_by_text("Délivrée à Loïc Granier").first).to_be_visible()


def test_valid_one_by_its_link_and_by_its_text(demo_server: Server, shown: Shown, page: Page) -> None:
    paste(page, demo_server, shown.held["valid"].link)

    assert page.url == shown.held["valid"].link
    assert headline(page) == INTACT

    paste(page, demo_server, shown.files["json"].decode())

    assert page.url == f"{demo_server.url}/verifier/"
    assert headline(page) == INTACT


@pytest.mark.parametrize("kind", FILES)
def test_valid_one_by_any_of_its_files(demo_server: Server, shown: Shown, page: Page, kind: str) -> None:
    drop(page, demo_server, f"attestation.{kind}", shown.files[kind])

    assert headline(page) == INTACT
    assert answers(page) == ["Oui", "Oui", "Région de démonstration (fictive)"]


@pytest.mark.parametrize("kind", ["json", "svg"])
def test_altered_one_is_not_to_be_relied_on(demo_server: Server, shown: Shown, page: Page, kind: str) -> None:
    altered = shown.files[kind].replace(b"Granier", b"Garnier")
    assert altered != shown.files[kind]

    drop(page, demo_server, f"attestation.{kind}", altered)

    assert headline(page) != INTACT
    assert answers(page)[0] == "Non"
    expect(page.get_by_text("Le contenu a changé depuis la signature.").first).to_be_visible()
    expect(page.get_by_text("demandez l’original à la personne").first).to_be_visible()


def test_unknown_issuer_is_not_called_false(demo_server: Server, page: Page, tmp_path: Path) -> None:
    made = demo_server.jalon(
        "issue",
        *("--specification", str(ROOT / "examples/specification.yaml")),
        *("--holders", str(ROOT / "examples/holders.csv")),
        *("--out", str(tmp_path)),
    )
    assert made.returncode == 0, made.stderr.decode()
    credential = sorted(tmp_path.glob("*.json"))[0]

    drop(page, demo_server, credential.name, credential.read_bytes())

    assert answers(page)[0] == "Oui"
    assert answers(page)[2] == "Personne que nous connaissions"
    expect(page.get_by_text("Inconnu ne veut pas dire faux.").first).to_be_visible()
    assert demo_server.jalon("verify", str(credential)).returncode == 0


def test_revoked_one_says_since_when_and_why(demo_server: Server, shown: Shown, page: Page) -> None:
    type_reference(page, demo_server, shown.held["revoked"].reference)

    assert answers(page)[:2] == ["Oui", "Non, elle est retirée"]
    expect(page.get_by_text("Inscrite par erreur sur la liste du groupe (fictif).").first).to_be_visible()
    expect(page.get_by_role("link", name="PDF à imprimer")).to_have_count(0)


def test_corrected_one_leads_to_the_new_one_and_back(demo_server: Server, shown: Shown, page: Page) -> None:
    page.goto(shown.held["misprinted"].link)
    assert answers(page)[1] == "Non, elle est remplacée"

    follow(page.locator(".reponses").get_by_role("link"))

    assert page.url == shown.held["corrected"].link
    assert headline(page) == INTACT
    follow(page.get_by_role("link", name="Voir l’ancienne"))
    assert page.url == shown.held["misprinted"].link


def test_what_cannot_be_read_is_said_and_what_was_typed_is_kept(demo_server: Server, page: Page) -> None:
    drop(page, demo_server, "photo.pdf", b"%PDF-1.7 nothing inside")
    expect(page.get_by_role("alert")).to_be_visible()

    paste(page, demo_server, '{"bonjour": ')
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("Lien ou contenu signé")).to_have_value('{"bonjour": ')

    type_reference(page, demo_server, "7KF2-9QMR-48X")
    expect(page.get_by_role("alert")).to_contain_text("11")
    expect(page.get_by_label("Référence")).to_have_value("7KF2-9QMR-48X")


def test_reference_that_nobody_holds(demo_server: Server, page: Page) -> None:
    type_reference(page, demo_server, "7KF2-9QMR-48XA")

    expect(page.get_by_role("alert")).to_be_visible()
    assert re.search(r"/verifier/$", page.url)


def test_three_answers_fit_a_phone(shown: Shown, visitor: Visitor) -> None:
    phone = visitor(width=PHONE)
    for held in shown.held.values():
        phone.goto(held.link)

        expect(phone.get_by_role("heading", level=1)).to_be_in_viewport()
        assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE
