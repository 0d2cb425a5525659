"""An organisation that awards, and its people in front of the pages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client
from tests.factories.awarding import Issuing, an_issuing_organisation
from tests.factories.people import a_member, a_user

from jalon.people.models import User
from jalon.people.rules import Role


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    cache.clear()


@pytest.fixture
def issuing() -> Issuing:
    return an_issuing_organisation(legal_name="Atelier rural des Cévennes", slug="atelier-rural")


@pytest.fixture
def signatory(client: Client, issuing: Issuing) -> User:
    """The signatory, signed in."""
    client.force_login(issuing.signatory)
    return issuing.signatory


@pytest.fixture
def as_role(client: Client, issuing: Issuing) -> Callable[[Role | None], User]:
    """Sign in as somebody with one role here, or as a stranger with every role elsewhere (None)."""

    def enter(role: Role | None) -> User:
        user = a_user()
        if role is None:
            elsewhere = an_issuing_organisation()
            a_member(user, elsewhere.organisation, *Role)
        else:
            a_member(user, issuing.organisation, role)
        client.force_login(user)
        return user

    return enter
