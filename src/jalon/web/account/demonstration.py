"""One click per role, in demonstration mode and nowhere else."""

from __future__ import annotations

from allauth.account.utils import get_next_redirect_url
from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from jalon.people.queries import demonstration_accounts
from jalon.people.rules import Role

# Those who hand over credentials begin there; everybody else in the studio.
_HOMES = {Role.ASSESSOR: "issuing:home", Role.SIGNATORY: "issuing:home"}


@require_POST
def enter(request: HttpRequest) -> HttpResponse:
    """
    Sign in as the demonstration account of a role.

    Raises:
        Http404: The mode is off, or no such account exists: the address then answers as if it did not exist.
    """
    if not settings.DEMO:
        raise Http404
    wanted = request.POST.get("role", "")
    for account in demonstration_accounts():
        if account.role.value == wanted:
            login(request, account.user, backend=settings.AUTHENTICATION_BACKENDS[0])
            return redirect(
                get_next_redirect_url(request) or _HOMES.get(account.role, settings.LOGIN_REDIRECT_URL)
            )
    raise Http404
