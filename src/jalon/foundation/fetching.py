"""
Getting a document from an address that a stranger gave, without letting the stranger look into our network.

https only; the name is resolved once, every address it has must be public, and the connection goes to the
address that
was checked while the certificate is verified for the name, so that a name which changes its mind in between
(DNS rebinding) gains nothing. Redirections are followed by hand, each one checked anew. Size, time and their
number are
bounded, and the size is that of the unpacked body.
"""

from __future__ import annotations

import contextlib
import io
import ipaddress
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import BinaryIO
from urllib.parse import SplitResult, urljoin, urlsplit

import urllib3
import urllib3.connection
from urllib3.util import Timeout

from jalon.foundation import clock
from sceau.errors import FetchError
from sceau.ports import Fetched

USER_AGENT = "Jalon (https; credential verification)"
_REDIRECTS = {301, 302, 303, 307, 308}
_CHUNK = 16 * 1024
_NAT64 = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))
# Public on paper, and yet a way to an IPv4 address that was not looked at, or to nowhere anybody publishes.
_NEVER = tuple(
    ipaddress.ip_network(block)
    for block in (
        "0.0.0.0/8",
        "100.64.0.0/10",
        "192.0.0.0/24",
        "192.88.99.0/24",
        "198.18.0.0/15",
        "255.255.255.255/32",
        "::/96",
        "100::/64",
        "2001::/23",
        "2002::/16",
        "3fff::/20",
        "5f00::/16",
        "fec0::/10",
    )
)

Resolve = Callable[[str, int], Sequence[str]]
"""Addresses of a host name, as text."""


class GuardedFetchError(FetchError):
    """
    An address that was not followed or did not answer.

    Attributes:
        code: ``"fetch.private_address"``… all worded by `foundation.labels`.
        facts: ``{"url": …, "host": …}``.
    """

    def __init__(self, code: str, detail: str, **facts: object) -> None:
        super().__init__(detail)
        self.code = code
        self.facts = facts


def resolve(host: str, port: int) -> list[str]:
    """The addresses that the system knows for *host*, without repetition."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]).partition("%")[0] for entry in found))


def is_public(address: str) -> bool:
    """
    Whether *address* may be asked by a server: reachable from anywhere, and hiding no other address.

    Refused: private, loopback, link-local, multicast, reserved, shared (CGNAT), unspecified, documentation;
        IPv6 that
    carries IPv4 (mapped, compatible, NAT64, 6to4, Teredo), since the address inside is the one that would be
    asked.
    """
    try:
        met = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if (
        not met.is_global
        or met.is_multicast
        or met.is_reserved
        or met.is_unspecified
        or met.is_loopback
        or met.is_link_local
    ):
        return False
    if isinstance(met, ipaddress.IPv6Address) and (
        met.ipv4_mapped or met.sixtofour or met.teredo or any(met in block for block in _NAT64)
    ):
        return False
    return not any(met in block for block in _NEVER if block.version == met.version)


class _Cutter:
    """
    Cuts a connection when its time is over, wherever it is: a socket's own time-out starts anew with each
    byte,
    and a server that sends one from time to time would keep us for ever.
    """

    def __init__(self, seconds: float) -> None:
        self.is_over = False
        self._sockets: list[socket.socket] = []
        self._timer = threading.Timer(max(seconds, 0), self._cut)
        self._timer.daemon = True

    def __enter__(self) -> _Cutter:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        for each in self._sockets:
            each.close()

    def _cut(self) -> None:
        self.is_over = True
        for each in self._sockets:
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def connection_class(self) -> type[urllib3.connection.HTTPSConnection]:
        """A kind of connection whose socket this cutter holds."""
        sockets = self._sockets

        class Watched(urllib3.connection.HTTPSConnection):
            def _new_conn(self) -> socket.socket:
                made = super()._new_conn()
                # A second handle on the same connection: TLS takes the first one over.
                sockets.append(made.dup())
                return made

        return Watched


@dataclass(frozen=True)
class _Target:
    """A checked address, with the name it was reached by."""

    url: SplitResult
    host: str
    port: int
    address: str

    @property
    def path(self) -> str:
        return (self.url.path or "/") + (f"?{self.url.query}" if self.url.query else "")

    @property
    def headers(self) -> dict[str, str]:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return {
            "Host": host if self.port == 443 else f"{host}:{self.port}",
            "User-Agent": USER_AGENT,
            "Accept": "application/json, application/ld+json, application/vc+ld+json, */*;q=0.1",
            "Accept-Encoding": "gzip, identity",
        }

    def refusal(self, code: str, detail: str, **facts: object) -> GuardedFetchError:
        """The error of *code*, with the facts that its sentence needs."""
        return GuardedFetchError(code, detail, url=_shown(self.url.geturl()), host=self.host, **facts)


@dataclass(frozen=True)
class _Sent:
    """What goes along with a request."""

    body: bytes
    content_type: str


def _unheard(_size: int) -> None:
    """Nobody is told how far it is."""


@dataclass(frozen=True)
class _Sink:
    """
    Where a body goes as it comes.

    Attributes:
        expect: Told once the length that the server states, where it states one.
        advance: Told each stretch of bytes that came over the wire.
    """

    stream: BinaryIO = field(default_factory=io.BytesIO)
    expect: Callable[[int], None] = _unheard
    advance: Callable[[int], None] = _unheard

    @property
    def body(self) -> bytes:
        """What came, where it was kept in memory."""
        return self.stream.getvalue() if isinstance(self.stream, io.BytesIO) else b""


class GuardedFetcher:
    """
    Implements `sceau.ports.Fetcher`.

    Args:
        deadline_seconds: For everything together: name, connection, redirections, body.
        max_redirects: How many redirections are followed.
        resolver: Replaces the system's resolver.
        allow_private: Tests only: also addresses of one's own machine.
        ssl_context: Tests only: whom to trust; the system's authorities otherwise.
    """

    def __init__(
        self,
        *,
        deadline_seconds: float = 10.0,
        max_redirects: int = 3,
        resolver: Resolve = resolve,
        allow_private: bool = False,
        ssl_context: ssl.SSLContext | None = None,
    ) -> None:
        self._deadline_seconds = deadline_seconds
        self._max_redirects = max_redirects
        self._resolver = resolver
        self._allow_private = allow_private
        self._ssl_context = ssl_context

    def fetch(self, url: str, *, max_bytes: int) -> Fetched:
        """
        Get the document at *url*.

        Raises:
            GuardedFetchError: Its code says why; also when the unpacked body is larger than *max_bytes*.
        """
        return self._fetched(url, None, max_bytes, _Sink())

    def download(
        self,
        url: str,
        *,
        into: BinaryIO,
        max_bytes: int,
        expect: Callable[[int], None] = _unheard,
        advance: Callable[[int], None] = _unheard,
    ) -> Fetched:
        """
        Get the document at *url* into an open file, a stretch at a time: it is never whole in memory.

        Args:
            expect: Told once how many bytes the server says there are, where it says so.
            advance: Told each stretch of bytes that came.

        Returns:
            As `fetch`, with an empty body.

        Raises:
            GuardedFetchError: As `fetch`; ``fetch.no_room`` where *into* takes no more.
        """
        return self._fetched(url, None, max_bytes, _Sink(into, expect, advance))

    def post(self, url: str, body: bytes, *, content_type: str, max_bytes: int) -> Fetched:
        """
        Send *body* to *url* and bring the answer back; a redirection is not followed.

        Raises:
            GuardedFetchError: As `fetch`.
        """
        return self._fetched(url, _Sent(body, content_type), max_bytes, _Sink())

    def _fetched(self, url: str, sent: _Sent | None, max_bytes: int, sink: _Sink) -> Fetched:
        deadline = time.monotonic() + self._deadline_seconds
        met = url
        for _ in range(1 if sent else self._max_redirects + 1):
            target = self._check(met, deadline)
            answer = self._ask(target, sent, max_bytes, deadline, sink)
            if isinstance(answer, Fetched):
                return answer
            met = urljoin(met, answer)
        detail = f"expected an answer, met redirections from {_shown(url)}"
        raise GuardedFetchError("fetch.too_many_redirects", detail, url=_shown(url))

    def _check(self, url: str, deadline: float) -> _Target:
        """The address to connect to, resolved once and found public."""
        parts = _split(url)
        target = _Target(parts, (parts.hostname or "").rstrip("."), parts.port or 443, "")
        try:
            addresses = self._resolved(target, deadline)
        except (OSError, UnicodeError) as error:
            detail = f"expected an address for {target.host}: {error}"
            raise target.refusal("fetch.unknown_host", detail) from error
        if not addresses:
            raise target.refusal("fetch.unknown_host", f"expected an address for {target.host}, met none")
        # One private address among public ones is refused too: which of them is asked must not be a matter
        # of luck.
        if not self._allow_private and not all(is_public(address) for address in addresses):
            raise target.refusal("fetch.private_address", f"expected public addresses for {target.host}")
        return replace(target, address=addresses[0])

    def _resolved(self, target: _Target, deadline: float) -> Sequence[str]:
        """The system's resolver knows no time limit: it is left behind in its thread when time is over."""
        found: list[Sequence[str]] = []
        failed: list[Exception] = []

        def resolve_in_thread() -> None:
            try:
                found.append(self._resolver(target.host, target.port))
            except (OSError, UnicodeError) as error:
                failed.append(error)

        thread = threading.Thread(target=resolve_in_thread, daemon=True)
        thread.start()
        thread.join(max(0.0, deadline - time.monotonic()))
        if failed:
            raise failed[0]
        if not found:
            raise target.refusal("fetch.timeout", f"expected an address for {target.host} in time")
        return found[0]

    def _ask(
        self, target: _Target, sent: _Sent | None, max_bytes: int, deadline: float, sink: _Sink
    ) -> Fetched | str:
        """The document, or where a redirection points to."""
        left = deadline - time.monotonic()
        if left <= 0:
            raise target.refusal("fetch.timeout", f"expected {target.host} to answer in time")
        with _Cutter(left) as cutter:
            try:
                answer = self._ask_once(target, sent, max_bytes, left, cutter, sink)
            except GuardedFetchError:
                raise
            except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
                code = "fetch.timeout" if cutter.is_over else _code_of(error)
                raise target.refusal(code, f"{target.host}: {error}") from error
            # A body without a stated length ends where it was cut.
            if cutter.is_over:
                raise target.refusal("fetch.timeout", f"expected {target.host} to finish in time")
            return answer

    def _ask_once(
        self,
        target: _Target,
        sent: _Sent | None,
        max_bytes: int,
        left: float,
        cutter: _Cutter,
        sink: _Sink,
    ) -> Fetched | str:
        pool = urllib3.HTTPSConnectionPool(
            target.address,
            target.port,
            timeout=Timeout(connect=min(left, 5.0), read=min(left, 5.0)),
            maxsize=1,
            retries=False,
            ssl_context=self._ssl_context,
            cert_reqs="CERT_REQUIRED",
            assert_hostname=target.host,
            server_hostname=target.host,
        )
        pool.ConnectionCls = cutter.connection_class()
        try:
            response = pool.urlopen(
                "POST" if sent else "GET",
                target.path,
                body=sent.body if sent else None,
                headers=target.headers | ({"Content-Type": sent.content_type} if sent else {}),
                redirect=False,
                preload_content=False,
                decode_content=False,
            )
            try:
                return _answer(response, target, max_bytes, sink)
            finally:
                response.close()
        finally:
            pool.close()


def _code_of(error: Exception) -> str:
    if isinstance(error, urllib3.exceptions.SSLError):
        return "fetch.certificate"
    # A refused connection is a kind of time-out for urllib3; it is none for people.
    if isinstance(error, urllib3.exceptions.TimeoutError) and not isinstance(
        error, urllib3.exceptions.NewConnectionError
    ):
        return "fetch.timeout"
    return "fetch.unreachable"


def _answer(
    response: urllib3.BaseHTTPResponse, target: _Target, max_bytes: int, sink: _Sink
) -> Fetched | str:
    if response.status in _REDIRECTS and response.headers.get("Location"):
        return response.headers["Location"]
    if response.status != 200:
        detail = f"expected 200 from {target.host}, met {response.status}"
        raise target.refusal("fetch.status", detail, status=response.status)
    _receive(response, target, max_bytes, sink)
    kind = response.headers.get("Content-Type", "")
    return Fetched(sink.body, clock.now(), kind, _without_fragment(target.url))


def _without_fragment(url: SplitResult) -> str:
    return url._replace(fragment="").geturl()


def _receive(response: urllib3.BaseHTTPResponse, target: _Target, max_bytes: int, sink: _Sink) -> None:
    """Write the body into *sink*, unpacked as it comes, and give up as soon as it is too large."""
    packing = response.headers.get("Content-Encoding", "identity").strip().lower()
    if packing not in {"", "identity", "gzip", "x-gzip"}:
        raise ValueError(f"expected gzip or nothing, met {packing}")
    unpacker = zlib.decompressobj(16 + zlib.MAX_WBITS) if "gzip" in packing else None
    stated = response.headers.get("Content-Length", "")
    # What a server says of itself is believed only where it is more than we take.
    if stated.isascii() and stated.isdecimal() and int(stated[:20]) > max_bytes:
        raise _too_large(target, max_bytes)
    if stated.isascii() and stated.isdecimal():
        sink.expect(int(stated))
    kept = received = 0
    while raw := response.read(_CHUNK, decode_content=False):
        received += len(raw)
        try:
            body = unpacker.decompress(raw, max_bytes + 1 - kept) if unpacker else raw
        except zlib.error as error:
            raise ValueError(f"expected gzip, met {error}") from error
        kept += len(body)
        if kept > max_bytes or received > max_bytes + _CHUNK:
            raise _too_large(target, max_bytes)
        _write(body, target, sink)
        sink.advance(len(raw))
    if unpacker and not unpacker.eof:
        raise ValueError("expected the whole of a gzip, met its beginning")


def _write(body: bytes, target: _Target, sink: _Sink) -> None:
    try:
        sink.stream.write(body)
    except OSError as error:
        raise target.refusal("fetch.no_room", f"expected room for {target.host}'s file: {error}") from error


def _too_large(target: _Target, max_bytes: int) -> GuardedFetchError:
    detail = f"expected at most {max_bytes} bytes from {target.host}, met more"
    return target.refusal("fetch.too_large", detail, limit=max_bytes // 1024)


def _split(url: str) -> SplitResult:
    """
    The parts of an address that may be asked.

    Raises:
        GuardedFetchError: Not https, with a user name or password, a port below 1024 other than 443, or
            malformed.
    """
    try:
        if len(url) > 2_000 or any(sign <= " " or sign in "\\\x7f" for sign in url):
            raise ValueError("expected an address without spaces or control characters")
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise GuardedFetchError("fetch.bad_url", f"{_shown(url)!r}: {error}", url=_shown(url)) from error
    if parts.scheme.lower() != "https":
        raise GuardedFetchError("fetch.not_https", f"expected https, met {_shown(url)!r}", url=_shown(url))
    odd_port = port is not None and port != 443 and not 1024 <= port <= 65_535
    if not parts.hostname or "@" in parts.netloc or odd_port:
        raise GuardedFetchError(
            "fetch.bad_url", f"expected https://host/path, met {_shown(url)!r}", url=_shown(url)
        )
    return parts


def _shown(url: str) -> str:
    """An address for a message: short, and without a password that somebody left in it."""
    scheme, mark, rest = url.partition("://")
    authority, slash, path = rest.partition("/")
    bare = "".join(
        sign for sign in scheme + mark + authority.rpartition("@")[2] + slash + path if sign.isprintable()
    )
    return bare if len(bare) <= 120 else bare[:119] + "…"
