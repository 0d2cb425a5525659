"""Public documents for machines: issuers' keys and status lists."""

from __future__ import annotations

from django.urls import path

from jalon.api import issuers

app_name = "api"

urlpatterns = [
    path("o/<slug:slug>/did.json", issuers.did_document, name="did_document"),
    path("status/<uuid:list_id>", issuers.status_list, name="status_list"),
]
