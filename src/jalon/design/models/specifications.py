"""Micro-credentials, the versions of their specification, and what was typed but could not be taken in."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.utils.functional import cached_property

from jalon.design.errors import PublishedIsFinalError
from jalon.design.rules import plain
from jalon.design.rules.content import SpecificationContent
from jalon.foundation import clock
from jalon.foundation.models import Record
from jalon.people.models import Organisation, User
from sceau.model.texts import Text


class PlainContentField(models.TextField):  # type: ignore[type-arg]  # not subscriptable at run time
    """
    Plain values of a specification as JSON text, in the order they were written.

    Not a JSONField: PostgreSQL's jsonb puts keys in an order of its own, and the first language of a text
    is the one it was written in.
    """

    # What django-stubs lets be assigned and read.
    _pyi_private_set_type: Any
    _pyi_private_get_type: Any

    def get_prep_value(self, value: Any) -> str:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    def from_db_value(self, value: str | None, expression: object, connection: object) -> Any:
        # No text where a row joined from the other side is not there.
        return None if value is None else json.loads(value)

    def to_python(self, value: Any) -> Any:
        return json.loads(value) if isinstance(value, str) else value

    def value_to_string(self, obj: models.Model) -> str:
        return self.get_prep_value(self.value_from_object(obj))


class SpecificationState(models.TextChoices):
    """A draft may change; a published version never does."""

    DRAFT = "draft"
    PUBLISHED = "published"


class Licence(models.TextChoices):
    """What others may do with the words of a specification once it is published."""

    CC_BY = "CC-BY-4.0"
    CC_BY_SA = "CC-BY-SA-4.0"
    CC0 = "CC0-1.0"
    RESERVED = "reserved"  # read, not copied


class MicroCredential(Record):
    """The lasting identity of a design, across its versions."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="micro_credentials")
    # Part of the public address: settled at the first publication, never changed after it.
    slug = models.SlugField(max_length=70, unique=True)
    # Who opened the file, for colleagues to know whom to ask; kept while the account exists.
    created_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    licence = models.CharField(max_length=20, choices=Licence.choices, default=Licence.CC_BY)
    # No longer offered: its pages and awards remain.
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.slug

    @property
    def latest_published(self) -> Specification | None:
        """The published version with the highest number. Uses what was prefetched, if it was."""
        published = [s for s in self.specifications.all() if s.is_published]
        return max(published, key=lambda s: s.number, default=None)

    @property
    def draft(self) -> Specification | None:
        """The version being written. Uses what was prefetched, if it was."""
        return next((s for s in self.specifications.all() if not s.is_published), None)

    @property
    def newest(self) -> Specification | None:
        """The draft where there is one, else the latest published version."""
        return self.draft or self.latest_published

    @property
    def title(self) -> Text:
        """The title of the newest version."""
        return self.newest.read().title if self.newest else Text(())

    @property
    def domain(self) -> str:
        """The domain of the newest version: key of `rules.vocabularies.DOMAINS`, or ``""``."""
        return self.newest.read().domain if self.newest else ""


class SpecificationQuerySet(models.QuerySet["Specification"]):
    """Refuses wholesale changes that would touch a published version; a database trigger does so again."""

    def update(self, **fields: Any) -> int:
        self._refuse_published()
        return super().update(**fields)

    def delete(self) -> tuple[int, dict[str, int]]:
        self._refuse_published()
        return super().delete()

    def _refuse_published(self) -> None:
        if self.filter(state=SpecificationState.PUBLISHED).exists():
            raise PublishedIsFinalError


class Specification(Record):
    """
    One version: all that Annex I asks for, in the plain shape of `rules.content`.

    A published row never changes: refused here and by triggers of the database (migration 0002). Only the
    link to the account that published it may be cut, when that account is erased.
    """

    micro_credential = models.ForeignKey(
        MicroCredential, on_delete=models.PROTECT, related_name="specifications"
    )
    number = models.PositiveIntegerField()
    state = models.CharField(
        max_length=10, choices=SpecificationState.choices, default=SpecificationState.DRAFT
    )
    content = PlainContentField(default=dict)
    # One more at each change of the draft.
    revision = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField(default=clock.now)
    # Who wrote last and who published, for colleagues; kept while the accounts exist.
    updated_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    # Of the canonical JSON of the content (`digest`), once published.
    content_sha256 = models.CharField(max_length=64, blank=True)

    objects = SpecificationQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["micro_credential", "number"], name="one_specification_per_number"
            ),
            models.UniqueConstraint(
                fields=["micro_credential"],
                condition=models.Q(state="draft"),
                name="one_draft_per_micro_credential",
            ),
        ]

    # State of the row as the database has it; None where it was never saved.
    _stored_state: str | None = None

    def __str__(self) -> str:
        return f"{self.micro_credential_id} · {self.number}"

    @classmethod
    def from_db(cls, db: str | None, field_names: Iterable[str], values: Iterable[Any]) -> Specification:
        specification = super().from_db(db, list(field_names), list(values))
        specification._stored_state = specification.__dict__.get("state")
        return specification

    def save(self, *args: Any, **kwargs: Any) -> None:
        """
        Raises:
            PublishedIsFinalError: The stored row is published.
        """
        if self._stored_state == SpecificationState.PUBLISHED:
            raise PublishedIsFinalError
        self.__dict__.pop("_content_read", None)
        super().save(*args, **kwargs)
        self._stored_state = self.state

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """
        Raises:
            PublishedIsFinalError: The stored row is published.
        """
        if self._stored_state == SpecificationState.PUBLISHED:
            raise PublishedIsFinalError
        return super().delete(*args, **kwargs)

    @property
    def is_published(self) -> bool:
        return self.state == SpecificationState.PUBLISHED

    @property
    def urn(self) -> str:
        """The identifier of this version in what is signed: ``urn:uuid:…``."""
        return UUID(str(self.id)).urn

    @cached_property
    def _content_read(self) -> SpecificationContent:
        return plain.read(self.content)

    def read(self) -> SpecificationContent:
        """The content as values. Read once per instance and per save."""
        return self._content_read


class SetAside(Record):
    """
    What somebody typed and the draft could not take in: nothing typed is lost.

    Kept until a person takes it, drops it, or the draft is discarded. `by` says whose words they are.
    """

    class Reason(models.TextChoices):
        CONFLICT = "conflict"  # somebody else had changed the field since
        UNREADABLE = "unreadable"  # not a value of that field, such as «abc» hours

    specification = models.ForeignKey(Specification, on_delete=models.CASCADE, related_name="set_aside")
    field = models.CharField(max_length=200)
    reason = models.CharField(max_length=12, choices=Reason.choices)
    value = PlainContentField()
    # Code and facts of the first problem met, where it could not be read.
    problem = models.JSONField(default=dict, blank=True)
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["created_at"]

    objects: ClassVar[models.Manager[SetAside]] = models.Manager()

    def __str__(self) -> str:
        return f"{self.field} ({self.reason})"


def digest(content: SpecificationContent) -> str:
    """SHA-256 in hexadecimal of the canonical JSON of *content*: keys sorted, no spaces, UTF-8."""
    canonical = json.dumps(plain.write(content), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
