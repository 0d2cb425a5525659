"""@digitalcredentials/verifier-core for Node, which the wallets of the Digital Credentials Consortium use."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.sceau.others.documents import KINDS, NOW, WAYS_TO_SPOIL, Kind, example, spoilt, written
from tests.sceau.others.peers import Peer

from sceau.did.document import did_of
from sceau.did.resolver import Resolver
from sceau.issuing import issue_status_list
from sceau.model.credential import StatusEntry
from sceau.status import bitstring
from sceau.testing import EXAMPLE_MOMENT, MemoryStatuses, key_signer
from sceau.verifying.policy import Policy
from sceau.verifying.report import Outcome, Question
from sceau.verifying.verify import verify

EDDSA_RDFC = KINDS[0]
LIST_URL = "https://atelier.example.org/statuts/1"
SCHEMA_URL = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"


def lasting(**changes: Any) -> dict[str, Any]:
    """It reads the clock of the machine, so this credential has no end."""
    return example(EDDSA_RDFC, **({"valid_until": None} | changes))


def its_view(peer: Peer, document: dict[str, Any], **documents: Any) -> dict[str, Any]:
    return peer.ask(credential=document, documents=documents)


def test_it_accepts_the_whole_example(verifier_core: Peer) -> None:
    met = its_view(verifier_core, lasting())

    assert met["errors"] == []
    assert met["steps"] == {"valid_signature": True, "expiration": True, "registered_issuer": False}


def test_it_finds_the_whole_example_right_by_the_published_schema(verifier_core: Peer, vectors: Path) -> None:
    name = "ob_v3p0_achievementcredential_schema.json"
    schema = json.loads((vectors / "open-badges-3" / name).read_text())
    document = lasting()
    (proof,) = document["proof"]

    (met,) = its_view(verifier_core, document, **{SCHEMA_URL: schema})["schema"]
    (single,) = its_view(verifier_core, document | {"proof": proof}, **{SCHEMA_URL: schema})["schema"]

    assert met["result"]["valid"], met
    assert not single["result"]["valid"]  # the schema wants a list of proofs


@pytest.mark.parametrize("way", WAYS_TO_SPOIL)
def test_it_refuses_what_is_spoilt(verifier_core: Peer, way: str) -> None:
    document = spoilt(lasting(), way, EDDSA_RDFC)

    met = its_view(verifier_core, document)

    assert met["errors"] == ["no_proof" if way == "no proof" else "invalid_signature"]
    assert met["steps"] == {}


@pytest.mark.parametrize("kind", KINDS[1:], ids=str)
def test_it_does_not_read_the_other_cryptosuites(verifier_core: Peer, kind: Kind) -> None:
    """It reads eddsa-rdfc-2022 alone: hence our default."""
    met = its_view(verifier_core, example(kind, valid_until=None))

    assert met["errors"] == ["invalid_signature"]


def test_it_finds_the_end_of_validity(verifier_core: Peer) -> None:
    met = its_view(verifier_core, lasting(valid_until=datetime(2026, 6, 3, tzinfo=UTC)))

    assert met["steps"]["expiration"] is False


def status_list(number: int = 1, *, revoked: bool) -> dict[str, Any]:
    """Our list, signed by one of our keys, with one place set."""
    signer = key_signer(number)
    bits = bitstring.with_bit(bytes(bitstring.MINIMUM_LENGTH // 8), 42, revoked)
    found: dict[str, Any] = json.loads(
        issue_status_list(
            list_url=LIST_URL,
            issuer_id=did_of(signer.verification_method),
            purpose="revocation",
            bits=bits,
            signer=signer,
            created=EXAMPLE_MOMENT,
        )
    )
    return found


@pytest.mark.parametrize("revoked", [True, False])
def test_it_reads_our_status_list(verifier_core: Peer, revoked: bool) -> None:
    document = lasting(status=(StatusEntry(LIST_URL, 42),))

    met = its_view(verifier_core, document, **{LIST_URL: status_list(revoked=revoked)})

    assert met["errors"] == []
    assert met["steps"]["valid_signature"] is True
    assert met["steps"]["revocation_status"] is not revoked


def test_it_refuses_a_status_list_that_was_altered(verifier_core: Peer) -> None:
    document = lasting(status=(StatusEntry(LIST_URL, 42),))
    altered = status_list(revoked=True)
    altered["credentialSubject"] |= {
        "encodedList": status_list(revoked=False)["credentialSubject"]["encodedList"]
    }

    met = its_view(verifier_core, document, **{LIST_URL: altered})

    assert met["steps"]["revocation_status"] == "status_list_signature_error"


def test_it_follows_the_status_list_of_a_stranger_and_we_do_not(verifier_core: Peer) -> None:
    """It does not ask that credential and list have the same issuer."""
    document = lasting(status=(StatusEntry(LIST_URL, 42),))
    of_a_stranger = status_list(2, revoked=False)

    met = its_view(verifier_core, document, **{LIST_URL: of_a_stranger})
    lists = MemoryStatuses({LIST_URL: written(of_a_stranger)})
    report = verify(written(document), at=NOW, policy=Policy(resolver=Resolver(), statuses=lists))

    assert met["steps"]["revocation_status"] is True
    assert report.answer(Question.VALID) is Outcome.INDETERMINATE
