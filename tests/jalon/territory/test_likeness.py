"""Which needs may be the same: pairs that people would bring together, and pairs that they would not."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalon.territory.rules.likeness import Comparable, likeness, stem_key, stems

NASBINALS = (44.663, 3.047)
MENDE = (44.518, 3.501)
LILLE = (50.637, 3.063)

SAME = [
    ("Réparer des murs en pierre sèche", "Restaurer les murets de pierres sèches"),
    ("Conduire un tracteur en pente", "conduite de tracteurs dans la pente"),
    ("Aide à domicile auprès de personnes âgées", "Accompagner les personnes agées à leur domicile"),
    ("Traite robotisée : régler le robot, lire les alertes", "Savoir régler un robot de traite"),
    ("Tronçonneuse : l'utiliser et l'entretenir", "On cherche qui sait entretenir une tronçoneuse"),
    ("Parler anglais à l'accueil du camping", "Accueillir en anglais au camping municipal"),
    ("Souder à l'arc", "Soudure à l'arc"),
]
OTHER = [
    ("Conduire un tracteur en pente", "Conduire un car scolaire"),
    ("Gérer un site internet pour vendre", "Vendre sur les marchés"),
    ("Raccorder la fibre optique", "Poser des compteurs d'eau"),
    ("Tailler des arbres fruitiers", "Tailler la pierre"),
    ("Soigner des brebis", "Soigner l'accueil des clients"),
]


def of(text: str, point: tuple[float, float] | None = NASBINALS, day: date | None = None) -> Comparable:
    return Comparable(stems(text), point, day)


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_same_need_in_other_words_is_worth_showing(one: str, other: str) -> None:
    assert likeness(of(one), of(other)).is_worth_showing


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_another_need_with_a_word_in_common_is_not(one: str, other: str) -> None:
    assert not likeness(of(one), of(other)).is_worth_showing


def test_distance_lowers_what_words_say() -> None:
    one, other = SAME[1]

    near, far = likeness(of(one), of(other, MENDE)), likeness(of(one), of(other, LILLE))

    assert near.is_worth_showing
    assert near.km == pytest.approx(39.5, abs=1)
    assert not far.is_worth_showing


def test_dates_a_year_apart_weigh_little() -> None:
    one, other = SAME[3]
    day = date(2027, 3, 1)

    near = likeness(of(one, day=day), of(other, day=day + timedelta(days=30)))
    far = likeness(of(one, day=day), of(other, day=day + timedelta(days=500)))

    assert near.score > far.score > 0
    assert far.days == 500


@pytest.mark.parametrize("text", ["", "🚜🚜", "le la les", "de 1 à 2"])
def test_no_words_are_like_nothing(text: str) -> None:
    assert likeness(of(text), of(text)).score < 0.7
    assert likeness(of(text), of("Souder à l'arc")).score == 0


@given(st.text(max_size=300), st.text(max_size=300))
def test_likeness_is_between_nothing_and_all_whatever_is_typed(one: str, other: str) -> None:
    assert 0 <= likeness(of(one), of(other)).score <= 1


def test_a_very_long_text_takes_bounded_work() -> None:
    assert len(stems("mot" + "".join(f" mot{n}" for n in range(100_000)))) == 60


def test_stem_key_has_whole_stems_between_spaces() -> None:
    assert stem_key("Des murs !") == " mur "
    assert stem_key("🚜") == ""
