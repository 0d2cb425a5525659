"""Accounts, organisations, who acts for which, and the persons whom organisations train."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models

from jalon.foundation import clock
from jalon.foundation.identifiers import folded, new_link_token
from jalon.foundation.models import Record
from jalon.people.rules import AccreditationKind, OrganisationKind, Role


class UserManager(BaseUserManager["User"]):
    """Makes accounts known by their e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save()
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(email, password, is_superuser=True, **fields)


class User(Record, AbstractBaseUser, PermissionsMixin):
    """
    Somebody who signs in. Learners need no account to hold what they earned.

    Kept while the account exists: e-mail to sign in, name to show colleagues who did what.
    """

    email = models.EmailField(unique=True)
    full_name = models.CharField(max_length=200, blank=True)
    # The language of pages once signed in; empty leaves it to the browser.
    language = models.CharField(max_length=10, blank=True)
    is_active = models.BooleanField(default=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.full_name or self.email

    @property
    def is_operator(self) -> bool:
        """Whether this account runs the whole installation."""
        return self.is_superuser


class Organisation(Record):
    """A training body, local authority, company, awarding body, branch, funder or association."""

    kind = models.CharField(max_length=30, choices=[(k.value, k.value) for k in OrganisationKind])
    legal_name = models.CharField(max_length=250)
    # Part of the issuer's identifier (did:web) once a key exists: never changed after that.
    slug = models.SlugField(max_length=60, unique=True)
    country_code = models.CharField(max_length=2, default="FR")
    region = models.CharField(max_length=120, blank=True)
    street = models.CharField(max_length=250, blank=True)
    postal_code = models.CharField(max_length=12, blank=True)
    locality = models.CharField(max_length=120, blank=True)
    siret = models.CharField(max_length=14, blank=True)
    nda = models.CharField(max_length=11, blank=True)
    website = models.URLField(blank=True)
    email = models.EmailField(blank=True)
    is_demonstration = models.BooleanField(default=False)
    # Who confirmed that this organisation is the one it says, when the operator or an authority did.
    identity_confirmed_by = models.CharField(max_length=200, blank=True)
    identity_confirmed_at = models.DateTimeField(null=True, blank=True)
    identity_basis = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["legal_name"]

    def __str__(self) -> str:
        return self.legal_name


class Accreditation(Record):
    """A label or agreement that an organisation holds, such as Qualiopi, with its dates."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="accreditations")
    kind = models.CharField(max_length=30, choices=[(k.value, k.value) for k in AccreditationKind])
    name = models.CharField(max_length=200)
    granted_by = models.CharField(max_length=200, blank=True)
    identifier = models.CharField(max_length=100, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["name", "valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_from__isnull=True)
                | models.Q(valid_until__isnull=True)
                | models.Q(valid_until__gte=models.F("valid_from")),
                name="accreditation_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(Record):
    """One role of one person in one organisation; a person may have several."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=[(r.value, r.value) for r in Role])

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "organisation", "role"], name="one_membership_per_role"),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.organisation} · {self.role}"


class Invitation(Record):
    """An offer of a role by link. Kept until taken, withdrawn or out of date."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField()
    role = models.CharField(max_length=20, choices=[(r.value, r.value) for r in Role])
    token = models.CharField(max_length=40, unique=True, default=new_link_token)
    invited_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.email} · {self.organisation} · {self.role}"

    @property
    def is_open(self) -> bool:
        return self.accepted_at is None and self.expires_at > clock.now()


class Person(Record):
    """
    A learner as one organisation knows them: another organisation has its own record, and sees nothing of it.

    Name: printed on what they earned, kept as long as an award is. Birth date and the organisation's own
    number: to tell homonyms apart, never in a credential unless the organisation asks for its number to be.
    E-mail: only to hand over what was earned; may be empty.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="persons")
    full_name = models.CharField(max_length=200)
    given_name = models.CharField(max_length=100, blank=True)
    family_name = models.CharField(max_length=100, blank=True)
    birth_date = models.DateField(null=True, blank=True)
    identifier = models.CharField(max_length=100, blank=True)
    email = models.EmailField(blank=True)
    # Derived from full_name by `foundation.identifiers.folded`; can be rebuilt.
    name_key = models.CharField(max_length=200, editable=False, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "identifier"],
                condition=~models.Q(identifier=""),
                name="one_person_per_identifier",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "name_key", "birth_date"])]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name_key = folded(self.full_name)[:200]
        super().save(*args, **kwargs)

    def __str__(self) -> str:
        return self.full_name
