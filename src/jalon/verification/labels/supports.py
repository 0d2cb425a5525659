"""What third parties say inside a credential, in words: who, of what, since when, and whether it holds."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from jalon.verification.labels import moments
from jalon.verification.rules import (
    About,
    Result,
    Support,
    answers,
    endorsement_of,
    supports,
    supports_left_out,
)
from sceau.verifying.report import Outcome, Question

MAX_COMMENT = 400

_ABOUT = {
    About.CREDENTIAL: (
        lazy("Dit soutenir cette attestation, depuis le %(day)s."),
        lazy("Dit soutenir cette attestation, sans dire depuis quand."),
    ),
    About.MICRO_CREDENTIAL: (
        lazy("Dit soutenir cette micro-certification, depuis le %(day)s."),
        lazy("Dit soutenir cette micro-certification, sans dire depuis quand."),
    ),
    About.ISSUER: (
        lazy("Dit soutenir l’organisme nommé, depuis le %(day)s."),
        lazy("Dit soutenir l’organisme nommé, sans dire depuis quand."),
    ),
}

# What it names is known by an identifier alone, which is told below.
_ALONE = {
    "AchievementCredential": lazy("Dit soutenir une attestation, depuis le %(day)s."),
    "Achievement": lazy("Dit soutenir une micro-certification, depuis le %(day)s."),
    "Profile": lazy("Dit soutenir un organisme, depuis le %(day)s."),
}
_OF_SOMETHING = lazy("Dit soutenir quelque chose, depuis le %(day)s.")


@dataclass(frozen=True)
class SupportLine:
    """
    One endorsement.

    Attributes:
        name: As it is written in the endorsement.
        comment: Its own words; empty where they are not those that were signed.
    """

    name: str
    words: str
    comment: str = ""


@dataclass(frozen=True)
class Supports:
    """
    Attributes:
        lead: What they are worth, read before any of them.
        left_out: Those that stand in it and were not looked at, or empty.
    """

    lead: str
    lines: tuple[SupportLine, ...]
    left_out: str


def said_by_others(result: Result) -> Supports | None:
    """What third parties say inside the credential of *result*; None where none does."""
    found, left_out = supports(result.report), supports_left_out(result.report)
    if not found and not left_out:
        return None
    more = ngettext(
        "%(count)d soutien joint n’a pas été examiné : il est de trop, illisible, ou parle d’autre chose.",
        "%(count)d soutiens joints n’ont pas été examinés : ils sont de trop, illisibles, ou parlent "
        "d’autre chose.",
        left_out,
    )
    return Supports(
        lead=_lead(result),
        lines=tuple(_line(support) for support in found),
        left_out=more % {"count": left_out} if left_out else "",
    )


def alone(result: Result) -> SupportLine | None:
    """What an endorsement that stands in no credential says; None of anything else."""
    said = endorsement_of(result.report)
    if said is None:
        return None
    words = _ALONE.get(said.subject_kind, _OF_SOMETHING) % {"day": moments.day(said.valid_from)}
    comment = said.comment.get((get_language() or "fr").split("-")[0], "fr")
    return SupportLine(said.issuer.name or said.issuer.id, str(words), comment[:MAX_COMMENT])


def _lead(result: Result) -> str:
    """A true endorsement can be copied into a false credential, so that it never makes an issuer known."""
    given = answers(result.report)
    if given[Question.INTACT] is not Outcome.PASSED:
        return _("Tant que l’attestation n’est pas reconnue intacte, ces soutiens ne disent rien d’elle.")
    words = _("Aucun ne compte dans les trois réponses, et aucun ne dit qui est l’organisme.")
    if given[Question.ISSUER] is Outcome.PASSED:
        return words
    copied = _(
        "Un vrai soutien peut être recopié dans une autre attestation : demandez à qui soutient si c’est "
        "bien de celle-ci qu’il parle."
    )
    return f"{words} {copied}"


def _line(support: Support) -> SupportLine:
    if support.intact is Outcome.FAILED:
        words = _("Un soutien porte ce nom, mais sa signature ne tient pas : ne le comptez pas.")
        return SupportLine(support.name, words)
    if support.intact is Outcome.INDETERMINATE:
        words = _("Un soutien porte ce nom ; nous n’avons pas pu le vérifier. Ne le comptez pas encore.")
        return SupportLine(support.name, words)
    dated, undated = _ABOUT[support.about]
    said = dated % {"day": moments.day(support.since)} if support.since else undated
    comment = support.comment.get((get_language() or "fr").split("-")[0], "fr")
    words = " ".join((str(said), _state(support), _whose(support)))
    return SupportLine(support.name, words, comment[:MAX_COMMENT])


def _state(support: Support) -> str:
    if support.valid is Outcome.PASSED:
        return _("Ce soutien est intact.")
    if support.valid is Outcome.INDETERMINATE:
        return _("Ce soutien est intact ; nous ne savons pas s’il tient encore.")
    return {
        "validity.expired": _("Ce soutien est intact, mais il a pris fin."),
        "validity.not_yet": _("Ce soutien est intact, mais il ne vaut pas encore."),
        "status.revoked": _("Ce soutien a été retiré."),
        "status.suspended": _("Ce soutien est suspendu."),
    }.get(support.reason, _("Ce soutien ne vaut plus."))


def _whose(support: Support) -> str:
    """Anybody may write any name: only somebody who is known says whose a key is."""
    if support.is_issuer_s_own:
        return _("C’est l’organisme qui parle de lui-même : cela n’ajoute rien.")
    if support.voucher is None:
        return _("Personne que nous connaissions ne dit à qui est la clé qui l’a signé.")
    facts = {"by": support.voucher.by, "known": support.voucher.issuer_name}
    if support.is_named_so:
        return _("%(by)s confirme que la clé est bien à ce nom.") % facts
    return _("Attention : %(by)s confirme cette clé pour «\u00a0%(known)s\u00a0», un autre nom.") % facts
