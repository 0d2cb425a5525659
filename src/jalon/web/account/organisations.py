"""Organisations: create one, keep its facts and accreditations."""

from __future__ import annotations

from dataclasses import asdict
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jalon.awarding.queries.seals import seal_of
from jalon.foundation import clock
from jalon.people import labels, rules
from jalon.people.actions import (
    create_organisation,
    edit_organisation,
    keep_accreditation,
    remove_accreditation,
)
from jalon.people.models import Accreditation, Organisation
from jalon.people.permissions import may, roles_of
from jalon.people.queries import facts_of, members_of
from jalon.people.rules import Capability, OrganisationKind, Role
from jalon.web.account.access import organisation_for, signed_in
from jalon.web.account.organisation_forms import AccreditationForm, OrganisationForm


@login_required
def new(request: HttpRequest) -> HttpResponse:
    """Create an organisation; whoever does can do everything in it until they share the roles out."""
    form = OrganisationForm(request.POST or None)
    if form.is_valid():
        organisation = create_organisation(facts=form.facts(), by=signed_in(request))
        messages.success(request, _("L'organisme est créé. Vous y avez tous les rôles pour commencer."))
        return redirect("account:organisation", organisation.slug)
    return render(
        request, "account/organisation_form.html", {"form": form}, status=422 if form.is_bound else 200
    )


@login_required
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """What the organisation says of itself, its accreditations, and how many act for it."""
    organisation = organisation_for(request, slug)
    held = roles_of(request.user, organisation)
    context = {
        "organisation": organisation,
        "kind": labels.ORGANISATION_KINDS[OrganisationKind(organisation.kind)],
        "country": labels.COUNTRIES.get(organisation.country_code, organisation.country_code),
        "roles": [labels.ROLES[role] for role in Role if role in held],
        "accreditations": _with_standing(organisation),
        "siret": rules.spaced(organisation.siret, 3, 3, 3, 5),
        "nda": rules.spaced(organisation.nda, 2, 2, 5, 2),
        "members": len(members_of(organisation)),
        "may_manage": may(request.user, Capability.MANAGE_ORGANISATION, organisation),
        "may_manage_keys": may(request.user, Capability.MANAGE_KEYS, organisation),
        "seal": seal_of(organisation),
    }
    return render(request, "account/organisation.html", context)


def _with_standing(organisation: Organisation) -> list[tuple[Accreditation, str, str]]:
    """Each accreditation with the class of its chip and its words."""
    today = clock.today()
    chips = {rules.Standing.CURRENT: "bon", rules.Standing.TO_COME: "eau", rules.Standing.EXPIRED: "rouge"}
    found = []
    for accreditation in organisation.accreditations.all():
        stands = rules.standing(
            valid_from=accreditation.valid_from, valid_until=accreditation.valid_until, on=today
        )
        found.append((accreditation, chips[stands], str(labels.STANDINGS[stands])))
    return found


@login_required
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change the facts of an organisation."""
    organisation = organisation_for(request, slug, Capability.MANAGE_ORGANISATION)
    form = OrganisationForm(request.POST or None, initial=asdict(facts_of(organisation)))
    if form.is_valid():
        changed = edit_organisation(organisation=organisation, facts=form.facts(), by=signed_in(request))
        messages.success(request, _("C'est gardé.") if changed else _("Rien n'avait changé."))
        return redirect("account:organisation", organisation.slug)
    return render(
        request,
        "account/organisation_form.html",
        {"form": form, "organisation": organisation},
        status=422 if form.is_bound else 200,
    )


@login_required
def accreditation(request: HttpRequest, slug: str, accreditation_id: UUID | None = None) -> HttpResponse:
    """Add an accreditation, or change one."""
    organisation = organisation_for(request, slug, Capability.MANAGE_ORGANISATION)
    kept = (
        get_object_or_404(Accreditation, pk=accreditation_id, organisation=organisation)
        if accreditation_id
        else None
    )
    if request.method == "POST":
        form = AccreditationForm(request.POST)
    else:
        form = AccreditationForm.of(kept) if kept else AccreditationForm()
    if form.is_valid():
        keep_accreditation(
            organisation=organisation, by=signed_in(request), accreditation=kept, **form.cleaned_data
        )
        messages.success(request, _("C'est gardé."))
        return redirect("account:organisation", organisation.slug)
    context = {"form": form, "organisation": organisation, "accreditation": kept}
    return render(request, "account/accreditation.html", context, status=422 if form.is_bound else 200)


@require_POST
@login_required
def remove(request: HttpRequest, slug: str, accreditation_id: UUID) -> HttpResponse:
    """Take an accreditation away."""
    organisation = organisation_for(request, slug, Capability.MANAGE_ORGANISATION)
    kept = get_object_or_404(Accreditation, pk=accreditation_id, organisation=organisation)
    remove_accreditation(accreditation=kept, by=signed_in(request))
    messages.success(request, _("« {name} » n'est plus dans la liste.").format(name=kept.name))
    return redirect("account:organisation", organisation.slug)
