"""The life of a version: started, published, followed by the next; withdrawn from the offer."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count

from django.db import transaction

from jalon.design.errors import (
    IncompleteSpecificationError,
    NothingPublishedError,
    PublishedIsFinalError,
    SignOffsMissingError,
)
from jalon.design.events import SpecificationPublished
from jalon.design.models import MicroCredential, Specification, SpecificationState, digest
from jalon.design.permissions import require_writer
from jalon.design.queries import gaps_of, sign_offs_awaited
from jalon.design.rules import plain
from jalon.design.rules.values import FRENCH
from jalon.foundation import clock, journal
from jalon.foundation.events import announce
from jalon.foundation.identifiers import slug as slug_of
from jalon.people.models import Organisation, User
from jalon.people.permissions import require
from jalon.people.rules import Capability


def _free_slug(title: str, *, own: MicroCredential | None = None) -> str:
    """A public address that no other has: ``"plesser-une-haie"``, ``"plesser-une-haie-2"``."""
    base = slug_of(title)
    others = MicroCredential.objects.exclude(id=own.id) if own else MicroCredential.objects.all()
    taken = set(others.filter(slug__startswith=base).values_list("slug", flat=True))
    if base not in taken:
        return base
    return next(name for number in count(2) if (name := f"{base}-{number}") not in taken)


@transaction.atomic
def start_micro_credential(
    *, organisation: Organisation, title: str | Mapping[str, str], by: User, domain: str = ""
) -> MicroCredential:
    """
    Open the file of a new micro-certification, with its first draft.

    Raises:
        InvalidContentError: The title is empty or cannot be read, or the domain is not in the list.
    """
    require(by, Capability.DESIGN, organisation)
    content = plain.read({"title": title, "domain": domain, "languages": [FRENCH]})
    micro_credential = MicroCredential.objects.create(
        organisation=organisation, slug=_free_slug(str(content.title)), created_by=by
    )
    Specification.objects.create(
        micro_credential=micro_credential, number=1, content=plain.write(content), updated_by=by
    )
    journal.write(
        organisation=organisation,
        actor=by,
        verb="micro_credential.started",
        object_id=micro_credential.id,
        facts={"title": str(content.title)},
    )
    return micro_credential


@transaction.atomic
def publish_specification(*, specification: Specification, by: User) -> Specification:
    """
    Make a draft final and public. Announces `SpecificationPublished`.

    Raises:
        IncompleteSpecificationError: Something mandatory is missing, or a text waits for a choice.
        SignOffsMissingError: The room agreed to wait for organisations that did not agree to this very text.
        PublishedIsFinalError: It is published already.
    """
    draft = (
        Specification.objects.select_for_update(of=("self",))
        .select_related("micro_credential__organisation")
        .get(id=specification.id)
    )
    micro_credential = draft.micro_credential
    require(by, Capability.PUBLISH, micro_credential.organisation)
    if draft.is_published:
        raise PublishedIsFinalError
    if lacking := [gap for gap in gaps_of(draft) if gap.mandatory]:
        raise IncompleteSpecificationError(lacking)
    if awaited := sign_offs_awaited(draft):
        raise SignOffsMissingError([each.party.name for each in awaited])
    content = draft.read()
    if micro_credential.latest_published is None:
        micro_credential.slug = _free_slug(str(content.title), own=micro_credential)
        micro_credential.save(update_fields=["slug"])
    draft.state = SpecificationState.PUBLISHED
    draft.content = plain.write(content)
    draft.content_sha256 = digest(content)
    draft.published_at = clock.now()
    draft.published_by = by
    draft.save()
    journal.write(
        organisation=micro_credential.organisation,
        actor=by,
        verb="specification.published",
        object_id=draft.id,
        facts={"number": draft.number, "title": str(content.title), "sha256": draft.content_sha256},
    )
    announce(
        SpecificationPublished(draft.id, micro_credential.id, micro_credential.organisation_id, draft.number)
    )
    return draft


@transaction.atomic
def start_new_version(*, micro_credential: MicroCredential, by: User) -> Specification:
    """
    Copy the latest published version into a draft; where a draft is open already, that one is given.

    Raises:
        NothingPublishedError: There is neither.
    """
    held = MicroCredential.objects.select_for_update(of=("self",)).get(id=micro_credential.id)
    require(by, Capability.DESIGN, held.organisation)
    if held.draft:
        return held.draft
    latest = held.latest_published
    if latest is None:
        raise NothingPublishedError
    draft = Specification.objects.create(
        micro_credential=held, number=latest.number + 1, content=latest.content, updated_by=by
    )
    journal.write(
        organisation=held.organisation,
        actor=by,
        verb="specification.version_started",
        object_id=draft.id,
        facts={"number": draft.number},
    )
    return draft


@transaction.atomic
def discard_draft(*, specification: Specification, by: User) -> None:
    """
    Throw a draft away, and its micro-certification with it when nothing of it was ever published.

    Raises:
        PublishedIsFinalError: It is published.
    """
    draft = (
        Specification.objects.select_for_update(of=("self",))
        .select_related("micro_credential__organisation")
        .get(id=specification.id)
    )
    require_writer(by, draft)
    if draft.is_published:
        raise PublishedIsFinalError
    micro_credential = draft.micro_credential
    title = str(draft.read().title)
    draft.delete()
    if not micro_credential.specifications.exists():
        micro_credential.delete()
    journal.write(
        organisation=micro_credential.organisation,
        actor=by,
        verb="specification.draft_discarded",
        object_id=specification.id,
        facts={"number": draft.number, "title": title},
    )


@transaction.atomic
def withdraw_micro_credential(*, micro_credential: MicroCredential, by: User) -> None:
    """No longer offer it: it leaves the catalogue; its pages and awards remain."""
    _set_withdrawn(micro_credential, by, withdrawn=True)


@transaction.atomic
def offer_again(*, micro_credential: MicroCredential, by: User) -> None:
    """Offer it again after `withdraw_micro_credential`."""
    _set_withdrawn(micro_credential, by, withdrawn=False)


def _set_withdrawn(micro_credential: MicroCredential, by: User, *, withdrawn: bool) -> None:
    held = MicroCredential.objects.select_for_update(of=("self",)).get(id=micro_credential.id)
    require(by, Capability.PUBLISH, held.organisation)
    if held.latest_published is None:
        raise NothingPublishedError
    if (held.withdrawn_at is not None) == withdrawn:
        return
    held.withdrawn_at = clock.now() if withdrawn else None
    held.save(update_fields=["withdrawn_at"])
    journal.write(
        organisation=held.organisation,
        actor=by,
        verb="micro_credential.withdrawn" if withdrawn else "micro_credential.offered_again",
        object_id=held.id,
    )


__all__ = [
    "discard_draft",
    "offer_again",
    "publish_specification",
    "start_micro_credential",
    "start_new_version",
    "withdraw_micro_credential",
]
