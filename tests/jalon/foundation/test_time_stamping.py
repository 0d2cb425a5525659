"""Time-stamps asked for over HTTP: what is sent, what comes back, and what is refused."""

from __future__ import annotations

import http.server
from collections.abc import Callable
from dataclasses import replace

import pytest
from tests.factories.seals import TIME_ROOT, a_time_authority
from tests.jalon.foundation.test_fetching import Handler, Site
from tests.jalon.foundation.test_fetching import site as site  # the fixture
from tests.sceau.keys.test_x509 import NOW

from jalon.foundation.fetching import GuardedFetchError
from jalon.foundation.time_stamping import QUERY, HttpTimeStamper
from sceau.errors import TimeStampError
from sceau.keys import der, timestamps

DIGEST = bytes(range(32))


def granted(query: bytes) -> bytes:
    """The answer of an authority to a request, as RFC 3161 has it."""
    parts = der.children(der.only(query, der.SEQUENCE))
    digest = der.children(parts[1][1])[1][1]
    nonce = next(int.from_bytes(content, "big") for tag, content in parts[2:] if tag == der.INTEGER)
    token = replace(a_time_authority(), nonce=nonce).time_stamp(digest)
    return der.write(der.SEQUENCE, der.write(der.SEQUENCE, der.write_integer(0)), token)


@pytest.fixture
def answering(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[bytes], bytes]], list[str]]:
    """Makes the site answer what is posted; gives the types of what was."""

    def give(answer: Callable[[bytes], bytes]) -> list[str]:
        types: list[str] = []

        def do_post(handler: http.server.BaseHTTPRequestHandler) -> None:
            types.append(handler.headers["Content-Type"])
            body = answer(handler.rfile.read(int(handler.headers["Content-Length"])))
            handler.send_response(302 if handler.path == "/moved" else 200)
            handler.send_header("Location", "/json")
            handler.send_header("Content-Length", str(len(body)))
            handler.end_headers()
            handler.wfile.write(body)

        monkeypatch.setattr(Handler, "do_POST", do_post, raising=False)
        return types

    return give


def test_a_time_stamp_is_asked_for_and_taken_out_of_the_answer(
    site: Site, answering: Callable[[Callable[[bytes], bytes]], list[str]]
) -> None:
    types = answering(granted)

    token = HttpTimeStamper(site.url("/tsa"), poster=site.fetcher()).time_stamp(DIGEST)

    assert types == [QUERY]
    assert timestamps.parse(token).imprint == DIGEST
    assert timestamps.parse(token).time == NOW
    assert timestamps.parse(token).certificates[0] != TIME_ROOT.certificate


@pytest.mark.parametrize(
    "answer",
    [
        lambda query: b"<html>",
        lambda query: der.write(der.SEQUENCE, der.write(der.SEQUENCE, der.write_integer(2))),
        lambda query: granted(timestamps.request(bytes(32), nonce=1)),
    ],
    ids=["page", "refused", "another question"],
)
def test_another_answer_is_refused(
    site: Site,
    answering: Callable[[Callable[[bytes], bytes]], list[str]],
    answer: Callable[[bytes], bytes],
) -> None:
    answering(answer)

    with pytest.raises(TimeStampError):
        HttpTimeStamper(site.url("/tsa"), poster=site.fetcher()).time_stamp(DIGEST)


def test_what_is_posted_follows_no_redirection(
    site: Site, answering: Callable[[Callable[[bytes], bytes]], list[str]]
) -> None:
    types = answering(granted)

    with pytest.raises(GuardedFetchError) as refused:
        HttpTimeStamper(site.url("/moved"), poster=site.fetcher()).time_stamp(DIGEST)

    assert refused.value.code == "fetch.too_many_redirects"
    assert len(types) == 1


@pytest.mark.parametrize(
    ("url", "code"),
    [("http://temps.example.org/", "fetch.not_https"), ("https://127.0.0.1/", "fetch.private_address")],
)
def test_an_authority_is_asked_over_https_at_a_public_address_alone(url: str, code: str) -> None:
    with pytest.raises(GuardedFetchError) as refused:
        HttpTimeStamper(url).time_stamp(DIGEST)

    assert refused.value.code == code
