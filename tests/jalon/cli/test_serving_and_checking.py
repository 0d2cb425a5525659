"""`jalon serve --prepare-only` and `jalon check`, as an operator starts them: in processes of their own."""

from __future__ import annotations

import json
import os
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jalon.cli.demo.people import EARNINGS

Jalon = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def jalon(tmp_path: Path) -> Jalon:
    """Runs a command on an installation of its own, on SQLite."""
    clean = {
        name: v
        for name, v in os.environ.items()
        if not name.startswith(("JALON_", "DATABASE_URL", "DJANGO_"))
    }

    def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "jalon.cli.main", *arguments],
            env=clean | {"JALON_DATA_DIR": str(tmp_path / "var")} | environment,
            capture_output=True,
            text=True,
            timeout=120,
        )

    return run


def _findings(done: subprocess.CompletedProcess[str]) -> dict[str, dict[str, Any]]:
    return {finding["code"]: finding for finding in json.loads(done.stdout)["findings"]}


def test_prepare_makes_the_demonstration_once_and_keeps_it(jalon: Jalon, tmp_path: Path) -> None:
    first = jalon("serve", "--prepare-only", JALON_DEMO="1")
    database = (tmp_path / "var" / "jalon.sqlite3").read_bytes()
    second = jalon("serve", "--prepare-only", JALON_DEMO="1")

    assert (first.returncode, second.returncode) == (0, 0)
    assert "Territoire de démonstration" in first.stderr
    assert second.stderr == ""
    assert (tmp_path / "var" / "jalon.sqlite3").read_bytes() == database


def test_prepare_without_demonstration_leaves_the_installation_empty(jalon: Jalon, tmp_path: Path) -> None:
    done = jalon("serve", "--prepare-only")
    listed = jalon("organisation", "list")

    assert done.returncode == 0
    assert "démonstration" not in done.stderr
    assert "fictif" not in listed.stdout


def test_prepare_makes_a_database_that_other_accounts_cannot_read(jalon: Jalon, tmp_path: Path) -> None:
    """It holds birth dates, sessions and hashes of passwords."""
    jalon("serve", "--prepare-only", JALON_DEMO="1")

    made = [path for path in (tmp_path / "var").iterdir() if path.is_file()]
    assert tmp_path / "var" / "jalon.sqlite3" in made
    assert {path.name: oct(path.stat().st_mode & 0o077) for path in made if path.stat().st_mode & 0o077} == {}


def test_check_warns_of_a_key_beside_the_database_and_of_demonstration(jalon: Jalon) -> None:
    jalon("serve", "--prepare-only", JALON_DEMO="1")

    done = jalon("check", "--json", JALON_DEMO="1", JALON_CONFORMANCE="1")

    found = _findings(done)
    assert done.returncode == 0
    assert found["config.demo"]["severity"] == "warning"
    assert found["config.conformance"]["severity"] == "warning"
    assert found["config.public_url"]["severity"] == "warning"
    beside = [finding for code, finding in found.items() if "beside" in code]
    assert [finding["severity"] for finding in beside] == ["warning"]
    assert found["database.migrations"]["severity"] == "ok"


def test_check_says_what_is_right_when_the_key_lies_elsewhere(jalon: Jalon, tmp_path: Path) -> None:
    kept = {
        "JALON_KEY_ENCRYPTION_KEY_FILE": str(tmp_path / "elsewhere" / "key"),
        "JALON_PUBLIC_URL": "https://jalon.example.org",
        "JALON_EMAIL_URL": "smtp://mail.example.org",
    }
    jalon("serve", "--prepare-only", **kept, JALON_DEMO="1")

    found = _findings(jalon("check", "--json", **kept))

    assert {code for code, finding in found.items() if finding["severity"] != "ok"} == set()
    assert found["keys.ok"]["severity"] == "ok"


def test_check_fails_when_the_keys_cannot_be_opened_any_more(jalon: Jalon, tmp_path: Path) -> None:
    jalon("serve", "--prepare-only", JALON_DEMO="1")
    (tmp_path / "var" / "secrets" / "key-encryption-key").unlink()

    done = jalon("check")

    assert done.returncode == 1
    assert "✗" in done.stdout


def test_check_fails_on_a_database_that_is_not_prepared(jalon: Jalon) -> None:
    done = jalon("check", "--json")

    assert done.returncode == 1
    assert _findings(done)["database.migrations"]["severity"] == "error"


def test_check_names_the_variable_that_cannot_be_read(jalon: Jalon) -> None:
    done = jalon("check", JALON_PUBLIC_URL="ftp://jalon.example.org")

    assert done.returncode == 1
    assert "JALON_PUBLIC_URL" in done.stdout


def test_check_sees_a_secret_that_others_can_read(jalon: Jalon, tmp_path: Path) -> None:
    jalon("serve", "--prepare-only")
    (tmp_path / "var" / "secrets" / "secret-key").chmod(0o644)

    done = jalon("check", "--json")

    assert done.returncode == 1
    assert "chmod 600" in _findings(done)["files.secret_readable"]["message"]


def test_check_warns_of_an_open_key_of_the_command_line(jalon: Jalon, tmp_path: Path) -> None:
    jalon("serve", "--prepare-only")
    keys = tmp_path / "var" / "keys"
    keys.mkdir()
    (keys / "default.json").write_text('{"format": 1, "public": "z6Mk", "private": "AA"}', encoding="utf-8")

    found = _findings(jalon("check", "--json"))

    assert found["keys.unsealed"]["severity"] == "warning"


def test_serve_says_which_port_is_taken(jalon: Jalon) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        done = jalon("serve", "--port", str(port))

    assert done.returncode == 2
    assert f"127.0.0.1:{port}" in done.stderr
    assert f"PORT={port + 1} make run" in done.stderr


def test_the_demonstration_has_twenty_people() -> None:
    assert len({earning.name for earning in EARNINGS}) >= 20


def test_verify_asks_this_installation_about_its_own_issuers(jalon: Jalon, tmp_path: Path) -> None:
    jalon("serve", "--prepare-only", JALON_DEMO="1")
    database = sqlite3.connect(tmp_path / "var" / "jalon.sqlite3")
    held = {
        bool(revoked): bytes(document)
        for document, revoked in database.execute(
            "SELECT c.document, a.revoked_at FROM awarding_credential c "
            "JOIN awarding_award a ON a.id = c.award_id WHERE a.valid_until IS NULL"
        )
    }
    database.close()
    codes = {}
    for revoked, document in held.items():
        path = tmp_path / f"{revoked}.json"
        path.write_bytes(document)
        codes[revoked] = jalon("verify", str(path)).returncode
    (tmp_path / "elsewhere").mkdir()
    elsewhere = jalon("verify", str(tmp_path / "False.json"), JALON_DATA_DIR=str(tmp_path / "elsewhere"))

    assert codes == {False: 0, True: 1}
    assert elsewhere.returncode == 3


def test_certificates_of_authorities_that_cannot_be_read_are_told_before_anybody_visits(
    jalon: Jalon, tmp_path: Path
) -> None:
    (tmp_path / "autorites").mkdir()
    (tmp_path / "autorites" / "a.pem").write_bytes(b"rien")
    named = {"JALON_SEAL_AUTHORITIES": str(tmp_path / "autorites")}

    served = jalon("serve", "--prepare-only", **named)
    checked = jalon("check", "--json", **named)

    assert served.returncode == 2
    assert "a.pem n’est pas un certificat lisible" in served.stderr
    assert checked.returncode == 1
    assert _findings(checked)["seals.authorities"]["severity"] == "error"
