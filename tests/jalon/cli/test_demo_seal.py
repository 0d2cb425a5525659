"""The seal of the demonstration is a test, says so everywhere, and no key of it travels with the code."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.factories.awarding import an_award, an_issuing_organisation
from tests.factories.people import SIRET

from jalon.awarding import queries
from jalon.awarding.actions.seals import keep_seal
from jalon.cli.demo import test_seal
from jalon.foundation import clock
from jalon.verification.actions import verify_bytes
from jalon.verification.rules import is_test_seal
from sceau.verifying.report import Outcome, Question

pytestmark = pytest.mark.django_db


def test_the_european_file_of_the_demonstration_is_sealed_and_said_to_be_a_test(client: Client) -> None:
    issuing = an_issuing_organisation(siret=SIRET)
    keep_seal(
        organisation=issuing.organisation,
        by=issuing.signatory,
        data=test_seal.made(issuing.organisation, at=clock.now()),
    )
    credential = an_award(issuing).credential
    assert credential is not None

    page = client.get(f"/a/{credential.link_token}/").content.decode()
    data = client.get(f"/a/{credential.link_token}/attestation.europass.json").content
    after = client.get(f"/a/{credential.link_token}/").content.decode()
    result = verify_bytes(data, offline=True)

    assert "Le cachet est un essai" in page
    assert "Le cachet est un essai" in after
    assert queries.is_test_seal(credential)
    assert is_test_seal(result.report)
    assert result.report.answer(Question.INTACT) is Outcome.PASSED
    assert result.report.answer(Question.ISSUER) is not Outcome.PASSED


def test_each_demonstration_has_a_seal_of_its_own() -> None:
    organisation = an_issuing_organisation(siret=SIRET).organisation

    assert test_seal.made(organisation, at=clock.now()) != test_seal.made(organisation, at=clock.now())
