"""How good a draft is: what does not agree, who already does the same, and the two checklists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from jalon.catalogue.queries import neighbours
from jalon.design import actions, labels
from jalon.design.actions.checklists import AnswerResult, stamp
from jalon.design.labels.checklists import ItemWords, checklist_name, item_words, verdict_name
from jalon.design.models import ChecklistAnswer, Specification
from jalon.design.permissions import can_write
from jalon.design.queries import answers_of, gaps_of
from jalon.design.rules.advice import advice
from jalon.design.rules.checklists import Checklist, Item, Verdict, items, lists_for
from jalon.design.rules.completeness import Gap
from jalon.design.rules.content import SpecificationContent
from jalon.people.permissions import require
from jalon.people.rules import Capability
from jalon.web.studio.access import member, specification_or_404
from jalon.web.studio.dossier import frame
from jalon.web.studio.sections import anchor, section_of


@dataclass
class Line:
    """
    One item on the page.

    Attributes:
        theirs: Words that somebody else wrote meanwhile; then `evidence` and `verdict` are what was typed.
        too_long: Signs to take away.
    """

    name: str
    item: Item
    words: ItemWords
    verdict: str
    evidence: str
    seen: str
    author: str = ""
    theirs: str = ""
    too_long: int = 0


@dataclass(frozen=True)
class Sheet:
    """One checklist on the page; `answered` of `lines` have an answer."""

    name: str
    lines: list[Line]

    @property
    def answered(self) -> int:
        return sum(bool(line.verdict) for line in self.lines)


@login_required
def quality(request: HttpRequest, specification_id: UUID) -> HttpResponse:
    """The page, and the answers given on it."""
    specification = specification_or_404(request, specification_id)
    content = specification.read()
    gaps = gaps_of(specification)
    sheets = _sheets(specification, content)
    status = 200
    if request.method == "POST":
        require(member(request), Capability.DESIGN, specification.micro_credential.organisation)
        status = _answer(request, specification, sheets)
        if status == 200:
            messages.success(request, _("Gardé."))
            return redirect("studio:quality", specification.id)
    values = {
        **frame(request, specification, gaps),
        "sheets": sheets,
        "verdicts": [(verdict.value, verdict_name(verdict)) for verdict in Verdict],
        "remarks": _remarks(specification, content, gaps),
        "neighbours": neighbours(specification),
        "can_write": can_write(request.user, specification),
        "troubled": [line for sheet in sheets for line in sheet.lines if line.theirs or line.too_long],
    }
    return render(request, "studio/quality.html", values, status=status)


def _sheets(specification: Specification, content: SpecificationContent) -> list[Sheet]:
    answers = answers_of(specification.micro_credential)
    return [
        Sheet(
            checklist_name(checklist),
            [
                _line(checklist, item, answers.get((checklist, item.code)))
                for item in items(checklist, content)
            ],
        )
        for checklist in lists_for(content)
    ]


def _line(checklist: Checklist, item: Item, answer: ChecklistAnswer | None) -> Line:
    return Line(
        name=f"{checklist.value}.{item.code}",
        item=item,
        words=item_words(item.code),
        verdict=answer.verdict if answer else "",
        evidence=answer.evidence if answer else "",
        seen=stamp(answer),
        author=str(answer.by) if answer and answer.by else "",
    )


def _answer(request: HttpRequest, specification: Specification, sheets: list[Sheet]) -> int:
    """Keep each answer that can be; the status: 200, 409 where somebody answered meanwhile, 422 too long."""
    status = 200
    for line in (line for sheet in sheets for line in sheet.lines):
        if f"{line.name}.seen" not in request.POST:
            continue
        checklist, _dot, item = line.name.partition(".")
        chosen = request.POST.get(f"{line.name}.verdict", "")
        line.verdict = chosen if chosen in set(Verdict) else ""
        line.evidence = request.POST.get(f"{line.name}.evidence", "")
        result = actions.answer_item(
            specification=specification,
            checklist=Checklist(checklist),
            item=item,
            verdict=Verdict(line.verdict) if line.verdict else None,
            evidence=line.evidence,
            seen=request.POST[f"{line.name}.seen"],
            by=member(request),
        )
        status = max(status, _told(line, result), key=(200, 422, 409).index)
    return status


def _told(line: Line, result: AnswerResult) -> int:
    line.seen = stamp(result.answer)
    if result.kept:
        return 200
    if result.too_long:
        line.too_long = result.too_long
        return 422
    if result.answer is not None:
        verdict = verdict_name(Verdict(result.answer.verdict)) if result.answer.verdict else ""
        line.author = str(result.answer.by) if result.answer.by else _("Une personne")
        line.theirs = " · ".join(filter(None, (verdict, result.answer.evidence))) or _("Rien n’est dit.")
    return 409


def _remarks(
    specification: Specification, content: SpecificationContent, gaps: Sequence[Gap]
) -> list[dict[str, str]]:
    """Every piece of advice with the way to its field; first, that outcomes are held against no criterion."""
    said = [(each.field, labels.advice_sentence(each)) for each in advice(content)]
    if content.learning_outcomes:
        said = [(gap.field, labels.gap_sentence(gap)) for gap in gaps if gap.field == "criteria"] + said
    found = []
    for field, sentence in said:
        section = section_of(field)
        url = ""
        if section is not None:
            page = reverse("studio:section", args=[specification.id, section.slug])
            url = f"{page}#{anchor(field)}"
        found.append({"name": labels.field_name(field, content), "sentence": sentence, "url": url})
    return found
