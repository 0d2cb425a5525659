"""What every answer carries, and what becomes of a refusal that no view handled."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_vary_headers

from jalon.foundation.errors import ConfigurationError, JalonError, NotAllowedError
from jalon.web import refusals, sheets

logger = logging.getLogger(__name__)
GetResponse = Callable[[HttpRequest], HttpResponseBase]
ONE_YEAR = 31_536_000


def policy() -> str:
    """The Content-Security-Policy: our own files, no inline script, and the sheets known by their hashes."""
    directives = {
        "default-src": "'none'",
        "style-src": " ".join(["'self'", *sheets.sheets().hashes]),
        "script-src": "'self'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
        "manifest-src": "'self'",
        "worker-src": "'self'",
    }
    parts = [f"{name} {value}" for name, value in directives.items()]
    if settings.PUBLIC_URL.startswith("https://"):
        parts.append("upgrade-insecure-requests")
    return "; ".join(parts)


class ContentSecurityPolicyMiddleware:
    """
    Puts the policy on every answer that has none, and remembers that a browser has met the style sheet.

    Pages of a session stay in no cache, the browser's own included: computers in training rooms are shared.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", policy())
        response.headers.setdefault("Permissions-Policy", "camera=(self), geolocation=(self), microphone=()")
        if response.headers.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ["Cookie", "Save-Data"])
            # Told by the cookie and not by the account: a page of faults may be drawn without a database.
            if settings.SESSION_COOKIE_NAME in request.COOKIES:
                response.headers.setdefault("Cache-Control", "private, no-store")
            version = sheets.sheets().version
            if request.COOKIES.get(sheets.COOKIE) != version:
                response.set_cookie(
                    sheets.COOKIE,
                    version,
                    max_age=ONE_YEAR,
                    httponly=True,
                    samesite="Lax",
                    secure=settings.SESSION_COOKIE_SECURE,
                )
        return response


class PlainRefusalsMiddleware:
    """
    Turns an error of ours that escaped a view into a page that says in plain words what was met.

    403 for what this person may not do, 404 for what does not exist, 422 for the rest. A configuration error
    is ours to mend, not the visitor's: it stays a fault of the server.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, JalonError) or isinstance(exception, ConfigurationError):
            return None
        status = refusals.status_of(exception)
        logger.info("refused %s %s: %s: %s", request.method, request.path, exception.code, exception)
        if isinstance(exception, NotAllowedError):
            return refusals.page(request, status=403)
        return refusals.page(request, status=status, sentence=refusals.sentence(exception))
