"""Who must sign off, rounds with a date, and what every organisation answered about which text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jalon.design import actions, labels
from jalon.design.errors import RoomError
from jalon.design.models import Party, Round, SignOff, digest
from jalon.design.permissions import may_use_key_of, parties_signed_for
from jalon.design.queries import PartyStanding, current_round, standings, text_of
from jalon.design.rules.changes import changes
from jalon.design.rules.rooms import RoomAct
from jalon.web.room.access import Visit, in_room
from jalon.web.room.fields import client_id, frame
from jalon.web.room.forms import RequiredForm, RoundForm, SignOffForm
from jalon.web.studio import readings
from jalon.web.studio.versions import lines_between


@dataclass(frozen=True)
class StandingLine:
    """An organisation at the table, in words."""

    standing: PartyStanding
    words: str
    answer: str

    @property
    def tone(self) -> str:
        """The colour of its chip; the words say the same."""
        return {"yes": "bon", "reservations": "bon", "no": "rouge"}.get(self.standing.standing.value, "garde")


@in_room()
def show(request: HttpRequest, here: Visit) -> HttpResponse:
    """Where the agreement is."""
    return _page(request, here)


def _page(request: HttpRequest, here: Visit, *, status: int = 200, **bound: Any) -> HttpResponse:
    version = text_of(here.room)
    if version is None:
        raise Http404("nothing is written in this room")
    content = version.read()
    found = current_round(here.room)
    signable = parties_signed_for(here.who)
    told = [
        StandingLine(
            each,
            labels.standing_name(each.standing),
            labels.answer_name(each.sign_off.answer) if each.sign_off else "",
        )
        for each in standings(here.room, digest(content))
    ]
    required = [each for each in told if each.standing.party.is_required]
    rounds = here.room.rounds.prefetch_related("sign_offs__party").all()
    values = {
        **frame(here),
        "tab": "agreement",
        "required": required,
        "others": [
            each
            for each in told
            if not each.standing.party.is_required and each.standing.sign_off is not None
        ],
        "awaited": [each for each in required if each.standing.is_awaited],
        "round": found,
        "moved": len(changes(found.read(), content)) if found else 0,
        "rounds": [
            (each, [(s, labels.answer_name(s.answer)) for s in each.sign_offs.all()]) for each in rounds
        ],
        "requirement_changes": here.room.requirement_changes.all(),
        "required_form": _required_form(here) if here.hosts else None,
        "round_form": RoundForm() if here.hosts and here.room.agreed_at else None,
        "sign_form": _sign_form(here, signable) if signable and found and found.is_open else None,
        "signable": signable,
        "client_id": uuid4(),
        **bound,
    }
    return render(request, "room/agreement.html", values, status=status)


def _required_form(here: Visit, data: Any = None) -> RequiredForm:
    return RequiredForm(
        data,
        known=list(here.room.parties.all()),
        is_agreed=here.room.agreed_at is not None,
        prefix="organismes",
    )


def _sign_form(here: Visit, parties: list[Party], data: Any = None) -> SignOffForm:
    owner = here.room.micro_credential.organisation_id
    may_sign = any(
        party.organisation_id != owner and may_use_key_of(here.who.user, party) for party in parties
    )
    return SignOffForm(
        data, parties=parties, may_sign=may_sign, initial={"name": here.who.name}, prefix="accord"
    )


@require_POST
@in_room(RoomAct.HOST)
def settle(request: HttpRequest, here: Visit) -> HttpResponse:
    """Settle who must sign off."""
    form = _required_form(here, request.POST)
    if form.is_valid():
        try:
            actions.settle_required(
                room=here.room,
                names=form.names,
                reason=form.cleaned_data.get("reason", ""),
                by=here.speaker,
            )
        except RoomError as refused:
            form.add_error("reason" if "reason" in form.fields else None, labels.refusal_sentence(refused))
        else:
            messages.success(request, _("C'est convenu, et écrit pour tous."))
            return redirect("room:agreement", here.room.id)
    return _page(request, here, status=422, required_form=form)


@require_POST
@in_room(RoomAct.HOST)
def turn(request: HttpRequest, here: Visit) -> HttpResponse:
    """Open a round about the text as it is, or close the one that is open."""
    if request.POST.get("do") == "close":
        actions.close_round(room=here.room, by=here.speaker)
        messages.success(request, _("Le tour est clos. Les réponses données restent."))
        return redirect("room:agreement", here.room.id)
    form = RoundForm(request.POST)
    if form.is_valid():
        try:
            opened = actions.open_round(
                room=here.room, closes_on=form.cleaned_data["closes_on"], by=here.speaker
            )
        except RoomError as refused:
            form.add_error("closes_on", labels.refusal_sentence(refused))
        else:
            said = _("Le tour %(number)d est ouvert : chacun répond sur ce texte-là, mot pour mot.")
            messages.success(request, said % {"number": opened.number})
            return redirect("room:agreement", here.room.id)
    return _page(request, here, status=422, round_form=form)


@require_POST
@in_room(RoomAct.SIGN)
def sign(request: HttpRequest, here: Visit) -> HttpResponse:
    """Answer for an organisation."""
    speaker = here.speaker
    parties = parties_signed_for(speaker)
    form = _sign_form(here, parties, request.POST)
    on = _round_asked(request, here)
    if form.is_valid():
        given = dict(form.cleaned_data)
        party = next(each for each in parties if str(each.id) == given.pop("party"))
        try:
            actions.sign_off(on=on, party=party, by=speaker, client_id=client_id(request), **given)
        except RoomError as refused:
            form.add_error(_place(refused), labels.refusal_sentence(refused))
        else:
            said = _("La réponse est écrite pour %(organisation)s, à votre nom et à cette date.")
            messages.success(request, said % {"organisation": party.name})
            return redirect("room:agreement", here.room.id)
    return _page(request, here, status=422, sign_form=form)


def _place(refused: RoomError) -> str | None:
    """The control that a refusal is about."""
    what = str(refused.facts.get("what", ""))
    if what in {"reservations", "objections", "comment"}:
        return "words"
    return what if what in {"name", "function"} else None


def _round_asked(request: HttpRequest, here: Visit) -> Round:
    try:
        wanted = UUID(request.POST.get("round", ""))
    except ValueError as error:
        raise Http404("no such round") from error
    found = here.room.rounds.filter(id=wanted).first()
    if found is None:
        raise Http404("no such round in this room")
    return found


@in_room()
def round_text(request: HttpRequest, here: Visit, number: int) -> HttpResponse:
    """The text of a round, as everybody answered about it, and what changed since."""
    found = here.room.rounds.filter(number=number).first()
    version = text_of(here.room)
    if found is None or version is None:
        raise Http404("no such round in this room")
    answers: list[tuple[SignOff, str]] = [
        (each, labels.answer_name(each.answer)) for each in found.sign_offs.select_related("party")
    ]
    values = {
        **frame(here),
        "round": found,
        "answers": answers,
        "lines": lines_between(found.read(), version.read()),
        "parts": readings.parts(found.read()),
    }
    return render(request, "room/round.html", values)
