"""Places in status lists: asked for, given once, published over the public address."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from tests.jalon.api.vc_api.conftest import PUBLIC_URL, Door, credential

from jalon.api.vc_api import issuers, lists
from sceau.errors import StatusIndexError
from sceau.status import bitstring

REVOCATION = {"type": "BitstringStatusListEntry", "statusPurpose": "revocation"}


def listed(door: Door, entry: dict[str, Any]) -> Any:
    assert entry["statusListCredential"].startswith(PUBLIC_URL + "/")
    answer = door.client.get(entry["statusListCredential"].removeprefix(PUBLIC_URL))
    assert answer.status_code == 200
    assert "json" in answer["Content-Type"]
    return answer.json()


def test_the_issuer_adds_an_entry_that_verifies(door: Door) -> None:
    issued = door.issued(credentialStatus=REVOCATION)
    entry = issued["credentialStatus"]

    assert entry["type"] == "BitstringStatusListEntry"
    assert entry["statusListIndex"].isdecimal()
    document = listed(door, entry)
    assert document["type"] == ["VerifiableCredential", "BitstringStatusListCredential"]
    assert document["id"] == entry["statusListCredential"]
    assert document["issuer"] == issued["issuer"]
    assert set(document["credentialSubject"]) == {"id", "type", "statusPurpose", "encodedList"}
    assert isinstance(document["proof"], dict)
    assert not bitstring.bit(
        bitstring.decode(document["credentialSubject"]["encodedList"]), int(entry["statusListIndex"])
    )
    assert door.verify(document).status == 200
    verified = door.verify(issued)
    assert verified.status == 200
    assert "revocation" in verified.body["checks"]


@pytest.mark.parametrize("suite", ["eddsa-jcs-2022", "ecdsa-rdfc-2019"])
def test_several_entries_beside_one_that_was_there(door: Door, suite: str) -> None:
    asked = [REVOCATION, REVOCATION | {"statusPurpose": "suspension"}]
    had = {"type": "https://example.org/#Ex"}

    issued = door.issued(credential(credentialStatus=had), cryptosuite=suite, credentialStatus=asked)

    purposes = [entry.get("statusPurpose") for entry in issued["credentialStatus"]]
    assert purposes == [None, "revocation", "suspension"]
    assert door.verify(issued).codes == ["status.unsupported"]


def test_no_two_credentials_share_a_place(door: Door) -> None:
    ed25519, _ = issuers.issuers()

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: lists.entries_for(REVOCATION, ed25519)[0], range(200)))

    assert len({entry["statusListIndex"] for entry in found}) == 200


def test_what_is_refused_takes_no_place(door: Door, tmp_path: Path) -> None:
    door.issued(credentialStatus=REVOCATION)
    places = tmp_path / "conformance" / "places-ed25519-revocation"
    before = places.read_bytes()

    assert door.issue(credential(credentialSubject={"hobby": "x"}), credentialStatus=REVOCATION).status == 400
    assert door.issue(credential(), credentialStatus=[REVOCATION, {"type": "Ex"}]).status == 400

    assert places.read_bytes() == before


def test_a_full_list_is_said_to_be_full(door: Door, tmp_path: Path) -> None:
    issuer = issuers.issuers()[0]
    places = tmp_path / "conformance" / "places-ed25519-revocation"
    places.write_bytes(b"\xff" * (bitstring.MINIMUM_LENGTH // 8 - 1) + b"\xfe")

    assert lists.entries_for(REVOCATION, issuer)[0]["statusListIndex"] == "131071"
    with pytest.raises(StatusIndexError):
        lists.entries_for(REVOCATION, issuer)
    assert door.issue(credential(), credentialStatus=REVOCATION).codes == ["status.index"]


def test_a_list_of_nobody(door: Door) -> None:
    assert door.client.get("/vc-api/status-lists/other").status_code == 404
