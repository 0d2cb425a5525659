"""Seals held against the authorities that an operator gave: what is said, and never more."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.factories.seals import (
    ISSUING,
    NOW,
    QUALIFIED,
    ROOT,
    TIME_ROOT,
    a_certificate,
    a_time_authority,
    pem,
    sealed_with,
    write_authorities,
)
from tests.factories.verification import outside_world
from tests.sceau.keys.test_x509 import key
from tests.sceau.verifying.test_seals import BY_ZETES, TODAY, as_an_operator_would

from jalon.foundation import clock
from jalon.verification import actions, connectors, importers
from jalon.verification.errors import AuthoritiesError
from jalon.verification.labels import checks
from jalon.verification.labels.seals import authorities_sentence, name_of
from jalon.verification.labels.verdict import Verdict, verdict
from jalon.verification.rules import Tone, TrustStep, trust_step
from sceau.keys.x509 import Certificate
from sceau.testing import MemoryTrust, example_issuer
from sceau.verifying.trust import Anchors

pytestmark = pytest.mark.django_db
NAME = example_issuer().name
Told = tuple[Verdict, TrustStep]


@pytest.fixture
def trusted(settings: Any, tmp_path: Path) -> Path:
    """An installation whose operator trusts `ROOT`, and a trusted list that has `ISSUING`."""
    folder = write_authorities(tmp_path / "autorites", listed=[ISSUING.certificate])
    settings.SEAL_AUTHORITIES = str(folder)
    return folder


@pytest.fixture
def trusted_without_list(settings: Any, tmp_path: Path) -> Path:
    folder = write_authorities(tmp_path / "autorites")
    settings.SEAL_AUTHORITIES = str(folder)
    return folder


def told(data: bytes, *, at: datetime = NOW) -> Told:
    with clock.frozen(at), outside_world():
        found = actions.verify_bytes(data)
        return verdict(found), trust_step(found.report)


def signs(found: Verdict) -> list[str]:
    return [answer.sign for answer in found.answers]


def test_with_nobody_trusted_no_name_is_confirmed() -> None:
    found, step = told(sealed_with(a_certificate(NAME)))

    assert (signs(found), step) == (["oui", "oui", "doute"], TrustStep.UNKNOWN_SEAL)
    assert found.headline == "Attestation intacte, cachet d’un inconnu"


def test_an_authority_that_the_operator_trusts_answers_for_the_name(trusted_without_list: Path) -> None:
    found, step = told(sealed_with(a_certificate(NAME)))

    assert (signs(found), step) == (["oui", "oui", "oui"], TrustStep.CERTIFIED_SEAL)
    assert (found.tone, found.headline) == (Tone.GOOD, "Attestation intacte et valable")
    assert found.answers[2].title == "Autorité de cachets (fictive)"
    assert found.answers[2].words == (
        f"Nomme {NAME} dans le certificat du cachet. "
        "Si ce certificat a été révoqué depuis, ce n’est pas contrôlé ici."
    )


def test_a_qualified_seal_of_a_trusted_list(trusted: Path) -> None:
    found, step = told(sealed_with(a_certificate(NAME, extensions=[QUALIFIED])))

    assert (signs(found), step) == (["oui", "oui", "oui"], TrustStep.EIDAS_SEAL)
    assert "se dit qualifié (eIDAS)" in found.answers[2].words


def test_that_it_says_qualified_counts_for_nothing_outside_a_trusted_list(trusted_without_list: Path) -> None:
    found, step = told(sealed_with(a_certificate(NAME, extensions=[QUALIFIED])))

    assert step is TrustStep.CERTIFIED_SEAL
    assert "qualifié" not in found.answers[2].words


@pytest.mark.parametrize("extensions", [[], [QUALIFIED]], ids=["plain", "qualified"])
def test_a_test_seal_is_one_whoever_issued_it(trusted: Path, extensions: list[Any]) -> None:
    found, step = told(sealed_with(a_certificate(NAME, common_name="TEST seal", extensions=extensions)))

    assert (signs(found), step) == (["oui", "oui", "doute"], TrustStep.TEST_SEAL)
    assert (found.tone, found.headline) == (Tone.DOUBT, "Attestation d’essai")
    assert found.lead == "Le texte est intact, mais son cachet ne sert qu’à des essais : il ne prouve rien."
    assert found.answers[2].title == "Personne : c’est un cachet d’essai"


def test_a_test_seal_is_one_whoever_vouches_for_the_issuer(
    trusted: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connectors, "Vouchers", lambda own: _everybody())

    found, step = told(sealed_with(a_certificate(NAME, common_name="TEST seal")))

    assert (signs(found)[2], step) == ("doute", TrustStep.TEST_SEAL)


def _everybody() -> Any:
    """Vouches for whoever is asked about, by the example issuer's name."""
    from datetime import date

    from sceau.ports import Voucher

    class Everybody(MemoryTrust):
        def vouchers(self, issuer_id: str, *, at: datetime) -> tuple[Voucher, ...]:
            return (Voucher("Région", NAME, "", date(2026, 1, 1)),)

    return Everybody({})


@pytest.mark.parametrize(
    ("certificate", "sign", "headline"),
    [
        (
            a_certificate("Lycée de la Plaine"),
            "non",
            "Attestation scellée par un autre organisme",
        ),
        (a_certificate(NAME, ends=timedelta(hours=1)), "doute", "Attestation intacte, cachet d’un inconnu"),
    ],
    ids=["other", "ended"],
)
def test_what_is_said_of_a_certificate_that_does_not_hold(
    trusted: Path, certificate: Certificate, sign: str, headline: str
) -> None:
    found, step = told(sealed_with(certificate), at=NOW + timedelta(days=1))

    assert (signs(found)[2], found.headline) == (sign, headline)
    assert step not in {TrustStep.CERTIFIED_SEAL, TrustStep.EIDAS_SEAL}


def test_a_certificate_that_has_ended_with_a_time_that_is_trusted(trusted_without_list: Path) -> None:
    leaf = a_certificate(NAME, ends=timedelta(days=3))
    dated = sealed_with(leaf, time_stamper=a_time_authority())

    found, step = told(dated, at=NOW + timedelta(days=30))
    undated, without = told(sealed_with(leaf), at=NOW + timedelta(days=30))

    assert (signs(found)[2], step) == ("oui", TrustStep.CERTIFIED_SEAL)
    assert "Le cachet existe depuis le 2 juin 2026 au moins." in found.answers[2].words
    assert (signs(undated)[2], without) == ("doute", TrustStep.UNKNOWN_SEAL)


def test_a_time_of_nobody_that_is_trusted_dates_nothing(settings: Any, tmp_path: Path) -> None:
    (tmp_path / "cachets.pem").write_bytes(pem(ROOT.certificate))
    settings.SEAL_AUTHORITIES = str(tmp_path)
    leaf = a_certificate(NAME, ends=timedelta(days=3))

    found, step = told(sealed_with(leaf, time_stamper=a_time_authority()), at=NOW + timedelta(days=30))

    assert (signs(found)[2], step) == ("doute", TrustStep.UNKNOWN_SEAL)


def test_a_seal_with_a_key_of_somebody_else_under_the_same_authority(trusted_without_list: Path) -> None:
    """Whoever has a certificate of that authority can write another's name: both names must be one."""
    stranger = a_certificate("Un Autre", own_key=key(12))

    found, step = told(sealed_with(stranger, own_key=key(12)))

    assert signs(found)[2] == "non"
    assert step is TrustStep.UNSEALED


# — The steps that a page says are read here —


def test_the_page_says_which_steps_it_can_tell() -> None:
    authority, listed = (ROOT.certificate,), (ISSUING.certificate,)

    assert TrustStep.CERTIFIED_SEAL not in checks.steps_read_here(Anchors())
    assert TrustStep.EIDAS_SEAL not in checks.steps_read_here(Anchors(authorities=authority))
    assert checks.steps_read_here(Anchors(trusted_list=listed)) == frozenset(TrustStep) - {
        TrustStep.REGION_SEAL
    }


# — The files —


def test_a_folder_says_what_each_certificate_is_for(tmp_path: Path) -> None:
    folder = write_authorities(tmp_path / "autorites", listed=[ISSUING.certificate])
    (folder / "LISEZMOI.md").write_text("Pas un certificat.")

    found = importers.read_authorities(folder)

    assert found == Anchors((ISSUING.certificate,), (ROOT.certificate,), (TIME_ROOT.certificate,))
    assert importers.count(found) == 3


@pytest.mark.parametrize("data", [pem(ROOT.certificate), ROOT.certificate.der], ids=["pem", "der"])
def test_one_file_of_authorities(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "racine").write_bytes(data)

    assert importers.read_authorities(tmp_path / "racine") == Anchors(authorities=(ROOT.certificate,))


def test_too_large_a_file_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "racine.pem").write_bytes(pem(ROOT.certificate))
    monkeypatch.setattr(importers, "MAX_FILE_BYTES", 100)

    with pytest.raises(AuthoritiesError) as refused:
        importers.read_authorities(tmp_path)

    assert refused.value.code == "verification.authorities.too_large"
    assert "…" not in authorities_sentence(refused.value.code, refused.value.facts)


def test_certificates_that_broke_since_the_start_trust_nobody(settings: Any, tmp_path: Path) -> None:
    (tmp_path / "racine.pem").write_bytes(b"rien")
    settings.SEAL_AUTHORITIES = str(tmp_path)

    _, step = told(sealed_with(a_certificate(NAME)))

    assert step is TrustStep.UNKNOWN_SEAL


@pytest.mark.parametrize(
    ("distinguished", "name"),
    [
        ("CN=Autorité,O=Exemple,C=FR", "Autorité"),
        ("O=Exemple\\, et fils,C=FR", "Exemple, et fils"),
        ("n’importe quoi", "n’importe quoi"),
    ],
)
def test_an_authority_is_called_by_its_name(distinguished: str, name: str) -> None:
    assert name_of(distinguished) == name


# — The official samples, against a list given by the operator —


@pytest.fixture
def as_operator(shared: Path, settings: Any, tmp_path: Path) -> Callable[[], None]:
    """Trusts, in files, those that the official samples of the European Commission stand under."""

    def give() -> None:
        anchors = as_an_operator_would(shared)
        for name, certificates in (
            ("trusted-list", anchors.trusted_list),
            ("time-stamping", anchors.time_stamping),
        ):
            (tmp_path / name).mkdir()
            (tmp_path / name / "tous.pem").write_bytes(pem(*certificates))
        settings.SEAL_AUTHORITIES = str(tmp_path)

    return give


@pytest.mark.parametrize("name", BY_ZETES)
def test_an_official_sample_is_read_and_its_chain_held_against_the_operators_list(
    shared: Path, as_operator: Callable[[], None], name: str
) -> None:
    data = (shared / "elm/samples/edc" / f"{name}.jsonld").read_bytes()
    unknown, before = told(data, at=TODAY)

    as_operator()
    importers._authorities_at.cache_clear()
    with clock.frozen(TODAY), outside_world():
        result = actions.verify_bytes(data)

    facts = next(check for check in result.report.checks if check.name == "seal_certificate")
    assert facts.outcome.value == "passed"
    assert facts.facts["trusted_list"] is True
    # Their certificate says TEST: that is what is said, whoever issued it.
    assert before is trust_step(result.report) is TrustStep.TEST_SEAL
    assert signs(unknown)[0] == signs(verdict(result))[0] == "oui"
    assert signs(verdict(result))[2] == "doute"
    assert re.search("essai", verdict(result).headline)
