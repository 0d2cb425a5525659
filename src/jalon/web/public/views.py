"""Home, catalogue, micro-certification, organisation, and the pages about the house itself."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.templatetags.static import static


def home(request: HttpRequest) -> HttpResponse:
    """The promise, the search, the signpost."""
    return render(request, "public/home.html")


def catalogue(request: HttpRequest) -> HttpResponse:
    return render(request, "public/home.html")


def micro_credential(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponse:
    return render(request, "public/home.html")


def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    return render(request, "public/home.html")


def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "public/home.html")


def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "public/home.html")


def legal(request: HttpRequest) -> HttpResponse:
    return render(request, "public/home.html")


def robots(request: HttpRequest) -> HttpResponse:
    return HttpResponse("User-agent: *\n", content_type="text/plain")


def favicon(request: HttpRequest) -> HttpResponse:
    return HttpResponsePermanentRedirect(static("img/icone.svg"))


def manifest(request: HttpRequest) -> HttpResponse:
    return HttpResponse("{}", content_type="application/manifest+json")


def sitemap(request: HttpRequest) -> HttpResponse:
    return HttpResponse("<x/>", content_type="application/xml")
