"""A draft, one section at a time, saved field by field."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jalon.design import actions, labels
from jalon.design.actions import SaveResult, SaveState
from jalon.design.errors import UnknownFieldError
from jalon.design.models import Specification
from jalon.design.permissions import can_publish, can_write
from jalon.design.queries import assurance_suggestions, completion_of, gaps_of, newer_sources, versions_of
from jalon.design.rules.advice import advice
from jalon.design.rules.completeness import Gap
from jalon.design.rules.fields import languages_of, value_of
from jalon.design.rules.values import LANGUAGE
from jalon.foundation import clock
from jalon.foundation.texts import french
from jalon.people.permissions import require
from jalon.people.rules import Capability
from jalon.web.studio import choices, posted
from jalon.web.studio.access import member, specification_or_404
from jalon.web.studio.cells import Drawing
from jalon.web.studio.sections import BY_SLUG, SECTIONS, Section, State, anchor, entries, section_of
from jalon.web.studio.wording import hour


@login_required
def open_dossier(request: HttpRequest, specification_id: UUID) -> HttpResponse:
    """Where to go on: the first section that is not ready, or the reading for whoever may not write."""
    specification = specification_or_404(request, specification_id)
    if not can_write(request.user, specification):
        return redirect("studio:reading", specification.id)
    contents = entries(specification.read(), gaps_of(specification))
    unfinished = (e for e in contents if e.state in {State.TO_DO, State.BEGUN})
    first = next(unfinished, contents[0])
    return redirect("studio:section", specification.id, first.section.slug)


@login_required
def section(request: HttpRequest, specification_id: UUID, slug: str) -> HttpResponse:
    """One section: shown, or saved whole by its one button."""
    specification = specification_or_404(request, specification_id)
    shown = BY_SLUG.get(slug)
    if shown is None:
        raise Http404("no such section")
    if request.method == "POST":
        return _save_section(request, specification, shown)
    if not can_write(request.user, specification):
        return redirect("studio:reading", specification.id)
    return _draw(request, specification, shown)


def _draw(
    request: HttpRequest, specification: Specification, shown: Section, *, status: int = 200
) -> HttpResponse:
    content = specification.read()
    found = gaps_of(specification)
    written = languages_of(content)
    added = request.GET.get("langue", "")
    if LANGUAGE.fullmatch(added) and added not in written:
        written.append(added)
    drawing = Drawing(specification, found, written)
    cells = drawing.cells(shown)
    outcomes = drawing.outcomes() if "learning_outcomes" in shown.fields else None
    of_outcomes = [each for o in outcomes or [] for each in (*o.statements, o.alignments)]
    suggestions = []
    if "quality_assurance" in shown.fields:
        held = value_of(content, "quality_assurance")
        organisation = specification.micro_credential.organisation
        offered = assurance_suggestions(organisation, clock.today())
        suggestions = [row for row in offered if not any(row["name"] == h.get("name") for h in held)]
    values = {
        **frame(request, specification, found, current=shown),
        "section": shown,
        "cells": cells,
        "outcomes": outcomes,
        "orphans": drawing.orphans() if "learning_outcomes" in shown.fields else [],
        "list_advice": drawing.list_advice("learning_outcomes"),
        "suggestions": [row["name"]["fr"] for row in suggestions if isinstance(row["name"], dict)],
        "recognition": labels.recognition_sentences(content.recognition)
        if "recognition.status" in shown.fields and content.recognition.status
        else None,
        "new_languages": choices.writing_languages(written),
        "has_texts": any(cell.language for cell in cells) or "learning_outcomes" in shown.fields,
        "frameworks": choices.FRAMEWORKS,
        "fresh": request.GET.get("nouveau", ""),
        "troubled": [cell for cell in (*cells, *of_outcomes) if cell.problem or cell.asides],
        "next": SECTIONS[shown.number] if shown.number < len(SECTIONS) else None,
    }
    return render(request, "studio/section.html", values, status=status)


def frame(
    request: HttpRequest,
    specification: Specification,
    found: Sequence[Gap],
    *,
    current: Section | None = None,
) -> dict[str, Any]:
    """What surrounds every page of a draft: contents, completeness, what is missing, versions."""
    content = specification.read()
    contents = entries(content, found)
    ready = sum(entry.state in {State.READY, State.OPTIONAL} for entry in contents)
    return {
        "specification": specification,
        "design": specification.micro_credential,
        "content": content,
        "entries": contents,
        "current": current,
        "ready": ready,
        "percent": completion_of(specification),
        "missing": [_lack(specification, gap) for gap in found if gap.mandatory],
        "optional": [_lack(specification, gap) for gap in found if not gap.mandatory],
        "versions": versions_of(specification.micro_credential),
        "newer_source": newer_sources([specification.micro_credential]).get(
            specification.micro_credential_id
        ),
        "can_publish": can_publish(request.user, specification),
        "can_write_here": can_write(request.user, specification),
    }


def _lack(specification: Specification, gap: Gap) -> dict[str, str]:
    """A gap as a line: its sentence, and the address of the field that mends it."""
    target = section_of(gap.field)
    url = ""
    if target is not None:
        field = gap.field
        if any(
            field == name for name in ("title", "description", "level.none_reason", "assessment.description")
        ):
            field = f"{field}.fr"
        url = f"{reverse('studio:section', args=[specification.id, target.slug])}#{anchor(field)}"
    return {
        "sentence": labels.gap_sentence(gap),
        "name": labels.element_name(gap.element),
        "url": url,
        "section": str(target.title) if target else "",
    }


def _save_section(request: HttpRequest, specification: Specification, shown: Section) -> HttpResponse:
    by = member(request)
    require(by, Capability.DESIGN, specification.micro_credential.organisation)
    do, _colon, target = request.POST.get("do", "").partition(":")
    results = _save_all(request.POST, specification, by, dropped=target if do == "drop" else "")
    specification = specification_or_404(request, specification.id)
    address = reverse("studio:section", args=[specification.id, shown.slug])
    after = _do(request, specification, do, target)
    if after is None and any(r.state in {SaveState.UNREADABLE, SaveState.CONFLICT} for r in results):
        specification = specification_or_404(request, specification.id)
        conflict = any(r.state is SaveState.CONFLICT for r in results)
        return _draw(request, specification, shown, status=409 if conflict else 422)
    if after is None and do == "next" and shown.number < len(SECTIONS):
        return redirect("studio:section", specification.id, SECTIONS[shown.number].slug)
    if after is None:
        messages.success(request, _("Gardé à %(hour)s.") % {"hour": hour(clock.now())})
    return redirect(address + (after or ""))


def _save_all(data: QueryDict, specification: Specification, by: Any, *, dropped: str) -> list[SaveResult]:
    field_of_row, _sign, index = dropped.rpartition("|")
    results: list[SaveResult] = []
    for field in posted.fields_in(data):
        without = int(index) if field == field_of_row and index.isdigit() else None
        try:
            results.append(
                actions.save_field(
                    specification=specification,
                    field=field,
                    value=posted.value(data, field, without_row=without),
                    seen=posted.seen(data, field),
                    by=by,
                )
            )
        except UnknownFieldError:
            # A name that no page of ours ever sent: there is nothing of a person in it.
            continue
    return results


def _do(request: HttpRequest, specification: Specification, do: str, target: str) -> str | None:
    """
    The gesture that came with the form, after everything typed was saved.

    Returns:
        What to add to the address of the section, or None when there was no gesture.
    """
    by = member(request)
    match do:
        case "add":
            outcome_id = actions.add_outcome(specification=specification, by=by)
            # No fragment: with one, browsers leave autofocus alone.
            return f"?nouveau={outcome_id}"
        case "up" | "down":
            ids = [o.id for o in specification.read().learning_outcomes]
            if target in ids:
                place = ids.index(target) + 1 + (-1 if do == "up" else 1)
                actions.move_outcome(specification=specification, outcome_id=target, to=place, by=by)
            return f"#{anchor(f'learning_outcomes.{target}.statement.fr')}"
        case "remove":
            if target in {o.id for o in specification.read().learning_outcomes}:
                actions.remove_outcome(specification=specification, outcome_id=target, by=by)
            return "#f-learning-outcomes"
        case "drop" | "row":
            return f"#{anchor(target.rpartition('|')[0] or target)}"
        case "take" | "leave":
            return _choose(specification, do, target, by)
        case "language":
            wanted = request.POST.get("new_language", "")
            return f"?langue={wanted}" if LANGUAGE.fullmatch(wanted) else ""
        case "suggest":
            return _suggest(specification, target, by)
        case _:
            return None


def _choose(specification: Specification, do: str, target: str, by: Any) -> str:
    try:
        set_aside_id = UUID(target)
    except ValueError:
        return ""
    kept = specification.set_aside.filter(id=set_aside_id).first()
    if kept is None:
        return ""
    if do == "take":
        actions.take_set_aside(specification=specification, set_aside_id=kept.id, by=by)
    else:
        actions.drop_set_aside(specification=specification, set_aside_id=kept.id, by=by)
    return f"#{anchor(kept.field)}"


def _suggest(specification: Specification, name: str, by: Any) -> str:
    held = value_of(specification.read(), "quality_assurance")
    offered = assurance_suggestions(specification.micro_credential.organisation, clock.today())
    row = next((row for row in offered if row["name"] == {"fr": name}), None)
    if row is not None:
        actions.save_field(
            specification=specification, field="quality_assurance", value=[*held, row], seen=held, by=by
        )
    return "#f-quality-assurance"


@login_required
@require_POST
def save(request: HttpRequest, specification_id: UUID) -> HttpResponse:
    """
    Save one field for the script of the page.

    Answers ``{"state": "saved", "seen": "…", "message": "Gardé à 9 h 38", "advice": ["…"], "percent":
    70}``; the status is 200 whenever the text is in safe hands, 422 included as a state.
    """
    specification = specification_or_404(request, specification_id)
    by = member(request)
    field = request.POST.get("field", "")
    result = actions.save_field(
        specification=specification,
        field=field,
        value=posted.value(request.POST, field),
        seen=posted.seen(request.POST, field),
        by=by,
    )
    specification = specification_or_404(request, specification.id)
    content = specification.read()
    return JsonResponse(
        {
            "state": result.state.value,
            "seen": json.dumps(result.value, ensure_ascii=False, separators=(",", ":")),
            "message": french(_message(result)),
            "problem": french(labels.problem_sentence(result.problem)) if result.problem else "",
            "advice": [french(labels.advice_sentence(a)) for a in advice(content) if a.field == field],
            "percent": completion_of(specification),
        }
    )


def _message(result: SaveResult) -> str:
    match result.state:
        case SaveState.CONFLICT:
            return _(
                "Quelqu'un a changé ce champ entre-temps. Votre texte est gardé à part : "
                "rechargez pour choisir."
            )
        case SaveState.UNREADABLE:
            return _("Gardé tel quel à %(hour)s, à corriger.") % {"hour": hour(result.at)}
        case _:
            return _("Gardé à %(hour)s") % {"hour": hour(result.at)}
