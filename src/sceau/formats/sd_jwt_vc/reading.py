"""
From the claims of an attestation back to a credential: ours, another's of the same type, or of any other.

What is missing, not disclosed or not as it should be is left empty; nothing is made up for it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from sceau.errors import DataModelError, StatusListError
from sceau.formats.sd_jwt_vc import terms, type_metadata
from sceau.model import moments
from sceau.model.concepts import Concept
from sceau.model.credential import Credential, Holder, Issuer, StatusEntry
from sceau.model.micro_credential import (
    Assessment,
    LearningOutcome,
    Level,
    MicroCredential,
    QualityAssurance,
    Recognition,
    RecognitionStatus,
    Workload,
)
from sceau.model.texts import NO_TEXT, Text
from sceau.status import token_list

_NUMBER = r"(\d{1,9}(?:[.,]\d{1,9})?)"
_HOURS = re.compile(
    rf"{_NUMBER}\s*(?:h|hours?|heures?|hrs?|Stunden|horas|ore|時間)(?![^\W\d_])", re.IGNORECASE
)
_DURATION = re.compile(rf"PT{_NUMBER}H", re.ASCII)
_ECTS = re.compile(rf"{_NUMBER}\s*(?:crédits?|credits?)?\s*ECTS", re.IGNORECASE)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_OPAQUE = frozenset({"cnf", "status"})
_MAX_SHOWN = 500
_MAX_ENTRIES = 1_000
"""Of one list, and of lines to show."""


def recognises(document: Mapping[str, Any]) -> bool:
    """Does the document say of which type of SD-JWT VC it is?"""
    return isinstance(document.get("vct"), str) and "@context" not in document


def is_attestation(claims: Mapping[str, Any]) -> bool:
    """Is it about something learnt: of the European type, or of another with its claims?"""
    return claims.get("vct") == terms.LEARNING_CREDENTIAL or terms.ACHIEVEMENT_TITLE in claims


def end_of(claims: Mapping[str, Any]) -> tuple[str, datetime] | None:
    """
    From when on it is no longer valid: the claim that says so and its moment, the earlier where two do.

    Raises:
        DataModelError: Not a moment, or not a day.
    """
    ends = []
    if "exp" in claims:
        ends.append(("exp", _moment(claims, "exp")))
    if is_attestation(claims) and terms.DATE_OF_EXPIRY in claims:
        last = _day(claims[terms.DATE_OF_EXPIRY])
        if last is None:
            met = str(claims[terms.DATE_OF_EXPIRY])[:40]
            raise DataModelError(f"expected a day at {terms.DATE_OF_EXPIRY}, met {met!a}")
        ends.append((terms.DATE_OF_EXPIRY, _after(last)))
    return min(ends, key=lambda each: each[1]) if ends else None


def from_claims(claims: Mapping[str, Any]) -> Credential:
    """
    Read the claims that are seen.

    Texts are taken to be in the first language of the course, since nothing says which they are in.

    Args:
        claims: The processed payload of an SD-JWT VC. Of another type than ours, what has the same names
            is read; `shown` tells the rest.

    Raises:
        DataModelError: No type, or no date at all.
    """
    if not recognises(claims):
        raise DataModelError("expected the type of an SD-JWT VC at vct, met none")
    signed = _earliest(claims)
    awarded = _day(claims.get("date_of_issuance"))
    if awarded is None and signed is None:
        raise DataModelError("expected a date at date_of_issuance or iat, met none")
    return Credential(
        id=_text(claims, "jti"),
        holder=_holder(claims),
        issuer=Issuer(
            id=_text(claims, "iss"),
            name=_text(claims, "issuing_authority"),
            country_code=_text(claims, "issuing_country"),
        ),
        micro_credential=_micro_credential(claims),
        awarded_on=awarded or signed.date(),  # type: ignore[union-attr] # one of the two is there
        valid_from=signed or datetime.combine(awarded, time(), tzinfo=UTC),  # type: ignore[arg-type] # as above
        valid_until=_end(claims),
        grade=_word(claims.get("assessment_grade")),
        status=_status(claims),
    )


def shown(
    claims: Mapping[str, Any], *, language: str, metadata: Mapping[str, Any] | None = None
) -> tuple[tuple[str, str], ...]:
    """
    Every claim as it is, for people: pairs of what it is called and what it says.

    Args:
        metadata: The type metadata document of the claims' type, for its labels; our own table serves for
            what is about learning, and what nobody names keeps its own name.
    """
    known = type_metadata.labels(language) if is_attestation(claims) else {}
    known |= _labels(metadata, language)
    lines = []
    for path, value in itertools.islice(_leaves(claims, ()), _MAX_ENTRIES):
        if path and path[0] not in _OPAQUE:
            label = known.get(path[0], path[0])
            lines.append((" · ".join((label, *path[1:]))[:_MAX_SHOWN], value))
    return tuple(lines)


def _leaves(value: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(value, Mapping):
        for name, member in value.items():
            yield from _leaves(member, (*path, str(name)))
    elif isinstance(value, list):
        plain = [_word(each) for each in value if not isinstance(each, (Mapping, list))]
        if plain:
            yield path, ", ".join(plain)
        for each in value:
            if isinstance(each, (Mapping, list)):
                yield from _leaves(each, path)
    else:
        yield path, _word(value)


def _labels(metadata: Mapping[str, Any] | None, language: str) -> dict[str, str]:
    found: dict[str, str] = {}
    claims = (metadata or {}).get("claims")
    for claim in claims if isinstance(claims, list) else []:
        path = claim.get("path") if isinstance(claim, dict) else None
        if not isinstance(path, list) or len(path) != 1 or not isinstance(path[0], str):
            continue
        display = claim.get("display")
        by_language = {
            str(each.get("locale", each.get("lang"))).partition("-")[0]: each["label"]
            for each in (display if isinstance(display, list) else [])
            if isinstance(each, dict) and isinstance(each.get("label"), str)
        }
        label = by_language.get(language.partition("-")[0], next(iter(by_language.values()), ""))
        if label:
            found[path[0]] = label
    return found


def _micro_credential(claims: Mapping[str, Any]) -> MicroCredential:
    languages = tuple(tag for tag in _texts(claims, "language_of_classes") if terms.LANGUAGE.fullmatch(tag))
    language = languages[0] if languages else "und"

    def text(words: str) -> Text:
        return Text(((language, words),)) if words else NO_TEXT

    return MicroCredential(
        id="",
        version="",
        title=text(_text(claims, terms.ACHIEVEMENT_TITLE)),
        description=text(_text(claims, "achievement_description")),
        outcomes=tuple(LearningOutcome("", text(words)) for words in _texts(claims, "learning_outcomes")),
        workload=_workload(claims.get("expected_study_time")),
        level=_level(claims.get("level_of_learning_experience"), language),
        assessment=Assessment(types=()),
        participation=(),
        quality_assurance=tuple(
            _quality(words, language) for words in _texts(claims, "types_of_quality_assurance")
        ),
        languages=languages,
        recognition=Recognition(RecognitionStatus.NONE),
        prerequisites=text("\n".join(_texts(claims, "prerequisites_to_enroll"))),
        stackability=text(_text(claims, "integration_stackability_options")),
    )


def _holder(claims: Mapping[str, Any]) -> Holder:
    given, family = _text(claims, "given_name"), _text(claims, "family_name")
    return Holder(
        name=" ".join(filter(None, (given, family))) or _text(claims, "name"),
        given_name=given,
        family_name=family,
        identifier=_word(claims.get("learner_identification")),
    )


def _workload(value: object) -> Workload:
    """``"35 h, 1.5 ECTS"``, ``"PT35H"`` or ``"35 hours"``; 0 hours where it is a number of something else."""
    words = value[:_MAX_SHOWN] if isinstance(value, str) else ""
    hours = _HOURS.search(words) or _DURATION.search(words)
    credits_ects = _ECTS.search(words)
    return Workload(
        _decimal(hours) if hours else Decimal(0), _decimal(credits_ects) if credits_ects else None
    )


def _decimal(met: re.Match[str]) -> Decimal:
    return Decimal(met.group(1).replace(",", "."))


def _level(value: object, language: str) -> Level:
    """The EQF is what the claim is about, so its number says all."""
    code = _word(value)
    if len(code) != 1 or code not in "12345678":
        return Level()
    known = language if language.partition("-")[0] in terms.EQF_LABELS else "en"
    words = terms.EQF_LABELS[known.partition("-")[0]].format(code)
    return Level(Concept(f"{terms.EQF}{code}", Text(((known, words),)), "EQF", code))


def _quality(words: str, language: str) -> QualityAssurance:
    kind, _, name = words.removesuffix(")").partition(" (")
    if not words.endswith(")") or not kind or not name:
        kind, name = words, ""
    return QualityAssurance(
        Concept("", Text(((language, kind),)), ""), Text(((language, name),)) if name else NO_TEXT
    )


def _status(claims: Mapping[str, Any]) -> tuple[StatusEntry, ...]:
    if "status" not in claims:
        return ()
    try:
        place = token_list.read_reference(claims["status"])
    except StatusListError:
        return ()
    return (StatusEntry(place.uri, place.index),)


def _end(claims: Mapping[str, Any]) -> datetime | None:
    """Until when: ``exp``, which is to the second, or else the last day."""
    if "exp" in claims:
        try:
            return _moment(claims, "exp")
        except DataModelError:
            return None
    last = _day(claims.get(terms.DATE_OF_EXPIRY))
    return _after(last) if last else None


def _after(last: date) -> datetime:
    """The first moment after a day; that of the last day that there is, is that day."""
    return datetime.combine(last if last == date.max else last + timedelta(days=1), time(), tzinfo=UTC)


def _earliest(claims: Mapping[str, Any]) -> datetime | None:
    """From when: ``nbf`` where it is stated, else when it was signed."""
    for name in ("nbf", "iat"):
        if name in claims:
            try:
                return _moment(claims, name)
            except DataModelError:
                continue
    return None


def _moment(claims: Mapping[str, Any], name: str) -> datetime:
    value = claims[name]
    if isinstance(value, bool) or not isinstance(value, (int, float)) or value < 0:
        raise DataModelError(f"expected {name} to be seconds since 1970, met {str(value)[:40]!a}")
    try:
        return datetime.fromtimestamp(value, UTC)
    except (OverflowError, ValueError, OSError):
        raise DataModelError(f"expected {name} to be a moment, met {str(value)[:40]}") from None


def _day(value: object) -> date | None:
    if not isinstance(value, str):
        return None
    try:
        return date.fromisoformat(value) if _DAY.fullmatch(value) else moments.read(value).date()
    except (ValueError, DataModelError):
        return None


def _text(claims: Mapping[str, Any], name: str) -> str:
    value = claims.get(name)
    return value if isinstance(value, str) else ""


def _texts(claims: Mapping[str, Any], name: str) -> list[str]:
    """A list of texts, or one that stands alone."""
    value = claims.get(name, [])
    found = value if isinstance(value, list) else [value]
    return [each for each in found[:_MAX_ENTRIES] if isinstance(each, str) and each]


def _word(value: object) -> str:
    """A text, or a number or truth value as JSON writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, (str, int, float)) else ""
