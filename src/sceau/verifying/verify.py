"""
Verification: everything that can be found out about one credential, as a `Report`.

    report = verify(data, at=now, policy=Policy(resolver=Resolver(fetcher=fetcher), statuses=lists))
    report.answer(Question.INTACT)
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from sceau import plugins
from sceau.did.resolver import Resolver
from sceau.errors import DataModelError, ResolutionError
from sceau.formats import data_model
from sceau.model import moments
from sceau.model.credential import Credential
from sceau.ports import Voucher
from sceau.verifying import proofs, statuses
from sceau.verifying.policy import Policy
from sceau.verifying.reading import Secured, read
from sceau.verifying.report import Check, Outcome, Question, Report

UNKNOWN_FORMAT = "verifiable_credential"


def verify(data: bytes | str, *, at: datetime, policy: Policy) -> Report:
    """
    Verify one credential.

    Args:
        data: JSON, a compact token (VC-JOSE or the JWT proof of Open Badges 3.0), an enveloped credential, or
            an SVG with one of these baked in; from anybody.
        at: Aware; the moment for which the answers hold.

    Returns:
        A report, however bad the credential is.

    Raises:
        UnreadableError: There is no credential to report about; the class says why.
    """
    secured = read(data, max_bytes=policy.max_bytes)
    return verify_secured(secured, at=at, policy=replace(policy, resolver=Remembering(policy.resolver)))


def verify_secured(secured: Secured, *, at: datetime, policy: Policy) -> Report:
    """Verify a credential that was read already."""
    document = secured.document
    issuer_id, issuer_name = data_model.issuer_of(document)
    vouchers = policy.trust.vouchers(issuer_id, at=at) if policy.trust and issuer_id else ()
    checks = [
        _structure(document),
        *proofs.check_all(secured, at=at, policy=policy),
        _moment(document, at, begins=True),
        _moment(document, at, begins=False),
        *_statuses(document, issuer_id, at, policy),
        _issuer_known(issuer_id, vouchers),
    ]
    format_name, credential = _content(document)
    return Report(
        checks=tuple(checks),
        verified_at=at,
        format=format_name,
        issuer_id=issuer_id,
        issuer_name=issuer_name,
        credential=credential,
        document=document,
        vouchers=vouchers,
        envelope="jwt" if secured.token is not None else "",
    )


class Remembering(Resolver):
    """Asks for each DID once in a verification: the credential and its lists have the same issuer."""

    def __init__(self, resolver: Resolver) -> None:
        super().__init__()
        self._resolver = resolver
        self._known: dict[str, dict[str, object] | ResolutionError] = {}

    def resolve(self, did: str) -> dict[str, object]:
        if did not in self._known:
            try:
                self._known[did] = self._resolver.resolve(did)
            except ResolutionError as error:
                self._known[did] = error
        known = self._known[did]
        if isinstance(known, ResolutionError):
            raise known
        return known

    def fetch_json(self, url: str) -> dict[str, object]:
        return self._resolver.fetch_json(url)


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
        entries = data_model.objects(document, "credentialStatus")
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


def _content(document: dict[str, Any]) -> tuple[str, Credential | None]:
    """What the credential says, by the first format that knows it."""
    for known in plugins.formats():
        if known.recognises(document):
            try:
                return known.name, known.from_document(document)
            except DataModelError:
                return known.name, None
    return UNKNOWN_FORMAT, None
