"""A published version never changes, whoever asks: the model, a queryset or plain SQL."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from types import ModuleType, SimpleNamespace

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, connection, transaction
from tests.factories.design import a_specification
from tests.factories.people import a_user, an_organisation

from jalon.design.errors import PublishedIsFinalError
from jalon.design.models import Specification

pytestmark = pytest.mark.django_db

TABLE = "design_specification"
FINAL = "never changes"


@pytest.fixture
def published() -> Specification:
    return Specification.objects.get(id=a_specification(an_organisation(), published=True).id)


@pytest.fixture
def draft() -> Specification:
    return Specification.objects.get(id=a_specification(an_organisation()).id)


def _key(specification: Specification) -> str:
    return specification.id.hex if connection.vendor == "sqlite" else str(specification.id)


@pytest.mark.parametrize(
    "change",
    [
        'content = \'{"title": {"fr": "Autre chose"}}\'',
        "state = 'draft'",
        "number = 12",
        "revision = revision + 1",
        "published_at = NULL",
        "content_sha256 = ''",
    ],
)
def test_update_by_sql_is_refused_for_a_published_version(published: Specification, change: str) -> None:
    with (
        pytest.raises(DatabaseError, match=FINAL),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE {TABLE} SET {change} WHERE id = %s", [_key(published)])

    assert Specification.objects.get(id=published.id).read() == published.read()


def test_delete_by_sql_is_refused_for_a_published_version(published: Specification) -> None:
    with (
        pytest.raises(DatabaseError, match=FINAL),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"DELETE FROM {TABLE} WHERE id = %s", [_key(published)])

    assert Specification.objects.filter(id=published.id).exists()


def test_update_and_delete_by_sql_work_for_a_draft(draft: Specification) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {TABLE} SET revision = 9 WHERE id = %s", [_key(draft)])
        assert Specification.objects.get(id=draft.id).revision == 9
        cursor.execute(f"DELETE FROM {TABLE} WHERE id = %s", [_key(draft)])

    assert not Specification.objects.filter(id=draft.id).exists()


@pytest.mark.parametrize(
    "attempt",
    [
        lambda s: s.save(),
        lambda s: s.delete(),
        lambda s: Specification.objects.filter(id=s.id).update(content={}),
        lambda s: Specification.objects.filter(id=s.id).delete(),
        lambda s: Specification.objects.all().update(state="draft"),
    ],
)
def test_models_refuse_to_touch_a_published_version(
    published: Specification, attempt: Callable[[Specification], object]
) -> None:
    with pytest.raises(PublishedIsFinalError):
        attempt(published)


def test_account_of_the_publisher_can_be_erased_and_the_version_stays() -> None:
    claire = a_user()
    version = a_specification(an_organisation(), published=True, published_by=claire, updated_by=claire)

    claire.delete()

    kept = Specification.objects.get(id=version.id)
    assert (kept.published_by, kept.updated_by) == (None, None)
    assert kept.content == version.content


def test_publisher_cannot_be_replaced_by_sql(published: Specification) -> None:
    other = a_user()
    key = other.id.hex if connection.vendor == "sqlite" else str(other.id)
    statement = f"UPDATE {TABLE} SET published_by_id = %s WHERE id = %s"

    with pytest.raises(DatabaseError, match=FINAL), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [key, _key(published)])


def test_second_draft_and_repeated_number_are_refused(draft: Specification) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        a_specification(an_organisation(), micro_credential=draft.micro_credential, number=2)
    with pytest.raises(IntegrityError), transaction.atomic():
        a_specification(an_organisation(), micro_credential=draft.micro_credential, number=1, published=True)


def _triggers_migration() -> ModuleType:
    return importlib.import_module("jalon.design.migrations.0002_published_versions_are_final")


def test_migration_can_be_undone_and_done_again(published: Specification) -> None:
    migration = _triggers_migration()
    with connection.cursor() as cursor:
        # Django's own editor of SQLite does not open inside a test's transaction.
        editor = SimpleNamespace(connection=connection, execute=cursor.execute)
        migration.drop(apps, editor)
        cursor.execute(f"UPDATE {TABLE} SET number = 12 WHERE id = %s", [_key(published)])
        assert Specification.objects.get(id=published.id).number == 12
        migration.create(apps, editor)
        with pytest.raises(DatabaseError, match=FINAL), transaction.atomic():
            cursor.execute(f"UPDATE {TABLE} SET number = 13 WHERE id = %s", [_key(published)])
