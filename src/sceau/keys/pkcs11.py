"""
Keys that never leave their token: a smart card, a USB stick, an HSM, by PKCS #11.

    with Token.open("/usr/lib/softhsm/libsofthsm2.so", label="jalon", pin=pin) as token:
        signer = token.signer("did:web:example.org#key-1", key_label="key-1")

The driver is a library of the token's maker, loaded into this process: only name one that you trust. A token
is opened once in a process, with one log-in for all its keys; threads may share it and take turns, but a
process that forks must open it after the fork.

Source:
    PKCS #11 v3.1 (OASIS, 2023), section 6.3: CKM_ECDSA, CKM_EDDSA. Needs `jalon[pkcs11]`.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable
from types import ModuleType, TracebackType
from typing import TYPE_CHECKING, cast

from sceau.errors import (
    KeyFormatError,
    SignatureMismatchError,
    TokenError,
    TokenKeyError,
    TokenPinError,
    TokenUnavailableError,
)
from sceau.keys import der, multikey
from sceau.keys.public import KeyType, PublicKey
from sceau.keys.signer import WithPublicKey

if TYPE_CHECKING:
    import pkcs11
    from pkcs11.types import SignMixin

_CURVES = {  # CKA_EC_PARAMS: the curve's identifier in DER, or its name
    bytes.fromhex("06082a8648ce3d030107"): KeyType.P256,
    bytes.fromhex("06052b81040022"): KeyType.P384,
    bytes.fromhex("06032b6570"): KeyType.ED25519,
    b"\x13\x0cedwards25519": KeyType.ED25519,
}
_PIN_WORDS = {
    "PinIncorrect": "another",
    "PinInvalid": "another",
    "PinLenRange": "one of another length",
    "PinExpired": "one that has expired",
    "PinLocked": "a token that locked itself after too many wrong ones",
    "UserPinNotInitialized": "a token that has none yet",
}
_LOST = frozenset(
    {
        "CryptokiNotInitialized",
        "DeviceError",
        "DeviceRemoved",
        "GeneralError",
        "KeyHandleInvalid",
        "ObjectHandleInvalid",
        "SessionClosed",
        "SessionHandleInvalid",
        "SlotIDInvalid",
        "TokenNotPresent",
        "TokenNotRecognised",
        "UserNotLoggedIn",
    }
)
"""What drivers answer once the token was taken out or its session has ended."""


class Token:
    """A token that was opened; `open` makes one."""

    def __init__(self, session: pkcs11.Session, label: str) -> None:
        self._session = session
        self._label = label
        self._closed = False

    def __repr__(self) -> str:
        return f"Token({self._label!r})"

    def __enter__(self) -> Token:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @classmethod
    def open(cls, driver: str, *, label: str, pin: str) -> Token:
        """
        Log in to a token.

        Args:
            driver: Path of the PKCS #11 library of the token's maker.
            label: The token's name.
            pin: The user's, not the security officer's.

        Raises:
            TokenUnavailableError: python-pkcs11 is not installed, the driver does not load, or no such token.
            TokenPinError: Another PIN, or it is locked.
            TokenError: Already open in this process, several tokens of that name, or another refusal.
        """
        library = _library()
        try:
            token = library.lib(driver).get_token(token_label=label)
        except library.NoSuchToken:
            raise TokenUnavailableError(f"expected a token named {label!r}, met none") from None
        except library.MultipleTokensReturned:
            raise TokenError(f"expected one token named {label!r}, met several") from None
        except (library.PKCS11Error, OSError, AttributeError) as error:
            raise TokenUnavailableError(
                f"expected a driver of PKCS #11 at {driver!r}, met {str(error) or type(error).__name__}"
            ) from error
        try:
            return cls(token.open(user_pin=pin), label)
        except library.UserAlreadyLoggedIn:
            raise TokenError(
                f"expected to open token {label!r} once in a process, met one that is open"
            ) from None
        except library.PKCS11Error as error:
            name = type(error).__name__
            if name in _PIN_WORDS:
                raise TokenPinError(f"expected the PIN of token {label!r}, met {_PIN_WORDS[name]}") from None
            raise _failure(error, f"token {label!r} to open") from error

    def signer(
        self,
        verification_method: str | Callable[[str], str],
        *,
        key_label: str | None = None,
        key_id: bytes | None = None,
        public_key: PublicKey | None = None,
    ) -> Pkcs11Signer:
        """
        The signer of one key of this token.

        Args:
            verification_method: Full DID URL under which the public key is found; or told the public key
                (``z6Mk…``, ``zDna…``), gives it, as `sceau.did.did_key.verification_method` does.
            key_label: CKA_LABEL of the private key.
            key_id: CKA_ID of the private key. One of the two is needed; both must match where both are given.
            public_key: The public half, for tokens that keep the private one alone.

        Raises:
            TokenKeyError: No such key or several, a kind that does not sign here, no way to sign with it that
                is known here, or no public half.
            TokenUnavailableError: The token was taken out.
        """
        library = _library()
        if key_label is None and key_id is None:
            raise TokenKeyError("expected the label or the id of a key, met neither")
        if self._closed:
            raise TokenUnavailableError(f"expected token {self._label!r} to be open, met it closed")
        name = repr(key_label if key_label is not None else (key_id or b"").hex())
        try:
            private = self._session.get_key(library.ObjectClass.PRIVATE_KEY, label=key_label, id=key_id)
            kind = (
                _CURVES.get(private[library.Attribute.EC_PARAMS]) if _is_elliptic(library, private) else None
            )
            if kind is None:
                raise TokenKeyError(f"expected key {name} to be of Ed25519, P-256 or P-384, met another kind")
            public = public_key or self._public(library, private, kind, name)
            mechanisms = self._session.token.slot.get_mechanisms()
        except (library.NoSuchKey, library.MultipleObjectsReturned) as error:
            met = "several" if isinstance(error, library.MultipleObjectsReturned) else "none"
            raise TokenKeyError(
                f"expected one private key {name} in token {self._label!r}, met {met}"
            ) from None
        except library.PKCS11Error as error:
            raise _failure(error, f"token {self._label!r} to give key {name}") from error
        if public.type is not kind:
            raise TokenKeyError(f"expected a public key of {kind} for key {name}, met one of {public.type}")
        method = verification_method
        if not isinstance(method, str):
            method = method(multikey.encode(public))
        return Pkcs11Signer(private, public, method, _way(library, kind, mechanisms, name))

    def close(self) -> None:
        """Log out. The signers of this token do not sign any more."""
        self._closed = True
        with contextlib.suppress(_library().PKCS11Error):  # one that was taken out is closed already
            self._session.close()

    def _public(self, library: ModuleType, private: pkcs11.Key, kind: KeyType, name: str) -> PublicKey:
        """The public half beside a private key: same id, or where it has none, same label."""
        by = {"id": private.id} if private.id else {"label": private.label}
        try:
            found = self._session.get_key(library.ObjectClass.PUBLIC_KEY, **by)
            return _decoded(kind, found[library.Attribute.EC_POINT])
        except (library.NoSuchKey, library.MultipleObjectsReturned, KeyFormatError) as error:
            raise TokenKeyError(
                f"expected a public half of key {name} in token {self._label!r}, or given beside it; "
                f"met {str(error) or 'none'}"
            ) from error


class Pkcs11Signer(WithPublicKey):
    """Implements `sceau.ports.Signer`; `Token.signer` makes one."""

    def __init__(
        self,
        private: pkcs11.Key,
        public_key: PublicKey,
        verification_method: str,
        way: tuple[pkcs11.Mechanism, bool],
    ) -> None:
        super().__init__(public_key, verification_method)
        self._private = private
        self._mechanism, self._hashed_here = way

    def sign(self, data: bytes) -> bytes:
        """
        Signature of 64 bytes, or 96 on P-384; it was checked with the public key, so that a faulty token, or
        a public key that is another's, is met here and not by whoever verifies.

        Raises:
            TokenUnavailableError: The token was taken out or closed.
            TokenError: It refused, or its signature does not hold.
        """
        public = self._public_key
        message = hashlib.new(public.type.hash_name, data).digest() if self._hashed_here else data
        try:
            signature = bytes(cast("SignMixin", self._private).sign(message, mechanism=self._mechanism))
        except _library().PKCS11Error as error:
            raise _failure(error, f"the token to sign for {self._verification_method!r}") from error
        try:
            public.check(signature, data)
        except SignatureMismatchError as error:
            raise TokenError(
                f"expected the token's signature to hold with {self.public_key_multibase}: {error}"
            ) from error
        return signature


def _library() -> ModuleType:
    """python-pkcs11, which is only needed by those who have a token."""
    try:
        import pkcs11
    except ImportError as error:
        raise TokenUnavailableError(
            "expected python-pkcs11, which «pip install jalon[pkcs11]» brings, met none"
        ) from error
    return pkcs11


def _failure(error: Exception, what: str) -> TokenError:
    name = type(error).__name__
    if name in _LOST:
        return TokenUnavailableError(f"expected {what}, met {name}: it was taken out or closed")
    return TokenError(f"expected {what}, met {name}")


def _is_elliptic(library: ModuleType, private: pkcs11.Key) -> bool:
    return private.key_type in (library.KeyType.EC, library.KeyType.EC_EDWARDS)


def _way(
    library: ModuleType, kind: KeyType, mechanisms: set[pkcs11.Mechanism], name: str
) -> tuple[pkcs11.Mechanism, bool]:
    """The mechanism to sign with, and whether the data are hashed before."""
    known = library.Mechanism
    ways: dict[KeyType, list[tuple[pkcs11.Mechanism, bool]]] = {
        KeyType.ED25519: [(known.EDDSA, False)],
        KeyType.P256: [(known.ECDSA, True), (known.ECDSA_SHA256, False)],
        KeyType.P384: [(known.ECDSA, True), (known.ECDSA_SHA384, False)],
    }
    for mechanism, hashed_here in ways[kind]:
        if mechanism in mechanisms:
            return mechanism, hashed_here
    wanted = " or ".join(mechanism.name for mechanism, _ in ways[kind])
    raise TokenKeyError(f"expected a token that can do {wanted} for key {name}, met one that cannot")


def _decoded(kind: KeyType, value: bytes) -> PublicKey:
    """From CKA_EC_POINT: in an octet string, or, as Ed25519 in some drivers, a bit string or bare."""
    size = {KeyType.ED25519: 32, KeyType.P256: 65, KeyType.P384: 97}[kind]
    point = value
    if len(value) != size:
        tag, point, rest = der.read(value)
        if tag == der.BIT_STRING:
            point = point[1:]
        if rest or len(point) != size:
            raise KeyFormatError(f"expected a point of {size} bytes, met {len(point)}")
    if kind is not KeyType.ED25519:  # 04, x, y: to the compressed form
        half = size // 2
        point = bytes([2 + (point[-1] & 1)]) + point[1 : 1 + half]
    key = PublicKey(kind, point)
    key.native  # noqa: B018 -- refuses what is not a point of the curve
    return key
