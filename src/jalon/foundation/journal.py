"""The journal: who did what, when, with which facts. Written in the caller's transaction, never changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol
from uuid import UUID

from jalon.foundation.models import JournalEntry

# A fact under one of these names is a mistake of whoever writes it: the journal is read by many.
_SECRET_NAMES = frozenset(
    {"password", "secret", "private_key", "key_encryption_key", "link_token", "token", "birth_date", "email"}
)


class _Identified(Protocol):
    @property
    def id(self) -> UUID: ...


def write(
    *,
    organisation: _Identified | None,
    actor: _Identified | None,
    verb: str,
    object_id: object = "",
    facts: Mapping[str, Any] | None = None,
) -> JournalEntry:
    """
    Append one entry.

    Args:
        organisation: For whom it was done, or None for the installation itself.
        actor: The account that did it, or None for the machine.
        verb: Dotted and in the past: ``"award.revoked"``.
        object_id: What it was done to.
        facts: JSON types only; no secret, no birth date, no e-mail, no unguessable link.

    Raises:
        ValueError: A fact bears the name of a secret.
    """
    entry = _entry(organisation, actor, verb, object_id, facts or {})
    entry.save()
    return entry


def write_about(
    *,
    organisation: _Identified | None,
    actor: _Identified | None,
    verb: str,
    objects: Iterable[tuple[object, Mapping[str, Any]]],
) -> None:
    """Append one entry for each of many objects to which the same was done: pairs of identifier and facts."""
    JournalEntry.objects.bulk_create(
        [_entry(organisation, actor, verb, object_id, facts) for object_id, facts in objects], batch_size=500
    )


def _entry(
    organisation: _Identified | None,
    actor: _Identified | None,
    verb: str,
    object_id: object,
    facts: Mapping[str, Any],
) -> JournalEntry:
    if refused := _SECRET_NAMES & facts.keys():
        raise ValueError(f"expected no secret among the facts of the journal, met {sorted(refused)}")
    return JournalEntry(
        organisation_id=organisation.id if organisation else None,
        actor_id=actor.id if actor else None,
        actor_name=str(actor)[:200] if actor else "",
        verb=verb,
        object_id=str(object_id)[:200],
        facts=dict(facts),
    )


def entries_about(object_id: object) -> list[JournalEntry]:
    """What was done to one object, oldest first."""
    return list(JournalEntry.objects.filter(object_id=str(object_id)))
