"""Mails of a room, each in the language of whoever reads it: a decision, and once a day what waits."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jalon.design.models import Participant, Proposal, Room, RoomMail
from jalon.design.permissions import acts_of_account
from jalon.design.queries.rooms import text_of
from jalon.design.rules.rooms import ProposalState, RoomAct
from jalon.foundation import clock, jobs, mail
from jalon.people.models import User
from jalon.territory.rules.reminding import is_due

_SALT = "jalon.room.mail"


def address_of(participant: Participant) -> str:
    """Where somebody is told; empty where they gave no address."""
    return participant.user.email if participant.user else participant.email


def language_of(participant: Participant) -> str:
    """The language that somebody chose for their account, else that of the page they came in by."""
    chosen = participant.user.language if participant.user else ""
    return chosen or participant.language or settings.LANGUAGE_CODE


def tell_decision(proposal_id: UUID) -> None:
    """Mail the author of a proposal what became of it, where they gave an address and mail is sent."""
    proposal = (
        Proposal.objects.select_related("participant__user", "participant__link", "room")
        .filter(id=proposal_id)
        .first()
    )
    if proposal is None or proposal.participant is None or not address_of(proposal.participant):
        return
    link = proposal.participant.link
    if link is not None and not link.is_open:
        return
    with translation.override(language_of(proposal.participant)):
        subject, body = _decision(proposal)
        mail.send(to=address_of(proposal.participant), subject=subject, body=body)


def _decision(proposal: Proposal) -> tuple[str, str]:
    facts = {
        "title": _title(proposal.room),
        "name": proposal.decided_by_name,
        "reason": proposal.decision_reason,
        "address": _address_of_room(proposal.room),
    }
    if proposal.state == ProposalState.ACCEPTED:
        subject = _("Votre proposition est acceptée")
        body = _(
            "%(name)s a accepté votre proposition pour «%(title)s». Elle est dans le texte, à votre nom."
        )
    else:
        subject = _("Votre proposition n'est pas retenue")
        body = _("%(name)s n'a pas retenu votre proposition pour «%(title)s» :\n\n%(reason)s")
    return subject, f"{body % facts}\n\n{_('La salle')} : {facts['address']}\n"


def tell_hosts() -> int:
    """
    Tell everybody who hosts a room where proposals wait, in one mail a day at most; how many left.

    Where no mail is sent nothing is done; the first page of the room says the same.
    """
    waiting = Room.objects.filter(proposals__state=ProposalState.OPEN.value)
    if not mail.is_sent() or not waiting.exists():
        return 0
    known = Q(id__in=waiting.values("opened_by")) | Q(
        id__in=Participant.objects.filter(room__in=waiting, link__isnull=True, user__isnull=False).values(
            "user"
        )
    )
    users = User.objects.filter(known, is_active=True).exclude(room_mail__is_wanted=False)
    sent = 0
    for user_id in list(users.order_by("id").values_list("id", flat=True)):
        sent += _tell_host(user_id)
        jobs.give_way()
    return sent


@transaction.atomic
def _tell_host(user_id: UUID) -> bool:
    RoomMail.objects.get_or_create(user_id=user_id)
    kept = RoomMail.objects.select_for_update(of=("self",)).select_related("user").get(user_id=user_id)
    rooms = [room for room in _hosted(kept.user) if _waiting(room, kept.user)]
    if not kept.is_wanted or not rooms:
        return False
    newest = max(each.created_at for room in rooms for each in _waiting(room, kept.user))
    told = timezone.localtime(kept.told_at) if kept.told_at else None
    if not is_due(now=timezone.localtime(clock.now()), told_at=told, newest=newest):
        return False
    with translation.override(kept.user.language or settings.LANGUAGE_CODE):
        sent = mail.send(to=kept.user.email, subject=_("Dans vos salles"), body=_digest(kept.user, rooms))
    if sent:
        kept.told_at = clock.now()
        kept.save(update_fields=["told_at"])
    return sent


def _hosted(user: User) -> list[Room]:
    """The rooms that *user* opened or acted in, where they may still decide."""
    mine = Room.objects.filter(
        Q(opened_by=user) | Q(participants__user=user, participants__link__isnull=True)
    ).select_related("micro_credential__organisation")
    return [
        room for room in mine.order_by("created_at").distinct() if RoomAct.HOST in acts_of_account(user, room)
    ]


def _waiting(room: Room, user: User) -> list[Proposal]:
    """What somebody else proposed there and nobody decided."""
    others = Q(participant__isnull=True) | Q(participant__user__isnull=True) | ~Q(participant__user=user)
    return list(room.proposals.filter(others, state=ProposalState.OPEN.value))


def _digest(user: User, rooms: list[Room]) -> str:
    """How much waits where; nothing of what a stranger wrote."""
    lines = [_("Bonjour,"), ""]
    for room in rooms:
        many = len(_waiting(room, user))
        said = ngettext(
            "%(n)d proposition attend une décision", "%(n)d propositions attendent une décision", many
        )
        lines += [f"{_title(room)} : {said % {'n': many}}", _address_of_room(room), ""]
    lines += [
        _("Un message par jour au plus. Pour ne plus le recevoir, sans mot de passe :"),
        f"{settings.PUBLIC_URL}{reverse('room:mail', args=[mail_token(user)])}",
    ]
    return "\n".join(lines)


def _title(room: Room) -> str:
    version = text_of(room)
    if version is None:
        return ""
    title = version.read().title
    return title.get(translation.get_language() or "fr") or str(title)


def _address_of_room(room: Room) -> str:
    return f"{settings.PUBLIC_URL}{reverse('room:home', args=[room.id])}"


def mail_token(user: User) -> str:
    """What the link at the foot of a mail carries: it stops and starts that mail, and opens nothing."""
    return signing.dumps(str(user.id), salt=_SALT)


def user_of_mail(token: str) -> User | None:
    """Whose mail *token* stops; None where somebody mended it. It does not run out: mails are read late."""
    try:
        return User.objects.filter(id=UUID(str(signing.loads(token, salt=_SALT)))).first()
    except (signing.BadSignature, ValueError):
        return None


def choose_room_mail(*, user: User, is_wanted: bool) -> None:
    """Whether *user* is told by mail that proposals wait."""
    RoomMail.objects.update_or_create(user=user, defaults={"is_wanted": is_wanted})
