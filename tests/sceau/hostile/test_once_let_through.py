"""What the corpus and the fuzz targets once found: each with its smallest case."""

from __future__ import annotations

import base64
import json
import tracemalloc
from typing import Any

import pytest
from fuzz.seeds import SEEDS

from sceau.canon import jsonld, strict_json
from sceau.canon.contexts import CREDENTIALS_V2
from sceau.did.resolver import Resolver
from sceau.errors import (
    CanonicalisationError,
    CertificateError,
    ForbiddenCharacterError,
    TooLargeError,
    UnreadableError,
)
from sceau.formats import baking
from sceau.issuing import issue, secure, secure_token
from sceau.keys import x509
from sceau.proofs import data_integrity, eddsa_jcs_2022, jose
from sceau.testing import EXAMPLE_MOMENT, example_credential, key_signer
from sceau.verifying.policy import Policy
from sceau.verifying.presentations import verify_presentation
from sceau.verifying.report import Outcome, Question, Report
from sceau.verifying.verify import verify

SIGNER = key_signer()
DOCUMENT: dict[str, Any] = json.loads(issue(example_credential(), signer=SIGNER, created=EXAMPLE_MOMENT))
BARE = {name: value for name, value in DOCUMENT.items() if name != "proof"}


def report_of(data: dict[str, Any] | str) -> Report:
    text = data if isinstance(data, str) else strict_json.write(data)
    return verify(text, at=EXAMPLE_MOMENT, policy=Policy(resolver=Resolver()))


def reason(report: Report, question: Question = Question.INTACT) -> tuple[Outcome, str]:
    return report.answer(question), report.reasons(question)[0].code


@pytest.mark.parametrize("name", [["eddsa-jcs-2022"], {"a": 1}, None, 5])
def test_a_cryptosuite_that_is_no_text(name: object) -> None:
    (proof,) = DOCUMENT["proof"]
    changed = {**proof, "cryptosuite": name}
    if name is None:
        del changed["cryptosuite"]

    assert reason(report_of(DOCUMENT | {"proof": changed})) == (Outcome.INDETERMINATE, "proof.unsupported")


def test_a_language_that_is_none() -> None:
    document = {"@context": CREDENTIALS_V2, "id": "urn:x:1", "name": {"@value": "x", "@language": "a b"}}

    with pytest.raises(CanonicalisationError, match="language"):
        jsonld.to_quads(document)
    report = report_of(DOCUMENT | {"name": document["name"]})
    assert report.answer(Question.INTACT) is not Outcome.PASSED
    assert "canon.refused" in [check.code for check in report.checks]


@pytest.mark.parametrize("address", ["https://[", "https://a]/", "https://\u2100.example/"])
def test_an_address_that_is_none(address: str) -> None:
    token = jose.sign(
        strict_json.write(BARE | {"issuer": address}),
        signer=SIGNER,
        typ="vc+jwt",
        header={"kid": address},
    )

    assert reason(report_of(token))[0] is Outcome.FAILED


def test_a_status_place_named_twice() -> None:
    entry = {
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": "7",
        "statusListCredential": "https://example.org/status/1",
    }
    document = secure(BARE | {"credentialStatus": [entry, entry]}, signer=SIGNER, created=EXAMPLE_MOMENT)

    report = report_of(document)

    assert report.answer(Question.VALID) is Outcome.INDETERMINATE
    assert "status.reused" in [check.code for check in report.checks]


@pytest.mark.parametrize("sign", ["\0", "\a", "\x7f", "\x85", "\ufdd0", "\ufffe", "\U0010ffff", "\ud800"])
def test_characters_that_libraries_sign_differently_are_not_signed(sign: str) -> None:
    text = f"Camille{sign}"
    somewhere = {**BARE["credentialSubject"], "identifier": [{"identityHash": text}]}

    for document in (BARE | {"name": text}, BARE | {"credentialSubject": somewhere}, BARE | {text: "x"}):
        with pytest.raises(ForbiddenCharacterError):
            secure(document, signer=SIGNER, created=EXAMPLE_MOMENT)
        with pytest.raises(ForbiddenCharacterError):
            secure(document, signer=SIGNER, created=EXAMPLE_MOMENT, suite=eddsa_jcs_2022.SUITE)
        with pytest.raises(ForbiddenCharacterError):
            secure_token(document, signer=SIGNER)
    with pytest.raises(ForbiddenCharacterError):
        secure_token(BARE, signer=SIGNER, claims={"nonce": text})


def test_where_the_forbidden_character_stands_is_told() -> None:
    subject = {**BARE["credentialSubject"], "identifier": [{"identityHash": "a\a"}]}

    with pytest.raises(
        ForbiddenCharacterError, match=r"credentialSubject\.identifier\.identityHash.*U\+0007"
    ):
        secure(BARE | {"credentialSubject": subject}, signer=SIGNER, created=EXAMPLE_MOMENT)


def test_what_strangers_write_at_length_is_not_kept() -> None:
    suite = eddsa_jcs_2022.SUITE
    (proof,) = DOCUMENT["proof"]
    proof = {**proof, "cryptosuite": suite.name, "@context": BARE["@context"]}
    suite.hash_data(BARE, proof | {"nonce": ""}, key_type=SIGNER.public_key.type)
    jsonld.to_quads({"@context": CREDENTIALS_V2, "id": "urn:x:", "type": "VerifiableCredential"})
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        for number in range(5):
            long = f"{number}" * 1_000_000
            suite.hash_data(BARE, proof | {"nonce": long}, key_type=SIGNER.public_key.type)
            jsonld.to_quads(
                {"@context": CREDENTIALS_V2, "id": f"urn:x:{long}", "type": "VerifiableCredential"}
            )
        del long
        kept = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()

    assert kept < 1_000_000
    assert data_integrity._options_hash.cache_info().maxsize == 512


@pytest.mark.parametrize("value", ["[]", "{}", "0"])
def test_millions_of_small_values_are_refused_before_they_are_read(value: str) -> None:
    data = f"[{f'{value},' * 7_000_000}{value}]"

    with pytest.raises(TooLargeError, match="values"):
        strict_json.read(data, max_bytes=24_000_000)


def test_a_long_text_may_hold_as_many_signs_as_it_wants() -> None:
    assert len(strict_json.read(f'"{"a" * 5_000_000}"', max_bytes=24_000_000)) == 5_000_000


@pytest.mark.parametrize("picture", ["<a/>" * 1_200_000 + "</svg>", "<a>" * 1_600_000])
def test_pictures_of_millions_of_elements_are_refused_before_they_are_read(picture: str) -> None:
    with pytest.raises(TooLargeError, match="elements"):
        baking.unbake_svg(f'<svg xmlns="http://www.w3.org/2000/svg">{picture}'.encode())


@pytest.mark.parametrize(
    ("signatures", "code"), [([], "proof.missing"), ([{}, {}], "seal.several"), ([5] * 3, "seal.several")]
)
def test_a_document_without_its_seal_or_with_several(signatures: list[object], code: str) -> None:
    sealed = {"payload": json.dumps(BARE), "signatures": signatures}

    report = report_of(sealed)

    assert report.answer(Question.INTACT) is Outcome.FAILED
    assert code in [check.code for check in report.checks]
    with pytest.raises(UnreadableError):
        verify_presentation(json.dumps(sealed), at=EXAMPLE_MOMENT, policy=Policy(resolver=Resolver()))
    with pytest.raises(UnreadableError):
        report_of({"payload": "{", "signatures": signatures})


def test_a_certificate_of_a_version_that_there_is_not() -> None:
    good = SEEDS["certificate"]()
    version = bytes.fromhex("a003020102")
    assert version in good
    text = base64.b64encode(good.replace(version, bytes.fromhex("a003020130"))).decode()
    pem = f"-----BEGIN CERTIFICATE-----\n{text}\n-----END CERTIFICATE-----\n".encode()

    with pytest.raises(CertificateError):
        x509.from_pem(pem)
