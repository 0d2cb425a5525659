"""Credentials of VC 1.1, whose validity has other names; and what the two versions share."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from sceau import issuing
from sceau.canon import strict_json
from sceau.canon.contexts import CREDENTIALS_V1, DATA_INTEGRITY_V2, EXAMPLES_V2, for_conformance
from sceau.did.document import did_of
from sceau.did.resolver import Resolver
from sceau.errors import ContextError, UnsupportedFormatError
from sceau.proofs import eddsa_jcs_2022, eddsa_rdfc_2022, jose
from sceau.proofs.data_integrity import Suite
from sceau.testing import EXAMPLE_MOMENT, key_signer
from sceau.verifying import reading
from sceau.verifying.policy import Policy
from sceau.verifying.report import Outcome, Question, Report
from sceau.verifying.verify import verify

SIGNER = key_signer()
START, END = datetime(2026, 6, 1, tzinfo=UTC), datetime(2027, 6, 1, tzinfo=UTC)


def older(**entries: Any) -> dict[str, Any]:
    return {
        "@context": [CREDENTIALS_V1, DATA_INTEGRITY_V2],
        "id": "urn:uuid:5b8c2f0e-3f0d-4c0e-9f5e-6f0b7f3f9a11",
        "type": ["VerifiableCredential"],
        "issuer": did_of(SIGNER.verification_method),
        "issuanceDate": "2026-06-01T00:00:00Z",
        "expirationDate": "2027-06-01T00:00:00Z",
        "credentialSubject": {"id": "did:example:subject"},
        **entries,
    }


def report(document: dict[str, Any], at: datetime) -> Report:
    return verify(strict_json.write(document), at=at, policy=Policy(resolver=Resolver()))


@pytest.mark.parametrize("suite", [eddsa_rdfc_2022.SUITE, eddsa_jcs_2022.SUITE])
def test_the_version_before_verifies_and_its_dates_count(suite: Suite) -> None:
    document = issuing.secure(older(), signer=SIGNER, created=START, suite=suite)

    assert report(document, EXAMPLE_MOMENT).answer(Question.INTACT) is Outcome.PASSED
    assert report(document, EXAMPLE_MOMENT).answer(Question.VALID) is Outcome.PASSED
    early = report(document, START - timedelta(minutes=1)).reasons(Question.VALID)[0]
    late = report(document, END + timedelta(seconds=1)).reasons(Question.VALID)[0]
    assert (early.code, early.facts) == ("validity.not_yet", {"from": "2026-06-01T00:00:00Z"})
    assert (late.code, late.facts) == ("validity.expired", {"until": "2027-06-01T00:00:00Z"})
    assert "expirationDate" in late.detail


def test_a_date_that_is_no_moment_is_not_passed() -> None:
    document = issuing.secure(older(), signer=SIGNER, created=START)

    met = report({**document, "expirationDate": "never"}, EXAMPLE_MOMENT)

    assert met.answer(Question.VALID) is Outcome.INDETERMINATE
    assert met.answer(Question.INTACT) is Outcome.FAILED


def test_a_word_that_the_version_before_does_not_define() -> None:
    with pytest.raises(ContextError):
        issuing.secure(older(name="Haie"), signer=SIGNER, created=START)


def test_what_the_suites_allow_is_not_known_elsewhere() -> None:
    signed = issuing.secure(
        {
            "@context": ["https://www.w3.org/ns/credentials/v2", EXAMPLES_V2],
            "type": ["VerifiableCredential", "AlumniCredential"],
            "issuer": did_of(SIGNER.verification_method),
            "credentialSubject": {"id": "did:example:subject", "alumniOf": "The School of Examples"},
        },
        signer=SIGNER,
        created=START,
        contexts=for_conformance(),
    )

    met = report(signed, EXAMPLE_MOMENT)

    assert met.answer(Question.INTACT) is Outcome.INDETERMINATE
    assert met.reasons(Question.INTACT)[0].code == "context.unknown"


@pytest.mark.parametrize(
    ("moment", "outcome"),
    [
        ("2026-06-01T12:00:00", Outcome.PASSED),
        ("2026-06-02T09:00:00", Outcome.FAILED),
        ("2026-06-01", Outcome.FAILED),
    ],
)
def test_a_proof_without_a_zone_is_read_in_utc(moment: str, outcome: Outcome) -> None:
    document = older()
    options = {"created": moment}
    proof = eddsa_rdfc_2022.SUITE.create_proof(document, signer=SIGNER, created=None, options=options)

    assert report({**document, "proof": proof}, EXAMPLE_MOMENT).answer(Question.INTACT) is outcome


@pytest.mark.parametrize("claim", ["vc", "vp"])
def test_a_token_that_holds_two_credentials_is_not_read(claim: str) -> None:
    payload = strict_json.write({**older(), claim: older(issuer="did:example:other")})
    token = jose.sign(payload, signer=SIGNER, typ="vc+jwt")

    with pytest.raises(UnsupportedFormatError, match=claim):
        reading.from_token(token, max_bytes=100_000)
