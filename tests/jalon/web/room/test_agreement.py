"""Settling who must sign off, rounds, signing off, and the publication that waits; the public proof."""

from __future__ import annotations

from datetime import timedelta

from django.test import Client
from tests.factories.people import a_member, a_user, an_organisation
from tests.jalon.web.room.conftest import RoomInBrowsers

from jalon.awarding.models import Endorsement
from jalon.design import actions
from jalon.design.models import Round, SignOff
from jalon.design.rules.rooms import RoomRole
from jalon.foundation import clock, jobs
from jalon.people.models import Organisation
from jalon.people.rules import Role


def designer(table: RoomInBrowsers) -> Client:
    client = Client()
    client.force_login(table.designer)
    return client


def answer(round_: Round, answer: str = "yes", **typed: str) -> dict[str, str]:
    return {
        "round": str(round_.id),
        "accord-answer": answer,
        "accord-name": "Bernard Vidal",
        "accord-function": "gérant",
        **{f"accord-{name}": value for name, value in typed.items()},
    }


def test_agreement_is_settled_then_changed_with_a_reason(table: RoomInBrowsers) -> None:
    host = designer(table)
    url = table.url("accord/organismes/")

    first = host.post(url, {"organismes-others": "Entreprise Vidal\n\nCommune de Salles"})
    silent = host.post(url, {"organismes-others": ""})
    changed = host.post(url, {"organismes-others": "", "organismes-reason": "Personne ne vient."})

    assert (first.status_code, silent.status_code, changed.status_code) == (302, 422, 302)
    assert "Il manque la raison" in silent.content.decode()
    page = table.says(host, "accord/")
    assert "Personne ne vient." in page
    assert "Commune de Salles" in page
    table.room.refresh_from_db()
    assert table.room.agreed_at is not None
    assert not table.room.parties.filter(is_required=True).exists()


def test_round_wants_a_day_that_makes_sense(table: RoomInBrowsers) -> None:
    host = designer(table)
    table.agreed()
    today = clock.today()

    for day in ("", "demain", str(today - timedelta(days=1)), str(today + timedelta(days=400))):
        assert host.post(table.url("accord/tour/"), {"do": "open", "closes_on": day}).status_code == 422, day
    good = host.post(table.url("accord/tour/"), {"do": "open", "closes_on": str(today)})

    assert good.status_code == 302
    assert Round.objects.get().closes_on == today


def test_signatory_answers_for_their_organisation(table: RoomInBrowsers) -> None:
    client, _link = table.guest(RoomRole.SIGNATORY, organisation="Entreprise Vidal")
    party = table.room.parties.get(name="Entreprise Vidal")
    table.agreed("Entreprise Vidal")
    found = table.a_round()
    url = table.url("accord/signer/")
    typed = answer(found, "no", party=str(party.id))

    silent = client.post(url, typed)
    nameless = client.post(url, {**typed, "accord-answer": "yes", "accord-function": ""})
    said = client.post(url, {**typed, "accord-words": "Il manque la saison."})

    assert (silent.status_code, nameless.status_code, said.status_code) == (422, 422, 302)
    assert "n’est pas d’accord" in silent.content.decode()
    assert "Il manque votre fonction" in nameless.content.decode()
    given = SignOff.objects.get()
    assert (given.answer, given.name, given.function) == ("no", "Bernard Vidal", "gérant")
    assert "Il manque la saison." in table.says(client, "accord/")


def test_nobody_answers_for_another_organisation(table: RoomInBrowsers) -> None:
    client, _link = table.guest(RoomRole.SIGNATORY, organisation="Entreprise Vidal")
    table.agreed("Commune de Salles")
    other = table.room.parties.get(name="Commune de Salles")

    refused = client.post(table.url("accord/signer/"), answer(table.a_round(), party=str(other.id)))

    assert refused.status_code == 422
    assert not SignOff.objects.exists()


def test_answer_to_a_round_that_is_over_is_refused_in_words(table: RoomInBrowsers) -> None:
    client, _link = table.guest(RoomRole.SIGNATORY)
    party = table.room.parties.get(name="Entreprise Vidal")
    table.agreed()
    old = table.a_round()
    table.a_round()

    closed = client.post(table.url("accord/signer/"), answer(old, party=str(party.id)))
    with clock.frozen(clock.now() + timedelta(days=20)):
        late = client.post(
            table.url("accord/signer/"), answer(Round.objects.get(number=2), party=str(party.id))
        )
    nowhere = client.post(table.url("accord/signer/"), {"round": "x"})

    assert (closed.status_code, late.status_code, nowhere.status_code) == (422, 422, 404)
    assert "Ce tour est clos" in closed.content.decode()
    assert not SignOff.objects.exists()


def test_answer_about_an_earlier_text_is_shown_as_such_with_what_changed(table: RoomInBrowsers) -> None:
    client, _link = table.guest(RoomRole.SIGNATORY)
    who = table.room.participants.get(name="Bernard Vidal")
    table.agreed("Entreprise Vidal")
    table.signs(who, table.a_round())
    assert "Tous les accords convenus sont là" in table.says(client, "accord/")

    actions.save_field(
        specification=table.now(), field="workload_hours", value="35", seen="21", by=table.designer
    )

    page, text = table.says(client, "accord/"), table.says(client, "tours/1/")
    assert "accord à renouveler" in page
    assert "Le texte a changé depuis l’ouverture" in page
    assert "<del>21 h</del>" in text
    assert "<ins>35 h</ins>" in text


def test_publication_waits_for_what_was_agreed_and_says_for_whom(table: RoomInBrowsers) -> None:
    host = designer(table)
    _client, _link = table.guest(RoomRole.SIGNATORY)
    who = table.room.participants.get(name="Bernard Vidal")
    table.agreed("Entreprise Vidal")
    found = table.a_round()
    url = f"/atelier/dossier/{table.draft.id}/publier/"

    page = host.get(url).content.decode()
    forced = host.post(url, {"confirmed": "on"})
    table.signs(who, found)
    done = host.post(url, {"confirmed": "on"})

    assert "Entreprise Vidal" in page
    assert "pas encore répondu" in page
    assert "Publier la version" not in page
    assert forced.status_code == 422
    assert "attend encore l’accord de" in forced.content.decode()
    assert done.status_code == 302
    assert table.now().is_published


def test_second_of_two_who_publish_is_told_who_was_first(table: RoomInBrowsers) -> None:
    first, second = designer(table), table.member(Role.DESIGNER)
    url = f"/atelier/dossier/{table.draft.id}/publier/"
    first.post(url, {"confirmed": "on"})

    late = second.post(url, {"confirmed": "on"}, follow=True)

    assert "Claire Delmas vient de publier cette version" in late.content.decode()


def endorsed(table: RoomInBrowsers) -> tuple[Organisation, Endorsement]:
    partner = an_organisation("Coopérative du Bocage")
    signatory = a_member(a_user(), partner, Role.SIGNATORY)
    who = table.invited(RoomRole.SIGNATORY, organisation="Coopérative du Bocage", user=signatory)
    boss = table.invited(RoomRole.SIGNATORY, organisation="Entreprise Vidal")
    table.agreed("Coopérative du Bocage", "Entreprise Vidal")
    found = table.a_round()
    table.signs(who, found, wants_endorsement=True)
    table.signs(boss, found, "reservations")
    actions.publish_specification(specification=table.now(), by=table.designer)
    jobs.Worker().run_until_empty()
    return partner, Endorsement.objects.get()


def test_public_page_names_partners_and_links_to_what_is_signed_only(table: RoomInBrowsers) -> None:
    _partner, endorsement = endorsed(table)
    table.draft.micro_credential.refresh_from_db()

    page = Client().get(f"/micro-certifications/{table.draft.micro_credential.slug}/").content.decode()

    assert f"/soutiens/{endorsement.id}/" in page
    assert page.count("soutien signé") == 1
    assert "Entreprise Vidal" in page
    assert "accord donné le" in page
    assert "avec des réserves" in page
    assert "Bernard" not in page
    assert "Trop d" not in page


def test_endorsement_has_a_public_page_and_its_signed_bytes(table: RoomInBrowsers) -> None:
    _partner, endorsement = endorsed(table)

    page = Client().get(f"/soutiens/{endorsement.id}/")
    document = Client().get(f"/soutiens/{endorsement.id}/soutien.json")
    never = Client().get(f"/soutiens/{table.room.id}/")

    assert page.status_code == 200
    assert "Ce soutien est signé" in page.content.decode()
    assert document.content == endorsement.document_bytes
    assert never.status_code == 404


def test_endorsement_is_revoked_by_its_own_organisation_only(table: RoomInBrowsers) -> None:
    partner, endorsement = endorsed(table)
    signatory = Client()
    signatory.force_login(a_member(a_user(), partner, Role.SIGNATORY))
    trainer = Client()
    trainer.force_login(a_member(a_user(), partner, Role.TRAINER))
    url = f"/soutiens/{endorsement.id}/revoquer/"

    outside = Client().post(url)
    others = [client.post(url).status_code for client in (designer(table), trainer, table.member())]
    done = signatory.post(url, {"note": "Fin du partenariat"})

    assert (outside.status_code, others, done.status_code) == (302, [403, 403, 403], 302)
    page = Client().get(f"/soutiens/{endorsement.id}/").content.decode()
    assert "ne tient pas, ou plus" in page
    assert "Fin du partenariat" in page
    assert "Révoquer ce soutien" not in page


def test_only_whoever_signs_for_somebody_is_asked_to_answer_until_the_last_day(table: RoomInBrowsers) -> None:
    signatory, _link = table.guest(RoomRole.SIGNATORY, organisation="Entreprise Vidal")
    reader, _link = table.guest(RoomRole.REVIEWER, name="Léo")
    table.agreed("Entreprise Vidal")
    table.a_round()

    assert "Répondre jusqu’au" in table.says(signatory)
    assert "Répondre" not in table.says(reader)
    assert "Voir où en est l’accord" in table.says(reader)


def test_before_anything_is_agreed_a_guest_is_led_to_the_text(table: RoomInBrowsers) -> None:
    guest, _link = table.guest()

    assert "Lire tout le texte" in table.says(guest)
    assert "Lire tout le texte" not in table.says(table.member(Role.DESIGNER))


def test_waiting_proposal_leads_whoever_decides_to_its_place(table: RoomInBrowsers) -> None:
    guest, _link = table.guest()
    table.write(guest, "workload_hours", "propose", workload_hours="28")

    assert "Lire et décider" in table.says(table.member(Role.DESIGNER))
    assert "Lire et donner son avis" in table.says(guest)
