"""The words for what a form of a credential does not say."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from jalon.verification.labels import formats
from sceau.errors import DataModelError, NoLevelError
from sceau.exports import EUROPASS, OPEN_BADGES, SD_JWT_VC, VC_JWT
from sceau.formats.losses import ELEMENTS, Kept, Loss
from sceau.model.texts import NO_TEXT, Text


def test_each_element_that_can_be_lost_has_its_words() -> None:
    assert formats.elements_with_words() == frozenset(ELEMENTS)


def test_each_form_has_a_name_and_a_purpose() -> None:
    assert set(formats.FORMS) == {each.name for each in (OPEN_BADGES, VC_JWT, EUROPASS, SD_JWT_VC)}


def test_what_is_lost_wholly_and_partly_are_two_sentences() -> None:
    lost = (Loss("assessment", Kept.NOT), Loss("title", Kept.PARTLY), Loss("outcomes", Kept.PARTLY))

    first, rest = formats.unsaid(lost)

    assert first == (
        "Ne dit pas quel type d’évaluation a eu lieu : voyez le badge.",
        "Ne dit qu’en partie son intitulé et les acquis d’apprentissage.",
    )
    assert rest == ()


def test_the_eleven_elements_stand_apart_from_the_rest() -> None:
    first, rest = formats.unsaid(
        (Loss("quality_assurance", Kept.NOT), Loss("prerequisites", Kept.NOT), Loss("picture", Kept.NOT))
    )

    assert first == ("Ne dit pas qui garantit la qualité : voyez le badge.",)
    assert rest == ("Ne dit pas les prérequis, ni le dessin de la borne : voyez le badge.",)


def test_the_badge_does_not_send_to_the_badge() -> None:
    assert formats.unsaid((Loss("picture", Kept.NOT),), see_badge=False)[1] == (
        "Ne dit pas le dessin de la borne.",
    )


def test_nothing_lost_is_no_sentence() -> None:
    assert formats.unsaid(()) == ((), ())


@pytest.mark.parametrize(("tag", "name"), [("fr", "français"), ("en", "anglais"), ("xx", "xx")])
def test_a_language_is_called_by_its_name_where_it_has_one(tag: str, name: str) -> None:
    assert formats.only_in(tag) == f"En une seule langue : {name}."


def test_a_language_has_its_capital_in_english() -> None:
    with override("en"):
        assert formats.only_in("fr") == "In one language only: French."


def test_a_missing_level_is_told_with_the_authors_reason_where_they_gave_one() -> None:
    reason = Text.of({"fr": "Trop court."})

    assert formats.refusal(NoLevelError(""), reason).endswith("n’en a pas : « Trop court. »")
    assert formats.refusal(NoLevelError(""), NO_TEXT).endswith("n’en a pas.")
    assert "ne peut pas dire" in formats.refusal(DataModelError("x"), reason)
