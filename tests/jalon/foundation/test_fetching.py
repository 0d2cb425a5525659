"""Addresses that strangers give: followed only to public machines that prove their name."""

from __future__ import annotations

import contextlib
import datetime as dt
import gzip
import http.server
import ssl
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from jalon.foundation import labels
from jalon.foundation.fetching import GuardedFetcher, GuardedFetchError, is_public

NAME = "atelier.example"


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.255.0.3",
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "192.0.0.8",
        "192.0.2.1",
        "192.88.99.1",
        "198.18.0.1",
        "198.51.100.1",
        "203.0.113.9",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::ffff:8.8.8.8",
        "::8.8.8.8",
        "64:ff9b::7f00:1",
        "64:ff9b::808:808",
        "64:ff9b:1::1",
        "2002:7f00:1::",
        "2001::1",
        "2001:db8::1",
        "3fff::1",
        "100::1",
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "fc00::1",
        "fd12:3456::1",
        "ff02::1",
        "localhost",
        "",
    ],
)
def test_an_address_that_is_not_public_is_never_asked(address: str) -> None:
    assert not is_public(address)
    with pytest.raises(GuardedFetchError) as caught:
        GuardedFetcher(resolver=lambda host, port: [address]).fetch(f"https://{NAME}/", max_bytes=10)
    assert caught.value.code == "fetch.private_address"


@pytest.mark.parametrize("address", ["8.8.8.8", "193.52.0.1", "2a01:e0a::1", "2606:4700:4700::1111"])
def test_a_public_address_is_public(address: str) -> None:
    assert is_public(address)


def test_one_private_address_among_public_ones_is_enough_to_refuse() -> None:
    fetcher = GuardedFetcher(resolver=lambda host, port: ["8.8.8.8", "10.0.0.1"])

    with pytest.raises(GuardedFetchError) as caught:
        fetcher.fetch(f"https://{NAME}/", max_bytes=10)

    assert caught.value.code == "fetch.private_address"


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://atelier.example/", "fetch.not_https"),
        ("http://localhost:8000/", "fetch.not_https"),
        ("ftp://atelier.example/", "fetch.not_https"),
        ("file:///etc/passwd", "fetch.not_https"),
        ("", "fetch.not_https"),
        ("https://", "fetch.bad_url"),
        ("https://user:secret@atelier.example/", "fetch.bad_url"),
        ("https://atelier.example:22/", "fetch.bad_url"),
        ("https://atelier.example:0/", "fetch.bad_url"),
        ("https://atelier.example:99999/", "fetch.bad_url"),
        ("https://atelier.example/a b", "fetch.bad_url"),
        ("https://atelier.example/\r\nHost: x", "fetch.bad_url"),
        ("https://atelier.example\\@x/", "fetch.bad_url"),
        ("https://[::1/", "fetch.bad_url"),
        ("https://a.example/" + "x" * 3000, "fetch.bad_url"),
        ("https://127.0.0.1/", "fetch.private_address"),
        ("https://[::1]/", "fetch.private_address"),
        ("https://2130706433/", "fetch.private_address"),
        ("https://0x7f.1/", "fetch.private_address"),
    ],
)
def test_an_address_that_is_not_right_is_refused_before_any_connection(url: str, code: str) -> None:
    with pytest.raises(GuardedFetchError) as caught:
        GuardedFetcher().fetch(url, max_bytes=10)

    assert caught.value.code == code
    assert "secret" not in str(caught.value)
    assert "secret" not in labels.sentence(caught.value.code, caught.value.facts)


@dataclass
class Site:
    """A TLS server on this machine that calls itself `NAME`."""

    port: int
    context: ssl.SSLContext
    asked: list[tuple[str, str]] = field(default_factory=list)

    def fetcher(self, **options: object) -> GuardedFetcher:
        settings: dict[str, object] = {
            "resolver": lambda host, port: ["127.0.0.1"],
            "allow_private": True,
            "ssl_context": self.context,
        }
        return GuardedFetcher(**{**settings, **options})  # type: ignore[arg-type]  # a table of options

    def url(self, path: str, host: str = NAME) -> str:
        return f"https://{host}:{self.port}{path}"


class Handler(http.server.BaseHTTPRequestHandler):
    site: ClassVar[Site]

    def do_GET(self) -> None:
        self.site.asked.append((self.path, self.headers["Host"]))
        body, headers, status = b'{"ok": true}', {}, 200
        if self.path == "/moved":
            status, headers = 302, {"Location": "/json"}
        elif self.path == "/round":
            status, headers = 302, {"Location": "/round"}
        elif self.path == "/inside":
            status, headers = 302, {"Location": "http://127.0.0.1/"}
        elif self.path == "/missing":
            status = 404
        elif self.path == "/large":
            body = b"x" * 5000
        elif self.path == "/bomb":
            body, headers = gzip.compress(bytes(30_000_000)), {"Content-Encoding": "gzip"}
        elif self.path == "/packed":
            body, headers = gzip.compress(b"packed"), {"Content-Encoding": "gzip"}
        elif self.path == "/cut-gzip":
            body, headers = gzip.compress(b"whole")[:-4], {"Content-Encoding": "gzip"}
        elif self.path in {"/cut", "/unstated"}:
            stated = b"Content-Length: 9000\r\n" if self.path == "/cut" else b""
            self.wfile.write(b"HTTP/1.1 200 OK\r\n" + stated + b"\r\n" + b"x" * 5000)
            return
        elif self.path.startswith("/slow"):
            # In the body, or already in the headers.
            self.wfile.write(b"HTTP/1.1 200 OK\r\n" + (b"\r\n" if self.path == "/slow-body" else b"X: "))
            with contextlib.suppress(OSError):
                for _ in range(50):
                    self.wfile.write(b"x")
                    time.sleep(0.1)
            return
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", **headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Silent."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder: Path = tmp_path_factory.mktemp("tls")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = certificate.public_bytes(serialization.Encoding.PEM)
    (folder / "both.pem").write_bytes(
        pem
        + key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(folder / "both.pem")
    server.socket = serving.wrap_socket(server.socket, server_side=True)
    trusting = ssl.create_default_context(cadata=pem.decode())
    Handler.site = Site(server.server_port, trusting)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Handler.site
    server.shutdown()
    server.server_close()


def test_a_document_is_fetched_by_name_from_the_address_that_was_checked(site: Site) -> None:
    fetched = site.fetcher().fetch(site.url("/json?a=1"), max_bytes=100)

    assert fetched.body == b'{"ok": true}'
    assert fetched.content_type == "application/json"
    assert site.asked[-1] == ("/json?a=1", f"{NAME}:{site.port}")


def test_a_name_is_resolved_once_so_that_it_cannot_change_its_mind(site: Site) -> None:
    answers = [["127.0.0.1"], ["10.0.0.1"]]

    site.fetcher(resolver=lambda host, port: answers.pop(0)).fetch(site.url("/json"), max_bytes=100)

    assert answers == [["10.0.0.1"]]


def test_redirections_are_followed_and_checked_anew(site: Site) -> None:
    assert site.fetcher().fetch(site.url("/moved"), max_bytes=100).body == b'{"ok": true}'
    for path, code in (("/round", "fetch.too_many_redirects"), ("/inside", "fetch.not_https")):
        with pytest.raises(GuardedFetchError) as caught:
            site.fetcher().fetch(site.url(path), max_bytes=100)
        assert caught.value.code == code


@pytest.mark.parametrize(("asked", "met"), [("/json#part", "/json"), ("/moved", "/json")])
def test_a_document_says_where_it_lay_in_the_end(site: Site, asked: str, met: str) -> None:
    assert site.fetcher().fetch(site.url(asked), max_bytes=100).url == site.url(met)


def test_a_redirection_to_a_private_address_is_not_followed(site: Site) -> None:
    resolved = iter([["127.0.0.1"], ["10.0.0.1"]])
    fetcher = site.fetcher(resolver=lambda host, port: next(resolved))
    # The first name may be asked here; what follows is checked as for anybody.
    original = fetcher._check
    calls: list[str] = []

    def check(url: str, deadline: float) -> object:
        calls.append(url)
        fetcher._allow_private = len(calls) == 1
        return original(url, deadline)

    fetcher._check = check  # type: ignore[method-assign, assignment]  # lets the first step onto this machine

    with pytest.raises(GuardedFetchError) as caught:
        fetcher.fetch(site.url("/moved"), max_bytes=100)

    assert caught.value.code == "fetch.private_address"


def test_a_certificate_for_another_name_is_refused(site: Site) -> None:
    with pytest.raises(GuardedFetchError) as caught:
        site.fetcher().fetch(site.url("/json", "autre.example"), max_bytes=100)

    assert caught.value.code == "fetch.certificate"


def test_a_certificate_that_nobody_vouches_for_is_refused(site: Site) -> None:
    with pytest.raises(GuardedFetchError) as caught:
        site.fetcher(ssl_context=None).fetch(site.url("/json"), max_bytes=100)

    assert caught.value.code == "fetch.certificate"


def test_sizes_are_bounded_packed_or_not(site: Site) -> None:
    assert site.fetcher().fetch(site.url("/packed"), max_bytes=100).body == b"packed"
    for path in ("/large", "/bomb"):
        with pytest.raises(GuardedFetchError) as caught:
            site.fetcher().fetch(site.url(path), max_bytes=4999)
        assert caught.value.code == "fetch.too_large"
    assert len(site.fetcher().fetch(site.url("/large"), max_bytes=5000).body) == 5000


@pytest.mark.parametrize("path", ["/slow-body", "/slow-headers"])
def test_the_whole_takes_no_longer_than_allowed(site: Site, path: str) -> None:
    start = time.monotonic()

    with pytest.raises(GuardedFetchError) as caught:
        site.fetcher(deadline_seconds=0.5).fetch(site.url(path), max_bytes=100_000)

    assert caught.value.code == "fetch.timeout"
    assert time.monotonic() - start < 3


def test_what_answers_something_else_is_said(site: Site) -> None:
    with pytest.raises(GuardedFetchError) as caught:
        site.fetcher().fetch(site.url("/missing"), max_bytes=100)

    assert (caught.value.code, caught.value.facts["status"]) == ("fetch.status", 404)


def test_an_unknown_host_and_a_closed_port_are_said() -> None:
    def unknown(host: str, port: int) -> list[str]:
        raise OSError("no such host")

    with pytest.raises(GuardedFetchError) as caught:
        GuardedFetcher(resolver=unknown).fetch(f"https://{NAME}/", max_bytes=10)
    assert caught.value.code == "fetch.unknown_host"
    closed = GuardedFetcher(resolver=lambda host, port: ["127.0.0.1"], allow_private=True)
    with pytest.raises(GuardedFetchError) as caught:
        closed.fetch(f"https://{NAME}:1024/", max_bytes=10)
    assert caught.value.code == "fetch.unreachable"


def test_a_resolver_that_hangs_is_left_behind() -> None:
    def hanging(host: str, port: int) -> list[str]:
        time.sleep(3)
        return ["8.8.8.8"]

    start = time.monotonic()
    with pytest.raises(GuardedFetchError) as caught:
        GuardedFetcher(resolver=hanging, deadline_seconds=0.3).fetch(f"https://{NAME}/", max_bytes=10)

    assert caught.value.code == "fetch.timeout"
    assert time.monotonic() - start < 2


def test_a_download_goes_into_a_file_and_tells_how_far_it_is(site: Site, tmp_path: Path) -> None:
    stated: list[int] = []
    read: list[int] = []

    with (tmp_path / "large").open("wb") as stream:
        fetched = site.fetcher().download(
            site.url("/large"), into=stream, max_bytes=5000, expect=stated.append, advance=read.append
        )

    assert (tmp_path / "large").read_bytes() == b"x" * 5000
    assert (fetched.body, fetched.url) == (b"", site.url("/large"))
    assert (stated, sum(read)) == ([5000], 5000)


@pytest.mark.parametrize("path", ["/large", "/bomb", "/unstated"])
def test_a_download_stops_at_its_bound_on_the_disk_too(site: Site, tmp_path: Path, path: str) -> None:
    with (tmp_path / "large").open("wb") as stream, pytest.raises(GuardedFetchError) as caught:
        site.fetcher().download(site.url(path), into=stream, max_bytes=4999)

    assert caught.value.code == "fetch.too_large"
    assert (tmp_path / "large").stat().st_size <= 4999


def test_a_download_that_is_cut_is_no_document(site: Site, tmp_path: Path) -> None:
    for path in ("/cut", "/cut-gzip"):
        with (tmp_path / "cut").open("wb") as stream, pytest.raises(GuardedFetchError) as caught:
            site.fetcher().download(site.url(path), into=stream, max_bytes=100_000)

        assert caught.value.code == "fetch.unreachable"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device here that is always full")
def test_a_full_disk_is_said_as_such(site: Site) -> None:
    with Path("/dev/full").open("wb", buffering=0) as stream, pytest.raises(GuardedFetchError) as caught:
        site.fetcher().download(site.url("/large"), into=stream, max_bytes=5000)

    assert caught.value.code == "fetch.no_room"
