"""The documents behind a badge: had by their addresses, few of them, and each asked for once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urldefrag

from sceau.did.resolver import read_json
from sceau.errors import DataModelError, ResolutionError
from sceau.formats.open_badges_2 import nodes, scope
from sceau.ports import Fetched
from sceau.verifying.open_badges_2 import outcomes
from sceau.verifying.policy import Policy
from sceau.verifying.report import Check, Question

MAX_FETCHES = 4

ASSERTION, BADGE, ISSUER, KEY, REVOCATIONS = "assertion", "badge", "issuer", "key", "revocations"
GIVEN, EMBEDDED, FETCHED = "given", "embedded", "fetched"


@dataclass(frozen=True)
class Source:
    """
    Where one of the documents behind an answer came from.

    Attributes:
        role: ``"assertion"``, ``"badge"``, ``"issuer"``, ``"key"`` or ``"revocations"``.
        how: ``"given"`` by whoever asked, ``"embedded"`` in another document, or ``"fetched"``.
        url: Where it lies; of one that was given or embedded, what it says of that, and may be empty.
        at: The moment of verification; a cache may have lent an older copy.
    """

    role: str
    how: str
    url: str
    at: datetime
    document: dict[str, Any]


class UnavailableError(Exception):
    """A document that could not be had; it never leaves this package."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code


@dataclass
class Documents:
    """The documents that were had, each asked for once."""

    policy: Policy
    at: datetime
    sources: list[Source] = field(default_factory=list)
    known: dict[str, dict[str, Any] | UnavailableError] = field(default_factory=dict)
    left: int = MAX_FETCHES

    def fetch(self, address: str, role: str) -> dict[str, Any]:
        """
        Raises:
            UnavailableError: With the code that says why.
        """
        url = urldefrag(address).url if scope.https(address) else address
        if url not in self.known:
            try:
                self.known[url] = self._fetched(url)
            except UnavailableError as error:
                self.known[url] = error
        known = self.known[url]
        if isinstance(known, UnavailableError):
            raise known
        self.note(role, FETCHED, url, known)
        return known

    def note(self, role: str, how: str, url: str, document: Mapping[str, Any]) -> None:
        """Keep where a document came from, once for each role."""
        if not any(source.role == role and source.url == url for source in self.sources if source.how == how):
            self.sources.append(Source(role, how, url, self.at, dict(document)))

    def had(self, address: str) -> Mapping[str, Any] | None:
        """The document of an address, where it was fetched."""
        known = self.known.get(urldefrag(address).url if scope.https(address) else address)
        return known if isinstance(known, dict) else None

    def pem_file(self, address: str) -> str:
        """
        A key as 1.x published it: a PEM file.

        Raises:
            UnavailableError: With the code that says why.
        """
        found = self._answer(address).body.decode("ascii", "replace")
        self.note(KEY, FETCHED, address, {"id": address, "publicKeyPem": found})
        return found

    def _fetched(self, url: str) -> dict[str, Any]:
        try:
            document: dict[str, Any] = nodes.plain(read_json(url, self._answer(url)))
        except DataModelError as error:
            raise UnavailableError("hosted.unreadable", f"{url[:200]}: {error}") from error
        except ResolutionError as error:
            raise UnavailableError(self._code(error), str(error)) from error
        return document

    def _answer(self, url: str) -> Fetched:
        """
        What an address answers with; not what another site does, to which it only points: many sites send
        their visitors wherever an address says.
        """
        if scope.https(url) is None:
            raise UnavailableError("hosted.not_https", f"expected an https address, met {url[:200]!a}")
        if self.left == 0:
            raise UnavailableError(
                "hosted.too_many", f"expected at most {MAX_FETCHES} documents to be needed, met {url[:200]!a}"
            )
        self.left -= 1
        try:
            fetched = self.policy.resolver.fetch(url)
        except ResolutionError as error:
            raise UnavailableError(self._code(error), str(error)) from error
        if fetched.url and scope.origin(fetched.url) != scope.origin(url):
            detail = f"expected an answer of {url[:200]!a} itself, met a redirection to {fetched.url[:200]!a}"
            raise UnavailableError("hosted.redirected", detail)
        return fetched

    def _code(self, error: ResolutionError) -> str:
        """A fetcher that was answered with a status may say which: ``facts["status"]`` of its error."""
        facts = getattr(error.__cause__, "facts", None)
        status = facts.get("status") if isinstance(facts, Mapping) else None
        if status in (404, 410):
            return "hosted.gone" if status == 410 else "hosted.not_found"
        return "hosted.offline" if self.policy.offline else "hosted.unreachable"


@dataclass(frozen=True)
class Issuer:
    """
    Attributes:
        profile: As it lies at *id*; as it was embedded where it could not be had, and None then means that
            nothing in it may decide anything.
    """

    id: str
    profile: Mapping[str, Any]
    problem: Check | None = None


def badge(assertion: Mapping[str, Any], documents: Documents) -> tuple[Mapping[str, Any], Check | None]:
    """The badge class: as it is written out, else as it lies at its address."""
    stated = nodes.node(assertion.get("badge"))
    if not stated:
        return {}, None  # the structure says so
    if any(key not in ("id", "type", "@context") for key in stated):
        documents.note(BADGE, EMBEDDED, nodes.text(stated, "id"), stated)
        return stated, None
    address = nodes.text(stated, "id")
    try:
        return at_home(address, BADGE, documents), None
    except UnavailableError as error:
        return stated, unavailable("badge", error)


def issuer(badge: Mapping[str, Any], documents: Documents) -> Issuer:
    """The issuer's profile as it lies at its address, whatever is written out elsewhere."""
    stated = nodes.node(badge.get("issuer"))
    address = nodes.text(stated, "id")
    if len(stated) > 1:
        documents.note(ISSUER, EMBEDDED, address, stated)
    if not address:
        detail = "expected the badge class to name its issuer's address, met none"
        return Issuer("", stated, outcomes.unknown("issuer", Question.INTACT, "hosted.no_issuer", detail))
    try:
        served = at_home(address, ISSUER, documents)
        if not nodes.texts(served, "name", nodes.UNKNOWN_LANGUAGE):
            # A site that is out of order answers with objects too; one of them would allow the whole origin.
            raise UnavailableError("hosted.unreadable", f"expected a profile with a name at {address[:200]}")
        return Issuer(address, served)
    except UnavailableError as error:
        return Issuer(address, stated, unavailable("issuer", error))


def at_home(address: str, role: str, documents: Documents) -> dict[str, Any]:
    """
    The document at an address, which must not say that it is another one's; 1.x wrote no id into it.

    Raises:
        UnavailableError: Out of reach, or another document.
    """
    document = documents.fetch(address, role)
    if (met := nodes.text(document, "id") or address) != address:
        raise UnavailableError(
            "hosted.other_document", f"expected {address[:200]!a} there, met {met[:200]!a}"
        )
    return document


def problems(badge_problem: Check | None, issuer: Issuer) -> list[Check]:
    """Where there is no badge class, that there is no issuer says nothing more."""
    if badge_problem is not None:
        return [badge_problem]
    return [issuer.problem or outcomes.passed("issuer", Question.INTACT, {"url": issuer.id})]


def joined(assertion: Mapping[str, Any], documents: Documents) -> dict[str, Any]:
    """The assertion with its badge class and issuer inside: profiles as they are served, where they are."""
    badge = nodes.node(assertion.get("badge"))
    if not any(key not in ("id", "type", "@context") for key in badge):
        badge = documents.had(nodes.text(badge, "id")) or badge
    issuer = nodes.node(badge.get("issuer"))
    address = nodes.text(issuer, "id")
    served = documents.had(address)
    if served is not None and nodes.text(served, "id") in ("", address):
        issuer = {**served, "id": address}
    return {**assertion, "badge": {**badge, "issuer": dict(issuer)}} if badge else dict(assertion)


def out_of_scope(address: str, issuer: Issuer) -> Check:
    detail = f"expected an address that {issuer.id[:200]!a} allows, met {address[:200]!a}"
    facts = {"url": address[:200], "issuer": issuer.id[:200]}
    return outcomes.failed("scope", Question.INTACT, "hosted.out_of_scope", detail, facts)


def unavailable(name: str, error: UnavailableError, facts: dict[str, Any] | None = None) -> Check:
    """A document that is another's is a failure; one that could not be had is none."""
    if error.code == "hosted.other_document":
        return outcomes.failed(name, Question.INTACT, error.code, str(error), facts or {})
    return outcomes.unknown(name, Question.INTACT, error.code, str(error), facts)
