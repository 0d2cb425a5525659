"""The first search index goes: its rows had no number of their own. All of it is derived, and is rebuilt."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0001_search_index"),
    ]

    operations = [
        migrations.DeleteModel(name="CatalogueEntry"),
    ]
