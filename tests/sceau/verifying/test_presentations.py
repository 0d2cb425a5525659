"""Presentations: who shows, in answer to what, and each credential in it."""

from __future__ import annotations

import copy
import json
from datetime import timedelta
from typing import Any

import pytest

from sceau.canon import strict_json
from sceau.did import did_key
from sceau.did.resolver import Resolver
from sceau.errors import NothingFoundError, UnreadableError
from sceau.issuing import enveloped, issue, issue_token, present, presentation, secure_token
from sceau.keys.public import KeyType
from sceau.keys.signer import EcdsaSigner
from sceau.ports import Signer
from sceau.proofs import cryptosuites
from sceau.testing import EXAMPLE_MOMENT, example_credential, key_signer
from sceau.verifying.policy import Policy
from sceau.verifying.presentations import PresentationReport, verify_presentation
from sceau.verifying.report import Outcome, Question

NOW = EXAMPLE_MOMENT + timedelta(hours=1)
HOLDER = key_signer(7)
HOLDER_DID = did_key.did(HOLDER.public_key_multibase)
CHALLENGE, DOMAIN = "3f9c2b", "verifieur.example"


def credential(**changes: Any) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(
        issue(example_credential(), signer=key_signer(), created=EXAMPLE_MOMENT)
    )
    return document | changes


def shown(*credentials: dict[str, Any], signer: Signer = HOLDER, **more: Any) -> dict[str, Any]:
    return present(
        credentials or (credential(),),
        signer=signer,
        created=EXAMPLE_MOMENT,
        challenge=CHALLENGE,
        domain=DOMAIN,
        **more,
    )


def report_of(document: dict[str, Any] | str, **options: Any) -> PresentationReport:
    data = document if isinstance(document, str) else json.dumps(document)
    options = {"challenge": CHALLENGE, "domain": DOMAIN} | options
    return verify_presentation(data, at=NOW, policy=Policy(resolver=Resolver()), **options)


def codes(report: PresentationReport) -> list[str]:
    return [check.code for check in report.checks if check.outcome is not Outcome.PASSED]


def ecdsa() -> EcdsaSigner:
    bare = EcdsaSigner.from_scalar(KeyType.P256, b"\5", "")
    return EcdsaSigner.from_scalar(
        KeyType.P256, b"\5", did_key.verification_method(bare.public_key_multibase)
    )


@pytest.mark.parametrize("name", cryptosuites.SUITES)
def test_what_the_holder_signed_is_verified_whole(name: str) -> None:
    suite = cryptosuites.SUITES[name]
    signer = HOLDER if KeyType.ED25519 in suite.key_types else ecdsa()

    report = report_of(shown(credential(), signer=signer, suite=suite))

    assert report.outcome is Outcome.PASSED
    assert report.holder == signer.verification_method.partition("#")[0]
    assert [each.answer(Question.INTACT) for each in report.credentials] == [Outcome.PASSED]
    assert report.credentials[0].credential == example_credential()


def test_several_credentials_tokens_among_them() -> None:
    token = issue_token(example_credential(), signer=key_signer(), created=EXAMPLE_MOMENT)

    report = report_of(shown(credential(), enveloped(token)))

    assert report.outcome is Outcome.PASSED
    assert len(report.credentials) == 2


def test_a_presentation_as_a_token() -> None:
    document = presentation([credential()], holder=HOLDER_DID)
    claims = {"iss": HOLDER_DID, "nonce": CHALLENGE, "aud": [DOMAIN]}
    token = secure_token(document, signer=HOLDER, claims=claims)
    wrapped = {
        "@context": "https://www.w3.org/ns/credentials/v2",
        "type": "EnvelopedVerifiablePresentation",
        "id": f"data:application/vp+jwt,{token}",
    }

    assert report_of(token).outcome is Outcome.PASSED
    assert report_of(wrapped).outcome is Outcome.PASSED
    assert codes(report_of(token, challenge="other")) == ["proof.challenge"]
    assert codes(report_of(token, domain="other")) == ["proof.domain"]
    assert codes(report_of(secure_token(document, signer=key_signer(8), claims=claims))) == [
        "proof.wrong_key"
    ]


def test_a_credential_passed_off_as_a_presentation_is_none() -> None:
    token = issue_token(example_credential(), signer=key_signer(), created=EXAMPLE_MOMENT)

    for data in (token, json.dumps(credential())):
        with pytest.raises(NothingFoundError):
            report_of(data)


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"challenge": "another"}, "proof.challenge"),
        ({"challenge": ""}, "proof.challenge"),
        ({"domain": "other.example"}, "proof.domain"),
        ({"domain": DOMAIN + "."}, "proof.domain"),
    ],
)
def test_the_answer_to_another_question_is_refused(options: dict[str, str], code: str) -> None:
    report = report_of(shown(), **options)

    assert (report.outcome, codes(report)) == (Outcome.FAILED, [code])
    assert report.credentials[0].answer(Question.INTACT) is Outcome.PASSED


def test_where_nothing_was_asked_nothing_is_compared() -> None:
    assert report_of(shown(), challenge=None, domain=None).outcome is Outcome.PASSED


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"holder": did_key.did(key_signer(8).public_key_multibase)}, "proof.wrong_key"),
        ({"holder": "not a url"}, "model.invalid"),
        ({"id": "urn:uuid:1"}, "proof.mismatch"),
        ({"verifiableCredential": []}, "proof.mismatch"),
        ({"type": ["VerifiablePresentation", "OpenBadgeCredential"]}, "context.undefined_term"),
        ({"note": "unsigned"}, "context.undefined_term"),
        ({"proof": []}, "proof.missing"),
        ({"proof": "signed"}, "proof.invalid"),
    ],
)
def test_what_was_changed_after_signing_is_refused(change: dict[str, Any], code: str) -> None:
    report = report_of(shown() | change)

    assert report.outcome is Outcome.FAILED
    assert code in codes(report)


def test_a_proof_made_to_issue_does_not_show() -> None:
    document = shown()
    document["proof"]["proofPurpose"] = "assertionMethod"

    assert codes(report_of(document)) == ["proof.invalid"]


def test_each_credential_is_looked_at() -> None:
    altered = credential(name="Another name")
    unsigned = {name: value for name, value in credential().items() if name != "proof"}

    for bad in (altered, unsigned):
        report = report_of(shown(credential(), bad))

        assert report.outcome is Outcome.FAILED
        assert codes(report) == []
        assert [each.answer(Question.INTACT) for each in report.credentials] == [
            Outcome.PASSED,
            Outcome.FAILED,
        ]


@pytest.mark.parametrize("entry", ["text", 5, {"type": "Thing"}, {"type": "EnvelopedVerifiableCredential"}])
def test_whatever_else_stands_among_the_credentials_is_a_failure(entry: object) -> None:
    document = {"verifiableCredential": [credential(), entry], "type": ["VerifiablePresentation"]}

    report = report_of(
        document | {"@context": ["https://www.w3.org/ns/credentials/v2"]}, challenge=None, domain=None
    )

    assert report.outcome is Outcome.FAILED
    assert len(report.credentials) == len(report.unreadable) == 1


def test_an_unsigned_presentation_of_signed_credentials() -> None:
    bare = presentation([credential()], holder=HOLDER_DID)

    assert report_of(bare, challenge=None, domain=None).outcome is Outcome.PASSED
    assert codes(report_of(bare)) == ["proof.missing"]
    assert codes(report_of(bare, challenge=None, domain=None, require_proof=True)) == ["proof.missing"]


def test_an_empty_list_of_proofs_is_a_failure() -> None:
    bare = presentation([credential()], holder=HOLDER_DID) | {"proof": []}

    assert codes(report_of(bare, challenge=None, domain=None)) == ["proof.missing"]


def test_too_many_credentials_are_not_looked_at() -> None:
    document = {"type": ["VerifiablePresentation"], "verifiableCredential": [{}] * 51}

    report = report_of(document, challenge=None, domain=None)

    assert report.outcome is Outcome.FAILED
    assert [check.code for check in report.unreadable] == ["presentation.invalid"]


def test_too_many_proofs_in_all_are_not_looked_at() -> None:
    signed = credential()
    several = signed | {"proof": signed["proof"] * 6}
    document = {"type": ["VerifiablePresentation"], "verifiableCredential": [several] * 9}

    report = report_of(document, challenge=None, domain=None)

    assert report.outcome is Outcome.FAILED
    assert [check.code for check in report.unreadable] == ["presentation.invalid"]


def test_somebody_elses_credential_is_told_where_it_matters() -> None:
    mine = credential()
    subject = copy.deepcopy(mine["credentialSubject"]) | {"id": HOLDER_DID}
    from sceau.issuing import secure

    bare = {name: value for name, value in mine.items() if name != "proof"} | {"credentialSubject": subject}
    about_me = secure(bare, signer=key_signer(), created=EXAMPLE_MOMENT)

    assert report_of(shown(about_me), holder_is_subject=True).outcome is Outcome.PASSED
    assert codes(report_of(shown(mine), holder_is_subject=True)) == ["presentation.other_holder"]
    assert report_of(shown(mine)).outcome is Outcome.PASSED


@pytest.mark.parametrize("data", ["", "[]", '{"type": "VerifiablePresentation", "type": "x"}', "%PDF-1.7"])
def test_what_is_no_presentation_is_refused(data: str) -> None:
    with pytest.raises(UnreadableError):
        report_of(data)


def test_the_same_bytes_each_time() -> None:
    assert strict_json.write(shown()) == strict_json.write(shown())
