"""Attacks by whoever shows credentials: replayed, exchanged, somebody else's."""

from __future__ import annotations

import json
from typing import Any

from tests.sceau.hostile.good import (
    CHALLENGE,
    DOMAIN,
    HOLDER,
    HOLDER_DID,
    LIST_URL,
    PASSED,
    SIGNER,
    STRANGER,
    Ask,
    Attack,
    bare,
    changed,
    credential,
    failed,
    presented,
    presented_token,
    proof_of,
    refused,
    shown,
    signed_blindly,
    status_list,
    token,
    unknown,
    with_options,
    with_proof,
)

from sceau.errors import (
    DuplicateKeyError,
    NothingFoundError,
    TooDeepError,
    UnreadableError,
    UnsupportedFormatError,
)
from sceau.issuing import enveloped, presentation

STRANGER_DID = STRANGER.verification_method.partition("#")[0]
MISSING, INVALID, MISMATCH, WRONG_KEY, CHALLENGED, DOMAINS = (
    failed(f"proof.{name}") for name in ("missing", "invalid", "mismatch", "wrong_key", "challenge", "domain")
)
ENTRIES, MODEL = failed("presentation.invalid"), failed("model.invalid")


def after(**changes: Any) -> Ask:
    """A good presentation, changed after it was signed."""
    return shown(lambda: changed(presented(), **changes))


def holding(*entries: Any, **options: Any) -> Ask:
    """A presentation of the holder with these among its credentials, signed or not."""
    unasked = {"challenge": None, "domain": None} | options
    return shown(
        lambda: {**presentation([], holder=HOLDER_DID), "verifiableCredential": list(entries)}, **unasked
    )


def unsigned(**changes: Any) -> dict[str, Any]:
    return changed(presentation([credential()], holder=HOLDER_DID), **changes)


ATTACKS = (
    Attack("a presentation as it is", shown(presented), PASSED),
    Attack("a presentation as a token", shown(presented_token), PASSED),
    # The answer to another question
    Attack("replayed at another challenge", shown(presented, challenge="another"), CHALLENGED),
    Attack("replayed at an empty challenge", shown(presented, challenge=""), CHALLENGED),
    Attack("replayed at another verifier", shown(presented, domain="other.example"), DOMAINS),
    Attack("replayed at a verifier with a dot behind", shown(presented, domain=DOMAIN + "."), DOMAINS),
    Attack(
        "its challenge changed to the one asked",
        shown(lambda: with_proof(presented(challenge="old"), challenge=CHALLENGE)),
        MISMATCH,
    ),
    Attack("its challenge taken away", shown(lambda: with_proof(presented(), challenge=None)), CHALLENGED),
    Attack(
        "its challenge as a list", shown(lambda: with_proof(presented(), challenge=[CHALLENGE])), CHALLENGED
    ),
    Attack(
        "its domain among others added later",
        shown(lambda: with_proof(presented(domain="a"), domain=["a", DOMAIN])),
        MISMATCH,
    ),
    Attack("its domain taken away", shown(lambda: with_proof(presented(), domain=None)), DOMAINS),
    Attack("a token with another nonce", shown(lambda: presented_token(nonce="x")), CHALLENGED),
    Attack("a token without nonce", shown(lambda: presented_token(nonce=None)), CHALLENGED),
    Attack("a token for another", shown(lambda: presented_token(aud="other.example")), DOMAINS),
    # Who shows
    Attack("the holder exchanged", after(holder=STRANGER_DID), WRONG_KEY),
    Attack("the holder taken away, whoever signed is it", after(holder=None), MISMATCH),
    Attack(
        "signed by a stranger under the holder's name",
        shown(lambda: changed(presented(signer=STRANGER), holder=HOLDER_DID)),
        WRONG_KEY,
    ),
    Attack("a token signed by a stranger", shown(lambda: presented_token(signer=STRANGER)), WRONG_KEY),
    Attack(
        "a token that names a stranger as iss",
        shown(lambda: presented_token(iss=STRANGER_DID)),
        failed("proof.claims"),
    ),
    Attack(
        "the issuer's own proof, made to issue",
        shown(lambda: {**unsigned(), "proof": proof_of(credential())}),
        CHALLENGED,
    ),
    Attack(
        "a proof to issue, over the presentation",
        shown(lambda: with_proof(presented(), proofPurpose="assertionMethod")),
        INVALID,
    ),
    Attack(
        "somebody else's credential, where it must be one's own",
        shown(presented, holder_is_subject=True),
        failed("presentation.other_holder"),
    ),
    Attack("a holder that is a list", after(holder=[HOLDER_DID]), failed("model.invalid")),
    Attack("a holder that is no URL", after(holder="moi"), failed("model.invalid")),
    # What is shown
    Attack(
        "a credential exchanged for another good one",
        shown(lambda: {**presented(), "verifiableCredential": [signed_blindly(name="Autre")]}),
        MISMATCH,
    ),
    Attack("a credential taken away", after(verifiableCredential=[]), MISMATCH),
    Attack("a credential that was altered", shown(lambda: presented(credential(name="Autre"))), MISMATCH),
    Attack("a credential that nobody signed", shown(lambda: presented(bare())), MISSING),
    Attack(
        "a credential that the holder signed",
        shown(lambda: presented(bare() | {"proof": with_options(signer=HOLDER)["proof"]})),
        WRONG_KEY,
    ),
    Attack("the list of a status among the credentials", holding(json.loads(status_list())), PASSED),
    Attack("text among the credentials", holding("x"), MODEL),
    Attack("a number among the credentials", holding(5), MODEL),
    Attack("a list among the credentials", holding([credential()]), MODEL),
    Attack("null among the credentials", holding(None), MODEL),
    Attack("a bare token among the credentials", holding(token()), MODEL),
    Attack("an address among the credentials", holding(LIST_URL), MODEL),
    Attack(
        "another object among the credentials", holding({"type": "Thing"}), failed("context.undefined_term")
    ),
    Attack("a presentation among the credentials", holding(unsigned()), ENTRIES),
    Attack(
        "an envelope without a token among the credentials",
        holding({"type": "EnvelopedVerifiableCredential"}),
        MODEL,
    ),
    Attack(
        "an envelope with alg none among the credentials",
        holding(enveloped(token(header={"alg": "none"}))),
        MISSING,
    ),
    Attack("51 credentials", holding(*[credential()] * 51), ENTRIES),
    Attack("100,000 empty credentials", holding(*[{}] * 100_000), MODEL),
    # The proof of the presentation
    Attack("not signed, though a challenge was asked", shown(unsigned), MISSING),
    Attack("not signed, nothing was asked", shown(unsigned, challenge=None, domain=None), PASSED),
    Attack(
        "not signed, and it had to be",
        shown(unsigned, challenge=None, domain=None, require_proof=True),
        MISSING,
    ),
    Attack(
        "an empty list of proofs", shown(lambda: unsigned(proof=[]), challenge=None, domain=None), MISSING
    ),
    Attack("a proof that is text", after(proof="signed"), INVALID),
    Attack("1,000 proofs", shown(lambda: {**presented(), "proof": [proof_of(presented())] * 1_000}), INVALID),
    Attack("a word that no context defines", after(mention="x"), failed("context.undefined_term")),
    Attack(
        "an unknown context",
        after(**{"@context": [*unsigned()["@context"], "https://x.example"]}),
        unknown("context.unknown"),
    ),
    Attack(
        "not signed, with a word that no context defines",
        shown(lambda: unsigned(mention="x"), challenge=None, domain=None),
        failed("context.undefined_term"),
    ),
    Attack("an id added", after(id="urn:uuid:1"), MISMATCH),
    Attack("nothing in it, and not signed", holding(), PASSED),
    # Read
    Attack("a credential in place of a presentation", shown(credential), refused(NothingFoundError)),
    Attack("the token of a credential in place of a presentation", shown(token), refused(NothingFoundError)),
    Attack("no byte", shown(lambda: b""), refused(UnreadableError)),
    Attack(
        "a key twice",
        shown(lambda: json.dumps(presented())[:-1] + ',"holder":"x"}'),
        refused(DuplicateKeyError),
    ),
    Attack("10,000 deep", shown(lambda: "[" * 10_000), refused(TooDeepError)),
    Attack("a PDF", shown(lambda: b"%PDF-1.7"), refused(UnsupportedFormatError)),
    Attack("signed by the issuer of the credential", shown(lambda: presented(signer=SIGNER)), PASSED),
)
