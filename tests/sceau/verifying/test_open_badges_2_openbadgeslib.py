"""A second opinion on Open Badges 2: what openbadgeslib signs holds here, and it judges the same as we do."""

from __future__ import annotations

import json
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from openbadgeslib import baking, ob2
from tests.sceau.verifying.test_open_badges_2 import (
    CLASS,
    FAILED,
    HOME,
    ISSUER,
    KEY,
    PASSED,
    answer,
    assertion,
    badge_class,
    checked,
    fetcher,
    key_page,
    profile,
    signed_site,
    site,
)

from sceau.formats import baking as sceau_baking
from sceau.formats import open_badges_2
from sceau.testing import EXAMPLE_MOMENT

KEYS: dict[str, Any] = {
    "RS256": rsa.generate_private_key(public_exponent=65537, key_size=2048),
    "ES256": ec.generate_private_key(ec.SECP256R1()),
    "EdDSA": ed25519.Ed25519PrivateKey.generate(),
}


def theirs(algorithm: str) -> str:
    pem = KEYS[algorithm].private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    badge = ob2.Assertion(
        recipient=ob2.IdentityObject.create("camille@example.org", "sel"),
        badge=CLASS,
        verification=ob2.Verification("SignedBadge", creator=KEY),
        issued_on=EXAMPLE_MOMENT,
    )
    token: str = ob2.OB2Signer(pem, algorithm).sign(badge)
    return token


def accepts(given: dict[str, Any], pages: dict[str, Any]) -> bool:
    source = fetcher(pages)
    verifier = ob2.OB2Verifier(download=lambda url: source.fetch(url, max_bytes=200_000).body)
    try:
        verifier.verify_hosted(json.dumps(given))
    except ob2.OB2VerificationError:
        return False
    return True


@pytest.mark.parametrize("algorithm", KEYS)
def test_what_it_signs_holds_here(algorithm: str) -> None:
    token = theirs(algorithm)
    read = open_badges_2.read(token)

    result = checked(token, signed_site(key=key_page(KEYS[algorithm])))

    assert answer(result) == (PASSED, [])
    assert read.document is not None
    assert open_badges_2.is_recipient(read.document, "camille@example.org")
    assert not open_badges_2.is_recipient(read.document, "autre@example.org")


def test_it_and_we_judge_a_token_with_another_key_alike() -> None:
    pages = signed_site(key=key_page(rsa.generate_private_key(65537, 2048)))
    source = fetcher(pages)
    verifier = ob2.OB2Verifier(download=lambda url: source.fetch(url, max_bytes=200_000).body)

    with pytest.raises(ob2.OB2VerificationError):
        verifier.verify(theirs("RS256"))
    assert answer(checked(theirs("RS256"), pages)) == (FAILED, ["proof.mismatch"])


FAR = "https://badges.example.net"
HOSTED: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "whole": (assertion(), site()),
    "another recipient": (
        assertion(recipient={"type": "email", "hashed": False, "identity": "autre@example.org"}),
        site(),
    ),
    "another end": (assertion(expires="2099-01-01T00:00:00Z"), site()),
    "another site": (
        assertion(id=f"{FAR}/b/7"),
        {f"{FAR}/b/7": assertion(id=f"{FAR}/b/7"), CLASS: badge_class(), ISSUER: profile()},
    ),
    "another site that is allowed": (
        assertion(id=f"{FAR}/b/7"),
        {
            f"{FAR}/b/7": assertion(id=f"{FAR}/b/7"),
            CLASS: badge_class(),
            ISSUER: profile(verification={"allowedOrigins": ["badges.example.net", "haies.example.org"]}),
        },
    ),
    "a narrower place": (
        assertion(),
        site(issuer=profile(verification={"startsWith": f"{HOME}/officiel/"})),
    ),
}


@pytest.mark.parametrize("case", HOSTED)
def test_it_and_we_judge_a_hosted_badge_alike(case: str) -> None:
    given, pages = HOSTED[case]

    assert (answer(checked(given, pages))[0] is PASSED) == accepts(given, pages)


def test_what_it_bakes_into_a_drawing_is_read_and_verified() -> None:
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg"><circle r="3"/></svg>'
    baked = sceau_baking.unbake(baking.bake_svg(drawing, theirs("EdDSA")))

    result = checked(baked.content, signed_site(key=key_page(KEYS["EdDSA"])))

    assert baked.kind == open_badges_2.name
    assert answer(result) == (PASSED, [])
