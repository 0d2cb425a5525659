"""
Checks of a credential's proofs: all of them must hold, and one at least must be the issuer's.

Others may sign beside the issuer, or after it in a chain: a jury, a body that confirms. Their proofs are held
against their own keys; they never stand in for the issuer's.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sceau.canon import jsonld
from sceau.did import document as did_document
from sceau.errors import (
    CanonicalisationError,
    ContextError,
    DataModelError,
    ForbiddenCharacterError,
    KeyFormatError,
    MissingProofError,
    ProofError,
    ProofExpiredError,
    ProofNotYetError,
    ResolutionError,
    SceauError,
    SignatureMismatchError,
    UndefinedTermError,
    UnknownAnchorError,
    UnsupportedProofError,
    WrongKeyError,
)
from sceau.formats.data_model import issuer_of
from sceau.model import characters, moments
from sceau.proofs import cryptosuites, ecdsa_jcs_2019, eddsa_jcs_2022
from sceau.proofs.data_integrity import ASSERTION, Hashes, previous_proofs
from sceau.proofs.jose import Jws
from sceau.verifying import tokens
from sceau.verifying.policy import Policy
from sceau.verifying.reading import Secured
from sceau.verifying.report import Check, Outcome, Question

_OVER_JSON = frozenset({eddsa_jcs_2022.SUITE.name, ecdsa_jcs_2019.SUITE.name})
# We cannot tell, as against: it does not hold.
_UNKNOWN = (
    UnsupportedProofError,
    ResolutionError,
    CanonicalisationError,
    ContextError,
    KeyFormatError,
    UnknownAnchorError,
)


def proofs_of(document: dict[str, Any], policy: Policy) -> list[dict[str, Any]]:
    """
    The proofs of a document.

    Raises:
        MissingProofError: None at all: an empty list proves nothing.
        ProofError: Something else than objects, or too many.
    """
    value = document.get("proof", [])
    found = value if isinstance(value, list) else [value]
    if not found:
        raise MissingProofError("expected a proof, met none")
    if len(found) > policy.max_proofs:
        raise ProofError(f"expected at most {policy.max_proofs} proofs, met {len(found)}")
    if not all(isinstance(proof, dict) for proof in found):
        raise ProofError("expected proofs to be objects, met something else")
    return found


def check_all(secured: Secured, *, at: datetime, policy: Policy) -> Iterator[Check]:
    """One check for each proof, or one that says why there is none; then whether all words are known."""
    document = secured.document
    if secured.token is not None:
        yield _checked_token(secured, secured.token, at, policy)
        yield from words(document, policy)
        if "proof" not in document:
            return
    try:
        proofs = proofs_of(document, policy)
    except ProofError as error:
        yield failure("proof", Question.INTACT, error)
        return
    issuer_id, _ = issuer_of(document)
    hashes: Hashes = {}
    if not any(_signer_of(proof) == issuer_id for proof in proofs) and secured.token is None:
        # Each is then held against the issuer, and says whose key it was instead.
        yield from (_checked(document, proof, at, policy, hashes, by=issuer_id) for proof in proofs)
        return
    for proof in proofs:
        yield _checked(document, proof, at, policy, hashes, by=_signer_of(proof) or issuer_id)
    if secured.token is None and are_over_json(proofs):
        yield from words(document, policy)


def _checked_token(secured: Secured, token: Jws, at: datetime, policy: Policy) -> Check:
    facts = {"algorithm": token.algorithm}
    if isinstance(token.header.get("kid"), str):
        facts["verification_method"] = token.header["kid"]
    try:
        tokens.verify_one(secured, token, by=issuer_of(secured.document)[0], at=at, policy=policy)
    except SceauError as error:
        return failure("proof", Question.INTACT, error, facts)
    return Check("proof", Question.INTACT, Outcome.PASSED, facts=facts)


def are_over_json(proofs: list[dict[str, Any]]) -> bool:
    """Do all of them sign JSON as it stands, and none what it states?"""
    return all(str(proof.get("cryptosuite")) in _OVER_JSON for proof in proofs)


def words(document: dict[str, Any], policy: Policy) -> Iterator[Check]:
    """
    Does every word of the document come from a context that is known here?

    A signature over RDF answers that by itself. Over JSON, or over a token, it covers every byte and not what
    it means: a context that is not known could give any meaning to it.
    """
    try:
        jsonld.to_quads(
            {name: value for name, value in document.items() if name != "proof"}, contexts=policy.contexts
        )
    except SceauError as error:
        yield failure("words", Question.INTACT, error)
        return
    yield Check("words", Question.INTACT, Outcome.PASSED)


def _signer_of(proof: dict[str, Any]) -> str:
    method = proof.get("verificationMethod")
    return did_document.did_of(method) if isinstance(method, str) else ""


def _checked(
    document: dict[str, Any], proof: dict[str, Any], at: datetime, policy: Policy, hashes: Hashes, *, by: str
) -> Check:
    method = proof.get("verificationMethod")
    facts = {"verification_method": method} if isinstance(method, str) else {}
    if isinstance(proof.get("cryptosuite"), str):
        facts["algorithm"] = proof["cryptosuite"][:60]
    if isinstance(proof.get("created"), str):
        facts["created"] = proof["created"]
    try:
        verify_one(document, proof, at=at, policy=policy, by=by, hashes=hashes)
    except SignatureMismatchError as error:
        return failure("proof", Question.INTACT, _why(document, error), facts)
    except SceauError as error:
        return failure("proof", Question.INTACT, error, facts)
    return Check("proof", Question.INTACT, Outcome.PASSED, facts=facts)


def verify_one(
    document: dict[str, Any],
    proof: dict[str, Any],
    *,
    at: datetime,
    policy: Policy,
    by: str | None = None,
    purpose: str = ASSERTION,
    hashes: Hashes | None = None,
) -> None:
    """
    Verify one proof and that its key belongs to whoever must have made it.

    Args:
        by: The DID of whoever must have signed; the issuer unless another is given.
        purpose: ``"authentication"`` for a presentation.
        hashes: Of this document, from its proofs that were looked at before.

    Raises:
        ProofError: It does not hold: `SignatureMismatchError`, `WrongKeyError`, `ProofExpiredError`…
        ResolutionError: The key could not be obtained.
        UnsupportedProofError, ContextError, CanonicalisationError: It cannot be read here.
    """
    suite = cryptosuites.of(proof)
    policy.check_algorithm(suite.name)
    if proof.get("proofPurpose") != purpose:
        raise ProofError(f"expected the purpose {purpose}, met {str(proof.get('proofPurpose'))[:60]!r}")
    _check_moments(proof, at, policy)
    method = proof.get("verificationMethod")
    if not isinstance(method, str) or "#" not in method:
        raise ProofError(f"expected a verificationMethod with a fragment, met {str(method)[:120]!a}")
    signed_by = issuer_of(document)[0] if by is None else by
    if did_document.did_of(method) != signed_by:
        raise WrongKeyError(f"expected a key of {signed_by[:120]!r}, met {method[:120]!r}")
    unsecured = {key: value for key, value in document.items() if key != "proof"}
    key = did_document.public_key(policy.resolver.resolve(signed_by), method, at=at, relationship=purpose)
    previous = previous_proofs(proof, proofs_of(document, policy))
    suite.verify_proof(
        unsecured, proof, public_key=key, contexts=policy.contexts, previous=previous, hashes=hashes
    )


def _check_moments(proof: dict[str, Any], at: datetime, policy: Policy) -> None:
    try:
        created, expires = (
            moments.read(proof[name], zone_optional=True) if name in proof else None
            for name in ("created", "expires")
        )
    except DataModelError as error:
        raise ProofError(f"expected the moments of the proof to be readable: {error}") from error
    if created is not None and created > at + policy.clock_skew:
        raise ProofNotYetError(f"expected a proof made before {moments.write(at)}, met {proof['created']}")
    if expires is not None and expires < at:
        raise ProofExpiredError(f"expected a proof that holds at {moments.write(at)}, met {proof['expires']}")


def _why(document: dict[str, Any], error: SignatureMismatchError) -> SceauError:
    """
    A signature that does not match may be the fault of characters that another library signs differently.
    """
    pending: list[Any] = [document]
    while pending:
        item = pending.pop()
        if isinstance(item, str):
            if met := characters.forbidden_in(item):
                return ForbiddenCharacterError(f"{error}; it holds {met}, which libraries sign differently")
        elif isinstance(item, (dict, list)):
            pending.extend(item.values() if isinstance(item, dict) else item)
    return error


def failure(name: str, question: Question, error: SceauError, facts: dict[str, Any] | None = None) -> Check:
    """A check that did not pass; whether it failed or is unknown follows from the error."""
    unknown = isinstance(error, _UNKNOWN) and not isinstance(error, (UndefinedTermError, WrongKeyError))
    outcome = Outcome.INDETERMINATE if unknown else Outcome.FAILED
    return Check(name, question, outcome, code=error.code, detail=str(error), facts=facts or {})
