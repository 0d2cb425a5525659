"""What cannot be read or done, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping

from jalon.design.errors import (
    DesignError,
    ImportRefusedError,
    IncompleteSpecificationError,
    InvalidContentError,
    NothingPublishedError,
    Problem,
    PublishedIsFinalError,
    RoomTextError,
    UnknownFieldError,
)
from jalon.design.labels.imports import import_refusal
from jalon.design.labels.rooms import REFUSALS as ROOM_REFUSALS
from jalon.design.labels.rooms import text_refusal
from jalon.foundation.marking import N_
from jalon.foundation.messages import translated

_PROBLEMS: Mapping[str, str] = {
    "content.unknown_key": N_("Cette rubrique n'existe pas. Sont connues : {allowed}."),
    "content.not_a_mapping": N_("Il faut ici plusieurs lignes «nom: valeur», avec les noms : {allowed}."),
    "content.not_a_list": N_("Il faut ici une liste, une ligne par élément."),
    "content.not_a_text": N_("Il faut ici un texte, ou un texte par langue."),
    "content.too_many": N_("Il y en a {met} ; {most} au plus."),
    "content.too_long": N_("C'est trop long : {met} signes, {most} au plus."),
    "content.control_character": N_(
        "Ce texte contient des signes invisibles. Recopiez-le sans mise en forme."
    ),
    "content.bad_language": N_("«{value}» n'est pas un code de langue. Écrivez par exemple fr, en ou pt-BR."),
    "content.repeated": N_("«{value}» est là deux fois."),
    "content.unknown_value": N_("«{value}» n'est pas dans la liste. Au choix : {allowed}."),
    "content.missing": N_("Il manque une valeur. Au choix : {allowed}."),
    "content.not_a_number": N_(
        "«{value}» n'est pas un nombre. Écrivez-le en chiffres, par exemple 14 ou 10,5."
    ),
    "content.not_a_whole_number": N_("«{value}» n'est pas un nombre entier."),
    "content.too_many_decimals": N_("«{value}» a trop de chiffres après la virgule ; {most} au plus."),
    "content.out_of_range": N_("«{value}» est hors limites : {range}."),
    "content.bad_address": N_("«{value}» n'est pas une adresse complète. Elle commence par https://."),
    "content.bad_identifier": N_("«{value}» n'est pas un identifiant. Laissez vide : nous en ferons un."),
}
_REFUSALS: Mapping[str, str] = {
    DesignError.code: N_("Cela n'est pas possible ici. Ce que vous avez écrit est gardé."),
    InvalidContentError.code: N_("Une partie n'a pas pu être lue. Rien n'a été changé ; la liste dit où."),
    UnknownFieldError.code: N_(
        "Cette ligne n'existe plus : quelqu'un l'a retirée. Rechargez la page pour voir le reste."
    ),
    IncompleteSpecificationError.code: N_(
        "Cette version ne peut pas encore être publiée : il manque des éléments obligatoires. La "
        "liste dit lesquels."
    ),
    PublishedIsFinalError.code: N_(
        "Une version publiée ne change plus : des personnes s'y fient. Commencez une nouvelle version."
    ),
    NothingPublishedError.code: N_("Rien n'est encore publié : continuez la version en cours."),
}


def problem_sentence(problem: Problem) -> str:
    """What was met, and what to write instead."""
    facts = dict(problem.facts)
    if "allowed" in facts:
        facts["allowed"] = ", ".join(str(each) for each in facts["allowed"])
    if problem.code == "content.out_of_range":
        facts["range"] = _range(facts)
    return translated(_PROBLEMS[problem.code]).format_map(facts)


def _range(facts: Mapping[str, object]) -> str:
    if facts.get("above") is not None:
        return translated(N_("plus de {above}, {most} au plus")).format_map(facts)
    return translated(N_("de {least} à {most}")).format_map(facts)


def refusal_sentence(error: DesignError) -> str:
    """Why the action was refused, and what can be done."""
    if isinstance(error, ImportRefusedError):
        return import_refusal(error)
    if isinstance(error, RoomTextError):
        return text_refusal(error.facts)
    return translated({**_REFUSALS, **ROOM_REFUSALS}[error.code]).format_map(error.facts)
