"""What the pages of awarding let a person type. Forms check input; rules check meaning."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, TypeVar

from django import forms
from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jalon.awarding import labels
from jalon.awarding.documents.forms import ON_DEMAND
from jalon.awarding.models import Award
from jalon.awarding.rules.award_states import REASONS_BY_HAND
from jalon.awarding.rules.building import AwardChanges
from jalon.awarding.rules.columns import ColumnMapping, Field, Header
from jalon.foundation import clock
from jalon.verification.labels.formats import FORMS

FIELD_NAMES: dict[Field, Any] = {
    Field.NAME: gettext_lazy("Nom complet"),
    Field.FAMILY_NAME: gettext_lazy("Nom de famille"),
    Field.GIVEN_NAME: gettext_lazy("Prénom"),
    Field.BIRTH_DATE: gettext_lazy("Date de naissance"),
    Field.IDENTIFIER: gettext_lazy("Numéro de la personne chez vous"),
    Field.EMAIL: gettext_lazy("Courriel"),
    Field.AWARDED_ON: gettext_lazy("Date d’obtention"),
    Field.GRADE: gettext_lazy("Résultat ou note"),
}
MAX_COLUMNS = 200
Value = TypeVar("Value")


class DateInput(forms.DateInput):
    """A date that the browser helps to type; it travels as ISO 8601."""

    input_type = "date"

    def __init__(self, **attrs: Any) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class DateField(forms.DateField):
    """A day: ISO, or as French people write it where the browser has no calendar."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            widget=DateInput(),
            input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y"],
            error_messages={
                "invalid": gettext_lazy("Cette date n’existe pas, ou s’écrit autrement : 31/12/2025."),
                "required": gettext_lazy("Il manque la date."),
            },
            **kwargs,
        )


class UploadForm(forms.Form):
    """A list of people."""

    file = forms.FileField(
        label=gettext_lazy("La liste des personnes"),
        help_text=format_lazy(
            gettext_lazy(
                "Un tableau Excel (.xlsx) ou CSV, {limit} Mo au plus. Une ligne par personne ; "
                "seul le nom est obligatoire."
            ),
            limit=settings.UPLOAD_MAX_BYTES // (1024 * 1024),
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv,.txt,text/csv"}),
        error_messages={
            "required": gettext_lazy("Il manque le fichier. Choisissez le tableau qui contient les noms."),
            "empty": gettext_lazy("Ce fichier est vide. Choisissez celui qui contient les noms."),
            "missing": gettext_lazy("Le fichier n’est pas arrivé. Choisissez-le de nouveau."),
        },
    )


class ColumnsForm(forms.Form):
    """What each column of the list holds, and the date for the rows that say none."""

    awarded_on = DateField(
        required=False,
        label=gettext_lazy("Date d’obtention pour les lignes qui n’en donnent pas"),
        help_text=gettext_lazy("Sans réponse : la date du jour."),
    )

    def __init__(self, *args: Any, mapping: ColumnMapping, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mapping = mapping
        held = {position: wanted for wanted, position in mapping.columns.items()}
        choices = [("", _("— ne pas lire —")), *((field.value, name) for field, name in FIELD_NAMES.items())]
        for position, label in enumerate(mapping.header.labels[:MAX_COLUMNS]):
            self.fields[f"c{position}"] = forms.ChoiceField(
                required=False,
                label=label,
                choices=choices,
                initial=held.get(position, ""),
                error_messages={"invalid_choice": _("Choisissez une des réponses proposées.")},
            )

    def columns(self) -> Iterator[tuple[int, forms.BoundField]]:
        """The select of each column, in the order of the file."""
        for name in self.fields:
            if name.startswith("c") and name[1:].isdigit():
                yield int(name[1:]), self[name]

    def clean_awarded_on(self) -> date | None:
        found: date | None = self.cleaned_data["awarded_on"]
        if found and found > clock.today():
            raise forms.ValidationError(
                labels.sentence("awarding.future_date", {"met": found.strftime("%d/%m/%Y")})
            )
        return found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        taken: dict[str, int] = {}
        for position, bound in self.columns():
            wanted = cleaned.get(bound.name, "")
            if not wanted:
                continue
            if wanted in taken:
                first = self.mapping.header.labels[taken[wanted]]
                self.add_error(
                    bound.name,
                    _("La colonne « %(other)s » dit déjà cela. Gardez une seule des deux.")
                    % {"other": first},
                )
            taken.setdefault(wanted, position)
        names = {Field.NAME, Field.FAMILY_NAME, Field.GIVEN_NAME}
        if not self.errors and names.isdisjoint(taken):
            raise forms.ValidationError(
                _("Dites quelle colonne contient les noms : sans nom, il n’y a pas d’attestation.")
            )
        return cleaned

    def chosen(self) -> ColumnMapping:
        """The mapping that the person settled."""
        columns = {
            Field(self.cleaned_data[bound.name]): position
            for position, bound in self.columns()
            if self.cleaned_data.get(bound.name)
        }
        header = Header(self.mapping.header.number, self.mapping.header.labels)
        return ColumnMapping(header, columns, duplicates=self.mapping.duplicates)


class PersonForm(forms.Form):
    """One person, without a file; read by the same rules as a row of a list."""

    name = forms.CharField(
        label=FIELD_NAMES[Field.NAME],
        max_length=150,
        help_text=gettext_lazy("Prénom et nom, comme ils seront lus sur l’attestation."),
        error_messages={
            "required": gettext_lazy("Il manque le nom. C’est lui qui sera lu sur l’attestation.")
        },
    )
    birth_date = DateField(
        required=False,
        label=FIELD_NAMES[Field.BIRTH_DATE],
        help_text=gettext_lazy("Sert à distinguer deux homonymes. Elle n’entre jamais dans l’attestation."),
    )
    identifier = forms.CharField(
        required=False,
        label=FIELD_NAMES[Field.IDENTIFIER],
        max_length=100,
        help_text=gettext_lazy("Si vous en donnez un. Il reste chez vous."),
    )
    email = forms.CharField(
        required=False,
        label=FIELD_NAMES[Field.EMAIL],
        max_length=200,
        help_text=gettext_lazy("Facultatif : l’attestation vaut sans lui."),
    )
    awarded_on = DateField(
        required=False,
        label=FIELD_NAMES[Field.AWARDED_ON],
        help_text=gettext_lazy("Sans réponse : la date du jour."),
    )
    grade = forms.CharField(required=False, label=FIELD_NAMES[Field.GRADE], max_length=100)

    def table(self) -> tuple[list[str], list[str]]:
        """Header and row, as a spreadsheet would hold them."""
        cells = []
        for field in self.fields:
            value = self.cleaned_data[field]
            cells.append(value.isoformat() if isinstance(value, date) else str(value or ""))
        return list(self.fields), cells


class ChoiceOfFormsForm(forms.Form):
    """Which forms are made with each award, beside the badge."""

    forms = forms.MultipleChoiceField(
        required=False,
        label=gettext_lazy("À faire et à garder avec chaque attestation"),
        help_text=gettext_lazy(
            "Utile si vous remettez vous-même les fichiers : ils sont prêts dans l’archive de la liste. Une "
            "attestation européenne pèse environ 350 Ko par langue, les autres une dizaine."
        ),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": gettext_lazy("Choisissez parmi les formats proposés.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["forms"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101  declared just above
        field.choices = [(name, FORMS[name].name) for name in ON_DEMAND]


class RevokeForm(forms.Form):
    """Why an award is taken back."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Pourquoi ?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choisissez une raison : elle sera montrée à qui vérifie.")},
    )
    note = forms.CharField(
        required=False,
        max_length=500,
        label=gettext_lazy("Une précision, visible par tous"),
        help_text=gettext_lazy("Elle s’affiche sur la page de l’attestation. Ne nommez personne d’autre."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    confirm = forms.BooleanField(
        label=gettext_lazy("Je révoque cette attestation. Cela ne peut pas être défait."),
        error_messages={
            "required": gettext_lazy("Cochez la case : une révocation ne peut pas être défaite.")
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reasons: Sequence[tuple[str, str]] = [
            (reason.value, _sentence(labels.revocation_reason(reason.value))) for reason in REASONS_BY_HAND
        ]
        field = self.fields["reason"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  declared just above
        field.choices = reasons


class CorrectForm(forms.Form):
    """What was wrong, put right."""

    holder_name = forms.CharField(
        label=gettext_lazy("Nom"),
        max_length=150,
        error_messages={
            "required": gettext_lazy("Il manque le nom. C’est lui qui sera lu sur l’attestation.")
        },
    )
    awarded_on = DateField(label=gettext_lazy("Date d’obtention"))
    grade = forms.CharField(required=False, label=gettext_lazy("Résultat ou note"), max_length=100)
    note = forms.CharField(
        required=False,
        max_length=500,
        label=gettext_lazy("Ce qui était faux, visible par tous"),
        help_text=gettext_lazy("Elle s’affiche sur la page de l’ancienne attestation. Facultatif."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean_awarded_on(self) -> date:
        found: date = self.cleaned_data["awarded_on"]
        if found > clock.today():
            raise forms.ValidationError(
                labels.sentence("awarding.future_date", {"met": found.strftime("%d/%m/%Y")})
            )
        return found

    def changes(self, award: Award) -> AwardChanges:
        """Only what differs from *award*."""
        cleaned = self.cleaned_data
        return AwardChanges(
            holder_name=_if_other(cleaned["holder_name"], award.holder_name),
            awarded_on=_if_other(cleaned["awarded_on"], award.awarded_on),
            grade=_if_other(cleaned["grade"], award.grade),
        )


def _if_other(typed: Value, before: Value) -> Value | None:
    return None if typed == before else typed


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
