"""Forms about needs: they check what is typed; `territory.rules` check what it means."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.urls import reverse_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jalon.people.errors import Fault
from jalon.people.models import Organisation
from jalon.territory import labels
from jalon.territory.models import Need
from jalon.territory.rules.need_states import NeedState
from jalon.territory.rules.needs import Asker, AskerKind, Constraint, NeedFacts
from jalon.territory.rules.territories import MOST_PARTS
from jalon.web.needs.parts import Read, read
from jalon.web.needs.places import Place, read_place

_DATES = ["%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y"]


class NeedForm(forms.Form):
    """What is missing, where, for how many, by when."""

    skill = forms.CharField(
        label=_("Ce qui manque"),
        help_text=_(
            "Avec vos mots : «Savoir régler un robot de traite». Ce texte sera public : "
            "ni nom de personne, ni numéro."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
        strip=True,
    )
    place = forms.CharField(
        label=_("Où"),
        help_text=_("La commune, ou son code postal"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "list": "communes", "data-communes": ""}),
    )
    commune = forms.ChoiceField(label=_("Quelle commune ?"), widget=forms.RadioSelect, required=False)
    people_count = forms.IntegerField(
        label=_("Pour combien de personnes"),
        help_text=_("À peu près ; laissez vide si vous ne savez pas."),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    needed_by = forms.DateField(
        label=_("Pour quand"),
        help_text=_("La date à partir de laquelle cela manquera ; laissez vide si rien ne presse."),
        required=False,
        input_formats=_DATES,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    ticked = forms.MultipleChoiceField(
        label=_("Ce qui gêne pour se former"),
        choices=[(each.value, words) for each, words in labels.CONSTRAINTS.items()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    constraints = forms.CharField(
        label=_("À savoir aussi"),
        help_text=_("Par exemple : «pas avant 9 h, à cause de la traite». Ce texte sera public."),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )

    _required = {"skill": "territory.skill_missing", "place": "territory.place_missing"}
    _unreadable = {
        "people_count": "territory.people_unreadable",
        "needed_by": "territory.date_unreadable",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, code in self._required.items():
            self.fields[name].error_messages["required"] = labels.sentence(code)
        for name, code in self._unreadable.items():
            self.fields[name].error_messages["invalid"] = labels.sentence(code)
        self.found = Place()
        if self.is_bound:
            typed, chosen = self.data.get("place", ""), self.data.get("commune", "")
            self.found = read_place(str(typed)[:500], str(chosen))
        commune = self.fields["commune"]
        assert isinstance(commune, forms.ChoiceField)  # noqa: S101 -- for the type checker
        near = self.found.candidates or ((self.found.commune,) if self.found.commune else ())
        commune.choices = [
            (each.code, f"{each} · {', '.join(each.postcode_list[:3]) or each.code}") for each in near
        ]
        # What was picked for other words is no fault of this form.
        commune.validate = lambda value: None  # type: ignore[method-assign]  # this field alone

    @property
    def asks_which(self) -> bool:
        """Whether several communes are to be chosen from."""
        return bool(self.found.candidates)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("place") and not self.found.is_known:
            code = "several" if self.found.candidates else "unknown"
            self.add_error("place", labels.sentence(f"territory.commune_{code}"))
        return cleaned

    def facts(self) -> NeedFacts:
        """What was stated; the form is valid."""
        given = self.cleaned_data
        return NeedFacts(
            skill=given["skill"],
            commune_code=self.found.commune.code if self.found.commune else "",
            place=self.found.words,
            people_count=given["people_count"],
            needed_by=given["needed_by"],
            constraints=given["constraints"],
            ticked=frozenset(Constraint(each) for each in given["ticked"]),
        )

    @staticmethod
    def values_of(need: Need) -> dict[str, Any]:
        """What a need says, for the form to correct it."""
        return {
            "skill": need.skill,
            "place": need.place_name,
            "people_count": need.people_count,
            "needed_by": need.needed_by,
            "constraints": need.constraints,
            "ticked": need.constraints_ticked,
        }


def _spoken_for(organisation: Organisation) -> str:
    """Its name; and that it is read first where nobody confirmed who it is."""
    if organisation.identity_confirmed_at:
        return organisation.legal_name
    return gettext("%(name)s (relu avant d'être publié)") % {"name": organisation.legal_name}


class AskerForm(forms.Form):
    """Who states a need, and how they are told of it."""

    organisation = forms.ChoiceField(label=_("Au nom de"), required=False)
    kind = forms.ChoiceField(
        label=_("Vous êtes"),
        choices=[(kind.value, words) for kind, words in labels.ASKER_KINDS.items()],
        widget=forms.RadioSelect,
        required=False,
    )
    name = forms.CharField(
        label=_("Nom de l'entreprise ou de la collectivité"),
        help_text=_("Pour que la personne qui lit votre besoin sache d'où il vient. Jamais public."),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    email = forms.EmailField(
        label=_("Adresse électronique"),
        help_text=_(
            "Facultatif. Pour vous dire ce que devient votre besoin, et rien d'autre. Jamais montrée."
        ),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    agrees = forms.BooleanField(required=False)
    # Hidden from people; robots fill it. See `views`.
    website = forms.CharField(
        label=_("Laissez ce champ vide"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, organisations: Sequence[Organisation], months: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisations = {str(each.id): each for each in organisations}
        choice = self.fields["organisation"]
        assert isinstance(choice, forms.ChoiceField)  # noqa: S101 -- for the type checker
        own_name = ("", _("En mon nom, sans organisme (relu avant d'être publié)"))
        choice.choices = [*((key, _spoken_for(each)) for key, each in self.organisations.items()), own_name]
        if not organisations:
            choice.widget = forms.HiddenInput()
        self.fields["agrees"].label = _(
            "J'accepte que ce nom et cette adresse soient gardés %(months)d mois au plus, puis effacés."
        ) % {"months": months}
        self.fields["email"].error_messages["invalid"] = _(
            "Cette adresse n'est pas complète. Elle ressemble à prenom@exemple.fr."
        )

    @property
    def looks_automatic(self) -> bool:
        """Whether the field that people do not see was filled."""
        return bool(self.cleaned_data.get("website"))

    @property
    def chosen(self) -> Organisation | None:
        """The organisation under whose name the need is stated."""
        return self.organisations.get(self.cleaned_data.get("organisation", ""))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.chosen and not cleaned.get("kind"):
            self.add_error("kind", _("Dites qui vous êtes : cela aide à trouver la bonne réponse."))
        return cleaned

    def asker(self) -> Asker:
        """Who asks without an organisation; the form is valid."""
        given = self.cleaned_data
        return Asker(AskerKind(given["kind"]), given["name"], given["email"], given["agrees"])


class ListForm(forms.Form):
    """What is asked of the public list. Nothing in it is refused: what cannot be read is left out."""

    DISTANCES = (10, 20, 40, 80, 150)

    q = forms.CharField(label=_("Mots"), required=False, max_length=200)
    commune = forms.CharField(
        label=_("Autour de (commune ou code postal)"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off", "list": "communes", "data-communes": ""}),
    )
    km = forms.TypedChoiceField(
        label=_("À moins de"),
        choices=[(km, f"{km} km") for km in DISTANCES],
        coerce=int,
        required=False,
        empty_value=None,
        initial=40,
    )
    etat = forms.ChoiceField(
        label=_("Où il en est"),
        required=False,
        choices=[
            ("", _("tous")),
            *((s.value, labels.STATES[s]) for s in (NeedState.OPEN, NeedState.IN_DESIGN, NeedState.ANSWERED)),
        ],
    )


class NameForm(forms.Form):
    """The name of a territory."""

    name = forms.CharField(
        label=_("Nom du territoire"),
        help_text=_("Comme on le dit ici : «Pays de l'Aubrac»."),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Il manque le nom du territoire.")},
    )


class PartForm(forms.Form):
    """One more part of a territory, typed; or several, ticked among those that answer to what was typed."""

    typed = forms.CharField(
        label=_("Ajouter un lieu"),
        help_text=_("Une commune, une intercommunalité ou un département ; leurs codes aussi."),
        max_length=200,
        required=False,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "list": "communes",
                "data-communes": reverse_lazy("needs:part_suggestions"),
            }
        ),
    )
    part = forms.MultipleChoiceField(
        label=_("Lesquels ?"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.read = Read()
        if self.is_bound:
            ticked = self.data.getlist("part") if isinstance(self.data, QueryDict) else []
            self.read = read(str(self.data.get("typed", ""))[:500], ticked[:MOST_PARTS])
        several = self.fields["part"]
        assert isinstance(several, forms.MultipleChoiceField)  # noqa: S101 -- for the type checker
        several.choices = [(each.value, f"{each.name} · {each.kind_name}") for each in self.read.candidates]
        # What is no part is left out when it is read; the action refuses codes that nobody has.
        several.validate = lambda value: None  # type: ignore[method-assign]  # this field alone

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.read.refusal:
            self.add_error("typed", labels.sentence(self.read.refusal))
        return cleaned


class TerritoryForm(NameForm, PartForm):
    """A name, and a first part."""

    field_order = ("name", "typed", "part")


class RefusalForm(forms.Form):
    """A refusal says why."""

    reason = forms.CharField(
        label=_("La raison, en clair"),
        help_text=_("La personne qui a dit le besoin la lira telle quelle."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=1000,
        required=False,
    )


class DraftForm(forms.Form):
    """A title is enough to open a file in the studio for a need."""

    title = forms.CharField(
        label=_("Titre de la micro-certification"),
        max_length=250,
        error_messages={"required": _("Il manque le titre. Quelques mots suffisent, ils pourront changer.")},
    )
    organisation = forms.ChoiceField(label=_("Organisme"))

    def __init__(self, *args: Any, organisations: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["organisation"]
        assert isinstance(choice, forms.ChoiceField)  # noqa: S101 -- for the type checker
        choice.choices = [(str(each.id), each.legal_name) for each in organisations]
        if len(organisations) == 1:
            choice.widget = forms.HiddenInput()
            choice.initial = str(organisations[0].id)


class LinkForm(forms.Form):
    """A micro-certification that exists already."""

    micro_credential = forms.ChoiceField(
        label=_("Micro-certification"),
        error_messages={
            "required": _("Choisissez une micro-certification."),
            "invalid_choice": _("Choisissez une micro-certification de la liste."),
        },
    )

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["micro_credential"]
        assert isinstance(choice, forms.ChoiceField)  # noqa: S101 -- for the type checker
        choice.choices = list(choices)


def show_faults(faults: Iterable[Fault], *in_forms: forms.Form) -> None:
    """Each fault beside its field, in words; on top of the first form where it has none."""
    for fault in faults:
        words = labels.sentence(fault.code, fault.facts)
        owner = next((form for form in in_forms if fault.field in form.fields), None)
        if owner is None:
            in_forms[0].add_error(None, words)
        else:
            owner.add_error(fault.field, words)
