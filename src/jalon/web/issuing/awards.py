"""One award: what it is worth, how to hand it over, how to revoke or correct it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from jalon.awarding import actions, documents, labels
from jalon.awarding.errors import AwardingError
from jalon.awarding.models import Award
from jalon.awarding.rules.award_states import AwardState
from jalon.people.permissions import require
from jalon.people.rules import Capability
from jalon.web import refusals
from jalon.web.issuing.access import award_or_404, rights, who
from jalon.web.issuing.forms import CorrectForm, RevokeForm
from jalon.web.issuing.homes import award_line


@require_GET
def award(request: HttpRequest, award_id: UUID) -> HttpResponse:
    """The award, its credential, and what can be done with it."""
    found = award_or_404(request, award_id)
    credential = found.credential
    page = {
        **_shown(found),
        "may": rights(who(request), found.organisation),
        "page_url": documents.page_url(credential) if credential else "",
        "reason": _reason(found),
        "replaces": Award.objects.filter(replaced_by=found).first(),
        "open": found.revoked_at is None,
    }
    return render(request, "issuing/award.html", page)


def _shown(found: Award) -> dict[str, object]:
    return {**award_line(found), "content": found.specification.read(), "organisation": found.organisation}


def _reason(found: Award) -> str:
    return labels.revocation_reason(found.revocation_reason) if found.revocation_reason else ""


@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: HttpRequest, award_id: UUID) -> HttpResponse:
    """Take an award back, with a reason that whoever verifies will read."""
    found = award_or_404(request, award_id)
    require(who(request), Capability.REVOKE, found.organisation)
    if found.state in (AwardState.REVOKED, AwardState.REPLACED):
        return redirect("issuing:award", found.id)
    form = RevokeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.revoke_award(
                award=found,
                reason=form.cleaned_data["reason"],
                note=form.cleaned_data["note"],
                by=who(request),
            )
        except AwardingError as error:
            form.add_error(None, refusals.sentence(error))
        else:
            messages.success(request, _("Attestation révoquée. Toute vérification le dit dès maintenant."))
            return redirect("issuing:award", found.id)
    page = {**_shown(found), "form": form}
    return render(request, "issuing/revoke.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, award_id: UUID) -> HttpResponse:
    """Put right what was wrong: a new credential is signed, and the old one says which replaces it."""
    found = award_or_404(request, award_id)
    require(who(request), Capability.REVOKE, found.organisation)
    if found.state in (AwardState.REVOKED, AwardState.REPLACED):
        return redirect("issuing:award", found.id)
    before = {"holder_name": found.holder_name, "awarded_on": found.awarded_on, "grade": found.grade}
    form = CorrectForm(request.POST if request.method == "POST" else None, initial=before)
    if request.method == "POST" and form.is_valid():
        try:
            new = actions.correct_award(
                award=found, changes=form.changes(found), note=form.cleaned_data["note"], by=who(request)
            )
        except AwardingError as error:
            form.add_error(None, refusals.sentence(error))
        else:
            messages.success(
                request, _("Attestation corrigée et signée. L’ancienne est révoquée et mène à celle-ci.")
            )
            return redirect("issuing:award", new.id)
    page = {**_shown(found), "form": form}
    return render(request, "issuing/correct.html", page, status=422 if form.errors else 200)
