"""Each test meets empty counters of attempts, and an installation that sends no mail."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from pytest_django import Settings


@pytest.fixture(autouse=True)
def fresh_counters() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def no_mail(settings: Settings) -> None:
    settings.MAIL_IS_SENT = False
    settings.DEMO = False


@pytest.fixture
def mail_is_sent(no_mail: None, settings: Settings) -> None:
    settings.MAIL_IS_SENT = True
    settings.ACCOUNT_EMAIL_VERIFICATION = "optional"
