"""Which address leads where."""

from __future__ import annotations

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("jalon.web.public.urls")),
    path("compte/", include("jalon.web.account.urls")),
    path("compte/", include("jalon.web.account.entrance_urls")),
    path("atelier/", include("jalon.web.studio.urls")),
    path("besoins/", include("jalon.web.needs.urls")),
    path("salle/", include("jalon.web.room.urls")),
    path("soutiens/", include("jalon.web.room.support_urls")),
    path("offres/", include("jalon.web.offering.urls")),
    path("delivrer/", include("jalon.web.issuing.urls")),
    path("", include("jalon.web.verify.urls")),
    path("langue/", set_language, name="set_language"),
    path("", include("jalon.api.urls")),
]
if settings.CONFORMANCE:
    urlpatterns.append(path("vc-api/", include("jalon.api.vc_api.urls")))

handler400 = "jalon.web.public.faults.bad_request"
handler403 = "jalon.web.public.faults.forbidden"
handler404 = "jalon.web.public.faults.not_found"
handler500 = "jalon.web.public.faults.server_fault"
