"""Lists as they are issued: every purpose and size, and the same bytes each time, for any host to serve."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from sceau.errors import DataModelError, StatusListError, StatusListTooShortError
from sceau.issuing import issue_status_list
from sceau.status import bitstring
from sceau.status.entries import Purpose
from sceau.testing import EXAMPLE_MOMENT, web_signer

DID = "did:web:example.org:o:atelier"
LIST = "https://example.org/status/1"
BITS = bitstring.build({7: 1})


def issued(**changes: Any) -> bytes:
    settled: dict[str, Any] = {
        "list_url": LIST,
        "issuer_id": DID,
        "purpose": "revocation",
        "bits": BITS,
        "signer": web_signer(DID),
        "created": EXAMPLE_MOMENT,
    }
    return issue_status_list(**settled | changes)


def subject(data: bytes) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(data)["credentialSubject"]
    return found


@pytest.mark.parametrize("purpose", list(Purpose))
def test_each_purpose(purpose: Purpose) -> None:
    assert subject(issued(purpose=purpose))["statusPurpose"] == str(purpose)
    assert issued(purpose=purpose) == issued(purpose=str(purpose))


def test_a_plain_list_holds_what_the_standard_asks_for_and_no_more() -> None:
    assert list(subject(issued())) == ["id", "type", "statusPurpose", "encodedList"]


def test_several_purposes() -> None:
    assert subject(issued(purpose=["revocation", "suspension"]))["statusPurpose"] == [
        "revocation",
        "suspension",
    ]
    assert subject(issued(purpose=["revocation"]))["statusPurpose"] == "revocation"


@pytest.mark.parametrize("size", range(1, 9))
def test_each_size(size: int) -> None:
    bits = bitstring.build({7: 1, 131_071: (1 << size) - 1}, size=size)

    assert bitstring.decode(subject(issued(bits=bits, size=size))["encodedList"], size=size) == bits


def test_a_time_to_live_is_in_milliseconds() -> None:
    assert subject(issued(ttl=timedelta(hours=12)))["ttl"] == 43_200_000


def test_the_same_list_is_the_same_file() -> None:
    whole: dict[str, Any] = {
        "purpose": ["revocation", "suspension"],
        "ttl": timedelta(hours=1),
        "valid_until": EXAMPLE_MOMENT + timedelta(days=7),
    }

    assert issued(**whole) == issued(**whole)
    assert json.loads(issued(**whole))["validUntil"] == "2026-06-09T08:00:00Z"


@pytest.mark.parametrize(
    "purpose", ["gossip", "", [], ["revocation", "gossip"], ["revocation", "revocation"]]
)
def test_other_purposes_are_refused(purpose: object) -> None:
    with pytest.raises(DataModelError):
        issued(purpose=purpose)


def test_lists_that_are_too_short_or_of_another_size_are_refused() -> None:
    with pytest.raises(StatusListTooShortError):
        issued(size=2)
    with pytest.raises(StatusListError):
        issued(bits=BITS * 9, size=9)
    with pytest.raises(DataModelError):
        issued(ttl=timedelta(0))
