"""Who gets into a room: role × address × stranger."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from tests.jalon.web.room.conftest import RoomInBrowsers

from jalon.design import actions
from jalon.design.models import Comment, Proposal, RoomLink, Round, SignOff
from jalon.design.rules.rooms import ProposalKind, RoomRole
from jalon.foundation import clock
from jalon.people.rules import Role

PAGES = (
    "",
    "texte/",
    "champ/title.fr/",
    "champ/ensemble/",
    "champ/learning_outcomes/",
    "personnes/",
    "accord/",
    "tours/1/",
)


def fill(table: RoomInBrowsers) -> dict[str, str]:
    """Something in every corner, so that there is something to leak; the addresses that change things."""
    contributor = table.invited()
    proposal = actions.propose(
        room=table.room,
        kind=ProposalKind.CHANGE,
        field="title.fr",
        value="Plesser une haie vive",
        seen="Plesser une haie",
        by=contributor,
    )
    comment = actions.comment(room=table.room, field="title.fr", text="Trop court.", by=contributor)
    link, _token = table.link()
    table.agreed("Entreprise Vidal")
    table.a_round()
    return {
        "write": "champ/title.fr/",
        "decide": f"propositions/{proposal.id}/",
        "thread": f"avis/{comment.id}/",
        "invite": "personnes/",
        "revoke": f"personnes/{link.id}/retirer/",
        "settle": "accord/organismes/",
        "round": "accord/tour/",
        "sign": "accord/signer/",
    }


TYPED = {
    "do": "propose",
    "seen:title.fr": '"Plesser une haie"',
    "title.fr": "Un autre titre",
    "text": "Un mot.",
    "decision_reason": "Non.",
    "label": "Quelqu'un",
    "role": "author",
    "days": "30",
    "organismes-reason": "Changer.",
    "closes_on": "",
}

DO = {"decide": "refuse", "thread": "answer", "write": "propose"}


def counted() -> tuple[int, ...]:
    return tuple(m.objects.count() for m in (Proposal, Comment, RoomLink, Round, SignOff))


def test_nothing_exists_for_strangers(table: RoomInBrowsers) -> None:
    gestures = fill(table)
    before = counted()

    for somebody in (Client(), table.member()):
        for last in PAGES:
            assert somebody.get(table.url(last)).status_code == 404, last
        for last in (*gestures.values(), "sortir/"):
            assert somebody.post(table.url(last), TYPED).status_code == 404, last

    assert counted() == before
    assert not RoomLink.objects.filter(revoked_at__isnull=False).exists()
    assert Client().post(f"/salle/ouvrir/{table.draft.micro_credential_id}/").status_code == 302
    assert table.member().post(f"/salle/ouvrir/{table.draft.micro_credential_id}/").status_code == 404


def test_people_of_one_room_are_strangers_in_another(table: RoomInBrowsers) -> None:
    other = RoomInBrowsers()
    guest, _link = other.guest(RoomRole.AUTHOR)
    gestures = fill(table)

    for last in PAGES:
        assert guest.get(table.url(last)).status_code == 404, last
    for last in gestures.values():
        assert guest.post(table.url(last), TYPED).status_code == 404, last
    mine = Proposal.objects.get(room=table.room)
    assert guest.post(other.url(f"propositions/{mine.id}/"), {"do": "accept"}).status_code == 404
    word = Comment.objects.get(room=table.room)
    assert guest.post(other.url(f"avis/{word.id}/"), {"do": "resolve"}).status_code == 404


# What each may do: everything else is refused with 403.
ALLOWED: dict[str, set[str]] = {
    "link author": {"write", "decide", "thread"},
    "link contributor": {"write", "thread"},
    "link reviewer": {"thread"},
    "link signatory": {"write", "thread", "sign"},
    "designer": {"write", "decide", "thread", "invite", "revoke", "settle", "round", "sign"},
    "trainer": {"write", "decide", "thread", "invite", "revoke", "settle", "round"},
    "signatory": {"thread", "sign"},
    "assessor": {"thread"},
    "partner": {"thread"},
    "admin": {"thread"},
}
# A designer may sign as well: publishing commits the organisation.


@pytest.mark.parametrize("who", ALLOWED)
def test_each_role_sees_everything_and_does_what_is_theirs(table: RoomInBrowsers, who: str) -> None:
    gestures = fill(table)
    kind, _space, role = who.rpartition(" ")
    client = table.guest(RoomRole(role))[0] if kind else table.member(Role(role))

    seen = {last: client.get(table.url(last)).status_code for last in PAGES}
    done = {
        name: client.post(table.url(last), {**TYPED, "do": DO.get(name, "propose")}).status_code
        for name, last in gestures.items()
    }

    assert set(seen.values()) == {200}
    refused = {name for name, status in done.items() if status == 403}
    assert refused == set(gestures) - ALLOWED[who], done
    # What was allowed was taken in or told to be wrong; never a fault.
    assert {s for n, s in done.items() if n not in refused} <= {302, 200, 404, 422}


def test_reviewer_cannot_decide_by_any_gesture(table: RoomInBrowsers) -> None:
    fill(table)
    client, _link = table.guest(RoomRole.REVIEWER)
    proposal = Proposal.objects.get()
    before = table.now().content

    for do in ("accept", "accept_anyway", "refuse", "withdraw"):
        answer = client.post(
            table.url(f"propositions/{proposal.id}/"),
            {"do": do, "seen": '"Plesser une haie"', "decision_reason": "Non."},
        )
        assert answer.status_code == 403
    for do in ("propose", "propose_now", "add", "add_now", "remove", "remove_now", "row:x"):
        assert table.write(client, "title.fr", do, **{"title.fr": "Autre"}).status_code == 403, do

    proposal.refresh_from_db()
    assert proposal.is_open
    assert table.now().content == before


def test_link_is_looked_at_without_coming_in_and_opens_by_a_name(table: RoomInBrowsers) -> None:
    link, token = table.link()
    client = Client()

    looked = client.get(f"/salle/entrer/{token}/")
    nameless = client.post(f"/salle/entrer/{token}/", {"name": "  "})
    named = client.post(f"/salle/entrer/{token}/", {"name": "Odile", "email": "odile@example.org"})

    assert (looked.status_code, nameless.status_code, named.status_code) == (200, 422, 302)
    assert "Il manque votre nom" in nameless.content.decode()
    assert [(p.name, p.email) for p in link.participants.all()] == [("Odile", "odile@example.org")]
    assert client.get(named["Location"]).status_code == 200
    again = client.get(f"/salle/entrer/{token}/")
    assert (again.status_code, link.participants.count()) == (302, 1)


def test_token_is_shown_once_and_kept_nowhere(table: RoomInBrowsers) -> None:
    client = Client()
    client.force_login(table.designer)

    made = client.post(
        table.url("personnes/"), {"label": "Odile", "role": "reviewer", "days": "7", "organisation": ""}
    ).content.decode()

    token = made.split("/salle/entrer/")[1].split("/")[0]
    assert token not in table.says(client, "personnes/")
    link = RoomLink.objects.get()
    assert token not in str(RoomLink.objects.values().get())
    assert Client().get(f"/salle/entrer/{token}/").status_code == 200
    assert link.expires_at - clock.now() < timedelta(days=7, minutes=1)


def test_revoked_link_closes_for_whoever_came_in_and_what_they_wrote_stays(table: RoomInBrowsers) -> None:
    client, link = table.guest(name="Bernard Vidal")
    table.write(client, "title.fr", "comment", text="Trop court.")

    actions.revoke_link(link=link, by=table.host)

    gone = client.get(table.url())
    assert gone.status_code == 410
    assert "Ce lien n’ouvre plus la salle" in gone.content.decode()
    assert client.post(table.url("champ/title.fr/"), {"do": "comment", "text": "Encore"}).status_code == 410
    host = Client()
    host.force_login(table.designer)
    assert "Trop court." in table.says(host, "champ/title.fr/")
    assert "n’entre plus" in table.says(host, "personnes/")


def test_words_that_come_after_the_link_ended_are_given_back(table: RoomInBrowsers) -> None:
    client, link = table.guest(RoomRole.CONTRIBUTOR)
    actions.revoke_link(link=link, by=table.host)

    answer = table.write(
        client,
        "title.fr",
        "propose",
        **{"title.fr": "Plesser <vite>", "reason": "Plus court.", "party": "f82d7147", "answer": "no"},
    )

    page = answer.content.decode()
    assert answer.status_code == 410
    assert "readonly>\nPlesser &lt;vite&gt;\n\nPlus court.</textarea>" in page
    assert "readonly" not in client.get(table.url()).content.decode()


def test_link_out_of_date_and_link_that_never_was_are_told_in_plain_words(table: RoomInBrowsers) -> None:
    _link, token = table.link()
    client, _other = table.guest()

    with clock.frozen(clock.now() + timedelta(days=31)):
        late = Client().get(f"/salle/entrer/{token}/")
        inside = client.get(table.url())
        posted = Client().post(f"/salle/entrer/{token}/", {"name": "Odile"})
    never = Client().get("/salle/entrer/AAAAAAAAAAAAAAAAAAAAAA/")
    odd = Client().get("/salle/entrer/%00/")

    assert (late.status_code, inside.status_code, posted.status_code) == (410, 410, 410)
    assert (never.status_code, odd.status_code) == (404, 404)
    assert "Demandez-en un autre" in late.content.decode()
    assert "Demandez-en un autre" in never.content.decode()


def test_forged_and_borrowed_cookies_open_nothing(table: RoomInBrowsers) -> None:
    other = RoomInBrowsers()
    guest, _link = other.guest()
    value = next(m.value for name, m in guest.cookies.items() if name.startswith("jalon_salle_"))
    name = f"jalon_salle_{table.room.id.hex[:12]}"

    for forged in (value, str(uuid4()), "", "x" * 5000):
        client = Client()
        client.cookies[name] = forged
        assert client.get(table.url()).status_code == 404


def test_place_of_an_account_is_not_given_to_whoever_uses_the_computer_next(table: RoomInBrowsers) -> None:
    link, token = table.link(RoomRole.SIGNATORY, organisation="Coopérative du Bocage")
    client = table.member()
    client.post(f"/salle/entrer/{token}/", {"name": "Inès Rouvière"})
    assert client.get(table.url()).status_code == 200

    client.logout()

    assert client.get(table.url()).status_code == 404
    assert link.participants.count() == 1


def test_leaving_forgets_this_browser_only(table: RoomInBrowsers) -> None:
    client, _link = table.guest()
    client.post(table.url("champ/title.fr/"), {"do": "comment", "text": "Trop court."})

    left = client.post(table.url("sortir/"))

    assert left.status_code == 200
    assert client.get(table.url()).status_code == 404
    assert Comment.objects.count() == 1


def test_pages_of_a_room_are_not_indexed_nor_kept(table: RoomInBrowsers) -> None:
    client, _link = table.guest()

    answer = client.get(table.url())

    assert answer["X-Robots-Tag"].startswith("noindex")
    assert "no-store" in answer["Cache-Control"]
