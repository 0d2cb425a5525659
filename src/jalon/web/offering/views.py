"""Offers and sessions, written by the members of the organisation that offers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jalon.catalogue import actions, labels, queries
from jalon.catalogue.errors import InvalidOfferingError, InvalidSessionError
from jalon.catalogue.models import Offering, Session
from jalon.catalogue.permissions import can_offer, can_write_offering
from jalon.catalogue.queries.open_data import offered_of, open_rows
from jalon.catalogue.rules import lheo_gaps
from jalon.catalogue.rules.offering import Modality, SessionState
from jalon.design.models import MicroCredential
from jalon.design.queries import micro_credentials_of_all
from jalon.foundation.errors import NotAllowedError
from jalon.people.models import Organisation
from jalon.people.permissions import organisations_where
from jalon.people.rules import Capability
from jalon.web.offering.access import member, micro_credential_or_404, offering_or_404, session_or_404
from jalon.web.offering.forms import CancelForm, OfferingForm, SessionForm, show_faults


@dataclass(frozen=True)
class Line:
    """A published micro-certification and its offers."""

    design: MicroCredential
    offers: Sequence[Offering]


@dataclass(frozen=True)
class Desk:
    """What one person finds of one organisation."""

    organisation: Organisation
    lines: Sequence[Line]
    may_write: bool


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Everything published by the person's organisations, and how it is offered."""
    user = member(request)
    organisations = organisations_where(user, Capability.SEE)
    writable = {organisation.id for organisation in organisations_where(user, Capability.OFFER)}
    designs = [design for design in micro_credentials_of_all(organisations) if design.latest_published]
    offers = queries.offerings_of(designs)
    desks = [
        Desk(
            organisation,
            [Line(d, offers.get(d.id, [])) for d in designs if d.organisation_id == organisation.id],
            organisation.id in writable,
        )
        for organisation in organisations
    ]
    return render(request, "offering/home.html", {"desks": desks, "modalities": labels.MODALITIES})


@login_required
def new(request: HttpRequest, micro_credential_id: UUID) -> HttpResponse:
    """Offer a published micro-certification."""
    design = micro_credential_or_404(request, micro_credential_id)
    _require(may=can_offer(request.user, design))
    form = OfferingForm(request.POST or None)
    if form.is_valid():
        try:
            offering = actions.open_offering(micro_credential=design, facts=form.facts(), by=member(request))
        except InvalidOfferingError as error:
            show_faults(form, error.faults)
        else:
            messages.success(request, _("L'offre est au catalogue. Ajoutez-lui une session."))
            return redirect("offering:offer", offering.id)
    return _form(request, "offering/offer_form.html", form, {"design": design})


@login_required
def show(request: HttpRequest, offering_id: UUID) -> HttpResponse:
    """One offer, its sessions, and what it lacks for the French registers."""
    offering = offering_or_404(request, offering_id)
    latest = offering.micro_credential.latest_published
    gaps, in_lheo = [], False
    if latest and offering.organisation.country_code == "FR":
        gaps = lheo_gaps.gaps(offered_of(offering.micro_credential, latest, offering))
        in_lheo = not gaps and open_rows().filter(offering=offering).exists()
    values = {
        "offering": offering,
        "facts": offering.facts(),
        "design": offering.micro_credential,
        "sessions": [
            (session, labels.STATES[SessionState(session.state)]) for session in offering.sessions.all()
        ],
        "modality": labels.MODALITIES[Modality(offering.modality)],
        "in_lheo": in_lheo,
        "gaps": [labels.LHEO_GAPS[gap] for gap in gaps],
        "may_write": can_write_offering(request.user, offering),
    }
    return render(request, "offering/offer.html", values)


@login_required
def edit(request: HttpRequest, offering_id: UUID) -> HttpResponse:
    """Change what an offer says."""
    offering = offering_or_404(request, offering_id)
    _require(may=can_write_offering(request.user, offering))
    form = OfferingForm(request.POST) if request.method == "POST" else OfferingForm.of(offering)
    if form.is_valid():
        try:
            changed = actions.edit_offering(offering=offering, facts=form.facts(), by=member(request))
        except InvalidOfferingError as error:
            show_faults(form, error.faults)
        else:
            messages.success(request, _("C'est gardé.") if changed else _("Rien n'avait changé."))
            return redirect("offering:offer", offering.id)
    values = {"design": offering.micro_credential, "offering": offering}
    return _form(request, "offering/offer_form.html", form, values)


@require_POST
@login_required
def switch(request: HttpRequest, offering_id: UUID) -> HttpResponse:
    """Close an offer, or open it again."""
    offering = offering_or_404(request, offering_id)
    _require(may=can_write_offering(request.user, offering))
    if offering.closed_at is None:
        actions.close_offering(offering=offering, by=member(request))
        messages.success(request, _("L'offre n'est plus au catalogue. Ses sessions restent écrites ici."))
    else:
        actions.open_offering_again(offering=offering, by=member(request))
        messages.success(request, _("L'offre est de nouveau au catalogue."))
    return redirect("offering:offer", offering.id)


@login_required
def new_session(request: HttpRequest, offering_id: UUID) -> HttpResponse:
    """Add a session to an offer."""
    offering = offering_or_404(request, offering_id)
    _require(may=can_write_offering(request.user, offering))
    form = SessionForm(request.POST or None, modality=Modality(offering.modality))
    return _session_form(request, form, offering, None)


@login_required
def session(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Change a session."""
    kept = session_or_404(request, session_id)
    offering = kept.offering
    _require(may=can_write_offering(request.user, offering))
    modality = Modality(offering.modality)
    if request.method == "POST":
        form = SessionForm(request.POST, modality=modality, was=kept.facts())
    else:
        form = SessionForm.of(kept, modality=modality)
    return _session_form(request, form, offering, kept)


def _session_form(
    request: HttpRequest, form: SessionForm, offering: Offering, kept: Session | None
) -> HttpResponse:
    if form.is_valid():
        try:
            actions.keep_session(offering=offering, facts=form.facts(), by=member(request), session=kept)
        except InvalidSessionError as error:
            show_faults(form, error.faults)
        else:
            messages.success(request, _("La session est gardée, et visible au catalogue."))
            return redirect("offering:offer", offering.id)
    values = {
        "design": offering.micro_credential,
        "offering": offering,
        "session": kept,
        "cancel": CancelForm(),
    }
    return _form(request, "offering/session_form.html", form, values)


@require_POST
@login_required
def cancel(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Cancel a session, for good."""
    kept = session_or_404(request, session_id)
    _require(may=can_write_offering(request.user, kept.offering))
    form = CancelForm(request.POST)
    if form.is_valid():
        try:
            actions.cancel_session(session=kept, because=form.cleaned_data["because"], by=member(request))
        except InvalidSessionError as error:
            show_faults(form, error.faults)
        else:
            messages.success(request, _("La session est annulée."))
            return redirect("offering:offer", kept.offering_id)
    values = {
        "design": kept.offering.micro_credential,
        "offering": kept.offering,
        "session": kept,
        "form": SessionForm.of(kept, modality=Modality(kept.offering.modality)),
        "cancel": form,
    }
    return render(request, "offering/session_form.html", values, status=422)


def _require(*, may: bool) -> None:
    if not may:
        raise NotAllowedError(capability=Capability.OFFER.value)


def _form(request: HttpRequest, template: str, form: Any, values: dict[str, Any]) -> HttpResponse:
    return render(request, template, {**values, "form": form}, status=422 if form.is_bound else 200)
