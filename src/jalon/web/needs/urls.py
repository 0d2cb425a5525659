"""Addresses of needs: public ones, private links, the moderators' pages."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path, re_path

from jalon.web.needs import listing, moderating, stating, territories

app_name = "needs"
_FOLLOW = r"^suivre/(?P<token>[A-Za-z0-9_-]{22})/"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", listing.home, name="home"),
    path("dire/", stating.state, name="state"),
    path("communes/", listing.communes, name="communes"),
    re_path(rf"{_FOLLOW}$", stating.follow, name="follow"),
    re_path(rf"{_FOLLOW}corriger/$", stating.correct, name="correct"),
    re_path(rf"{_FOLLOW}retirer/$", stating.withdraw, name="withdraw"),
    path("lire/", moderating.desk, name="desk"),
    path("lire/<uuid:need_id>/", moderating.read, name="read"),
    path("lire/<uuid:need_id>/decider/", moderating.decide, name="decide"),
    path("lire/<uuid:need_id>/rapprocher/", moderating.group, name="group"),
    path("lire/<uuid:need_id>/relier/", moderating.link, name="link"),
    path("lire/<uuid:need_id>/dossier/", moderating.draft, name="draft"),
    path("lire/message/", moderating.mail, name="mail"),
    path("territoires/", territories.home, name="territories"),
    path("territoires/lieux/", territories.suggest, name="part_suggestions"),
    path("territoires/nouveau/<slug:slug>/", territories.new, name="new_territory"),
    path("territoires/<uuid:territory_id>/", territories.show, name="territory"),
    path("territoires/<uuid:territory_id>/nom/", territories.rename, name="rename_territory"),
    path("territoires/<uuid:territory_id>/ajouter/", territories.add, name="add_part"),
    path("territoires/<uuid:territory_id>/enlever/", territories.take_out, name="take_out_part"),
    path("territoires/<uuid:territory_id>/retirer/", territories.remove, name="remove_territory"),
    path("<uuid:need_id>/", listing.show, name="show"),
]
