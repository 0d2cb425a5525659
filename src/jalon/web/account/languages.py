"""The language that somebody chose, carried to the browser they sign in with."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponseBase

from jalon.people.models import User


def remember(response: HttpResponseBase, user: User | AnonymousUser) -> HttpResponseBase:
    """Have the browser ask for pages in the language that *user* chose, if they chose one."""
    if isinstance(user, User) and user.language in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            user.language,
            max_age=settings.SESSION_COOKIE_AGE * 26,
            samesite="Lax",
            secure=settings.LANGUAGE_COOKIE_SECURE,
        )
    return response
