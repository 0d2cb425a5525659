"""Rooms: people, proposals, rounds and sign-offs, on a real database."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.conf import LazySettings
from django.core import mail
from tests.factories.people import a_member, a_user, an_organisation
from tests.factories.rooms import AtTable

from jalon.design import actions
from jalon.design.errors import (
    LinkClosedError,
    NotAgreedError,
    NothingProposedError,
    ProposalDecidedError,
    ProposalOvertakenError,
    RoomFullError,
    RoundClosedError,
    SignOffChoiceError,
    SignOffsMissingError,
    UnknownFieldError,
)
from jalon.design.models import Comment, Proposal, Room, SignOff
from jalon.design.queries import co_designers, parties_that_left, rooms_invited_to, sign_offs_awaited
from jalon.design.rules import fields, rooms
from jalon.design.rules.rooms import OUTCOMES, ProposalKind, RoomRole
from jalon.foundation import clock, jobs, journal
from jalon.foundation.errors import NotAllowedError
from jalon.people.rules import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def table() -> AtTable:
    return AtTable()


def proposed(table: AtTable, value: Any = "28", **fields_: Any) -> Proposal:
    """Somebody invited proposes other hours."""
    fields_.setdefault("by", table.invited())
    fields_.setdefault("seen", "21")
    return actions.propose(
        room=table.room, kind=ProposalKind.CHANGE, field="workload_hours", value=value, **fields_
    )


# — People —


def test_room_is_opened_once_with_its_own_organisation_at_the_table(table: AtTable) -> None:
    again = actions.open_room(micro_credential=table.draft.micro_credential, by=table.designer)

    assert again == table.room
    assert [party.organisation for party in table.room.parties.all()] == [table.organisation]


def test_only_designers_open_a_room(table: AtTable) -> None:
    partner = a_member(a_user(), table.organisation, Role.PARTNER)

    with pytest.raises(NotAllowedError):
        actions.open_room(micro_credential=table.draft.micro_credential, by=partner)


def test_link_ends_when_revoked_and_when_its_time_is_over(table: AtTable) -> None:
    revoked, _token = table.link()
    timed, _other = table.link()
    actions.revoke_link(link=revoked, by=table.host)

    with pytest.raises(LinkClosedError):
        actions.come_in(link=revoked, name="Bernard")
    with clock.frozen(clock.now() + timedelta(days=31)), pytest.raises(LinkClosedError):
        actions.come_in(link=timed, name="Bernard")


def test_link_lets_in_so_many_people(table: AtTable, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rooms, "MOST_PER_LINK", 2)
    link, _token = table.link()
    for _ in range(2):
        actions.come_in(link=link, name="Bernard")

    with pytest.raises(RoomFullError):
        actions.come_in(link=link, name="Bernard")


def test_name_or_siret_brings_the_organisation_that_has_an_account(table: AtTable) -> None:
    partner = an_organisation("Coopérative du Bocage", siret="12345678200010")

    by_name, _token = table.link(RoomRole.SIGNATORY, organisation="Coopérative du Bocage")
    by_number, _other = table.link(RoomRole.SIGNATORY, organisation="123 456 782 00010")
    nobody, _third = table.link(RoomRole.SIGNATORY, organisation="Entreprise Vidal")

    assert by_name.party == by_number.party
    assert by_name.party is not None
    assert by_name.party.organisation == partner
    assert nobody.party is not None
    assert nobody.party.organisation is None


def test_homonyms_bring_nobodys_account(table: AtTable) -> None:
    an_organisation("Foyer rural")
    an_organisation("Foyer rural")

    link, _token = table.link(RoomRole.SIGNATORY, organisation="Foyer rural")

    assert link.party is not None
    assert link.party.organisation is None


def test_invited_account_finds_its_rooms_until_the_link_ends(table: AtTable) -> None:
    user = a_user()
    participant = table.invited(user=user)
    assert rooms_invited_to(user) == [table.room]

    assert participant.link is not None
    actions.revoke_link(link=participant.link, by=table.host)

    assert rooms_invited_to(user) == []


def test_erased_account_leaves_the_words_and_the_name(table: AtTable) -> None:
    user = a_user(full_name="Odile Serres")
    participant = table.invited(name="Odile Serres", user=user)
    actions.comment(room=table.room, field="title.fr", text="Trop court.", by=participant)

    user.delete()

    word = Comment.objects.get()
    assert (word.author_name, word.text) == ("Odile Serres", "Trop court.")


def test_discarding_the_only_draft_takes_the_room_along(table: AtTable) -> None:
    proposed(table)
    table.agreed("Entreprise Vidal")
    table.a_round()

    actions.discard_draft(specification=table.now(), by=table.designer)

    assert not Room.objects.exists()


def test_discarding_a_later_draft_keeps_what_was_said(table: AtTable) -> None:
    actions.publish_specification(specification=table.now(), by=table.designer)
    draft = actions.start_new_version(micro_credential=table.draft.micro_credential, by=table.designer)
    proposal = proposed(table)
    table.agreed()
    found = table.a_round()

    actions.discard_draft(specification=draft, by=table.designer)

    proposal.refresh_from_db()
    found.refresh_from_db()
    assert proposal.is_open
    assert found.specification is None
    assert str(found.read().title) == "Plesser une haie"


# — Proposals —


def test_accepted_proposal_keeps_its_author_and_tells_the_journal(table: AtTable) -> None:
    proposal = proposed(table)

    actions.accept_proposal(proposal=proposal, seen="21", by=table.host)

    proposal.refresh_from_db()
    assert fields.value_of(table.now().read(), "workload_hours") == "28"
    assert (proposal.author_name, proposal.decided_by_name) == ("Bernard Vidal", "Claire Delmas")
    assert proposal.specification == table.draft
    assert [entry.verb for entry in journal.entries_about(proposal.id)] == ["proposal.accepted"]


def test_proposal_of_what_is_said_already_is_refused(table: AtTable) -> None:
    with pytest.raises(NothingProposedError):
        proposed(table, value="21,0")


def test_decided_proposal_is_not_decided_again(table: AtTable) -> None:
    proposal = proposed(table)
    actions.refuse_proposal(proposal=proposal, reason="Trop long.", by=table.host)

    with pytest.raises(ProposalDecidedError):
        actions.accept_proposal(proposal=proposal, seen="21", by=table.host)


@pytest.mark.parametrize(("seen", "anyway"), [("21", False), ("35", False), ("21", True)])
def test_changed_field_is_never_overwritten_unseen(table: AtTable, seen: str, anyway: bool) -> None:
    proposal = proposed(table)
    actions.save_field(
        specification=table.now(), field="workload_hours", value="35", seen="21", by=table.designer
    )

    with pytest.raises(ProposalOvertakenError):
        actions.accept_proposal(proposal=proposal, seen=seen, by=table.host, in_place_of_now=anyway)

    assert fields.value_of(table.now().read(), "workload_hours") == "35"
    actions.accept_proposal(proposal=proposal, seen="35", by=table.host, in_place_of_now=True)
    assert fields.value_of(table.now().read(), "workload_hours") == "28"


def test_outcome_to_remove_that_changed_meanwhile_is_looked_at_first(table: AtTable) -> None:
    outcome = table.now().read().learning_outcomes[0]
    by = table.invited()
    proposal = actions.propose(
        room=table.room,
        kind=ProposalKind.REMOVE_OUTCOME,
        field=f"{OUTCOMES}.{outcome.id}",
        value={},
        by=by,
    )
    actions.reword_outcome(
        specification=table.now(),
        outcome_id=outcome.id,
        language="fr",
        statement="Choisir et marquer",
        seen=str(outcome.statement),
        by=table.designer,
    )

    with pytest.raises(ProposalOvertakenError):
        actions.accept_proposal(proposal=proposal, seen=outcome.statement.as_dict(), by=table.host)

    assert fields.has_outcome(table.now().read(), outcome.id)


def test_removing_an_outcome_twice_is_told(table: AtTable) -> None:
    outcome = table.now().read().learning_outcomes[0]
    asked: dict[str, Any] = {
        "room": table.room,
        "kind": ProposalKind.REMOVE_OUTCOME,
        "field": f"{OUTCOMES}.{outcome.id}",
        "value": {},
    }
    first, second = (actions.propose(by=table.invited(), **asked) for _ in range(2))
    actions.accept_proposal(proposal=first, seen=first.seen, by=table.host)

    with pytest.raises(ProposalOvertakenError):
        actions.accept_proposal(proposal=second, seen=second.seen, by=table.host)
    with pytest.raises(UnknownFieldError):
        actions.accept_proposal(proposal=second, seen={}, by=table.host, in_place_of_now=True)


def test_room_holds_so_many_open_proposals(table: AtTable, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rooms, "MOST_PROPOSALS", 1)
    proposed(table)

    with pytest.raises(RoomFullError):
        proposed(table, value="30")


def test_proposer_with_an_address_is_told_what_was_decided(table: AtTable, settings: LazySettings) -> None:
    settings.MAIL_IS_SENT = True
    told = table.invited(name="Odile", email="odile@example.org")
    for value, by in (("28", told), ("30", table.invited())):
        actions.refuse_proposal(
            proposal=proposed(table, value=value, by=by), reason="Trop long pour l'hiver.", by=table.host
        )

    jobs.Worker().run_until_empty()

    sent = mail.outbox
    assert [message.to for message in sent] == [["odile@example.org"]]
    assert "Trop long pour l'hiver." in sent[0].body
    assert f"/salle/{table.room.id}/" in sent[0].body


def test_nobody_is_told_after_their_link_ended(table: AtTable, settings: LazySettings) -> None:
    settings.MAIL_IS_SENT = True
    by = table.invited(email="odile@example.org")
    proposal = proposed(table, by=by)
    assert by.link is not None
    actions.revoke_link(link=by.link, by=table.host)
    actions.accept_proposal(proposal=proposal, seen="21", by=table.host)

    jobs.Worker().run_until_empty()

    assert mail.outbox == []


# — Rounds and sign-offs —


def test_round_waits_for_the_agreement_on_who_signs(table: AtTable) -> None:
    with pytest.raises(NotAgreedError):
        table.a_round()


def test_round_freezes_the_text_and_closes_the_one_before(table: AtTable) -> None:
    table.agreed()
    first = table.a_round()
    actions.save_field(
        specification=table.now(), field="workload_hours", value="35", seen="21", by=table.designer
    )

    second = table.a_round()

    first.refresh_from_db()
    assert first.closed_at is not None
    assert str(first.read().workload_hours) == "21"
    assert first.content_sha256 != second.content_sha256


def test_publishing_needs_every_agreed_sign_off_on_the_very_text(table: AtTable) -> None:
    boss = table.invited(RoomRole.SIGNATORY, organisation="Entreprise Vidal")
    table.agreed("Entreprise Vidal", "Commune de Salles")
    found = table.a_round()
    table.signs(boss, found)

    with pytest.raises(SignOffsMissingError) as missing:
        actions.publish_specification(specification=table.now(), by=table.designer)

    assert missing.value.names == ("Commune de Salles",)
    mayor = table.invited(RoomRole.SIGNATORY, organisation="Commune de Salles")
    table.signs(mayor, found, "reservations")
    assert actions.publish_specification(specification=table.now(), by=table.designer).is_published


def test_refusal_and_changed_text_hold_publication_back(table: AtTable) -> None:
    boss = table.invited(RoomRole.SIGNATORY, organisation="Entreprise Vidal")
    table.agreed("Entreprise Vidal")
    table.signs(boss, table.a_round(), "no")
    assert [each.standing.value for each in sign_offs_awaited(table.now())] == ["no"]
    table.signs(boss, table.a_round())
    assert sign_offs_awaited(table.now()) == []

    actions.save_field(
        specification=table.now(), field="workload_hours", value="35", seen="21", by=table.designer
    )

    assert [each.standing.value for each in sign_offs_awaited(table.now())] == ["earlier_text"]


def test_room_without_an_agreement_publishes_as_before(table: AtTable) -> None:
    table.invited(RoomRole.SIGNATORY, organisation="Entreprise Vidal")

    assert actions.publish_specification(specification=table.now(), by=table.designer).is_published


def test_signatory_who_left_leaves_their_sign_off(table: AtTable) -> None:
    boss = table.invited(RoomRole.SIGNATORY, organisation="Entreprise Vidal")
    table.agreed("Entreprise Vidal")
    found = table.a_round()
    table.signs(boss, found)
    assert boss.link is not None

    actions.revoke_link(link=boss.link, by=table.host)

    boss.refresh_from_db()
    given = SignOff.objects.get()
    assert (given.name, given.function) == ("Bernard Vidal", "gérant")
    assert sign_offs_awaited(table.now()) == []
    boss = type(boss).objects.select_related("link__party", "room__micro_credential").get(id=boss.id)
    with pytest.raises(NotAllowedError):
        table.signs(boss, found, "no")


def test_same_answer_sent_twice_is_written_once(table: AtTable) -> None:
    boss = table.invited(RoomRole.SIGNATORY, organisation="Entreprise Vidal")
    table.agreed()
    found, once = table.a_round(), uuid4()

    first = table.signs(boss, found, client_id=once)
    second = table.signs(boss, found, client_id=once)

    assert first == second
    assert SignOff.objects.count() == 1


def test_answer_is_one_of_three_about_the_open_round(table: AtTable) -> None:
    boss = table.invited(RoomRole.SIGNATORY, organisation="Entreprise Vidal")
    table.agreed()
    old = table.a_round()
    with pytest.raises(SignOffChoiceError):
        table.signs(boss, old, "perhaps")
    actions.close_round(room=table.room, by=table.host)

    with pytest.raises(RoundClosedError):
        table.signs(boss, old)


def test_who_must_sign_changes_with_a_reason_that_stays(table: AtTable) -> None:
    table.agreed("Entreprise Vidal")

    actions.settle_required(
        room=table.room, names=["Commune de Salles"], by=table.host, reason="L'entreprise a fermé."
    )

    told = [(c.before, c.after, c.reason) for c in table.room.requirement_changes.all()]
    assert told == [
        ([], ["Entreprise Vidal"], ""),
        (["Entreprise Vidal"], ["Commune de Salles"], "L'entreprise a fermé."),
    ]


def test_public_co_designers_are_those_who_agreed_to_the_published_text(table: AtTable) -> None:
    for name, answer in (("Entreprise Vidal", "yes"), ("Commune de Salles", "no")):
        who = table.invited(RoomRole.SIGNATORY, organisation=name)
        if table.room.agreed_at is None:
            table.agreed()
            found = table.a_round()
        table.signs(who, found, answer)

    version = actions.publish_specification(specification=table.now(), by=table.designer)

    assert [each.name for each in co_designers(version)] == ["Entreprise Vidal"]


def test_an_organisation_left_a_published_text_only_where_it_refused_after_publication(
    table: AtTable,
) -> None:
    before = table.invited(RoomRole.SIGNATORY, organisation="Entreprise Vidal")
    after = table.invited(RoomRole.SIGNATORY, organisation="Commune de Salles")
    table.agreed()
    for who, answer in ((before, "yes"), (after, "yes"), (before, "no")):
        table.signs(who, table.a_round(), answer)
    version = actions.publish_specification(specification=table.now(), by=table.designer)
    assert parties_that_left(version) == []

    table.signs(after, table.a_round(), "no")

    assert [each.name for each in parties_that_left(version)] == ["Commune de Salles"]
    assert co_designers(version) == []
