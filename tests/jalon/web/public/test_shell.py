"""What every page carries: security policy, style sheet, refusals."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from tests.factories.people import a_user

from jalon.foundation.errors import ConfigurationError, JalonError, NotAllowedError
from jalon.people.errors import PeopleError
from jalon.web import sheets
from jalon.web.middleware import PlainRefusalsMiddleware
from jalon.web.public import faults

PAGES = ("/", "/catalogue/", "/accessibilite/", "/vos-donnees/", "/mentions/", "/rien-ici/")


def _hashes(html: str) -> set[str]:
    return {
        "'sha256-" + base64.b64encode(hashlib.sha256(style.encode()).digest()).decode() + "'"
        for style in re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
    }


@pytest.mark.django_db
@pytest.mark.parametrize("url", PAGES)
def test_policy_allows_exactly_what_is_inlined(client: Client, url: str) -> None:
    response = client.get(url)
    policy = response.headers["Content-Security-Policy"]

    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    assert "http:" not in policy
    inlined = _hashes(response.content.decode())
    assert len(inlined) == 2
    assert all(each in policy for each in inlined)


@pytest.mark.django_db
def test_first_visit_inlines_the_sheet_and_the_next_links_it(client: Client) -> None:
    first = client.get("/")
    second = client.get("/")

    assert first.cookies[sheets.COOKIE].value == sheets.sheets().version
    assert first.cookies[sheets.COOKIE]["httponly"]
    assert 'rel="stylesheet"' not in first.content.decode()
    assert 'rel="stylesheet"' in second.content.decode()
    assert ".borne{" not in second.content.decode()
    assert sheets.COOKIE not in second.cookies
    assert {"Cookie", "Save-Data"} <= {name.strip() for name in second.headers["Vary"].split(",")}


@pytest.mark.django_db
@pytest.mark.parametrize("url", ["/catalogue/", "/compte/", "/atelier/", "/delivrer/", "/rien-ici/"])
def test_what_a_signed_in_person_sees_stays_in_no_cache(client: Client, url: str) -> None:
    """The next one at a shared computer goes back in the browser and finds nothing."""
    client.force_login(a_user())

    assert client.get(url).headers["Cache-Control"] == "private, no-store"


@pytest.mark.django_db
def test_what_everybody_may_see_says_nothing_of_caches_or_says_for_how_long(client: Client) -> None:
    assert "Cache-Control" not in client.get("/catalogue/").headers
    client.force_login(a_user())
    assert "public" in client.get("/robots.txt").headers["Cache-Control"]


@pytest.mark.django_db
def test_stale_sheet_is_inlined_anew(client: Client) -> None:
    client.cookies[sheets.COOKIE] = "an-older-one"

    assert ".borne{" in client.get("/").content.decode()


@pytest.mark.django_db
def test_save_data_leaves_the_fonts_out(client: Client) -> None:
    html = client.get("/", headers={"save-data": "on"}).content.decode()

    assert "@font-face" not in html
    assert "woff2" not in html


@pytest.mark.django_db
def test_page_calls_no_other_site(client: Client) -> None:
    html = client.get("/").content.decode()

    assert not re.findall(r'(?:src|<link[^>]+href)="(?:https?:)?//', html)
    assert " style=" not in html


def test_upgrade_is_asked_for_only_over_https(settings) -> None:
    from jalon.web.middleware import policy

    settings.PUBLIC_URL = "https://jalon.example"
    assert policy().endswith("upgrade-insecure-requests")
    settings.PUBLIC_URL = "http://localhost:8000"
    assert "upgrade" not in policy()


def _answer_to(error: Exception) -> HttpResponse | None:
    request = RequestFactory().get("/")
    request.COOKIES = {}

    def never(request: HttpRequest) -> HttpResponse:
        raise AssertionError

    return PlainRefusalsMiddleware(never).process_exception(request, error)


class _Gone(JalonError):
    code = "essai.unknown"


class _Strange(JalonError):
    code = "essai.strange"


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (NotAllowedError("no"), 403, "Cette page ne vous est pas ouverte"),
        (_Gone(), 404, "Le sentier s’arrête ici"),
        (_Strange(), 422, "Cette demande ne peut pas aboutir telle quelle"),
    ],
)
def test_refusal_becomes_a_plain_page(error: Exception, status: int, words: str) -> None:
    response = _answer_to(error)

    assert response is not None
    assert response.status_code == status
    assert words in response.content.decode()
    assert "Traceback" not in response.content.decode()


def test_refusal_speaks_with_the_sentence_of_its_context() -> None:
    error = PeopleError()
    error.code, error.facts = "people.siret_length", {"count": 13}

    response = _answer_to(error)

    assert response is not None
    assert response.status_code == 422
    assert "13" in response.content.decode()


@pytest.mark.parametrize("error", [ConfigurationError("x"), ValueError("x")])
def test_fault_of_ours_is_not_a_refusal(error: Exception) -> None:
    assert _answer_to(error) is None


def test_server_fault_page_needs_no_database() -> None:
    with connection.execute_wrapper(_no_database):
        response = faults.server_fault(RequestFactory().get("/"))

    assert response.status_code == 500
    assert "Chez nous, quelque chose a cassé" in response.content.decode()


def _no_database(*args: object) -> None:
    raise AssertionError("the page of a fault asked the database")


@pytest.mark.django_db
def test_form_without_its_token_is_told_plainly() -> None:
    response = Client(enforce_csrf_checks=True).post("/langue/", {"language": "en"})

    assert response.status_code == 403
    assert "resté ouvert trop longtemps" in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("view", "status"), [(faults.bad_request, 400), (faults.forbidden, 403), (faults.not_found, 404)]
)
def test_fault_page_has_its_status(view, status: int, rf: RequestFactory) -> None:
    assert view(rf.get("/"), Exception("x")).status_code == status
