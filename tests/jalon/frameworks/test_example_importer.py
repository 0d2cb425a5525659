"""The example in examples/framework_plugin: an importer that lives elsewhere is found, its list kept."""

from __future__ import annotations

import importlib
import shutil
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.factories.frameworks import esco_files, imported

from jalon.frameworks.errors import VersionNeededError, WrongFrameworkError
from jalon.frameworks.importers import registry
from jalon.frameworks.importers.protocol import FrameworkImporter
from jalon.frameworks.models import Concept, Edition
from jalon.frameworks.queries.concepts import attribution
from jalon.frameworks.rules.kinds import ConceptStatus

pytestmark = pytest.mark.django_db

EXAMPLE = Path(__file__).resolve().parents[3] / "examples" / "framework_plugin"
PACKAGE = "jalon_skills_list"
HEADING = "code,savoir_faire,remarque\n"
WALL = "PS-01,Remonter un muret de pierre sèche,De moins d'un mètre\n"
STONE = "PS-02,Trier et tailler la pierre,\n"


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """
    The example as an installer leaves it: the package, and beside it the metadata with its entry points, from
    which `importlib.metadata` itself finds it.
    """
    project = tomllib.loads((EXAMPLE / "pyproject.toml").read_text())["project"]
    site = tmp_path / "site"
    shutil.copytree(EXAMPLE / PACKAGE, site / PACKAGE, ignore=shutil.ignore_patterns("__pycache__"))
    metadata = site / f"{project['name'].replace('-', '_')}-{project['version']}.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n"
    )
    lines = [
        line
        for group, entries in project["entry-points"].items()
        for line in (f"[{group}]", *(f"{name} = {target}" for name, target in entries.items()))
    ]
    (metadata / "entry_points.txt").write_text("\n".join(lines) + "\n")
    monkeypatch.syspath_prepend(site)
    importlib.invalidate_caches()
    registry.importers.cache_clear()
    yield
    registry.importers.cache_clear()
    for name in [name for name in sys.modules if name.split(".")[0] == PACKAGE]:
        del sys.modules[name]


def a_list(path: Path, *rows: str) -> Path:
    path.write_text(HEADING + "".join(rows), encoding="utf-8")
    return path


def test_it_is_found_by_its_entry_point(installed: None) -> None:
    found = registry.importer("savoir-faire")

    assert isinstance(found, FrameworkImporter)
    assert list(registry.importers())[-1] == found.name == "savoir_faire"


def test_it_is_not_there_where_it_was_not_installed() -> None:
    registry.importers.cache_clear()

    assert "savoir_faire" not in registry.importers()


def test_its_list_is_kept_as_an_edition_with_its_attribution(installed: None, tmp_path: Path) -> None:
    path = a_list(tmp_path / "liste.csv", WALL, STONE, "PS-03,,\n")

    outcome = imported("savoir_faire", path, version="2026")

    rows = Concept.objects.order_by("code")
    assert [(row.uri, row.label(), row.description()) for row in rows] == [
        (
            "https://reseau.example/savoir-faire/PS-01",
            "Remonter un muret de pierre sèche",
            "De moins d'un mètre",
        ),
        ("https://reseau.example/savoir-faire/PS-02", "Trier et tailler la pierre", ""),
    ]
    assert (outcome.report.counts["new"], outcome.report.counts["skipped"]) == (2, 1)
    assert Edition.objects.get().languages == ["fr"]
    assert attribution("savoir_faire") == "Savoir-faire du réseau, édition 2026, CC BY 4.0."


def test_what_a_later_list_lacks_is_withdrawn(installed: None, tmp_path: Path) -> None:
    imported("savoir_faire", a_list(tmp_path / "1.csv", WALL, STONE), version="2026")

    imported("savoir_faire", a_list(tmp_path / "2.csv", WALL), version="2027")

    assert Concept.objects.get(code="PS-02").status == ConceptStatus.WITHDRAWN


def test_a_list_without_a_version_and_files_of_another_framework_are_refused(
    installed: None, tmp_path: Path
) -> None:
    with pytest.raises(VersionNeededError):
        imported("savoir_faire", a_list(tmp_path / "liste.csv", WALL))
    with pytest.raises(WrongFrameworkError):
        imported("savoir_faire", esco_files(tmp_path / "fr"), version="2026")
    with pytest.raises(WrongFrameworkError):
        imported("esco", a_list(tmp_path / "liste.csv", WALL), version="2026")
