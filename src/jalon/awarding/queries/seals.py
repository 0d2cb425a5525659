"""An organisation's seal: what its certificate says, and whether it can be opened and still holds."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from jalon.awarding.labels import sentence
from jalon.awarding.models import OrganisationSeal
from jalon.awarding.queries.keys import KeyWarning
from jalon.awarding.rules import seals
from jalon.awarding.rules.seals import SealMaterial
from jalon.foundation import clock, vault
from jalon.foundation.errors import JalonError
from jalon.people.models import Organisation
from sceau.keys import x509
from sceau.keys.x509 import Certificate


@dataclass(frozen=True)
class SealView:
    """
    What is shown of a seal: all of it the certificate's own word, which nobody here has confirmed.

    Attributes:
        authority: Who issued it: ``"CN=…,O=…,C=FR"``.
        usages: ``"digital_signature"``… as the certificate has them.
        says_qualified: It says that it is a qualified certificate for seals of the EU.
        remarks: Codes: ``"seal.other_name"``, ``"seal.self_signed"``, ``"seal.test"``, ``"seal.ends_soon"``,
            ``"seal.ended"``.
    """

    common_name: str
    organisation: str
    organisation_identifier: str
    country: str
    authority: str
    serial_number: str
    thumbprint: str
    not_before: datetime
    not_after: datetime
    usages: tuple[str, ...]
    algorithm: str
    says_qualified: bool
    says_test: bool
    kept_at: datetime
    kept_by: str
    remarks: tuple[str, ...]


def seal_of(organisation: Organisation) -> OrganisationSeal | None:
    """The seal of *organisation*, or None."""
    return OrganisationSeal.objects.filter(organisation=organisation).select_related("kept_by").first()


def seal_view(organisation: Organisation) -> SealView | None:
    """What a page shows of the seal of *organisation*, or None."""
    row = seal_of(organisation)
    if row is None:
        return None
    leaf = chain_of(row)[0]
    return SealView(
        common_name=leaf.common_name,
        organisation=leaf.organisation,
        organisation_identifier=leaf.organisation_identifier,
        country=leaf.country,
        authority=leaf.issuer_name,
        serial_number=leaf.serial_number,
        thumbprint=hashlib.sha256(leaf.der).hexdigest(),
        not_before=leaf.not_before,
        not_after=leaf.not_after,
        usages=tuple(sorted(leaf.key_usages or ())),
        algorithm=seals.algorithm(leaf),
        says_qualified=leaf.says_qualified and leaf.says_seal,
        says_test=seals.says_test(leaf),
        kept_at=row.created_at,
        kept_by=str(row.kept_by) if row.kept_by else "",
        remarks=tuple(remarks(leaf, organisation)),
    )


def remarks(leaf: Certificate, organisation: Organisation) -> Iterator[str]:
    """What a person should know of a certificate that is not refused."""
    try:
        remark = seals.check_owner(
            leaf,
            legal_name=organisation.legal_name,
            country_code=organisation.country_code,
            siret=organisation.siret,
        )
    except JalonError as error:  # the organisation's own name or number changed since
        remark = error.code
    if remark:
        yield remark
    if leaf.is_self_signed:
        yield "seal.self_signed"
    if seals.says_test(leaf):
        yield "seal.test"
    if leaf.not_after < clock.now():
        yield "seal.ended"
    elif leaf.not_after < clock.now() + seals.SOON:
        yield "seal.ends_soon"


def chain_of(row: OrganisationSeal) -> tuple[Certificate, ...]:
    """Its certificates, the key's own first."""
    return x509.from_pem(row.chain.encode())


def material_of(row: OrganisationSeal) -> SealMaterial:
    """
    The certificates and the key, opened with the key-encryption key.

    Raises:
        EncryptionKeyMissingError, EncryptionKeyWrongError, EncryptionKeyUnreadableError, SealBrokenError
    """
    safe = vault.open_vault(sealed_with=row.sealed_with)
    secret = safe.open(bytes(row.sealed_private_key), name=str(row.id), sealed_with=row.sealed_with)
    return SealMaterial(secret, chain_of(row))


def seal_warnings() -> list[KeyWarning]:
    """What an operator should know of organisations' seals: not to be opened, ended, or soon to end."""
    return list(_seal_warnings())


def _seal_warnings() -> Iterator[KeyWarning]:
    for row in OrganisationSeal.objects.select_related("organisation").order_by("not_after"):
        name = row.organisation.legal_name
        try:
            material_of(row)
        except JalonError as error:
            yield KeyWarning(
                "seals.closed",
                _("%(name)s : le cachet ne s’ouvre pas. %(why)s")
                % {"name": name, "why": sentence(error.code, error.facts)},
                is_error=True,
            )
            continue
        facts = {"name": name, "day": f"{row.not_after:%d/%m/%Y}"}
        if row.not_after < clock.now():
            yield KeyWarning(
                "seals.ended",
                _(
                    "%(name)s : le certificat de cachet a pris fin le %(day)s ; les attestations "
                    "européennes ne sont plus scellées."
                )
                % facts,
            )
        elif row.not_after < clock.now() + seals.SOON:
            yield KeyWarning(
                "seals.ends_soon",
                _("%(name)s : le certificat de cachet prend fin le %(day)s, demandez le suivant.") % facts,
            )
