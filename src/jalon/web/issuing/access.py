"""The one access rule of these pages: signed in, and a member who may; to strangers nothing exists."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest

from jalon.awarding import queries
from jalon.awarding.models import Award, AwardBatch
from jalon.design.models import Specification, SpecificationState
from jalon.people.models import Organisation, User
from jalon.people.permissions import may, organisations_where, require
from jalon.people.queries import members_of
from jalon.people.rules import Capability, roles_with


@dataclass(frozen=True)
class May:
    """What the person in front of the page may do for one organisation; templates ask it."""

    prepare: bool
    award: bool
    see_awards: bool
    revoke: bool


def who(request: HttpRequest) -> User:
    """The account that is signed in; every address of this audience asks for one (see `urls`)."""
    if not isinstance(request.user, User):
        raise Http404
    return request.user


def rights(user: User, organisation: Organisation) -> May:
    """What *user* may do for *organisation*."""
    return May(
        prepare=may(user, Capability.PREPARE_AWARDS, organisation),
        award=may(user, Capability.AWARD, organisation),
        see_awards=may(user, Capability.SEE_AWARDS, organisation),
        revoke=may(user, Capability.REVOKE, organisation),
    )


def organisations_of(user: User) -> list[Organisation]:
    """The organisations whose awards *user* may see, by name."""
    return sorted(
        organisations_where(user, Capability.SEE_AWARDS), key=lambda found: found.legal_name.casefold()
    )


def chosen(request: HttpRequest) -> tuple[Organisation | None, list[Organisation]]:
    """
    The organisation that ``?organisme=slug`` names, else the first, and all that could be named.

    Raises:
        Http404: The one named is not this person's.
    """
    organisations = organisations_of(who(request))
    wanted = request.GET.get("organisme", "")
    if not wanted:
        return (organisations[0] if organisations else None), organisations
    found = next((each for each in organisations if each.slug == wanted), None)
    if found is None:
        raise Http404
    return found, organisations


def specification_or_404(request: HttpRequest, specification_id: UUID) -> Specification:
    """
    A published version that this person may prepare awards of.

    Raises:
        Http404: There is none, or its organisation is not this person's.
        NotAllowedError: A member without the right to prepare awards.
    """
    found = (
        Specification.objects.filter(id=specification_id, state=SpecificationState.PUBLISHED)
        .select_related("micro_credential__organisation")
        .first()
    )
    if found is None or not may(who(request), Capability.SEE, found.micro_credential.organisation):
        raise Http404
    require(who(request), Capability.PREPARE_AWARDS, found.micro_credential.organisation)
    return found


def batch_or_404(request: HttpRequest, batch_id: UUID) -> AwardBatch:
    """A list of people that this person may see."""
    found = queries.batch_for(who(request), batch_id)
    if found is None:
        raise Http404
    return found


def award_or_404(request: HttpRequest, award_id: UUID) -> Award:
    """An award that this person may see."""
    found = queries.award_for(who(request), award_id)
    if found is None:
        raise Http404
    return found


def signatories_of(organisation: Organisation) -> list[str]:
    """The names of those who may have awards signed, for those who may only prepare them."""
    wanted = roles_with(Capability.AWARD)
    return [str(member.user) for member in members_of(organisation) if wanted.intersection(member.roles)]
