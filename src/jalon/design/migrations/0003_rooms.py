"""The room of a micro-certification: people, proposals, comments, rounds and sign-offs."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import jalon.design.models.specifications
import jalon.foundation.clock


class Migration(migrations.Migration):
    dependencies = [
        ("design", "0002_published_versions_are_final"),
        ("people", "0002_account_language_accreditation_dates"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Room",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("created_at", models.DateTimeField(default=jalon.foundation.clock.now, editable=False)),
                ("agreed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "micro_credential",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="room",
                        to="design.microcredential",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RequirementChange",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("created_at", models.DateTimeField(default=jalon.foundation.clock.now, editable=False)),
                ("by_name", models.CharField(max_length=120)),
                ("reason", models.CharField(blank=True, max_length=1000)),
                ("before", models.JSONField(default=list)),
                ("after", models.JSONField(default=list)),
                (
                    "room",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="requirement_changes",
                        to="design.room",
                    ),
                ),
            ],
            options={
                "ordering": ["created_at"],
            },
        ),
        migrations.CreateModel(
            name="Party",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("created_at", models.DateTimeField(default=jalon.foundation.clock.now, editable=False)),
                ("name", models.CharField(max_length=250)),
                ("name_key", models.CharField(editable=False, max_length=250)),
                ("is_required", models.BooleanField(default=False)),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.organisation",
                    ),
                ),
                (
                    "room",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="parties", to="design.room"
                    ),
                ),
            ],
            options={
                "ordering": ["created_at", "name"],
            },
        ),
        migrations.CreateModel(
            name="Participant",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("created_at", models.DateTimeField(default=jalon.foundation.clock.now, editable=False)),
                ("name", models.CharField(max_length=120)),
                ("email", models.EmailField(blank=True, max_length=254)),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "room",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="participants",
                        to="design.room",
                    ),
                ),
            ],
            options={
                "ordering": ["created_at"],
            },
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("created_at", models.DateTimeField(default=jalon.foundation.clock.now, editable=False)),
                ("field", models.CharField(max_length=200)),
                ("author_name", models.CharField(max_length=120)),
                ("author_organisation", models.CharField(blank=True, max_length=250)),
                ("client_id", models.UUIDField(default=uuid.uuid4)),
                ("text", models.TextField()),
                ("resolved_at", models.DateTimeField(blank=True, null=True)),
                ("resolved_by_name", models.CharField(blank=True, max_length=120)),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="design.comment",
                    ),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="comments",
                        to="design.participant",
                    ),
                ),
                (
                    "room",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="comments", to="design.room"
                    ),
                ),
            ],
            options={
                "ordering": ["created_at"],
            },
        ),
        migrations.CreateModel(
            name="RoomLink",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("created_at", models.DateTimeField(default=jalon.foundation.clock.now, editable=False)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("author", "author"),
                            ("contributor", "contributor"),
                            ("reviewer", "reviewer"),
                            ("signatory", "signatory"),
                        ],
                        max_length=20,
                    ),
                ),
                ("token_sha256", models.CharField(max_length=64, unique=True)),
                ("label", models.CharField(max_length=120)),
                ("expires_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "invited_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to="design.party",
                    ),
                ),
                (
                    "room",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="links", to="design.room"
                    ),
                ),
            ],
            options={
                "ordering": ["created_at"],
            },
        ),
        migrations.AddField(
            model_name="participant",
            name="link",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="participants",
                to="design.roomlink",
            ),
        ),
        migrations.CreateModel(
            name="Round",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("created_at", models.DateTimeField(default=jalon.foundation.clock.now, editable=False)),
                ("number", models.PositiveIntegerField()),
                ("content", jalon.design.models.specifications.PlainContentField()),
                ("content_sha256", models.CharField(max_length=64)),
                ("opened_by_name", models.CharField(max_length=120)),
                ("closes_on", models.DateField()),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "room",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="rounds", to="design.room"
                    ),
                ),
                (
                    "specification",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="design.specification",
                    ),
                ),
            ],
            options={
                "ordering": ["-number"],
            },
        ),
        migrations.CreateModel(
            name="SignOff",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("created_at", models.DateTimeField(default=jalon.foundation.clock.now, editable=False)),
                (
                    "answer",
                    models.CharField(
                        choices=[("yes", "yes"), ("reservations", "reservations"), ("no", "no")],
                        max_length=20,
                    ),
                ),
                ("words", models.TextField(blank=True)),
                ("name", models.CharField(max_length=120)),
                ("function", models.CharField(max_length=120)),
                ("wants_endorsement", models.BooleanField(default=False)),
                ("client_id", models.UUIDField(default=uuid.uuid4)),
                (
                    "authorised_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="sign_offs",
                        to="design.participant",
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sign_offs",
                        to="design.party",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sign_offs",
                        to="design.round",
                    ),
                ),
            ],
            options={
                "ordering": ["created_at"],
            },
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("created_at", models.DateTimeField(default=jalon.foundation.clock.now, editable=False)),
                ("field", models.CharField(max_length=200)),
                ("author_name", models.CharField(max_length=120)),
                ("author_organisation", models.CharField(blank=True, max_length=250)),
                ("client_id", models.UUIDField(default=uuid.uuid4)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("change", "change"),
                            ("add_outcome", "add_outcome"),
                            ("remove_outcome", "remove_outcome"),
                        ],
                        max_length=20,
                    ),
                ),
                ("value", jalon.design.models.specifications.PlainContentField()),
                ("seen", jalon.design.models.specifications.PlainContentField()),
                ("reason", models.TextField(blank=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "open"),
                            ("accepted", "accepted"),
                            ("refused", "refused"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="open",
                        max_length=12,
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("decided_by_name", models.CharField(blank=True, max_length=120)),
                ("decision_reason", models.TextField(blank=True)),
                ("outcome_id", models.CharField(blank=True, max_length=100)),
                (
                    "participant",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="proposals",
                        to="design.participant",
                    ),
                ),
                (
                    "specification",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="design.specification",
                    ),
                ),
                (
                    "room",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="proposals",
                        to="design.room",
                    ),
                ),
            ],
            options={
                "ordering": ["created_at"],
                "indexes": [models.Index(fields=["room", "state"], name="design_prop_room_id_6b5ec5_idx")],
                "constraints": [
                    models.UniqueConstraint(fields=("room", "client_id"), name="one_proposal_per_client_id")
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="party",
            constraint=models.UniqueConstraint(fields=("room", "name_key"), name="one_party_per_name"),
        ),
        migrations.AddConstraint(
            model_name="party",
            constraint=models.UniqueConstraint(
                condition=models.Q(("organisation__isnull", False)),
                fields=("room", "organisation"),
                name="one_party_per_organisation",
            ),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(fields=["room", "field"], name="design_comm_room_id_02a0ed_idx"),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.UniqueConstraint(
                fields=("room", "client_id"), name="one_comment_per_client_id"
            ),
        ),
        migrations.AddConstraint(
            model_name="roomlink",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("role", "signatory"), _negated=True), ("party__isnull", False), _connector="OR"
                ),
                name="a_signatory_signs_for_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="participant",
            constraint=models.UniqueConstraint(
                condition=models.Q(("link__isnull", True), ("user__isnull", False)),
                fields=("room", "user"),
                name="one_participant_per_member",
            ),
        ),
        migrations.AddConstraint(
            model_name="participant",
            constraint=models.UniqueConstraint(
                condition=models.Q(("link__isnull", False), ("user__isnull", False)),
                fields=("link", "user"),
                name="one_participant_per_account_and_link",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.UniqueConstraint(fields=("room", "number"), name="one_round_per_number"),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_at__isnull", True)),
                fields=("room",),
                name="one_round_open_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="signoff",
            constraint=models.UniqueConstraint(
                fields=("round", "client_id"), name="one_sign_off_per_client_id"
            ),
        ),
    ]
