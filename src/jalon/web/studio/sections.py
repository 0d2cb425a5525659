"""The ten sections of a file: what each holds, and the word for how far it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jalon.design.rules.completeness import Gap
from jalon.design.rules.content import SpecificationContent
from jalon.design.rules.fields import SHAPES, TEXTS, value_of


class State(StrEnum):
    """How far a section is; the value is the class that colours its word."""

    READY = "ok"
    BEGUN = "en"
    TO_DO = "non"
    OPTIONAL = "libre"


STATE_WORDS: dict[State, Promise] = {
    State.READY: _("prêt"),
    State.BEGUN: _("en cours"),
    State.TO_DO: _("à faire"),
    State.OPTIONAL: _("facultatif"),
}


@dataclass(frozen=True)
class Section:
    """
    One section.

    Attributes:
        fields: Names without language: ``"title"``; `cells` makes one cell per language of a text.
        purpose: One sentence under the heading.
    """

    slug: str
    number: int
    title: Promise
    purpose: Promise
    fields: tuple[str, ...]


SECTIONS: tuple[Section, ...] = (
    Section(
        "titre",
        1,
        _("Titre et but"),
        _("Ce que lit d'abord la personne qui cherche une formation, puis l'employeur."),
        ("title", "description", "domain", "languages"),
    ),
    Section(
        "acquis",
        2,
        _("Acquis visés"),
        _("Écrivez ce que la personne saura faire, avec un verbe d'action. Trois à six acquis."),
        ("learning_outcomes",),
    ),
    Section(
        "duree-niveau",
        3,
        _("Durée et niveau"),
        _("Le temps à prévoir, et où la formation se situe en Europe."),
        ("workload_hours", "credits_ects", "level", "level.none_reason"),
    ),
    Section(
        "evaluation",
        4,
        _("Évaluation"),
        _("Comment on sait que les acquis sont là, et que c'est bien cette personne qui les a."),
        (
            "assessment.types",
            "assessment.description",
            "criteria",
            "assessment.evidence",
            "assessment.supervision",
            "assessment.identity_check",
        ),
    ),
    Section(
        "participation",
        5,
        _("Participation et prérequis"),
        _("Ce qu'il faut pour venir, et comment on apprend, étape par étape."),
        ("participation", "modules", "prerequisites"),
    ),
    Section(
        "qualite",
        6,
        _("Assurance qualité"),
        _("Qui contrôle le travail de l'organisme. Une ligne par contrôle."),
        ("quality_assurance",),
    ),
    Section(
        "cumul",
        7,
        _("Cumul et passerelles"),
        _("Vers quoi cette étape peut mener, et selon quel accord."),
        ("stackability", "stacks_into"),
    ),
    Section(
        "reconnaissance",
        8,
        _("Reconnaissance"),
        _("Ce que vaut cette micro-certification. Les mots affichés partout en découlent."),
        ("recognition.status", "recognition.code", "recognition.title", "recognition.certifying_body"),
    ),
    Section(
        "validite-prix",
        9,
        _("Validité et prix"),
        _("Combien de temps l'attestation vaut, et ce que la personne paie au plus."),
        ("validity_months", "price_euros", "price_note"),
    ),
    Section(
        "complement",
        10,
        _("Bon à savoir"),
        _("Tout ce qui aide à venir : matériel, saison, transport, garde d'enfants, accès et handicap."),
        ("further_information",),
    ),
)
BY_SLUG = {section.slug: section for section in SECTIONS}


def section_of(field: str) -> Section | None:
    """Where *field* is written; None for what belongs to the organisation."""
    for section in SECTIONS:
        if any(field == name or field.startswith(f"{name}.") for name in section.fields):
            # «level.none_reason» also begins with «level.», in the same section.
            return section
    return None


def anchor(field: str) -> str:
    """The identifier of a field's cell in its page."""
    return "f-" + "".join(sign if sign.isalnum() else "-" for sign in field)


@dataclass(frozen=True)
class Entry:
    """A section in the table of contents."""

    section: Section
    state: State

    @property
    def word(self) -> Promise:
        return STATE_WORDS[self.state]


def entries(content: SpecificationContent, gaps: Sequence[Gap]) -> list[Entry]:
    """The table of contents with the state of each section."""
    return [Entry(section, _state(section, content, gaps)) for section in SECTIONS]


def _state(section: Section, content: SpecificationContent, gaps: Sequence[Gap]) -> State:
    filled = any(_is_filled(content, name) for name in section.fields)
    if any(gap.mandatory and section_of(gap.field) is section for gap in gaps):
        return State.BEGUN if filled else State.TO_DO
    return State.READY if filled else State.OPTIONAL


def _is_filled(content: SpecificationContent, name: str) -> bool:
    if name == "learning_outcomes":
        return bool(content.learning_outcomes)
    if name in TEXTS:
        return any(value_of(content, f"{name}.{tag}") for tag in _languages(content, name))
    return bool(value_of(content, name)) if name in SHAPES else False


def _languages(content: SpecificationContent, name: str) -> list[str]:
    holder: object = content
    for step in name.split("."):
        holder = getattr(holder, step)
    return [tag for tag, _words in getattr(holder, "versions", ())]
