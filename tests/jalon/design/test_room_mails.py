"""Mails of a room: in the language of whoever reads them, once a day, and stopped by one link."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.conf import LazySettings
from django.core import mail
from django.utils import translation
from tests.factories.rooms import AtTable

from jalon.design import actions
from jalon.design.actions.telling import language_of, mail_token
from jalon.design.models import Participant, Proposal
from jalon.design.rules.rooms import ProposalKind
from jalon.foundation import clock
from jalon.people.models import Membership

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 3, 10, 9, 0, tzinfo=ZoneInfo("Europe/Paris"))


@pytest.fixture
def table(settings: LazySettings) -> AtTable:
    settings.MAIL_IS_SENT = True
    with clock.frozen(MORNING - timedelta(days=1)):
        return AtTable()


def proposed(table: AtTable, by: Participant | None = None, value: str = "28") -> Proposal:
    return actions.propose(
        room=table.room,
        kind=ProposalKind.CHANGE,
        field="workload_hours",
        value=value,
        seen="21",
        by=by or table.invited(name="Odile"),
        reason="Mots d'une inconnue",
    )


def test_host_is_told_how_many_proposals_wait_and_nothing_that_a_stranger_wrote(table: AtTable) -> None:
    with clock.frozen(MORNING):
        proposed(table)
        proposed(table, value="30")

        assert actions.tell_hosts() == 1

    sent = mail.outbox[0]
    assert sent.to == [table.designer.email]
    assert "2 propositions attendent" in sent.body
    assert f"/salle/{table.room.id}/" in sent.body
    assert "inconnue" not in sent.body
    assert "Odile" not in sent.body


def test_host_is_told_once_a_day_and_again_when_something_new_came(table: AtTable) -> None:
    with clock.frozen(MORNING):
        proposed(table)
        assert [actions.tell_hosts(), actions.tell_hosts()] == [1, 0]
    with clock.frozen(MORNING + timedelta(days=1)):
        assert actions.tell_hosts() == 0
        proposed(table, value="30")
        assert actions.tell_hosts() == 1


def test_host_is_not_told_of_their_own_proposals_nor_once_they_left(table: AtTable) -> None:
    with clock.frozen(MORNING):
        proposed(table, by=table.host)
        assert actions.tell_hosts() == 0
        proposed(table)
        Membership.objects.filter(user=table.designer).delete()
        assert actions.tell_hosts() == 0


def test_daily_mail_stops_for_whoever_follows_its_link(table: AtTable) -> None:
    user = actions.user_of_mail(mail_token(table.designer))
    assert user == table.designer
    assert actions.user_of_mail("mended" + mail_token(table.designer)) is None

    actions.choose_room_mail(user=user, is_wanted=False)

    with clock.frozen(MORNING):
        proposed(table)
        assert actions.tell_hosts() == 0


def test_decision_is_told_in_the_language_of_its_reader(
    table: AtTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    odile = table.invited(name="Odile", email="odile@example.org", language="en")
    heard: list[str | None] = []
    # The catalogue is filled elsewhere: what is looked at here is the language that the words are asked in.
    monkeypatch.setattr(
        "jalon.design.actions.telling._", lambda words: heard.append(translation.get_language()) or words
    )
    proposal = actions.refuse_proposal(proposal=proposed(table, by=odile), reason="Non.", by=table.host)

    actions.tell_decision(proposal.id)

    assert set(heard) == {"en"}
    assert mail.outbox[0].to == ["odile@example.org"]


def test_language_of_an_account_comes_before_that_of_the_page(table: AtTable) -> None:
    table.designer.language = "en"
    table.host.user, table.host.language = table.designer, "fr"

    assert language_of(table.host) == "en"
