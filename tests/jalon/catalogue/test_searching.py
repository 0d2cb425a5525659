"""How words are brought close enough to meet."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from jalon.catalogue.rules.searching import Criteria, Sort, index_text, marked, query_terms, stem
from jalon.web.public import criteria


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("haies", "Plesser une haie"),
        ("haie", "Les haies du bocage"),
        ("compost", "Conduire un compostage"),
        ("composter", "Compostage de village"),
        ("tailler", "La taille douce"),
        ("ÉLEVAGE", "élever des brebis et l'élevage"),
        ("energie", "Bois-énergie"),
        ("boeuf", "Conduire des bœufs"),
        ("tronçonneuse", "TRONCONNEUSES"),
        ("l'eau", "Détourner l’eau"),
    ],
)
def test_query_meets_text(typed: str, written: str) -> None:
    text = index_text([written])

    assert all(f" {term}" in text for term in query_terms(typed))


@pytest.mark.parametrize(("typed", "written"), [("haie", "Vendre à l'étal"), ("sel", "Une chaussée")])
def test_query_does_not_meet_another_text(typed: str, written: str) -> None:
    text = index_text([written])

    assert not all(f" {term}" in text for term in query_terms(typed))


def test_query_keeps_an_empty_word_where_it_is_the_only_one() -> None:
    assert query_terms("la") == ["la"]


def test_query_is_bounded() -> None:
    assert len(query_terms(" ".join(f"mot{n}" for n in range(500)))) <= 12


@pytest.mark.parametrize("word", ["bois", "sac", "a", "ir"])
def test_short_word_keeps_its_ending(word: str) -> None:
    assert stem(word) == word


def test_marked_of_nothing_is_empty() -> None:
    assert marked([]) == ""
    assert marked(["on_site", "online"]) == "on_site,online"


def test_criteria_survive_their_own_address() -> None:
    asked = Criteria(
        text="haie vive",
        place="Florac",
        domains=("foret", "terre"),
        participation=("on_site",),
        recognition=("badge",),
        free=True,
        sort=Sort.TITLE,
        page=3,
    )

    assert criteria.read(QueryDict(asked.query_string())) == asked


def test_criteria_leave_the_unknown_aside() -> None:
    read = criteria.read(
        QueryDict("domaine=lune&forme=rever&reconnaissance=cpf&tri=hasard&page=-4&q=%00%20x")
    )

    assert read == Criteria(text="x")
