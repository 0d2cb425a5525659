"""Issuers' keys: made on first need, sealed at once, renewed without breaking what was signed."""

from __future__ import annotations

from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.db import transaction

from jalon.awarding.events import IssuerKeyRotated
from jalon.awarding.models import IssuerKey
from jalon.awarding.queries.keys import active_key
from jalon.foundation import clock, events, journal, vault
from jalon.people.models import Organisation, User
from jalon.people.permissions import require
from jalon.people.rules import Capability
from sceau.did import did_web
from sceau.keys.signer import Ed25519Signer


def did_at_public_address(organisation: Organisation) -> str:
    """The identifier that a first key of *organisation* would get today."""
    parts = urlsplit(settings.PUBLIC_URL)
    return did_web.did(parts.netloc, *[p for p in parts.path.split("/") if p], "o", organisation.slug)


@transaction.atomic
def ensure_key(organisation: Organisation) -> IssuerKey:
    """The key that *organisation* signs with, made now if it is the first."""
    key = active_key(organisation)
    if key is not None:
        return key
    # Under the lock, so that two workers do not each make one.
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    key = active_key(organisation)
    if key is not None:
        return key
    key = _make(organisation, did_at_public_address(organisation))
    journal.write(
        organisation=organisation,
        actor=None,
        verb="key.made",
        object_id=key.id,
        facts={"verification_method": key.verification_method},
    )
    return key


@transaction.atomic
def rotate_key(*, organisation: Organisation, by: User, at_present_address: bool = False) -> IssuerKey:
    """
    Sign with a new key from now on. The old one stays in the DID document, so that what it signed verifies.

    Args:
        at_present_address: Take the identifier of today's public address, where it changed since the first
            key. What was signed keeps the old identifier, and the old address must go on leading here for
            others to verify it.
    """
    require(by, Capability.MANAGE_KEYS, organisation)
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    old = active_key(organisation)
    did = did_at_public_address(organisation) if at_present_address or old is None else old.did
    if old is not None:
        old.is_active, old.retired_at = False, clock.now()
        old.save(update_fields=["is_active", "retired_at"])
    key = _make(organisation, did)
    journal.write(
        organisation=organisation,
        actor=by,
        verb="key.rotated",
        object_id=key.id,
        facts={
            "verification_method": key.verification_method,
            "before": old.verification_method if old else "",
        },
    )
    events.announce(IssuerKeyRotated(organisation.id, key.did, key.fragment))
    return key


def _make(organisation: Organisation, did: str) -> IssuerKey:
    # A new key-encryption key may be made only while nothing is sealed: it would open nothing that is.
    safe = vault.open_vault(make=not IssuerKey.objects.exists())
    fragment = f"key-{IssuerKey.objects.filter(did=did).count() + 1}"
    signer = Ed25519Signer.generate(lambda public: f"{did}#{fragment}")
    key_id = uuid4()
    return IssuerKey.objects.create(
        id=key_id,
        organisation=organisation,
        did=did,
        fragment=fragment,
        public_key_multibase=signer.public_key_multibase,
        sealed_private_key=safe.seal(signer.private_bytes(), name=str(key_id)),
        sealed_with=safe.fingerprint,
    )
