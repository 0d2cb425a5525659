"""`jalon verify` and `jalon inspect` on each format that is read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.factories.verification import (
    a_baked_png,
    a_european_document,
    a_key_credential,
    a_sealed_credential,
    a_wallet_attestation,
    an_old_badge,
    an_old_badge_s_site,
)
from tests.jalon.cli.conftest import Jalon

from jalon.cli import verifying


@pytest.fixture(autouse=True)
def network(monkeypatch: pytest.MonkeyPatch) -> None:
    site = an_old_badge_s_site()
    monkeypatch.setattr(verifying, "fetcher_for", lambda *, offline: site)


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (a_sealed_credential(), 0, "d’une autorité inconnue ici"),
        (a_sealed_credential().replace(b"Camille", b"Camilla"), 1, "Le contenu a changé"),
        (a_sealed_credential("Une tout autre maison"), 1, "nomme un autre organisme"),
        (a_european_document(), 1, "Elle n’est pas signée"),
        (a_wallet_attestation(), 0, "Rien n’a changé depuis la signature"),
        (a_wallet_attestation() + b"WyJzZWwiLCJhIiwxXQ~", 1, "n’est pas de celles que l’émetteur a signées"),
        (a_baked_png(a_key_credential()), 0, "Rien n’a changé depuis la signature"),
        (a_baked_png(a_key_credential().replace(b"Camille", b"Camilla")), 1, "Le contenu a changé"),
        (an_old_badge(), 0, "rien n’y est signé"),
        (an_old_badge(issuedOn="2025-05-30T16:00:00Z"), 1, "montre autre chose"),
        (an_old_badge(id="https://haies.example.org/b/8"), 3, "hors d’atteinte"),
    ],
)
def test_verify(jalon: Jalon, tmp_path: Path, data: bytes, code: int, words: str) -> None:
    (tmp_path / "f").write_bytes(data)

    ran = jalon("verify", tmp_path / "f")

    assert (ran.code, words in ran.out) == (code, True), ran.out


@pytest.mark.parametrize(
    ("data", "lines"),
    [
        (
            a_sealed_credential(),
            [
                "C’est une attestation numérique européenne (Europass, European Learning Model).",
                "Scellée avec ES256 (cachet JAdES).",
            ],
        ),
        (a_sealed_credential(common_name="TEST"), ["Le certificat du cachet dit servir à des essais"]),
        (a_wallet_attestation(), ["C’est une attestation de portefeuille européen (SD-JWT VC).", "Signée"]),
        (a_baked_png(a_key_credential()), ["C’est un badge numérique Open Badges 3.0."]),
        (an_old_badge(), ["C’est un badge numérique Open Badges 2.", "c’est le site de l’émetteur"]),
    ],
)
def test_inspect(jalon: Jalon, tmp_path: Path, data: bytes, lines: list[str]) -> None:
    (tmp_path / "f").write_bytes(data)

    ran = jalon("inspect", tmp_path / "f")

    assert ran.code == 0
    for line in lines:
        assert line in ran.out


def test_an_attestation_made_in_a_shell_is_verified_by_the_address_that_it_names(
    jalon: Jalon, specification: Path, holders: Callable[[str], Path], tmp_path: Path
) -> None:
    people = holders("Nom;Identifiant\nÉlodie Vidal;A-1\n")
    site = {"JALON_PUBLIC_URL": "https://exemple.org/attestations"}
    out = tmp_path / "out"

    made = jalon(
        "issue", "--specification", specification, "--holders", people, "--out", out,
        "--format", "sd-jwt-vc", **site,
    )  # fmt: skip
    (file,) = out.glob("*.sd-jwt")
    offline = jalon("verify", file, "--offline", "--copies", out / "public")
    unknown = jalon("verify", file, "--offline")

    assert made.code == 0
    address = "https://exemple.org/.well-known/jwt-vc-issuer/attestations"
    assert f"public/.well-known/jwt-vc-issuer/attestations → {address}" in made.out
    assert offline.code == 0, offline.out
    assert unknown.code == 3, unknown.out
