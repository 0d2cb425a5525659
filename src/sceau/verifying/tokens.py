"""
The check of a token's signature, by a key of whoever must have signed it, and of what it says of itself.

Two standards write a credential as a token, and one reading serves both: VC-JOSE, where the payload is the
credential, and the JWT proof of Open Badges 3.0, which adds ``iss``, ``jti``, ``sub``, ``nbf`` and ``exp``.

Source:
    W3C Securing Verifiable Credentials using JOSE and COSE, sections 3.1 and 4.1; Open Badges 3.0, section
    8.2.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import SplitResult, urlsplit

from sceau.did import document as did_document
from sceau.errors import (
    ClaimMismatchError,
    ProofError,
    ProofExpiredError,
    ProofNotYetError,
    SignatureMismatchError,
    UnsupportedProofError,
    WrongKeyError,
)
from sceau.keys import jwk, x509
from sceau.keys.public import PublicKey
from sceau.model import moments
from sceau.proofs import jose
from sceau.proofs.jose import Jws
from sceau.verifying.policy import Policy
from sceau.verifying.reading import Secured

CREDENTIAL_TYPES = frozenset({"", "jwt", "vc+jwt", "vc+ld+jwt"})
PRESENTATION_TYPES = frozenset({"", "jwt", "vp+jwt", "vp+ld+jwt"})
_CONTENT_TYPES = {CREDENTIAL_TYPES: ("", "vc"), PRESENTATION_TYPES: ("", "vp")}
_MAX_KEYS_TRIED = 20
_BEYOND = datetime(9999, 12, 31, tzinfo=UTC)


def verify_one(
    secured: Secured,
    token: Jws,
    *,
    by: str,
    at: datetime,
    policy: Policy,
    types: frozenset[str] = CREDENTIAL_TYPES,
    relationship: str = did_document.ASSERTION,
) -> None:
    """
    Verify a token.

    Args:
        secured: What the token holds.
        by: Whoever must have signed it: the issuer of a credential, the holder of a presentation.
        types: The ``typ`` that may be met, so that a token for another use does not pass for a credential.

    Raises:
        ProofError: It does not hold: `SignatureMismatchError`, `WrongKeyError`, `ClaimMismatchError`…
        ResolutionError: The key could not be obtained.
        UnsupportedProofError: An algorithm or a header that is not accepted.
    """
    jose.check_header(token, algorithms=policy.algorithms)
    if token.type not in types:
        raise UnsupportedProofError(f"expected a token for this use, met typ {token.type[:40]!r}")
    if token.header.get("cty", "") not in _CONTENT_TYPES[types]:
        met = str(token.header["cty"])[:40]
        raise UnsupportedProofError(f"expected the content type {_CONTENT_TYPES[types][1]}, met {met!r}")
    _check_claims(secured, by)
    check_moments(secured.claims or {}, at, policy.clock_skew)
    keys = _keys(token, by, at, policy, relationship)
    check_signature(token, keys, policy)


def check_signature(token: Jws, keys: list[PublicKey], policy: Policy) -> PublicKey:
    """
    By any of the keys that the signer has for the algorithm, which is given back.

    Raises:
        ProofError: By none of them, or there are none.
    """
    error: ProofError = WrongKeyError(f"expected a key of the signer for {token.algorithm}, met none")
    for key in keys[:_MAX_KEYS_TRIED]:
        try:
            jose.verify(token, key, algorithms=policy.algorithms)
            return key
        except SignatureMismatchError as mismatch:
            error = mismatch
        except ProofError as other:
            if not isinstance(error, SignatureMismatchError):
                error = other
    raise error


def _keys(token: Jws, by: str, at: datetime, policy: Policy, relationship: str) -> list[PublicKey]:
    """The keys of *by* that the token may have been signed with; the token only points to one of them."""
    name = key_name(token)
    if "x5c" in token.header and not by.startswith("did:"):
        return [_certified(token.header["x5c"], by, at, policy)]
    if name and not by.startswith("did:"):
        return [_at_address(name, by, policy)]
    return keys_of_did(token, by, at, policy, relationship)


def key_name(token: Jws) -> str:
    """
    ``kid``, empty where there is none.

    Raises:
        ProofError: Not text.
    """
    name = token.header.get("kid", "")
    if not isinstance(name, str):
        raise ProofError("expected kid to be text, met something else")
    return name


def keys_of_did(
    token: Jws, by: str, at: datetime, policy: Policy, relationship: str = did_document.ASSERTION
) -> list[PublicKey]:
    """
    The keys of a DID that a token may have been signed with.

    Raises:
        WrongKeyError: The token names a key of somebody else.
        ResolutionError: The DID's document could not be obtained.
    """
    name = key_name(token)
    document = policy.resolver.resolve(by)
    if name and ("#" in name or name.startswith("did:")):
        method = by + name if name.startswith("#") else name
        if did_document.did_of(method) != by:
            raise WrongKeyError(f"expected a key of {by[:120]!r}, met {name[:120]!r}")
        return [did_document.public_key(document, method, at=at, relationship=relationship)]
    known = did_document.public_keys(document, at=at, relationship=relationship)
    if name:
        found = [
            key for method, key in known.items() if name in (method.partition("#")[2], jwk.thumbprint(key))
        ]
    elif (brought := token.header.get("jwk")) is not None:
        found = [key for key in known.values() if isinstance(brought, dict) and key == jwk.decode(brought)]
    else:
        found = list(known.values())
    if not found:
        raise WrongKeyError(f"expected the token to name a key of {by[:120]!r}, met another")
    return found


def _at_address(url: str, by: str, policy: Policy) -> PublicKey:
    """
    The JWK at an address, for issuers that are web addresses and not DIDs: it lies on the issuer's own site.
    """
    theirs, own = _address(url), _address(by)
    if theirs.scheme != "https" or (theirs.scheme, theirs.netloc) != (own.scheme, own.netloc):
        raise WrongKeyError(f"expected a key on the site of {by[:120]!r}, met {url[:120]!r}")
    return jwk.decode(policy.resolver.fetch_json(url))


def _address(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError as error:
        raise WrongKeyError(f"expected an address, met {url[:120]!a}") from error


def _certified(x5c: object, by: str, at: datetime, policy: Policy) -> PublicKey:
    """
    The key of a certificate that the token brings: it counts only where its chain ends at an authority that
    this verifier trusts, and where the certificate itself names the issuer's address, or its host.
    """
    chain = x509.verify_chain(x509.from_x5c(x5c), policy.anchors, at=at)
    address = _address(by)
    is_host = address.scheme == "https" and address.hostname in chain.leaf.dns_names
    if by not in chain.leaf.uris and not is_host:
        raise WrongKeyError(f"expected a certificate that names {by[:120]!r}, met {chain.leaf.common_name!r}")
    return chain.leaf.public_key


def _check_claims(secured: Secured, by: str) -> None:
    """
    What the token repeats must be what the document says.

    ``nbf`` and ``exp`` are about the signature, ``validFrom`` and ``validUntil`` about the credential: each
    is held against the moment of verification, and none can stretch another.
    """
    claims, document = secured.claims or {}, secured.document
    subject = document.get("credentialSubject")
    expected: dict[str, object] = {"iss": by, "jti": document.get("id")}
    if isinstance(subject, dict):
        expected["sub"] = subject.get("id")
    for name, value in expected.items():
        if name in claims and value is not None and claims[name] != value:
            raise ClaimMismatchError(
                f"expected {name} to be {str(value)[:120]!r}, met {str(claims[name])[:120]!r}"
            )
    if "sub" in claims and "credentialSubject" in document and expected.get("sub") is None:
        raise ClaimMismatchError("expected a subject with the id that sub names, met one without")


def check_moments(claims: Mapping[str, Any], at: datetime, skew: timedelta) -> None:
    """
    A token is not of the future, nor past its end.

    Raises:
        ProofNotYetError, ProofExpiredError: It is.
        ProofError: A moment that is none.
    """
    for name in ("nbf", "iat"):
        if name in claims and numeric_date(name, claims[name]) > at + skew:
            raise ProofNotYetError(
                f"expected a token made before {moments.write(at)}, met {name} {claims[name]}"
            )
    if "exp" in claims and numeric_date("exp", claims["exp"]) <= at:
        raise ProofExpiredError(
            f"expected a token that holds at {moments.write(at)}, met exp {claims['exp']}"
        )


def numeric_date(name: str, value: object) -> datetime:
    """
    A NumericDate: seconds since 1970.

    Raises:
        ProofError: Not a number, or one below 0.

    Source:
        RFC 7519, section 2.
    """
    if isinstance(value, bool) or not isinstance(value, (int, float)) or value < 0:
        raise ProofError(f"expected {name} to be seconds since 1970, met {str(value)[:40]!r}")
    try:
        return datetime.fromtimestamp(value, UTC)
    except (OverflowError, ValueError, OSError):
        return _BEYOND
