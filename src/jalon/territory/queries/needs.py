"""Questions about needs: those that everybody sees, those that somebody moderates, those that look alike."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Case, Count, Q, QuerySet, Value, When

from jalon.people.models import User
from jalon.territory.models import Commune, ModeratorMail, Need, NeedLink, NeedStep
from jalon.territory.permissions import moderated_by
from jalon.territory.rules.likeness import FAR_KM, Likeness, likeness, stems
from jalon.territory.rules.need_states import PUBLIC_STATES, SHOWN_STEPS, NeedState
from jalon.territory.rules.needs import AskerKind, Constraint
from jalon.territory.rules.places import around, distance_km

PAGE = 30
# Needs that are compared with one: the newest that share a word with it. Bounds the time of a page.
MOST_COMPARED = 2000
MOST_SUGGESTED = 8
_PUBLIC = [state.value for state in PUBLIC_STATES]


@dataclass(frozen=True)
class PublicNeed:
    """
    A need as everybody sees it: no name of a person, no address, no account.

    Attributes:
        organisation_name, organisation_slug: Of the organisation that stated it under its name, else empty.
        km: From the commune asked about, None where either place is no point.
        alike: How many other needs were said to be the same.
    """

    id: UUID
    title: str
    skill: str
    place: str
    people_count: int | None
    needed_by: date | None
    constraints: str
    ticked: tuple[Constraint, ...]
    kind: AskerKind
    organisation_name: str
    organisation_slug: str
    state: NeedState
    stated_at: datetime
    km: float | None = None
    alike: int = 0


@dataclass(frozen=True)
class Question:
    """What is asked of the public list. `km` counts only with a commune that has a point."""

    text: str = ""
    commune: Commune | None = None
    km: float = 40.0
    state: NeedState | None = None
    page: int = 1


@dataclass(frozen=True)
class Results:
    """One page of the public list; `everything` counts all public needs, whatever was asked."""

    needs: list[PublicNeed]
    total: int
    everything: int
    page: int
    pages: int


def public_needs(question: Question) -> Results:
    """The accepted needs that answer *question*: nearest first where a place is asked, else newest first."""
    everything = Need.objects.filter(state__in=_PUBLIC)
    found = everything.select_related("commune", "organisation")
    if question.state is not None:
        found = found.filter(state=question.state.value)
    for stem in stems(question.text)[:8]:
        found = found.filter(stems__contains=f" {stem}")
    point = _point(question.commune)
    if question.commune is not None and point is None:
        found = found.filter(commune=question.commune)
    if point is None:
        total = found.count()
        pages, page = _paging(total, question.page)
        rows = [(need, None) for need in found.order_by("-created_at", "id")[(page - 1) * PAGE : page * PAGE]]
        return Results(_shown(rows), total, everything.count(), page, pages)
    near = _near(found, point, question.km)
    total = sum(place.needs for place in near)
    pages, page = _paging(total, question.page)
    return Results(_shown(_page_of(found, near, page)), total, everything.count(), page, pages)


def _point(commune: Commune | None) -> tuple[float, float] | None:
    if commune is None or commune.latitude is None or commune.longitude is None:
        return None
    return commune.latitude, commune.longitude


def _paging(total: int, asked: int) -> tuple[int, int]:
    pages = max(1, -(-total // PAGE))
    return pages, max(1, min(asked, pages))


@dataclass(frozen=True)
class _NearPlace:
    """A commune where needs are stated: how far it is, and how many they are."""

    km: float
    code: str
    needs: int


def _near(found: QuerySet[Need], point: tuple[float, float], km: float) -> list[_NearPlace]:
    """
    The communes of *found* at most *km* away, the nearest first.

    The database counts the needs of each commune in the box: what is measured here is as many as there are
    communes, however many needs there are.
    """
    box = around(*point, km)
    inside = found.filter(
        commune__latitude__range=(box.south, box.north), commune__longitude__range=(box.west, box.east)
    )
    rows = inside.order_by().values_list("commune_id", "commune__latitude", "commune__longitude")
    places = [
        _NearPlace(distance_km(*point, lat, lon), code, many)
        for code, lat, lon, many in rows.annotate(many=Count("id"))
    ]
    return sorted((place for place in places if place.km <= km), key=lambda place: (place.km, place.code))


def _page_of(found: QuerySet[Need], near: list[_NearPlace], page: int) -> list[tuple[Need, float | None]]:
    """The needs of one page, the nearest commune first, its newest need first: one question."""
    skipped, start = 0, (page - 1) * PAGE
    wanted: list[_NearPlace] = []
    for place in near:
        if skipped + place.needs > start or wanted:
            wanted.append(place)
        else:
            skipped += place.needs
        if skipped + sum(each.needs for each in wanted) >= start + PAGE:
            break
    if not wanted:
        return []
    rank = Case(*(When(commune_id=place.code, then=Value(n)) for n, place in enumerate(wanted)))
    rows = found.filter(commune_id__in=[place.code for place in wanted]).alias(rank=rank)
    km = {place.code: place.km for place in wanted}
    shown = rows.order_by("rank", "-created_at", "id")[start - skipped : start - skipped + PAGE]
    return [(need, km[str(need.commune_id)]) for need in shown]


def _shown(rows: Iterable[tuple[Need, float | None]]) -> list[PublicNeed]:
    rows = list(rows)
    groups = [need.group_id for need, _km in rows if need.group_id]
    sizes: dict[UUID | None, int] = {}
    for group_id in Need.objects.filter(group_id__in=groups, state__in=_PUBLIC).values_list(
        "group_id", flat=True
    ):
        sizes[group_id] = sizes.get(group_id, 0) + 1
    return [_public(need, km, max(0, sizes.get(need.group_id, 1) - 1)) for need, km in rows]


def _public(need: Need, km: float | None, alike: int) -> PublicNeed:
    return PublicNeed(
        id=need.id,
        title=need.title,
        skill=need.skill,
        place=need.place_name,
        people_count=need.people_count,
        needed_by=need.needed_by,
        constraints=need.constraints,
        ticked=tuple(each for each in Constraint if each.value in need.constraints_ticked),
        kind=AskerKind(need.asker_kind),
        organisation_name=need.organisation.legal_name if need.organisation else "",
        organisation_slug=need.organisation.slug if need.organisation else "",
        state=NeedState(need.state),
        stated_at=need.created_at,
        km=km,
        alike=alike,
    )


def public_need(need_id: UUID) -> PublicNeed | None:
    """An accepted need as everybody sees it; None for any other, as if there were none."""
    need = (
        Need.objects.filter(id=need_id, state__in=_PUBLIC).select_related("commune", "organisation").first()
    )
    return _shown([(need, None)])[0] if need else None


def need_by_token(token: str) -> Need | None:
    """The need under a private link."""
    if "\x00" in token:  # PostgreSQL takes none in a text
        return None
    return Need.objects.select_related("commune", "organisation").filter(follow_token=token).first()


def needs_to_moderate(user: User | AnonymousUser, state: NeedState | None = None) -> QuerySet[Need]:
    """What *user* moderates, spam and withdrawn left out; those that wait the longest first."""
    found = moderated_by(user).select_related("commune", "organisation")
    if state is not None:
        return found.filter(state=state.value).order_by("created_at")
    return found.exclude(state__in=[NeedState.SPAM.value, NeedState.WITHDRAWN.value]).order_by("created_at")


def wants_mail(user: User) -> bool:
    """Whether a moderator is told by mail that needs wait: yes, until they say no."""
    return not ModeratorMail.objects.filter(user=user, is_wanted=False).exists()


def need_for_moderator(user: User | AnonymousUser, need_id: UUID) -> Need | None:
    """The need if *user* moderates it, else None, as if there were none."""
    return moderated_by(user).select_related("commune", "organisation", "group").filter(id=need_id).first()


@dataclass(frozen=True)
class Likely:
    """A need that may be the same, and why."""

    need: Need
    likeness: Likeness


def likely_the_same(need: Need, user: User | AnonymousUser) -> list[Likely]:
    """
    Accepted needs that may be the same as *need*, the likest first; only those that *user* moderates too.

    Those already in its group are left out.
    """
    mine = need.comparable
    words = Q()
    for stem in mine.stems:
        # Stems that differ at their end only are still found: the rule compares them properly.
        words |= Q(stems__contains=f" {stem[: max(3, len(stem) - 2)]}")
    if not words:
        return []
    others = moderated_by(user).filter(words, state__in=_PUBLIC).exclude(id=need.id)
    if need.group_id:
        others = others.exclude(group_id=need.group_id)
    if mine.point:
        box = around(*mine.point, FAR_KM)
        inside = Q(commune__latitude__range=(box.south, box.north)) & Q(
            commune__longitude__range=(box.west, box.east)
        )
        others = others.filter(inside | Q(commune__isnull=True) | Q(commune__latitude__isnull=True))
    compared = others.select_related("commune", "organisation").order_by("-created_at")[:MOST_COMPARED]
    likely = [Likely(other, likeness(mine, other.comparable)) for other in compared]
    worth = [each for each in likely if each.likeness.is_worth_showing]
    return sorted(worth, key=lambda each: -each.likeness.score)[:MOST_SUGGESTED]


def group_of(need: Need) -> list[Need]:
    """The other needs that a person said are the same, the oldest first."""
    if need.group_id is None:
        return []
    others = Need.objects.filter(group_id=need.group_id).exclude(id=need.id)
    return list(others.select_related("commune", "organisation").order_by("created_at"))


def design_links_of(need: Need | PublicNeed) -> list[NeedLink]:
    """What is linked to a need or to one of its group, one for each micro-certification."""
    group_id = need.group_id if isinstance(need, Need) else _group_id(need.id)
    asked = Q(need_id=need.id) | Q(need__group_id=group_id) if group_id else Q(need_id=need.id)
    found: dict[UUID, NeedLink] = {}
    for link in NeedLink.objects.filter(asked).order_by("created_at"):
        found.setdefault(link.micro_credential_id, link)
    return list(found.values())


def _group_id(need_id: UUID) -> UUID | None:
    return Need.objects.filter(id=need_id).values_list("group_id", flat=True).first()


def steps_of(need: Need, *, all_of_them: bool = False) -> list[NeedStep]:
    """The history of a need, oldest first: what whoever asked is shown, or all of it for moderators."""
    steps = NeedStep.objects.filter(need=need).select_related("by")
    if not all_of_them:
        steps = steps.filter(kind__in=[kind.value for kind in SHOWN_STEPS])
    return list(steps)
