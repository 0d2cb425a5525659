"""What the catalogue holds and answers, on a real database."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.test.utils import CaptureQueriesContext
from tests.factories.design import a_specification, complete_content
from tests.factories.people import an_organisation

from jalon.catalogue import actions, queries
from jalon.catalogue.models import CatalogueEntry
from jalon.catalogue.rules.searching import PAGE_SIZE, Criteria, Sort
from jalon.design.events import SpecificationPublished
from jalon.design.models import Specification
from jalon.foundation import clock
from jalon.foundation.database import is_sqlite
from jalon.foundation.events import announce
from jalon.people.events import OrganisationChanged
from jalon.people.models import Organisation
from sceau.model.texts import Text

pytestmark = pytest.mark.django_db


def _published(organisation: Organisation, title: str = "Plesser une haie", **changes: Any) -> Specification:
    content = complete_content(title=Text.of({"fr": title}), **changes)
    specification = a_specification(organisation, published=True, content=content)
    announce(
        SpecificationPublished(
            specification.id, specification.micro_credential_id, organisation.id, specification.number
        )
    )
    return specification


def _titles(criteria: Criteria) -> list[str]:
    return [str(card.title) for card in queries.search(criteria).cards]


def test_publishing_puts_a_version_in_the_catalogue() -> None:
    organisation = an_organisation(locality="Florac", postal_code="48400")

    _published(organisation, "Bâtir un mur")

    (card,) = queries.search(Criteria()).cards
    assert (str(card.title), card.organisation_name, card.place) == (
        "Bâtir un mur",
        organisation.legal_name,
        "Florac",
    )


def test_draft_is_never_in_the_catalogue() -> None:
    a_specification(an_organisation())

    assert actions.rebuild() == 0
    assert queries.search(Criteria()).total == 0


def test_new_version_takes_the_place_of_the_earlier_one() -> None:
    first = _published(an_organisation(), "Bâtir un mur")
    second = a_specification(
        first.micro_credential.organisation,
        published=True,
        micro_credential=first.micro_credential,
        content=complete_content(title=Text.of({"fr": "Bâtir un muret"})),
    )

    announce(
        SpecificationPublished(
            second.id, second.micro_credential_id, first.micro_credential.organisation_id, 2
        )
    )

    assert _titles(Criteria()) == ["Bâtir un muret"]


def test_late_announcement_of_an_earlier_version_changes_nothing() -> None:
    first = _published(an_organisation(), "Bâtir un mur")
    second = a_specification(
        first.micro_credential.organisation,
        published=True,
        micro_credential=first.micro_credential,
        content=complete_content(title=Text.of({"fr": "Bâtir un muret"})),
    )
    actions.index(second)

    announce(
        SpecificationPublished(first.id, first.micro_credential_id, first.micro_credential.organisation_id, 1)
    )

    assert _titles(Criteria()) == ["Bâtir un muret"]


def test_rebuild_gives_back_the_same_catalogue_and_drops_what_stands_for_nothing() -> None:
    organisation = an_organisation()
    _published(organisation, "Bâtir un mur")
    _published(organisation, "Tailler une haie")
    CatalogueEntry.objects.all().delete()

    assert actions.rebuild() == 2
    assert actions.rebuild() == 2
    assert sorted(_titles(Criteria())) == ["Bâtir un mur", "Tailler une haie"]


def test_withdrawn_micro_credential_leaves_the_catalogue() -> None:
    specification = _published(an_organisation())
    design = specification.micro_credential
    design.withdrawn_at = clock.now()
    design.save()

    results = queries.search(Criteria())

    assert (results.total, results.everything) == (0, 0)
    assert queries.figures() == queries.Figures(micro_credentials=0, organisations=0)


@pytest.mark.parametrize("words", ["haies", "PLESSER", "brins couchés", "bocage", "hedge"])
def test_search_finds_by_title_outcome_description_and_language(words: str) -> None:
    content = complete_content()
    specification = a_specification(an_organisation(), published=True, content=content)
    actions.index(specification)

    assert queries.search(Criteria(text=words)).total == 1


def test_search_finds_by_the_organisation_of_today() -> None:
    organisation = an_organisation("Atelier des Pierres")
    _published(organisation)
    organisation.legal_name = "Maison du Châtaignier"
    organisation.locality = "Le Vigan"
    organisation.save()

    announce(OrganisationChanged(organisation.id, ("legal_name", "locality")))

    assert queries.search(Criteria(text="chataignier")).total == 1
    assert queries.search(Criteria(text="atelier pierres")).total == 0
    assert queries.search(Criteria(place="le vigan")).total == 1


def test_title_comes_before_another_mention() -> None:
    organisation = an_organisation()
    _published(organisation, "Affûter un outil")
    _published(organisation, "Tailler un arbre", description=Text.of({"fr": "Tailler, et affûter avant."}))

    assert _titles(Criteria(text="affûter"))[0] == "Affûter un outil"


def test_titles_sort_as_french_readers_expect() -> None:
    organisation = an_organisation()
    for title in ("Zinguer", "Élever", "Ébarber", "Dresser"):
        _published(organisation, title)

    assert _titles(Criteria(sort=Sort.TITLE)) == ["Dresser", "Ébarber", "Élever", "Zinguer"]


def test_filters_narrow_and_counts_follow_the_other_groups() -> None:
    organisation = an_organisation()
    _published(organisation, "Un", domain="foret", price_euros=Decimal(0), participation=("on_site",))
    _published(organisation, "Deux", domain="terre", price_euros=Decimal(0), participation=("online",))
    _published(
        organisation, "Trois", domain="terre", price_euros=Decimal(60), participation=("on_site", "online")
    )

    results = queries.search(Criteria(domains=("terre",), free=True))

    assert [str(card.title) for card in results.cards] == ["Deux"]
    assert results.counts["domains"] == {"terre": 1, "foret": 1, "bati": 0, "soin": 0, "numer": 0}
    assert results.counts["free"] == {"1": 1}
    assert results.counts["participation"]["online"] == 1
    assert results.counts["participation"]["on_site"] == 0


def test_two_choices_of_one_group_widen() -> None:
    organisation = an_organisation()
    _published(organisation, "Un", participation=("on_site",))
    _published(organisation, "Deux", participation=("online",))
    _published(organisation, "Trois", participation=("laboratory",))

    assert sorted(_titles(Criteria(participation=("on_site", "online")))) == ["Deux", "Un"]


def test_price_not_said_is_not_free() -> None:
    _published(an_organisation(), price_euros=None)

    assert queries.search(Criteria(free=True)).total == 0


def test_page_past_the_last_gives_the_last() -> None:
    organisation = an_organisation()
    for number in range(PAGE_SIZE + 3):
        _published(organisation, f"Titre {number:02}")

    first, last = (
        queries.search(Criteria(sort=Sort.TITLE)),
        queries.search(Criteria(sort=Sort.TITLE, page=99)),
    )

    assert (len(first.cards), first.pages) == (PAGE_SIZE, 2)
    assert (last.page, len(last.cards)) == (2, 3)
    assert not {c.slug for c in first.cards} & {c.slug for c in last.cards}


def test_number_of_queries_does_not_grow_with_rows() -> None:
    from django.db import connection

    organisation = an_organisation()
    _published(organisation, "Un")
    with CaptureQueriesContext(connection) as one:
        queries.search(Criteria())
    for title in ("Deux", "Trois"):
        _published(an_organisation(), title)
    with CaptureQueriesContext(connection) as three:
        queries.search(Criteria())

    assert len(one) == len(three) == 3


def test_map_of_regions_reads_an_index_alone_on_sqlite() -> None:
    from django.db import connection

    if not is_sqlite():
        pytest.skip("PostgreSQL tells its plans in other words, and chooses by what the tables hold")

    with CaptureQueriesContext(connection) as asked:
        queries.spots(Criteria(), queries.Asked())
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {asked[0]['sql']}")
        plan = [row[3] for row in cursor.fetchall()]

    assert plan[0].endswith("USING COVERING INDEX catalogue_occurrence_map")
