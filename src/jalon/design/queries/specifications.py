"""Questions about micro-certifications and their versions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import OuterRef, Q, QuerySet, Subquery

from jalon.design.models import MicroCredential, SetAside, Specification, SpecificationState
from jalon.design.rules.completeness import AwardingBody, Gap, completion, gaps
from jalon.design.rules.fields import element_of
from jalon.people.models import Organisation, User
from jalon.people.permissions import may
from jalon.people.rules import AccreditationKind, Capability

_KIND_OF_ASSURANCE = {
    AccreditationKind.QUALIOPI.value: "institutional",
    AccreditationKind.STATE_AGREEMENT.value: "institutional_licence",
    AccreditationKind.LABEL.value: "institutional",
    AccreditationKind.OTHER.value: "institutional",
}


def published_specifications() -> QuerySet[Specification]:
    """The latest published version of every micro-credential that is still offered, newest first."""
    latest = Specification.objects.filter(
        micro_credential=OuterRef("micro_credential"), state=SpecificationState.PUBLISHED
    ).order_by("-number")
    return (
        Specification.objects.filter(
            state=SpecificationState.PUBLISHED, micro_credential__withdrawn_at__isnull=True
        )
        .filter(id=Subquery(latest.values("id")[:1]))
        .select_related("micro_credential__organisation")
        .order_by("-published_at")
    )


def micro_credentials_of(organisation: Organisation) -> QuerySet[MicroCredential]:
    """All of an organisation's, newest first, with their versions."""
    return (
        MicroCredential.objects.filter(organisation=organisation)
        .select_related("organisation")
        .prefetch_related("specifications")
    )


def micro_credentials_of_all(organisations: Iterable[Organisation]) -> QuerySet[MicroCredential]:
    """All of several organisations', newest first, with their versions: one question for a home page."""
    return (
        MicroCredential.objects.filter(organisation__in=list(organisations))
        .select_related("organisation")
        .prefetch_related("specifications__set_aside")
    )


def micro_credential_for(user: User | AnonymousUser, micro_credential_id: UUID) -> MicroCredential | None:
    """The micro-credential if *user* may see it in the studio, else None, as if there were none."""
    found = (
        MicroCredential.objects.filter(id=micro_credential_id)
        .select_related("organisation")
        .prefetch_related("specifications")
        .first()
    )
    return found if found and may(user, Capability.SEE, found.organisation) else None


def specification_for(user: User | AnonymousUser, specification_id: UUID) -> Specification | None:
    """The version if *user* may see it in the studio, else None, as if there were none."""
    found = (
        Specification.objects.filter(id=specification_id)
        .select_related("micro_credential__organisation", "updated_by", "published_by")
        .first()
    )
    return found if found and may(user, Capability.SEE, found.micro_credential.organisation) else None


def published_version(slug: str, number: int | None = None) -> Specification | None:
    """A published version by its public address: version *number*, or the latest."""
    versions = Specification.objects.filter(
        micro_credential__slug=slug, state=SpecificationState.PUBLISHED
    ).select_related("micro_credential__organisation")
    if number is not None:
        versions = versions.filter(number=number)
    return versions.order_by("-number").first()


def versions_of(micro_credential: MicroCredential) -> list[Specification]:
    """Every version, newest first, the draft included."""
    return list(
        micro_credential.specifications.select_related("updated_by", "published_by").order_by("-number")
    )


def awarding_body(organisation: Organisation) -> AwardingBody:
    """What Annex I asks of the organisation."""
    return AwardingBody(organisation.legal_name, organisation.country_code)


def gaps_of(specification: Specification) -> list[Gap]:
    """Everything that is missing in a version: its content, its organisation, and what waits for a choice."""
    content = specification.read()
    found = gaps(content, awarding_body(specification.micro_credential.organisation))
    waiting = [_waiting(each) for each in specification.set_aside.all()]
    # «Il manque les heures» says nothing more where hours were typed and could not be read.
    typed = {gap.field for gap in waiting if gap.code == "set_aside.unreadable"}
    return [*waiting, *(gap for gap in found if gap.field not in typed)]


def _waiting(set_aside: SetAside) -> Gap:
    value = set_aside.value if isinstance(set_aside.value, str) else ""
    return Gap(
        element=element_of(set_aside.field),
        field=set_aside.field,
        mandatory=True,
        code=f"set_aside.{set_aside.reason}",
        facts={"value": value[:80]},
    )


def completion_of(specification: Specification) -> int:
    """Percent of the mandatory elements that are there; never 100 while something blocks."""
    share = completion(specification.read(), awarding_body(specification.micro_credential.organisation))
    if share == 100 and any(gap.mandatory for gap in gaps_of(specification)):
        return 95
    return share


def assurance_suggestions(organisation: Organisation, on: date) -> list[dict[str, object]]:
    """Rows of quality assurance that the organisation's accreditations valid *on* that day would give."""
    valid = organisation.accreditations.filter(
        Q(valid_from__isnull=True) | Q(valid_from__lte=on),
        Q(valid_until__isnull=True) | Q(valid_until__gte=on),
    )
    return [
        {"kind": _KIND_OF_ASSURANCE.get(each.kind, "institutional"), "name": {"fr": each.name}}
        for each in valid
    ]
