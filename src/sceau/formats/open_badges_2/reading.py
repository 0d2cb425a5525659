"""From the JSON of an Open Badge 2 to a credential, as far as it can be: nothing is invented."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sceau.canon import strict_json
from sceau.errors import DataModelError, NothingFoundError, TooLargeError
from sceau.formats.open_badges_2 import nodes
from sceau.formats.open_badges_2.recipients import recipient_of
from sceau.model.concepts import Concept
from sceau.model.credential import Credential, Evidence, Holder, Issuer
from sceau.model.micro_credential import (
    Assessment,
    Level,
    MicroCredential,
    Recognition,
    RecognitionStatus,
    Workload,
)
from sceau.model.texts import Text
from sceau.proofs import jose
from sceau.proofs.jose import Jws

_ASSERTION = frozenset({"Assertion", "obi:Assertion", "https://w3id.org/openbadges#Assertion"})
_COMPACT = re.compile(rb"[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*")
_ADDRESS = re.compile(rb"https?://[!-~]{1,2000}", re.IGNORECASE)
_SVG_DATA = "data:image/svg+xml;base64,"
_EQF = re.compile(r"https?://data\.europa\.eu/snb/eqf/([1-8])", re.ASCII)
_RECIPIENT_PROFILE = ("extensions:recipientProfile", "recipientProfile")


@dataclass(frozen=True)
class Given:
    """
    What somebody handed over. Exactly one of *document* and *url* is there.

    Attributes:
        document: The assertion, ``id`` and ``type`` written without ``@``.
        jws: The token that it came in, not verified yet.
        url: Where the assertion is to be found: old pictures hold nothing but that.
    """

    document: dict[str, Any] | None = None
    jws: Jws | None = None
    url: str = ""


@dataclass(frozen=True)
class Details:
    """
    What a badge says that has no place of its own in the record.

    Attributes:
        narrative: How this person earned it.
        criteria: What is asked of everybody; *criteria_url* says it on a page.
        alignments: Standards that the badge is aligned to. They are no outcomes: the badge does not say that
            the holder reached them.
        image_url: An address, or a ``data:`` URL; never fetched here.
        version: Of the badge class.
    """

    narrative: Text
    criteria: Text
    criteria_url: str
    alignments: tuple[Concept, ...]
    tags: tuple[str, ...]
    image_url: str
    version: str
    is_revoked: bool
    revocation_reason: str


def read(data: bytes | str, *, max_bytes: int = strict_json.MAX_BYTES) -> Given:
    """
    Read what was handed over, or taken out of a picture: JSON, a token, or the address of an assertion.

    Raises:
        NothingFoundError: JSON about something else.
        UnreadableError: See `strict_json.read` and `jose.parse`.
        DataModelError: One object with two different ids.
    """
    raw = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    if len(raw) > max_bytes:
        raise TooLargeError(f"expected at most {max_bytes} bytes, met {len(raw)}")
    stripped = raw.removeprefix(b"\xef\xbb\xbf").strip()
    bare = stripped[1:-1] if stripped[:1] == b'"' == stripped[-1:] else stripped
    if _ADDRESS.fullmatch(bare):
        return Given(url=bare.decode("ascii"))
    jws = jose.parse(bare.decode("ascii"), max_bytes=max_bytes) if _COMPACT.fullmatch(bare) else None
    document = jws.claims() if jws else strict_json.read_object(stripped, max_bytes=max_bytes)
    if not recognises(document):
        raise NothingFoundError("expected an Open Badges 2 assertion, met JSON about something else")
    return Given(nodes.plain(document), jws)


def recognises(document: Mapping[str, Any]) -> bool:
    """Does the document say that it is an assertion of Open Badges 1.0 to 2.1? Never raises."""
    if "credentialSubject" in document:
        return False
    types = [*nodes.listed(document, "type"), *nodes.listed(document, "@type")]
    if types:
        return any(isinstance(name, str) and name in _ASSERTION for name in types)
    has_verification = "verify" in document or "verification" in document
    return has_verification and "badge" in document and "recipient" in document


def from_document(document: Mapping[str, Any]) -> Credential:
    """
    Read an assertion with its badge class and issuer inside; where these are links, what they say is empty.

    - recipient: their name from the extension RecipientProfile; an identity in clear is the holder's
      identifier, a hashed one stays behind (`recipient_of`, `is_recipient`);
    - criteria: the narrative is the description of the assessment, the page the address of the badge;
    - evidence, and the narrative of the award, which is evidence without a name;
    - alignment: a level of the EQF; all of them in `details_of`.

    Raises:
        DataModelError: Not an assertion, or no moment of issuing that can be read.
    """
    if not recognises(document):
        raise DataModelError("expected an Open Badges 2 assertion, met another document")
    document = nodes.plain(document)
    issued = nodes.moment(document.get("issuedOn"))
    if issued is None:
        raise DataModelError(f"expected a moment at issuedOn, met {str(document.get('issuedOn'))[:40]!a}")
    badge = nodes.node(document.get("badge"))
    issuer = nodes.node(badge.get("issuer"))
    return Credential(
        id=id_of(document),
        holder=_holder(document),
        issuer=Issuer(
            id=nodes.text(issuer, "id"),
            name=str(nodes.texts(issuer, "name", nodes.language_of(issuer, badge))),
            country_code="",
            url=nodes.linked(issuer.get("url")),
            email=nodes.text(issuer, "email"),
        ),
        micro_credential=_micro_credential(badge, nodes.language_of(badge, document)),
        awarded_on=issued.date(),
        valid_from=issued,
        valid_until=nodes.moment(document.get("expires"), is_end=True),
        evidence=tuple(_evidence(document, nodes.language_of(document, badge))),
    )


def details_of(document: Mapping[str, Any]) -> Details:
    """
    The rest of what an assertion says, with its badge class inside.

    Raises:
        DataModelError: One object with two different ids.
    """
    document = nodes.plain(document)
    badge = nodes.node(document.get("badge"))
    language = nodes.language_of(badge, document)
    criteria = nodes.node(badge.get("criteria"))
    return Details(
        narrative=nodes.texts(document, "narrative", nodes.language_of(document, badge)),
        criteria=nodes.texts(criteria, "narrative", language),
        criteria_url=nodes.text(criteria, "id"),
        alignments=tuple(_alignments(badge, language)),
        tags=tuple(
            tag.strip() for tag in nodes.listed(badge, "tags") if isinstance(tag, str) and tag.strip()
        ),
        image_url=nodes.linked(document.get("image")) or nodes.linked(badge.get("image")),
        version=_version(badge),
        is_revoked=revoked(document) is True,
        revocation_reason=nodes.text(document, "revocationReason"),
    )


def verification_of(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """How an assertion wants to be verified; 1.x calls it ``verify``."""
    return nodes.node(document.get("verification", document.get("verify")))


def kinds_of_verification(document: Mapping[str, Any]) -> frozenset[str]:
    """``"HostedBadge"``, ``"SignedBadge"``, or what else an assertion names; empty where it names nothing."""
    aliases = {"hosted": "HostedBadge", "signed": "SignedBadge"}
    names = [name for name in nodes.listed(verification_of(document), "type") if isinstance(name, str)]
    return frozenset(aliases.get(name, name.removeprefix("obi:")) for name in names)


def id_of(document: Mapping[str, Any]) -> str:
    """The id of an assertion; in 1.x its address, or its ``uid``."""
    if stated := nodes.text(document, "id"):
        return stated
    is_hosted = "HostedBadge" in kinds_of_verification(document)
    return (is_hosted and nodes.text(verification_of(document), "url")) or nodes.text(document, "uid")


def revoked(document: Mapping[str, Any]) -> bool | None:
    """Does an assertion say of itself that it is revoked? None where nobody can tell what it says."""
    value = document.get("revoked")
    if isinstance(value, str):
        value = {"true": True, "false": False}.get(value.strip().lower(), value)
    if value is None or isinstance(value, bool):
        return bool(value)
    return None


def _holder(document: Mapping[str, Any]) -> Holder:
    profiles = [nodes.node(document.get(key)) for key in _RECIPIENT_PROFILE]
    names = [str(nodes.texts(profile, "name", nodes.UNKNOWN_LANGUAGE)) for profile in profiles]
    recipient = recipient_of(document)
    identity = recipient.identity if recipient and not recipient.is_hashed else ""
    return Holder(name=next(filter(None, names), ""), identifier=identity)


def _micro_credential(badge: Mapping[str, Any], language: str) -> MicroCredential:
    criteria = nodes.node(badge.get("criteria"))
    levels = (_level(concept) for concept in _alignments(badge, language))
    return MicroCredential(
        id=nodes.text(badge, "id"),
        version=_version(badge),
        title=nodes.texts(badge, "name", language),
        description=nodes.texts(badge, "description", language),
        outcomes=(),
        workload=Workload(Decimal(0)),
        level=Level(next(filter(None, levels), None)),
        assessment=Assessment(types=(), description=nodes.texts(criteria, "narrative", language)),
        participation=(),
        quality_assurance=(),
        languages=(),
        recognition=Recognition(RecognitionStatus.NONE),
        url=nodes.text(criteria, "id"),
        image_svg=_svg(nodes.linked(badge.get("image"))),
    )


def _version(badge: Mapping[str, Any]) -> str:
    value = badge.get("version")
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return str(value) if is_number else nodes.text(badge, "version")


def _alignments(badge: Mapping[str, Any], language: str) -> Iterator[Concept]:
    """1.x wrote ``name`` and ``url``; what has neither is nothing that could be shown."""
    for each in nodes.listed(badge, "alignment"):
        if not isinstance(each, Mapping):
            continue
        iri = nodes.linked(each.get("targetUrl")) or nodes.linked(each.get("url"))
        label = nodes.texts(each, "targetName", language) or nodes.texts(each, "name", language)
        if iri or label:
            yield Concept(
                iri=iri,
                label=label,
                framework=nodes.text(each, "targetFramework"),
                code=nodes.text(each, "targetCode"),
            )


def _level(concept: Concept) -> Concept | None:
    met = _EQF.fullmatch(concept.iri)
    return Concept(concept.iri, concept.label, "EQF", met[1]) if met else None


def _evidence(document: Mapping[str, Any], language: str) -> Iterator[Evidence]:
    if narrative := nodes.texts(document, "narrative", language):
        yield Evidence(name=Text(()), description=narrative)
    for value in nodes.listed(document, "evidence"):
        each = nodes.node(value)
        found = Evidence(
            name=nodes.texts(each, "name", language),
            description=_joined(
                nodes.texts(each, "description", language), nodes.texts(each, "narrative", language)
            ),
            id=nodes.text(each, "id"),
            kind=nodes.text(each, "genre"),
        )
        if found.name or found.description or found.id:
            yield found


def _joined(description: Text, narrative: Text) -> Text:
    """Both, the narrative after the description, language by language."""
    first, second = description.as_dict(), narrative.as_dict()
    return Text.of(
        {tag: "\n\n".join(filter(None, (first.get(tag), second.get(tag)))) for tag in {**first, **second}}
    )


def _svg(url: str) -> str:
    """The drawing, where the badge carries one inside; a picture elsewhere is not fetched."""
    if not url.startswith(_SVG_DATA):
        return ""
    try:
        return base64.b64decode(url.removeprefix(_SVG_DATA), validate=True).decode()
    except (binascii.Error, ValueError):
        return ""
