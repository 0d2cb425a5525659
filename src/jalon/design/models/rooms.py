"""The room of a micro-certification: the organisations at its table, the links that open it, who came in."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from jalon.design.models.specifications import MicroCredential
from jalon.design.rules.rooms import RoomRole
from jalon.foundation import clock
from jalon.foundation.identifiers import folded
from jalon.foundation.models import Record
from jalon.people.models import Organisation, User

NAME_LENGTH = 120
ORGANISATION_LENGTH = 250


class Room(Record):
    """Where one micro-certification is written by several hands, version after version."""

    micro_credential = models.OneToOneField(MicroCredential, on_delete=models.CASCADE, related_name="room")
    # Who opened it, for colleagues to know whom to ask; kept while the account exists.
    opened_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    # When it was first settled who must sign off; before that, publishing asks for nobody.
    agreed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.micro_credential_id}"


class Party(Record):
    """
    An organisation at the table. With `organisation` it has an account here; else it is known by its name.

    `name` is what it was called when it came in.
    """

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="parties")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(max_length=ORGANISATION_LENGTH)
    # Derived from name by `foundation.identifiers.folded`; can be rebuilt.
    name_key = models.CharField(max_length=ORGANISATION_LENGTH, editable=False)
    # Whether publishing waits for its sign-off.
    is_required = models.BooleanField(default=False)

    class Meta:
        ordering = ["created_at", "name"]
        constraints = [
            models.UniqueConstraint(fields=["room", "name_key"], name="one_party_per_name"),
            models.UniqueConstraint(
                fields=["room", "organisation"],
                condition=Q(organisation__isnull=False),
                name="one_party_per_organisation",
            ),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name_key = folded(self.name)[:ORGANISATION_LENGTH]
        super().save(*args, **kwargs)

    def __str__(self) -> str:
        return self.name


class RoomLink(Record):
    """
    An invitation to one room. Whoever holds the link comes in, without an account, until it ends.

    The token itself is shown once and kept nowhere: only its SHA-256 is. `label` is for whoever invites to
    know the link by («Bernard, entreprise Vidal»); kept as long as the room, to say who could come in.
    """

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="links")
    role = models.CharField(max_length=20, choices=[(r.value, r.value) for r in RoomRole])
    # The organisation spoken for; a signatory always has one.
    party = models.ForeignKey(Party, on_delete=models.CASCADE, null=True, blank=True, related_name="links")
    token_sha256 = models.CharField(max_length=64, unique=True)
    label = models.CharField(max_length=NAME_LENGTH)
    invited_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(role=RoomRole.SIGNATORY.value) | Q(party__isnull=False),
                name="a_signatory_signs_for_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"{self.label} · {self.role}"

    @property
    def is_open(self) -> bool:
        return self.revoked_at is None and self.expires_at > clock.now()


class Participant(Record):
    """
    Somebody in a room: through a link, or a member of the organisation with their account, or both.

    Name: as the person gave it, shown beside what they wrote, and kept with it. E-mail: only if they gave
    it, to be told what became of their proposals, and erased when their link ends; whoever has an account is
    told at the account's address. Language: of the page they came in by, for the mails that they get.
    """

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="participants")
    link = models.ForeignKey(
        RoomLink, on_delete=models.CASCADE, null=True, blank=True, related_name="participants"
    )
    user = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=NAME_LENGTH)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=10, blank=True)
    # When the person had their name erased; what they wrote stays, signed by nobody.
    forgotten_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["room", "user"],
                condition=Q(user__isnull=False, link__isnull=True),
                name="one_participant_per_member",
            ),
            models.UniqueConstraint(
                fields=["link", "user"],
                condition=Q(user__isnull=False, link__isnull=False),
                name="one_participant_per_account_and_link",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def party(self) -> Party | None:
        """The organisation this person speaks for, where the link names one."""
        return self.link.party if self.link else None


class RoomMail(Record):
    """
    The daily mail to somebody who hosts rooms; kept while the account exists.

    Attributes:
        told_at: When the last one left; None where none did.
    """

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="room_mail")
    is_wanted = models.BooleanField(default=True)
    told_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.user_id)


class RequirementChange(Record):
    """What was settled about who must sign off: the first agreement, then each change with its reason."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="requirement_changes")
    by_name = models.CharField(max_length=NAME_LENGTH)
    reason = models.CharField(max_length=1000, blank=True)
    before = models.JSONField(default=list)
    after = models.JSONField(default=list)

    class Meta:
        ordering = ["created_at"]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"
