"""The checks of a badge, in few words."""

from __future__ import annotations

from typing import Any

from sceau.errors import SceauError
from sceau.verifying import proofs
from sceau.verifying.report import Check, Outcome, Question


def passed(name: str, question: Question, facts: dict[str, Any] | None = None) -> Check:
    return Check(name, question, Outcome.PASSED, facts=facts or {})


def failed(name: str, question: Question, code: str, detail: str, facts: dict[str, Any]) -> Check:
    return Check(name, question, Outcome.FAILED, code, detail, facts)


def unknown(
    name: str, question: Question, code: str, detail: str, facts: dict[str, Any] | None = None
) -> Check:
    return Check(name, question, Outcome.INDETERMINATE, code, detail, facts or {})


def failure(name: str, error: SceauError, facts: dict[str, Any] | None = None) -> Check:
    return proofs.failure(name, Question.INTACT, error, facts)


def revoked(reason: str) -> Check:
    """What ends a badge for good."""
    detail = "expected a badge that its issuer has not revoked, met one that is"
    facts = {"reason": reason[:500]} if reason else {}
    return failed("revocation", Question.VALID, "status.revoked", detail, facts)
