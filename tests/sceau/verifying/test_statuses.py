"""Every purpose, size and age of a Bitstring Status List, and all that can be wrong with one."""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sceau.status.test_bitstring import inflating_to_a_gigabyte

from sceau.canon import strict_json
from sceau.did import document as did_document
from sceau.did.resolver import Resolver
from sceau.issuing import issue_status_list
from sceau.keys.signer import Ed25519Signer
from sceau.ports import Fetched
from sceau.proofs import jose
from sceau.proofs.eddsa_rdfc_2022 import SUITE
from sceau.status import bitstring, entries
from sceau.status.entries import Entry, Purpose
from sceau.testing import EXAMPLE_MOMENT, MemoryDocuments, MemoryStatuses, key_signer, web_signer
from sceau.verifying import statuses
from sceau.verifying.policy import Policy
from sceau.verifying.report import Check, Outcome, Question

DID = "did:web:example.org:o:atelier"
LIST = "https://example.org/status/1"
NOW = EXAMPLE_MOMENT + timedelta(hours=1)
SIGNER = web_signer(DID)
RESOLVER = Resolver(
    documents=[
        MemoryDocuments(did_document.build(DID, [(SIGNER.verification_method, SIGNER.public_key_multibase)]))
    ]
)
WORDS = {0: "pending_review", 1: "accepted", 2: "rejected", 3: "undefined"}


def a_list(values: dict[int, int] | None = None, *, size: int = 1, **changes: Any) -> bytes:
    settled: dict[str, Any] = {
        "list_url": LIST,
        "issuer_id": DID,
        "purpose": "revocation",
        "signer": SIGNER,
        "created": EXAMPLE_MOMENT,
    }
    bits = bitstring.build(values or {}, size=size)
    return issue_status_list(bits=bits, size=size, **settled | changes)


def an_entry(purpose: str = "revocation", index: int = 7, **more: Any) -> dict[str, Any]:
    return entries.write(Entry(LIST, index, Purpose(purpose), **more))


def resigned(
    data: bytes, change: Callable[[dict[str, Any]], object], signer: Ed25519Signer = SIGNER
) -> bytes:
    """The same list changed by its own issuer, with a good proof."""
    document = json.loads(data)
    del document["proof"]
    change(document)
    proof = SUITE.create_proof(document, signer=signer, created=EXAMPLE_MOMENT)
    return strict_json.write({**document, "proof": [proof]})


def as_token(document: dict[str, Any], signer: Ed25519Signer = SIGNER) -> bytes:
    """Signed as JSON, which takes whatever RDF would refuse to sign."""
    return jose.sign(strict_json.write(document), signer=signer, typ="vc+jwt").encode()


def checked(entry: dict[str, Any], body: bytes | Fetched, *, at: datetime = NOW, **changes: Any) -> Check:
    settled: dict[str, Any] = {"resolver": RESOLVER, "statuses": MemoryStatuses({LIST: body})}
    return statuses.check(entry, issuer_id=DID, at=at, policy=Policy(**settled | changes))


def is_unknown(check: Check, code: str) -> bool:
    return (check.outcome, check.code) == (Outcome.INDETERMINATE, code)


# What each purpose means.


@pytest.mark.parametrize(
    ("purpose", "outcome", "code"),
    [
        ("revocation", Outcome.FAILED, "status.revoked"),
        ("suspension", Outcome.FAILED, "status.suspended"),
        ("refresh", Outcome.PASSED, "status.refresh"),
    ],
)
def test_a_bit_that_is_set(purpose: str, outcome: Outcome, code: str) -> None:
    body = a_list({7: 1}, purpose=purpose)

    met = checked(an_entry(purpose), body)
    neighbour = checked(an_entry(purpose, index=8), body)

    assert (met.name, met.question, met.outcome, met.code) == (purpose, Question.VALID, outcome, code)
    assert (neighbour.outcome, neighbour.code) == (Outcome.PASSED, "")


@pytest.mark.parametrize("value", [0, 1, 2, 3])
def test_a_message_is_told_and_not_judged(value: int) -> None:
    entry = an_entry("message", size=2, messages=WORDS, references=("https://example.org/words",))

    met = checked(entry, a_list({7: value}, size=2, purpose="message"))

    assert (met.name, met.outcome, met.code) == ("message", Outcome.PASSED, "status.message")
    assert met.facts == {
        "list": LIST,
        "purpose": "message",
        "read_at": "2026-06-02T08:00:00Z",
        "age_seconds": 3600,
        "value": value,
        "message": WORDS[value],
        "references": ["https://example.org/words"],
    }


def test_a_message_of_one_bit_without_words() -> None:
    body = a_list({7: 1}, purpose="message")

    assert checked(an_entry("message"), body).facts["message"] == "set"
    assert checked(an_entry("message", index=8), body).facts["message"] == "unset"


@pytest.mark.parametrize("size", [2, 3, 5, 8])
def test_a_revocation_of_several_bits_is_any_value_but_0(size: int) -> None:
    words = {value: f"reason {value}" for value in range(1 << size)}
    body = a_list({7: 2}, size=size)

    met = checked(an_entry(size=size, messages=words), body)

    assert (met.outcome, met.code) == (Outcome.FAILED, "status.revoked")
    assert (met.facts["value"], met.facts["message"]) == (2, "reason 2")
    assert checked(an_entry(size=size, messages=words, index=6), body).outcome is Outcome.PASSED


def test_a_list_may_serve_several_purposes() -> None:
    body = a_list({7: 1}, purpose=["suspension", "refresh"])

    assert checked(an_entry("suspension"), body).code == "status.suspended"
    assert checked(an_entry("refresh"), body).code == "status.refresh"
    assert is_unknown(checked(an_entry("revocation"), body), "status.invalid")


def test_a_list_may_come_as_a_token() -> None:
    document = json.loads(a_list({7: 1}))
    del document["proof"]
    token, stranger = as_token(document), as_token(document, key_signer())

    assert checked(an_entry(), token).code == "status.revoked"
    assert is_unknown(checked(an_entry(), stranger), "status.invalid")
    assert is_unknown(checked(an_entry(), token[:-8] + b"AAAAAAAA"), "status.invalid")
    assert is_unknown(checked(an_entry(), token, algorithms=frozenset({"ES256"})), "status.invalid")


# Its age.


@pytest.mark.parametrize(
    ("ttl", "max_status_age", "age", "fresh"),
    [
        (None, timedelta(days=1), timedelta(days=1), True),
        (None, timedelta(days=1), timedelta(days=1, seconds=1), False),
        (timedelta(hours=2), timedelta(days=1), timedelta(hours=2), True),
        (timedelta(hours=2), timedelta(days=1), timedelta(hours=3), False),
        (timedelta(days=9), timedelta(days=1), timedelta(days=2), False),
        (timedelta(days=9), timedelta(days=30), timedelta(days=2), True),
    ],
)
def test_the_smaller_bound_on_the_age_wins(
    ttl: timedelta | None, max_status_age: timedelta, age: timedelta, fresh: bool
) -> None:
    met = checked(an_entry(), a_list(ttl=ttl), at=EXAMPLE_MOMENT + age, max_status_age=max_status_age)

    if fresh:
        assert met.outcome is Outcome.PASSED
    else:
        assert is_unknown(met, "status.stale")
        assert met.facts["max_age_seconds"] == min(ttl or max_status_age, max_status_age).total_seconds()


@pytest.mark.parametrize(
    ("purpose", "code"),
    [
        ("revocation", "status.revoked"),
        ("refresh", "status.refresh"),
        ("suspension", "status.stale"),
        ("message", "status.stale"),
    ],
)
def test_only_what_cannot_be_taken_back_is_believed_of_an_old_copy(purpose: str, code: str) -> None:
    much_later = EXAMPLE_MOMENT + timedelta(days=400)
    old = a_list({7: 1}, purpose=purpose)
    past_its_end = a_list({7: 1}, purpose=purpose, valid_until=EXAMPLE_MOMENT + timedelta(days=7))

    assert checked(an_entry(purpose), old, at=much_later).code == code
    assert checked(an_entry(purpose), past_its_end, at=much_later).code == code
    assert is_unknown(checked(an_entry(purpose, index=8), past_its_end, at=much_later), "status.stale")


def test_a_list_from_a_moment_to_come() -> None:
    soon = a_list(created=NOW + timedelta(minutes=4))
    later = a_list(created=NOW + timedelta(minutes=6))

    assert checked(an_entry(), soon).outcome is Outcome.PASSED  # clocks differ
    assert is_unknown(checked(an_entry(), later), "status.invalid")


@pytest.mark.parametrize("ttl", [-1, 1.5, True, "300000", [300_000]])
def test_a_time_to_live_that_is_none(ttl: object) -> None:
    body = resigned(a_list(), lambda document: document["credentialSubject"].update(ttl=ttl))

    assert is_unknown(checked(an_entry(), body), "status.invalid")


def test_a_time_to_live_of_nothing_asks_for_a_fresh_copy_each_time() -> None:
    body = resigned(a_list(), lambda document: document["credentialSubject"].update(ttl=0))

    assert is_unknown(checked(an_entry(), body), "status.stale")
    assert checked(an_entry(), Fetched(body, NOW)).outcome is Outcome.PASSED


# What is wrong leaves the status unknown.


def packed(data: bytes) -> str:
    return "u" + base64.urlsafe_b64encode(data).rstrip(b"=").decode()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"encodedList": packed(inflating_to_a_gigabyte())}, "status.invalid"),
        ({"encodedList": packed(gzip.compress(bytes(16_384), mtime=0) * 2)}, "status.invalid"),
        ({"encodedList": packed(gzip.compress(bytes(16_383), mtime=0))}, "status.too_short"),
        ({"encodedList": packed(bytes(16_384))}, "status.invalid"),
        ({"statusPurpose": "suspension"}, "status.invalid"),
        ({"statusPurpose": []}, "status.invalid"),
        ({"statusPurpose": ["revocation", 5]}, "status.invalid"),
        ({"type": "StatusList2021"}, "status.invalid"),
    ],
    ids=["bomb", "two_members", "short", "plain", "purpose", "no_purpose", "odd_purpose", "type"],
)
def test_a_list_of_the_issuers_own_that_is_wrong(change: dict[str, Any], code: str) -> None:
    document = json.loads(a_list({7: 1}))
    del document["proof"]
    document["credentialSubject"] |= change

    assert is_unknown(checked(an_entry(), as_token(document)), code)


def test_a_list_of_another_size() -> None:
    """Too short for two bits; and one that states its own size must agree."""
    words = {value: str(value) for value in range(4)}
    document = json.loads(a_list(size=2))
    del document["proof"]
    document["credentialSubject"]["statusSize"] = 4
    stated = as_token(document)

    assert is_unknown(checked(an_entry(size=2, messages=words), a_list()), "status.too_short")
    assert is_unknown(checked(an_entry(size=2, messages=words), stated), "status.invalid")


@pytest.mark.parametrize("index", [131_072, 10**15])
def test_an_index_out_of_range(index: int) -> None:
    assert is_unknown(checked(an_entry(index=index), a_list()), "status.index")


def test_an_index_counts_values_and_not_bits() -> None:
    words = {value: str(value) for value in range(4)}
    body = a_list({131_071: 3}, size=2)

    assert checked(an_entry(index=131_071, size=2, messages=words), body).code == "status.revoked"
    assert is_unknown(checked(an_entry(index=131_072, size=2, messages=words), body), "status.index")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"statusPurpose": "gossip"}, "status.unsupported"),
        ({"type": "RevocationList2020Status"}, "status.unsupported"),
        ({"statusSize": 16}, "status.unsupported"),
        ({"statusListIndex": 7}, "status.invalid"),
        ({"statusListIndex": "9" * 30}, "status.index"),
        ({"id": LIST}, "status.invalid"),
        ({"statusSize": 2}, "status.invalid"),
    ],
)
def test_an_entry_that_is_not_read_asks_for_no_list(change: dict[str, Any], code: str) -> None:
    lists = MemoryStatuses({LIST: a_list()})

    met = statuses.check(
        an_entry() | change, issuer_id=DID, at=NOW, policy=Policy(resolver=RESOLVER, statuses=lists)
    )

    assert is_unknown(met, code)
    assert lists.asked == []


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_a_flipped_bit_anywhere_never_makes_a_revoked_credential_good(data: st.DataObject) -> None:
    body = bytearray(REVOKED)
    position = data.draw(st.integers(0, len(body) - 1))
    body[position] ^= 1 << data.draw(st.integers(0, 7))

    met = checked(an_entry(), bytes(body))

    assert met.outcome is not Outcome.PASSED
    if bytes(body) != REVOKED and met.outcome is Outcome.FAILED:
        assert met.code == "status.revoked"  # a blank among blanks changes nothing that is signed


REVOKED = a_list({7: 1})


# Several entries.


def checks(*found: dict[str, Any], body: bytes) -> list[tuple[str, Outcome, str]]:
    policy = Policy(resolver=RESOLVER, statuses=MemoryStatuses({LIST: body}))
    met = statuses.check_all(found, issuer_id=DID, at=NOW, policy=policy)
    return [(check.name, check.outcome, check.code) for check in met]


def test_a_place_named_twice_is_refused() -> None:
    again = an_entry() | {"id": "https://example.org/status/1#again"}

    assert checks(an_entry(), again, body=a_list()) == [
        ("revocation", Outcome.PASSED, ""),
        ("revocation", Outcome.INDETERMINATE, "status.reused"),
    ]
    assert checks(an_entry(), again, body=a_list({7: 1}))[0][2] == "status.revoked"


def test_other_places_and_other_purposes_are_not_the_same_place() -> None:
    body = a_list({7: 1}, purpose=["revocation", "suspension"])

    assert checks(an_entry(index=8), an_entry("suspension", index=8), an_entry(), body=body) == [
        ("revocation", Outcome.PASSED, ""),
        ("suspension", Outcome.PASSED, ""),
        ("revocation", Outcome.FAILED, "status.revoked"),
    ]


def test_entries_that_cannot_be_read_are_each_told() -> None:
    odd = an_entry() | {"statusPurpose": "gossip"}

    assert checks(odd, odd, body=a_list()) == [
        ("status", Outcome.INDETERMINATE, "status.unsupported"),
        ("status", Outcome.INDETERMINATE, "status.unsupported"),
    ]
