"""Attestations of the EU wallet and Token Status Lists of ours, read by sd-jwt and openvc-core for Python."""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from jwcrypto.common import JWException
from jwcrypto.jwk import JWK
from openvc.errors import OpenvcError
from openvc.proof.sd_jwt import SdJwtVcProofSuite
from openvc.status import StatusListError, check_token_status, verify_status_list_token
from sd_jwt.verifier import SDJWTVerifier
from tests.sceau.others.documents import signer_of

from sceau.formats import sd_jwt_vc
from sceau.issuing import issue_token_status_list
from sceau.keys import jwk
from sceau.keys.public import KeyType
from sceau.proofs import key_binding, sd_jwt
from sceau.proofs.sd_jwt import SdJwt
from sceau.status import token_list
from sceau.status.token_list import Reference
from sceau.testing import EXAMPLE_MOMENT, example_credential

KINDS = (KeyType.ED25519, KeyType.P256)
LIST_URL = "https://atelier.example.org/statuts/jetons/1"
AUDIENCE, NONCE = "x509_san_dns:verifieur.example", "3f9c"
HOLDER = signer_of(KeyType.P256, 7)
"""On P-256: sd-jwt takes no answer with another algorithm."""


@functools.cache
def issued(kind: KeyType, number: int = 1) -> SdJwt:
    signer = signer_of(kind, number)
    issuer = signer.verification_method.partition("#")[0]
    return sd_jwt.parse(
        sd_jwt_vc.issue(
            example_credential(issuer_id=issuer),
            signer=signer,
            created=EXAMPLE_MOMENT,
            holder_key=HOLDER.public_key,
            status=Reference(LIST_URL, 7),
        )
    )


def with_sd_jwt(text: str, kind: KeyType, number: int = 1, **asked: Any) -> dict[str, Any]:
    key = JWK(**jwk.encode(signer_of(kind, number).public_key))
    read = SDJWTVerifier(text, lambda issuer, header: key, **asked).get_verified_payload()
    found: dict[str, Any] = read
    return found


def with_openvc(text: str, kind: KeyType, number: int = 1, **asked: Any) -> dict[str, Any]:
    public = jwk.encode(signer_of(kind, number).public_key)
    met = SdJwtVcProofSuite().verify(text, public_key_jwk=public, **asked)
    found: dict[str, Any] = met.claims
    return found


READERS: dict[str, Callable[..., dict[str, Any]]] = {"sd-jwt": with_sd_jwt, "openvc-core": with_openvc}
REFUSES = (JWException, OpenvcError, ValueError)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("kind", KINDS)
def test_they_read_all_that_we_disclose(kind: KeyType, reader: str) -> None:
    met = READERS[reader](issued(kind).compact, kind)

    ours = issued(kind).claims()
    assert {name: met[name] for name in ours} == ours
    assert met["vct"] == "urn:eu.europa.ec.eudi:learning:credential:1"


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("kind", KINDS)
def test_they_see_nothing_of_what_is_kept_back(kind: KeyType, reader: str) -> None:
    shown = sd_jwt.select(issued(kind), lambda path: path == ("level_of_learning_experience",))

    met = READERS[reader](shown.compact, kind)

    assert "level_of_learning_experience" in met
    assert {"family_name", "given_name", "assessment_grade"}.isdisjoint(met)
    assert {"family_name", "given_name"} <= issued(kind).claims().keys()


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("kind", KINDS)
def test_they_refuse_what_is_altered_or_by_another_key(kind: KeyType, reader: str) -> None:
    text = issued(kind).compact
    payload = text.split(".")[1]
    spoilt = text.replace(payload, payload[:-2] + ("AA" if payload[-2:] != "AA" else "BB"), 1)

    with pytest.raises(REFUSES):
        READERS[reader](spoilt, kind)
    with pytest.raises(REFUSES):
        READERS[reader](text, kind, 2)


def test_sd_jwt_follows_the_holders_answer_and_refuses_another() -> None:
    shown = sd_jwt.select(issued(KeyType.P256), lambda path: path == ("given_name",))
    answered, other = (
        key_binding.bind(shown, signer=signer, audience=AUDIENCE, nonce=NONCE, created=EXAMPLE_MOMENT).compact
        for signer in (HOLDER, signer_of(KeyType.P256, 8))
    )
    asked = {"expected_aud": AUDIENCE, "expected_nonce": NONCE}

    assert "given_name" in with_sd_jwt(answered, KeyType.P256, **asked)
    with pytest.raises(REFUSES):
        with_sd_jwt(other, KeyType.P256, **asked)
    with pytest.raises(REFUSES):
        with_sd_jwt(answered, KeyType.P256, **asked | {"expected_nonce": "autre"})


# — Token Status Lists —


def listed(kind: KeyType, values: dict[int, int]) -> str:
    return issue_token_status_list(
        uri=LIST_URL,
        statuses=token_list.build(values, length=131_072, size=2),
        signer=signer_of(kind),
        created=EXAMPLE_MOMENT,
    ).decode()


def its_answer(text: str, kind: KeyType, number: int = 1) -> int:
    public = jwk.encode(signer_of(kind, number).public_key)
    claims = verify_status_list_token(
        text, public_key_jwk=public, expected_uri=LIST_URL, now=EXAMPLE_MOMENT + timedelta(hours=1)
    )
    met = check_token_status(dict(issued(kind).payload), resolve_status_list_token=lambda uri: claims)
    assert met is not None
    return int(met.status)


@pytest.mark.parametrize("value", [0, 1, 2, 3])
@pytest.mark.parametrize("kind", KINDS)
def test_openvc_finds_in_our_list_what_we_wrote(kind: KeyType, value: int) -> None:
    assert its_answer(listed(kind, {7: value, 6: 1, 8: 2}), kind) == value


@pytest.mark.parametrize("kind", KINDS)
def test_openvc_refuses_our_list_altered_or_by_another_key(kind: KeyType) -> None:
    text = listed(kind, {7: 1})
    payload = text.split(".")[1]

    for spoilt, number in ((text.replace(payload, payload[:-2] + "AA", 1), 1), (text, 2)):
        with pytest.raises((StatusListError, OpenvcError)):
            its_answer(spoilt, kind, number)
