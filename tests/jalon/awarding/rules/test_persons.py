"""Who is whom."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalon.awarding.rules.persons import Identity, Match, Register, compare

DAY, OTHER_DAY = date(1990, 1, 1), date(1991, 1, 1)


@pytest.mark.parametrize(
    ("one", "other", "match"),
    [
        (Identity("Ana Roux", DAY), Identity(" ANA  roux", DAY), Match.SAME),
        (Identity("Ana Roux", DAY), Identity("Ana Roux", OTHER_DAY), Match.DIFFERENT),
        (Identity("Ana Roux"), Identity("Ana Roux"), Match.UNSURE),
        (Identity("Ana Roux", DAY), Identity("Ana Roux"), Match.UNSURE),
        (Identity("Ana Roux", None, "1"), Identity("Ana Roux", None, "2"), Match.DIFFERENT),
        (Identity("Ana Roux", None, "1"), Identity("Ana Roux"), Match.UNSURE),
        (Identity("Ana Roux", None, "a 1"), Identity("Autre Nom", DAY, "A1"), Match.SAME),
        (Identity("Ana Roux", DAY, "1"), Identity("Ana Roux", DAY, "2"), Match.SAME),
        (Identity("Aná Roux", DAY), Identity("Ana Roux", DAY), Match.UNSURE),
        (Identity("Roux Ana"), Identity("Ana Roux"), Match.UNSURE),
        (Identity("Ana O’Neill", DAY), Identity("Ana O'Neill", DAY), Match.SAME),
        (Identity("Ana Roux"), Identity("Anna Roux"), Match.DIFFERENT),
    ],
)
def test_two_identities_compare_the_same_way_round(one: Identity, other: Identity, match: Match) -> None:
    assert compare(one, other) is match
    assert compare(other, one) is match


identities = st.builds(
    Identity,
    st.sampled_from(["Ana", "ana", "Aná", "Bob"]),
    st.sampled_from([None, DAY, OTHER_DAY]),
    st.sampled_from(["", "1", "2"]),
)


@given(st.lists(identities, max_size=8), identities)
def test_the_register_finds_what_comparing_one_by_one_finds(known: list[Identity], wanted: Identity) -> None:
    register = Register((identity, str(number)) for number, identity in enumerate(known))
    matches = {compare(wanted, identity) for identity in known}
    strongest = next((m for m in (Match.SAME, Match.UNSURE) if m in matches), Match.DIFFERENT)

    match, identity, _ = register.look_up(wanted)

    assert match is strongest
    assert identity is None or compare(wanted, identity) is match
