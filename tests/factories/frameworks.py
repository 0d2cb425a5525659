"""Frameworks for tests: an edition, concepts, relations between them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from pathlib import Path
from typing import Any

from jalon.frameworks.actions.importing import Imported, import_edition
from jalon.frameworks.importers import registry
from jalon.frameworks.importers.files import opened
from jalon.frameworks.importers.protocol import FrameworkImporter, Wanted
from jalon.frameworks.models import Concept, Edition, Framework
from jalon.frameworks.rules.kinds import ConceptKind, EditionState

_numbers = count(1)


def an_edition(framework: str = "esco", version: str = "1.2.0", **fields: Any) -> Edition:
    """A complete edition, its framework made where it is not there yet."""
    made, _new = Framework.objects.get_or_create(
        code=framework, defaults={"names": {"fr": framework.upper()}}
    )
    fields.setdefault("state", EditionState.COMPLETE)
    edition, _new = Edition.objects.get_or_create(framework=made, version=version, defaults=fields)
    return edition


def a_concept(
    fr: str = "",
    en: str = "",
    *,
    edition: Edition | None = None,
    kind: str = ConceptKind.SKILL,
    **fields: Any,
) -> Concept:
    """A current concept with labels in French, English or both; of ESCO unless an *edition* is given."""
    edition = edition or an_edition()
    number = next(_numbers)
    fields.setdefault("uri", f"http://data.europa.eu/esco/skill/{number:08d}")
    labels = {language: text for language, text in (("fr", fr), ("en", en)) if text}
    return Concept.objects.create(
        framework=edition.framework,
        kind=kind,
        labels=labels or {"fr": f"compétence {number}"},
        first_edition=edition,
        last_edition=edition,
        **fields,
    )


SKILL = "http://data.europa.eu/esco/skill/"
OCCUPATION = "http://data.europa.eu/esco/occupation/"


def esco_files(folder: Path, language: str = "fr", *, skills: Sequence[str] = ("haie",), **more: str) -> Path:
    """
    A small download of ESCO in its official layout, with a skill for each of *skills* and one occupation.

    Args:
        more: File name without language and ``.csv`` → its whole text: ``occupationSkillRelations="…"``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    heading = (
        "conceptType,conceptUri,skillType,reuseLevel,preferredLabel,altLabels,hiddenLabels,status,description"
    )
    rows = [
        f"KnowledgeSkillCompetence,{SKILL}{each},skill/competence,sector-specific,{each} ({language}),"
        f'"autre {each}\nencore {each}",,released,Ce que {each} demande.'
        for each in skills
    ]
    texts = {
        "skills": "\n".join([heading, *rows]) + "\n",
        "occupations": "conceptUri,iscoGroup,preferredLabel,altLabels,hiddenLabels,status,description,code\n"
        f"{OCCUPATION}plesseur,6210,plesseur ({language}),,,released,,6210.1\n",
        **more,
    }
    for name, text in texts.items():
        (folder / f"{name}_{language}.csv").write_text(text, encoding="utf-8")
    return folder


def fiche_xml(
    number: str = "RNCP38093", title: str = "Responsable d’entreprise agricole", **parts: str
) -> str:
    """
    One FICHE of the XML flow.

    Args:
        parts: ``end="01/01/2029"``, ``active="Oui"``, ``blocks="<BLOC_COMPETENCES>…"``, ``more="…"``: XML.
    """
    return (
        f"<FICHE><ID_FICHE>1</ID_FICHE><NUMERO_FICHE>{number}</NUMERO_FICHE><INTITULE>{title}</INTITULE>"
        f"<ETAT_FICHE>Publiée</ETAT_FICHE><ACTIF>{parts.get('active', 'Oui')}</ACTIF>"
        "<NOMENCLATURE_EUROPE><NIVEAU>NIV4</NIVEAU><LIBELLE>Niveau 4</LIBELLE></NOMENCLATURE_EUROPE>"
        f"<DATE_FIN_ENREGISTREMENT>{parts.get('end', '01/01/2029')}</DATE_FIN_ENREGISTREMENT>"
        f"<BLOCS_COMPETENCES>{parts.get('blocks', '')}</BLOCS_COMPETENCES>{parts.get('more', '')}</FICHE>"
    )


def block_xml(code: str, title: str = "Conduire un rucher", skills: str = "", assessment: str = "") -> str:
    """One bloc of a fiche."""
    return (
        f"<BLOC_COMPETENCES><CODE>{code}</CODE><LIBELLE>{title}</LIBELLE><LISTE_COMPETENCES>{skills}"
        f"</LISTE_COMPETENCES><MODALITES_EVALUATION>{assessment}</MODALITES_EVALUATION></BLOC_COMPETENCES>"
    )


def successor_xml(number: str) -> str:
    """Says which fiche takes the place of this one."""
    return (
        "<NOUVELLES_CERTIFICATIONS><NOUVELLE_CERTIFICATION><ID_FICHE_NOUVELLE_CERTIFICATION>"
        f"{number}</ID_FICHE_NOUVELLE_CERTIFICATION></NOUVELLE_CERTIFICATION></NOUVELLES_CERTIFICATIONS>"
    )


def flow(path: Path, *fiches: str) -> Path:
    """An XML flow V4.1 of *fiches* at *path*."""
    path.write_text(
        "<?xml version='1.0' encoding='UTF-8'?>\n<FICHES><VERSION_FLUX>4.1</VERSION_FLUX>\n"
        + "\n".join(fiches)
        + "\n</FICHES>\n",
        encoding="utf-8",
    )
    return path


def imported(
    name: str, *paths: Path, version: str = "", is_partial: bool = False, is_whole: bool = False
) -> Imported:
    """The outcome of importing *paths* with the importer called *name*, as the command does."""
    chosen = registry.importer(name)
    assert isinstance(chosen, FrameworkImporter)
    wanted = Wanted(version, is_partial=is_partial, is_whole=is_whole)
    with opened(paths) as files:
        registry.check_files(chosen, files)
        return import_edition(importer=chosen, files=files, wanted=wanted)
