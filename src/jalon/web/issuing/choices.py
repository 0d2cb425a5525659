"""Which forms are made with each award, beside the badge."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jalon.awarding import actions, queries
from jalon.people.permissions import require
from jalon.people.rules import Capability
from jalon.web.issuing.access import chosen, who
from jalon.web.issuing.forms import ChoiceOfFormsForm


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """For one organisation, by those who have its awards signed."""
    organisation, organisations = chosen(request)
    if organisation is None:
        return render(request, "issuing/nowhere.html")
    require(who(request), Capability.AWARD, organisation)
    before = {"forms": list(queries.forms_at_once(organisation))}
    form = ChoiceOfFormsForm(request.POST if request.method == "POST" else None, initial=before)
    if request.method == "POST" and form.is_valid():
        actions.choose_forms(organisation=organisation, forms=form.cleaned_data["forms"], by=who(request))
        messages.success(request, _("Noté. Cela vaut pour les prochaines attestations."))
        return redirect(f"{reverse('issuing:home')}?{urlencode({'organisme': organisation.slug})}")
    page = {
        "form": form,
        "organisation": organisation,
        "organisations": organisations,
        "has_seal": queries.has_seal(organisation),
    }
    return render(request, "issuing/choices.html", page, status=422 if form.errors else 200)
