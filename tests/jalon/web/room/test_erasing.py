"""People erase their own name, hosts do it for those who ask, strangers do not; one link stops a mail."""

from __future__ import annotations

from django.test import Client
from tests.jalon.web.room.conftest import RoomInBrowsers

from jalon.design.actions.forgetting import NOBODY
from jalon.design.actions.telling import mail_token
from jalon.design.models import Participant
from jalon.design.rules.rooms import RoomRole
from jalon.people.rules import Role


def test_guest_erases_their_name_after_being_asked_and_the_browser_forgets(table: RoomInBrowsers) -> None:
    guest, link = table.guest(name="Odile Teyssèdre")
    table.write(guest, "title.fr", "comment", text="Dire la saison.")

    asked = table.says(guest, "effacer/")
    assert Participant.objects.get(link=link).name == "Odile Teyssèdre"
    done = guest.post(table.url("effacer/"))

    assert "Rien ne ramène" in asked
    assert "Votre nom est effacé" in done.content.decode()
    assert guest.get(table.url()).status_code == 404
    page = table.says(table.member(Role.DESIGNER), "champ/title.fr/")
    assert "Dire la saison." in page
    assert NOBODY in page
    assert "Teyssèdre" not in page


def test_old_cookie_of_an_erased_person_opens_nothing(table: RoomInBrowsers) -> None:
    guest, _link = table.guest(name="Odile")
    kept = dict(guest.cookies)
    guest.post(table.url("effacer/"))
    again = Client()
    again.cookies.update(kept)

    assert again.get(table.url()).status_code == 404


def test_host_erases_for_somebody_and_no_other_role_may(table: RoomInBrowsers) -> None:
    _guest, link = table.guest(name="Odile")
    address = table.url(f"personnes/{Participant.objects.get(link=link).id}/effacer/")
    author, _link = table.guest(RoomRole.AUTHOR, name="Léo")

    assert author.post(address).status_code == 403
    assert table.member().post(address).status_code == 404
    assert Client().post(address).status_code == 404
    assert Participant.objects.get(link=link).name == "Odile"
    assert table.member(Role.DESIGNER).post(address).status_code == 302
    assert Participant.objects.get(link=link).name == NOBODY


def test_member_has_no_page_to_erase_a_name_that_is_their_accounts(table: RoomInBrowsers) -> None:
    assert table.member(Role.DESIGNER).get(table.url("effacer/")).status_code == 404


def test_link_of_the_daily_mail_stops_it_only_by_its_button(table: RoomInBrowsers, client: Client) -> None:
    address = f"/salle/courriel/{mail_token(table.designer)}/"

    looked = client.get(address)
    assert not hasattr(table.designer, "room_mail")
    stopped = client.post(address, {"wanted": "0"})

    assert looked.status_code == 200
    assert "Vous ne recevrez plus" in stopped.content.decode()
    table.designer.refresh_from_db()
    assert table.designer.room_mail.is_wanted is False
    assert client.get("/salle/courriel/inconnu/").status_code == 404


def test_privacy_page_tells_what_a_room_keeps_and_how_to_erase_it(client: Client, db: None) -> None:
    page = client.get("/vos-donnees/").content.decode()

    assert 'id="salle"' in page
    assert "Effacer mon nom de cette salle" in page
