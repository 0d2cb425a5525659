"""
What a person holds in the hand, made on demand from a signed credential: certificate, badge, cards, stone.

Nothing is kept: a certificate takes some 40 ms, and the same credential always gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from jalon.awarding.documents.cards import Card, cards
from jalon.awarding.documents.certificate import certificate, day, number
from jalon.awarding.documents.contents import content_of, page_url
from jalon.awarding.documents.qr import qr_svg
from jalon.awarding.documents.stone import printable, stone_svg
from jalon.design.rules.content import SpecificationContent
from jalon.foundation import clock
from jalon.foundation.identifiers import grouped
from jalon.foundation.typesetting import png, template
from sceau.formats import baking

if TYPE_CHECKING:  # the command line draws stones without loading Django's tables
    from jalon.awarding.models import Credential

__all__ = [
    "badge_png",
    "badge_svg",
    "cards_pdf",
    "certificate_pdf",
    "content_of",
    "day",
    "number",
    "page_url",
    "qr_svg",
    "stone_of",
    "stone_svg",
]


def certificate_pdf(credential: Credential, *, language: str = "fr") -> bytes:
    """
    The certificate as a tagged PDF/A-3a and PDF/UA-1, with the signed file attached as ``attestation.json``.

    Args:
        language: ``"fr"`` or ``"en"``, of our own words.
    """
    return certificate(
        content_of(credential),
        document=credential.document_bytes,
        url=page_url(credential),
        reference=credential.reference,
        language=language if language in {"fr", "en"} else "fr",
    )


def badge_svg(credential: Credential) -> str:
    """The stone of *credential*, with the signed document baked in as Open Badges 3.0 asks."""
    return baking.bake_svg(_drawn(credential), credential.document_bytes)


def badge_png(credential: Credential) -> bytes:
    """The same as a picture of pixels, for sites that take no SVG."""
    drawn = png(template(__name__, "stone.typ"), {"stone": printable(_drawn(credential))}, dots_per_inch=108)
    return baking.bake_png(drawn, credential.document_bytes)


def _drawn(credential: Credential) -> str:
    content = content_of(credential)
    return stone_of(
        credential.award.specification.read(),
        organisation=content.issuer.name,
        reference=grouped(credential.reference),
        date=day(content.awarded_on, "fr"),
    )


def stone_of(
    specification: SpecificationContent, *, organisation: str, reference: str = "", date: str = ""
) -> str:
    """The stone of a specification; of one award, where *reference* and *date* are given."""
    level = specification.level
    hours = specification.workload_hours
    return stone_svg(
        title=specification.title.get("fr"),
        organisation=organisation,
        hours=number(hours, language="fr") if hours is not None else "?",
        level=str(level.value) if level.value is not None and level.framework == "eqf" else "",
        domain=specification.domain,
        reference=reference,
        date=date,
    )


def cards_pdf(credentials: Sequence[Credential], *, language: str = "fr") -> bytes:
    """A4 sheets to cut out, eight cards to a page, in the order given; at least one."""
    return cards(
        [
            Card(
                name=content.holder.name,
                title=content.micro_credential.title,
                organisation=content.issuer.name,
                awarded_on=content.awarded_on,
                reference=credential.reference,
                url=page_url(credential),
            )
            for credential, content in ((one, content_of(one)) for one in credentials)
        ],
        made_at=clock.now(),
        language=language if language in {"fr", "en"} else "fr",
    )
