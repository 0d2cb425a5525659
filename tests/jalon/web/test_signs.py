"""The signs of the house as tags and filters."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.template import Context, Template
from django.utils.safestring import SafeString
from django.utils.translation import override

from jalon.web.templatetags import jalon as signs
from sceau.model.texts import Text


def _drawn(template: str, **values: object) -> str:
    return Template(template).render(Context(values))


class _Form(forms.Form):
    title = forms.CharField(label="Titre", help_text="En quelques mots")
    kind = forms.ChoiceField(
        label="Forme", choices=[("a", "Sur place"), ("b", "À distance")], widget=forms.RadioSelect
    )
    sure = forms.BooleanField(label="C'est sûr", required=False)


@pytest.mark.parametrize(
    ("percent", "step"),
    [(0, 0), (1, 5), (37, 35), (50, 50), (99, 95), (100, 100), (140, 100), (-3, 0), ("12.5", 10)],
)
def test_echelle_goes_by_steps_and_is_full_only_at_the_end(percent: object, step: int) -> None:
    assert f'echelle v-{step}"' in signs.echelle(percent)


def test_echelle_with_a_label_is_an_image_that_says_it() -> None:
    assert 'role="img" aria-label="Complet à 70 %"' in signs.echelle(70, label="Complet à 70 %")
    assert 'aria-hidden="true"' in signs.echelle(70)


@pytest.mark.parametrize(("level", "shown"), [(3, 3), (None, 0), (12, 8)])
def test_mire_shows_a_level(level: object, shown: int) -> None:
    assert f"n-{shown}" in signs.mire(level)


def test_borne_is_silent_and_escaped() -> None:
    drawn = _drawn('{% borne cap=cap big=big small="heures" size="100" %}', cap='x"><b', big="<i>")

    assert "l-112" in drawn or "l-84" in drawn
    assert "terre" in drawn
    assert "&lt;i&gt;" in drawn
    assert 'aria-hidden="true"' in drawn


@pytest.mark.parametrize(
    ("value", "shown"),
    [(Decimal("35.0"), "35"), (Decimal("1.50"), "1,5"), (Decimal("100"), "100"), ("x", "x")],
)
def test_figure_has_no_useless_zero(value: object, shown: str) -> None:
    assert signs.figure(value) == shown


def test_field_ties_label_help_error_and_control() -> None:
    form = _Form({"title": "", "kind": "z"})

    drawn = _drawn("{% field form.title %}", form=form)

    assert '<label for="id_title">Titre</label>' in drawn
    assert 'aria-describedby="id_title_aide id_title_err"' in drawn
    assert 'aria-invalid="true"' in drawn
    assert 'class="champ"' in drawn
    assert drawn.index("id_title_err") < drawn.index("<input")


def test_field_of_choices_is_a_group_with_a_legend() -> None:
    drawn = _drawn("{% field form.kind %}", form=_Form())

    assert "<legend>Forme</legend>" in drawn
    assert drawn.count('type="radio"') == 2
    assert 'class="champ"' not in drawn


def test_field_of_one_box_has_its_label_after_it() -> None:
    drawn = _drawn("{% field form.sure %}", form=_Form())

    assert drawn.index("<input") < drawn.index("C’est sûr")


def test_field_takes_attributes() -> None:
    drawn = _drawn('{% field form.title autocomplete="off" data_x="1" %}', form=_Form())

    assert 'autocomplete="off"' in drawn
    assert 'data-x="1"' in drawn


def test_errors_are_announced_and_linked() -> None:
    form = _Form({"title": "", "kind": ""})

    drawn = _drawn("{% errors_of form %}", form=form)

    assert 'role="alert"' in drawn
    assert 'href="#id_title"' in drawn
    assert 'href="#id_kind_0"' in drawn
    assert "Il reste 2 points à revoir" in drawn


def test_errors_of_a_right_form_are_nothing() -> None:
    assert _drawn("{% errors_of form %}", form=_Form({"title": "x", "kind": "a"})).strip() == ""


def test_text_comes_in_the_active_language_or_its_own() -> None:
    text = Text.of({"fr": "Haie", "en": "Hedge"})

    with override("en"):
        assert signs.in_language(text) == "Hedge"
        assert signs.in_language({"fr": "Haie"}) == "Haie"
    with override("fr"):
        assert signs.in_language(text) == "Haie"
    assert signs.in_language({}) == ""
    assert signs.in_language(None) == ""


def test_words_say_which_language_they_are_in_when_it_is_another() -> None:
    with override("en"):
        assert signs.words({"fr": "Tailler : un <b>"}) == '<span lang="fr">Tailler\u00a0: un &lt;b&gt;</span>'
    with override("fr"):
        assert signs.words({"fr": "Tailler"}) == "Tailler"


def test_typography_leaves_another_language_alone() -> None:
    with override("en"):
        assert signs.typo("Ready?") == "Ready?"
        assert signs.typo(signs.in_language({"fr": "Prêt ?"})) == "Prêt\u00a0?"


def test_typography_keeps_safe_what_was_and_unsafe_what_was_not() -> None:
    with override("fr"):
        assert isinstance(signs.typo(SafeString("<b>Oui !</b>")), SafeString)
        assert not isinstance(signs.typo("<b>Oui !</b>"), SafeString)
        assert _drawn("{{ x|typo }}", x="<script>") == "&lt;script&gt;"


def test_reference_is_read_by_fours() -> None:
    assert signs.reference("7KF29QMR48XA") == "7KF2-9QMR-48XA"


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        (date(2026, 3, 1), "1er mars 2026"),
        (date(2026, 3, 11), "11 mars 2026"),
        (datetime(2026, 2, 28, 23, 30, tzinfo=UTC), "1er mars 2026"),
        (None, ""),
    ],
)
def test_day_is_the_day_it_is_here(moment: date | None, shown: str) -> None:
    with override("fr"):
        assert signs.day(moment) == shown


def test_data_block_cannot_be_closed_from_inside() -> None:
    block = signs.jsonld({"name": "</script><!--&"})

    assert block.count("</script>") == 1
    assert "<!--" not in block


def test_no_sentence_puts_an_elided_word_before_a_name() -> None:
    catalogue = Path(settings.LOCALE_PATHS[0], "en", "LC_MESSAGES", "django.po").read_text(encoding="utf-8")
    sentences = re.findall(r'^msgid "(.*)"$', catalogue, re.MULTILINE)
    assert any("%(organisation)s" in sentence for sentence in sentences)

    names = r"(?:%\((?:name|organisation|place|holder|title|by)\)s|\{(?:name|organisation|holder|title|by)\})"
    assert [text for text in sentences if re.search(rf"\b(?:de|que|jusque) {names}", text)] == []
