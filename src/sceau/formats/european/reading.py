"""From the JSON of a European Digital Credential back to a credential, whoever wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, Inexact, InvalidOperation, localcontext
from typing import Any

from sceau.errors import DataModelError, UnsupportedStatusError
from sceau.formats.european import codes, names, terms
from sceau.formats.european.terms import Note
from sceau.model import moments
from sceau.model.concepts import Concept
from sceau.model.credential import (
    Credential,
    Evidence,
    Holder,
    Identifier,
    Issuer,
    OutcomeResult,
    StatusEntry,
)
from sceau.model.micro_credential import (
    Assessment,
    LearningOutcome,
    Level,
    MicroCredential,
    Part,
    QualityAssurance,
    Recognition,
    RecognitionStatus,
    Workload,
)
from sceau.model.texts import NO_TEXT, Text

_ACHIEVEMENT = "LearningAchievement"
_PLACE = re.compile(r"(?P<list>[^#]+)#(?P<purpose>[a-z]+)-(?P<index>0|[1-9][0-9]{0,17})", re.ASCII)
_DURATION = re.compile(
    r"P(?:(?P<years>\d{1,9})Y)?(?:(?P<months>\d{1,9})M)?(?:(?P<weeks>\d{1,9})W)?(?:(?P<days>\d{1,9})D)?"
    r"(?:T(?:(?P<hours>\d{1,9})H)?(?:(?P<minutes>\d{1,9})M)?(?:(?P<seconds>\d{1,9}(?:\.\d{1,24})?)S)?)?",
    re.ASCII,
)
_UNSTATED = Decimal(0)
_MAX_DEPTH = 12
"""Specifications of assessments within one another; more is nobody's curriculum."""


@dataclass(frozen=True)
class _Node:
    """A JSON object and the path to it, so that each error says where it is."""

    entries: Mapping[str, Any]
    path: str

    def text(self, key: str) -> str:
        """The string at *key*, empty where it is absent; a number is read as it was written."""
        value = self.entries.get(key, "")
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return str(value)
        if not isinstance(value, str):
            raise DataModelError(f"expected text at {self.path}{key}, met {type(value).__name__}")
        return value

    def node(self, key: str) -> _Node:
        """The first object at *key*, an empty one where it is absent."""
        return next(iter(self.nodes(key)), _Node({}, f"{self.path}{key}."))

    def nodes(self, key: str) -> list[_Node]:
        """The objects at *key*: one alone may stand without a list, and an address for what it names."""
        value = self.entries.get(key, [])
        found: list[_Node] = []
        for number, item in enumerate(value if isinstance(value, list) else [value]):
            path = f"{self.path}{key}[{number}]."
            if isinstance(item, str) and item:
                found.append(_Node({"id": item}, path))
            elif isinstance(item, Mapping):
                found.append(_Node(item, path))
            else:
                raise DataModelError(f"expected objects at {self.path}{key}, met {type(item).__name__}")
        return found

    def versions(self, key: str) -> dict[str, list[str]]:
        """
        The texts at *key* by language, without the empty ones: ``{"en": "…"}``, ``{"en": ["…"]}``, or a
        string in no stated language.
        """
        value = self.entries.get(key, {})
        by_language = {"und": value} if isinstance(value, str) else value
        if not isinstance(by_language, Mapping):
            raise DataModelError(
                f"expected words by language at {self.path}{key}, met {type(value).__name__}"
            )
        found: dict[str, list[str]] = {}
        for tag, words in by_language.items():
            listed = words if isinstance(words, list) else [words]
            if not all(isinstance(each, str) for each in listed):
                raise DataModelError(f"expected words at {self.path}{key}.{tag[:20]}, met something else")
            if kept := [each for each in listed if each.strip()]:
                found["und" if tag == "@none" else tag] = kept
        return found

    def words(self, key: str) -> Text:
        """The text at *key*, several of one language line by line; none where it says nothing."""
        return Text(tuple((tag, "\n".join(words)) for tag, words in self.versions(key).items()))

    def string(self, key: str) -> str:
        """The first of the texts at *key*, for what a record holds in no language."""
        return str(self.words(key))

    def types(self) -> tuple[str, ...]:
        stated = self.entries.get("type")
        found = stated if isinstance(stated, list) else [stated]
        return tuple(name for name in found if isinstance(name, str))


def recognises(document: Mapping[str, Any]) -> bool:
    """Does it say that it is a European Digital Credential, as is or in the issuing tool's wrapper?"""
    types = _unwrapped(document).get("type")
    found = types if isinstance(types, list) else [types]
    full = (f"{release.namespace}{names.CREDENTIAL}" for release in names.KNOWN)
    return any(name in found for name in (names.CREDENTIAL, *full))


def from_document(document: Mapping[str, Any]) -> Credential:
    """
    Read a European Digital Credential. Its seal is not looked at.

    The first learning achievement is what is read, else the first claim of another kind. The issuer of the
    record is who issued the document, for whom its seal answers; whom it names as awarding body may be
    another: see `awarding_bodies`. What is missing is empty, a workload that cannot be told in hours is 0.

    Raises:
        DataModelError: Another kind of document, one without a claim or a date, or a value of a wrong type.
    """
    if not recognises(document):
        raise DataModelError("expected a EuropeanDigitalCredential, met another type")
    root = _Node(_unwrapped(document), "")
    claim = _claim(root)
    assessments = claim.nodes("provenBy")
    valid_from = _moment(root, "validFrom", "issuanceDate", "issued")
    if valid_from is None:
        raise DataModelError("expected validFrom, issuanceDate or issued, met none")
    return Credential(
        id=root.text("id"),
        holder=_holder(root.node("credentialSubject")),
        issuer=_issuer(_issuing(root, claim)),
        micro_credential=_micro_credential(root, claim),
        awarded_on=_awarded_on(root, claim, valid_from),
        valid_from=valid_from,
        valid_until=min(
            (end for key in ("validUntil", "expirationDate") if (end := _moment(root, key)) is not None),
            default=None,
        ),
        grade=next((grade for grade in map(_grade, assessments) if grade), ""),
        status=tuple(_known_statuses(root)),
        results=tuple(_results(assessments)),
        evidence=tuple(each for assessment in assessments for each in _evidence(assessment)),
    )


def from_specification(
    specification: Mapping[str, Any], bodies: Sequence[Mapping[str, Any]]
) -> tuple[MicroCredential, tuple[Issuer, ...]]:
    """
    What a specification that stands alone says, and who awards it.

    Args:
        specification, bodies: In the terms that `to_document` writes.

    Raises:
        DataModelError: A value of a wrong type.
    """
    claim = _Node({"specifiedBy": specification, "awardedBy": {"awardingBody": list(bodies)}}, "")
    found = _micro_credential(_Node({}, ""), claim)
    return found, tuple(_issuer(body) for body in claim.node("awardedBy").nodes("awardingBody"))


def awarding_bodies(document: Mapping[str, Any]) -> tuple[Issuer, ...]:
    """
    Whom the document names as awarding bodies of what is read. Nobody answers for that but its issuer.

    Raises:
        DataModelError: As `from_document`.
    """
    claim = _claim(_Node(_unwrapped(document), ""))
    return tuple(_issuer(body) for body in claim.node("awardedBy").nodes("awardingBody"))


def status_entries(document: Mapping[str, Any]) -> tuple[StatusEntry, ...]:
    """
    The places in status lists that a document names, as `to_document` writes them.

    Raises:
        UnsupportedStatusError: A status of another kind, which is not to be passed over when it is verified.
        DataModelError: Not objects.
    """
    found = []
    for entry in _Node(_unwrapped(document), "").nodes("credentialStatus"):
        if (place := _place(entry)) is None:
            raise UnsupportedStatusError(f"expected a place in a status list, met {entry.text('id')[:120]!a}")
        found.append(place)
    return tuple(found)


def hours(duration: str) -> Decimal:
    """
    ``"P2DT12H"`` → 60; 0 where it cannot be told, as of months and years.

    Days have 24 hours: the Commission's tools write 60 hours of learning so. A fraction that never ends
    (twenty minutes) is cut after four digits.
    """
    met = _DURATION.fullmatch(duration)
    part = {unit: Decimal(value) for unit, value in met.groupdict().items() if value} if met else {}
    if part.get("years") or part.get("months"):
        return _UNSTATED
    seconds = part.get("minutes", _UNSTATED) * 60 + part.get("seconds", _UNSTATED)
    with localcontext() as arithmetic:
        arithmetic.clear_flags()
        fraction = seconds / 3600
        if arithmetic.flags[Inexact]:
            fraction = fraction.quantize(Decimal("0.0001"))
    days = part.get("weeks", _UNSTATED) * 7 + part.get("days", _UNSTATED)
    return days * 24 + part.get("hours", _UNSTATED) + fraction


def _unwrapped(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """The issuing tool exports what is not sealed yet as ``{"credential": {…}, "deliveryDetails": {…}}``."""
    inner = document.get("credential")
    return inner if isinstance(inner, Mapping) and "type" not in document else document


def _claim(root: _Node) -> _Node:
    claims = root.node("credentialSubject").nodes("hasClaim")
    if not claims:
        raise DataModelError("expected a claim at credentialSubject.hasClaim, met none")
    return next((claim for claim in claims if _ACHIEVEMENT in claim.types()), claims[0])


def _issuing(root: _Node, claim: _Node) -> _Node:
    """Before it is sealed, a document of the Commission's tools has no issuer."""
    if "issuer" in root.entries:
        return root.node("issuer")
    return claim.node("awardedBy").node("awardingBody")


def _moment(node: _Node, *keys: str) -> datetime | None:
    for key in keys:
        if key in node.entries:
            try:
                return moments.read(node.entries[key], zone_optional=True)
            except DataModelError as error:
                raise DataModelError(f"{error}, at {node.path}{key}") from error
    return None


def _awarded_on(root: _Node, claim: _Node, valid_from: datetime) -> date:
    """The day as it was written: in another zone it could be the day before."""
    for node, key in ((claim.node("awardedBy"), "awardingDate"), (root, "issued"), (root, "issuanceDate")):
        if _moment(node, key) is not None:
            return date.fromisoformat(node.text(key)[:10])
    return valid_from.date()


def _holder(person: _Node) -> Holder:
    given, family = person.string("givenName"), person.string("familyName")
    return Holder(
        name=person.string("fullName") or f"{given} {family}".strip(),
        given_name=given,
        family_name=family,
        identifier=person.node("identifier").text("notation"),
    )


def _issuer(body: _Node) -> Issuer:
    location = body.node("location")
    country = location.node("address").node("countryCode")
    email = body.node("contactPoint").node("emailAddress").text("id")
    return Issuer(
        id=body.text("id"),
        name=body.string("legalName") or body.string("prefLabel"),
        country_code=codes.country_code(country.text("id")),
        country=country.string("prefLabel"),
        region=location.node("spatialCode").string("prefLabel"),
        locality=location.string("geographicName"),
        url=body.node("homepage").text("contentURL"),
        email=email.removeprefix("mailto:"),
        identifiers=tuple(_identifiers(body)),
    )


def _identifiers(body: _Node) -> Iterator[Identifier]:
    """Those that law gives go by what they are, where they have no name of their own."""
    for key, scheme in (
        ("registration", "registration"),
        ("identifier", ""),
        ("vatIdentifier", "VAT"),
        ("taxIdentifier", "tax"),
        ("eIDASIdentifier", "eIDAS"),
    ):
        for entry in body.nodes(key):
            if value := entry.text("notation"):
                yield Identifier(entry.text("schemeName") or scheme, value)


def _micro_credential(root: _Node, claim: _Node) -> MicroCredential:
    what = claim.node("specifiedBy")
    notes = [*what.nodes("additionalNote"), *claim.nodes("additionalNote")]
    types, descriptions, identity = [], [], NO_TEXT
    supervisions: list[_Node] = []
    for specification in _assessment_specifications(claim):
        types += [_concept(each) for each in specification.nodes("dcType")]
        descriptions.append(specification.words("description"))
        told = specification.nodes("additionalNote")
        identity = identity or _told(told, Note.IDENTITY_CHECK)
        supervisions += [subject for note in told if _is_supervision(subject := note.node("subject"))]
    supervision = next((each.nodes("idVerification") for each in claim.nodes("provenBy")), supervisions)
    return MicroCredential(
        id=what.text("id") or claim.text("id"),
        version=_numbered(what, terms.VERSION),
        title=what.words("title") or claim.words("title"),
        description=what.words("description") or claim.words("description"),
        outcomes=tuple(_outcome(each) for each in what.nodes("learningOutcome")),
        workload=Workload(hours(what.text("volumeOfLearning")), _ects(what)),
        level=_level(what, notes),
        assessment=Assessment(
            types=tuple(types),
            description=next((each for each in descriptions if each), NO_TEXT),
            supervision=_concept(supervision[0]) if supervision else None,
            identity_check=identity,
        ),
        participation=tuple(_concept(each) for each in what.nodes("mode")),
        quality_assurance=tuple(_quality_assurance(root, claim)),
        languages=tuple(
            tag for each in what.nodes("language") if (tag := codes.language_tag(each.text("id")))
        ),
        recognition=_recognition(notes),
        prerequisites=what.node("entryRequirement").words("noteLiteral"),
        stackability=_told(notes, Note.STACKABILITY),
        stacks_into=tuple(_whole(each) for each in (*what.nodes("isPartOf"), *claim.nodes("isPartOf"))),
        parts=tuple(
            Part(each.text("id"), each.words("title"))
            for each in (*what.nodes("hasPart"), *claim.nodes("hasPart"))
        ),
        further_information=_further_information(notes),
        url=what.node("homepage").text("contentURL"),
    )


def _is_supervision(subject: _Node) -> bool:
    return subject.text("id").startswith(terms.SUPERVISIONS)


def _concept(node: _Node) -> Concept:
    """
    An entry of a vocabulary. What the Commission's tools write as its notation is the name of the list, and
    so is no code; the code of an EQF level is the end of its address.
    """
    iri = node.text("id")
    scheme = node.node("inScheme")
    code = node.text("notation")
    if code in terms.SCHEME_NOTATIONS:
        code = ""
    if not code and iri.startswith(terms.EQF):
        code = iri.removeprefix(terms.EQF)
    return Concept(
        iri=iri,
        label=node.words("prefLabel"),
        framework=scheme.string("prefLabel") or terms.FRAMEWORK_OF.get(scheme.text("id"), ""),
        code=code,
    )


def _outcome(node: _Node) -> LearningOutcome:
    related = (*node.nodes("relatedESCOSkill"), *node.nodes("relatedSkill"))
    return LearningOutcome(node.text("id"), node.words("title"), tuple(_concept(each) for each in related))


def _ects(what: _Node) -> Decimal | None:
    for credit in what.nodes("creditPoint"):
        if credit.node("framework").text("id") == terms.ECTS and (written := credit.text("point")):
            try:
                number = Decimal(written)
            except InvalidOperation:
                number = Decimal("NaN")
            if not number.is_finite() or number < 0 or number.adjusted() > 6:
                raise DataModelError(f"expected a number at {credit.path}point, met {written[:40]!a}")
            return number
    return None


def _level(what: _Node, notes: list[_Node]) -> Level:
    found = (*what.nodes("eqfLevel"), *what.nodes("nqfLevel"), *what.nodes("educationLevel"))
    return Level(_concept(found[0]) if found else None, _told(notes, Note.NO_LEVEL_REASON))


def _assessment_specifications(claim: _Node) -> Iterator[_Node]:
    """Of the assessments that prove the claim, with their parts; else those that are foreseen."""
    found = [each for assessment in claim.nodes("provenBy") for each in assessment.nodes("specifiedBy")]
    pending = [(each, 0) for each in found or claim.node("specifiedBy").nodes("provenBy")]
    while pending:
        specification, depth = pending.pop(0)
        yield specification
        if depth < _MAX_DEPTH:
            pending.extend((each, depth + 1) for each in specification.nodes("hasPart"))


def _quality_assurance(root: _Node, claim: _Node) -> Iterator[QualityAssurance]:
    """Of the training, of its awarding bodies, of the issuer, and in the credential's own evidence."""
    owners = (
        claim.node("specifiedBy"),
        *claim.node("awardedBy").nodes("awardingBody"),
        _issuing(root, claim),
        *root.nodes("evidence"),
    )
    seen: set[str] = set()
    for accreditation in (each for owner in owners for each in owner.nodes("accreditation")):
        own_id = accreditation.text("id") or accreditation.path
        if own_id not in seen:
            seen.add(own_id)
            pages = (*accreditation.nodes("homepage"), *accreditation.nodes("landingPage"))
            yield QualityAssurance(
                kind=_concept(accreditation.node("dcType")),
                name=accreditation.words("title"),
                url=pages[0].text("contentURL") if pages else "",
            )


def _recognition(notes: list[_Node]) -> Recognition:
    subjects = [note.node("subject").text("id") for note in notes]
    stated = (terms.RECOGNITION_OF[iri] for iri in subjects if iri in terms.RECOGNITION_OF)
    return Recognition(
        status=next(stated, RecognitionStatus.NONE),
        code=str(_told(notes, Note.RECOGNITION_CODE)),
        title=str(_told(notes, Note.RECOGNITION_TITLE)),
        certifying_body=str(_told(notes, Note.RECOGNITION_BODY)),
    )


def _whole(node: _Node) -> Concept:
    number = node.node("identifier")
    code, iri = number.text("notation"), node.text("id")
    return Concept(iri, node.words("title"), number.text("schemeName"), "" if code == iri else code)


def _told(notes: list[_Node], kind: Note) -> Text:
    found = (note.words("noteLiteral") for note in notes if note.node("subject").text("id") == kind.iri)
    return next(found, NO_TEXT)


def _further_information(notes: list[_Node]) -> Text:
    """What we wrote as such, or else what others note of the achievement and of what it is."""
    if ours := _told(notes, Note.FURTHER_INFORMATION):
        return ours
    known = {*terms.NOTE_OF, *terms.RECOGNITION_OF}
    texts: dict[str, list[str]] = {}
    for note in notes:
        subject = note.node("subject")
        if subject.text("id") not in known:
            labels = subject.words("prefLabel").as_dict()
            for tag, words in note.versions("noteLiteral").items():
                told = [f"{labels[tag]}: {each}" for each in words] if tag in labels else words
                texts.setdefault(tag, []).extend(told)
    return Text(tuple((tag, "\n\n".join(words)) for tag, words in texts.items()))


def _grade(assessment: _Node) -> str:
    """As it was given; one that only says that the award was made is none."""
    grade = assessment.node("grade")
    return "" if grade.node("subject").text("id") == Note.IMPLIED_GRADE.iri else grade.string("noteLiteral")


def _results(assessments: list[_Node]) -> Iterator[OutcomeResult]:
    """Of the parts that name an outcome; others divide an assessment in their own ways."""
    for part in (part for assessment in assessments for part in assessment.nodes("hasPart")):
        if outcome := _numbered(part, terms.OUTCOME):
            yield OutcomeResult(outcome, _numbered(part, terms.RUBRIC_LEVEL), _grade(part))


def _numbered(node: _Node, scheme: str) -> str:
    entries = (entry for entry in node.nodes("identifier") if entry.text("schemeName") == scheme)
    return next((entry.text("notation") for entry in entries), "")


def _evidence(assessment: _Node) -> Iterator[Evidence]:
    """What was only described, then what can be looked at."""
    for note in assessment.nodes("additionalNote"):
        if note.node("subject").text("id") == Note.EVIDENCE.iri:
            told = note.versions("noteLiteral")
            yield Evidence(
                name=Text(tuple((tag, words[0]) for tag, words in told.items())),
                description=Text(
                    tuple((tag, "\n".join(words[1:])) for tag, words in told.items() if words[1:])
                ),
            )
    for page in assessment.nodes("supplementaryDocument"):
        yield Evidence(page.words("title"), page.words("description"), page.text("contentURL"))


def _place(entry: _Node) -> StatusEntry | None:
    met = _PLACE.fullmatch(entry.text("id"))
    full = {f"{release.namespace}CredentialStatus" for release in names.KNOWN}
    if met is None or not full.union({names.STATUS, "CredentialStatus"}).intersection(entry.types()):
        return None
    return StatusEntry(met["list"], int(met["index"]), met["purpose"])


def _known_statuses(root: _Node) -> Iterator[StatusEntry]:
    for entry in root.nodes("credentialStatus"):
        if (place := _place(entry)) is not None:
            yield place
