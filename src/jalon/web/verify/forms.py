"""What a visitor gives on the verify page: one small form for each way."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jalon.foundation.identifiers import REFERENCE_LENGTH, read_reference
from jalon.verification import labels
from jalon.verification.rules import Form, recognise_text

# What a file picker offers: what is handed out, badges in pictures included.
_READ = ".pdf,.svg,.png,.json,.jsonld,.jwt,.sd-jwt,application/vc"


class ReferenceForm(forms.Form):
    """Twelve signs, typed by hand from paper. A link pasted here is taken for what it is."""

    reference = forms.CharField(
        label=_("Référence"),
        help_text=_("Douze signes sous le QR code, par exemple 7KF2-9QMR-48XA"),
        max_length=2000,
        error_messages={"required": _("Il manque la référence. Elle est écrite sous le QR code.")},
    )

    def clean_reference(self) -> str:
        """Twelve signs without dashes, or a link as it was typed."""
        typed: str = self.cleaned_data["reference"]
        if recognise_text(typed) is Form.LINK:
            return typed
        reference = read_reference(typed)
        if len(reference) != REFERENCE_LENGTH:
            count = {"count": len(reference)}
            raise forms.ValidationError(
                labels.sentence("verification.reference_length", count), code="reference_length"
            )
        return reference


class FileForm(forms.Form):
    """A file, never kept: read, verified, forgotten."""

    file = forms.FileField(
        label=_("PDF, image SVG ou fichier JSON"),
        help_text=_("2 Mo au plus"),
        allow_empty_file=True,
        error_messages={"required": _("Choisissez un fichier sur cet appareil.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = _READ


class TextForm(forms.Form):
    """A link, or the text of a signed credential."""

    text = forms.CharField(
        label=_("Lien ou contenu signé"),
        help_text=_("Une adresse qui commence par https://, ou le texte d’un fichier JSON (Open Badges 3)"),
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false", "autocomplete": "off"}),
        error_messages={"required": _("Il n’y a rien à lire. Collez le lien ou le contenu signé.")},
    )
