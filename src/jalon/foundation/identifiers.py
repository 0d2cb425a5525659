"""Identifiers that tell nothing, and the reading of those that people and registers write."""

from __future__ import annotations

import re
import secrets
import unicodedata
import uuid

# Crockford's base 32: no I, L, O or U, so a reference survives being read aloud or copied by hand.
REFERENCE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
REFERENCE_LENGTH = 12
_LOOKALIKES = str.maketrans("ILOU", "110V")


def new_urn() -> str:
    """A fresh ``urn:uuid:…``."""
    return uuid.uuid4().urn


def new_link_token() -> str:
    """A token for an unguessable link: 132 random bits in 22 URL-safe characters."""
    return secrets.token_urlsafe(17)[:22]


def new_reference() -> str:
    """A reference for people to type: 12 signs, 60 random bits, without dashes (`grouped` puts them in)."""
    return "".join(secrets.choice(REFERENCE_ALPHABET) for _ in range(REFERENCE_LENGTH))


def grouped(reference: str) -> str:
    """``"7KF29QMR48XA"`` as people read it: ``"7KF2-9QMR-48XA"``."""
    return "-".join(reference[i : i + 4] for i in range(0, len(reference), 4))


def read_reference(typed: str) -> str:
    """
    What a person typed as a reference: spaces and dashes out, look-alike letters mended.

    Returns:
        12 signs of `REFERENCE_ALPHABET`; any other length means that signs are missing or too many.
    """
    return re.sub(r"[^0-9A-Z]", "", typed.upper()).translate(_LOOKALIKES)


def folded(text: str) -> str:
    """
    *text* for comparing and searching: no accents, no case, œ as oe, apostrophes and runs of space made one.

    The database has no `unaccent` everywhere, so folding is ours, and the same on SQLite and PostgreSQL.
    """
    spread = text.casefold().replace("œ", "oe").replace("æ", "ae").replace("’", "'")
    bare = "".join(c for c in unicodedata.normalize("NFKD", spread) if not unicodedata.combining(c))
    return " ".join(bare.split())


def slug(text: str, *, limit: int = 60) -> str:
    """``"Vendre à l’étal"`` as ``"vendre-a-l-etal"``: ASCII, at most *limit* characters, never empty."""
    words = re.sub(r"[^a-z0-9]+", "-", folded(text)).strip("-")
    return words[:limit].rstrip("-") or "sans-nom"
