"""The journal tells who did what, and stays as it was written."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction
from tests.factories.people import a_user, an_organisation

from jalon.foundation import journal
from jalon.foundation.errors import JournalIsAppendOnlyError
from jalon.foundation.models import JournalEntry

pytestmark = pytest.mark.django_db


def test_write_keeps_who_what_and_facts() -> None:
    organisation, user = an_organisation(), a_user(full_name="Claire Delmas")

    journal.write(
        organisation=organisation, actor=user, verb="award.issued", object_id="x", facts={"rows": 3}
    )

    entry = journal.entries_about("x")[0]
    assert (entry.organisation_id, entry.actor_id, entry.actor_name) == (
        organisation.id,
        user.id,
        "Claire Delmas",
    )
    assert (entry.verb, entry.facts) == ("award.issued", {"rows": 3})


def test_write_refuses_secrets() -> None:
    with pytest.raises(ValueError, match="no secret"):
        journal.write(organisation=None, actor=None, verb="x", facts={"link_token": "abc"})
    assert not JournalEntry.objects.exists()


def test_write_about_writes_one_entry_each() -> None:
    journal.write_about(organisation=None, actor=None, verb="x", objects=[("a", {}), ("b", {"n": 1})])

    assert [(e.object_id, e.facts) for e in JournalEntry.objects.all()] == [("a", {}), ("b", {"n": 1})]


def test_the_model_refuses_to_change_or_delete() -> None:
    entry = journal.write(organisation=None, actor=None, verb="x")

    entry.verb = "y"
    for change in (
        entry.save,
        entry.delete,
        JournalEntry.objects.all().delete,
        lambda: JournalEntry.objects.update(verb="y"),
        lambda: JournalEntry.objects.bulk_update([entry], ["verb"]),
    ):
        with pytest.raises(JournalIsAppendOnlyError):
            change()


def test_the_database_refuses_to_change() -> None:
    journal.write(organisation=None, actor=None, verb="x")

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute("UPDATE foundation_journalentry SET verb = 'y'")
    assert JournalEntry.objects.get().verb == "x"


def test_postgresql_refuses_to_delete() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite empties tables for tests by DELETE, so the model alone refuses there")
    journal.write(organisation=None, actor=None, verb="x")

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute("DELETE FROM foundation_journalentry")
