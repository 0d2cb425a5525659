"""The rows of a list against the people an organisation knows, and the awards they have."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from jalon.awarding.errors import ChoiceError
from jalon.awarding.models import Award, AwardBatch, BatchRow
from jalon.awarding.queries.awards import live_awards_of
from jalon.awarding.rules import batch_rows, holders
from jalon.awarding.rules.batch_rows import NEW, SAME, SKIP, KnownAward, Outcome
from jalon.awarding.rules.batch_states import RowState
from jalon.awarding.rules.columns import ColumnMapping
from jalon.foundation import clock
from jalon.foundation.cells import Cell
from jalon.foundation.identifiers import folded
from jalon.foundation.tables import Table
from jalon.people.models import Organisation, Person
from jalon.people.rules import Match, MatchOutcome, PersonFacts, match

ASKED_CODES = frozenset({holders.HOMONYM, "homonym.known"})
"""Codes of rows about which a person was, or may be, asked who they are."""

CHUNK = 500


def checked_rows(batch: AwardBatch, table: Table, mapping: ColumnMapping) -> list[BatchRow]:
    """Every row of the list with what becomes of it, not saved yet."""
    report = holders.read_rows(table, mapping, today=clock.today())
    cells = {row.number: row.cells for row in table.rows}
    rows = [
        BatchRow(
            batch=batch,
            number=rejection.row,
            values=_shown(cells.get(rejection.row, ()), mapping),
            state=RowState.REJECTED.value,
            code=rejection.code,
            column=rejection.column,
            facts=rejection.facts,
        )
        for rejection in report.rejected
    ]
    rows += [
        BatchRow(
            batch=batch,
            number=homonym.holder.row,
            values=batch_rows.plain(homonym.holder),
            state=RowState.HOMONYM.value,
            code=homonym.code,
            column=homonym.column,
            facts=homonym.facts,
        )
        for homonym in report.homonyms
    ]
    return rows + _matched(batch, report.rows)


def _matched(batch: AwardBatch, found: Sequence[holders.HolderRow]) -> list[BatchRow]:
    known = KnownPeople(batch.organisation, found)
    earlier = _awarded_from_same_file(batch)
    rows: list[BatchRow] = []
    for holder in found:
        row = BatchRow(batch=batch, number=holder.row, values=batch_rows.plain(holder))
        person = earlier.get(holder.row)
        outcome = known.match(holder)
        if person is None and outcome.outcome is MatchOutcome.SAME and outcome.key is not None:
            person = known.persons[outcome.key]
        if person is None and outcome.outcome is MatchOutcome.HOMONYM:
            row.candidates = [str(key) for key in outcome.candidates]
            _settle(row, batch_rows.of_namesakes(holder.name, len(outcome.candidates)))
        else:
            row.person = person
            _settle(row, Outcome(RowState.READY))
        rows.append(row)
    awards = live_awards_of([row.person for row in rows if row.person], batch.specification_id)
    for row in rows:
        if row.person is not None:
            _settle_known(row, awards)
    _refuse_what_cannot_be_kept(batch, rows)
    return rows


def _refuse_what_cannot_be_kept(batch: AwardBatch, rows: Sequence[BatchRow]) -> None:
    """Reject rows whose award would have ended before it is signed, and overlong parts of names."""
    months, now = batch.specification.read().validity_months, clock.now()
    for row in rows:
        if row.state == RowState.ALREADY.value:
            continue
        holder = batch_rows.read(row.number, row.values)
        bygone = batch_rows.of_date(holder.awarded_on or batch.awarded_on, months, at=now)
        if refusal := bygone or batch_rows.of_lengths(holder):
            _settle(row, refusal)


def _settle(row: BatchRow, outcome: Outcome) -> None:
    row.state, row.code, row.facts = outcome.state.value, outcome.code, dict(outcome.facts)


def _settle_known(row: BatchRow, awards: Mapping[UUID, Award]) -> None:
    """A row whose person is known: ready, already awarded, or to be awarded again on an explicit wish."""
    award = awards.get(row.person_id) if row.person_id else None
    known = KnownAward(award.awarded_on, award.state) if award else None
    outcome = batch_rows.of_known_person(known, str(row.values.get("name", "")))
    _settle(row, outcome)
    row.award = award if outcome.state is RowState.ALREADY else None


def answer(batch: AwardBatch, row: BatchRow, choice: str) -> None:
    """
    Apply a person's answer to one row; the caller saves it.

    Raises:
        ChoiceError: Not an answer, or a person who is not among the row's candidates.
    """
    kind, _, chosen = choice.partition(":")
    if kind == NEW and not chosen:
        _somebody_else(batch, row)
    elif kind == SKIP and not chosen:
        row.person = row.award = None
        row.state = RowState.SKIPPED.value
    elif kind == SAME and chosen in row.candidates:
        person = Person.objects.filter(id=chosen, organisation=batch.organisation).first()
        if person is None:
            raise ChoiceError(row=row.number)
        row.person = person
        _settle_known(row, live_awards_of([person], batch.specification_id))
    else:
        raise ChoiceError(row=row.number)
    row.choice = choice


def _somebody_else(batch: AwardBatch, row: BatchRow) -> None:
    """
    Not the person it was compared with. Not met before in the list, that is: then the people known here are
    next.
    """
    was_in_list = row.code == holders.HOMONYM
    row.person = row.award = None
    row.state = RowState.READY.value
    if not was_in_list:
        return
    holder = batch_rows.read(row.number, row.values)
    known = KnownPeople(batch.organisation, [holder])
    found = known.match(holder)
    if found.outcome is MatchOutcome.SAME and found.key is not None:
        row.person = known.persons[found.key]
        _settle_known(row, live_awards_of([row.person], batch.specification_id))
    elif found.outcome is MatchOutcome.HOMONYM:
        row.candidates = [str(key) for key in found.candidates]
        _settle(row, batch_rows.of_namesakes(holder.name, len(found.candidates)))


class KnownPeople:
    """The people of one organisation who may be in a list, asked for in few questions however long it is."""

    def __init__(self, organisation: Organisation, found: Sequence[holders.HolderRow]) -> None:
        self.persons: dict[UUID, Person] = {}
        self._by_name: dict[str, list[tuple[UUID, PersonFacts]]] = defaultdict(list)
        self._by_identifier: dict[str, tuple[UUID, PersonFacts]] = {}
        mine = Person.objects.filter(organisation=organisation).order_by("created_at", "id")
        for keys in _chunks(sorted({folded(holder.name)[:200] for holder in found})):
            self.add(mine.filter(name_key__in=keys))
        for keys in _chunks(sorted({holder.identifier for holder in found if holder.identifier})):
            self.add(mine.filter(identifier__in=keys))

    def add(self, persons: Iterable[Person]) -> None:
        """Know *persons* too."""
        for person in persons:
            if person.id in self.persons:
                continue
            self.persons[person.id] = person
            facts = PersonFacts(person.name_key, person.birth_date, person.identifier)
            self._by_name[person.name_key].append((person.id, facts))
            if person.identifier:
                self._by_identifier[person.identifier] = (person.id, facts)

    def match(self, holder: holders.HolderRow) -> Match[UUID]:
        """`people.rules.match` over those few who share the name or the identifier."""
        wanted = PersonFacts(folded(holder.name)[:200], holder.birth_date, holder.identifier)
        alike = dict(self._by_name.get(wanted.name_key, ()))
        if holder.identifier in self._by_identifier:
            alike.update([self._by_identifier[holder.identifier]])
        return match(wanted, list(alike.items()))


def _chunks(keys: Sequence[str]) -> Iterable[Sequence[str]]:
    return (keys[start : start + CHUNK] for start in range(0, len(keys), CHUNK))


def _awarded_from_same_file(batch: AwardBatch) -> dict[int, Person]:
    """
    Whom earlier batches awarded from the very same bytes, by row number.

    The same file sent twice awards nobody twice, even where a name alone would only make a homonym.
    """
    rows = BatchRow.objects.filter(
        batch__organisation=batch.organisation,
        batch__specification=batch.specification,
        batch__file_sha256=batch.file_sha256,
        person__isnull=False,
        state__in=[RowState.AWARDED.value, RowState.ALREADY.value],
    ).exclude(batch=batch)
    return {row.number: row.person for row in rows.select_related("person").order_by("pk") if row.person}


def _shown(cells: Sequence[Cell], mapping: ColumnMapping) -> dict[str, str]:
    """What a rejected row held, by field, as text: to be shown, downloaded and mended."""
    return {
        str(wanted): str(cells[position])[:200].replace("\x00", "")
        for wanted, position in mapping.columns.items()
        if position < len(cells) and cells[position] is not None
    }
