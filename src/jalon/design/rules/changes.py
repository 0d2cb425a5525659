"""
The difference between two versions, as a person would tell it.

Outcomes are followed by their identity: one that moved is neither removed nor added, one that was reworded
is the same outcome in other words.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from jalon.design.rules import plain
from jalon.design.rules.content import Alignment, OutcomeContent, SpecificationContent
from jalon.design.rules.vocabularies import PARTICIPATION_FORMS, QUALITY_ASSURANCE_KINDS
from sceau.model.texts import Text


class Kind(StrEnum):
    """What happened."""

    SET = "set"  # it was empty
    CLEARED = "cleared"
    CHANGED = "changed"
    OUTCOME_ADDED = "outcome_added"
    OUTCOME_REMOVED = "outcome_removed"
    OUTCOME_REWORDED = "outcome_reworded"
    OUTCOME_MOVED = "outcome_moved"
    ROW_ADDED = "row_added"
    ROW_REMOVED = "row_removed"


@dataclass(frozen=True)
class Change:
    """
    One change.

    Attributes:
        field: ``"title"``, ``"assessment.types"``, ``"learning_outcomes"``, ``"alignments"``…
        language: Of the text that changed, ``""`` where it has none.
        old, new: Plain text, or codes separated by commas; empty where there is none.
        outcome_id: For changes of an outcome.
        old_position, new_position: From 1, for an outcome that was added, removed or moved; else 0.
    """

    kind: Kind
    field: str
    language: str = ""
    old: str = ""
    new: str = ""
    outcome_id: str = ""
    old_position: int = 0
    new_position: int = 0


def changes(old: SpecificationContent, new: SpecificationContent) -> list[Change]:
    """What is different in *new*; nothing where they say the same."""
    return [
        *_texts("title", old.title, new.title),
        *_texts("description", old.description, new.description),
        *_value("domain", old.domain, new.domain),
        *_codes("languages", old.languages, new.languages),
        *_outcomes(old.learning_outcomes, new.learning_outcomes),
        *_value(
            "workload_hours", plain.write_decimal(old.workload_hours), plain.write_decimal(new.workload_hours)
        ),
        *_value("credits_ects", plain.write_decimal(old.credits_ects), plain.write_decimal(new.credits_ects)),
        *_value("level", _level(old), _level(new)),
        *_texts("level.none_reason", old.level.none_reason, new.level.none_reason),
        *_codes("assessment.types", old.assessment.types, new.assessment.types),
        *_texts("assessment.description", old.assessment.description, new.assessment.description),
        *_value("assessment.supervision", old.assessment.supervision, new.assessment.supervision),
        *_texts("assessment.identity_check", old.assessment.identity_check, new.assessment.identity_check),
        *_texts("assessment.evidence", old.assessment.evidence, new.assessment.evidence),
        *_rows("criteria", _criteria(old), _criteria(new)),
        *_rows("modules", _modules(old), _modules(new)),
        *_codes("participation", old.participation, new.participation),
        *_rows("quality_assurance", _quality(old), _quality(new)),
        *_texts("prerequisites", old.prerequisites, new.prerequisites),
        *_texts("stackability", old.stackability, new.stackability),
        *_rows("stacks_into", _alignments(old.stacks_into), _alignments(new.stacks_into)),
        *_recognition(old, new),
        *_value("validity_months", old.validity_months, new.validity_months),
        *_value("price_euros", plain.write_decimal(old.price_euros), plain.write_decimal(new.price_euros)),
        *_texts("price_note", old.price_note, new.price_note),
        *_texts("further_information", old.further_information, new.further_information),
    ]


def _kind(old: str, new: str) -> Kind:
    if not old:
        return Kind.SET
    return Kind.CHANGED if new else Kind.CLEARED


def _value(field: str, old: object, new: object) -> Iterator[Change]:
    before, after = ("" if value is None else str(value) for value in (old, new))
    if before != after:
        yield Change(_kind(before, after), field, old=before, new=after)


def _codes(field: str, old: Sequence[str], new: Sequence[str]) -> Iterator[Change]:
    if set(old) != set(new):
        yield from _value(field, ",".join(old), ",".join(new))


def _texts(field: str, old: Text, new: Text) -> Iterator[Change]:
    before, after = old.as_dict(), new.as_dict()
    for tag in {**after, **before}:
        was, becomes = before.get(tag, ""), after.get(tag, "")
        if was != becomes:
            yield Change(_kind(was, becomes), field, language=tag, old=was, new=becomes)


def _rows(field: str, old: Sequence[str], new: Sequence[str], *, outcome_id: str = "") -> Iterator[Change]:
    for row in old:
        if row not in new:
            yield Change(Kind.ROW_REMOVED, field, old=row, outcome_id=outcome_id)
    for row in new:
        if row not in old:
            yield Change(Kind.ROW_ADDED, field, new=row, outcome_id=outcome_id)


def _outcomes(old: Sequence[OutcomeContent], new: Sequence[OutcomeContent]) -> Iterator[Change]:
    before = {o.id: (position, o) for position, o in enumerate(old, start=1)}
    after = {o.id: (position, o) for position, o in enumerate(new, start=1)}
    for outcome_id, (position, outcome) in before.items():
        if outcome_id not in after:
            words = str(outcome.statement)
            yield Change(
                Kind.OUTCOME_REMOVED,
                "learning_outcomes",
                old=words,
                outcome_id=outcome_id,
                old_position=position,
            )
    moved = _moved([o.id for o in old if o.id in after], [o.id for o in new if o.id in before])
    for outcome_id, (position, outcome) in after.items():
        if outcome_id not in before:
            words = str(outcome.statement)
            yield Change(
                Kind.OUTCOME_ADDED,
                "learning_outcomes",
                new=words,
                outcome_id=outcome_id,
                new_position=position,
            )
            continue
        old_position, was = before[outcome_id]
        yield from _reworded(was, outcome)
        if outcome_id in moved:
            yield Change(
                Kind.OUTCOME_MOVED,
                "learning_outcomes",
                new=str(outcome.statement),
                outcome_id=outcome_id,
                old_position=old_position,
                new_position=position,
            )
        yield from _rows(
            "alignments", _alignments(was.alignments), _alignments(outcome.alignments), outcome_id=outcome_id
        )


def _reworded(old: OutcomeContent, new: OutcomeContent) -> Iterator[Change]:
    for change in _texts("learning_outcomes", old.statement, new.statement):
        yield Change(
            Kind.OUTCOME_REWORDED,
            "learning_outcomes",
            language=change.language,
            old=change.old,
            new=change.new,
            outcome_id=new.id,
        )


def _moved(old: Sequence[str], new: Sequence[str]) -> frozenset[str]:
    """
    The fewest outcomes that must have been moved to turn the order *old* into *new* (the same ids in both).

    All but the longest run that kept its order (longest increasing subsequence, by patience).
    """
    place = {outcome_id: index for index, outcome_id in enumerate(old)}
    tops: list[int] = []
    piles: list[list[tuple[int, int]]] = []
    for outcome_id in new:
        position = place[outcome_id]
        pile = bisect_left(tops, position)
        below = len(piles[pile - 1]) - 1 if pile else -1
        if pile == len(tops):
            tops.append(position)
            piles.append([])
        tops[pile] = position
        piles[pile].append((position, below))
    kept: set[int] = set()
    index = len(piles[-1]) - 1 if piles else -1
    for pile_of in reversed(piles):
        position, index = pile_of[index]
        kept.add(position)
    return frozenset(outcome_id for outcome_id in new if place[outcome_id] not in kept)


def _level(content: SpecificationContent) -> str:
    return f"{content.level.framework}:{content.level.value}" if content.level.value is not None else ""


def _quality(content: SpecificationContent) -> list[str]:
    return [
        " · ".join(
            filter(
                None,
                (
                    *(words for _, words in row.name.versions),
                    str(QUALITY_ASSURANCE_KINDS[row.kind].label) if row.kind else "",
                    row.url,
                ),
            )
        )
        for row in content.quality_assurance
    ]


def _numbers(places: Sequence[int]) -> str:
    return ", ".join(map(str, places))


def _criteria(content: SpecificationContent) -> list[str]:
    return [
        " · ".join(filter(None, (*(words for _, words in c.statement.versions), _numbers(places))))
        for c, places in content.placed_criteria
    ]


def _modules(content: SpecificationContent) -> list[str]:
    return [
        " · ".join(
            filter(
                None,
                (
                    *(words for _, words in m.title.versions),
                    f"{plain.write_decimal(m.hours)} h" if m.hours else "",
                    str(PARTICIPATION_FORMS[m.participation].label) if m.participation else "",
                    _numbers(places),
                ),
            )
        )
        for m, places in content.placed_modules
    ]


def _alignments(alignments: Sequence[Alignment]) -> list[str]:
    return [" · ".join(filter(None, (a.framework, a.code, a.label, a.uri))) for a in alignments]


def _recognition(old: SpecificationContent, new: SpecificationContent) -> Iterator[Change]:
    was, becomes = old.recognition, new.recognition
    yield from _value(
        "recognition.status", was.status and was.status.value, becomes.status and becomes.status.value
    )
    yield from _value("recognition.code", was.code, becomes.code)
    yield from _value("recognition.title", was.title, becomes.title)
    yield from _value("recognition.certifying_body", was.certifying_body, becomes.certifying_body)


@dataclass(frozen=True)
class Piece:
    """A run of words: in both versions, only in the old one, or only in the new one."""

    words: str
    is_old: bool
    is_new: bool


# Below this likeness, mixing both texts reads worse than one after the other.
_ALIKE = 0.4


def _share_of_words(before: list[str], after: list[str], matcher: SequenceMatcher[str]) -> float:
    """How much of both texts is common to them, in words: any two sentences have spaces in common."""
    kept = sum(not word.isspace() for i, _k, n in matcher.get_matching_blocks() for word in before[i : i + n])
    total = sum(not word.isspace() for word in (*before, *after))
    return 2 * kept / total if total else 1.0


def pieces(old: str, new: str) -> list[Piece]:
    """
    *old* and *new* as one text whose runs are kept, struck or underlined.

    Joining the runs of either version gives that version back. Two texts that have little in common are
    given one after the other.
    """
    before, after = (re.findall(r"\s+|[^\s]+", text) for text in (old, new))
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if _share_of_words(before, after, matcher) < _ALIKE:
        return [Piece(words, is_old, not is_old) for words, is_old in ((old, True), (new, False)) if words]
    found: list[Piece] = []
    for kind, i, j, k, m in matcher.get_opcodes():
        if kind == "equal":
            found.append(Piece("".join(before[i:j]), True, True))
            continue
        if j > i:
            found.append(Piece("".join(before[i:j]), True, False))
        if m > k:
            found.append(Piece("".join(after[k:m]), False, True))
    return found
