"""Stating a need with or without an account, and the private page where it is followed."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jalon.foundation import clock
from jalon.people.models import User
from jalon.territory import actions, labels
from jalon.territory.connectors import micro_credentials
from jalon.territory.errors import InvalidNeedError, NeedStateError, TooManyNeedsError
from jalon.territory.models import Need
from jalon.territory.queries import design_links_of, steps_of
from jalon.territory.rules.need_states import (
    CORRECTABLE_STATES,
    WITHDRAWABLE_STATES,
    NeedState,
    StepKind,
)
from jalon.territory.rules.needs import keep_until
from jalon.verification.errors import TooManyTriesError
from jalon.web.needs.access import (
    STATEMENTS,
    VOUCHED_STATEMENTS,
    followed_or_404,
    organisations_speaking,
)
from jalon.web.needs.forms import AskerForm, NeedForm, show_faults
from jalon.web.verify.privacy import about_one_person


@require_http_methods(["GET", "HEAD", "POST"])
def state(request: HttpRequest) -> HttpResponse:
    """The form, and what was typed in it."""
    organisations = organisations_speaking(request)
    months: int = settings.NEED_KEEP_MONTHS
    if request.method != "POST":
        # «Rien sur pierre sèche» in the catalogue leads here with the words that were looked for.
        given = {"skill": request.GET.get("q", "")[:200], "place": request.GET.get("commune", "")[:120]}
        first = {"organisation": str(organisations[0].id) if organisations else ""}
        if isinstance(request.user, User) and not organisations:
            # They may empty it, and nothing is kept unless they agree.
            first["email"] = request.user.email
        asker = AskerForm(organisations=organisations, months=months, initial=first)
        return _form(request, NeedForm(initial=given), asker)
    need, asker = NeedForm(request.POST), AskerForm(request.POST, organisations=organisations, months=months)
    if not all([need.is_valid(), asker.is_valid()]):
        return _form(request, need, asker, status=422)
    return _taken(request, need, asker, months)


def _taken(request: HttpRequest, need: NeedForm, asker: AskerForm, months: int) -> HttpResponse:
    if asker.looks_automatic:
        return _seemed_automatic(request, need, asker)
    user = request.user if isinstance(request.user, User) else None
    limit = STATEMENTS if asker.chosen is None else VOUCHED_STATEMENTS
    try:
        limit.check(request)
        stated = actions.state_need(
            facts=need.facts(),
            asker=None if asker.chosen else asker.asker(),
            organisation=asker.chosen,
            by=user if asker.chosen else None,
            language=get_language() or "",
            keep_months=months,
        )
    except InvalidNeedError as error:
        show_faults(error.faults, need, asker)
        return _form(request, need, asker, status=422)
    except TooManyTriesError as error:
        need.add_error(None, labels.sentence(TooManyNeedsError.code, error.facts))
        response = _form(request, need, asker, status=429)
        response.headers["Retry-After"] = str(60 * int(error.facts["minutes"]))
        return response
    limit.count(request)
    return redirect(f"{reverse('needs:follow', args=[stated.follow_token])}?recu=1")


def _seemed_automatic(request: HttpRequest, need: NeedForm, asker: AskerForm) -> HttpResponse:
    """A browser may have filled the hidden field for a person: nothing typed is lost, it is emptied."""
    data = request.POST.copy()
    data["website"] = ""
    emptied = AskerForm(
        data, organisations=list(asker.organisations.values()), months=settings.NEED_KEEP_MONTHS
    )
    need.add_error(
        None,
        _(
            "Un champ caché a été rempli, comme le font les robots. "
            "Si vous êtes une personne, envoyez de nouveau : rien n'est perdu."
        ),
    )
    return _form(request, need, emptied, status=422)


def _form(request: HttpRequest, need: NeedForm, asker: AskerForm, *, status: int = 200) -> HttpResponse:
    values = {
        "form": need,
        "asker": asker,
        "until": keep_until(clock.today(), settings.NEED_KEEP_MONTHS),
        "bad": status != 200,
    }
    return render(request, "needs/state.html", values, status=status)


@require_http_methods(["GET", "HEAD"])
@about_one_person
def follow(request: HttpRequest, token: str) -> HttpResponse:
    """Where the need stands, for whoever holds its link."""
    need = followed_or_404(token)
    return render(request, "needs/follow.html", _followed(request, need))


def _followed(request: HttpRequest, need: Need) -> dict[str, object]:
    state = NeedState(need.state)
    answers = micro_credentials().facts([link.micro_credential_id for link in design_links_of(need)])
    return {
        "need": need,
        "state": state.value,
        "state_name": labels.STATES[state],
        "state_help": labels.STATE_HELP[state],
        "steps": [(labels.STEPS[StepKind(step.kind)], step) for step in steps_of(need)],
        "answers": [facts for facts in answers.values() if facts.is_offered],
        "in_design": [facts for facts in answers.values() if not facts.is_published],
        "is_new": "recu" in request.GET,
        "link": f"{settings.PUBLIC_URL}{reverse('needs:follow', args=[need.follow_token])}",
        "can_correct": state in CORRECTABLE_STATES,
        "can_withdraw": state in WITHDRAWABLE_STATES,
        "constraints": [
            labels.CONSTRAINTS[c] for c in labels.CONSTRAINTS if c.value in need.constraints_ticked
        ],
    }


@require_http_methods(["GET", "HEAD", "POST"])
@about_one_person
def correct(request: HttpRequest, token: str) -> HttpResponse:
    """Correct what a need says."""
    need = followed_or_404(token)
    if NeedState(need.state) not in CORRECTABLE_STATES:
        raise NeedStateError(state=need.state)
    if request.method != "POST":
        return _correction(request, need, NeedForm(initial=NeedForm.values_of(need)))
    form = NeedForm(request.POST)
    if form.is_valid():
        try:
            kept = actions.correct_need(need=need, facts=form.facts())
        except InvalidNeedError as error:
            show_faults(error.faults, form)
        else:
            if kept.state == NeedState.WAITING:
                messages.success(
                    request, _("Votre correction est gardée. Elle sera relue avant d'être publiée.")
                )
            else:
                messages.success(request, _("Votre correction est gardée."))
            return redirect("needs:follow", token)
    return _correction(request, need, form, status=422)


def _correction(request: HttpRequest, need: Need, form: Form, *, status: int = 200) -> HttpResponse:
    return render(request, "needs/correct.html", {"need": need, "form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@about_one_person
def withdraw(request: HttpRequest, token: str) -> HttpResponse:
    """Ask once, then take the need back and erase who asked."""
    need = followed_or_404(token)
    if request.method != "POST":
        if NeedState(need.state) not in WITHDRAWABLE_STATES:
            return redirect("needs:follow", token)
        return render(request, "needs/withdraw.html", {"need": need})
    actions.withdraw_need(need=need)
    messages.success(request, _("Besoin retiré. Votre nom et votre adresse sont effacés."))
    return redirect("needs:follow", token)
