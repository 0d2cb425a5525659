"""
`jalon inspect`: what a credential says, whoever made it, in plain words and without asking anybody.

It does not judge: whether a credential is intact and still valid is for `jalon verify` to say. Only a text
that visibly is not the one that was signed is told at once.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from jalon.cli import inspecting_words as words
from jalon.cli import verifying_seals, verifying_supports
from jalon.cli.given import Refused, calm, document_of, fetcher_for, language_of_system
from jalon.cli.verifying_words import REFUSALS, day, pick
from jalon.foundation import clock
from jalon.verification.rules import MAX_BYTES, certificates_of, endorsement_of, is_hosted, supports_left_out
from sceau.did.resolver import Resolver
from sceau.errors import UnreadableError
from sceau.formats import sd_jwt_vc
from sceau.model import annex_i, moments
from sceau.model.concepts import Concept
from sceau.model.credential import Credential
from sceau.model.texts import Text
from sceau.verifying.policy import Policy
from sceau.verifying.report import Outcome, Question, Report
from sceau.verifying.verify import verify

OK, UNREADABLE = 0, 2
SIGNATURES = frozenset({"proof", "seal", "seal_certificate"})


def add_parser(subparsers: Any) -> None:
    """Declare the command and its options."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        "inspect",
        help="expliquer une attestation, d’où qu’elle vienne, en mots simples",
        description="Dit de quel genre est une attestation, comment elle est signée, et tout ce qu’elle "
        "dit : les onze éléments de l’annexe I, ceux qui manquent, et le reste. Ne juge pas : "
        "« jalon verify » le fait.",
        epilog="Codes de sortie : 0 lue ; 2 illisible.",
    )
    parser.add_argument("input", metavar="FICHIER|-|ADRESSE", help="l’attestation")
    parser.add_argument("--json", action="store_true", help="les mêmes faits, en JSON")
    parser.add_argument("--lang", choices=("fr", "en"), help="langue des mots (sinon LANG, sinon français)")
    verifying_seals.add_option(parser)


def run(args: argparse.Namespace) -> int:
    """Explain one credential."""
    language = args.lang or language_of_system()
    anchors = verifying_seals.authorities_for(args.authorities)
    policy = Policy(
        resolver=Resolver(),
        offline=True,
        max_bytes=MAX_BYTES,
        seals=anchors,
        anchors=certificates_of(anchors),
    )
    try:
        data = document_of(args.input, fetcher_for(offline="://" not in args.input[:10]), language)
        report = verify(data, at=clock.now(), policy=policy)
    except Refused as refused:
        return _refused(refused.code, refused.message or pick(REFUSALS[refused.code], language), args)
    except UnreadableError as error:
        pair = REFUSALS.get(error.code, REFUSALS["reading.unreadable"])
        return _refused(error.code, pick(pair, language), args)
    if args.json:
        print(json.dumps(as_dict(report, language), ensure_ascii=False, indent=2))
    else:
        print("\n".join(calm(line) if line else "" for line in _lines(report, language)))
    return OK


def _refused(code: str, message: str, args: argparse.Namespace) -> int:
    print(
        json.dumps({"error": {"code": code, "message": message}}, ensure_ascii=False)
        if args.json
        else message
    )
    return UNREADABLE


def as_dict(report: Report, language: str) -> dict[str, Any]:
    """
    The facts as JSON types:
    ``{"format": "open_badges_3", "envelope": "", "elements": {"title": ["…"]}, "missing": ["level"]}``.
    """
    said = elements(report.credential, language) if report.credential else {}
    return {
        "format": report.format,
        "envelope": report.envelope,
        "issuer": {"id": report.issuer_id, "name": report.issuer_name},
        "seal": verifying_seals.as_dict(report),
        "signatures": [check.facts for check in report.checks if check.name in SIGNATURES],
        "elements": said,
        "missing": [name for name in annex_i.ELEMENTS if not said.get(name)],
        "endorsements": verifying_supports.as_list(report),
        "endorsements_left_out": supports_left_out(report),
        "status": [check.facts.get("list") for check in report.checks if check.facts.get("list")],
    }


def _lines(report: Report, language: str) -> Iterator[str]:
    endorsement = endorsement_of(report)
    known = words.ENDORSEMENT if endorsement else words.FORMATS.get(report.format)
    form = pick(known or words.OTHER_FORMAT, language).format(name=report.format)
    yield pick(words.WHAT, language).format(format=form)
    yield from _signatures(report, language)
    yield from verifying_seals.lines(report, language)
    if report.answer(Question.INTACT) is Outcome.FAILED and _is_signed(report):
        yield pick(words.CHANGED, language)
    yield pick(words.NOT_CHECKED, language)
    yield ""
    if endorsement is not None:
        yield from verifying_supports.by_itself(endorsement, language)
    else:
        yield from _content(report, language)
    yield ""
    yield from _validity(report, language)


def _content(report: Report, language: str) -> Iterator[str]:
    said = elements(report.credential, language) if report.credential else {}
    yield pick(words.MANDATORY, language)
    for name in annex_i.ELEMENTS:
        yield from _element(name, said.get(name, []), language, say_nothing=True)
    missing = sum(1 for name in annex_i.ELEMENTS if not said.get(name))
    how_many = {0: words.NONE_MISSING, 1: words.ONE_MISSING}.get(missing, words.MISSING)
    yield pick(how_many, language).format(count=missing)
    more = [name for name in words.ELEMENTS if name not in annex_i.ELEMENTS and said.get(name)]
    if more:
        yield ""
        yield pick(words.MORE, language)
    for name in more:
        yield from _element(name, said[name], language, say_nothing=False)
    if others := list(verifying_supports.lines(report, language, is_judged=False)):
        yield ""
        yield from others


def _is_signed(report: Report) -> bool:
    return all(check.code != "proof.missing" for check in report.checks)


def _signatures(report: Report, language: str) -> Iterator[str]:
    if is_hosted(report):
        yield pick(words.HOSTED, language)
    elif not _is_signed(report):
        yield pick(words.UNSIGNED, language)
    for check in report.checks:
        if check.name == "seal" and check.facts.get("algorithm"):
            yield pick(words.SEALED, language).format(algorithm=check.facts["algorithm"])
        elif check.name == "seal_certificate" and check.facts.get("organisation"):
            pair = words.TEST_CERTIFICATE if check.facts.get("says_test") else words.CERTIFICATE
            yield pick(pair, language).format(
                organisation=check.facts["organisation"], authority=check.facts.get("authority", "")
            )
        elif check.name == "proof" and check.facts.get("algorithm"):
            key = check.facts.get("verification_method")
            pair = words.SIGNED if key else words.SIGNED_BY_ONE_UNSAID
            yield pick(pair, language).format(algorithm=check.facts["algorithm"], key=key)
        elif check.name == "proof" and check.code == "proof.unsupported":
            yield pick(words.SIGNED_OTHERWISE, language)
    if report.format == sd_jwt_vc.name and _is_signed(report):
        yield pick(words.BOUND if "cnf" in (report.document or {}) else words.BEARER, language)


def _validity(report: Report, language: str) -> Iterator[str]:
    credential = report.credential
    if credential is not None:
        since = day(moments.write(credential.valid_from), language)
        until = credential.valid_until
        pair = words.NO_END if until is None else words.UNTIL
        yield pick(pair, language).format(
            since=since, until="" if until is None else day(moments.write(until), language)
        )
    lists = [str(check.facts["list"]) for check in report.checks if check.facts.get("list")]
    for url in lists:
        yield pick(words.STATUS, language).format(list=url)
    if not lists:
        yield pick(words.NO_STATUS, language)


def _element(name: str, values: list[str], language: str, *, say_nothing: bool) -> Iterator[str]:
    label = pick(words.ELEMENTS[name], language)
    colon = " :" if language == "fr" else ":"
    if len(values) > 1:
        yield f"  {label}{colon}"
        yield from (f"    – {value}" for value in values)
    elif values or say_nothing:
        yield f"  {label}{colon} {values[0] if values else pick(words.NOT_SAID, language)}"


def elements(credential: Credential, language: str) -> dict[str, list[str]]:
    """What a credential says of each element, as lines; an element it says nothing of has none."""

    def text(value: Text) -> list[str]:
        return [value.get(language, "fr")] if value else []

    def concept(value: Concept | None) -> list[str]:
        if value is None:
            return []
        code = f" ({value.framework} {value.code})" if value.code else ""
        return [(value.label.get(language, "fr") or value.iri) + code]

    micro = credential.micro_credential
    said: dict[str, list[str]] = {
        "learner": [credential.holder.name],
        "title": text(micro.title),
        "country": [credential.issuer.country or credential.issuer.country_code],
        "awarding_body": [credential.issuer.name],
        "date": [day(credential.awarded_on.isoformat(), language)] if credential.awarded_on else [],
        "outcomes": [line for outcome in micro.outcomes for line in text(outcome.statement)],
        "workload": [_hours(micro.workload.hours, language)] if micro.workload.hours else [],
        "level": concept(micro.level.concept)
        or [pick(words.NO_LEVEL, language).format(reason=line) for line in text(micro.level.none_reason)],
        "assessment": _each(micro.assessment.types, concept),
        "participation": _each(micro.participation, concept),
        "quality_assurance": [
            ", ".join([*concept(each.kind), *text(each.name), *([each.url] if each.url else [])])
            for each in micro.quality_assurance
        ],
        "prerequisites": text(micro.prerequisites),
        "supervision": concept(micro.assessment.supervision) + text(micro.assessment.identity_check),
        "grade": [credential.grade],
        "stackability": text(micro.stackability) + _each(micro.stacks_into, concept),
        "further_information": text(micro.further_information),
        "description": text(micro.description),
        "evidence": [line for each in credential.evidence for line in text(each.name)],
        "parts": [line for each in micro.parts for line in text(each.title)],
        "credits": [_number(ects, language)] if (ects := micro.workload.credits_ects) is not None else [],
        "assessment_description": text(micro.assessment.description),
        "languages": list(micro.languages),
        "recognition": [" ".join((micro.recognition.code, micro.recognition.title)).strip()],
        "page": [micro.url],
    }
    return {name: [line for line in lines if line] for name, lines in said.items()}


def _each(values: tuple[Concept, ...], lines: Callable[[Concept | None], list[str]]) -> list[str]:
    return [line for value in values for line in lines(value)]


def _hours(hours: Decimal, language: str) -> str:
    return pick(words.HOURS, language).format(hours=_number(hours.normalize(), language))


def _number(value: Decimal, language: str) -> str:
    return f"{value:f}".replace(".", "," if language == "fr" else ".")
