"""
Numbers that a browser reads are written as a browser reads them: 1000, and not the « 1 000 » of a sentence.

In French Django writes every number of a template with a space between thousands and a decimal comma. In an
attribute that breaks an address, a form, a drawing, and only once there are a thousand of something.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import render_to_string
from django.utils.translation import override

TEMPLATES = Path(__file__).resolve().parents[2] / "src" / "jalon" / "web" / "templates"
NAMES = sorted(p.relative_to(TEMPLATES).as_posix() for p in TEMPLATES.rglob("*.html"))
ATTRIBUTE = re.compile(r'[\s"]([a-z][a-zA-Z0-9-]*)="([^"]*(?:\{\{.*?\}\}[^"]*)+)"')
VARIABLE = re.compile(r"\{\{\s*(.*?)\s*\}\}")
# Names that hold numbers, ours or Django's. `id` is not among them: what is shown has UUIDs.
NUMBER = re.compile(
    r"(?:^|[._])(?:pk|number|count|total|page_number|latitude|longitude|radius|percent|km|credits|hours|cx|cy)$"
)
PLAIN = ("unlocalize", "stringformat", "date:", "json_script", "urlencode")
# Known to stay under a thousand, and whole.
SMALL = {("public/legend.html", "km")}


def _attributes(text: str) -> list[tuple[str, str]]:
    """Name of the attribute, expression."""
    text = re.sub(r"{% comment %}.*?{% endcomment %}", "", text, flags=re.DOTALL)
    return [
        (met[1], expression) for met in ATTRIBUTE.finditer(text) for expression in VARIABLE.findall(met[2])
    ]


@pytest.mark.parametrize("name", NAMES)
def test_numbers_in_attributes_are_not_those_of_a_sentence(name: str) -> None:
    found = _attributes((TEMPLATES / name).read_text(encoding="utf-8"))

    localised = [
        (attribute, expression)
        for attribute, expression in found
        if not attribute.startswith(("aria-label", "title", "alt", "placeholder"))
        and (name, expression) not in SMALL
        and NUMBER.search(expression.partition("|")[0])
        and not any(word in expression for word in PLAIN)
    ]

    assert localised == []


def test_the_search_for_numbers_sees_them() -> None:
    assert _attributes('<a href="?page={{ page.number }}" data-n="{{ n.pk|unlocalize }}">') == [
        ("href", "page.number"),
        ("data-n", "n.pk|unlocalize"),
    ]


def test_a_number_in_a_sentence_is_french_and_one_in_an_attribute_is_not() -> None:
    drawn = Template('<i data-n="{{ n|stringformat:"d" }}">{{ n }}</i>')

    with override("fr"):
        said = drawn.render(Context({"n": 1234}))

    assert said == '<i data-n="1234">1\xa0234</i>'


def test_the_thousandth_page_of_a_list_can_be_asked_for() -> None:
    pages = Paginator(range(3000), 1)

    with override("fr"):
        shown = render_to_string("issuing/pages.html", {"page_of": pages.page(1500), "query": ""})

    assert 'href="?page=1499"' in shown
    assert 'href="?page=1501"' in shown
