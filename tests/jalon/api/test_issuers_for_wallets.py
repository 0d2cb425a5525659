"""Wallets that know no DIDs: an attestation names an https address, below which the keys are published."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client
from openvc.errors import OpenvcError
from openvc.verify import VerificationPolicy, verify_credential
from tests.factories.awarding import Issuing, an_award, an_issuing_organisation

from jalon.awarding import actions
from jalon.awarding.models import Award
from jalon.verification.actions import verify_bytes
from sceau.formats import sd_jwt_vc
from sceau.proofs import sd_jwt
from sceau.verifying.report import Outcome, Question

pytestmark = pytest.mark.django_db

ADDRESS = "https://jalon.example.org/o/atelier"
METADATA = "/.well-known/jwt-vc-issuer/o/atelier"


@pytest.fixture
def issuing(settings: LazySettings) -> Issuing:
    settings.PUBLIC_URL = "https://jalon.example.org"
    return an_issuing_organisation(slug="atelier")


@pytest.fixture
def award(issuing: Issuing) -> Award:
    return an_award(issuing)


def attestation(award: Award) -> str:
    credential = award.credential
    assert credential is not None
    return actions.file_of(credential, "sd-jwt-vc").data.decode()


def asked(client: Client) -> Any:
    """Gets from us what others would get from the address."""

    def fetch(url: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(client.get(url.removeprefix("https://jalon.example.org")).content)
        return found

    return fetch


def without_status(award: Award) -> VerificationPolicy:
    return VerificationPolicy(
        require_status=False, now=award.credentials.get().created_at + timedelta(hours=1)
    )


def test_an_attestation_names_the_address_and_the_keys_are_there(client: Client, award: Award) -> None:
    token = sd_jwt.parse(attestation(award))

    answer = client.get(METADATA)

    found = json.loads(answer.content)
    assert token.payload["iss"] == found["issuer"] == ADDRESS
    assert token.token.header["kid"] in [key["kid"] for key in found["jwks"]["keys"]]
    assert not any("d" in key for key in found["jwks"]["keys"])
    assert sd_jwt_vc.metadata_url(ADDRESS).endswith(METADATA)
    assert (answer["Content-Type"], answer["Access-Control-Allow-Origin"]) == ("application/json", "*")


def test_we_know_it_for_ours_without_a_network(award: Award) -> None:
    result = verify_bytes(attestation(award).encode(), offline=True)

    assert result.report.issuer_id == ADDRESS
    assert result.report.answer(Question.INTACT) is Outcome.PASSED
    assert result.report.answer(Question.VALID) is Outcome.PASSED
    assert result.organisation is not None
    assert result.organisation.name == award.organisation.legal_name


def test_we_see_that_it_was_revoked(issuing: Issuing, award: Award) -> None:
    token = attestation(award).encode()

    actions.revoke_award(award=award, reason="error", by=issuing.signatory)

    assert verify_bytes(token, offline=True).report.answer(Question.VALID) is Outcome.FAILED


def test_a_verifier_of_others_finds_the_key_by_the_address(client: Client, award: Award) -> None:
    text = attestation(award)
    fetch = asked(client)

    met = verify_credential(text, policy=without_status(award), jwt_vc_issuer_fetch=fetch)

    assert met.issuer == ADDRESS
    other = dict(fetch("https://jalon.example.org" + METADATA), issuer="https://jalon.example.org/o/autre")
    with pytest.raises(OpenvcError):
        verify_credential(text, policy=without_status(award), jwt_vc_issuer_fetch=lambda url: other)


def test_keys_of_the_past_stay_published(client: Client, issuing: Issuing, award: Award) -> None:
    text = attestation(award)

    actions.rotate_key(organisation=award.organisation, by=issuing.signatory)

    assert len(json.loads(client.get(METADATA).content)["jwks"]["keys"]) == 2
    assert verify_credential(text, policy=without_status(award), jwt_vc_issuer_fetch=asked(client))


def test_whoever_moved_the_address_into_another_token_is_refused(award: Award) -> None:
    """The address of somebody else, under our signature, is not his."""
    other = an_award(an_issuing_organisation(slug="autre"))
    text = attestation(other)
    header, _, rest = text.split(".", 2)
    forged = ".".join([header, sd_jwt.parse(attestation(award)).compact.split(".")[1], rest])

    report = verify_bytes(forged.encode(), offline=True).report

    assert report.answer(Question.INTACT) is Outcome.FAILED


@pytest.mark.parametrize(
    "path",
    [
        "/.well-known/jwt-vc-issuer/o/personne",
        "/.well-known/jwt-vc-issuer/x/o/atelier",
        "/.well-known/jwt-vc-issuer/o/atelier/",
        "/.well-known/jwt-vc-issuer",
    ],
)
def test_nothing_is_said_of_another_address(client: Client, award: Award, path: str) -> None:
    assert client.get(path).status_code == 404


def test_without_https_an_attestation_keeps_the_did(client: Client) -> None:
    award = an_award(an_issuing_organisation(slug="atelier"))

    assert sd_jwt.parse(attestation(award)).payload["iss"] == "did:web:localhost%3A8000:o:atelier"
    assert client.get(METADATA).status_code == 404
