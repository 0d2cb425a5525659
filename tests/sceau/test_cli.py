from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sceau import cli
from sceau.issuing import issue
from sceau.model.credential import StatusEntry
from sceau.testing import EXAMPLE_MOMENT, example_credential, key_signer, web_signer

DID = "did:web:example.org:o:atelier"


class Clock(datetime):
    @classmethod
    def now(cls, tz: object = None) -> datetime:  # type: ignore[override] # the clock held still
        return datetime(2026, 7, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "datetime", Clock)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "attestation.json"
    path.write_bytes(issue(example_credential(), signer=key_signer(), created=EXAMPLE_MOMENT))
    return path


def test_a_good_credential(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["verify", str(file)]) == 0

    assert capsys.readouterr().out.splitlines()[:3] == [
        "Planter et entretenir une haie champêtre: Camille Exemple, 2026-06-01",
        f"Issuer: Atelier du bocage (organisme fictif) ({example_credential().issuer.id})",
        "Is it intact? ok",
    ]


def test_as_json(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["verify", str(file), "--json"]) == 0

    met = json.loads(capsys.readouterr().out)
    assert (met["intact"], met["valid"], met["issuer"]) == ("passed", "passed", "indeterminate")
    assert met["checks"][-1]["code"] == "issuer.unknown"
    assert met["verified_at"] == "2026-07-01T00:00:00Z"


def test_a_changed_credential(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_bytes(file.read_bytes().replace(b"Camille Exemple", b"Camille \\u001b[2J"))

    assert cli.main(["verify", str(file)]) == 1
    met = capsys.readouterr().out
    assert "Is it intact? FAILED\n  proof: " in met
    assert "\x1b" not in met


def test_a_status_that_cannot_be_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    status = (StatusEntry("https://example.org/status/1", 7),)
    path.write_bytes(issue(example_credential(status=status), signer=key_signer(), created=EXAMPLE_MOMENT))

    assert cli.main(["verify", str(path)]) == 3


def test_a_did_web_is_out_of_reach(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(issue(example_credential(issuer_id=DID), signer=web_signer(DID), created=EXAMPLE_MOMENT))

    assert cli.main(["verify", str(path)]) == 3
    assert "did.unresolved" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "code"), [(b"", "reading.unreadable"), (b" " * 6_000_000, "reading.too_large")]
)
def test_unreadable(tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, code: str) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(content)

    assert cli.main(["verify", str(path)]) == 2
    assert capsys.readouterr().err.startswith(code)
    assert cli.main(["verify", str(path), "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["error"]["code"] == code


def test_no_such_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["verify", str(tmp_path / "none.json")]) == 2
    assert capsys.readouterr().err == "reading.no_file: expected a file, met No such file or directory\n"


def test_what_is_piped_in(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Piped:
        buffer = io.BytesIO(file.read_bytes())

    monkeypatch.setattr("sys.stdin", Piped)

    assert cli.main(["verify", "-"]) == 0
