"""What the door answers, in JSON: problems in the form that VC 2.0 gives them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import JsonResponse

from sceau.errors import SceauError
from sceau.verifying.report import Check

_PROBLEMS = "https://www.w3.org/TR/vc-data-model#"
_STATUS_PROBLEMS = "https://www.w3.org/TR/vc-bitstring-status-list/#"
# By the longest beginning of a code that fits.
_TYPES = {
    "reading.": f"{_PROBLEMS}PARSING_ERROR",
    "model.": f"{_PROBLEMS}MALFORMED_VALUE_ERROR",
    "context.": f"{_PROBLEMS}MALFORMED_VALUE_ERROR",
    "presentation.": f"{_PROBLEMS}MALFORMED_VALUE_ERROR",
    "validity.": f"{_PROBLEMS}RANGE_ERROR",
    "status.": f"{_STATUS_PROBLEMS}STATUS_VERIFICATION_ERROR",
    "status.unreachable": f"{_STATUS_PROBLEMS}STATUS_RETRIEVAL_ERROR",
    "status.offline": f"{_STATUS_PROBLEMS}STATUS_RETRIEVAL_ERROR",
    "status.too_short": f"{_STATUS_PROBLEMS}STATUS_LIST_LENGTH_ERROR",
    "status.index": f"{_PROBLEMS}RANGE_ERROR",
    "": f"{_PROBLEMS}CRYPTOGRAPHIC_SECURITY_ERROR",
}


@dataclass(frozen=True)
class Findings:
    """
    Attributes:
        checks: The names of all that was looked at.
        errors: What did not pass; none where the document verifies.
        warnings: What a reader should know besides.
    """

    checks: tuple[str, ...]
    errors: tuple[Check, ...]
    warnings: tuple[Check, ...]


def problem(code: str, detail: str) -> dict[str, Any]:
    """
    One problem: ``{"type": "https://…#PARSING_ERROR", "title": …, "code": "reading.…", "detail": …}``.

    Source:
        W3C Verifiable Credentials Data Model v2.0, section 7.1, Problem Details (RFC 9457).
    """
    kind = _TYPES[max((start for start in _TYPES if code.startswith(start)), key=len)]
    return {"type": kind, "title": kind.rpartition("#")[2], "code": code, "detail": detail}


def refused(error: SceauError, *, status: int = 400) -> JsonResponse:
    """An answer to what cannot be done as asked."""
    return with_problem(error.code, str(error), status=status)


def with_problem(code: str, detail: str, *, status: int) -> JsonResponse:
    """The same, of anything else."""
    body = {"verified": False, "checks": [], "warnings": [], "errors": [problem(code, detail[:1_000])]}
    return JsonResponse(body, status=status)


def found(findings: Findings) -> JsonResponse:
    """The outcome of a verification: 200 where it verifies, else 400."""
    body = {
        "verified": not findings.errors,
        "checks": list(findings.checks),
        "warnings": [problem(check.code, check.detail) for check in findings.warnings],
        "errors": [problem(check.code, check.detail) for check in findings.errors],
    }
    return JsonResponse(body, status=400 if findings.errors else 200)
