"""From the JSON of an Open Badge back to a credential."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from sceau.errors import DataModelError
from sceau.formats.open_badges_3 import terms
from sceau.model import moments
from sceau.model.concepts import Concept
from sceau.model.credential import Credential, Holder, Identifier, Issuer, StatusEntry
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
from sceau.model.texts import Text

_T = TypeVar("_T")
_INDEX = re.compile(r"0|[1-9][0-9]{0,9}", re.ASCII)


@dataclass(frozen=True)
class _Node:
    """A JSON object and the path to it, so that each error says where it is."""

    entries: Mapping[str, Any]
    path: str

    def _typed(self, key: str, kind: type[_T], default: _T) -> _T:
        value = self.entries.get(key, default)
        if not isinstance(value, kind):
            raise DataModelError(f"expected {kind.__name__} at {self.path}{key}, met {type(value).__name__}")
        return value

    def text(self, key: str) -> str:
        """The string at *key*, empty where it is absent."""
        return self._typed(key, str, "")

    def flag(self, key: str) -> bool:
        """The boolean at *key*, which must be there."""
        value = self.entries.get(key)
        if not isinstance(value, bool):
            raise DataModelError(f"expected true or false at {self.path}{key}, met {type(value).__name__}")
        return value

    def node(self, key: str) -> _Node:
        """The object at *key*, empty where it is absent."""
        return _Node(self._typed(key, dict, {}), f"{self.path}{key}.")

    def nodes(self, key: str) -> list[_Node]:
        """The objects at *key*; one alone may stand without a list."""
        value = self.entries.get(key, [])
        found = value if isinstance(value, list) else [value]
        if not all(isinstance(item, dict) for item in found):
            raise DataModelError(f"expected objects at {self.path}{key}, met something else")
        return [_Node(item, f"{self.path}{key}[{number}].") for number, item in enumerate(found)]

    def number(self, key: str) -> Decimal | None:
        """The number at *key* as it was written."""
        value = self.entries.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise DataModelError(f"expected a number at {self.path}{key}, met {type(value).__name__}")
        return Decimal(str(value))


def recognises(document: Mapping[str, Any]) -> bool:
    """Does the document say that it is an Open Badge 3.0?"""
    types = document.get("type")
    return isinstance(types, list) and any(
        name in terms.TYPE_NAMES for name in types if isinstance(name, str)
    )


def from_document(document: Mapping[str, Any]) -> Credential:
    """
    Read an Open Badge that carries all of Annex I, as `to_document` writes it. Proofs are not looked at.

    Raises:
        DataModelError: Another kind of document, or an element that is missing or not as it should be.
    """
    if not recognises(document):
        raise DataModelError("expected an OpenBadgeCredential, met another type")
    root = _Node(document, "")
    subject = root.node("credentialSubject")
    facts, values = _facts(subject)
    valid_until = document.get("validUntil")
    return Credential(
        id=root.text("id"),
        holder=_holder(subject),
        issuer=_issuer(root.node("issuer")),
        micro_credential=_micro_credential(subject, facts, values),
        awarded_on=moments.read(root.text("awardedDate")).date(),
        valid_from=moments.read(root.text("validFrom")),
        valid_until=None if valid_until is None else moments.read(valid_until),
        grade=facts.get(terms.GRADE, ""),
        status=status_entries(document),
    )


def status_entries(document: Mapping[str, Any]) -> tuple[StatusEntry, ...]:
    """
    The places in status lists that a document names.

    Raises:
        DataModelError: An entry that is not a BitstringStatusListEntry, or not as it should be.
    """
    return tuple(_status(entry) for entry in _Node(document, "").nodes("credentialStatus"))


def _status(entry: _Node) -> StatusEntry:
    if entry.entries.get("type") not in (terms.STATUS_ENTRY, [terms.STATUS_ENTRY]):
        raise DataModelError(f"expected a {terms.STATUS_ENTRY} at {entry.path}type, met another")
    index = entry.text("statusListIndex")
    if not _INDEX.fullmatch(index):
        raise DataModelError(f"expected a whole number at {entry.path}statusListIndex, met {index[:20]!a}")
    list_url, purpose = entry.text("statusListCredential"), entry.text("statusPurpose")
    if not list_url or not purpose:
        raise DataModelError(f"expected a list and a purpose at {entry.path}, met none")
    return StatusEntry(list_url=list_url, index=int(index), purpose=purpose)


def _facts(subject: _Node) -> tuple[dict[str, str], dict[str, str]]:
    """Values by kind of result, and by the id of their description."""
    values = {
        result.text("resultDescription"): result.text("value")
        for result in subject.nodes("result")
        if "value" in result.entries
    }
    facts: dict[str, str] = {}
    for description in subject.node("achievement").nodes("resultDescription"):
        if (value := values.get(description.text("id"))) is not None:
            facts.setdefault(description.text("resultType"), value)
    return facts, values


def _holder(subject: _Node) -> Holder:
    known = {
        entry.text("identityType"): entry.text("identityHash")
        for entry in subject.nodes("identifier")
        if not entry.flag("hashed")
    }
    if not known.get(terms.NAME):
        raise DataModelError("expected the learner's name at credentialSubject.identifier, met none")
    return Holder(
        name=known[terms.NAME],
        given_name=known.get(terms.GIVEN_NAME, ""),
        family_name=known.get(terms.FAMILY_NAME, ""),
        identifier=known.get(terms.IDENTIFIER, ""),
    )


def _issuer(issuer: _Node) -> Issuer:
    address = issuer.node("address")
    return Issuer(
        id=issuer.text("id"),
        name=issuer.text("name"),
        country_code=address.text("addressCountryCode"),
        country=address.text("addressCountry"),
        region=address.text("addressRegion"),
        locality=address.text("addressLocality"),
        url=issuer.text("url"),
        email=issuer.text("email"),
        identifiers=tuple(
            Identifier(terms.type_to_scheme(entry.text("identifierType")), entry.text("identifier"))
            for entry in issuer.nodes("otherIdentifier")
        ),
    )


def _micro_credential(subject: _Node, facts: Mapping[str, str], values: Mapping[str, str]) -> MicroCredential:
    achievement = subject.node("achievement")
    reached = {
        result.text("resultDescription")
        for result in subject.nodes("result")
        if result.text("status") == terms.COMPLETED
    }
    language = achievement.text("inLanguage") or "und"

    def text(value: str) -> Text:
        return Text(((language, value),)) if value else Text(())

    def fact(kind: str) -> Text:
        return text(facts.get(kind, ""))

    def aligned(*kinds: str) -> Iterator[_Node]:
        return (entry for entry in achievement.nodes("alignment") if entry.text("targetType") in kinds)

    def concepts(*kinds: str) -> tuple[Concept, ...]:
        return tuple(_concept(entry, text) for entry in aligned(*kinds))

    hours = facts.get(terms.WORKLOAD_HOURS, "")
    return MicroCredential(
        id=achievement.text("id"),
        version=achievement.text("version"),
        title=text(achievement.text("name")),
        description=text(achievement.text("description")),
        outcomes=tuple(_outcomes(achievement, reached, text)),
        workload=Workload(_decimal(hours, terms.WORKLOAD_HOURS), achievement.number("creditsAvailable")),
        level=Level(next(iter(concepts(terms.EQF, terms.NQF)), None), fact(terms.NO_LEVEL_REASON)),
        assessment=Assessment(
            types=concepts(terms.ASSESSMENT_TYPE),
            description=fact(terms.ASSESSMENT_DESCRIPTION),
            supervision=next(iter(concepts(terms.SUPERVISION)), None),
            identity_check=fact(terms.IDENTITY_CHECK),
        ),
        participation=concepts(terms.PARTICIPATION),
        quality_assurance=tuple(
            _quality(entry, achievement.text("id"), values, text)
            for entry in aligned(terms.QUALITY_ASSURANCE)
        ),
        languages=tuple(tag for tag in facts.get(terms.LANGUAGES, "").split(", ") if tag),
        recognition=_recognition(facts),
        prerequisites=fact(terms.PREREQUISITES),
        stackability=fact(terms.STACKABILITY),
        stacks_into=concepts(terms.STACKS_INTO),
        further_information=fact(terms.FURTHER_INFORMATION),
        url=achievement.node("criteria").text("id"),
        image_svg=_image(achievement.node("image").text("id")),
    )


def _concept(alignment: _Node, text: Callable[[str], Text]) -> Concept:
    return Concept(
        iri=alignment.text("targetUrl"),
        label=text(alignment.text("targetName")),
        framework=alignment.text("targetFramework"),
        code=alignment.text("targetCode"),
    )


def _outcomes(
    achievement: _Node, reached: Container[str], text: Callable[[str], Text]
) -> Iterator[LearningOutcome]:
    """Those that the person reached; a badge of another author may describe more."""
    for description in achievement.nodes("resultDescription"):
        if description.text("resultType") == terms.OUTCOME and description.text("id") in reached:
            yield LearningOutcome(
                id=description.text("id"),
                statement=text(description.text("name")),
                alignments=tuple(_concept(entry, text) for entry in description.nodes("alignment")),
            )


def _quality(
    alignment: _Node, micro_credential_id: str, values: Mapping[str, str], text: Callable[[str], Text]
) -> QualityAssurance:
    kind = _concept(alignment, text)
    name = alignment.text("targetDescription")
    url_id = terms.derived_id(micro_credential_id, terms.QUALITY_ASSURANCE_URL, kind.iri, name)
    return QualityAssurance(kind=kind, name=text(name), url=values.get(url_id, ""))


def _recognition(facts: Mapping[str, str]) -> Recognition:
    status = facts.get(terms.RECOGNITION, RecognitionStatus.NONE)
    try:
        return Recognition(
            status=RecognitionStatus(status),
            code=facts.get(terms.RECOGNITION_CODE, ""),
            title=facts.get(terms.RECOGNITION_TITLE, ""),
            certifying_body=facts.get(terms.RECOGNITION_BODY, ""),
        )
    except ValueError:
        raise DataModelError(f"expected a known status of recognition, met {status[:40]!a}") from None


def _decimal(value: str, kind: str) -> Decimal:
    try:
        number = Decimal(value)
    except InvalidOperation:
        raise DataModelError(f"expected a number for {kind}, met {value[:40]!a}") from None
    if not number.is_finite() or number.adjusted() > 6:
        raise DataModelError(f"expected a plain number for {kind}, met {value[:40]!a}")
    return number


def _image(url: str) -> str:
    """The drawing, where the badge carries one inside; a picture elsewhere is not fetched."""
    if not url.startswith(terms.SVG_DATA):
        return ""
    try:
        return base64.b64decode(url.removeprefix(terms.SVG_DATA), validate=True).decode()
    except (binascii.Error, ValueError) as error:
        raise DataModelError(f"expected an SVG in base64 as the picture, met {error}") from error
