"""Official files at an address: into a file, bounded, and gone when the import is over."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.jalon.foundation.test_fetching import Site
from tests.jalon.foundation.test_fetching import site as site  # the fixture

from jalon.foundation.fetching import GuardedFetchError
from jalon.frameworks.errors import ImportFileError
from jalon.frameworks.importers.downloads import downloaded


def test_a_download_lives_as_long_as_its_import_under_its_own_name(site: Site, tmp_path: Path) -> None:
    read: list[int] = []

    with downloaded(
        site.url("/json?v=1.2.0"), tmp_path / "imports", fetcher=site.fetcher(), advance=read.append
    ) as path:
        assert (path.name, path.read_bytes()) == ("json", b'{"ok": true}')

    assert sum(read) == 12
    assert list((tmp_path / "imports").iterdir()) == []


@pytest.mark.parametrize("path", ["/large", "/bomb", "/unstated"])
def test_a_download_that_is_too_large_leaves_nothing_on_the_disk(
    site: Site, tmp_path: Path, path: str
) -> None:
    with (
        pytest.raises(ImportFileError) as refused,
        downloaded(site.url(path), tmp_path, fetcher=site.fetcher(), max_bytes=4999),
    ):
        pass

    assert refused.value.code == "frameworks.download_too_large"
    assert list(tmp_path.iterdir()) == []


def test_an_address_that_does_not_answer_leaves_nothing_on_the_disk(site: Site, tmp_path: Path) -> None:
    with (
        pytest.raises(GuardedFetchError) as refused,
        downloaded(site.url("/missing"), tmp_path, fetcher=site.fetcher()),
    ):
        pass

    assert refused.value.code == "fetch.status"
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_download_left_goes_a_day_later(site: Site, tmp_path: Path) -> None:
    for name, age in (("download-old", 90_000), ("download-now", 0), ("rncp-1.lock", 90_000)):
        (tmp_path / name).mkdir()
        left = (tmp_path / name).stat().st_mtime - age
        os.utime(tmp_path / name, (left, left))

    with downloaded(site.url("/json"), tmp_path, fetcher=site.fetcher()):
        pass

    assert {each.name for each in tmp_path.iterdir()} == {"download-now", "rncp-1.lock"}


def test_a_folder_that_cannot_be_written_is_said(site: Site, tmp_path: Path) -> None:
    (tmp_path / "imports").write_text("a file, where a folder should be", encoding="utf-8")

    with (
        pytest.raises(ImportFileError) as refused,
        downloaded(site.url("/json"), tmp_path / "imports", fetcher=site.fetcher()),
    ):
        pass

    assert refused.value.code == "frameworks.no_room"


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/ESCO%20dataset%20-%20v1.2.0.zip", "ESCO dataset - v1.2.0.zip"),
        ("/..%2f..%2fetc%2fpasswd", "passwd"),
        ("/a/%2e%2e", "fichier"),
        ("/", "fichier"),
    ],
)
def test_the_name_of_an_address_stays_in_its_folder(
    site: Site, tmp_path: Path, address: str, name: str
) -> None:
    with downloaded(site.url(address), tmp_path, fetcher=site.fetcher()) as path:
        assert path.name == name
        assert path.parent.parent == tmp_path
