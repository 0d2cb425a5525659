"""`jalon frameworks`: what a person types, reads, and gets as exit code."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from tests.factories.design import a_specification, complete_content
from tests.factories.frameworks import SKILL, block_xml, esco_files, fiche_xml, flow, successor_xml
from tests.factories.people import an_organisation

from jalon.cli.main import main
from jalon.design.rules.content import Alignment
from jalon.frameworks.connectors import alignment_uses
from jalon.frameworks.models import Concept, Edition

pytestmark = pytest.mark.django_db


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = main(["frameworks", *(str(each) for each in arguments)])
    out, err = capsys.readouterr()
    return code, out, err


def aligned_to(uri: str, *, published: bool = False):  # type: ignore[no-untyped-def]  # a specification
    content = complete_content()
    first = replace(content.learning_outcomes[0], alignments=(Alignment("ESCO", uri, "plesser"),))
    content = replace(content, learning_outcomes=(first, *content.learning_outcomes[1:]))
    return a_specification(an_organisation(), content=content, published=published)


def test_import_tells_what_came_of_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _err = run(capsys, "import", "esco", esco_files(tmp_path / "fr"), "--version", "1.2.0")

    assert code == 0
    assert out.splitlines() == [
        "esco 1.2.0 (fr) : import complet.",
        "  lues : 2 · nouvelles : 2",
        "  Ce service utilise la classification ESCO de la Commission européenne (version 1.2.0).",
    ]


def test_list_shows_each_framework_with_its_attribution(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "import", "esco", esco_files(tmp_path / "fr"), "--version", "1.2.0")

    code, out, _err = run(capsys, "list")

    assert code == 0
    assert "esco\t1.2.0 (fr)" in out
    assert "aptitude ou compétence : 1" in out
    assert "classification ESCO de la Commission européenne (version 1.2.0)" in out


def test_a_table_that_is_shipped_needs_no_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "import", "eqf")[0] == 0
    assert Concept.objects.filter(framework="eqf").count() == 8


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["import", "esco"], "n’est pas fourni avec le logiciel"),
        (["import", "escoo", "x.zip"], "Aucun référentiel ne s’appelle « escoo »"),
        (["import", "esco", "nulle-part.zip"], "n’existe pas"),
        (["import", "esco", "http://esco.example/esco.zip"], "doit commencer par https://"),
        (["import", "esco", "https://127.0.0.1/esco.zip"], "réseau privé"),
        (["show", "RNCP1"], "Aucune notion importée"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence_with_2(
    capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    code, out, err = run(capsys, *arguments)

    assert (code, out) == (2, "")
    assert said in err


def test_the_wrong_importer_is_told_the_right_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = flow(tmp_path / "export.xml", fiche_xml())

    code, _out, err = run(capsys, "import", "esco", path)

    assert code == 2
    assert "ce sont des fichiers de rncp, pas de esco" in err
    assert "jalon frameworks import rncp" in err


def test_show_tells_what_a_concept_is_and_what_became_of_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = fiche_xml("RNCP100", "Ancienne", active="Non", end="31/08/2024", blocks=block_xml("RNCP100BC01"),
                    more=successor_xml("RNCP200"))  # fmt: skip
    path = flow(tmp_path / "f.xml", old, fiche_xml("RNCP200", "Nouvelle", end="01/01/2090"))
    run(capsys, "import", "rncp", path, "--version", "2026-08-16")

    code, out, _err = run(capsys, "show", "rncp100")

    assert code == 0
    assert out.splitlines()[:5] == [
        "Ancienne",
        "  certification RNCP100",
        "  https://www.francecompetences.fr/recherche/rncp/100/",
        "  remplacée le 31/08/2024",
        "  → RNCP200 Nouvelle",
    ]
    assert "a pour bloc : RNCP100BC01 Conduire un rucher" in out


def test_an_import_tells_which_specifications_it_touches(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "import", "esco", esco_files(tmp_path / "1", skills=("haie", "mare")), "--version", "1")
    draft = aligned_to(SKILL + "mare")

    _code, out, _err = run(capsys, "import", "esco", esco_files(tmp_path / "2"), "--version", "2")

    assert f"Plesser une haie (v1) : {SKILL}mare (/atelier/dossier/{draft.id}/)" in out


@pytest.mark.parametrize(
    "written",
    [
        "https://data.europa.eu/esco/skill/mare",
        "http://data.europa.eu/esco/skill/mare/",
        "HTTP://Data.Europa.eu/esco/skill/mare",
    ],
)
def test_an_import_finds_a_specification_however_it_writes_the_address(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], written: str
) -> None:
    run(
        capsys,
        "import",
        "esco",
        esco_files(tmp_path / "1", skills=("haie", "mare", *"abcdef")),
        "--version",
        "1",
    )
    draft = aligned_to(written)
    other = aligned_to(SKILL + "haie")

    _code, out, _err = run(
        capsys, "import", "esco", esco_files(tmp_path / "2", skills=("haie", *"abcdef")), "--version", "2"
    )

    assert "retirées : 1" in out
    assert f"{SKILL}mare ({draft_path(draft)})" in out
    assert str(other.pk) not in out


def draft_path(specification) -> str:  # type: ignore[no-untyped-def]  # a specification
    [use] = alignment_uses().uses_of([SKILL + "mare"])[SKILL + "mare"]
    assert str(specification.pk) in use.path
    return use.path


def test_check_finds_nothing_where_all_is_well(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "check") == (0, "Rien à signaler.\n", "")


def test_check_names_what_relies_on_a_concept_that_is_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    blocks = block_xml("RNCP100BC01")
    old = fiche_xml("RNCP100", active="Non", end="31/08/2024", blocks=blocks, more=successor_xml("RNCP200"))
    path = flow(tmp_path / "f.xml", old, fiche_xml("RNCP200", end="01/01/2090"))
    run(capsys, "import", "rncp", path, "--version", "2026-08-16")
    page = "https://www.francecompetences.fr/recherche/rncp/100/"
    published = aligned_to(f"{page}#RNCP100BC01", published=True)

    code, out, _err = run(capsys, "check")

    assert code == 1
    assert out == (
        "« Plesser une haie (v1) » s’appuie sur RNCP100BC01, remplacée par RNCP200. "
        f"/micro-certifications/{published.micro_credential.slug}/v/1/\n"
    )


def test_check_tells_an_import_that_did_not_end(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "f.xml").write_text("<FICHES><FICHE><NUMERO_FICHE>RNCP1</NUMERO_FICHE>", encoding="utf-8")
    assert run(capsys, "import", "rncp", tmp_path / "f.xml", "--version", "2026-08-16")[0] == 2
    assert Edition.objects.get().state == "failed"

    code, out, _err = run(capsys, "check")

    assert code == 1
    assert "rncp 2026-08-16 : l’import s’est arrêté sur une erreur" in out


def test_every_importer_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _err = run(capsys, "import", "?")

    assert code == 0
    assert {"esco", "rome", "rncp", "rs", "greencomp", "formacode"} <= {
        line.split("\t")[0] for line in out.splitlines()
    }


def test_first_command_of_an_installation_makes_its_own_tables(tmp_path: Path) -> None:
    environ = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environ |= {"JALON_DATA_DIR": str(tmp_path / "data")}
    command = [sys.executable, "-m", "jalon.cli.main", "frameworks"]

    done = [
        subprocess.run([*command, *more], env=environ, capture_output=True, text=True, timeout=300)
        for more in (["import", "esco", str(esco_files(tmp_path / "fr")), "--version", "1.2.0"], ["list"])
    ]

    assert [each.returncode for each in done] == [0, 0], [each.stderr for each in done]
    assert "esco" in done[1].stdout
    assert (tmp_path / "data/jalon.sqlite3").stat().st_mode & 0o077 == 0
