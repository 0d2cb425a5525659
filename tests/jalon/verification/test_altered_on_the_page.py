"""What was altered, shown on the page as whoever receives it sees it: each format, each way."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.factories.seals import (
    ISSUING,
    NOW,
    QUALIFIED,
    a_certificate,
    a_time_authority,
    sealed_with,
    write_authorities,
)
from tests.factories.verification import (
    a_baked_png,
    a_baked_svg,
    a_european_document,
    a_key_credential,
    a_key_token,
    a_pdf,
    a_wallet_attestation,
    outside_world,
)
from tests.sceau.keys.test_x509 import key
from tests.sceau.verifying.test_open_badges_2 import fetcher, key_page, signed_assertion, signed_site, token

from jalon.foundation import clock
from sceau.testing import example_issuer

pytestmark = pytest.mark.django_db
NAME = example_issuer().name
ORIGINAL = "Ne vous y fiez pas ; demandez l’original à la personne."


@pytest.fixture(autouse=True)
def operator(settings: Any, tmp_path: Any) -> None:
    """Trusts the authority of the seals here, and a trusted list that has it."""
    cache.clear()
    settings.SEAL_AUTHORITIES = str(write_authorities(tmp_path / "autorites", listed=[ISSUING.certificate]))


def page(client: Client, data: bytes, *, site: Mapping[str, Any] | None = None) -> str:
    """The answer to a dropped file, its no-break spaces made plain."""
    with clock.frozen(NOW + timedelta(hours=1)), outside_world(fetcher=fetcher(dict(site or {}))):
        answer = client.post("/verifier/", {"way": "file", "file": SimpleUploadedFile("attestation", data)})
    assert answer.status_code in (200, 422)
    return answer.content.decode().replace("\u00a0", " ").replace("\u202f", " ")


def seal() -> bytes:
    return sealed_with(a_certificate(NAME))


def changed(sealed: bytes, **members: Any) -> bytes:
    """The sealed file with other members; one of None is taken away."""
    document = {**json.loads(sealed), **members}
    return json.dumps({name: value for name, value in document.items() if value is not None}).encode()


def payload(**changes: Any) -> bytes:
    return json.dumps({**json.loads(a_european_document()), **changes}, ensure_ascii=False).encode()


def encoded(data: bytes) -> bytes:
    return base64.urlsafe_b64encode(data).rstrip(b"=")


def with_another_s_disclosures() -> bytes:
    """An attestation that shows what another person's was signed for."""
    mine, other = (a_wallet_attestation().split(b"~") for _ in range(2))
    return b"~".join([mine[0], *other[1:]])


def a_token_with_another_payload() -> bytes:
    head, body, signature = a_key_token().split(b".")
    said = json.loads(base64.urlsafe_b64decode(body + b"=="))
    said["credentialSubject"]["achievement"]["name"] = "Autre chose"
    return b".".join([head, encoded(json.dumps(said).encode()), signature])


def two_seals() -> bytes:
    one = json.loads(seal())
    return changed(seal(), signatures=[*one["signatures"], *one["signatures"]])


def an_altered_badge(**changes: Any) -> bytes:
    return json.dumps({**json.loads(a_key_credential()), **changes}).encode()


def two_proofs() -> list[dict[str, Any]]:
    """The badge's own, and one that was made for another credential."""
    return [json.loads(data)["proof"][0] for data in (a_key_credential(), a_key_credential(valid_until=None))]


CASES: dict[str, tuple[bytes, str]] = {
    # — European —
    "european, seal stripped": (changed(seal(), signatures=[]), "Attestation sans signature"),
    "european, bare payload": (a_european_document(), "Attestation sans signature"),
    "european, second seal": (two_seals(), "Le cachet de cette attestation ne tient pas"),
    "european, swapped payload": (
        changed(seal(), payload=payload(id="urn:uuid:2").decode()),
        "Le contenu a changé depuis la signature",
    ),
    "european, encoded payload": (
        changed(seal(), payload=encoded(a_european_document()).decode()),
        "",
    ),
    "european, certificate of another organisation": (
        sealed_with(a_certificate("Lycée de la Plaine", identifier="NTRFR-987654321")),
        "Attestation scellée par un autre organisme",
    ),
    # — Open Badges 3 —
    "badge, proof stripped": (an_altered_badge(proof=[]), "Attestation sans signature"),
    "badge, another date": (
        an_altered_badge(awardedDate="2020-01-01T00:00:00Z"),
        "Le contenu a changé depuis la signature",
    ),
    "badge, a second proof that does not hold": (
        an_altered_badge(proof=two_proofs()),
        "Le contenu a changé depuis la signature",
    ),
    "badge in SVG": (
        a_baked_svg(an_altered_badge(awardedDate="2020-01-01T00:00:00Z")),
        "Le contenu a changé depuis la signature",
    ),
    "badge in PNG": (
        a_baked_png(an_altered_badge(awardedDate="2020-01-01T00:00:00Z")),
        "Le contenu a changé depuis la signature",
    ),
    "badge in PDF": (
        a_pdf({"attestation.json": an_altered_badge(awardedDate="2020-01-01T00:00:00Z")}),
        "Le contenu a changé depuis la signature",
    ),
    "token, swapped payload": (
        a_token_with_another_payload(),
        "Le contenu a changé depuis la signature",
    ),
    # — Wallet —
    "wallet, another's disclosures": (
        with_another_s_disclosures(),
        "La signature de cette attestation ne tient pas",
    ),
    "wallet, one disclosure too many": (
        a_wallet_attestation() + encoded(b'["sel","grade","20/20"]') + b"~",
        "La signature de cette attestation ne tient pas",
    ),
}


@pytest.mark.parametrize("name", [name for name, (_, headline) in CASES.items() if headline])
def test_an_altered_file_is_told_on_the_page(client: Client, name: str) -> None:
    data, headline = CASES[name]

    shown = page(client, data)

    assert headline in shown
    assert "Attestation intacte et valable" not in shown
    assert "Ne vous y fiez pas" in shown


def test_an_encoded_payload_is_no_european_credential(client: Client) -> None:
    shown = page(client, CASES["european, encoded payload"][0])

    assert "Attestation intacte" not in shown
    assert "ne tient pas" in shown or "nous ne pouvons pas" in shown


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (
            sealed_with(a_certificate(NAME, ends=timedelta(minutes=30))),
            "Le certificat du cachet est arrivé à son terme",
        ),
        (
            sealed_with(a_certificate(NAME, common_name="Cachet TEST")),
            "Son certificat dit lui-même qu’il sert à des essais",
        ),
    ],
    ids=["ended", "test"],
)
def test_a_certificate_that_proves_no_name_is_told_and_the_text_is_intact(
    client: Client, data: bytes, words: str
) -> None:
    shown = page(client, data)

    assert words in shown
    assert "C’est mot pour mot ce qui a été scellé." in shown
    assert "Attestation intacte et valable" not in shown


def test_a_certificate_that_is_no_seal_is_told(client: Client) -> None:
    """The engine seals with none of these: the seal of another certificate of the same key is put there."""
    document = json.loads(seal())
    protected = json.loads(base64.urlsafe_b64decode(document["signatures"][0]["protected"] + "=="))
    for_authorities = ISSUING.issue("Sous-autorité", key(9), ca=True, usages=("key_cert_sign",))
    forged = _sealed_by_hand(document["payload"], protected, for_authorities)

    shown = page(client, forged)

    assert "n’est pas fait pour sceller" in shown
    assert "Attestation intacte et valable" not in shown


def _sealed_by_hand(text: str, header: dict[str, Any], certificate: Any) -> bytes:
    from sceau.keys.signer import EcdsaSigner
    from sceau.keys.x509 import to_x5c

    header |= {"x5c": to_x5c([certificate]), "x5t#S256": certificate.thumbprint}
    protected = encoded(json.dumps(header).encode())
    signature = EcdsaSigner(key(9), "").sign(protected + b"." + text.encode())
    one = {"protected": protected.decode(), "signature": encoded(signature).decode()}
    return json.dumps({"payload": text, "signatures": [one]}).encode()


# — What is whole —


def test_a_seal_is_good_and_says_what_was_not_checked(client: Client) -> None:
    shown = page(client, seal())

    assert "Attestation intacte et valable" in shown
    assert "Si ce certificat a été révoqué depuis, ce n’est pas contrôlé ici." in shown
    assert "Le cachet d’un organisme" in shown


def test_a_dated_seal_that_says_qualified(client: Client) -> None:
    certificate = a_certificate(NAME, extensions=[QUALIFIED])

    shown = page(client, sealed_with(certificate, time_stamper=a_time_authority()))

    assert "Le cachet existe depuis le 2 juin 2026 au moins." in shown
    assert "se dit qualifié (eIDAS)" in shown
    assert "seal_time_stamp" in shown


# — Open Badges 2, signed —


def test_a_signed_badge_of_the_second_version_is_read(client: Client) -> None:
    shown = page(client, token().encode(), site=signed_site())

    assert "Planter une haie" in shown
    assert "Attestation intacte, organisme inconnu de nous" in shown
    assert shown.count("issuer_known") == 1


@pytest.mark.parametrize(
    ("data", "site", "headline"),
    [
        (
            b".".join(
                [
                    token().encode().split(b".")[0],
                    encoded(json.dumps(signed_assertion(issuedOn="2020-01-01T00:00:00Z")).encode()),
                    token().encode().split(b".")[2],
                ]
            ),
            signed_site(),
            "Le contenu a changé depuis la signature",
        ),
        (
            token().encode(),
            signed_site(key=key_page(owner="https://ailleurs.example.org/qui")),
            "La signature de cette attestation ne tient pas",
        ),
    ],
    ids=["swapped payload", "a key of another"],
)
def test_a_signed_badge_of_the_second_version_altered(
    client: Client, data: bytes, site: Mapping[str, Any], headline: str
) -> None:
    shown = page(client, data, site=site)

    assert headline in shown
    assert "Ne vous y fiez pas" in shown
