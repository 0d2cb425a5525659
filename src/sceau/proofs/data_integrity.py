"""
Data Integrity: a proof inside the document, in any cryptosuite; sets of proofs, and chains of them.

Source:
    W3C Verifiable Credential Data Integrity 1.0, section 4.
"""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sceau.canon import jcs, jsonld, rdfc
from sceau.canon.contexts import Contexts
from sceau.errors import KeyFormatError, ProofError, SceauError, SignatureMismatchError, UnsupportedProofError
from sceau.keys.multikey import multibase_decode, multibase_encode
from sceau.keys.public import KeyType, PublicKey
from sceau.model import moments
from sceau.ports import Signer

TYPE = "DataIntegrityProof"
ASSERTION = "assertionMethod"
AUTHENTICATION = "authentication"

_MAX_KEPT = 2_000
"""Letters of a proof's options whose hash is kept: strangers write them, and may write megabytes."""

Canonicaliser = Callable[[Mapping[str, Any], Contexts | None, str], bytes]
"""A document, the contexts that may be named, and the hash of the key; gives the bytes to hash."""
Hashes = dict[tuple[Canonicaliser, str], "bytes | SceauError"]
"""The hashes of one document, kept for its next proof; or why it has none."""


def rdf_form(document: Mapping[str, Any], contexts: Contexts | None, hash_name: str) -> bytes:
    """
    Canonical N-Quads: what the document states, however its JSON is written.

    Raises:
        ContextError: The document says something a signature would not cover.
        CanonicalisationError: It asks for too much work.
    """
    quads = jsonld.to_quads(_without_repeated_contexts(document), contexts=contexts)
    return rdfc.canonicalise(quads, algorithm=hash_name).nquads.encode()


def _without_repeated_contexts(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """A proof before, made over canonical JSON, repeats the document's contexts: nothing more in RDF."""
    proofs, own = document.get("proof"), document.get("@context")
    if not isinstance(proofs, list):
        return document
    bare = [
        {name: value for name, value in proof.items() if name != "@context" or value != own}
        for proof in proofs
    ]
    return {**document, "proof": bare}


def json_form(document: Mapping[str, Any], contexts: Contexts | None, hash_name: str) -> bytes:
    """Canonical JSON: the document as it is written. Contexts do not enter into it."""
    return jcs.canonicalise(dict(document))


@dataclass(frozen=True)
class Suite:
    """
    A cryptosuite.

    Attributes:
        name: ``"eddsa-rdfc-2022"``.
        key_types: The kinds of key that may sign with it.
        canonicalise: `rdf_form` or `json_form`.
        keeps_context: The proof repeats the document's contexts (the JCS suites).
    """

    name: str
    key_types: frozenset[KeyType]
    canonicalise: Canonicaliser
    keeps_context: bool = False

    def create_proof(
        self,
        document: Mapping[str, Any],
        *,
        signer: Signer,
        created: datetime | None,
        contexts: Contexts | None = None,
        purpose: str = ASSERTION,
        options: Mapping[str, Any] | None = None,
        previous: Sequence[Mapping[str, Any]] = (),
    ) -> dict[str, Any]:
        """
        The proof of a document.

        Args:
            document: Without proof.
            created: Aware; None leaves the moment out.
            options: More members of the proof: ``id``, ``challenge``, ``domain``, ``previousProof``…
            previous: The proofs that ``previousProof`` names: the new one covers them.

        Returns:
            ``{"type": "DataIntegrityProof", "cryptosuite": …, "created": …, "verificationMethod": …,
            "proofPurpose": …, "proofValue": "z…"}``

        Raises:
            ProofError: The signer's kind of key does not go with this cryptosuite.
            ContextError: The document says something a signature would not cover.
            CanonicalisationError: It asks for too much work.
        """
        kind = self._kind(signer.key_type)
        proof: dict[str, Any] = {**(options or {}), "type": TYPE, "cryptosuite": self.name}
        if created is not None:
            proof["created"] = moments.write(created)
        proof |= {"verificationMethod": signer.verification_method, "proofPurpose": purpose}
        if self.keeps_context and "@context" in document:
            proof["@context"] = document["@context"]
        data = self.hash_data(document, proof, key_type=kind, contexts=contexts, previous=previous)
        proof["proofValue"] = multibase_encode(signer.sign(data))
        return proof

    def verify_proof(
        self,
        document: Mapping[str, Any],
        proof: Mapping[str, Any],
        *,
        public_key: PublicKey,
        contexts: Contexts | None = None,
        previous: Sequence[Mapping[str, Any]] = (),
        hashes: Hashes | None = None,
    ) -> None:
        """
        Check that *proof* was made over *document* with a key. Who owns the key is another question.

        Args:
            document: Without any proof.
            previous: The proofs that this one names in ``previousProof``; see `previous_proofs`.
            hashes: Of this very document with these contexts, from proofs of it that were looked at before.

        Raises:
            UnsupportedProofError: Another type or cryptosuite.
            SignatureMismatchError: The content or the proof is not what was signed.
            ProofError: The proof lacks something, or the kind of key does not go with this cryptosuite.
            ContextError: A context that is not known, or something the signature does not cover.
        """
        self.check_kind(proof)
        kind = self._kind(public_key.type)
        try:
            signature = multibase_decode(proof.get("proofValue"))
        except KeyFormatError as error:
            raise SignatureMismatchError(f"expected a proofValue in base58btc: {error}") from error
        data = self.hash_data(
            document, proof, key_type=kind, contexts=contexts, previous=previous, hashes=hashes
        )
        public_key.check(signature, data)

    def check_kind(self, proof: Mapping[str, Any]) -> None:
        """
        Check that a proof is of this cryptosuite.

        Raises:
            UnsupportedProofError: Another type or cryptosuite.
        """
        if proof.get("type") not in (TYPE, [TYPE]):
            raise UnsupportedProofError(f"expected a {TYPE}, met {str(proof.get('type'))[:60]!r}")
        if proof.get("cryptosuite") != self.name:
            raise UnsupportedProofError(f"expected {self.name}, met {str(proof.get('cryptosuite'))[:60]!r}")

    def hash_data(
        self,
        document: Mapping[str, Any],
        proof: Mapping[str, Any],
        *,
        key_type: KeyType,
        contexts: Contexts | None = None,
        previous: Sequence[Mapping[str, Any]] = (),
        hashes: Hashes | None = None,
    ) -> bytes:
        """
        The bytes that are signed: the hash of the proof's options, then that of the document.

        Source:
            Data Integrity EdDSA Cryptosuites v1.0, sections 3.2.4, 3.3.4; the ECDSA document likewise.
        """
        options = {key: value for key, value in proof.items() if key not in ("proofValue", "@context")}
        own = self._contexts(document, proof)
        if own is not None:
            options["@context"] = own
        if previous:
            # Each link of a chain covers other proofs: what is hashed is another document.
            document, hashes = {**document, "proof": [dict(each) for each in previous]}, None
        written = json.dumps(options, sort_keys=True)
        hashed = _options_hash if len(written) <= _MAX_KEPT else _options_hash.__wrapped__
        options_hash = hashed(self, written, contexts, key_type.hash_name)
        return options_hash + self._kept_hash(document, contexts, key_type, {} if hashes is None else hashes)

    def _kept_hash(
        self, document: Mapping[str, Any], contexts: Contexts | None, key_type: KeyType, hashes: Hashes
    ) -> bytes:
        """A document that asks for too much work asks for it once."""
        key = (self.canonicalise, key_type.hash_name)
        if key not in hashes:
            try:
                hashes[key] = self.canonical_hash(document, contexts, key_type)
            except SceauError as error:
                hashes[key] = error
        known = hashes[key]
        if isinstance(known, SceauError):
            raise known
        return known

    def canonical(
        self,
        document: Mapping[str, Any],
        contexts: Contexts | None = None,
        key_type: KeyType = KeyType.ED25519,
    ) -> bytes:
        """The canonical form of a document."""
        return self.canonicalise(document, contexts, key_type.hash_name)

    def canonical_hash(
        self,
        document: Mapping[str, Any],
        contexts: Contexts | None = None,
        key_type: KeyType = KeyType.ED25519,
    ) -> bytes:
        """Its hash: SHA-384 for P-384, else SHA-256."""
        return hashlib.new(key_type.hash_name, self.canonical(document, contexts, key_type)).digest()

    def _kind(self, name: str) -> KeyType:
        if name not in self.key_types:
            allowed = " or ".join(sorted(self.key_types))
            raise ProofError(f"expected a key of {allowed} for {self.name}, met one of {name}")
        return KeyType(name)

    def _contexts(self, document: Mapping[str, Any], proof: Mapping[str, Any]) -> Any:
        """
        The contexts that the options are read with.

        With canonical JSON they are part of what was signed, so they are taken from the proof, and the
        document must have just these: contexts that were added behind would not be covered.
        """
        own = document.get("@context")
        if "@context" in proof and proof["@context"] != own:
            raise ProofError("expected the proof to have the document's contexts, met others")
        return own if not self.keeps_context or "@context" in proof else None


@functools.lru_cache(maxsize=512)
def _options_hash(suite: Suite, options: str, contexts: Contexts | None, hash_name: str) -> bytes:
    """One batch shares its options, so they are canonicalised once."""
    canonical = suite.canonicalise(json.loads(options), contexts, hash_name)
    return hashlib.new(hash_name, canonical).digest()


def previous_proofs(proof: Mapping[str, Any], proofs: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """
    The proofs that *proof* stands on, among all *proofs* of the document, in the order it names them.

    Raises:
        ProofError: It names one that is not there, one twice, itself, or one that comes round to it again.

    Source:
        Data Integrity 1.0, section 4.5, Verify Proof Sets and Chains.
    """
    by_id: dict[str, Mapping[str, Any]] = {}
    for each in proofs:
        own_id = each.get("id")
        if own_id is None:
            continue
        if not isinstance(own_id, str) or own_id in by_id:
            raise ProofError("expected each proof to have an id of its own, met one twice")
        by_id[own_id] = each
    found = _named(proof, by_id)
    _check_acyclic(proof, by_id)
    return found


def _named(proof: Mapping[str, Any], by_id: Mapping[str, Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    value = proof.get("previousProof", [])
    names = value if isinstance(value, list) else [value]
    if not all(isinstance(name, str) for name in names) or len(set(names)) != len(names):
        raise ProofError("expected previousProof to name proofs by their ids, each once")
    for name in names:
        if name not in by_id:
            raise ProofError(f"expected the proof {name[:120]!r} that previousProof names, met none")
    return [by_id[name] for name in names]


def _check_acyclic(proof: Mapping[str, Any], by_id: Mapping[str, Mapping[str, Any]]) -> None:
    pending, seen = _named(proof, by_id), set()
    while pending:
        each = pending.pop()
        if each is proof:
            raise ProofError("expected proofs in a chain, met a circle")
        if id(each) not in seen:
            seen.add(id(each))
            pending += _named(each, by_id)
