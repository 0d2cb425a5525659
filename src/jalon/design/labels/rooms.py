"""French words of the room: roles, answers, what became of proposals, and what is refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jalon.design.errors import (
    LinkClosedError,
    NoDraftError,
    NotAgreedError,
    NothingProposedError,
    ProposalDecidedError,
    ProposalOvertakenError,
    RoomError,
    RoomFullError,
    RoundClosedError,
    RoundDateError,
    SignOffChoiceError,
    SignOffsMissingError,
)
from jalon.design.rules.rooms import Answer, ProposalState, RoomRole, Standing
from jalon.foundation.marking import N_
from jalon.foundation.messages import translated

_ROLES: Mapping[RoomRole, str] = {
    RoomRole.AUTHOR: N_("auteur ou autrice"),
    RoomRole.CONTRIBUTOR: N_("contribution"),
    RoomRole.REVIEWER: N_("relecture"),
    RoomRole.SIGNATORY: N_("signataire"),
}
_ROLE_SENTENCES: Mapping[RoomRole, str] = {
    RoomRole.AUTHOR: N_("Lit, donne son avis, propose, et décide des propositions."),
    RoomRole.CONTRIBUTOR: N_("Lit, donne son avis et propose des changements."),
    RoomRole.REVIEWER: N_("Lit et donne son avis."),
    RoomRole.SIGNATORY: N_("Lit, donne son avis, propose, et donne l'accord de son organisme."),
}
_ANSWERS: Mapping[Answer, str] = {
    Answer.YES: N_("D'accord"),
    Answer.RESERVATIONS: N_("D'accord, avec des réserves"),
    Answer.NO: N_("Pas d'accord"),
}
_STANDINGS: Mapping[Standing, str] = {
    Standing.MISSING: N_("pas encore répondu"),
    Standing.EARLIER_TEXT: N_("accord à renouveler : le texte a changé"),
    Standing.YES: N_("d'accord"),
    Standing.RESERVATIONS: N_("d'accord, avec des réserves"),
    Standing.NO: N_("pas d'accord"),
}
_STATES: Mapping[ProposalState, str] = {
    ProposalState.OPEN: N_("à décider"),
    ProposalState.ACCEPTED: N_("acceptée"),
    ProposalState.REFUSED: N_("refusée"),
    ProposalState.WITHDRAWN: N_("retirée par son auteur"),
}

REFUSALS: Mapping[str, str] = {
    RoomError.code: N_("Cela n'est pas possible dans cette salle. Ce que vous avez écrit est gardé."),
    LinkClosedError.code: N_(
        "Ce lien n'ouvre plus la salle : il a été retiré, ou sa date est passée. Demandez-en un autre à la "
        "personne qui vous a invité."
    ),
    RoomFullError.code: N_(
        "Cette salle est pleine : {most} au plus. Demandez aux auteurs de décider de ce qui attend."
    ),
    NothingProposedError.code: N_(
        "Votre proposition dit la même chose que le texte en place. Changez-la, ou donnez plutôt un avis."
    ),
    ProposalDecidedError.code: N_(
        "Quelqu'un a déjà décidé de cette proposition, ou l'a retirée. Rechargez la page pour voir."
    ),
    ProposalOvertakenError.code: N_(
        "Le texte a changé depuis cette proposition. Rien n'a été remplacé : comparez les textes, puis "
        "choisissez."
    ),
    NoDraftError.code: N_(
        "Tout est publié : commencez une nouvelle version, puis acceptez la proposition. Elle est gardée."
    ),
    RoundDateError.code: N_("Choisissez un jour entre aujourd'hui et dans un an."),
    RoundClosedError.code: N_(
        "Ce tour est clos, ou un autre est ouvert. Relisez le texte du tour en cours avant de répondre."
    ),
    SignOffChoiceError.code: N_("Choisissez une des trois réponses."),
    NotAgreedError.code: N_(
        "Dites d'abord quels organismes doivent donner leur accord ; vous pouvez aussi n'en attendre aucun."
    ),
    SignOffsMissingError.code: N_(
        "Cette version attend encore l'accord de : {organisations}. La salle s'y est engagée."
    ),
}

_MISSING: Mapping[str, str] = {
    "name": N_("Il manque votre nom. Les autres le liront à côté de ce que vous écrivez."),
    "function": N_("Il manque votre fonction : elle dit à quel titre vous engagez l'organisme."),
    "organisation": N_("Il manque le nom de l'organisme."),
    "label": N_("Il manque à qui le lien est destiné, pour le reconnaître plus tard."),
    "comment": N_("Cet avis est vide. Écrivez quelques mots."),
    "reason": N_("Il manque la raison. Une phrase suffit, les autres la liront."),
    "reservations": N_("Dites vos réserves en quelques mots."),
    "objections": N_("Dites pourquoi votre organisme n'est pas d'accord."),
}
_TOO_LONG = N_("Ce texte est trop long : {met} signes, {most} au plus. Rien n'est perdu, raccourcissez-le.")


def text_refusal(facts: Mapping[str, Any]) -> str:
    """Why a text of the room was refused."""
    if facts["why"] == "too_long":
        return translated(_TOO_LONG).format_map(facts)
    return translated(_MISSING.get(facts["what"], _MISSING["comment"]))


def role_name(role: str) -> str:
    """``"reviewer"`` as «relecture»."""
    return translated(_ROLES[RoomRole(role)])


def role_sentence(role: str) -> str:
    """What a role lets one do."""
    return translated(_ROLE_SENTENCES[RoomRole(role)])


def answer_name(answer: str) -> str:
    """``"yes"`` as «D'accord»."""
    return translated(_ANSWERS[Answer(answer)])


def standing_name(standing: str) -> str:
    """``"missing"`` as «pas encore répondu»."""
    return translated(_STANDINGS[Standing(standing)])


def proposal_state_name(state: str) -> str:
    """``"accepted"`` as «acceptée»."""
    return translated(_STATES[ProposalState(state)])
