"""
The cryptosuite eddsa-rdfc-2022: RDFC-1.0, SHA-256, Ed25519.

Source:
    W3C Data Integrity EdDSA Cryptosuites v1.0, section 3.2.
"""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sceau.canon import jsonld, rdfc
from sceau.canon.contexts import Contexts
from sceau.errors import KeyFormatError, ProofError, SignatureMismatchError, UnsupportedProofError
from sceau.keys.multikey import multibase_decode, multibase_encode
from sceau.keys.signer import check_signature
from sceau.model import moments
from sceau.ports import Signer

TYPE = "DataIntegrityProof"
CRYPTOSUITE = "eddsa-rdfc-2022"
ASSERTION = "assertionMethod"


def create_proof(
    document: Mapping[str, Any],
    *,
    signer: Signer,
    created: datetime,
    contexts: Contexts | None = None,
) -> dict[str, str]:
    """
    The proof of a document.

    Args:
        document: Without proof; every term must be defined by its contexts.
        created: Aware.

    Returns:
        ``{"type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022", "created": …,
        "verificationMethod": …, "proofPurpose": "assertionMethod", "proofValue": "z…"}``

    Raises:
        ContextError: The document says something a signature would not cover.
        CanonicalisationError: It asks for too much work.
    """
    proof = {
        "type": TYPE,
        "cryptosuite": CRYPTOSUITE,
        "created": moments.write(created),
        "verificationMethod": signer.verification_method,
        "proofPurpose": ASSERTION,
    }
    proof["proofValue"] = multibase_encode(signer.sign(hash_data(document, proof, contexts=contexts)))
    return proof


def verify_proof(
    document: Mapping[str, Any],
    proof: Mapping[str, Any],
    *,
    public_key: bytes,
    contexts: Contexts | None = None,
) -> None:
    """
    Check that *proof* was made over *document* with a key. Who owns the key is another question.

    Args:
        document: Without any proof.
        public_key: 32 bytes.

    Raises:
        UnsupportedProofError: Another type, cryptosuite, or a chain of proofs.
        SignatureMismatchError: The content or the proof is not what was signed.
        ProofError: The proof lacks something.
        ContextError: A context that is not known, or something the signature does not cover.
    """
    check_kind(proof)
    try:
        signature = multibase_decode(proof.get("proofValue"))
    except KeyFormatError as error:
        raise SignatureMismatchError(f"expected a proofValue of 64 bytes: {error}") from error
    check_signature(public_key, signature, hash_data(document, proof, contexts=contexts))


def check_kind(proof: Mapping[str, Any]) -> None:
    """
    Check that a proof is one that is read here.

    Raises:
        UnsupportedProofError: Another type or cryptosuite, or a chain of proofs.
    """
    if proof.get("type") not in (TYPE, [TYPE]):
        raise UnsupportedProofError(f"expected a {TYPE}, met {str(proof.get('type'))[:60]!r}")
    if proof.get("cryptosuite") != CRYPTOSUITE:
        raise UnsupportedProofError(f"expected {CRYPTOSUITE}, met {str(proof.get('cryptosuite'))[:60]!r}")
    if "previousProof" in proof:
        raise UnsupportedProofError("expected proofs that stand alone, met a chain of proofs")


def hash_data(
    document: Mapping[str, Any], proof: Mapping[str, Any], *, contexts: Contexts | None = None
) -> bytes:
    """
    The 64 bytes that are signed: the hash of the proof's options, then that of the document.

    Source:
        Section 3.2.4, Hashing; the options take the document's contexts (section 3.2.5).
    """
    options = {key: value for key, value in proof.items() if key not in ("proofValue", "@context")}
    if "@context" in proof and proof["@context"] != document.get("@context"):
        raise ProofError("expected the proof to have the document's contexts, met others")
    options["@context"] = document.get("@context")
    return _options_hash(json.dumps(options, sort_keys=True), contexts) + canonical_hash(document, contexts)


@functools.lru_cache(maxsize=512)
def _options_hash(options: str, contexts: Contexts | None) -> bytes:
    """One batch shares its options, so they are canonicalised once."""
    return canonical_hash(json.loads(options), contexts)


def canonical_hash(document: Mapping[str, Any], contexts: Contexts | None = None) -> bytes:
    """SHA-256 of the canonical form."""
    return hashlib.sha256(canonical(document, contexts).encode()).digest()


def canonical(document: Mapping[str, Any], contexts: Contexts | None = None) -> str:
    """The canonical N-Quads of a document."""
    return rdfc.canonicalise(jsonld.to_quads(document, contexts=contexts)).nquads
