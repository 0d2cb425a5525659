"""Offers as other machines read them: the European model against its shapes, LHÉO against its structure."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID
from xml.etree import ElementTree

import pytest
import rdflib
from defusedxml import ElementTree as SafeTree
from pyshacl import validate
from tests.factories.catalogue import (
    a_commune,
    a_provider,
    a_session,
    again,
    an_offer,
    published,
    session_facts,
)
from tests.factories.lheo import Structure

from jalon.catalogue.queries.open_data import offered_of
from jalon.catalogue.rules import elm, lheo
from jalon.catalogue.rules.lheo_gaps import LheoGap, gaps
from jalon.catalogue.rules.offered import Offered
from jalon.catalogue.rules.offering import EntryMode
from jalon.design.rules.content import (
    Alignment,
    LevelContent,
    ModuleContent,
    OutcomeContent,
    QualityAssuranceContent,
    RecognitionContent,
)
from jalon.foundation import clock
from sceau.model.micro_credential import RecognitionStatus
from sceau.model.texts import Text

pytestmark = pytest.mark.django_db

ESCO = Alignment("ESCO", "http://data.europa.eu/esco/skill/00064735-8fad-454b-90c7-ed858cc993f2", "tailler")
ROME = Alignment(
    "ROME", "https://candidat.francetravail.fr/metierscope/fiche-metier/A1203", "Jardinage", "A1203"
)


def whole(**changes: Any) -> Offered:
    """An offer with two sessions and every element of Annex I said."""
    a_commune("48061")
    outcome = OutcomeContent(
        "urn:uuid:00000000-0000-0000-0000-000000000001",
        Text.of({"fr": "Choisir les brins à coucher", "en": "Choose the stems"}),
        (ESCO, ROME),
    )
    content = {
        "learning_outcomes": (outcome,),
        "credits_ects": Decimal("1.5"),
        "modules": (
            ModuleContent(
                "urn:uuid:00000000-0000-0000-0000-000000000009", Text.of({"fr": "Le geste"}), Decimal(7)
            ),
        ),
        "quality_assurance": (
            QualityAssuranceContent(
                "institutional", Text.of({"fr": "Qualiopi"}), "https://www.example.org/q"
            ),
        ),
        "stackability": Text.of({"fr": "Se cumule avec la taille."}),
        "stacks_into": (Alignment("RNCP", "https://www.example.org/rncp", "Brevet", "RNCP38093"),),
        "further_information": Text.of({"fr": "Chaussures solides."}),
        "validity_months": 36,
        "price_note": Text.of({"fr": "Repas à part."}),
    }
    specification = published(a_provider(), **(content | changes.pop("content", {})))
    offer = an_offer(specification, price_euros=Decimal(120), **changes)
    a_session(offer, commune_code="48061", registration_deadline=session_facts().starts_on)
    a_session(offer, in_days=90, seats=None)
    return offered_of(specification.micro_credential, specification, again(offer))


# — The European model —


def shapes_of(shared: Path, file: str = "LOQ-constraints.ttl") -> rdflib.Graph:
    """
    The published shapes. Two patterns of theirs are Java's alone (a flag inside, classes of letters): in
    their place stands what both ask of an address here, a scheme of the web and a host. The shape of learning
    achievements is published switched off; here it is on.
    """
    shapes = rdflib.Graph().parse(shared / "elm" / "shapes" / file)
    shapes.remove((None, rdflib.SH.deactivated, None))
    for subject, pattern in list(shapes.subject_objects(rdflib.SH.pattern)):
        if "(?i)" in pattern:
            shapes.set((subject, rdflib.SH.pattern, rdflib.Literal("^https?://[^/?#]+")))
        elif "\\p{" in pattern:
            shapes.set((subject, rdflib.SH.pattern, rdflib.Literal("^[A-Za-z][A-Za-z0-9+.-]*:[^ ]+$")))
    return shapes


def graph_of(offered: Offered, version: elm.Version = elm.Version.V3_2) -> rdflib.Graph:
    written = elm.write(elm.graph([offered], version), "ttl", version)
    return rdflib.Graph().parse(data=written, format="turtle")


@pytest.mark.parametrize("file", ["LOQ-constraints.ttl", "LOQ-constraints-mdr.ttl"])
@pytest.mark.parametrize(
    "content",
    [
        {},
        {"level": LevelContent("nqf_fr", 4)},
        {"level": LevelContent(none_reason=Text.of({"fr": "Aucun niveau."})), "domain": "numer"},
        {"workload_hours": Decimal("10.5"), "price_euros": None, "languages": ("fr", "br")},
    ],
)
def test_opportunity_conforms_to_the_shapes(shared: Path, file: str, content: dict[str, Any]) -> None:
    shapes = shapes_of(shared, file)

    conforms, _, words = validate(graph_of(whole(content=content)), shacl_graph=shapes, inference="none")

    assert conforms, words


def test_micro_certification_without_offer_conforms_too(shared: Path) -> None:
    specification = published(a_provider(street="", locality="", siret="", nda="", email=""))
    shapes = shapes_of(shared)

    offered = offered_of(specification.micro_credential, specification, None)
    conforms, _, words = validate(graph_of(offered), shacl_graph=shapes, inference="none")

    assert conforms, words


def test_shapes_would_tell_a_missing_element(shared: Path) -> None:
    shapes = shapes_of(shared)
    graph = graph_of(whole())
    graph.remove((None, rdflib.URIRef(elm.Version.V3_2.namespace + "learningOutcome"), None))

    conforms, _, _words = validate(graph, shacl_graph=shapes, inference="none")

    assert not conforms


def test_everything_that_is_said_is_in_the_graph() -> None:
    graph = graph_of(whole())
    said = " | ".join(str(value) for value in graph.objects() if isinstance(value, rdflib.Literal))
    concepts = {str(subject) for subject in graph.subjects(rdflib.RDF.type, rdflib.SKOS.Concept)}

    for words in (
        "Plesser une haie",
        "Laying a hedge",
        "Choisir les brins à coucher",
        "PT21H",
        "PT7H",
        "1.5",
        "Dix mètres de haie plessée",
        "surveillée, avec contrôle d'identité",
        "Pièce d'identité montrée",
        "Qualiopi (https://www.example.org/q)",
        "Pouvoir travailler dehors",
        "Se cumule avec la taille.",
        "RNCP38093",
        "attestation de l'organisme",
        "Validité : 36 mois.",
        "Chaussures solides.",
        "120.00",
        "OPCO",
        "Demandez avant le début.",
        "Claire Delmas",
        "accessible en transport en commun, équipement fourni, sans connexion à avoir",
        "Car de la ligne 252.",
        "Un jour par semaine",
        "aucun en particulier",
        "Places restantes : 10 sur 10.",
        "1 rue du Bocage, 48400 Florac Trois Rivières",
        "44.32490",
        "12345678200010",
        "76480012348",
    ):
        assert words in said, words
    for concept in (
        ESCO.uri,
        ROME.uri,
        "http://data.europa.eu/snb/eqf/3",
        "http://data.europa.eu/snb/isced-f/082",
        "http://data.europa.eu/snb/assessment/6a4db9f11d",
        "http://data.europa.eu/snb/learning-assessment/729f3bed4b",
        "http://publications.europa.eu/resource/authority/language/FRA",
        "http://publications.europa.eu/resource/authority/country/FRA",
    ):
        assert concept in concepts, concept


def test_wheelchair_that_nobody_told_of_is_not_in_the_graph() -> None:
    said = " ".join(str(value) for value in graph_of(whole()).objects())

    assert "garde d'enfants" in said
    assert "fauteuil" not in said


@pytest.mark.parametrize(("ending", "name"), [("jsonld", "json-ld"), ("ttl", "turtle"), ("rdf", "xml")])
def test_each_serialisation_holds_the_same_triples(ending: str, name: str) -> None:
    triples = elm.graph([whole()], elm.Version.V3_2)

    read = rdflib.Graph().parse(data=elm.write(triples, ending, elm.Version.V3_2), format=name)

    assert len(read) == len(set(triples))


def test_version_changes_the_terms_and_nothing_else() -> None:
    offered = whole()

    old, new = (graph_of(offered, version) for version in elm.Version)

    terms = {str(p) for p in new.predicates()} | {str(o) for o in new.objects(None, rdflib.RDF.type)}
    assert not [term for term in terms if term.startswith(elm.Version.V3_2.namespace)]
    assert len(old) == len(new)
    assert old.serialize(format="nt").count(elm.Version.V3_2.namespace) == new.serialize(format="nt").count(
        elm.Version.V3_3.namespace
    )


# — LHÉO —


@pytest.fixture
def structure(shared: Path) -> Structure:
    return Structure(shared / "france" / "data" / "formats" / "lheo_2_3_structure.json")


def file_of(*offers: Offered) -> ElementTree.Element:
    return SafeTree.fromstring(lheo.OPENING + "".join(map(lheo.formation, offers)) + lheo.CLOSING)


def test_whole_offer_is_a_lheo_file(structure: Structure) -> None:
    offered = whole()

    assert gaps(offered) == []
    assert structure.faults(file_of(offered)) == []


def test_block_of_a_registered_certification_is_told_with_its_code(structure: Structure) -> None:
    status = RecognitionContent(RecognitionStatus.BLOC, "RNCP38093BC05", "Conduire", "Le ministère")

    root = file_of(whole(content={"recognition": status}))

    space = {"l": lheo.NAMESPACE}
    assert structure.faults(root) == []
    assert root.findtext(".//l:certifiante", namespaces=space) == "1"
    assert root.findtext(".//l:code-RNCP", namespaces=space) == "38093"
    assert root.findtext(".//l:code-bloc", namespaces=space) == "RNCP38093BC05"


def test_plain_micro_certification_is_never_called_certifying() -> None:
    root = file_of(whole())

    assert root.findtext(".//l:certifiante", namespaces={"l": lheo.NAMESPACE}) == "0"
    assert root.find(".//l:certification", namespaces={"l": lheo.NAMESPACE}) is None


def test_long_and_strange_texts_stay_within_the_language(structure: Structure) -> None:
    content = {
        "title": Text.of({"fr": "Très " * 50}),
        "description": Text.of({"fr": "a <b> & c \U0001f600 " * 100}),
        "learning_outcomes": tuple(
            OutcomeContent(UUID(int=n + 1).urn, Text.of({"fr": f"savoir {n} " * 35})) for n in range(12)
        ),
        "modules": (),
    }

    root = file_of(whole(content=content, rhythm="mot " * 740, contact_name="Nom" * 30))

    assert structure.faults(root) == []
    assert root.findtext(".//l:resultats-attendus", "", {"l": lheo.NAMESPACE}).endswith("…")


def test_cancelled_session_is_not_in_the_file() -> None:
    offered = whole()

    assert len(file_of(offered).findall(".//l:session", {"l": lheo.NAMESPACE})) == 2
    assert all(not session.is_cancelled for session in offered.sessions)


@pytest.mark.parametrize(
    ("changes", "gap"),
    [
        ({"rhythm": ""}, LheoGap.RHYTHM),
        ({"alternance": " "}, LheoGap.ALTERNANCE),
        ({"public_codes": ()}, LheoGap.PUBLIC),
        ({"funding": ()}, LheoGap.FUNDING),
        ({"entry_mode": EntryMode.UNSAID}, LheoGap.ENTRY_MODE),
        ({"entry_level": ""}, LheoGap.ENTRY_LEVEL),
        ({"content": {"prerequisites": Text(())}}, LheoGap.CONDITIONS),
        (
            {"content": {"title": Text.of({"en": "Hedge"}), "description": Text.of({"en": "Hedge"})}},
            LheoGap.FRENCH,
        ),
    ],
)
def test_what_nobody_said_keeps_an_offer_out(changes: dict[str, Any], gap: LheoGap) -> None:
    offered = whole(**changes)

    assert gaps(offered) == [gap]
    with pytest.raises(ValueError, match="gaps"):
        lheo.formation(offered)


def test_organisation_without_its_numbers_keeps_an_offer_out() -> None:
    specification = published(a_provider(nda="", siret="", postal_code="B-1000"))
    offer = an_offer(specification)
    a_session(offer)

    lacking = gaps(offered_of(specification.micro_credential, specification, again(offer)))

    assert lacking == [LheoGap.NDA, LheoGap.SIRET, LheoGap.ADDRESS]


def test_session_that_has_begun_is_none_to_come() -> None:
    specification = published(a_provider())
    offer = an_offer(specification)
    session = a_session(offer, in_days=3)
    session.starts_on = date(2020, 1, 1)
    session.save()

    assert session.starts_on < clock.today()
    assert gaps(offered_of(specification.micro_credential, specification, again(offer))) == [LheoGap.SESSION]
