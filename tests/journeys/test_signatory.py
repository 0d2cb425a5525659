"""A signatory answers what a list asks, awards, revokes and corrects; a stranger sees it at once."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect
from tests.journeys.conftest import Server
from tests.journeys.roads import answers, enter_as, follow, held_by, verify_in_a_shell

Visitor = Callable[..., Page]


def status(page: Page, server: Server, address: str) -> int:
    """What the server answers to *address*."""
    answer = page.goto(f"{server.url}{address}")
    assert answer is not None
    return answer.status


def test_waiting_list_is_answered_and_awarded(demo_server: Server, visitor: Visitor) -> None:
    page = visitor()
    enter_as(page, demo_server, "signatory", to="/delivrer/")
    waiting = page.get_by_role("listitem").filter(has_text="compostage-printemps.csv")
    expect(waiting).to_contain_text("vérifiée, rien n’est signé")
    waiting.get_by_role("link").click()

    expect(page.get_by_role("heading", name="2 lignes à corriger")).to_be_visible()
    expect(page.get_by_role("heading", name="1 déjà délivrée")).to_be_visible()
    for sentence in ("31/02/1990", "emilie(at)exemple.example"):
        expect(page.get_by_text(sentence)).to_be_visible()
    question = page.get_by_role("group", name=re.compile("Ligne 9.*Marc Delpuech"))
    question.get_by_label("C’est quelqu’un d’autre").check()
    page.get_by_role("button", name="Garder mes réponses").click()
    with page.expect_download() as left_out:
        page.get_by_role("link", name="Télécharger les lignes écartées").click()
    assert b"31/02/1990" in left_out.value.path().read_bytes()

    page.get_by_role("button", name="Délivrer les 4 attestations prêtes").click()

    expect(page.get_by_role("heading", name="Tout est signé")).to_be_visible(timeout=30_000)
    expect(page.get_by_text("4 attestations signées sur 4")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="Marc Delpuech")).to_have_count(2)
    with page.expect_download() as cards:
        page.get_by_role("link", name="Imprimer les cartes").click()
    assert cards.value.path().read_bytes().startswith(b"%PDF-")
    page.get_by_role("row").filter(has_text="Agnès Barthélemy").get_by_role("link", name="Page").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Attestation intacte et valable")


def test_revocation_shows_at_once_to_whoever_verifies(
    demo_server: Server, visitor: Visitor, tmp_path: Path
) -> None:
    page, stranger = visitor(), visitor(width=360)
    enter_as(page, demo_server, "signatory")
    held = held_by(page, demo_server, "Ahmed Benali")
    document = page.context.request.get(f"{held.link}attestation.json").text()
    stranger.goto(held.link)
    assert answers(stranger)[1] == "Oui"

    page.get_by_role("link", name="Révoquer").click()
    page.get_by_role("button", name="Révoquer l’attestation").click()
    expect(page.get_by_role("alert")).to_contain_text("Choisissez une raison")
    page.get_by_label("Acquis non confirmés").check()
    page.get_by_label("Une précision, visible par tous").fill("Le jury s'est repris.")
    page.get_by_label("Je révoque cette attestation.").check()
    page.get_by_role("button", name="Révoquer l’attestation").click()
    expect(page.get_by_text("Attestation révoquée.")).to_be_visible()

    stranger.reload()
    assert answers(stranger)[:2] == ["Oui", "Non, elle est retirée"]
    expect(stranger.locator(".reponses")).to_contain_text("Le jury s’est repris")
    # What was downloaded before says so too: by the same server, and from a shell.
    stranger.goto(f"{demo_server.url}/verifier/")
    stranger.get_by_label("Lien ou contenu signé").fill(document)
    follow(stranger.get_by_role("button", name="Vérifier le texte"))
    assert answers(stranger)[1] == "Non, elle est retirée"
    assert verify_in_a_shell(demo_server, document.encode(), tmp_path) == 1


def test_correction_says_on_each_page_which_replaces_which(demo_server: Server, visitor: Visitor) -> None:
    page, stranger = visitor(), visitor(width=360)
    enter_as(page, demo_server, "signatory")
    before = held_by(page, demo_server, "Maëlys Ferrand")

    page.get_by_role("link", name="Corriger").click()
    page.get_by_label("Nom", exact=True).fill("Maëlys Ferrand-Roux")
    page.get_by_label("Ce qui était faux, visible par tous").fill("Il manquait un des deux noms.")
    page.get_by_role("button", name="Signer la nouvelle, révoquer l’ancienne").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Maëlys Ferrand-Roux")
    expect(page.get_by_text("Cette attestation en remplace une autre, corrigée.")).to_be_visible()
    after = page.get_by_label("Le lien à donner").input_value()
    assert after != before.link
    stranger.goto(before.link)
    assert answers(stranger)[1] == "Non, elle est remplacée"
    follow(stranger.get_by_role("link", name="Voir l’attestation qui la remplace"))
    assert stranger.url == after
    assert answers(stranger)[:2] == ["Oui", "Oui"]
    follow(stranger.get_by_role("link", name="Voir l’ancienne"))
    assert stranger.url == before.link


def test_others_are_kept_out(demo_server: Server, visitor: Visitor) -> None:
    signatory = visitor()
    enter_as(signatory, demo_server, "signatory")
    held_by(signatory, demo_server, "Théo Malaval")
    award = urlsplit(signatory.url).path
    private = [award, f"{award}revoquer/", f"{award}corriger/"]

    stranger = visitor()
    for address in [*private, "/delivrer/", "/delivrer/attestations/", "/atelier/"]:
        stranger.goto(f"{demo_server.url}{address}")
        expect(stranger.get_by_role("heading", level=1)).to_have_text("Se connecter")

    # Somebody with an organisation of their own: nothing is there, so that not even its existence is told.
    other = visitor()
    other.goto(f"{demo_server.url}/compte/inscription/")
    other.get_by_label("Nom", exact=False).first.fill("Ferdinand Ailleurs")
    other.get_by_label("Adresse électronique").fill("ferdinand@ailleurs.example")
    other.get_by_label("Mot de passe").fill("un mot de passe assez long")
    other.get_by_role("button", name="Créer mon compte").click()
    other.get_by_role("link", name="Créer un organisme").click()
    other.get_by_label("Nom", exact=False).first.fill("École d’ailleurs")
    other.get_by_role("button", name="Créer l’organisme").click()
    expect(other.get_by_role("heading", level=1)).to_have_text("École d’ailleurs")
    for address in private:
        assert status(other, demo_server, address) == 404

    # Of the organisation, but without the right to revoke.
    trainer = visitor()
    enter_as(trainer, demo_server, "trainer")
    trainer.goto(f"{demo_server.url}{award}")
    expect(trainer.get_by_role("link", name="Révoquer")).to_have_count(0)
    for address in private[1:]:
        assert status(trainer, demo_server, address) == 403
