"""`jalon issuers`: trust, list, forget."""

from __future__ import annotations

import argparse
import json

import pytest

from jalon.cli import issuers
from jalon.foundation import clock
from jalon.verification.models import TrustedIssuer

pytestmark = pytest.mark.django_db
DID = "did:web:mfr.example.org"


def run(*words: str) -> int:
    parser = argparse.ArgumentParser(prog="jalon")
    issuers.add_parser(parser.add_subparsers())
    args = parser.parse_args(["issuers", *words])
    return issuers.run(args)


def test_trust_records_who_says_what_and_since_when(capsys: pytest.CaptureFixture[str]) -> None:
    code = run(
        "trust", DID, "--name", "MFR du Val", "--by", "Région", "--basis", "registre", "--until", "2099-01-01"
    )

    row = TrustedIssuer.objects.get()
    assert code == 0
    assert (row.did, row.name, row.vouched_by, row.basis, row.since) == (
        DID,
        "MFR du Val",
        "Région",
        "registre",
        clock.today(),
    )
    assert "Région répond de MFR du Val" in capsys.readouterr().out


def test_what_is_no_identifier_is_refused_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("trust", "mfr.example.org", "--name", "MFR", "--by", "Région") == 2
    assert "Ce n’est pas un identifiant d’émetteur." in capsys.readouterr().err
    assert not TrustedIssuer.objects.exists()


def test_a_date_that_is_none_stops_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        run("trust", DID, "--name", "MFR", "--by", "Région", "--since", "02/06/2026")

    assert caught.value.code == 2
    assert "une date AAAA-MM-JJ est attendue" in capsys.readouterr().err


def test_list_shows_all_as_words_and_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("list") == 0
    assert "Aucun émetteur enregistré." in capsys.readouterr().out
    run("trust", DID, "--name", "MFR du Val", "--by", "Région", "--since", "2026-01-02")
    capsys.readouterr()

    run("list")
    assert "MFR du Val\n  did:web:mfr.example.org\n  Région, depuis le 2026-01-02" in capsys.readouterr().out
    run("list", "--json")
    assert json.loads(capsys.readouterr().out)[0]["vouched_by"] == "Région"


def test_forget_removes_and_says_when_there_was_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    run("trust", DID, "--name", "MFR du Val", "--by", "Région")

    assert run("forget", DID) == 0
    assert run("forget", DID) == 1
    assert "Rien n’était enregistré" in capsys.readouterr().err
