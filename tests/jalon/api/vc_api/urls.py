"""The addresses of an installation whose JALON_CONFORMANCE is 1."""

from __future__ import annotations

from django.urls import include, path

from jalon.config import urls

urlpatterns = [*urls.urlpatterns, path("vc-api/", include("jalon.api.vc_api.urls"))]
