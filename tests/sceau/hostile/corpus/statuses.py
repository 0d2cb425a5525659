"""Attacks on status: places that are none, lists that are another's, old, empty, or too large."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from tests.sceau.hostile.good import (
    ENTRY,
    EXAMPLE_MOMENT,
    LIST_URL,
    NOW,
    PASSED,
    SIGNER,
    STRANGER,
    Answer,
    Ask,
    Attack,
    ask_verify,
    attempt,
    changed,
    compact,
    encoded,
    failed,
    intact,
    listed,
    raises,
    refused,
    signed,
    status_list,
    token,
    token_list_of,
    token_listed,
    token_status_list,
    unknown,
    valid,
    with_status,
)

from sceau.errors import FetchError, StatusListTooShortError
from sceau.issuing import issue_status_list
from sceau.keys.jwk import base64url_encode
from sceau.ports import Fetched
from sceau.proofs import cryptosuites
from sceau.status import bitstring
from sceau.testing import MemoryStatuses
from sceau.verifying.report import Question

INVALID, SHORT, INDEX, STALE, UNSUPPORTED, REUSED = (
    unknown(f"status.{name}") for name in ("invalid", "too_short", "index", "stale", "unsupported", "reused")
)
UNREACHABLE, REVOKED = unknown("status.unreachable"), failed("status.revoked")
ZEROS = bytes(bitstring.MINIMUM_LENGTH // 8)


def entry(**changes: Any) -> Ask:
    """A credential that names another place, of which its issuer has a good list."""
    return valid(lambda: with_status(changed(ENTRY, **changes)))


def entries(*found: Any) -> Ask:
    return valid(lambda: signed("eddsa-jcs-2022", credentialStatus=list(found)))


def changed_list(subject: dict[str, Any] | None = None, **changes: Any) -> Ask:
    """A list with other words in it, signed rightly."""
    if subject is not None:
        changes["credentialSubject"] = subject
    return listed(lambda: status_list(**changes))


def packed(make: Callable[[], str]) -> Ask:
    """A list with another encodedList, signed rightly."""
    return listed(lambda: status_list(credentialSubject={"encodedList": make()}))


def squeezed(data: bytes) -> str:
    return encoded(gzip.compress(data, mtime=0))


def bomb(header: bytes) -> bytes:
    """A gigabyte of zeros in a megabyte: one block of deflate, a thousand times."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    return header + block * 1_024 + b"\3\0"


GZIP, ZLIB = bytes.fromhex("1f8b0800000000000003"), bytes.fromhex("78da")


def by_a_stranger() -> bytes:
    """The issuer's list, with a proof by a stranger's own key."""
    document = changed(json.loads(status_list()), proof=None)
    suite = cryptosuites.SUITES["eddsa-rdfc-2022"]
    proof = suite.create_proof(document, signer=STRANGER, created=EXAMPLE_MOMENT)
    return json.dumps(document | {"proof": proof}).encode()


def of_a_stranger() -> bytes:
    return issue_status_list(
        list_url=LIST_URL,
        issuer_id=STRANGER.verification_method.partition("#")[0],
        purpose="revocation",
        bits=ZEROS,
        signer=STRANGER,
        created=EXAMPLE_MOMENT,
    )


def edited(old: str, new: str) -> Ask:
    """A list whose bytes were changed after it was signed."""

    def make() -> bytes:
        text = status_list({7: 1}).decode()
        assert old in text
        return text.replace(old, new).encode()

    return listed(make)


def two_lists() -> bytes:
    """The good bits, and others behind them."""
    subject = json.loads(status_list())["credentialSubject"]
    return status_list(id=LIST_URL, subjects=[subject, {**subject, "id": LIST_URL + "#other"}])


def emptied() -> bytes:
    """The revoked bit wiped out, the old signature kept."""
    document = json.loads(status_list({7: 1}))
    document["credentialSubject"]["encodedList"] = bitstring.encode(ZEROS)
    return json.dumps(document).encode()


class Circling:
    """Implements `sceau.ports.StatusSource` as a guarded fetcher does that is sent round in circles."""

    def status_list(self, url: str) -> Fetched:
        raise FetchError(f"expected an answer from {url}, met more than 3 redirections")


class Counting:
    """Gives the same list at every address, and counts."""

    def __init__(self, body: bytes) -> None:
        self.body = body
        self.asked = 0

    def status_list(self, url: str) -> Fetched:
        self.asked += 1
        return Fetched(self.body, NOW)


def a_list_with_a_status_of_its_own() -> Answer:
    """Whose place is in itself: whoever followed it would never come to an end."""
    source = Counting(status_list(credentialStatus={**ENTRY, "statusListIndex": "8"}))
    answer = ask_verify(with_status(ENTRY), Question.VALID, statuses=source)
    assert source.asked == 1
    return answer


def aged(hours: int) -> Ask:
    def ask() -> Answer:
        statuses = MemoryStatuses({LIST_URL: status_list()}, fetched_at=NOW - timedelta(hours=hours))
        return ask_verify(with_status(ENTRY), Question.VALID, statuses=statuses)

    return lambda: attempt(ask)


def values(mark: str, count: int) -> bytes:
    return f'{{"credentialSubject":[{",".join([mark] * count)}]}}'.encode()


def claims(status: Any = None, header: dict[str, Any] | None = None, **changes: Any) -> Ask:
    return token_listed(lambda: token_list_of(header, **changes), status)


def place(index: object = 7, uri: object = LIST_URL) -> dict[str, Any]:
    return {"status_list": {"idx": index, "uri": uri}}


def zipped(data: bytes, bits: object = 1) -> dict[str, Any]:
    return {"bits": bits, "lst": base64url_encode(zlib.compress(data))}


ATTACKS = (
    Attack("a list as it is", listed(status_list), PASSED),
    Attack("revoked", listed(lambda: status_list({7: 1})), REVOKED),
    # Places
    Attack("an index beyond the list", entry(statusListIndex="131072"), INDEX),
    Attack("the last index of the list", entry(statusListIndex="131071"), PASSED),
    Attack("an index of 18 digits", entry(statusListIndex="9" * 18), INDEX),
    Attack("an index of 10,000 digits", entry(statusListIndex="9" * 10_000), INDEX),
    Attack("an index before the first", entry(statusListIndex="-1"), INVALID),
    Attack("an index that is a number", entry(statusListIndex=7), INVALID),
    Attack("an index with a zero in front", entry(statusListIndex="07"), INVALID),
    Attack("an index in base 16", entry(statusListIndex="0x7"), INVALID),
    Attack("an index with an exponent", entry(statusListIndex="1e1"), INVALID),
    Attack("an index with a blank", entry(statusListIndex=" 7"), INVALID),
    Attack("an index in Arabic figures", entry(statusListIndex="٧"), INVALID),
    Attack("an index with a line feed behind", entry(statusListIndex="7\n"), INVALID),
    Attack("no index", entry(statusListIndex=None), INVALID),
    Attack("a place that is named twice", entries(ENTRY, {**ENTRY, "id": "urn:x:again"}), REUSED),
    Attack("another purpose than the list's", entry(statusPurpose="suspension"), INVALID),
    Attack("a purpose that nobody knows", entry(statusPurpose="harmless"), UNSUPPORTED),
    Attack("a purpose that is a list", entry(statusPurpose=["revocation"]), INVALID),
    Attack("another kind of status", entry(type="StatusList2021Entry"), UNSUPPORTED),
    Attack("two kinds of status at once", entry(type=["BitstringStatusListEntry", "Other"]), INVALID),
    Attack("values of 0 bits", entry(statusSize=0), INVALID),
    Attack("values of 9 bits", entry(statusSize=9), UNSUPPORTED),
    Attack("values of a million bits", entry(statusSize=1_000_000), UNSUPPORTED),
    Attack(
        "values of 2 bits in a list too short for them",
        entry(statusSize=2, statusMessage=[{"status": hex(n), "message": "x"} for n in range(4)]),
        SHORT,
    ),
    Attack("an address that is none", entry(statusListCredential="status/1"), INVALID),
    Attack("an address that is an object", entry(statusListCredential={"id": LIST_URL}), INVALID),
    Attack("an entry with the list's own address", entry(id=LIST_URL), INVALID),
    Attack("a status that is text", entries("active"), INVALID),
    Attack("nine statuses", entries(*[{**ENTRY, "statusListIndex": str(n)} for n in range(9)]), INVALID),
    Attack("10,000 statuses", entries(*[ENTRY] * 10_000), INVALID),
    Attack(
        "the status taken away after signing: not intact",
        intact(lambda: changed(with_status(ENTRY), credentialStatus=None)),
        failed("proof.mismatch"),
    ),
    # Lists
    Attack("a list out of reach", entry(statusListCredential="https://example.org/elsewhere"), UNREACHABLE),
    Attack(
        "an address that redirects in circles",
        valid(lambda: with_status(ENTRY), statuses=Circling()),
        UNREACHABLE,
    ),
    Attack("a list that has a status in itself", lambda: attempt(a_list_with_a_status_of_its_own), PASSED),
    Attack(
        "the credential itself as its list", listed(lambda: json.dumps(with_status(ENTRY)).encode()), INVALID
    ),
    Attack("a list that is HTML", listed(lambda: b"<html><body>404</body></html>"), INVALID),
    Attack("a list that is empty", listed(lambda: b""), INVALID),
    Attack("a list with a key twice", listed(lambda: status_list()[:-1] + b',"type":"x"}'), INVALID),
    Attack("a list in UTF-16", listed(lambda: status_list().decode().encode("utf-16")), INVALID),
    Attack("a list 10,000 deep", listed(lambda: b"[" * 10_000), INVALID),
    Attack("a list of 50 MB", listed(lambda: b" " * 50_000_000), INVALID),
    Attack("8 million empty arrays", listed(lambda: values("[]", 7_900_000)), INVALID),
    Attack("8 million empty objects", listed(lambda: values("{}", 7_900_000)), INVALID),
    Attack("a list of another issuer", listed(of_a_stranger), INVALID),
    Attack("a list signed by a stranger", listed(by_a_stranger), INVALID),
    Attack(
        "a list that nobody signed",
        listed(lambda: json.dumps(changed(json.loads(status_list()), proof=None)).encode()),
        INVALID,
    ),
    Attack(
        "a list with an empty list of proofs",
        listed(lambda: json.dumps({**json.loads(status_list()), "proof": []}).encode()),
        INVALID,
    ),
    Attack(
        "a list as a token with alg none",
        listed(lambda: token(header={"alg": "none"}, payload=status_list()).encode()),
        INVALID,
    ),
    Attack("a list whose bit was wiped out", listed(emptied), INVALID),
    Attack("a list whose moment was moved", edited("2026-06-02T08:00:00Z", "2026-06-02T08:30:00Z"), INVALID),
    Attack("a list at another address", changed_list(id="https://example.org/status/2"), INVALID),
    Attack("a list of another purpose", changed_list({"statusPurpose": "suspension"}), INVALID),
    Attack("a list of another type", changed_list(type=["VerifiableCredential"]), INVALID),
    Attack("a list of values of another size", changed_list({"statusSize": 2}), INVALID),
    Attack("two lists in one", listed(two_lists), INVALID),
    Attack("a list that has ended", changed_list(validUntil="2026-06-02T08:30:00Z"), STALE),
    Attack("a list to come", changed_list(validFrom="2026-06-03T08:00:00Z"), INVALID),
    Attack("a copy of two days", aged(48), STALE),
    Attack("a ttl before zero", changed_list({"ttl": -1}), INVALID),
    Attack("a ttl that is text", changed_list({"ttl": "300000"}), INVALID),
    Attack("a ttl of 285,000 years", changed_list({"ttl": 2**53 - 1}), PASSED),
    # encodedList
    Attack("a list that inflates to 1 GB", packed(lambda: encoded(bomb(GZIP))), INVALID),
    Attack(
        "a list that inflates to 16 MiB and one byte",
        packed(lambda: squeezed(bytes(bitstring.MAX_BYTES + 1))),
        INVALID,
    ),
    Attack("a list of 16 MiB", packed(lambda: squeezed(bytes(bitstring.MAX_BYTES))), PASSED),
    Attack("a list of 131,071 values", packed(lambda: squeezed(ZEROS[:-1])), SHORT),
    Attack("a list of nothing", packed(lambda: squeezed(b"")), SHORT),
    Attack("a list without u in front", packed(lambda: squeezed(ZEROS)[1:]), INVALID),
    Attack("a list in base58", packed(lambda: "z2222"), INVALID),
    Attack("a list with padding", packed(lambda: squeezed(ZEROS) + "="), INVALID),
    Attack("a list that is not packed", packed(lambda: encoded(ZEROS)), INVALID),
    Attack("a list in ZLIB, not GZIP", packed(lambda: encoded(zlib.compress(ZEROS))), INVALID),
    Attack("a list cut short", packed(lambda: encoded(gzip.compress(ZEROS, mtime=0)[:-9])), INVALID),
    Attack(
        "a list with a wrong checksum",
        packed(lambda: encoded(gzip.compress(ZEROS, mtime=0)[:-8] + bytes(8))),
        INVALID,
    ),
    Attack(
        "a list with a second one behind", packed(lambda: encoded(gzip.compress(ZEROS, mtime=0) * 2)), INVALID
    ),
    Attack("a list that is a number", changed_list({"encodedList": 5}), INVALID),
    Attack("a list that is taken away", changed_list({"encodedList": None}), INVALID),
    Attack(
        "to issue a list of 131,071 values",
        raises(lambda: bitstring.encode(ZEROS[:-1])),
        refused(StatusListTooShortError),
    ),
    # Token Status Lists
    Attack("a token list as it is", token_listed(token_status_list), PASSED),
    Attack("a token list: revoked", token_listed(lambda: token_status_list({7: 1})), REVOKED),
    Attack(
        "a token list: the address without a list",
        token_listed(token_status_list, {"status": 0}),
        UNSUPPORTED,
    ),
    Attack("a token list: an index beyond", token_listed(token_status_list, place(131_072)), INDEX),
    Attack("a token list: an index of 2^53 - 1", token_listed(token_status_list, place(2**53 - 1)), INDEX),
    Attack("a token list: an index before the first", token_listed(token_status_list, place(-1)), INVALID),
    Attack("a token list: an index that is true", token_listed(token_status_list, place(True)), INVALID),
    Attack("a token list: an index that is text", token_listed(token_status_list, place("7")), INVALID),
    Attack("a token list: no address", token_listed(token_status_list, place(uri=None)), INVALID),
    Attack(
        "a token list: an address with a line feed",
        token_listed(token_status_list, place(uri=LIST_URL + "\n")),
        INVALID,
    ),
    Attack(
        "a token list: an address of 1 MB",
        token_listed(token_status_list, place(uri="https:" + "a" * 1_000_000)),
        INVALID,
    ),
    Attack("a token list: alg none", claims(header={"alg": "none"}), INVALID),
    Attack("a token list: a type for another use", claims(header={"typ": "JWT"}), INVALID),
    Attack("a token list: a critical header", claims(header={"crit": ["x"]}), INVALID),
    Attack(
        "a token list: signed by a stranger", token_listed(lambda: token_list_of(signer=STRANGER)), INVALID
    ),
    Attack(
        "a token list: under the kid of a stranger",
        claims(header={"kid": STRANGER.verification_method}),
        INVALID,
    ),
    Attack("a token list: a credential in its place", token_listed(token), INVALID),
    Attack("a token list: the JSON list of W3C in its place", token_listed(status_list), INVALID),
    Attack("a token list: bytes that are no text", token_listed(lambda: b"\xff\xfe"), INVALID),
    Attack("a token list: of another address", claims(sub=LIST_URL + "2"), INVALID),
    Attack("a token list: without its moment", claims(iat=None), INVALID),
    Attack("a token list: made in the future", claims(iat=4_000_000_000), INVALID),
    Attack("a token list: that has ended", claims(exp=1_000_000_000), STALE),
    Attack("a token list: an end that is true", claims(exp=True), INVALID),
    Attack("a token list: a ttl of 0", claims(ttl=0), INVALID),
    Attack("a token list: a ttl of 285 million years", claims(ttl=2**53 - 1), PASSED),
    Attack("a token list: values of 3 bits", claims(status_list=zipped(ZEROS, 3)), INVALID),
    Attack("a token list: values of true bits", claims(status_list=zipped(ZEROS, True)), INVALID),
    Attack(
        "a token list: GZIP, not ZLIB",
        claims(status_list={"bits": 1, "lst": base64url_encode(gzip.compress(ZEROS, mtime=0))}),
        INVALID,
    ),
    Attack(
        "a token list: more behind it",
        claims(status_list={"bits": 1, "lst": base64url_encode(zlib.compress(ZEROS) + b"x")}),
        INVALID,
    ),
    Attack(
        "a token list: that inflates to 1 GB",
        claims(status_list={"bits": 1, "lst": base64url_encode(bomb(ZLIB))}),
        INVALID,
    ),
    Attack("a token list: no list", claims(status_list=None), INVALID),
    Attack(
        "a token list: a value of the application",
        claims(status_list=zipped(bytes([0x33]) * 131_072, 4)),
        unknown("status.application_specific"),
    ),
    Attack(
        "a token list: a claim twice",
        token_listed(
            lambda: compact(
                b'{"alg":"EdDSA","typ":"statuslist+jwt","kid":"'
                + SIGNER.verification_method.encode()
                + b'"}',
                b'{"sub":"a","sub":"b"}',
            )
        ),
        INVALID,
    ),
)
