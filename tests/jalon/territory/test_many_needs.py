"""The public list with as many needs as a region has: one page is read, however many there are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models.signals import post_init
from django.test.utils import CaptureQueriesContext
from tests.factories.territory import a_commune

from jalon.foundation import clock
from jalon.territory import queries
from jalon.territory.models import Commune, Need
from jalon.territory.queries import Question
from jalon.territory.queries.needs import PAGE
from jalon.territory.rules.likeness import stem_key
from jalon.territory.rules.need_states import NeedState

pytestmark = pytest.mark.django_db

MANY = 5000
PLACES = 40
SKILLS = ["Réparer des murs en pierre sèche", "Conduire une ensileuse", "Accueillir des enfants"]


@pytest.fixture
def places() -> list[Commune]:
    """A row of communes, each 2 km further north than the one before."""
    return [a_commune(f"48{n:03}", f"Lieu {n}", latitude=44.5 + n * 0.018) for n in range(PLACES)]


@pytest.fixture
def many(places: list[Commune]) -> int:
    today = clock.now()
    Need.objects.bulk_create(
        [
            Need(
                skill=SKILLS[n % 3],
                stems=stem_key(SKILLS[n % 3]),
                state=NeedState.OPEN.value,
                commune=places[n % PLACES],
                asker_kind="company",
                created_at=today - timedelta(minutes=n),
                personal_data_until=clock.today(),
            )
            for n in range(MANY)
        ]
    )
    return MANY


@contextmanager
def counted() -> Iterator[list[type]]:
    """The rows of needs that are made into objects meanwhile."""
    made: list[type] = []

    def note(sender: type, **_given: Any) -> None:
        made.append(sender)

    post_init.connect(note, sender=Need)
    try:
        yield made
    finally:
        post_init.disconnect(note, sender=Need)


@pytest.mark.parametrize("page", [1, 7, 10**4])
@pytest.mark.parametrize("text", ["", "pierre sèche"])
@pytest.mark.parametrize("around", [True, False])
def test_one_page_is_read_however_many_there_are(
    many: int, places: list[Commune], *, around: bool, text: str, page: int
) -> None:
    question = Question(text=text, commune=places[0] if around else None, km=150.0, page=page)

    with CaptureQueriesContext(connection) as asked, counted() as made:
        found = queries.public_needs(question)

    assert len(made) == len(found.needs) <= PAGE
    assert len(asked) <= 4
    assert found.everything == many
    assert found.total == (many if not text else len(range(0, many, 3)))


def test_pages_around_a_place_hold_every_need_once_the_nearest_first(
    many: int, places: list[Commune]
) -> None:
    near = Question(commune=places[3], km=6.5)
    pages = queries.public_needs(near).pages

    met = [
        need
        for page in range(1, pages + 1)
        for need in queries.public_needs(Question(commune=places[3], km=6.5, page=page)).needs
    ]

    # Itself and three on either side.
    assert len(met) == 7 * (MANY // PLACES)
    assert len({need.id for need in met}) == len(met)
    assert [(n.km, -n.stated_at.timestamp()) for n in met if n.place == "Lieu 3 (48)"] == sorted(
        (n.km, -n.stated_at.timestamp()) for n in met if n.place == "Lieu 3 (48)"
    )
    assert [n.km for n in met] == sorted(n.km or 0.0 for n in met)


def test_a_need_whose_commune_has_no_place_is_not_near(places: list[Commune]) -> None:
    nowhere = a_commune("12999", "Nulle-Part", latitude=None, longitude=None)
    for commune in (nowhere, places[0]):
        Need.objects.create(
            skill=SKILLS[0],
            state=NeedState.OPEN.value,
            commune=commune,
            asker_kind="company",
            personal_data_until=clock.today(),
        )

    assert queries.public_needs(Question(commune=places[0], km=10.0)).total == 1
    assert [n.place for n in queries.public_needs(Question(commune=nowhere)).needs] == ["Nulle-Part (12)"]
