"""What a person can choose from in the studio's controls."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jalon.design import labels
from jalon.design.labels.fields import LANGUAGE_NAMES
from jalon.design.rules.vocabularies import (
    ASSESSMENT_TYPES,
    DOMAINS,
    EQF_LEVELS,
    NQF_FRANCE_LEVELS,
    PARTICIPATION_FORMS,
    QUALITY_ASSURANCE_KINDS,
    SUPERVISION,
    Vocabulary,
)
from sceau.model.micro_credential import RecognitionStatus
from sceau.model.texts import Text

# The languages shown at once; the others are one fold away.
_NEAR = ("fr", "en", "oc", "br", "eu", "ca", "de", "es", "it")
# Suggested in the «référentiel» control; any other may be typed.
FRAMEWORKS = ("RNCP", "RS", "ROME", "ESCO", "GreenComp", "DigComp", "Formacode", "CQP")


@dataclass(frozen=True)
class Choice:
    """One possible value, what it is called and what it implies."""

    value: str
    label: str
    help: str = ""


def _words(text: Text) -> str:
    words = text.get((get_language() or "fr").split("-")[0], "fr")
    return words[:1].upper() + words[1:]


def _of(vocabulary: Vocabulary) -> list[Choice]:
    return [Choice(code, _words(concept.label)) for code, concept in vocabulary.concepts.items()]


def assurance_kinds() -> list[Choice]:
    """Kinds of quality assurance."""
    return _of(QUALITY_ASSURANCE_KINDS)


def levels() -> list[tuple[str, list[Choice]]]:
    """Levels by framework."""
    frameworks: Mapping[str, tuple[str, Vocabulary]] = {
        "eqf": (_("Cadre européen (CEC)"), EQF_LEVELS),
        "nqf_fr": (_("Cadre national français"), NQF_FRANCE_LEVELS),
    }
    return [
        (name, [Choice(f"{code}:{n}", _words(concept.label)) for n, concept in vocabulary.concepts.items()])
        for code, (name, vocabulary) in frameworks.items()
    ]


def domains() -> list[Choice]:
    """Domains."""
    return [Choice(code, _words(text)) for code, text in DOMAINS.items()]


def writing_languages(written: Iterable[str]) -> list[Choice]:
    """The languages that texts are not written in yet."""
    taken = set(written)
    return [Choice(tag, labels.language_name(tag)) for tag in LANGUAGE_NAMES if tag not in taken]


def options(field: str, chosen: Iterable[str]) -> tuple[list[Choice], list[Choice]]:
    """The choices of *field*: those shown at once, and those behind a fold."""
    match field:
        case "domain":
            return domains(), []
        case "assessment.types":
            return _of(ASSESSMENT_TYPES), []
        case "assessment.supervision":
            return [Choice("", _("Pas précisée")), *_of(SUPERVISION)], []
        case "participation":
            return _of(PARTICIPATION_FORMS), []
        case "recognition.status":
            statuses = [
                Choice(s.value, labels.status_name(s), labels.status_sentence(s)) for s in RecognitionStatus
            ]
            return statuses, []
        case "languages":
            shown = list(dict.fromkeys([*(tag for tag in chosen if tag), *_NEAR]))
            near = [tag for tag in LANGUAGE_NAMES if tag in shown]
            near += [tag for tag in shown if tag not in LANGUAGE_NAMES]
            far = [tag for tag in LANGUAGE_NAMES if tag not in shown]
            return _languages(near), _languages(far)
        case _:
            return [], []


def _languages(tags: Iterable[str]) -> list[Choice]:
    return [Choice(tag, labels.language_name(tag)) for tag in tags]
