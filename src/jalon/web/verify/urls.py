"""Addresses of the verify page and of the public page of a credential."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, re_path
from django.urls import path as at

from jalon.web.verify import credentials, views, wallet

app_name = "verify"
_PAGE = r"^a/(?P<token>[A-Za-z0-9_-]{22})/"
urlpatterns: list[URLPattern | URLResolver] = [
    at("verifier/", views.home, name="home"),
    re_path(rf"{_PAGE}$", credentials.page, name="credential"),
    re_path(rf"{_PAGE}attestation\.json$", credentials.document, name="document"),
    re_path(rf"{_PAGE}attestation\.pdf$", credentials.certificate, name="certificate"),
    re_path(rf"{_PAGE}badge\.svg$", credentials.badge, name="badge"),
    re_path(rf"{_PAGE}badge\.png$", credentials.badge_picture, name="badge_picture"),
    re_path(rf"{_PAGE}attestation\.jwt$", credentials.form, {"form": "vc-jwt"}, name="vc-jwt"),
    re_path(rf"{_PAGE}attestation\.sd-jwt$", credentials.form, {"form": "sd-jwt-vc"}, name="sd-jwt-vc"),
    re_path(rf"{_PAGE}attestation\.europass\.json$", credentials.form, {"form": "europass"}, name="europass"),
    re_path(rf"{_PAGE}autre/(?P<form>[A-Za-z0-9._-]{{1,40}})$", credentials.other, name="other"),
    re_path(rf"{_PAGE}portefeuille/$", wallet.page, name="wallet"),
]
