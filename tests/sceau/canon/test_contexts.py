from __future__ import annotations

import hashlib
import subprocess
import sys

import pytest

from sceau.canon import contexts
from sceau.canon.contexts import CREDENTIALS_V2, OPEN_BADGES_3, pinned
from sceau.errors import ContextError, UnknownContextError


def test_the_pinned_contexts_are_those_two() -> None:
    assert CREDENTIALS_V2 in pinned()
    assert OPEN_BADGES_3 in pinned()
    assert "https://www.w3.org/2018/credentials/v1" not in pinned()


def test_a_document_is_a_fresh_copy() -> None:
    pinned().document(CREDENTIALS_V2)["@context"] = {}

    assert pinned().document(CREDENTIALS_V2)["@context"]


def test_another_file_than_the_pinned_one_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = hashlib.sha256(b"another").hexdigest()
    monkeypatch.setattr(contexts, "_FILES", {CREDENTIALS_V2: ("credentials-v2.json", wrong)})

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
        ["https://www.w3.org/2018/credentials/v1"],
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
