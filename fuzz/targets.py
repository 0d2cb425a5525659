"""
One target for each parser: what it is given, what may escape from it, and good input to start from.

Whatever else escapes is a defect: strangers write this input, and who calls the parser catches what is named.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from sceau.canon import jcs, jsonld, rdfc, strict_json
from sceau.did import did_jwk, did_key, did_web
from sceau.did import document as did_document
from sceau.did.resolver import Resolver
from sceau.errors import (
    CanonicalisationError,
    CertificateError,
    ContextError,
    DisclosureError,
    KeyFormatError,
    MissingProofError,
    ResolutionError,
    SceauError,
    SeveralSealsError,
    StatusListError,
    UnreadableError,
    UnsupportedProofError,
    WrongKeyError,
)
from sceau.formats import baking
from sceau.keys import jwk, multikey, x509
from sceau.proofs import jades, jose, sd_jwt
from sceau.status import bitstring, entries, token_list
from sceau.verifying import reading
from sceau.verifying.policy import Policy
from sceau.verifying.presentations import verify_presentation
from sceau.verifying.verify import verify

AT = datetime(2026, 6, 2, 9, tzinfo=UTC)
POLICY = Policy(resolver=Resolver())
DID = "did:web:example.org:o:atelier"


@dataclass(frozen=True)
class Target:
    """
    Attributes:
        read: Given any bytes.
        may_raise: What its documentation names.
        seeds: Names of good inputs, see `fuzz.seeds`.
        words: What the input is made of, for the fuzzer to put together.
    """

    read: Callable[[bytes], object]
    may_raise: tuple[type[Exception], ...]
    seeds: tuple[str, ...]
    words: tuple[str, ...] = ()

    def __call__(self, data: bytes) -> None:
        try:
            self.read(data)
        except self.may_raise:
            return


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def _json(data: bytes) -> object:
    value = strict_json.read(data)
    # What was read can be written, and reads the same.
    assert strict_json.read(strict_json.write(value)) == value
    return value


def _token(data: bytes) -> object:
    token = jose.parse(_text(data))
    return token.claims(), token.type, token.algorithm


def _drawing(data: bytes) -> object:
    found = baking.unbake_svg(data)
    assert found
    return found


def _sd_jwt(data: bytes) -> object:
    held = sd_jwt.parse(_text(data))
    return held.claims(), held.disclosed(), sd_jwt.parse(held.compact)


def _seal(data: bytes) -> object:
    found = jades.parse(data)
    return found.time_stamps()


def _bits(data: bytes) -> object:
    text = _text(data)
    size = 1 + len(text) % 8
    bits = bitstring.decode(text, size=size, max_bytes=1 << 18)
    return bitstring.value(bits, bitstring.MINIMUM_LENGTH - 1, size=size)


def _entry(data: bytes) -> object:
    entry = entries.read(strict_json.read_object(data))
    assert entries.read(entries.write(entry)) == entry
    return entry


def _token_list(data: bytes) -> object:
    claim = strict_json.read(data)
    return token_list.decode(claim, max_bytes=1 << 18), token_list.read_reference(claim)


def _multikey(data: bytes) -> object:
    key = multikey.decode(_text(data))
    key.native  # noqa: B018 -- refuses what is no point
    assert multikey.encode(key) == _text(data)
    return key


def _jwk(data: bytes) -> object:
    key = jwk.decode(strict_json.read_object(data))
    assert jwk.decode(jwk.encode(key)) == key
    return jwk.thumbprint(key)


def _did(data: bytes) -> object:
    text = _text(data)
    if text.startswith(did_web.PREFIX):
        return did_web.document_url(text)
    return did_jwk.resolve(text) if text.startswith(did_jwk.PREFIX) else did_key.resolve(text)


def _did_document(data: bytes) -> object:
    document = strict_json.read_object(data)
    did_document.public_key(document, f"{DID}#key-1", at=AT)
    return did_document.public_keys(document, at=AT)


def _certificate(data: bytes) -> object:
    found = x509.from_pem(data) if data.startswith(b"-") else (x509.parse(data),)
    return [(one.public_key, one.thumbprint, x509.from_x5c(x509.to_x5c([one]))) for one in found]


def _statements(data: bytes) -> object:
    quads = jsonld.to_quads(strict_json.read_object(data))
    return rdfc.canonicalise(quads, max_work=20_000)


def _canonical_json(data: bytes) -> object:
    value = strict_json.read(data)
    form = jcs.canonicalise(value)
    assert jcs.canonicalise(strict_json.read(form)) == form
    return form


_MARKS = ("{", "}", "[", "]", '":', '",', "null", "\\u", "\\ud800", "1e400", "0.1", "-0", "\ufeff")
_TERMS = ('"@context"', '"id"', '"type"', '"@value"', '"@type"', '"@language"', '"@id"', '"_:b0"')
_PROOF = ('"proof"', '"cryptosuite"', '"verificationMethod"', '"previousProof"', '"created"', '"proofValue"')
_TOKEN = ("eyJhbGciOiJFZERTQSJ9", "eyJhbGciOiJub25lIn0", "e30", ".", "~", "data:application/vc+jwt,")

TARGETS: dict[str, Target] = {
    "strict_json": Target(_json, (UnreadableError,), ("credential",), _MARKS),
    "canonical_json": Target(
        _canonical_json, (UnreadableError, CanonicalisationError), ("credential",), _MARKS
    ),
    "jose": Target(_token, (UnreadableError,), ("token",), _TOKEN),
    "reading": Target(
        lambda data: reading.read(data, max_bytes=100_000),
        (UnreadableError,),
        ("credential", "token", "drawing", "envelope", "png", "sd_jwt", "seal"),
        (*_MARKS, *_TOKEN),
    ),
    "verify": Target(
        lambda data: verify(data, at=AT, policy=POLICY),
        (UnreadableError,),
        ("credential", "token", "drawing", "sd_jwt", "seal"),
        (*_MARKS, *_TERMS, *_PROOF, *_TOKEN),
    ),
    "presentations": Target(
        lambda data: verify_presentation(data, at=AT, policy=POLICY, challenge="c", domain="d"),
        (UnreadableError,),
        ("presentation", "presentation_token"),
        (*_MARKS, *_TERMS, *_PROOF, *_TOKEN, '"verifiableCredential"', '"holder"'),
    ),
    "baking": Target(
        _drawing,
        (UnreadableError,),
        ("drawing",),
        ("<!DOCTYPE", "<!ENTITY", "<![CDATA[", "]]>", "&#", "xmlns:", "verify=", "<?xml", 'encoding="'),
    ),
    "png": Target(
        lambda data: baking.unbake(data).content, (UnreadableError,), ("png",), ("iTXt", "tEXt", "IEND")
    ),
    "sd_jwt": Target(
        _sd_jwt,
        (UnreadableError, DisclosureError, UnsupportedProofError),
        ("sd_jwt",),
        (*_TOKEN, "WyJ", "_sd"),
    ),
    "jades": Target(
        _seal,
        (UnreadableError, MissingProofError, SeveralSealsError),
        ("seal",),
        (*_MARKS, '"etsiU"', '"sigTst"'),
    ),
    "bitstring": Target(_bits, (StatusListError,), ("bits",)),
    "status_entry": Target(_entry, (StatusListError, UnreadableError), ("entry",), _MARKS),
    "token_list": Target(
        _token_list, (StatusListError, UnreadableError), ("token_list", "reference"), _MARKS
    ),
    "multikey": Target(_multikey, (KeyFormatError,), ("multikey",), ("z6Mk", "zDna", "z82L")),
    "jwk": Target(
        _jwk, (KeyFormatError, UnreadableError), ("jwk", "jwk_ec"), ('"kty"', '"RSA"', '"n"', '"e"')
    ),
    "dids": Target(_did, (ResolutionError,), ("did_web", "did_key", "did_jwk"), ("%3A", ":", "..", "did:")),
    "did_documents": Target(
        _did_document,
        (ResolutionError, WrongKeyError, KeyFormatError, UnreadableError),
        ("did_document",),
        (*_MARKS, '"assertionMethod"', '"revoked"', '"publicKeyJwk"', '"JsonWebKey"'),
    ),
    "x509": Target(_certificate, (CertificateError, KeyFormatError), ("certificate", "pem")),
    "jsonld": Target(
        _statements,
        (ContextError, CanonicalisationError, UnreadableError),
        ("unsigned",),
        (*_MARKS, *_TERMS, '"@direction"', '"@json"', '"@list"'),
    ),
}
assert all(issubclass(error, SceauError) for target in TARGETS.values() for error in target.may_raise)


def start_from(name: str) -> dict[str, bytes]:
    """Good input for a target, by name."""
    from fuzz import seeds

    return {seed: seeds.SEEDS[seed]() for seed in TARGETS[name].seeds}


def dictionary(name: str) -> str:
    """The words of a target as libFuzzer reads them, each byte in base 16."""
    words = (word.encode() for word in TARGETS[name].words)
    return "".join('"' + "".join(f"\\x{byte:02x}" for byte in word) + '"\n' for word in words)
