"""The words of the catalogue are found by their beginning, by an index that each database keeps itself."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from jalon.foundation.database import add_word_index, drop_word_index

TABLE = "catalogue_catalogueentry"
COLUMNS = ("text", "place_text")


def forwards(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    add_word_index(editor, TABLE, "number", COLUMNS)


def backwards(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    drop_word_index(editor, TABLE, COLUMNS)


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0003_offers_sessions_entries"),
    ]

    operations = [
        migrations.RunPython(forwards, backwards, elidable=False),
    ]
