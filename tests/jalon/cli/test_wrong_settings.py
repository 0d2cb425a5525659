"""An installation that is set up wrong says in one plain sentence what to put right, and starts nothing."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from jalon.cli.words import EXPECTED
from jalon.config import environment
from jalon.foundation.errors import ConfigurationError


def serve(folder: Path, **given: str) -> subprocess.CompletedProcess[str]:
    """`jalon serve` with *given* as its environment, in a process of its own."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("JALON_", "DATABASE_URL", "DJANGO_"))}
    return subprocess.run(
        [sys.executable, "-m", "jalon.cli.main", "serve"],
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
