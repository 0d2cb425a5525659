"""Badges without a signature: what lies at their own address counts, where that is their issuer's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sceau.formats import open_badges_2
from sceau.formats.open_badges_2 import comparing, nodes, reading, scope
from sceau.verifying.open_badges_2 import documents as had
from sceau.verifying.open_badges_2 import outcomes
from sceau.verifying.open_badges_2.documents import Documents, Issuer, UnavailableError
from sceau.verifying.report import Check, Question

_MAX_LISTED = 8
"""Differences that a check names."""


def hold(
    assertion: dict[str, Any], documents: Documents, home: str
) -> tuple[dict[str, Any], Check | None, UnavailableError | None, comparing.Comparison]:
    """
    The copy that counts; the check where it is decided already; why there is no copy; what is still to be
    held against badge class and issuer.
    """
    nothing = comparing.Comparison()
    if not home:
        detail = "expected the address of the assertion as its id, met none"
        none = UnavailableError("hosted.not_https", detail)
        return assertion, had.unavailable("hosted", none), none, nothing
    try:
        theirs = _at_home(home, documents)
    except UnavailableError as error:
        return assertion, had.unavailable("hosted", error, {"url": home}), error, nothing
    if reading.revoked(theirs) is True and "badge" not in theirs:
        # All that the standard asks to be left of it; the rest of what was given is confirmed by nobody.
        detail = f"expected the whole assertion at {home[:200]}, met one that was emptied when it was revoked"
        check = outcomes.unknown("hosted", Question.INTACT, "hosted.unconfirmed", detail, {"url": home})
        return {**assertion, "revoked": True, **theirs}, check, None, nothing
    comparison = comparing.compare(assertion, theirs)
    if comparison.differing:
        return theirs, _differs(comparison.differing, home), None, nothing
    return theirs, None, None, comparison


def address_of(assertion: Mapping[str, Any]) -> str:
    """The address of an assertion: its id, or where 1.x says that it is hosted."""
    stated = nodes.text(assertion, "id")
    return stated or nodes.text(reading.verification_of(assertion), "url")


def _at_home(home: str, documents: Documents) -> dict[str, Any]:
    """
    The assertion at an address. 1.x may have no id in it; the address it names must then be this one.

    Raises:
        UnavailableError: Out of reach, no assertion, or another one.
    """
    theirs = documents.fetch(home, had.ASSERTION)
    if not open_badges_2.recognises(theirs) and reading.revoked(theirs) is not True:
        raise UnavailableError(
            "hosted.unreadable", f"expected an assertion at {home[:200]}, met something else"
        )
    if (met := address_of(theirs) or home) != home:
        raise UnavailableError("hosted.other_document", f"expected {home[:200]!a} there, met {met[:200]!a}")
    return theirs


def embedded(comparison: comparing.Comparison, documents: Documents, home: str) -> Check:
    """What was written out in the copy in hand, and only linked in the issuer's, held against the latter."""
    pending = list(comparison.embedded)
    differing, unknown = [], []
    for path, mine, address in pending:
        served = documents.had(address)
        if served is None:
            unknown.append(path)
            continue
        found = comparing.compare(mine, served, path)
        differing += found.differing
        pending += found.embedded  # each is smaller than the one it lies in
    if differing:
        return _differs(differing, home)
    if unknown:
        detail = f"expected to hold {', '.join(unknown[:_MAX_LISTED])} against what is hosted, met no copy"
        facts = {"unconfirmed": unknown[:_MAX_LISTED]}
        return outcomes.unknown("hosted", Question.INTACT, "hosted.unconfirmed", detail, facts)
    return outcomes.passed("hosted", Question.INTACT, {"url": home})


def _differs(paths: list[str], home: str) -> Check:
    named = [path[:120] for path in paths[:_MAX_LISTED]]
    detail = f"expected the hosted copy to say the same, met another {', '.join(named)}"
    facts = {"differing": named, "url": home}
    return outcomes.failed("hosted", Question.INTACT, "hosted.differs", detail, facts)


def scopes(home: str, badge: Mapping[str, Any], issuer: Issuer) -> list[Check]:
    """Only a profile that was read where it lies says where its assertions may be; none is said twice."""
    if issuer.problem is not None:
        return []
    badge_id = nodes.text(badge, "id")
    if scope.https(home) is None:
        return []
    if not scope.is_within(home, issuer_id=issuer.id, issuer=issuer.profile):
        return [had.out_of_scope(home, issuer)]
    is_near = scope.origin(badge_id) in (None, scope.origin(issuer.id))
    if not is_near and not scope.is_within(badge_id, issuer_id=issuer.id, issuer=issuer.profile):
        return [had.out_of_scope(badge_id, issuer)]
    return [outcomes.passed("scope", Question.INTACT)]


def own_revocation(assertion: Mapping[str, Any]) -> Check:
    """What an assertion says of itself."""
    revoked = reading.revoked(assertion)
    if revoked is None:
        met = str(assertion.get("revoked"))[:40]
        detail = f"expected true or false at revoked, met {met!a}"
        return outcomes.unknown("revocation", Question.VALID, "status.invalid", detail)
    if revoked:
        return outcomes.revoked(nodes.text(assertion, "revocationReason"))
    return outcomes.passed("revocation", Question.VALID)


def revocation_unknown(error: UnavailableError) -> Check:
    """
    410 is how an issuer says that a hosted badge is revoked. 404 is not: the site may have been rebuilt, or
    the badge may never have been there.
    """
    if error.code == "hosted.gone":
        return outcomes.revoked("")
    codes = {"hosted.offline": "status.offline", "hosted.unreachable": "status.unreachable"}
    return outcomes.unknown("revocation", Question.VALID, codes.get(error.code, error.code), str(error))
