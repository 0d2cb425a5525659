"""Seals in the shell: made by `jalon issue`, told by `jalon verify` and `jalon inspect`, and refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from tests.factories.seals import (
    ISSUING,
    NOW,
    PASSPHRASE,
    QUALIFIED,
    ROOT,
    TIME_ROOT,
    a_certificate,
    a_p12,
    a_time_authority,
    pem,
)
from tests.jalon.cli.conftest import Jalon, Ran

from jalon.cli import issuing_seal
from jalon.foundation import clock
from sceau.errors import FetchError
from sceau.keys.x509 import Certificate
from sceau.ports import TimeStamper

Write = Callable[..., Path]
ISSUER = "Atelier du bocage"


@pytest.fixture(autouse=True)
def frozen() -> Iterator[None]:
    with clock.frozen(NOW):
        yield


@pytest.fixture
def issuer(specification: Path) -> str:
    import yaml

    return str(yaml.safe_load(specification.read_text(encoding="utf-8"))["issuer"]["name"])


@pytest.fixture
def sealing(jalon: Jalon, specification: Path, holders: Write, tmp_path: Path) -> Callable[..., Ran]:
    """Issues one European credential under a seal."""

    def run(certificate: Certificate, *more: object, **environment: str) -> Ran:
        (tmp_path / "cachet.p12").write_bytes(a_p12(certificate))
        return jalon(
            "issue",
            "--specification",
            specification,
            "--holders",
            holders("Nom;Prénom\nVidal;Élodie\n"),
            "--out",
            tmp_path / "out",
            "--json",
            "--format",
            "europass",
            "--seal",
            tmp_path / "cachet.p12",
            *more,
            **({"JALON_SEAL_PASSPHRASE": PASSPHRASE} | environment),
        )

    return run


@pytest.fixture
def authorities(tmp_path: Path) -> Path:
    """A folder as an operator keeps it."""
    folder = tmp_path / "autorites"
    (folder / "time-stamping").mkdir(parents=True)
    (folder / "cachets.pem").write_bytes(pem(ROOT.certificate))
    (folder / "time-stamping" / "temps.der").write_bytes(TIME_ROOT.certificate.der)
    return folder


def a_certificate_for(issuer: str, **options: object) -> Certificate:
    return a_certificate(issuer, identifier="VATFR-12345678901", **options)  # type: ignore[arg-type] # mixed


def test_a_sealed_credential_is_verified_with_the_authorities_and_not_without(
    jalon: Jalon, sealing: Callable[..., Ran], issuer: str, authorities: Path
) -> None:
    made = sealing(a_certificate_for(issuer))

    (file,) = made.json["files"]
    unknown = jalon("verify", file)
    known = jalon("verify", file, "--authorities", authorities)
    by_setting = jalon("verify", file, "--json", JALON_SEAL_AUTHORITIES=str(authorities)).json

    assert "scellée au niveau B-B" in made.err
    assert unknown.code == known.code == 0
    assert "d’une autorité inconnue ici" in unknown.out
    assert f"Autorité de cachets (fictive) dit que c’est {issuer}" in known.out
    assert f"Cachet : de {issuer}, selon une autorité à qui vous vous fiez. Niveau B-B." in known.out
    assert "N’est pas contrôlé : si le certificat a été révoqué depuis" in known.out
    assert by_setting["answers"] == {"intact": "passed", "valid": "passed", "issuer": "passed"}
    assert (by_setting["seal"]["step"], by_setting["seal"]["kind"]) == ("certified_seal", "organisation_key")


def test_a_qualified_seal_under_a_trusted_list(
    jalon: Jalon, sealing: Callable[..., Ran], issuer: str, tmp_path: Path
) -> None:
    (file,) = sealing(a_certificate_for(issuer, extensions=[QUALIFIED])).json["files"]
    (tmp_path / "eu" / "trusted-list").mkdir(parents=True)
    (tmp_path / "eu" / "trusted-list" / "prestataire.pem").write_bytes(pem(ISSUING.certificate))

    listed = jalon("verify", file, "--authorities", tmp_path / "eu", "--json").json
    told = jalon("inspect", file, "--authorities", tmp_path / "eu").out

    assert listed["seal"]["step"] == "eidas_seal"
    assert "par un certificat qui se dit qualifié (eIDAS)" in told


def test_a_test_seal_stays_one_whoever_issued_it(
    jalon: Jalon, sealing: Callable[..., Ran], issuer: str, authorities: Path
) -> None:
    made = sealing(a_certificate_for(issuer, common_name="Cachet TEST"))

    (file,) = made.json["files"]
    told = jalon("verify", file, "--authorities", authorities)

    assert "il sert à des essais" in made.err
    assert "Personne : le certificat du cachet dit lui-même qu’il sert à des essais." in told.out
    assert "Cachet : cachet d’essai" in told.out


class AtThisHour:
    """Stands for the network: a time-stamping authority that answers."""

    def __init__(self, url: str) -> None:
        assert url == "https://temps.example.org/tsa"

    def time_stamp(self, digest: bytes) -> bytes:
        return a_time_authority().time_stamp(digest)


class NeverThere:
    asked = 0

    def __init__(self, url: str) -> None: ...

    def time_stamp(self, digest: bytes) -> bytes:
        type(self).asked += 1
        raise FetchError("nobody answers")


@pytest.mark.parametrize(
    ("network", "level", "words"),
    [(AtThisHour, "B-T", "scellée au niveau B-T"), (NeverThere, "B-B", "n’a pas répondu (nobody answers)")],
)
def test_a_seal_is_dated_where_the_authority_answers_and_says_so_where_not(
    jalon: Jalon,
    sealing: Callable[..., Ran],
    issuer: str,
    authorities: Path,
    monkeypatch: pytest.MonkeyPatch,
    network: Callable[[str], TimeStamper],
    level: str,
    words: str,
) -> None:
    monkeypatch.setattr(issuing_seal, "HttpTimeStamper", network)

    made = sealing(a_certificate_for(issuer), "--time-stamps", "https://temps.example.org/tsa")

    (file,) = made.json["files"]
    told = jalon("verify", file, "--authorities", authorities, "--json").json
    assert words in made.err
    assert told["seal"]["level"] == level
    assert bool(told["seal"]["existed_at"]) is (level == "B-T")


def test_a_dated_seal_outlives_its_certificate(
    jalon: Jalon,
    sealing: Callable[..., Ran],
    issuer: str,
    authorities: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(issuing_seal, "HttpTimeStamper", AtThisHour)
    leaf = a_certificate_for(issuer, ends=timedelta(days=30))
    (dated,) = sealing(leaf, "--time-stamps", "https://temps.example.org/tsa").json["files"]

    with clock.frozen(NOW + timedelta(days=90)):
        told = jalon("verify", dated, "--authorities", authorities)

    assert "Horodaté par Horodatage (fictif) : il existe depuis le 02/06/2026 au moins." in told.out
    assert "dit que c’est" in told.out


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (("--time-stamps", "http://temps.example.org"), "https://"),
        (("--seal-passphrase-file", "/nowhere"), "n’existe pas"),
    ],
)
def test_options_that_cannot_be_followed(
    sealing: Callable[..., Ran], issuer: str, more: tuple[str, ...], words: str
) -> None:
    ran = sealing(a_certificate_for(issuer), *more)

    assert (ran.code, words in ran.err) == (2, True), ran.err


@pytest.mark.parametrize(
    ("certificate", "words"),
    [
        (a_certificate("Lycée de la Plaine"), "celui de « Lycée de la Plaine »"),
        (a_certificate(common_name="Jeanne Vidal"), "ne nomme pas d’organisme"),
        (a_certificate(ISSUER, ends=-timedelta(days=1)), "a pris fin le 01/06/2026"),
    ],
)
def test_a_seal_of_somebody_else_seals_nothing(
    sealing: Callable[..., Ran], tmp_path: Path, certificate: Certificate, words: str
) -> None:
    ran = sealing(certificate)

    assert (ran.code, words in ran.err) == (2, True), ran.err
    assert not (tmp_path / "out").exists()


def test_another_passphrase(sealing: Callable[..., Ran], issuer: str) -> None:
    ran = sealing(a_certificate_for(issuer), JALON_SEAL_PASSPHRASE="une autre")

    assert ran.code == 2
    assert "La phrase de passe n’ouvre pas ce fichier" in ran.err


def test_the_passphrase_from_a_file(
    jalon: Jalon, sealing: Callable[..., Ran], issuer: str, tmp_path: Path
) -> None:
    (tmp_path / "phrase").write_text(PASSPHRASE + "\n", encoding="utf-8")

    ran = sealing(
        a_certificate_for(issuer),
        "--seal-passphrase-file",
        tmp_path / "phrase",
        JALON_SEAL_PASSPHRASE="",
    )

    assert ran.code == 0, ran.err


# — Authorities that cannot be read —


def broken(folder: Path, name: str) -> Path:
    folder.mkdir()
    if name == "empty":
        (folder / "LISEZMOI.txt").write_text("rien")
    elif name == "no certificate":
        (folder / "a.pem").write_bytes(b"-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----\n")
    elif name == "unknown folder":
        (folder / "horodatage").mkdir()
    elif name == "noise":
        (folder / "a.der").write_bytes(b"\0" * 50)
    return folder / "absent" if name == "absent" else folder


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("absent", "Il n’y a ni fichier ni dossier"),
        ("empty", "Il n’y a aucun certificat"),
        ("no certificate", "n’est pas un certificat lisible"),
        ("noise", "n’est pas un certificat lisible"),
        ("unknown folder", "time-stamping"),
    ],
)
def test_authorities_that_cannot_be_read_stop_the_command_and_the_server(
    jalon: Jalon, tmp_path: Path, name: str, words: str
) -> None:
    path = broken(tmp_path / "autorites", name)
    (tmp_path / "f").write_text("{}")

    for command in ("verify", "inspect"):
        ran = jalon(command, tmp_path / "f", "--authorities", path)
        assert (ran.code, words in ran.err) == (2, True), ran.err
    ran = jalon("verify", tmp_path / "f", JALON_SEAL_AUTHORITIES=str(path))
    assert ran.code == 2
    assert "JALON_SEAL_AUTHORITIES : " in ran.err
