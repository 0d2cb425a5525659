"""Forms of offers and sessions. They check what is typed; `catalogue.rules.offering` checks what it means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jalon.catalogue import labels
from jalon.catalogue.errors import Fault
from jalon.catalogue.models import Offering, Session
from jalon.catalogue.queries.places import asked
from jalon.catalogue.rules import offering as rules
from jalon.catalogue.rules.offering import (
    Answer,
    CourseKind,
    EntryMode,
    Modality,
    OfferingFacts,
    Season,
    SessionFacts,
    SessionState,
)
from jalon.catalogue.rules.searching import Criteria


def show_faults(form: forms.Form, faults: Iterable[Fault]) -> None:
    """Each fault beside its field, in words."""
    for fault in faults:
        name = fault.field if fault.field in form.fields else None
        form.add_error(name, labels.sentence(fault.code, fault.facts))


def _choices(words: Mapping[Any, Any]) -> list[tuple[str, Any]]:
    return [(str(getattr(key, "value", key)), said) for key, said in words.items()]


_ENTRY_LEVELS = [("", _("Non indiqué")), ("none", _("Aucun en particulier"))] + [
    (str(n), _("Niveau {n}").format(n=n)) for n in range(1, 9)
]


def _answer(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=_choices(labels.ANSWERS), required=False)


def _lines(label: Any, help_text: Any = "", *, rows: int = 3, most: int = 3000) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=most,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class OfferingForm(forms.Form):
    """What an organisation says when it offers a micro-certification."""

    modality = forms.ChoiceField(
        label=_("Où l'on apprend"),
        choices=_choices(labels.MODALITIES),
        widget=forms.RadioSelect,
        error_messages={"required": _("Il manque où l'on apprend. C'est ce que chacun regarde d'abord.")},
    )
    price_euros = forms.DecimalField(
        label=_("Prix pour la personne, en euros"),
        help_text=_("Toutes taxes comprises, au plus. 0 quand c'est sans frais. Vide : non indiqué."),
        required=False,
        max_digits=9,
        decimal_places=2,
        localize=True,
        error_messages={"invalid": _("Ce prix ne se lit pas. Il s'écrit comme 120 ou 89,50.")},
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    price_note = forms.CharField(label=_("À savoir sur le prix"), required=False, max_length=300)
    funding = forms.MultipleChoiceField(
        label=_("Qui peut payer"),
        choices=_choices(labels.FUNDERS),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    funding_note = _lines(_("À savoir sur le financement"), rows=2, most=600)
    registration = forms.CharField(
        label=_("Comment demander une place"),
        help_text=_("Par exemple : par téléphone, puis un rendez-vous."),
        required=False,
        max_length=255,
    )
    contact_name = forms.CharField(label=_("Personne à joindre"), required=False, max_length=100)
    contact_email = forms.EmailField(
        label=_("Son adresse électronique"), help_text=_("Elle sera publique."), required=False
    )
    contact_phone = forms.CharField(
        label=_("Son téléphone"),
        help_text=_("Il sera public."),
        required=False,
        max_length=25,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )
    contact_url = forms.CharField(
        label=_("Page d'inscription"),
        help_text=_("Facultatif. Commence par https://."),
        required=False,
        max_length=400,
        widget=forms.TextInput(attrs={"inputmode": "url"}),
    )
    public_transport = _answer(_("Accessible en transport en commun"))
    equipment_provided = _answer(_("L'équipement est fourni"))
    connection_needed = _answer(_("Il faut une connexion à internet chez soi"))
    childcare = _answer(_("Une garde d'enfants est possible"))
    wheelchair = _answer(_("Les lieux sont accessibles en fauteuil"))
    access_note = _lines(
        _("À savoir pour venir"),
        _("Arrêt de car, covoiturage, hébergement, repas, ce qu'il faut apporter."),
        most=1000,
    )
    seasons = forms.MultipleChoiceField(
        label=_("Saison habituelle"),
        choices=_choices(labels.SEASONS),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    rhythm = _lines(_("Rythme"), _("Par exemple : un jour par semaine pendant cinq semaines."), rows=2)
    alternance = _lines(
        _("Alternance"), _("Ce qui se passe en entreprise ; «aucune» s'il n'y en a pas."), rows=2
    )
    entry_mode = forms.ChoiceField(label=_("Entrées"), choices=_choices(labels.ENTRY_MODES), required=False)
    course_kind = forms.ChoiceField(
        label=_("Type de parcours"), choices=_choices(labels.COURSE_KINDS), required=False
    )
    entry_level = forms.ChoiceField(label=_("Niveau à l'entrée"), choices=_ENTRY_LEVELS, required=False)
    entry_level_required = forms.BooleanField(label=_("Ce niveau est obligatoire"), required=False)
    publics = forms.MultipleChoiceField(
        label=_("Public visé"),
        choices=_choices(labels.PUBLICS),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    public_codes = forms.CharField(
        label=_("Codes d'autres publics"),
        help_text=_("Cinq chiffres du Formacode, séparés par des espaces."),
        required=False,
        max_length=200,
    )

    @classmethod
    def of(cls, offering: Offering) -> OfferingForm:
        """The form of what is kept."""
        facts = offering.facts()
        initial: dict[str, Any] = {
            name: getattr(facts, name) for name in cls.base_fields if hasattr(facts, name)
        }
        initial["publics"] = [code for code in facts.public_codes if code in labels.PUBLICS]
        initial["public_codes"] = " ".join(c for c in facts.public_codes if c not in labels.PUBLICS)
        return cls(initial=initial)

    def facts(self) -> OfferingFacts:
        """What was typed, once it reads."""
        typed = {**self.cleaned_data}
        typed["modality"] = Modality(typed["modality"])
        for name in rules.ACCESS_QUESTIONS:
            typed[name] = Answer(typed[name])
        typed["seasons"] = tuple(Season(code) for code in typed["seasons"])
        typed["funding"] = tuple(typed["funding"])
        typed["entry_mode"] = EntryMode(typed["entry_mode"])
        typed["course_kind"] = CourseKind(typed["course_kind"])
        typed["public_codes"] = rules.public_codes(" ".join([*typed.pop("publics"), typed["public_codes"]]))
        return OfferingFacts(**typed)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            show_faults(self, rules.offering_faults(self.facts()))
        return cleaned


class _DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        # Browsers want ISO whatever the language; without a date picker, JJ/MM/AAAA is read too.
        super().__init__(format="%Y-%m-%d")


def _date(label: Any, missing: Any = "", help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=bool(missing),
        widget=_DateInput(),
        error_messages={
            "invalid": _("Cette date ne se lit pas. Elle s'écrit comme 31/12/2027."),
            "required": missing,
        },
    )


_WHOLE = {"invalid": _("Il faut un nombre entier, sans virgule.")}


class SessionForm(forms.Form):
    """When and where, for how many."""

    starts_on = _date(_("Commence le"), _("Il manque le début. Sans date, personne ne peut s'organiser."))
    ends_on = _date(_("Finit le"), _("Il manque la fin. Écrivez le même jour si tout tient en un jour."))
    half_days = _lines(
        _("Demi-journées"),
        _("Facultatif. Une par ligne, comme 12/03/2027 9h-12h30."),
        rows=5,
        most=20_000,
    )
    place = forms.CharField(
        label=_("Commune"),
        help_text=_("Le nom ou le code postal. Elle sert à calculer le trajet de chaque personne."),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"list": "communes", "autocomplete": "off"}),
    )
    postal_code = forms.CharField(
        label=_("Code postal"),
        required=False,
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    street = forms.CharField(label=_("Rue, lieu-dit ou salle"), required=False, max_length=250)
    seats = forms.IntegerField(
        label=_("Nombre de places"),
        help_text=_("Vide : non indiqué."),
        required=False,
        error_messages=_WHOLE,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    seats_taken = forms.IntegerField(
        label=_("Places déjà prises"),
        required=False,
        error_messages=_WHOLE,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    registration_deadline = _date(_("S'inscrire avant le"), help_text=_("Facultatif. Jour compris."))
    state = forms.ChoiceField(
        label=_("État"),
        choices=[c for c in _choices(labels.STATES) if c[0] != SessionState.CANCELLED.value],
        initial=SessionState.PLANNED.value,
    )

    def __init__(
        self, *args: Any, modality: Modality, was: SessionFacts | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.modality, self.was = modality, was

    @classmethod
    def of(cls, session: Session, *, modality: Modality) -> SessionForm:
        """The form of what is kept."""
        facts = session.facts()
        initial: dict[str, Any] = {
            name: getattr(facts, name) for name in cls.base_fields if hasattr(facts, name)
        }
        initial["half_days"] = "\n".join(str(half_day) for half_day in facts.half_days)
        initial["place"] = str(session.commune) if session.commune else session.locality
        initial["state"] = facts.state.value
        return cls(initial=initial, modality=modality, was=facts)

    def facts(self) -> SessionFacts:
        """What was typed, once it reads."""
        typed = self.cleaned_data
        place = asked(Criteria(place=f"{typed['place']}".strip()))
        known = place.centre
        if known and place.others and typed["postal_code"]:
            same = [p for p in (known, *place.others) if typed["postal_code"] in p.postcode_list]
            known = same[0] if len(same) == 1 else None
        return SessionFacts(
            starts_on=typed["starts_on"],
            ends_on=typed["ends_on"],
            half_days=self.moments,
            commune_code=known.code if known else "",
            locality=known.name if known else typed["place"].strip(),
            postal_code=typed["postal_code"].strip(),
            street=typed["street"].strip(),
            seats=typed["seats"],
            seats_taken=typed["seats_taken"] or 0,
            registration_deadline=typed["registration_deadline"],
            state=SessionState(typed["state"]),
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.moments, unread = rules.read_half_days(cleaned.get("half_days", ""))
        if unread:
            show_faults(self, [unread])
        place = asked(Criteria(place=cleaned.get("place", "").strip()))
        if place.others and not cleaned.get("postal_code"):
            names = ", ".join(str(p) for p in (place.centre, *place.others))
            self.add_error(
                "place",
                gettext("Plusieurs communes peuvent être celle-là : {names}. Écrivez la vôtre ainsi.").format(
                    names=names
                ),
            )
        return cleaned


class CancelForm(forms.Form):
    """Why a session is cancelled."""

    because = forms.CharField(
        label=_("Pourquoi"),
        help_text=_("Affiché sur la page, et dit aux personnes qui ont une place."),
        required=False,
        max_length=300,
    )
