"""From what a person earned to a signed document: all that is the same for many holders is prepared once."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.conf import settings

from jalon.awarding.actions.keys import ensure_key
from jalon.awarding.actions.statuses import Place, reserve_places
from jalon.awarding.documents.stone import stone_svg
from jalon.awarding.errors import NotPublishedError, ValidityOverError
from jalon.awarding.models import OPEN_BADGES, Award, Credential
from jalon.awarding.queries.keys import signer_with
from jalon.awarding.rules import building
from jalon.awarding.rules.building import Earned
from jalon.design.models import Specification
from jalon.design.rules import export
from jalon.design.rules.content import SpecificationContent
from jalon.foundation import clock
from jalon.foundation.identifiers import new_urn
from jalon.people.models import Organisation
from sceau import issuing
from sceau.model.credential import StatusEntry


@dataclass(frozen=True)
class Signed:
    """A signed document that is not yet kept."""

    earned: Earned
    urn: str
    document: bytes
    place: Place
    valid_until: datetime | None
    issuer_did: str


class Press:
    """
    Signs credentials of one published version for one organisation.

    Signing needs no transaction: what is signed and not kept was never awarded, and its place stays empty.

    Raises:
        NotPublishedError: The version is a draft, or another organisation's.
        EncryptionKeyMissingError, EncryptionKeyWrongError: The organisation's key cannot be opened.
    """

    def __init__(self, organisation: Organisation, specification: Specification) -> None:
        owner = specification.micro_credential.organisation_id
        if not specification.is_published or owner != organisation.id:
            raise NotPublishedError
        self._organisation = organisation
        key = ensure_key(organisation)
        self._signer = signer_with(key)
        self._did = key.did
        content = specification.read()
        self._validity_months = content.validity_months
        self._micro_credential = export.micro_credential(
            content,
            id=specification.urn,
            version=str(specification.number),
            url=page_of(specification),
            image_svg=_stone(content, organisation),
        )
        self._issuer = building.issuer(
            did=key.did,
            legal_name=organisation.legal_name,
            country_code=organisation.country_code,
            region=organisation.region,
            locality=organisation.locality,
            website=organisation.website,
            email=organisation.email,
            siret=organisation.siret,
            nda=organisation.nda,
        )

    def reserve(self, count: int) -> list[Place]:
        """Places in the status list, one for each document to be signed."""
        return reserve_places(organisation=self._organisation, issuer_did=self._did, count=count)

    def sign(self, earned: Earned, place: Place) -> Signed:
        """
        One document.

        Raises:
            ValidityOverError: An award of that day would have ended already.
            SceauError: What was earned holds something that may not be signed, such as a control character.
        """
        created = clock.now().replace(microsecond=0)
        urn = new_urn()
        valid_until = building.end_of_validity(earned.awarded_on, self._validity_months)
        if valid_until is not None and valid_until <= created:
            raise ValidityOverError(
                awarded_on=earned.awarded_on.isoformat(), until=valid_until.date().isoformat()
            )
        credential = building.credential(
            urn=urn,
            earned=earned,
            issuer=self._issuer,
            micro_credential=self._micro_credential,
            valid_from=created,
            valid_until=valid_until,
            status=StatusEntry(place.list_url, place.index),
        )
        document = issuing.issue(credential, signer=self._signer, created=created)
        return Signed(earned, urn, document, place, valid_until, self._did)


def credential_row(signed: Signed, award: Award) -> Credential:
    """The row that keeps a signed document, not saved yet."""
    return Credential(
        award=award,
        format=OPEN_BADGES,
        urn=signed.urn,
        document=signed.document,
        sha256=hashlib.sha256(signed.document).hexdigest(),
        issuer_did=signed.issuer_did,
        status_list_id=signed.place.list_id,
        status_index=signed.place.index,
    )


def page_of(specification: Specification) -> str:
    """The public page of one version."""
    slug = specification.micro_credential.slug
    return f"{settings.PUBLIC_URL}/micro-certifications/{slug}/v/{specification.number}/"


def _stone(content: SpecificationContent, organisation: Organisation) -> str:
    hours = content.workload_hours or Decimal(0)
    return stone_svg(
        title=str(content.title),
        organisation=organisation.legal_name,
        hours=f"{hours.normalize():f}".replace(".", ","),
        level=str(content.level.value) if content.level.value else "",
        domain=content.domain,
    )
