"""The result of a verification, as data: named checks, and three answers that are never merged."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sceau.model.credential import Credential
from sceau.ports import Voucher

MAX_DETAIL = 1_000


class Outcome(StrEnum):
    """What a check found. Indeterminate is an answer: we do not know, and the reason says why."""

    PASSED = "passed"
    FAILED = "failed"
    INDETERMINATE = "indeterminate"


class Question(StrEnum):
    """The three questions a person asks."""

    INTACT = "intact"
    VALID = "valid"
    ISSUER = "issuer"


@dataclass(frozen=True)
class Check:
    """
    One thing that was looked at.

    Attributes:
        name: ``"structure"``, ``"proof"``, ``"not_before"``, ``"not_expired"``, ``"revocation"``,
            ``"suspension"``, ``"issuer_known"``…
        question: Which of the three answers it belongs to.
        code: Stable reason: ``"proof.mismatch"``, ``"validity.expired"``, ``"status.revoked"``; ``""`` when
            passed plainly.
        detail: English sentence: what was expected, what was met; cut at a thousand signs.
        facts: Values that a page needs to word it: ``{"until": "2026-06-02T00:00:00Z"}``. JSON types only.
    """

    name: str
    question: Question
    outcome: Outcome
    code: str = ""
    detail: str = ""
    facts: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        # It may quote what a stranger wrote.
        object.__setattr__(self, "detail", self.detail[:MAX_DETAIL])


@dataclass(frozen=True)
class Report:
    """
    All checks of one credential.

    Attributes:
        checks: In the order they were made; never empty.
        verified_at: Aware.
        credential: What it says, where it could be read; shown even when a check failed, next to the reason.
        document: The parsed document, for the folded technical part.
        vouchers: Those who say who the issuer is.
        envelope: ``"jwt"``, ``"sd-jwt"``, ``"jades"`` or ``"jws"`` where the credential came in one, else
            ``""``.
        seal: What may be said of a European seal (`sceau.verifying.seals.Kind`), empty where none is met.
        endorsements: What third parties say inside it of it, of its issuer or of its achievement, each with
            its own three answers; they count for nothing in those of the credential.
    """

    checks: tuple[Check, ...]
    verified_at: datetime
    format: str
    issuer_id: str = ""
    issuer_name: str = ""
    credential: Credential | None = None
    document: dict[str, Any] | None = None
    vouchers: tuple[Voucher, ...] = ()
    envelope: str = ""
    seal: str = ""
    endorsements: tuple[Report, ...] = ()

    def answer(self, question: Question) -> Outcome:
        """
        One of the three answers: failed if any of its checks failed, else indeterminate if any is or if none
        was made, else passed.
        """
        outcomes = [check.outcome for check in self.checks if check.question is question]
        if Outcome.FAILED in outcomes:
            return Outcome.FAILED
        if not outcomes or Outcome.INDETERMINATE in outcomes:
            return Outcome.INDETERMINATE
        return Outcome.PASSED

    def reasons(self, question: Question) -> tuple[Check, ...]:
        """
        The checks of *question* that explain its answer, those that failed first, then those that are
        unknown.
        """
        mine = [check for check in self.checks if check.question is question]
        order = {Outcome.FAILED: 0, Outcome.INDETERMINATE: 1, Outcome.PASSED: 2}
        return tuple(sorted(mine, key=lambda check: order[check.outcome]))
