"""
The checks of an SD-JWT VC: what is disclosed was signed, by whoever it says, holds now, and is shown by its
holder for whoever asks.

    checks, claims, issuer_id, issuer_name = check(token, at=now, policy=policy)

Whose key it is:

    iss is a DID                a key of the DID, which the token names; so do our own issuers sign
    x5c in the header           the certificate's, where its chain leads to one of `Policy.anchors`
    iss is an https address     the keys that its site publishes below /.well-known/jwt-vc-issuer

Source:
    IETF draft-ietf-oauth-sd-jwt-vc-18; RFC 9901, section 7.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from sceau.canon import strict_json
from sceau.did import did_web
from sceau.errors import (
    ClaimMismatchError,
    DataModelError,
    DisclosureError,
    KeyFormatError,
    MissingProofError,
    NoKeyBindingError,
    ProofError,
    ResolutionError,
    SceauError,
    UnknownAnchorError,
    UnreadableError,
    UnsupportedProofError,
    WrongKeyError,
)
from sceau.formats import sd_jwt_vc
from sceau.formats.sd_jwt_vc import terms
from sceau.formats.sd_jwt_vc.issuer_metadata import metadata_url
from sceau.keys import jwk, x509
from sceau.keys.public import PublicKey
from sceau.keys.x509 import Certificate
from sceau.model import moments
from sceau.proofs import jose, key_binding, sd_jwt
from sceau.proofs.jose import Jws
from sceau.proofs.sd_jwt import SdJwt
from sceau.verifying import token_statuses, tokens
from sceau.verifying.policy import Policy
from sceau.verifying.proofs import failure
from sceau.verifying.report import Check, Outcome, Question

TYPES = frozenset({"dc+sd-jwt", "vc+sd-jwt"})
"""The ``typ``; the second is that of the drafts before November 2024."""
MAX_BINDING_AGE = timedelta(minutes=10)
"""How old the answer to a question may be."""
_MAX_KEYS = 100


class Checked(NamedTuple):
    """
    What was found out.

    Attributes:
        checks: In the order they were made; never empty.
        claims: What is disclosed, in its places; where the disclosures are not in order, what the issuer
            shows to everybody.
        issuer_id: ``iss``; without one, the address that the certificate names. As it is said, be it true or
            not: the check ``proof`` tells.
        issuer_name: As the attestation or the certificate says it; may be empty.
    """

    checks: tuple[Check, ...]
    claims: dict[str, Any]
    issuer_id: str
    issuer_name: str


def read(text: str, *, max_bytes: int) -> SdJwt:
    """
    An SD-JWT in its compact form, or in a JSON form with one signature.

    Raises:
        UnreadableError: As `sd_jwt.parse`, `sd_jwt.parse_json` and `strict_json.read`.
    """
    text = text.strip()
    if not text.startswith("{"):
        return sd_jwt.parse(text, max_bytes=max_bytes)
    found = sd_jwt.parse_json(strict_json.read_object(text, max_bytes=max_bytes), max_bytes=max_bytes)
    if len(found) != 1:
        raise UnreadableError(f"expected an SD-JWT with one signature, met {len(found)}")
    return found[0]


def check(
    token: str,
    *,
    at: datetime,
    policy: Policy,
    challenge: str | None = None,
    audience: str | None = None,
    type_metadata: bytes | None = None,
) -> Checked:
    """
    Verify an SD-JWT VC.

    Args:
        token: In its compact form, or as JSON; from anybody.
        at: Aware; the moment for which the answers hold.
        challenge, audience: What this verifier asked, and who it is. Where either is given, the holder must
            have signed; else their signature is held against what is shown if there is one.
        type_metadata: The document about the type, where that was obtained and shall be held against it.

    Raises:
        UnreadableError: There is no SD-JWT to report about.
    """
    shown = read(token, max_bytes=policy.max_bytes)
    claims, structure = _structure(shown)
    issuer = _Issuer.of(claims, shown.token)
    checks = [
        structure,
        _proof(shown.token, claims, issuer, at, policy),
        _beginning(claims, at),
        _end(claims, at),
    ]
    if "status" in claims:
        found = token_statuses.check(
            claims["status"], signed_by=issuer.finder(at, policy), at=at, policy=policy
        )
        checks.append(found)
    if type_metadata is not None:
        checks.append(_type(claims, type_metadata))
    checks.extend(_binding(shown, claims, at, policy, challenge, audience))
    return Checked(tuple(checks), claims, issuer.id, issuer.name(claims))


def _structure(shown: SdJwt) -> tuple[dict[str, Any], Check]:
    """
    The claims, and whether they are those of an SD-JWT VC.

    Raises:
        UnreadableError: What was signed is no JSON object.
    """
    shown.payload  # noqa: B018 -- without it there is nothing to report about
    claims: dict[str, Any] = {}
    try:
        claims = shown.claims()
        _check_shape(shown, claims)
    except SceauError as error:
        return claims or _visible(shown), failure("structure", Question.INTACT, error)
    return claims, Check("structure", Question.INTACT, Outcome.PASSED)


def _check_shape(shown: SdJwt, claims: Mapping[str, Any]) -> None:
    for path, _ in shown.disclosed():
        if path[0] in terms.NEVER_DISCLOSED:
            raise DisclosureError(f"expected {path[0]} to be seen by everybody, met it as a disclosure")
    if not isinstance(claims.get("vct"), str) or not claims["vct"]:
        raise DataModelError(f"expected a type at vct, met {str(claims.get('vct'))[:40]!a}")
    if not isinstance(claims.get("iss", ""), str):
        raise DataModelError(f"expected text at iss, met a {type(claims['iss']).__name__}")


def _visible(shown: SdJwt) -> dict[str, Any]:
    """Without any disclosure; where even that cannot be read, what nobody may hide."""
    try:
        return replace(shown, disclosures=()).claims()
    except SceauError:
        return {name: value for name, value in shown.payload.items() if name in terms.NEVER_DISCLOSED}


# The issuer's signature.


@dataclass(frozen=True)
class _Keys:
    """The keys that may have signed, and how they were found."""

    found: list[PublicKey]
    facts: dict[str, Any]
    leaf: Certificate | None = None


@dataclass(frozen=True)
class _Issuer:
    """
    Who says that they signed.

    Attributes:
        iss: Empty where the token has none, as it may with a certificate.
        leaf: The certificate that the token brings, trusted or not.
    """

    iss: str
    leaf: Certificate | None

    @classmethod
    def of(cls, claims: Mapping[str, Any], token: Jws) -> _Issuer:
        iss = claims.get("iss")
        leaf = None
        if "x5c" in token.header:
            try:
                leaf = x509.from_x5c(token.header["x5c"])[0]
            except SceauError:
                leaf = None
        return cls(iss if isinstance(iss, str) else "", leaf)

    @property
    def id(self) -> str:
        if self.iss or self.leaf is None:
            return self.iss
        return next(iter((*self.leaf.uris, *(f"https://{name}" for name in self.leaf.dns_names))), "")

    def name(self, claims: Mapping[str, Any]) -> str:
        said = claims.get("issuing_authority")
        if isinstance(said, str) and said:
            return said
        return (self.leaf.organisation or self.leaf.common_name) if self.leaf else ""

    def keys(self, token: Jws, at: datetime, policy: Policy) -> _Keys:
        """
        Raises:
            WrongKeyError, MissingProofError, CertificateError: They are not the issuer's.
            ResolutionError, UnknownAnchorError: They could not be obtained, or relied on.
        """
        if self.iss.startswith("did:"):
            return self._of_did(token, at, policy)
        if "x5c" in token.header:
            return self._certified(token, at, policy)
        if not self.iss:
            raise MissingProofError(
                "expected iss or a certificate, met a token that says nothing of its issuer"
            )
        return _published(self.iss, token, policy)

    def finder(self, at: datetime, policy: Policy) -> token_statuses.KeyFinder:
        """The key of a status list: it must be the issuer's too, or one of the same certificate holder."""

        def find(token: Jws) -> PublicKey:
            keys = self.keys(token, at, policy)
            if not self.iss and (keys.leaf is None or not self._is_named_as(keys.leaf)):
                raise WrongKeyError("expected a status list of the holder of the certificate, met another's")
            return tokens.check_signature(token, keys.found, policy)

        return find

    def _is_named_as(self, other: Certificate) -> bool:
        return self.leaf is not None and self.leaf.native.subject == other.native.subject

    def _of_did(self, token: Jws, at: datetime, policy: Policy) -> _Keys:
        try:
            found = tokens.keys_of_did(token, self.iss, at, policy)
        except ResolutionError:
            if "x5c" not in token.header:
                raise
            return self._certified(token, at, policy)
        return _Keys(found, {"verification_method": tokens.key_name(token)})

    def _certified(self, token: Jws, at: datetime, policy: Policy) -> _Keys:
        try:
            chain = x509.verify_chain(x509.from_x5c(token.header["x5c"]), policy.anchors, at=at)
        except UnknownAnchorError:
            if not self.iss.startswith("https:"):
                raise
            # Nobody here knows that authority; the issuer's own site may publish the same key.
            if self.leaf is None or not self._publishes(self.leaf.public_key, token, policy):
                raise
            return _Keys([self.leaf.public_key], {"metadata": metadata_url(self.iss)})
        if self.iss and not _names(chain.leaf, self.iss):
            met = chain.leaf.common_name
            raise WrongKeyError(f"expected a certificate that names {self.iss[:120]!a}, met {met[:120]!a}")
        facts = {
            "certificate": chain.leaf.common_name,
            "organisation": chain.leaf.organisation,
            "revocation_checked": chain.revocation_checked,
        }
        return _Keys([chain.leaf.public_key], facts, chain.leaf)

    def _publishes(self, key: PublicKey, token: Jws, policy: Policy) -> bool:
        try:
            return key in _published(self.iss, token, policy).found
        except SceauError:
            return False


def _names(leaf: Certificate, iss: str) -> bool:
    """Does the certificate name the issuer: its address, or the host that its address or did:web is on?"""
    if iss in leaf.uris:
        return True
    try:
        address = did_web.document_url(iss) if iss.startswith(did_web.PREFIX) else iss
        parts = urlsplit(address)
        return parts.scheme == "https" and parts.hostname in leaf.dns_names
    except (ResolutionError, ValueError):
        return False


def _published(iss: str, token: Jws, policy: Policy) -> _Keys:
    """
    The keys that an issuer publishes on its site.

        {"issuer": "https://example.org/o/a", "jwks": {"keys": [{"kid": "k1", "kty": "EC", …}]}}
    """
    url = metadata_url(iss)
    metadata = policy.resolver.issuer_metadata(iss, url)
    if metadata.get("issuer") != iss:
        met = str(metadata.get("issuer"))[:120]
        raise WrongKeyError(f"expected the metadata of {iss[:120]!a}, met that of {met!a}")
    if ("jwks" in metadata) == ("jwks_uri" in metadata):
        raise ResolutionError(f"expected jwks or jwks_uri, and not both, at {url[:200]}")
    keys = metadata["jwks"] if "jwks" in metadata else _fetched(metadata["jwks_uri"], policy)
    name = tokens.key_name(token)
    return _Keys(_of_set(keys, name, url), {"metadata": url, "verification_method": name})


def _fetched(address: object, policy: Policy) -> object:
    if not isinstance(address, str) or not address.startswith("https://"):
        raise ResolutionError(f"expected keys at an https address, met {str(address)[:120]!a}")
    return policy.resolver.fetch_json(address)


def _of_set(keys: object, name: str, url: str) -> list[PublicKey]:
    listed = keys.get("keys") if isinstance(keys, dict) else None
    if not isinstance(listed, list) or len(listed) > _MAX_KEYS:
        raise ResolutionError(
            f"expected at most {_MAX_KEYS} keys as a JWK set, met something else ({url[:200]})"
        )
    found = []
    for each in listed:
        if not isinstance(each, dict) or (name and each.get("kid") != name):
            continue
        try:
            found.append(jwk.decode(each))
        except KeyFormatError:
            continue
    if not found:
        raise WrongKeyError(
            f"expected the key {name[:80]!a} among those of the issuer, met none ({url[:200]})"
        )
    return found


def _proof(token: Jws, claims: Mapping[str, Any], issuer: _Issuer, at: datetime, policy: Policy) -> Check:
    facts: dict[str, Any] = {"algorithm": token.algorithm[:40]}
    try:
        if token.type not in TYPES:
            raise UnsupportedProofError(f"expected typ {terms.TYPE}, met {token.type[:40]!a}")
        jose.check_header(token, algorithms=policy.algorithms)
        tokens.check_moments({"iat": claims["iat"]} if "iat" in claims else {}, at, policy.clock_skew)
        keys = issuer.keys(token, at, policy)
        facts |= keys.facts
        tokens.check_signature(token, keys.found, policy)
    except SceauError as error:
        return failure("proof", Question.INTACT, error, facts)
    return Check("proof", Question.INTACT, Outcome.PASSED, facts=facts)


# When.


def _beginning(claims: Mapping[str, Any], at: datetime) -> Check:
    """A beginning that is not stated is no limit; nor is an end."""
    name = "not_before"
    if "nbf" not in claims:
        return Check(name, Question.VALID, Outcome.PASSED)
    try:
        begins = tokens.numeric_date("nbf", claims["nbf"])
    except ProofError as error:
        return Check(name, Question.VALID, Outcome.INDETERMINATE, "validity.unreadable", str(error))
    facts = {"from": moments.write(begins)}
    if begins > at:
        detail = f"expected a credential that is valid at {moments.write(at)}, met nbf {claims['nbf']}"
        return Check(name, Question.VALID, Outcome.FAILED, "validity.not_yet", detail, facts)
    return Check(name, Question.VALID, Outcome.PASSED, facts=facts)


def _end(claims: Mapping[str, Any], at: datetime) -> Check:
    name = "not_expired"
    try:
        found = sd_jwt_vc.end_of(claims)
    except DataModelError as error:
        return Check(name, Question.VALID, Outcome.INDETERMINATE, "validity.unreadable", str(error))
    if found is None:
        return Check(name, Question.VALID, Outcome.PASSED)
    key, ends = found
    facts = {"until": moments.write(ends)}
    if ends <= at:
        detail = f"expected a credential that is valid at {moments.write(at)}, met {key} {claims[key]}"
        return Check(name, Question.VALID, Outcome.FAILED, "validity.expired", detail, facts)
    return Check(name, Question.VALID, Outcome.PASSED, facts=facts)


# What for.


def _type(claims: Mapping[str, Any], document: bytes) -> Check:
    """
    Is it the document about the type that the issuer meant?

    Source:
        draft-ietf-oauth-sd-jwt-vc-18, «Document Integrity».
    """
    name, stated = "type_metadata", claims.get("vct#integrity")
    facts = {"type": str(claims.get("vct"))[:200], "has_integrity": stated is not None}
    try:
        met = strict_json.read_object(document).get("vct")
        if met != claims.get("vct"):
            raise ClaimMismatchError(
                f"expected the metadata of {facts['type']!a}, met that of {str(met)[:200]!a}"
            )
        if stated is not None and not sd_jwt_vc.is_intact(stated, document):
            raise ClaimMismatchError("expected the metadata that vct#integrity names, met other bytes")
    except SceauError as error:
        return failure(name, Question.INTACT, error, facts)
    return Check(name, Question.INTACT, Outcome.PASSED, facts=facts)


def _binding(
    shown: SdJwt,
    claims: Mapping[str, Any],
    at: datetime,
    policy: Policy,
    challenge: str | None,
    audience: str | None,
) -> Iterator[Check]:
    name, is_asked = "key_binding", challenge is not None or audience is not None
    if shown.binding is None and not is_asked:
        return
    facts: dict[str, Any] = {"asked": is_asked}
    try:
        key = key_binding.holder_key(claims)
        if shown.binding is None:
            raise NoKeyBindingError("expected the holder to sign what they show, met no signature of theirs")
        if key is None:
            raise NoKeyBindingError(
                "expected an attestation bound to a key of the holder, met one that is not"
            )
        said = key_binding.verify(
            shown,
            key=jwk.decode(key),
            algorithms=policy.algorithms,
            at=at,
            audience=audience,
            nonce=challenge,
            max_age=MAX_BINDING_AGE if is_asked else None,
            clock_skew=policy.clock_skew,
        )
        facts |= {"audience": said["aud"][:200], "challenge": said["nonce"][:200]}
    except SceauError as error:
        yield failure(name, Question.INTACT, error, facts)
        return
    yield Check(name, Question.INTACT, Outcome.PASSED, facts=facts)
