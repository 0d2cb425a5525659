"""The words of a badge for people: labels of its facts, and the narrative that says all of it."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from sceau.formats.open_badges_3 import terms
from sceau.model.concepts import Concept
from sceau.model.credential import Credential
from sceau.model.micro_credential import MicroCredential, RecognitionStatus, RubricLevel

_LABELS = {
    "fr": {
        terms.GRADE: "Résultat",
        terms.WORKLOAD_HOURS: "Charge de travail, en heures",
        terms.NO_LEVEL_REASON: "Niveau : aucun, et pourquoi",
        terms.ASSESSMENT_DESCRIPTION: "Déroulement de l’évaluation",
        terms.IDENTITY_CHECK: "Vérification de l’identité",
        terms.PREREQUISITES: "Prérequis",
        terms.STACKABILITY: "Cumul avec d’autres micro-certifications",
        terms.FURTHER_INFORMATION: "Autres informations",
        terms.LANGUAGES: "Langues de la formation et de l’évaluation",
        terms.RECOGNITION: "Reconnaissance",
        terms.RECOGNITION_CODE: "Code au registre",
        terms.RECOGNITION_TITLE: "Intitulé au registre",
        terms.RECOGNITION_BODY: "Certificateur",
        terms.QUALITY_ASSURANCE_URL: "Où vérifier l’assurance qualité",
        "outcomes": "Acquis d’apprentissage",
        "workload": "Charge de travail",
        "hours": "{hours} heures",
        "ects": "{hours} heures, {ects} ECTS",
        "level": "Niveau",
        "assessment": "Évaluation",
        "supervision": "Surveillance de l’évaluation",
        "participation": "Forme de participation",
        "quality": "Assurance qualité",
        "stacks": "Compte vers",
        "parts": "Composée de",
        "endorsement": "Soutien apporté par {name}",
        "version": "Version",
        "{label}: {text}": "{label} : {text}",
    },
    "en": {
        terms.GRADE: "Result",
        terms.WORKLOAD_HOURS: "Notional workload in hours",
        terms.NO_LEVEL_REASON: "Level: none, and why",
        terms.ASSESSMENT_DESCRIPTION: "How the assessment takes place",
        terms.IDENTITY_CHECK: "Identity check",
        terms.PREREQUISITES: "Prerequisites",
        terms.STACKABILITY: "Stackability",
        terms.FURTHER_INFORMATION: "Further information",
        terms.LANGUAGES: "Languages of teaching and assessment",
        terms.RECOGNITION: "Recognition",
        terms.RECOGNITION_CODE: "Code in the register",
        terms.RECOGNITION_TITLE: "Title in the register",
        terms.RECOGNITION_BODY: "Certifying body",
        terms.QUALITY_ASSURANCE_URL: "Where to look up the quality assurance",
        "outcomes": "Learning outcomes",
        "workload": "Notional workload",
        "hours": "{hours} hours",
        "ects": "{hours} hours, {ects} ECTS",
        "level": "Level",
        "assessment": "Assessment",
        "supervision": "Supervision of the assessment",
        "participation": "Form of participation",
        "quality": "Quality assurance",
        "stacks": "Counts towards",
        "parts": "Made of",
        "endorsement": "Endorsement by {name}",
        "version": "Version",
        "{label}: {text}": "{label}: {text}",
    },
}

_RECOGNITION = {
    "fr": {
        RecognitionStatus.NONE: "aucune",
        RecognitionStatus.ATTESTATION: "attestation de l’organisme",
        RecognitionStatus.BADGE: "badge de l’organisme",
        RecognitionStatus.BLOC: "bloc de compétences d’une certification du RNCP",
        RecognitionStatus.RS: "certification enregistrée au répertoire spécifique",
        RecognitionStatus.RNCP: "certification enregistrée au RNCP",
        RecognitionStatus.BRANCHE: "certificat d’une branche professionnelle",
    },
    "en": {
        RecognitionStatus.NONE: "none",
        RecognitionStatus.ATTESTATION: "attestation by the awarding body",
        RecognitionStatus.BADGE: "badge of the awarding body",
        RecognitionStatus.BLOC: "block of a certification of the French register RNCP",
        RecognitionStatus.RS: "certification in the French register RS",
        RecognitionStatus.RNCP: "certification in the French register RNCP",
        RecognitionStatus.BRANCHE: "certificate of a professional branch",
    },
}


def _known(language: str) -> str:
    primary = language.partition("-")[0]
    return primary if primary in _LABELS else "en"


def label(name: str, language: str) -> str:
    """What a fact is called; in English where the language is not one of ours."""
    return _LABELS[_known(language)][name]


def narrative(credential: Credential, language: str) -> str:
    """The whole micro-credential in words, as Markdown."""
    micro = credential.micro_credential
    told = [str(micro.description.get(language)), "", f"**{label('outcomes', language)}**", ""]
    for outcome in micro.outcomes:
        told.append(f"- {outcome.statement.get(language)}")
        told += [f"  - {_level(level, language)}" for level in outcome.rubric]
    told.append("")
    told += [
        "- " + _LABELS[_known(language)]["{label}: {text}"].format(label=name, text=text)
        for name, text in _lines(micro, language)
        if text
    ]
    return "\n".join(told).strip()


def _level(level: RubricLevel, language: str) -> str:
    name, description = level.name.get(language), level.description.get(language)
    return label("{label}: {text}", language).format(label=name, text=description) if description else name


def _lines(micro: MicroCredential, language: str) -> Iterable[tuple[str, str]]:
    """Pairs of label and text; an empty text is left out."""
    workload, assessment, recognition = micro.workload, micro.assessment, micro.recognition
    hours = _written(workload.hours, language)
    if workload.credits_ects is None:
        workload_text = label("hours", language).format(hours=hours)
    else:
        workload_text = label("ects", language).format(
            hours=hours, ects=_written(workload.credits_ects, language)
        )
    yield label("workload", language), workload_text
    if micro.level.concept is not None:
        yield label("level", language), _names([micro.level.concept], language)
    yield label(terms.NO_LEVEL_REASON, language), micro.level.none_reason.get(language)
    yield label("assessment", language), _names(assessment.types, language)
    yield label(terms.ASSESSMENT_DESCRIPTION, language), assessment.description.get(language)
    if assessment.supervision is not None:
        yield label("supervision", language), _names([assessment.supervision], language)
    yield label(terms.IDENTITY_CHECK, language), assessment.identity_check.get(language)
    yield label("participation", language), _names(micro.participation, language)
    yield (
        label("quality", language),
        ", ".join(
            f"{quality.name.get(language)} ({quality.kind.label.get(language)})"
            for quality in micro.quality_assurance
        ),
    )
    yield label(terms.PREREQUISITES, language), micro.prerequisites.get(language)
    yield label(terms.STACKABILITY, language), micro.stackability.get(language)
    yield label("stacks", language), _names(micro.stacks_into, language)
    yield label("parts", language), ", ".join(part.title.get(language) for part in micro.parts)
    details = (
        _RECOGNITION[_known(language)][recognition.status],
        recognition.code,
        recognition.title,
        recognition.certifying_body,
    )
    yield label(terms.RECOGNITION, language), ", ".join(detail for detail in details if detail)
    yield label(terms.LANGUAGES, language), ", ".join(micro.languages)
    yield label(terms.FURTHER_INFORMATION, language), micro.further_information.get(language)
    yield label("version", language), micro.version


def _written(number: Decimal, language: str) -> str:
    text = f"{number.normalize():f}"
    return text.replace(".", ",") if _known(language) == "fr" else text


def _names(concepts: Iterable[Concept], language: str) -> str:
    return ", ".join(concept.label.get(language) for concept in concepts)
