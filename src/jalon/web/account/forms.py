"""Forms to enter, and for one's own account. They check what is typed; rules check what it means."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import (
    ChangePasswordForm,
    LoginForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
    SetPasswordForm,
    SignupForm,
)
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from jalon.people import labels, rules
from jalon.people.models import User

ADDRESS = _("Adresse électronique")
ADDRESS_ERRORS = {
    "required": _("Il manque l'adresse. Elle sert à vous connecter."),
    "invalid": _("Cette adresse n'est pas complète. Elle s'écrit comme claire@exemple.fr."),
}
PASSWORD = _("Mot de passe")
NEW_PASSWORD = _("Nouveau mot de passe")
PASSWORD_HELP = _(
    "Douze signes au moins. Une phrase que vous seule ou vous seul connaissez convient très bien : "
    "elle est longue et se retient."
)
PASSWORD_ERRORS = {"required": _("Il manque le mot de passe.")}
NAME = _("Nom complet")
NAME_HELP = _("Vos collègues le voient à côté de ce que vous faites.")
NAME_ERRORS = {"required": _("Il manque votre nom. Vos collègues sauront ainsi qui a fait quoi.")}


def say(form: forms.BaseForm, name: str, *, label: Any, errors: dict[str, Any], help_text: Any = "") -> None:
    """Put our words on a field of the accounts library; a placeholder would only repeat the label."""
    field = form.fields[name]
    field.label, field.help_text = label, help_text
    field.error_messages.update(errors)
    field.widget.attrs.pop("placeholder", None)


class SignInForm(LoginForm):  # type: ignore[misc]  # the library has no types
    """Address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self, "login", label=ADDRESS, errors=ADDRESS_ERRORS)
        say(self, "password", label=PASSWORD, errors=PASSWORD_ERRORS)
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class SignUpForm(SignupForm):  # type: ignore[misc]  # the library has no types
    """Name, address, password; and, for whoever comes by a link, the invitation taken in the same go."""

    full_name = forms.CharField(
        label=NAME,
        help_text=NAME_HELP,
        error_messages=NAME_ERRORS,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    invitation = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    field_order = ("full_name", "email", "password1", "invitation")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self, "email", label=ADDRESS, errors=ADDRESS_ERRORS)
        say(self, "password1", label=PASSWORD, errors=PASSWORD_ERRORS, help_text=PASSWORD_HELP)

    def clean_full_name(self) -> str:
        return " ".join(self.cleaned_data["full_name"].split())

    def clean_email(self) -> str:
        address = str(super().clean_email())
        if rules.is_demonstration_address(address):
            raise forms.ValidationError(labels.sentence("people.address_taken"))
        return address


class ForgottenPasswordForm(ResetPasswordForm):  # type: ignore[misc]  # the library has no types
    """To whom the link is sent."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self, "email", label=ADDRESS, errors=ADDRESS_ERRORS)


class _OnePassword:
    """A new password is typed once: pasting it twice proves nothing, and a lost one is replaced by a link."""

    fields: dict[str, forms.Field]

    def typed_once(self, label: Any) -> None:
        del self.fields["password2"]
        say(self, "password1", label=label, errors=PASSWORD_ERRORS, help_text=PASSWORD_HELP)  # type: ignore[arg-type]  # mixed into forms only


class NewPasswordForm(_OnePassword, ResetPasswordKeyForm):  # type: ignore[misc]  # the library has no types
    """After following a one-time link."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.typed_once(NEW_PASSWORD)


class FirstPasswordForm(_OnePassword, SetPasswordForm):  # type: ignore[misc]  # the library has no types
    """For an account that has none yet."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.typed_once(PASSWORD)


class OtherPasswordForm(_OnePassword, ChangePasswordForm):  # type: ignore[misc]  # the library has no types
    """The present password, then another."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.typed_once(NEW_PASSWORD)
        say(self, "oldpassword", label=_("Mot de passe actuel"), errors=PASSWORD_ERRORS)


class AgainForm(ReauthenticateForm):  # type: ignore[misc]  # the library has no types
    """The password once more, before something sensitive."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self, "password", label=PASSWORD, errors=PASSWORD_ERRORS)


class NameForm(forms.Form):
    """One's name."""

    full_name = forms.CharField(
        label=NAME,
        help_text=NAME_HELP,
        error_messages=NAME_ERRORS,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class AddressForm(forms.Form):
    """The address to sign in with, changed by whoever knows the password."""

    email = forms.EmailField(
        label=_("Nouvelle adresse électronique"),
        error_messages=ADDRESS_ERRORS,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    password = forms.CharField(
        label=PASSWORD,
        help_text=_("Pour être sûrs que c'est bien vous."),
        error_messages=PASSWORD_ERRORS,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        if not self.user.check_password(password):
            raise forms.ValidationError(_("Ce n'est pas votre mot de passe actuel. Tapez-le à nouveau."))
        return password


class LanguageForm(forms.Form):
    """The language of pages."""

    language = forms.ChoiceField(label=_("Langue des pages"), choices=settings.LANGUAGES)
