"""
Verification: everything that can be found out about one credential, as a `Report`.

    report = verify(data, at=now, policy=Policy(resolver=Resolver(fetcher=fetcher), statuses=lists))
    report.answer(Question.INTACT)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from sceau import plugins
from sceau.canon import strict_json
from sceau.did.resolver import Resolver
from sceau.errors import DataModelError, ResolutionError, UnsupportedStatusError
from sceau.formats import data_model, european, open_badges_2, sd_jwt_vc
from sceau.formats.open_badges_2 import Given
from sceau.model import moments
from sceau.model.credential import Credential, StatusEntry
from sceau.ports import Fetched, Voucher
from sceau.proofs import jades
from sceau.status import entries as status_entries
from sceau.verifying import endorsements, proofs, sd_jwt, seals, statuses
from sceau.verifying import open_badges_2 as badges_2
from sceau.verifying.policy import Policy
from sceau.verifying.reading import Attestation, Sealed, Secured, Unsealed, open_any
from sceau.verifying.report import Check, Outcome, Question, Report

UNKNOWN_FORMAT = "verifiable_credential"


def verify(data: bytes | str, *, at: datetime, policy: Policy) -> Report:
    """
    Verify one credential.

    Args:
        data: JSON with its proofs, a compact token (VC-JOSE, the JWT proof of Open Badges 3.0), an enveloped
            credential, a European credential under its seal, an SD-JWT VC, an Open Badge 2 or 1, or an SVG or
            PNG with one of these baked in; from anybody.
        at: Aware; the moment for which the answers hold.

    Returns:
        A report, however bad the credential is.

    Raises:
        UnreadableError: There is no credential to report about; the class says why.
    """
    found = open_any(data, max_bytes=policy.max_bytes)
    policy = replace(policy, resolver=Remembering(policy.resolver))
    if isinstance(found, Attestation):
        return _attestation(found, at, policy)
    if isinstance(found, Sealed):
        return _sealed(found, at, policy)
    if isinstance(found, Unsealed):
        return _unsealed(found, at, policy)
    if isinstance(found, Given):
        return _old_badge(found, at, policy)
    return verify_secured(found, at=at, policy=policy)


def verify_secured(secured: Secured, *, at: datetime, policy: Policy) -> Report:
    """Verify a W3C credential that was read already, and each endorsement in it by itself."""
    inside = endorsements.found_in(secured.document, max_bytes=policy.max_bytes, most=policy.max_endorsements)
    return replace(
        _by_itself(secured, at, policy),
        endorsements=tuple(_by_itself(each, at, policy) for each in inside),
    )


def _by_itself(secured: Secured, at: datetime, policy: Policy) -> Report:
    document = secured.document
    report = Report(
        checks=(
            _structure(document),
            *proofs.check_all(secured, at=at, policy=policy),
            *_validity(document, at, policy),
        ),
        verified_at=at,
        format=UNKNOWN_FORMAT,
        document=document,
        envelope="jwt" if secured.token is not None else "",
    )
    return _told(report, *data_model.issuer_of(document), at=at, policy=policy)


def _sealed(found: Sealed, at: datetime, policy: Policy) -> Report:
    """A European credential: VC 1.1 under a seal, whose certificate says who the issuer is."""
    document = strict_json.read_object(found.seal.payload, max_bytes=policy.max_bytes)
    sealed = seals.verify(
        found.seal, at=at, anchors=policy.seals, algorithms=policy.algorithms & jades.ALGORITHMS
    )
    report = Report(
        checks=(_structure(document), *sealed.checks, *_validity(document, at, policy)),
        verified_at=at,
        format=UNKNOWN_FORMAT,
        document=document,
        envelope="jades",
        seal=str(seals.kind_of_seal(sealed.facts)),
    )
    report = _told(report, *data_model.issuer_of(document), at=at, policy=policy)
    if report.credential is None:
        return report
    issuer = report.credential.issuer
    names = seals.names_issuer(
        sealed.facts, names=[issuer.name], identifiers=[each.value for each in issuer.identifiers]
    )
    return replace(report, checks=(*report.checks, names))


def _unsealed(found: Unsealed, at: datetime, policy: Policy) -> Report:
    """A European credential that nobody sealed, or several did: what it says, and that it is not intact."""
    document = strict_json.read_object(found.payload, max_bytes=policy.max_bytes)
    report = Report(
        checks=(
            _structure(document),
            proofs.failure("seal", Question.INTACT, found.reason),
            *_validity(document, at, policy),
        ),
        verified_at=at,
        format=UNKNOWN_FORMAT,
        document=document,
        envelope="jades",
    )
    return _told(report, *data_model.issuer_of(document), at=at, policy=policy)


def _attestation(found: Attestation, at: datetime, policy: Policy) -> Report:
    """An SD-JWT VC: what of it is disclosed."""
    checked = sd_jwt.check(found.text, at=at, policy=policy)
    report = Report(
        checks=checked.checks,
        verified_at=at,
        format=sd_jwt_vc.name,
        document=checked.claims,
        envelope="sd-jwt",
    )
    return _told(report, checked.issuer_id, checked.issuer_name, at=at, policy=policy)


def _old_badge(found: Given, at: datetime, policy: Policy) -> Report:
    """An Open Badge 2 or 1: by its issuer's address, or by the issuer's key."""
    checked = badges_2.check(found, at=at, policy=policy)
    report = Report(
        checks=tuple(each for each in checked.checks if each.name != "issuer_known"),  # `_told` adds it
        verified_at=at,
        format=open_badges_2.name,
        credential=checked.credential,
        document=checked.document,
        envelope="jws" if found.jws is not None else "",
    )
    return _told(report, checked.issuer_id, checked.issuer_name, at=at, policy=policy)


def _told(report: Report, issuer_id: str, issuer_name: str, *, at: datetime, policy: Policy) -> Report:
    """With what it says, and who says who its issuer is."""
    vouchers = policy.trust.vouchers(issuer_id, at=at) if policy.trust and issuer_id else ()
    format_name, credential = report.format, report.credential
    if credential is None and report.document is not None:
        format_name, credential = _content(report.document, report.format)
    return replace(
        report,
        checks=(*report.checks, _issuer_known(issuer_id, vouchers)),
        format=format_name,
        issuer_id=issuer_id,
        issuer_name=issuer_name or (credential.issuer.name if credential else ""),
        credential=credential,
        vouchers=vouchers,
    )


def _validity(document: dict[str, Any], at: datetime, policy: Policy) -> Iterator[Check]:
    yield _moment(document, at, begins=True)
    yield _moment(document, at, begins=False)
    yield from _statuses(document, data_model.issuer_of(document)[0], at, policy)


class Remembering(Resolver):
    """Asks for each issuer once in a verification: the credential and its lists have the same one."""

    def __init__(self, resolver: Resolver) -> None:
        super().__init__()
        self._resolver = resolver
        self._known: dict[str, dict[str, object] | ResolutionError] = {}

    def resolve(self, did: str) -> dict[str, object]:
        return self._once(did, lambda: self._resolver.resolve(did))

    def issuer_metadata(self, issuer: str, url: str) -> dict[str, object]:
        return self._once(url, lambda: self._resolver.issuer_metadata(issuer, url))

    def _once(self, name: str, ask: Callable[[], dict[str, object]]) -> dict[str, object]:
        if name not in self._known:
            try:
                self._known[name] = ask()
            except ResolutionError as error:
                self._known[name] = error
        known = self._known[name]
        if isinstance(known, ResolutionError):
            raise known
        return known

    def fetch(self, url: str) -> Fetched:
        return self._resolver.fetch(url)


def _structure(document: dict[str, Any]) -> Check:
    try:
        data_model.check(document)
    except DataModelError as error:
        return proofs.failure("structure", Question.INTACT, error)
    return Check("structure", Question.INTACT, Outcome.PASSED)


def _moment(document: dict[str, Any], at: datetime, *, begins: bool) -> Check:
    """One end of the validity; an end that is not stated is no limit."""
    name, stated = ("not_before", data_model.beginning_of) if begins else ("not_expired", data_model.end_of)
    try:
        met = stated(document)
    except DataModelError as error:
        return Check(name, Question.VALID, Outcome.INDETERMINATE, "validity.unreadable", str(error))
    if met is None:
        return Check(name, Question.VALID, Outcome.PASSED)
    key, moment = met
    facts = {"from" if begins else "until": moments.write(moment)}
    if (moment > at) if begins else (moment < at):
        code = "validity.not_yet" if begins else "validity.expired"
        detail = f"expected a credential that is valid at {moments.write(at)}, met {key} {document[key]}"
        return Check(name, Question.VALID, Outcome.FAILED, code, detail, facts)
    return Check(name, Question.VALID, Outcome.PASSED, facts=facts)


def _statuses(document: dict[str, Any], issuer_id: str, at: datetime, policy: Policy) -> Iterator[Check]:
    try:
        if european.recognises(document):
            entries = [status_entries.write(_as_entry(each)) for each in european.status_entries(document)]
        else:
            entries = data_model.objects(document, "credentialStatus")
    except UnsupportedStatusError as error:
        yield Check("status", Question.VALID, Outcome.INDETERMINATE, error.code, str(error))
        return
    except DataModelError as error:
        yield Check("status", Question.VALID, Outcome.INDETERMINATE, "status.invalid", str(error))
        return
    if len(entries) > policy.max_status_entries:
        detail = f"expected at most {policy.max_status_entries} status entries, met {len(entries)}"
        yield Check("status", Question.VALID, Outcome.INDETERMINATE, "status.invalid", detail)
        return
    yield from statuses.check_all(entries, issuer_id=issuer_id, at=at, policy=policy)


def _issuer_known(issuer_id: str, vouchers: tuple[Voucher, ...]) -> Check:
    facts = {"issuer": issuer_id}
    if not vouchers:
        detail = f"expected somebody who vouches for {issuer_id[:200]!r}, met nobody"
        return Check("issuer_known", Question.ISSUER, Outcome.INDETERMINATE, "issuer.unknown", detail, facts)
    return Check("issuer_known", Question.ISSUER, Outcome.PASSED, facts=facts)


def _as_entry(place: StatusEntry) -> status_entries.Entry:
    return status_entries.Entry(place.list_url, place.index, status_entries.Purpose(place.purpose))


def _content(document: dict[str, Any], unknown: str) -> tuple[str, Credential | None]:
    """What the credential says, by the first format that knows it."""
    for known in plugins.formats():
        if known.recognises(document):
            try:
                return known.name, known.from_document(document)
            except DataModelError:
                return known.name, None
    return unknown, None
