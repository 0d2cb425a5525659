"""What a person gave us to verify, and how far a chain of trust goes. No network, no database."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Protocol
from urllib.parse import urlsplit

from jalon.foundation.identifiers import REFERENCE_LENGTH, folded, read_reference
from sceau.did import did_web
from sceau.errors import DataModelError, ResolutionError
from sceau.formats.open_badges_3 import endorsements as open_badges_endorsements
from sceau.keys.x509 import Certificate
from sceau.model.credential import Endorsement
from sceau.model.texts import NO_TEXT, Text
from sceau.ports import Voucher
from sceau.verifying import endorsements
from sceau.verifying.report import Outcome, Question, Report
from sceau.verifying.seals import Kind
from sceau.verifying.trust import Anchors

# The most that is read of one credential, in any form: ours are about 6 kB, a PDF about 150 kB.
MAX_BYTES = 2 * 1024 * 1024
# Four mebibytes hold a list of a hundred million credentials, one in sixty of them withdrawn.
MAX_STATUS_LIST_BYTES = 4 * 1024 * 1024
_PICTURES = (b"\xff\xd8\xff", b"GIF8", b"RIFF", b"BM")
_BLANKS = b"\xef\xbb\xbf \t\r\n\0"
_BASE64URL = r"[A-Za-z0-9_-]"
_JWT = re.compile(rf"{_BASE64URL}{{10,}}\.{_BASE64URL}+\.{_BASE64URL}*")
_SD_JWT = re.compile(rf"{_BASE64URL}{{10,}}\.{_BASE64URL}+\.{_BASE64URL}+~[A-Za-z0-9_.~-]*")
_LINK = re.compile(r"(https?)://\S+", re.IGNORECASE)
_DID = re.compile(r"did:[a-z0-9]+:[A-Za-z0-9._:%-]+")
_OWN_PAGE = re.compile(r"/a/(?P<token>[A-Za-z0-9_-]{22})(/.*)?")


class Form(StrEnum):
    """The form of what was given, told by its first bytes and never by a file's name."""

    EMPTY = "empty"
    JSON = "json"
    SVG = "svg"
    PDF = "pdf"
    PNG = "png"
    PICTURE = "picture"
    JWT = "jwt"
    SD_JWT = "sd_jwt"
    LINK = "link"
    REFERENCE = "reference"
    HTML = "html"
    OTHER = "other"


class Tone(StrEnum):
    """The colour of a verdict: green only where all three answers are good."""

    GOOD = "bon"
    DOUBT = "doute"
    BAD = "mal"


class TrustStep(StrEnum):
    """How far somebody answers for the issuer's key, from the ground up."""

    UNSEALED = "unsealed"
    TEST_SEAL = "test_seal"
    UNKNOWN_SEAL = "unknown_seal"
    HOSTED = "hosted"
    ORGANISATION_KEY = "organisation_key"
    VOUCHED_KEY = "vouched_key"
    CERTIFIED_SEAL = "certified_seal"
    REGION_SEAL = "region_seal"
    EIDAS_SEAL = "eidas_seal"


class OwnOrganisation(Protocol):
    """
    An organisation registered here, as the owner of an issuer's identifier.

    Attributes:
        confirmed_by: Who confirmed that it is the one it says: ``"Région Occitanie"``; empty if nobody did.
        confirmed_at: Aware; when they did, or None.
        basis: How they know (``"extrait SIRENE et appel au siège"``); may be empty.
        is_demonstration: Fictional, made for the demonstration.
    """

    @property
    def name(self) -> str: ...
    @property
    def confirmed_by(self) -> str: ...
    @property
    def confirmed_at(self) -> datetime | None: ...
    @property
    def basis(self) -> str: ...
    @property
    def is_demonstration(self) -> bool: ...


@dataclass(frozen=True)
class Withdrawal:
    """
    What we know of a withdrawal because it was made here, beyond the one bit of a status list.

    Attributes:
        on: Aware; the moment it was withdrawn.
        by: The organisation that withdrew it.
        reason: In words for everybody, or empty.
        replacement_url: The page of the corrected credential that replaces this one, or empty.
    """

    on: datetime
    by: str
    reason: str = ""
    replacement_url: str = ""


@dataclass(frozen=True)
class Result:
    """
    A verification that gave an answer.

    Attributes:
        form: The form of what was given.
        organisation: Who is behind the issuer's identifier, where it is one of ours.
        status_read_at: Aware; when the status list behind the answer was obtained; None where none was read.
        withdrawal: Known only for what was withdrawn here; whoever knows it puts it in.
    """

    report: Report
    form: Form
    organisation: OwnOrganisation | None = None
    status_read_at: datetime | None = None
    withdrawal: Withdrawal | None = None


class About(StrEnum):
    """What an endorsement inside a credential is about, by the identifier that it names."""

    CREDENTIAL = "credential"
    MICRO_CREDENTIAL = "micro_credential"
    ISSUER = "issuer"


@dataclass(frozen=True)
class Support:
    """
    What one endorsement inside a credential comes to. It says nothing of who the credential's issuer is.

    Attributes:
        name: As it is written in the endorsement; anybody may write any name.
        since: From when it holds, aware; None where it does not say.
        comment: A stranger's words.
        valid: *Indeterminate* too where it is not intact.
        reason: Code of the check that explains *valid*.
        voucher: Who says whose the key is; their name for it may be another one.
        is_named_so: That name is the one written.
        is_issuer_s_own: The issuer of the credential speaks of itself.
    """

    name: str
    about: About
    since: datetime | None
    comment: Text
    intact: Outcome
    valid: Outcome
    reason: str
    voucher: Voucher | None
    is_named_so: bool
    is_issuer_s_own: bool


@dataclass(frozen=True)
class ProofFacts:
    """One proof of a document, for the technical part of a page: the document's own texts, may be empty."""

    type: str
    cryptosuite: str
    verification_method: str
    created: str


@dataclass(frozen=True)
class PlainBadge:
    """
    What another issuer's badge says of itself, where it is not a whole micro-credential: texts as they stand.

    Attributes:
        awarded_on: None where it is missing or cannot be read.
    """

    title: str
    holder: str
    issuer: str
    description: str
    awarded_on: date | None


def recognise(data: bytes) -> Form:
    """The form of *data*: a file that was dropped, or what a link gave."""
    head = data[:4096].lstrip(_BLANKS)
    if not head:
        return Form.OTHER if data.strip(_BLANKS) else Form.EMPTY
    if head[:1] in {b"{", b"["}:
        return Form.JSON
    if head[:1] == b"<":
        return _markup_form(head.lower())
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return Form.PNG
    if head.startswith(_PICTURES) or head[4:12] in {b"ftypheic", b"ftypmif1"}:
        return Form.PICTURE
    return Form.PDF if b"%PDF-" in data[:1024] else _token_form(data)


def _markup_form(head: bytes) -> Form:
    """HTML when it starts as HTML, whatever drawings it holds; SVG when a drawing comes early."""
    if head.startswith((b"<!doctype html", b"<html")):
        return Form.HTML
    return Form.SVG if b"svg" in head else Form.OTHER


def _token_form(data: bytes) -> Form:
    """A JWT or an SD-JWT, which are ASCII without a break; anything else is *other*."""
    if len(data) > MAX_BYTES:
        return Form.OTHER
    token = data.strip().decode("ascii", "replace")
    if _SD_JWT.fullmatch(token):
        return Form.SD_JWT
    return Form.JWT if _JWT.fullmatch(token) else Form.OTHER


def recognise_text(text: str) -> Form:
    """The form of *text* that somebody pasted: a link or a reference besides the forms of files."""
    bare = text.strip()
    if _LINK.fullmatch(bare):
        return Form.LINK
    if re.fullmatch(r"[0-9A-Za-z \-–—.]+", bare) and len(read_reference(bare)) == REFERENCE_LENGTH:
        return Form.REFERENCE
    return recognise(bare.encode("utf-8", "surrogatepass"))


def own_token(url: str, public_url: str) -> str:
    """
    The link token inside *url* where it is one of our own addresses, else ``""``.

    Args:
        url: ``"https://jalon.example.org/a/<22 signs>/attestation.json"``, or the page itself.
        public_url: Our own address, without a slash at the end.
    """
    try:
        theirs, ours = urlsplit(url.strip()), urlsplit(public_url)
        same = (theirs.scheme.lower(), theirs.hostname, theirs.port) == (
            ours.scheme,
            ours.hostname,
            ours.port,
        )
    except ValueError:
        return ""
    path = theirs.path.removeprefix(ours.path) if same else ""
    match = _OWN_PAGE.fullmatch(path)
    return match["token"] if match else ""


def tone(answers: Iterable[Outcome]) -> Tone:
    """Green only when there are three answers and all are good; red as soon as one is bad."""
    given = tuple(answers)
    if Outcome.FAILED in given:
        return Tone.BAD
    whole = len(given) == len(Question) and all(answer is Outcome.PASSED for answer in given)
    return Tone.GOOD if whole else Tone.DOUBT


def is_name_confirmed(report: Report) -> bool:
    """Whether somebody vouches for the issuer under the name that the credential writes."""
    written = folded(report.issuer_name)
    return any(folded(voucher.issuer_name) == written for voucher in report.vouchers)


def answers(report: Report) -> dict[Question, Outcome]:
    """
    The three answers as a person may rely on them.

    What nothing proves intact says nothing sure of its dates or issuer: a good answer to those falls back to
    «we cannot say», and a bad one stays bad. A key confirmed for one name says nothing of another name; a
    test seal, nothing of anybody. An authority that the operator trusts answers for a seal by its
    certificate.
    """
    found = {question: report.answer(question) for question in Question}
    intact = found[Question.INTACT] is Outcome.PASSED
    for question in (Question.VALID, Question.ISSUER):
        if not intact and found[question] is Outcome.PASSED:
            found[question] = Outcome.INDETERMINATE
    if intact and is_certified(report) and not report.vouchers:
        found[Question.ISSUER] = Outcome.PASSED
    elif found[Question.ISSUER] is Outcome.PASSED and (is_test_seal(report) or not is_name_confirmed(report)):
        found[Question.ISSUER] = Outcome.INDETERMINATE
    return found


def certificates_of(anchors: Anchors) -> tuple[Certificate, ...]:
    """Those who are trusted to say whose a key is, outside of seals too."""
    return anchors.trusted_list + anchors.authorities


def is_test_seal(report: Report) -> bool:
    """Whether the certificate of the seal says itself that it is a test: then nobody says who sealed."""
    return report.seal == Kind.TEST


def is_certified(report: Report) -> bool:
    """
    Whether an authority that the operator trusts names who sealed, by the name that the credential writes.

    Nothing but that nobody else vouches for the issuer may be missing.
    """
    looked_at = {
        check.name: check.outcome
        for check in report.checks
        if check.question is Question.ISSUER and check.name != "issuer_known"
    }
    return (
        report.seal in (Kind.ORGANISATION, Kind.EIDAS)
        and "seal_names_issuer" in looked_at
        and all(outcome is Outcome.PASSED for outcome in looked_at.values())
    )


def is_hosted(report: Report) -> bool:
    """Not signed: it is what its issuer's site shows at its address, as Open Badges 2 and 1 allow."""
    return report.format == "open_badges_2" and not report.envelope


def is_key_the_issuer_s(report: Report) -> bool:
    """
    Whether what secures it belongs to the issuer that it names, as far as that was looked at.

    A seal's certificate must hold and name that issuer: else those who vouch for the issuer say nothing of
    whoever sealed.
    """
    looked_at = [check for check in report.checks if check.question is Question.ISSUER]
    return all(check.outcome is Outcome.PASSED for check in looked_at if check.name.startswith("seal"))


def trust_step(report: Report) -> TrustStep:
    """How far the chain of trust of *report* goes, never further. The seal of a region is not read yet."""
    given = answers(report)
    if given[Question.INTACT] is not Outcome.PASSED or given[Question.ISSUER] is Outcome.FAILED:
        return TrustStep.UNSEALED
    if report.seal:
        return _seal_step(report)
    if given[Question.ISSUER] is Outcome.PASSED:
        return TrustStep.VOUCHED_KEY
    return TrustStep.HOSTED if is_hosted(report) else TrustStep.ORGANISATION_KEY


def _seal_step(report: Report) -> TrustStep:
    if report.seal == Kind.TEST:
        return TrustStep.TEST_SEAL
    if report.seal not in (Kind.ORGANISATION, Kind.EIDAS):
        return TrustStep.UNKNOWN_SEAL
    if not is_key_the_issuer_s(report):
        return TrustStep.ORGANISATION_KEY
    return TrustStep.EIDAS_SEAL if report.seal == Kind.EIDAS else TrustStep.CERTIFIED_SEAL


def until(report: Report) -> datetime | None:
    """The end that the credential states, aware; None where it states none, or one that cannot be read."""
    if report.credential is not None:
        return report.credential.valid_until
    return _moment((report.document or {}).get("validUntil"))


def since(report: Report) -> datetime | None:
    """The beginning that the credential states, aware, or None."""
    if report.credential is not None:
        return report.credential.valid_from
    return _moment((report.document or {}).get("validFrom"))


def _moment(written: object) -> datetime | None:
    try:
        read = datetime.fromisoformat(written) if isinstance(written, str) else None
    except ValueError:
        return None
    return read if read is not None and read.tzinfo is not None else None


def endorsement_of(report: Report) -> Endorsement | None:
    """What *report* is about, where it is no credential but an endorsement by itself, as it stands."""
    try:
        return open_badges_endorsements.from_document(report.document or {})
    except DataModelError:
        return None


def supports(report: Report) -> tuple[Support, ...]:
    """What the endorsements inside the credential of *report* come to, each by itself."""
    return tuple(_support(each, report) for each in report.endorsements)


def supports_left_out(report: Report) -> int:
    """How many endorsements stand in it that were not looked at: too many, unreadable, of something else."""
    return max(0, endorsements.count_in(report.document or {}) - len(report.endorsements))


def _support(said: Report, report: Report) -> Support:
    given = answers(said)
    return Support(
        name=_short(said.issuer_name, 200) or said.issuer_id[:200],
        about=_about(said, report),
        since=since(said),
        comment=_comment(said.document or {}),
        intact=given[Question.INTACT],
        valid=given[Question.VALID],
        reason=next((check.code for check in said.reasons(Question.VALID)), ""),
        voucher=_voucher(said),
        is_named_so=given[Question.ISSUER] is Outcome.PASSED,
        is_issuer_s_own=said.issuer_id == report.issuer_id,
    )


def _voucher(said: Report) -> Voucher | None:
    """Who confirms the name that is written; else whoever confirms another one."""
    written = folded(said.issuer_name)
    agreeing = (each for each in said.vouchers if folded(each.issuer_name) == written)
    return next(agreeing, said.vouchers[0] if said.vouchers else None)


def _about(said: Report, report: Report) -> About:
    """By identifiers, whatever kind it says: those of the credential were compared with it already."""
    named = _first((said.document or {}).get("credentialSubject")).get("id")
    if named == (report.document or {}).get("id"):
        return About.CREDENTIAL
    return About.ISSUER if named == report.issuer_id else About.MICRO_CREDENTIAL


def _comment(document: Mapping[str, Any]) -> Text:
    try:
        return open_badges_endorsements.from_document(document).comment
    except DataModelError:
        return NO_TEXT


def proofs(report: Report) -> tuple[ProofFacts, ...]:
    """The proofs of a document, at most ten, or the token it came in; their texts are a stranger's."""
    found = (report.document or {}).get("proof")
    listed = found if isinstance(found, list) else [found]
    return _token(report) + tuple(
        ProofFacts(
            *(_short(proof.get(key)) for key in ("type", "cryptosuite", "verificationMethod", "created"))
        )
        for proof in listed[:10]
        if isinstance(proof, dict)
    )


def _token(report: Report) -> tuple[ProofFacts, ...]:
    if not report.envelope:
        return ()
    facts = next((check.facts for check in report.checks if check.name in {"proof", "seal"}), {})
    known = (_short(facts.get("algorithm")), _short(facts.get("verification_method")))
    return (ProofFacts(report.envelope.upper(), *known, ""),)


def _short(value: object, limit: int = 500) -> str:
    return value[:limit] if isinstance(value, str) else ""


def plain_badge(document: Mapping[str, Any] | None) -> PlainBadge | None:
    """
    The few words of a badge that can be shown, whatever its completeness; None where there is no achievement.

    Every value is a stranger's: of any type, of any length. Lists are looked at through their first object.
    """
    root = document or {}
    subject = _first(root.get("credentialSubject"))
    achievement = _first(subject.get("achievement"))
    title = _short(achievement.get("name"), 300) or _short(root.get("name"), 300)
    if not title:
        return None
    issuer = root.get("issuer")
    awarded = _moment(root.get("awardedDate")) or _moment(root.get("validFrom"))
    return PlainBadge(
        title=title,
        holder=_holder_of(subject),
        issuer=_short(_first(issuer).get("name"), 300) or _short(issuer),
        description=_short(achievement.get("description"), 2000),
        awarded_on=awarded.date() if awarded else None,
    )


def _holder_of(subject: Mapping[str, Any]) -> str:
    """The learner's name: said plainly, or as an unhashed identifier of the kind «name»."""
    if _short(subject.get("name")):
        return _short(subject["name"], 300)
    listed = subject.get("identifier")
    for entry in listed[:20] if isinstance(listed, list) else [listed]:
        if isinstance(entry, dict) and entry.get("identityType") == "name" and entry.get("hashed") is False:
            return _short(entry.get("identityHash"), 300)
    return ""


def _first(value: object) -> Mapping[str, Any]:
    found = value[0] if isinstance(value, list) and value else value
    return found if isinstance(found, dict) else {}


def did_of_issuer(issuer_id: str) -> str:
    """
    The DID under which an issuer is known: its own, or the did:web of its https address, which tokens for
    wallets name. Whoever signs for the address of a site publishes the DID document there too.
    """
    if not issuer_id.startswith("https://"):
        return issuer_id
    try:
        return did_web.of_address(issuer_id)
    except ResolutionError:
        return issuer_id


def is_did(text: str) -> bool:
    """Whether *text* is an identifier fit for a table: no sign that a database refuses, not too long."""
    return len(text) <= 500 and _DID.fullmatch(text) is not None


def statement_problem(*, did: str, name: str, vouched_by: str, since: date, until: date | None) -> str:
    """
    What is wrong with a statement «*did* is *name*, says *vouched_by*»: ``"did"``, ``"name"``, ``"voucher"``,
    ``"dates"``, or ``""``.
    """
    if not is_did(did):
        return "did"
    if not name.strip() or len(name) > 250:
        return "name"
    if not vouched_by.strip() or len(vouched_by) > 250:
        return "voucher"
    return "dates" if until is not None and until < since else ""
