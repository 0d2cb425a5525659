"""A version on paper, for a meeting without screens."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language, override

from jalon.design.documents import Entry, Meeting, Section, Words, meeting_pdf
from jalon.design.documents.meeting import LANGUAGES
from jalon.design.models import Specification
from jalon.design.rules.content import SpecificationContent
from jalon.web.studio import readings
from jalon.web.studio.access import specification_or_404

_IN_TABLES = frozenset({"criteria", "modules"})


@login_required
def meeting(request: HttpRequest, specification_id: UUID) -> HttpResponse:
    """The PDF, in the language of the page or that of ``?langue=en``."""
    specification = specification_or_404(request, specification_id)
    asked = request.GET.get("langue") or (get_language() or "fr")[:2]
    language = asked if asked in LANGUAGES else "fr"
    design = specification.micro_credential
    with override(language):
        content = specification.read()
        printed = Meeting(
            content=content,
            sections=sections(content),
            organisation=design.organisation.legal_name,
            version=specification.number,
            published_at=specification.published_at if specification.is_published else None,
            updated_at=specification.updated_at,
            address=_address(specification),
        )
        answer = HttpResponse(meeting_pdf(printed, language=language), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{design.slug}-{specification.number}-reunion.pdf"'
    answer["Cache-Control"] = "private, no-cache"
    return answer


def sections(content: SpecificationContent) -> list[Section]:
    """Every element by section, those still to be written too; criteria and outline have their own tables."""
    return [
        Section(
            str(part.title),
            [
                Entry(str(item.name), [Words(value.text, value.language) for value in item.values])
                for item in part.items
            ],
        )
        for part in readings.parts_to_discuss(content, without=_IN_TABLES)
    ]


def _address(specification: Specification) -> str:
    """Of the public page; a draft is nobody's but its members'."""
    if not specification.is_published:
        return ""
    slug = specification.micro_credential.slug
    return settings.PUBLIC_URL + reverse("public:version", args=[slug, specification.number])
