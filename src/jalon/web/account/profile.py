"""One's own account: what it says, and where to begin."""

from __future__ import annotations

from allauth.account.internal.flows.email_verification import send_verification_email_to_address
from allauth.account.models import EmailAddress
from allauth.decorators import rate_limit
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from jalon.foundation import mail
from jalon.people import labels, rules
from jalon.people.actions import change_email, change_name, set_language
from jalon.people.errors import PeopleError
from jalon.people.queries import organisations_of
from jalon.web.account import forms
from jalon.web.account.access import signed_in
from jalon.web.account.languages import remember


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Name, address, password, language; the organisations one acts for."""
    user = signed_in(request)
    held = EmailAddress.objects.filter(user=user, email__iexact=user.email).first()
    context = {
        "organisations": [
            (own, [labels.ROLES[role] for role in own.roles]) for own in organisations_of(user)
        ],
        "languages": forms.LanguageForm(initial={"language": user.language or translation.get_language()}),
        "address_waits": mail.is_sent() and held is not None and not held.verified,
        "shared": rules.is_demonstration_address(user.email),
    }
    return render(request, "account/home.html", context)


@login_required
def start(request: HttpRequest) -> HttpResponse:
    """For whoever acts for no organisation yet."""
    return render(request, "account/start.html", {"organisations": organisations_of(signed_in(request))})


@login_required
def name(request: HttpRequest) -> HttpResponse:
    """Change one's name."""
    user = signed_in(request)
    form = forms.NameForm(request.POST or None, initial={"full_name": user.full_name})
    if form.is_valid():
        change_name(user=user, full_name=form.cleaned_data["full_name"])
        messages.success(request, _("Votre nom est gardé."))
        return redirect("account:home")
    return render(request, "account/name.html", {"form": form}, status=422 if form.is_bound else 200)


@sensitive_post_parameters("password")
@login_required
@rate_limit(action="manage_email")  # type: ignore[untyped-decorator]  # the library has no types
def address(request: HttpRequest) -> HttpResponse:
    """Change the address to sign in with."""
    user = signed_in(request)
    form = forms.AddressForm(request.POST or None, user=user)
    if form.is_valid():
        before = user.email
        try:
            change_email(user=user, email=form.cleaned_data["email"])
        except PeopleError as refused:
            form.add_error("email", labels.sentence(refused.code, refused.facts))
        else:
            _tell_both(request, before=before)
            messages.success(
                request, _("Votre adresse est gardée. Vous vous connecterez désormais avec elle.")
            )
            return redirect("account:home")
    return render(request, "account/address.html", {"form": form}, status=422 if form.is_bound else 200)


def _tell_both(request: HttpRequest, *, before: str) -> None:
    """Ask the new address to confirm, and warn the old one, in case its owner knows nothing of it."""
    user = signed_in(request)
    if not mail.is_sent() or before == user.email:
        return
    send_verification_email_to_address(request, EmailAddress.objects.get(user=user, email=user.email))
    mail.send(
        to=before,
        subject=_("Jalon : votre adresse a changé"),
        body=_(
            "Bonjour,\n\nVotre compte Jalon se connecte désormais avec une autre adresse.\n"
            "Si ce n'est pas vous, prévenez la personne qui gère cette installation.\n"
        ),
    )


@require_POST
@login_required
@rate_limit(action="manage_email")  # type: ignore[untyped-decorator]  # the library has no types
def confirm_address(request: HttpRequest) -> HttpResponse:
    """Send the link that confirms one's address once more."""
    user = signed_in(request)
    waiting = EmailAddress.objects.filter(user=user, email__iexact=user.email, verified=False).first()
    if waiting and mail.is_sent():
        send_verification_email_to_address(request, waiting)
    return redirect("account:home")


@require_POST
@login_required
def language(request: HttpRequest) -> HttpResponseBase:
    """Keep the language of pages, here and wherever one signs in later."""
    user = signed_in(request)
    form = forms.LanguageForm(request.POST)
    if form.is_valid():
        set_language(user=user, language=form.cleaned_data["language"])
        with translation.override(user.language):
            messages.success(request, _("La langue des pages est gardée."))
    return remember(redirect("account:home"), user)
