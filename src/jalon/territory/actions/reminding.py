"""Telling moderators that needs wait: how many, and nothing of what a stranger wrote."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jalon.foundation import clock, jobs, mail
from jalon.people.models import User
from jalon.people.rules import Capability, roles_with
from jalon.territory.models import ModeratorMail, Need
from jalon.territory.queries import needs_to_moderate
from jalon.territory.rules.need_states import NeedState, StepKind
from jalon.territory.rules.reminding import is_due

_CAME = Q(steps__kind__in=[StepKind.STATED.value, StepKind.CORRECTED.value])


def remind_moderators() -> int:
    """
    Send every moderator for whom needs wait one mail a day at most; how many left. Each by itself.

    Where no mail is sent nothing is done; the number on the public list says the same.
    """
    waiting = Need.objects.filter(state=NeedState.WAITING.value)
    if not mail.is_sent() or not waiting.exists():
        return 0
    sent = 0
    for user_id in list(_moderators().values_list("id", flat=True)):
        sent += _remind(user_id)
        jobs.give_way()
    return sent


def choose_mail(*, user: User, is_wanted: bool) -> None:
    """Whether *user* is told by mail that needs wait."""
    ModeratorMail.objects.update_or_create(user=user, defaults={"is_wanted": is_wanted})


def _moderators() -> QuerySet[User]:
    roles = [role.value for role in roles_with(Capability.MODERATE_NEEDS)]
    members = User.objects.filter(
        memberships__role__in=roles,
        memberships__organisation__identity_confirmed_at__isnull=False,
        is_active=True,
    )
    return members.exclude(needs_mail__is_wanted=False).order_by("id").distinct()


@transaction.atomic
def _remind(user_id: UUID) -> bool:
    ModeratorMail.objects.get_or_create(user_id=user_id)
    kept = ModeratorMail.objects.select_for_update(of=("self",)).select_related("user").get(user_id=user_id)
    waiting = needs_to_moderate(kept.user, NeedState.WAITING)
    newest = waiting.aggregate(at=Max("steps__at", filter=_CAME), made=Max("created_at"))
    came = newest["at"] or newest["made"]
    if came is None or not kept.is_wanted:
        return False
    told = timezone.localtime(kept.told_at) if kept.told_at else None
    if not is_due(now=timezone.localtime(clock.now()), told_at=told, newest=came):
        return False
    with translation.override(kept.user.language or settings.LANGUAGE_CODE):
        sent = mail.send(to=kept.user.email, subject=_subject(waiting.count()), body=_body(waiting))
    if sent:
        kept.told_at = clock.now()
        kept.save()
    return sent


def _subject(many: int) -> str:
    return ngettext("%(n)d besoin attend d'être lu", "%(n)d besoins attendent d'être lus", many) % {"n": many}


def _body(waiting: QuerySet[Need]) -> str:
    first = waiting.values_list("created_at", flat=True)[0]
    since = timezone.localtime(first).strftime("%d/%m/%Y")
    desk = f"{settings.PUBLIC_URL}{reverse('needs:desk')}"
    lines = [
        _("Bonjour,"),
        "",
        f"{_subject(waiting.count())} {_('(le plus ancien depuis le %s).') % since}",
        _("Les lire, les publier ou dire pourquoi non :"),
        desk,
        "",
        _("Un message par jour au plus. Pour ne plus le recevoir : en bas de cette page."),
    ]
    return "\n".join(lines)
