"""A place in a Token Status List: told by a list that is signed, meant, whole and fresh; else unknown."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sceau.status.test_bitstring import inflating_to_a_gigabyte
from tests.sceau.status.test_token_list import packed

from sceau.canon import strict_json
from sceau.did import document as did_document
from sceau.did.resolver import Resolver
from sceau.errors import DataModelError, StatusListTooShortError
from sceau.issuing import issue_token_status_list
from sceau.keys import jwk
from sceau.keys.public import KeyType, PublicKey
from sceau.keys.signer import EcdsaSigner, Ed25519Signer
from sceau.ports import Fetched, Signer
from sceau.proofs import jose
from sceau.proofs.jose import Jws
from sceau.status import token_list
from sceau.status.token_list import StatusList
from sceau.testing import (
    EXAMPLE_MOMENT,
    MemoryDocuments,
    MemoryFetcher,
    MemoryStatuses,
    key_signer,
    web_signer,
)
from sceau.verifying.policy import Policy
from sceau.verifying.report import Check, Outcome, Question
from sceau.verifying.token_statuses import KeyFinder, check, keys_of_did

DID = "did:web:example.org:o:atelier"
URI = "https://example.org/statuslists/1"
NOW = EXAMPLE_MOMENT + timedelta(hours=1)
SIGNER = web_signer(DID)
LENGTH = 131_072


def a_document(*signers: Ed25519Signer, **changes: Any) -> dict[str, Any]:
    found: dict[str, Any] = did_document.build(
        DID, [(signer.verification_method, signer.public_key_multibase) for signer in signers]
    )
    for method in found["verificationMethod"]:
        method.update(changes)
    return found


def a_list(values: dict[int, int] | None = None, *, size: int = 2, **changes: Any) -> bytes:
    settled: dict[str, Any] = {"uri": URI, "signer": SIGNER, "created": EXAMPLE_MOMENT}
    statuses = token_list.build(values or {}, length=LENGTH, size=size)
    return issue_token_status_list(statuses=statuses, **settled | changes)


def claims_of(data: bytes) -> dict[str, Any]:
    return jose.parse(data.decode()).claims()


def resigned(
    change: Callable[[dict[str, Any]], object] = lambda claims: None,
    *,
    signer: Signer = SIGNER,
    typ: str = token_list.TOKEN_TYPE,
    header: dict[str, Any] | None = None,
) -> bytes:
    claims = claims_of(a_list())
    change(claims)
    return jose.sign(strict_json.write(claims), signer=signer, typ=typ, header=header).encode()


def checked(
    body: bytes | Fetched | None,
    index: int = 7,
    *,
    at: datetime = NOW,
    signed_by: PublicKey | KeyFinder | None = None,
    document: dict[str, Any] | None = None,
    **changes: Any,
) -> Check:
    settled: dict[str, Any] = {
        "resolver": Resolver(documents=[MemoryDocuments(document or a_document(SIGNER))]),
        "statuses": MemoryStatuses({} if body is None else {URI: body}),
    }
    policy = Policy(**settled | changes)
    return check(
        {"status_list": {"idx": index, "uri": URI}},
        signed_by=signed_by or keys_of_did(DID, at=at, policy=policy),
        at=at,
        policy=policy,
    )


def is_unknown(met: Check, code: str) -> bool:
    return (met.outcome, met.code) == (Outcome.INDETERMINATE, code)


# The answers.


@pytest.mark.parametrize(
    ("value", "outcome", "code"),
    [
        (0, Outcome.PASSED, ""),
        (1, Outcome.FAILED, "status.revoked"),
        (2, Outcome.FAILED, "status.suspended"),
        (3, Outcome.INDETERMINATE, "status.application_specific"),
    ],
)
def test_each_status(value: int, outcome: Outcome, code: str) -> None:
    met = checked(a_list({7: value}))

    assert (met.name, met.question, met.outcome, met.code) == ("revocation", Question.VALID, outcome, code)
    assert met.facts == {
        "list": URI,
        "purpose": "revocation",
        "read_at": "2026-06-02T08:00:00Z",
        "age_seconds": 3600,
        "value": value,
    }


@pytest.mark.parametrize("value", [4, 11, 15, 16, 255])
def test_a_status_that_only_the_issuer_knows(value: int) -> None:
    assert is_unknown(checked(a_list({7: value}, size=8)), "status.application_specific")


def test_the_published_token(vectors: Path) -> None:
    # The example of «Status List Token in JWT Format», and the public half of the draft's example key "12".
    raw = (vectors / "token-status-list" / "status_list_jwt_raw.md").read_text(encoding="utf-8")
    key = jwk.decode(
        {
            "kty": "EC",
            "crv": "P-256",
            "x": "I3HWm_0Ds1dPMI-IWmf4mBmH-YaeAVbPVu7vB27CxXo",
            "y": "6N_d5Elj9bs1htgV3okJKIdbHEpkgTmAluYKJemzn1M",
        }
    )
    uri = "https://example.com/statuslists/1"
    made = datetime.fromtimestamp(1_686_920_170, UTC)
    body = Fetched(raw.replace("\n", "").strip().encode(), made)
    policy = Policy(resolver=Resolver(), statuses=MemoryStatuses({uri: body}))
    met = [
        check({"status_list": {"idx": index, "uri": uri}}, signed_by=key, at=made, policy=policy)
        for index in range(17)
    ]

    assert [each.facts.get("value") for each in met] == [1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1, None]
    assert is_unknown(met[16], "status.index")
    after = made + timedelta(seconds=43_201)  # its time to live is 43,200 s
    assert is_unknown(
        check({"status_list": {"idx": 1, "uri": uri}}, signed_by=key, at=after, policy=policy), "status.stale"
    )


def test_issuing_writes_the_claims_that_the_draft_asks_for() -> None:
    data = a_list({7: 1}, valid_until=EXAMPLE_MOMENT + timedelta(days=7), ttl=timedelta(hours=12))
    token = jose.parse(data.decode())

    assert data == a_list({7: 1}, valid_until=EXAMPLE_MOMENT + timedelta(days=7), ttl=timedelta(hours=12))
    assert token.header == {"alg": "EdDSA", "typ": "statuslist+jwt", "kid": SIGNER.verification_method}
    claims = token.claims()
    assert list(claims) == ["sub", "iat", "exp", "ttl", "status_list"]
    assert (claims["sub"], claims["iat"], claims["ttl"]) == (URI, 1_780_387_200, 43_200)
    assert claims["exp"] - claims["iat"] == 7 * 86_400
    assert token_list.decode(claims["status_list"]).value(7) == 1


def test_lists_that_are_not_issued() -> None:
    with pytest.raises(StatusListTooShortError):
        issue_token_status_list(
            uri=URI, statuses=StatusList(bytes(16_383)), signer=SIGNER, created=EXAMPLE_MOMENT
        )
    with pytest.raises(DataModelError):
        a_list(created=EXAMPLE_MOMENT.replace(tzinfo=None))
    with pytest.raises(DataModelError):
        a_list(ttl=timedelta(milliseconds=500))


# Whose key?


def test_a_key_given_by_the_caller() -> None:
    signer = EcdsaSigner.generate(KeyType.P256, lambda multibase: f"https://example.org/keys#{multibase}")

    assert checked(a_list({7: 1}, signer=signer), signed_by=signer.public_key).code == "status.revoked"
    assert is_unknown(checked(a_list({7: 1}, signer=signer), signed_by=SIGNER.public_key), "status.invalid")
    assert is_unknown(checked(a_list({7: 1}), signed_by=signer.public_key), "status.invalid")


def test_a_key_found_by_the_caller() -> None:
    known = {SIGNER.verification_method: SIGNER.public_key}
    asked: list[object] = []

    def find(token: Jws) -> PublicKey:
        asked.append(token.header["kid"])
        return known[token.header["kid"]]

    assert checked(a_list({7: 1}), signed_by=find).code == "status.revoked"
    assert asked == [SIGNER.verification_method]


def test_a_key_of_somebody_else() -> None:
    stranger = key_signer()
    pretending = Ed25519Signer(bytes(31) + b"\x09", SIGNER.verification_method)

    assert is_unknown(checked(a_list(signer=stranger)), "status.invalid")
    assert is_unknown(checked(a_list(signer=pretending)), "status.invalid")
    assert is_unknown(checked(a_list(signer=web_signer(DID, 2))), "status.invalid")
    assert is_unknown(checked(resigned(header={"kid": 5})), "status.invalid")
    assert is_unknown(checked(resigned(header={"kid": "12"})), "status.invalid")


def test_a_key_that_was_withdrawn() -> None:
    withdrawn = a_document(SIGNER, revoked="2026-06-02T08:30:00Z")

    assert is_unknown(checked(a_list(), document=withdrawn), "status.invalid")
    assert checked(a_list(), document=withdrawn, at=EXAMPLE_MOMENT).outcome is Outcome.PASSED


def test_a_key_out_of_reach() -> None:
    away = Resolver(fetcher=MemoryFetcher())

    assert is_unknown(checked(a_list(), resolver=away), "did.unresolved")


# Its age.


@pytest.mark.parametrize(
    ("value", "code"), [(0, "status.stale"), (1, "status.revoked"), (2, "status.stale"), (3, "status.stale")]
)
def test_an_old_copy_shows_a_revocation_and_nothing_else(value: int, code: str) -> None:
    met = checked(a_list({7: value}), at=EXAMPLE_MOMENT + timedelta(days=3))

    assert met.code == code
    assert met.outcome is (Outcome.FAILED if value == 1 else Outcome.INDETERMINATE)


@pytest.mark.parametrize(
    ("ttl", "age", "fresh"),
    [
        (timedelta(hours=2), timedelta(hours=2), True),
        (timedelta(hours=2), timedelta(hours=3), False),
        (timedelta(days=9), timedelta(hours=23), True),
        (timedelta(days=9), timedelta(hours=25), False),
    ],
)
def test_the_smaller_bound_on_the_age_wins(ttl: timedelta, age: timedelta, fresh: bool) -> None:
    met = checked(a_list(ttl=ttl), at=EXAMPLE_MOMENT + age)

    assert (met.outcome is Outcome.PASSED) is fresh
    assert fresh or is_unknown(met, "status.stale")


def test_a_list_past_its_end_shows_nothing() -> None:
    body = a_list({7: 1}, valid_until=NOW)

    assert is_unknown(checked(body), "status.stale")
    assert checked(body, at=NOW - timedelta(seconds=1)).code == "status.revoked"


@pytest.mark.parametrize("offline", [False, True])
def test_a_list_out_of_reach(offline: bool) -> None:
    code = "status.offline" if offline else "status.unreachable"

    assert is_unknown(checked(None, offline=offline), code)
    assert is_unknown(checked(None, statuses=None, offline=offline), code)


# What is wrong leaves the status unknown.


def without(name: str) -> Callable[[dict[str, Any]], object]:
    return lambda claims: claims.pop(name)


def with_(**changes: Any) -> Callable[[dict[str, Any]], object]:
    return lambda claims: claims.update(changes)


@pytest.mark.parametrize(
    "change",
    [
        without("sub"),
        without("iat"),
        without("status_list"),
        with_(sub=URI + "/"),
        with_(sub=[URI]),
        with_(sub=None),
        with_(iat="2026-06-02T08:00:00Z"),
        with_(iat=True),
        with_(iat=-1),
        with_(iat=9_000_000_000_000_000),
        with_(iat=int((NOW + timedelta(minutes=6)).timestamp())),
        with_(nbf=int((NOW + timedelta(minutes=6)).timestamp())),
        with_(exp="never"),
        with_(exp=None),
        with_(exp=True),
        with_(ttl=0),
        with_(ttl=-5),
        with_(ttl="43200"),
        with_(ttl=True),
        with_(status_list=[]),
        with_(status_list={"bits": 3, "lst": "eNrbuRgAAhcBXQ"}),
        with_(status_list={"bits": 1, "lst": "uH4sI"}),
        with_(status_list={"bits": 1, "lst": packed(b"\x78\xda" + inflating_to_a_gigabyte()[10:])}),
    ],
)
def test_claims_that_are_wrong(change: Callable[[dict[str, Any]], object]) -> None:
    assert is_unknown(checked(resigned(change)), "status.invalid")


def test_times_to_live_and_ends_beyond_any_calendar() -> None:
    far = 9_000_000_000_000_000

    assert checked(resigned(with_(ttl=far, exp=far))).outcome is Outcome.PASSED
    assert checked(resigned(with_(ttl=0.5)), at=EXAMPLE_MOMENT).outcome is Outcome.PASSED


def test_headers_that_are_wrong() -> None:
    good = a_list()
    header, payload, signature = good.split(b".")

    def with_header(**members: Any) -> bytes:
        own = {"alg": "EdDSA", "typ": "statuslist+jwt", "kid": SIGNER.verification_method} | members
        return jwk.base64url_encode(strict_json.write(own)).encode() + b"." + payload + b"." + signature

    assert checked(good).outcome is Outcome.PASSED
    assert with_header() == good
    bodies = [
        with_header(alg="none"),
        b".".join((with_header(alg="none").split(b".")[0], payload, b"")),
        with_header(alg="HS256"),
        with_header(alg="ES256"),
        with_header(alg=None),
        resigned(typ="JWT"),
        resigned(typ="vc+jwt"),
        resigned(typ="statuslist+cwt"),
        resigned(header={"crit": ["exp"], "exp": 1}),
        resigned(header={"b64": False}),
        b".".join((header, payload)),
        b".".join((header, payload, signature, b"")),
        good + b"=",
        good.replace(b".", b".\n", 1),
        b"",
        b"\xff\xfe",
        "é".encode(),
        b'{"sub": "x"}',
        b"A" * 25_000_000,
    ]
    for body in bodies:
        assert is_unknown(checked(body), "status.invalid"), body[:80]


def test_a_media_type_may_be_written_in_full() -> None:
    assert checked(resigned(typ="application/statuslist+jwt")).outcome is Outcome.PASSED


def test_the_caller_chooses_the_algorithms() -> None:
    assert is_unknown(checked(a_list(), algorithms=frozenset({"ES256"})), "status.invalid")
    assert is_unknown(checked(a_list(), algorithms=frozenset()), "status.invalid")
    assert checked(a_list(), algorithms=frozenset({"EdDSA"})).outcome is Outcome.PASSED


@pytest.mark.parametrize("index", [LENGTH, 2**53 - 1])
def test_an_index_out_of_range(index: int) -> None:
    assert is_unknown(checked(a_list(), index), "status.index")


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (None, "status.unsupported"),
        ({"identifier_list": {}}, "status.unsupported"),
        ({"status_list": {"idx": "7", "uri": URI}}, "status.invalid"),
        ({"status_list": {"idx": -7, "uri": URI}}, "status.invalid"),
    ],
)
def test_a_reference_that_is_not_read_asks_for_no_list(status: object, code: str) -> None:
    lists = MemoryStatuses({URI: a_list()})
    policy = Policy(resolver=Resolver(), statuses=lists)

    met = check(status, signed_by=SIGNER.public_key, at=NOW, policy=policy)

    assert is_unknown(met, code)
    assert lists.asked == []


def test_a_key_said_twice_in_the_claims() -> None:
    claims = json.dumps(claims_of(a_list())).replace('"sub"', f'"sub": {json.dumps(URI)}, "sub"', 1)
    body = jose.sign(claims.encode(), signer=SIGNER, typ=token_list.TOKEN_TYPE).encode()

    assert is_unknown(checked(body), "status.invalid")


GOOD = a_list({7: 1})


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_a_flipped_bit_anywhere_leaves_the_status_unknown(data: st.DataObject) -> None:
    body = bytearray(GOOD)
    body[data.draw(st.integers(0, len(body) - 1))] ^= 1 << data.draw(st.integers(0, 7))

    assert is_unknown(checked(bytes(body)), "status.invalid")
