"""Endorsements inside a badge, told by `jalon verify` and `jalon inspect`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.jalon.cli.conftest import Jalon
from tests.sceau.formats.test_endorsements import ABOUT, BRANCH, signed
from tests.sceau.verifying.test_endorsements_inside import badge_with

Write = Callable[..., Path]
TITLE = "Soutiens joints, vérifiés à part (aucun ne dit qui est l’émetteur) :"
NAME = BRANCH.name


@pytest.fixture
def badge(tmp_path: Path) -> Write:
    def write(*inside: Any) -> Path:
        path = tmp_path / "badge.json"
        path.write_text(json.dumps(badge_with(*inside)))
        return path

    return write


def an_endorsement(number: int = 1, **changes: Any) -> dict[str, Any]:
    """Signed; the *changes* of what it says were made after that."""
    name = f"urn:uuid:00000000-0000-4000-8000-00000000000{number}"
    made: dict[str, Any] = json.loads(signed(id=name, status=(), valid_until=None))
    made["credentialSubject"] |= changes
    return made


def test_who_supports_since_when_and_whether_it_is_intact(jalon: Jalon, badge: Write) -> None:
    ran = jalon("verify", badge(an_endorsement()), "--offline")

    assert ran.code == 0
    assert f"  {TITLE}" in ran.out.splitlines()
    assert (
        f"  – {NAME} : dit soutenir cette micro-certification, depuis le 02/06/2026. Il est intact. "
        "Personne ici ne dit à qui est la clé qui l’a signé. « Répond aux besoins de la branche. »"
    ) in ran.out
    assert "Qui dit qui est l’émetteur ? Personne ici." in ran.out


def test_a_forged_one_is_told_and_its_words_are_not(jalon: Jalon, badge: Write) -> None:
    ran = jalon("verify", badge(an_endorsement(endorsementComment="La meilleure.")), "--offline")

    assert ran.code == 0  # the badge itself is intact, and its issuer put this in it
    assert f"  – {NAME} : la signature de ce soutien ne tient pas. Ne le comptez pas." in ran.out
    assert "La meilleure." not in ran.out


def test_who_confirms_a_supporter_is_told(jalon: Jalon, badge: Write, tmp_path: Path) -> None:
    trust = tmp_path / "trust.json"
    known = {"did": BRANCH.id, "name": NAME, "by": "Région", "since": "2026-01-01"}
    trust.write_text(json.dumps([known]))

    ran = jalon("verify", badge(an_endorsement()), "--offline", "--trust", trust)

    assert "Région dit que cette clé est bien à ce nom." in ran.out
    assert "Qui dit qui est l’émetteur ? Personne ici." in ran.out


def test_as_json_with_those_that_were_left_out(jalon: Jalon, badge: Write) -> None:
    ran = jalon("verify", badge(*(an_endorsement(number) for number in range(6))), "--offline", "--json")

    found = ran.json["endorsements"]
    assert len(found) == 4
    assert (found[0]["issuer"], found[0]["about"]) == (BRANCH.id, "micro_credential")
    assert found[0]["answers"] == {"intact": "passed", "valid": "passed"}
    assert found[0]["known_by"] is None
    assert ran.json["endorsements_left_out"] == 2


def test_inspect_tells_them_without_judging_whose_they_are(jalon: Jalon, badge: Write) -> None:
    ran = jalon("inspect", badge(an_endorsement(), an_endorsement(2, endorsementComment="La meilleure.")))

    assert (
        f"  – {NAME} : dit soutenir cette micro-certification, depuis le 02/06/2026. Il est intact. "
        "« Répond aux besoins de la branche. »"
    ) in ran.out.splitlines()
    assert f"  – {NAME} : la signature de ce soutien ne tient pas. Ne le comptez pas." in ran.out
    assert "à qui est la clé" not in ran.out


def test_a_badge_without_any_says_nothing_of_them(jalon: Jalon, badge: Write) -> None:
    path = badge()

    assert "Soutiens" not in jalon("verify", path, "--offline").out + jalon("inspect", path).out


def test_in_english(jalon: Jalon, badge: Write) -> None:
    ran = jalon("verify", badge(an_endorsement()), "--offline", "--lang", "en")

    assert f"{NAME}: says it supports this micro-credential, since 2026-06-02. It is intact." in ran.out


def test_an_endorsement_by_itself_is_called_one(jalon: Jalon, tmp_path: Path) -> None:
    path = tmp_path / "soutien.json"
    path.write_bytes(signed(status=()))

    verified, inspected = jalon("verify", path, "--offline"), jalon("inspect", path)

    assert verified.code == inspected.code == 0
    assert inspected.out.startswith("C’est un soutien Open Badges 3.0 : ")
    for ran in (verified, inspected):
        assert f"Dit soutenir la micro-certification {ABOUT['Achievement']}, depuis le 02/06/2026." in ran.out
        assert "« Répond aux besoins de la branche. »" in ran.out
    assert "annexe I" not in inspected.out
