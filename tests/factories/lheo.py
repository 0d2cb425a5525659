"""LHÉO as it was published, to hold files against."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree

from jalon.catalogue.rules import lheo


class Structure:
    """The published structure of LHÉO: order, cardinalities, lengths, tables."""

    def __init__(self, path: Path) -> None:
        told = json.loads(path.read_text())
        self.elements, self.tables = told["elements"], told["tables"]

    def faults(self, element: ElementTree.Element) -> list[str]:
        """What is wrong with *element* and all below it."""
        name = element.tag.removeprefix(f"{{{lheo.NAMESPACE}}}")
        rule = self.elements.get(name)
        if rule is None:
            return [f"{name}: no such element"]
        text = element.text or ""
        if "sequence" in rule:
            found = self._order(name, [c.tag.rsplit("}")[-1] for c in element], rule["sequence"])
            return found + [fault for child in element for fault in self.faults(child)]
        if len(element):
            return [f"{name}: expected a text"]
        if "text" in rule and not rule["text"]["min"] <= len(text) <= rule["text"]["max"]:
            return [f"{name}: {len(text)} signs"]
        if "table" in rule and text not in self.tables[rule["table"]]["values"]:
            return [f"{name}: {text} is not in {rule['table']}"]
        if "int" in rule and not (text.isdigit() and int(text) <= rule["int"]["max"]):
            return [f"{name}: {text} is no number"]
        if "date" in rule and not re.fullmatch(r"\d{8}", text):
            return [f"{name}: {text} is no date"]
        return []

    def _order(self, name: str, children: list[str], sequence: list[list[str]]) -> list[str]:
        rest, found = list(children), []
        for child, cardinality in sequence:
            many = 0
            while rest and rest[0] == child:
                many, rest = many + 1, rest[1:]
            least, _dots, most = cardinality.partition("..")
            if many < int(least) or (many > int(most or least) if most != "n" else False):
                found.append(f"{name}: {many} × {child}, expected {cardinality}")
        return [*found, *(f"{name}: {child} out of place" for child in rest)]
