"""jose for Node: JSON Web Signatures in both directions, and what neither side may accept."""

from __future__ import annotations

from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from tests.sceau.others.documents import signer_of
from tests.sceau.others.peers import Peer
from tests.sceau.others.tokens import ALGORITHMS, PAYLOAD, SPOILERS, put_together

from sceau.errors import SceauError
from sceau.keys import jwk
from sceau.keys.public import KeyType, PublicKey
from sceau.proofs import jose


def ours(kind: KeyType, number: int = 1) -> tuple[str, PublicKey]:
    signer = signer_of(kind, number)
    return jose.sign(PAYLOAD.encode(), signer=signer, typ="vc+jwt"), signer.public_key


def its_view(peer: Peer, token: str, key: PublicKey, *algorithms: str) -> dict[str, Any]:
    return peer.ask(ask="verify", token=token, jwk=jwk.encode(key), algorithms=algorithms)


@pytest.mark.parametrize("kind", ALGORITHMS)
def test_it_accepts_our_token(jose_for_node: Peer, kind: KeyType) -> None:
    token, key = ours(kind)

    met = its_view(jose_for_node, token, key, ALGORITHMS[kind])

    assert met["verified"], met
    assert met["payload"] == PAYLOAD
    assert met["header"]["typ"] == "vc+jwt"


@pytest.mark.parametrize("kind", ALGORITHMS)
@pytest.mark.parametrize("way", SPOILERS)
def test_both_refuse_our_token_spoilt(jose_for_node: Peer, way: str, kind: KeyType) -> None:
    token, key = ours(kind)
    spoilt = SPOILERS[way](token)

    met = its_view(jose_for_node, spoilt, key, ALGORITHMS[kind])

    assert met["code"] == "ERR_JWS_SIGNATURE_VERIFICATION_FAILED"
    with pytest.raises(SceauError):
        jose.verify(jose.parse(spoilt), key, algorithms=jose.ALGORITHMS)


@pytest.mark.parametrize("kind", ALGORITHMS)
def test_both_refuse_our_token_by_another_key(jose_for_node: Peer, kind: KeyType) -> None:
    token, _ = ours(kind)
    _, other = ours(kind, 2)

    met = its_view(jose_for_node, token, other, ALGORITHMS[kind])

    assert met["code"] == "ERR_JWS_SIGNATURE_VERIFICATION_FAILED"
    with pytest.raises(SceauError):
        jose.verify(jose.parse(token), other, algorithms=jose.ALGORITHMS)


@pytest.mark.parametrize("algorithm", sorted(jose.ALGORITHMS))
def test_its_token_holds_here(jose_for_node: Peer, algorithm: str) -> None:
    header = {"alg": algorithm, "typ": "vc+jwt", "cty": "vc"}
    made = jose_for_node.ask(ask="sign", payload=PAYLOAD, header=header)
    other = jose_for_node.ask(ask="sign", payload=PAYLOAD, header=header)
    token, key = jose.parse(made["token"]), jwk.decode(made["jwk"])

    jose.verify(token, key, algorithms={algorithm})

    assert token.payload.decode() == PAYLOAD
    assert token.type == "vc+jwt"
    with pytest.raises(SceauError):
        jose.verify(token, jwk.decode(other["jwk"]), algorithms={algorithm})
    with pytest.raises(SceauError):
        jose.verify(token, key, algorithms=jose.ALGORITHMS - {algorithm})
    for spoil in SPOILERS.values():
        with pytest.raises(SceauError):
            jose.verify(jose.parse(spoil(made["token"])), key, algorithms={algorithm})


@pytest.mark.parametrize("algorithm", ["PS256", "RS384", "RS512"])
def test_its_token_in_an_algorithm_that_is_not_read_here(jose_for_node: Peer, algorithm: str) -> None:
    made = jose_for_node.ask(ask="sign", payload=PAYLOAD, header={"alg": algorithm})

    with pytest.raises(SceauError):
        jose.check_header(jose.parse(made["token"]), algorithms={*jose.ALGORITHMS, algorithm})


def test_both_refuse_a_token_without_signature(jose_for_node: Peer) -> None:
    _, key = ours(KeyType.P256)
    made = jose_for_node.ask(ask="unsecured", claims={"iss": "did:example:nobody"})["token"]

    for token in (made, put_together({"alg": "none"})):
        met = its_view(jose_for_node, token, key, "ES256")

        assert met["code"] == "ERR_JOSE_ALG_NOT_ALLOWED"
        with pytest.raises(SceauError):
            jose.verify(jose.parse(token), key, algorithms={*jose.ALGORITHMS, "none"})


def test_both_refuse_a_public_key_taken_for_a_shared_secret(jose_for_node: Peer) -> None:
    _, key = ours(KeyType.P256)
    pem = key.native.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    made = jose_for_node.ask(ask="shared", payload=PAYLOAD, header={"alg": "HS256"}, secret=pem)

    met = its_view(jose_for_node, made["token"], key, "ES256")

    assert met["code"] == "ERR_JOSE_ALG_NOT_ALLOWED"
    with pytest.raises(SceauError):
        jose.verify(jose.parse(made["token"]), key, algorithms={*jose.ALGORITHMS, "HS256"})


@pytest.mark.parametrize("critical", [["exp"], ["b64"], []])
def test_both_refuse_a_critical_header_that_is_not_understood(
    jose_for_node: Peer, critical: list[str]
) -> None:
    """`b64` is understood there when it is written out; here a payload is always in base64url."""
    signer = signer_of(KeyType.P256)
    token = jose.sign(PAYLOAD.encode(), signer=signer, typ="vc+jwt", header={"crit": critical})

    met = its_view(jose_for_node, token, signer.public_key, "ES256")

    assert not met["verified"]
    with pytest.raises(SceauError):
        jose.verify(jose.parse(token), signer.public_key, algorithms=jose.ALGORITHMS)


@pytest.mark.parametrize("kind", ALGORITHMS)
def test_both_find_the_same_thumbprint(jose_for_node: Peer, kind: KeyType) -> None:
    _, key = ours(kind)

    assert jose_for_node.ask(ask="thumbprint", jwk=jwk.encode(key)) == {"thumbprint": jwk.thumbprint(key)}
