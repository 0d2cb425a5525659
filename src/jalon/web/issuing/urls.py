"""Addresses under /delivrer/. All of them ask for an account; what it may do there is asked in `access`."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.http import HttpResponseBase
from django.urls import URLPattern, URLResolver, path

from jalon.web.issuing import awards, batches, choices, downloads, homes, persons

app_name = "issuing"


def _page(route: str, view: Callable[..., HttpResponseBase], name: str) -> URLPattern:
    """An address that only a signed-in person reaches."""
    return path(route, login_required(view), name=name)


urlpatterns: list[URLPattern | URLResolver] = [
    _page("", homes.home, "home"),
    _page("modele.csv", downloads.model_list, "model_list"),
    _page("formats/", choices.choose, "choices"),
    _page("attestations/", homes.search, "awards"),
    _page("attestations/<uuid:award_id>/", awards.award, "award"),
    _page("attestations/<uuid:award_id>/revoquer/", awards.revoke, "revoke"),
    _page("attestations/<uuid:award_id>/corriger/", awards.correct, "correct"),
    _page("versions/<uuid:specification_id>/liste/", batches.upload, "upload"),
    _page("versions/<uuid:specification_id>/personne/", persons.add, "person"),
    _page("listes/<uuid:batch_id>/", batches.batch, "batch"),
    _page("listes/<uuid:batch_id>/colonnes/", batches.columns, "columns"),
    _page("listes/<uuid:batch_id>/reponses/", batches.answers, "answers"),
    _page("listes/<uuid:batch_id>/delivrer/", batches.start, "start"),
    _page("listes/<uuid:batch_id>/abandonner/", batches.abandon, "abandon"),
    _page("listes/<uuid:batch_id>/ecartees.csv", downloads.left_out, "left_out"),
    _page("listes/<uuid:batch_id>/liens.csv", downloads.links, "links"),
    _page("listes/<uuid:batch_id>/cartes.pdf", downloads.cards, "cards"),
    _page("listes/<uuid:batch_id>/attestations.zip", downloads.archive, "archive"),
]
