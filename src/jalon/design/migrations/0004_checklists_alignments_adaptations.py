"""Answers to the checklists, decisions about suggested concepts, where a copy came from and under what licence."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import jalon.design.models.specifications
import jalon.foundation.clock


class Migration(migrations.Migration):
    dependencies = [
        ("design", "0003_rooms"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="microcredential",
            name="licence",
            field=models.CharField(
                choices=[
                    ("CC-BY-4.0", "Cc By"),
                    ("CC-BY-SA-4.0", "Cc By Sa"),
                    ("CC0-1.0", "Cc0"),
                    ("reserved", "Reserved"),
                ],
                default="CC-BY-4.0",
                max_length=20,
            ),
        ),
        migrations.CreateModel(
            name="Adaptation",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("created_at", models.DateTimeField(default=jalon.foundation.clock.now, editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("adapted", "Adapted"),
                            ("translated", "Translated"),
                            ("imported", "Imported"),
                        ],
                        max_length=12,
                    ),
                ),
                ("source_title", models.CharField(max_length=500)),
                ("source_owner", models.CharField(max_length=500)),
                ("source_country", models.CharField(blank=True, max_length=2)),
                ("source_address", models.URLField(blank=True, max_length=2000)),
                (
                    "licence",
                    models.CharField(
                        choices=[
                            ("CC-BY-4.0", "Cc By"),
                            ("CC-BY-SA-4.0", "Cc By Sa"),
                            ("CC0-1.0", "Cc0"),
                            ("reserved", "Reserved"),
                        ],
                        max_length=20,
                    ),
                ),
                ("content", jalon.design.models.specifications.PlainContentField(default=dict)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "micro_credential",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="adaptation",
                        to="design.microcredential",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adaptations",
                        to="design.specification",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="AlignmentDecision",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("created_at", models.DateTimeField(default=jalon.foundation.clock.now, editable=False)),
                ("outcome_id", models.CharField(max_length=300)),
                ("uri", models.CharField(max_length=500)),
                ("label", models.CharField(max_length=1000)),
                (
                    "decision",
                    models.CharField(
                        choices=[("accepted", "Accepted"), ("declined", "Declined")], max_length=10
                    ),
                ),
                ("rank", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("by_name", models.CharField(max_length=150)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "micro_credential",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="alignment_decisions",
                        to="design.microcredential",
                    ),
                ),
            ],
            options={
                "ordering": ["created_at"],
                "indexes": [
                    models.Index(fields=["micro_credential", "outcome_id"], name="decisions_by_outcome")
                ],
            },
        ),
        migrations.CreateModel(
            name="ChecklistAnswer",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("created_at", models.DateTimeField(default=jalon.foundation.clock.now, editable=False)),
                (
                    "checklist",
                    models.CharField(choices=[("annex_ii", "annex_ii"), ("rs", "rs")], max_length=20),
                ),
                ("item", models.CharField(max_length=40)),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "yes"), ("partly", "partly"), ("no", "no")],
                        max_length=10,
                    ),
                ),
                ("evidence", models.TextField(blank=True, max_length=4000)),
                ("updated_at", models.DateTimeField(default=jalon.foundation.clock.now)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "micro_credential",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="checklist_answers",
                        to="design.microcredential",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("micro_credential", "checklist", "item"), name="one_answer_per_item"
                    )
                ],
            },
        ),
    ]
