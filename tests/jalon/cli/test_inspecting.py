"""`jalon inspect`: what a credential says, in plain words, and never more than it says."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from tests.jalon.cli.conftest import Jalon

from jalon.cli.verifying_words import day
from sceau.exports import Sealing, export
from sceau.formats import european
from sceau.issuing import issue, issue_token, secure
from sceau.keys.public import PublicKey
from sceau.model import annex_i
from sceau.testing import EXAMPLE_MOMENT, example_credential, key_signer

HOLDER = key_signer(7).public_key


@pytest.fixture
def badge(tmp_path: Path) -> Path:
    path = tmp_path / "badge.json"
    path.write_bytes(issue(example_credential(), signer=key_signer(), created=EXAMPLE_MOMENT))
    return path


def test_every_element_is_told_in_words(jalon: Jalon, badge: Path) -> None:
    ran = jalon("inspect", badge)

    assert ran.code == 0
    for line in (
        "C’est un badge numérique Open Badges 3.0.",
        "  Personne : Camille Exemple",
        "    – Choisir des essences adaptées au sol et au climat",
        "  Charge de travail : 35 heures",
        "  Niveau : Niveau 4 (EQF 4)",
        "  Crédits ECTS : 1,5",
        "Les onze y sont.",
        "Valable du 02/06/2026 au 02/06/2031.",
        "Elle ne dit pas où lire si elle a été retirée.",
    ):
        assert line in ran.out.splitlines()
    assert f"Signée avec eddsa-rdfc-2022, par la clé {key_signer().verification_method}." in ran.out
    assert "(pas dit)" not in ran.out


def test_in_english(jalon: Jalon, badge: Path) -> None:
    ran = jalon("inspect", badge, "--lang", "en")

    assert "This is an Open Badges 3.0 digital badge." in ran.out
    assert "  Notional workload: 35 hours" in ran.out
    assert "All eleven are there." in ran.out


def test_as_json(jalon: Jalon, badge: Path) -> None:
    ran = jalon("inspect", badge, "--json")

    assert ran.json["format"] == "open_badges_3"
    assert ran.json["elements"]["title"] == ["Planter et entretenir une haie champêtre"]
    assert ran.json["missing"] == []
    assert set(ran.json["elements"]) >= set(annex_i.ELEMENTS)


def test_a_token_says_how_it_is_signed(jalon: Jalon, tmp_path: Path) -> None:
    path = tmp_path / "badge.jwt"
    path.write_text(issue_token(example_credential(), signer=key_signer(), created=EXAMPLE_MOMENT))

    assert "Signée avec EdDSA, par la clé did:key:" in jalon("inspect", path).out


def test_a_changed_text_is_told_at_once(jalon: Jalon, badge: Path) -> None:
    badge.write_text(badge.read_text().replace("Camille", "Camilla"))

    ran = jalon("inspect", badge)

    assert ran.code == 0
    assert "Attention : ce texte n’est pas celui qui a été signé." in ran.out


def test_what_is_not_signed_is_said_not_to_be(jalon: Jalon, badge: Path) -> None:
    document = json.loads(badge.read_text())
    del document["proof"]
    badge.write_text(json.dumps(document))

    out = jalon("inspect", badge).out

    assert "Elle n’est pas signée." in out
    assert "Attention" not in out


def test_a_credential_of_a_kind_nobody_knows_invents_nothing(jalon: Jalon, tmp_path: Path) -> None:
    document = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiableCredential"],
        "issuer": key_signer().verification_method.partition("#")[0],
        "credentialSubject": {"id": "urn:uuid:5b8c2f0e-3f0d-4c0e-9f5e-6f0b7f3f9a11"},
    }
    path = tmp_path / "other.json"
    path.write_text(json.dumps(secure(document, signer=key_signer(), created=EXAMPLE_MOMENT)))

    out = jalon("inspect", path).out

    assert "une attestation vérifiable du W3C, d’un genre que nous ne connaissons pas" in out
    assert out.count("(pas dit)") == 11
    assert "Il manque 11 éléments sur onze." in out


def test_a_file_of_the_europass_builder_is_read_and_said_not_to_be_signed(
    jalon: Jalon, tmp_path: Path
) -> None:
    path = tmp_path / "builder.json"
    document = european.to_document(example_credential(), pictures={})
    path.write_text(json.dumps({"credential": document, "deliveryDetails": {"email": ["ana@example.org"]}}))

    inspected, verified = jalon("inspect", path), jalon("verify", path)

    assert "C’est une attestation numérique européenne" in inspected.out
    assert "Elle n’est pas signée." in inspected.out
    assert "ana@example.org" not in inspected.out
    assert (inspected.code, verified.code) == (0, 1)


def test_one_element_missing_is_said_in_the_singular(jalon: Jalon, tmp_path: Path) -> None:
    path = tmp_path / "european.json"
    document = json.dumps(european.to_document(example_credential(), pictures={}))
    path.write_text(document.replace('"accreditation"', '"nothing"'))

    assert "Il manque un élément sur onze." in jalon("inspect", path).out
    assert "One of the eleven elements is missing." in jalon("inspect", path, "--lang", "en").out


def test_picture_with_several_credentials_is_told_as_such(jalon: Jalon, badge: Path, tmp_path: Path) -> None:
    path = tmp_path / "two.svg"
    credential = "<o:credential><![CDATA[{}]]></o:credential>"
    path.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:o="https://purl.imsglobal.org/ob/v3p0">'
        f"{credential.format(badge.read_text())}{credential.format('{}')}</svg>"
    )

    ran = jalon("inspect", path)

    assert ran.code == 2
    assert "Cette image porte plusieurs attestations" in ran.out


@pytest.mark.parametrize(
    ("holder", "words", "others"),
    [(HOLDER, "Liée à la clé d’un portefeuille", "Au porteur"), (None, "Au porteur", "Liée à la clé")],
    ids=["bound", "bearer"],
)
def test_attestation_says_whether_it_is_bound_to_a_wallet(
    jalon: Jalon, tmp_path: Path, holder: PublicKey | None, words: str, others: str
) -> None:
    path = tmp_path / "a.sd-jwt"
    whole = example_credential()
    whole = replace(whole, holder=replace(whole.holder, identifier="urn:example:person:1"))
    path.write_bytes(
        export("sd-jwt-vc", whole, Sealing(key_signer(), EXAMPLE_MOMENT, holder_key=holder)).data
    )

    out = jalon("inspect", path).out

    assert words in out
    assert others not in out


@pytest.mark.parametrize(
    ("written", "french", "english"),
    [
        ("2026-11-24T23:10:00Z", "25/11/2026", "2026-11-25"),
        ("2026-06-02T00:00:00+02:00", "02/06/2026", "2026-06-02"),
        ("2026-06-02", "02/06/2026", "2026-06-02"),
        ("0001-01-01T00:00:00+14:00", "01/01/0001", "0001-01-01"),
        ("2026-06-02Tsoir", "02/06/2026", "2026-06-02"),
    ],
)
def test_day_of_a_moment_is_the_day_in_france(written: str, french: str, english: str) -> None:
    assert (day(written, "fr"), day(written, "en")) == (french, english)


def test_verify_leaves_out_what_a_file_does_not_say(jalon: Jalon, tmp_path: Path) -> None:
    path = tmp_path / "old.json"
    badge = {
        "@context": "https://w3id.org/openbadges/v2",
        "type": "Assertion",
        "id": "https://badges.example.org/1",
        "recipient": {"type": "email", "hashed": False, "identity": "ana@example.org"},
        "badge": "https://badges.example.org/badge",
        "issuedOn": "2026-05-30T00:00:00Z",
        "verification": {"type": "HostedBadge"},
    }
    path.write_text(json.dumps(badge))

    out = jalon("verify", "--offline", path).out

    assert "  Délivrée le : 30/05/2026" in out
    assert not [line for line in out.splitlines() if line.rstrip().endswith(" :")]


def test_a_stated_reason_for_no_level_is_told(jalon: Jalon, tmp_path: Path) -> None:
    whole = example_credential()
    from sceau.model.micro_credential import Level
    from sceau.model.texts import Text

    level = Level(None, Text((("fr", "Geste trop court pour un niveau."),)))
    credential = replace(whole, micro_credential=replace(whole.micro_credential, level=level))
    path = tmp_path / "badge.json"
    path.write_bytes(issue(credential, signer=key_signer(), created=EXAMPLE_MOMENT))

    assert "  Niveau : aucun : Geste trop court pour un niveau." in jalon("inspect", path).out


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b'{"a": 1}', b"%PDF-1.7", b"<svg/>", b"[" * 100_000])
def test_what_cannot_be_read_gets_a_sentence(jalon: Jalon, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x"
    path.write_bytes(content)

    ran, plain = jalon("inspect", path), jalon("inspect", path, "--json")

    assert (ran.code, plain.code) == (2, 2)
    assert len(ran.out) > 20
    assert plain.json["error"]["code"]


def test_a_stranger_s_text_cannot_command_the_terminal(jalon: Jalon, badge: Path) -> None:
    badge.write_text(badge.read_text().replace("Camille", "Cam\\u202eille"))

    assert "\u202e" not in jalon("inspect", badge).out
