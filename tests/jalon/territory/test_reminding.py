"""Moderators are told that needs wait: once a day at most, and nothing of what strangers wrote."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from tests.factories.people import a_member, a_user
from tests.factories.territory import a_commune, a_moderator, a_need, an_asker, need_facts

from jalon.foundation import clock
from jalon.people.models import User
from jalon.people.rules import Role
from jalon.territory import actions, queries
from jalon.territory.models import Need
from jalon.territory.rules.need_states import NeedState
from jalon.territory.rules.reminding import AGAIN, is_due

MORNING = datetime(2027, 3, 1, 8, 30, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("now", "told_at", "newest", "expected"),
    [
        (MORNING, None, MORNING - DAY, True),
        (MORNING, MORNING - DAY, MORNING - timedelta(hours=1), True),
        (MORNING, MORNING - DAY, MORNING - 2 * DAY, False),
        (MORNING, MORNING - AGAIN, MORNING - 2 * AGAIN, True),
        (MORNING + timedelta(hours=4), MORNING, MORNING + timedelta(hours=3), False),
        (MORNING.replace(hour=6), None, MORNING - DAY, False),
        (MORNING.replace(hour=19), None, MORNING - DAY, False),
    ],
)
def test_due_by_day_and_for_something_new(
    now: datetime, told_at: datetime | None, newest: datetime, expected: bool
) -> None:
    assert is_due(now=now, told_at=told_at, newest=newest) is expected


@pytest.fixture
def mails(settings: Any) -> Iterator[list[Any]]:
    settings.MAIL_IS_SENT = True
    with clock.frozen(MORNING):
        yield mail.outbox


def a_waiting_need(**fields: Any) -> Need:
    return a_need(commune=a_commune(), state=NeedState.WAITING.value, **fields)


@pytest.mark.django_db
def test_moderators_of_the_need_are_told_and_no_other(mails: list[Any]) -> None:
    mine = a_moderator("48104")
    colleague = a_member(a_user(), mine.memberships.all()[0].organisation, Role.TRAINER)
    others = [colleague, a_moderator("12214"), a_moderator("48104", identity_confirmed_at=None)]
    a_waiting_need(skill="Rappelez le 06 11 22 33 44", asker_email="jeanne@exemple.example")

    assert actions.remind_moderators() == 1

    (message,) = mails
    assert message.to == [mine.email]
    assert message.subject == "1 besoin attend d'être lu"
    assert "/besoins/lire/" in message.body
    assert "06 11" not in message.body
    assert "jeanne" not in message.body
    assert not {other.email for other in others} & set(message.to)


@pytest.mark.django_db
def test_nobody_is_told_twice_in_a_day_nor_again_for_the_same(mails: list[Any]) -> None:
    a_moderator("48104")
    a_waiting_need()

    runs = []
    for hours in (0, 1, 3, 24, 48):
        with clock.frozen(MORNING + timedelta(hours=hours)):
            runs.append(actions.remind_moderators())
    with clock.frozen(MORNING + AGAIN):
        runs.append(actions.remind_moderators())

    assert runs == [1, 0, 0, 0, 0, 1]


@pytest.mark.django_db
def test_a_new_need_is_told_the_next_day(mails: list[Any]) -> None:
    a_moderator("48104")
    need = a_waiting_need()
    actions.remind_moderators()
    with clock.frozen(MORNING + timedelta(hours=2)):
        actions.state_need(facts=need_facts(commune_code=need.commune_id), asker=an_asker())
        assert actions.remind_moderators() == 0

    with clock.frozen(MORNING + DAY):
        assert actions.remind_moderators() == 1
    assert mails[-1].subject == "2 besoins attendent d'être lus"


@pytest.mark.django_db
def test_whoever_does_not_want_it_is_not_told(mails: list[Any]) -> None:
    by = a_moderator("48104")
    a_waiting_need()

    actions.choose_mail(user=by, is_wanted=False)
    assert actions.remind_moderators() == 0
    assert not queries.wants_mail(by)

    actions.choose_mail(user=by, is_wanted=True)
    assert actions.remind_moderators() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("why", ["nothing waits", "no mail is sent", "account is closed"])
def test_no_mail_without_a_reason(mails: list[Any], settings: Any, why: str) -> None:
    by = a_moderator("48104")
    a_waiting_need()
    if why == "nothing waits":
        Need.objects.update(state=NeedState.OPEN.value)
    elif why == "no mail is sent":
        settings.MAIL_IS_SENT = False
    else:
        User.objects.filter(id=by.id).update(is_active=False)

    assert actions.remind_moderators() == 0
    assert mails == []


@pytest.mark.django_db
def test_a_mail_that_the_server_refuses_is_tried_again(mails: list[Any], settings: Any) -> None:
    a_moderator("48104")
    a_waiting_need()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9

    assert actions.remind_moderators() == 0

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert actions.remind_moderators() == 1
