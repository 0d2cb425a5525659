"""Which drafts and which latest published versions rely on a concept of a framework."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping

from jalon.design.models import MicroCredential, Specification
from jalon.design.rules.content import SpecificationContent
from jalon.design.rules.recognition import register_address
from jalon.frameworks.rules.fates import same_address
from jalon.frameworks.rules.uses import Use

Address = Callable[[Specification], str]


class SpecificationAlignments:
    """
    Implements `frameworks.connectors.AlignmentUses`.

    Args:
        page: Public address of a published version.
        desk: Where a draft is written.
    """

    def __init__(self, *, page: Address, desk: Address) -> None:
        self._page, self._desk = page, desk

    def uses_of(self, uris: Collection[str]) -> Mapping[str, tuple[Use, ...]]:
        """
        Address → uses, under the addresses that were asked, however each side writes them.

        Contents are read one after the other: for commands and tasks, not for pages.
        """
        asked: dict[str, list[str]] = defaultdict(list)
        for uri in dict.fromkeys(uris):
            asked[same_address(uri)].append(uri)
        found: dict[str, list[Use]] = defaultdict(list)
        for specification, content in _living() if asked else ():
            if met := asked.keys() & {same_address(uri) for uri in concepts_in(content)}:
                use = self._use(specification, content)
                for address in met:
                    for uri in asked[address]:
                        found[uri].append(use)
        return {uri: tuple(uses) for uri, uses in found.items()}

    def used(self) -> Collection[str]:
        """All concepts that some specification relies on."""
        return {uri for _specification, content in _living() for uri in concepts_in(content)}

    def _use(self, specification: Specification, content: SpecificationContent) -> Use:
        published = specification.is_published
        return Use(
            title=f"{content.title.get('fr')} (v{specification.number})",
            path=(self._page if published else self._desk)(specification),
            is_published=published,
        )


def concepts_in(content: SpecificationContent) -> set[str]:
    """Addresses of what its outcomes are aligned to, what it adds up to, and where it is registered."""
    aligned = {a.uri for outcome in content.learning_outcomes for a in outcome.alignments}
    found = aligned | {a.uri for a in content.stacks_into} | {register_address(content.recognition.code)}
    return found - {""}


def _living() -> Iterator[tuple[Specification, SpecificationContent]]:
    """The draft and the latest published version of each micro-certification that is offered."""
    offered = MicroCredential.objects.filter(withdrawn_at__isnull=True).prefetch_related("specifications")
    for design in offered.iterator(chunk_size=200):
        for specification in (design.draft, design.latest_published):
            if specification is not None:
                specification.micro_credential = design
                yield specification, specification.read()
