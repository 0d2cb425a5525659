"""
The controlled values that a specification may use, each with its IRI and its words.

Our own short codes are what YAML files, forms and the database hold; the IRIs are the Publications Office's.

Source:
    European Learning Model vocabularies, Publications Office of the European Union (CC BY 4.0), scheme IRIs
    http://data.europa.eu/snb/{assessment,learning-assessment,accreditation,eqf,supervision-verification}/…;
    the French words are ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sceau.model.concepts import Concept
from sceau.model.texts import Text

_SNB = "http://data.europa.eu/snb/"


@dataclass(frozen=True)
class Vocabulary:
    """A short list of concepts by our own code."""

    name: str
    concepts: Mapping[str, Concept]

    def __getitem__(self, code: str) -> Concept:
        return self.concepts[code]

    def __contains__(self, code: object) -> bool:
        return code in self.concepts

    def code_of(self, iri: str) -> str:
        """Our code of the concept with *iri*, ``""`` where it is not in this list."""
        return next((code for code, concept in self.concepts.items() if concept.iri == iri), "")


def _vocabulary(name: str, path: str, rows: dict[str, tuple[str, str, str]]) -> Vocabulary:
    return Vocabulary(
        name,
        {
            code: Concept(iri=f"{_SNB}{path}/{key}", label=Text.of({"fr": fr, "en": en}), framework=name)
            for code, (key, fr, en) in rows.items()
        },
    )


ASSESSMENT_TYPES = _vocabulary(
    "Europass assessment types",
    "assessment",
    {
        "practical": ("6a4db9f11d", "mise en situation pratique", "practical assessment"),
        "artefact": ("de4d165a6c", "réalisation examinée", "artefact assessment"),
        "portfolio": ("4f03b91c0e", "portfolio", "portfolio"),
        "oral": ("d30284d7df", "oral", "oral examination"),
        "written": ("6e6cb2cc78", "écrit", "written examination"),
        "quiz": ("b1b68f6735", "questionnaire", "quiz"),
        "project": ("795dac4096", "projet", "project work"),
        "assignment": ("2939dae15f", "travail noté", "marked assignment"),
        "continuous": ("3484bd7e51", "contrôle continu", "continuous evaluation"),
        "problem": ("c4256a2726", "résolution de problème", "problem based learning"),
        "group": ("56539a6507", "réalisation en groupe", "group performance"),
        "peer_assessment": ("19a2e5e671", "évaluation entre pairs", "peer assessment"),
        "peer_review": ("812e3b0ae1", "relecture entre pairs", "peer review"),
        "attendance": ("7331eb4762", "assiduité", "level of attendance"),
    },
)

# The European list of modes is published under the name `learning-assessment`.
PARTICIPATION_FORMS = _vocabulary(
    "Europass modes of learning",
    "learning-assessment",
    {
        "on_site": ("9191af2ed9", "en présence", "presential"),
        "online": ("920fbb3cbe", "à distance", "online"),
        "blended": ("e92d221e4d", "en présence et à distance", "blended"),
        "work_based": ("729f3bed4b", "en situation de travail", "work-based"),
        "project_based": ("7813801c77", "par projet", "project-based"),
        "laboratory": ("ed4c557045", "en laboratoire", "research-lab based"),
    },
)

QUALITY_ASSURANCE_KINDS = _vocabulary(
    "Europass accreditation types",
    "accreditation",
    {
        "institutional": (
            "bb4618238e",
            "assurance qualité de l'organisme",
            "institutional quality assurance",
        ),
        "programme": ("820101cba6", "assurance qualité de la formation", "programme quality assurance"),
        "institutional_licence": ("003293d2ce", "agrément de l'organisme", "institutional licence"),
        "programme_licence": ("e57dddfcf3", "agrément de la formation", "programme licence"),
    },
)

SUPERVISION = _vocabulary(
    "Europass supervision and identity verification",
    "supervision-verification",
    {
        "supervised_id": (
            "70be69aaf9",
            "surveillée, avec contrôle d'identité",
            "supervised with identity verification",
        ),
        "unsupervised_id": (
            "df2880c5cb",
            "sans surveillance, avec contrôle d'identité",
            "unsupervised with identity verification",
        ),
        "unsupervised": (
            "c598449d64",
            "sans surveillance ni contrôle d'identité",
            "unsupervised without identity verification",
        ),
    },
)

EQF_LEVELS = Vocabulary(
    "EQF",
    {
        str(n): Concept(
            iri=f"{_SNB}eqf/{n}",
            label=Text.of({"fr": f"niveau {n} du cadre européen", "en": f"EQF level {n}"}),
            framework="EQF",
            code=str(n),
        )
        for n in range(1, 9)
    },
)

# The French framework has had the same eight numbers since 2019 (décret 2019-14); the European authority
# lists no IRI for its levels, so the public register's page stands for them.
NQF_FRANCE_LEVELS = Vocabulary(
    "Cadre national des certifications professionnelles (France)",
    {
        str(n): Concept(
            iri=f"https://www.francecompetences.fr/cadre-national-des-certifications-professionnelles#niveau-{n}",
            label=Text.of(
                {"fr": f"niveau {n} du cadre national français", "en": f"level {n} of the French framework"}
            ),
            framework="Cadre national des certifications professionnelles (France)",
            code=str(n),
        )
        for n in range(2, 9)
    },
)

DOMAINS: Mapping[str, Text] = {
    "terre": Text.of({"fr": "Terre et élevage", "en": "Land and livestock"}),
    "foret": Text.of({"fr": "Forêt et milieux", "en": "Forest and habitats"}),
    "bati": Text.of({"fr": "Bâti et énergie", "en": "Building and energy"}),
    "soin": Text.of({"fr": "Soin et entraide", "en": "Care and mutual help"}),
    "numer": Text.of({"fr": "Numérique, gestion", "en": "Digital and management"}),
}
