"""What a person reads about offers, sessions, facets and refusals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from jalon.catalogue.rules import publics
from jalon.catalogue.rules.lheo_gaps import LheoGap
from jalon.catalogue.rules.offering import Answer, CourseKind, EntryMode, Modality, Season, SessionState

MODALITIES: dict[Modality, Promise] = {
    Modality.ON_SITE: _("En présence"),
    Modality.HYBRID: _("En présence et à distance"),
    Modality.DISTANCE: _("À distance"),
}

STATES: dict[SessionState, Promise] = {
    SessionState.PLANNED: _("prévue"),
    SessionState.CONFIRMED: _("confirmée"),
    SessionState.FULL: _("complète"),
    SessionState.CANCELLED: _("annulée"),
}

ANSWERS: dict[Answer, Promise] = {
    Answer.UNSAID: _("Non indiqué"),
    Answer.YES: _("Oui"),
    Answer.NO: _("Non"),
}

SEASONS: dict[Season, Promise] = {
    Season.SPRING: _("Printemps"),
    Season.SUMMER: _("Été"),
    Season.AUTUMN: _("Automne"),
    Season.WINTER: _("Hiver"),
}

ENTRY_MODES: dict[EntryMode, Promise] = {
    EntryMode.UNSAID: _("Non indiqué"),
    EntryMode.FIXED: _("À dates fixes"),
    EntryMode.PERMANENT: _("À tout moment"),
}

COURSE_KINDS: dict[CourseKind, Promise] = {
    CourseKind.UNSAID: _("Non indiqué"),
    CourseKind.GROUP: _("En groupe, le même pour tout le monde"),
    CourseKind.INDIVIDUAL: _("Individualisé"),
    CourseKind.MODULAR: _("En modules au choix"),
    CourseKind.MIXED: _("Mixte"),
}

FUNDERS: dict[str, Promise] = {
    "employer": _("L'employeur"),
    "opco": _("Un OPCO"),
    "vivea": _("VIVEA"),
    "region": _("La Région"),
    "france_travail": _("France Travail"),
    "transition_pro": _("Transitions Pro"),
    "agefiph": _("L'AGEFIPH"),
    "europe": _("Un fonds européen"),
    "other": _("Un autre financeur"),
}

# Some of the publics that registers know, by code; an offer may have others, which have no name here.
PUBLICS: dict[str, Promise] = {
    publics.EVERYBODY: _("Tout public"),
    publics.EMPLOYEE: _("Salariés"),
    publics.JOB_SEEKER: _("Demandeurs d'emploi"),
    publics.FARMER: _("Exploitants et salariés agricoles"),
    publics.ARTISAN: _("Artisans"),
    publics.SHOPKEEPER: _("Commerçants"),
    publics.PUBLIC_SERVANT: _("Agents publics"),
    publics.ELECTED: _("Élus"),
    publics.VOLUNTEER: _("Bénévoles"),
    publics.YOUNG: _("Jeunes"),
}

HOURS: dict[str, Promise] = {
    "7": _("7 h au plus"),
    "21": _("plus de 7 h, 21 h au plus"),
    "70": _("plus de 21 h, 70 h au plus"),
    "plus": _("plus de 70 h"),
}

PRICES: dict[str, Promise] = {
    "100": _("100 € au plus"),
    "300": _("300 € au plus"),
    "1000": _("1 000 € au plus"),
}

ACCESS: dict[str, Promise] = {
    "transport": _("Accessible en transport en commun"),
    "equipement": _("Équipement fourni"),
    "sans_connexion": _("Sans connexion à avoir"),
    "garde": _("Garde d'enfants possible"),
    "fauteuil": _("Accessible en fauteuil"),
}

# The five conditions of an offer, by field: what is said for a yes, and for a no.
CONDITIONS: dict[str, tuple[Promise, Promise]] = {
    "public_transport": (_("Accessible en transport en commun"), _("Sans transport en commun")),
    "equipment_provided": (_("Équipement fourni"), _("Équipement à apporter")),
    "connection_needed": (_("Connexion à internet nécessaire"), _("Sans connexion à avoir")),
    "childcare": (_("Garde d'enfants possible"), _("Pas de garde d'enfants")),
    "wheelchair": (_("Accessible en fauteuil"), _("Pas encore accessible en fauteuil")),
}

LHEO_GAPS: dict[LheoGap, Promise] = {
    LheoGap.NDA: _("le numéro de déclaration d'activité de l'organisme"),
    LheoGap.SIRET: _("le SIRET de l'organisme"),
    LheoGap.ADDRESS: _("l'adresse de l'organisme : rue, code postal à cinq chiffres, commune"),
    LheoGap.OFFER: _("une offre"),
    LheoGap.CONDITIONS: _("les prérequis"),
    LheoGap.SESSION: _("une session à venir"),
    LheoGap.RHYTHM: _("le rythme"),
    LheoGap.ALTERNANCE: _("les modalités de l'alternance"),
    LheoGap.FUNDING: _("qui peut payer, ou que c'est sans frais"),
    LheoGap.PUBLIC: _("le public visé"),
    LheoGap.ENTRY_MODE: _("les dates d'entrée : fixes ou permanentes"),
    LheoGap.ENTRY_LEVEL: _("le niveau à l'entrée"),
    LheoGap.COURSE_KIND: _("le type de parcours"),
    LheoGap.FRENCH: _("un titre, une description et des acquis en français"),
}

_SENTENCES: dict[str, Promise] = {
    "catalogue.error": _("Cela n'a pas pu se faire. Rien n'a été changé."),
    "catalogue.invalid_offering": _("Un renseignement de l'offre est à revoir."),
    "catalogue.invalid_session": _("Un renseignement de la session est à revoir."),
    "catalogue.not_offered": _(
        "Cette micro-certification n'est pas au catalogue. Publiez-la, ou proposez-la de nouveau, d'abord."
    ),
    "catalogue.offering_closed": _("Cette offre est fermée. Rouvrez-la pour la changer."),
    "catalogue.session_cancelled": _(
        "Cette session est annulée : elle ne prend plus personne et le reste. Écrivez-en une autre."
    ),
    "catalogue.no_seat_left": _("Il n'y a plus assez de places dans cette session."),
    "catalogue.price_negative": _("Un prix ne peut pas être négatif. Écrivez 0 quand c'est sans frais."),
    "catalogue.price_too_high": _("Ce prix dépasse {most} €. Vérifiez la virgule."),
    "catalogue.url_not_https": _("L'adresse commence par https://, qui protège la lecture."),
    "catalogue.public_code": _("Un code de public a cinq chiffres ; ici se trouve « {met} »."),
    "catalogue.public_codes_many": _("Dix codes de public au plus ; il y en a {count}."),
    "catalogue.funding_unknown": _("« {met} » n'est pas dans la liste des financeurs."),
    "catalogue.entry_level_unknown": _("« {met} » n'est pas dans la liste des niveaux."),
    "catalogue.entry_level_missing": _("Un niveau obligatoire se choisit dans la liste : de 1 à 8."),
    "catalogue.session_dates": _("La fin vient avant le début. Relisez les deux dates."),
    "catalogue.session_too_long": _("Plus de trois ans séparent le début et la fin. Relisez les deux dates."),
    "catalogue.session_past": _("Cette date est passée. Une session s'annonce avant de commencer."),
    "catalogue.session_deadline": _("La date limite d'inscription vient après la fin. Relisez-la."),
    "catalogue.session_place_missing": _(
        "Il manque la commune. Elle sert à calculer le trajet de chaque personne."
    ),
    "catalogue.session_seats": _(
        "Le nombre de places va de 1 à {most}. Laissez vide si vous ne le savez pas."
    ),
    "catalogue.session_seats_taken": _("{taken} places prises, c'est plus que les {seats} places."),
    "catalogue.session_seats_taken_negative": _("Le nombre de places prises ne peut pas être négatif."),
    "catalogue.session_twice": _("La même session, aux mêmes dates et au même endroit, est déjà écrite."),
    "catalogue.session_cancel_apart": _("Une session s'annule avec le bouton prévu, qui en garde la raison."),
    "catalogue.half_days_many": _("{most} demi-journées au plus."),
    "catalogue.half_day_unread": _(
        "La ligne « {line} » ne se lit pas. Elle s'écrit comme 12/03/2027 9h-12h30."
    ),
    "catalogue.half_day_times": _("« {line} » finit avant de commencer."),
    "catalogue.half_day_outside": _("« {line} » tombe hors des dates de la session."),
    "catalogue.half_day_overlap": _("« {line} » chevauche une autre demi-journée."),
    "catalogue.commune_unknown": _("Le code de commune « {met} » n'est pas connu ici."),
    "catalogue.commune_several": _("Plusieurs communes portent ce nom : choisissez la vôtre."),
}


def sentence(code: str, facts: Mapping[str, Any] | None = None) -> str:
    """
    What a person reads about a refusal of this context: what was met, what to do.

    Raises:
        LookupError: The code is another context's.
    """
    given = dict(facts or {})
    if code == "catalogue.session_reason_missing":
        return ngettext(
            "{count} personne a une place : écrivez pourquoi, pour le lui dire.",
            "{count} personnes ont une place : écrivez pourquoi, pour le leur dire.",
            given["count"],
        ).format(count=given["count"])
    return str(_SENTENCES[code]).format(**given)
