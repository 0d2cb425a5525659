"""The language in which whoever stated a need is told of it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("territory", "0004_stems_with_english_endings")]

    operations = [
        migrations.AddField(
            model_name="need",
            name="asker_language",
            field=models.CharField(blank=True, max_length=10),
        ),
    ]
