from __future__ import annotations

import hashlib
import json
import subprocess
import sys

import pytest

from sceau.canon import contexts
from sceau.canon.contexts import (
    CREDENTIALS_V1,
    CREDENTIALS_V2,
    DATA_INTEGRITY_V2,
    EXAMPLES_V2,
    MULTIKEY_V1,
    OPEN_BADGES_3,
    OPEN_BADGES_3_0_1,
    OPEN_BADGES_3_0_2,
    OPEN_BADGES_EXTENSIONS,
    UNDEFINED_TERMS_V2,
    as_published,
    for_conformance,
    pinned,
)
from sceau.errors import ContextError, UnknownContextError

PINNED = [
    CREDENTIALS_V2,
    CREDENTIALS_V1,
    DATA_INTEGRITY_V2,
    MULTIKEY_V1,
    OPEN_BADGES_3,
    OPEN_BADGES_3_0_2,
    OPEN_BADGES_3_0_1,
    OPEN_BADGES_EXTENSIONS,
]


@pytest.mark.parametrize("url", PINNED)
def test_the_pinned_contexts(url: str) -> None:
    document = json.dumps(pinned().document(url))

    # None of them gives a meaning to any word at all, nor brings in a context from elsewhere.
    for keyword in ("@vocab", "@base", "@import", "@propagate"):
        assert f'"{keyword}":' not in document


def test_what_gives_a_meaning_to_any_word_is_for_the_suites_alone() -> None:
    for url in (EXAMPLES_V2, UNDEFINED_TERMS_V2):
        assert url not in pinned()
        assert url in for_conformance()
    assert all(url in for_conformance() for url in PINNED)
    assert not pinned().inline


def test_bytes_as_published_are_known_of_some() -> None:
    v2 = as_published(CREDENTIALS_V2)

    assert v2 is not None
    assert hashlib.sha256(v2).hexdigest().startswith("59955ced")
    assert as_published(CREDENTIALS_V1) is None
    assert as_published("https://example.org/") is None


def test_a_document_is_a_fresh_copy() -> None:
    pinned().document(CREDENTIALS_V2)["@context"] = {}

    assert pinned().document(CREDENTIALS_V2)["@context"]


def test_another_file_than_the_pinned_one_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = hashlib.sha256(b"another").hexdigest()
    monkeypatch.setattr(
        contexts, "_FILES", {url: file._replace(sha256=wrong) for url, file in contexts._FILES.items()}
    )

    with pytest.raises(ContextError, match="sha256"):
        pinned.__wrapped__()


def test_the_library_that_brings_the_contexts_is_not_imported() -> None:
    code = (
        "import sys; from sceau.canon.contexts import pinned; pinned(); print('openbadgeslib' in sys.modules)"
    )

    met = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert met.stdout.strip() == "False"


@pytest.mark.parametrize("context", [CREDENTIALS_V2, [CREDENTIALS_V2], [CREDENTIALS_V2, OPEN_BADGES_3]])
def test_good_contexts(context: object) -> None:
    assert pinned().check(context)[0] == CREDENTIALS_V2


@pytest.mark.parametrize(
    "context",
    [
        None,
        [],
        {},
        {"name": "https://schema.org/name"},
        [OPEN_BADGES_3, CREDENTIALS_V2],
        [DATA_INTEGRITY_V2],
        [CREDENTIALS_V2, {"name": "https://example.org/evil"}],
        [CREDENTIALS_V2, None],
        [CREDENTIALS_V2, [OPEN_BADGES_3]],
        [CREDENTIALS_V2] * 9,
        [{CREDENTIALS_V2: 1}],
    ],
)
def test_contexts_of_another_shape_are_refused(context: object) -> None:
    with pytest.raises(ContextError):
        pinned().check(context)


@pytest.mark.parametrize(
    "url",
    [
        "https://purl.imsglobal.org/spec/ob/v3p0/context.json",
        OPEN_BADGES_3 + "/",
        OPEN_BADGES_3.upper(),
        "https://example.org/" + "a" * 10_000,
    ],
)
def test_an_unknown_context_is_refused_by_name(url: str) -> None:
    with pytest.raises(UnknownContextError) as met:
        pinned().check([CREDENTIALS_V2, url])

    assert len(str(met.value)) < 400


def test_documents_of_the_version_before_start_with_its_context() -> None:
    assert pinned().check([CREDENTIALS_V1, DATA_INTEGRITY_V2]) == (CREDENTIALS_V1, DATA_INTEGRITY_V2)


@pytest.mark.parametrize(
    "context",
    [
        {"Diploma": "https://example.org/Diploma"},
        {"@context": {"Diploma": "https://example.org/Diploma"}},
        {"@vocab": "https://example.org/", "@protected": True, "@version": 1.1},
        {"mark": {"@id": "https://example.org/mark", "@type": "@id", "@container": ["@set"]}},
        {"mark": None},
        {"mark": {"@id": "https://example.org/mark", "@context": {"sign": "https://example.org/sign"}}},
    ],
)
def test_a_context_inside_the_document_where_it_is_allowed(context: object) -> None:
    assert for_conformance().check([CREDENTIALS_V2, context]) == (CREDENTIALS_V2,)
    with pytest.raises(ContextError, match="inside the document"):
        pinned().check([CREDENTIALS_V2, context])


def nested(depth: int) -> dict[str, object]:
    inner = nested(depth - 1) if depth else {}
    return {"x": {"@id": "https://example.org/x", "@context": inner}}


@pytest.mark.parametrize(
    "context",
    [
        {"@base": "https://example.org/"},
        {"@import": "https://example.org/context"},
        {"@propagate": False},
        {"@language": "fr"},
        {"@vocab": None},
        {"@version": 1},
        {"@protected": "yes"},
        {"kind": "@type"},
        {"kind": {"@id": "@type"}},
        {"kind": {"@reverse": "https://example.org/x"}},
        {"kind": {"@id": "https://example.org/x", "@context": "https://example.org/context"}},
        {"kind": {"@id": "https://example.org/x", "@context": None}},
        {"kind": {"@id": ["https://example.org/x"]}},
        {"kind": {"@id": "https://example.org/x", "@container": {}}},
        {"kind": 5},
        {"kind": ["https://example.org/x"]},
        {"@context": [{"x": "https://example.org/x"}]},
        {"x" * 21_000: "https://example.org/x"},
        nested(4),
        "https ://not-a-url/contexts/example/v1",
        123,
        None,
        [{"x": "https://example.org/x"}],
    ],
)
def test_a_context_inside_the_document_that_moves_too_much(context: object) -> None:
    with pytest.raises(ContextError):
        for_conformance().check([CREDENTIALS_V2, context])


def test_a_context_inside_the_document_never_comes_first() -> None:
    with pytest.raises(ContextError, match="first context"):
        for_conformance().check([{"x": "https://example.org/x"}, CREDENTIALS_V2])
