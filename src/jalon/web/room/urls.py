"""The room: for members of its organisation and whoever came in by a link; nothing there for strangers."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from jalon.web.room import agreement, decisions, entrance, fields, home, people

app_name = "room"
urlpatterns: list[URLPattern | URLResolver] = [
    path("ouvrir/<uuid:micro_credential_id>/", entrance.open_room, name="open"),
    path("entrer/<str:token>/", entrance.enter, name="enter"),
    path("<uuid:room_id>/", home.home, name="home"),
    path("<uuid:room_id>/texte/", home.text, name="text"),
    path("<uuid:room_id>/champ/<str:name>/", fields.show, name="field"),
    path("<uuid:room_id>/propositions/<uuid:proposal_id>/", decisions.decide, name="decide"),
    path("<uuid:room_id>/avis/<uuid:comment_id>/", decisions.thread, name="thread"),
    path("<uuid:room_id>/personnes/", people.show, name="people"),
    path("<uuid:room_id>/personnes/<uuid:link_id>/retirer/", people.revoke, name="revoke"),
    path("<uuid:room_id>/accord/", agreement.show, name="agreement"),
    path("<uuid:room_id>/accord/organismes/", agreement.settle, name="settle"),
    path("<uuid:room_id>/accord/tour/", agreement.turn, name="round"),
    path("<uuid:room_id>/accord/signer/", agreement.sign, name="sign"),
    path("<uuid:room_id>/tours/<int:number>/", agreement.round_text, name="round_text"),
    path("<uuid:room_id>/sortir/", entrance.leave, name="leave"),
    path("<uuid:room_id>/effacer/", entrance.erase, name="erase"),
    path("<uuid:room_id>/personnes/<uuid:participant_id>/effacer/", people.erase, name="erase_other"),
    path("courriel/<str:token>/", entrance.mail, name="mail"),
]
