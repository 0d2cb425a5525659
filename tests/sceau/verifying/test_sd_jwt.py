"""SD-JWT VC: what verifies, and everything that must not."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from cryptography import x509 as crypto
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sceau.keys import test_x509 as authorities

from sceau.canon import strict_json
from sceau.did import did_key
from sceau.did import document as did_document
from sceau.did.resolver import Resolver
from sceau.errors import TooLargeError, UnreadableError
from sceau.formats import sd_jwt_vc
from sceau.issuing import issue_token, issue_token_status_list
from sceau.keys import jwk, x509
from sceau.keys.jwk import base64url_decode, base64url_encode
from sceau.keys.signer import EcdsaSigner, Ed25519Signer
from sceau.ports import Signer
from sceau.proofs import jose, key_binding, sd_jwt
from sceau.proofs.sd_jwt import Disclosable, SdJwt
from sceau.status import token_list
from sceau.status.token_list import Reference
from sceau.testing import (
    EXAMPLE_MOMENT,
    MemoryDocuments,
    MemoryFetcher,
    MemoryStatuses,
    example_credential,
    key_signer,
    web_signer,
)
from sceau.verifying.policy import ALGORITHMS, Policy
from sceau.verifying.report import Check, Outcome, Question
from sceau.verifying.sd_jwt import Checked, check, metadata_url

NOW = EXAMPLE_MOMENT + timedelta(minutes=5)
ISSUER, HOLDER, OTHER = key_signer(1), key_signer(2), key_signer(3)
AUDIENCE, CHALLENGE = "x509_san_dns:verifier.example.org", "3f9c"
DID = "did:web:example.org:o:atelier"
WEB = "https://issuer.example.org/o/a"
WEB_METADATA = "https://issuer.example.org/.well-known/jwt-vc-issuer/o/a"
LIST = "https://example.org/statuslists/1"
PLACE = Reference(LIST, 7)
PASSED, FAILED, UNKNOWN = Outcome.PASSED, Outcome.FAILED, Outcome.INDETERMINATE


def attestation(signer: Signer = ISSUER, **options: Any) -> SdJwt:
    issuer = did_document.did_of(signer.verification_method)
    options.setdefault("holder_key", HOLDER.public_key)
    options.setdefault("created", EXAMPLE_MOMENT)
    return sd_jwt.parse(sd_jwt_vc.issue(example_credential(issuer_id=issuer), signer=signer, **options))


def signed(
    *,
    signer: Signer = ISSUER,
    typ: str = "dc+sd-jwt",
    header: dict[str, Any] | None = None,
    **changes: Any,
) -> SdJwt:
    """Signed rightly over whatever a test put into it; a claim of None is left out."""
    issuer = did_document.did_of(signer.verification_method)
    visible, disclosable = sd_jwt_vc.to_claims(
        example_credential(issuer_id=issuer), holder_key=HOLDER.public_key, created=EXAMPLE_MOMENT
    )
    claims = visible | {name: Disclosable(value) for name, value in disclosable.items()} | changes
    claims = {name: value for name, value in claims.items() if value is not None}
    return sd_jwt.parse(sd_jwt.issue(claims, signer=signer, typ=typ, header=header))


def policy_of(**changes: Any) -> Policy:
    changes.setdefault("resolver", Resolver())
    return Policy(**changes)


def checked(found: SdJwt | str, *, at: datetime = NOW, **changes: Any) -> Checked:
    asked = {
        name: changes.pop(name) for name in ("challenge", "audience", "type_metadata") if name in changes
    }
    text = found if isinstance(found, str) else found.compact
    return check(text, at=at, policy=policy_of(**changes), **asked)


def named(found: Checked, name: str) -> Check:
    (met,) = [each for each in found.checks if each.name == name]
    return met


def told(found: Checked, name: str) -> tuple[Outcome, str]:
    met = named(found, name)
    return met.outcome, met.code


def outcomes(found: Checked) -> dict[str, str]:
    return {each.name: each.code or str(each.outcome) for each in found.checks}


# What verifies.


def test_an_attestation_of_ours_with_everything_disclosed() -> None:
    found = checked(attestation())

    assert outcomes(found) == {
        "structure": "passed",
        "proof": "passed",
        "not_before": "passed",
        "not_expired": "passed",
    }
    assert found.issuer_id == did_document.did_of(ISSUER.verification_method)
    assert found.issuer_name == "Atelier du bocage (organisme fictif)"
    assert found.claims["family_name"] == "Exemple"
    assert sd_jwt_vc.from_document(found.claims).holder.name == "Camille Exemple"
    assert named(found, "proof").facts == {
        "algorithm": "EdDSA",
        "verification_method": ISSUER.verification_method,
    }
    assert named(found, "not_expired").facts == {"until": "2031-06-02T08:00:00Z"}
    for each in found.checks:
        json.dumps(each.facts)


def test_what_is_not_disclosed_is_not_seen() -> None:
    found = checked(sd_jwt.select(attestation(), lambda path: path == ("given_name",)))

    assert set(outcomes(found).values()) == {"passed"}
    assert found.claims["given_name"] == "Camille"
    assert "family_name" not in found.claims


@pytest.mark.parametrize("typ", ["dc+sd-jwt", "vc+sd-jwt", "application/dc+sd-jwt", "DC+SD-JWT"])
def test_types_that_are_read(typ: str) -> None:
    assert told(checked(signed(typ=typ)), "proof") == (PASSED, "")


@pytest.mark.parametrize("typ", ["", "JWT", "vc+jwt", "kb+jwt", "example+sd-jwt", "statuslist+jwt"])
def test_a_token_for_another_use(typ: str) -> None:
    assert told(checked(signed(typ=typ)), "proof") == (UNKNOWN, "proof.unsupported")


def test_the_json_form() -> None:
    shown = attestation()
    protected, payload, signature = shown.token.token.split(".")
    one = {"protected": protected, "signature": signature, "header": {"disclosures": [*shown.disclosures]}}

    assert checked(json.dumps({"payload": payload, **one})) == checked(shown)
    two = {"payload": payload, "signatures": [one, {"protected": protected, "signature": signature}]}
    with pytest.raises(UnreadableError, match="one signature"):
        checked(json.dumps(two))


@pytest.mark.parametrize(
    "text", ["", "{}", "~", "a~b", "{", issue_token(example_credential(), signer=ISSUER, created=NOW)]
)
def test_what_is_no_sd_jwt(text: str) -> None:
    with pytest.raises(UnreadableError):
        checked(text)


def test_what_is_too_much() -> None:
    with pytest.raises(TooLargeError):
        checked(attestation(), max_bytes=500)
    with pytest.raises(TooLargeError):
        checked(attestation().token.token + "~a" * 1_100 + "~")


# What was signed.


def disclosure(*content: Any) -> str:
    return base64url_encode(strict_json.write(list(content)))


def unreferenced() -> SdJwt:
    found = attestation()
    return replace(found, disclosures=(*found.disclosures, disclosure("salt", "assessment_grade", "20/20")))


def swapped() -> SdJwt:
    """The name of somebody else, out of their own attestation."""
    mine, theirs = attestation(), attestation()
    return replace(mine, disclosures=theirs.disclosures)


def altered() -> SdJwt:
    found = attestation()
    first = json.loads(base64url_decode(found.disclosures[0]))
    return replace(found, disclosures=(disclosure(*first[:-1], "Autre"), *found.disclosures[1:]))


def twice() -> SdJwt:
    found = attestation()
    return replace(found, disclosures=(*found.disclosures, found.disclosures[0]))


def bomb() -> SdJwt:
    texts = [disclosure("s", "a", "end")]
    for number in range(200):
        texts.append(disclosure(f"s{number}", "a", {"_sd": [sd_jwt.digest(texts[-1])]}))
    payload = {"iss": did_document.did_of(ISSUER.verification_method), "vct": "a"}
    token = jose.sign(
        strict_json.write(payload | {"_sd": [sd_jwt.digest(texts[-1])]}), signer=ISSUER, typ="dc+sd-jwt"
    )
    return SdJwt(jose.parse(token), tuple(texts))


STRUCTURE: dict[str, tuple[Callable[[], SdJwt], tuple[Outcome, str]]] = {
    "no digest refers to it": (unreferenced, (FAILED, "proof.disclosure")),
    "another attestation's": (swapped, (FAILED, "proof.disclosure")),
    "altered": (altered, (FAILED, "proof.disclosure")),
    "twice": (twice, (FAILED, "proof.disclosure")),
    "a chain of them": (bomb, (FAILED, "reading.too_deep")),
    "no type": (lambda: signed(vct=None), (FAILED, "model.invalid")),
    "a type that is a number": (lambda: signed(vct=5), (FAILED, "model.invalid")),
    "an issuer that is a list": (lambda: signed(iss=["a"]), (FAILED, "model.invalid")),
    "another hash": (lambda: _hashed("md5"), (UNKNOWN, "proof.unsupported")),
    **{
        f"{name} hidden": (
            lambda name=name: signed(**{name: Disclosable("a")}),  # type: ignore[misc] -- a default of a lambda
            (FAILED, "proof.disclosure"),
        )
        for name in ("iss", "nbf", "exp", "cnf", "vct", "vct#integrity", "status")
    },
    "the key hidden inside cnf": (
        lambda: signed(cnf={"jwk": Disclosable(jwk.encode(OTHER.public_key))}),
        (FAILED, "proof.disclosure"),
    ),
}


def _hashed(name: str) -> SdJwt:
    payload = attestation().token.claims() | {"_sd_alg": name}
    return sd_jwt.parse(jose.sign(strict_json.write(payload), signer=ISSUER, typ="dc+sd-jwt") + "~")


@pytest.mark.parametrize("way", STRUCTURE)
def test_disclosures_and_claims_that_are_refused(way: str) -> None:
    make, expected = STRUCTURE[way]

    found = checked(make())

    assert told(found, "structure") == expected
    if expected[1] == "proof.disclosure" and "hidden" not in way:
        # What the issuer shows to everybody is still shown, next to the reason.
        assert found.claims["achievement_title"]
        assert "family_name" not in found.claims
        assert told(found, "proof") == (PASSED, "")


def test_disclosures_may_be_left_out_one_by_one() -> None:
    found = attestation()

    for number in range(len(found.disclosures)):
        fewer = replace(found, disclosures=found.disclosures[:number] + found.disclosures[number + 1 :])
        assert told(checked(fewer), "structure") == (PASSED, "")


# By whom.


def respelt(
    found: SdJwt, header: dict[str, Any] | None = None, claims: dict[str, Any] | None = None
) -> SdJwt:
    """Other words under the same signature."""
    head, payload, signature = found.token.token.split(".")
    if header is not None:
        head = base64url_encode(strict_json.write({**found.token.header, **header}))
    if claims is not None:
        payload = base64url_encode(strict_json.write(found.token.claims() | claims))
    return replace(found, token=jose.parse(f"{head}.{payload}.{signature}"))


def unsigned(algorithm: str) -> SdJwt:
    found = respelt(attestation(), {"alg": algorithm})
    return replace(found, token=jose.parse(found.token.token.rpartition(".")[0] + "."))


PROOFS: dict[str, tuple[Callable[[], SdJwt], tuple[Outcome, str]]] = {
    "other claims": (lambda: respelt(attestation(), claims={"iat": 1}), (FAILED, "proof.mismatch")),
    "other digests": (
        lambda: respelt(attestation(), claims={"_sd": attestation().token.claims()["_sd"]}),
        (FAILED, "proof.mismatch"),
    ),
    "another key of the issuer's name": (
        lambda: signed(signer=OTHER, iss=did_document.did_of(ISSUER.verification_method)),
        (FAILED, "proof.wrong_key"),
    ),
    "the issuer's name on another's key": (
        lambda: signed(
            signer=OTHER,
            iss=did_document.did_of(ISSUER.verification_method),
            header={"kid": ISSUER.verification_method},
        ),
        (FAILED, "proof.mismatch"),
    ),
    "the holder's key": (
        lambda: signed(
            signer=HOLDER,
            iss=did_document.did_of(ISSUER.verification_method),
            header={"kid": ISSUER.verification_method, "jwk": jwk.encode(HOLDER.public_key)},
        ),
        (FAILED, "proof.mismatch"),
    ),
    "no algorithm": (lambda: unsigned("none"), (FAILED, "proof.missing")),
    "none in capitals": (lambda: unsigned("NONE"), (FAILED, "proof.missing")),
    "a shared secret": (lambda: unsigned("HS256"), (FAILED, "proof.invalid")),
    "another algorithm": (lambda: respelt(attestation(), {"alg": "ES256"}), (FAILED, "proof.invalid")),
    "an algorithm nobody knows": (
        lambda: respelt(attestation(), {"alg": "ES999"}),
        (UNKNOWN, "proof.unsupported"),
    ),
    "an algorithm that is a list": (
        lambda: respelt(attestation(), {"alg": ["EdDSA"]}),
        (UNKNOWN, "proof.unsupported"),
    ),
    "a critical header": (lambda: signed(header={"crit": ["exp"]}), (UNKNOWN, "proof.unsupported")),
    "b64": (lambda: signed(header={"b64": False}), (UNKNOWN, "proof.unsupported")),
    "a kid that is a list": (lambda: signed(header={"kid": []}), (FAILED, "proof.invalid")),
    "no issuer": (lambda: signed(iss=None), (FAILED, "proof.missing")),
    "an issuer out of reach": (lambda: signed(iss="did:web:a.example"), (UNKNOWN, "did.unresolved")),
    "an issuer of another method": (lambda: signed(iss="did:ebsi:z2"), (UNKNOWN, "did.unsupported_method")),
    "an issuer over http": (lambda: signed(iss="http://example.org"), (UNKNOWN, "did.unresolved")),
    "an issuer that is a word": (lambda: signed(iss="Atelier"), (UNKNOWN, "did.unresolved")),
    "made tomorrow": (
        lambda: signed(iat=int((NOW + timedelta(days=1)).timestamp())),
        (FAILED, "proof.not_yet"),
    ),
    "made at no moment": (lambda: signed(iat="today"), (FAILED, "proof.invalid")),
}


@pytest.mark.parametrize("way", PROOFS)
def test_signatures_that_do_not_hold(way: str) -> None:
    make, expected = PROOFS[way]

    assert told(checked(make()), "proof") == expected


def test_the_verifier_chooses_the_algorithms() -> None:
    assert told(checked(attestation(), algorithms=ALGORITHMS - {"EdDSA"}), "proof") == (
        UNKNOWN,
        "proof.unsupported",
    )


def test_an_issuer_of_ours_is_known_without_a_network() -> None:
    signer = web_signer(DID)
    document = did_document.build(DID, [(signer.verification_method, signer.public_key_multibase)])

    found = checked(attestation(signer), resolver=Resolver(documents=[MemoryDocuments(document)]))

    assert told(found, "proof") == (PASSED, "")
    assert found.issuer_id == DID


def test_the_moment_of_the_signature_may_be_kept_back() -> None:
    found = checked(signed(iat=Disclosable(int(EXAMPLE_MOMENT.timestamp()))))

    assert (told(found, "structure"), told(found, "proof")) == ((PASSED, ""), (PASSED, ""))


# By the keys that a site publishes.


def site(*keys: Any, at: str = WEB_METADATA, **changes: Any) -> Resolver:
    metadata = {"issuer": WEB, "jwks": {"keys": [*keys]}} | changes
    metadata = {name: value for name, value in metadata.items() if value is not None}
    pages = {
        at: strict_json.write(metadata),
        "https://keys.example.org/set": strict_json.write({"keys": [*keys]}),
    }
    return Resolver(fetcher=MemoryFetcher(pages))


KEY, OTHER_KEY = jwk.encode(ISSUER.public_key), jwk.encode(OTHER.public_key)


@pytest.mark.parametrize(
    "keys",
    [
        [{**KEY, "kid": "k1"}],
        [{**OTHER_KEY, "kid": "k0"}, {"kid": "k1", "kty": "EC", "crv": "none"}, {**KEY, "kid": "k1"}],
    ],
    ids=["one", "several"],
)
def test_the_keys_of_a_site(keys: list[Any]) -> None:
    found = checked(signed(iss=WEB, header={"kid": "k1"}), resolver=site(*keys))

    assert told(found, "proof") == (PASSED, "")
    assert found.issuer_id == WEB
    assert named(found, "proof").facts["metadata"] == WEB_METADATA


def test_the_keys_of_a_site_that_lie_elsewhere() -> None:
    elsewhere = site({**KEY, "kid": "k1"}, jwks=None, jwks_uri="https://keys.example.org/set")

    assert told(checked(signed(iss=WEB, header={"kid": "k1"}), resolver=elsewhere), "proof") == (PASSED, "")


SITES: dict[str, tuple[Resolver, tuple[Outcome, str]]] = {
    "nothing there": (Resolver(fetcher=MemoryFetcher({})), (UNKNOWN, "did.unresolved")),
    "no network": (Resolver(), (UNKNOWN, "did.unresolved")),
    "at the end of the path": (
        site({**KEY, "kid": "k1"}, at=f"{WEB}/.well-known/jwt-vc-issuer"),
        (UNKNOWN, "did.unresolved"),
    ),
    "of another issuer": (
        site({**KEY, "kid": "k1"}, issuer="https://issuer.example.org"),
        (FAILED, "proof.wrong_key"),
    ),
    "of no issuer": (site({**KEY, "kid": "k1"}, issuer=None), (FAILED, "proof.wrong_key")),
    "no keys": (site(), (FAILED, "proof.wrong_key")),
    "no set": (site(jwks=None), (UNKNOWN, "did.unresolved")),
    "a set that is a list": (site(jwks=[KEY]), (UNKNOWN, "did.unresolved")),
    "keys that are no list": (site(jwks={"keys": KEY}), (UNKNOWN, "did.unresolved")),
    "two sets": (site(jwks_uri="https://keys.example.org/set"), (UNKNOWN, "did.unresolved")),
    "a set over http": (site(jwks=None, jwks_uri="http://keys.example.org/set"), (UNKNOWN, "did.unresolved")),
    "a set that is not there": (
        site(jwks=None, jwks_uri="https://keys.example.org/b"),
        (UNKNOWN, "did.unresolved"),
    ),
    "too many keys": (site(*[KEY] * 101), (UNKNOWN, "did.unresolved")),
    "another name": (site({**KEY, "kid": "k2"}), (FAILED, "proof.wrong_key")),
    "another key": (site({**OTHER_KEY, "kid": "k1"}), (FAILED, "proof.mismatch")),
    "a private key": (site({**KEY, "kid": "k1", "d": "AAAA"}), (FAILED, "proof.wrong_key")),
    "a key for something else": (site({**KEY, "kid": "k1", "use": "enc"}), (FAILED, "proof.wrong_key")),
}


@pytest.mark.parametrize("way", SITES)
def test_sites_whose_keys_are_not_taken(way: str) -> None:
    resolver, expected = SITES[way]

    assert told(checked(signed(iss=WEB, header={"kid": "k1"}), resolver=resolver), "proof") == expected


def test_where_the_keys_are_looked_for() -> None:
    assert metadata_url(WEB) == WEB_METADATA
    assert metadata_url("https://example.org/") == "https://example.org/.well-known/jwt-vc-issuer"
    assert metadata_url("https://example.org:8443") == "https://example.org:8443/.well-known/jwt-vc-issuer"


@pytest.mark.parametrize(
    "iss",
    [
        "https://",
        "https:example.org",
        "https://me@example.org/",
        "https://example.org/?a",
        "https://example.org/#a",
        "https://example.org:0/",
        "https://example.org:port/",
        "https://example.org/a b",
        "https://example.org\\a",
        "https://exämple.org/",
        "https://[::1",
        "https://example.org/\n",
        "ftp://example.org/",
    ],
)
def test_issuers_whose_keys_are_looked_for_nowhere(iss: str) -> None:
    fetcher = MemoryFetcher({})

    found = checked(signed(iss=iss), resolver=Resolver(fetcher=fetcher))

    assert told(found, "proof") == (UNKNOWN, "did.unresolved")
    assert fetcher.asked == []


# By a certificate.


def sans(*names: str) -> tuple[authorities.Extension, ...]:
    general = [
        crypto.UniformResourceIdentifier(name) if ":" in name else crypto.DNSName(name) for name in names
    ]
    return ((crypto.SubjectAlternativeName(general), False),)


ROOT = authorities.root()
CERTIFIED = EcdsaSigner(authorities.key(9), "")


def leaf(*names: str, subject: str = "Atelier du bocage", **options: Any) -> x509.Certificate:
    return ROOT.issue(subject, authorities.key(9), extensions=sans(*names) if names else (), **options)


def certified(certificate: x509.Certificate, *, kid: str = "", **claims: Any) -> SdJwt:
    header = {"x5c": x509.to_x5c([certificate]), "kid": kid}
    return signed(signer=CERTIFIED, header=header, **{"iss": WEB} | claims)


@pytest.mark.parametrize("names", [(WEB,), ("issuer.example.org",), ("a.example", WEB)], ids=str)
def test_a_certificate_that_names_the_issuer(names: tuple[str, ...]) -> None:
    found = checked(certified(leaf(*names)), anchors=(ROOT.certificate,))

    assert told(found, "proof") == (PASSED, "")
    assert named(found, "proof").facts == {
        "algorithm": "ES256",
        "certificate": "Atelier du bocage",
        "organisation": "",
        "revocation_checked": False,
    }


def test_a_certificate_stands_for_an_issuer_that_is_not_named() -> None:
    found = checked(certified(leaf(WEB), iss=None, issuing_authority=None), anchors=(ROOT.certificate,))

    assert told(found, "proof") == (PASSED, "")
    assert (found.issuer_id, found.issuer_name) == (WEB, "Atelier du bocage")


@pytest.mark.parametrize("names", [(DID,), ("example.org",)], ids=str)
def test_a_certificate_for_a_did_that_is_out_of_reach(names: tuple[str, ...]) -> None:
    found = checked(certified(leaf(*names), iss=DID), anchors=(ROOT.certificate,))

    assert told(found, "proof") == (PASSED, "")


def test_a_did_that_is_within_reach_counts_before_a_certificate() -> None:
    other = web_signer(DID)
    document = did_document.build(DID, [(other.verification_method, other.public_key_multibase)])
    resolver = Resolver(documents=[MemoryDocuments(document)])

    found = checked(certified(leaf(DID), iss=DID), anchors=(ROOT.certificate,), resolver=resolver)

    assert named(found, "proof").outcome is FAILED


ANOTHER_ROOT = authorities.root(7, "Autre")
CERTIFICATES: dict[str, tuple[Callable[[], SdJwt], tuple[Outcome, str]]] = {
    "of another issuer": (lambda: certified(leaf("https://other.example")), (FAILED, "proof.wrong_key")),
    "of no name": (lambda: certified(leaf()), (FAILED, "proof.wrong_key")),
    "expired": (
        lambda: certified(leaf(WEB, until=EXAMPLE_MOMENT - timedelta(days=1))),
        (FAILED, "certificate.expired"),
    ),
    "not for signing": (
        lambda: certified(leaf(WEB, usages=("key_encipherment",))),
        (FAILED, "certificate.use"),
    ),
    "an authority's": (
        lambda: certified(leaf(WEB, ca=True, usages=("key_cert_sign",))),
        (FAILED, "certificate.use"),
    ),
    "by somebody unknown": (
        lambda: certified(ANOTHER_ROOT.issue("A", authorities.key(9), extensions=sans(WEB))),
        (UNKNOWN, "certificate.unknown_anchor"),
    ),
    "of another key": (
        lambda: signed(iss=WEB, header={"x5c": x509.to_x5c([leaf(WEB)])}),
        (FAILED, "proof.invalid"),
    ),
    "of another key of its kind": (
        lambda: signed(
            signer=EcdsaSigner(authorities.key(8), ""), iss=WEB, header={"x5c": x509.to_x5c([leaf(WEB)])}
        ),
        (FAILED, "proof.mismatch"),
    ),
    "nonsense": (lambda: signed(iss=WEB, header={"x5c": ["AAAA"]}), (FAILED, "certificate.invalid")),
    "none": (lambda: signed(iss=WEB, header={"x5c": []}), (FAILED, "certificate.invalid")),
    "for another did": (
        lambda: certified(leaf("did:web:example.com:o:atelier", "example.com"), iss=DID),
        (FAILED, "proof.wrong_key"),
    ),
}


@pytest.mark.parametrize("way", CERTIFICATES)
def test_certificates_that_do_not_count(way: str) -> None:
    make, expected = CERTIFICATES[way]

    assert told(checked(make(), anchors=(ROOT.certificate,)), "proof") == expected


def test_an_authority_nobody_here_knows_and_a_site_that_publishes_the_same_key() -> None:
    key = jwk.encode(CERTIFIED.public_key)

    assert told(checked(certified(leaf(WEB)), resolver=site(key)), "proof") == (PASSED, "")
    for resolver in (site(KEY), site(), site(key, issuer="https://issuer.example.org"), Resolver()):
        met = told(checked(certified(leaf(WEB)), resolver=resolver), "proof")
        assert met == (UNKNOWN, "certificate.unknown_anchor")


# When.


@pytest.mark.parametrize(
    ("claims", "name", "expected"),
    [
        ({"nbf": 1780387200}, "not_before", (PASSED, "")),
        ({"nbf": 1780387200 + 86_400}, "not_before", (FAILED, "validity.not_yet")),
        ({"nbf": "soon"}, "not_before", (UNKNOWN, "validity.unreadable")),
        ({"exp": 1780387200}, "not_expired", (FAILED, "validity.expired")),
        ({"exp": True}, "not_expired", (UNKNOWN, "validity.unreadable")),
        ({"exp": -1}, "not_expired", (UNKNOWN, "validity.unreadable")),
        ({"exp": None, "date_of_expiry": None}, "not_expired", (PASSED, "")),
        ({"exp": None, "date_of_expiry": "2026-06-02"}, "not_expired", (PASSED, "")),
        ({"exp": None, "date_of_expiry": "2026-06-01"}, "not_expired", (FAILED, "validity.expired")),
        ({"date_of_expiry": "2026-06-01"}, "not_expired", (FAILED, "validity.expired")),
        ({"date_of_expiry": "soon"}, "not_expired", (UNKNOWN, "validity.unreadable")),
    ],
    ids=str,
)
def test_moments(claims: dict[str, Any], name: str, expected: tuple[Outcome, str]) -> None:
    assert told(checked(signed(**claims)), name) == expected


def test_a_beginning_after_the_end_of_time() -> None:
    assert told(checked(signed(nbf=2**53 - 1)), "not_before") == (FAILED, "validity.not_yet")


# Status.


def a_list(values: dict[int, int] | None = None, signer: Signer = ISSUER) -> MemoryStatuses:
    statuses = token_list.build(values or {}, length=131_072, size=2)
    return MemoryStatuses(
        {LIST: issue_token_status_list(uri=LIST, statuses=statuses, signer=signer, created=EXAMPLE_MOMENT)}
    )


@pytest.mark.parametrize(
    ("lists", "expected"),
    [
        (a_list(), (PASSED, "")),
        (a_list({7: 1}), (FAILED, "status.revoked")),
        (a_list({7: 2}), (FAILED, "status.suspended")),
        (a_list({7: 3}), (UNKNOWN, "status.application_specific")),
        (a_list(signer=OTHER), (UNKNOWN, "status.invalid")),
        (MemoryStatuses(), (UNKNOWN, "status.unreachable")),
    ],
    ids=["valid", "revoked", "suspended", "other", "another's", "away"],
)
def test_the_status(lists: MemoryStatuses, expected: tuple[Outcome, str]) -> None:
    found = checked(attestation(status=PLACE), statuses=lists)

    assert told(found, "revocation") == expected
    assert named(found, "revocation").question is Question.VALID


def test_a_status_of_another_kind_is_unknown() -> None:
    assert told(checked(signed(status={"other": 1})), "revocation") == (UNKNOWN, "status.unsupported")


def test_a_status_list_of_a_site() -> None:
    signer = Ed25519Signer((1).to_bytes(32, "big"), "k1")
    found = signed(iss=WEB, header={"kid": "k1"}, status={"status_list": {"idx": 7, "uri": LIST}})

    for number, expected in ((1, PASSED), (3, UNKNOWN)):
        signer = Ed25519Signer(number.to_bytes(32, "big"), "k1")
        lists = a_list(signer=signer)
        met = checked(found, resolver=site({**KEY, "kid": "k1"}), statuses=lists)
        assert named(met, "revocation").outcome is expected


@pytest.mark.parametrize(
    ("iss", "subject", "expected"),
    [
        (WEB, "Atelier du bocage", PASSED),
        (WEB, "Autre", PASSED),
        (None, "Atelier du bocage", PASSED),
        (None, "Autre", UNKNOWN),
    ],
)
def test_a_status_list_with_a_certificate(iss: str | None, subject: str, expected: Outcome) -> None:
    place = {"status_list": {"idx": 7, "uri": LIST}}
    statuses = token_list.encode(token_list.build({}, length=131_072))
    claims = {"sub": LIST, "iat": 1780387200, "status_list": statuses}
    body = jose.sign(
        strict_json.write(claims),
        signer=CERTIFIED,
        typ="statuslist+jwt",
        header={"x5c": x509.to_x5c([leaf(WEB, subject=subject)])},
    )

    found = checked(
        certified(leaf(WEB), iss=iss, status=place),
        anchors=(ROOT.certificate,),
        statuses=MemoryStatuses({LIST: body.encode()}),
    )

    assert told(found, "proof") == (PASSED, "")
    assert named(found, "revocation").outcome is expected


# By its holder, for whoever asks.


def bound(found: SdJwt | None = None, **changes: Any) -> SdJwt:
    usual: dict[str, Any] = {
        "signer": HOLDER,
        "audience": AUDIENCE,
        "nonce": CHALLENGE,
        "created": EXAMPLE_MOMENT,
    }
    return key_binding.bind(found or sd_jwt.select(attestation(), lambda path: True), **usual | changes)


ASKED = {"challenge": CHALLENGE, "audience": AUDIENCE}


def test_the_holder_answers() -> None:
    found = checked(bound(), **ASKED)

    assert set(outcomes(found).values()) == {"passed"}
    assert named(found, "key_binding").facts == {
        "asked": True,
        "audience": AUDIENCE,
        "challenge": CHALLENGE,
    }
    assert named(found, "key_binding").question is Question.INTACT


def test_an_answer_that_nobody_here_asked_for_is_held_against_what_is_shown() -> None:
    old = NOW + timedelta(days=100)

    assert told(checked(bound(), at=old), "key_binding") == (PASSED, "")
    assert named(checked(bound(), at=old), "key_binding").facts["asked"] is False
    stripped = replace(bound(), disclosures=bound().disclosures[1:])
    assert told(checked(stripped), "key_binding") == (FAILED, "proof.key_binding")


BINDINGS: dict[str, tuple[Callable[[], SdJwt], tuple[Outcome, str]]] = {
    "none": (lambda: attestation(), (FAILED, "proof.no_key_binding")),
    "stripped off": (lambda: replace(bound(), binding=None), (FAILED, "proof.no_key_binding")),
    "not bound to anybody": (
        lambda: bound(signed(cnf=None)),
        (FAILED, "proof.no_key_binding"),
    ),
    "another key": (lambda: bound(signer=OTHER), (FAILED, "proof.mismatch")),
    "another question": (lambda: bound(nonce="0000"), (FAILED, "proof.challenge")),
    "another verifier": (lambda: bound(audience="https://other.example"), (FAILED, "proof.domain")),
    "disclosures stripped": (
        lambda: replace(bound(), disclosures=bound().disclosures[:3]),
        (FAILED, "proof.key_binding"),
    ),
    "over another attestation": (
        lambda: replace(attestation(), binding=bound().binding),
        (FAILED, "proof.key_binding"),
    ),
    "too long ago": (lambda: bound(created=NOW - timedelta(hours=1)), (FAILED, "proof.key_binding")),
    "to come": (lambda: bound(created=NOW + timedelta(hours=1)), (FAILED, "proof.not_yet")),
    "a key named in another way": (
        lambda: bound(signed(cnf={"kid": HOLDER.verification_method})),
        (UNKNOWN, "proof.unsupported"),
    ),
    "a key that is none": (lambda: bound(signed(cnf={"jwk": {"kty": "EC"}})), (UNKNOWN, "key.invalid")),
    "a key of another kind": (
        lambda: bound(signed(cnf={"jwk": jwk.encode(CERTIFIED.public_key)})),
        (FAILED, "proof.invalid"),
    ),
    "a private key": (
        lambda: bound(signed(cnf={"jwk": {**jwk.encode(HOLDER.public_key), "d": "AAAA"}})),
        (UNKNOWN, "key.invalid"),
    ),
}


@pytest.mark.parametrize("way", BINDINGS)
def test_answers_that_are_refused(way: str) -> None:
    make, expected = BINDINGS[way]

    assert told(checked(make(), **ASKED), "key_binding") == expected


@pytest.mark.parametrize("asked", ASKED)
def test_either_question_asks_for_the_holder(asked: str) -> None:
    assert told(checked(attestation(), **{asked: ASKED[asked]}), "key_binding") == (
        FAILED,
        "proof.no_key_binding",
    )
    assert told(checked(bound(), **{asked: ASKED[asked]}), "key_binding") == (PASSED, "")


def es256() -> EcdsaSigner:
    public = EcdsaSigner(authorities.key(4), "").public_key_multibase
    return EcdsaSigner(authorities.key(4), did_key.verification_method(public))


def test_the_holders_algorithm_is_the_verifiers_choice_too() -> None:
    found = checked(bound(attestation(es256())), algorithms=frozenset({"ES256"}), **ASKED)

    assert told(found, "proof") == (PASSED, "")
    assert told(found, "key_binding") == (UNKNOWN, "proof.unsupported")


# The document about its type.

METADATA = strict_json.write(sd_jwt_vc.type_metadata(sd_jwt_vc.LEARNING_CREDENTIAL))


@pytest.mark.parametrize(
    ("integrity", "document", "expected"),
    [
        ("", METADATA, (PASSED, "")),
        (sd_jwt_vc.integrity(METADATA), METADATA, (PASSED, "")),
        (sd_jwt_vc.integrity(METADATA), METADATA + b" ", (FAILED, "proof.claims")),
        ("nonsense", METADATA, (FAILED, "proof.claims")),
        ("", strict_json.write({"vct": "urn:other:1"}), (FAILED, "proof.claims")),
        ("", b"[]", (FAILED, "reading.unreadable")),
    ],
    ids=["not stated", "right", "other bytes", "nonsense", "another type", "not json"],
)
def test_the_document_about_its_type(integrity: str, document: bytes, expected: tuple[Outcome, str]) -> None:
    found = checked(attestation(vct_integrity=integrity), type_metadata=document)

    assert told(found, "type_metadata") == expected
    assert named(found, "type_metadata").facts["has_integrity"] is bool(integrity)


# Anything at all.

HEADERS = st.dictionaries(
    st.sampled_from(["kid", "x5c", "typ", "jwk", "cty"]),
    st.none() | st.integers(-9, 9) | st.text(max_size=9) | st.lists(st.text(max_size=5), max_size=2),
    max_size=3,
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=5,
)
NAMES = ["iss", "nbf", "iat", "exp", "cnf", "vct", "vct#integrity", "status", "_sd", "_sd_alg", "...", "a"]


@settings(max_examples=200, deadline=None)
@given(
    claims=st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=6),
    header=HEADERS,
    disclosures=st.lists(VALUES.map(lambda value: base64url_encode(strict_json.write(value))), max_size=2),
    is_bound=st.booleans(),
)
def test_whatever_somebody_signs_there_is_an_answer(
    claims: dict[str, Any], header: dict[str, Any], disclosures: list[str], is_bound: bool
) -> None:
    token = jose.sign(strict_json.write(claims), signer=ISSUER, typ="dc+sd-jwt", header=header)
    binding = jose.sign(strict_json.write(claims), signer=HOLDER, typ="kb+jwt") if is_bound else ""

    found = checked("~".join((token, *disclosures, binding)), type_metadata=METADATA, **ASKED)

    assert {each.name for each in found.checks} >= {"structure", "proof", "not_before", "not_expired"}
    assert FAILED in {each.outcome for each in found.checks}
    json.dumps([each.facts for each in found.checks])


BOUND = bound().compact


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_a_letter_changed_never_passes(data: st.DataObject) -> None:
    text = BOUND
    place = data.draw(st.integers(0, len(text) - 1))
    letter = data.draw(st.sampled_from("AZaz09-_.~"))
    spoilt = text[:place] + letter + text[place + 1 :]

    try:
        found = checked(spoilt, **ASKED)
    except UnreadableError:
        return

    assert (set(outcomes(found).values()) == {"passed"}) is (spoilt == text)
