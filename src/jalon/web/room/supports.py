"""The public page of a signed endorsement: verified at each view, with the signed bytes to take away."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from jalon.awarding import actions
from jalon.awarding.models import Endorsement
from jalon.awarding.queries import endorsement_by_id
from jalon.people.models import User
from jalon.people.permissions import may
from jalon.people.rules import Capability
from jalon.verification.actions import CREDENTIAL_TYPE, verify_bytes
from jalon.verification.labels.verdict import verdict
from jalon.verification.rules import Tone, Withdrawal
from jalon.web.verify.article import steps, technical


def _endorsement(endorsement_id: UUID) -> Endorsement:
    found = endorsement_by_id(endorsement_id)
    if found is None:
        raise Http404("no such endorsement")
    return found


@require_safe
def page(request: HttpRequest, endorsement_id: UUID) -> HttpResponse:
    """Who supports what, and the three answers as of this moment. Our own keys and lists: no network."""
    found = _endorsement(endorsement_id)
    result = verify_bytes(found.document_bytes, offline=True)
    if found.revoked_at is not None:
        told = Withdrawal(found.revoked_at, found.organisation.legal_name, found.revocation_note)
        result = replace(result, withdrawal=told)
    said = verdict(result)
    about = found.specification
    # The words of the answers are about any credential; the headline is about this kind of one.
    headlines = {
        Tone.GOOD: _("Ce soutien est signé, et tient toujours."),
        Tone.DOUBT: _("Ce soutien est signé ; une réponse reste à éclaircir."),
        Tone.BAD: _("Ce soutien ne tient pas, ou plus."),
    }
    facts = {"who": found.organisation.legal_name, "owner": about.micro_credential.organisation.legal_name}
    lead = _("%(who)s l'a signé au sujet d'une micro-certification de %(owner)s.") % facts
    comment = (result.report.document or {}).get("credentialSubject", {}).get("endorsementComment", "")
    values = {
        "endorsement": found,
        "about": about,
        "content": about.read(),
        "design": about.micro_credential,
        "verdict": replace(said, headline=headlines[said.tone], lead=lead, holder=""),
        "technical": technical(result),
        "steps": [step for step in steps(result) if step.is_here],
        "comment": comment,
        "may_revoke": found.revoked_at is None and may(request.user, Capability.REVOKE, found.organisation),
    }
    return render(request, "room/support.html", values)


@require_safe
def document(request: HttpRequest, endorsement_id: UUID) -> HttpResponse:
    """The exact signed bytes. Any page may read them: other people's verifiers run in browsers."""
    found = _endorsement(endorsement_id)
    response = HttpResponse(found.document_bytes, content_type=CREDENTIAL_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="soutien-{found.id}.json"'
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@require_POST
@login_required
def revoke(request: HttpRequest, endorsement_id: UUID) -> HttpResponse:
    """Take an endorsement back, for those who may revoke for the organisation that signed it."""
    found = _endorsement(endorsement_id)
    if not isinstance(request.user, User):
        raise Http404
    actions.revoke_endorsement(endorsement=found, by=request.user, note=request.POST.get("note", ""))
    messages.success(request, _("Le soutien est révoqué. Sa page le dit dès maintenant."))
    return redirect("support:page", found.id)
