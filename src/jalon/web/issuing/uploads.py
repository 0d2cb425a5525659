"""Files that people send: refused by their weight before a byte of them is read."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from jalon.web import refusals

# What a form adds around its file: boundaries, token, other fields.
_AROUND = 64 * 1024


def bounded(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """
    Refuse a request that announces more than `settings.UPLOAD_MAX_BYTES` with 413, unread.

    Django's check of the form's token reads the whole body; so it waits until the weight is known.
    """
    checked = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def weighed(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        announced = request.META.get("CONTENT_LENGTH") or "0"
        if not announced.isdigit() or int(announced) > settings.UPLOAD_MAX_BYTES + _AROUND:
            limit = settings.UPLOAD_MAX_BYTES // (1024 * 1024)
            sentence = _("Ce fichier dépasse %(limit)s Mo. Partagez la liste en plusieurs fichiers.") % {
                "limit": limit
            }
            return refusals.page(request, status=413, sentence=sentence)
        return checked(request, *args, **kwargs)

    return weighed
