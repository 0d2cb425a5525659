"""An entry of a controlled vocabulary or framework, and the ways a thing points to one."""

from __future__ import annotations

from dataclasses import dataclass

from sceau.model.texts import Text


@dataclass(frozen=True)
class Concept:
    """
    One entry of a controlled vocabulary.

    Attributes:
        iri: ``"http://data.europa.eu/snb/assessment/6a4db9f11d"``.
        label: What a person reads.
        framework: The vocabulary's name: ``"ESCO"``, ``"EQF"``, ``"Europass assessment types"``.
        code: Its short code where it has one: ``"4"``, ``"A1416"``.
    """

    iri: str
    label: Text
    framework: str
    code: str = ""
