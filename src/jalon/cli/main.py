"""The command `jalon`: finds the module of a subcommand by name and loads that one only."""

from __future__ import annotations

import argparse
import os
import sys
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Protocol, cast

from jalon.cli.words import FrenchParser, of_a_variable
from jalon.foundation.errors import ConfigurationError, JalonError

EXIT_OK = 0
EXIT_UNREADABLE = 2
EXIT_INTERRUPTED = 130


@dataclass(frozen=True)
class Command:
    """A subcommand: the module that holds its `add_parser` and `run`, and a line of help."""

    module: str
    help: str


# One line per command; the module is imported when the command is called, and never before.
COMMANDS: dict[str, Command] = {
    "serve": Command("jalon.cli.serving", "servir les pages et traiter les tâches"),
    "worker": Command("jalon.cli.working", "traiter les tâches de fond, sans servir de pages"),
    "backup": Command("jalon.cli.backup", "sauvegarder la base et les fichiers en un fichier"),
    "restore": Command("jalon.cli.restore", "remettre une sauvegarde dans un dossier vide"),
    "check": Command("jalon.cli.checking", "contrôler la configuration, les clés, la base et le disque"),
    "issue": Command("jalon.cli.issuing", "délivrer des attestations à une liste de personnes, sans serveur"),
    "revoke": Command("jalon.cli.revoking", "révoquer une attestation délivrée par « jalon issue »"),
    "verify": Command(
        "jalon.cli.verifying", "vérifier une attestation : fichier, entrée standard ou adresse"
    ),
    "inspect": Command(
        "jalon.cli.inspecting", "expliquer une attestation, d’où qu’elle vienne, en mots simples"
    ),
    "account": Command("jalon.cli.account", "dépanner un compte"),
    "organisation": Command("jalon.cli.organisation", "lister les organismes, confirmer leur identité"),
    "frameworks": Command(
        "jalon.cli.frameworks", "les référentiels de compétences : ESCO, ROME, RNCP, GreenComp…"
    ),
    "territory": Command("jalon.cli.territory", "lister et dessiner les territoires des organismes"),
    "issuers": Command("jalon.cli.issuers", "les émetteurs dont quelqu’un répond"),
    "vc-jose": Command("jalon.cli.vc_jose", "signer ou vérifier un jeton pour la suite vc-jose-cose du W3C"),
    "version": Command("jalon.cli.versioning", "dire la version installée"),
}


class CommandModule(Protocol):
    """What each module of `COMMANDS` offers."""

    def add_parser(self, subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None: ...
    def run(self, args: argparse.Namespace) -> int: ...


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; 2 for whatever could not be read or done."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        return _run(arguments)
    except KeyboardInterrupt:
        _say("Arrêté à votre demande. Ce qui était déjà écrit est gardé.")
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        # The reader of a pipe went away (`| head`): nothing to say, and nothing more to flush.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_OK
    except Exception as error:  # the one broad catch: this is the door
        _say(_sentence(error))
        if os.environ.get("JALON_DEBUG", "") not in {"", "0"}:
            traceback.print_exception(error)
        return EXIT_UNREADABLE


def _run(arguments: list[str]) -> int:
    name = next((argument for argument in arguments if not argument.startswith("-")), "")
    parser: argparse.ArgumentParser = FrenchParser(
        prog="jalon",
        description="Concevoir, délivrer et vérifier les micro-certifications d’un territoire.",
        epilog="« jalon COMMANDE --help » dit tout d’une commande.",
    )
    subparsers = parser.add_subparsers(dest="command", metavar="COMMANDE", required=True)
    module: CommandModule | None = None
    for known, command in COMMANDS.items():
        if known == name:
            module = cast(CommandModule, import_module(command.module))
            module.add_parser(subparsers)
        elif not name:
            subparsers.add_parser(known, help=command.help)
    if name and module is None:
        parser.error(f"commande inconnue : « {name} ». Commandes : {', '.join(COMMANDS)}")
    if not arguments:
        parser.print_help(sys.stderr)
        return EXIT_UNREADABLE
    args = parser.parse_args(arguments)
    if module is None:
        parser.error("il manque une commande")
    return module.run(args)


def _sentence(error: Exception) -> str:
    """The French sentence of an error, whichever context it comes from, without loading Django."""
    if isinstance(error, ConfigurationError) and error.code == ConfigurationError.code:
        return _configuration_sentence(error)
    if isinstance(error, JalonError):
        return _refusal_sentence(error)
    if isinstance(error, OSError):
        return _system_sentence(error)
    return (
        f"Quelque chose a cassé de notre côté ({type(error).__name__}). "
        "Relancez avec JALON_DEBUG=1 pour le détail."
    )


def _configuration_sentence(error: ConfigurationError) -> str:
    facts = error.facts
    if "expected" not in facts:
        return f"Configuration : {error}"
    return f"Configuration : {of_a_variable(facts['name'], facts['met'], facts['expected'])}"


def _refusal_sentence(error: JalonError) -> str:
    from jalon.awarding import labels
    from jalon.design.errors import DesignError

    if isinstance(error, DesignError):
        from jalon.design.labels import refusal_sentence

        return refusal_sentence(error)
    if error.code.startswith("cli."):
        return str(error)
    return labels.sentence(error.code, error.facts)


def _system_sentence(error: OSError) -> str:
    where = f" ({error.filename})" if error.filename else ""
    reasons = {
        2: "n’existe pas",
        13: "n’est pas accessible à ce compte",
        17: "existe déjà",
        20: "n’est pas un dossier",
        21: "est un dossier",
        28: "ne tient plus sur le disque : il est plein",
        30: "est sur un disque en lecture seule",
    }
    reason = reasons.get(error.errno or 0, f"ne peut pas être lu ou écrit : {error.strerror or error}")
    return f"Ce fichier ou ce dossier {reason}{where}."


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
