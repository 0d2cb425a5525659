"""joserfc for Python: JSON Web Signatures in both directions, and what neither side may accept."""

from __future__ import annotations

import pytest
from joserfc import errors, jws
from joserfc.jwk import ECKey, OctKey, OKPKey, RSAKey
from tests.sceau.others.documents import signer_of
from tests.sceau.others.tokens import ALGORITHMS, PAYLOAD, SPOILERS, put_together

from sceau.errors import SceauError
from sceau.keys import jwk
from sceau.keys.public import KeyType, PublicKey
from sceau.proofs import jose

# RFC 9864 prefers the name Ed25519; the standards of credentials still say EdDSA.
pytestmark = pytest.mark.filterwarnings("ignore:EdDSA is deprecated")

READERS = {KeyType.ED25519: OKPKey, KeyType.P256: ECKey, KeyType.P384: ECKey}


def ours(kind: KeyType, number: int = 1) -> tuple[str, PublicKey]:
    signer = signer_of(kind, number)
    return jose.sign(PAYLOAD.encode(), signer=signer, typ="vc+jwt"), signer.public_key


def its_reading(token: str, key: PublicKey, *algorithms: str) -> jws.CompactSignature:
    theirs = READERS[key.type].import_key(jwk.encode(key))
    return jws.deserialize_compact(token, theirs, algorithms=list(algorithms))


@pytest.mark.parametrize("kind", ALGORITHMS)
def test_it_accepts_our_token(kind: KeyType) -> None:
    token, key = ours(kind)

    met = its_reading(token, key, ALGORITHMS[kind])

    assert met.payload.decode() == PAYLOAD
    assert met.protected["kid"] == signer_of(kind).verification_method


@pytest.mark.parametrize("kind", ALGORITHMS)
@pytest.mark.parametrize("way", SPOILERS)
def test_it_refuses_our_token_spoilt(way: str, kind: KeyType) -> None:
    token, key = ours(kind)

    with pytest.raises(errors.BadSignatureError):
        its_reading(SPOILERS[way](token), key, ALGORITHMS[kind])


@pytest.mark.parametrize("kind", ALGORITHMS)
def test_it_refuses_our_token_by_another_key(kind: KeyType) -> None:
    token, _ = ours(kind)
    _, other = ours(kind, 2)

    with pytest.raises(errors.BadSignatureError):
        its_reading(token, other, ALGORITHMS[kind])


@pytest.mark.parametrize("algorithm", sorted(jose.ALGORITHMS))
def test_its_token_holds_here(algorithm: str) -> None:
    key: OKPKey | ECKey | RSAKey
    if algorithm in ("EdDSA", "Ed25519"):
        key = OKPKey.generate_key("Ed25519")
    elif algorithm == "RS256":
        key = RSAKey.generate_key(2_048)
    else:
        key = ECKey.generate_key({"ES256": "P-256", "ES384": "P-384", "ES512": "P-521"}[algorithm])
    header = {"alg": algorithm, "typ": "vc+jwt"}
    token = jws.serialize_compact(header, PAYLOAD, key, algorithms=[algorithm])
    public = jwk.decode({name: value for name, value in key.as_dict(private=False).items() if name != "kid"})

    jose.verify(jose.parse(token), public, algorithms={algorithm})

    for spoil in SPOILERS.values():
        with pytest.raises(SceauError):
            jose.verify(jose.parse(spoil(token)), public, algorithms={algorithm})


def test_both_refuse_a_token_without_signature() -> None:
    _, key = ours(KeyType.P256)
    token = put_together({"alg": "none"})

    with pytest.raises(errors.JoseError):
        its_reading(token, key, "ES256")
    with pytest.raises(SceauError):
        jose.verify(jose.parse(token), key, algorithms={*jose.ALGORITHMS, "none"})


def test_both_refuse_a_shared_secret() -> None:
    _, key = ours(KeyType.P256)
    token = jws.serialize_compact({"alg": "HS256"}, PAYLOAD, OctKey.generate_key(256))

    with pytest.raises(errors.JoseError):
        its_reading(token, key, "ES256")
    with pytest.raises(SceauError):
        jose.verify(jose.parse(token), key, algorithms={*jose.ALGORITHMS, "HS256"})


@pytest.mark.parametrize("kind", ALGORITHMS)
def test_both_find_the_same_thumbprint(kind: KeyType) -> None:
    _, key = ours(kind)

    assert READERS[kind].import_key(jwk.encode(key)).thumbprint() == jwk.thumbprint(key)
