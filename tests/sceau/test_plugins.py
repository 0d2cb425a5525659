from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import EntryPoint
from typing import Any

import pytest

from sceau import plugins
from sceau.did.resolver import Resolver
from sceau.errors import DataModelError
from sceau.formats import open_badges_3
from sceau.model.credential import Credential
from sceau.testing import EXAMPLE_MOMENT, example_credential
from sceau.verifying.policy import Policy
from sceau.verifying.verify import verify


class Postcard:
    """A format of somebody else's."""

    name = "postcard"

    def recognises(self, document: Mapping[str, Any]) -> bool:
        return document.get("kind") == "postcard"

    def to_document(self, credential: Credential) -> dict[str, Any]:
        return {"kind": "postcard", "credentialSubject": {"id": "urn:x"}}

    def from_document(self, document: Mapping[str, Any]) -> Credential:
        if "empty" in document:
            raise DataModelError("expected a text, met none")
        return example_credential()


POSTCARD = Postcard()


@pytest.fixture
def _installed(monkeypatch: pytest.MonkeyPatch) -> Any:
    def found(*, group: str) -> list[EntryPoint]:
        assert group == "sceau.formats"
        ours = EntryPoint("open_badges_3", "sceau.formats.open_badges_3", group)
        return [ours, EntryPoint("postcard", "tests.sceau.test_plugins:POSTCARD", group)]

    monkeypatch.setattr(plugins, "entry_points", found)
    plugins.formats.cache_clear()
    yield
    plugins.formats.cache_clear()


def test_our_own_format_is_always_there() -> None:
    assert open_badges_3.name in [known.name for known in plugins.formats()]


@pytest.mark.usefixtures("_installed")
def test_a_format_of_somebody_elses_is_found() -> None:
    assert [known.name for known in plugins.formats()] == [
        "open_badges_3",
        "european",
        "open_badges_2",
        "sd_jwt_vc",
        "postcard",
    ]


@pytest.mark.usefixtures("_installed")
def test_its_content_is_read_in_a_report() -> None:
    policy = Policy(resolver=Resolver())
    data = b'{"kind": "postcard", "credentialSubject": {"id": "urn:x"}}'

    report = verify(data, at=EXAMPLE_MOMENT, policy=policy)
    empty = verify(data[:-1] + b', "empty": true}', at=EXAMPLE_MOMENT, policy=policy)

    assert (report.format, report.credential) == ("postcard", example_credential())
    assert (empty.format, empty.credential) == ("postcard", None)
