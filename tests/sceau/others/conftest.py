"""The libraries for Node, each started once for a file; skipped by name where they cannot be had."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.sceau.others.peers import Peer, started
from tools import node


@pytest.fixture(scope="session")
def node_libraries() -> None:
    if reason := node.why_not():
        pytest.skip(reason)


@pytest.fixture(scope="module")
def digitalbazaar(node_libraries: None) -> Iterator[Peer]:
    with started("digitalbazaar.mjs") as peer:
        yield peer


@pytest.fixture(scope="module")
def verifier_core(node_libraries: None) -> Iterator[Peer]:
    with started("verifier_core.mjs") as peer:
        yield peer


@pytest.fixture(scope="module")
def jose_for_node(node_libraries: None) -> Iterator[Peer]:
    with started("jose.mjs") as peer:
        yield peer
