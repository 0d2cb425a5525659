"""Files of an import: every wrapping opened alike, and what is cut, hostile or too heavy refused in words."""

from __future__ import annotations

import gzip
import lzma
import zipfile
from pathlib import Path

import pytest

from jalon.frameworks.errors import ImportFileError
from jalon.frameworks.importers.files import Limits, opened

TEXT = b"conceptUri,preferredLabel\nhttp://data.europa.eu/esco/skill/1,haie\n"
SMALL = Limits(max_bytes=200_000, ratio_from=20_000, max_members=5)


def a_zip(path: Path, **members: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "."), data)
    return path


def read_all(*paths: Path, limits: Limits = SMALL) -> dict[str, bytes]:
    with opened(paths, limits) as files:
        return {member.name: member.open().read() for member in files.members}


def test_a_zip_a_folder_an_xz_and_a_plain_file_read_alike(tmp_path: Path) -> None:
    (tmp_path / "folder" / "deeper").mkdir(parents=True)
    (tmp_path / "folder" / "deeper" / "a.csv").write_bytes(TEXT)
    (tmp_path / "b.csv.xz").write_bytes(lzma.compress(TEXT))
    (tmp_path / "c.csv.gz").write_bytes(gzip.compress(TEXT))
    (tmp_path / "d.csv").write_bytes(TEXT)
    zipped = a_zip(tmp_path / "e.zip", e__csv=TEXT)

    found = read_all(tmp_path / "folder", *(tmp_path / n for n in ("b.csv.xz", "c.csv.gz", "d.csv")), zipped)

    assert found == dict.fromkeys(("a.csv", "b.csv", "c.csv", "d.csv", "e.csv"), TEXT)


def test_a_folder_of_zips_is_opened(tmp_path: Path) -> None:
    a_zip(tmp_path / "en.zip", skills_en__csv=TEXT)
    a_zip(tmp_path / "fr.zip", skills_fr__csv=TEXT)

    assert sorted(read_all(tmp_path)) == ["skills_en.csv", "skills_fr.csv"]


def test_the_fingerprint_is_of_contents_and_not_of_their_order(tmp_path: Path) -> None:
    first, second = tmp_path / "1.csv", tmp_path / "2.csv"
    first.write_bytes(TEXT)
    second.write_bytes(TEXT + b"more,more\n")

    with opened([first, second]) as there, opened([second, first]) as back, opened([first]) as one:
        assert there.fingerprint == back.fingerprint
        assert there.fingerprint != one.fingerprint


def cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


@pytest.mark.parametrize("name", ["cut.zip", "cut.csv.xz", "cut.csv.gz", "spoilt.csv.xz"])
def test_what_is_cut_or_spoilt_is_damaged(tmp_path: Path, name: str) -> None:
    packed = {
        "cut.zip": cut(a_zip(tmp_path / "whole.zip", a__csv=TEXT * 50).read_bytes()),
        "cut.csv.xz": cut(lzma.compress(TEXT * 50)),
        "cut.csv.gz": cut(gzip.compress(TEXT * 50)),
        "spoilt.csv.xz": lzma.compress(TEXT * 50)[:-40] + bytes(40),
    }
    (tmp_path / name).write_bytes(packed[name])

    with pytest.raises(ImportFileError) as refused:
        read_all(tmp_path / name)

    assert refused.value.code == "frameworks.damaged"


def test_a_zip_with_a_spoilt_member_is_damaged_when_it_is_read(tmp_path: Path) -> None:
    path = a_zip(tmp_path / "a.zip", a__csv=TEXT * 50)
    data = bytearray(path.read_bytes())
    data[60] ^= 0xFF
    path.write_bytes(bytes(data))

    with pytest.raises(ImportFileError) as refused:
        read_all(path)

    assert refused.value.code == "frameworks.damaged"


@pytest.mark.parametrize("pack", [lzma.compress, gzip.compress], ids=["xz", "gzip"])
def test_a_file_that_unpacks_to_far_more_than_it_weighs_is_given_up(tmp_path: Path, pack) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "bomb.csv.packed"
    path.write_bytes(pack(b"a" * 100_000))

    with pytest.raises(ImportFileError) as refused:
        read_all(path)

    assert refused.value.code == "frameworks.bomb"


def test_a_zip_bomb_that_lies_about_its_size_is_given_up(tmp_path: Path) -> None:
    path = a_zip(tmp_path / "bomb.zip", a__csv=b"a" * 150_000)

    with pytest.raises(ImportFileError) as refused:
        read_all(path)

    assert refused.value.code == "frameworks.bomb"


def test_a_zip_that_says_it_is_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = a_zip(tmp_path / "large.zip", a__csv=b"a" * 150_000, b__csv=b"b" * 150_000)

    with pytest.raises(ImportFileError) as refused, opened([path], SMALL):
        pass

    assert refused.value.code == "frameworks.bomb"


def test_too_many_files_are_refused(tmp_path: Path) -> None:
    path = a_zip(tmp_path / "many.zip", **{f"m{i}__csv": TEXT for i in range(6)})

    with pytest.raises(ImportFileError) as refused, opened([path], SMALL):
        pass

    assert refused.value.code == "frameworks.too_many"


@pytest.mark.parametrize(
    ("name", "code"), [("nowhere.zip", "missing"), ("empty.csv", "empty"), ("dir", "empty")]
)
def test_nothing_to_read_is_said(tmp_path: Path, name: str, code: str) -> None:
    (tmp_path / "empty.csv").touch()
    (tmp_path / "dir").mkdir()

    with pytest.raises(ImportFileError) as refused, opened([tmp_path / name]):
        pass

    assert refused.value.code == f"frameworks.{code}"
