"""The attestation for a wallet, bound to the holder's key: whoever else has a copy cannot answer for it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from jalon.awarding import actions as awarding
from jalon.awarding.errors import ChangedDocumentError, HolderKeyError
from jalon.awarding.labels import sentence
from jalon.awarding.rules.exports import holder_key
from jalon.verification import labels
from jalon.verification.errors import TooManyTriesError
from jalon.verification.labels import formats as words
from jalon.web.verify import own
from jalon.web.verify.credentials import credential_or_404, file
from jalon.web.verify.privacy import about_one_person
from jalon.web.verify.throttle import PerCredential
from sceau.errors import DataModelError
from sceau.keys.public import PublicKey

# A birth date is one of some forty thousand: neither one address nor many may try them.
_TRIES = PerCredential("birth-date", limit=10, minutes=24 * 60)


class KeyForm(forms.Form):
    """The key of a wallet, and what only its holder is asked."""

    key = forms.CharField(
        label=gettext_lazy("La clé publique de votre portefeuille (JWK)"),
        help_text=gettext_lazy(
            'Un texte en JSON que le portefeuille donne, qui commence par {"kty". Jamais sa clé secrète.'
        ),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false", "autocomplete": "off"}),
        error_messages={
            "required": gettext_lazy("Il manque la clé. Collez celle que donne le portefeuille.")
        },
    )
    birth_date = forms.DateField(
        label=gettext_lazy("Votre date de naissance"),
        help_text=gettext_lazy(
            "Pour que personne d’autre ne lie votre attestation à sa clé. Elle n’entre pas dans le fichier."
        ),
        input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y"],
        widget=forms.DateInput(attrs={"type": "date", "autocomplete": "bday"}, format="%Y-%m-%d"),
        error_messages={
            "required": gettext_lazy("Il manque la date."),
            "invalid": gettext_lazy("Cette date n’existe pas, ou s’écrit autrement : 31/12/2025."),
        },
    )

    def __init__(self, *args: Any, born: date | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._born = born

    def clean_key(self) -> PublicKey:
        try:
            return holder_key(self.cleaned_data["key"])
        except HolderKeyError as error:
            raise forms.ValidationError(sentence(error.code, {}), code=error.code) from error

    def is_the_holder(self) -> bool:
        """Whether the day is the one that the organisation knows."""
        return self._born is not None and self.cleaned_data["birth_date"] == self._born


@require_http_methods(["GET", "HEAD", "POST"])
@about_one_person
def page(request: HttpRequest, token: str) -> HttpResponse:
    """Asks for a key, and hands over the file that is bound to it."""
    credential = credential_or_404(token)
    if credential.award.revoked_at is not None:
        raise Http404
    born = credential.award.person.birth_date
    form = KeyForm(request.POST if request.method == "POST" and born else None, born=born)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                _TRIES.check(str(credential.pk))
                if form.is_the_holder():
                    made = awarding.bound_attestation(credential, key=form.cleaned_data["key"])
                    return file(credential, made.data, made.media_type, "sd-jwt")
                _TRIES.count(str(credential.pk))
                form.add_error("birth_date", _("Ce n’est pas la date que l’organisme connaît."))
            except TooManyTriesError as error:
                status = 429
                form.add_error(None, labels.sentence(error.code, error.facts))
            except DataModelError as error:
                reason = credential.award.specification.read().level.none_reason
                form.add_error(None, words.refusal(error, reason))
            except ChangedDocumentError as error:
                status = 409
                form.add_error(None, sentence(error.code, error.facts))
    context = {
        "form": form,
        "born": born,
        "organisation": credential.award.organisation.legal_name,
        "back": own.page_url(credential),
        "public_url": settings.PUBLIC_URL,
    }
    return render(request, "verify/wallet.html", context, status=status)
