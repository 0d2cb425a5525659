"""A published version to take away: our own JSON, the European Learning Model, a spreadsheet."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag

from jalon.awarding.rules import building
from jalon.design import labels
from jalon.design.labels.imports import LICENCE_ADDRESSES, licence_name
from jalon.design.models import Adaptation, Licence, MicroCredential, Specification, SpecificationState
from jalon.design.queries import adaptation_of, adaptations_of
from jalon.design.rules import export, plain, spreadsheet
from jalon.design.rules.fields_of_study import fields_of_study
from jalon.foundation import workbook_writing
from jalon.people.models import Organisation
from sceau.formats import european
from sceau.model.credential import Issuer
from sceau.model.texts import Text

ONE_HOUR = 3600
MOST_COPIES = 20


def take_away(request: HttpRequest, slug: str, number: int, ending: str) -> HttpResponseBase:
    """One version in the form that *ending* names: ``json``, ``jsonld``, ``xlsx``."""
    if ending not in _WRITERS:
        raise Http404("expected json, jsonld or xlsx")
    found = get_object_or_404(
        Specification.objects.select_related("micro_credential__organisation"),
        micro_credential__slug=slug,
        number=number,
        state=SpecificationState.PUBLISHED,
    )
    write, media_type = _WRITERS[ending]
    # The licence, the name of the organisation or an adaptation may change; what was published may not.
    held = _own(found)
    etag = quote_etag(sha256(f"{ending} {json.dumps(held)}".encode()).hexdigest()[:32])
    modified = int(found.published_at.timestamp()) if found.published_at else None
    answer = get_conditional_response(request, etag, modified)
    if answer is None or answer.status_code != 304:
        answer = HttpResponse(write(found), content_type=media_type)
        answer["Content-Disposition"] = f'attachment; filename="{slug}-{number}.{ending}"'
    answer["ETag"] = etag
    if found.published_at:
        answer["Last-Modified"] = http_date(found.published_at.timestamp())
    answer["Cache-Control"] = f"public, max-age={ONE_HOUR}"
    answer["Access-Control-Allow-Origin"] = "*"
    if licence := LICENCE_ADDRESSES.get(found.micro_credential.licence):
        answer["Link"] = f'<{licence}>; rel="license"'
    return answer


def page_of(specification: Specification) -> str:
    """The address of the page of one version."""
    slug = specification.micro_credential.slug
    return settings.PUBLIC_URL + reverse("public:version", args=[slug, specification.number])


def _own(specification: Specification) -> dict[str, Any]:
    """What `design.importers.read_file` reads back."""
    design = specification.micro_credential
    content = specification.read()
    source = adaptation_of(design)
    return {
        "id": specification.urn,
        "title": str(content.title),
        "owner": design.organisation.legal_name,
        "country": design.organisation.country_code,
        "address": page_of(specification),
        "version": specification.number,
        "published_at": specification.published_at.isoformat() if specification.published_at else None,
        "licence": {"name": design.licence, "address": LICENCE_ADDRESSES.get(design.licence, "")},
        "adapted_from": _credited(source) if source else None,
        "specification": plain.write(content),
    }


def _credited(source: Adaptation) -> Mapping[str, str]:
    return {
        "title": source.source_title,
        "owner": source.source_owner,
        "country": source.source_country,
        "address": page_of(source.source) if source.source else source.source_address,
        "licence": source.licence,
    }


def _json(specification: Specification) -> bytes:
    return _written(_own(specification))


def _elm(specification: Specification) -> bytes:
    design = specification.micro_credential
    content = specification.read()
    page = page_of(specification)
    document = european.specification.to_document(
        export.micro_credential(content, id=specification.urn, version=str(specification.number), url=page),
        awarded_by=awarding_body(design.organisation),
        thematic_areas=fields_of_study(content),
        licence_url=LICENCE_ADDRESSES.get(design.licence, ""),
    )
    return _written(document)


def awarding_body(organisation: Organisation) -> Issuer:
    """The organisation as a document names it, by its public page."""
    return building.issuer(
        did=settings.PUBLIC_URL + reverse("public:organisation", args=[organisation.slug]),
        legal_name=organisation.legal_name,
        country_code=organisation.country_code,
        region=organisation.region,
        locality=organisation.locality,
        website=organisation.website,
        email=organisation.email,
        siret=organisation.siret,
        nda=organisation.nda,
    )


def _sheet(specification: Specification) -> bytes:
    rows = spreadsheet.template(specification.read())
    return workbook_writing.write(rows, widths=spreadsheet.WIDTHS)


def _written(document: Mapping[str, Any]) -> bytes:
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


_WRITERS: Mapping[str, tuple[Callable[[Specification], bytes], str]] = {
    "json": (_json, "application/json"),
    "jsonld": (_elm, "application/ld+json"),
    "xlsx": (_sheet, workbook_writing.XLSX),
}


@dataclass(frozen=True)
class Copy:
    """A published adaptation, as the page of its source lists it."""

    title: Text
    owner: str
    slug: str
    is_translation: bool


@dataclass(frozen=True)
class Source:
    """What a micro-certification began from; `licence` only where it lets others copy."""

    title: str
    owner: str
    page: str
    licence: str
    licence_address: str


def on_the_page(design: MicroCredential, specification: Specification) -> dict[str, Any]:
    """What the page of a version says of its licence, its source, its copies, and what ELM leaves out."""
    return {
        "may_adapt": design.licence != Licence.RESERVED,
        "licence": licence_name(design.licence),
        "licence_address": LICENCE_ADDRESSES.get(design.licence, ""),
        "adapted_from": source_on_page(design),
        "copies": [copy for each in adaptations_of(design)[:MOST_COPIES] if (copy := _copy(each))],
        "not_in_elm": [labels.field_name(name) for name in export.not_in_elm(specification.read())],
    }


def source_on_page(design: MicroCredential) -> Source | None:
    """What its page says of where it was copied from; None where it was written by its organisation."""
    adaptation = adaptation_of(design)
    if adaptation is None:
        return None
    address = LICENCE_ADDRESSES.get(adaptation.licence, "")
    return Source(
        title=adaptation.source_title,
        owner=adaptation.source_owner,
        page=page_of(adaptation.source) if adaptation.source else adaptation.source_address,
        licence=licence_name(adaptation.licence) if address else "",
        licence_address=address,
    )


def _copy(adaptation: Adaptation) -> Copy | None:
    design = adaptation.micro_credential
    published = design.latest_published
    if published is None:
        return None
    # Of what is published: a draft of theirs is nobody's business.
    return Copy(
        title=published.read().title,
        owner=design.organisation.legal_name,
        slug=design.slug,
        is_translation=adaptation.kind == Adaptation.Kind.TRANSLATED,
    )
