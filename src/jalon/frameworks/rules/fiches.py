"""What a fiche of the RNCP or RS says, whichever file it stands in: addresses, codes, dates, yes and no."""

from __future__ import annotations

import re
from datetime import date, datetime
from urllib.parse import quote

_NUMBER = re.compile(r"(RNCP|RS)(\d{1,6})")
# `SI_JURY_xx`, and how the CSV says the same.
ACCESS_ROUTES = {
    "initial": ("FI", "sous statut d"),
    "apprenticeship": ("CA", "contrat d’apprentissage"),
    "continuing": ("FC", "formation continue"),
    "professionalisation": ("CQ", "contrat de professionnalisation"),
    "individual": ("CL", "candidature individuelle"),
    "experience": ("VAE", "par expérience"),
}


def number(text: str) -> str:
    """``"RNCP38093"`` or ``"RS6396"`` out of what was written; ``""`` where it is neither."""
    met = _NUMBER.fullmatch(text.strip().upper().replace(" ", ""))
    return f"{met[1]}{met[2]}" if met else ""


def page(fiche: str) -> str:
    """The public address of a fiche, which is its address as a concept."""
    met = _NUMBER.fullmatch(fiche)
    if met is None:
        raise ValueError(f"expected RNCPn or RSn, met {fiche!r}")
    return f"https://www.francecompetences.fr/recherche/{met[1].lower()}/{met[2]}/"


def block_address(fiche: str, code: str, repetition: int = 0) -> str:
    """
    The address of a bloc: codes are wrong or doubled at times, so that the fiche is always part of it.

    Args:
        repetition: 1 for the second bloc with the same code in a fiche.
    """
    tail = code if code.startswith(fiche) else f"{fiche}-{code}"
    return f"{page(fiche)}#{quote(tail)}" + (f"-{repetition + 1}" if repetition else "")


def day(text: str) -> date | None:
    """``"31/08/2026"``; None where there is none, or none that exists."""
    try:
        return datetime.strptime(text.strip(), "%d/%m/%Y").date()  # noqa: DTZ007 -- a day, not a moment
    except ValueError:
        return None


def level(text: str) -> int | None:
    """``"NIV4"`` or ``"Niveau 4"`` as 4."""
    met = re.search(r"[1-8]", text)
    return int(met[0]) if met else None


def access_route(sentence: str) -> str:
    """The key of `ACCESS_ROUTES` for a cell of the CSV, ``""`` where it is none of them."""
    plain = sentence.casefold().replace("'", "’")
    return next((key for key, (_tag, words) in ACCESS_ROUTES.items() if words in plain), "")
