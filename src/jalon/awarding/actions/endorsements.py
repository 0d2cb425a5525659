"""A partner's agreement, signed with its own key as an Open Badges 3.0 endorsement; and taken back."""

from __future__ import annotations

import hashlib
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localtime

from jalon.awarding.actions.keys import ensure_key
from jalon.awarding.actions.statuses import publish_changes, reserve_places
from jalon.awarding.models import Endorsement, IssuerKey
from jalon.awarding.queries.keys import signer_with
from jalon.awarding.rules import building
from jalon.design.models import SignOff, Specification
from jalon.design.queries import sign_off_by_id
from jalon.design.rules.rooms import Answer
from jalon.foundation import clock, journal
from jalon.foundation.identifiers import new_urn
from jalon.people.models import Organisation, User
from jalon.people.permissions import may, require
from jalon.people.rules import Capability
from sceau import issuing
from sceau.model import credential as model
from sceau.model.credential import StatusEntry
from sceau.model.texts import Text


@transaction.atomic
def issue_endorsement(sign_off_id: UUID) -> Endorsement | None:
    """
    Sign what an organisation agreed to, where it wished so and somebody who may sign for it asked for it.

    Run twice, it signs once. The organisation's key is made now if this is the first thing it signs.

    Returns:
        The endorsement; None where there is nothing to sign: no wish, a refusal, another text than the one
        that was published, no account, or the organisation's own micro-certification.

    Raises:
        EncryptionKeyMissingError, EncryptionKeyWrongError: The organisation's key cannot be opened.
    """
    given = sign_off_by_id(sign_off_id)
    about = given.round.specification if given else None
    organisation = given.party.organisation if given else None
    if given is None or about is None or organisation is None or not _is_wished(given, about, organisation):
        return None
    # One at a time for an organisation: two workers must not sign the same twice.
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    known = Endorsement.objects.filter(sign_off_id=given.id).first() or (
        Endorsement.objects.filter(
            organisation=organisation, specification=about, revoked_at__isnull=True
        ).first()
    )
    return known or _sign(given, about, organisation)


def _is_wished(given: SignOff, about: Specification, organisation: Organisation) -> bool:
    return (
        given.wants_endorsement
        and given.authorised_by_id is not None
        and given.answer != Answer.NO
        and about.is_published
        and about.content_sha256 == given.round.content_sha256
        and organisation.id != about.micro_credential.organisation_id
    )


def _sign(given: SignOff, about: Specification, organisation: Organisation) -> Endorsement:
    key = ensure_key(organisation)
    place = reserve_places(organisation=organisation, issuer_did=key.did, count=1)[0]
    created = clock.now().replace(microsecond=0)
    urn = new_urn()
    endorsement = model.Endorsement(
        id=urn,
        issuer=_issuer(key, organisation),
        subject_id=about.urn,
        subject_kind="Achievement",
        comment=Text.of({"fr": _words(given, about, organisation)}),
        valid_from=created,
        status=(StatusEntry(place.list_url, place.index),),
    )
    document = issuing.issue_endorsement(endorsement, signer=signer_with(key), created=created)
    made = Endorsement.objects.create(
        organisation=organisation,
        specification=about,
        sign_off_id=given.id,
        urn=urn,
        document=document,
        sha256=hashlib.sha256(document).hexdigest(),
        issuer_did=key.did,
        status_list_id=place.list_id,
        status_index=place.index,
    )
    journal.write(
        organisation=organisation,
        actor=given.authorised_by,
        verb="endorsement.issued",
        object_id=made.id,
        facts={"specification": str(about.id), "sign_off": str(given.id), "sha256": made.sha256},
    )
    return made


def _issuer(key: IssuerKey, organisation: Organisation) -> model.Issuer:
    return building.issuer(
        did=key.did,
        legal_name=organisation.legal_name,
        country_code=organisation.country_code,
        region=organisation.region,
        locality=organisation.locality,
        website=organisation.website,
        siret=organisation.siret,
        nda=organisation.nda,
    )


def _words(given: SignOff, about: Specification, organisation: Organisation) -> str:
    """
    What is signed, in French whatever the page: it is read for years. It names no person.

    The digest is in it, so that what was agreed to can be told from any other text.
    """
    owner = about.micro_credential.organisation.legal_name
    reserves = (
        " Des réserves ont été exprimées dans la salle de co-construction."
        if given.answer == Answer.RESERVATIONS
        else ""
    )
    return (
        f"{organisation.legal_name} a co-construit avec {owner} la micro-certification "
        f"«\u00a0{about.read().title}\u00a0», version {about.number}, et la soutient. Accord donné le "
        f"{localtime(given.created_at):%d/%m/%Y} sur le texte d’empreinte SHA-256 "
        f"{about.content_sha256}.{reserves}"
    )


@transaction.atomic
def revoke_endorsement(*, endorsement: Endorsement, by: User, note: str = "") -> None:
    """
    Say that an endorsement no longer holds; its page and its status list say so from now on.

    Args:
        note: Public, may be empty.

    Raises:
        NotAllowedError: *by* may not revoke for the organisation.
    """
    require(by, Capability.REVOKE, endorsement.organisation)
    held = Endorsement.objects.select_for_update(of=("self",)).get(id=endorsement.id)
    if held.revoked_at is not None:
        return
    held.revoked_at, held.revoked_by, held.revocation_note = clock.now(), by, " ".join(note.split())[:500]
    held.save(update_fields=["revoked_at", "revoked_by", "revocation_note"])
    journal.write(
        organisation=endorsement.organisation, actor=by, verb="endorsement.revoked", object_id=held.id
    )
    publish_changes(held.status_list_id)


@transaction.atomic
def take_endorsement_back(sign_off_id: UUID) -> Endorsement | None:
    """
    Revoke what an organisation signed about a text that it refuses now. Run twice, it revokes once.

    Only where the person who refused may revoke for the organisation: a link in its name does not reach its
    key. Else the endorsement stands, and the public page says that the organisation has refused since.

    Returns:
        The endorsement that was revoked; None where there was none, or it was not theirs to revoke.
    """
    refused = sign_off_by_id(sign_off_id)
    organisation = refused.party.organisation if refused else None
    if refused is None or organisation is None or refused.answer != Answer.NO:
        return None
    by = refused.authorised_by
    if by is None or not may(by, Capability.REVOKE, organisation):
        return None
    found = (
        Endorsement.objects.filter(
            organisation=organisation,
            specification__micro_credential_id=refused.round.room.micro_credential_id,
            specification__content_sha256=refused.round.content_sha256,
            revoked_at__isnull=True,
            created_at__lte=refused.created_at,
        )
        .select_related("organisation")
        .first()
    )
    if found is not None:
        revoke_endorsement(endorsement=found, by=by, note=_NO_LONGER)
    return found


# Public, and read for years: in French like what was signed.
_NO_LONGER = "L’organisme a retiré son accord sur ce texte."
