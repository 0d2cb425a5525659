"""Forms about organisations and members. They check what is typed; `people.rules` check what it means."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jalon.people import labels, rules
from jalon.people.errors import Fault
from jalon.people.models import Accreditation
from jalon.people.rules import AccreditationKind, OrganisationFacts, OrganisationKind, Role
from jalon.web.account.forms import ADDRESS, ADDRESS_ERRORS


def show_faults(form: forms.Form, faults: Iterable[Fault]) -> None:
    """Each fault beside its field, in words."""
    for fault in faults:
        form.add_error(
            fault.field if fault.field in form.fields else None, labels.sentence(fault.code, fault.facts)
        )


class OrganisationForm(forms.Form):
    """What an organisation says of itself."""

    legal_name = forms.CharField(
        label=_("Nom de l'organisme"),
        help_text=_("Le nom légal, tel qu'il figurera sur les attestations."),
        error_messages={"required": labels.sentence_lazy("people.legal_name_missing")},
        max_length=250,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    kind = forms.ChoiceField(
        label=_("Nature"),
        choices=[(kind.value, words) for kind, words in labels.ORGANISATION_KINDS.items()],
    )
    country_code = forms.ChoiceField(label=_("Pays"), choices=list(labels.COUNTRIES.items()), initial="FR")
    region = forms.CharField(
        label=_("Région"), help_text=_("Facultatif. Par exemple : Occitanie."), required=False, max_length=120
    )
    street = forms.CharField(
        label=_("Rue et numéro"),
        required=False,
        max_length=250,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    postal_code = forms.CharField(
        label=_("Code postal"),
        required=False,
        max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code"}),
    )
    locality = forms.CharField(
        label=_("Commune"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "address-level2"}),
    )
    siret = forms.CharField(
        label=_("SIRET"),
        help_text=_(
            "Facultatif. Quatorze chiffres, espaces permis. Il montre aux autres que l'organisme existe."
        ),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    nda = forms.CharField(
        label=_("Numéro de déclaration d'activité (NDA)"),
        help_text=_("Pour un organisme de formation français : onze chiffres."),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    website = forms.URLField(
        label=_("Site"),
        help_text=_("Facultatif. Commence par https://."),
        required=False,
        assume_scheme="https",
        error_messages={
            "invalid": _(
                "Cette adresse de site n'est pas complète. Elle s'écrit comme https://www.exemple.fr."
            )
        },
    )
    email = forms.EmailField(
        label=_("Adresse électronique de contact"),
        help_text=_("Facultatif. Elle sera publique."),
        required=False,
        error_messages=ADDRESS_ERRORS,
    )

    def clean_siret(self) -> str:
        return rules.bare_digits(self.cleaned_data["siret"])

    def clean_nda(self) -> str:
        return rules.bare_digits(self.cleaned_data["nda"])

    def facts(self) -> OrganisationFacts:
        """What was typed, once the form is valid."""
        typed = {**self.cleaned_data, "kind": OrganisationKind(self.cleaned_data["kind"])}
        return OrganisationFacts(**typed)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        typed = {name: cleaned.get(name, "") for name in OrganisationFacts.__dataclass_fields__}
        # Whatever is already refused, the rest is looked at too: one round is enough to see every point.
        kind = OrganisationKind(typed["kind"] or OrganisationKind.ASSOCIATION)
        country = typed["country_code"] or "FR"
        faults = rules.organisation_faults(
            OrganisationFacts(**{**typed, "kind": kind, "country_code": country})
        )
        show_faults(self, [fault for fault in faults if fault.field not in self.errors])
        return cleaned


class _DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        # Browsers want ISO whatever the language; without a date picker, JJ/MM/AAAA is read too.
        super().__init__(format="%Y-%m-%d")


_DATE_ERRORS = {"invalid": _("Cette date ne se lit pas. Elle s'écrit comme 31/12/2027.")}


class AccreditationForm(forms.Form):
    """A label or agreement, with its dates."""

    kind = forms.ChoiceField(
        label=_("Nature"),
        choices=[(kind.value, words) for kind, words in labels.ACCREDITATION_KINDS.items()],
    )
    name = forms.CharField(
        label=_("Intitulé"),
        help_text=_("Tel qu'il figure sur le document. Par exemple : Qualiopi, actions de formation."),
        error_messages={"required": labels.sentence_lazy("people.accreditation_name_missing")},
        max_length=200,
    )
    granted_by = forms.CharField(
        label=_("Accordé par"), help_text=_("Facultatif."), required=False, max_length=200
    )
    identifier = forms.CharField(
        label=_("Numéro du certificat"), help_text=_("Facultatif."), required=False, max_length=100
    )
    valid_from = forms.DateField(
        label=_("Valable depuis le"), required=False, widget=_DateInput(), error_messages=_DATE_ERRORS
    )
    valid_until = forms.DateField(
        label=_("Valable jusqu'au"), required=False, widget=_DateInput(), error_messages=_DATE_ERRORS
    )

    @classmethod
    def of(cls, accreditation: Accreditation) -> AccreditationForm:
        """The form of what is already kept."""
        return cls(initial={name: getattr(accreditation, name) for name in cls.base_fields})

    def clean_kind(self) -> AccreditationKind:
        return AccreditationKind(self.cleaned_data["kind"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        faults = rules.accreditation_faults(
            name=cleaned.get("name", ""),
            valid_from=cleaned.get("valid_from"),
            valid_until=cleaned.get("valid_until"),
        )
        show_faults(self, [fault for fault in faults if fault.field not in self.errors])
        return cleaned


def _roles() -> list[tuple[str, str]]:
    return [(role.value, f"{labels.ROLES[role]} — {labels.ROLE_HELP[role]}") for role in Role]


class InvitationForm(forms.Form):
    """Whom to invite, and for what."""

    email = forms.EmailField(label=ADDRESS, error_messages=ADDRESS_ERRORS)
    role = forms.ChoiceField(
        label=_("Rôle"),
        choices=_roles,
        widget=forms.RadioSelect,
        error_messages={"required": _("Il manque le rôle. Il dit ce que la personne pourra faire.")},
    )

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])


class RolesForm(forms.Form):
    """What a member may do."""

    roles = forms.MultipleChoiceField(
        label=_("Rôles"),
        choices=_roles,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _(
                "Cochez au moins un rôle. Pour que la personne n'en ait plus aucun, retirez-la plus bas."
            )
        },
    )

    def clean_roles(self) -> list[Role]:
        return [Role(value) for value in self.cleaned_data["roles"]]
