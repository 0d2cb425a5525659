"""What software may know of the type of an attestation: a document that its address answers with."""

from __future__ import annotations

import base64
import binascii
import hashlib
from typing import Any

from sceau.errors import DataModelError
from sceau.formats.sd_jwt_vc import terms
from sceau.formats.sd_jwt_vc.terms import CLAIMS, LEARNING_CREDENTIAL, Claim

_TITLES = {
    "en": ("Learning Credential", "Micro-credential, attested for the European digital identity wallet"),
    "fr": (
        "Attestation de micro-certification",
        "Micro-certification, attestée pour le portefeuille européen d’identité numérique",
    ),
}
_OPTIONAL_IN_OURS = frozenset({"exp", "cnf"})
"""The European type asks for an end and for a key of the holder; neither need exist."""


def type_metadata(vct: str, url: str = "") -> dict[str, Any]:
    """
    The document about a type, to be served as JSON.

    Args:
        vct: The European type, or one of our own with the same claims.
        url: Where the document is served. A type that is an https address is served there and nowhere else.

    Returns:
        ``{"vct": …, "name": …, "display": [{"locale": "fr", …}, …], "claims": [{"path": ["jti"], "display":
        […], "mandatory": true, "sd": "never"}, …]}``

    Raises:
        DataModelError: No type, or a type that is another address than *url*.

    Source:
        draft-ietf-oauth-sd-jwt-vc-18, «Type Metadata Format» and «Retrieving Type Metadata».
    """
    if ":" not in vct:
        raise DataModelError(f"expected a type that is a URI, met {vct[:120]!a}")
    if url and vct.startswith("https:") and vct != url:
        raise DataModelError(f"expected the type {vct[:120]!a} to be served there, met {url[:120]!a}")
    is_ours = vct != LEARNING_CREDENTIAL
    return {
        "vct": vct,
        "name": "Micro-credential attestation, SD-JWT VC",
        "description": _TITLES["en"][1],
        "display": [
            {"locale": locale, "name": name, "description": description}
            for locale, (name, description) in _TITLES.items()
        ],
        "claims": [_claim(claim, is_ours) for claim in CLAIMS],
    }


def _claim(claim: Claim, is_ours: bool) -> dict[str, Any]:
    return {
        "path": list(claim.path),
        "display": [
            {"locale": locale, "label": words.label, "description": words.description}
            for locale, words in (("en", claim.en), ("fr", claim.fr))
        ],
        "mandatory": claim.mandatory
        and not (is_ours and len(claim.path) == 1 and claim.path[0] in _OPTIONAL_IN_OURS),
        "sd": "always" if claim.is_disclosable else "never",
    }


def integrity(data: bytes) -> str:
    """
    The value of ``vct#integrity`` for a type metadata document, over its very bytes.

    Source:
        W3C Subresource Integrity, section 3.5.
    """
    return f"sha256-{base64.b64encode(hashlib.sha256(data).digest()).decode()}"


def is_intact(value: object, data: bytes) -> bool:
    """
    Is *value* integrity metadata, and of *data*? Of several hashes, the strongest kind counts.

    Source:
        W3C Subresource Integrity, sections 3.3.4 and 3.5.
    """
    by_kind: dict[str, set[bytes]] = {}
    for each in value.split()[:10] if isinstance(value, str) else []:
        kind, _, digest = each.partition("?")[0].partition("-")
        if kind not in ("sha256", "sha384", "sha512"):
            continue
        try:
            by_kind.setdefault(kind, set()).add(base64.b64decode(digest, validate=True))
        except (binascii.Error, ValueError):
            return False
    if not by_kind:
        return False
    strongest = max(by_kind)
    return hashlib.new(strongest, data).digest() in by_kind[strongest]


def labels(language: str) -> dict[str, str]:
    """What each claim is called; in English where the language is not one of ours."""
    is_french = language.partition("-")[0] == "fr"
    return {
        str(claim.path[0]): (claim.fr if is_french else claim.en).label
        for claim in terms.CLAIMS
        if len(claim.path) == 1
    }
