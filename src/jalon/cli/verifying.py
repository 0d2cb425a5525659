"""
`jalon verify`: the three answers about a credential, from a file, the standard input or an https address.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from jalon.cli import verifying_seals, verifying_supports
from jalon.cli.given import Refused, calm, document_of, fetcher_for, language_of_system
from jalon.cli.verifying_own import ThisInstallation
from jalon.cli.verifying_sources import Copies, Lists, Vouchers
from jalon.cli.verifying_words import (
    COLON,
    HOSTED,
    LABELS,
    MEANINGLESS,
    OTHER_NAME,
    QUESTIONS,
    REFUSALS,
    UNSURE,
    VERDICTS,
    answer,
    day,
    pick,
)
from jalon.foundation import clock
from jalon.verification.rules import (
    MAX_BYTES,
    answers,
    certificates_of,
    endorsement_of,
    is_certified,
    is_hosted,
    is_test_seal,
    supports_left_out,
)
from sceau.did.resolver import Resolver
from sceau.errors import UnreadableError
from sceau.ports import Fetcher
from sceau.verifying.policy import Policy
from sceau.verifying.report import Outcome, Question, Report
from sceau.verifying.verify import verify

INTACT, NOT_VALID, UNREADABLE, NOT_CHECKED = 0, 1, 2, 3
# Of several inputs, the worst code is the command's.
WORST_FIRST = (UNREADABLE, NOT_VALID, NOT_CHECKED, INTACT)
MAX_STATUS_AGE = timedelta(days=1)
_OUT_OF_REACH = frozenset({"did", "fetch", "key", "certificate", "hosted"})


def add_parser(subparsers: Any) -> None:
    """Declare the command and its options."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        "verify",
        help="vérifier une attestation : fichier, entrée standard ou adresse",
        description="Trois réponses séparées : est-elle intacte ? toujours valable ? "
        "qui dit qui est l’émetteur ? Lit un JSON, un JWT, un SD-JWT, un SVG, un PNG, "
        "un PDF, ou une adresse https.",
        epilog="Codes de sortie : 0 intacte, et rien ne dit qu’elle n’est pas valable "
        "(un émetteur inconnu n’est pas une faute) ; "
        "1 pas valable : changée, arrivée à son terme, révoquée, ou scellée au nom d’un autre organisme que "
        "celui qu’elle nomme ; 2 illisible, ou une option qui ne se lit pas ; "
        "3 la clé ou l’état n’a pas pu être contrôlé. Pour plusieurs, le pire compte : 2, puis 1, puis 3, "
        "puis 0.",
    )
    parser.add_argument("inputs", nargs="+", metavar="FICHIER|-|ADRESSE", help="ce qu’il faut vérifier")
    parser.add_argument(
        "--json",
        action="store_true",
        help="le détail de tous les contrôles, en JSON (une liste s’il y a plusieurs entrées)",
    )
    parser.add_argument(
        "--lang", choices=("fr", "en"), help="langue des réponses (sinon LANG, sinon français)"
    )
    parser.add_argument("--offline", action="store_true", help="ne rien demander au réseau")
    parser.add_argument(
        "--copies",
        type=Path,
        metavar="DOSSIER",
        help="copies de ce que publient des émetteurs (clés, listes), lues avant le réseau",
    )
    parser.add_argument("--trust", type=Path, metavar="FICHIER.json", help="qui répond de quels émetteurs")
    verifying_seals.add_option(parser)


@dataclass(frozen=True)
class Verdict:
    """
    What was found out about one input.

    Attributes:
        report: None where it could not be read; `code` and `message` then say why.
    """

    given: str
    exit_code: int
    report: Report | None = None
    code: str = ""
    message: str = ""
    facts: dict[str, Any] = field(default_factory=dict)


def run(args: argparse.Namespace) -> int:
    """Verify each input, print the answers, and return the worst code."""
    language = args.lang or language_of_system()
    fetcher = fetcher_for(offline=args.offline)
    copies, ours = Copies(args.copies), ThisInstallation()
    anchors = verifying_seals.authorities_for(args.authorities)
    policy = Policy(
        resolver=Resolver(documents=(copies, ours), fetcher=fetcher, metadata=(copies, ours)),
        statuses=Lists(copies, ours, fetcher),
        trust=Vouchers(args.trust, ours),
        max_status_age=MAX_STATUS_AGE,
        offline=args.offline,
        max_bytes=MAX_BYTES,
        seals=anchors,
        anchors=certificates_of(anchors),
    )
    verdicts = [_verify(given, policy, fetcher, language) for given in args.inputs]
    if args.json:
        plain = [as_dict(verdict, language) for verdict in verdicts]
        print(json.dumps(plain[0] if len(plain) == 1 else plain, ensure_ascii=False, indent=2))
    else:
        print("\n\n".join("\n".join(_lines(verdict, language)) for verdict in verdicts))
    return min((verdict.exit_code for verdict in verdicts), key=WORST_FIRST.index)


def _verify(given: str, policy: Policy, fetcher: Fetcher, language: str) -> Verdict:
    try:
        report = verify(document_of(given, fetcher, language), at=clock.now(), policy=policy)
    except Refused as refused:
        message = refused.message or pick(REFUSALS[refused.code], language)
        return Verdict(given, UNREADABLE, None, refused.code, message, refused.facts)
    except UnreadableError as error:
        pair = REFUSALS.get(error.code, REFUSALS["reading.unreadable"])
        return Verdict(given, UNREADABLE, None, error.code, pick(pair, language), {"detail": str(error)})
    return Verdict(given, exit_code(report), report)


def exit_code(report: Report) -> int:
    """
    The code of one report.

    A proof of a kind that is not read here is unreadable; a key or a page that could not be had is not
    checked. An unknown issuer changes nothing; another one than the credential names does.
    """
    intact, valid = report.answer(Question.INTACT), report.answer(Question.VALID)
    if Outcome.FAILED in (intact, valid, report.answer(Question.ISSUER)):
        return NOT_VALID
    if intact is Outcome.INDETERMINATE:
        reason = report.reasons(Question.INTACT)[0].code
        return NOT_CHECKED if reason.partition(".")[0] in _OUT_OF_REACH else UNREADABLE
    return INTACT if valid is Outcome.PASSED else NOT_CHECKED


def as_dict(verdict: Verdict, language: str) -> dict[str, Any]:
    """The report as JSON types."""
    plain: dict[str, Any] = {"input": verdict.given, "exit_code": verdict.exit_code}
    report = verdict.report
    if report is None:
        return plain | {"error": {"code": verdict.code, "message": verdict.message, **verdict.facts}}
    credential = report.credential
    return plain | {
        "verified_at": report.verified_at.isoformat(),
        "format": report.format,
        "issuer": {"id": report.issuer_id, "name": report.issuer_name},
        "holder": credential.holder.name if credential else None,
        "title": credential.micro_credential.title.as_dict() if credential else None,
        "awarded_on": credential.awarded_on.isoformat() if credential else None,
        "seal": verifying_seals.as_dict(report),
        "answers": {str(question): str(answers(report)[question]) for question in Question},
        "messages": {str(question): _answer(report, question, language) for question in Question},
        "checks": [
            {
                "name": check.name,
                "question": str(check.question),
                "outcome": str(check.outcome),
                "code": check.code,
                "detail": check.detail,
                "facts": check.facts,
            }
            for check in report.checks
        ],
        "vouchers": [
            {
                "by": voucher.by,
                "issuer_name": voucher.issuer_name,
                "basis": voucher.basis,
                "since": voucher.since.isoformat(),
                "until": voucher.until.isoformat() if voucher.until else None,
            }
            for voucher in report.vouchers
        ],
        "endorsements": verifying_supports.as_list(report),
        "endorsements_left_out": supports_left_out(report),
    }


def _answer(report: Report, question: Question, language: str) -> str:
    outcome = report.answer(question)
    first = report.vouchers[0] if report.vouchers else None
    facts = {"by": first.by, "name": first.issuer_name} if first else {}
    if question is Question.ISSUER and report.answer(Question.INTACT) is Outcome.PASSED:
        if outcome is not Outcome.FAILED and is_test_seal(report):
            return pick(verifying_seals.TEST, language)
        if is_certified(report) and not report.vouchers:
            return verifying_seals.certified_words(report, language)
    if outcome is not answers(report)[question]:
        if report.answer(Question.INTACT) is Outcome.PASSED:
            return pick(OTHER_NAME, language).format(**facts, written=report.issuer_name)
        changed = report.answer(Question.INTACT) is Outcome.FAILED
        return pick(MEANINGLESS if changed else UNSURE, language)
    if question is Question.INTACT and outcome is Outcome.PASSED and is_hosted(report):
        return pick(HOSTED, language)
    return answer(question, outcome, report.reasons(question)[0], facts, language)


def _lines(verdict: Verdict, language: str) -> Iterator[str]:
    colon = pick(COLON, language)
    yield f"{calm(verdict.given)}{colon}{pick(VERDICTS[verdict.exit_code], language)}"
    report = verdict.report
    if report is None:
        yield f"  {calm(verdict.message)}"
        return
    credential = report.credential
    known = {"issuer": report.issuer_name or report.issuer_id}
    if credential:
        known = {
            "holder": credential.holder.name,
            "title": credential.micro_credential.title.get(language, "fr"),
            **known,
            "awarded_on": day(credential.awarded_on.isoformat(), language),
        }
    for name, value in known.items():
        if not value:
            continue
        yield f"  {pick(LABELS[name], language)}{colon}{calm(value)}"
    if (endorsement := endorsement_of(report)) is not None:
        yield from (f"  {calm(line)}" for line in verifying_supports.by_itself(endorsement, language))
    for question in Question:
        yield f"  {pick(QUESTIONS[question], language)} {calm(_answer(report, question, language))}"
    for line in verifying_seals.lines(report, language):
        yield f"  {calm(line)}"
    for line in verifying_supports.lines(report, language, is_judged=True):
        yield f"  {calm(line)}"
