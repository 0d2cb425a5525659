"""The door itself: shut by default, JSON only, within bounds, never a fault of the server."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.jalon.api.vc_api.conftest import PUBLIC_URL, Door, credential

from jalon.api.vc_api import issuers, requests, views

PATHS = ("credentials/issue", "credentials/verify", "presentations/verify")


@pytest.mark.parametrize("path", [*PATHS, "interop-config.json", "status-lists/ed25519-revocation"])
@pytest.mark.django_db
def test_it_is_shut_by_default(client: Client, path: str) -> None:
    assert client.get(f"/vc-api/{path}").status_code == 404
    assert client.post(f"/vc-api/{path}", data="{}", content_type="application/json").status_code == 404


@pytest.mark.parametrize("value", ["1", "0"])
def test_the_environment_opens_it(tmp_path: Path, value: str) -> None:
    code = (
        "import django; django.setup()\n"
        "from django.urls import NoReverseMatch, reverse\n"
        "try: print(reverse('vc_api:issue'))\n"
        "except NoReverseMatch: print('shut')"
    )
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "jalon.config.settings",
        "JALON_DATA_DIR": str(tmp_path),
        "JALON_CONFORMANCE": value,
    }

    met = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )

    assert met.stdout.strip() == ("/vc-api/credentials/issue" if value == "1" else "shut")


def test_no_cookie_and_no_token_against_forgery_is_wanted(door: Door) -> None:
    strict = Client(enforce_csrf_checks=True)

    answer = strict.post(
        "/vc-api/credentials/issue",
        data=json.dumps({"credential": credential()}),
        content_type="application/json",
        secure=True,
        headers={"origin": "https://another.example"},
    )

    assert answer.status_code == 201
    assert not answer.cookies


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"[]", 400),
        (b"null", 400),
        (b"{}", 400),
        (b'{"credential": {}, "verifiableCredential": {}, "verifiablePresentation": {}}', 400),
        (b'{"options": 5, "credential": {}, "verifiableCredential": {}, "verifiablePresentation": {}}', 400),
        (b'{"credential": 1, "credential": 2}', 400),
        (b'{"credential": "\\ud800"}', 400),
        (b'{"credential": NaN}', 400),
        (b'{"credential": 1' + b"0" * 10_000 + b"}", 400),
        (b"\xff\xfe", 400),
        (b"[" * 100_000, 400),
        (b'{"a":' * 20_000, 400),
        (b" " * (requests.MAX_BYTES + 1), 413),
        (json.dumps({"credential": [{}] * (requests.MAX_OBJECTS + 1)}).encode(), 413),
        (json.dumps({"credential": {"proof": [{}] * (requests.MAX_PROOFS + 1)}}).encode(), 413),
    ],
)
def test_bodies_that_are_none(door: Door, path: str, data: bytes, status: int) -> None:
    started = time.monotonic()

    answer = door.raw(path, data)

    assert answer.status == status
    assert answer.body["errors"][0]["code"]
    assert time.monotonic() - started < 2


@pytest.mark.parametrize(
    ("content_type", "status"), [("text/plain", 415), ("application/x-www-form-urlencoded", 415), ("", 400)]
)
def test_only_json_is_taken(door: Door, content_type: str, status: int) -> None:
    answer = door.raw("credentials/issue", b"{}", content_type)

    assert answer.status == status
    assert answer.codes == ["http.content_type"]


@pytest.mark.parametrize("content_type", ["application/json; charset=utf-8", "application/ld+json"])
def test_json_by_other_names(door: Door, content_type: str) -> None:
    body = json.dumps({"credential": credential()}).encode()

    assert door.raw("credentials/issue", body, content_type).status == 201


def test_other_methods_are_named(door: Door) -> None:
    answer = door.client.get("/vc-api/credentials/issue")

    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert answer.json()["errors"][0]["code"] == "http.method"
    assert door.client.delete("/vc-api/interop-config.json").status_code == 405


def test_what_nobody_foresaw_is_journalled_and_no_fault_of_the_server(
    door: Door, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: Any) -> None:
        raise RuntimeError("the cable is out")

    monkeypatch.setattr(views.issuing, "issue", broken)

    answer = door.issue(credential())

    assert answer.status == 422
    assert answer.codes == ["door.unexpected"]
    assert "cable" not in json.dumps(answer.body)
    assert "the cable is out" in caplog.text


def test_keys_are_made_once_and_lie_in_a_folder_of_their_own(door: Door, tmp_path: Path) -> None:
    first = door.issued()["issuer"]
    issuers._issuers.cache_clear()

    assert door.issued()["issuer"] == first
    kept = tmp_path / "conformance" / "keys.json"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["conformance"]


def test_two_that_make_the_keys_at_once_end_with_the_same(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    issuers._make(path)
    kept = path.read_bytes()

    issuers._make(path)

    assert path.read_bytes() == kept
    assert list(tmp_path.iterdir()) == [path]


def test_the_configuration_of_the_suites(door: Door) -> None:
    config = door.client.get("/vc-api/interop-config.json").json()

    ed25519, p256 = (issuer.id for issuer in issuers.issuers())
    assert {name: block.get("issuerId") for name, block in config.items()} == {
        "eddsa-rdfc-2022": ed25519,
        "eddsa-jcs-2022": ed25519,
        "ecdsa-rdfc-2019": p256,
        "ecdsa-jcs-2019": p256,
        "bitstring-status-list": ed25519,
        "vc-data-model-2.0": ed25519,
        "vc-jose-cose": None,
    }
    assert config["ecdsa-rdfc-2019"] == {
        "issuerId": p256,
        "issue": f"{PUBLIC_URL}/vc-api/credentials/issue",
        "verify": f"{PUBLIC_URL}/vc-api/credentials/verify",
        "verifyPresentation": f"{PUBLIC_URL}/vc-api/presentations/verify",
        "options": {"cryptosuite": "ecdsa-rdfc-2019"},
        "verifyOptions": {},
        "keyTypes": ["P-256"],
        "supports": {"vc": ["2.0"], "keyTypes": ["P-256"]},
    }
    assert config["bitstring-status-list"]["options"]["credentialStatus"] == {
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
    }
    assert config["vc-jose-cose"]["cli"].endswith("jalon vc-jose")
    assert config["vc-jose-cose"]["features"] == ["credential_jose", "presentation_jose"]
    for name, block in config.items():
        if "options" in block:
            assert door.issue(credential(), **block["options"]).status == 201, name
