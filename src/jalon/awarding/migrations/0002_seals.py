import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import jalon.foundation.clock


class Migration(migrations.Migration):
    dependencies = [
        ("awarding", "0001_keys_lists_batches_awards"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="OrganisationSeal",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=jalon.foundation.clock.now, editable=False),
                ),
                ("chain", models.TextField()),
                ("thumbprint", models.CharField(max_length=43)),
                ("sealed_private_key", models.BinaryField()),
                ("sealed_with", models.CharField(max_length=32)),
                ("not_after", models.DateTimeField()),
                (
                    "kept_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seal",
                        to="people.organisation",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
    ]
