"""French typography, applied by the server."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalon.foundation.texts import french

N = "\u00a0"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Prêt ?", f"Prêt{N}?"),
        ("Prêt?", f"Prêt{N}?"),
        ("Oui ! Non ; peut-être : voir", f"Oui{N}! Non{N}; peut-être{N}: voir"),
        ("Le niveau: trois", f"Le niveau{N}: trois"),
        ("« Tailler »", f"«{N}Tailler{N}»"),
        ("«Tailler»", f"«{N}Tailler{N}»"),
        ("l'eau d'une haie", "l’eau d’une haie"),
        ("aujourd'hui", "aujourd’hui"),
        ("35 h", f"35{N}h"),
        ("1 000 personnes", f"1{N}000 personnes"),
        ("12 345 678 €", f"12{N}345{N}678{N}€"),
        ("14,4 %", f"14,4{N}%"),
        ("14,4%", f"14,4{N}%"),
        ("niveau 3 sur 8", f"niveau{N}3 sur 8"),
        ("60 mois, 3 ans", f"60{N}mois, 3{N}ans"),
        ("M. Roux et Mme Vidal", f"M.{N}Roux et Mme{N}Vidal"),
        ("Attendez...", "Attendez…"),
        ("Vraiment ?!", f"Vraiment{N}?!"),
    ],
)
def test_french_puts_spaces_and_apostrophes(typed: str, expected: str) -> None:
    assert french(typed) == expected


@pytest.mark.parametrize(
    "text",
    [
        "https://example.org/a?b=1;c=2",
        "12:30",
        "urn:uuid:6f0c6c0e",
        "did:web:example.org",
        "un 3 mâts",
        "Le 3 mai",
        "&amp;",
        "",
    ],
)
def test_french_leaves_addresses_times_and_codes(text: str) -> None:
    assert french(text) == text


@given(st.text(alphabet="aé'’ 0123456789.:;!?«»%€hkm\u00a0\u202f", max_size=40))
def test_french_changes_nothing_the_second_time(text: str) -> None:
    once = french(text)

    assert french(once) == once


@given(st.text(max_size=60))
def test_french_changes_only_spaces_apostrophes_and_dots(text: str) -> None:
    def bare(words: str) -> str:
        for sign in " \u00a0\u202f":
            words = words.replace(sign, "")
        return words.replace("’", "'").replace("…", "...")

    assert bare(french(text)) == bare(text)
