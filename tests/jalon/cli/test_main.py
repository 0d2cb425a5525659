"""The door itself: which command, and how it fails."""

from __future__ import annotations

import argparse
from importlib import import_module

import pytest
from tests.jalon.cli.conftest import Jalon

from jalon.cli import main as door
from jalon.cli import versioning
from jalon.foundation.errors import ConfigurationError


@pytest.mark.parametrize("name", sorted(door.COMMANDS))
def test_each_command_can_be_loaded_and_bears_its_name(name: str) -> None:
    module = import_module(door.COMMANDS[name].module)
    subparsers = argparse.ArgumentParser().add_subparsers()

    module.add_parser(subparsers)

    assert list(subparsers.choices) == [name]
    assert callable(module.run)


def test_help_names_every_command(jalon: Jalon) -> None:
    ran = jalon("--help")

    assert ran.code == 0
    assert all(name in ran.out for name in door.COMMANDS)
    assert jalon().code == 2


def test_an_unknown_command_is_said(jalon: Jalon) -> None:
    ran = jalon("delivrer")

    assert (ran.code, "commande inconnue" in ran.err) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["issue", "--out", "x"], "jalon issue : il manque --specification, --holders."),
        (["serve", "--port", "abc"], "--port : « abc » n’est pas un nombre entier."),
        (["serve", "--port"], "--port attend une valeur."),
        (["version", "--bad"], "jalon : de trop ou mal écrit : --bad."),
        (["verify", "--lang", "de", "x"], "--lang : « de » n’est pas possible ici. Choisissez parmi fr, en."),
        (["issuers"], "jalon issuers : il manque ACTION."),
    ],
)
def test_a_wrong_use_is_said_in_french(jalon: Jalon, arguments: list[str], sentence: str) -> None:
    ran = jalon(*arguments)

    assert ran.code == 2
    assert ran.err.startswith("Utilisation : jalon ")
    assert sentence in ran.err


@pytest.mark.parametrize("arguments", [["--help"], *([name, "--help"] for name in sorted(door.COMMANDS))])
def test_no_heading_of_the_help_is_left_in_english(jalon: Jalon, arguments: list[str]) -> None:
    ran = jalon(*arguments)

    assert ran.code == 0
    assert "montrer cette aide" in ran.out
    assert not any(words in ran.out for words in ("usage:", "positional", "options:", "show this"))


def test_the_version_is_said(jalon: Jalon) -> None:
    assert jalon("version").out.startswith("jalon ")


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (RuntimeError("boum"), 2, "cassé de notre côté"),
        (ConfigurationError("PORT: expected a number"), 2, "PORT"),
        (OSError(28, "No space left", "/x"), 2, "plein"),
        (KeyboardInterrupt(), 130, "à votre demande"),
    ],
)
def test_a_failure_is_one_sentence_unless_details_are_wanted(
    jalon: Jalon, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int, words: str
) -> None:
    def failing(args: argparse.Namespace) -> int:
        raise error

    monkeypatch.setattr(versioning, "run", failing)

    ran = jalon("version")

    assert (ran.code, len(ran.err.strip().splitlines())) == (code, 1)
    assert words in ran.err
    if code == 2:
        assert "Traceback" in jalon("version", JALON_DEBUG="1").err
