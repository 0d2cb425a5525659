"""The studio: for signed-in members; what a stranger asks for does not exist."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from jalon.web.studio import (
    borrowing,
    concepts,
    dossier,
    home,
    papers,
    publication,
    quality,
    sheets,
    translating,
    versions,
)

app_name = "studio"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("nouvelle/", home.new, name="new"),
    path("reprendre/", borrowing.begin, name="begin"),
    path("reprendre/modele.xlsx", sheets.model_sheet, name="model_sheet"),
    path("adapter/<slug:slug>/", borrowing.adapt, name="adapt"),
    path("<uuid:micro_credential_id>/source/", borrowing.source, name="source"),
    path("<uuid:micro_credential_id>/", versions.show, name="micro_credential"),
    path("<uuid:micro_credential_id>/comparer/", versions.compare, name="compare"),
    path("<uuid:micro_credential_id>/nouvelle-version/", versions.start, name="start_version"),
    path("<uuid:micro_credential_id>/offre/", versions.offer, name="offer"),
    path("dossier/<uuid:specification_id>/", dossier.open_dossier, name="dossier"),
    path("dossier/<uuid:specification_id>/lecture/", publication.read, name="reading"),
    path("dossier/<uuid:specification_id>/apercu/", publication.preview, name="preview"),
    path("dossier/<uuid:specification_id>/publier/", publication.publish, name="publish"),
    path("dossier/<uuid:specification_id>/jeter/", publication.discard, name="discard"),
    path("dossier/<uuid:specification_id>/principes/", quality.quality, name="quality"),
    path("dossier/<uuid:specification_id>/traduire/", translating.translate, name="translate"),
    path("dossier/<uuid:specification_id>/referentiel.xlsx", sheets.sheet, name="sheet"),
    path("dossier/<uuid:specification_id>/notions/", concepts.concepts, name="concepts"),
    path("dossier/<uuid:specification_id>/programme/", concepts.programme, name="programme"),
    path("dossier/<uuid:specification_id>/reunion.pdf", papers.meeting, name="meeting"),
    path("dossier/<uuid:specification_id>/champ/", dossier.save, name="field"),
    path("dossier/<uuid:specification_id>/<slug:slug>/", dossier.section, name="section"),
]
