"""Verify anything a person gives: bytes, a text, a link. Nothing of it is kept."""

from __future__ import annotations

from datetime import date, timedelta
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from django.db import transaction

from jalon.foundation import clock, pdf_attachments
from jalon.foundation.errors import UnreadableFileError
from jalon.verification import connectors, importers
from jalon.verification.errors import (
    IssuerStatementError,
    LinkRefusedError,
    LinkUnreachableError,
    NothingGivenError,
    TooMuchError,
    UnreadableCredentialError,
    VerificationError,
)
from jalon.verification.models import TrustedIssuer
from jalon.verification.rules import (
    MAX_BYTES,
    Form,
    Result,
    certificates_of,
    did_of_issuer,
    is_did,
    recognise,
    recognise_text,
    statement_problem,
)
from sceau.did.resolver import Resolver
from sceau.errors import FetchError, NothingFoundError, SeveralFoundError, UnreadableError
from sceau.ports import Fetcher
from sceau.verifying.policy import Policy
from sceau.verifying.verify import verify

# Older than this, a list of withdrawals no longer says that a credential is still valid.
MAX_STATUS_AGE = timedelta(hours=24)
MAX_LINK_LENGTH = 2000
CREDENTIAL_TYPE = "application/vc"
_MEGABYTE = 1024 * 1024
# Forms that are recognised, and said not to be read: the code of the sentence.
_NOT_READ = {
    Form.PICTURE: "verification.picture",
    Form.HTML: "verification.html",
    Form.OTHER: "verification.not_a_credential",
}
# What may hold a credential, and is worth a sentence of its own where it holds none.
_WRAPPERS = frozenset({Form.SVG, Form.PNG, Form.PDF})
_BROKEN_PDF = {
    "file.pdf_encrypted": "verification.pdf_encrypted",
    "file.pdf_too_heavy": "verification.pdf_too_heavy",
}


def verify_bytes(data: bytes, *, offline: bool = False) -> Result:
    """
    Verify a credential as JSON, as a token, as an SVG or PNG it was baked into, or in a PDF that has it.

    Our own issuers are answered from the database; others' keys and lists are fetched unless *offline*.

    Raises:
        VerificationError: Nothing there that can be verified; its code says why.
    """
    if len(data) > MAX_BYTES:
        raise TooMuchError(limit_mb=MAX_BYTES // _MEGABYTE)
    form = recognise(data)
    if form is Form.EMPTY:
        raise NothingGivenError
    if form in _NOT_READ:
        raise UnreadableCredentialError(f"recognised as {form}, which is not read", code=_NOT_READ[form])
    return _verified(_attached(data) if form is Form.PDF else data, form, offline=offline)


def _attached(data: bytes) -> bytes:
    """
    The credential attached to a PDF: the first file that is JSON, else the first that is a token.

    Raises:
        UnreadableCredentialError: The PDF cannot be read, or nothing in it can be verified.
    """
    try:
        found = [attachment.data for attachment in pdf_attachments.read(data)]
    except UnreadableFileError as error:
        code = _BROKEN_PDF.get(error.code, "verification.pdf_unreadable")
        raise UnreadableCredentialError(str(error), code=code) from error
    by_form = {recognise(content): content for content in reversed(found)}
    for form in (Form.JSON, Form.JWT, Form.SD_JWT):
        if form in by_form:
            return by_form[form]
    raise UnreadableCredentialError(
        "expected a signed file attached to the PDF", code="verification.pdf_without_credential"
    )


def _verified(data: bytes, form: Form, *, offline: bool) -> Result:
    own = connectors.own_issuers()
    fetcher: Fetcher = connectors.NoNetwork() if offline else connectors.fetcher()
    statuses = connectors.StatusLists(own, fetcher)
    anchors = importers.authorities()
    documents = connectors.OwnDocuments(own)
    policy = Policy(
        resolver=Resolver(documents=(documents,), fetcher=fetcher, metadata=(documents,)),
        statuses=statuses,
        trust=connectors.Vouchers(own),
        max_status_age=MAX_STATUS_AGE,
        offline=offline,
        max_bytes=MAX_BYTES,
        max_proofs=3,
        max_status_entries=4,
        seals=anchors,
        anchors=certificates_of(anchors),
    )
    try:
        report = verify(data, at=clock.now(), policy=policy)
    except SeveralFoundError as error:
        raise UnreadableCredentialError(str(error), code=error.code) from error
    except NothingFoundError as error:
        code = f"verification.{form}_without_credential" if form in _WRAPPERS else error.code
        raise UnreadableCredentialError(str(error), code=code) from error
    except UnreadableError as error:
        raise UnreadableCredentialError(str(error), code=error.code) from error
    issuer = did_of_issuer(report.issuer_id)
    return Result(
        report=report,
        form=form,
        organisation=own.known_organisation(issuer) if is_did(issuer) else None,
        status_read_at=statuses.oldest_read_at,
    )


def verify_text(text: str, *, offline: bool = False) -> Result:
    """
    Verify what somebody pasted: a signed content, or a link to one.

    Raises:
        VerificationError: As `verify_bytes` and `verify_link`.
    """
    if recognise_text(text) is Form.LINK:
        return verify_link(text.strip(), offline=offline)
    return verify_bytes(text.strip().encode("utf-8", "surrogatepass"), offline=offline)


def verify_link(url: str, *, offline: bool = False) -> Result:
    """
    Verify what a public https link gives; a page that names its signed file, on its own site, is followed.

    Our own addresses are the caller's to answer, without a network: see `rules.own_token`.

    Raises:
        LinkRefusedError: Not https, or not a public address.
        LinkUnreachableError: Nothing came back.
        VerificationError: What came back cannot be verified.
    """
    data = _fetched(url, offline=offline)
    if recognise(data) is Form.HTML:
        signed = _signed_file_named_by(data, url)
        data = _fetched(signed, offline=offline) if signed else data
    return verify_bytes(data, offline=offline)


def _fetched(url: str, *, offline: bool) -> bytes:
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise LinkRefusedError("not an address", code="verification.link_malformed") from error
    if len(url) > MAX_LINK_LENGTH or not parts.hostname:
        raise LinkRefusedError("not an address", code="verification.link_malformed")
    if parts.scheme.lower() != "https":
        raise LinkRefusedError("expected https", code="verification.link_not_https")
    opener: Fetcher = connectors.NoNetwork() if offline else connectors.fetcher()
    try:
        return opener.fetch(url, max_bytes=MAX_BYTES).body
    except FetchError as error:
        raise _link_error(error) from error


def _link_error(error: FetchError) -> VerificationError:
    """The refusal for an address that was not followed, or did not answer."""
    if error.code == "fetch.too_large":
        return TooMuchError(limit_mb=MAX_BYTES // _MEGABYTE)
    refused = {
        "fetch.private_address": "verification.link_private",
        "fetch.not_https": "verification.link_not_https",
        "fetch.bad_url": "verification.link_malformed",
    }
    if error.code in refused:
        return LinkRefusedError(str(error), code=refused[error.code])
    return LinkUnreachableError(str(error))


class _SignedFileFinder(HTMLParser):
    """Finds ``<link rel="alternate" type="application/vc" href="…">`` in the head of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.href = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "link" and not self.href and values.get("type") == CREDENTIAL_TYPE:
            self.href = values.get("href", "")


def _signed_file_named_by(page: bytes, url: str) -> str:
    """The address of the signed file that *page* names, on its own site; else ``""``."""
    finder = _SignedFileFinder()
    finder.feed(page[:65536].decode("utf-8", "replace"))
    try:
        found = urljoin(url, finder.href) if finder.href else ""
        same_site = urlsplit(found)[:2] == urlsplit(url)[:2]
    except ValueError:
        return ""
    return found if found and same_site else ""


# — Who vouches for whom —


@transaction.atomic
def trust_issuer(
    *, did: str, name: str, vouched_by: str, basis: str = "", since: date, until: date | None = None
) -> TrustedIssuer:
    """
    Record that *vouched_by* says that *did* is the organisation *name*; it replaces what they said before.

    Raises:
        IssuerStatementError: Not a DID, an empty name, or an end before the beginning.
    """
    problem = statement_problem(did=did, name=name, vouched_by=vouched_by, since=since, until=until)
    if problem:
        raise IssuerStatementError(problem, code=f"verification.statement.{problem}")
    row, _ = TrustedIssuer.objects.update_or_create(
        did=did,
        vouched_by=vouched_by,
        defaults={"name": name, "basis": basis, "since": since, "until": until},
    )
    return row


@transaction.atomic
def forget_issuer(*, did: str, vouched_by: str = "") -> int:
    """Delete what was said of *did*, by everybody or by one voucher. Returns how many statements went."""
    rows = TrustedIssuer.objects.filter(did=did)
    if vouched_by:
        rows = rows.filter(vouched_by=vouched_by)
    return rows.delete()[0]
