"""The key binding: the holder signs just what is shown, for whoever asks; and all that is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from tests.sceau.proofs.test_sd_jwt import HOLDER, ISSUER, as_json, issued

from sceau.canon import strict_json
from sceau.errors import (
    ChallengeError,
    DataModelError,
    DomainError,
    KeyBindingError,
    MissingProofError,
    NoKeyBindingError,
    ProofError,
    ProofExpiredError,
    ProofNotYetError,
    SignatureMismatchError,
    UnsupportedProofError,
)
from sceau.keys import jwk
from sceau.keys.jwk import base64url_encode
from sceau.proofs import jose, key_binding, sd_jwt
from sceau.proofs.sd_jwt import SdJwt
from sceau.testing import EXAMPLE_MOMENT, key_signer

OTHER = key_signer(3)
AUDIENCE, NONCE = "x509_san_dns:verifier.example.org", "3f9c"


def bound(found: SdJwt | None = None, **changes: Any) -> SdJwt:
    usual: dict[str, Any] = {
        "signer": HOLDER,
        "audience": AUDIENCE,
        "nonce": NONCE,
        "created": EXAMPLE_MOMENT,
    }
    return key_binding.bind(found or sd_jwt.select(issued(), lambda path: True), **usual | changes)


def verify(found: SdJwt, **changes: Any) -> dict[str, Any]:
    usual: dict[str, Any] = {
        "key": HOLDER.public_key,
        "algorithms": {"EdDSA"},
        "at": EXAMPLE_MOMENT + timedelta(minutes=1),
        "audience": AUDIENCE,
        "nonce": NONCE,
        "max_age": timedelta(minutes=5),
    }
    return key_binding.verify(found, **usual | changes)


def rebound(typ: str = key_binding.TYPE, **claims: Any) -> SdJwt:
    """Bound with other claims, signed rightly; a claim of None is left out."""
    usual = bound()
    assert usual.binding is not None
    said = {name: value for name, value in (usual.binding.claims() | claims).items() if value is not None}
    token = jose.sign(strict_json.write(said), signer=HOLDER, typ=typ)
    return SdJwt(usual.token, usual.disclosures, jose.parse(token))


@pytest.mark.parametrize("hash_name", sd_jwt.HASHES)
def test_the_holder_signs_what_is_shown(hash_name: str) -> None:
    shown = sd_jwt.select(issued(hash_name=hash_name), lambda path: path == ("given_name",))

    found = sd_jwt.parse(bound(shown).compact)

    assert verify(found) == {
        "iat": int(EXAMPLE_MOMENT.timestamp()),
        "aud": AUDIENCE,
        "nonce": NONCE,
        "sd_hash": sd_jwt.digest(shown.compact, hash_name),
    }
    assert found.binding is not None
    assert found.binding.type == "kb+jwt"


def test_it_goes_with_the_json_form_too() -> None:
    found = bound()
    assert found.binding is not None

    (read,) = sd_jwt.parse_json(as_json(found, kb_jwt=found.binding.token))

    assert read == found


def stripped(found: SdJwt) -> SdJwt:
    return SdJwt(found.token, found.disclosures[:-1], found.binding)


UNBOUND: dict[str, tuple[Callable[[], SdJwt], dict[str, Any], type[ProofError]]] = {
    "none": (lambda: SdJwt(bound().token, bound().disclosures), {}, NoKeyBindingError),
    "another key": (lambda: bound(signer=OTHER), {}, SignatureMismatchError),
    "the issuer's key": (lambda: bound(signer=ISSUER), {}, SignatureMismatchError),
    "another question": (lambda: bound(nonce="0000"), {}, ChallengeError),
    "another verifier": (lambda: bound(audience="verifier.example.org"), {}, DomainError),
    "verifiers, several": (lambda: rebound(aud=[AUDIENCE]), {}, KeyBindingError),
    "no verifier": (lambda: rebound(aud=None), {}, KeyBindingError),
    "no question": (lambda: rebound(nonce=None), {}, KeyBindingError),
    "no digest": (lambda: rebound(sd_hash=None), {}, KeyBindingError),
    "another digest": (lambda: rebound(sd_hash=sd_jwt.digest("a")), {}, KeyBindingError),
    "a digest with an accent": (lambda: rebound(sd_hash="é"), {}, KeyBindingError),
    "no moment": (lambda: rebound(iat=None), {}, KeyBindingError),
    "a moment in words": (lambda: rebound(iat="now"), {}, ProofError),
    "a moment that is true": (lambda: rebound(iat=True), {}, ProofError),
    "too long ago": (lambda: bound(), {"at": EXAMPLE_MOMENT + timedelta(hours=1)}, KeyBindingError),
    "to come": (lambda: bound(created=EXAMPLE_MOMENT + timedelta(hours=1)), {}, ProofNotYetError),
    "not before": (lambda: rebound(nbf=int(EXAMPLE_MOMENT.timestamp()) + 3600), {}, ProofNotYetError),
    "past its end": (lambda: rebound(exp=int(EXAMPLE_MOMENT.timestamp())), {}, ProofExpiredError),
    "a token for another use": (lambda: rebound("jwt"), {}, KeyBindingError),
    "the attestation's own type": (lambda: rebound("dc+sd-jwt"), {}, KeyBindingError),
    "a disclosure stripped": (lambda: stripped(bound()), {}, KeyBindingError),
    "a disclosure added": (
        lambda: SdJwt(
            bound().token, issued().disclosures, bound(sd_jwt.select(issued(), lambda path: False)).binding
        ),
        {},
        KeyBindingError,
    ),
    "disclosures in another order": (
        lambda: SdJwt(bound().token, bound().disclosures[::-1], bound().binding),
        {},
        KeyBindingError,
    ),
    "another attestation": (
        lambda: SdJwt(issued({"a": 1}).token, (), bound().binding),
        {},
        KeyBindingError,
    ),
    "an algorithm that is not accepted": (lambda: bound(), {"algorithms": {"ES256"}}, UnsupportedProofError),
}


@pytest.mark.parametrize("way", UNBOUND)
def test_a_key_binding_that_is_refused(way: str) -> None:
    make, changes, error = UNBOUND[way]

    with pytest.raises(error) as met:
        verify(make(), **changes)

    assert type(met.value) is error


def test_a_key_binding_without_signature() -> None:
    usual = bound()
    assert usual.binding is not None
    header, claims = strict_json.write({"alg": "none", "typ": "kb+jwt"}), usual.binding.payload
    unsigned = jose.parse(f"{base64url_encode(header)}.{base64url_encode(claims)}.")

    with pytest.raises(MissingProofError):
        verify(SdJwt(usual.token, usual.disclosures, unsigned), algorithms={"EdDSA", "none"})


def test_what_was_not_asked_is_not_held_against_it() -> None:
    old = EXAMPLE_MOMENT + timedelta(days=400)

    assert verify(bound(), at=old, audience=None, nonce=None, max_age=None)["aud"] == AUDIENCE


def test_a_binding_is_not_made_at_a_naive_moment() -> None:
    with pytest.raises(DataModelError):
        bound(created=EXAMPLE_MOMENT.replace(tzinfo=None))


def test_the_holders_key() -> None:
    key = jwk.encode(HOLDER.public_key)

    assert key_binding.holder_key({}) is None
    assert key_binding.holder_key({"cnf": {"jwk": key}}) == key
    for other in ("a", {}, {"kid": "did:example:a#1"}, {"jwk": "a"}, None):
        with pytest.raises(UnsupportedProofError):
            key_binding.holder_key({"cnf": other})
