"""The form with which an organisation hands over its seal; `awarding.rules.seals` reads the files."""

from __future__ import annotations

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from jalon.awarding.rules.seals import MAX_BYTES

_TOO_LARGE = format_lazy(
    _("Ce fichier est trop gros pour un certificat : {limit} Ko au plus."), limit=MAX_BYTES // 1024
)


class SealForm(forms.Form):
    """A certificate and its key, in one file or in two."""

    file = forms.FileField(
        label=_("Le certificat"),
        help_text=_("Le fichier .p12 ou .pfx remis par l’autorité. Un fichier PEM convient aussi."),
        widget=forms.FileInput(attrs={"accept": ".p12,.pfx,.pem,.crt,.cer"}),
        error_messages={
            "required": _("Il manque le fichier du certificat."),
            "empty": _("Ce fichier est vide. Choisissez celui que l’autorité a remis."),
        },
    )
    key = forms.FileField(
        label=_("La clé privée, si elle est à part"),
        help_text=_("Facultatif : un fichier .p12 la contient déjà."),
        widget=forms.FileInput(attrs={"accept": ".pem,.key"}),
        required=False,
        error_messages={"empty": _("Ce fichier est vide. Choisissez celui de la clé.")},
    )
    passphrase = forms.CharField(
        label=_("La phrase de passe du fichier"),
        help_text=_("Elle sert une fois, à ouvrir le fichier ; elle n’est pas gardée."),
        required=False,
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )

    def clean_file(self) -> bytes:
        return self._read("file") or b""

    def clean_key(self) -> bytes:
        return self._read("key") or b""

    def _read(self, name: str) -> bytes | None:
        given = self.cleaned_data[name]
        if given is None:
            return None
        if given.size > MAX_BYTES:
            raise forms.ValidationError(_TOO_LARGE)
        data: bytes = given.read()
        return data
