"""What the other forms of a credential need beside it: salts, an end, one language, a type described."""

from __future__ import annotations

import dataclasses
import hashlib
import hmac
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, TypeVar

from jalon.awarding.errors import HolderKeyError
from sceau.canon import strict_json
from sceau.errors import KeyFormatError, UnreadableError
from sceau.formats import sd_jwt_vc
from sceau.keys import jwk
from sceau.keys.public import KeyType, PublicKey
from sceau.model.texts import Text

ATTESTATION_LASTS = timedelta(days=5 * 365)
"""The European type asks each file for an end, though most awards have none."""
RENEWED_BEFORE = timedelta(days=365)

Value = TypeVar("Value")


def salts(secret: bytes, about: bytes) -> Callable[[int], bytes]:
    """
    The salts of one attestation: nobody guesses them without *secret*, and they are the same each time.

    Args:
        about: All that the attestation follows from. Two that share a salt would tell of one another.

    Returns:
        A source like `secrets.token_bytes`, each of whose answers differs; at most 32 bytes at once.
    """
    given = 0

    def salt(length: int) -> bytes:
        nonlocal given
        if length > 32:
            raise ValueError(f"expected at most 32 bytes at once, met {length}")
        given += 1
        said = b"jalon salts of disclosures\0" + given.to_bytes(4, "big") + about
        return hmac.digest(secret, said, "sha256")[:length]

    return salt


def end_of_attestation(valid_from: datetime, *, at: datetime) -> datetime:
    """
    When the file of an award that has no end ends: some years on, and once more as many before that is over.

    Files asked for on two days are the same, unless an end came near between them.
    """
    end = valid_from + ATTESTATION_LASTS
    while end - at < RENEWED_BEFORE:
        end += ATTESTATION_LASTS
    return end


def in_one_language(value: Value, language: str) -> Value:
    """*value* with each of its texts in *language* alone, where it has it; as it is where it has not."""
    if isinstance(value, Text):
        words = value.as_dict()
        return Text(((language, words[language]),)) if language in words else value  # type: ignore[return-value]  # a Text
    if isinstance(value, tuple):
        return tuple(in_one_language(each, language) for each in value)  # type: ignore[return-value]  # a tuple
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        members: dict[str, Any] = {
            field.name: in_one_language(getattr(value, field.name), language)
            for field in dataclasses.fields(value)
        }
        return dataclasses.replace(value, **members)
    return value


def words(value: object, language: str = "") -> frozenset[str]:
    """Every text inside *value*, in *language* where it has it, else in its own."""
    if isinstance(value, Text):
        said = value.get(language) if language else str(value)
        return frozenset({said} if said else ())
    if isinstance(value, tuple):
        return frozenset().union(*(words(each, language) for each in value))
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        members = tuple(getattr(value, field.name) for field in dataclasses.fields(value))
        return words(members, language)
    return frozenset()


def holder_key(text: str) -> PublicKey:
    """
    The public key of a wallet, as a JWK in JSON.

    Raises:
        HolderKeyError: No JWK, one with its private half, or a kind that wallets do not answer with; `code`
            says which.
    """
    try:
        found = strict_json.read_object(text.strip().encode("utf-8", "surrogatepass"), max_bytes=4_000)
        if "d" in found:
            raise HolderKeyError(code="holder_key.private")
        key = jwk.decode(found)
    except (UnreadableError, KeyFormatError) as error:
        raise HolderKeyError(str(error)) from error
    if key.type not in (KeyType.P256, KeyType.P384, KeyType.P521, KeyType.ED25519):
        raise HolderKeyError(f"expected a key on a curve, met {key.type}")
    return key


def type_document(vct: str) -> bytes:
    """
    What the address of a type of ours answers with. It never changes: attestations bear its hash, so other
    words need another address.
    """
    return strict_json.write(sd_jwt_vc.type_metadata(vct, vct))


def digest(data: bytes) -> str:
    """SHA-256 in hexadecimal, as it is kept beside bytes."""
    return hashlib.sha256(data).hexdigest()
