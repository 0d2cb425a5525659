"""What an import has to tell: counts, and why rows were left out, in bounded room."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jalon.frameworks.rules.records import Note, SkippedRecord

COUNTS = ("read", "new", "changed", "unchanged", "withdrawn", "replaced", "split", "relations", "skipped")
MOST_EXAMPLES = 20
# A later edition that lacks more than this share of what was current is taken for an extract.
MOST_WITHDRAWN_SHARE = 0.2
FEW = 20


class Report:
    """Counts and reasons of one import; goes to and comes from plain JSON, so that a killed one goes on."""

    def __init__(
        self, counts: Mapping[str, int] | None = None, plain: Mapping[str, Any] | None = None
    ) -> None:
        self.counts = dict.fromkeys(COUNTS, 0) | dict(counts or {})
        self.skipped: dict[str, dict[str, Any]] = {
            reason: {"count": each["count"], "examples": list(each["examples"])}
            for reason, each in (plain or {}).get("skipped", {}).items()
        }
        self.notes: list[dict[str, Any]] = list((plain or {}).get("notes", []))
        self.changes: dict[str, list[dict[str, str]]] = dict((plain or {}).get("changes", {}))

    def skip(self, record: SkippedRecord) -> None:
        """Count a row that was left out; the first ones of each reason are kept as examples."""
        self.counts["skipped"] += 1
        kept = self.skipped.setdefault(record.reason, {"count": 0, "examples": []})
        kept["count"] += 1
        if len(kept["examples"]) < MOST_EXAMPLES:
            kept["examples"].append({"where": record.where[:200], "met": record.met[:200]})

    def note(self, note: Note) -> None:
        """Tell something about the whole, once."""
        plain = {"code": note.code, "facts": dict(note.facts)}
        if plain not in self.notes:
            self.notes.append(plain)

    def change(self, kind: str, uri: str, label: str) -> None:
        """Keep an example of what an edition changed: ``"withdrawn"``, ``"replaced"``, ``"split"``."""
        kept = self.changes.setdefault(kind, [])
        if len(kept) < MOST_EXAMPLES:
            kept.append({"uri": uri, "label": label[:200]})

    def plain(self) -> dict[str, Any]:
        """JSON types, without the counts."""
        return {"skipped": self.skipped, "notes": self.notes, "changes": self.changes}


def may_withdraw(*, current: int, unseen: int) -> bool:
    """
    Whether concepts that an edition lacks may be marked withdrawn by themselves.

    A cut file, or an extract that somebody took for the whole, lacks a great many: then a person decides.
    """
    return unseen <= FEW or unseen <= current * MOST_WITHDRAWN_SHARE
