import django.db.models.deletion
from django.db import migrations, models

import jalon.foundation.clock


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Framework",
            fields=[
                ("code", models.SlugField(max_length=40, primary_key=True, serialize=False)),
                ("names", models.JSONField(default=dict)),
                ("publisher", models.CharField(blank=True, max_length=200)),
                ("licence", models.CharField(blank=True, max_length=200)),
                ("attributions", models.JSONField(default=dict)),
                ("homepage", models.URLField(blank=True)),
            ],
            options={
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="Edition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.CharField(max_length=40)),
                ("version_key", models.CharField(blank=True, max_length=120)),
                ("languages", models.JSONField(default=list)),
                (
                    "state",
                    models.CharField(
                        choices=[("importing", "importing"), ("complete", "complete"), ("failed", "failed")],
                        default="importing",
                        max_length=10,
                    ),
                ),
                ("is_partial", models.BooleanField(default=False)),
                ("started_at", models.DateTimeField(default=jalon.foundation.clock.now)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                ("sources", models.JSONField(default=list)),
                ("counts", models.JSONField(default=dict)),
                ("report", models.JSONField(default=dict)),
                ("position", models.JSONField(default=dict)),
                (
                    "framework",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="editions",
                        to="frameworks.framework",
                    ),
                ),
            ],
            options={
                "ordering": ["framework", "version_key", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Concept",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uri", models.CharField(max_length=300, unique=True)),
                ("code", models.CharField(blank=True, max_length=80)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("skill", "skill"),
                            ("knowledge", "knowledge"),
                            ("competence", "competence"),
                            ("occupation", "occupation"),
                            ("job_title", "job_title"),
                            ("group", "group"),
                            ("collection", "collection"),
                            ("certification", "certification"),
                            ("block", "block"),
                            ("level", "level"),
                            ("field", "field"),
                        ],
                        max_length=15,
                    ),
                ),
                ("labels", models.JSONField(default=dict)),
                ("alt_labels", models.JSONField(blank=True, default=dict)),
                ("hidden_labels", models.JSONField(blank=True, default=dict)),
                ("descriptions", models.JSONField(blank=True, default=dict)),
                ("facts", models.JSONField(blank=True, default=dict)),
                (
                    "status",
                    models.CharField(
                        choices=[("current", "current"), ("withdrawn", "withdrawn")],
                        default="current",
                        max_length=10,
                    ),
                ),
                ("valid_until", models.DateField(blank=True, null=True)),
                ("text_digest", models.CharField(blank=True, max_length=32)),
                ("changed_at", models.DateTimeField(default=jalon.foundation.clock.now)),
                (
                    "first_edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="frameworks.edition"
                    ),
                ),
                (
                    "last_edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="frameworks.edition"
                    ),
                ),
                (
                    "framework",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="concepts",
                        to="frameworks.framework",
                    ),
                ),
            ],
            options={
                "ordering": ["framework", "code", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Replacement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("old_uri", models.CharField(max_length=300)),
                ("new_uri", models.CharField(db_index=True, max_length=300)),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="frameworks.edition"
                    ),
                ),
                (
                    "framework",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replacements",
                        to="frameworks.framework",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ConceptRelation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("broader", "broader"),
                            ("essential", "essential"),
                            ("optional", "optional"),
                            ("exact", "exact"),
                            ("close", "close"),
                            ("broad", "broad"),
                            ("narrow", "narrow"),
                            ("part_of", "part_of"),
                            ("collection", "collection"),
                        ],
                        max_length=12,
                    ),
                ),
                ("is_current", models.BooleanField(default=True)),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="relations",
                        to="frameworks.concept",
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="relations_to",
                        to="frameworks.concept",
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="frameworks.edition"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("source", "target", "kind"), name="one_relation_of_a_kind"
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="edition",
            constraint=models.UniqueConstraint(
                fields=("framework", "version"), name="one_edition_per_version"
            ),
        ),
        migrations.AddIndex(
            model_name="concept",
            index=models.Index(fields=["framework", "kind"], name="concept_framework_kind"),
        ),
        migrations.AddIndex(
            model_name="concept",
            index=models.Index(fields=["code"], name="concept_code"),
        ),
        migrations.AddConstraint(
            model_name="replacement",
            constraint=models.UniqueConstraint(
                fields=("old_uri", "new_uri"), name="one_replacement_of_a_pair"
            ),
        ),
    ]
