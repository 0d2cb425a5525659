"""Questions about accounts, organisations, members and persons. Nothing here writes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from jalon.foundation import clock
from jalon.foundation.identifiers import folded
from jalon.people import rules
from jalon.people.models import Invitation, Membership, Organisation, Person, User
from jalon.people.rules import MatchOutcome, OrganisationFacts, OrganisationKind, PersonFacts, Role


def facts_of(organisation: Organisation) -> OrganisationFacts:
    """What *organisation* says of itself today, ready to be changed with `dataclasses.replace`."""
    kept = {name: getattr(organisation, name) for name in OrganisationFacts.__dataclass_fields__}
    return OrganisationFacts(**{**kept, "kind": OrganisationKind(organisation.kind)})


@dataclass(frozen=True)
class Member:
    """One person and all the roles they hold in one organisation, in the order of `Role`."""

    user: User
    roles: tuple[Role, ...]


def _in_order(roles: Sequence[str]) -> tuple[Role, ...]:
    return tuple(role for role in Role if role.value in roles)


def members_of(organisation: Organisation) -> list[Member]:
    """Everybody who holds a role in *organisation*, by name."""
    held: dict[User, list[str]] = {}
    for membership in Membership.objects.filter(organisation=organisation).select_related("user"):
        held.setdefault(membership.user, []).append(membership.role)
    members = [Member(user, _in_order(roles)) for user, roles in held.items()]
    return sorted(members, key=lambda member: folded(str(member.user)))


def open_invitations_of(organisation: Organisation) -> list[Invitation]:
    """The invitations that can still be taken, the oldest first."""
    waiting = Invitation.objects.filter(
        organisation=organisation, accepted_at__isnull=True, expires_at__gt=clock.now()
    )
    return list(waiting.select_related("invited_by").order_by("created_at"))


def invitation_by_token(token: str) -> Invitation | None:
    """The invitation under a link, open or not."""
    if "\x00" in token:  # PostgreSQL takes none in a text
        return None
    return Invitation.objects.select_related("organisation", "invited_by").filter(token=token).first()


@dataclass(frozen=True)
class OwnOrganisation:
    """An organisation as one of its members sees it in a list."""

    organisation: Organisation
    roles: tuple[Role, ...]


def organisations_of(user: User | AnonymousUser) -> list[OwnOrganisation]:
    """The organisations in which *user* holds a role, by name."""
    if not isinstance(user, User):
        return []
    held: dict[Organisation, list[str]] = {}
    memberships = Membership.objects.filter(user=user).select_related("organisation")
    for membership in memberships.order_by("organisation__legal_name"):
        held.setdefault(membership.organisation, []).append(membership.role)
    return [OwnOrganisation(organisation, _in_order(roles)) for organisation, roles in held.items()]


@dataclass(frozen=True)
class DemonstrationAccount:
    """An account that one click signs in to, in demonstration mode only."""

    role: Role
    user: User
    organisation: Organisation


def demonstration_accounts() -> list[DemonstrationAccount]:
    """
    One account per role, in the order of `Role`; the role without an account is left out.

    Only active accounts without powers over the installation, with an address of the demonstration's domain,
    in demonstration organisations and in no other. Whether the mode is on is the caller's question.
    """
    memberships = (
        Membership.objects.filter(
            organisation__is_demonstration=True,
            user__is_active=True,
            user__is_superuser=False,
            user__email__iendswith=f"@{rules.DEMONSTRATION_DOMAIN}",
        )
        .exclude(user__memberships__organisation__is_demonstration=False)
        .select_related("user", "organisation")
        .order_by("created_at", "id")
    )
    roles_held: dict[User, int] = {}
    for membership in memberships:
        roles_held[membership.user] = roles_held.get(membership.user, 0) + 1
    accounts = []
    for role in Role:
        # Whoever holds that role and fewest others shows best what it allows.
        holders = [m for m in memberships if m.role == role.value]
        if holders:
            chosen = min(holders, key=lambda m: roles_held[m.user])
            accounts.append(DemonstrationAccount(role, chosen.user, chosen.organisation))
    return accounts


def account_by_email(email: str) -> User | None:
    """The account that signs in with *email*, whatever its case."""
    return User.objects.filter(email__iexact=email.strip()).first()


@dataclass(frozen=True)
class PersonMatch:
    """
    Whether an organisation already knows a person.

    Attributes:
        person: The known (or, from `actions.find_or_create_person`, just created) person; None for homonyms.
        candidates: The homonyms, to be shown to somebody who knows them.
        differences: What both sides know and say otherwise: "name", "birth_date", "identifier".
    """

    outcome: MatchOutcome
    person: Person | None = None
    candidates: tuple[Person, ...] = ()
    differences: tuple[str, ...] = ()


def match_person(
    *, organisation: Organisation, full_name: str, birth_date: date | None = None, identifier: str = ""
) -> PersonMatch:
    """Whether *organisation* already knows this person; see `rules.match`."""
    wanted = PersonFacts(folded(full_name)[:200], birth_date, identifier.strip())
    alike = Q(name_key=wanted.name_key)
    if wanted.identifier:
        alike |= Q(identifier=wanted.identifier)
    persons = {
        person.id: person
        for person in Person.objects.filter(alike, organisation=organisation).order_by("created_at", "id")
    }
    known = [(key, PersonFacts(p.name_key, p.birth_date, p.identifier)) for key, p in persons.items()]
    found = rules.match(wanted, known)
    return PersonMatch(
        outcome=found.outcome,
        person=persons[found.key] if found.key else None,
        candidates=tuple(persons[key] for key in found.candidates),
        differences=found.differences,
    )
