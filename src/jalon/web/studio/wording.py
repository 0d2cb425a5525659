"""Help under the labels of the studio, and how it says the hour and a number with its unit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

HELP: Mapping[str, Promise] = {
    "title": gettext_lazy("Un geste concret, en quelques mots : «Plesser une haie»."),
    "description": gettext_lazy("À qui cela sert, et pour quoi faire. Trois à cinq phrases."),
    "domain": gettext_lazy("La couleur de la borne, et le rayon du catalogue."),
    "languages": gettext_lazy("Celles que la personne doit comprendre pour suivre et être évaluée."),
    "workload_hours": gettext_lazy(
        "Tout le travail de la personne : séances, travail chez elle, situations de travail, évaluation."
    ),
    "credits_ects": gettext_lazy(
        "Les crédits d'études européens, seulement si une université les accorde. Sinon, laissez vide."
    ),
    "level": gettext_lazy(
        "De 1 à 8. Un CAP est au niveau 3, un baccalauréat au niveau 4, un BTS au niveau 5."
    ),
    "level.none_reason": gettext_lazy("Si aucun niveau ne convient, dites pourquoi en une phrase."),
    "assessment.types": gettext_lazy("Cochez tout ce qui est fait."),
    "assessment.description": gettext_lazy("Ce que la personne fait, devant qui, et ce qui est regardé."),
    "assessment.identity_check": gettext_lazy("Par exemple : pièce d'identité montrée à l'arrivée."),
    "assessment.evidence": gettext_lazy(
        "Ce que la personne montre ou garde : un objet, des photos, un carnet, un avis d'employeur."
    ),
    "criteria": gettext_lazy(
        "Ce qui est regardé, un critère par ligne, et pour quels acquis. Les numéros sont ceux des acquis."
    ),
    "modules": gettext_lazy(
        "Les étapes dans l'ordre, avec leurs heures. Leur somme devrait donner la charge de travail."
    ),
    "participation": gettext_lazy("Cochez tout ce qui est proposé."),
    "prerequisites": gettext_lazy(
        "Ce qu'il faut savoir ou avoir avant de venir. S'il ne faut rien, écrivez «Aucun»."
    ),
    "quality_assurance": gettext_lazy(
        "Par exemple Qualiopi, une habilitation, une évaluation par des pairs."
    ),
    "stackability": gettext_lazy("Avec quelles autres elle s'additionne, et qui l'a accepté."),
    "stacks_into": gettext_lazy(
        "Avec un code RNCP ou RS, l'adresse de la fiche est trouvée toute seule. N'écrivez ici que ce "
        "qu'un accord permet de dire."
    ),
    "recognition.status": gettext_lazy(
        "En France, une micro-certification n'a pas de valeur légale par elle-même. Dites seulement ce "
        "qu'un registre ou une branche dit déjà."
    ),
    "recognition.code": gettext_lazy("RNCP38093, RNCP38093BC05 pour un bloc, RS6396. Sinon, laissez vide."),
    "recognition.title": gettext_lazy("Tel qu'il est écrit sur la fiche ou dans la branche."),
    "recognition.certifying_body": gettext_lazy(
        "Qui a enregistré la certification, ou la branche qui la délivre."
    ),
    "validity_months": gettext_lazy("Laissez vide si l'attestation vaut sans limite."),
    "price_euros": gettext_lazy("Au plus, pour la personne elle-même. 0 si elle n'a rien à payer."),
    "price_note": gettext_lazy("Ce qui est compris, et les aides possibles."),
    "further_information": gettext_lazy("Une idée par ligne."),
}


def hour(moment: datetime) -> str:
    """``9 h 38`` in French, ``9:38`` elsewhere."""
    local = timezone.localtime(moment)
    return _("%(hour)d h %(minute)02d") % {"hour": local.hour, "minute": local.minute}


def measured(field: str, number: object) -> str:
    """A number with its unit, as the active language writes both; what is no number, as it was typed."""
    try:
        value = Decimal(str(number))
    except InvalidOperation:
        return str(number)
    if not value.is_finite():
        return str(number)
    if field == "validity_months":
        return ngettext("%(n)s mois", "%(n)s mois", int(value)) % {"n": number}
    units = {"workload_hours": _("%s h"), "credits_ects": _("%s ECTS"), "price_euros": _("%s €")}
    return units[field] % number_format(value) if field in units else str(number)
