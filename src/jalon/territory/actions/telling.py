"""Telling whoever asked what becomes of their need, and forgetting who they are."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from jalon.foundation import clock, mail
from jalon.foundation.texts import french
from jalon.territory import labels
from jalon.territory.connectors import MicroCredentialFacts, micro_credentials
from jalon.territory.models import Need, NeedStep
from jalon.territory.queries import design_links_of
from jalon.territory.rules.need_states import TOLD_STEPS, NeedState, StepKind

# Besides what they are told of, the link itself when they state the need.
_MAILED = [kind.value for kind in (*TOLD_STEPS, StepKind.STATED)]


def erase_asker(need: Need) -> None:
    """Erase who asked, except the organisation that stands for the need. The caller saves it."""
    need.asker_name = need.asker_email = need.asker_language = ""
    need.agreed_at = None
    need.stated_by = None
    need.forgotten_at = clock.now()


@transaction.atomic
def tell_asker(step_id: UUID) -> bool:
    """
    Send the mail about one step, once; whether it left now.

    Nothing depends on it: the private page tells the same. A step whose asker was forgotten meanwhile, or
    whose mail left already, is passed over.
    """
    step = (
        NeedStep.objects.select_for_update(of=("self",))
        .select_related("need__commune", "need__organisation", "need__stated_by")
        .filter(id=step_id, told_at__isnull=True, kind__in=_MAILED)
        .first()
    )
    address = _address(step.need) if step else ""
    if step is None or not address:
        return False
    with translation.override(_language(step.need)):
        sent = mail.send(to=address, subject=_set(_subject(step)), body=_set(_body(step)))
    if sent:
        step.told_at = clock.now()
        step.save(update_fields=["told_at"])
    return sent


def _address(need: Need) -> str:
    if need.asker_email:
        return need.asker_email
    return need.stated_by.email if need.stated_by and need.stated_by.is_active else ""


def _language(need: Need) -> str:
    chosen = need.stated_by.language if need.stated_by else ""
    return chosen or need.asker_language or settings.LANGUAGE_CODE


def _set(text: str) -> str:
    """*text* with the typography of the language it is sent in."""
    return french(text) if (translation.get_language() or "").startswith("fr") else text


def _quotes_nothing(step: NeedStep) -> bool:
    """
    Whether its words are a stranger's that nobody accepted, and the address whatever they typed.

    Quoted, they would be carried anywhere in the name of this installation.
    """
    return step.kind in {StepKind.STATED, StepKind.REFUSED} and not step.need.is_vouched


def _subject(step: NeedStep) -> str:
    if _quotes_nothing(step):
        return str(labels.STEPS[StepKind(step.kind)])
    return _("%(what)s : «%(skill)s»") % {
        "what": labels.STEPS[StepKind(step.kind)],
        "skill": _shortened(step.need.skill, 60),
    }


def _body(step: NeedStep) -> str:
    need = step.need
    lines = [_("Bonjour,"), "", *_what(step)]
    if step.words:
        lines += ["", _("La raison : %s") % step.words]
    lines += _answers(step)
    follow = f"{settings.PUBLIC_URL}{reverse('needs:follow', args=[need.follow_token])}"
    lines += ["", _("Suivre ce besoin, le corriger ou le retirer (ce lien est à vous seul) :"), follow]
    if step.kind == StepKind.STATED and not need.is_vouched:
        lines += [
            "",
            _("Vous n'avez rien dit ici ? Ouvrez ce lien et retirez ce besoin : votre adresse s'efface."),
        ]
    if need.asker_email:
        until = date_format(need.personal_data_until, "j F Y")
        lines += ["", _("Votre adresse sert à ces messages seulement. Elle est effacée le %s.") % until]
    return "\n".join(lines)


def _what(step: NeedStep) -> list[str]:
    """What happened, after the words it happened to."""
    told = f"{labels.STEPS[StepKind(step.kind)]}."
    if _quotes_nothing(step):
        return [told, str(labels.STATE_HELP[NeedState.WAITING])] if step.kind == StepKind.STATED else [told]
    if step.kind == StepKind.STATED:
        told = str(labels.STATE_HELP[NeedState.OPEN])
    return [_("Vous avez dit ce besoin : «%s».") % _shortened(step.need.skill, 300), "", told]


def _shortened(text: str, most: int) -> str:
    """*text* on one line, cut at a word with an ellipsis."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:.–-") + "…"


def _answers(step: NeedStep) -> list[str]:
    if step.kind != StepKind.ANSWERED:
        return []
    ids = [link.micro_credential_id for link in design_links_of(step.need)]
    shown = [_answer(facts) for facts in micro_credentials().facts(ids).values() if facts.is_offered]
    return ["", *shown] if shown else []


def _answer(facts: MicroCredentialFacts) -> str:
    return f"{facts.title} ({facts.organisation_name})\n{settings.PUBLIC_URL}{facts.path}"
