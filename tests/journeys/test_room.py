"""Four people in four browsers design one micro-certification, disagree, agree, sign and publish it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.conftest import Server, make_server
from tests.journeys.roads import enter_as, follow, verify_in_a_shell
from tests.journeys.test_pages import look

Visitor = Callable[..., Page]
TITLE = "Plesser et restaurer une haie"
OUTCOME = "Reconnaître la saison où une haie ne se touche pas"
COOPERATIVE = "Coopérative du Bocage d’essai"
COMPANY = "Entreprise Vidal"
# Whoever wants to see the pages names a folder.
PICTURES = os.environ.get("ROOM_PICTURES", "")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of our own: what is published here changes the demonstration."""
    made = make_server(tmp_path_factory.mktemp("room"), JALON_DEMO="1")
    made.start()
    yield made
    made.stop()


def looked_at(page: Page, name: str) -> None:
    """Readable by all, on a phone and a desk, by day and by night."""
    size = page.viewport_size or {"width": 1280, "height": 800}
    if PICTURES:
        for width, scheme in ((360, "light"), (1280, "dark")):
            page.set_viewport_size({"width": width, "height": 740})
            page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            page.screenshot(path=f"{PICTURES}/{name}-{width}-{scheme}.png", full_page=True)
    assert look(page) == [], name
    page.set_viewport_size(size)
    page.emulate_media(color_scheme="light")


def start_version_and_open_room(page: Page, server: Server) -> str:
    """The designer begins the next version and opens its room; the address of the room."""
    enter_as(page, server, "designer", to="/atelier/")
    follow(page.get_by_role("link", name=TITLE).first)
    versions = page.url
    follow(page.get_by_role("button", name="Commencer une nouvelle version"))
    page.goto(versions)
    follow(page.get_by_role("button", name="Ouvrir une salle"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("La salle")
    return page.url


def invite(page: Page, room: str, *, label: str, role: str, organisation: str = "") -> str:
    """Make a link; it is read on the page, the only time it is shown."""
    page.goto(f"{room}personnes/")
    page.get_by_label("Pour qui").fill(label)
    page.get_by_label(re.compile(rf"{role}\s:")).check()
    page.get_by_label("Organisme", exact=True).fill(organisation)
    follow(page.get_by_role("button", name="Faire le lien"))
    return page.get_by_label("Le lien à donner").input_value()


def come_in(page: Page, link: str, name: str) -> None:
    page.goto(link)
    page.get_by_label("Votre nom").fill(name)
    follow(page.get_by_role("button", name="Entrer dans la salle"))


def register_cooperative(page: Page, server: Server) -> None:
    """An account and an organisation, made the way anybody makes them."""
    page.goto(f"{server.url}/compte/inscription/")
    page.get_by_label("Nom complet").fill("Inès Rouvière")
    page.get_by_label("Adresse électronique").fill("ines@bocage.example")
    page.get_by_label("Mot de passe").fill("schiste et granit 1884")
    follow(page.get_by_role("button", name="Créer mon compte"))
    page.goto(f"{server.url}/compte/organismes/nouveau/")
    page.get_by_label("Nom de l’organisme").fill(COOPERATIVE)
    follow(page.get_by_role("button", name="Créer l’organisme"))


def sign(page: Page, room: str, answer: str, *, name: str, function: str, words: str = "") -> None:
    page.goto(f"{room}accord/")
    page.get_by_label(answer, exact=True).check()
    page.get_by_label("Vos réserves, ou vos raisons").fill(words)
    page.get_by_label("Nom complet").fill(name)
    page.get_by_label("Fonction").fill(function)


def until_revoked(page: Page, proof: str) -> None:
    """A worker revokes it in its own time: look again until the page says so."""
    for _attempt in range(40):
        page.goto(proof)
        if "ne tient pas, ou plus" in page.get_by_role("heading", level=1).inner_text():
            return
        page.wait_for_timeout(500)
    raise AssertionError("the endorsement still holds")


def open_round(page: Page, room: str) -> None:
    page.goto(f"{room}accord/")
    follow(page.get_by_role("button", name="Figer ce texte et ouvrir le tour"))


def test_four_people_design_disagree_sign_and_publish(
    server: Server, visitor: Visitor, tmp_path: Path
) -> None:
    amina, bernard = visitor(), visitor(width=360)
    ines, leo = visitor(), visitor(width=360, javascript=False)

    # Amina opens the room and hands out three links.
    room = start_version_and_open_room(amina, server)
    register_cooperative(ines, server)
    for_bernard = invite(amina, room, label="Bernard", role="Signataire", organisation=COMPANY)
    looked_at(amina, "personnes")
    for_ines = invite(amina, room, label="Inès", role="Signataire", organisation=COOPERATIVE)
    for_leo = invite(amina, room, label="Léo, apprenant", role="Relecture")
    bernard.goto(for_bernard)
    looked_at(bernard, "entree")
    come_in(bernard, for_bernard, "Bernard Vidal")
    come_in(ines, for_ines, "Inès Rouvière")
    come_in(leo, for_leo, "Léo")
    looked_at(bernard, "salle")

    # Bernard asks for one more outcome. Léo, without any script, says what he thinks.
    bernard.goto(f"{room}champ/learning_outcomes/")
    bernard.get_by_label("Ce que la personne saura faire").fill(OUTCOME)
    bernard.get_by_label("Pourquoi, si vous voulez").fill("Les oiseaux nichent.")
    follow(bernard.get_by_role("button", name="Proposer cet acquis"))
    expect(bernard.get_by_text("Votre proposition est gardée.")).to_be_visible()
    leo.goto(f"{room}champ/workload_hours/")
    leo.get_by_label("Votre avis").fill("Trois jours de suite, c'est long pour qui travaille.")
    leo.get_by_role("button", name="Donner cet avis").click()
    expect(leo.get_by_text("Votre avis est gardé")).to_be_visible()
    expect(leo.get_by_role("button", name="Proposer ce changement")).to_have_count(0)

    # Inès proposes a title; Amina changes it meanwhile; nobody's words are lost.
    ines.goto(f"{room}champ/title.fr/")
    ines.locator("input[name='title.fr']").fill("Plesser une haie vive")
    amina.goto(f"{room}champ/title.fr/")
    amina.locator("input[name='title.fr']").fill("Plesser et soigner une haie")
    follow(amina.get_by_role("button", name="L’écrire dans le texte"))
    expect(amina.get_by_text("C’est dans le texte, à votre nom.")).to_be_visible()
    follow(ines.get_by_role("button", name="Proposer ce changement"))
    amina.reload()
    card = amina.locator(".proposition").filter(has_text="Inès Rouvière").first
    for text in (TITLE, "Plesser et soigner une haie", "Plesser une haie vive"):
        expect(card).to_contain_text(text)
    looked_at(amina, "trois-textes")
    card.get_by_text("Ne pas la retenir, en disant pourquoi").click()
    card.get_by_label("Pourquoi").fill("Soigner dit mieux le geste.")
    follow(card.get_by_role("button", name="Ne pas la retenir"))
    ines.reload()
    ines.get_by_text("Ce qui est décidé ou clos").click()
    expect(ines.get_by_text("Soigner dit mieux le geste.")).to_be_visible()

    # They agree who must agree. Bernard does not, and publishing waits.
    amina.goto(f"{room}accord/")
    for name in (COMPANY, COOPERATIVE):
        amina.get_by_label(name).check()
    follow(amina.get_by_role("button", name="C’est convenu"))
    open_round(amina, room)
    looked_at(amina, "accord")
    sign(bernard, room, "Pas d’accord", name="Bernard Vidal", function="gérant")
    follow(bernard.get_by_role("button", name="Donner cette réponse"))
    expect(bernard.get_by_role("alert")).to_contain_text("pourquoi votre organisme n’est pas d’accord")
    bernard.get_by_label("Vos réserves, ou vos raisons").fill("Il manque la saison.")
    looked_at(bernard, "refus")
    follow(bernard.get_by_role("button", name="Donner cette réponse"))
    sign(ines, room, "D’accord", name="Inès Rouvière", function="présidente")
    ines.get_by_label(re.compile("Délivrer un soutien signé")).check()
    follow(ines.get_by_role("button", name="Donner cette réponse"))

    # Amina takes Bernard's outcome in: both must answer about the new text.
    amina.goto(f"{room}champ/learning_outcomes/")
    follow(amina.get_by_role("button", name=re.compile("^Accepter")))
    amina.goto(f"{room}accord/")
    expect(amina.get_by_text("accord à renouveler").first).to_be_visible()
    follow(amina.get_by_role("link", name=re.compile("Voir ce qui a changé depuis cet accord")).first)
    expect(amina.locator(".changements")).to_contain_text(OUTCOME)
    looked_at(amina, "tour")
    amina.goto(f"{room}texte/")
    expect(amina.locator(".demandes")).to_contain_text("Bernard Vidal")
    follow(amina.get_by_role("link", name="Atelier", exact=True).last)
    follow(amina.get_by_role("link", name=re.compile("Plesser et soigner une haie")).first)
    follow(amina.get_by_role("link", name="Relire et publier").first)
    expect(amina.get_by_text(f"{COMPANY} : accord à renouveler")).to_be_visible()
    expect(amina.get_by_role("button", name=re.compile("Publier"))).to_have_count(0)
    publishing = amina.url

    open_round(amina, room)
    sign(
        bernard,
        room,
        "D’accord, avec des réserves",
        name="Bernard Vidal",
        function="gérant",
        words="Revoir la durée dans un an.",
    )
    follow(bernard.get_by_role("button", name="Donner cette réponse"))
    sign(ines, room, "D’accord", name="Inès Rouvière", function="présidente")
    ines.get_by_label(re.compile("Délivrer un soutien signé")).check()
    follow(ines.get_by_role("button", name="Donner cette réponse"))

    # Two of them publish at once: one does, the other is told.
    amina.goto(publishing)
    twin = amina.context.new_page()
    twin.goto(publishing)
    for page in (amina, twin):
        page.locator("form.publier").get_by_role("checkbox").check()
    follow(amina.get_by_role("button", name=re.compile("Publier la version")))
    follow(twin.get_by_role("button", name=re.compile("Publier la version")))
    expect(twin.get_by_text("vient de publier cette version")).to_be_visible()

    # Anybody reads who was there, and verifies what was signed.
    stranger = visitor(width=360)
    follow(amina.get_by_role("link", name="Voir la page publique"))
    stranger.goto(amina.url)
    expect(stranger.get_by_role("heading", name="Co-construite avec")).to_be_visible()
    expect(stranger.locator("li").filter(has_text=COMPANY)).to_contain_text("accord donné le")
    proof = stranger.get_by_role("link", name=re.compile("soutien signé"))
    expect(proof).to_have_count(1)
    follow(proof)
    expect(stranger.get_by_role("heading", level=1)).to_contain_text("Ce soutien est signé")
    looked_at(stranger, "soutien")
    signed = stranger.context.request.get(f"{stranger.url}soutien.json").body()
    assert b"Rouvi" not in signed
    # 0: everything holds; 3: it does, and nobody confirmed who the cooperative is.
    assert verify_in_a_shell(server, signed, tmp_path) in {0, 3}
    assert verify_in_a_shell(server, signed.replace(b"soutient", b"soutien "), tmp_path) not in {0, 3}

    # The cooperative changes its mind: what it signed no longer holds, and anybody reads that it left.
    public, proof_page = amina.url, stranger.url
    open_round(amina, room)
    sign(ines, room, "Pas d’accord", name="Inès Rouvière", function="présidente", words="Nous partons.")
    follow(ines.get_by_role("button", name="Donner cette réponse"))
    stranger.goto(public)
    expect(stranger.locator("li").filter(has_text=COOPERATIVE)).to_contain_text("a retiré son accord le")
    expect(stranger.get_by_text("Nous partons.")).to_have_count(0)
    until_revoked(stranger, proof_page)
    assert verify_in_a_shell(server, signed, tmp_path) not in {0, 3}
    follow(amina.get_by_role("link", name="Atelier", exact=True).first)
    looked_at(amina, "atelier")


def test_half_written_words_survive_a_lost_network_and_a_closed_tab(server: Server, visitor: Visitor) -> None:
    host, phone = visitor(), visitor(width=360)
    enter_as(host, server, "designer", to="/atelier/")
    host.goto(f"{server.url}/atelier/nouvelle/")
    host.get_by_label("Titre").fill("Greffer un pommier")
    host.get_by_label("Terre et élevage").check()
    follow(host.get_by_role("button", name="Ouvrir le dossier"))
    host.goto(f"{server.url}/atelier/")
    follow(host.get_by_role("link", name="Greffer un pommier").first)
    follow(host.locator(".fil a").nth(1))
    follow(host.get_by_role("button", name="Ouvrir une salle"))
    room = host.url
    come_in(phone, invite(host, room, label="Odile", role="Contribution"), "Odile")
    phone.goto(f"{room}champ/title.fr/")
    context = phone.context

    phone.get_by_label("Votre avis").fill("Dire aussi le porte-greffe.")
    context.set_offline(True)
    phone.get_by_role("button", name="Donner cet avis").click()
    expect(phone.get_by_text("Gardé sur cet appareil").first).to_be_visible()
    phone.close()
    context.set_offline(False)

    back = context.new_page()
    back.goto(f"{room}champ/title.fr/")
    expect(back.get_by_label("Votre avis")).to_have_value("Dire aussi le porte-greffe.")
    follow(back.get_by_role("button", name="Donner cet avis"))
    expect(back.get_by_label("Votre avis")).to_have_value("")
    host.goto(f"{room}champ/title.fr/")
    expect(host.get_by_text("Dire aussi le porte-greffe.")).to_have_count(1)

    # The server takes the words and the answer is lost on the way: sent again, they are there once.
    def lose_the_answer(route) -> None:  # type: ignore[no-untyped-def]  # Playwright hands it over
        route.fetch(max_redirects=0)
        route.abort()

    back.get_by_label("Votre avis").fill("Et la saison.")
    back.route("**/champ/**", lambda r: lose_the_answer(r) if r.request.method == "POST" else r.continue_())
    back.get_by_role("button", name="Donner cet avis").click()
    expect(back.get_by_text("Gardé sur cet appareil").first).to_be_visible()
    back.unroute("**/champ/**")
    back.get_by_role("button", name="Donner cet avis").click()
    expect(back.get_by_label("Votre avis")).to_have_value("")
    host.reload()
    expect(host.get_by_text("Et la saison.")).to_have_count(1)

    # A link taken back: the words stay, the person is told plainly.
    host.goto(f"{room}personnes/")
    follow(host.get_by_role("button", name=re.compile("Retirer ce lien")))
    back.reload()
    expect(back.get_by_role("heading", level=1)).to_contain_text("Ce lien n’ouvre plus la salle")
    looked_at(back, "lien-retire")
    host.goto(f"{room}champ/title.fr/")
    expect(host.get_by_text("Et la saison.")).to_have_count(1)
