"""Status lists as they are at this moment."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from jalon.awarding.models import Credential, Endorsement, StatusList
from jalon.awarding.queries.keys import signer_of_did
from jalon.awarding.rules.places import CAPACITY, bits_with
from jalon.foundation import clock
from sceau import issuing
from sceau.status import token_list

FRESH_FOR = timedelta(hours=12)
"""A stored list is signed again after this, so that a copy kept elsewhere is seldom old."""

VALID_FOR = timedelta(days=7)
"""What a verifier may rely on when we are out of reach."""

AS_TOKEN = ".jwt"  # noqa: S105  the end of an address, no secret
"""What the address of a list ends with where the list is a token, as wallets ask for it."""


def status_list(list_id: UUID) -> StatusList | None:
    """One of our lists by its id."""
    return StatusList.objects.filter(id=list_id).first()


def is_fresh(found: StatusList) -> bool:
    """Whether the stored document may still be served as it is."""
    return bool(found.document) and found.signed_at is not None and clock.now() - found.signed_at < FRESH_FOR


def revoked_places(found: StatusList) -> list[int]:
    """The places whose award was revoked, corrections included, and those of revoked endorsements."""
    places = Credential.objects.filter(
        status_list=found, award__revoked_at__isnull=False, status_index__isnull=False
    )
    endorsed = Endorsement.objects.filter(status_list=found, revoked_at__isnull=False)
    awarded = [place for place in places.values_list("status_index", flat=True) if place is not None]
    return [*awarded, *endorsed.values_list("status_index", flat=True)]


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


def token_place(credential: Credential) -> token_list.Reference | None:
    """The place of *credential* in its list as a token: the same list and the same index."""
    found = credential.status_list
    if found is None or credential.status_index is None:
        return None
    return token_list.Reference(found.url + AS_TOKEN, credential.status_index)


def token_document(found: StatusList) -> bytes:
    """
    The same list as a Token Status List, signed for the moment at which *found* was signed.

    So nothing more is stored, and the bytes stay the same until *found* is signed again: a revocation does
    that in its own transaction.
    """
    at = found.signed_at if is_fresh(found) and found.signed_at else clock.now()
    values = dict.fromkeys(revoked_places(found), int(token_list.Status.INVALID))
    return issuing.issue_token_status_list(
        uri=found.url + AS_TOKEN,
        statuses=token_list.build(values, length=CAPACITY),
        signer=signer_of_did(found.issuer_did),
        created=at,
        valid_until=at + VALID_FOR,
        ttl=FRESH_FOR,
    )
