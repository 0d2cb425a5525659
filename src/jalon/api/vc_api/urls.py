"""Addresses of the door, included only where JALON_CONFORMANCE is 1."""

from __future__ import annotations

from django.urls import path

from jalon.api.vc_api import views

app_name = "vc_api"

urlpatterns = [
    path("interop-config.json", views.interop_config, name="interop_config"),
    path("credentials/issue", views.issue_credential, name="issue"),
    path("credentials/verify", views.verify_credential, name="verify"),
    path("presentations/verify", views.verify_presentation, name="verify_presentation"),
    path("status-lists/<slug:name>", views.status_list, name="status_list"),
]
