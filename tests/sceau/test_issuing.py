from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from sceau import issuing
from sceau.canon.contexts import CREDENTIALS_V2
from sceau.did.document import did_of
from sceau.errors import DataModelError, StatusListTooShortError, UndefinedTermError, WrongKeyError
from sceau.formats import open_badges_3
from sceau.issuing import issue, issue_status_list
from sceau.proofs import eddsa_jcs_2022, eddsa_rdfc_2022
from sceau.proofs.data_integrity import Suite
from sceau.status import bitstring
from sceau.testing import EXAMPLE_MOMENT, example_credential, key_signer, web_signer

DID = "did:web:example.org:o:atelier"
LIST = "https://example.org/status/1"


def test_issuing_is_a_pure_function() -> None:
    once, again = (issue(example_credential(), signer=key_signer(), created=EXAMPLE_MOMENT) for _ in range(2))

    assert once == again


def test_the_proof_is_a_list_of_one() -> None:
    document = json.loads(issue(example_credential(), signer=key_signer(), created=EXAMPLE_MOMENT))
    (proof,) = document["proof"]

    assert proof["type"] == "DataIntegrityProof"
    assert proof["cryptosuite"] == "eddsa-rdfc-2022"
    assert proof["proofPurpose"] == "assertionMethod"
    assert proof["created"] == "2026-06-02T08:00:00Z"
    assert proof["verificationMethod"] == key_signer().verification_method
    assert proof["proofValue"].startswith("z")


def test_only_a_key_of_the_issuer_signs() -> None:
    with pytest.raises(WrongKeyError):
        issue(example_credential(), signer=key_signer(2), created=EXAMPLE_MOMENT)
    with pytest.raises(WrongKeyError):
        issue(example_credential(issuer_id=DID + "x"), signer=web_signer(DID), created=EXAMPLE_MOMENT)


def test_a_naive_moment_is_refused() -> None:
    with pytest.raises(DataModelError):
        issue(example_credential(), signer=key_signer(), created=EXAMPLE_MOMENT.replace(tzinfo=None))


def test_a_status_list_is_a_credential() -> None:
    bits = bitstring.with_bit(bytes(16_384), 7, True)
    document = json.loads(
        issue_status_list(
            list_url=LIST,
            issuer_id=DID,
            purpose="revocation",
            bits=bits,
            signer=web_signer(DID),
            created=EXAMPLE_MOMENT,
            valid_until=EXAMPLE_MOMENT + timedelta(days=7),
        )
    )

    assert document["@context"] == [CREDENTIALS_V2]
    assert document["id"] == LIST
    assert document["type"] == ["VerifiableCredential", "BitstringStatusListCredential"]
    assert document["issuer"] == DID
    assert document["validFrom"] == "2026-06-02T08:00:00Z"
    assert document["validUntil"] == "2026-06-09T08:00:00Z"
    assert document["credentialSubject"]["id"] == LIST + "#list"
    assert document["credentialSubject"]["type"] == "BitstringStatusList"
    assert document["credentialSubject"]["statusPurpose"] == "revocation"
    assert bitstring.decode(document["credentialSubject"]["encodedList"]) == bits
    assert len(document["proof"]) == 1


def test_a_status_list_without_end() -> None:
    document = json.loads(
        issue_status_list(
            list_url=LIST,
            issuer_id=DID,
            purpose="suspension",
            bits=bytes(16_384),
            signer=web_signer(DID),
            created=datetime(2026, 1, 1, tzinfo=UTC),
        )
    )

    assert "validUntil" not in document


def test_status_lists_that_are_refused() -> None:
    common = {"list_url": LIST, "issuer_id": DID, "signer": web_signer(DID), "created": EXAMPLE_MOMENT}

    with pytest.raises(StatusListTooShortError):
        issue_status_list(**common, purpose="revocation", bits=bytes(100))  # type: ignore[arg-type] # a mixed dict
    with pytest.raises(DataModelError):
        issue_status_list(**common, purpose="gossip", bits=bytes(16_384))  # type: ignore[arg-type] # a mixed dict
    with pytest.raises(WrongKeyError):
        issue_status_list(
            **common | {"issuer_id": "did:web:example.net"},  # type: ignore[arg-type] # a mixed dict
            purpose="revocation",
            bits=bytes(16_384),
        )


@pytest.mark.parametrize("suite", [eddsa_jcs_2022.SUITE, eddsa_rdfc_2022.SUITE])
def test_a_word_that_means_nothing_is_not_signed(suite: Suite) -> None:
    signer = key_signer()
    document = {**open_badges_3.to_document(example_credential()), "hobby": "knitting"}

    with pytest.raises(UndefinedTermError, match="hobby"):
        issuing.secure(document, signer=signer, created=EXAMPLE_MOMENT, suite=suite)
    with pytest.raises(UndefinedTermError, match="hobby"):
        issuing.secure_token(document, signer=signer)


def test_what_is_shown_in_a_token_is_not_looked_into() -> None:
    signer = key_signer()
    shown = {**open_badges_3.to_document(example_credential()), "hobby": "knitting"}
    document = issuing.presentation([shown], holder=did_of(signer.verification_method))

    assert issuing.secure_token(document, signer=signer).count(".") == 2
    with pytest.raises(UndefinedTermError, match="pastime"):
        issuing.secure_token({**document, "pastime": "knitting"}, signer=signer)
