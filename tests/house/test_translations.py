"""The catalogues say everything that the source says, in every language of the site."""

from __future__ import annotations

import gettext
import io
from pathlib import Path

import pytest
from tools import messages


@pytest.mark.parametrize("language", sorted(messages.LANGUAGES))
def test_catalogue_is_complete_and_up_to_date(language: str) -> None:
    assert messages.problems(language) == []


def test_french_counts_zero_as_singular() -> None:
    key = messages.Key("{n} attestation", "{n} attestations")
    entry = messages.Entry(key, forms=["{n} attestation", "{n} attestations"])

    read = gettext.GNUTranslations(io.BytesIO(messages.mo_bytes({key: entry}, "fr")))

    assert [read.ngettext(key.singular, key.plural, n) for n in (0, 1, 2)] == [
        "{n} attestation",
        "{n} attestation",
        "{n} attestations",
    ]


def test_compiled_catalogue_gives_back_what_was_written() -> None:
    said = {
        messages.Key("Garder"): messages.Entry(messages.Key("Garder"), forms=["Keep"]),
        messages.Key("Été", context="saison"): messages.Entry(
            messages.Key("Été", context="saison"), forms=["Summer"]
        ),
        messages.Key("Vide"): messages.Entry(messages.Key("Vide"), forms=[""]),
    }

    read = gettext.GNUTranslations(io.BytesIO(messages.mo_bytes(said, "en")))

    assert read.gettext("Garder") == "Keep"
    assert read.pgettext("saison", "Été") == "Summer"
    assert read.gettext("Vide") == "Vide"


def test_po_file_survives_a_round_trip(tmp_path: Path) -> None:
    key = messages.Key('Dire « non » "clairement"\navec un retour', "Dire", "voix")
    path = tmp_path / "django.po"

    messages.write_po(path, [messages.Entry(key, ["src/jalon/x.py"], ["a", "b"])], "en")

    assert messages.read_po(path)[key].forms == ["a", "b"]


def test_lost_placeholder_is_seen() -> None:
    assert messages.placeholders("{n} <b>sur</b> %(all)s") != messages.placeholders("{n} <b>of</b>")
