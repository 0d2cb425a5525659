"""The two test issuers: a did:key on Ed25519 and one on P-256, whose keys lie in a folder of their own."""

from __future__ import annotations

import base64
import contextlib
import functools
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from sceau.did import did_key
from sceau.did.document import did_of
from sceau.errors import DataModelError
from sceau.keys.public import KeyType
from sceau.keys.signer import EcdsaSigner, Ed25519Signer
from sceau.ports import Signer
from sceau.proofs import cryptosuites, eddsa_rdfc_2022
from sceau.proofs.data_integrity import Suite

KEY_TYPES = (KeyType.ED25519, KeyType.P256)


def folder() -> Path:
    """Where this door keeps its keys and the places it gave out."""
    path = Path(settings.DATA_DIR) / "conformance"
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


@dataclass(frozen=True)
class Issuer:
    """A test issuer; `name` is short, stable and goes into addresses: ``"ed25519"``."""

    name: str
    key_type: KeyType
    signer: Signer

    @property
    def id(self) -> str:
        """``did:key:z6Mk…`` or ``did:key:zDna…``."""
        return did_of(self.signer.verification_method)


def issuers() -> tuple[Issuer, ...]:
    """Both, made on first use and the same ever after."""
    return _issuers(folder() / "keys.json")


def chosen(cryptosuite: object, issuer_id: str) -> tuple[Issuer, Suite]:
    """
    The issuer and cryptosuite that were asked for; by the credential's issuer where no suite was named.

    Raises:
        DataModelError: Not a cryptosuite of this door.
    """
    if cryptosuite is None:
        for issuer in issuers():
            if issuer.id == issuer_id:
                return issuer, _rdf_suite(issuer.key_type)
        return issuers()[0], eddsa_rdfc_2022.SUITE
    suite = cryptosuites.SUITES.get(cryptosuite) if isinstance(cryptosuite, str) else None
    if suite is None:
        known = ", ".join(cryptosuites.SUITES)
        raise DataModelError(f"expected options.cryptosuite among {known}, met {str(cryptosuite)[:60]!a}")
    return next(issuer for issuer in issuers() if issuer.key_type in suite.key_types), suite


def _rdf_suite(key_type: KeyType) -> Suite:
    return next(
        suite
        for suite in cryptosuites.SUITES.values()
        if key_type in suite.key_types and not suite.keeps_context
    )


@functools.lru_cache(maxsize=4)
def _issuers(path: Path) -> tuple[Issuer, ...]:
    if not path.exists():
        _make(path)
    kept = json.loads(path.read_text(encoding="ascii"))
    return tuple(
        Issuer(kind.lower().replace("-", ""), kind, _signer(kind, base64.urlsafe_b64decode(kept[kind])))
        for kind in KEY_TYPES
    )


def _signer(kind: KeyType, secret: bytes) -> Signer:
    if kind is KeyType.ED25519:
        public = Ed25519Signer(secret, "").public_key_multibase
        return Ed25519Signer(secret, did_key.verification_method(public))
    public = EcdsaSigner.from_scalar(kind, secret, "").public_key_multibase
    return EcdsaSigner.from_scalar(kind, secret, did_key.verification_method(public))


def _make(path: Path) -> None:
    """Write new keys that only this account may read; a process that was quicker wins."""
    scalar = EcdsaSigner.generate(KeyType.P256, did_key.verification_method).private_key()
    kept = {
        KeyType.ED25519: secrets.token_bytes(32),
        KeyType.P256: scalar.private_numbers().private_value.to_bytes(32, "big"),
    }
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        json.dump({kind: base64.urlsafe_b64encode(secret).decode() for kind, secret in kept.items()}, file)
    with contextlib.suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()
