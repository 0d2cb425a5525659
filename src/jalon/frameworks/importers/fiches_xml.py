"""What is kept of a fiche of the XML flow V4.1: the certification, its blocs, and what replaces what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from jalon.frameworks.importers.fiche_stream import Fiche, fiches
from jalon.frameworks.importers.files import Member
from jalon.frameworks.rules import fiches as rules
from jalon.frameworks.rules.kinds import ConceptKind, ConceptStatus, RelationKind
from jalon.frameworks.rules.records import (
    ConceptRecord,
    Record,
    RelationRecord,
    ReplacementRecord,
    SkippedRecord,
)

_DATES = {
    "decision": "DATE_DECISION",
    "effect": "DATE_EFFET",
    "publication": "DATE_DE_PUBLICATION",
    "last_journal": "DATE_DERNIER_JO",
    "end": "DATE_FIN_ENREGISTREMENT",
    "last_delivery": "DATE_LIMITE_DELIVRANCE",
}
_TEXTS = {
    "activities": "ACTIVITES_VISEES",
    "abilities": "CAPACITES_ATTESTEES",
    "sectors": "SECTEURS_ACTIVITE",
    "jobs": "TYPE_EMPLOI_ACCESSIBLES",
    "prerequisites": "PREREQUIS_ENTREE_FORMATION",
    "certification_prerequisites": "PREREQUIS_VALIDATION_CERTIFICATION",
    "mastery": "NIVEAU_MAITRISE_COMPETENCES",
    "validity": "DUREE_VALIDITE",
    "renewal": "MODALITES_RENOUVELLEMENT",
}


def records(member: Member, register: str) -> Iterator[Record]:
    """Everything about the fiches of *register* (``"RNCP"`` or ``"RS"``), those of the other one left out."""
    for position, fiche in enumerate(fiches(member), 1):
        number = rules.number(_text(fiche, "NUMERO_FICHE"))
        where = f"{member.name}, fiche {position}"
        if not number:
            yield SkippedRecord("fiche_number", where, _text(fiche, "NUMERO_FICHE"))
        elif not number.startswith(register):
            yield SkippedRecord("other_register", where, number)
        elif not _text(fiche, "INTITULE"):
            yield SkippedRecord("no_label", where, number)
        else:
            yield from _of_fiche(fiche, number, where)


def _of_fiche(fiche: Fiche, number: str, where: str) -> Iterator[Record]:
    end = rules.day(_text(fiche, "DATE_FIN_ENREGISTREMENT"))
    if end is None and _text(fiche, "DATE_FIN_ENREGISTREMENT"):
        yield SkippedRecord("date", where, _text(fiche, "DATE_FIN_ENREGISTREMENT"))
    archived = "archiv" in _text(fiche, "ETAT_FICHE").casefold()
    status = ConceptStatus.WITHDRAWN if archived else ConceptStatus.CURRENT
    yield ConceptRecord(
        uri=rules.page(number),
        kind=ConceptKind.CERTIFICATION,
        code=number,
        labels={"fr": _text(fiche, "INTITULE")},
        languages=("fr",),
        descriptions={"fr": _text(fiche, "OBJECTIFS_CONTEXTE") or _text(fiche, "ACTIVITES_VISEES")},
        facts=_facts(fiche),
        status=status,
        valid_until=end,
    )
    met: Counter[str] = Counter()
    for block in _nodes(fiche, "BLOCS_COMPETENCES", "BLOC_COMPETENCES"):
        yield from _of_block(block, number, met, status, fiche, where)
    for heir in _codes(fiche, "NOUVELLES_CERTIFICATIONS", "NOUVELLE_CERTIFICATION"):
        yield ReplacementRecord(rules.page(number), rules.page(heir))
    for ancestor in _codes(fiche, "ANCIENNES_CERTIFICATIONS", "ANCIENNE_CERTIFICATION"):
        yield ReplacementRecord(rules.page(ancestor), rules.page(number))


def _of_block(
    block: Fiche, number: str, met: Counter[str], status: ConceptStatus, fiche: Fiche, where: str
) -> Iterator[Record]:
    code, label = _text(block, "CODE"), _text(block, "LIBELLE")
    if not code or not label:
        yield SkippedRecord("block", where, f"{number} {code} {label}")
        return
    address = rules.block_address(number, code, met[code])
    met[code] += 1
    yield ConceptRecord(
        uri=address,
        kind=ConceptKind.BLOCK,
        code=code,
        labels={"fr": label},
        languages=("fr",),
        descriptions={"fr": _text(block, "LISTE_COMPETENCES")},
        facts={
            "certification": number,
            "is_active": _text(fiche, "ACTIF").casefold() == "oui",
            "level": rules.level(_text(fiche, "NOMENCLATURE_EUROPE", "NIVEAU")),
            "assessment": _text(block, "MODALITES_EVALUATION") or None,
            "prerequisites": _text(block, "PREREQUIS_VALIDATION_BLOC") or None,
        },
        status=status,
        valid_until=rules.day(_text(fiche, "DATE_FIN_ENREGISTREMENT")),
    )
    yield RelationRecord(address, RelationKind.PART_OF, rules.page(number), where)


def _facts(fiche: Fiche) -> dict[str, Any]:
    days = {name: rules.day(_text(fiche, tag)) for name, tag in _DATES.items()}
    return {
        "level": rules.level(_text(fiche, "NOMENCLATURE_EUROPE", "NIVEAU")),
        "is_active": _text(fiche, "ACTIF").casefold() == "oui",
        "state": _text(fiche, "ETAT_FICHE") or None,
        "registration": _text(fiche, "TYPE_ENREGISTREMENT") or None,
        "abbreviation": _text(fiche, "ABREGE", "CODE") or None,
        "abbreviation_label": _text(fiche, "ABREGE", "LIBELLE") or None,
        "nsf": _coded(fiche, "CODES_NSF", "NSF"),
        "rome": _coded(fiche, "CODES_ROME", "ROME"),
        "formacodes": _coded(fiche, "FORMACODES", "FORMACODE"),
        "certifiers": [
            {
                "name": _text(each, "NOM_CERTIFICATEUR"),
                "siret": _text(each, "SIRET_CERTIFICATEUR"),
                "is_active": _text(each, "ETAT_CERTIFICATEUR").casefold() == "actif",
            }
            for each in _nodes(fiche, "CERTIFICATEURS", "CERTIFICATEUR")
        ],
        "access_routes": [
            key
            for key, (tag, _words) in rules.ACCESS_ROUTES.items()
            if _text(fiche, f"SI_JURY_{tag}", "ACTIF").casefold() == "oui"
        ],
        "juries": {
            key: composition
            for key, (tag, _words) in rules.ACCESS_ROUTES.items()
            if (composition := _text(fiche, f"SI_JURY_{tag}", "COMPOSITION"))
        }
        or None,
        "dates": {name: day.isoformat() for name, day in days.items() if day},
        "correspondences": [
            _correspondence(each) for each in _nodes(fiche, "CORRESPONDANCES", "CORRESPONDANCE")
        ]
        or None,
        **{name: _text(fiche, tag) or None for name, tag in _TEXTS.items()},
    }


def _correspondence(node: Fiche) -> dict[str, Any]:
    """``{"blocks": ["RNCP1BC01"], "to": "RNCP2", "to_blocks": ["RNCP2BC03"]}``; without: whole."""
    source = node.get("SOURCE", [{}])[0]
    target = node.get("DESTINATION", [{}])[0]
    return {
        "blocks": [_text(b, "CODE") for b in _nodes_in(source, "BLOC_COMPETENCES")],
        "to": _text(target, "NUMERO_FICHE") if isinstance(target, dict) else "",
        "to_blocks": [_text(b, "CODE") for b in _nodes_in(target, "BLOC_COMPETENCES")],
    }


def _text(node: Fiche, *path: str) -> str:
    """The text at *path*, ``""`` where it is not there."""
    met: Any = node
    for tag in path:
        found = met.get(tag) if isinstance(met, dict) else None
        if not found:
            return ""
        met = found[0]
    return met if isinstance(met, str) else ""


def _nodes(node: Fiche, group: str, tag: str) -> list[Fiche]:
    return [each for met in node.get(group, []) for each in _nodes_in(met, tag)]


def _nodes_in(node: Any, tag: str) -> list[Fiche]:
    return [each for each in node.get(tag, []) if isinstance(each, dict)] if isinstance(node, dict) else []


def _coded(fiche: Fiche, group: str, tag: str) -> list[dict[str, str]]:
    return [
        {"code": _text(each, "CODE"), "label": _text(each, "LIBELLE")}
        for each in _nodes(fiche, group, tag)
        if _text(each, "CODE")
    ]


def _codes(fiche: Fiche, group: str, tag: str) -> list[str]:
    """Numbers of fiches: the tag says ID, the value is a NUMERO_FICHE."""
    found = (rules.number(_text(each, f"ID_FICHE_{tag}")) for each in _nodes(fiche, group, tag))
    return [number for number in found if number]
