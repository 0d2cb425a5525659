"""What travels with the software, ROME, the competence frameworks, and importers of other packages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.factories.frameworks import imported

from jalon.frameworks.errors import (
    UnknownFilesError,
    UnknownImporterError,
    VersionNeededError,
    WrongFrameworkError,
)
from jalon.frameworks.importers import registry
from jalon.frameworks.importers.files import NO_FILES
from jalon.frameworks.importers.protocol import FrameworkImporter, Wanted
from jalon.frameworks.models import Concept, ConceptRelation
from jalon.frameworks.queries.concepts import concept_at, neighbours_of
from jalon.frameworks.rules.kinds import ConceptKind, RelationKind
from jalon.frameworks.rules.known import KNOWN

pytestmark = pytest.mark.django_db


def installed(name: str):  # type: ignore[no-untyped-def]  # what `import_edition` gives
    from jalon.frameworks.actions.importing import import_edition

    chosen = registry.importer(name)
    assert isinstance(chosen, FrameworkImporter)
    registry.check_files(chosen, NO_FILES)
    return import_edition(importer=chosen, files=NO_FILES, wanted=Wanted())


@pytest.mark.parametrize(("name", "count"), [("eqf", 8), ("nqf_fr", 8), ("isced_f", 11), ("nsf", 112)])
def test_a_table_that_travels_with_the_software_installs_itself(name: str, count: int) -> None:
    outcome = installed(name)

    assert outcome.report.counts["new"] == count
    assert outcome.report.skipped == {}
    assert installed(name).report.counts["unchanged"] == count


def test_the_specialities_of_training_stand_under_their_groups() -> None:
    installed("nsf")

    bees = concept_at("212")
    assert bees is not None
    assert [n.concept.code for n in neighbours_of(bees) if n.kind == RelationKind.BROADER] == ["21"]


def test_the_levels_have_the_addresses_that_specifications_are_signed_with() -> None:
    from jalon.design.rules.vocabularies import EQF_LEVELS

    installed("eqf")

    ours = {row.code: row.uri for row in Concept.objects.filter(framework="eqf")}
    assert ours == {code: concept.iri for code, concept in EQF_LEVELS.concepts.items()}


def test_the_authority_s_list_of_fields_is_laid_over_ours(tmp_path: Path) -> None:
    installed("isced_f")
    address = "http://data.europa.eu/snb/isced-f/"
    concepts = [
        {"id": f"{address}08", "label": {"en": "Agriculture"}},
        {"id": f"{address}0811", "label": {"en": "Crop and livestock production"}},
        {"id": f"{address}0812", "label": {}},
    ]
    path = tmp_path / "vocab.json"
    path.write_text(json.dumps({"isced-f": {"scheme": address, "concepts": concepts}}), encoding="utf-8")

    outcome = imported("isced_f", path)

    assert Concept.objects.filter(framework="isced_f").count() == 12
    assert Concept.objects.get(uri=f"{address}08").labels["fr"].startswith("Agriculture, sylviculture")
    assert outcome.report.skipped["no_label"]["count"] == 1


@pytest.mark.parametrize("text", ["{", "[]", '{"eqf": {"concepts": 3}}', "[" * 50_000, "null"])
def test_a_json_of_something_else_is_unknown(tmp_path: Path, text: str) -> None:
    (tmp_path / "vocab.json").write_text(text, encoding="utf-8")

    with pytest.raises(UnknownFilesError):
        imported("isced_f", tmp_path / "vocab.json")


ROME = '"code_rome","libelle_rome","transition_eco","emploi_reglemente","code_rome_parent"\n'


def rome_files(folder: Path) -> Path:
    folder.mkdir()
    (folder / "unix_referentiel_code_rome_v460_utf8.csv").write_text(
        ROME
        + '"A1416","Exploitant","Emploi Vert","","A1416"\n"A1419","Ouvrier","","O","A1416"\n'
        + '"X","?","","",""\n',
        encoding="utf-8",
    )
    (folder / "unix_referentiel_appellation_v460_utf8.csv").write_text(
        '"code_ogr","libelle_appellation_long","libelle_appellation_court","code_rome"\n'
        '"10801","Agriculteur / Agricultrice","Agriculteur","A1416"\n',
        encoding="utf-8",
    )
    return folder


def test_rome_is_read_with_its_titles_and_parents(tmp_path: Path) -> None:
    outcome = imported("rome", rome_files(tmp_path / "rome"))

    farmer = concept_at("A1416")
    assert farmer is not None
    assert farmer.facts == {"ecological_transition": "Emploi Vert", "is_green": True}
    assert {(n.concept.code, n.is_incoming) for n in neighbours_of(farmer)} == {
        ("A1419", True),
        ("10801", True),
    }
    assert outcome.edition.version == "460"
    assert outcome.report.skipped["code"]["count"] == 1
    assert Concept.objects.get(code="10801").kind == ConceptKind.JOB_TITLE


def test_the_mapping_joins_titles_to_esco_and_tells_what_is_not_there(tmp_path: Path) -> None:
    from tests.factories.frameworks import OCCUPATION, esco_files

    imported("rome", rome_files(tmp_path / "rome"))
    imported("esco", esco_files(tmp_path / "esco"), version="1.2.0")
    (tmp_path / "mapping.csv").write_text(
        "ogr,appellation,relation,esco,rome\n"
        "10801,Agriculteur,closeMatch,esco:occupation/plesseur,A1416\n"
        f"10801,Agriculteur,broadMatch,{OCCUPATION}nulle-part,A1416\n"
        "10801,Agriculteur,parfois,esco:occupation/plesseur,A1416\n",
        encoding="utf-8",
    )

    outcome = imported("rome", tmp_path / "mapping.csv", version="460")

    joined = ConceptRelation.objects.filter(kind__in=["close", "broad"])
    assert [(r.kind, r.target.uri) for r in joined] == [("close", OCCUPATION + "plesseur")]
    assert {reason: s["count"] for reason, s in outcome.report.skipped.items()} == {
        "unknown_end": 1,
        "relation": 1,
    }
    assert outcome.report.counts["withdrawn"] == 0


def test_rome_asks_for_its_version_where_no_name_tells_it(tmp_path: Path) -> None:
    (tmp_path / "codes.csv").write_text(ROME + '"A1416","Exploitant","","","A1416"\n', encoding="utf-8")

    with pytest.raises(VersionNeededError):
        imported("rome", tmp_path / "codes.csv")


def test_the_competence_frameworks_are_told_apart_in_one_table(shared: Path) -> None:
    table = shared / "data" / "frameworks" / "eu_competence_frameworks.csv"

    counts = {
        name: imported(name, table).report.counts["read"] for name in ("greencomp", "digcomp", "entrecomp")
    }

    assert counts == {"greencomp": 16, "digcomp": 26, "entrecomp": 18}
    with pytest.raises(WrongFrameworkError):
        imported("esco", table)


def test_a_competence_stands_in_its_area_in_both_languages(shared: Path) -> None:
    imported("greencomp", shared / "data" / "frameworks" / "eu_competence_frameworks.csv")

    nature = Concept.objects.get(framework="greencomp", code="1.3")
    assert nature.labels == {"fr": "Promouvoir la nature", "en": "Promoting nature"}
    assert [n.concept.label("en") for n in neighbours_of(nature)] == ["Embodying sustainability values"]


def test_the_real_formacode_is_read(shared: Path) -> None:
    outcome = imported("formacode", shared / "data" / "formacode" / "formacode_v8_2003.csv.xz")

    assert outcome.report.counts["new"] == 2912
    assert outcome.edition.version == "8"


def test_the_real_esco_is_read_in_both_languages(shared: Path) -> None:
    outcome = imported("esco", *sorted((shared / "data" / "esco").glob("*.zip")))

    counts = outcome.report.counts
    assert (outcome.edition.version, outcome.edition.languages) == ("1.2.0", ["en", "fr"])
    assert Concept.objects.filter(kind__in=["skill", "knowledge"]).count() == 13_939
    assert Concept.objects.filter(kind="occupation").count() == 3_039
    assert ConceptRelation.objects.filter(kind="collection").count() == 2_432
    assert outcome.report.skipped["essential_too"]["count"] == 17
    assert outcome.report.skipped["no_label"]["count"] == 304
    assert counts["relations"] == ConceptRelation.objects.count()


def test_an_unknown_name_is_told_with_those_that_are_known() -> None:
    with pytest.raises(UnknownImporterError) as refused:
        registry.importer("escoo")

    assert "esco, rome, rncp" in refused.value.facts["known"]


def test_every_known_framework_has_its_importer_and_every_entry_point_loads() -> None:
    from importlib.metadata import entry_points

    assert set(KNOWN) <= set(registry.importers())
    for entry in entry_points(group=registry.GROUP):
        assert entry.load().name in registry.importers()
