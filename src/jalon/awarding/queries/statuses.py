"""Status lists as they are at this moment."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from jalon.awarding.models import Credential, StatusList
from jalon.awarding.queries.keys import signer_of_did
from jalon.awarding.rules.places import bits_with
from jalon.foundation import clock
from sceau import issuing

FRESH_FOR = timedelta(hours=12)
"""A stored list is signed again after this, so that a copy kept elsewhere is seldom old."""

VALID_FOR = timedelta(days=7)
"""What a verifier may rely on when we are out of reach."""


def status_list(list_id: UUID) -> StatusList | None:
    """One of our lists by its id."""
    return StatusList.objects.filter(id=list_id).first()


def is_fresh(found: StatusList) -> bool:
    """Whether the stored document may still be served as it is."""
    return bool(found.document) and found.signed_at is not None and clock.now() - found.signed_at < FRESH_FOR


def revoked_places(found: StatusList) -> list[int]:
    """The places whose award was revoked, corrections included."""
    places = Credential.objects.filter(
        status_list=found, award__revoked_at__isnull=False, status_index__isnull=False
    )
    return [place for place in places.values_list("status_index", flat=True) if place is not None]


def signed_document(found: StatusList, *, at: datetime) -> bytes:
    """The list as its awards say, signed now; nothing is stored."""
    return issuing.issue_status_list(
        list_url=found.url,
        issuer_id=found.issuer_did,
        purpose=found.purpose,
        bits=bits_with(revoked_places(found)),
        signer=signer_of_did(found.issuer_did),
        created=at,
        valid_until=at + VALID_FOR,
    )


def served_document(found: StatusList) -> bytes:
    """The bytes to serve: the stored ones while they are fresh, else signed anew."""
    return bytes(found.document) if is_fresh(found) else signed_document(found, at=clock.now())
