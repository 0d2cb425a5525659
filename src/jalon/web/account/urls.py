"""Addresses of one's account and organisations. Those of the accounts library are in `entrance_urls`."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from jalon.web.account import demonstration, members, organisations, profile, seals

app_name = "account"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", profile.home, name="home"),
    path("commencer/", profile.start, name="start"),
    path("nom/", profile.name, name="name"),
    path("adresse/", profile.address, name="address"),
    path("adresse/confirmer/", profile.confirm_address, name="confirm_address"),
    path("langue/", profile.language, name="language"),
    path("demonstration/", demonstration.enter, name="enter_demonstration"),
    path("invitation/<str:token>/", members.invitation, name="invitation"),
    path("organismes/nouveau/", organisations.new, name="new_organisation"),
    path("organismes/<slug:slug>/", organisations.show, name="organisation"),
    path("organismes/<slug:slug>/modifier/", organisations.edit, name="edit_organisation"),
    path("organismes/<slug:slug>/labels/nouveau/", organisations.accreditation, name="new_accreditation"),
    path(
        "organismes/<slug:slug>/labels/<uuid:accreditation_id>/",
        organisations.accreditation,
        name="accreditation",
    ),
    path(
        "organismes/<slug:slug>/labels/<uuid:accreditation_id>/retirer/",
        organisations.remove,
        name="remove_accreditation",
    ),
    path("organismes/<slug:slug>/membres/", members.show, name="members"),
    path("organismes/<slug:slug>/membres/inviter/", members.invite, name="invite"),
    path("organismes/<slug:slug>/membres/<uuid:user_id>/", members.member, name="member"),
    path("organismes/<slug:slug>/membres/<uuid:user_id>/retirer/", members.remove, name="remove_member"),
    path(
        "organismes/<slug:slug>/invitations/<uuid:invitation_id>/retirer/",
        members.withdraw,
        name="withdraw_invitation",
    ),
    path("organismes/<slug:slug>/cachet/", seals.show, name="seal"),
    path("organismes/<slug:slug>/cachet/retirer/", seals.remove, name="remove_seal"),
    path("organismes/<slug:slug>/quitter/", members.leave, name="leave"),
]
