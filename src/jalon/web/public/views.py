"""Home, catalogue, micro-certification, organisation."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language

from jalon.catalogue import queries
from jalon.catalogue.rules import schema_org
from jalon.design import labels
from jalon.design.models import MicroCredential, Specification
from jalon.design.rules.content import SpecificationContent
from jalon.design.rules.vocabularies import (
    ASSESSMENT_TYPES,
    DOMAINS,
    PARTICIPATION_FORMS,
    QUALITY_ASSURANCE_KINDS,
    SUPERVISION,
)
from jalon.foundation import clock
from jalon.people.labels import ORGANISATION_KINDS
from jalon.people.models import Organisation
from jalon.people.rules import OrganisationKind
from jalon.web.public import criteria as criteria_of
from jalon.web.public import legend


def home(request: HttpRequest) -> HttpResponse:
    """The promise, the search, the signpost, the last micro-certifications."""
    return render(
        request,
        "public/home.html",
        {"cards": queries.latest(4), "figures": queries.figures(), "domains": DOMAINS},
    )


def catalogue(request: HttpRequest) -> HttpResponse:
    """What is published, searched and filtered by the address alone."""
    criteria = criteria_of.read(request.GET)
    results = queries.search(criteria)
    criteria = criteria.at_page(results.page)
    return render(
        request,
        "public/catalogue.html",
        {
            "criteria": criteria,
            "results": results,
            "groups": legend.groups(criteria, results),
            "filters": legend.in_force(criteria),
            "domains": DOMAINS,
            "previous": criteria.at_page(results.page - 1).query_string() if results.page > 1 else None,
            "next": (
                criteria.at_page(results.page + 1).query_string() if results.page < results.pages else None
            ),
        },
    )


def _facts(content: SpecificationContent) -> dict[str, Any]:
    """The controlled values of a specification as their concepts, for the template to word."""
    return {
        "domain": DOMAINS.get(content.domain),
        "forms": [PARTICIPATION_FORMS[code].label for code in content.participation],
        "assessments": [ASSESSMENT_TYPES[code].label for code in content.assessment.types],
        "supervision": (
            SUPERVISION[content.assessment.supervision].label if content.assessment.supervision else None
        ),
        "quality": [
            {"kind": QUALITY_ASSURANCE_KINDS[row.kind].label, "name": row.name, "url": row.url}
            for row in content.quality_assurance
        ],
    }


def _provider(organisation: Organisation) -> schema_org.Provider:
    return schema_org.Provider(
        name=organisation.legal_name,
        url=settings.PUBLIC_URL + reverse("public:organisation", args=[organisation.slug]),
        website=organisation.website,
        locality=organisation.locality,
        postal_code=organisation.postal_code,
        region=organisation.region,
        country_code=organisation.country_code,
    )


def micro_credential(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponse:
    """A published version: the latest, or the one that *number* asks for."""
    design = get_object_or_404(
        MicroCredential.objects.select_related("organisation").prefetch_related("specifications"), slug=slug
    )
    versions = sorted((s for s in design.specifications.all() if s.is_published), key=_number, reverse=True)
    if not versions:
        raise Http404("nothing published under this name")
    latest = versions[0]
    shown = latest if number is None else next((v for v in versions if v.number == number), None)
    if shown is None:
        raise Http404("no such version")
    content = shown.read()
    url = settings.PUBLIC_URL + reverse("public:micro_credential", args=[slug])
    return render(
        request,
        "public/micro_credential.html",
        {
            "design": design,
            "organisation": design.organisation,
            "specification": shown,
            "content": content,
            "latest": latest,
            "versions": versions,
            "canonical": url,
            "is_latest": shown.pk == latest.pk,
            "replaced_by": next((v for v in reversed(versions) if v.number > shown.number), None),
            "status_name": labels.status_name(content.recognition.status),
            "recognition": labels.recognition_sentences(content.recognition),
            "data": schema_org.course(
                content,
                url=url,
                version=shown.number,
                provider=_provider(design.organisation),
                language=get_language() or settings.LANGUAGE_CODE,
            )
            if shown.pk == latest.pk and design.withdrawn_at is None
            else None,
            **_facts(content),
        },
    )


def _number(specification: Specification) -> int:
    return specification.number


def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """Who an organisation is, who confirmed it, and what it publishes. An empty shell has no public page."""
    found = get_object_or_404(Organisation.objects.prefetch_related("accreditations"), slug=slug)
    cards = queries.of_organisation(found)
    published = MicroCredential.objects.filter(organisation=found, specifications__state="published")
    if not cards and not published.exists():
        raise Http404("nothing published by this organisation")
    today = clock.today()
    accreditations = [
        {
            "row": row,
            "ended": row.valid_until is not None and row.valid_until < today,
            "coming": row.valid_from is not None and row.valid_from > today,
        }
        for row in found.accreditations.all()
    ]
    return render(
        request,
        "public/organisation.html",
        {
            "organisation": found,
            "kind": ORGANISATION_KINDS[OrganisationKind(found.kind)],
            "cards": cards,
            "accreditations": accreditations,
            "domains": DOMAINS,
            "siret": _spaced(found.siret),
        },
    )


def _spaced(siret: str) -> str:
    """``"12345678200010"`` as people read it: ``"123 456 782 00010"``."""
    if len(siret) != 14:
        return siret
    return "\u00a0".join((siret[:3], siret[3:6], siret[6:9], siret[9:]))


def accessibility(request: HttpRequest) -> HttpResponse:
    """Where accessibility stands: what is checked, what is not yet."""
    return render(request, "public/accessibility.html", {"contact": settings.CONTACT_EMAIL})


def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept about people, why and for how long."""
    return render(request, "public/privacy.html", {"contact": settings.CONTACT_EMAIL})


def legal(request: HttpRequest) -> HttpResponse:
    """Who runs this installation, and whose work it is made of."""
    return render(
        request,
        "public/legal.html",
        {"operator": settings.OPERATOR, "contact": settings.CONTACT_EMAIL},
    )
