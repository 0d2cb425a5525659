"""Home, catalogue, micro-certification, organisation."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control

from jalon.awarding.queries import supporters_of
from jalon.catalogue import labels as labels_of
from jalon.catalogue import queries
from jalon.catalogue.permissions import can_offer
from jalon.catalogue.queries.offers import ShownOffer
from jalon.catalogue.queries.open_data import fit_for_lheo, offered_of
from jalon.catalogue.rules import lheo_gaps, schema_org
from jalon.catalogue.rules.offering import ACCESS_QUESTIONS, Answer
from jalon.catalogue.rules.searching import RADII_KM, Criteria
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
from jalon.territory.queries import communes_like
from jalon.web.public import criteria as criteria_of
from jalon.web.public import drawing as drawing_of
from jalon.web.public import exports, legend


def home(request: HttpRequest) -> HttpResponse:
    """The promise, the search, the signpost, the last micro-certifications."""
    return render(
        request,
        "public/home.html",
        {"cards": queries.latest(4), "figures": queries.figures(), "domains": DOMAINS},
    )


def catalogue(request: HttpRequest) -> HttpResponse:
    """What is published and offered, searched and filtered by the address alone; as a list or as a map."""
    criteria = criteria_of.read(request.GET)
    results = queries.search(criteria)
    criteria = criteria.at_page(results.page)
    first, rest, rest_in_use = legend.groups(criteria, results)
    values = {
        "criteria": criteria,
        "results": results,
        "groups": first,
        "more_groups": rest,
        "more_in_use": rest_in_use or criteria.asks_dates,
        "filters": legend.in_force(criteria, results),
        "radii": sorted({*RADII_KM, criteria.radius_km}),
        "by_list": criteria.at_page(1).query_string(),
        "others": [
            (place, replace(criteria.at_page(1), place=str(place), commune_code=place.code).query_string())
            for place in results.place.others
        ],
    }
    if request.GET.get("vue") == "carte":
        return render(request, "public/map.html", {**values, **_map(criteria, results)})
    previous = criteria.at_page(results.page - 1).query_string() if results.page > 1 else None
    following = criteria.at_page(results.page + 1).query_string() if results.page < results.pages else None
    return render(
        request,
        "public/catalogue.html",
        {**values, "domains": DOMAINS, "previous": previous, "next": following},
    )


def _map(criteria: Criteria, results: queries.Results) -> dict[str, Any]:
    """The drawing, and for each spot the address that narrows the search to it."""
    scale = queries.scale_of(criteria, results.place)
    spots = queries.spots(criteria, results.place)
    drawing = drawing_of.draw(spots, criteria, results.place, scale)
    return {
        "drawing": drawing,
        "scale": scale.value,
        "spots": [(spot, _narrowed(criteria, scale, spot)) for spot in spots],
        "circles": [(circle, _narrowed(criteria, scale, circle.spot)) for circle in drawing.circles],
    }


def _narrowed(criteria: Criteria, scale: queries.Scale, spot: queries.Spot) -> str:
    first = criteria.at_page(1)
    if scale is queries.Scale.REGION:
        return replace(first, region=spot.code).query_string() + "&vue=carte"
    if scale is queries.Scale.DEPARTMENT:
        return replace(first, department=spot.code, region="").query_string() + "&vue=carte"
    return replace(
        first, place=spot.name, commune_code=spot.code, department="", region="", radius_km=0
    ).query_string()


@cache_control(max_age=3600, public=True)
def communes(request: HttpRequest) -> JsonResponse:
    """Communes for what is being typed in the search form: ``{"communes": ["Florac (48)", …]}``."""
    typed = request.GET.get("q", "").replace("\x00", "")[:60]
    found = communes_like(typed) if len(typed.strip()) > 1 else []
    return JsonResponse({"communes": [str(place) for place in found]})


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
    offers = queries.offers_shown(design) if shown.pk == latest.pk and not design.withdrawn_at else ()
    url = settings.PUBLIC_URL + reverse("public:micro_credential", args=[slug])
    return render(
        request,
        "public/micro_credential.html",
        {
            "design": design,
            "offers": [_told(offer) for offer in offers],
            "may_offer": shown.pk == latest.pk
            and not design.withdrawn_at
            and can_offer(request.user, design),
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
            "supporters": supporters_of(shown),
            **exports.on_the_page(design, shown),
            "data": schema_org.course(
                content,
                url=url,
                version=shown.number,
                provider=_provider(design.organisation),
                language=get_language() or settings.LANGUAGE_CODE,
                offers=[offered_of(design, shown, offer.row) for offer in offers],
            )
            if shown.pk == latest.pk and design.withdrawn_at is None
            else None,
            **_facts(content),
        },
    )


def _told(offer: ShownOffer) -> dict[str, Any]:
    """An offer with its codes in words; what nobody answered is not there."""
    facts = offer.facts
    answers = [
        (labels_of.CONDITIONS[name][0 if answer is Answer.YES else 1], answer is Answer.YES)
        for name in ACCESS_QUESTIONS
        if (answer := getattr(facts, name)) is not Answer.UNSAID
    ]
    return {
        "facts": facts,
        "modality": labels_of.MODALITIES[facts.modality],
        "answers": answers,
        "seasons": [labels_of.SEASONS[season] for season in facts.seasons],
        "funders": [labels_of.FUNDERS[code] for code in facts.funding],
        "publics": [labels_of.PUBLICS[code] for code in facts.public_codes if code in labels_of.PUBLICS],
        "sessions": [(session, labels_of.STATES[session.facts.state]) for session in offer.sessions],
    }


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


def open_data(request: HttpRequest) -> HttpResponse:
    """Where machines find the catalogue, and in which formats."""
    # Looked at far enough to know, and no further: the file itself goes over all of them.
    fit = islice(fit_for_lheo(), 500)
    has_lheo = any(not lheo_gaps.gaps(offered) for offered in fit)
    return render(request, "public/open_data.html", {"has_lheo": has_lheo})


def legal(request: HttpRequest) -> HttpResponse:
    """Who runs this installation, and whose work it is made of."""
    return render(
        request,
        "public/legal.html",
        {"operator": settings.OPERATOR, "contact": settings.CONTACT_EMAIL},
    )
