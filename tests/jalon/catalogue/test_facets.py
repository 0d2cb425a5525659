"""Facets of a row as bits, and their counts against counting one by one."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from tests.factories.catalogue import offer_facts
from tests.factories.design import complete_content

from jalon.catalogue.rules import facets
from jalon.catalogue.rules.offering import Answer, Modality
from jalon.catalogue.rules.points import chord_squared, kilometres, point
from jalon.territory.rules.places import distance_km

ALL_BITS = [bit for group in facets.BITS.values() for bit in group.values()]
ROWS = st.lists(
    st.tuples(st.lists(st.sampled_from(ALL_BITS)).map(lambda bits: sum(set(bits))), st.integers(1, 5)),
    max_size=30,
)
CHOSEN = st.fixed_dictionaries(
    {},
    optional={
        name: st.lists(st.sampled_from(group.codes), max_size=3).map(tuple)
        for name, group in facets.GROUPS.items()
    },
)


def _meets(bits: int, chosen: dict[str, tuple[str, ...]], *, but: str = "") -> bool:
    for name, codes in chosen.items():
        held = [bool(bits & facets.BITS[name][code]) for code in codes]
        if name != but and codes and not (all(held) if facets.GROUPS[name].every else any(held)):
            return False
    return True


@given(ROWS, CHOSEN)
def test_counts_are_those_of_counting_one_by_one(
    rows: list[tuple[int, int]], chosen: dict[str, tuple[str, ...]]
) -> None:
    counted = facets.count(rows, chosen)

    assert counted.total == sum(many for bits, many in rows if _meets(bits, chosen))
    for name, group in facets.GROUPS.items():
        for code in group.codes:
            but = "" if group.every else name
            expected = sum(
                many
                for bits, many in rows
                if bits & facets.BITS[name][code] and _meets(bits, chosen, but=but)
            )
            assert counted.counts[name][code] == expected, (name, code)


def test_each_option_has_a_bit_of_its_own_within_a_signed_column() -> None:
    assert len(set(ALL_BITS)) == len(ALL_BITS)
    assert sum(ALL_BITS) < 2**63


def test_what_nobody_said_is_neither_a_yes_nor_a_no() -> None:
    silent = offer_facts(
        public_transport=Answer.UNSAID,
        equipment_provided=Answer.UNSAID,
        connection_needed=Answer.UNSAID,
        childcare=Answer.UNSAID,
        funding=(),
    )

    bits = facets.of(complete_content(price_euros=None), silent)

    for name in ("access", "funding", "free", "price"):
        assert not bits & facets.mask(name, facets.GROUPS[name].codes), name


def test_offer_says_more_than_the_specification() -> None:
    content = complete_content(price_euros=Decimal(500), participation=("on_site", "work_based"))

    bits = facets.of(content, offer_facts(modality=Modality.DISTANCE, price_euros=Decimal(80)))

    assert bits & facets.mask("price", ["100"])
    assert bits & facets.mask("participation", ["online"])
    assert bits & facets.mask("participation", ["work_based"])
    assert not bits & facets.mask("participation", ["on_site"])


PLACE = st.tuples(st.floats(-89, 89), st.floats(-180, 180))


@given(PLACE, PLACE)
def test_straight_lines_tell_the_same_distance(one: tuple[float, float], other: tuple[float, float]) -> None:
    a, b = point(*one), point(*other)
    squared = (a.x - b.x) ** 2 + (a.y - b.y) ** 2 + (a.z - b.z) ** 2
    true = distance_km(*one, *other)

    # Near the opposite point of the globe one bit of a product is metres.
    assert abs(kilometres(squared) - true) < (0.001 if true < 15_000 else 1)
    assert squared <= chord_squared(true + 0.001) or true > 15_000
