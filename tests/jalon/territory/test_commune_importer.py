"""Official lists of communes: recognised, read in batches, completed by each other, not torn by a bad one."""

from __future__ import annotations

import lzma
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.factories.territory import a_commune

from jalon.frameworks.errors import ImportFileError
from jalon.frameworks.importers import files as opening
from jalon.frameworks.importers.protocol import TableLoader, TableReport, Wanted
from jalon.frameworks.importers.registry import importers
from jalon.territory.importers import communes
from jalon.territory.importers.communes import IMPORTER
from jalon.territory.models import Commune
from jalon.territory.rules.communes import Layout, edition_of, layout_of, may_end

pytestmark = pytest.mark.django_db

PLACES = """insee,name,type,dep,reg,epci,population,postcodes,zrr_2022,lat,lon
48104,Nasbinals,commune-actuelle,48,76,200069144,571,48260,C,44.646,3.046
12214,Saint-Chély-d'Aubrac,commune-actuelle,12,76,200067478,520,12470|12214,C,44.59,2.92
69381,Lyon 1er,arrondissement-municipal,69,84,,29000,69001,NC,45.77,4.83
"""
DENSITY = """code_insee;nom;code_departement;code_region;siren_epci;nom_epci;population;densite_2024;frr_2025
48104;Nasbinals;48;76;200069144;CC des Hautes Terres de l'Aubrac;571;7;FRR socle
12214;Saint-Chély-d'Aubrac;12;76;200067478;CC Aubrac, Carladez et Viadène;520;7;FRR+
"""
COG = """TYPECOM,COM,REG,DEP,CTCD,ARR,TNCC,NCC,NCCENR,LIBELLE,CAN,COMPARENT
COM,48104,76,48,48D,482,0,NASBINALS,Nasbinals,Nasbinals,4801,
COMD,48041,76,48,,,,CHAUCHAILLES,Chauchailles,Chauchailles,,48060
"""
EPCI = "code,name,type,population\n200069144,CC des Hautes Terres de l'Aubrac,CC,5000\n"

Load = Callable[..., TableReport]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """Import texts as files of these names."""

    def run(version: str = "", partial: bool = False, **texts: str | bytes) -> TableReport:
        paths = []
        for name, text in texts.items():
            path = tmp_path / f"{name}.csv"
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
            paths.append(path)
        with opening.opened(paths) as files:
            return IMPORTER.load(files, Wanted(version, partial), lambda read: None)

    return run


def test_the_importer_is_found_by_its_entry_point() -> None:
    assert importers()["communes"] is IMPORTER
    assert isinstance(IMPORTER, TableLoader)


def test_lists_complete_each_other(load: Load) -> None:
    load(places=PLACES, epci=EPCI)
    report = load(communes_2026=DENSITY)

    nasbinals = Commune.objects.get(code="48104")
    assert (nasbinals.latitude, nasbinals.density, nasbinals.frr) == (44.646, 7, "FRR socle")
    assert nasbinals.epci_name == "CC des Hautes Terres de l'Aubrac"
    assert Commune.objects.get(code="12214").postcode_list == ["12214", "12470"]
    assert (report.version, nasbinals.edition) == ("2026", "2026")
    assert report.counts == {"read": 2, "new": 0, "changed": 2, "unchanged": 0}


def test_a_second_run_changes_nothing(load: Load) -> None:
    first = load(places=PLACES)
    second = load(places=PLACES)

    assert first.counts == {"read": 3, "new": 2, "changed": 0, "unchanged": 0, "skipped": 1}
    assert second.counts == {"read": 3, "new": 0, "changed": 0, "unchanged": 2, "skipped": 1}


def test_an_import_that_was_killed_is_completed_by_the_next(
    load: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(communes, "BATCH", 1)
    torn = PLACES.replace("12214,Saint-Chély", '12214,"Saint-Chély')
    with pytest.raises(ImportFileError) as cut:
        load(places=torn)
    assert cut.value.code == "frameworks.cut"
    assert Commune.objects.count() == 1

    report = load(places=PLACES)

    assert report.counts["new"] == 1
    assert Commune.objects.count() == 2


def test_an_epci_list_alone_completes_the_communes_and_ends_none(load: Load) -> None:
    load(places=PLACES)
    before = Commune.objects.filter(is_current=True).count()

    report = load(epci=EPCI)

    assert (report.counts["read"], report.counts["changed"]) == (1, 1)
    assert Commune.objects.get(code="48104").epci_name == "CC des Hautes Terres de l'Aubrac"
    assert Commune.objects.filter(is_current=True).count() == before > 0


def test_an_epci_list_alone_is_recognised(tmp_path: Path) -> None:
    path = tmp_path / "epci.csv"
    path.write_text(EPCI)

    with opening.opened([path]) as files:
        assert IMPORTER.recognises(files)


def test_an_epci_list_names_what_an_earlier_one_left_with_a_number(load: Load) -> None:
    load(places=PLACES)
    load(places=PLACES, epci=EPCI)

    assert Commune.objects.get(code="48104").epci_name == "CC des Hautes Terres de l'Aubrac"


def test_the_official_list_keeps_whole_communes_only(load: Load) -> None:
    report = load(v_commune_2026=COG)

    assert list(Commune.objects.values_list("code", "name", "region")) == [("48104", "Nasbinals", "76")]
    assert [reason.split(" × ")[0] for reason in report.skipped] == ["1"]
    assert "COMD 48041 Chauchailles" in next(iter(report.skipped.values()))[0]


def test_a_commune_that_a_list_no_longer_has_is_no_longer_current(load: Load) -> None:
    a_commune("48999", "Ancienne")

    report = load(places=PLACES)

    assert report.counts["withdrawn"] == 1
    assert not Commune.objects.get(code="48999").is_current


def test_a_list_that_was_cut_ends_nothing(load: Load) -> None:
    for number in range(20):
        a_commune(f"480{number:02}", f"Commune {number}")

    report = load(places=PLACES)

    assert Commune.objects.filter(is_current=False).count() == 0
    assert report.notes[0].facts == {"missing": 20, "known": 22}


def test_an_extract_ends_nothing(load: Load) -> None:
    a_commune("48999", "Ailleurs")

    load(places=PLACES, partial=True)

    assert Commune.objects.get(code="48999").is_current


def test_an_older_edition_is_refused(load: Load) -> None:
    load(communes_2026=DENSITY)

    with pytest.raises(ImportFileError) as refused:
        load(communes_2019=DENSITY.replace("Nasbinals", "Autre"))

    assert refused.value.code == "frameworks.older_edition"
    assert Commune.objects.get(code="48104").name == "Nasbinals"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("4810X,Nasbinals,commune-actuelle,48,76,,571,,C,44,3", "pas de code INSEE lisible"),
        ("48104,,commune-actuelle,48,76,,571,,C,44,3", "pas de nom"),
        ("48104,Nasbinals,commune-actuelle,48,76,,571,,C,nord,3", "latitude ou longitude illisible"),
        ("48104,Nasbinals,commune-actuelle,48,76,,571,,C,nan,3", "latitude ou longitude illisible"),
        ("48104,Nasbinals,commune-actuelle,48,76,,571,,C,444,3", "latitude ou longitude illisible"),
        ("48104,Nasbinals,commune-actuelle,48,76,,beaucoup,,C,44,3", "population illisible"),
        ("48104,Nasbinals,commune-actuelle,48,76,,99999999999,,C,44,3", "population illisible"),
        ("48104,Nasbinals,commune-actuelle,481000,76,,571,,C,44,3", "ligne mal formée"),
        ("48104,Nasbinals", "ligne mal formée"),
    ],
)
def test_a_row_that_cannot_be_read_is_left_out_and_said(load: Load, row: str, reason: str) -> None:
    heading = PLACES.splitlines()[0]

    report = load(places=f"{heading}\n{row}\n12214,Autre,commune-actuelle,12,76,,5,,C,44,3\n")

    assert [commune.code for commune in Commune.objects.all()] == ["12214"]
    assert reason in next(iter(report.skipped))
    assert report.counts["skipped"] == 1


def test_a_row_that_is_there_twice_is_read_once(load: Load) -> None:
    report = load(places=PLACES + PLACES.splitlines()[1] + "\n")

    assert report.counts["new"] == 2
    assert "commune déjà lue" in " ".join(report.skipped)


@pytest.mark.parametrize(
    "content", ["", "un;deux\n1;2\n", b"\xff\xfe\x00", "code,name,type,population\n1,a,CC,2\n"]
)
def test_another_file_is_not_taken_for_communes(tmp_path: Path, content: str | bytes) -> None:
    path = tmp_path / "autre.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    (tmp_path / "plein.txt").write_text("x")

    with opening.opened([path, tmp_path / "plein.txt"]) as files:
        assert not IMPORTER.recognises(files)


def test_a_list_in_another_encoding_is_refused_and_nothing_is_lost(load: Load) -> None:
    a_commune()

    with pytest.raises(ImportFileError) as refused:
        load(places=PLACES.encode("latin-1"))

    assert refused.value.code == "frameworks.encoding"
    assert Commune.objects.get().is_current


def test_a_packed_list_is_read(tmp_path: Path) -> None:
    path = tmp_path / "communes.csv.xz"
    path.write_bytes(lzma.compress(PLACES.encode()))

    with opening.opened([path]) as files:
        assert IMPORTER.recognises(files)
        assert IMPORTER.load(files, Wanted(), lambda read: None).counts["new"] == 2


def test_layouts_and_editions_are_told_apart() -> None:
    assert layout_of(["code", "name", "type", "population"]) is Layout.EPCI
    assert layout_of(["code", "name", "type", "population", "x"]) is None
    assert edition_of(["v_commune_2026.csv", "communes_2025.csv"]) == "2026"
    assert edition_of(["communes20261.csv"]) == ""


def test_a_few_may_end_and_many_may_not() -> None:
    assert may_end(known=34_969, missing=40)
    assert may_end(known=10, missing=3)
    assert not may_end(known=34_969, missing=5_000)


@pytest.mark.slow
def test_the_lists_of_the_country_are_read(shared: Path) -> None:
    paths = [shared / "data" / "communes", shared / "france" / "data" / "territoires"]
    for path in paths:
        if not path.is_dir():
            pytest.skip(f"no {path.name} beside the project")

    with opening.opened(paths) as files:
        report = IMPORTER.load(files, Wanted(), lambda read: None)

    assert Commune.objects.count() == report.counts["new"] == 34_969
    assert Commune.objects.filter(key=" saint martin ").count() == 5
    assert Commune.objects.get(code="48104").epci_name == "CC des Hautes Terres de l'Aubrac"
