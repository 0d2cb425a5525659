"""Days, hours and ages in words."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

_MINUTE = timedelta(minutes=1)
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)


def _is_french() -> bool:
    return (get_language() or "fr").startswith("fr")


def day(value: date | datetime) -> str:
    """``"2 juin 2026"``, ``"1er juin 2026"``; in English ``"2 June 2026"``. In the local zone."""
    local = timezone.localtime(value).date() if isinstance(value, datetime) else value
    words = date_format(local, "j F Y")
    return f"1er{words[1:]}" if local.day == 1 and _is_french() else words


def hour(value: datetime) -> str:
    """``"9 h 41"``; in English ``"9:41"``."""
    local = timezone.localtime(value)
    return f"{local.hour} h {local.minute:02d}" if _is_french() else f"{local.hour}:{local.minute:02d}"


def moment(value: datetime) -> str:
    """``"23 novembre 2026 à 9 h 41"``."""
    return _("%(day)s à %(hour)s") % {"day": day(value), "hour": hour(value)}


def ago(then: datetime, now: datetime) -> str:
    """``"à l’instant"``, ``"il y a 3 minutes"``, ``"il y a 12 jours"``."""
    age = now - then
    if age < _MINUTE:
        return _("à l’instant")
    if age < _HOUR:
        count = age // _MINUTE
        return ngettext("il y a %(count)d minute", "il y a %(count)d minutes", count) % {"count": count}
    if age < _DAY:
        count = age // _HOUR
        return ngettext("il y a %(count)d heure", "il y a %(count)d heures", count) % {"count": count}
    count = age // _DAY
    return ngettext("il y a %(count)d jour", "il y a %(count)d jours", count) % {"count": count}
