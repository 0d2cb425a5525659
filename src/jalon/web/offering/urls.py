"""Offers and sessions, for signed-in members; what a stranger asks for does not exist."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from jalon.web.offering import views

app_name = "offering"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("proposer/<uuid:micro_credential_id>/", views.new, name="new"),
    path("session/<uuid:session_id>/", views.session, name="session"),
    path("session/<uuid:session_id>/annuler/", views.cancel, name="cancel"),
    path("<uuid:offering_id>/", views.show, name="offer"),
    path("<uuid:offering_id>/modifier/", views.edit, name="edit"),
    path("<uuid:offering_id>/ouvrir-ou-fermer/", views.switch, name="switch"),
    path("<uuid:offering_id>/session/", views.new_session, name="new_session"),
]
