"""What a room keeps about people without an account is erased when they ask, or when it has served."""

from __future__ import annotations

import pytest
from tests.factories.rooms import AtTable

from jalon.design import actions
from jalon.design.actions.forgetting import NOBODY
from jalon.design.models import Participant, Proposal, SignOff
from jalon.design.rules.rooms import ProposalKind, RoomRole
from jalon.foundation.errors import NotAllowedError
from jalon.foundation.models import JournalEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def table() -> AtTable:
    return AtTable()


def proposed(table: AtTable, by: Participant, value: str = "28") -> Proposal:
    return actions.propose(
        room=table.room, kind=ProposalKind.CHANGE, field="workload_hours", value=value, seen="21", by=by
    )


def test_erased_person_is_named_nowhere_in_the_room_and_their_words_stay(table: AtTable) -> None:
    odile = table.invited(name="Odile Teyssèdre", email="odile@example.org")
    said = actions.comment(room=table.room, field="title.fr", text="Dire la saison.", by=odile)
    asked = proposed(table, odile)

    actions.forget_participant(participant=odile, by=odile)

    for row in (odile, said, asked, odile.link):
        assert row is not None
        row.refresh_from_db()
    assert (odile.name, odile.email, odile.user) == (NOBODY, "", None)
    assert (said.author_name, said.text) == (NOBODY, "Dire la saison.")
    assert (asked.author_name, asked.value) == (NOBODY, "28")
    assert odile.link is not None
    assert odile.link.label == NOBODY


def test_erased_authors_decisions_name_nobody_unless_somebody_else_bears_the_name(table: AtTable) -> None:
    author = table.invited(RoomRole.AUTHOR, name="Léo")
    proposal = proposed(table, table.invited(name="Bernard"))
    actions.refuse_proposal(proposal=proposal, reason="Trop long.", by=author)

    actions.forget_participant(participant=author, by=author)

    proposal.refresh_from_db()
    assert (proposal.decided_by_name, proposal.author_name) == (NOBODY, "Bernard")


def test_sign_off_keeps_who_committed_the_organisation(table: AtTable) -> None:
    bernard = table.invited(RoomRole.SIGNATORY, name="Bernard Vidal", organisation="Entreprise Vidal")
    table.agreed("Entreprise Vidal")
    given = table.signs(bernard, table.a_round())

    actions.forget_participant(participant=bernard, by=table.host)

    assert SignOff.objects.get(id=given.id).name == "Bernard Vidal"


def test_journal_never_had_the_name(table: AtTable) -> None:
    author = table.invited(RoomRole.AUTHOR, name="Odile Teyssèdre")
    proposal = proposed(table, author)
    actions.accept_proposal(proposal=proposal, seen="21", by=author)

    told = [entry.facts for entry in JournalEntry.objects.all()]

    assert any(facts.get("participant") == str(author.id) for facts in told)
    assert "Teyssèdre" not in str(told)


def test_nobody_erases_another_without_hosting(table: AtTable) -> None:
    odile, stranger = table.invited(name="Odile"), AtTable().host

    for by in (table.invited(RoomRole.AUTHOR, name="Léo"), stranger):
        with pytest.raises(NotAllowedError):
            actions.forget_participant(participant=odile, by=by)
    with pytest.raises(NotAllowedError):
        actions.forget_participant(participant=table.host, by=table.host)

    odile.refresh_from_db()
    assert odile.name == "Odile"


def test_address_is_erased_when_the_link_ended_and_not_before(table: AtTable) -> None:
    odile = table.invited(name="Odile", email="odile@example.org")
    kept = table.invited(name="Léo", email="leo@example.org")
    assert odile.link is not None
    actions.revoke_link(link=odile.link, by=table.host)

    erased = actions.forget_addresses()

    for row in (odile, kept):
        row.refresh_from_db()
    assert (erased, odile.email, kept.email) == (1, "", "leo@example.org")
