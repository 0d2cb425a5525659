"""
SD-JWT: a token whose holder chooses, claim by claim, what a verifier gets to see.

    <issuer-signed JWT>~<disclosure>~<disclosure>~                    SD-JWT
    <issuer-signed JWT>~<disclosure>~<JWT by the holder's key>        SD-JWT+KB

The issuer signs a digest in place of each such claim, and hands its disclosure, ``[salt, name, value]`` in
base64url, to the holder. What is disclosed and is not in what was signed is refused here, never passed over.
What the holder signs is in `sceau.proofs.key_binding`.

Written here, on `sceau.proofs.jose`, since the one library there is only ignores disclosures that no digest
refers to; it serves the tests as a second opinion.

Source:
    RFC 9901.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from sceau.canon import strict_json
from sceau.errors import (
    DataModelError,
    DisclosureError,
    KeyFormatError,
    TooDeepError,
    TooLargeError,
    UnreadableError,
    UnsupportedProofError,
)
from sceau.keys.jwk import base64url_decode, base64url_encode
from sceau.ports import Signer
from sceau.proofs import jose
from sceau.proofs.jose import Jws

Random = Callable[[int], bytes]
"""Gives so many bytes that nobody can guess: `secrets.token_bytes`, or fixed ones in a test."""
Path = tuple[str | int, ...]
"""Where a claim stands: ``("nationalities", 0)``, counted in the array as it was signed."""

DIGESTS = "_sd"
HASH_NAME = "_sd_alg"
ELEMENT = "..."
RESERVED = frozenset({DIGESTS, HASH_NAME, ELEMENT})
DEFAULT_HASH = "sha-256"
HASHES = {"sha-256": hashlib.sha256, "sha-384": hashlib.sha384, "sha-512": hashlib.sha512}
MAX_BYTES = strict_json.MAX_BYTES
MAX_DISCLOSURES = 1_000
MAX_DEPTH = strict_json.MAX_DEPTH
"""Of what comes out: disclosures may hold digests of others."""
_SALT_BYTES = 16
_MAX_SIGNATURES = 8


@dataclass(frozen=True)
class Disclosable:
    """A value that the holder may keep to themselves: of a member of an object, or an element of a list."""

    value: Any


@dataclass(frozen=True)
class Disclosure:
    """
    What a holder reveals.

    Attributes:
        text: As it was written; the digest is over these letters.
        name: None for an element of a list.
    """

    text: str
    salt: str
    name: str | None
    value: Any


@dataclass(frozen=True)
class SdJwt:
    """
    An SD-JWT taken apart, and not yet verified.

    Attributes:
        token: What the issuer signed.
        disclosures: As they are written; nothing has been held against the digests yet.
        binding: What the holder signed, or None.
    """

    token: Jws
    disclosures: tuple[str, ...] = ()
    binding: Jws | None = None

    @property
    def bare(self) -> str:
        """The part that a key binding covers: all but the binding itself."""
        return "~".join((self.token.token, *self.disclosures, ""))

    @property
    def compact(self) -> str:
        """The whole in its compact form."""
        return self.bare + (self.binding.token if self.binding else "")

    def claims(self) -> dict[str, Any]:
        """
        What is said once the disclosures stand in their places: the processed payload.

        Raises:
            DisclosureError: A disclosure that does not belong there, or digests that are not as they must be.
            UnsupportedProofError: A hash that is not accepted.
            UnreadableError: As `Jws.claims`; also one too deep.

        Source:
            RFC 9901, section 7.1, steps 3 to 5.
        """
        return dict(self._opened.claims)

    def disclosed(self) -> tuple[tuple[Path, Disclosure], ...]:
        """
        Each disclosure and where it stands, what holds others before these.

        Raises:
            DisclosureError, UnsupportedProofError, UnreadableError: As `claims`.
        """
        return tuple(self._opened.places)

    @cached_property
    def payload(self) -> Mapping[str, Any]:
        """
        What the issuer signed, digests and all.

        Raises:
            UnreadableError: As `Jws.claims`.
        """
        return self.token.claims()

    @cached_property
    def hash_name(self) -> str:
        """
        What its digests are made with.

        Raises:
            UnsupportedProofError, DisclosureError, UnreadableError: As `hash_of` and `payload`.
        """
        return hash_of(self.payload)

    @cached_property
    def _opened(self) -> _Opening:
        return _Opening.of(self)


# Issuing.


def conceal(
    claims: Mapping[str, Any],
    *,
    random: Random = secrets.token_bytes,
    hash_name: str = DEFAULT_HASH,
    decoys: int = 0,
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """
    Put digests in place of every `Disclosable`, at any depth.

    Args:
        decoys: How many digests of nothing stand beside those of each object or list that conceals something,
            so that nobody can count what is concealed.

    Returns:
        The payload to sign, and the disclosures.

    Raises:
        DataModelError: A name that is reserved, a hash that is not known, or a *random* that repeats itself.

    Source:
        RFC 9901, sections 4.1 and 4.2.
    """
    if hash_name not in HASHES:
        raise DataModelError(f"expected one of {', '.join(HASHES)}, met {hash_name!r}")
    concealing = _Concealing(random, hash_name, decoys)
    payload = concealing.of(dict(claims), 0)
    if concealing.digests:
        payload[HASH_NAME] = hash_name
    return payload, tuple(concealing.disclosures)


def issue(
    claims: Mapping[str, Any],
    *,
    signer: Signer,
    typ: str,
    header: Mapping[str, Any] | None = None,
    random: Random = secrets.token_bytes,
    hash_name: str = DEFAULT_HASH,
    decoys: int = 0,
) -> str:
    """
    Sign claims of which some are `Disclosable`.

    Args:
        typ: Such as ``"dc+sd-jwt"``.
        header: More members of the header, such as ``x5c``.
        random, hash_name, decoys: As `conceal`.

    Returns:
        The SD-JWT in its compact form, with all its disclosures, for the holder.

    Raises:
        DataModelError: As `conceal`.
    """
    payload, disclosures = conceal(claims, random=random, hash_name=hash_name, decoys=decoys)
    token = jose.sign(strict_json.write(payload), signer=signer, typ=typ, header=header)
    return "~".join((token, *disclosures, ""))


@dataclass
class _Concealing:
    random: Random
    hash_name: str
    decoys: int
    disclosures: list[str] = field(default_factory=list)
    digests: set[str] = field(default_factory=set)

    def of(self, value: Any, depth: int) -> Any:
        if depth > MAX_DEPTH:
            raise DataModelError(f"expected claims nested at most {MAX_DEPTH} deep, met more")
        if isinstance(value, Disclosable):
            raise DataModelError("expected a disclosable member or element, met one inside another")
        if isinstance(value, Mapping):
            return self._object(value, depth)
        if isinstance(value, (list, tuple)):
            return self._list(value, depth)
        return value

    def _object(self, value: Mapping[str, Any], depth: int) -> dict[str, Any]:
        digests, written = [], {}
        for name, member in value.items():
            if not isinstance(name, str) or name in RESERVED:
                raise DataModelError(f"expected claims with names of their own, met {str(name)[:40]!a}")
            if isinstance(member, Disclosable):
                digests.append(self._disclose(name, self.of(member.value, depth + 1)))
            else:
                written[name] = self.of(member, depth + 1)
        if digests:
            # Sorted, so that their order does not tell which claim they stand for.
            written = {DIGESTS: sorted((*digests, *self._nothing())), **written}
        return written

    def _list(self, value: list[Any] | tuple[Any, ...], depth: int) -> list[Any]:
        written = [
            {ELEMENT: self._disclose(None, self.of(element.value, depth + 1))}
            if isinstance(element, Disclosable)
            else self.of(element, depth + 1)
            for element in value
        ]
        if any(isinstance(element, Disclosable) for element in value):
            written += [{ELEMENT: digest} for digest in self._nothing()]
        return written

    def _disclose(self, name: str | None, value: Any) -> str:
        salt = base64url_encode(self.random(_SALT_BYTES))
        content = [salt, value] if name is None else [salt, name, value]
        text = base64url_encode(strict_json.write(content))
        if len(self.disclosures) >= MAX_DISCLOSURES:
            raise DataModelError(f"expected at most {MAX_DISCLOSURES} disclosable claims, met more")
        self.disclosures.append(text)
        return self._new(digest(text, self.hash_name))

    def _nothing(self) -> list[str]:
        salts = [base64url_encode(self.random(_SALT_BYTES)) for _ in range(self.decoys)]
        return [self._new(digest(salt, self.hash_name)) for salt in salts]

    def _new(self, found: str) -> str:
        if found in self.digests:
            raise DataModelError("expected random salts, met one that came before")
        self.digests.add(found)
        return found


def digest(text: str, hash_name: str = DEFAULT_HASH) -> str:
    """
    The digest of a disclosure, in base64url: over its letters, not over what they encode.

    Source:
        RFC 9901, section 4.2.3.
    """
    return base64url_encode(HASHES[hash_name](text.encode("ascii")).digest())


# Reading.


def parse(text: str, *, max_bytes: int = MAX_BYTES) -> SdJwt:
    """
    Take the compact form apart.

    Raises:
        TooLargeError: Longer than *max_bytes*, or more disclosures than `MAX_DISCLOSURES`.
        UnreadableError: No SD-JWT: no ``~``, or parts before the first or after the last that are no tokens.
    """
    if len(text) > max_bytes:
        raise TooLargeError(f"expected a token of at most {max_bytes} bytes, met {len(text)}")
    count = text.count("~")
    if not count:
        raise UnreadableError("expected an SD-JWT with its ~, met none")
    _check_count(count - 1)
    token, *disclosures, binding = text.split("~")
    return SdJwt(
        jose.parse(token, max_bytes=max_bytes),
        tuple(disclosures),
        jose.parse(binding, max_bytes=max_bytes) if binding else None,
    )


def parse_json(document: Mapping[str, Any], *, max_bytes: int = MAX_BYTES) -> tuple[SdJwt, ...]:
    """
    Take the JSON form apart, general or flattened: one SD-JWT for each signature over the same payload.

        {"payload": "…", "protected": "…", "signature": "…", "header": {"disclosures": ["…"], "kb_jwt": "…"}}

    A key binding belongs to the first signature, since it covers it.

    Raises:
        TooLargeError, UnreadableError: As `parse`.

    Source:
        RFC 9901, section 8; RFC 7515, section 7.2.
    """
    several = document.get("signatures")
    signatures = several if isinstance(several, list) else [document]
    if not 0 < len(signatures) <= _MAX_SIGNATURES or not all(isinstance(each, dict) for each in signatures):
        raise UnreadableError(f"expected 1 to {_MAX_SIGNATURES} signatures, met {len(signatures)}")
    if several is not None and ("signature" in document or not isinstance(several, list)):
        raise UnreadableError("expected one signature or a list of them, met both")
    headers = [each.get("header", {}) for each in signatures]
    if not all(isinstance(header, dict) for header in headers):
        raise UnreadableError("expected header to be an object, met something else")
    if any({"disclosures", "kb_jwt"} & set(header) for header in headers[1:]):
        raise UnreadableError("expected disclosures in the first header alone, met them in another")
    disclosures = headers[0].get("disclosures", [])
    if not isinstance(disclosures, list) or not all(isinstance(each, str) for each in disclosures):
        raise UnreadableError("expected disclosures to be a list of texts, met something else")
    _check_count(len(disclosures))
    if any("~" in each for each in disclosures):
        raise UnreadableError("expected disclosures in base64url, met another letter")
    binding = headers[0].get("kb_jwt")
    found = [
        SdJwt(_joined(each, document.get("payload"), max_bytes), tuple(disclosures)) for each in signatures
    ]
    if binding is not None:
        if not isinstance(binding, str):
            raise UnreadableError("expected kb_jwt to be text, met something else")
        found[0] = replace(found[0], binding=jose.parse(binding, max_bytes=max_bytes))
    return tuple(found)


def _joined(signature: Mapping[str, Any], payload: object, max_bytes: int) -> Jws:
    parts = (signature.get("protected"), payload, signature.get("signature"))
    if not all(isinstance(part, str) for part in parts):
        raise UnreadableError("expected protected, payload and signature as texts, met something else")
    return jose.parse(".".join(str(part) for part in parts), max_bytes=max_bytes)


def _check_count(count: int) -> None:
    if count > MAX_DISCLOSURES:
        raise TooLargeError(f"expected at most {MAX_DISCLOSURES} disclosures, met {count}")


def read_disclosure(text: str) -> Disclosure:
    """
    Raises:
        DisclosureError: Not base64url of a JSON list of salt, name and value, or of salt and value.
    """
    try:
        content = strict_json.read(base64url_decode(text, max_letters=MAX_BYTES), max_depth=MAX_DEPTH)
    except (KeyFormatError, UnreadableError) as error:
        raise DisclosureError(f"expected a disclosure as JSON in base64url: {error}") from error
    if not isinstance(content, list) or len(content) not in (2, 3):
        met = f"a list of {len(content)}" if isinstance(content, list) else f"a {type(content).__name__}"
        raise DisclosureError(f"expected a disclosure of two or three parts, met {met}")
    salt, name = content[0], content[1] if len(content) == 3 else None
    if not isinstance(salt, str) or not isinstance(name, str | None):
        raise DisclosureError("expected the salt and the name of a disclosure as texts, met something else")
    if len(content) == 3 and name is None:
        raise DisclosureError("expected the name of a disclosed claim, met null")
    return Disclosure(text, salt, name, content[-1])


@dataclass
class _Opening:
    """Disclosures on their way to their places."""

    known: dict[str, Disclosure]
    seen: set[str] = field(default_factory=set)
    places: list[tuple[Path, Disclosure]] = field(default_factory=list)
    claims: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, shown: SdJwt) -> _Opening:
        known: dict[str, Disclosure] = {}
        shown.hash_name  # noqa: B018 -- refuses one that is not accepted, be there a digest or not
        for text in shown.disclosures:
            read = read_disclosure(text)  # first: what is not base64url may not be ASCII either
            if (found := digest(text, shown.hash_name)) in known:
                raise DisclosureError("expected each disclosure once, met one twice")
            known[found] = read
        opening = cls(known)
        top = {name: value for name, value in shown.payload.items() if name != HASH_NAME}
        opening.claims = opening._object(top, ())
        if unused := known.keys() - opening.seen:
            raise DisclosureError(f"expected a digest for each disclosure, met {len(unused)} without")
        return opening

    def _of(self, value: Any, path: Path) -> Any:
        if len(path) > MAX_DEPTH:
            raise TooDeepError(f"expected claims nested at most {MAX_DEPTH} deep, met more")
        if isinstance(value, dict):
            return self._object(value, path)
        return self._list(value, path) if isinstance(value, list) else value

    def _object(self, value: dict[str, Any], path: Path) -> dict[str, Any]:
        digests = value.get(DIGESTS, [])
        if not isinstance(digests, list) or not all(isinstance(each, str) for each in digests):
            raise DisclosureError(f"expected {DIGESTS} to be a list of digests, met something else")
        if reserved := (RESERVED - {DIGESTS}) & value.keys():
            raise DisclosureError(f"expected {sorted(reserved)[0]!r} in its own place, met it in an object")
        opened = {name: self._of(each, (*path, name)) for name, each in value.items() if name != DIGESTS}
        for each in digests:
            if (disclosure := self._found(each)) is None:
                continue
            name = disclosure.name
            if name is None:
                raise DisclosureError("expected the disclosure of a claim, met that of an element of a list")
            if name in RESERVED:
                raise DisclosureError(f"expected a claim with a name of its own, met {name!r}")
            if name in opened:
                raise DisclosureError(f"expected each claim once, met {name[:80]!a} again as disclosed")
            self.places.append(((*path, name), disclosure))
            opened[name] = self._of(disclosure.value, (*path, name))
        return opened

    def _list(self, value: list[Any], path: Path) -> list[Any]:
        opened = []
        for number, each in enumerate(value):
            if not isinstance(each, dict) or ELEMENT not in each:
                opened.append(self._of(each, (*path, number)))
                continue
            if len(each) != 1 or not isinstance(each[ELEMENT], str):
                raise DisclosureError(f"expected {ELEMENT!r} alone and with a digest, met something else")
            if (disclosure := self._found(each[ELEMENT])) is None:
                continue
            if disclosure.name is not None:
                raise DisclosureError("expected the disclosure of an element of a list, met that of a claim")
            self.places.append(((*path, number), disclosure))
            opened.append(self._of(disclosure.value, (*path, number)))
        return opened

    def _found(self, met: str) -> Disclosure | None:
        if met in self.seen:
            raise DisclosureError("expected each digest once, met one twice")
        self.seen.add(met)
        return self.known.get(met)


def hash_of(payload: Mapping[str, Any]) -> str:
    """
    The hash that a payload says its digests are made with.

    Raises:
        UnsupportedProofError: One that is not accepted.
        DisclosureError: Not text.
    """
    name = payload.get(HASH_NAME, DEFAULT_HASH)
    if not isinstance(name, str):
        raise DisclosureError(f"expected {HASH_NAME} to be text, met a {type(name).__name__}")
    if name not in HASHES:
        raise UnsupportedProofError(f"expected digests by {', '.join(HASHES)}, met {name[:40]!a}")
    return name


# Showing.


def select(held: SdJwt, keep: Callable[[Path], bool]) -> SdJwt:
    """
    What the holder chooses to show; what stands inside something that is not shown goes with it.

    Args:
        keep: Told where a disclosable claim stands.

    Raises:
        DisclosureError, UnsupportedProofError, UnreadableError: As `SdJwt.claims`.
    """
    dropped: set[Path] = set()
    kept = []
    for path, disclosure in held.disclosed():
        if any(path[:length] in dropped for length in range(1, len(path))) or not keep(path):
            dropped.add(path)
        else:
            kept.append(disclosure.text)
    return SdJwt(held.token, tuple(kept))
