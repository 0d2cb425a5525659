"""A loss is whatever did not come back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sceau.formats import open_badges_3
from sceau.formats.losses import ELEMENTS, Kept, Loss, kept, losses
from sceau.model.micro_credential import Part
from sceau.model.texts import NO_TEXT, Text
from sceau.testing import example_credential

FR_EN = Text((("fr", "Tailler"), ("en", "Prune")))
FR = Text((("fr", "Tailler"),))


@pytest.mark.parametrize(
    ("before", "after", "how"),
    [
        ("a", "a", Kept.WHOLLY),
        ("a", "b", Kept.NOT),
        ("a", "", Kept.NOT),
        ("", "b", Kept.WHOLLY),
        (None, 5, Kept.WHOLLY),
        (5, None, Kept.NOT),
        (FR_EN, FR, Kept.PARTLY),
        (FR, FR_EN, Kept.WHOLLY),
        (FR_EN, NO_TEXT, Kept.NOT),
        (FR, Text((("en", "Prune"),)), Kept.NOT),
        (NO_TEXT, FR, Kept.WHOLLY),
        (("a", "b"), ("b", "a"), Kept.WHOLLY),
        (("a", "b"), ("a",), Kept.PARTLY),
        (("a", "a"), ("a",), Kept.PARTLY),
        (("a",), (), Kept.NOT),
        ((NO_TEXT, ""), (), Kept.WHOLLY),
        ((FR_EN,), (FR,), Kept.PARTLY),
        (Part("urn:uuid:1", FR_EN), Part("urn:uuid:1", FR), Kept.PARTLY),
        (Part("urn:uuid:1", FR), Part("urn:uuid:2", NO_TEXT), Kept.NOT),
    ],
)
def test_how_much_came_back(before: object, after: object, how: Kept) -> None:
    assert kept(before, after) is how


def test_what_is_the_same_lost_nothing() -> None:
    assert losses(example_credential(), example_credential()) == ()


def test_a_badge_gives_back_what_it_was_given() -> None:
    credential = example_credential()

    assert losses(credential, open_badges_3.from_document(open_badges_3.to_document(credential))) == ()


def test_each_mandatory_element_is_met_when_it_is_missing() -> None:
    whole = example_credential()
    micro = whole.micro_credential
    without = replace(whole, grade="", micro_credential=replace(micro, participation=(), title=NO_TEXT))

    assert losses(whole, without) == (
        Loss("title", Kept.NOT),
        Loss("participation", Kept.NOT),
        Loss("grade", Kept.NOT),
    )


def test_the_mandatory_elements_come_first_and_by_the_names_of_the_annex() -> None:
    from sceau.model import annex_i

    assert list(ELEMENTS)[:11] == list(annex_i.ELEMENTS)
