"""What the accounts library asks of us: our words, our mails, where to go after signing in."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from jalon.foundation import mail
from jalon.people.models import User
from jalon.people.queries import organisations_of


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # the library has no types
    """Everything that differs from the accounts library's own ways."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": gettext_lazy(
            "Ce compte est fermé. La personne qui gère cette installation peut le rouvrir."
        ),
        "email_password_mismatch": gettext_lazy(
            "L'adresse et le mot de passe ne vont pas ensemble. "
            "Vérifiez les deux, ou demandez un nouveau mot de passe."
        ),
        "email_taken": gettext_lazy("Un compte existe déjà avec cette adresse. Connectez-vous avec lui."),
        "enter_current_password": gettext_lazy("Ce n'est pas votre mot de passe actuel. Tapez-le à nouveau."),
        "incorrect_password": gettext_lazy("Ce n'est pas votre mot de passe. Tapez-le à nouveau."),
        "invalid_password_reset": gettext_lazy("Ce lien n'est plus valable. Demandez-en un nouveau."),
        "too_many_login_attempts": gettext_lazy(
            "Trop d'essais d'affilée. Attendez cinq minutes avant de recommencer."
        ),
        "rate_limited": gettext_lazy("Trop d'essais d'affilée. Attendez quelques minutes."),
    }

    def save_user(self, request: HttpRequest, user: User, form: BaseForm, commit: bool = True) -> User:
        """A new account, with its name."""
        super().save_user(request, user, form, commit=False)
        user.full_name = form.cleaned_data.get("full_name", "")
        if commit:
            user.save()
        return user

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """To work; or, for whoever acts for no organisation yet, to the page that says how to begin."""
        if not organisations_of(request.user):
            return reverse("account:start")
        return str(super().get_login_redirect_url(request))

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        return self.get_login_redirect_url(request)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account:home")

    def get_email_verification_redirect_url(self, email_address: Any) -> str:
        return reverse("account:home" if self.request.user.is_authenticated else "account_login")

    def format_email_subject(self, subject: str) -> str:
        colon = " : " if (get_language() or settings.LANGUAGE_CODE).startswith("fr") else ": "
        return f"Jalon{colon}{subject}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send, or say on the page that it could not be."""
        facts = {name: self._at_public_address(value) for name, value in context.items()}
        message = self.render_mail(template_prefix, email, {"email": email, **facts})
        if not mail.deliver(message) and mail.is_sent() and self.request:
            messages.warning(
                self.request,
                _(
                    "Le courriel n'a pas pu partir : le serveur de messagerie ne répond pas. "
                    "Réessayez plus tard."
                ),
            )

    def _at_public_address(self, value: Any) -> Any:
        """
        A link of ours on the public address; anything else as it is.

        The library makes links from the request, whose host is the visitor's to write: a link for a new
        password must not lead where a stranger wants it.
        """
        here = f"{self.request.scheme}://{self.request.get_host()}/" if self.request else ""
        if not here or not isinstance(value, str) or not value.startswith(here):
            return value
        return f"{settings.PUBLIC_URL}/{value.removeprefix(here)}"

    def is_ajax(self, request: HttpRequest) -> bool:
        """Pages only: nothing here answers in JSON."""
        return False
