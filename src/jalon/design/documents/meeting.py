"""A version for a meeting without screens: all it says with room in the margin, then the sheet of remarks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from jalon.design.labels import field_name
from jalon.design.rules.content import SpecificationContent
from jalon.design.rules.vocabularies import PARTICIPATION_FORMS
from jalon.foundation.messages import worded
from jalon.foundation.texts import french
from jalon.foundation.typesetting import pdf, template
from sceau.model.texts import Text

LANGUAGES = ("fr", "en")
_AS_WRITTEN = frozenset({"text", "language", "address"})


@dataclass(frozen=True)
class Words:
    """A text and its language, ``""`` where it has none of its own."""

    text: str
    language: str = ""


@dataclass(frozen=True)
class Entry:
    """One element by its name, with what is said of it; nothing where it is still to be written."""

    name: str
    values: Sequence[Words]


@dataclass(frozen=True)
class Section:
    """One section, with its entries in the order of the file."""

    title: str
    entries: Sequence[Entry]


@dataclass(frozen=True)
class Meeting:
    """
    What is put on paper.

    Attributes:
        content: For the tables of criteria and of the outline, which `sections` leaves out.
        published_at: None for a draft.
        updated_at: Aware; the date inside the PDF of a draft.
        address: Where the version can be read on a screen.
    """

    content: SpecificationContent
    sections: Sequence[Section]
    organisation: str
    version: int
    published_at: datetime | None
    updated_at: datetime
    address: str


def meeting_pdf(meeting: Meeting, *, language: str = "fr") -> bytes:
    """
    The version and its sheet of remarks as a tagged PDF/A-3a and PDF/UA-1; the same version gives the same
    bytes.

    Args:
        language: Of our own words, one of `LANGUAGES`; what people wrote is printed as they wrote it.
    """
    language = language if language in LANGUAGES else "fr"
    with override(language):
        typo = french if language == "fr" else str
        data = _printed(meeting, language)
        note = typo(_("Un rectangle remplace chaque signe que ce papier ne sait pas écrire."))
        data = {**_typographic(data, typo), "note": ""}
    made_at = meeting.published_at or meeting.updated_at
    return pdf(template("jalon.design.documents", "meeting.typ"), data, made_at=made_at, note=note)


def _typographic(value: Any, typo: Any) -> Any:
    """Our own words as French prints them; what people wrote stands in `text`, and stays as it is."""
    if isinstance(value, Mapping):
        return {
            key: inner if key in _AS_WRITTEN else _typographic(inner, typo) for key, inner in value.items()
        }
    if isinstance(value, list):
        return [_typographic(item, typo) for item in value]
    return typo(value) if isinstance(value, str) else value


def _printed(meeting: Meeting, language: str) -> dict[str, Any]:
    content = meeting.content
    title = _text(content.title, language) or {"text": _("Sans titre"), "language": language}
    sections = [
        {
            "title": section.title,
            "entries": [
                {
                    "number": f"{number}.{place}",
                    "name": entry.name,
                    "hint": _beginning(entry.values, language),
                    "values": [{"text": w.text, "language": w.language or language} for w in entry.values],
                }
                for place, entry in enumerate(section.entries, start=1)
            ],
        }
        for number, section in enumerate(meeting.sections, start=1)
    ]
    return {
        "language": language,
        "document_title": f"{title['text'][:200]} · {_('version')} {meeting.version}",
        "title": title,
        "footer": {**title, "text": title["text"][:70]},
        "state": _state(meeting, language),
        "author": {"text": meeting.organisation},
        "address": meeting.address,
        "sections": sections,
        "criteria": [
            {"statement": _text(each.statement, language), "outcomes": _places(places)}
            for each, places in content.placed_criteria
        ],
        "modules": [
            {
                "title": _text(each.title, language),
                "hours": number_format(each.hours) if each.hours else "",
                "form": worded(PARTICIPATION_FORMS[each.participation].label) if each.participation else "",
                "outcomes": _places(places),
            }
            for each, places in content.placed_modules
        ],
        "tables": {"criteria": len(sections) + 1, "modules": len(sections) + 2},
        "words": _fixed_words(),
    }


def _beginning(values: Sequence[Words], language: str) -> dict[str, str] | None:
    """What helps find an element again on the sheet, which is often read apart; in our language if it can."""
    ours = (each for each in values if each.language == language)
    first = next(ours, next(iter(values), None))
    if first is None:
        return None
    words = " ".join(first.text.split())
    cut = words if len(words) <= 60 else words[:60].rsplit(" ", 1)[0] + "…"
    return {"text": cut, "language": first.language or language}


def _state(meeting: Meeting, language: str) -> str:
    facts: dict[str, Any] = {"number": meeting.version}
    if meeting.published_at is None:
        facts["date"] = _day(meeting.updated_at.date(), language)
        return _("version %(number)d, brouillon du %(date)s") % facts
    facts["date"] = _day(meeting.published_at.date(), language)
    return _("version %(number)d, publiée le %(date)s") % facts


def _day(value: date, language: str) -> str:
    if language == "fr":
        return ("1er" if value.day == 1 else str(value.day)) + date_format(value, " F Y")
    return date_format(value, "j F Y")


def _text(text: Text, language: str) -> dict[str, str] | None:
    """One language of a text: ours where it is there, else its own."""
    if not text:
        return None
    known = text.as_dict()
    return {"text": text.get(language), "language": language if language in known else text.language}


def _places(places: Sequence[int]) -> str:
    return ", ".join(map(str, places))


def _fixed_words() -> dict[str, str]:
    return {
        "kind": _("Référentiel de la micro-certification"),
        "nothing": _("rien encore"),
        "criteria": field_name("criteria"),
        "modules": field_name("modules"),
        "number": _("N°"),
        "criterion": _("Ce qui est regardé"),
        "outcomes": _("Acquis"),
        "step": _("Étape"),
        "hours": _("Heures"),
        "form": _("Forme"),
        "remarks": _("Feuille de remarques"),
        "how": _(
            "Pour chaque élément, cochez «d'accord» ou «à changer», et écrivez ce que vous proposez. Il n'y "
            "a pas besoin de compte : la feuille est recopiée ensuite dans la salle, sous votre nom."
        ),
        "element": _("Élément"),
        "agreed": _("d'accord"),
        "to_change": _("à changer"),
        "remark": _("Ce que je propose"),
        "missing": _("Ce qui manque, ou ce qui est de trop"),
        "who": _("Qui a répondu"),
        "name": _("Prénom et nom"),
        "organisation": _("Organisme ou entreprise"),
        "date": _("Date"),
        "signature": _("Signature"),
        "page": _("page"),
        "online": _("Cette version se lit aussi à l'écran :"),
    }
