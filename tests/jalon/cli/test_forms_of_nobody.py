"""`jalon issue --format sd-jwt-vc`: a form that nobody could take is a failure; a key of the holder binds."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.jalon.cli.conftest import Jalon, Ran

from sceau.keys import jwk
from sceau.proofs import sd_jwt
from sceau.testing import key_signer

PEOPLE = "Nom;Identifiant\nÉlodie Vidal;A-1\n"
KEY = jwk.encode(key_signer().public_key)


@pytest.fixture
def without_level(tmp_path: Path, specification: Path) -> Path:
    found = specification.read_text(encoding="utf-8")
    start = found.index("\nlevel:")
    end = found.index("\n\n", start)
    file = tmp_path / "sans-niveau.yaml"
    file.write_text(
        found[:start] + '\nlevel: {none_reason: {fr: "Geste de voisinage."}}' + found[end:], encoding="utf-8"
    )
    return file


def issue(jalon: Jalon, specification: Path, people: Path, out: Path, *options: object) -> Ran:
    return jalon(
        "issue", "--specification", specification, "--holders", people, "--out", out, *options
    )  # fmt: skip


def test_a_form_that_nobody_can_take_is_a_failure_that_says_why(
    jalon: Jalon, without_level: Path, holders: Callable[[str], Path], tmp_path: Path
) -> None:
    people, out = holders(PEOPLE), tmp_path / "out"

    alone = issue(jalon, without_level, people, out, "--format", "sd-jwt-vc")
    beside = issue(
        jalon, without_level, people, tmp_path / "two", "--format", "sd-jwt-vc", "--format", "vc-jwt"
    )
    other = issue(jalon, without_level, people, tmp_path / "three", "--format", "vc-jwt")

    assert (alone.code, beside.code, other.code) == (1, 1, 0)
    for ran in (alone, beside):
        assert "demande un niveau de 1 à 8" in ran.out
        assert "« Geste de voisinage. »" in ran.out
        assert "au porteur" not in ran.err
    assert not list(out.glob("*.sd-jwt"))
    assert len(list((tmp_path / "two").glob("*.jwt"))) == 1


def test_a_key_of_the_holder_binds_the_attestation(
    jalon: Jalon, specification: Path, holders: Callable[[str], Path], tmp_path: Path
) -> None:
    people, key = holders(PEOPLE), tmp_path / "cle.jwk"
    key.write_text(json.dumps(KEY))

    bound = issue(
        jalon, specification, people, tmp_path / "out", "--format", "sd-jwt-vc", "--holder-key", key
    )
    free = issue(jalon, specification, people, tmp_path / "free", "--format", "sd-jwt-vc")

    (file,) = (tmp_path / "out").glob("*.sd-jwt")
    assert (bound.code, free.code) == (0, 0)
    assert sd_jwt.parse(file.read_text()).payload["cnf"] == {"jwk": KEY}
    assert "lié à la clé donnée" in bound.err
    assert "ce fichier est au porteur" in free.err


@pytest.mark.parametrize(
    ("key", "people", "form", "words"),
    [
        ("{}", PEOPLE, "sd-jwt-vc", "pas la clé publique d’un portefeuille"),
        ("[" * 5_000, PEOPLE, "sd-jwt-vc", "pas la clé publique d’un portefeuille"),
        (json.dumps({**KEY, "d": "AAAA"}), PEOPLE, "sd-jwt-vc", "contient sa partie secrète"),
        (json.dumps(KEY), PEOPLE + "Ousmane N’Diaye;A-2\n", "sd-jwt-vc", "la liste en a 2"),
        (json.dumps(KEY), PEOPLE, "vc-jwt", "ajoutez --format sd-jwt-vc"),
    ],
)
def test_a_key_that_binds_nothing_is_refused_before_anything_is_written(
    jalon: Jalon,
    specification: Path,
    holders: Callable[[str], Path],
    tmp_path: Path,
    key: str,
    people: str,
    form: str,
    words: str,
) -> None:
    file = tmp_path / "cle.jwk"
    file.write_text(key)
    options = ("--format", form, "--holder-key", file)

    ran = issue(jalon, specification, holders(people), tmp_path / "out", *options)

    assert (ran.code, words in ran.err) == (2, True), ran.err
    assert not (tmp_path / "out").exists()
