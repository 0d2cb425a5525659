"""The two small forms of the studio; a file's sections are read by `posted`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jalon.people.models import Organisation
from jalon.web.studio import choices


class NewMicroCredentialForm(forms.Form):
    """A title and a domain are enough to begin."""

    title = forms.CharField(
        label=_("Titre"),
        max_length=250,
        help_text=_("Un geste concret, en quelques mots : «Plesser une haie». Il pourra changer."),
        error_messages={"required": _("Il manque le titre. Quelques mots suffisent, ils pourront changer.")},
    )
    domain = forms.ChoiceField(
        label=_("Domaine"),
        widget=forms.RadioSelect,
        required=False,
        help_text=_("La couleur de la borne, et le rayon du catalogue."),
    )
    organisation = forms.ChoiceField(
        label=_("Organisme"),
        help_text=_("Celui qui délivrera les attestations."),
        error_messages={
            "required": _("Il manque l'organisme : c'est lui qui délivrera les attestations."),
            "invalid_choice": _("Choisissez un organisme dans la liste."),
        },
    )

    def __init__(self, *args: Any, organisations: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        domain, organisation = self.fields["domain"], self.fields["organisation"]
        assert isinstance(domain, forms.ChoiceField) and isinstance(organisation, forms.ChoiceField)  # noqa: S101, PT018 -- for the type checker
        domain.choices = [(each.value, each.label) for each in choices.domains()]
        organisation.choices = [(str(each.id), each.legal_name) for each in organisations]
        if len(organisations) == 1:
            organisation.widget = forms.HiddenInput()
            organisation.initial = str(organisations[0].id)


class PublishForm(forms.Form):
    """The explicit word without which nothing is published."""

    confirmed = forms.BooleanField(
        label=_("J'ai relu : cette version ne changera plus."),
        error_messages={
            "required": _(
                "Cochez la case pour publier : une version publiée ne se corrige que par une autre."
            )
        },
    )
