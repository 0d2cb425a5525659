"""Cards to cut out, eight to a page: what a person takes home in a pocket, with a QR code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from jalon.awarding.documents.certificate import day
from jalon.awarding.documents.qr import qr_svg
from jalon.foundation.identifiers import grouped
from jalon.foundation.texts import french
from jalon.foundation.typesetting import pdf, template
from sceau.model.texts import Text

CARDS_PER_PAGE = 8


@dataclass(frozen=True)
class Card:
    """What one card says. `url` is the page of the credential."""

    name: str
    title: Text
    organisation: str
    awarded_on: date
    reference: str
    url: str


def cards(wanted: Sequence[Card], *, made_at: datetime, language: str) -> bytes:
    """
    A4 sheets of *wanted*, in order, as a tagged PDF/A-3a and PDF/UA-1.

    Args:
        wanted: At least one.
        made_at: Aware; the date inside the PDF.
        language: ``"fr"`` or ``"en"``.
    """
    if not wanted:
        raise ValueError("expected at least one card")
    with override(language):
        typo = french if language == "fr" else str
        data = {
            "language": language,
            "document_title": typo(_("Cartes à découper")),
            "organisation": wanted[0].organisation,
            "cards": [_printed(card, language) for card in wanted],
            "words": {
                "reference": typo(_("Référence")),
                "verify": typo(
                    _("Photographiez le QR code : la page dit si l’attestation est intacte et valable.")
                ),
            },
            "note": "",
        }
        note = typo(_("Un rectangle remplace chaque signe que ce papier ne sait pas écrire."))
    return pdf(template("jalon.awarding.documents", "cards.typ"), data, made_at=made_at, note=note)


def _printed(card: Card, language: str) -> dict[str, object]:
    title = card.title.get(language)
    known = card.title.as_dict()
    typo = french if language == "fr" else str
    line = _("%(date)s, par %(organisation)s") % {
        "organisation": card.organisation,
        "date": day(card.awarded_on, language),
    }
    return {
        "name": _short(card.name, 60),
        "title": _short(title, 140),
        "title_language": language if language in known else card.title.language or language,
        "name_size": _size(card.name, (24, 13), (42, 11), (60, 9)),
        "title_size": _size(title, (60, 10), (100, 8.5), (140, 7.5)),
        "line": _short(typo(line), 110),
        "reference": grouped(card.reference),
        "qr": qr_svg(card.url),
        "qr_alt": typo(_("QR code de l’attestation délivrée à %(name)s") % {"name": card.name}),
    }


def _size(text: str, *steps: tuple[int, float]) -> float:
    """The size in points for a text of that length: the longer, the smaller."""
    return next((size for signs, size in steps if len(text) <= signs), steps[-1][1])


def _short(text: str, signs: int) -> str:
    """*text*, cut so that it stays on its card."""
    return text if len(text) <= signs else text[: signs - 1].rstrip() + "…"
