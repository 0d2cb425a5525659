"""Public pages: no account, no script needed."""

from __future__ import annotations

from django.urls import path
from django.views.generic import RedirectView

from jalon.web.public import exports, files, open_data, views

app_name = "public"
urlpatterns = [
    path("", views.home, name="home"),
    path("catalogue/", views.catalogue, name="catalogue"),
    path("catalogue/communes/", views.communes, name="communes"),
    path("catalogue/nouveautes.atom", open_data.feed, name="feed"),
    path("catalogue/loq", open_data.loq, name="loq"),
    path("catalogue/loq/", RedirectView.as_view(pattern_name="public:loq", query_string=True)),
    path("catalogue/loq.<slug:ending>", open_data.loq, name="loq_as"),
    path("catalogue/loq/<slug:slug>", open_data.loq_of, name="loq_of"),
    path("catalogue/loq/<slug:slug>.<slug:ending>", open_data.loq_of, name="loq_of_as"),
    path("catalogue/lheo.xml", open_data.lheo_file, name="lheo"),
    path("catalogue/lheo-absents.csv", open_data.lheo_report, name="lheo_report"),
    path("micro-certifications/<slug:slug>/", views.micro_credential, name="micro_credential"),
    path("micro-certifications/<slug:slug>/v/<int:number>/", views.micro_credential, name="version"),
    path(
        "micro-certifications/<slug:slug>/v/<int:number>/referentiel.<slug:ending>",
        exports.take_away,
        name="take_away",
    ),
    path("organismes/<slug:slug>/", views.organisation, name="organisation"),
    path("accessibilite/", views.accessibility, name="accessibility"),
    path("vos-donnees/", views.privacy, name="privacy"),
    path("mentions/", views.legal, name="legal"),
    path("donnees-ouvertes/", views.open_data, name="open_data"),
    path("robots.txt", files.robots, name="robots"),
    path("favicon.ico", files.favicon, name="favicon"),
    path("manifest.webmanifest", files.manifest, name="manifest"),
    path("sitemap.xml", files.sitemap, name="sitemap"),
    path("sitemap-<int:part>.xml", files.sitemap, name="sitemap_part"),
]
