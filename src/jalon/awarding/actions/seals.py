"""An organisation's seal: kept, replaced, removed; and the sealing of European credentials with it."""

from __future__ import annotations

from uuid import uuid4

from cryptography.hazmat.primitives import serialization
from django.conf import settings
from django.db import transaction

from jalon.awarding.actions.keys import ensure_key
from jalon.awarding.errors import SealRefusedError
from jalon.awarding.models import OrganisationSeal
from jalon.awarding.queries.keys import signer_with
from jalon.awarding.queries.seals import material_of, seal_of
from jalon.awarding.rules import seals
from jalon.awarding.rules.sealing import SealedExport, sealed_export
from jalon.foundation import clock, journal, vault
from jalon.foundation.time_stamping import HttpTimeStamper
from jalon.people.models import Organisation, User
from jalon.people.permissions import require
from jalon.people.rules import Capability
from sceau.exports import EUROPASS, Sealing
from sceau.keys.x509 import Certificate
from sceau.ports import TimeStamper

__all__ = ["SealedExport", "keep_seal", "remove_seal", "sealed_export", "sealing_of"]


@transaction.atomic
def keep_seal(
    *, organisation: Organisation, by: User, data: bytes, passphrase: str = "", key: bytes = b""
) -> OrganisationSeal:
    """
    Keep the certificate and key that *organisation* seals with from now on; the former ones are forgotten.

    Args:
        data: PKCS #12, or PEM.
        key: PEM with the key, where *data* has the certificates alone.

    Raises:
        NotAllowedError: This person does not look after the organisation's keys.
        SealRefusedError: Nobody can seal with it, or it is another organisation's; `code` says why.
    """
    require(by, Capability.MANAGE_KEYS, organisation)
    material = seals.read(data, passphrase=passphrase, key=key)
    seals.check(material.leaf, at=clock.now())
    seals.check_owner(
        material.leaf,
        legal_name=organisation.legal_name,
        country_code=organisation.country_code,
        siret=organisation.siret,
    )
    # Whoever has a seal has an issuer's key too, so the key-encryption key is never made anew over a seal.
    ensure_key(organisation)
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    former = seal_of(organisation)
    if former is not None:
        former.delete()
    safe = vault.open_vault()
    seal_id = uuid4()
    row = OrganisationSeal.objects.create(
        id=seal_id,
        organisation=organisation,
        chain="".join(_pem(one) for one in material.certificates),
        thumbprint=material.leaf.thumbprint,
        sealed_private_key=safe.seal(material.private_key, name=str(seal_id)),
        sealed_with=safe.fingerprint,
        not_after=material.leaf.not_after,
        kept_by=by,
    )
    journal.write(
        organisation=organisation,
        actor=by,
        verb="seal.replaced" if former else "seal.kept",
        object_id=row.id,
        facts={"thumbprint": row.thumbprint, "before": former.thumbprint if former else ""},
    )
    return row


@transaction.atomic
def remove_seal(*, organisation: Organisation, by: User) -> None:
    """
    Seal no more; what was sealed stays sealed, since it carries its certificate.

    Raises:
        NotAllowedError: This person does not look after the organisation's keys.
        SealRefusedError: There is none.
    """
    require(by, Capability.MANAGE_KEYS, organisation)
    row = OrganisationSeal.objects.select_for_update().filter(organisation=organisation).first()
    if row is None:
        raise SealRefusedError(code="seal.none")
    journal.write(
        organisation=organisation,
        actor=by,
        verb="seal.removed",
        object_id=row.id,
        facts={"thumbprint": row.thumbprint},
    )
    row.delete()


def sealing_of(
    organisation: Organisation, *, form: str = EUROPASS.name, time_stamper: TimeStamper | None = None
) -> Sealing:
    """
    What an export is made with for *organisation*.

    A European credential is sealed with the organisation's certificate, and dated where the installation
    knows a time-stamping authority; with no certificate, or one that has ended, the engine leaves it
    unsealed. The other forms are signed with the organisation's key, which its identifier leads to.

    Args:
        form: Name of the export.
        time_stamper: Another than the installation's.

    Raises:
        EncryptionKeyMissingError, EncryptionKeyWrongError: The key cannot be opened.
    """
    now = clock.now().replace(microsecond=0)
    row = seal_of(organisation) if form == EUROPASS.name else None
    if row is None or row.not_after < now:
        return Sealing(signer_with(ensure_key(organisation)), now)
    material = material_of(row)
    if time_stamper is None and settings.TIME_STAMPS_URL:
        time_stamper = HttpTimeStamper(settings.TIME_STAMPS_URL)
    return Sealing(material.signer(), now, certificates=material.certificates, time_stamper=time_stamper)


def _pem(certificate: Certificate) -> str:
    return certificate.native.public_bytes(serialization.Encoding.PEM).decode()
