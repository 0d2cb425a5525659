"""
What a person holds in the hand, made on demand from a signed credential: certificate, badge, cards, stone.

Nothing is kept: a certificate takes some 40 ms, and the same credential always gives the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.conf import settings

from jalon.awarding.documents.cards import Card, cards
from jalon.awarding.documents.certificate import certificate, day, number
from jalon.awarding.documents.qr import qr_svg
from jalon.awarding.documents.stone import stone_svg
from jalon.design.rules.content import SpecificationContent
from jalon.foundation import clock
from jalon.foundation.identifiers import grouped
from sceau.formats import baking, open_badges_3
from sceau.model.credential import Credential as CredentialContent

if TYPE_CHECKING:  # the command line draws stones without loading Django's tables
    from jalon.awarding.models import Credential

__all__ = [
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


def content_of(credential: Credential) -> CredentialContent:
    """What the signed document of *credential* says."""
    return open_badges_3.from_document(json.loads(credential.document_bytes))


def page_url(credential: Credential) -> str:
    """The public page of *credential*, behind its unguessable link; the address in its QR code."""
    return f"{settings.PUBLIC_URL}/a/{credential.link_token}/"


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
    content = content_of(credential)
    specification = credential.award.specification.read()
    drawn = stone_of(
        specification,
        organisation=content.issuer.name,
        reference=grouped(credential.reference),
        date=day(content.awarded_on, "fr"),
    )
    return baking.bake_svg(drawn, credential.document_bytes)


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
