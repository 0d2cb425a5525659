"""Verifying for anybody: what verifies is 200, what does not is 400 and says why."""

from __future__ import annotations

import copy
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.factories.seals import NOW, a_certificate, sealed_with, write_authorities
from tests.jalon.api.vc_api.conftest import Door, credential

from jalon.foundation import clock
from sceau import issuing
from sceau.canon.contexts import CREDENTIALS_V2, for_conformance
from sceau.did.document import did_of
from sceau.ports import Signer
from sceau.proofs import data_integrity
from sceau.testing import example_issuer, key_signer, web_signer

CREATED = datetime(2026, 6, 1, tzinfo=UTC)
HOLDER, STRANGER = key_signer(1), key_signer(2)


def of(signer: Signer, **entries: Any) -> dict[str, Any]:
    return credential(issuer=did_of(signer.verification_method), **entries)


def signed(document: dict[str, Any], signer: Signer = HOLDER, **options: Any) -> dict[str, Any]:
    """With one more proof, whoever the issuer is."""
    had = document.get("proof", [])
    proofs = had if isinstance(had, list) else [had]
    bare = {name: value for name, value in document.items() if name != "proof"}
    proof = issuing.suite_for(signer).create_proof(
        bare,
        signer=signer,
        created=CREATED,
        contexts=for_conformance(),
        purpose=options.pop("purpose", data_integrity.ASSERTION),
        previous=data_integrity.previous_proofs(options, proofs),
        options=options,
    )
    return {**bare, "proof": [*proofs, proof] if proofs else proof}


def shown(*credentials: dict[str, Any], **options: Any) -> dict[str, Any]:
    document = {
        "@context": [CREDENTIALS_V2],
        "type": ["VerifiablePresentation"],
        "verifiableCredential": list(credentials),
    }
    return signed(document, purpose=data_integrity.AUTHENTICATION, **options)


def spoilt(document: dict[str, Any], **members: Any) -> dict[str, Any]:
    changed = copy.deepcopy(document)
    changed["proof"].update(members)
    return {
        **changed,
        "proof": {name: value for name, value in changed["proof"].items() if value is not ...},
    }


@pytest.mark.parametrize(
    "members",
    [
        {"type": ...},
        {"type": "UnknownProofType"},
        {"cryptosuite": "UnknownCryptosuite"},
        {"cryptosuite": ["eddsa-rdfc-2022"]},
        {"verificationMethod": ...},
        {"verificationMethod": "did:key:invalidVm"},
        {"verificationMethod": STRANGER.verification_method},
        {"proofPurpose": ...},
        {"proofPurpose": "invalidPurpose"},
        {"proofValue": ...},
        {"proofValue": None},
        {"proofValue": "z5nmMBw2u9TGKd9NxxHJtyZKgjN2Eh"},
        {"created": "invalidDate"},
        {"expires": "2020-01-01T00:00:00"},
    ],
)
def test_a_proof_that_was_touched(door: Door, members: dict[str, Any]) -> None:
    good = signed(of(HOLDER))
    assert door.verify(good).status == 200

    answer = door.verify(spoilt(good, **members))

    assert answer.status == 400
    assert not answer.body["verified"]
    assert answer.body["errors"][0]["detail"]


@pytest.mark.parametrize("proof", [None, "text", 3, [], True, {}, [[]]])
def test_what_is_no_proof(door: Door, proof: Any) -> None:
    assert door.verify({**of(HOLDER), "proof": proof}).status == 400
    assert door.verify(of(HOLDER)).codes == ["proof.missing"]


@pytest.mark.parametrize("document", [None, "text", 3, [], True, {}, {"type": ["NonconformingDocument"]}])
def test_what_is_no_credential(door: Door, document: Any) -> None:
    for answer in (door.verify(document), door.show(document), door.issue(document)):
        assert answer.status == 400
        assert answer.codes


def test_a_key_that_is_not_the_issuers_is_refused(door: Door) -> None:
    for issuer in (STRANGER.verification_method.partition("#")[0], "https://vc.example/issuers/5678"):
        assert door.verify(signed(credential(issuer=issuer))).codes == ["proof.wrong_key"]


def test_a_word_added_after_signing(door: Door) -> None:
    good = signed(of(HOLDER, credentialSubject={"id": "urn:x", "name": "Alice"}))
    added = copy.deepcopy(good)
    added["credentialSubject"]["hobby"] = "knitting"

    assert door.verify(added).codes == ["context.undefined_term"]
    assert door.verify({**good, "type": [*good["type"], "Ex"]}).codes == ["context.undefined_term"]


def test_an_expired_credential(door: Door) -> None:
    ended = signed(of(HOLDER, validUntil="2020-01-01T00:00:00Z"))

    answer = door.verify(ended)

    assert answer.codes == ["validity.expired"]
    assert answer.body["errors"][0]["title"] == "RANGE_ERROR"


def test_a_chain_that_begins_with_a_stranger_and_ends_with_the_issuer(door: Door) -> None:
    first = signed(of(HOLDER), STRANGER, id="urn:uuid:first")
    chain = signed(first, HOLDER, previousProof="urn:uuid:first")
    assert door.verify(chain).status == 200

    broken, absent = copy.deepcopy(chain), copy.deepcopy(chain)
    broken["proof"][0]["proofValue"] = "z5nmMBw2u9TGKd9NxxHJtyZKgjN2Eh"
    absent["proof"][1]["previousProof"] = "urn:uuid:absent"

    assert door.verify(broken).status == door.verify(absent).status == 400
    assert door.verify(first).status == 400


def test_options_of_a_credential_are_honoured(door: Door) -> None:
    good = signed(of(HOLDER), challenge="3f9c", domain="verifier.example")

    assert door.verify(good, challenge="3f9c", domain="verifier.example", checks=["proof"]).status == 200
    assert door.verify(good, expectedProofPurpose="assertionMethod").status == 200
    assert door.verify(good, challenge="other").codes == ["proof.challenge"]
    assert door.verify(good, domain="other.example").codes == ["proof.domain"]
    assert door.verify(good, expectedProofPurpose="authentication").codes == ["proof.invalid"]
    assert door.verify(signed(of(HOLDER)), challenge="3f9c").codes == ["proof.challenge"]


def test_an_enveloped_credential_answers_no_question(door: Door) -> None:
    envelope = issuing.enveloped(issuing.secure_token(of(HOLDER), signer=HOLDER))

    assert door.verify(envelope).status == 200
    assert door.verify(envelope, challenge="3f9c").codes == ["proof.challenge"]
    assert door.verify({**envelope, "@context": []}).status == 400
    assert door.verify({**envelope, "type": "VerifiableCredential"}).status == 400
    assert door.verify({**envelope, "id": envelope["id"].partition(",")[2]}).status == 400


def test_presentations(door: Door) -> None:
    question = {"challenge": "3f9c", "domain": "verifier.example"}
    inside = signed(of(STRANGER), STRANGER)

    assert door.show(shown(**question), **question).status == 200
    assert door.show(shown(inside, **question), **question).status == 200
    assert door.show(shown(inside), checks=[]).status == 200
    assert door.show(shown(inside, **question), **question | {"challenge": "other"}).codes == [
        "proof.challenge"
    ]
    assert door.show(shown(inside, **question), **question, expectedProofPurpose="assertionMethod").codes
    touched = shown({**inside, "name": "Another"}, **question)
    assert door.show(touched, **question).codes == ["proof.mismatch"]


def test_an_unsigned_presentation_of_signed_credentials(door: Door) -> None:
    inside = signed(of(STRANGER), STRANGER)
    unsigned = {name: value for name, value in shown(inside).items() if name != "proof"}

    assert door.show(unsigned).status == 200
    assert door.show({**unsigned, "verifiableCredential": [of(STRANGER)]}).codes == ["proof.missing"]
    # Only a signature answers a question.
    assert door.show(unsigned, challenge="3f9c").codes == ["proof.missing"]


def test_nothing_is_asked_of_the_network(door: Door) -> None:
    signer = web_signer()

    assert door.verify(signed(of(signer), signer)).codes == ["did.unresolved"]
    entry = {
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": "7",
        "statusListCredential": "https://example.org/status/1",
    }
    assert door.verify(signed(of(HOLDER, credentialStatus=entry))).codes == ["status.offline"]


# — European seals —


def seal_by(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(sealed_with(a_certificate(name)))
    return found


def test_a_seal_of_a_stranger_is_intact_and_warned_of(door: Door) -> None:
    with clock.frozen(NOW):
        answer = door.verify(seal_by(example_issuer().name))

    assert (answer.status, answer.body["errors"]) == (200, [])
    assert "certificate.unknown_anchor" in {warning["code"] for warning in answer.body["warnings"]}


def test_those_whom_the_operator_trusts_with_seals_are_trusted_here_too(
    door: Door, settings: Any, tmp_path: Path
) -> None:
    settings.SEAL_AUTHORITIES = str(write_authorities(tmp_path / "autorites"))

    with clock.frozen(NOW):
        answer = door.verify(seal_by(example_issuer().name))

    assert answer.status == 200
    assert {warning["code"] for warning in answer.body["warnings"]} == {"issuer.unknown"}


def test_a_seal_of_another_organisation_does_not_verify(door: Door) -> None:
    with clock.frozen(NOW):
        answer = door.verify(seal_by("Une tout autre maison"))

    assert (answer.status, answer.body["verified"]) == (400, False)
    assert "seal.other_organisation" in answer.codes
