"""Each format that is read, as real data: three answers, what it stands on, and one altered of each."""

from __future__ import annotations

import base64
import json
from dataclasses import replace

import pytest
from tests.factories.verification import (
    NOW,
    a_baked_png,
    a_european_document,
    a_key_credential,
    a_sealed_credential,
    a_wallet_attestation,
    an_old_badge,
    an_old_badge_s_site,
    outside_world,
    said,
)

from jalon.foundation import clock
from jalon.verification import actions
from jalon.verification.labels.verdict import verdict
from jalon.verification.rules import Result, TrustStep, trust_step
from sceau.ports import Fetched
from sceau.testing import MemoryFetcher

pytestmark = pytest.mark.django_db


def result(data: bytes) -> Result:
    with clock.frozen(NOW), outside_world(fetcher=an_old_badge_s_site()):
        return actions.verify_bytes(data)


def altered_attestation() -> bytes:
    """With a disclosure that the issuer did not sign."""
    token, *disclosures = a_wallet_attestation().split(b"~")
    salt, name, _ = json.loads(base64.urlsafe_b64decode(disclosures[0] + b"=="))
    forged = base64.urlsafe_b64encode(json.dumps([salt, name, "Autre"]).encode()).rstrip(b"=")
    return b"~".join([token, forged, *disclosures[1:]])


@pytest.mark.parametrize(
    ("data", "name", "signs", "step"),
    [
        (a_sealed_credential(), "european", ["oui", "oui", "doute"], TrustStep.UNKNOWN_SEAL),
        (
            a_sealed_credential(common_name="Cachet TEST"),
            "european",
            ["oui", "oui", "doute"],
            TrustStep.TEST_SEAL,
        ),
        (a_wallet_attestation(), "sd_jwt_vc", ["oui", "oui", "doute"], TrustStep.ORGANISATION_KEY),
        (
            a_baked_png(a_key_credential()),
            "open_badges_3",
            ["oui", "oui", "doute"],
            TrustStep.ORGANISATION_KEY,
        ),
        (an_old_badge(), "open_badges_2", ["oui", "oui", "doute"], TrustStep.HOSTED),
        (a_baked_png(an_old_badge()), "open_badges_2", ["oui", "oui", "doute"], TrustStep.HOSTED),
    ],
)
def test_each_format_has_its_three_answers(data: bytes, name: str, signs: list[str], step: TrustStep) -> None:
    found = result(data)

    assert found.report.format == name
    assert [answer.sign for answer in verdict(found).answers] == signs
    assert trust_step(found.report) is step
    assert found.report.credential is not None


@pytest.mark.parametrize(
    ("data", "headline"),
    [
        (
            a_sealed_credential().replace(b"Camille", b"Camilla"),
            "Le contenu a changé depuis la signature",
        ),
        (a_european_document(), "Attestation sans signature"),
        (altered_attestation(), "La signature de cette attestation ne tient pas"),
        (
            a_baked_png(a_key_credential().replace(b"Camille", b"Camilla")),
            "Le contenu a changé depuis la signature",
        ),
        (
            an_old_badge(issuedOn="2025-05-30T16:00:00Z"),
            "Le site de l’organisme dit autre chose que ce badge",
        ),
    ],
)
def test_one_altered_of_each_is_refused(data: bytes, headline: str) -> None:
    found = verdict(result(data))

    assert (found.answers[0].sign, found.headline) == ("non", headline)
    assert trust_step(result(data).report) is TrustStep.UNSEALED


def test_a_seal_of_another_organisation_is_told() -> None:
    found = said(a_sealed_credential("Une tout autre maison"))

    assert found.headline == "Attestation scellée par un autre organisme"
    assert [answer.sign for answer in found.answers] == ["oui", "oui", "non"]


def test_a_test_seal_says_that_it_proves_nothing_about_who() -> None:
    from jalon.verification.labels import checks

    assert "ne prouve rien sur qui" in str(checks.STEPS[TrustStep.TEST_SEAL][1])
    assert "n’est pas contrôlé ici" in str(checks.STEPS[TrustStep.EIDAS_SEAL][1])


def test_a_site_that_only_points_elsewhere_does_not_answer_for_an_old_badge() -> None:
    class Pointing(MemoryFetcher):
        def fetch(self, url: str, *, max_bytes: int) -> Fetched:
            answered = an_old_badge_s_site().fetch(url, max_bytes=max_bytes)
            return replace(answered, url="https://ailleurs.example.net/copie")

    found = said(an_old_badge(), fetcher=Pointing())

    assert found.answers[0].sign == "doute"
    assert found.answers[0].words == (
        "L’adresse que ce badge donne renvoie vers un autre site, qui ne peut pas répondre de lui."
    )
