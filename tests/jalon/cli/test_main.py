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
