"""Where a person of a list stands with what was already issued in a folder."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from typing import Literal

from jalon.awarding.rules.persons import Identity, Match, Register
from jalon.cli.ledger import Entry, Ledger

Standing = Literal["new", "already", "homonym.known", "again.expired", "again.revoked"]


def _exactly(identity: Identity) -> tuple[str, date | None, str]:
    return identity.name_key, identity.birth_date, identity.identifier_key


class KnownHolders:
    """
    Those who were issued one version, and whether theirs still counts.

    A line that says exactly what a line said before is the same line given again, even with nothing but a
    name;
    each credential answers for one line, so that two namesakes whom a person told apart stay two.
    """

    def __init__(self, ledger: Ledger, specification: str, version: str, now: datetime) -> None:
        mine = [
            e for e in ledger.entries.values() if (e.specification, e.version) == (specification, version)
        ]
        live = [e for e in mine if e.credential not in ledger.revoked and not _is_over(e, now)]
        self._revoked = ledger.revoked
        self._exact = Counter(_exactly(entry.identity) for entry in live)
        self._live = Register((entry.identity, entry.credential) for entry in live)
        self._past = Register((e.identity, e.credential) for e in reversed(mine) if e not in live)

    def standing(self, identity: Identity, *, again: bool, distinct: bool) -> Standing:
        """
        Args:
            again: A person wants a new credential where the last one expired or was revoked.
            distinct: A person says that this is somebody else than their namesake.
        """
        exact = _exactly(identity)
        if self._exact[exact]:
            self._exact[exact] -= 1
            return "already"
        match, _, _ = self._live.look_up(identity)
        if match is Match.SAME:
            return "already"
        if match is Match.UNSURE and not distinct:
            return "homonym.known"
        match, _, credential = self._past.look_up(identity)
        if again or match is Match.DIFFERENT or (match is Match.UNSURE and distinct):
            return "new"
        return "again.revoked" if credential in self._revoked else "again.expired"


def _is_over(entry: Entry, now: datetime) -> bool:
    return entry.valid_until is not None and entry.valid_until <= now
