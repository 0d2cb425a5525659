"""
The key binding of an SD-JWT: the holder signs what is shown, for one verifier and in answer to its question.

    {"iat": …, "aud": "x509_san_dns:verifieur.example", "nonce": "…", "sd_hash": "…"}

Source:
    RFC 9901, sections 4.3 and 7.3.
"""

from __future__ import annotations

import hmac
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sceau.canon import strict_json
from sceau.errors import (
    ChallengeError,
    DomainError,
    KeyBindingError,
    NoKeyBindingError,
    ProofError,
    ProofExpiredError,
    ProofNotYetError,
    UnsupportedProofError,
)
from sceau.keys.public import PublicKey
from sceau.model import moments
from sceau.ports import Signer
from sceau.proofs import jose, sd_jwt
from sceau.proofs.sd_jwt import SdJwt

TYPE = "kb+jwt"


def bind(shown: SdJwt, *, signer: Signer, audience: str, nonce: str, created: datetime) -> SdJwt:
    """
    Sign what is shown with the holder's key, for one verifier and in answer to its question.

    Args:
        signer: With the key that the issuer wrote into ``cnf``.
        audience: The verifier; for OpenID4VP its whole client id, prefix included.

    Source:
        RFC 9901, section 4.3.
    """
    moments.write(created)  # refuses a naive one
    claims = {
        "iat": int(created.timestamp()),
        "aud": audience,
        "nonce": nonce,
        "sd_hash": sd_jwt.digest(shown.bare, shown.hash_name),
    }
    token = jose.sign(strict_json.write(claims), signer=signer, typ=TYPE)
    return replace(shown, binding=jose.parse(token))


def holder_key(claims: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """
    The JWK of the holder, where the issuer bound the token to one.

    Raises:
        UnsupportedProofError: The holder's key is named in another way than as a JWK.

    Source:
        RFC 7800, section 3.
    """
    if "cnf" not in claims:
        return None
    confirmation = claims["cnf"]
    found = confirmation.get("jwk") if isinstance(confirmation, dict) else None
    if not isinstance(found, dict):
        raise UnsupportedProofError("expected the holder's key as cnf.jwk, met something else")
    return found


def verify(
    shown: SdJwt,
    *,
    key: PublicKey,
    algorithms: Collection[str],
    at: datetime,
    audience: str | None = None,
    nonce: str | None = None,
    max_age: timedelta | None = None,
    clock_skew: timedelta = timedelta(),
) -> dict[str, Any]:
    """
    Check that the holder signed just this, for whoever asks.

    Args:
        key: The holder's, out of what the issuer signed.
        audience, nonce: Of this verifier; None where it did not ask, and then nothing is held against them.
        max_age: How old an answer may be; None where that does not matter.

    Returns:
        What the binding says.

    Raises:
        NoKeyBindingError: There is none.
        KeyBindingError: Made for another use, over something else, or too long ago.
        ChallengeError: Another question's.
        DomainError: Another verifier's.
        ProofNotYetError, ProofExpiredError: By its own moments.
        SignatureMismatchError, ProofError, UnsupportedProofError: As `jose.verify`.

    Source:
        RFC 9901, section 7.3, step 5.
    """
    binding = shown.binding
    if binding is None:
        raise NoKeyBindingError("expected a key binding of the holder, met none")
    if binding.type != TYPE:
        raise KeyBindingError(f"expected typ {TYPE}, met {binding.type[:40]!a}")
    jose.verify(binding, key, algorithms=algorithms)
    claims = binding.claims()
    for name in ("aud", "nonce", "sd_hash"):
        if not isinstance(claims.get(name), str):
            raise KeyBindingError(f"expected {name} in the key binding as text, met something else")
    expected = sd_jwt.digest(shown.bare, shown.hash_name)
    if not hmac.compare_digest(claims["sd_hash"].encode(), expected.encode()):
        raise KeyBindingError("expected a key binding over what is shown, met one over something else")
    _check_moments(claims, at, max_age, clock_skew)
    if nonce is not None and claims["nonce"] != nonce:
        raise ChallengeError(f"expected the challenge {nonce[:80]!a}, met {claims['nonce'][:80]!a}")
    if audience is not None and claims["aud"] != audience:
        raise DomainError(f"expected the audience {audience[:120]!a}, met {claims['aud'][:120]!a}")
    return claims


def _check_moments(
    claims: Mapping[str, Any], at: datetime, max_age: timedelta | None, clock_skew: timedelta
) -> None:
    if "iat" not in claims:
        raise KeyBindingError("expected iat, the moment of the key binding, met none")
    for name in ("iat", "nbf"):
        if name in claims and _seconds(claims, name) > (at + clock_skew).timestamp():
            raise ProofNotYetError(
                f"expected a key binding made before {moments.write(at)}, met {name} later"
            )
    if "exp" in claims and _seconds(claims, "exp") <= at.timestamp():
        raise ProofExpiredError(
            f"expected a key binding that holds at {moments.write(at)}, met its end before"
        )
    if max_age is not None and _seconds(claims, "iat") < (at - max_age - clock_skew).timestamp():
        raise KeyBindingError(
            f"expected a key binding of the last {max_age}, met one of "
            f"{moments.write(datetime.fromtimestamp(_seconds(claims, 'iat'), UTC))}"
        )


def _seconds(claims: Mapping[str, Any], name: str) -> float:
    value = claims[name]
    if isinstance(value, bool) or not isinstance(value, (int, float)) or value < 0:
        raise ProofError(f"expected {name} to be seconds since 1970, met {str(value)[:40]!a}")
    return value
