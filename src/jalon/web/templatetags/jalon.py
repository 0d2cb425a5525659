"""The signs of the house as template tags and filters, available everywhere without loading."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.conf import settings
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, Form, RadioSelect
from django.forms.widgets import HiddenInput
from django.templatetags.static import static
from django.utils.encoding import force_str
from django.utils.formats import date_format, number_format
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import get_language

from jalon.design import labels
from jalon.foundation.identifiers import grouped
from jalon.foundation.texts import french
from sceau.model.texts import Text

register = template.Library()

CAPS = {"terre": "wheat", "foret": "trees", "bati": "hammer", "soin": "heart-handshake", "numer": "laptop"}
"""The icon of each domain, by the cap of its stone."""
WIDTHS = (64, 84, 112, 132, 168)


class Worded(str):
    """A text that remembers which language it is in."""

    __slots__ = ("language",)
    language: str

    def __new__(cls, text: str, language: str) -> Worded:
        worded = super().__new__(cls, text)
        worded.language = language
        return worded


# — Signs —


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon of the sprite: decorative beside its word, or named by *label* where it stands alone."""
    address = f"{static('img/icones.svg')}#{name}"
    if label:
        return format_html('<svg class="i" role="img" aria-label="{}"><use href="{}"/></svg>', label, address)
    return format_html('<svg class="i" aria-hidden="true"><use href="{}"/></svg>', address)


@register.simple_tag
def borne(
    *, cap: str = "", icon: str = "", big: object = "", small: object = "", size: object = 84
) -> SafeString:
    """
    A micro-certification as a stone; the text beside it says the same.

    Args:
        cap: A domain: terre, foret, bati, soin or numer.
        icon: A name of the sprite; default the domain's.
        size: 64, 84, 112, 132 or 168 pixels wide.
    """
    known = cap if cap in CAPS else "terre"
    width = min(WIDTHS, key=lambda allowed: abs(allowed - int(str(size))))
    return format_html(
        '<span class="borne {} l-{}" aria-hidden="true">{}<b>{}</b><small>{}</small></span>',
        known,
        width,
        globals()["icon"](icon or CAPS[known]),
        _figure(big),
        small,
    )


def _figure(value: object) -> str:
    if isinstance(value, Decimal):
        return number_format(value.normalize() if value != value.to_integral() else value.to_integral())
    return force_str(value)


@register.simple_tag
def mire(level: object) -> SafeString:
    """A level from 0 to 8 as a surveyor's staff; always write «niveau 3 sur 8» beside it."""
    number = max(0, min(8, int(str(level or 0))))
    return format_html('<span class="mire n-{}"></span>', number)


@register.simple_tag
def echelle(percent: object, label: str = "") -> SafeString:
    """A graduated bar, by steps of 5; *label* says its value where no text beside it does."""
    exact = max(0, min(100, int(float(str(percent or 0)))))
    step = 5 * round(exact / 5)
    if exact and not step:
        step = 5
    if exact < 100 and step == 100:
        step = 95
    if label:
        return format_html('<span class="echelle v-{}" role="img" aria-label="{}"></span>', step, label)
    return format_html('<span class="echelle v-{}" aria-hidden="true"></span>', step)


# — Forms —

_GROUPS = (RadioSelect, CheckboxSelectMultiple)


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, **attrs: Any) -> dict[str, Any]:
    """
    A field of a form: label, help between label and control, errors above the control.

    Args:
        attrs: HTML attributes of the control; underscores become dashes: ``autocomplete="off" data_x="1"``.
    """
    widget = bound.field.widget
    group = isinstance(widget, _GROUPS)
    check = isinstance(widget, CheckboxInput)
    described = " ".join(
        name
        for name, present in (
            (f"{bound.auto_id}_aide", bound.help_text),
            (f"{bound.auto_id}_err", bound.errors),
        )
        if present
    )
    html: dict[str, Any] = {name.replace("_", "-"): value for name, value in attrs.items()}
    if described:
        html["aria-describedby"] = described
    if bound.errors:
        html["aria-invalid"] = "true"
    if not group and not check:
        html["class"] = " ".join(
            filter(None, ["champ", widget.attrs.get("class", ""), str(attrs.get("class", ""))])
        )
    return {
        "field": bound,
        "hidden": isinstance(widget, HiddenInput),
        "group": group,
        "check": check,
        "multiple": isinstance(widget, CheckboxSelectMultiple),
        "attrs": html,
        "control": "" if group else bound.as_widget(attrs=html),
        "described": described,
    }


@register.inclusion_tag("components/errors.html")
def errors_of(form: Form) -> dict[str, Any]:
    """The summary of a form's errors, at its top: announced, and linked to each field."""
    found: list[dict[str, Any]] = []
    for name, messages in form.errors.items():
        if name == "__all__":
            continue
        bound = form[name]
        target = bound.id_for_label or f"{bound.auto_id}_0"
        found.extend({"target": target, "label": bound.label, "message": message} for message in messages)
    return {"fields": found, "others": form.non_field_errors(), "any": bool(form.errors)}


# — Words —


@register.filter
def in_language(text: object) -> str:
    """A `Text`, or a mapping by language, in the active language, else in its own first one."""
    by_language = text.as_dict() if isinstance(text, Text) else text
    if not isinstance(by_language, Mapping):
        return force_str(text or "")
    active = (get_language() or settings.LANGUAGE_CODE).split("-", 1)[0]
    written = {str(tag): str(words) for tag, words in by_language.items() if words}
    if not written:
        return ""
    for tag, words in written.items():
        if tag == active or tag.split("-", 1)[0] == active:
            return Worded(words, tag)
    tag = next(iter(written))
    return Worded(written[tag], tag)


@register.filter
def typo(text: object) -> str:
    """French typography on a French text; any other text as it is."""
    words = text if isinstance(text, str) else force_str(text if text is not None else "")
    language = getattr(words, "language", get_language() or settings.LANGUAGE_CODE)
    if language.split("-", 1)[0] != "fr":
        return words
    if isinstance(words, SafeString):
        return mark_safe(french(words))  # noqa: S308 -- it was safe, and the filter only changes spaces and apostrophes
    return Worded(french(words), language)


@register.simple_tag
def words(text: object) -> SafeString:
    """A content text in the active language, typography included, marked with its language where another."""
    said = typo(in_language(text))
    language = getattr(said, "language", "")
    active = (get_language() or settings.LANGUAGE_CODE).split("-", 1)[0]
    if said and language and language.split("-", 1)[0] != active:
        return format_html('<span lang="{}">{}</span>', language, said)
    return SafeString(conditional_escape(said))


@register.filter
def reference(value: object) -> str:
    """``"7KF29QMR48XA"`` as ``"7KF2-9QMR-48XA"``."""
    return grouped(force_str(value or ""))


@register.filter
def figure(value: object) -> str:
    """A number without useless zeros, as the active language writes it: ``Decimal("35.0")`` as ``35``."""
    return _figure(value)


@register.filter
def day(value: date | None) -> str:
    """A date in words, in the site's time zone: «1er mars 2026» in French."""
    if value is None:
        return ""
    moment = localtime(value) if isinstance(value, datetime) else value
    words = date_format(moment, "j F Y")
    if moment.day == 1 and (get_language() or settings.LANGUAGE_CODE).startswith("fr"):
        words = words.replace("1", "1er", 1)
    return words


@register.filter
def tongue(tag: object) -> str:
    """``"fr"`` as «français», in the active language."""
    return labels.language_name(force_str(tag or ""))


_JSON_IN_HTML = {
    ord("<"): "\\u003C",
    ord(">"): "\\u003E",
    ord("&"): "\\u0026",
    0x2028: "\\u2028",
    0x2029: "\\u2029",
}


@register.filter
def jsonld(value: object) -> SafeString:
    """A value as a JSON-LD data block, which nothing in it can close."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str).translate(_JSON_IN_HTML)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 -- every < > & is escaped


@register.simple_tag
def colon() -> str:
    """A colon and its spaces, as the active language wants them."""
    return "\u00a0: " if (get_language() or settings.LANGUAGE_CODE).startswith("fr") else ": "
