"""Attacks on whoever reads bytes: what is no JSON, what readers read differently, what is too much."""

from __future__ import annotations

import json

from tests.sceau.hostile.good import PASSED, Attack, credential, failed, intact, refused

from sceau.canon import strict_json
from sceau.errors import (
    DuplicateKeyError,
    NothingFoundError,
    TooDeepError,
    TooLargeError,
    UnreadableError,
    UnsupportedFormatError,
)

MEGABYTE = 1_000_000


def text() -> str:
    return json.dumps(credential(), ensure_ascii=False)


def beside(members: str) -> str:
    """The good credential with members written in by hand."""
    return f"{text()[:-1]},{members}}}"


def replaced(old: str, new: str) -> str:
    made = text().replace(old, new)
    assert made != text()
    return made


UNREADABLE = refused(UnreadableError)

ATTACKS = (
    Attack("as it is", intact(text), PASSED),
    Attack("with blanks, and the mark of UTF-8, around it", intact(lambda: f"\ufeff \n{text()}\n"), PASSED),
    Attack("with every letter written as an escape", intact(lambda: json.dumps(credential())), PASSED),
    Attack("no byte at all", intact(lambda: b""), UNREADABLE),
    Attack("blanks alone", intact(lambda: b" \n\t"), UNREADABLE),
    Attack("words", intact(lambda: "un titre"), UNREADABLE),
    Attack("the first half", intact(lambda: text()[: len(text()) // 2]), UNREADABLE),
    Attack("all but the last brace", intact(lambda: text()[:-1]), UNREADABLE),
    Attack("twice, one behind the other", intact(lambda: text() * 2), UNREADABLE),
    Attack("a comma too many", intact(lambda: f"{text()[:-1]},}}"), UNREADABLE),
    Attack("a comment", intact(lambda: beside('/* seen by some */"a":1')), UNREADABLE),
    Attack("single quotes", intact(lambda: text().replace('"', "'")), UNREADABLE),
    Attack("in a list", intact(lambda: f"[{text()}]"), UNREADABLE),
    Attack("as a text of JSON within JSON", intact(lambda: json.dumps(text())), UNREADABLE),
    Attack("a number alone", intact(lambda: "5"), UNREADABLE),
    Attack("null", intact(lambda: "null"), UNREADABLE),
    Attack("an object about something else", intact(lambda: '{"a": 1}'), refused(NothingFoundError)),
    # Encodings
    Attack("in UTF-16 with its mark", intact(lambda: text().encode("utf-16")), UNREADABLE),
    Attack("in UTF-16, big end first", intact(lambda: text().encode("utf-16-be")), UNREADABLE),
    Attack("in UTF-16, little end first", intact(lambda: text().encode("utf-16-le")), UNREADABLE),
    Attack("in UTF-32", intact(lambda: text().encode("utf-32")), UNREADABLE),
    Attack("in Latin-1", intact(lambda: text().replace("’", "'").encode("latin-1")), UNREADABLE),
    Attack("in UTF-7", intact(lambda: text().encode("utf-7")), failed("proof.mismatch")),
    Attack(
        "a letter in too many bytes", intact(lambda: text().encode().replace(b"C", b"\xc1\x83")), UNREADABLE
    ),
    Attack(
        "a surrogate in UTF-8", intact(lambda: text().encode().replace(b"Cam", b"\xed\xa0\x80")), UNREADABLE
    ),
    Attack(
        "a byte that is none of UTF-8", intact(lambda: text().encode().replace(b"Cam", b"\xff")), UNREADABLE
    ),
    Attack("a NUL within a text", intact(lambda: replaced("Camille", "Cam\0ille")), UNREADABLE),
    Attack("a raw line feed within a text", intact(lambda: replaced("Camille", "Cam\nille")), UNREADABLE),
    Attack("a lone high surrogate", intact(lambda: replaced("Camille", "\\ud800")), UNREADABLE),
    Attack("a lone low surrogate", intact(lambda: replaced("Camille", "\\udfff")), UNREADABLE),
    Attack(
        "surrogates the wrong way round", intact(lambda: replaced("Camille", "\\udc00\\ud800")), UNREADABLE
    ),
    Attack("a lone surrogate in a key", intact(lambda: beside('"\\ud800": 1')), UNREADABLE),
    Attack(
        "a lone surrogate in what was text already", intact(lambda: replaced("Cam", "\ud800")), UNREADABLE
    ),
    # Keys
    Attack("a key twice", intact(lambda: beside('"name": "Autre"')), refused(DuplicateKeyError)),
    Attack(
        "a key twice, with the same value", intact(lambda: beside('"type": []')), refused(DuplicateKeyError)
    ),
    Attack(
        "a key twice, once as an escape",
        intact(lambda: beside('"n\\u0061me": "Autre"')),
        refused(DuplicateKeyError),
    ),
    Attack(
        "a key twice, far inside",
        intact(lambda: replaced('"hashed": false', '"hashed": true, "hashed": false')),
        refused(DuplicateKeyError),
    ),
    Attack(
        "a key twice in the proof",
        intact(lambda: replaced('"proofPurpose"', '"type": "DataIntegrityProof", "proofPurpose"')),
        refused(DuplicateKeyError),
    ),
    Attack(
        "two proofs by writing the key twice",
        intact(lambda: beside('"proof": []')),
        refused(DuplicateKeyError),
    ),
    Attack(
        "the same key in other letters",
        intact(lambda: beside('"Name": "x"')),
        failed("context.undefined_term"),
    ),
    # Numbers
    Attack("a number of 10,000 digits", intact(lambda: beside('"a": ' + "9" * 10_000)), UNREADABLE),
    Attack("a fraction of 10,000 digits", intact(lambda: beside('"a": 0.' + "3" * 10_000)), UNREADABLE),
    Attack("an exponent of 10,000 digits", intact(lambda: beside('"a": 1e' + "9" * 10_000)), UNREADABLE),
    Attack("a million digits", intact(lambda: beside('"a": ' + "9" * MEGABYTE)), UNREADABLE),
    Attack("1e400", intact(lambda: beside('"a": 1e400')), UNREADABLE),
    Attack("-1e400", intact(lambda: beside('"a": -1e400')), UNREADABLE),
    Attack("2^53, which some read as another number", intact(lambda: beside(f'"a": {2**53}')), UNREADABLE),
    Attack("NaN", intact(lambda: beside('"a": NaN')), UNREADABLE),
    Attack("Infinity", intact(lambda: beside('"a": Infinity')), UNREADABLE),
    Attack("-Infinity", intact(lambda: beside('"a": -Infinity')), UNREADABLE),
    Attack("a number that starts with 0", intact(lambda: replaced(": 1.5", ": 01.5")), UNREADABLE),
    Attack("a number in base 16", intact(lambda: replaced(": 1.5", ": 0x1")), UNREADABLE),
    Attack("1.5 written as 15e-1", intact(lambda: replaced(": 1.5", ": 15e-1")), PASSED),
    Attack("1.5 as a text", intact(lambda: replaced(": 1.5", ': "1.5"')), failed("proof.mismatch")),
    # Too much
    Attack(
        "lists 10,000 deep",
        intact(lambda: beside('"a": ' + "[" * 10_000 + "]" * 10_000)),
        refused(TooDeepError),
    ),
    Attack(
        "objects 10,000 deep",
        intact(lambda: beside('"a": ' + '{"a":' * 10_000 + "1" + "}" * 10_000)),
        refused(TooDeepError),
    ),
    Attack("lists 900,000 deep, never closed", intact(lambda: "[" * 900_000), refused(TooDeepError)),
    Attack("lists 65 deep", intact(lambda: beside('"a": ' + "[" * 65 + "]" * 65)), refused(TooDeepError)),
    Attack("50 MB of blanks", intact(lambda: text() + " " * 50 * MEGABYTE), refused(TooLargeError)),
    Attack(
        "50 MB in one text", intact(lambda: beside(f'"a": "{"a" * 50 * MEGABYTE}"')), refused(TooLargeError)
    ),
    Attack(
        "one letter more than allowed",
        intact(lambda: beside(" " * (strict_json.MAX_BYTES - len(text().encode())) + '"a":1')),
        refused(TooLargeError),
    ),
    Attack(
        "as many bytes as allowed, blanks among them",
        intact(lambda: text().encode().ljust(strict_json.MAX_BYTES)),
        PASSED,
    ),
    Attack(
        "600,000 empty lists", intact(lambda: beside(f'"a": [{"[]," * 600_000}[]]')), refused(TooLargeError)
    ),
    Attack(
        "2 MB in one name",
        intact(lambda: replaced("Camille Exemple", "a" * 1_900_000)),
        failed("proof.mismatch"),
    ),
    # Recognised and not read
    Attack("a PDF", intact(lambda: b"%PDF-1.7\n"), refused(UnsupportedFormatError)),
    Attack("a PNG cut short", intact(lambda: b"\x89PNG\r\n\x1a\n"), UNREADABLE),
    Attack("a ZIP archive", intact(lambda: b"PK\x03\x04"), refused(UnsupportedFormatError)),
    Attack("gzip", intact(lambda: b"\x1f\x8b\x08\0\0\0\0\0\0\3\3\0\0\0\0\0\0\0\0\0"), UNREADABLE),
    Attack(
        "an SD-JWT with a disclosure that is none",
        intact(lambda: "eyJhbGciOiJFUzI1NiJ9.e30.c2ln~WyJhIl0~"),
        failed("proof.disclosure"),
    ),
    Attack(
        "an Open Badge 2 that says nothing",
        intact(lambda: {"@context": "https://w3id.org/openbadges/v2", "type": "Assertion"}),
        failed("model.invalid"),
    ),
)
