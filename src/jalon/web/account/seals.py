"""An organisation's seal: what its certificate says, a new one in its place, none any more."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from jalon.awarding import labels
from jalon.awarding.actions.seals import keep_seal, remove_seal
from jalon.awarding.errors import SealRefusedError
from jalon.awarding.queries.seals import seal_of, seal_view
from jalon.people.models import Organisation
from jalon.people.rules import Capability
from jalon.web.account.access import organisation_for, signed_in
from jalon.web.account.seal_forms import SealForm


@login_required
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """The seal, and the form that keeps one or puts another in its place."""
    organisation = organisation_for(request, slug, Capability.MANAGE_KEYS)
    form = SealForm(request.POST, request.FILES) if request.method == "POST" else SealForm()
    if form.is_valid():
        had = seal_of(organisation) is not None
        try:
            keep_seal(
                organisation=organisation,
                by=signed_in(request),
                data=form.cleaned_data["file"],
                passphrase=form.cleaned_data["passphrase"],
                key=form.cleaned_data["key"],
            )
        except SealRefusedError as refused:
            form.add_error(_field_of(refused), labels.sentence(refused.code, refused.facts))
        else:
            messages.success(request, _("Le cachet est remplacé.") if had else _("Le cachet est gardé."))
            return redirect("account:seal", organisation.slug)
    return _page(request, organisation, form)


@login_required
def remove(request: HttpRequest, slug: str) -> HttpResponse:
    """Seal no more, after having been asked."""
    organisation = organisation_for(request, slug, Capability.MANAGE_KEYS)
    if seal_of(organisation) is None:
        return redirect("account:seal", organisation.slug)
    if request.method == "POST":
        remove_seal(organisation=organisation, by=signed_in(request))
        messages.success(request, _("Le cachet est retiré, et sa clé effacée d’ici."))
        return redirect("account:seal", organisation.slug)
    return render(request, "account/seal_remove.html", {"organisation": organisation})


def _field_of(refused: SealRefusedError) -> str:
    """The field that a refusal is about."""
    if refused.code in ("seal.passphrase", "seal.passphrase_needed"):
        return "passphrase"
    return "file"


def _page(request: HttpRequest, organisation: Organisation, form: SealForm) -> HttpResponse:
    seal = seal_view(organisation)
    context = {
        "organisation": organisation,
        "form": form,
        "seal": seal,
        "usages": labels.key_usages(seal.usages) if seal else "",
        "remarks": [labels.seal_remark(code) for code in seal.remarks] if seal else [],
        "is_dated": bool(settings.TIME_STAMPS_URL),
    }
    return render(request, "account/seal.html", context, status=422 if form.is_bound else 200)
