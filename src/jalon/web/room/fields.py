"""One field of the text: what it says, what is proposed, what is said about it, and writing there oneself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from jalon.design import actions, labels
from jalon.design.errors import DesignError, InvalidContentError
from jalon.design.models import Proposal, Specification
from jalon.design.queries import accepted_proposals, askers, conversation_about, text_of
from jalon.design.rules import fields as rules
from jalon.design.rules import rooms
from jalon.design.rules.completeness import Gap
from jalon.design.rules.rooms import OUTCOMES, ProposalKind, RoomAct
from jalon.foundation.errors import NotAllowedError
from jalon.web.room.access import Visit, in_room
from jalon.web.room.cards import card
from jalon.web.room.lines import WHOLE, is_there, language_of, words_of
from jalon.web.studio import choices, posted
from jalon.web.studio.askers import asked, name_of
from jalon.web.studio.cells import Cell, Drawing


class Sheet(Drawing):
    """
    Draws the one field that somebody may propose a value for, holding what they typed where there is any.

    What the studio keeps aside and tells of gaps is between its writers: it is not shown here.
    """

    def __init__(
        self, version: Specification, languages: Sequence[str], *, typed: Mapping[str, Any], problem: str = ""
    ) -> None:
        super().__init__(version, list[Gap](), languages)
        self._typed, self._problem = typed, problem

    def _take_unreadable(self, cell: Cell) -> Any:
        if cell.field not in self._typed:
            return None
        value = self._typed[cell.field]
        cell.problem = self._problem
        if isinstance(value, str):
            cell.value = value
        return value

    def _take_asides(self, cell: Cell) -> None:
        return None


def field_named(name: str) -> str:
    """The field that an address names."""
    return "" if name == WHOLE else name


@in_room()
def show(request: HttpRequest, here: Visit, name: str) -> HttpResponse:
    """A field: shown, or written about."""
    field = field_named(name)
    if request.method == "POST":
        return _posted(request, here, field)
    return page(request, here, field)


def page(
    request: HttpRequest,
    here: Visit,
    field: str,
    *,
    status: int = 200,
    error: str = "",
    problem: str = "",
    typed: Mapping[str, Any] | None = None,
    kept: Mapping[str, str] | None = None,
) -> HttpResponse:
    """
    The page of *field*.

    Args:
        typed: Values of the field as they were typed, to go on from.
        kept: Other texts that were typed, by the name of their control.
    """
    version = text_of(here.room)
    if version is None or "\x00" in field:  # PostgreSQL takes none in a text
        raise Http404("nothing is written in this room, or not under such a name")
    content = version.read()
    there = is_there(field, content)
    told = conversation_about(here.room, field)
    if not there and not told.proposals and not told.threads:
        raise Http404("no such field, and nothing was said about it")
    cards = [card(each, content, here) for each in told.proposals]
    about = askers(accepted_proposals(here.room.micro_credential))
    decided = [each for each in reversed(cards) if not each.proposal.is_open]
    resolved = [each for each in told.threads if each.is_resolved]
    mine = about.get(rules.outcome_of(field) or field, [])
    values = {
        **frame(here),
        "field": field,
        "address": field or WHOLE,
        "name": name_of(field, content),
        "words": words_of(field, content),
        "language": language_of(field),
        "there": there,
        "cell": _cell(version, field, here, typed or {}, problem) if there else None,
        "outcomes": field == OUTCOMES,
        "may_remove": there and here.proposes and field.endswith(".statement.fr") and rules.outcome_of(field),
        "open_cards": [each for each in cards if each.proposal.is_open],
        "decided_cards": decided,
        "threads": [each for each in told.threads if not each.is_resolved],
        "resolved": resolved,
        "done": len(decided) + len(resolved),
        "tab": "field",
        "asked": [asked(each, content) for each in mine],
        "error": error,
        "kept": kept or {},
        "frameworks": choices.FRAMEWORKS,
        # As texts: a template writes the number 1000 with a space in it, and a browser then takes one sign.
        "limits": {"comment": str(rooms.COMMENT), "reason": str(rooms.REASON)},
        # Made anew at each drawing, so that the same form sent twice is taken in once.
        "ids": {"proposal": uuid4(), "comment": uuid4(), "remove": uuid4(), "answer": uuid4()},
    }
    return render(request, "room/field.html", values, status=status)


def frame(here: Visit) -> dict[str, Any]:
    """What surrounds every page of a room."""
    version = text_of(here.room)
    link = here.who.link
    return {
        "here": here,
        "room": here.room,
        "design": here.room.micro_credential,
        "specification": version,
        "content": version.read() if version else None,
        "role": labels.role_name(link.role) if link else "",
    }


def _cell(
    version: Specification, field: str, here: Visit, typed: Mapping[str, Any], problem: str
) -> Cell | None:
    if not here.proposes or field in ("", OUTCOMES):
        return None
    languages = rules.languages_of(version.read())
    cell = Sheet(version, languages, typed=typed, problem=problem).cell(field)
    cell.missing, cell.advice, cell.remarks = False, [], []
    return cell


def client_id(request: HttpRequest) -> UUID | None:
    """The identifier that the page gave to what it sends; None where somebody mended it."""
    with suppress(ValueError):
        return UUID(request.POST.get("client_id", ""))
    return None


def _posted(request: HttpRequest, here: Visit, field: str) -> HttpResponse:
    do, _colon, target = request.POST.get("do", "").partition(":")
    kept = {key: request.POST.get(key, "") for key in ("reason", "text", "statement", "tag")}
    typed: dict[str, Any] = {}
    try:
        match do:
            case "comment":
                actions.comment(
                    room=here.room,
                    field=field,
                    text=kept["text"],
                    by=here.speaker,
                    client_id=client_id(request),
                )
                said = _("Votre avis est gardé, les autres le lisent.")
            case "add" | "add_now":
                said = _proposed(request, here, ProposalKind.ADD_OUTCOME, field, {"fr": kept["statement"]})
            case "remove" | "remove_now":
                outcome = f"{OUTCOMES}.{rules.outcome_of(field)}"
                said = _proposed(request, here, ProposalKind.REMOVE_OUTCOME, outcome, {})
            case "propose" | "propose_now" | "row" | "drop":
                require_proposing(here)
                typed[field] = posted.value(request.POST, field, without_row=_row(do, target))
                if do in {"row", "drop"}:
                    return page(request, here, field, typed=typed, kept=kept)
                said = _proposed(request, here, ProposalKind.CHANGE, field, typed[field])
            case _:
                return page(request, here, field, status=422, kept=kept)
    except InvalidContentError as refused:
        problem = labels.problem_sentence(refused.problems[0])
        if do.startswith("add"):
            return page(request, here, field, status=422, error=problem, kept=kept)
        return page(request, here, field, status=422, error=problem, problem=problem, typed=typed, kept=kept)
    except DesignError as refused:
        sentence = labels.refusal_sentence(refused)
        return page(request, here, field, status=422, error=sentence, typed=typed, kept=kept)
    messages.success(request, said)
    return redirect("room:field", here.room.id, field or WHOLE)


def require_proposing(here: Visit) -> None:
    """
    Raises:
        NotAllowedError: This person reads and comments only.
    """
    if not here.proposes:
        raise NotAllowedError("expected somebody who may propose", capability=RoomAct.PROPOSE.value)


def _row(do: str, target: str) -> int | None:
    index = target.rpartition("|")[2]
    return int(index) if do == "drop" and index.isascii() and index.isdigit() else None


def _proposed(request: HttpRequest, here: Visit, kind: ProposalKind, field: str, value: Any) -> str:
    """Propose, or write at once where an author asked for that; what is told of it."""
    now = request.POST.get("do", "").endswith("_now")
    act = actions.write_in_room if now else actions.propose
    made: Proposal = act(
        room=here.room,
        kind=kind,
        field=field,
        value=value,
        seen=posted.seen(request.POST, field) if kind is ProposalKind.CHANGE else None,
        reason=request.POST.get("reason", ""),
        by=here.speaker,
        client_id=client_id(request),
    )
    if not now:
        return _("Votre proposition est gardée. Le texte ne change pas tant qu'elle n'est pas acceptée.")
    if made.is_open:
        return _("Le texte avait changé entre-temps : votre texte est gardé comme proposition, à comparer.")
    if kind is ProposalKind.REMOVE_OUTCOME:
        return _("C'est retiré du texte, à votre nom. Ce qui s'en est dit est gardé ici.")
    return _("C'est dans le texte, à votre nom.")
