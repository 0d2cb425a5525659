"""A trainer, from the first sign-in on an empty server to credentials that anyone verifies."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, expect
from tests.journeys.conftest import Server, make_server
from tests.journeys.roads import answers, enter_as, follow, verify_in_a_shell

Visitor = Callable[..., Page]
NAME = "Maison familiale rurale des Monts d’essai"
HEADLINE = "Attestation intacte, organisme non confirmé"
TITLE = "Monter un mur en pierre sèche"

# As training bodies have it: Windows-1252, semicolons, a title above the header, a wrong date, homonyms.
LIST = """Session d'automne, murs en pierre sèche;;;
;;;
Nom;Prénom;Né(e) le;Mél
Lefèvre;Zoé;07/03/1984;zoe@exemple.example
N'Diaye;Ousmane;22/11/1991;
Pagès;Jérôme;;
Pagès;Jérôme;;
Œillet;Agnès;31/02/1975;
""".encode("cp1252")


FIRST_NAMES = ["Agathe", "Basile", "Camille", "Denis", "Edmée", "Fleur", "Gaston", "Hugo", "Iris", "Jules"]
LAST_NAMES = ["Arnal", "Bastide", "Cayrol", "Dalle", "Estival", "Fabre", "Galtier", "Hermet", "Issaly"]
LAST_NAMES += ["Jouve", "Kerneis", "Lacan", "Maury", "Niel", "Olivier"]
CROWD = [f"{first} {last}" for first in FIRST_NAMES for last in LAST_NAMES]


def keep(page: Page) -> None:
    page.get_by_role("button", name="Garder", exact=True).click()
    expect(page.get_by_text(re.compile(r"Gardé à \d+")).first).to_be_visible()


def keep_and_go_on(page: Page) -> None:
    page.get_by_role("button", name="Garder, puis").click()


def sign_up(page: Page, server: Server) -> None:
    page.goto(server.url)
    page.get_by_role("link", name="Se connecter").click()
    page.get_by_role("link", name="Créer un compte").click()
    page.get_by_label("Nom complet").fill("Paule Vigier")
    page.get_by_label("Adresse électronique").fill("paule@mfr.example")
    page.get_by_label("Mot de passe").fill("schiste et granit 1884")
    page.get_by_role("button", name="Créer mon compte").click()


def create_organisation(page: Page) -> None:
    page.get_by_role("link", name="Créer un organisme").click()
    page.get_by_label("Nom de l’organisme").fill(NAME)
    page.get_by_label("Commune").fill("Saint-Essai")
    page.get_by_label("SIRET").fill("732 829 320 00075")
    page.get_by_role("button", name="Créer l’organisme").click()
    expect(page.get_by_role("alert")).to_contain_text("SIRET")
    expect(page.get_by_label("Nom de l’organisme")).to_have_value(NAME)
    page.get_by_label("SIRET").fill("732 829 320 00074")
    page.get_by_role("button", name="Créer l’organisme").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(NAME)


def write_specification(page: Page) -> Page:
    """All that is mandatory, through the ten sections; the tab is closed in the middle."""
    page.get_by_role("link", name="Aller à l’atelier").click()
    page.get_by_role("link", name=re.compile("micro-certification")).first.click()
    page.get_by_label("Titre").fill(TITLE)
    page.get_by_label("Bâti et énergie").check()
    page.get_by_role("button", name="Ouvrir le dossier").click()
    expect(page.get_by_text(re.compile(r"Il manque encore \d+ éléments"))).to_be_visible()
    page.get_by_role("link", name="Relire et publier").click()
    expect(
        page.get_by_role("heading", name=re.compile(r"Il manque encore \d+ éléments pour publier"))
    ).to_be_visible()
    expect(page.get_by_role("button", name="Publier")).to_have_count(0)
    page.get_by_role("link", name="Description", exact=True).click()

    page.get_by_label("Description").fill("Bâtir et réparer un mur sans mortier, avec la pierre d'ici.")
    keep_and_go_on(page)
    for outcome in ("Trier et tailler la pierre", "Monter un parement stable"):
        page.get_by_role("button", name="Ajouter un acquis").click()
        page.locator("textarea:focus").fill(outcome)
    keep_and_go_on(page)
    page.get_by_label("Heures de travail").fill("21,5")
    expect(page.get_by_text(re.compile(r"Gardé à \d+"))).to_be_visible()

    # The tab is closed without any button; another one opens where the file was left.
    context = page.context
    atelier = page.url.split("/dossier/")[0] + "/"
    page.close()
    page = context.new_page()
    page.goto(atelier)
    page.get_by_role("link", name=TITLE).first.click()
    expect(page.get_by_role("heading", level=2, name="3. Durée et niveau")).to_be_visible()
    expect(page.get_by_label("Heures de travail")).to_have_value("21,5")

    page.get_by_label("Niveau", exact=False).first.select_option("eqf:3")
    keep_and_go_on(page)
    page.get_by_label("Évaluation pratique").or_(
        page.get_by_label("Mise en situation pratique")
    ).first.check()
    keep_and_go_on(page)
    page.get_by_role("group", name="Forme de participation").get_by_role("checkbox").first.check()
    keep_and_go_on(page)
    page.get_by_label("Nom").first.fill("Relecture par un pair")
    page.get_by_role("button", name="Ajouter la ligne").click()
    keep_and_go_on(page)
    keep_and_go_on(page)
    page.get_by_label("Attestation de l’organisme").check()
    keep(page)
    expect(page.get_by_text("Rien d’obligatoire ne manque.")).to_be_visible()
    return page


def publish(page: Page) -> None:
    page.get_by_role("link", name="Relire et publier").click()
    expect(page.get_by_text("Trier et tailler la pierre")).to_be_visible()
    page.locator("form.publier").get_by_role("checkbox").check()
    page.get_by_role("button", name="Publier la version 1").click()
    expect(page.get_by_text("La version 1 est publiée.").first).to_be_visible()


def upload(page: Page, server: Server, data: bytes, name: str, title: str = TITLE) -> None:
    page.goto(f"{server.url}/delivrer/")
    page.get_by_role("link", name=title).first.click()
    page.get_by_label("La liste des personnes").set_input_files(
        FilePayload(name=name, mimeType="text/csv", buffer=data)
    )
    page.get_by_role("button", name="Lire la liste").click()
    expect(page.get_by_role("heading", name="Que contient chaque colonne")).to_be_visible()


def check_rows(page: Page) -> None:
    page.get_by_role("button", name="Vérifier chaque ligne").click()
    expect(page.get_by_text("Rien n’est encore signé")).to_be_visible()


def test_trainer_from_first_sign_in_to_verified_credentials(
    empty_server: Server, visitor: Visitor, tmp_path: Path
) -> None:
    server, page = empty_server, visitor()
    sign_up(page, server)
    create_organisation(page)
    page = write_specification(page)
    publish(page)

    upload(page, server, LIST, "murs.csv")
    expect(page.get_by_label("Né(e) le")).to_have_value("birth_date")
    expect(page.get_by_label("Mél")).to_have_value("email")
    page.get_by_label("Mél").select_option(label="— ne pas lire —")
    check_rows(page)
    expect(page.get_by_role("heading", name="1 ligne à corriger")).to_be_visible()
    expect(page.get_by_text("31/02/1975")).to_be_visible()
    question = page.get_by_role("group", name=re.compile("Jérôme Pagès"))
    question.get_by_label("C’est quelqu’un d’autre").check()
    page.get_by_role("button", name="Garder mes réponses").click()
    page.get_by_role("button", name="Délivrer les 4 attestations prêtes").click()
    expect(page.get_by_text("4 attestations signées sur 4")).to_be_visible(timeout=30_000)

    page.get_by_role("row").filter(has_text="Zoé Lefèvre").get_by_role("link", name="Page").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(HEADLINE)
    files = {}
    forms = ("Badge numérique (Open Badges 3.0)", "Le même badge en jeton (JWT)")
    for link in (*forms, "PDF à imprimer", "Badge (image SVG)", "Badge (image PNG)"):
        with page.expect_download() as download:
            page.get_by_role("link", name=link).click()
        files[download.value.suggested_filename] = download.value.path().read_bytes()

    stranger = visitor(width=360)
    assert {name.rpartition(".")[2] for name in files} == {"json", "jwt", "pdf", "svg", "png"}
    for name, content in files.items():
        stranger.goto(f"{server.url}/verifier/")
        stranger.get_by_label("PDF, image SVG ou fichier JSON").set_input_files(
            FilePayload(name=name, mimeType="application/octet-stream", buffer=content)
        )
        follow(stranger.get_by_role("button", name="Vérifier le fichier"))
        expect(stranger.get_by_role("heading", level=1)).to_have_text(HEADLINE)
        assert answers(stranger) == ["Oui", "Oui", "Inscrit ici, identité non confirmée"], name
    document = next(content for name, content in files.items() if name.endswith(".json"))
    assert verify_in_a_shell(server, document, tmp_path) == 0
    assert b"1984" not in document

    upload(page, server, LIST, "murs.csv")
    check_rows(page)
    expect(page.get_by_role("heading", name=re.compile("déjà délivrée"))).to_be_visible()
    expect(page.get_by_role("heading", name="0 ligne prête")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("^Délivrer"))).to_have_count(0)


@pytest.fixture
def mortal_server(tmp_path: Path) -> Iterator[Server]:
    """A server with the demonstration, to be killed."""
    server = make_server(tmp_path, JALON_DEMO="1")
    server.start()
    yield server
    server.stop()


def test_server_killed_while_signing_awards_everybody_once(mortal_server: Server, visitor: Visitor) -> None:
    server, page, title = mortal_server, visitor(), "Plesser et restaurer une haie"
    crowd = "Nom complet;Date de naissance\n" + "".join(f"{name};01/02/1990\n" for name in CROWD)
    enter_as(page, server, "signatory", to="/delivrer/")
    upload(page, server, crowd.encode(), "foule.csv", title)
    check_rows(page)
    page.get_by_role("button", name=f"Délivrer les {len(CROWD)} attestations prêtes").click()

    progress = re.compile(rf"(\d+) attestations? signées? sur {len(CROWD)}")
    signed = 0
    while not signed:
        page.reload(wait_until="commit")
        found = progress.search(page.locator("[data-phrase]").inner_text())
        signed = int(found[1]) if found else 0
    server.kill()
    assert 0 < signed < len(CROWD), "killed too late to show anything"
    server.start()

    page.goto(page.url)
    expect(page.get_by_text("Tout est signé")).to_be_visible(timeout=120_000)
    expect(page.get_by_text(f"{len(CROWD)} attestations signées sur {len(CROWD)}")).to_be_visible()
    with page.expect_download() as links:
        page.get_by_role("link", name="La liste des liens (CSV)").click()
    rows = links.value.path().read_text(encoding="utf-8-sig").splitlines()
    handed_over = Counter(name for name in CROWD for row in rows if re.search(rf"\b{name}\b", row))
    assert handed_over == Counter(CROWD)
    assert len(rows) == len(CROWD) + 1
    page.goto(f"{server.url}/delivrer/attestations/?q=Arnal")
    expect(page.get_by_role("heading", name=f"{len(FIRST_NAMES)} attestations")).to_be_visible()

    upload(page, server, crowd.encode(), "foule.csv", title)
    check_rows(page)
    expect(page.get_by_role("heading", name=f"{len(CROWD)} déjà délivrées")).to_be_visible()
