"""A draft side by side in two languages: what is said, and beside it the same in another one."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from jalon.design import actions, labels
from jalon.design.actions import SaveState
from jalon.design.models import Specification
from jalon.design.permissions import can_write
from jalon.design.queries import gaps_of
from jalon.design.rules.content import SpecificationContent
from jalon.design.rules.fields import TEXTS, languages_of, value_of
from jalon.design.rules.values import LANGUAGE
from jalon.people.permissions import require
from jalon.people.rules import Capability
from jalon.web.studio import choices
from jalon.web.studio.access import member, specification_or_404
from jalon.web.studio.dossier import frame

# The lists whose rows hold a text, and under which name.
_ROWS = {"criteria": "statement", "modules": "title", "quality_assurance": "name"}


@dataclass
class Pair:
    """
    One text in both languages.

    Attributes:
        name: Of the control: ``"title.en"``, or ``"criteria|2"`` for a text inside a list.
        problem: Why what was typed was not taken in; then `target` is what was typed.
    """

    name: str
    label: str
    source: str
    target: str
    problem: str = ""

    @property
    def rows(self) -> int:
        """Lines for its box, so that what is there is seen whole in a narrow column."""
        return min(16, max(len(words) // 20 + words.count("\n") + 1 for words in (self.source, self.target)))


@login_required
def translate(request: HttpRequest, specification_id: UUID) -> HttpResponse:
    """Choose the two languages, read, write."""
    specification = specification_or_404(request, specification_id)
    if not can_write(request.user, specification):
        return redirect("studio:reading", specification.id)
    content = specification.read()
    written = languages_of(content)
    source = _language(request.GET.get("de", ""), written[0])
    target = _language(request.GET.get("vers", ""), next((t for t in written if t != source), "en"))
    if target == source:
        target = "en" if source != "en" else "fr"
    pairs = list(_pairs(content, source, target))
    status = 200
    if request.method == "POST":
        require(member(request), Capability.DESIGN, specification.micro_credential.organisation)
        status = _save(request, specification, pairs, target)
        if status == 200:
            messages.success(request, _("Gardé."))
            page = reverse("studio:translate", args=[specification.id])
            return redirect(f"{page}?de={source}&vers={target}")
    values = {
        **frame(request, specification, gaps_of(specification)),
        "pairs": pairs,
        "source": source,
        "target": target,
        "source_name": labels.language_name(source),
        "target_name": labels.language_name(target),
        "done": sum(bool(pair.target) for pair in pairs),
        "written": [(tag, labels.language_name(tag)) for tag in written],
        "languages": choices.writing_languages([source]),
        "seen": _seen(content, pairs),
    }
    return render(request, "studio/translate.html", values, status=status)


def _language(asked: str, otherwise: str) -> str:
    return asked if LANGUAGE.fullmatch(asked) else otherwise


def _pairs(content: SpecificationContent, source: str, target: str) -> Iterator[Pair]:
    for name in _text_fields(content):
        said = value_of(content, f"{name}.{source}")
        if said:
            label = labels.field_name(f"{name}.fr", content)
            yield Pair(f"{name}.{target}", label, said, value_of(content, f"{name}.{target}"))
    for field, column in _ROWS.items():
        for number, row in enumerate(value_of(content, field)):
            texts = row.get(column, {})
            if texts.get(source):
                label = f"{labels.field_name(field)} {number + 1}"
                yield Pair(f"{field}|{number}", label, texts[source], texts.get(target, ""))


def _text_fields(content: SpecificationContent) -> Iterator[str]:
    for name in TEXTS:
        yield name
        if name == "description":
            yield from (f"learning_outcomes.{o.id}.statement" for o in content.learning_outcomes)


def _seen(content: SpecificationContent, pairs: list[Pair]) -> list[tuple[str, str]]:
    """What each field said when the page was drawn, in JSON: nobody's text is overwritten unseen."""
    names = dict.fromkeys(pair.name.partition("|")[0] for pair in pairs)
    return [(name, json.dumps(value_of(content, name), ensure_ascii=False)) for name in names]


def _save(request: HttpRequest, specification: Specification, pairs: list[Pair], target: str) -> int:
    """Save each text typed; the status: 409 where somebody else wrote meanwhile, 422 for what is no text."""
    status = 200
    for field, value, touched in _changed(request.POST, specification.read(), pairs, target):
        result = actions.save_field(
            specification=specification,
            field=field,
            value=value,
            seen=_was(request.POST, field),
            by=member(request),
        )
        if result.state is SaveState.CONFLICT:
            status = 409
            for pair in touched:
                pair.problem = _(
                    "Quelqu'un a changé ce champ entre-temps. Votre texte est gardé à part, dans sa rubrique."
                )
        elif result.state is SaveState.UNREADABLE and result.problem:
            status = max(status, 422, key=(200, 422, 409).index)
            for pair in touched:
                pair.problem = labels.problem_sentence(result.problem)
    return status


def _changed(
    data: QueryDict, content: SpecificationContent, pairs: list[Pair], target: str
) -> Iterator[tuple[str, Any, list[Pair]]]:
    """Field, new value, and the pairs that it holds, for each field in which something was typed."""
    rows: dict[str, list[Any]] = {}
    touched: dict[str, list[Pair]] = {}
    for pair in pairs:
        typed = data.get(pair.name)
        if typed is None or typed.strip() == pair.target.strip():
            continue
        pair.target = typed
        field, bar, number = pair.name.partition("|")
        if not bar:
            yield field, typed, [pair]
            continue
        held = rows.setdefault(field, copy.deepcopy(value_of(content, field)))
        held[int(number)].setdefault(_ROWS[field], {})[target] = typed
        touched.setdefault(field, []).append(pair)
    for field, held in rows.items():
        yield field, held, touched[field]


def _was(data: QueryDict, field: str) -> Any:
    try:
        return json.loads(data.get(f"seen:{field}", ""))
    except ValueError:
        return ""
