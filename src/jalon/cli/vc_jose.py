"""
`jalon vc-jose`: tokens for the suite of «Securing Verifiable Credentials using JOSE and COSE», and for
nothing else.

The suite hands over a key file and wants one word back. It asks for two things that the engine refuses, and
that are let pass here alone: an ``iat`` that is not a number, and a token whose ``exp`` is past. Credentials
inside a presentation are looked at for their shape only, since their keys are not handed over.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

from jalon.foundation import clock
from sceau import issuing
from sceau.canon import contexts, jsonld, strict_json
from sceau.errors import (
    ClaimMismatchError,
    DataModelError,
    KeyFormatError,
    ProofNotYetError,
    SceauError,
    UnsupportedProofError,
    WrongKeyError,
)
from sceau.formats import data_model
from sceau.keys import jwk
from sceau.keys.public import KeyType, PublicKey
from sceau.keys.signer import EcdsaSigner, Ed25519Signer
from sceau.ports import Signer
from sceau.proofs import jose
from sceau.verifying import reading, tokens

FEATURES = ("credential_jose", "presentation_jose")
_CREDENTIAL, _PRESENTATION = FEATURES
_EXIT = {"success": 0, "failure": 1, "indeterminate": 3}


class Result(StrEnum):
    """The one word; indeterminate where the feature is not offered."""

    SUCCESS = "success"
    FAILURE = "failure"
    INDETERMINATE = "indeterminate"


def add_parser(subparsers: Any) -> None:
    """Declare the command and its options."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        "vc-jose",
        help="signer ou vérifier un jeton pour la suite vc-jose-cose du W3C",
        description="Écrit un objet JSON (result, data) dans SORTIE. Pour les suites de tests seulement : "
        "« jalon verify » vérifie pour de vrai.",
    )
    parser.add_argument("function", choices=("issue", "verify"), metavar="issue|verify", help="quoi faire")
    parser.add_argument(
        "--input", required=True, type=Path, metavar="FICHIER", help="le document, ou le jeton"
    )
    parser.add_argument(
        "--key", required=True, type=Path, metavar="FICHIER", help="une méthode de vérification, en JSON"
    )
    parser.add_argument("--feature", required=True, metavar="NOM", help=" ou ".join(FEATURES))
    parser.add_argument(
        "--output", required=True, type=Path, metavar="SORTIE", help="le fichier où écrire le résultat"
    )


def run(args: argparse.Namespace) -> int:
    """0 success, 1 failure, 3 indeterminate; the output is written in every case."""
    result, data = _result(args)
    args.output.write_bytes(strict_json.write({"result": str(result), "data": data}))
    if result is not Result.SUCCESS:
        print(data, file=sys.stderr)
    return _EXIT[result]


def _result(args: argparse.Namespace) -> tuple[Result, str]:
    if args.feature not in FEATURES:
        return Result.INDETERMINATE, f"expected a feature among {', '.join(FEATURES)}"
    try:
        given = args.input.read_bytes()
        method = strict_json.read_object(args.key.read_bytes())
        work = issue if args.function == "issue" else verify
        return Result.SUCCESS, work(given, method, args.feature)
    except (SceauError, OSError) as error:
        return Result.FAILURE, str(error)
    except Exception as error:  # the suite needs its file in every case
        return Result.FAILURE, f"{type(error).__name__}: {error}"


def issue(given: bytes, method: Mapping[str, Any], feature: str) -> str:
    """
    The token of a document that is not secured yet.

    Raises:
        SceauError: It must not be signed with this key, and why.
    """
    document = strict_json.read_object(given)
    signer = _signer(method)
    _check_party(document, method, feature)
    _check_members(document, feature)
    return issuing.secure_token(document, signer=signer, contexts=contexts.for_conformance())


def verify(given: bytes, method: Mapping[str, Any], feature: str) -> str:
    """
    Check a token; gives what it holds.

    Raises:
        SceauError: It does not hold, and why.
    """
    secured = reading.from_token(given.decode("ascii", "replace").strip(), max_bytes=strict_json.MAX_BYTES)
    token, claims, document = secured.token, secured.claims or {}, secured.document
    if token is None:
        raise UnsupportedProofError("expected a token, met none")
    shown = feature == _PRESENTATION
    types, content = (tokens.PRESENTATION_TYPES, "vp") if shown else (tokens.CREDENTIAL_TYPES, "vc")
    if token.type not in types or token.header.get("cty", content) != content:
        raise UnsupportedProofError(f"expected a token of type {content}+jwt, met {token.type[:40]!a}")
    key = jwk.decode(_members(method, "publicKeyJwk"))
    _check_kid(token.header.get("kid"), method, key)
    jose.verify(token, key, algorithms=jose.ALGORITHMS)
    _check_party(document, method, feature)
    _check_claims(claims, document, str(method.get("controller")))
    (data_model.check_presentation if shown else data_model.check)(document)
    said = {name: value for name, value in document.items() if name != "verifiableCredential"}
    jsonld.to_quads(said, contexts=contexts.for_conformance())
    return strict_json.write(document).decode()


def _signer(method: Mapping[str, Any]) -> Signer:
    """The signer of a key file, whose two halves must belong together."""
    secret = _members(method, "secretKeyJwk")
    kind = next((kind for kind in KeyType if secret.get("crv") == kind), None)
    number, own_id = jwk.base64url_decode(secret.get("d")), str(method.get("id"))
    signer: Ed25519Signer | EcdsaSigner
    if kind is KeyType.ED25519:
        signer = Ed25519Signer(number, own_id)
    elif kind is not None:
        signer = EcdsaSigner.from_scalar(kind, number, own_id)
    else:
        raise KeyFormatError(f"expected a key that signs tokens, met {str(secret.get('crv'))[:20]!a}")
    public = {name: value for name, value in secret.items() if name != "d"}
    if jwk.decode(public) != signer.public_key:
        raise KeyFormatError("expected the private half of the key in d, met another's")
    return signer


def _members(method: Mapping[str, Any], name: str) -> dict[str, Any]:
    found = method.get(name)
    if not isinstance(found, dict):
        raise KeyFormatError(f"expected {name} in the key file, met none")
    return found


def _check_party(document: Mapping[str, Any], method: Mapping[str, Any], feature: str) -> None:
    """Whoever issues or shows is whoever has the key."""
    name = "issuer" if feature == _CREDENTIAL else "holder"
    if name == "holder" and name not in document:
        return
    party = document.get(name)
    own_id = party.get("id") if isinstance(party, dict) else party
    if own_id != method.get("controller"):
        raise WrongKeyError(f"expected a key of the {name} {str(own_id)[:120]!a}, met another's")


def _check_members(document: Mapping[str, Any], feature: str) -> None:
    """
    Only members that credentials/v2 defines: what a context with ``@vocab`` lets pass means nothing that
    anybody agreed on. (The suite wants this of whoever issues; the data model lets verifiers ignore them.)
    """
    base = contexts.for_conformance().document(contexts.CREDENTIALS_V2)["@context"]
    kind = "VerifiableCredential" if feature == _CREDENTIAL else "VerifiablePresentation"
    known = {"@context", *base, *base[kind]["@context"]}
    if unknown := sorted(set(document) - known):
        raise DataModelError(f"expected members of a {kind}, met {', '.join(unknown)[:200]}")


def _check_kid(kid: object, method: Mapping[str, Any], key: PublicKey) -> None:
    if kid is not None and kid not in (
        method.get("id"),
        _members(method, "publicKeyJwk").get("kid"),
        jwk.thumbprint(key),
    ):
        raise WrongKeyError(f"expected a token of this key, met one of {str(kid)[:120]!a}")


def _check_claims(claims: Mapping[str, Any], document: Mapping[str, Any], controller: str) -> None:
    for name, expected in (("iss", controller), ("jti", document.get("id"))):
        if name in claims and expected is not None and claims[name] != expected:
            raise ClaimMismatchError(
                f"expected {name} to be {str(expected)[:120]!a}, met {str(claims[name])[:120]!a}"
            )
    begins = claims.get("nbf", 0)
    if not isinstance(begins, (int, float)) or begins > clock.now().timestamp():
        raise ProofNotYetError(f"expected a token that holds by now, met nbf {str(begins)[:40]!a}")
