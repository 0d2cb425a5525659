"""Which forms an organisation has made with each award, and the forms that were kept."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

import jalon.foundation.clock


class Migration(migrations.Migration):
    dependencies = [
        ("awarding", "0002_seals"),
        ("people", "0002_account_language_accreditation_dates"),
    ]

    operations = [
        migrations.CreateModel(
            name="AwardingSettings",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("created_at", models.DateTimeField(default=jalon.foundation.clock.now, editable=False)),
                ("forms", models.JSONField(default=list)),
                (
                    "organisation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="awarding_settings",
                        to="people.organisation",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="KeptForm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("form", models.CharField(max_length=40)),
                ("document", models.BinaryField()),
                ("sha256", models.CharField(max_length=64)),
                ("is_sealed", models.BooleanField(default=False)),
                ("ends_at", models.DateTimeField(blank=True, null=True)),
                ("made_at", models.DateTimeField(default=jalon.foundation.clock.now)),
                (
                    "credential",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="kept_forms",
                        to="awarding.credential",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("credential", "form"), name="one_kept_of_each_form")
                ],
            },
        ),
    ]
