"""
Addresses of the accounts library, in French, under the names it knows them by.

Only what has a page of ours is here. Second factors and outside identity add their own lists beside this one.
"""

from __future__ import annotations

from allauth.account import views
from django.urls import URLPattern, path, re_path
from django.views.generic import RedirectView

from jalon.web.account import entrance

urlpatterns: list[URLPattern] = [
    path("connexion/", entrance.SignInView.as_view(), name="account_login"),
    path("inscription/", entrance.SignUpView.as_view(), name="account_signup"),
    path("deconnexion/", views.logout, name="account_logout"),
    path("ferme/", views.account_inactive, name="account_inactive"),
    path("confirmer/", entrance.AgainView.as_view(), name="account_reauthenticate"),
    path("adresses/", RedirectView.as_view(pattern_name="account:address"), name="account_email"),
    path("adresse/confirmation/", views.email_verification_sent, name="account_email_verification_sent"),
    re_path(r"^adresse/confirmation/(?P<key>[-:\w]+)/$", views.confirm_email, name="account_confirm_email"),
    path("mot-de-passe/", entrance.OtherPasswordView.as_view(), name="account_change_password"),
    path("mot-de-passe/premier/", entrance.FirstPasswordView.as_view(), name="account_set_password"),
    path("mot-de-passe/oublie/", entrance.ForgottenPasswordView.as_view(), name="account_reset_password"),
    path("mot-de-passe/oublie/envoye/", views.password_reset_done, name="account_reset_password_done"),
    path(
        "mot-de-passe/nouveau/fait/",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^mot-de-passe/nouveau/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        entrance.NewPasswordView.as_view(),
        name="account_reset_password_from_key",
    ),
]
