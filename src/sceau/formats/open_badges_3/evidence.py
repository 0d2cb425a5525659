"""
Evidence, both ways.

    {"id": "https://…", "type": ["Evidence"], "name": "Haie plantée", "description": "…", "genre": "photo"}
"""

from __future__ import annotations

from typing import Any

from sceau.formats.open_badges_3 import pieces
from sceau.formats.open_badges_3.nodes import Node
from sceau.model.credential import Evidence
from sceau.model.texts import Text


def write(evidence: tuple[Evidence, ...], language: str) -> list[dict[str, Any]]:
    """
    One object for each.

    Raises:
        DataModelError: One without a name, or with an id that is no IRI.
    """
    return [
        pieces.filled(
            {
                "id": pieces.iri(each.id, "evidence.id") if each.id else "",
                "type": ["Evidence"],
                "name": pieces.named(each.name, language, "each evidence"),
                "description": each.description.get(language),
                "genre": each.kind,
            }
        )
        for each in evidence
    ]


def read(root: Node, language: str) -> tuple[Evidence, ...]:
    """What a badge shows as evidence; a file inside it (``data:``) stays there."""
    return tuple(
        Evidence(
            name=each.words("name", language),
            description=_description(each, language),
            id=each.link("id"),
            kind=each.text("genre"),
        )
        for each in root.nodes("evidence")
    )


def _description(each: Node, language: str) -> Text:
    """Others write a narrative too, or only that."""
    short, long = each.words("description", language).as_dict(), each.words("narrative", language).as_dict()
    return Text(
        tuple(
            (tag, "\n\n".join(dict.fromkeys(filter(None, (short.get(tag), long.get(tag))))))
            for tag in dict.fromkeys((*short, *long))
        )
    )
