"""Decide of a proposal, answer in a thread, resolve it and open it again."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jalon.design import actions, labels
from jalon.design.errors import DesignError
from jalon.design.models import Comment, Proposal
from jalon.web.room.access import Visit, in_room
from jalon.web.room.fields import client_id, page
from jalon.web.room.lines import WHOLE
from jalon.web.studio.askers import page_of


@require_POST
@in_room()
def decide(request: HttpRequest, here: Visit, proposal_id: UUID) -> HttpResponse:
    """Accept, refuse or take back one proposal."""
    proposal = Proposal.objects.filter(room=here.room, id=proposal_id).first()
    if proposal is None:
        raise Http404("no such proposal in this room")
    field = page_of(proposal.field)
    reason = request.POST.get("decision_reason", "")
    try:
        match request.POST.get("do", ""):
            case "accept" | "accept_anyway" as do:
                actions.accept_proposal(
                    proposal=proposal,
                    seen=_seen(request),
                    by=here.speaker,
                    in_place_of_now=do == "accept_anyway",
                )
                said = _("C'est dans le texte, au nom de %(author)s.") % {"author": proposal.author_name}
            case "refuse":
                actions.refuse_proposal(proposal=proposal, reason=reason, by=here.speaker)
                said = _("La proposition n'est pas retenue ; %(author)s lira pourquoi.")
                said = said % {"author": proposal.author_name}
            case "withdraw":
                actions.withdraw_proposal(proposal=proposal, by=here.speaker)
                said = _("Votre proposition est retirée.")
            case _:
                return page(request, here, field, status=422)
    except DesignError as refused:
        kept = {"about": str(proposal.id), "decision_reason": reason}
        return page(request, here, field, status=422, error=labels.refusal_sentence(refused), kept=kept)
    messages.success(request, said)
    return redirect("room:field", here.room.id, field)


def _seen(request: HttpRequest) -> Any:
    """What the field said on the page of whoever decides; where it cannot be read, what matches nothing."""
    try:
        return json.loads(request.POST.get("seen", ""))
    except ValueError:
        return {"unreadable": True}


@require_POST
@in_room()
def thread(request: HttpRequest, here: Visit, comment_id: UUID) -> HttpResponse:
    """Answer in a thread, resolve it, open it again."""
    began = Comment.objects.filter(room=here.room, id=comment_id, parent__isnull=True).first()
    if began is None:
        raise Http404("no such thread in this room")
    text = request.POST.get("text", "")
    try:
        match request.POST.get("do", ""):
            case "resolve" | "reopen" as do:
                actions.resolve_thread(thread=began, by=here.speaker, resolved=do == "resolve")
                said = _("Le fil est clos.") if do == "resolve" else _("Le fil est rouvert.")
            case _:
                actions.comment(
                    room=here.room,
                    field=began.field,
                    text=text,
                    by=here.speaker,
                    answers=began,
                    client_id=client_id(request),
                )
                said = _("Votre réponse est gardée, les autres la lisent.")
    except DesignError as refused:
        kept = {"about": str(began.id), "answer": text}
        return page(request, here, began.field, status=422, error=labels.refusal_sentence(refused), kept=kept)
    messages.success(request, said)
    return redirect("room:field", here.room.id, began.field or WHOLE)
