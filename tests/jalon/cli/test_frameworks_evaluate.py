"""`jalon frameworks evaluate`: what it prints and writes, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.factories.frameworks import a_concept

from jalon.cli.main import main
from jalon.frameworks.rules.measuring import Measure, mean, measured

pytestmark = pytest.mark.django_db


def a_file(path: Path, *lines: object) -> Path:
    texts = [line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines]
    path.write_text("\n".join(texts) + "\n", encoding="utf-8")
    return path


def query(identifier: object, text: str, *gold: str, lang: str = "fr") -> dict[str, object]:
    return {"id": identifier, "text": text, "lang": lang, "gold": list(gold)}


def test_measures_are_what_they_are_said_to_be() -> None:
    assert measured(["a", "b", "c"], ["b", "z"]) == Measure(0.5, 0.5, 0.5)
    assert measured(["1", "2", "3", "4", "5", "a"], ["a"]) == Measure(1 / 6, 0.0, 1.0)
    assert measured([], ["a"]) == Measure(0.0, 0.0, 0.0)
    assert mean([Measure(1, 1, 1), Measure(0, 0, 1)]) == Measure(0.5, 0.5, 1.0)
    assert mean([]) == Measure(0, 0, 0)


def test_scores_are_told_by_language_and_predictions_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hedge = a_concept("tailler des haies", "prune hedges").uri
    tractor = a_concept("conduire un tracteur", "drive a tractor").uri
    queries = a_file(
        tmp_path / "q.jsonl",
        query("a", "taille de haie", hedge),
        "",
        query("b", "driving tractors", tractor, "http://nulle.part/1", lang="en"),
        query(3, "tracteur"),
    )
    out = tmp_path / "out.jsonl"

    code = main(["frameworks", "evaluate", str(queries), "--predictions", str(out), "--lexical"])

    lines = capsys.readouterr().out.splitlines()
    assert code == 0
    assert lines[0] == "Mots seulement : le modèle de sens n’a pas servi."
    assert [line.split() for line in lines[1:5]] == [
        ["langue", "phrases", "MRR", "R@5", "R@10"],
        ["en", "1", "1.000", "0.500", "0.500"],
        ["fr", "1", "1.000", "1.000", "1.000"],
        ["toutes", "2", "1.000", "0.750", "0.750"],
    ]
    assert "1 adresse(s) attendue(s) sur 3" in lines[5]
    assert lines[6].startswith("1 phrase(s) sans réponse attendue")
    written = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [(each["id"], each["candidates"][0]) for each in written] == [
        ("a", hedge),
        ("b", tractor),
        ("3", tractor),
    ]
    assert list(tmp_path.glob("*.part")) == []


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("pas du json", "ce n’est pas du JSON"),
        ("[1]", "un objet était attendu"),
        ('{"text": "x", "lang": "fr", "gold": []}', "« id » manque"),
        ('{"id": "1", "lang": "fr", "gold": []}', "« text » manque"),
        ('{"id": "1", "text": "x", "lang": 3, "gold": []}', "« lang »"),
        ('{"id": "1", "text": "x", "lang": "fr", "gold": "http://x"}', "« gold »"),
        ("[" * 100_000, "ce n’est pas du JSON"),
    ],
)
def test_a_malformed_line_is_refused_with_its_number(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], line: str, why: str
) -> None:
    queries = a_file(tmp_path / "q.jsonl", query("a", "haie"), "", line)

    code = main(["frameworks", "evaluate", str(queries)])

    told = capsys.readouterr().err
    assert code == 2
    assert "ligne 3" in told
    assert why in told


@pytest.mark.parametrize("content", [b"", b"\n\n", "é".encode("latin-1")])
def test_a_file_with_nothing_to_read_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes
) -> None:
    path = tmp_path / "q.jsonl"
    path.write_bytes(content)

    assert main(["frameworks", "evaluate", str(path)]) == 2
    assert str(path) in capsys.readouterr().err


def test_without_concepts_the_command_says_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    queries = a_file(tmp_path / "q.jsonl", query("a", "haie"))

    assert main(["frameworks", "evaluate", str(queries)]) == 2
    assert "jalon frameworks import" in capsys.readouterr().err
