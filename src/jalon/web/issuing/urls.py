"""Addresses of this audience."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

app_name = "issuing"
urlpatterns: list[URLPattern | URLResolver] = []
