"""A command line that speaks French: headings, the line of help, and what is said of a wrong use."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Iterable
from typing import Any, NoReturn

# What argparse says of a wrong use, and how we say it. Anything else stays as argparse wrote it.
_SENTENCES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"the following arguments are required: (.+)"), lambda m: f"il manque {m[1]}"),
    (re.compile(r"one of the arguments (.+) is required"), lambda m: f"il manque l’un de : {m[1]}"),
    (re.compile(r"unrecognized arguments: (.+)"), lambda m: f"de trop ou mal écrit : {m[1]}"),
    (re.compile(r"argument (.+?): expected .+"), lambda m: f"{m[1]} attend une valeur"),
    (
        re.compile(r"argument (.+?): invalid choice: '?(.*?)'? \(choose from (.+)\)"),
        lambda m: f"{m[1]} : « {m[2]} » n’est pas possible ici. Choisissez parmi {m[3].replace(chr(39), '')}",
    ),
    (
        re.compile(r"argument (.+?): invalid int value: '(.*)'"),
        lambda m: f"{m[1]} : « {m[2]} » n’est pas un nombre entier",
    ),
    (
        re.compile(r"argument (.+?): invalid \S+ value: '(.*)'"),
        lambda m: f"{m[1]} : « {m[2]} » n’est pas une valeur possible",
    ),
    (
        re.compile(r"argument (.+?): not allowed with argument (.+)"),
        lambda m: f"{m[1]} ne va pas avec {m[2]}",
    ),
    (
        re.compile(r"ambiguous option: (\S+) could match (.+)"),
        lambda m: f"{m[1]} peut vouloir dire {m[2]} : écrivez l’option en entier",
    ),
    (re.compile(r"argument (.+?): (.+)", re.DOTALL), lambda m: f"{m[1]} : {m[2]}"),
)


# What `config.environment` expects, by the words of its refusals.
EXPECTED = {
    "expected 1 or 0": "1 (oui) ou 0 (non)",
    "expected a whole number": "un nombre entier",
    "expected a whole number from 1 to 65535": "un nombre entier, de 1 à 65535",
    "expected an address that starts with https:// or http://": "une adresse qui commence par https://",
    "expected an address that starts with https://": "une adresse qui commence par https://",
    "expected an address that starts with postgresql://": "postgresql://compte:secret@machine:5432/base",
    "expected an address that starts with smtp:// or smtps://": "smtp://compte:secret@machine:587",
    "expected own, or a URI such as urn:example:attestation:1": "own, ou un URI tel que urn:exemple:1",
    "expected 3.2 or 3.3": "3.2 ou 3.3",
}


def of_a_variable(name: str, met: str, expected: str) -> str:
    """What to say of an environment variable that cannot be read; *met* is empty for a secret."""
    here = f" ({met})" if met else ""
    return f"La variable {name}{here} ne convient pas. Attendu : {EXPECTED.get(expected, expected)}."


class FrenchHelp(argparse.HelpFormatter):
    """Help that begins with « Utilisation »."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "Utilisation : " if prefix is None else prefix)


class FrenchParser(argparse.ArgumentParser):
    """An argument parser in French. The parsers of its subcommands are of the same kind."""

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("formatter_class", FrenchHelp)
        super().__init__(*args, **{**options, "add_help": False})
        self._positionals.title, self._optionals.title = "À donner", "Options"
        self.add_argument("-h", "--help", action="help", help="montrer cette aide")

    def error(self, message: str) -> NoReturn:
        """Say how the command is used and what was wrong, then leave with 2."""
        self.print_usage(sys.stderr)
        self.exit(2, f"{self.prog} : {in_french(message)}.\n")


def in_french(message: str) -> str:
    """What argparse says of a wrong use, in French."""
    for pattern, sentence in _SENTENCES:
        if met := pattern.fullmatch(message):
            return sentence(met)
    return message
