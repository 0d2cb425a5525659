"""The example in examples/format_plugin: a format that lives elsewhere is found, writes, and is read."""

from __future__ import annotations

import dataclasses
import importlib
import shutil
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from sceau import exports, plugins
from sceau.canon import strict_json
from sceau.canon.contexts import CREDENTIALS_V2
from sceau.did.resolver import Resolver
from sceau.errors import DataModelError, UnknownContextError
from sceau.formats import open_badges_3
from sceau.issuing import issue, secure
from sceau.model.micro_credential import Part
from sceau.model.texts import Text
from sceau.testing import EXAMPLE_MOMENT, example_credential, key_signer, whole_credential
from sceau.verifying.policy import Policy
from sceau.verifying.report import Outcome, Question, Report
from sceau.verifying.verify import verify

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "format_plugin"


@pytest.fixture
def clr(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """
    The example as an installer leaves it: the package, and beside it the metadata with its entry points, from
    which `importlib.metadata` itself finds it.
    """
    project = tomllib.loads((EXAMPLE / "pyproject.toml").read_text())["project"]
    shutil.copytree(
        EXAMPLE / "sceau_clr", tmp_path / "sceau_clr", ignore=shutil.ignore_patterns("__pycache__")
    )
    metadata = tmp_path / f"{project['name'].replace('-', '_')}-{project['version']}.dist-info"
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
    monkeypatch.syspath_prepend(tmp_path)
    importlib.invalidate_caches()
    plugins.formats.cache_clear()
    exports.exports.cache_clear()
    yield importlib.import_module("sceau_clr.record")
    plugins.formats.cache_clear()
    exports.exports.cache_clear()
    for name in [name for name in sys.modules if name.split(".")[0] == "sceau_clr"]:
        del sys.modules[name]


def report_of(document: bytes, **policy: Any) -> Report:
    return verify(document, at=EXAMPLE_MOMENT, policy=Policy(resolver=Resolver(), **policy))


def with_parts() -> Any:
    credential = example_credential()
    parts = (Part("urn:uuid:0c4f5f0c-6f1c-4b8c-8a57-d4b5a1c3e901", Text((("fr", "Tailler"),))),)
    micro = dataclasses.replace(credential.micro_credential, parts=parts)
    return dataclasses.replace(credential, micro_credential=micro)


def test_it_is_found_by_its_entry_point(clr: ModuleType) -> None:
    found = {known.name: known for known in plugins.formats()}

    assert found["clr_2"] is clr
    assert all(hasattr(clr, member) for member in ("name", "recognises", "to_document", "from_document"))


def test_it_is_not_there_where_it_was_not_installed() -> None:
    plugins.formats.cache_clear()

    assert "clr_2" not in [known.name for known in plugins.formats()]


def test_it_is_an_export_that_tells_its_losses_as_ours_do(clr: ModuleType) -> None:
    sealing = exports.Sealing(key_signer(), EXAMPLE_MOMENT)

    made = exports.export("clr", whole_credential(), sealing)
    badge = exports.export("openbadges", whole_credential(), sealing)
    report = report_of(made.data, contexts=clr.contexts())

    assert list(exports.exports())[-1] == "clr"
    assert made.suffix == ".clr.json"
    assert made.losses == badge.losses != ()
    assert report.format == "clr_2"
    assert report.answer(Question.INTACT) is Outcome.PASSED, report.reasons(Question.INTACT)


def test_what_it_writes_reads_back_equal(clr: ModuleType) -> None:
    assert clr.from_document(clr.to_document(with_parts())) == open_badges_3.from_document(
        open_badges_3.to_document(with_parts())
    )
    assert clr.from_document(clr.to_document(example_credential())) == example_credential()


def test_it_says_how_achievements_belong_together(clr: ModuleType) -> None:
    subject = clr.to_document(with_parts())["credentialSubject"]

    assert subject["association"] == [
        {
            "type": ["Association"],
            "associationType": "isPartOf",
            "sourceId": "urn:uuid:0c4f5f0c-6f1c-4b8c-8a57-d4b5a1c3e901",
            "targetId": example_credential().micro_credential.id,
        }
    ]


def test_a_record_is_signed_and_verified_with_its_context(clr: ModuleType) -> None:
    signed = secure(
        clr.to_document(example_credential()),
        signer=key_signer(),
        created=EXAMPLE_MOMENT,
        contexts=clr.contexts(),
    )
    written = strict_json.write(signed)

    report = report_of(written, contexts=clr.contexts())
    changed = report_of(written.replace(b"haie", b"hale"), contexts=clr.contexts())
    without = report_of(written)

    assert (report.format, report.credential) == ("clr_2", example_credential())
    assert report.answer(Question.INTACT) is Outcome.PASSED, report.reasons(Question.INTACT)
    assert changed.answer(Question.INTACT) is Outcome.FAILED
    # Its context is unknown to whoever did not ask for it: that is said, and nothing passes.
    assert without.answer(Question.INTACT) is not Outcome.PASSED
    assert UnknownContextError.code in {check.code for check in without.reasons(Question.INTACT)}


def test_signed_badges_go_in_with_their_proofs(clr: ModuleType) -> None:
    badge = strict_json.read_object(issue(example_credential(), signer=key_signer(), created=EXAMPLE_MOMENT))

    record = clr.wrap([badge], record_id="urn:uuid:6a4f5f0c-6f1c-4b8c-8a57-d4b5a1c3e9ff")
    (inside,) = clr.badges_in(record)

    assert inside == badge
    assert report_of(strict_json.write(dict(inside))).answer(Question.INTACT) is Outcome.PASSED


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ({}, "expected a ClrCredential"),
        ({"type": "ClrCredential"}, "met none"),
        ({"type": ["ClrCredential"], "credentialSubject": []}, "met none"),
        ({"type": ["ClrCredential"], "credentialSubject": {"verifiableCredential": [3, {}]}}, "met none"),
    ],
    ids=["other", "bare", "list", "strangers"],
)
def test_what_is_no_record_is_refused(clr: ModuleType, document: dict[str, Any], message: str) -> None:
    with pytest.raises(DataModelError, match=message):
        clr.from_document(document)


def test_a_badge_of_another_issuer_is_not_covered_by_the_records_proof(clr: ModuleType) -> None:
    record = clr.to_document(example_credential())
    other = {**record, "issuer": {**record["issuer"], "id": "did:web:elsewhere.example"}}

    with pytest.raises(DataModelError, match="record's issuer"):
        clr.from_document(other)
    with pytest.raises(DataModelError, match="one issuer"):
        clr.wrap([*clr.badges_in(record), {"issuer": "did:web:elsewhere.example"}], record_id="urn:x:1")
    with pytest.raises(DataModelError, match="at least one"):
        clr.wrap([], record_id="urn:x:1")


def test_a_context_is_brought_and_never_fetched(clr: ModuleType) -> None:
    assert clr.CLR_2 in clr.contexts()
    assert CREDENTIALS_V2 in clr.contexts()
    assert "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.0.json" not in clr.contexts()
