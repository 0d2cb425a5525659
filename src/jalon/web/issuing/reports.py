"""What the pages show of a list: what was found in it before it is signed, and how far it is afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.utils.translation import gettext as _

from jalon.awarding import labels, queries
from jalon.awarding.models import Award, AwardBatch, BatchRow
from jalon.awarding.queries.batches import BatchProgress
from jalon.awarding.rules.batch_rows import NEW, SAME, SKIP
from jalon.awarding.rules.batch_states import RowState
from jalon.awarding.rules.columns import ColumnMapping, Field
from jalon.people.models import Person

SHOWN = 50
LINES_PER_PAGE = 100


@dataclass(frozen=True)
class Line:
    """One row as a page shows it."""

    row: BatchRow
    name: str
    details: str
    sentence: str
    state: str


@dataclass(frozen=True)
class Answer:
    """One answer that can be given about a homonym."""

    value: str
    words: str
    chosen: bool


@dataclass(frozen=True)
class Question(Line):
    """A row about which a person is asked who it is."""

    answers: list[Answer] = field(default_factory=list)


@dataclass(frozen=True)
class Report:
    """
    A list before anything is signed, problems first; each part shows its first rows.

    Attributes:
        left_out: Rows that would not be awarded if the list were started now.
    """

    counts: Mapping[str, int]
    total: int
    rejected: list[Line]
    questions: list[Question]
    again: list[Line]
    already: list[Line]
    ready: Page[BatchRow]
    ready_lines: list[Line]
    asked: int
    again_total: int

    @property
    def left_out(self) -> int:
        return self.total - self.counts.get("ready", 0)


def report(batch: AwardBatch, *, page: str = "1") -> Report:
    """What was found in *batch*; a fixed number of questions to the database."""
    counts = {str(state): number for state, number in batch.counts.items()}
    asked = _asked(batch)
    questions = list(asked.order_by("choice", "number")[:SHOWN])
    known = _candidates(questions)
    wished = queries.rows_of(batch).filter(code__startswith="again.")
    ready = Paginator(queries.rows_of(batch, [RowState.READY]), LINES_PER_PAGE).get_page(page)
    return Report(
        counts=counts,
        total=sum(counts.values()),
        rejected=_lines(batch, queries.rows_of(batch, [RowState.REJECTED])[:SHOWN]),
        questions=[_question(batch, row, known) for row in questions],
        again=_lines(batch, wished.order_by("choice", "number")[:SHOWN]),
        already=_lines(batch, queries.rows_of(batch, [RowState.ALREADY])[:SHOWN]),
        ready=ready,
        ready_lines=_lines(batch, ready.object_list),
        asked=asked.count(),
        again_total=wished.count(),
    )


def _asked(batch: AwardBatch) -> Any:
    """Rows that wait for an answer, and those that were answered, which may still be changed."""
    answered = Q(choice__in=[NEW, SKIP]) | Q(choice__startswith=f"{SAME}:")
    return queries.rows_of(batch).filter(Q(state=RowState.HOMONYM.value) | answered)


def _candidates(rows: Iterable[BatchRow]) -> dict[str, Person]:
    ids = {candidate for row in rows for candidate in row.candidates}
    persons = Person.objects.filter(id__in=ids).prefetch_related("awards")
    return {str(person.id): person for person in persons}


def _question(batch: AwardBatch, row: BatchRow, known: Mapping[str, Person]) -> Question:
    line = _line(row, ColumnMapping.from_dict(batch.mapping))
    answers = [
        Answer(f"{SAME}:{candidate}", _same(known[candidate]), row.choice == f"{SAME}:{candidate}")
        for candidate in row.candidates
        if candidate in known
    ]
    answers.append(Answer(NEW, _("C’est quelqu’un d’autre"), row.choice == NEW))
    answers.append(Answer(SKIP, _("Laisser cette ligne de côté"), row.choice == SKIP))
    return Question(**vars(line), answers=answers)


def _same(person: Person) -> str:
    """How a person that the organisation knows is told from their namesakes."""
    told = [person.full_name]
    if person.birth_date:
        told.append(_("date de naissance : %(date)s") % {"date": _day(person.birth_date)})
    if person.identifier:
        told.append(_("numéro %(number)s") % {"number": person.identifier})
    awards = sorted(award.awarded_on for award in person.awards.all())
    if awards:
        told.append(_("dernière attestation le %(date)s") % {"date": _day(awards[-1])})
    elif len(told) == 1:
        told.append(_("ajout à votre liste le %(date)s") % {"date": _day(person.created_at.date())})
    return _("C’est la même personne : %(told)s") % {"told": ", ".join(told)}


def _lines(batch: AwardBatch, rows: Iterable[BatchRow]) -> list[Line]:
    mapping = ColumnMapping.from_dict(batch.mapping)
    return [_line(row, mapping) for row in rows]


def _line(row: BatchRow, mapping: ColumnMapping) -> Line:
    return Line(
        row=row,
        name=name_of(row, mapping),
        details=_details(row),
        sentence=reason_of(row),
        state=labels.row_state(row.state),
    )


def name_of(row: BatchRow, mapping: ColumnMapping | None = None) -> str:
    """Who a row speaks of, as far as it says."""
    values = row.values
    if row.award_id and row.award is not None and row.state == RowState.AWARDED.value:
        return row.award.holder_name
    parts = values.get("name") or " ".join(
        str(values[key]) for key in (Field.GIVEN_NAME.value, Field.FAMILY_NAME.value) if values.get(key)
    )
    return str(parts or _("sans nom"))


def reason_of(row: BatchRow) -> str:
    """Why a row is where it is, in words; empty where nothing needs saying."""
    if not row.code or row.state in (RowState.READY.value, RowState.AWARDED.value, RowState.QUEUED.value):
        return ""
    facts = {key: _readable(value) for key, value in row.facts.items()}
    facts.setdefault("column", row.column)
    return labels.sentence(row.code, facts)


def _readable(value: Any) -> Any:
    """Dates travel as ISO 8601 in JSON; people read them as they write them."""
    if isinstance(value, str) and len(value) == 10 and value[4:5] == "-" and value[7:8] == "-":
        try:
            return _day(date.fromisoformat(value))
        except ValueError:
            return value
    return value


def _details(row: BatchRow) -> str:
    """What else the row says of the person, in a few words."""
    values = row.values
    told = []
    if born := values.get(Field.BIRTH_DATE.value):
        told.append(_("date de naissance : %(date)s") % {"date": _readable(born)})
    if number := values.get(Field.IDENTIFIER.value):
        told.append(_("numéro %(number)s") % {"number": number})
    if on := values.get(Field.AWARDED_ON.value):
        told.append(_("obtention : %(date)s") % {"date": _readable(on)})
    if grade := values.get(Field.GRADE.value):
        told.append(_("résultat : %(grade)s") % {"grade": grade})
    return ", ".join(told)


def _day(value: date) -> str:
    return value.strftime("%d/%m/%Y")


@dataclass(frozen=True)
class AwardLine:
    """One row once the list was started: what became of it, and when."""

    number: int
    name: str
    state: str
    sentence: str
    signed_at: datetime | None = None
    award: Award | None = None
    link_token: str = ""


def progress(batch: AwardBatch, *, page: str = "1") -> dict[str, Any]:
    """How far *batch* is, row by row: ``{"progress": BatchProgress, "lines": […], "page_of_lines": …}``."""
    found: BatchProgress = queries.progress_of(batch)
    started = [RowState.QUEUED, RowState.AWARDED, RowState.FAILED]
    pages = Paginator(queries.rows_of(batch, started), LINES_PER_PAGE).get_page(page)
    left_out = sum(
        number for state, number in batch.counts.items() if state not in {state.value for state in started}
    )
    failure = labels.sentence(batch.failure_code, batch.failure_facts) if batch.failure_code else ""
    return {
        "progress": found,
        "lines": [award_line(row) for row in pages.object_list],
        "page_of_lines": pages,
        "left_out": left_out + found.failed,
        "failure": failure,
    }


def award_line(row: BatchRow) -> AwardLine:
    """A row of a started list."""
    award = row.award if row.state == RowState.AWARDED.value else None
    credential = award.credential if award else None
    return AwardLine(
        number=row.number,
        name=name_of(row),
        state=row.state,
        sentence=reason_of(row),
        signed_at=credential.created_at if credential else None,
        award=award,
        link_token=credential.link_token if credential else "",
    )
