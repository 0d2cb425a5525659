"""The concepts of the demonstration: all that it names, as extracts that a real edition completes."""

from __future__ import annotations

import csv
import re
from importlib import resources
from pathlib import Path

import pytest
from tests.factories.frameworks import SKILL, esco_files, imported

from jalon.cli.demo import concepts
from jalon.frameworks.models import Concept, Edition
from jalon.frameworks.queries.concepts import active_certification, attribution
from jalon.frameworks.queries.fates import fate_of
from jalon.frameworks.rules.kinds import ConceptStatus, Fate

pytestmark = pytest.mark.django_db

DEMO = resources.files("jalon.cli.demo")


def named_by_the_demonstration() -> set[str]:
    folder = Path(str(DEMO / "specifications"))
    texts = [path.read_text(encoding="utf-8") for path in folder.glob("*.yaml")]
    address = r"https?://(?:data\.europa\.eu/esco/skill|www\.francecompetences\.fr/recherche)/[\w/-]+"
    return {uri for text in texts for uri in re.findall(address, text)}


def test_all_that_the_demonstration_names_is_there_and_in_force() -> None:
    concepts.bring_in()

    named = named_by_the_demonstration()
    assert len(named) >= 10
    assert {fate.fate for fate in fate_of(named).values()} == {Fate.CURRENT}


def test_they_come_as_extracts_of_named_editions_with_their_attribution() -> None:
    brought = concepts.bring_in()

    assert brought == ("esco", "greencomp", "rncp")
    editions = Edition.objects.order_by("framework_id")
    assert [(e.framework_id, e.version, e.is_partial) for e in editions] == [
        ("esco", "1.2.0", True),
        ("greencomp", "2022", True),
        ("rncp", "2025-01-31", True),
    ]
    assert [e.counts["skipped"] for e in editions] == [0, 0, 0]
    assert "(version 1.2.0)" in attribution("esco")
    assert "export du 2025-01-31" in attribution("rncp")
    source = (DEMO / "concepts" / "SOURCE.md").read_text(encoding="utf-8")
    assert all(attribution(name) in source for name in brought)


def test_they_are_a_few_hundred_in_both_languages() -> None:
    concepts.bring_in()

    rows = Concept.objects.filter(framework="esco")
    assert 250 <= rows.count() <= 350
    assert all(row.labels.get("fr") and row.labels.get("en") for row in rows)


def test_both_languages_of_the_table_are_of_the_same_concepts() -> None:
    addresses = []
    for name in ("skills_fr.csv", "skills_en.csv"):
        with (DEMO / "concepts" / name).open(encoding="utf-8") as table:
            addresses.append([row["conceptUri"] for row in csv.DictReader(table)])

    assert addresses[0] == addresses[1] == sorted(set(addresses[0]))


def test_a_second_time_changes_nothing() -> None:
    concepts.bring_in()
    before = list(Concept.objects.order_by("pk").values())

    assert concepts.bring_in() == ()

    assert list(Concept.objects.order_by("pk").values()) == before


def test_what_somebody_imported_before_stays_as_it_is(tmp_path: Path) -> None:
    imported("esco", esco_files(tmp_path / "fr"), version="1.3.0")

    brought = concepts.bring_in()

    assert "esco" not in brought
    assert Concept.objects.filter(framework="esco").count() == 2


def test_the_whole_edition_completes_them_and_withdraws_none(tmp_path: Path) -> None:
    concepts.bring_in()
    shown = Concept.objects.filter(framework="esco").count()

    outcome = imported("esco", esco_files(tmp_path / "fr", skills=("haie",)), version="1.2.0")

    assert not outcome.edition.is_partial
    assert outcome.report.counts["withdrawn"] == 0
    current = Concept.objects.filter(framework="esco", status=ConceptStatus.CURRENT)
    assert current.count() == shown + 2
    assert current.filter(uri=SKILL + "haie").exists()


def test_fiches_say_their_level_their_end_and_what_they_replaced() -> None:
    concepts.bring_in()

    fiche = active_certification("RNCP39667")
    old = fate_of(["https://www.francecompetences.fr/recherche/rncp/2281/"]).popitem()[1]

    assert fiche is not None
    assert (fiche.facts["level"], str(fiche.valid_until)) == (4, "2029-12-31")
    assert (old.fate, [heir.code for heir in old.heirs]) == (Fate.REPLACED, ["RNCP39667"])
