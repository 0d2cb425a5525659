"""What hostile input is made from: one good credential in each of its forms, and the questions put to it."""

from __future__ import annotations

import base64
import copy
import functools
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, NamedTuple

from sceau.canon import strict_json
from sceau.did import did_key, did_web
from sceau.did import document as did_document
from sceau.did.resolver import Resolver
from sceau.errors import SceauError
from sceau.formats import baking
from sceau.issuing import (
    issue_status_list,
    issue_token_status_list,
    present,
    presentation,
    secure,
    secure_token,
)
from sceau.keys.jwk import base64url_encode
from sceau.keys.public import KeyType
from sceau.keys.signer import EcdsaSigner
from sceau.ports import Signer
from sceau.proofs import cryptosuites, jose
from sceau.status import bitstring, token_list
from sceau.testing import (
    EXAMPLE_MOMENT,
    MemoryDocuments,
    MemoryFetcher,
    MemoryStatuses,
    example_credential,
    key_signer,
    web_signer,
)
from sceau.verifying import token_statuses
from sceau.verifying.policy import Policy
from sceau.verifying.presentations import verify_presentation
from sceau.verifying.report import Check, Outcome, Question
from sceau.verifying.verify import verify

NOW = EXAMPLE_MOMENT + timedelta(hours=1)
LIST_URL = "https://example.org/status/1"
WEB_DID = "did:web:example.org:o:atelier"
CHALLENGE, DOMAIN = "3f9c2b", "verifieur.example"
SIGNER, STRANGER, HOLDER = key_signer(), key_signer(2), key_signer(7)
ISSUER, HOLDER_DID = (did_key.did(signer.public_key_multibase) for signer in (SIGNER, HOLDER))
ENTRY = {
    "type": "BitstringStatusListEntry",
    "statusPurpose": "revocation",
    "statusListIndex": "7",
    "statusListCredential": LIST_URL,
}


# — Answers —


class Answer(NamedTuple):
    """An outcome and the stable code of its first reason; or the exception that was raised, and its code."""

    outcome: str
    code: str


def failed(code: str) -> Answer:
    return Answer("failed", code)


def unknown(code: str) -> Answer:
    return Answer("indeterminate", code)


PASSED = Answer("passed", "")


def refused(error: type[SceauError]) -> Answer:
    return Answer(error.__name__, error.code)


Ask = Callable[[], Answer]


@dataclass(frozen=True)
class Attack:
    """
    One line of the corpus.

    Attributes:
        name: How it is made from something good; also its id.
        ask: Makes it, hands it over and gives the answer.
        expected: The answer it must have. `PASSED` where the change means nothing.
        vector: The published file it is made from, below ``../shared/vectors``.
    """

    name: str
    ask: Ask
    expected: Answer
    vector: str = ""


def _answer(outcome: Outcome, checks: tuple[Check, ...]) -> Answer:
    """With the first reason of the same outcome."""
    codes = [check.code for check in checks if check.outcome is outcome]
    return Answer(outcome.value, "" if outcome is Outcome.PASSED else codes[0])


def attempt(action: Callable[[], Answer | object]) -> Answer:
    """What an action answers; any other exception than ours is a failure of the test."""
    try:
        met = action()
    except SceauError as error:
        return refused(type(error))
    return met if isinstance(met, Answer) else Answer("accepted", "")


Data = bytes | str | Mapping[str, Any]


def written(data: Data) -> bytes | str:
    return data if isinstance(data, (bytes, str)) else json.dumps(data).encode()


def ask_verify(data: Data, question: Question, **policy: Any) -> Answer:
    policy.setdefault("resolver", Resolver(documents=[MemoryDocuments(web_document())]))
    policy.setdefault("statuses", MemoryStatuses({LIST_URL: status_list()}))
    report = verify(written(data), at=NOW, policy=Policy(**policy))
    return _answer(report.answer(question), report.reasons(question))


def intact(make: Callable[[], Data], **policy: Any) -> Ask:
    """Asks `verify` whether it is intact."""
    return lambda: attempt(lambda: ask_verify(make(), Question.INTACT, **policy))


def valid(make: Callable[[], Data], **policy: Any) -> Ask:
    """Asks `verify` whether it is still valid."""
    return lambda: attempt(lambda: ask_verify(make(), Question.VALID, **policy))


def listed(make: Callable[[], bytes], entry: Mapping[str, Any] | None = None) -> Ask:
    """Asks whether the good credential is valid, by a status list of the attacker."""

    def ask() -> Answer:
        statuses = MemoryStatuses({LIST_URL: make()})
        return ask_verify(with_status(entry or ENTRY), Question.VALID, statuses=statuses)

    return lambda: attempt(ask)


def token_listed(make: Callable[[], bytes | str], status: Any = None) -> Ask:
    """Asks for the status of a token, by a Token Status List of the attacker."""

    def ask() -> Answer:
        body = make()
        statuses = MemoryStatuses({LIST_URL: body if isinstance(body, bytes) else body.encode()})
        policy = Policy(resolver=Resolver(), statuses=statuses)
        find = token_statuses.keys_of_did(ISSUER, at=NOW, policy=policy)
        claim = {"status_list": {"idx": 7, "uri": LIST_URL}} if status is None else status
        check = token_statuses.check(claim, signed_by=find, at=NOW, policy=policy)
        return Answer(check.outcome.value, check.code)

    return lambda: attempt(ask)


def shown(make: Callable[[], Data], **options: Any) -> Ask:
    """Asks `verify_presentation`, which asked for `CHALLENGE` and is `DOMAIN`."""

    def ask() -> Answer:
        wanted = {"challenge": CHALLENGE, "domain": DOMAIN} | options
        policy = Policy(resolver=Resolver(), statuses=MemoryStatuses({LIST_URL: status_list()}))
        report = verify_presentation(written(make()), at=NOW, policy=policy, **wanted)
        inner = [
            check
            for each in report.credentials
            for question in (Question.INTACT, Question.VALID)
            for check in each.reasons(question)
        ]
        return _answer(report.outcome, (*report.checks, *report.unreadable, *inner))

    return lambda: attempt(ask)


def raises(action: Callable[[], object]) -> Ask:
    """Asks what a function refuses."""
    return lambda: attempt(action)


# — Good documents —


@functools.cache
def _credential() -> str:
    return json.dumps(secure(bare(), signer=SIGNER, created=EXAMPLE_MOMENT))


def bare() -> dict[str, Any]:
    """The whole example of `sceau.testing`, not signed."""
    from sceau.formats import open_badges_3

    return open_badges_3.to_document(example_credential())


def credential(**changes: Any) -> dict[str, Any]:
    """The good credential; *changes* are made after it was signed, None removes."""
    return changed(json.loads(_credential()), **changes)


def with_status(entry: Mapping[str, Any]) -> dict[str, Any]:
    """A good credential with a place in a status list."""
    return signed_blindly(credentialStatus=dict(entry))


@functools.cache
def _signed(suite: str, changes: str) -> str:
    document = changed(bare(), **json.loads(changes))
    chosen = cryptosuites.SUITES[suite]
    proof = chosen.create_proof(document, signer=SIGNER, created=EXAMPLE_MOMENT)
    return json.dumps(document | {"proof": proof})


def signed(suite: str = "eddsa-rdfc-2022", **changes: Any) -> dict[str, Any]:
    """A credential changed *before* its issuer signed it, without asking whether it may be signed."""
    document: dict[str, Any] = json.loads(_signed(suite, json.dumps(changes)))
    return document


def signed_blindly(**changes: Any) -> dict[str, Any]:
    """As `signed`, over canonical JSON, where a signature covers whatever stands there."""
    return signed("eddsa-jcs-2022", **changes)


def changed(document: Mapping[str, Any], **changes: Any) -> dict[str, Any]:
    merged = {**copy.deepcopy(dict(document)), **changes}
    return {name: value for name, value in merged.items() if value is not None}


def proof_of(document: Mapping[str, Any]) -> dict[str, Any]:
    found = document["proof"]
    return dict(found[0] if isinstance(found, list) else found)


def with_proof(document: dict[str, Any] | None = None, **changes: Any) -> dict[str, Any]:
    """The good credential with members of its proof changed; None removes."""
    document = credential() if document is None else document
    return document | {"proof": changed(proof_of(document), **changes)}


def with_options(purpose: str = "assertionMethod", signer: Signer = SIGNER, **options: Any) -> dict[str, Any]:
    """The good credential signed with other options: a proof that is right and says something it may not."""
    suite = cryptosuites.SUITES["eddsa-rdfc-2022"]
    created = options.pop("created", EXAMPLE_MOMENT)
    proof = suite.create_proof(bare(), signer=signer, created=created, purpose=purpose, options=options)
    return bare() | {"proof": proof}


@functools.cache
def ecdsa(kind: KeyType = KeyType.P256) -> EcdsaSigner:
    plain = EcdsaSigner.from_scalar(kind, b"\5", "")
    return EcdsaSigner.from_scalar(kind, b"\5", did_key.verification_method(plain.public_key_multibase))


def ecdsa_credential() -> dict[str, Any]:
    signer = ecdsa()
    issuer = did_document.did_of(signer.verification_method)
    document = bare()
    document["issuer"]["id"] = issuer
    return secure(document, signer=signer, created=EXAMPLE_MOMENT)


def token(
    *,
    header: Mapping[str, Any] | None = None,
    signer: Signer = SIGNER,
    typ: str = "vc+jwt",
    payload: bytes | None = None,
    **claims: Any,
) -> str:
    """A token signed rightly over whatever was put into it; None removes a claim or a header's member."""
    if payload is None:
        payload = strict_json.write(changed(bare(), **claims))
    protected = changed(
        {"alg": jose.algorithm_of(signer), "typ": typ, "kid": signer.verification_method}, **(header or {})
    )
    return compact(strict_json.write(protected), payload, signer=signer)


def compact(header: bytes, payload: bytes, *, signer: Signer = SIGNER) -> str:
    """A token of these very bytes."""
    signing_input = f"{base64url_encode(header)}.{base64url_encode(payload)}"
    return f"{signing_input}.{base64url_encode(signer.sign(signing_input.encode()))}"


def presented(*credentials: Mapping[str, Any], **options: Any) -> dict[str, Any]:
    """The good credential as its holder shows it."""
    made = {"signer": HOLDER, "challenge": CHALLENGE, "domain": DOMAIN, "created": EXAMPLE_MOMENT} | options
    return present(credentials or (credential(),), **made)


def presented_token(signer: Signer = HOLDER, **claims: Any) -> str:
    document = presentation([credential()], holder=HOLDER_DID)
    said = changed({"iss": HOLDER_DID, "nonce": CHALLENGE, "aud": DOMAIN}, **claims)
    return secure_token(document, signer=signer, claims=said)


def status_list(values: Mapping[int, int] | None = None, **changes: Any) -> bytes:
    """A status list of the issuer; *changes* are made before it is signed, to the list or its subject."""
    data = issue_status_list(
        list_url=LIST_URL,
        issuer_id=ISSUER,
        purpose="revocation",
        bits=bitstring.build(values or {}),
        signer=SIGNER,
        created=EXAMPLE_MOMENT,
    )
    if not changes:
        return data
    document = {name: value for name, value in json.loads(data).items() if name != "proof"}
    subject, subjects = changes.pop("credentialSubject", None), changes.pop("subjects", None)
    document = changed(document, **changes)
    if subjects is not None:
        document["credentialSubject"] = subjects
    if subject is not None:
        document["credentialSubject"] = changed(document["credentialSubject"], **subject)
    proof = cryptosuites.SUITES["eddsa-jcs-2022"].create_proof(
        document, signer=SIGNER, created=EXAMPLE_MOMENT
    )
    return strict_json.write(document | {"proof": proof})


def encoded(data: bytes) -> str:
    """Bytes as the text of an encodedList."""
    return "u" + base64.urlsafe_b64encode(data).decode().rstrip("=")


def token_status_list(values: Mapping[int, int] | None = None) -> str:
    return issue_token_status_list(
        uri=LIST_URL,
        statuses=token_list.build(values or {}, length=bitstring.MINIMUM_LENGTH),
        signer=SIGNER,
        created=EXAMPLE_MOMENT,
    ).decode()


def token_list_of(header: Mapping[str, Any] | None = None, signer: Signer = SIGNER, **claims: Any) -> str:
    """A Token Status List with claims or members of the header changed before it was signed."""
    good = jose.parse(token_status_list())
    payload = strict_json.write(changed(good.claims(), **claims))
    return compact(strict_json.write(changed(good.header, **(header or {}))), payload, signer=signer)


def svg(inside: str = "", *, around: str = "", head: str = "", prefix: str = "openbadges") -> bytes:
    """A drawing with *inside* in its credential element and *around* beside it."""
    namespace = f'xmlns="http://www.w3.org/2000/svg" xmlns:{prefix}="{baking.NAMESPACE}"'
    element = f"<{prefix}:credential>{inside}</{prefix}:credential>"
    return f"{head}<svg {namespace}>{element}{around}</svg>".encode()


def cdata(data: Mapping[str, Any] | None = None) -> str:
    return f"<![CDATA[{json.dumps(credential() if data is None else data)}]]>"


def web_document(**changes: Any) -> dict[str, Any]:
    """The DID document of an issuer on the web, as it publishes it."""
    signer = web_signer(WEB_DID)
    document = did_document.build(WEB_DID, [(signer.verification_method, signer.public_key_multibase)])
    return changed(document, **changes)


def by_web(document: Mapping[str, Any] | bytes | None, make: Callable[[], Data] | None = None) -> Ask:
    """Asks about a credential of an issuer on the web whose DID document is the attacker's."""

    def ask() -> Answer:
        url = did_web.document_url(WEB_DID)
        body = document if isinstance(document, bytes) else json.dumps(document).encode()
        pages = {} if document is None else {url: body}
        resolver = Resolver(fetcher=MemoryFetcher(pages))
        return ask_verify((make or web_credential)(), Question.INTACT, resolver=resolver)

    return lambda: attempt(ask)


def web_credential() -> dict[str, Any]:
    document = bare()
    document["issuer"]["id"] = WEB_DID
    return secure(document, signer=web_signer(WEB_DID), created=EXAMPLE_MOMENT)
