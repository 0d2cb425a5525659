"""What is said of seals and of those who are trusted with them, by pages and by commands."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from cryptography import x509
from cryptography.x509.oid import NameOID

from jalon.foundation.labels import filled
from jalon.foundation.marking import N_

_AUTHORITIES: Mapping[str, str] = {
    "verification.authorities": N_("Les certificats des autorités de confiance ne se lisent pas ({path})."),
    "verification.authorities.missing": N_(
        "Il n’y a ni fichier ni dossier de certificats d’autorités à {path}. Vérifiez le chemin."
    ),
    "verification.authorities.closed": N_(
        "Ce compte n’a pas le droit de lire {path}, où est un certificat d’autorité."
    ),
    "verification.authorities.unreadable": N_(
        "{path} n’est pas un certificat lisible. On attend un certificat en PEM ou en DER."
    ),
    "verification.authorities.unknown_folder": N_(
        "Le dossier {path} ne dit pas à quoi servent ses certificats. Les sous-dossiers connus sont {known}."
    ),
    "verification.authorities.none": N_(
        "Il n’y a aucun certificat dans {path}. On attend des fichiers .pem, .crt, .cer ou .der."
    ),
    "verification.authorities.too_many": N_(
        "Il y a plus de {limit} fichiers dans {path}. Réunissez les certificats dans un seul fichier PEM."
    ),
    "verification.authorities.too_large": N_("{path} est trop gros : {limit_mb} Mo au plus."),
}


def authorities_sentence(code: str, facts: Mapping[str, Any]) -> str:
    """
    Why the trusted certificates cannot be read.

    Raises:
        LookupError: Not a code about them.
    """
    return filled(_AUTHORITIES[code], facts)


def moment_of(written: object) -> datetime | None:
    """A moment among the facts of a check, or None."""
    try:
        return datetime.fromisoformat(written) if isinstance(written, str) and written else None
    except ValueError:
        return None


def name_of(distinguished: str) -> str:
    """``"CN=Autorité,O=Exemple,C=FR"`` → ``"Autorité"``; as it stands where it cannot be taken apart."""
    try:
        name = x509.Name.from_rfc4514_string(distinguished)
    except ValueError:
        return distinguished
    for kind in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME):
        for attribute in name.get_attributes_for_oid(kind):
            return str(attribute.value)
    return distinguished
