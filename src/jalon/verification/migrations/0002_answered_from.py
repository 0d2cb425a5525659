"""Where a copied status list lay in the end, after any redirection."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("verification", "0001_trusted_issuers_status_copies"),
    ]

    operations = [
        migrations.AddField(
            model_name="statuslistcopy",
            name="answered_from",
            field=models.CharField(blank=True, max_length=2000),
        ),
    ]
