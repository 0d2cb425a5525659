"""Beginning from what exists: a published specification of others, a file, an entry of a register."""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction

from jalon.design.actions.versions import start_micro_credential
from jalon.design.errors import ImportRefusedError
from jalon.design.models import Adaptation, Licence, MicroCredential, Specification
from jalon.design.queries.adaptations import newer_source
from jalon.design.rules import plain
from jalon.design.rules.content import SpecificationContent
from jalon.design.rules.imports import Imported, as_own_draft
from jalon.foundation import clock, journal
from jalon.people.models import Organisation, User
from jalon.people.permissions import require
from jalon.people.rules import Capability


@transaction.atomic
def adapt_specification(
    *, source: Specification, organisation: Organisation, by: User, translated: bool = False
) -> MicroCredential:
    """
    Copy a published version into a new draft of *organisation*, with its authors named.

    What only the first owner can say (worth, quality assurance, price, stacking) is left to be written.

    Raises:
        ImportRefusedError: The version is not published, or its owner lets nobody copy it.
        NotAllowedError: *by* may not write for *organisation*.
    """
    require(by, Capability.DESIGN, organisation)
    design = source.micro_credential
    if not source.is_published or design.licence == Licence.RESERVED:
        raise ImportRefusedError("reserved", str(source.read().title))
    content = source.read()
    made = _start(organisation, as_own_draft(content), by, title=str(content.title))
    Adaptation.objects.create(
        micro_credential=made,
        kind=Adaptation.Kind.TRANSLATED if translated else Adaptation.Kind.ADAPTED,
        source=source,
        source_title=str(content.title)[:500],
        source_owner=design.organisation.legal_name[:500],
        source_country=design.organisation.country_code[:2],
        licence=design.licence,
        content=plain.write(content),
        by=by,
    )
    # A work shared alike stays so.
    if design.licence == Licence.CC_BY_SA:
        made.licence = design.licence
        made.save(update_fields=["licence"])
    _journal(made, by, "adapted", {"source": str(source.id), "title": str(content.title)})
    return made


@transaction.atomic
def start_from_import(
    *, imported: Imported, organisation: Organisation, by: User, title: str = ""
) -> MicroCredential:
    """
    Open a draft from a file or a register; where its words come from stays written beside it.

    Args:
        title: In place of the source's, where the person gave one.

    Raises:
        InvalidContentError: Neither the source nor the person gives a title.
        NotAllowedError: *by* may not write for *organisation*.
    """
    require(by, Capability.DESIGN, organisation)
    content = imported.content
    made = _start(organisation, as_own_draft(content), by, title=title or str(content.title))
    if imported.owner or imported.address:
        Adaptation.objects.create(
            micro_credential=made,
            kind=Adaptation.Kind.IMPORTED,
            source_title=imported.title[:500],
            source_owner=imported.owner[:500],
            source_country=imported.country[:2],
            source_address=imported.address,
            licence=Licence.RESERVED,
            content=plain.write(content),
            by=by,
        )
    _journal(made, by, "imported", {"title": imported.title[:200], "owner": imported.owner[:200]})
    return made


@transaction.atomic
def follow_newer_source(*, adaptation: Adaptation, by: User) -> Adaptation:
    """
    Say that what changed upstream was read: from now on, changes are told against the newest version.

    Raises:
        NotAllowedError
    """
    require(by, Capability.DESIGN, adaptation.micro_credential.organisation)
    newer = newer_source(adaptation)
    if newer is None:
        return adaptation
    adaptation.source = newer
    adaptation.content = plain.write(newer.read())
    adaptation.__dict__.pop("_content_read", None)
    adaptation.save(update_fields=["source", "content"])
    _journal(adaptation.micro_credential, by, "upstream_read", {"number": newer.number})
    return adaptation


@transaction.atomic
def set_licence(*, micro_credential: MicroCredential, licence: Licence, by: User) -> None:
    """
    Say what others may do with the words of a micro-certification.

    Raises:
        ImportRefusedError: It was copied from one that is shared alike, and has to stay so.
        NotAllowedError
    """
    require(by, Capability.PUBLISH, micro_credential.organisation)
    adaptation = Adaptation.objects.filter(micro_credential=micro_credential).first()
    if adaptation and adaptation.licence == Licence.CC_BY_SA and licence != Licence.CC_BY_SA:
        raise ImportRefusedError("shared_alike", adaptation.source_title)
    micro_credential.licence = licence
    micro_credential.save(update_fields=["licence"])
    _journal(micro_credential, by, "licensed", {"licence": licence.value})


def _start(
    organisation: Organisation, content: SpecificationContent, by: User, *, title: str
) -> MicroCredential:
    made = start_micro_credential(
        organisation=organisation,
        title=content.title.as_dict() if title == str(content.title) else title,
        by=by,
        domain=content.domain,
    )
    draft = made.specifications.get()
    started = draft.read()
    draft.content = plain.write(
        replace(content, title=started.title, languages=content.languages or started.languages)
    )
    draft.updated_at = clock.now()
    draft.save(update_fields=["content", "updated_at"])
    return made


def _journal(made: MicroCredential, by: User, what: str, facts: dict[str, object]) -> None:
    journal.write(
        organisation=made.organisation,
        actor=by,
        verb=f"micro_credential.{what}",
        object_id=made.id,
        facts=facts,
    )
