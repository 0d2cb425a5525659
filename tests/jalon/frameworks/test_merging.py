"""What a concept becomes when one more file speaks about it."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from jalon.frameworks.rules.kinds import ConceptKind, ConceptStatus
from jalon.frameworks.rules.merging import merged, text_digest
from jalon.frameworks.rules.records import ConceptRecord
from jalon.frameworks.rules.versions import date_version, dotted_version, sort_key

FRENCH = ConceptRecord(
    uri="http://data.europa.eu/esco/skill/1",
    kind=ConceptKind.SKILL,
    labels={"fr": "plesser une haie"},
    languages=("fr",),
    alt_labels={"fr": ("coucher une haie",)},
    descriptions={"fr": "À la main."},
    facts={"reuse_level": "sector-specific"},
)
ENGLISH = replace(
    FRENCH, labels={"en": "lay hedges"}, languages=("en",), alt_labels={}, descriptions={"en": ""}
)


def test_another_language_leaves_the_first_as_it_was() -> None:
    kept = merged(merged(None, FRENCH), ENGLISH)

    assert kept.labels == {"fr": "plesser une haie", "en": "lay hedges"}
    assert kept.alt_labels == {"fr": ["coucher une haie"]}
    assert kept.descriptions == {"fr": "À la main."}


def test_an_empty_text_removes_and_no_text_says_nothing() -> None:
    kept = merged(merged(None, FRENCH), replace(FRENCH, alt_labels={"fr": ()}, descriptions={}))

    assert kept.alt_labels == {}
    assert kept.descriptions == {"fr": "À la main."}


def test_facts_are_laid_over_and_none_removes_one() -> None:
    kept = merged(merged(None, FRENCH), replace(FRENCH, facts={"reuse_level": None, "isco": "6210"}))

    assert kept.facts == {"isco": "6210"}


def test_what_comes_back_is_current() -> None:
    gone = merged(None, replace(FRENCH, status=ConceptStatus.WITHDRAWN))

    assert merged(gone, FRENCH).status == "current"


@given(st.dictionaries(st.sampled_from(["fr", "en", "de"]), st.text(min_size=1, max_size=20), min_size=1))
def test_the_same_record_twice_changes_nothing(labels: dict[str, str]) -> None:
    record = replace(FRENCH, labels=labels, languages=tuple(labels))
    once = merged(None, record)

    assert merged(once, record) == once


def test_the_digest_is_of_texts_alone() -> None:
    kept = merged(None, FRENCH)

    assert text_digest(kept) == text_digest(replace(kept, facts={}, status="withdrawn", code="1"))
    assert text_digest(kept) != text_digest(replace(kept, labels={"fr": "autre"}))
    assert len(text_digest(kept)) == 32


def test_versions_sort_as_people_sort_them() -> None:
    versions = ["1.0.9", "1.1", "1.2.0", "1.10.0", "460", "2025-01-31", "2026-08-16"]

    assert [sort_key(each) for each in versions] == sorted(sort_key(each) for each in versions)


def test_versions_are_read_from_the_names_of_files() -> None:
    assert dotted_version(["ESCO dataset - v1.2.0 - classification - fr - csv.zip"]) == "1.2.0"
    assert date_version(["export_fiches_RNCP_V4_1_2026-08-16.xml"]) == "2026-08-16"
    assert date_version(["export_fiches_CSV_Standard_2024_02_22.csv"]) == "2024-02-22"
    assert date_version(["export_fiches_RNCP_V4_1_extract.xml"]) == dotted_version(["esco.zip"]) == ""
