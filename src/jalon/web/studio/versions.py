"""The versions of a micro-certification, and what changed from one to another."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jalon.design import actions, labels
from jalon.design.models import Room, Specification
from jalon.design.queries import accepted_proposals, versions_of
from jalon.design.rules.changes import Change, Kind, Piece, changes, pieces
from jalon.design.rules.content import SpecificationContent
from jalon.design.rules.fields import SHAPES, Shape
from jalon.people.permissions import may
from jalon.people.rules import Capability
from jalon.web.studio.access import member, micro_credential_or_404
from jalon.web.studio.askers import asked
from jalon.web.studio.wording import measured


@dataclass(frozen=True)
class ChangeLine:
    """A change as the page shows it: a heading, then old words struck and new words underlined."""

    name: str
    old: str
    new: str
    pieces: list[Piece]
    note: str
    language: str


@login_required
def show(request: HttpRequest, micro_credential_id: UUID) -> HttpResponse:
    """Every version of a micro-certification, and what can be done with it."""
    design = micro_credential_or_404(request, micro_credential_id)
    versions = versions_of(design)
    newest = design.newest
    values = {
        "design": design,
        "versions": versions,
        "draft": design.draft,
        "latest": design.latest_published,
        "content": newest.read() if newest else None,
        "room": Room.objects.filter(micro_credential=design).first(),
        "asked": [asked(each, newest.read()) for each in accepted_proposals(design)] if newest else [],
        "just_published": request.GET.get("publiee") == "1",
        "can_write": may(request.user, Capability.DESIGN, design.organisation),
        "can_publish": may(request.user, Capability.PUBLISH, design.organisation),
        "can_award": may(request.user, Capability.PREPARE_AWARDS, design.organisation),
        "recognition": labels.recognition_sentences(newest.read().recognition) if newest else None,
    }
    return render(request, "studio/versions.html", values)


@login_required
def compare(request: HttpRequest, micro_credential_id: UUID) -> HttpResponse:
    """What changed between any two versions: by default, the last two."""
    design = micro_credential_or_404(request, micro_credential_id)
    versions = versions_of(design)
    by_number = {str(version.number): version for version in versions}
    newer = by_number.get(request.GET.get("vers", ""), versions[0])
    before = [version for version in versions if version.number < newer.number]
    older = by_number.get(request.GET.get("de", ""), before[0] if before else newer)
    values = {
        "design": design,
        "versions": versions,
        "older": older,
        "newer": newer,
        "lines": change_lines(older, newer),
        "content": newer.read(),
    }
    return render(request, "studio/compare.html", values)


def change_lines(older: Specification, newer: Specification) -> list[ChangeLine]:
    """What is different in *newer*, ready to be shown."""
    return lines_between(older.read(), newer.read())


def lines_between(old: SpecificationContent, new: SpecificationContent) -> list[ChangeLine]:
    """What is different in *new*, ready to be shown."""
    return [_line(change) for change in changes(old, new)]


def _line(change: Change) -> ChangeLine:
    old, new = (_said(change.field, value) for value in (change.old, change.new))
    name = labels.field_name(change.field)
    note = ""
    match change.kind:
        case Kind.OUTCOME_ADDED:
            name = _("Acquis %(number)d, ajouté") % {"number": change.new_position}
        case Kind.OUTCOME_REMOVED:
            name = _("Acquis %(number)d, retiré") % {"number": change.old_position}
        case Kind.OUTCOME_REWORDED:
            name = _("Acquis reformulé")
        case Kind.OUTCOME_MOVED:
            name = _("Acquis déplacé")
            facts = {"old": change.old_position, "new": change.new_position}
            note = _("de la place %(old)d à la place %(new)d") % facts
        case _:
            pass
    if change.language not in {"", "fr"}:
        name = f"{name} ({labels.language_name(change.language)})"
    is_text = bool(change.language) and bool(old) and bool(new)
    return ChangeLine(name, old, new, pieces(old, new) if is_text else [], note, change.language)


def _said(field: str, value: str) -> str:
    is_number = SHAPES.get(field) is Shape.NUMBER
    return measured(field, value) if value and is_number else labels.value_words(field, value)


@login_required
@require_POST
def start(request: HttpRequest, micro_credential_id: UUID) -> HttpResponse:
    """Begin the next version, or go to the one that is open."""
    design = micro_credential_or_404(request, micro_credential_id)
    draft = actions.start_new_version(micro_credential=design, by=member(request))
    return redirect("studio:dossier", draft.id)


@login_required
@require_POST
def offer(request: HttpRequest, micro_credential_id: UUID) -> HttpResponse:
    """Take a micro-certification out of the catalogue, or put it back."""
    design = micro_credential_or_404(request, micro_credential_id)
    if request.POST.get("do") == "withdraw":
        actions.withdraw_micro_credential(micro_credential=design, by=member(request))
        messages.success(request, _("Elle n'est plus proposée. Les attestations délivrées restent valables."))
    else:
        actions.offer_again(micro_credential=design, by=member(request))
        messages.success(request, _("Elle est de nouveau proposée au catalogue."))
    return redirect("studio:micro_credential", design.id)
