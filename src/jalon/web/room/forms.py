"""The forms of a room that are not a field of the specification."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from jalon.design import labels
from jalon.design.models import Party
from jalon.design.rules import rooms
from jalon.design.rules.rooms import Answer, RoomRole
from jalon.foundation import clock


class EntranceForm(forms.Form):
    """Who comes in."""

    name = forms.CharField(
        label=_("Votre nom"),
        max_length=rooms.NAME,
        help_text=_("Les autres le liront à côté de ce que vous écrivez."),
        error_messages={"required": _("Il manque votre nom. Les autres le liront à côté de vos mots.")},
    )
    email = forms.EmailField(
        label=_("Votre adresse électronique, si vous voulez"),
        required=False,
        help_text=_("Seulement pour vous dire ce que deviennent vos propositions. Personne ne la verra."),
        error_messages={"invalid": _("Cette adresse n'est pas complète. Corrigez-la, ou videz la case.")},
    )


class InviteForm(forms.Form):
    """A link to make."""

    label = forms.CharField(
        label=_("Pour qui"),
        max_length=rooms.NAME,
        help_text=_("Pour reconnaître le lien plus tard : «Bernard, entreprise Vidal»."),
        error_messages={"required": _("Il manque à qui le lien est destiné.")},
    )
    role = forms.ChoiceField(
        label=_("Ce que la personne pourra faire"),
        widget=forms.RadioSelect,
        initial=RoomRole.CONTRIBUTOR.value,
        error_messages={"required": _("Choisissez ce que la personne pourra faire.")},
    )
    organisation = forms.CharField(
        label=_("Organisme"),
        required=False,
        max_length=250,
        help_text=_(
            "Nom exact ou SIRET. Il est nécessaire pour un signataire. S'il a un compte ici, il pourra "
            "signer son soutien."
        ),
    )
    days = forms.TypedChoiceField(label=_("Le lien ouvre la salle pendant"), coerce=int)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role, days = self.fields["role"], self.fields["days"]
        assert isinstance(role, forms.ChoiceField) and isinstance(days, forms.ChoiceField)  # noqa: S101, PT018 -- for the type checker
        role.choices = [
            (r.value, f"{labels.role_name(r).capitalize()} : {_after_colon(labels.role_sentence(r))}")
            for r in RoomRole
        ]
        days.choices = [(n, ngettext("%(n)d jour", "%(n)d jours", n) % {"n": n}) for n in rooms.LINK_DAYS]
        days.initial = rooms.LINK_DAYS[1]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("role") == RoomRole.SIGNATORY and not cleaned.get("organisation", "").strip():
            self.add_error("organisation", _("Il manque l'organisme pour qui cette personne signe."))
        return cleaned


def _after_colon(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


class RequiredForm(forms.Form):
    """Which organisations must sign off."""

    parties = forms.MultipleChoiceField(
        label=_("Publier attendra l'accord de"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Ne cochez rien pour n'attendre personne."),
    )
    others = forms.CharField(
        label=_("D'autres organismes"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Un par ligne : nom exact, ou SIRET."),
    )
    reason = forms.CharField(
        label=_("Pourquoi changer"),
        required=False,
        max_length=rooms.REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Cette raison est gardée, et lue par tous."),
    )

    def __init__(self, *args: Any, known: Sequence[Party], is_agreed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parties = self.fields["parties"]
        assert isinstance(parties, forms.MultipleChoiceField)  # noqa: S101 -- for the type checker
        parties.choices = [(str(party.id), party.name) for party in known]
        parties.initial = [str(party.id) for party in known if party.is_required]
        self._names = {str(party.id): party.name for party in known}
        if not is_agreed:
            del self.fields["reason"]

    @property
    def names(self) -> list[str]:
        """The organisations asked for, by name."""
        ticked = [self._names[each] for each in self.cleaned_data["parties"]]
        return [*ticked, *self.cleaned_data["others"].splitlines()]


class RoundForm(forms.Form):
    """A day on which a round closes."""

    closes_on = forms.DateField(
        label=_("Réponses jusqu'au"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Il manque le dernier jour pour répondre."),
            "invalid": _("Cette date ne peut pas être lue. Écrivez-la par exemple 2026-03-31."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["closes_on"].initial = clock.today() + timedelta(days=14)


class SignOffForm(forms.Form):
    """What an organisation answers."""

    party = forms.ChoiceField(
        label=_("Pour quel organisme"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez l'organisme pour qui vous répondez.")},
    )
    answer = forms.ChoiceField(
        label=_("La réponse de votre organisme"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez une des trois réponses.")},
    )
    words = forms.CharField(
        label=_("Vos réserves, ou vos raisons"),
        required=False,
        max_length=rooms.COMMENT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Nécessaires avec des réserves ou un refus. Les autres les liront dans la salle."),
    )
    name = forms.CharField(
        label=_("Nom complet"),
        max_length=rooms.NAME,
        error_messages={"required": _("Il manque votre nom complet.")},
    )
    function = forms.CharField(
        label=_("Fonction"),
        max_length=rooms.NAME,
        help_text=_("À quel titre vous engagez l'organisme : gérante, président, responsable de formation…"),
        error_messages={"required": _("Il manque votre fonction.")},
    )
    wants_endorsement = forms.BooleanField(
        label=_("Délivrer un soutien signé, public, avec la clé de notre organisme"), required=False
    )

    def __init__(self, *args: Any, parties: Sequence[Party], may_sign: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        party, answer = self.fields["party"], self.fields["answer"]
        assert isinstance(party, forms.ChoiceField) and isinstance(answer, forms.ChoiceField)  # noqa: S101, PT018 -- for the type checker
        party.choices = [(str(each.id), each.name) for each in parties]
        answer.choices = [(each.value, labels.answer_name(each)) for each in Answer]
        if len(parties) == 1:
            party.widget = forms.HiddenInput()
            party.initial = str(parties[0].id)
        if not may_sign:
            del self.fields["wants_endorsement"]
