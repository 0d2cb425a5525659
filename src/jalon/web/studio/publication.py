"""Reading a version, seeing it as the public will, publishing it, throwing a draft away."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from jalon.design import actions, labels
from jalon.design.errors import IncompleteSpecificationError, PublishedIsFinalError, SignOffsMissingError
from jalon.design.labels.imports import LICENCE_ADDRESSES, licence_name
from jalon.design.models import Room, Specification
from jalon.design.permissions import can_publish, can_write
from jalon.design.queries import gaps_of, sign_offs_awaited
from jalon.design.rules.changes import changes
from jalon.design.rules.content import SpecificationContent
from jalon.design.rules.vocabularies import (
    ASSESSMENT_TYPES,
    DOMAINS,
    PARTICIPATION_FORMS,
    QUALITY_ASSURANCE_KINDS,
    SUPERVISION,
)
from jalon.people.permissions import require
from jalon.people.rules import Capability
from jalon.web.public.exports import source_on_page
from jalon.web.studio import readings
from jalon.web.studio.access import member, specification_or_404
from jalon.web.studio.dossier import frame
from jalon.web.studio.forms import PublishForm


@login_required
def read(request: HttpRequest, specification_id: UUID) -> HttpResponse:
    """A whole version as text: for partners, for a published version, for a last look."""
    specification = specification_or_404(request, specification_id)
    values = {
        **frame(request, specification, gaps_of(specification)),
        "parts": readings.parts(specification.read()),
        "can_write": can_write(request.user, specification),
    }
    return render(request, "studio/reading.html", values)


@login_required
def preview(request: HttpRequest, specification_id: UUID) -> HttpResponse:
    """The public page as it would be, drawn from this version by the very template of the public."""
    specification = specification_or_404(request, specification_id)
    design = specification.micro_credential
    content = specification.read()
    published = [s for s in design.specifications.all() if s.is_published]
    values = {
        "design": design,
        "organisation": design.organisation,
        "specification": specification,
        "content": content,
        "latest": design.latest_published,
        "versions": sorted(published, key=lambda s: s.number, reverse=True),
        "canonical": "",
        "is_latest": False,
        "replaced_by": None,
        "data": None,
        "status_name": labels.status_name(content.recognition.status),
        "recognition": labels.recognition_sentences(content.recognition),
        "can_write": can_write(request.user, specification),
        "adapted_from": source_on_page(design),
        "licence": licence_name(design.licence),
        "licence_address": LICENCE_ADDRESSES.get(design.licence, ""),
        **_concepts(content),
    }
    return render(request, "studio/preview.html", values)


def _concepts(content: SpecificationContent) -> dict[str, Any]:
    """The controlled values as the public page words them."""
    supervision = content.assessment.supervision
    return {
        "domain": DOMAINS.get(content.domain),
        "forms": [PARTICIPATION_FORMS[code].label for code in content.participation],
        "assessments": [ASSESSMENT_TYPES[code].label for code in content.assessment.types],
        "supervision": SUPERVISION[supervision].label if supervision else None,
        "quality": [
            {
                "kind": QUALITY_ASSURANCE_KINDS[row.kind].label if row.kind else "",
                "name": row.name,
                "url": row.url,
            }
            for row in content.quality_assurance
        ],
    }


@login_required
def publish(request: HttpRequest, specification_id: UUID) -> HttpResponse:
    """What is missing, with the way to each; or the last reading and the word that publishes."""
    specification = specification_or_404(request, specification_id)
    if specification.is_published:
        return _published_already(request, specification)
    by = member(request)
    found = gaps_of(specification)
    form = PublishForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        require(by, Capability.PUBLISH, specification.micro_credential.organisation)
        status = 422
        if form.is_valid():
            try:
                version = actions.publish_specification(specification=specification, by=by)
            except IncompleteSpecificationError as error:
                found = list(error.gaps)
            except SignOffsMissingError as error:
                form.add_error(None, labels.refusal_sentence(error))
            except PublishedIsFinalError:
                return _published_already(request, specification_or_404(request, specification_id))
            else:
                said = _("La version %(number)d est publiée. Elle ne changera plus.")
                messages.success(request, said % {"number": version.number})
                return redirect(
                    reverse("studio:micro_credential", args=[version.micro_credential_id]) + "?publiee=1"
                )
    previous = specification.micro_credential.latest_published
    values = {
        **frame(request, specification, found),
        "form": form,
        "parts": readings.parts(specification.read()),
        "recognition": labels.recognition_sentences(specification.read().recognition),
        "previous": previous,
        "unchanged": previous is not None and not changes(previous.read(), specification.read()),
        "can_publish": can_publish(request.user, specification),
        "room": Room.objects.filter(micro_credential=specification.micro_credential).first(),
        "awaited": [
            (each.party.name, labels.standing_name(each.standing))
            for each in sign_offs_awaited(specification)
        ],
    }
    return render(request, "studio/publish.html", values, status=status)


def _published_already(request: HttpRequest, specification: Specification) -> HttpResponse:
    """Somebody was faster: tell whoever pressed the button too, and who it was."""
    if request.method == "POST":
        name = str(specification.published_by or _("Une autre personne"))
        said = _("%(name)s vient de publier cette version : rien n'a été publié deux fois.")
        messages.info(request, said % {"name": name})
    return redirect("studio:micro_credential", specification.micro_credential_id)


@login_required
def discard(request: HttpRequest, specification_id: UUID) -> HttpResponse:
    """Throw a draft away, after a page that says what will be gone."""
    specification = specification_or_404(request, specification_id)
    design = specification.micro_credential
    by = member(request)
    require(by, Capability.DESIGN, design.organisation)
    if specification.is_published:
        return redirect("studio:micro_credential", design.id)
    if request.method == "POST":
        actions.discard_draft(specification=specification, by=by)
        messages.success(request, _("Le brouillon est jeté."))
        return redirect("studio:home")
    values = {
        "specification": specification,
        "content": specification.read(),
        "design": design,
        "latest": design.latest_published,
    }
    return render(request, "studio/discard.html", values)
