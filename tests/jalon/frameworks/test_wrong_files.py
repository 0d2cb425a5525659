"""Files that are not what they should be: the right sentence and exit code, and nothing half-written."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.factories.frameworks import SKILL, esco_files, fiche_xml, flow

from jalon.cli.main import main
from jalon.frameworks.importers import registry
from jalon.frameworks.models import Concept, ConceptRelation, Edition, Replacement
from jalon.territory.models import Commune

pytestmark = pytest.mark.django_db

HEADING = "conceptUri,preferredLabel\n"
ROW = f"{SKILL}haie,Plesser une haie d’été\n"


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = main(["frameworks", "import", *(str(each) for each in arguments)])
    out, err = capsys.readouterr()
    return code, out, err


def nothing_was_written() -> bool:
    tables = (Concept, ConceptRelation, Replacement, Commune)
    return not any(table.objects.exists() for table in tables)


def _written(name: str, text: str) -> Callable[[Path], Path]:
    def write(folder: Path) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
        return folder / name

    return write


def _competences(title: str) -> Callable[[Path], Path]:
    text = f"framework,code,label_en,label_fr,area\n{title},1.1,Valuing,Valoriser,Area\n"
    return _written("competences.csv", text)


def _shipped(scheme: str) -> Callable[[Path], Path]:
    return _written("table.csv", f"code,uri,kind,label_fr\n1,{scheme}1,level,Un\n")


# A file for each importer that nobody else takes for theirs.
RIGHT: dict[str, Callable[[Path], Path]] = {
    "esco": lambda folder: esco_files(folder / "ESCO dataset - v1.2.0 - fr"),
    "rome": _written("unix_v460.csv", "code_rome,libelle_rome\nA1416,Exploitant\n"),
    "rncp": lambda folder: flow(folder / "rncp.xml", fiche_xml("RNCP100")),
    "rs": lambda folder: flow(folder / "rs.xml", fiche_xml("RS100")),
    "eqf": _shipped("http://data.europa.eu/snb/eqf/"),
    "nqf_fr": _shipped("https://a.example/cadre-national-des-certifications-professionnelles#"),
    "isced_f": _shipped("http://data.europa.eu/snb/isced-f/"),
    "nsf": _shipped("urn:jalon:nsf:"),
    "greencomp": _competences("GreenComp"),
    "digcomp": _competences("DigComp"),
    "entrecomp": _competences("EntreComp"),
    "lifecomp": _competences("LifeComp"),
    "formacode": _written(
        "formacode_v8.csv",
        "code,label,kind,field,broader\n11001,théorie graphes,DOM,110 MATHEMATIQUES,\n",
    ),
    "communes": _written(
        "communes_2026.csv",
        "code_insee;nom;code_departement;code_region;siren_epci;nom_epci;type_epci;population\n"
        "01001;Ici;01;84;200069193;CC;CC;860\n",
    ),
}


def test_there_is_a_right_file_for_each_importer() -> None:
    ours = {name for name, each in registry.importers().items() if type(each).__module__.startswith("jalon.")}

    assert set(RIGHT) == ours


@pytest.mark.parametrize("given", sorted(RIGHT))
def test_files_of_one_framework_are_refused_by_all_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], given: str
) -> None:
    path = RIGHT[given](tmp_path)

    for wanted in sorted(RIGHT.keys() - {given}):
        code, out, err = run(capsys, wanted, path)

        assert (code, out) == (2, ""), wanted
        assert f"ce sont des fichiers de {given}, pas de {wanted}" in err
        assert nothing_was_written()
        assert not Edition.objects.exists()


@pytest.mark.parametrize("given", sorted(RIGHT))
def test_files_of_one_framework_are_taken_by_their_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], given: str
) -> None:
    code, out, err = run(capsys, given, RIGHT[given](tmp_path))

    assert (code, err) == (0, "")
    assert "nouvelles : " in out
    assert not nothing_was_written()


def _skills(folder: Path, data: bytes) -> Path:
    folder.mkdir()
    (folder / "skills_fr.csv").write_bytes(data)
    return folder


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ((HEADING + ROW).encode("cp1252"), "skills_fr.csv n’est pas écrit en UTF-8"),
        ((HEADING + ROW).encode("utf-16"), "skills_fr.csv n’est pas écrit en UTF-8"),
        ((HEADING + ROW).replace(",", "|").encode(), "il manque les colonnes conceptUri, preferredLabel"),
        ((HEADING + f'{SKILL}a,"ouvert\n' + ROW).encode(), "un guillemet ouvert vers la ligne 2"),
        ((HEADING + f"{SKILL}a,{'x' * 1_100_000}\n").encode(), "une cellule démesurée vers la ligne 2"),
        (b"", "rien à lire ici (esco)"),
        (HEADING.encode(), "on n’y reconnaît ni esco ni un autre référentiel"),
    ],
    ids=["cp1252", "utf-16", "pipe", "quote", "cell", "empty", "heading only"],
)
def test_a_table_that_cannot_be_read_leaves_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], data: bytes, said: str
) -> None:
    code, out, err = run(capsys, "esco", _skills(tmp_path / "esco", data), "--version", "1.2.0")

    assert (code, out) == (2, "")
    assert said in err
    assert len(err.splitlines()) == 1
    assert nothing_was_written()


@pytest.mark.parametrize(
    "data",
    [
        (HEADING + ROW).encode("utf-8-sig"),
        (HEADING + ROW).replace(",", ";").encode(),
        (HEADING + ROW).replace(",", "\t").encode(),
        (HEADING + ROW).replace("\n", "\r\n").encode(),
        (HEADING + ROW).replace("\n", "\r").encode(),
    ],
    ids=["bom", "semicolon", "tab", "crlf", "cr"],
)
def test_a_table_saved_otherwise_is_read_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], data: bytes
) -> None:
    code, _out, _err = run(capsys, "esco", _skills(tmp_path / "esco", data), "--version", "1.2.0")

    assert code == 0
    assert Concept.objects.get().labels == {"fr": "Plesser une haie d’été"}


def test_rows_that_come_twice_are_kept_once_and_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _code, out, _err = run(capsys, "esco", _skills(tmp_path / "esco", (HEADING + 3 * ROW).encode()),
                           "--version", "1.2.0")  # fmt: skip

    assert "lues : 1 · nouvelles : 1 · lignes écartées : 2" in out
    assert "2 × déjà lue plus haut dans le même fichier" in out
    assert Concept.objects.count() == 1


def test_only_what_was_read_counts_as_unchanged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "esco", esco_files(tmp_path / "1", skills=("haie", "mare")), "--version", "1.2.0")

    _code, out, _err = run(capsys, "esco", _skills(tmp_path / "2", (HEADING + ROW).encode()),
                           "--version", "1.2.0", "--partial")  # fmt: skip

    assert "lues : 1 · modifiées : 1\n" in out


def test_what_changed_in_the_second_language_only_counts_as_changed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    both = [esco_files(tmp_path / "1", language) for language in ("en", "fr")]
    run(capsys, "esco", *both, "--version", "1.2.0")
    french = tmp_path / "1" / "skills_fr.csv"
    french.write_text(french.read_text(encoding="utf-8").replace("haie (fr)", "haie vive"), encoding="utf-8")

    _code, out, _err = run(capsys, "esco", tmp_path / "1", "--version", "1.2.1")

    assert "lues : 4 · modifiées : 1 · inchangées : 1\n" in out


def a_bomb(path: Path) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("skills_fr.csv", (HEADING + ROW).encode() + b" " * 60_000_000)
    return path


def a_nest(path: Path) -> Path:
    inside = a_bomb(path.with_name("inside.zip"))
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(inside, "inside.zip")
    inside.unlink()
    return path


def a_crowd(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(2_500):
            archive.writestr(f"{number}.csv", "a")
    return path


def a_cut_zip(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("skills_fr.csv", HEADING + ROW)
    path.write_bytes(path.read_bytes()[:-30])
    return path


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (a_bomb, "bien trop lourd pour un référentiel"),
        (a_nest, "on n’y reconnaît ni esco ni un autre référentiel"),
        (a_crowd, "trop de fichiers"),
        (a_cut_zip, "est abîmé ou incomplet"),
    ],
)
def test_a_hostile_or_cut_archive_is_refused_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], make: Callable[[Path], Path], said: str
) -> None:
    code, out, err = run(capsys, "esco", make(tmp_path / "ESCO v1.2.0.zip"))

    assert (code, out) == (2, "")
    assert said in err
    assert len(err.splitlines()) == 1
    assert nothing_was_written()


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_that_may_not_be_read_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = flow(tmp_path / "rncp.xml", fiche_xml("RNCP100"))
    path.chmod(0)

    code, out, err = run(capsys, "rncp", path)

    assert (code, out) == (2, "")
    assert "rncp.xml ne peut pas être ouvert" in err


def test_an_address_that_is_no_path_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "rncp", "a\0b")

    assert (code, out) == (2, "")
    assert "n’existe pas" in err or "ne peut pas être ouvert" in err
