"""Issuers' keys: who signs, what the DID document says, and what an operator should know about them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from jalon.awarding.errors import NoIssuerKeyError
from jalon.awarding.labels import sentence
from jalon.awarding.models import IssuerKey
from jalon.foundation import vault
from jalon.foundation.errors import JalonError
from jalon.people.models import Organisation
from sceau.did import did_web, document
from sceau.errors import ResolutionError
from sceau.formats import sd_jwt_vc
from sceau.keys.signer import Ed25519Signer


@dataclass(frozen=True)
class KeyWarning:
    """What `jalon check` says about keys; an error where signing or revoking will not work."""

    code: str
    message: str
    is_error: bool = False


def active_key(organisation: Organisation) -> IssuerKey | None:
    """The key that *organisation* signs with today."""
    return IssuerKey.objects.filter(organisation=organisation, is_active=True).first()


def issuer_did(organisation: Organisation) -> str:
    """The identifier under which *organisation* signs, ``""`` before its first key."""
    key = active_key(organisation)
    return key.did if key else ""


def signer_with(key: IssuerKey) -> Ed25519Signer:
    """
    The signer of one key, opened with the key-encryption key.

    Raises:
        EncryptionKeyMissingError, EncryptionKeyWrongError, EncryptionKeyUnreadableError, SealBrokenError
    """
    safe = vault.open_vault(sealed_with=key.sealed_with)
    secret = safe.open(bytes(key.sealed_private_key), name=str(key.id), sealed_with=key.sealed_with)
    return Ed25519Signer(secret, key.verification_method)


def signer_of_did(did: str) -> Ed25519Signer:
    """
    A signer for an issuer's identifier: its active key, else the last one it had (for the lists of an old
    identifier).

    Raises:
        NoIssuerKeyError: No key of ours has this identifier.
    """
    key = IssuerKey.objects.filter(did=did).order_by("-is_active", "-created_at").first()
    if key is None:
        raise NoIssuerKeyError(did=did)
    return signer_with(key)


def signer_of_method(verification_method: str) -> Ed25519Signer:
    """
    The signer whose key has this full DID URL, retired or not: what follows from a document that it signed is
    signed by it too, and stays the same when a new key takes over.

    Raises:
        NoIssuerKeyError: No key of ours is called so.
    """
    did, _, fragment = verification_method.partition("#")
    key = IssuerKey.objects.filter(did=did, fragment=fragment).first()
    if key is None:
        raise NoIssuerKeyError(did=did)
    return signer_with(key)


def did_document(did: str) -> dict[str, object] | None:
    """The DID document of one of our issuers, past keys included; None where *did* is not ours."""
    keys = list(IssuerKey.objects.filter(did=did))
    if not keys:
        return None
    return document.build(did, [(key.verification_method, key.public_key_multibase) for key in keys])


def issuer_address(did: str) -> str:
    """
    The https address of one of our issuers, ``""`` where this installation has none: wallets that know no
    DIDs ask there for the keys.
    """
    if not settings.PUBLIC_URL.startswith("https://"):
        return ""
    try:
        return did_web.address(did)
    except ResolutionError:
        return ""


def issuer_metadata(address: str) -> dict[str, object] | None:
    """What one of our issuers publishes for wallets, past keys included; None where *address* is not ours."""
    try:
        did = did_web.of_address(address)
    except ResolutionError:
        return None
    keys = list(IssuerKey.objects.filter(did=did))
    if not keys:
        return None
    return sd_jwt_vc.issuer_metadata(
        address, [(key.verification_method, key.public_key_multibase) for key in keys]
    )


def did_served_for(slug: str) -> str:
    """
    The identifier whose document is served for an organisation's *slug*, ``""`` where it has no key.

    The one it signs with, unless the public address changed and an older one answers to the present address.
    """
    keys = IssuerKey.objects.filter(organisation__slug=slug).order_by("-is_active", "-created_at")
    dids = list(dict.fromkeys(keys.values_list("did", flat=True)))
    here = [did for did in dids if host_of(did) == urlsplit(settings.PUBLIC_URL).netloc]
    return (here or dids or [""])[0]


def needed_encryption_keys() -> list[str]:
    """The fingerprints of the key-encryption keys that issuers' keys were sealed with."""
    return sorted(set(IssuerKey.objects.values_list("sealed_with", flat=True)))


def host_of(did: str) -> str:
    """``"did:web:localhost%3A8000:o:atelier"`` → ``"localhost:8000"``."""
    parts = did.split(":")
    return unquote(parts[2]) if len(parts) > 2 else ""


def key_warnings() -> list[KeyWarning]:
    """
    What an operator should know: keys that cannot be opened, a key beside its lock, identifiers of elsewhere.
    """
    return list(_key_warnings())


def _key_warnings() -> Iterator[KeyWarning]:
    keys = list(IssuerKey.objects.select_related("organisation"))
    place = vault.place()
    if keys and vault.is_there() is False:
        expected = ", ".join(sorted({key.sealed_with for key in keys}))
        yield _error("vault.key_missing", {"path": str(vault.key_file()), "expected": expected})
        return
    if not vault.is_there():
        return  # nothing sealed, nothing to seal with: the first award makes it
    try:
        fingerprint = vault.open_vault().fingerprint
    except JalonError as error:
        yield _error(error.code, error.facts)
        return
    closed = [key for key in keys if key.sealed_with != fingerprint]
    if closed:
        facts = {"expected": closed[0].sealed_with, "met": fingerprint, "keys": len(closed)}
        yield _error("vault.key_wrong", facts)
    if place is vault.KeyPlace.BESIDE_DATABASE:
        yield KeyWarning(
            "keys.beside_database",
            _(
                "La clé de chiffrement (%(path)s) est à côté de la base : qui copie le dossier peut signer à "
                "la place des organismes. Gardez-la ailleurs et donnez-la par JALON_KEY_ENCRYPTION_KEY ou "
                "JALON_KEY_ENCRYPTION_KEY_FILE."
            )
            % {"path": vault.key_file()},
        )
    here = urlsplit(settings.PUBLIC_URL).netloc
    elsewhere = sorted({key.did for key in keys if key.is_active and host_of(key.did) != here})
    for did in elsewhere:
        yield KeyWarning(
            "keys.other_address",
            _(
                "L'émetteur %(did)s porte une autre adresse que %(here)s : il reste vérifiable tant que "
                "l'ancienne adresse mène ici. Pour signer sous la nouvelle, renouvelez la clé de l'organisme."
            )
            % {"did": did, "here": here},
        )


def _error(code: str, facts: dict[str, object]) -> KeyWarning:
    return KeyWarning(code, sentence(code, facts), is_error=True)
