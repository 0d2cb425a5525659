"""The pages of Django's own faults, in the words of the house."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from jalon.web import refusals


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the request cannot be read."""
    return refusals.page(request, status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: this person may not do this here."""
    return refusals.page(request, status=403)


def forgery(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form did not come with its token: a page left open too long, or cookies refused."""
    return refusals.page(request, status=403, sentence=refusals.stale_form())


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: no page at this address."""
    return refusals.page(request, status=404)


def server_fault(request: HttpRequest) -> HttpResponse:
    """500: drawn without request, session or database, since any of them may be what broke."""
    return refusals.page(None, status=500)
