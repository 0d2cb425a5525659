"""The names of elements, fields, languages and values."""

from __future__ import annotations

import re
from collections.abc import Mapping

from jalon.design.rules.content import SpecificationContent
from jalon.design.rules.plain import LEVEL_FRAMEWORKS
from jalon.design.rules.vocabularies import ASSESSMENT_TYPES, DOMAINS, PARTICIPATION_FORMS, SUPERVISION
from jalon.foundation.marking import N_
from jalon.foundation.messages import translated, worded
from sceau.model.texts import Text

_ELEMENT_NAMES: Mapping[str, str] = {
    "learner": N_("Identité de la personne"),
    "title": N_("Titre"),
    "country": N_("Pays de l'organisme"),
    "awarding_body": N_("Organisme qui délivre"),
    "date_of_issuing": N_("Date de délivrance"),
    "learning_outcomes": N_("Acquis d'apprentissage"),
    "workload": N_("Charge de travail"),
    "level": N_("Niveau"),
    "assessment": N_("Évaluation"),
    "participation": N_("Forme de participation"),
    "quality_assurance": N_("Assurance qualité"),
    "description": N_("Description"),
    "domain": N_("Domaine"),
    "languages": N_("Langues"),
    "recognition": N_("Reconnaissance"),
    "prerequisites": N_("Prérequis"),
    "supervision": N_("Surveillance et identité"),
    "criteria": N_("Critères d'évaluation"),
    "evidence": N_("Preuves à montrer"),
    "modules": N_("Déroulé de la formation"),
    "stackability": N_("Cumul et passerelles"),
    "further_information": N_("Informations complémentaires"),
    "price": N_("Prix"),
}

_FIELD_NAMES: Mapping[str, str] = {
    "title": N_("Titre"),
    "description": N_("Description"),
    "domain": N_("Domaine"),
    "languages": N_("Langues de la formation et de l'évaluation"),
    "learning_outcomes": N_("Acquis d'apprentissage"),
    "alignments": N_("Liens vers des référentiels"),
    "workload_hours": N_("Heures de travail"),
    "credits_ects": N_("Crédits ECTS"),
    "level": N_("Niveau"),
    "level.none_reason": N_("Pourquoi il n'y a pas de niveau"),
    "assessment.types": N_("Types d'évaluation"),
    "assessment.description": N_("Déroulement de l'évaluation"),
    "assessment.supervision": N_("Surveillance de l'évaluation"),
    "assessment.identity_check": N_("Contrôle d'identité"),
    "assessment.evidence": N_("Preuves à montrer"),
    "criteria": N_("Critères d'évaluation"),
    "modules": N_("Déroulé de la formation"),
    "participation": N_("Forme de participation"),
    "quality_assurance": N_("Assurance qualité"),
    "prerequisites": N_("Prérequis"),
    "stackability": N_("Cumul"),
    "stacks_into": N_("Certifications visées"),
    "recognition.status": N_("Reconnaissance"),
    "recognition.code": N_("Code au registre"),
    "recognition.title": N_("Intitulé au registre"),
    "recognition.certifying_body": N_("Certificateur ou branche"),
    "validity_months": N_("Durée de validité en mois"),
    "price_euros": N_("Prix en euros"),
    "price_note": N_("Précisions sur le prix"),
    "further_information": N_("Informations complémentaires"),
}

# The languages that a rural territory of Europe may write in; any other tag is shown as it is.
LANGUAGE_NAMES: Mapping[str, str] = {
    "fr": N_("français"),
    "en": N_("anglais"),
    "de": N_("allemand"),
    "es": N_("espagnol"),
    "it": N_("italien"),
    "pt": N_("portugais"),
    "nl": N_("néerlandais"),
    "br": N_("breton"),
    "eu": N_("basque"),
    "ca": N_("catalan"),
    "co": N_("corse"),
    "oc": N_("occitan"),
    "gsw": N_("alsacien"),
    "bg": N_("bulgare"),
    "cs": N_("tchèque"),
    "da": N_("danois"),
    "el": N_("grec"),
    "et": N_("estonien"),
    "fi": N_("finnois"),
    "ga": N_("irlandais"),
    "hr": N_("croate"),
    "hu": N_("hongrois"),
    "lb": N_("luxembourgeois"),
    "lt": N_("lituanien"),
    "lv": N_("letton"),
    "mt": N_("maltais"),
    "pl": N_("polonais"),
    "ro": N_("roumain"),
    "sk": N_("slovaque"),
    "sl": N_("slovène"),
    "sv": N_("suédois"),
    "uk": N_("ukrainien"),
    "ar": N_("arabe"),
    "tr": N_("turc"),
}


def language_name(tag: str) -> str:
    """``"fr"`` as «français»; a tag that is not in the list as it is."""
    return translated(LANGUAGE_NAMES.get(tag, "")) or tag


def element_name(element: str) -> str:
    """What people call an element of the Recommendation: ``"workload"`` as «Charge de travail»."""
    return translated(_ELEMENT_NAMES[element])


def field_name(field: str, content: SpecificationContent | None = None) -> str:
    """
    What people call *field*: «Titre (anglais)», «Acquis 2».

    Args:
        content: Where the outcome's number is looked up; without it, «Acquis».
    """
    outcome = re.match(r"learning_outcomes\.(?P<id>[^.]+)(?:\.(?P<rest>.+))?$", field)
    if outcome:
        numbers = {o.id: n for n, o in enumerate(content.learning_outcomes, start=1)} if content else {}
        name = f"{translated(N_('Acquis'))} {numbers.get(outcome['id'], '')}".strip()
        rest = outcome["rest"] or ""
        if rest == "alignments":
            return f"{name}, {translated(_FIELD_NAMES['alignments']).lower()}"
        return _in_language(name, rest.removeprefix("statement.")) if rest else name
    if field in _FIELD_NAMES:
        return translated(_FIELD_NAMES[field])
    base, _, tag = field.rpartition(".")
    return _in_language(translated(_FIELD_NAMES[base]), tag) if base in _FIELD_NAMES else field


def _in_language(name: str, tag: str) -> str:
    return name if tag == "fr" else f"{name} ({language_name(tag)})"


def value_words(field: str, value: str) -> str:
    """
    A value of a version as people read it: ``"practical,oral"`` as «mise en situation pratique, oral», in the
    language of the page.
    """
    from_vocabulary: Mapping[str, Mapping[str, Text]] = {
        "domain": DOMAINS,
        "assessment.types": {code: c.label for code, c in ASSESSMENT_TYPES.concepts.items()},
        "assessment.supervision": {code: c.label for code, c in SUPERVISION.concepts.items()},
        "participation": {code: c.label for code, c in PARTICIPATION_FORMS.concepts.items()},
    }
    if not value:
        return ""
    if field in from_vocabulary:
        labels = from_vocabulary[field]
        return ", ".join(worded(labels[code]) if code in labels else code for code in value.split(","))
    if field == "languages":
        return ", ".join(language_name(tag) for tag in value.split(","))
    if field == "level":
        framework, _, number = value.partition(":")
        return worded(LEVEL_FRAMEWORKS[framework][number].label)
    if field == "recognition.status":
        return translated(STATUS_NAMES[value])
    return value


STATUS_NAMES: Mapping[str, str] = {
    "none": N_("Rien de plus que la formation"),
    "attestation": N_("Attestation de l'organisme"),
    "badge": N_("Badge"),
    "bloc": N_("Bloc de compétences d'une certification RNCP"),
    "rs": N_("Certification enregistrée au Répertoire spécifique"),
    "rncp": N_("Certification professionnelle enregistrée au RNCP"),
    "branche": N_("Certificat d'une branche, hors registre national"),
}
