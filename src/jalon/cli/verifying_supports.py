"""Endorsements inside a credential, in `jalon verify` and `jalon inspect`: each told by itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from jalon.cli.verifying_words import Pair, day, pick
from jalon.verification.rules import About, Support, supports, supports_left_out
from sceau.model import moments
from sceau.model.credential import Endorsement
from sceau.verifying.report import Outcome, Report

TITLE: Pair = (
    "Soutiens joints, vérifiés à part (aucun ne dit qui est l’émetteur) :",
    "Endorsements inside, each checked by itself (none says who the issuer is):",
)
LEFT_OUT: Pair = (
    "{count} de plus non examiné(s) : de trop, illisible(s), ou parlant d’autre chose.",
    "{count} more not looked at: too many, unreadable, or about something else.",
)
ABOUT: Mapping[About, Pair] = {
    About.CREDENTIAL: ("dit soutenir cette attestation", "says it supports this credential"),
    About.MICRO_CREDENTIAL: (
        "dit soutenir cette micro-certification",
        "says it supports this micro-credential",
    ),
    About.ISSUER: ("dit soutenir l’émetteur nommé", "says it supports the named issuer"),
}
BY_ITSELF: Mapping[str, Pair] = {
    "AchievementCredential": ("Dit soutenir l’attestation {id}", "Says it supports the credential {id}"),
    "Achievement": ("Dit soutenir la micro-certification {id}", "Says it supports the micro-credential {id}"),
    "Profile": ("Dit soutenir l’organisme {id}", "Says it supports the organisation {id}"),
    "": ("Dit soutenir {id}", "Says it supports {id}"),
}
SINCE: Pair = (", depuis le {day}.", ", since {day}.")
UNDATED: Pair = (", sans dire depuis quand.", ", without saying since when.")
FORGED: Pair = (
    "la signature de ce soutien ne tient pas. Ne le comptez pas.",
    "the signature of this endorsement does not hold. Do not count it.",
)
UNCHECKED: Pair = ("ce soutien n’a pas été vérifié.", "this endorsement was not checked.")
HOLDS: Pair = ("Il est intact.", "It is intact.")
MAYBE: Pair = (
    "Il est intact ; on ne sait pas s’il tient encore.",
    "It is intact; whether it still holds is not known.",
)
ENDED: Mapping[str, Pair] = {
    "validity.expired": ("Il est intact, mais a pris fin.", "It is intact, but has ended."),
    "validity.not_yet": ("Il est intact, mais ne vaut pas encore.", "It is intact, but not valid yet."),
    "status.revoked": ("Il a été retiré.", "It was revoked."),
    "status.suspended": ("Il est suspendu.", "It is suspended."),
    "": ("Il ne vaut plus.", "It is no longer valid."),
}
OWN: Pair = (
    "C’est l’émetteur qui parle de lui-même : cela n’ajoute rien.",
    "The issuer speaks of itself: this adds nothing.",
)
STRANGER: Pair = (
    "Personne ici ne dit à qui est la clé qui l’a signé.",
    "Nobody here says whose the key is that signed it.",
)
VOUCHED: Pair = (
    "{by} dit que cette clé est bien à ce nom.",
    "{by} says that this key is of that name.",
)
OTHER_NAME: Pair = (
    "Attention : {by} dit que cette clé est celle de {known}.",
    "Careful: {by} says that this key is that of {known}.",
)


def as_list(report: Report) -> list[dict[str, Any]]:
    """``[{"name": "…", "issuer": "did:…", "about": "issuer", "answers": {…}, …}]``"""
    return [
        {
            "issuer": said.issuer_id,
            "name": support.name,
            "about": str(support.about),
            "since": support.since.isoformat() if support.since else None,
            "comment": support.comment.as_dict(),
            "answers": {"intact": str(support.intact), "valid": str(support.valid)},
            "reason": support.reason,
            "known_by": support.voucher.by if support.voucher and support.is_named_so else None,
            "is_issuer_s_own": support.is_issuer_s_own,
        }
        for support, said in zip(supports(report), report.endorsements, strict=True)
    ]


def lines(report: Report, language: str, *, is_judged: bool) -> Iterator[str]:
    """
    What third parties say inside it; nothing where none does.

    Args:
        is_judged: Keys and vouchers were asked for; else nothing is said about who is known.
    """
    found, left_out = supports(report), supports_left_out(report)
    if not found and not left_out:
        return
    yield pick(TITLE, language)
    for support in found:
        colon = " :" if language == "fr" else ":"
        yield f"  – {support.name}{colon} {_words(support, language, is_judged=is_judged)}"
    if left_out:
        yield "  – " + pick(LEFT_OUT, language).format(count=left_out)


def by_itself(endorsement: Endorsement, language: str) -> Iterator[str]:
    """What an endorsement that stands in no credential says."""
    since = day(moments.write(endorsement.valid_from), language)
    about = pick(BY_ITSELF.get(endorsement.subject_kind, BY_ITSELF[""]), language)
    yield about.format(id=endorsement.subject_id) + pick(SINCE, language).format(day=since)
    if comment := endorsement.comment.get(language, "fr"):
        yield f"« {comment} »" if language == "fr" else f"“{comment}”"


def _words(support: Support, language: str, *, is_judged: bool) -> str:
    if support.intact is not Outcome.PASSED:
        return pick(FORGED if support.intact is Outcome.FAILED else UNCHECKED, language)
    since = support.since.isoformat() if support.since else ""
    dated = pick(SINCE, language).format(day=day(since, language)) if since else pick(UNDATED, language)
    words = [pick(ABOUT[support.about], language) + dated, pick(_state(support), language)]
    if is_judged or support.is_issuer_s_own:
        words.append(_whose(support, language))
    if comment := support.comment.get(language, "fr"):
        words.append(f"« {comment} »" if language == "fr" else f"“{comment}”")
    return " ".join(words)


def _state(support: Support) -> Pair:
    if support.valid is Outcome.FAILED:
        return ENDED.get(support.reason, ENDED[""])
    return HOLDS if support.valid is Outcome.PASSED else MAYBE


def _whose(support: Support, language: str) -> str:
    if support.is_issuer_s_own:
        return pick(OWN, language)
    if support.voucher is None:
        return pick(STRANGER, language)
    pair = VOUCHED if support.is_named_so else OTHER_NAME
    return pick(pair, language).format(by=support.voucher.by, known=support.voucher.issuer_name)
