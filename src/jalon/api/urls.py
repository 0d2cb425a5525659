"""Public documents for machines: issuers' keys, status lists, the type of attestations."""

from __future__ import annotations

from django.urls import path, re_path

from jalon.api import issuers

app_name = "api"

urlpatterns = [
    path("o/<slug:slug>/did.json", issuers.did_document, name="did_document"),
    re_path(
        r"^\.well-known/jwt-vc-issuer/(?P<path>[^?#]*o/(?P<slug>[\w-]+))$",
        issuers.for_wallets,
        name="for_wallets",
    ),
    path("status/<uuid:list_id>", issuers.status_list, name="status_list"),
    path("status/<uuid:list_id>.jwt", issuers.status_token, name="status_token"),
    path("types/micro-certification/1", issuers.attestation_type, name="attestation_type"),
]
