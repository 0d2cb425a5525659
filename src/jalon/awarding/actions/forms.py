"""
A credential in another form: made when somebody asks for it, or with the award where the organisation wishes
so.

The same award gives the same bytes: what is signed bears the moment of the award, and the key that signed its
badge signs it too. A seal alone bears the moment at which it was made, so what is sealed is kept.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from jalon.awarding import queries
from jalon.awarding.actions.seals import sealed_export, sealing_of
from jalon.awarding.documents import forms
from jalon.awarding.documents.contents import content_of
from jalon.awarding.errors import ChangedDocumentError, NotAFormError
from jalon.awarding.models import OPEN_BADGES, AwardingSettings, Credential, KeptForm
from jalon.awarding.queries.keys import issuer_address, signer_of_method
from jalon.awarding.rules import exports as rules
from jalon.foundation import clock, jobs, journal
from jalon.people.models import Organisation, User
from jalon.people.permissions import require
from jalon.people.rules import Capability
from sceau.canon import strict_json
from sceau.did.resolver import Resolver
from sceau.errors import DataModelError
from sceau.exports import EUROPASS, SD_JWT_VC, VC_JWT, Sealing, exports
from sceau.formats import sd_jwt_vc
from sceau.keys import jwk
from sceau.keys.public import PublicKey
from sceau.keys.signer import Ed25519Signer
from sceau.verifying.policy import Policy
from sceau.verifying.report import Outcome, Question
from sceau.verifying.verify import verify

TASK = "jalon.awarding.tasks.make_forms"


@dataclass(frozen=True)
class FormFile:
    """
    A credential in one form, to be handed over.

    Attributes:
        is_sealed: It bears the organisation's seal, and so the moment at which it was made.
        made_again_from: From then on another takes its place; None where it stays as it is.
    """

    data: bytes
    media_type: str
    suffix: str
    is_sealed: bool = False
    made_again_from: datetime | None = None


@transaction.atomic
def choose_forms(*, organisation: Organisation, forms: Sequence[str], by: User) -> AwardingSettings:
    """
    Say which forms are made with each award from now on, beside the Open Badge.

    Raises:
        NotAllowedError
        NotAFormError: One of them is none of `documents.forms.ON_DEMAND`.
    """
    require(by, Capability.AWARD, organisation)
    wanted = _ordered(forms)
    row, _ = AwardingSettings.objects.select_for_update().get_or_create(organisation=organisation)
    before, row.forms = row.forms, wanted
    row.save(update_fields=["forms"])
    journal.write(
        organisation=organisation,
        actor=by,
        verb="forms.chosen",
        object_id=row.id,
        facts={"forms": wanted, "before": before},
    )
    return row


def _ordered(wanted: Sequence[str]) -> list[str]:
    for each in wanted:
        if each not in forms.ON_DEMAND:
            raise NotAFormError(met=str(each)[:40])
    return [each for each in forms.ON_DEMAND if each in wanted]


def ask_for_forms(organisation: Organisation, award_ids: Sequence[UUID]) -> None:
    """Have made, soon and only if the caller's transaction is kept, what *organisation* wants at once."""
    if award_ids and queries.forms_at_once(organisation):
        jobs.enqueue(TASK, award_ids=[str(each) for each in award_ids])


def make_forms(award_ids: Sequence[UUID]) -> int:
    """
    Make and keep what the organisations of these awards want at once; how many were made now.

    Twice, or by two workers, it changes nothing more. What a credential cannot be is left out.
    """
    credentials = Credential.objects.filter(award_id__in=list(award_ids), format=OPEN_BADGES).select_related(
        "award__organisation", "award__specification__micro_credential", "status_list"
    )
    return sum(_make_those_of(each) for each in credentials)


def _make_those_of(credential: Credential) -> int:
    count = 0
    for form in queries.forms_at_once(credential.award.organisation):
        if form not in forms.ON_DEMAND or queries.kept_form(credential, form) is not None:
            continue
        try:
            _keep(credential, form, _made(credential, form))
        except DataModelError:
            continue
        count += 1
        jobs.give_way()
    return count


def file_of(credential: Credential, form: str) -> FormFile:
    """
    *credential* in a form: as it was kept, else made now. What is sealed now is kept.

    Raises:
        NotAFormError: None is called so.
        DataModelError: It cannot take this form, and why; `NoLevelError` where it has no European level.
        ChangedDocumentError: What is kept is not what was signed; nothing is made of it.
        EncryptionKeyMissingError, EncryptionKeyWrongError: The organisation's key cannot be opened.
    """
    if form == OPEN_BADGES:
        return _file(form, credential.document_bytes)
    if form in forms.others():
        spoken = forms.in_every_language(credential)
        made_by_others = exports()[form].write(spoken, Sealing(_signer_of(credential), spoken.valid_from))
        return _file(form, made_by_others)
    if form not in forms.ON_DEMAND:
        raise NotAFormError(met=form[:40])
    kept = queries.kept_form(credential, form)
    if kept is not None and (kept.is_sealed or not _would_be_sealed(credential, form)):
        return _file(form, bytes(kept.document))
    made = _made(credential, form)
    return _keep(credential, form, made) if made.is_sealed else made


def _would_be_sealed(credential: Credential, form: str) -> bool:
    """What was kept before the organisation had a seal makes room for what is sealed."""
    if form != EUROPASS.name or credential.award.revoked_at is not None:
        return False
    return queries.has_seal(credential.award.organisation)


@transaction.atomic
def bound_attestation(credential: Credential, *, key: PublicKey) -> FormFile:
    """
    The attestation for a wallet, bound to the key that its holder gives. It is not kept; that it was made is
    written down, without the key.

    Raises:
        DataModelError: The credential cannot take this form.
        ChangedDocumentError: As `file_of`.
    """
    made = _attestation(credential, _signer_of(credential), key=key)
    journal.write(
        organisation=credential.award.organisation,
        actor=None,
        verb="form.bound",
        object_id=credential.id,
        facts={"form": SD_JWT_VC.name},
    )
    return made


@transaction.atomic
def _keep(credential: Credential, form: str, made: FormFile) -> FormFile:
    """Keep *made*, or give back what somebody else kept meanwhile."""
    Credential.objects.select_for_update(of=("self",)).get(pk=credential.pk)
    kept = queries.kept_form(credential, form)
    if kept is not None and kept.is_sealed >= made.is_sealed:
        return _file(form, bytes(kept.document))
    KeptForm.objects.update_or_create(
        credential=credential,
        form=form,
        defaults={
            "document": made.data,
            "sha256": rules.digest(made.data),
            "is_sealed": made.is_sealed,
            "ends_at": made.made_again_from,
            "made_at": clock.now(),
        },
    )
    return made


def _file(form: str, data: bytes, *, is_sealed: bool = False, again: datetime | None = None) -> FormFile:
    known = exports()[form]
    return FormFile(data, known.media_type, known.suffix, is_sealed, again)


def _made(credential: Credential, form: str) -> FormFile:
    signer = _signer_of(credential)
    if form == VC_JWT.name:
        signed = content_of(credential)
        return _file(form, VC_JWT.write(signed, Sealing(signer, signed.valid_from)))
    if form == EUROPASS.name:
        return _european(credential, signer)
    return _attestation(credential, signer)


def _signer_of(credential: Credential) -> Ed25519Signer:
    """
    The key that signed the badge, once it is sure that it did: from what was not signed nothing is made.

    Raises:
        ChangedDocumentError: The badge does not hold.
    """
    document = credential.document_bytes
    policy = Policy(resolver=Resolver(documents=(queries.OwnIssuers(),)), offline=True)
    report = verify(document, at=clock.now(), policy=policy)
    if report.answer(Question.INTACT) is not Outcome.PASSED or report.issuer_id != credential.issuer_did:
        raise ChangedDocumentError(reference=credential.reference)
    proof = strict_json.read_object(document)["proof"]
    return signer_of_method((proof[0] if isinstance(proof, list) else proof)["verificationMethod"])


def _european(credential: Credential, signer: Ed25519Signer) -> FormFile:
    """Under the organisation's seal, where it has one; what was revoked is not sealed any more."""
    spoken, pictures = forms.in_every_language(credential), forms.pictures(credential)
    sealing = Sealing(signer, spoken.valid_from)
    if credential.award.revoked_at is None and queries.has_seal(credential.award.organisation):
        sealing = sealing_of(credential.award.organisation, form=EUROPASS.name)
    made = sealed_export(EUROPASS.name, spoken, replace(sealing, pictures=pictures))
    return _file(EUROPASS.name, made.exported.data, is_sealed=made.level is not None)


def _attestation(credential: Credential, signer: Ed25519Signer, *, key: PublicKey | None = None) -> FormFile:
    told = forms.for_wallet(credential)
    vct = settings.VCT or sd_jwt_vc.LEARNING_CREDENTIAL
    integrity = sd_jwt_vc.integrity(rules.type_document(vct)) if vct == settings.OWN_VCT else ""
    ends_at = forms.end_of_file(told)
    bound_to = jwk.thumbprint(key).encode() if key else b""
    follows_from = hashlib.sha256(credential.document_bytes + vct.encode() + bound_to).digest()
    token = sd_jwt_vc.issue(
        told,
        signer=signer,
        created=told.valid_from,
        holder_key=key,
        status=queries.token_place(credential),
        vct=vct,
        vct_integrity=integrity,
        expires=ends_at,
        issuer_url=issuer_address(told.issuer.id),
        random=rules.salts(signer.private_bytes(), follows_from),
    )
    again = ends_at - rules.RENEWED_BEFORE if ends_at else None
    return _file(SD_JWT_VC.name, token.encode(), again=again)
