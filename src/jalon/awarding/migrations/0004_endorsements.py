"""What partners signed about published versions."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import jalon.foundation.clock
import jalon.foundation.identifiers


class Migration(migrations.Migration):
    dependencies = [
        ("awarding", "0003_forms"),
        ("design", "0004_checklists_alignments_adaptations"),
        ("people", "0002_account_language_accreditation_dates"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Endorsement",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("created_at", models.DateTimeField(default=jalon.foundation.clock.now, editable=False)),
                ("sign_off_id", models.UUIDField(unique=True)),
                (
                    "urn",
                    models.CharField(
                        default=jalon.foundation.identifiers.new_urn, max_length=60, unique=True
                    ),
                ),
                ("document", models.BinaryField()),
                ("sha256", models.CharField(max_length=64)),
                ("issuer_did", models.CharField(max_length=500)),
                ("status_index", models.PositiveIntegerField()),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                ("revocation_note", models.CharField(blank=True, max_length=500)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="endorsements",
                        to="people.organisation",
                    ),
                ),
                (
                    "revoked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "specification",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="endorsements",
                        to="design.specification",
                    ),
                ),
                (
                    "status_list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="endorsements",
                        to="awarding.statuslist",
                    ),
                ),
            ],
            options={
                "ordering": ["created_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("revoked_at__isnull", True)),
                        fields=("organisation", "specification"),
                        name="one_live_endorsement_per_organisation_and_version",
                    ),
                    models.UniqueConstraint(
                        fields=("status_list", "status_index"), name="one_endorsement_per_status_place"
                    ),
                ],
            },
        ),
    ]
