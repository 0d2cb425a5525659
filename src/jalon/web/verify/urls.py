"""Addresses of this audience."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

app_name = "verify"
urlpatterns: list[URLPattern | URLResolver] = []
