"""Attacks on Open Badges 2 and 1: what the site says against what is in hand, and whose key it is."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from tests.sceau.formats.test_baking_png import itxt, png
from tests.sceau.hostile.good import PASSED, Ask, Attack, Data, ask_verify, attempt, failed, refused, unknown

from sceau.did.resolver import Resolver
from sceau.errors import SeveralFoundError, UnreadableError
from sceau.keys.jwk import base64url_encode
from sceau.ports import Fetched
from sceau.testing import MemoryFetcher
from sceau.verifying.report import Question

SITE, FAR = "https://haies.example.org", "https://ailleurs.example"
HOME, CLASS, ISSUER, KEY = (f"{SITE}/{name}" for name in ("b/7", "classes/haie", "association", "cle"))
Pages = Mapping[str, Any]


def assertion(**changes: Any) -> dict[str, Any]:
    made = {
        "@context": "https://w3id.org/openbadges/v2",
        "type": "Assertion",
        "id": HOME,
        "recipient": {"type": "email", "hashed": False, "identity": "camille@example.org"},
        "issuedOn": "2026-05-30T16:00:00Z",
        "verification": {"type": "hosted"},
        "badge": CLASS,
    }
    return {name: value for name, value in (made | changes).items() if value is not None}


def badge_class(**changes: Any) -> dict[str, Any]:
    return {
        "type": "BadgeClass",
        "id": CLASS,
        "name": "Planter une haie",
        "description": "Planter une haie champêtre.",
        "criteria": {"narrative": "Planter cinquante mètres."},
        "issuer": ISSUER,
    } | changes


def profile(**changes: Any) -> dict[str, Any]:
    return {
        "type": "Profile",
        "id": ISSUER,
        "name": "Les Haies (fictif)",
        "url": SITE,
        "email": "a@b.fr",
    } | changes


def site(**changes: Any) -> dict[str, Any]:
    """What the issuer serves."""
    pages = {"home": assertion(), "badge": badge_class(), "issuer": profile(), "key": None} | changes
    names = {"home": HOME, "badge": CLASS, "issuer": ISSUER, "key": KEY}
    return {names.get(name, name): page for name, page in pages.items() if page is not None}


class Elsewhere(MemoryFetcher):
    """Whatever is asked for was found at another site, to which the first only pointed."""

    def fetch(self, url: str, *, max_bytes: int) -> Fetched:
        return replace(super().fetch(url, max_bytes=max_bytes), url=f"{FAR}/copie")


def _pages(pages: Pages) -> dict[str, bytes]:
    return {
        url: page if isinstance(page, bytes) else json.dumps(page).encode() for url, page in pages.items()
    }


def intact(make: Callable[[], Data], pages: Pages | None = None, fetcher: type = MemoryFetcher) -> Ask:
    source = fetcher(_pages(site() if pages is None else pages))
    return lambda: attempt(lambda: ask_verify(make(), Question.INTACT, resolver=Resolver(fetcher=source)))


@functools.cache
def private_key(number: int = 1) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65_537, key_size=2_048)


def pem(number: int = 1) -> str:
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return private_key(number).public_key().public_bytes(serialization.Encoding.PEM, form).decode()


def token(number: int = 1, *, header: Mapping[str, Any] | None = None, **changes: Any) -> str:
    said = {"id": "urn:uuid:1", "verification": {"type": "SignedBadge", "creator": KEY}} | changes
    head = base64url_encode(json.dumps({"alg": "RS256"} | dict(header or {})).encode())
    body = base64url_encode(json.dumps(assertion(**said)).encode())
    signature = private_key(number).sign(f"{head}.{body}".encode(), padding.PKCS1v15(), hashes.SHA256())
    return f"{head}.{body}.{base64url_encode(signature)}"


def signed_site(**changes: Any) -> dict[str, Any]:
    key = {"type": "CryptographicKey", "id": KEY, "owner": ISSUER, "publicKeyPem": pem()}
    return site(**{"home": None, "issuer": profile(publicKey=KEY), "key": key} | changes)


def swapped() -> str:
    head, _, signature = token().split(".")
    return f"{head}.{token(issuedOn='2026-06-30T16:00:00Z').split('.')[1]}.{signature}"


OB2 = b"openbadges"

ATTACKS = (
    Attack("a hosted badge as it is", intact(assertion), PASSED),
    Attack("a signed badge as it is", intact(token, signed_site()), PASSED),
    Attack(
        "a hosted badge in a picture",
        intact(lambda: png(itxt(json.dumps(assertion()).encode(), OB2))),
        PASSED,
    ),
    # What the site says
    Attack(
        "the hosted copy says another day",
        intact(assertion, site(home=assertion(issuedOn="2026-06-30T16:00:00Z"))),
        failed("hosted.differs"),
    ),
    Attack(
        "the hosted copy is of another person",
        intact(
            assertion,
            site(home=assertion(recipient={"type": "email", "hashed": False, "identity": "x@y.fr"})),
        ),
        failed("hosted.differs"),
    ),
    Attack(
        "the hosted copy is for another badge",
        intact(assertion, site(home=assertion(badge=f"{SITE}/classes/autre"))),
        failed("hosted.differs"),
    ),
    Attack(
        "a grade that only the copy in hand says",
        intact(lambda: assertion(narrative="Avec mention très bien.")),
        failed("hosted.differs"),
    ),
    Attack(
        "the badge class written out says more than the site's",
        intact(lambda: assertion(badge=badge_class(name="Paysagiste diplômé"))),
        failed("hosted.differs"),
    ),
    Attack(
        "at its address lies another assertion",
        intact(assertion, site(home=assertion(id=f"{SITE}/b/8"))),
        failed("hosted.other_document"),
    ),
    Attack(
        "at its address lies a web page",
        intact(assertion, site(home=b"<html>")),
        unknown("hosted.unreachable"),
    ),
    Attack("nothing answers", intact(assertion, {}), unknown("hosted.unreachable")),
    Attack("another site answers", intact(assertion, site(), Elsewhere), unknown("hosted.redirected")),
    Attack(
        "it lies at a site of the forger's, and names the issuer",
        intact(lambda: assertion(id=f"{FAR}/b/7"), site() | {f"{FAR}/b/7": assertion(id=f"{FAR}/b/7")}),
        failed("hosted.out_of_scope"),
    ),
    Attack(
        "its address is not https",
        intact(lambda: assertion(id="http://haies.example.org/b/7")),
        unknown("hosted.not_https"),
    ),
    Attack(
        "its address goes upwards",
        intact(lambda: assertion(id=f"{SITE}/x/../b/7")),
        unknown("hosted.not_https"),
    ),
    Attack("it has no address", intact(lambda: assertion(id=None)), unknown("hosted.not_https")),
    # Signed
    Attack(
        "the signature stripped off",
        intact(lambda: ".".join((*token().split(".")[:2], "")), signed_site()),
        failed("proof.mismatch"),
    ),
    Attack(
        "the token taken off, its text alone",
        intact(
            lambda: assertion(id="urn:uuid:1", verification={"type": "SignedBadge", "creator": KEY}),
            signed_site(),
        ),
        failed("proof.missing"),
    ),
    Attack("the payload of another badge", intact(swapped, signed_site()), failed("proof.mismatch")),
    Attack("signed with another key", intact(lambda: token(2), signed_site()), failed("proof.mismatch")),
    Attack(
        "the forger's own key, at the forger's site",
        intact(
            lambda: token(2, verification={"type": "SignedBadge", "creator": f"{FAR}/cle"}),
            signed_site() | {f"{FAR}/cle": {"id": f"{FAR}/cle", "owner": ISSUER, "publicKeyPem": pem(2)}},
        ),
        failed("proof.wrong_key"),
    ),
    Attack(
        "a key whose owner is another",
        intact(token, signed_site(key={"id": KEY, "owner": f"{FAR}/a", "publicKeyPem": pem()})),
        failed("proof.wrong_key"),
    ),
    Attack(
        "the key in the header",
        intact(lambda: token(2, header={"jwk": {"kty": "RSA"}}), signed_site()),
        failed("proof.mismatch"),
    ),
    Attack("alg none", intact(lambda: token(header={"alg": "none"}), signed_site()), failed("proof.missing")),
    Attack(
        "alg HS256", intact(lambda: token(header={"alg": "HS256"}), signed_site()), failed("proof.invalid")
    ),
    Attack(
        "b64 false",
        intact(lambda: token(header={"b64": False, "crit": ["b64"]}), signed_site()),
        unknown("proof.unsupported"),
    ),
    Attack(
        "1.x: a file with a key, at the forger's site",
        intact(
            lambda: token(2, verification=None, verify={"type": "signed", "url": f"{FAR}/cle.pem"}),
            site(home=None) | {f"{FAR}/cle.pem": pem(2).encode()},
        ),
        failed("proof.wrong_key"),
    ),
    # What cannot be read
    Attack(
        "two badges in a list",
        intact(lambda: json.dumps([assertion(), assertion()])),
        refused(UnreadableError),
    ),
    Attack(
        "a picture with ten of them",
        intact(
            lambda: png(*(itxt(json.dumps(assertion(id=f"{SITE}/b/{n}")).encode(), OB2) for n in range(10)))
        ),
        refused(SeveralFoundError),
    ),
    Attack(
        "a picture with one of each generation",
        intact(lambda: png(itxt(b"{}"), itxt(json.dumps(assertion()).encode(), OB2))),
        refused(SeveralFoundError),
    ),
    Attack(
        "nobody it was given to",
        intact(lambda: assertion(recipient=None), site(home=assertion(recipient=None))),
        failed("model.invalid"),
    ),
)
