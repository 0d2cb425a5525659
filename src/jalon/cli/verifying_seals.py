"""European seals in `jalon verify` and `jalon inspect`: who is trusted, and what may be said of one."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from jalon.cli import environment
from jalon.cli.errors import CommandError
from jalon.cli.verifying_words import Pair, day, pick
from jalon.verification.errors import AuthoritiesError
from jalon.verification.importers import read_authorities
from jalon.verification.rules import TrustStep, is_certified, trust_step
from sceau.proofs.jades import Level
from sceau.verifying.report import Report
from sceau.verifying.trust import Anchors

STEPS: Mapping[TrustStep, Pair] = {
    TrustStep.UNSEALED: ("aucun qui tienne", "none that holds"),
    TrustStep.TEST_SEAL: (
        "cachet d’essai : il ne prouve rien sur qui a scellé",
        "a test seal: it proves nothing about who sealed",
    ),
    TrustStep.UNKNOWN_SEAL: (
        "d’une autorité inconnue ici",
        "by an authority that is not known here",
    ),
    TrustStep.ORGANISATION_KEY: (
        "fait avec une clé d’organisme, dont personne ici ne dit à qui elle est",
        "made with an organisation’s key, and nobody here says whose it is",
    ),
    TrustStep.CERTIFIED_SEAL: (
        "de {organisation}, selon une autorité à qui vous vous fiez",
        "of {organisation}, by an authority that you trust",
    ),
    TrustStep.EIDAS_SEAL: (
        "de {organisation}, par un certificat qui se dit qualifié (eIDAS), d’un prestataire d’une liste de "
        "confiance",
        "of {organisation}, by a certificate that says it is qualified (eIDAS), from a service of a trusted "
        "list",
    ),
}
_CHECKED = frozenset({str(Level.B), str(Level.T)})
SEAL: Pair = ("Cachet : {step}. {level}", "Seal: {step}. {level}")
LEVEL: Pair = ("Niveau {level}.", "Level {level}.")
# The level that the file has the parts of; what is beyond B-T is not read.
STATED_LEVEL: Pair = (
    "Il porte de quoi être de niveau {level} ; rien n’en est contrôlé au-delà de B-T.",
    "It bears the parts of level {level}; nothing of it is checked beyond B-T.",
)
DATED: Pair = (
    "Horodaté par {authority} : il existe depuis le {day} au moins.",
    "Time-stamped by {authority}: it has existed since {day} at least.",
)
DATED_BY_A_STRANGER: Pair = (
    "Horodaté par une autorité inconnue ici, ce qui ne le date pas.",
    "Time-stamped by an authority that is not known here, which does not date it.",
)
NOT_CHECKED: Pair = (
    "N’est pas contrôlé : si le certificat a été révoqué depuis.",
    "Not checked: whether the certificate was revoked since.",
)
CERTIFIED: Pair = (
    "{authority} dit que c’est {organisation}, par le certificat du cachet.",
    "{authority} says that it is {organisation}, by the certificate of the seal.",
)
TEST: Pair = (
    "Personne : le certificat du cachet dit lui-même qu’il sert à des essais.",
    "Nobody: the certificate of the seal says itself that it is for tests.",
)


def add_option(parser: argparse.ArgumentParser) -> None:
    """Declare whom to trust with seals."""
    parser.add_argument(
        "--authorities",
        type=Path,
        metavar="FICHIER|DOSSIER",
        help="certificats (PEM, DER) de ceux à qui se fier pour dire de qui est un cachet ; dans un dossier, "
        "« trusted-list » pour les listes de confiance européennes, « time-stamping » pour l’horodatage "
        "(sinon JALON_SEAL_AUTHORITIES)",
    )


def authorities_for(given: Path | None) -> Anchors:
    """
    Whom to trust with seals: as the option says, else as the environment does.

    Raises:
        CommandError: The certificates cannot be read, and why.
    """
    path = given or environment.read()["JALON_SEAL_AUTHORITIES"]
    if not path:
        return Anchors()
    try:
        return read_authorities(Path(path))
    except AuthoritiesError as error:
        from jalon.verification.labels.seals import authorities_sentence

        name = "--authorities" if given else "JALON_SEAL_AUTHORITIES"
        raise CommandError(f"{name} : {authorities_sentence(error.code, error.facts)}") from error


def facts_of(report: Report) -> dict[str, Any]:
    """The facts of the seal's certificate and time-stamps; empty where there is no seal."""
    return next((check.facts for check in report.checks if check.name == "seal_certificate"), {})


def as_dict(report: Report) -> dict[str, Any] | None:
    """``{"kind": "organisation_key", "step": "certified_seal", "level": "B-T", …}``, None without a seal."""
    if not report.seal:
        return None
    return {"step": str(trust_step(report)), **facts_of(report), "kind": report.seal}


def certified_words(report: Report, language: str) -> str:
    """Who answers for the issuer, where a trusted authority does by the seal's certificate."""
    from jalon.verification.labels.seals import name_of

    facts = facts_of(report)
    authority = name_of(str(facts.get("authority", "")))
    return pick(CERTIFIED, language).format(authority=authority, organisation=facts.get("organisation", ""))


def lines(report: Report, language: str) -> Iterator[str]:
    """What may be said of the seal, and never more than was checked; nothing where there is none."""
    facts = facts_of(report)
    if not facts.get("level"):
        return
    words = pick(STEPS[trust_step(report)], language).format(organisation=facts.get("organisation", ""))
    level = pick(LEVEL if facts["level"] in _CHECKED else STATED_LEVEL, language)
    yield pick(SEAL, language).format(step=words, level=level.format(level=facts["level"]))
    yield from _dates(facts, language)
    if is_certified(report) or facts.get("unchecked"):
        yield pick(NOT_CHECKED, language)


def _dates(facts: Mapping[str, Any], language: str) -> Iterator[str]:
    stamps = [one for one in facts.get("time_stamps", ()) if one.get("about") == "seal"]
    held = [one for one in stamps if one.get("outcome") == "passed"]
    if facts.get("existed_at") and held:
        first = min(held, key=lambda one: str(one.get("time")))
        yield pick(DATED, language).format(
            authority=first.get("authority", ""), day=day(str(facts["existed_at"]), language)
        )
    elif stamps:
        yield pick(DATED_BY_A_STRANGER, language)
