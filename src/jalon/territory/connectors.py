"""
What later contexts lend to territory: the micro-certifications that answer needs.

`design` stands further down the road, so `config` registers its implementation.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True)
class MicroCredentialFacts:
    """
    A micro-certification as a need shows it.

    Attributes:
        title: In the language of the page.
        path: Of its public page, ``"/micro-certifications/plesser-une-haie/"``; empty until it is published.
        organisation_name: Who writes or offers it.
        is_offered: Published, and not withdrawn since.
    """

    id: UUID
    title: str
    path: str
    organisation_name: str
    is_published: bool
    is_offered: bool


class MicroCredentials(Protocol):
    """Answers about micro-certifications by their identifiers; those that are unknown are left out."""

    def facts(self, ids: Iterable[UUID]) -> Mapping[UUID, MicroCredentialFacts]: ...


class NoMicroCredentials:
    """The answer where nothing is designed."""

    def facts(self, ids: Iterable[UUID]) -> Mapping[UUID, MicroCredentialFacts]:
        return {}


_micro_credentials: MicroCredentials = NoMicroCredentials()


def register_micro_credentials(known: MicroCredentials) -> None:
    """Say who knows the micro-certifications. Called once, by `config`."""
    global _micro_credentials
    _micro_credentials = known


def micro_credentials() -> MicroCredentials:
    """Who knows the micro-certifications."""
    return _micro_credentials
