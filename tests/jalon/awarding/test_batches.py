"""A list of people, from the file to the awards."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError
from django_tasks_db.models import DBTaskResult
from tests.factories.awarding import (
    Issuing,
    a_checked_batch,
    a_list,
    an_award,
    an_awarded_batch,
    an_issuing_organisation,
)
from tests.factories.design import a_specification, complete_content
from tests.factories.people import a_member, a_person, a_user

from jalon.awarding import actions, queries
from jalon.awarding.actions import running
from jalon.awarding.errors import (
    BatchStateError,
    ChoiceError,
    FutureAwardError,
    NoHeaderError,
    NothingToAwardError,
    NotPublishedError,
)
from jalon.awarding.models import Award, AwardBatch, BatchFile, Credential
from jalon.awarding.rules.batch_states import BatchState, RowState
from jalon.awarding.rules.columns import ColumnMapping, Header
from jalon.foundation import clock, jobs, journal
from jalon.foundation.errors import NotAllowedError, UnreadableFileError
from jalon.foundation.jobs import leases
from jalon.people.models import Person
from jalon.people.rules import Role

pytestmark = pytest.mark.django_db


def states(batch: AwardBatch) -> list[tuple[int, str, str]]:
    return [(row.number, row.state, row.code) for row in queries.rows_of(batch)]


def run(batch: AwardBatch, issuing: Issuing) -> AwardBatch:
    actions.start_batch(batch=batch, by=issuing.signatory)
    jobs.Worker().run_until_empty()
    batch.refresh_from_db()
    return batch


def test_receive_file_guesses_columns_and_signs_nothing() -> None:
    issuing = an_issuing_organisation()

    batch = actions.receive_file(
        organisation=issuing.organisation,
        specification=issuing.specification,
        name="liste.csv",
        data=a_list(2),
        by=issuing.signatory,
    )

    assert batch.state == BatchState.RECEIVED
    assert batch.mapping["columns"] == {
        "family_name": 0,
        "given_name": 1,
        "birth_date": 2,
        "email": 3,
        "identifier": 4,
    }
    assert not batch.rows.exists()
    assert not Credential.objects.exists()


def test_receive_file_is_refused_for_drafts_strangers_and_what_is_no_spreadsheet() -> None:
    issuing, other = an_issuing_organisation(), an_issuing_organisation()
    wanted = {"organisation": issuing.organisation, "name": "liste.csv"}

    with pytest.raises(NotAllowedError):
        actions.receive_file(
            **wanted, specification=issuing.specification, data=a_list(1), by=other.signatory
        )
    with pytest.raises(NotPublishedError):
        actions.receive_file(
            **wanted,
            specification=a_specification(issuing.organisation),
            data=a_list(1),
            by=issuing.signatory,
        )
    with pytest.raises(UnreadableFileError):
        actions.receive_file(**wanted, specification=issuing.specification, data=b"", by=issuing.signatory)
    assert not AwardBatch.objects.exists()


def test_map_columns_tells_each_row_apart() -> None:
    issuing = an_issuing_organisation()
    organisation = issuing.organisation
    known = a_person(organisation, "Anne Roux", birth_date=date(1980, 1, 1))
    an_award(issuing, person=known)
    gone = a_person(organisation, "Paul Roux", birth_date=date(1981, 1, 1))
    actions.revoke_award(award=an_award(issuing, person=gone), reason="error", by=issuing.signatory)
    a_person(organisation, "Marie Martin")
    rows = [
        "Nom complet;Né(e) le",
        "Anne Roux;01/01/1980",
        "Paul Roux;01/01/1981",
        "Marie Martin;",
        ";02/02/1990",
        "Luc Petit;31/02/1990",
        "Luc Petit;03/02/1990",
        "LUC  petit;03/02/1990",
    ]

    batch = a_checked_batch(issuing, "\n".join(rows).encode())

    assert states(batch) == [
        (2, "already", "already"),
        (3, "again", "again.revoked"),
        (4, "homonym", "homonym.known"),
        (5, "rejected", "name_missing"),
        (6, "rejected", "date_impossible"),
        (7, "ready", ""),
        (8, "rejected", "repeated"),
    ]
    assert batch.counts == {"already": 1, "again": 1, "homonym": 1, "rejected": 3, "ready": 1}
    assert Award.objects.count() == 2


def test_map_columns_refuses_a_future_day_and_a_list_without_names() -> None:
    issuing = an_issuing_organisation()
    batch = a_checked_batch(issuing)

    with pytest.raises(FutureAwardError):
        actions.map_columns(
            batch=batch,
            mapping=ColumnMapping.from_dict(batch.mapping),
            by=issuing.signatory,
            awarded_on=clock.today() + timedelta(days=1),
        )
    with pytest.raises(NoHeaderError):
        actions.map_columns(batch=batch, mapping=ColumnMapping(Header(1, ("Nom",)), {}), by=issuing.signatory)


def test_map_columns_rejects_days_whose_validity_is_over() -> None:
    issuing = an_issuing_organisation(content=complete_content(validity_months=12))

    batch = a_checked_batch(issuing, awarded_on=date(2020, 1, 1))

    assert {(state, code) for _, state, code in states(batch)} == {("rejected", "awarding.validity_over")}


def test_start_batch_awards_the_ready_rows() -> None:
    issuing = an_issuing_organisation()

    batch = an_awarded_batch(issuing, a_list(3))

    assert batch.state == BatchState.FINISHED
    assert batch.counts == {"awarded": 3}
    assert {award.holder_name for award in Award.objects.all()} == {
        "Jeanne Vidal1",
        "Jeanne Vidal2",
        "Jeanne Vidal3",
    }
    assert Credential.objects.count() == 3
    progress = queries.progress_of(batch)
    assert (progress.done, progress.total, progress.percent, progress.is_over) == (3, 3, 100, True)
    stored = jobs.progress_of(batch.progress_name)
    assert stored is not None
    assert (stored.done, stored.total) == (3, 3)
    assert [entry.verb for entry in journal.entries_about(batch.id)] == [
        "batch.received",
        "batch.started",
        "batch.finished",
    ]
    assert not BatchFile.objects.exists()


def test_start_batch_is_refused_to_who_may_only_prepare() -> None:
    issuing = an_issuing_organisation()
    trainer = a_member(a_user(), issuing.organisation, Role.TRAINER)
    batch = a_checked_batch(issuing)

    with pytest.raises(NotAllowedError):
        actions.start_batch(batch=batch, by=trainer)
    batch.refresh_from_db()
    assert batch.state == BatchState.CHECKED


def test_start_batch_twice_starts_once() -> None:
    issuing = an_issuing_organisation()
    batch = a_checked_batch(issuing)

    first = actions.start_batch(batch=batch, by=issuing.signatory)
    second = actions.start_batch(batch=batch, by=issuing.signatory)
    ran = jobs.Worker().run_until_empty()

    assert first.task_id == second.task_id
    assert Award.objects.count() == 3
    assert ran >= 1
    with pytest.raises(BatchStateError):
        actions.start_batch(batch=batch, by=issuing.signatory)


def test_start_batch_refuses_when_nothing_is_ready() -> None:
    issuing = an_issuing_organisation()
    batch = a_checked_batch(issuing, b"Nom;Naissance\n;01/01/1990\n")

    with pytest.raises(NothingToAwardError):
        actions.start_batch(batch=batch, by=issuing.signatory)


@pytest.mark.parametrize("data", [a_list(3), "Nom et prénom\nAnne Roux\nPaul Petit\n".encode()])
def test_the_same_file_twice_awards_nobody_twice(data: bytes) -> None:
    issuing = an_issuing_organisation()
    first = an_awarded_batch(issuing, data)
    count = first.counts["awarded"]

    second = a_checked_batch(issuing, data)

    assert second.counts == {"already": count}
    with pytest.raises(NothingToAwardError):
        actions.start_batch(batch=second, by=issuing.signatory)
    assert Award.objects.count() == Person.objects.count() == count


def test_two_batches_of_the_same_file_checked_before_either_starts_award_nobody_twice() -> None:
    issuing = an_issuing_organisation()
    one, two = a_checked_batch(issuing, a_list(3)), a_checked_batch(issuing, a_list(3))

    run(one, issuing)
    run(two, issuing)

    assert one.counts == {"awarded": 3}
    assert two.counts == {"already": 3}
    assert Award.objects.count() == Person.objects.count() == 3


def test_run_batch_again_changes_nothing() -> None:
    issuing = an_issuing_organisation()
    batch = an_awarded_batch(issuing)

    actions.run_batch(batch.id)

    batch.refresh_from_db()
    assert batch.state == BatchState.FINISHED
    assert Award.objects.count() == 3


def test_a_row_after_revocation_is_awarded_on_an_explicit_wish_alone() -> None:
    issuing = an_issuing_organisation()
    first = an_awarded_batch(issuing, a_list(1))
    award = Award.objects.get()
    actions.revoke_award(award=award, reason="error", by=issuing.signatory)
    second = a_checked_batch(issuing, a_list(1))
    assert second.counts == {"again": 1}
    assert first.file_sha256 == second.file_sha256

    assert actions.wish_again(batch=second, rows=list(second.rows.all()), by=issuing.signatory) == 1
    run(second, issuing)

    assert second.counts == {"awarded": 1}
    assert [a.is_current for a in Award.objects.order_by("created_at")] == [False, True]


def test_resolve_homonym_as_the_same_person_who_has_a_live_award() -> None:
    issuing = an_issuing_organisation()
    person = a_person(issuing.organisation, "Marie Martin")
    an_award(issuing, person=person)
    batch = a_checked_batch(issuing, b"Nom\nMarie Martin\n")
    row = batch.rows.get()
    assert row.candidates == [str(person.id)]

    row = actions.resolve_homonym(row=row, choice=f"same:{person.id}", by=issuing.signatory)

    assert (row.state, row.code, row.person) == ("already", "already", person)


def test_resolve_homonym_as_somebody_else_awards_a_second_person() -> None:
    issuing = an_issuing_organisation()
    person = a_person(issuing.organisation, "Marie Martin")
    an_award(issuing, person=person)
    batch = a_checked_batch(issuing, b"Nom\nMarie Martin\n")

    actions.resolve_homonym(row=batch.rows.get(), choice="new", by=issuing.signatory)
    run(batch, issuing)

    assert batch.counts == {"awarded": 1}
    assert Person.objects.filter(full_name="Marie Martin").count() == 2


def test_homonyms_inside_a_list_are_two_persons_only_when_somebody_says_so() -> None:
    issuing = an_issuing_organisation()
    batch = a_checked_batch(issuing, b"Nom\nMarie Martin\nMarie Martin\n")
    first, second = batch.rows.all()
    assert (first.state, second.state) == ("ready", "homonym")

    actions.resolve_homonym(row=second, choice="new", by=issuing.signatory)
    run(batch, issuing)

    assert batch.counts == {"awarded": 2}
    assert Person.objects.count() == 2


def test_a_homonym_in_a_list_who_is_known_by_birth_date_is_recognised_after_the_answer() -> None:
    issuing = an_issuing_organisation()
    known = a_person(issuing.organisation, "Marie Martin", birth_date=date(1990, 1, 1))
    an_award(issuing, person=known)
    data = "Nom;Né(e) le\nMarie Martin;\nMarie Martin;01/01/1990\n".encode()
    batch = a_checked_batch(issuing, data)

    row = actions.resolve_homonym(row=batch.rows.get(number=3), choice="new", by=issuing.signatory)

    assert (row.state, row.person) == ("already", known)


def test_resolve_homonym_refuses_other_answers_and_other_peoples_persons() -> None:
    issuing, other = an_issuing_organisation(), an_issuing_organisation()
    a_person(issuing.organisation, "Marie Martin")
    stranger = a_person(other.organisation, "Marie Martin")
    batch = a_checked_batch(issuing, b"Nom\nMarie Martin\nLuc Petit\n")
    homonym, ready = batch.rows.all()

    for choice in ("", "same", "again", f"same:{stranger.id}", "new:x"):
        with pytest.raises(ChoiceError):
            actions.resolve_homonym(row=homonym, choice=choice, by=issuing.signatory)
    with pytest.raises(ChoiceError):
        actions.resolve_homonym(row=ready, choice="new", by=issuing.signatory)
    with pytest.raises(NotAllowedError):
        actions.resolve_homonym(row=homonym, choice="new", by=other.signatory)


def test_resolve_homonyms_answers_all_at_once() -> None:
    issuing = an_issuing_organisation()
    for name in ("Marie Martin", "Luc Petit"):
        a_person(issuing.organisation, name)
    batch = a_checked_batch(issuing, b"Nom\nMarie Martin\nLuc Petit\n")

    assert actions.resolve_homonyms(batch=batch, choice="same", by=issuing.signatory) == 2

    batch.refresh_from_db()
    assert batch.counts == {"ready": 2}


def test_a_namesake_recorded_meanwhile_fails_its_row_and_not_the_others() -> None:
    issuing = an_issuing_organisation()
    batch = a_checked_batch(issuing, b"Nom\nMarie Martin\nLuc Petit\n")
    a_person(issuing.organisation, "Marie Martin")

    run(batch, issuing)

    assert states(batch) == [(2, "failed", "homonym.late"), (3, "awarded", "")]
    assert batch.state == BatchState.FINISHED


def test_a_row_that_cannot_be_signed_fails_alone() -> None:
    issuing = an_issuing_organisation()
    batch = a_checked_batch(issuing, a_list(3))
    broken = batch.rows.get(number=3)
    broken.values = {**broken.values, "name": "Jeanne\u0007Vidal2"}
    broken.save()

    run(batch, issuing)

    assert states(batch) == [(2, "awarded", ""), (3, "failed", "not_signable"), (4, "awarded", "")]
    assert not Person.objects.filter(full_name__contains="\u0007").exists()


def test_a_row_that_the_database_refuses_fails_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    issuing = an_issuing_organisation()
    batch = a_checked_batch(issuing, a_list(3))
    real = running.create_person

    def refuse_the_second(**facts: Any) -> Any:
        found = real(**facts)
        if facts["identifier"] == "A-2":
            raise IntegrityError("UNIQUE constraint failed")
        return found

    monkeypatch.setattr(running, "create_person", refuse_the_second)

    run(batch, issuing)

    assert states(batch) == [
        (2, "awarded", ""),
        (3, "failed", "row.refused_by_database"),
        (4, "awarded", ""),
    ]
    assert Person.objects.count() == Award.objects.count() == 2


def test_map_columns_rejects_an_identifier_longer_than_is_kept() -> None:
    data = f"Nom;Identifiant\nAnne Roux;{'9' * 150}\n".encode()

    batch = a_checked_batch(an_issuing_organisation(), data)

    assert states(batch) == [(2, "rejected", "text_too_long")]


def test_a_batch_whose_worker_gave_up_says_so_and_is_taken_up_where_it_stopped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    issuing = an_issuing_organisation()
    batch = actions.start_batch(batch=a_checked_batch(issuing), by=issuing.signatory)
    real = running.Press

    def broken(*args: Any) -> Any:
        raise OSError("the disk is full")

    monkeypatch.setattr(running, "Press", broken)
    for _ in range(leases.MAX_ATTEMPTS):
        assert not queries.progress_of(batch).is_stopped
        DBTaskResult.objects.update(run_after=clock.now() - timedelta(seconds=1))
        jobs.Worker().run_until_empty()
    batch.refresh_from_db()
    assert batch.state == BatchState.RUNNING
    assert queries.progress_of(batch).is_stopped

    monkeypatch.setattr(running, "Press", real)
    run(batch, issuing)

    assert (batch.state, batch.counts) == (BatchState.FINISHED, {"awarded": 3})


def test_abandon_batch_deletes_what_was_uploaded() -> None:
    issuing = an_issuing_organisation()
    batch = a_checked_batch(issuing)

    actions.abandon_batch(batch=batch, by=issuing.signatory)

    batch.refresh_from_db()
    assert batch.state == BatchState.ABANDONED
    assert not batch.rows.exists()
    assert not BatchFile.objects.exists()
    with pytest.raises(BatchStateError):
        actions.start_batch(batch=batch, by=issuing.signatory)


def test_purge_uploads_deletes_files_and_values_after_thirty_days() -> None:
    issuing = an_issuing_organisation()
    start = datetime(2026, 1, 10, 12, tzinfo=UTC)
    with clock.frozen(start):
        done = an_awarded_batch(issuing, b"Nom;Naissance\nAnne Roux;01/01/1990\n;02/02/1991\n")
        waiting = a_checked_batch(issuing, a_list(2, start=50))

    with clock.frozen(start + timedelta(days=29)):
        actions.purge_uploads()
        assert BatchFile.objects.filter(batch=waiting).exists()
        assert not done.rows.filter(values={}).exists()
    with clock.frozen(start + timedelta(days=31)):
        actions.purge_uploads()

    waiting.refresh_from_db()
    assert not BatchFile.objects.exists()
    assert waiting.state == BatchState.ABANDONED
    assert not waiting.rows.exists()
    assert [row.values for row in done.rows.all()] == [{}, {}]
    assert Award.objects.get().holder_name == "Anne Roux"


def test_strangers_do_not_see_a_batch() -> None:
    issuing, other = an_issuing_organisation(), an_issuing_organisation()
    batch = a_checked_batch(issuing)

    assert queries.batch_for(issuing.signatory, batch.id) == batch
    assert queries.batch_for(other.signatory, batch.id) is None
    assert list(queries.batches_of(other.organisation)) == []


def test_rows_of_filters_by_state() -> None:
    batch = a_checked_batch(an_issuing_organisation(), b"Nom;Naissance\nAnne Roux;\n;01/01/1990\n")

    assert [row.number for row in queries.rows_of(batch, [RowState.REJECTED])] == [3]
