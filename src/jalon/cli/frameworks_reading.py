"""`jalon frameworks list`, `check` and `show`: what is here, what is not as it should be, one concept."""

from __future__ import annotations

import sys

from jalon.frameworks import labels
from jalon.frameworks.connectors import alignment_uses
from jalon.frameworks.models import Concept
from jalon.frameworks.queries import concepts, editions
from jalon.frameworks.queries.fates import fate_of

_SHOWN_NEIGHBOURS = 12


def list_all() -> int:
    """Each framework with its edition, what it holds, and the sentence that its licence asks for."""
    listed = editions.listed_frameworks()
    if not listed:
        print("Aucun référentiel n’est importé. « jalon frameworks import ? » dit lesquels peuvent l’être.")
    for each in listed:
        edition = each.edition
        version = (
            f"{edition.version} ({', '.join(edition.languages)})" if edition else "aucune édition complète"
        )
        print(f"{each.framework.code}\t{version}\t{each.name()}")
        for begun in each.unfinished:
            print(f"  {begun.version} : {labels.state(begun.state)}")
        held = [f"{labels.kind(kind)} : {count}" for kind, count in each.kinds.items()]
        if each.withdrawn:
            held.append(f"retirées : {each.withdrawn}")
        if held:
            print(f"  {' · '.join(held)}")
        if edition:
            print(f"  {each.attribution()}")
    return 0


def check() -> int:
    """0 when all is well, 1 with a line for each thing to look at."""
    uses = alignment_uses()
    found = editions.findings(uses.uses_of(uses.used()))
    for finding in found:
        print(labels.finding_sentence(finding.code, finding.facts))
    if not found:
        print("Rien à signaler.")
    return 1 if found else 0


def show(typed: str, language: str) -> int:
    """One concept, or all that have the same code; 2 where none is known."""
    found = concepts.concepts_at(typed)
    if not found:
        print(f"Aucune notion importée n’a l’adresse ou le code « {typed} ».", file=sys.stderr)
        return 2
    for concept in found:
        _show(concept, language)
    return 0


def _show(concept: Concept, language: str) -> None:
    fate = fate_of([concept.uri])[concept.uri]
    print(f"{concept.label(language)}")
    print(f"  {labels.kind(concept.kind)} {concept.code}".rstrip())
    print(f"  {concept.uri}")
    ended = f" le {fate.ended_on:%d/%m/%Y}" if fate.ended_on else ""
    print(f"  {labels.fate(fate.fate.value)}{ended}")
    for heir in fate.heirs:
        print(f"  → {heir.code} {heir.label or heir.uri}")
    if concept.valid_until and not fate.ended_on:
        print(f"  enregistrée jusqu’au {concept.valid_until:%d/%m/%Y}")
    for code, label in concept.labels.items():
        if code != language:
            print(f"  {code} : {label}")
    if description := concept.description(language):
        print(f"  {description[:600]}")
    _show_neighbours(concept, language)
    print(f"  {concepts.attribution(concept.framework_id, language)}")


def _show_neighbours(concept: Concept, language: str) -> None:
    neighbours = concepts.neighbours_of(concept, most=_SHOWN_NEIGHBOURS)
    for each in neighbours:
        word = labels.relation(each.kind.value, is_incoming=each.is_incoming)
        print(f"  {word} : {each.concept.code} {each.concept.label(language)}".replace(":  ", ": "))
