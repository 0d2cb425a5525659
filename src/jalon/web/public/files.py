"""Small files that browsers and robots ask for by a fixed name."""

from __future__ import annotations

from math import ceil
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import cache_control

from jalon.catalogue import queries

ONE_DAY = 86_400
ADDRESSES_A_FILE = 40_000


@cache_control(max_age=ONE_DAY, public=True)
def robots(request: HttpRequest) -> HttpResponse:
    """What robots may read: public pages, never what a person holds or does."""
    lines = [
        "User-agent: *",
        "Disallow: /a/",
        "Disallow: /compte/",
        "Disallow: /atelier/",
        "Disallow: /offres/",
        "Disallow: /delivrer/",
        "Disallow: /verifier/",
        f"Sitemap: {settings.PUBLIC_URL}{reverse('public:sitemap')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def favicon(request: HttpRequest) -> HttpResponsePermanentRedirect:
    """For software that asks for it without reading the page."""
    return HttpResponsePermanentRedirect(static("img/icone-192.png"))


@cache_control(max_age=ONE_DAY, public=True)
def manifest(request: HttpRequest) -> JsonResponse:
    """What a phone needs to put the site on its home screen."""
    return JsonResponse(
        {
            "name": "Jalon",
            "short_name": "Jalon",
            "lang": "fr",
            "start_url": "/",
            "scope": "/",
            "display": "minimal-ui",
            "background_color": "#f1f6ee",
            "theme_color": "#0b4a37",
            "icons": [
                {"src": static("img/icone.svg"), "sizes": "any", "type": "image/svg+xml"},
                {"src": static("img/icone-192.png"), "sizes": "192x192", "type": "image/png"},
                {
                    "src": static("img/icone-512.png"),
                    "sizes": "512x512",
                    "type": "image/png",
                    "purpose": "any maskable",
                },
            ],
        },
        content_type="application/manifest+json",
    )


@cache_control(max_age=3600, public=True)
def sitemap(request: HttpRequest, part: int = 0) -> HttpResponse:
    """
    The public pages, for search engines; where there are too many for one file, a list of such files.

    Source:
        sitemaps.org: 50,000 addresses a file at most.
    """
    fixed = ("public:home", "public:catalogue", "public:accessibility", "public:privacy", "public:legal")
    parts = ceil(queries.figures().micro_credentials / ADDRESSES_A_FILE)
    if part > max(parts, 1):
        raise Http404("no such part")
    values: dict[str, Any] = {"root": settings.PUBLIC_URL}
    if not part and parts > 1:
        values["parts"] = [reverse("public:sitemap_part", args=[n]) for n in range(1, parts + 1)]
        return render(request, "public/sitemaps.xml", values, content_type="application/xml")
    start = ADDRESSES_A_FILE * max(0, part - 1)
    values["fixed"] = [reverse(name) for name in fixed] if part < 2 else []
    values["pages"] = queries.addresses(start, ADDRESSES_A_FILE)
    return render(request, "public/sitemap.xml", values, content_type="application/xml")
