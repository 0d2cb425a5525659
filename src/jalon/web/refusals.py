"""The pages that say what went wrong, and the register where each context's French sentences are found."""

from __future__ import annotations

import contextlib
import importlib
from collections.abc import Callable
from functools import lru_cache
from types import ModuleType
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from jalon.foundation.errors import JalonError
from jalon.web import context

Sentence = Callable[[JalonError], str]


def _words_of(labels: ModuleType) -> Sentence | None:
    """How one context words its errors: `refusal_sentence(error)`, or `sentence(code, facts)`."""
    of_error = getattr(labels, "refusal_sentence", None)
    of_code = getattr(labels, "sentence", None)
    if callable(of_error):
        return lambda error: str(of_error(error))
    if callable(of_code):
        return lambda error: str(of_code(error.code, error.facts))
    return None


@lru_cache(maxsize=32)
def _of_context(name: str) -> Sentence | None:
    """The words of the context called *name*; None where it has none."""
    try:
        labels = importlib.import_module(f"jalon.{name}.labels")
    except ModuleNotFoundError as error:
        if error.name and f"jalon.{name}.labels".startswith(error.name):
            return None
        raise
    return _words_of(labels)


def sentence(error: JalonError) -> str:
    """What a person reads about *error*, from the labels of the context that declares it."""
    root, _dot, rest = type(error).__module__.partition(".")
    words = _of_context(rest.split(".", 1)[0]) if root == "jalon" and rest else None
    if words is not None:
        with contextlib.suppress(LookupError):
            return words(error)
    return _(
        "Cette demande ne peut pas aboutir telle quelle. Revenez en arrière et vérifiez ce qui a été envoyé."
    )


def status_of(error: JalonError) -> int:
    """404 for what does not exist, 403 for what is not allowed, 422 for the rest."""
    last = error.code.rsplit(".", 1)[-1]
    if last == "not_allowed":
        return 403
    return 404 if last in {"unknown", "not_found", "does_not_exist"} else 422


def page(request: HttpRequest | None, *, status: int, sentence: str = "") -> HttpResponse:
    """
    The page of a refusal or fault. Without a *request* it needs neither database nor session.

    Args:
        sentence: What precisely was met, where it is known.
    """
    values: dict[str, Any] = {"sentence": sentence, "status": status}
    if request is None:
        values["page"] = context.page_without_request()
    return HttpResponse(render_to_string(f"faults/{status}.html", values, request), status=status)


def stale_form() -> str:
    """What a person reads when a form comes back without its token."""
    return _(
        "Ce formulaire est resté ouvert trop longtemps, ou votre navigateur refuse nos témoins de connexion."
    )
