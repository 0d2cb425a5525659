"""
The engine at the command line: ``sceau verify FILE``. It asks nobody: no network, no list of known issuers.

So a did:key is verified in full, a did:web is said to be out of reach, and a status is not known. The
platform's own command, ``jalon verify``, does ask.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sceau.did.resolver import Resolver
from sceau.errors import UnreadableError
from sceau.formats import baking
from sceau.model import moments
from sceau.verifying.policy import Policy
from sceau.verifying.report import Outcome, Question, Report
from sceau.verifying.verify import verify

GOOD, BAD, UNREADABLE, UNKNOWN = 0, 1, 2, 3
_QUESTIONS = {
    Question.INTACT: "Is it intact?",
    Question.VALID: "Is it still valid?",
    Question.ISSUER: "Who says who the issuer is?",
}
_MARKS = {Outcome.PASSED: "ok", Outcome.FAILED: "FAILED", Outcome.INDETERMINATE: "not known"}


def main(arguments: Sequence[str] | None = None) -> int:
    """
    Run the command.

    Returns:
        0 intact and nothing says that it is invalid, 1 changed, expired or revoked, 2 unreadable, 3 not
        known. An unknown issuer is no fault.
    """
    options = _parser().parse_args(arguments)
    try:
        report = verify(
            _read(options.file), at=datetime.now(UTC), policy=Policy(resolver=Resolver(), offline=True)
        )
    except UnreadableError as error:
        return _refused(error.code, str(error), as_json=options.json)
    except OSError as error:
        return _refused("reading.no_file", f"expected a file, met {error.strerror}", as_json=options.json)
    if options.json:
        print(json.dumps(as_plain(report), ensure_ascii=False, indent=2))
    else:
        print("\n".join(_lines(report)))
    return exit_code(report)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="sceau", description="Verify a micro-credential without any network."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    command = commands.add_parser("verify", help="verify a credential: JSON, or an SVG that carries one")
    command.add_argument("file", help="a file, or - for what is piped in")
    command.add_argument("--json", action="store_true", help="print one JSON object")
    return parser


def _read(name: str) -> bytes:
    limit = baking.MAX_BYTES + 1  # one more shows that it is too large, and no more is held in memory
    if name == "-":
        return sys.stdin.buffer.read(limit)
    with Path(name).open("rb") as file:
        return file.read(limit)


def exit_code(report: Report) -> int:
    """The exit code of a report; see `main`."""
    answers = {report.answer(Question.INTACT), report.answer(Question.VALID)}
    if Outcome.FAILED in answers:
        return BAD
    return UNKNOWN if Outcome.INDETERMINATE in answers else GOOD


def as_plain(report: Report) -> dict[str, Any]:
    """
    The report in JSON types:
    ``{"intact": "passed", "valid": "passed", "issuer": "indeterminate", "checks": […], …}``.
    """
    return {
        **{question.value: report.answer(question).value for question in Question},
        "format": report.format,
        "issuer_id": report.issuer_id,
        "issuer_name": report.issuer_name,
        "verified_at": moments.write(report.verified_at),
        "checks": [
            {
                "name": check.name,
                "question": check.question.value,
                "outcome": check.outcome.value,
                "code": check.code,
                "detail": check.detail,
                "facts": check.facts,
            }
            for check in report.checks
        ],
    }


def _lines(report: Report) -> list[str]:
    lines = []
    if (credential := report.credential) is not None:
        lines.append(
            f"{credential.micro_credential.title}: {credential.holder.name}, {credential.awarded_on}"
        )
    lines.append(f"Issuer: {report.issuer_name or 'no name'} ({report.issuer_id})")
    for question, asked in _QUESTIONS.items():
        lines.append(f"{asked} {_MARKS[report.answer(question)]}")
        lines += [
            f"  {check.name}: {check.code}: {check.detail}"
            for check in report.reasons(question)
            if check.outcome is not Outcome.PASSED
        ]
    return [_printable(line) for line in lines]


def _printable(text: str) -> str:
    """Without signs that would move a terminal's cursor."""
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in text)


def _refused(code: str, detail: str, *, as_json: bool) -> int:
    if as_json:
        print(json.dumps({"error": {"code": code, "detail": detail}}, ensure_ascii=False))
    else:
        print(_printable(f"{code}: {detail}"), file=sys.stderr)
    return UNREADABLE


if __name__ == "__main__":
    sys.exit(main())
