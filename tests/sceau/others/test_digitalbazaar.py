"""
@digitalbazaar/vc for Node, with its four cryptosuites: what we sign holds there, what it signs holds here,
and what is spoilt is refused on both sides for the same reason.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from tests.sceau.others.documents import (
    CONTEXTS,
    KINDS,
    NOW,
    WAYS_TO_SPOIL,
    Kind,
    example,
    signed,
    spoilt,
    whole,
    written,
)
from tests.sceau.others.peers import Peer

from sceau.did import document as did_document
from sceau.did.document import did_of
from sceau.did.resolver import Resolver
from sceau.issuing import issue_status_list
from sceau.keys import multikey
from sceau.keys.public import KeyType
from sceau.model.credential import StatusEntry
from sceau.proofs import cryptosuites
from sceau.status import bitstring
from sceau.testing import EXAMPLE_MOMENT, MemoryStatuses, key_signer, web_signer
from sceau.verifying.policy import Policy
from sceau.verifying.report import Outcome, Question, Report
from sceau.verifying.verify import verify

LIST_URL = "https://atelier.example.org/statuts/1"

# What it says of each; and what we say.
REASONS = {
    "another letter": ("Invalid signature", "proof.mismatch"),
    "another letter in the signature": ("Invalid signature", "proof.mismatch"),
    "another moment": ("Invalid signature", "proof.mismatch"),
    "another purpose": ("Did not verify any proofs", "proof.invalid"),
    "another key under this name": ("Invalid signature", "proof.mismatch"),
    "the key of a stranger": ("must match the verification method controller", "proof.wrong_key"),
    "no proof": ("No matching proofs found", "proof.missing"),
    "an empty list of proofs": ("No matching proofs found", "proof.missing"),
}


def its_view(peer: Peer, document: dict[str, Any], *, at: datetime = NOW, **documents: Any) -> dict[str, Any]:
    return peer.ask(ask="verify", credential=document, documents=CONTEXTS | documents, now=at.isoformat())


def our_view(document: dict[str, Any], statuses: MemoryStatuses | None = None) -> Report:
    return verify(written(document), at=NOW, policy=Policy(resolver=Resolver(), statuses=statuses))


def signed_by(peer: Peer, kind: Kind, document: dict[str, Any]) -> dict[str, Any]:
    """*document* in the name of a new did:key of theirs."""
    return peer.ask(
        ask="issue",
        credential=document,
        documents=CONTEXTS,
        now="2026-06-02T08:00:00Z",
        cryptosuite=kind.cryptosuite,
        curve=None if kind.key is KeyType.ED25519 else kind.key,
    )


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_it_accepts_the_whole_example(digitalbazaar: Peer, kind: Kind) -> None:
    document = example(kind)

    met = its_view(digitalbazaar, document)

    assert met["verified"], met
    assert met["proofs"] == 1


@pytest.mark.parametrize("kind", KINDS, ids=str)
@pytest.mark.parametrize("way", WAYS_TO_SPOIL)
def test_it_refuses_what_is_spoilt_and_so_do_we(digitalbazaar: Peer, way: str, kind: Kind) -> None:
    document = spoilt(example(kind), way, kind)
    theirs, ours = REASONS[way]

    met = its_view(digitalbazaar, document)
    report = our_view(document)

    assert not met["verified"]
    assert any(theirs in reason for reason in met["reasons"]), met
    assert report.answer(Question.INTACT) is Outcome.FAILED
    assert report.reasons(Question.INTACT)[0].code == ours


@pytest.mark.parametrize(("at", "reason"), [(2031, 'is after "validUntil"'), (2025, 'is before "validFrom"')])
def test_it_refuses_outside_the_validity(digitalbazaar: Peer, at: int, reason: str) -> None:
    met = its_view(digitalbazaar, example(KINDS[0]), at=datetime(at, 7, 1, tzinfo=UTC))

    assert not met["verified"]
    assert any(reason in each for each in met["reasons"]), met


def test_it_accepts_a_web_issuer_by_our_did_document(digitalbazaar: Peer) -> None:
    signer = web_signer()
    did = did_of(signer.verification_method)
    document = signed(whole(did), "eddsa-rdfc-2022", signer)
    ours = did_document.build(did, [(signer.verification_method, signer.public_key_multibase)])
    of_another = did_document.build(did, [(signer.verification_method, key_signer(2).public_key_multibase)])

    assert its_view(digitalbazaar, document, **{did: ours})["verified"]
    assert not its_view(digitalbazaar, document, **{did: of_another})["verified"]
    assert not its_view(digitalbazaar, document)["verified"]


def test_one_good_proof_of_two_is_enough_there_and_not_here(digitalbazaar: Peer) -> None:
    document = example(KINDS[0])
    bare = {name: value for name, value in document.items() if name != "proof"}
    document["proof"] += signed(bare, "eddsa-jcs-2022", key_signer())["proof"]

    both = its_view(digitalbazaar, document)
    assert both["verified"]
    assert both["proofs"] == 2
    assert our_view(document).answer(Question.INTACT) is Outcome.PASSED

    document["proof"][1]["created"] = "2026-06-02T08:00:01Z"

    assert its_view(digitalbazaar, document)["verified"]
    assert our_view(document).answer(Question.INTACT) is Outcome.FAILED


def status_list(number: int = 1, *, revoked: int | None = None) -> dict[str, Any]:
    """Our list, signed by one of our keys."""
    bits = bytes(bitstring.MINIMUM_LENGTH // 8)
    signer = key_signer(number)
    found: dict[str, Any] = json.loads(
        issue_status_list(
            list_url=LIST_URL,
            issuer_id=did_of(signer.verification_method),
            purpose="revocation",
            bits=bits if revoked is None else bitstring.with_bit(bits, revoked, True),
            signer=signer,
            created=EXAMPLE_MOMENT,
        )
    )
    return found


@pytest.mark.parametrize("index", [0, 7, 8, 1_234, 131_071])
def test_it_reads_our_status_list(digitalbazaar: Peer, index: int) -> None:
    """There, `verified` alone says nothing about the status: the bit is beside it."""
    document = example(KINDS[0], status=(StatusEntry(LIST_URL, index),))

    clear = its_view(digitalbazaar, document, **{LIST_URL: status_list()})
    revoked = its_view(digitalbazaar, document, **{LIST_URL: status_list(revoked=index)})

    assert clear == {"verified": True, "proofs": 1, "reasons": [], "statuses": [False]}
    assert revoked == {"verified": True, "proofs": 1, "reasons": [], "statuses": [True]}


def test_it_refuses_a_status_list_that_is_not_ours(digitalbazaar: Peer) -> None:
    document = example(KINDS[0], status=(StatusEntry(LIST_URL, 7),))
    altered = status_list()
    altered["credentialSubject"]["encodedList"] = status_list(revoked=7)["credentialSubject"]["encodedList"]

    of_another = its_view(digitalbazaar, document, **{LIST_URL: status_list(2)})
    met = its_view(digitalbazaar, document, **{LIST_URL: altered})

    assert not of_another["verified"]
    assert "do not match" in of_another["reasons"][-1]
    assert not met["verified"]
    assert "not verified" in met["reasons"][-1]


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_what_it_signs_holds_here(digitalbazaar: Peer, kind: Kind) -> None:
    document = signed_by(digitalbazaar, kind, whole("did:key:theirs"))
    proof = document["proof"]
    bare = {name: value for name, value in document.items() if name != "proof"}
    key = multikey.decode(proof["verificationMethod"].partition("#")[2])

    cryptosuites.SUITES[kind.cryptosuite].verify_proof(bare, proof, public_key=key)
    report = our_view(document)

    assert key.type is kind.key
    assert report.answer(Question.INTACT) is Outcome.PASSED, report.reasons(Question.INTACT)
    assert report.answer(Question.VALID) is Outcome.PASSED
    assert report.credential is not None


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_what_it_signed_and_somebody_changed_is_refused_here(digitalbazaar: Peer, kind: Kind) -> None:
    document = signed_by(digitalbazaar, kind, whole("did:key:theirs"))
    document["proof"] = [document["proof"]]
    ways = [way for way in WAYS_TO_SPOIL if REASONS[way][1] == "proof.mismatch"]
    assert len(ways) == 4

    for way in ways:
        report = our_view(spoilt(document, way, kind))

        assert report.reasons(Question.INTACT)[0].code == "proof.mismatch", way


def test_contexts_added_behind_are_let_pass_there_and_refused_here(digitalbazaar: Peer) -> None:
    """
    Canonical JSON: the specification leaves contexts that were added after signing out of what is verified,
    and a reader may take them for signed. We refuse the document.
    """
    kind = KINDS[1]
    document = example(kind)
    document["@context"] = [
        *document["@context"],
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    ]

    met = its_view(digitalbazaar, document)

    assert met["verified"]
    assert our_view(document).answer(Question.INTACT) is Outcome.FAILED


def test_it_writes_status_lists_as_we_read_them(digitalbazaar: Peer) -> None:
    chosen = [0, 7, 8, 1_234, 131_071]

    made = digitalbazaar.ask(ask="list", id=LIST_URL, purpose="revocation", length=131_072, set=chosen)
    bits = bitstring.decode(made["credentialSubject"]["encodedList"])

    assert [index for index in range(bitstring.MINIMUM_LENGTH) if bitstring.bit(bits, index)] == chosen


@pytest.mark.parametrize("revoked", [True, False])
def test_a_credential_and_its_list_from_there_are_judged_here(digitalbazaar: Peer, revoked: bool) -> None:
    """Their list, signed by our key, since each credential of theirs has an issuer of its own."""
    credential = example(KINDS[0], status=(StatusEntry(LIST_URL, 42),))
    made = digitalbazaar.ask(
        ask="list", id=LIST_URL, purpose="revocation", length=131_072, set=[42] if revoked else [41, 43]
    )
    made |= {"issuer": credential["issuer"]["id"], "validFrom": "2026-06-02T08:00:00Z"}
    its_list = written(signed(made, "eddsa-rdfc-2022", key_signer()))

    report = our_view(credential, MemoryStatuses({LIST_URL: its_list}))

    assert report.answer(Question.VALID) is (Outcome.FAILED if revoked else Outcome.PASSED)


def test_it_refuses_a_term_that_no_context_defines_and_so_do_we(digitalbazaar: Peer) -> None:
    document = example(KINDS[0]) | {"honours": "summa cum laude"}

    met = its_view(digitalbazaar, document)

    assert not met["verified"]
    assert any("Safe mode" in reason for reason in met["reasons"]), met
    assert our_view(document).reasons(Question.INTACT)[0].code == "context.undefined_term"
