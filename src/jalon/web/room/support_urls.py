"""Addresses of signed endorsements: public."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from jalon.web.room import supports

app_name = "support"
urlpatterns: list[URLPattern | URLResolver] = [
    path("<uuid:endorsement_id>/", supports.page, name="page"),
    path("<uuid:endorsement_id>/soutien.json", supports.document, name="document"),
    path("<uuid:endorsement_id>/revoquer/", supports.revoke, name="revoke"),
]
