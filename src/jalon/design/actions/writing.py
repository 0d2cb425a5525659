"""Writing a draft field by field, so that nothing typed is ever lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import transaction

from jalon.design.errors import InvalidContentError, Problem, PublishedIsFinalError, UnknownFieldError
from jalon.design.models import SetAside, Specification
from jalon.design.permissions import require_writer
from jalon.design.rules import fields, plain
from jalon.design.rules.content import SpecificationContent
from jalon.foundation import clock
from jalon.foundation.identifiers import new_urn
from jalon.people.models import User


class SaveState(StrEnum):
    """What became of a value that was sent."""

    SAVED = "saved"
    UNCHANGED = "unchanged"  # the draft says it already, or the person had not touched it
    CONFLICT = "conflict"  # somebody else changed the field since: both texts are kept
    UNREADABLE = "unreadable"  # not a value of that field: kept as typed


@dataclass(frozen=True)
class SaveResult:
    """
    What became of a value that was sent for a field.

    Attributes:
        value: What the draft now holds, in plain form.
        theirs, yours: The two texts of a conflict; `yours` also holds what could not be read.
        problem: Why it could not be read.
        at: When it was kept.
    """

    state: SaveState
    field: str
    value: Any
    at: datetime
    theirs: Any = None
    yours: Any = None
    problem: Problem | None = None


def _locked(specification: Specification, by: User) -> Specification:
    """The row as the database has it now, held until the end of the transaction."""
    draft = (
        Specification.objects.select_for_update(of=("self",))
        .select_related("micro_credential__organisation")
        .get(id=specification.id)
    )
    require_writer(by, draft)
    if draft.is_published:
        raise PublishedIsFinalError
    return draft


def write_draft(draft: Specification, content: SpecificationContent, by: User | None) -> None:
    """Put *content* in a draft that the caller holds; *by* is None for somebody without an account."""
    draft.content = plain.write(content)
    draft.revision += 1
    draft.updated_at = clock.now()
    draft.updated_by = by
    draft.save(update_fields=["content", "revision", "updated_at", "updated_by"])


@transaction.atomic
def save_field(
    *, specification: Specification, field: str, value: object, seen: object, by: User
) -> SaveResult:
    """
    Save what a person typed in one field.

    Args:
        field: A name of `rules.fields`.
        value: What they want it to say, in plain form.
        seen: What it said when they began, in plain form. When it says something else by now, somebody else
            wrote in between: nothing is overwritten, what this person typed is set aside, both are shown.

    Raises:
        UnknownFieldError: No such field.
        PublishedIsFinalError, NotAllowedError
    """
    fields.shape(field)
    draft = _locked(specification, by)
    content = draft.read()
    current = fields.value_of(content, field)
    at = clock.now()
    if fields.same(value, current):
        _forget(draft, field, SetAside.Reason.UNREADABLE)
        return SaveResult(SaveState.UNCHANGED, field, current, at)
    if fields.same(value, seen):
        return SaveResult(SaveState.UNCHANGED, field, current, at)
    outcome_id = fields.outcome_of(field)
    is_gone = bool(outcome_id) and not fields.has_outcome(content, outcome_id)
    try:
        written = fields.with_value(content, field, value)
    except InvalidContentError as error:
        problem = error.problems[0]
        _set_aside(draft, field, SetAside.Reason.UNREADABLE, value, by, problem)
        return SaveResult(SaveState.UNREADABLE, field, current, at, yours=value, problem=problem)
    canonical = fields.value_of(written, field)
    if fields.same(canonical, current) and not is_gone:
        # «35,0» where 35 is written: the same number in other signs.
        _forget(draft, field, SetAside.Reason.UNREADABLE)
        return SaveResult(SaveState.UNCHANGED, field, current, at)
    if is_gone or not fields.same(seen, current):
        _set_aside(draft, field, SetAside.Reason.CONFLICT, canonical, by)
        return SaveResult(SaveState.CONFLICT, field, current, at, theirs=current, yours=canonical)
    _forget(draft, field, SetAside.Reason.UNREADABLE)
    write_draft(draft, written, by)
    return SaveResult(SaveState.SAVED, field, canonical, draft.updated_at)


def _set_aside(
    draft: Specification,
    field: str,
    reason: SetAside.Reason,
    value: object,
    by: User,
    problem: Problem | None = None,
) -> None:
    """Keep *value* once per field, reason and person: what the same person typed later takes its place."""
    SetAside.objects.update_or_create(
        specification=draft,
        field=field,
        reason=reason,
        by=by,
        defaults={
            "value": _storable(value),
            "problem": {"code": problem.code, "facts": dict(problem.facts)} if problem else {},
        },
    )


def _storable(value: object) -> object:
    """*value* without NUL signs, which PostgreSQL cannot hold."""
    if isinstance(value, str):
        return value.replace("\0", "")
    if isinstance(value, Mapping):
        return {key: _storable(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_storable(each) for each in value]
    return value


def _forget(draft: Specification, field: str, reason: SetAside.Reason) -> None:
    SetAside.objects.filter(specification=draft, field=field, reason=reason).delete()


@transaction.atomic
def take_set_aside(*, specification: Specification, set_aside_id: UUID, by: User) -> SaveResult:
    """
    Put a text that was set aside into its field, in place of what is there: a person compared them and chose.

    Raises:
        UnknownFieldError: It is no longer there.
    """
    draft = _locked(specification, by)
    kept = _kept(draft, set_aside_id)
    written = fields.with_value(draft.read(), kept.field, kept.value)
    write_draft(draft, written, by)
    kept.delete()
    return SaveResult(SaveState.SAVED, kept.field, fields.value_of(written, kept.field), draft.updated_at)


@transaction.atomic
def drop_set_aside(*, specification: Specification, set_aside_id: UUID, by: User) -> str:
    """
    Let go of a text that was set aside: a person compared the two and chose the other. Returns its field.

    Raises:
        UnknownFieldError: It is no longer there.
    """
    kept = _kept(_locked(specification, by), set_aside_id)
    kept.delete()
    return kept.field


def _kept(draft: Specification, set_aside_id: UUID) -> SetAside:
    kept = SetAside.objects.filter(specification=draft, id=set_aside_id).first()
    if kept is None:
        raise UnknownFieldError("expected a text that was set aside, it is no longer there")
    return kept


@transaction.atomic
def add_outcome(*, specification: Specification, by: User, statement: Mapping[str, str] | None = None) -> str:
    """
    Add an outcome at the end, empty unless *statement* is given. Returns its identity, which never changes.

    Raises:
        InvalidContentError: The statement cannot be read, or there are too many outcomes.
    """
    draft = _locked(specification, by)
    outcome_id = new_urn()
    written = plain.write(draft.read())
    rows = [*_rows(written), {"id": outcome_id, "statement": dict(statement or {})}]
    write_draft(draft, plain.read({**written, "learning_outcomes": rows}), by)
    return outcome_id


def _rows(written: Mapping[str, object]) -> list[object]:
    rows = written.get("learning_outcomes", [])
    return list(rows) if isinstance(rows, list) else []


def reword_outcome(
    *, specification: Specification, outcome_id: str, language: str, statement: str, seen: str, by: User
) -> SaveResult:
    """Change the words of an outcome in one language: it stays the same outcome (`save_field`)."""
    field = f"learning_outcomes.{outcome_id}.statement.{language}"
    return save_field(specification=specification, field=field, value=statement, seen=seen, by=by)


@transaction.atomic
def move_outcome(*, specification: Specification, outcome_id: str, to: int, by: User) -> None:
    """
    Move an outcome to place *to*, counted from 1; past either end means that end.

    Raises:
        UnknownFieldError: It is no longer there.
    """
    draft = _locked(specification, by)
    content = draft.read()
    moved = next((o for o in content.learning_outcomes if o.id == outcome_id), None)
    if moved is None:
        raise UnknownFieldError(f"expected an outcome of the draft, met {outcome_id}", field=outcome_id)
    others = [o for o in content.learning_outcomes if o.id != outcome_id]
    others.insert(max(to - 1, 0), moved)
    if tuple(others) != content.learning_outcomes:
        write_draft(draft, replace(content, learning_outcomes=tuple(others)), by)


@transaction.atomic
def remove_outcome(*, specification: Specification, outcome_id: str, by: User) -> None:
    """
    Take an outcome out of the draft. Published versions that have it keep it.

    Raises:
        UnknownFieldError: It is no longer there.
    """
    draft = _locked(specification, by)
    content = draft.read()
    if not fields.has_outcome(content, outcome_id):
        raise UnknownFieldError(f"expected an outcome of the draft, met {outcome_id}", field=outcome_id)
    kept = tuple(o for o in content.learning_outcomes if o.id != outcome_id)
    write_draft(draft, replace(content, learning_outcomes=kept), by)
    SetAside.objects.filter(
        specification=draft, field__startswith=f"learning_outcomes.{outcome_id}."
    ).delete()
