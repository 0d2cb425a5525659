"""Status lists: opened, given out place by place, signed again when an award is revoked."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction

from jalon.awarding.models import StatusList
from jalon.awarding.queries.statuses import is_fresh, signed_document, token_document
from jalon.awarding.rules.places import OPEN_UNTIL, place
from jalon.foundation import clock
from jalon.people.models import Organisation


@dataclass(frozen=True)
class Place:
    """One place of one list, given to nobody else."""

    list_id: UUID
    list_url: str
    index: int


@transaction.atomic
def reserve_places(*, organisation: Organisation, issuer_did: str, count: int) -> list[Place]:
    """
    Give out *count* places, each to this caller alone.

    The counter of the list moves under its row lock, in a transaction that is short when the caller is in
    none: two workers wait for one another a moment, and never get the same place. A place whose credential
        is never kept (a
    worker killed in between) stays empty, which harms nobody.
    """
    if count < 1:
        return []
    found = _open_list(organisation, issuer_did)
    first, secret = found.allocated, bytes(found.secret)
    numbers = range(first, min(first + count, OPEN_UNTIL))
    found.allocated = numbers.stop
    found.is_open = numbers.stop < OPEN_UNTIL
    found.save(update_fields=["allocated", "is_open"])
    places = [Place(found.id, found.url, place(secret, number)) for number in numbers]
    rest = count - len(places)
    return places + reserve_places(organisation=organisation, issuer_did=issuer_did, count=rest)


def _open_list(organisation: Organisation, issuer_did: str) -> StatusList:
    wanted = StatusList.objects.select_for_update().filter(
        issuer_did=issuer_did, purpose="revocation", is_open=True
    )
    found = wanted.first()
    if found is not None:
        return found
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    found = wanted.first()
    if found is not None:
        return found
    list_id = uuid4()
    found = StatusList(
        id=list_id,
        organisation=organisation,
        issuer_did=issuer_did,
        url=f"{settings.PUBLIC_URL}/status/{list_id}",
        secret=secrets.token_bytes(32),
    )
    found.save()
    # Signed at once: the first credential must not point to a list that is not there.
    _sign(found)
    return found


def _sign(found: StatusList) -> bytes:
    at = clock.now()
    found.document, found.signed_at = signed_document(found, at=at), at
    found.save(update_fields=["document", "signed_at"])
    return bytes(found.document)


@transaction.atomic
def publish_changes(list_id: UUID) -> None:
    """
    Sign a list again, in the caller's transaction: what was revoked is served as revoked from its commit on.
    """
    _sign(StatusList.objects.select_for_update().get(pk=list_id))


@transaction.atomic
def refresh_status_list(list_id: UUID) -> bytes | None:
    """
    The bytes to serve, signed again first when they are getting old.

    Returns:
        None where no list has this id.
    """
    found = StatusList.objects.filter(pk=list_id).first()
    if found is None or is_fresh(found):
        return bytes(found.document) if found else None
    found = StatusList.objects.select_for_update().get(pk=list_id)
    return bytes(found.document) if is_fresh(found) else _sign(found)


def refresh_status_token(list_id: UUID) -> bytes | None:
    """
    The same list as a token, as `refresh_status_list` would serve it.

    Returns:
        None where no list has this id.
    """
    if refresh_status_list(list_id) is None:
        return None
    return token_document(StatusList.objects.get(pk=list_id))


def refresh_status_lists() -> int:
    """Sign again every list that is getting old; how many were looked at."""
    ids = list(StatusList.objects.values_list("id", flat=True))
    for list_id in ids:
        refresh_status_list(list_id)
    return len(ids)
