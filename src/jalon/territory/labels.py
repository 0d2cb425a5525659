"""What a person reads about needs, and about what is refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jalon.territory.rules.need_states import NeedState, StepKind
from jalon.territory.rules.needs import AskerKind, Constraint

ASKER_KINDS: dict[AskerKind, Promise] = {
    AskerKind.COMPANY: _("Une entreprise"),
    AskerKind.LOCAL_AUTHORITY: _("Une collectivité"),
    AskerKind.LEARNER: _("Une personne qui veut apprendre"),
    AskerKind.OTHER: _("Une association, ou quelqu'un d'autre"),
}

CONSTRAINTS: dict[Constraint, Promise] = {
    Constraint.TRANSPORT: _("Se déplacer est difficile"),
    Constraint.HOURS: _("Certaines heures seulement"),
    Constraint.SEASON: _("Certaines saisons seulement"),
    Constraint.CONNECTION: _("Peu ou pas de réseau"),
    Constraint.CHILDCARE: _("Des enfants à faire garder"),
}

STATES: dict[NeedState, Promise] = {
    NeedState.WAITING: _("En attente de lecture"),
    NeedState.OPEN: _("Ouvert"),
    NeedState.IN_DESIGN: _("Une formation s'écrit"),
    NeedState.ANSWERED: _("Répondu"),
    NeedState.REFUSED: _("Pas publié"),
    NeedState.SPAM: _("Écarté comme indésirable"),
    NeedState.WITHDRAWN: _("Retiré"),
}

# What each state means for whoever asked.
STATE_HELP: dict[NeedState, Promise] = {
    NeedState.WAITING: _("Une personne du territoire va le lire. Personne d'autre ne le voit encore."),
    NeedState.OPEN: _("Tout le monde peut le lire. Aucune formation n'y répond encore."),
    NeedState.IN_DESIGN: _("Un organisme écrit une micro-certification pour y répondre."),
    NeedState.ANSWERED: _("Au moins une micro-certification y répond."),
    NeedState.REFUSED: _("Il n'est pas publié. La raison est écrite ici ; vous pouvez le corriger."),
    NeedState.SPAM: _("Il a été écarté et ne sera pas publié."),
    NeedState.WITHDRAWN: _("Vous l'avez retiré. Votre nom et votre adresse sont effacés."),
}

STEPS: dict[StepKind, Promise] = {
    StepKind.STATED: _("Besoin reçu"),
    StepKind.ACCEPTED: _("Besoin publié"),
    StepKind.REFUSED: _("Besoin non publié"),
    StepKind.SPAM: _("Écarté comme indésirable"),
    StepKind.CORRECTED: _("Besoin corrigé par la personne qui l'a dit"),
    StepKind.GROUPED: _("Rapproché d'un autre besoin"),
    StepKind.UNGROUPED: _("Séparé des autres besoins"),
    StepKind.LINKED: _("Relié à une micro-certification"),
    StepKind.UNLINKED: _("Délié d'une micro-certification"),
    StepKind.IN_DESIGN: _("Une micro-certification s'écrit pour y répondre"),
    StepKind.ANSWERED: _("Une micro-certification publiée y répond"),
    StepKind.REOPENED: _("Le besoin est de nouveau sans réponse"),
    StepKind.WITHDRAWN: _("Besoin retiré par la personne qui l'a dit"),
    StepKind.FORGOTTEN: _("Nom et adresse effacés"),
}

PART_KINDS: dict[str, Promise] = {
    "commune": _("commune"),
    "epci": _("intercommunalité"),
    "department": _("département"),
}

# Why a row of an official list was left out, for whoever imports it.
LEFT_OUT: dict[str, Promise] = {
    "not_a_commune": _("arrondissement municipal, commune associée ou déléguée : la commune entière y est"),
    "no_code": _("pas de code INSEE lisible"),
    "no_name": _("pas de nom, ou un nom démesuré"),
    "no_place": _("latitude ou longitude illisible"),
    "no_number": _("population illisible"),
    "malformed": _("ligne mal formée"),
    "twice": _("commune déjà lue plus haut dans la liste"),
}
LIST_WAS_CUT = _(
    "{missing} communes connues sur {known} manquent dans cette liste : elle a sans doute été coupée. "
    "Aucune n'est tenue pour disparue."
)

_SENTENCES: dict[str, Promise] = {
    "territory.error": _("Cela n'a pas pu se faire. Rien n'a été changé."),
    "territory.invalid_need": _("Un renseignement du besoin est à revoir."),
    "territory.invalid_territory": _(
        "Un territoire a un nom, qui n'est pas déjà pris chez vous, et au moins une commune, "
        "une intercommunalité ou un département."
    ),
    "territory.name_taken": _(
        "Vous avez déjà un territoire nommé «{name}». Changez celui-là, ou choisissez un autre nom."
    ),
    "territory.too_many_parts": _(
        "Cela ferait {met} parties ; il en faut {most} au plus. "
        "Prenez plutôt une intercommunalité ou un département en entier."
    ),
    "territory.unknown_parts": _(
        "Ces codes ne sont ceux d'aucune commune, intercommunalité ou département : {codes}."
    ),
    "territory.gone": _("Ce territoire n'existe plus : quelqu'un l'a retiré entre-temps."),
    "territory.part_missing": _("Il manque un lieu : une commune, une intercommunalité ou un département."),
    "territory.part_unknown": _(
        "Aucune commune, aucune intercommunalité, aucun département ne porte ce nom. "
        "Vérifiez-le, ou tapez son code."
    ),
    "territory.part_several": _("Plusieurs lieux répondent à ces mots. Cochez les vôtres ci-dessous."),
    "territory.need_state": _(
        "Ce n'est plus possible : quelqu'un a décidé entre-temps, ou le besoin a été retiré. "
        "Rechargez la page pour voir où il en est."
    ),
    "territory.need.unknown": _("Ce besoin n'existe pas, ou n'est pas à vous de le suivre."),
    "territory.not_two_needs": _("Rapprocher demande deux besoins publiés, différents l'un de l'autre."),
    "territory.reason_missing": _("Il manque la raison. La personne qui a dit le besoin la lira."),
    "territory.too_many_needs": _(
        "Plusieurs besoins viennent d'être dits depuis cette connexion. "
        "Attendez {minutes} minutes ; ce que vous avez écrit est encore ici."
    ),
    "territory.too_long": _("Ce texte a {met} signes ; il en faut {most} au plus. Gardez l'essentiel."),
    "territory.skill_missing": _("Il manque ce qui manque : dites-le avec vos mots, une phrase suffit."),
    "territory.skill_without_words": _("Il faut quelques mots : une personne doit pouvoir les comprendre."),
    "territory.contact_in_text": _(
        "Ce texte sera public : enlevez-en l'adresse électronique ou le numéro de téléphone. "
        "Le champ «Adresse électronique», plus bas, reste privé."
    ),
    "territory.place_missing": _("Il manque le lieu. Il sert à rapprocher le besoin de ses voisins."),
    "territory.commune_unknown": _("Aucune commune ne porte ce nom. Vérifiez-le, ou tapez son code postal."),
    "territory.commune_several": _("Plusieurs communes portent ce nom. Choisissez la vôtre ci-dessous."),
    "territory.people_none": _("Il faut au moins une personne. Laissez vide si vous ne savez pas."),
    "territory.people_many": _(
        "Au-delà de {most} personnes, une seule formation n'y suffit pas. "
        "Dites le nombre qui en a besoin dans ce lieu."
    ),
    "territory.people_unreadable": _(
        "Un nombre entier, en chiffres : 12. Laissez vide si vous ne savez pas."
    ),
    "territory.date_past": _("Cette date est passée. Choisissez-en une à venir, ou laissez vide."),
    "territory.date_far": _(
        "Cette date est à plus de {years} ans. Choisissez-en une plus proche, ou laissez vide."
    ),
    "territory.date_unreadable": _("Une date qui existe, comme 31/03/2027. Laissez vide si rien ne presse."),
    "territory.name_missing": _("Il manque le nom de l'entreprise ou de la collectivité."),
    "territory.agreement_missing": _(
        "Cochez la case pour que nous gardions ce nom ou cette adresse, ou effacez-les : "
        "le besoin passe aussi sans."
    ),
}


def sentence(code: str, facts: Mapping[str, Any] | None = None) -> str:
    """
    What a person reads about a refusal of this context: what was met, what to do.

    Raises:
        LookupError: The code is another context's.
    """
    return str(_SENTENCES[code]).format(**dict(facts or {}))
