"""What a hostile stranger could hand over: bounded time and memory, a named reason, never a crash."""

from __future__ import annotations

import copy
import itertools
import json
import time
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sceau.canon import strict_json
from sceau.canon.contexts import CREDENTIALS_V2
from sceau.did import did_key
from sceau.did.resolver import Resolver
from sceau.errors import DuplicateKeyError, TooDeepError, TooLargeError, UnreadableError
from sceau.issuing import issue
from sceau.model.credential import StatusEntry
from sceau.testing import EXAMPLE_MOMENT, MemoryStatuses, example_credential, key_signer
from sceau.verifying.policy import Policy
from sceau.verifying.report import Outcome, Question, Report
from sceau.verifying.verify import verify

DATA = issue(
    example_credential(status=(StatusEntry("https://example.org/status/1", 7),)),
    signer=key_signer(),
    created=EXAMPLE_MOMENT,
)
DOCUMENT: dict[str, Any] = json.loads(DATA)


def report_of(data: bytes | str) -> Report:
    return verify(data, at=EXAMPLE_MOMENT, policy=Policy(resolver=Resolver(), statuses=MemoryStatuses()))


# Seconds of the processor, several times what a whole run takes: watching memory slows it down.
@contextmanager
def bounded(*, seconds: float, megabytes: int) -> Iterator[None]:
    tracemalloc.start()
    started = time.process_time()
    try:
        yield
        assert time.process_time() - started < seconds
        assert tracemalloc.get_traced_memory()[1] < megabytes * 1_000_000
    finally:
        tracemalloc.stop()


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, (dict, list)):
        for key, child in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(child, (*path, key))
    else:
        yield path


def put(path: tuple[Any, ...], value: Any) -> dict[str, Any]:
    document = copy.deepcopy(DOCUMENT)
    item: Any = document
    for step in path[:-1]:
        item = item[step]
    item[path[-1]] = value
    return document


def tampered(value: Any) -> Any:
    if isinstance(value, bool):
        return not value
    if isinstance(value, (int, float)):
        return value + 1
    # A changed sign in the middle: an URL stays an URL, a moment stays a moment.
    middle = len(value) // 2
    for step in range(len(value)):
        place = (middle + step) % len(value)
        if value[place].isalnum():
            other = "1" if value[place] != "1" else "2"
            return value[:place] + other + value[place + 1 :]
    return value + "x"


def test_it_is_intact_before() -> None:
    assert report_of(DATA).answer(Question.INTACT) is Outcome.PASSED


@pytest.mark.parametrize("path", list(leaves(DOCUMENT)), ids=lambda path: ".".join(map(str, path)))
def test_a_changed_sign_anywhere_is_noticed(path: tuple[Any, ...]) -> None:
    value: Any = DOCUMENT
    for step in path:
        value = value[step]

    assert (
        report_of(strict_json.write(put(path, tampered(value)))).answer(Question.INTACT) is not Outcome.PASSED
    )


@pytest.mark.parametrize("path", list(leaves(DOCUMENT)), ids=lambda path: ".".join(map(str, path)))
def test_a_removed_part_is_noticed(path: tuple[Any, ...]) -> None:
    document = copy.deepcopy(DOCUMENT)
    item: Any = document
    for step in path[:-1]:
        item = item[step]
    del item[path[-1]]

    assert report_of(strict_json.write(document)).answer(Question.INTACT) is not Outcome.PASSED


@pytest.mark.parametrize("length", [0, 1, 10, 100, 1_000, len(DATA) - 2, len(DATA) - 1])
def test_truncated(length: int) -> None:
    with pytest.raises(UnreadableError):
        report_of(DATA[:length])


def test_a_byte_flipped_anywhere_never_passes_for_the_whole() -> None:
    unnoticed = []
    for place in range(0, len(DATA), 97):
        data = DATA[:place] + bytes([DATA[place] ^ 1]) + DATA[place + 1 :]
        try:
            report = report_of(data)
        except UnreadableError:
            continue
        if report.answer(Question.INTACT) is Outcome.PASSED:
            unnoticed.append(place)
    assert unnoticed == []


@pytest.mark.parametrize("depth", [100, 10_000, 900_000])
def test_nested_deep(depth: int) -> None:
    deep = DATA[:-1] + b',"other":' + b"[" * depth + b"]" * depth + b"}"

    with bounded(seconds=3, megabytes=100), pytest.raises(TooDeepError):
        report_of(deep)


def test_duplicate_keys() -> None:
    with pytest.raises(DuplicateKeyError):
        report_of(DATA[:-1] + b',"name":"Un autre titre"}')


@pytest.mark.parametrize("data", [DATA[:-1] + b" " * 50_000_000 + b"}", DATA.decode() + " " * 50_000_000])
def test_fifty_megabytes(data: bytes | str) -> None:
    with bounded(seconds=2, megabytes=20), pytest.raises(TooLargeError):
        report_of(data)


def test_lone_surrogates() -> None:
    with pytest.raises(UnreadableError, match=r"U\+D800"):
        report_of(DATA.replace(b"Camille Exemple", b"Camille\\ud800"))


def poison(nodes: int) -> bytes:
    """Blank nodes that all point to each other cannot be written in JSON; lists that look alike can."""
    document = copy.deepcopy(DOCUMENT)
    alike: dict[str, Any] = {"type": ["Alignment"], "targetName": "x", "targetUrl": "https://example.org/x"}
    document["credentialSubject"]["achievement"]["alignment"] = [alike] * nodes
    return strict_json.write(document)


@pytest.mark.parametrize("nodes", [2, 50, 900, 3_000])
def test_many_blank_nodes_that_look_alike(nodes: int) -> None:
    with bounded(seconds=10, megabytes=200):
        report = report_of(poison(nodes))

    assert report.answer(Question.INTACT) is not Outcome.PASSED


def test_trees_of_blank_nodes_that_look_alike() -> None:
    branch: dict[str, Any] = {"type": ["RubricCriterionLevel"], "name": "x"}
    for _ in range(5):
        branch = {"type": ["ResultDescription"], "name": "x", "rubricCriterionLevel": [branch] * 4}
    document = copy.deepcopy(DOCUMENT)
    document["credentialSubject"]["achievement"]["resultDescription"] = [branch]

    with bounded(seconds=20, megabytes=200):
        report = report_of(strict_json.write(document))

    assert report.reasons(Question.INTACT)[0].code == "canon.refused"
    assert report.answer(Question.INTACT) is Outcome.INDETERMINATE


def test_two_megabytes_of_values() -> None:
    document = copy.deepcopy(DOCUMENT)
    document["name"] = ["x"] * 450_000
    data = strict_json.write(document)
    assert len(data) < 2_000_000

    with bounded(seconds=10, megabytes=200):
        report = report_of(data)

    assert "canon.refused" in [check.code for check in report.reasons(Question.INTACT)]


def test_as_many_values_as_are_allowed() -> None:
    document = copy.deepcopy(DOCUMENT)
    document["credentialSubject"]["achievement"]["tag"] = [f"mot {number}" for number in range(19_000)]

    with bounded(seconds=20, megabytes=200):
        report = report_of(strict_json.write(document))

    assert report.reasons(Question.INTACT)[0].code == "proof.mismatch"


def test_very_long_texts() -> None:
    with bounded(seconds=10, megabytes=200):
        report = report_of(DATA.replace(b"Camille Exemple", b"a" * 1_900_000))

    assert report.reasons(Question.INTACT)[0].code == "proof.mismatch"


def test_many_proofs_with_many_keys() -> None:
    (proof,) = DOCUMENT["proof"]
    data = strict_json.write(DOCUMENT | {"proof": [proof] * 4_000})

    with bounded(seconds=3, megabytes=100):
        assert report_of(data).answer(Question.INTACT) is Outcome.FAILED


def test_an_issuer_forged_under_its_own_key() -> None:
    """A stranger signs with a good key of their own under the issuer's name."""
    signer = key_signer(9)
    stranger = did_key.did(signer.public_key_multibase)
    forged = json.loads(issue(example_credential(issuer_id=stranger), signer=signer, created=EXAMPLE_MOMENT))
    forged["issuer"]["id"] = DOCUMENT["issuer"]["id"]

    report = report_of(strict_json.write(forged))

    assert report.reasons(Question.INTACT)[0].code == "proof.wrong_key"
    assert report.answer(Question.INTACT) is Outcome.FAILED


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.floats(-1e9, 1e9)
    | st.sampled_from(
        ["", "x", "@id", "@type", "@foo", "_:b", ":", "urn:x", "a:b", "https://x.example/%zz", "id", "é"]
    )
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=5),
    lambda children: (
        st.lists(children, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "id",
                    "type",
                    "name",
                    "@id",
                    "@type",
                    "@value",
                    "@language",
                    "@list",
                    "@set",
                    "@context",
                    "proof",
                    "x",
                ]
            ),
            children,
            max_size=3,
        )
    ),
    max_leaves=6,
)
inner_paths = sorted(
    {path[:length] for path in leaves(DOCUMENT) for length in range(1, len(path) + 1)},
    key=lambda path: (len(path), str(path)),
)


@given(st.sampled_from(inner_paths), json_values)
@settings(max_examples=200, deadline=None)
def test_any_value_anywhere_gives_a_report_or_a_named_refusal(path: tuple[Any, ...], value: Any) -> None:
    original: Any = DOCUMENT
    for step in path:
        original = original[step]
    try:
        report = report_of(strict_json.write(put(path, value)))
    except UnreadableError:
        return
    if value != original and value != [] and [original] != value and original != [value]:
        assert report.answer(Question.INTACT) is not Outcome.PASSED
    json.dumps([check.facts for check in report.checks])


@given(json_values)
@settings(max_examples=100, deadline=None)
def test_any_document_gives_a_report_or_a_named_refusal(value: Any) -> None:
    for document in (value, {"@context": [CREDENTIALS_V2], "credentialSubject": value, "proof": value}):
        with suppress(UnreadableError):
            report_of(strict_json.write(document))


def test_messages_stay_short_whatever_they_quote() -> None:
    long = "https://example.org/" + "a" * 100_000
    for path in itertools.islice(inner_paths, 40):
        try:
            report = report_of(strict_json.write(put(path, long)))
        except UnreadableError as error:
            messages = [str(error)]
        else:
            messages = [check.detail for check in report.checks]
        assert all(len(message) < 2_000 for message in messages), path
