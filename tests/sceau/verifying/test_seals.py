"""What may be said of a seal: the official samples first, then each rule with authorities made here."""

from __future__ import annotations

import base64
import dataclasses
import functools
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509 as crypto
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from joserfc import jwk as other_jwk
from joserfc import jws as other_jws
from joserfc.registry import HeaderParameter
from tests.sceau.keys.test_x509 import ISSUING, NOW, ROOT, YEAR, root, rsa_key, statements
from tests.sceau.keys.time_authority import CLOCK_OF_TESTS as CLOCK
from tests.sceau.keys.time_authority import ROOT as TIME_ROOT
from tests.sceau.keys.time_authority import TimeAuthority, time_authority

from sceau.errors import DataModelError
from sceau.keys import der, jwk, x509
from sceau.keys.signer import EcdsaSigner
from sceau.keys.x509 import Certificate
from sceau.proofs import jades
from sceau.proofs.jades import Level
from sceau.verifying import seals
from sceau.verifying.report import Check, Outcome, Question
from sceau.verifying.seals import Anchors, Kind, SealFacts, SealReport, kind_of_seal, names_issuer

PASSED, FAILED, INDETERMINATE = Outcome.PASSED, Outcome.FAILED, Outcome.INDETERMINATE
PAYLOAD = b'{"id":"urn:credential:1"}'
SIGNER = EcdsaSigner(ec.derive_private_key(91, ec.SECP256R1()), "")
ORGANISATION, NUMBER = "Atelier du bocage (fictif)", "NTRFR-000000000"
QUALIFIED = [statements("0.4.0.1862.1.1", seal=True)]
LATER = NOW + timedelta(days=30)
EVERYBODY = Anchors(
    trusted_list=(ISSUING.certificate,),
    authorities=(ROOT.certificate,),
    time_stamping=(TIME_ROOT.certificate,),
)


def subject(
    common_name: str = "Cachet de l’atelier", organisation: str = ORGANISATION, number: str = NUMBER
) -> crypto.Name:
    parts = {
        NameOID.COUNTRY_NAME: "FR",
        NameOID.ORGANIZATION_NAME: organisation,
        NameOID.ORGANIZATION_IDENTIFIER: number,
        NameOID.COMMON_NAME: common_name,
    }
    return crypto.Name([crypto.NameAttribute(oid, value) for oid, value in parts.items() if value])


def leaf(name: crypto.Name | None = None, **options: Any) -> Certificate:
    return ISSUING.issue(name or subject(), SIGNER.private_key(), **({"extensions": QUALIFIED} | options))


LEAF = leaf()


def sealed(
    certificate: Certificate = LEAF, *, at: datetime = NOW, clock: TimeAuthority | None = None
) -> jades.Jades:
    made = jades.seal(
        PAYLOAD, signer=SIGNER, certificates=[certificate, ISSUING.certificate], at=at, time_stamper=clock
    )
    return jades.parse(made)


def verified(
    seal: jades.Jades, *, at: datetime = LATER, anchors: Anchors = EVERYBODY, **options: Any
) -> SealReport:
    return seals.verify(seal, at=at, anchors=anchors, **options)


def found(report: SealReport) -> list[tuple[str, Outcome, str]]:
    return [(check.name, check.outcome, check.code) for check in report.checks]


def certificate_check(report: SealReport) -> Check:
    (check,) = [check for check in report.checks if check.name == "seal_certificate"]
    return check


# The official samples

SAMPLES = (
    "AA-Annex1-MC-signed",
    "Sample-CertOfPart-signed",
    "Sample-MC-Annex1-2023-signed",
    "Sample-MastersDegree-signed",
)
BY_ZETES = tuple(name for name in SAMPLES if "2023" not in name)
TODAY = datetime(2026, 11, 24, tzinfo=UTC)


@functools.cache
def sample(folder: Path, name: str) -> jades.Jades:
    return jades.parse((folder / "elm/samples/edc" / f"{name}.jsonld").read_bytes())


def authority(folder: Path, common_name: str) -> Certificate:
    """A certificate that one of the samples carries."""
    loose = [
        *sample(folder, "Sample-CertOfPart-signed").loose_certificates(),
        *sample(folder, "Sample-MC-Annex1-2023-signed").loose_certificates(),
    ]
    return next(one for one in loose if one.common_name == common_name)


def as_an_operator_would(folder: Path) -> Anchors:
    return Anchors(
        trusted_list=(authority(folder, "ANF AC Qualified Certificates for eSeal"),),
        time_stamping=(authority(folder, "ZETES TSP ROOT CA 001"), authority(folder, "root-ca")),
    )


@pytest.mark.parametrize("name", SAMPLES)
def test_official_sample_the_signature_and_what_the_certificate_says(shared: Path, name: str) -> None:
    report = verified(sample(shared, name), at=TODAY, anchors=Anchors())

    assert found(report)[0] == ("seal", PASSED, "")
    certificate = report.facts.certificate
    assert certificate is not None
    assert certificate.organisation == "ORGANIZACION TEST"
    assert certificate.organisation_identifier == "VATES-A00000000"
    assert certificate.country == "ES"
    assert certificate.says_seal
    assert certificate.says_qualified
    assert report.facts.algorithm == "RS256"
    assert kind_of_seal(report.facts) is Kind.TEST


@pytest.mark.parametrize("name", SAMPLES)
def test_official_sample_without_anybody_trusted_the_rest_is_not_known(shared: Path, name: str) -> None:
    report = verified(sample(shared, name), at=TODAY, anchors=Anchors())

    assert found(report)[1:] == [("seal_certificate", INDETERMINATE, "certificate.expired")]
    assert report.facts.chain is None
    assert report.facts.existed_at is None
    assert {one.outcome for one in report.facts.time_stamps} == {INDETERMINATE}


@pytest.mark.parametrize("name", BY_ZETES)
def test_official_sample_with_the_authorities_trusted(shared: Path, name: str) -> None:
    report = verified(sample(shared, name), at=TODAY, anchors=as_an_operator_would(shared))

    assert found(report) == [
        ("seal", PASSED, ""),
        ("seal_time_stamp", PASSED, ""),
        ("seal_time_stamp", PASSED, ""),
        ("seal_certificate", PASSED, ""),
    ]
    facts = report.facts
    assert facts.claimed_at is not None
    assert facts.existed_at is not None
    assert timedelta(0) < facts.existed_at - facts.claimed_at < timedelta(seconds=5)
    assert facts.under_trusted_list
    assert kind_of_seal(facts) is Kind.TEST  # qualified by its issuer's list, and a test by its own word
    assert [one.signs_seal for one in facts.time_stamps] == [False, True]


def test_official_sample_of_2023_whose_time_stamping_test_service_has_ended(shared: Path) -> None:
    name = "Sample-MC-Annex1-2023-signed"

    today = verified(sample(shared, name), at=TODAY, anchors=as_an_operator_would(shared))
    then = verified(
        sample(shared, name), at=datetime(2023, 11, 1, tzinfo=UTC), anchors=as_an_operator_would(shared)
    )

    assert found(today) == [("seal", PASSED, ""), ("seal_certificate", INDETERMINATE, "certificate.expired")]
    assert {one.code for one in today.facts.time_stamps} == {"certificate.expired"}
    assert certificate_check(then).outcome is PASSED
    assert then.facts.existed_at == datetime(2023, 9, 27, 11, 54, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "level", "unchecked"),
    [
        ("AA-Annex1-MC-signed", Level.T, ()),
        ("Sample-CertOfPart-signed", Level.LTA, ("arcTst", "rVals")),
        ("Sample-MC-Annex1-2023-signed", Level.LTA, ("arcTst", "rVals")),
        ("Sample-MastersDegree-signed", Level.LTA, ("arcTst", "rVals")),
    ],
)
def test_official_sample_what_it_carries_beyond_what_is_checked(
    shared: Path, name: str, level: Level, unchecked: tuple[str, ...]
) -> None:
    report = verified(sample(shared, name), at=TODAY, anchors=Anchors())

    assert (report.facts.level, report.facts.unchecked) == (level, unchecked)
    assert not report.facts.revocation_checked
    assert certificate_check(report).facts["unchecked"] == list(unchecked)


@pytest.mark.parametrize("name", SAMPLES)
def test_official_sample_its_certificate_names_its_issuer(shared: Path, name: str) -> None:
    seal = sample(shared, name)
    issuer = seal.claims()["issuer"]

    check = names_issuer(
        verified(seal, anchors=Anchors()).facts,
        names=issuer["legalName"].values(),
        identifiers=[issuer["eIDASIdentifier"]["notation"]],
    )

    assert check.outcome is PASSED


@pytest.mark.parametrize("name", SAMPLES)
def test_official_sample_another_library_agrees_on_the_signature(shared: Path, name: str) -> None:
    text = (shared / "elm/samples/edc" / f"{name}.jsonld").read_text(encoding="utf-8")
    document = json.loads(text)
    del document["signatures"][0]["header"]
    anything = HeaderParameter("of JAdES", lambda _: None)
    registry = other_jws.JWSRegistry({"sigT": anything, "adoTst": anything}, ["RS256"], False)
    registry.max_header_length = registry.max_payload_length = 1_000_000
    leaf_key = sample(shared, name).certificates()[0].public_key

    read = other_jws.deserialize_json(document, other_jwk.import_key(jwk.encode(leaf_key)), registry=registry)

    assert read.payload == sample(shared, name).payload


@pytest.mark.parametrize("name", SAMPLES)
def test_official_sample_with_one_letter_changed(shared: Path, name: str) -> None:
    text = (shared / "elm/samples/edc" / f"{name}.jsonld").read_text(encoding="utf-8")
    changed = jades.parse(text.replace("ORGANIZACION TEST", "ORGANIZACION REST"))

    report = verified(changed, at=TODAY, anchors=as_an_operator_would(shared))

    assert found(report) == [("seal", FAILED, "proof.mismatch")]
    assert kind_of_seal(report.facts) is Kind.BROKEN


# What may be said


def test_nothing_is_unsealed() -> None:
    assert kind_of_seal(None) is Kind.UNSEALED


def test_a_qualified_certificate_under_a_trusted_list() -> None:
    report = verified(sealed(clock=CLOCK))

    assert found(report) == [
        ("seal", PASSED, ""),
        ("seal_time_stamp", PASSED, ""),
        ("seal_certificate", PASSED, ""),
    ]
    assert kind_of_seal(report.facts) is Kind.EIDAS
    assert certificate_check(report).question is Question.ISSUER
    assert certificate_check(report).facts == {
        "kind": "eidas_seal",
        "level": "B-T",
        "unchecked": [],
        "claimed_at": "2026-06-02T08:00:00Z",
        "existed_at": "2026-06-02T08:00:00Z",
        "trusted_list": True,
        "revocation_checked": False,
        "time_stamps": [
            {
                "about": "seal",
                "time": "2026-06-02T08:00:00Z",
                "authority": "Horloge (fictive)",
                "outcome": "passed",
                "code": "",
            }
        ],
        "common_name": "Cachet de l’atelier",
        "organisation": ORGANISATION,
        "organisation_identifier": NUMBER,
        "country": "FR",
        "authority": "CN=Autorité de cachets",
        "valid_from": "2025-06-02T08:00:00Z",
        "valid_until": "2027-06-02T08:00:00Z",
        "says_seal": True,
        "says_qualified": True,
        "says_test": False,
    }


KINDS: dict[str, tuple[Certificate, Anchors, Kind]] = {
    "qualified, under the root of a trusted list": (
        LEAF,
        Anchors(trusted_list=(ROOT.certificate,)),
        Kind.EIDAS,
    ),
    "qualified by its own word alone": (LEAF, Anchors(authorities=(ROOT.certificate,)), Kind.ORGANISATION),
    "qualified, and nobody is trusted": (LEAF, Anchors(), Kind.UNKNOWN),
    "qualified, under another list": (
        LEAF,
        Anchors(trusted_list=(root(31, "Autre racine").certificate,)),
        Kind.UNKNOWN,
    ),
    "qualified, and trusted for time-stamps alone": (
        LEAF,
        Anchors(time_stamping=(ROOT.certificate,)),
        Kind.UNKNOWN,
    ),
    "itself on the list of authorities": (LEAF, Anchors(authorities=(LEAF,)), Kind.ORGANISATION),
    "itself on the trusted list": (LEAF, Anchors(trusted_list=(LEAF,)), Kind.ORGANISATION),
    "under a trusted list, and not qualified": (leaf(extensions=[]), EVERYBODY, Kind.ORGANISATION),
    "qualified, and not for seals": (
        leaf(extensions=[statements("0.4.0.1862.1.1")]),
        EVERYBODY,
        Kind.ORGANISATION,
    ),
    "for seals, and not qualified": (leaf(extensions=[statements(seal=True)]), EVERYBODY, Kind.ORGANISATION),
    "of nobody by name": (leaf(subject(organisation="", number="")), EVERYBODY, Kind.UNKNOWN),
    "a test by its common name": (leaf(subject("TEST SEAL")), EVERYBODY, Kind.TEST),
    "a test by its organisation": (leaf(subject(organisation="Organisme test")), EVERYBODY, Kind.TEST),
    "a test that nobody issued": (leaf(subject("Cachet (test)")), Anchors(), Kind.TEST),
    "a test inside a name": (leaf(subject(organisation="Test-Achats")), EVERYBODY, Kind.EIDAS),
}


@pytest.mark.parametrize("name", KINDS)
def test_no_more_is_said_than_was_checked(name: str) -> None:
    certificate, anchors, kind = KINDS[name]

    report = verified(sealed(certificate), anchors=anchors)

    assert kind_of_seal(report.facts) is kind
    assert certificate_check(report).facts["kind"] == kind


def test_a_self_signed_certificate_proves_nothing_about_its_name() -> None:
    own = dataclasses.replace(ISSUING, key=SIGNER.private_key()).issue(
        subject(), SIGNER.private_key(), issuer=subject(), extensions=QUALIFIED
    )

    unknown = verified(sealed(own))
    known = verified(sealed(own), anchors=Anchors(authorities=(own,)))

    assert own.is_self_signed
    assert certificate_check(unknown).code == "certificate.unknown_anchor"
    assert certificate_check(unknown).outcome is INDETERMINATE
    assert kind_of_seal(unknown.facts) is Kind.UNKNOWN
    assert kind_of_seal(known.facts) is Kind.ORGANISATION


@pytest.mark.parametrize(
    ("outcome", "kind"), [(FAILED, Kind.BROKEN), (INDETERMINATE, Kind.UNKNOWN)], ids=["failed", "unknown"]
)
def test_a_seal_that_does_not_hold_is_none_of_an_organisation(outcome: Outcome, kind: Kind) -> None:
    facts = dataclasses.replace(verified(sealed()).facts, outcome=outcome)

    assert kind_of_seal(facts) is kind


# The seal


def test_an_algorithm_that_is_not_accepted_is_not_known_to_be_wrong() -> None:
    report = verified(sealed(), algorithms={"RS256"})

    assert found(report) == [("seal", INDETERMINATE, "proof.unsupported")]
    assert kind_of_seal(report.facts) is Kind.UNKNOWN


def test_a_swapped_payload() -> None:
    seal = dataclasses.replace(sealed(), payload=b"{}", signing_input=b"e30.{}")

    report = verified(seal)

    assert found(report) == [("seal", FAILED, "proof.mismatch")]
    assert kind_of_seal(report.facts) is Kind.BROKEN


def test_a_seal_of_the_future() -> None:
    seal = sealed()

    assert found(verified(seal, at=NOW - timedelta(minutes=4)))[0] == ("seal", PASSED, "")
    assert found(verified(seal, at=NOW - timedelta(minutes=6))) == [("seal", FAILED, "proof.not_yet")]


def test_a_naive_moment_is_refused() -> None:
    with pytest.raises(DataModelError):
        verified(sealed(), at=LATER.replace(tzinfo=None))


# The certificate


def test_a_certificate_that_has_ended_and_no_time_that_shows_it() -> None:
    report = verified(sealed(), at=NOW + 2 * YEAR)

    check = certificate_check(report)
    assert (check.outcome, check.code) == (INDETERMINATE, "certificate.expired")
    assert check.facts["claimed_at"] == "2026-06-02T08:00:00Z"
    assert kind_of_seal(report.facts) is Kind.UNKNOWN


def test_a_certificate_that_has_ended_after_a_time_that_is_shown() -> None:
    clock = time_authority(until=NOW + 5 * YEAR)
    lasting = root(21, "Racine du temps (fictive)", until=NOW + 9 * YEAR).certificate
    anchors = dataclasses.replace(EVERYBODY, time_stamping=(lasting,))

    report = verified(sealed(clock=clock), at=NOW + 2 * YEAR, anchors=anchors)

    assert report.facts.existed_at == NOW
    assert certificate_check(report).outcome is PASSED
    assert kind_of_seal(report.facts) is Kind.EIDAS


def test_a_certificate_that_had_ended_by_the_time_that_is_shown() -> None:
    clock = time_authority(until=NOW + 5 * YEAR, at=NOW + 2 * YEAR)
    lasting = root(21, "Racine du temps (fictive)", until=NOW + 9 * YEAR).certificate
    anchors = dataclasses.replace(EVERYBODY, time_stamping=(lasting,))

    report = verified(sealed(clock=clock), at=NOW + 2 * YEAR, anchors=anchors)

    check = certificate_check(report)
    assert (check.outcome, check.code) == (FAILED, "certificate.expired")
    assert kind_of_seal(report.facts) is Kind.UNKNOWN


def test_a_certificate_that_had_ended_by_the_signers_own_word() -> None:
    seal = with_header(lambda h: h.update(iat=int((NOW + 2 * YEAR).timestamp())))

    check = certificate_check(verified(seal, at=NOW + 2 * YEAR))

    assert (check.outcome, check.code) == (FAILED, "certificate.expired")


def test_a_seal_that_does_not_say_when_it_was_made() -> None:
    seal = with_header(lambda h: h.pop("iat"))

    assert certificate_check(verified(seal)).outcome is PASSED
    assert certificate_check(verified(seal, at=NOW + 2 * YEAR)).outcome is FAILED


def with_header(
    change: Callable[[dict[str, Any]], object] = lambda h: None, *, certificate: Certificate | None = None
) -> jades.Jades:
    """A seal by hand, with a certificate that `jades.seal` would refuse."""
    header = dict(sealed().header)
    if certificate is not None:
        header |= {
            "x5t#S256": certificate.thumbprint,
            "x5c": [base64.b64encode(certificate.der).decode(), *header["x5c"][1:]],
        }
    change(header)
    protected = jwk.base64url_encode(json.dumps(header).encode())
    signature = SIGNER.sign(protected.encode() + b"." + PAYLOAD)
    one = {"protected": protected, "signature": jwk.base64url_encode(signature)}
    return jades.parse(json.dumps({"payload": PAYLOAD.decode(), "signatures": [one]}))


NOT_FOR_SEALS: dict[str, tuple[Certificate, str]] = {
    "for encryption": (leaf(usages=("key_encipherment",)), "certificate.use"),
    "for no use at all": (leaf(usages=None), "certificate.use"),
    "for issuing": (leaf(ca=True, usages=("key_cert_sign", "digital_signature")), "certificate.use"),
    "of later": (leaf(since=NOW + timedelta(days=60)), "certificate.not_yet"),
}


@pytest.mark.parametrize("name", NOT_FOR_SEALS)
@pytest.mark.parametrize("anchors", [EVERYBODY, Anchors()], ids=["trusted", "unknown"])
def test_a_certificate_that_is_not_for_seals(name: str, anchors: Anchors) -> None:
    certificate, code = NOT_FOR_SEALS[name]

    report = verified(with_header(certificate=certificate), anchors=anchors)

    assert found(report) == [("seal", PASSED, ""), ("seal_certificate", FAILED, code)]
    assert kind_of_seal(report.facts) is Kind.UNKNOWN


def test_a_certificate_with_a_short_key() -> None:
    short = rsa_key(1_024)
    certificate = ISSUING.issue(subject(), short)

    report = verified(with_header(lambda h: h.update(alg="RS256"), certificate=certificate))

    assert found(report) == [("seal", FAILED, "certificate.weak")]
    assert kind_of_seal(report.facts) is Kind.BROKEN


def test_a_certificate_signed_with_a_broken_hash() -> None:
    report = verified(with_header(certificate=signed_with_sha_1()))

    assert found(report) == [("seal", PASSED, ""), ("seal_certificate", FAILED, "certificate.weak")]


def signed_with_sha_1() -> Certificate:
    """Our own leaf with SHA-1 named in it: `cryptography` makes no such signature any more."""
    sha_256, sha_1 = bytes.fromhex("300a06082a8648ce3d040302"), bytes.fromhex("300906072a8648ce3d0401")
    body = der.only(LEAF.native.tbs_certificate_bytes, der.SEQUENCE).replace(sha_256, sha_1, 1)
    signature = der.write(der.BIT_STRING, b"\x00" + LEAF.native.signature)
    return x509.parse(der.write(der.SEQUENCE, der.write(der.SEQUENCE, body), sha_1, signature))


# Time-stamps


def test_a_time_stamp_of_an_unknown_authority_takes_nothing_away() -> None:
    anchors = dataclasses.replace(EVERYBODY, time_stamping=())

    report = verified(sealed(clock=CLOCK), anchors=anchors)

    assert found(report) == [("seal", PASSED, ""), ("seal_certificate", PASSED, "")]
    (stamp,) = report.facts.time_stamps
    assert (stamp.outcome, stamp.code, stamp.time) == (INDETERMINATE, "certificate.unknown_anchor", NOW)
    assert report.facts.existed_at is None


def stamped(*tokens: bytes, name: str = "sigTst") -> jades.Jades:
    """A seal with these tokens put beside it."""
    value = {"tstTokens": [{"val": base64.b64encode(token).decode()} for token in tokens]}
    return dataclasses.replace(sealed(), components=((name, value),))


def over(seal: jades.Jades) -> bytes:
    digest = hashes.Hash(hashes.SHA256())
    digest.update(jwk.base64url_encode(seal.signature).encode())
    return digest.finalize()


def test_a_time_stamp_of_another_seal() -> None:
    report = verified(stamped(CLOCK.time_stamp(bytes(32))))

    assert found(report) == [
        ("seal", PASSED, ""),
        ("seal_time_stamp", FAILED, "time_stamp.mismatch"),
        ("seal_certificate", PASSED, ""),
    ]
    assert report.facts.existed_at is None


def test_a_time_stamp_that_is_none() -> None:
    report = verified(stamped(b"not a time-stamp"))

    assert found(report)[1] == ("seal_time_stamp", FAILED, "time_stamp.invalid")


def test_a_time_stamp_with_an_algorithm_that_is_not_accepted() -> None:
    token = dataclasses.replace(CLOCK, digest_name="sha1").time_stamp(bytes(32))

    report = verified(stamped(token))

    assert [one.code for one in report.facts.time_stamps] == ["time_stamp.unsupported"]
    assert found(report) == [("seal", PASSED, ""), ("seal_certificate", PASSED, "")]


def test_a_time_stamp_of_the_future() -> None:
    seal = sealed()
    clock = dataclasses.replace(CLOCK, at=LATER + timedelta(days=1))
    value = {"tstTokens": [{"val": base64.b64encode(clock.time_stamp(over(seal))).decode()}]}

    report = verified(dataclasses.replace(seal, components=(("sigTst", value),)))

    assert found(report)[1] == ("seal_time_stamp", FAILED, "proof.not_yet")


def test_the_earliest_time_that_is_shown_counts() -> None:
    seal = sealed()
    clocks = [dataclasses.replace(CLOCK, at=NOW + timedelta(days=day)) for day in (3, 1, 2)]
    tokens = [base64.b64encode(clock.time_stamp(over(seal))).decode() for clock in clocks]
    value = {"tstTokens": [{"val": token} for token in tokens]}

    report = verified(dataclasses.replace(seal, components=(("sigTst", value),)))

    assert report.facts.existed_at == NOW + timedelta(days=1)


def test_a_time_of_the_payload_is_no_time_of_the_seal() -> None:
    digest = hashes.Hash(hashes.SHA256())
    digest.update(PAYLOAD)
    token = base64.b64encode(CLOCK.time_stamp(digest.finalize())).decode()

    seal = with_header(lambda h: h.update(adoTst={"tstTokens": [{"val": token}]}, crit=["b64", "adoTst"]))

    report = verified(seal)
    assert found(report)[1] == ("seal_time_stamp", PASSED, "")
    assert report.facts.existed_at is None


# Whose it is


NAMES: dict[str, tuple[list[str], list[str], Outcome, str]] = {
    "the name and the number": ([ORGANISATION], [NUMBER], PASSED, ""),
    "the name alone": ([ORGANISATION], [], PASSED, ""),
    "the name in other letters": (["ATELIER du  Bocage, fictif"], [], PASSED, ""),
    "the name with a number that is not compared": ([ORGANISATION], ["LEIFR-1", "12345"], PASSED, ""),
    "the name and the SIRET": ([ORGANISATION], ["NTRFR-00000000000017"], PASSED, ""),
    "the name and the VAT number": ([ORGANISATION], ["VATFR-12 000 000 000"], PASSED, ""),
    "the name, and the number of another": (
        [ORGANISATION],
        ["NTRFR-111111111"],
        FAILED,
        "seal.other_organisation",
    ),
    "the name, and two numbers": (
        [ORGANISATION],
        [NUMBER, "VATFR-00111111111"],
        FAILED,
        "seal.other_organisation",
    ),
    "another name": (["Université de Valbrume"], [], FAILED, "seal.other_organisation"),
    "another name beside its own number": (
        ["Université de Valbrume"],
        [NUMBER],
        INDETERMINATE,
        "seal.other_name",
    ),
    "another name in one language": (
        [ORGANISATION, "University of Valbrume"],
        [NUMBER],
        INDETERMINATE,
        "seal.other_name",
    ),
    "another name in one language, no number": (
        [ORGANISATION, "University of Valbrume"],
        [],
        INDETERMINATE,
        "seal.other_name",
    ),
    "no name, the number": ([], [NUMBER], INDETERMINATE, "seal.other_name"),
    "nothing": ([], [], FAILED, "seal.other_organisation"),
    "empty names": (["", " "], [], FAILED, "seal.other_organisation"),
}


@pytest.mark.parametrize("name", NAMES)
def test_the_certificate_of_the_issuer_or_of_another(name: str) -> None:
    names, identifiers, outcome, code = NAMES[name]

    check = names_issuer(verified(sealed()).facts, names=names, identifiers=identifiers)

    assert (check.outcome, check.code) == (outcome, code)
    assert check.question is Question.ISSUER
    assert check.facts.items() >= {"organisation": ORGANISATION, "organisation_identifier": NUMBER}.items()
    assert check.facts["issuer_names"] == [one for one in names if one.strip()]
    assert ("differs" in check.facts) is (outcome is not PASSED)


@pytest.mark.parametrize(
    ("names", "numbers", "differs", "detail"),
    [
        ([ORGANISATION], ["NTRFR-111111111", "12345"], "number", "another number"),
        (["Université de Valbrume"], [], "name", "'Université de Valbrume', met one of"),
        (["Université de Valbrume"], [NUMBER], "name", "met the issuer 'Université de Valbrume'"),
        ([], [], "name", "nobody"),
    ],
)
def test_another_organisation_is_shown_beside_the_one_that_is_named(
    names: list[str], numbers: list[str], differs: str, detail: str
) -> None:
    check = names_issuer(verified(sealed()).facts, names=names, identifiers=numbers)

    assert check.facts == {
        "organisation": ORGANISATION,
        "organisation_identifier": NUMBER,
        "issuer_names": names,
        "issuer_identifiers": numbers[:1],
        "differs": differs,
    }
    assert detail in check.detail
    assert ORGANISATION in check.detail


def test_a_certificate_that_names_no_organisation() -> None:
    facts = verified(sealed(leaf(subject(organisation="", number="")))).facts

    check = names_issuer(facts, names=["Cachet de l’atelier"])

    assert (check.outcome, check.code) == (INDETERMINATE, "seal.no_organisation")


def test_a_seal_without_a_certificate_that_can_be_read() -> None:
    facts = SealFacts(FAILED, "", Level.B, ())

    check = names_issuer(facts, names=[ORGANISATION])

    assert (check.outcome, check.code) == (INDETERMINATE, "seal.certificate")


def test_the_numbers_of_another_country_are_compared_as_they_stand() -> None:
    facts = verified(sealed(leaf(subject(number="VATES-A00000000")))).facts

    same = names_issuer(facts, names=[ORGANISATION], identifiers=["vates-a0000.0000"])
    other = names_issuer(facts, names=[ORGANISATION], identifiers=["VATES-A00000001"])
    elsewhere = names_issuer(facts, names=[ORGANISATION], identifiers=["VATIE-1"])

    assert [one.outcome for one in (same, other, elsewhere)] == [PASSED, FAILED, PASSED]
