"""What libraries for JSON Web Signatures are shown: our tokens, and the ways to spoil one."""

from __future__ import annotations

from collections.abc import Callable

from sceau.canon import strict_json
from sceau.keys import jwk
from sceau.keys.public import KeyType

PAYLOAD = '{"name":"Planter et entretenir une haie champêtre"}'
ALGORITHMS = {KeyType.ED25519: "EdDSA", KeyType.P256: "ES256", KeyType.P384: "ES384"}


def put_together(header: dict[str, object], payload: str = PAYLOAD, signature: str = "") -> str:
    """A token that nobody signed."""
    return ".".join(
        (
            jwk.base64url_encode(strict_json.write(header)),
            jwk.base64url_encode(payload.encode()),
            signature,
        )
    )


def _another_payload(token: str) -> str:
    header, _, signature = token.split(".")
    return f"{header}.{jwk.base64url_encode(PAYLOAD.replace('haie', 'mare').encode())}.{signature}"


def _another_header(token: str) -> str:
    header, payload, signature = token.split(".")
    written = jwk.base64url_decode(header).replace(b'"typ":"vc', b'"typ":"vp')
    assert written != jwk.base64url_decode(header)
    return f"{jwk.base64url_encode(written)}.{payload}.{signature}"


def _another_signature(token: str) -> str:
    header, payload, signature = token.split(".")
    return f"{header}.{payload}.{'B' if signature[0] == 'A' else 'A'}{signature[1:]}"


def _no_signature(token: str) -> str:
    header, payload, _ = token.split(".")
    return f"{header}.{payload}."


SPOILERS: dict[str, Callable[[str], str]] = {
    "another payload": _another_payload,
    "another header": _another_header,
    "another signature": _another_signature,
    "no signature": _no_signature,
}
