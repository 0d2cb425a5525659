"""
Sentences of the open formats in French and English, where a fact has no field of its own.

They do not follow the language of a page: a document for machines says both.
"""

from __future__ import annotations

from jalon.catalogue.rules.offered import Held
from jalon.catalogue.rules.offering import ACCESS_QUESTIONS, Answer, OfferingFacts, Season, seats_left
from jalon.design.rules.content import SpecificationContent
from jalon.design.rules.vocabularies import ASSESSMENT_TYPES
from sceau.model.micro_credential import RecognitionStatus
from sceau.model.texts import NO_TEXT, Text

_ACCESS: dict[str, dict[Answer, tuple[str, str]]] = {
    "public_transport": {
        Answer.YES: ("accessible en transport en commun", "reached by public transport"),
        Answer.NO: ("sans transport en commun", "no public transport"),
    },
    "equipment_provided": {
        Answer.YES: ("équipement fourni", "equipment provided"),
        Answer.NO: ("équipement à apporter", "equipment to be brought"),
    },
    "connection_needed": {
        Answer.YES: ("connexion à internet nécessaire", "internet connection needed"),
        Answer.NO: ("sans connexion à avoir", "no connection needed"),
    },
    "childcare": {
        Answer.YES: ("garde d'enfants possible", "childcare possible"),
        Answer.NO: ("pas de garde d'enfants", "no childcare"),
    },
    "wheelchair": {
        Answer.YES: ("accessible en fauteuil", "wheelchair accessible"),
        Answer.NO: ("pas encore accessible en fauteuil", "not yet wheelchair accessible"),
    },
}
_SEASONS = {
    Season.SPRING: ("printemps", "spring"),
    Season.SUMMER: ("été", "summer"),
    Season.AUTUMN: ("automne", "autumn"),
    Season.WINTER: ("hiver", "winter"),
}
_FUNDERS = {
    "employer": ("Employeur", "Employer"),
    "opco": ("OPCO", "OPCO (skills operator)"),
    "vivea": ("VIVEA", "VIVEA"),
    "region": ("Région", "Region"),
    "france_travail": ("France Travail", "France Travail (employment service)"),
    "transition_pro": ("Transitions Pro", "Transitions Pro"),
    "agefiph": ("AGEFIPH", "AGEFIPH"),
    "europe": ("Fonds européen", "European fund"),
    "other": ("Autre financeur", "Other funder"),
}
# What it is in France, never more than a register says.
_RECOGNITION: dict[RecognitionStatus, tuple[str, str]] = {
    RecognitionStatus.NONE: ("aucune", "none"),
    RecognitionStatus.ATTESTATION: ("attestation de l'organisme", "attestation by the organisation"),
    RecognitionStatus.BADGE: ("badge numérique", "digital badge"),
    RecognitionStatus.BLOC: ("bloc de compétences RNCP", "block of a registered certification (RNCP)"),
    RecognitionStatus.RS: ("enregistrée au Répertoire spécifique", "registered (Répertoire spécifique)"),
    RecognitionStatus.RNCP: ("enregistrée au RNCP", "registered (RNCP)"),
    RecognitionStatus.BRANCHE: ("reconnue par une branche", "recognised by a professional branch"),
}


def _both(fr: str, en: str) -> Text:
    return Text.of({"fr": fr, "en": en})


def _sentence(words: list[tuple[str, str]], fr: str, en: str) -> Text:
    if not words:
        return NO_TEXT
    return _both(f"{fr} : {', '.join(w[0] for w in words)}.", f"{en}: {', '.join(w[1] for w in words)}.")


def access(offer: OfferingFacts) -> Text:
    """The conditions of access that are said."""
    answers = [(name, getattr(offer, name)) for name in ACCESS_QUESTIONS]
    return _sentence([_ACCESS[n][a] for n, a in answers if a is not Answer.UNSAID], "Accès", "Access")


def seasons(offer: OfferingFacts) -> Text:
    """When in the year it is usually held."""
    return _sentence([_SEASONS[season] for season in offer.seasons], "Saison", "Season")


def entry(offer: OfferingFacts) -> Text:
    """The level asked for on entry."""
    if not offer.entry_level:
        return NO_TEXT
    if offer.entry_level == "none":
        return _both("Niveau à l'entrée : aucun en particulier.", "Entry level: none in particular.")
    fr, en = ("obligatoire", "required") if offer.entry_level_required else ("conseillé", "advised")
    return _both(
        f"Niveau à l'entrée : {offer.entry_level} sur 8, {fr}.",
        f"Entry level: {offer.entry_level} of 8, {en}.",
    )


def funders(offer: OfferingFacts) -> list[Text]:
    """Who may pay."""
    return [_both(*_FUNDERS[code]) for code in offer.funding]


def seats(held: Held) -> Text:
    """How many seats a session has left, or that it is cancelled."""
    if held.is_cancelled:
        return _both("Session annulée.", "Cancelled session.")
    left = seats_left(held.facts)
    if left is None:
        return NO_TEXT
    total = held.facts.seats
    if total is None:
        return _both("Complet.", "Full.")
    return _both(f"Places restantes : {left} sur {total}.", f"Seats left: {left} of {total}.")


def assessment(content: SpecificationContent) -> Text:
    """A title for how it is assessed, which the specification does not name."""
    labels = [ASSESSMENT_TYPES[code].label for code in content.assessment.types]
    if not labels:
        return _both("Évaluation", "Assessment")
    return _both(", ".join(t.get("fr") for t in labels), ", ".join(t.get("en") for t in labels))


def recognition(content: SpecificationContent) -> Text:
    """What it is worth in law, with the register's own words where there is one."""
    told = content.recognition
    if told.status is None:
        return NO_TEXT
    fr, en = _RECOGNITION[told.status]
    more = ", ".join(part for part in (told.code, told.title, told.certifying_body) if part)
    end = f" ({more})" if more else ""
    return _both(f"Reconnaissance en France : {fr}{end}.", f"Recognition in France: {en}{end}.")


def validity(content: SpecificationContent) -> Text:
    """How long an award stays valid."""
    months = content.validity_months
    if not months:
        return _both("Validité : sans fin.", "Validity: no end.")
    return _both(f"Validité : {months} mois.", f"Validity: {months} months.")


def joined(kind: Text, name: Text, url: str) -> Text:
    """A kind of quality assurance and its name: «assurance qualité : Qualiopi (https://…)»."""
    end = f" ({url})" if url else ""
    return _both(f"{kind.get('fr')} : {name.get('fr')}{end}", f"{kind.get('en')}: {name.get('en')}{end}")


def leads_to(said: str) -> Text:
    """Where it leads."""
    return _both(f"Mène à : {said}", f"Leads to: {said}")
