"""An installation that is set up wrong says in one plain sentence what to put right, and starts nothing."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from jalon.cli.words import EXPECTED
from jalon.config import environment
from jalon.foundation.errors import ConfigurationError


def serve(folder: Path, *arguments: str, **given: str) -> subprocess.CompletedProcess[str]:
    """`jalon serve`, or another command, with *given* as its environment, in a process of its own."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("JALON_", "DATABASE_URL", "DJANGO_"))}
    return subprocess.run(
        [sys.executable, "-m", "jalon.cli.main", *(arguments or ["serve"])],
        env=clean | {"JALON_DATA_DIR": str(folder / "var")} | given,
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"PORT": "abc"}, "Configuration : La variable PORT ('abc') ne convient pas. Attendu : un nombre"),
        ({"PORT": "80000"}, "La variable PORT ('80000') ne convient pas. Attendu : un nombre entier, de 1 à"),
        ({"JALON_PUBLIC_URL": "jalon.example"}, "commence par https://"),
        (
            {"JALON_EMAIL_URL": "secret@machine"},
            "La variable JALON_EMAIL_URL ne convient pas. Attendu : smtp:",
        ),
        (
            {"DATABASE_URL": "mysql://moi:secret@machine/x"},
            "La variable DATABASE_URL ne convient pas. Attendu",
        ),
        (
            {"DATABASE_URL": "postgresql://moi:secret@localhost:1/x"},
            "La base «x» ne répond pas sur localhost:1.",
        ),
        ({"JALON_KEY_ENCRYPTION_KEY": "secret"}, "JALON_KEY_ENCRYPTION_KEY"),
        ({"JALON_HOST": "999.1.1.1"}, "999.1.1.1 n'est pas une adresse de cette machine."),
    ],
    ids=lambda given: next(iter(given)) if isinstance(given, dict) else "",
)
def test_wrong_setting_is_one_plain_sentence(tmp_path: Path, given: dict[str, str], words: str) -> None:
    done = serve(tmp_path, **{"PORT": "8999", **given})

    said = [line for line in done.stderr.splitlines() if not line.startswith("Base de données :")]
    assert (done.returncode, len(said), done.stdout) == (2, 1, ""), done.stderr
    assert words in said[0]
    assert "secret" not in said[0].replace("compte:secret@", "")


def test_data_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("", encoding="ascii")

    done = serve(tmp_path)

    assert done.returncode == 2
    assert "n’est pas un dossier" in done.stderr


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose `var` holds an installation with sealed keys; copied before it is changed."""
    folder = tmp_path_factory.mktemp("demonstration")
    serve(folder, "serve", "--prepare-only", JALON_DEMO="1")
    return folder


@pytest.mark.parametrize("arguments", [("serve", "--prepare-only"), ("serve", "--no-prepare"), ("worker",)])
def test_named_key_file_that_is_gone_is_told_at_start_and_no_second_key_is_made(
    demonstration: Path, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    gone = tmp_path / "coffre" / "cle"

    done = serve(demonstration, *arguments, JALON_KEY_ENCRYPTION_KEY_FILE=str(gone), PORT="8999")

    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert f"manque : elle était attendue dans JALON_KEY_ENCRYPTION_KEY ou dans {gone}." in done.stderr
    assert not gone.exists()


def test_named_key_file_is_made_while_nothing_was_sealed(tmp_path: Path) -> None:
    named = tmp_path / "coffre" / "cle"

    done = serve(
        tmp_path, "serve", "--prepare-only", JALON_DEMO="1", JALON_KEY_ENCRYPTION_KEY_FILE=str(named)
    )

    assert done.returncode == 0, done.stderr
    assert named.stat().st_mode & 0o077 == 0


def test_restored_installation_without_its_key_is_served_all_the_same(
    demonstration: Path, tmp_path: Path
) -> None:
    shutil.copytree(demonstration / "var", tmp_path / "var")
    (tmp_path / "var" / "secrets" / "key-encryption-key").unlink()

    done = serve(tmp_path, "serve", "--prepare-only")

    assert (done.returncode, done.stderr) == (0, "")


def test_file_that_is_no_database_is_told_and_left_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "jalon.sqlite3").write_bytes(b"ceci n'est pas une base" * 100)

    done = serve(tmp_path)
    checked = serve(tmp_path, "check")

    assert (done.returncode, checked.returncode) == (2, 1)
    assert "jalon.sqlite3 ne s'ouvre pas. Vérifiez JALON_DATA_DIR" in done.stderr
    assert "✗ La base" in checked.stdout
    assert (tmp_path / "var" / "jalon.sqlite3").read_bytes().startswith(b"ceci n'est pas une base")


def test_check_tells_a_database_that_does_not_answer_as_serve_does(tmp_path: Path) -> None:
    done = serve(tmp_path, "check", DATABASE_URL="postgresql://moi:secret@localhost:1/x")

    assert done.returncode == 1
    assert "✗ La base «x» ne répond pas sur localhost:1. Vérifiez DATABASE_URL" in done.stdout
    assert "moi:" not in done.stdout


def test_whatever_a_variable_expects_has_french_words() -> None:
    refused = set()
    for variable in environment.VARIABLES:
        for wrong in ("ni oui ni non", "-1", "machine", "smtp://"):
            try:
                environment.read({variable.name: wrong})
            except ConfigurationError as error:
                refused.add(error.facts["expected"])

    assert refused
    assert refused == {each for each in EXPECTED if each in refused}
    assert all(re.search(r"\w", words) for words in EXPECTED.values())
