"""Records of every kind that the demonstration holds, for the tests of European credentials."""

from __future__ import annotations

import struct
import zlib
from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from sceau.model.concepts import Concept
from sceau.model.credential import Credential, Evidence, Holder, Issuer, OutcomeResult, StatusEntry
from sceau.model.micro_credential import (
    Assessment,
    LearningOutcome,
    Level,
    MicroCredential,
    Part,
    QualityAssurance,
    Recognition,
    RecognitionStatus,
    RubricLevel,
    Workload,
)
from sceau.model.texts import NO_TEXT, Text
from sceau.testing import EXAMPLE_MOMENT, example_credential

LANGUAGES = ("fr", "en", "oc", "es-419")
SNB = "http://data.europa.eu/snb/"
ESCO_SKILL = "http://data.europa.eu/esco/skill/"


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


PNG = (
    b"\x89PNG\r\n\x1a\n"
    + _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    + _chunk(b"IDAT", zlib.compress(b"\0\xff"))
    + _chunk(b"IEND", b"")
)
"""One white dot."""


def pictures_for(credential: Credential) -> dict[str, bytes]:
    """A picture in each language that needs one."""
    return dict.fromkeys(credential.micro_credential.title.as_dict(), PNG)


def _both(fr: str, en: str) -> Text:
    return Text.of({"fr": fr, "en": en})


def _with(**changes: object) -> Credential:
    whole = example_credential()
    return replace(whole, micro_credential=replace(whole.micro_credential, **changes))  # type: ignore[arg-type] # any


def _least() -> Credential:
    """Nothing but the eleven elements."""
    return Credential(
        id="urn:uuid:7d9f6a52-51a3-4a63-9f0d-0d5f3f1a2b3d",
        holder=Holder("Camille Exemple"),
        issuer=Issuer("did:web:example.org", "Atelier du bocage", "FR"),
        micro_credential=MicroCredential(
            id="urn:uuid:5b8c2f0e-3f0d-4c0e-9f5e-6f0b7f3f9a12",
            version="",
            title=Text.of({"fr": "Planter une haie"}),
            description=NO_TEXT,
            outcomes=(LearningOutcome("urn:uuid:1", Text.of({"fr": "Planter une haie"})),),
            workload=Workload(Decimal("3.5")),
            level=Level(None, Text.of({"fr": "Aucun cadre ne s’applique."})),
            assessment=Assessment((Concept(f"{SNB}assessment/6a4db9f11d", NO_TEXT, ""),)),
            participation=(Concept(f"{SNB}learning-assessment/9191af2ed9", NO_TEXT, ""),),
            quality_assurance=(
                QualityAssurance(
                    Concept(f"{SNB}accreditation/bb4618238e", NO_TEXT, ""), Text.of({"fr": "Qualiopi"})
                ),
            ),
            languages=(),
            recognition=Recognition(RecognitionStatus.NONE),
        ),
        awarded_on=EXAMPLE_MOMENT.date(),
        valid_from=EXAMPLE_MOMENT,
    )


def _everything() -> Credential:
    """All that a record can hold, in French and English."""
    whole = example_credential(
        status=(
            StatusEntry("https://listes.example.org/1", 42),
            StatusEntry("https://listes.example.org/2", 42, "suspension"),
        )
    )
    micro = whole.micro_credential
    rubric = (
        RubricLevel("urn:uuid:0a4f5f0c-6f1c-4b8c-8a57-d4b5a1c3e9f1", _both("Avec de l’aide", "With help")),
        RubricLevel("urn:uuid:0a4f5f0c-6f1c-4b8c-8a57-d4b5a1c3e9f2", _both("Avec aisance", "With ease")),
    )
    outcomes = (
        replace(micro.outcomes[0], statement=_both("Choisir des essences", "Choose species"), rubric=rubric),
        replace(
            micro.outcomes[1],
            alignments=(
                Concept("https://example.org/rome/A1203", _both("aménager", "landscaping"), "ROME", "A1203"),
                Concept("https://example.org/rncp/38093", Text.of({"fr": "Bloc 5"}), "RNCP", "RNCP38093BC05"),
            ),
        ),
        micro.outcomes[2],
    )
    quality = (
        replace(micro.quality_assurance[0], name=_both("Qualiopi", "Qualiopi")),
        QualityAssurance(
            Concept(
                f"{SNB}accreditation/820101cba6",
                _both("assurance qualité de la formation", "programme quality assurance"),
                "Europass accreditation types",
            ),
            Text.of({"fr": "Label de branche"}),
        ),
    )
    assessment = replace(
        micro.assessment,
        types=(
            *micro.assessment.types,
            Concept(
                f"{SNB}assessment/d30284d7df", _both("oral", "oral examination"), "Europass assessment types"
            ),
        ),
        description=_both("Un chantier, puis un entretien.", "A site, then an interview."),
    )
    return replace(
        whole,
        micro_credential=replace(
            micro,
            title=_both("Planter une haie", "Plant a hedge"),
            description=_both("Concevoir et planter une haie.", "Design and plant a hedge."),
            outcomes=outcomes,
            quality_assurance=quality,
            assessment=assessment,
            languages=("fr", "oc", "gsw"),
            prerequisites=_both("Aucun.", "None."),
            stackability=_both("Compte vers un parcours.", "Counts towards a path."),
            stacks_into=(
                replace(micro.stacks_into[0], label=_both("Parcours d’agroforesterie", "Agroforestry path")),
                Concept("https://example.org/rncp/38093", Text.of({"fr": "Bloc 5"}), "RNCP", "RNCP38093BC05"),
            ),
            parts=(
                Part(
                    "urn:uuid:5b8c2f0e-3f0d-4c0e-9f5e-6f0b7f3f9b01", _both("Choisir les essences", "Choose")
                ),
                Part("urn:uuid:5b8c2f0e-3f0d-4c0e-9f5e-6f0b7f3f9b02", _both("Planter en équipe", "Plant")),
            ),
        ),
        results=(
            OutcomeResult(outcomes[0].id, rubric[1].id),
            OutcomeResult(outcomes[1].id, value="17/20"),
        ),
        evidence=(
            Evidence(
                _both("Haie de 50 m", "A hedge of 50 m"),
                _both("Photographiée au printemps.", "Photographed in spring."),
                "https://preuves.example.org/1",
                "photo",
            ),
            Evidence(_both("Chantier école", "Training site"), Text.of({"fr": "Trois jours."})),
        ),
    )


def _national(iri: str, framework: str) -> Level:
    return Level(Concept(iri, _both("niveau 4", "level 4"), framework, "4"))


RECORDS = {
    "as it stands": example_credential(),
    "the least": _least(),
    "everything, in two languages": _everything(),
    "no level": _with(level=Level(None, _both("Aucun cadre ne s’applique.", "No framework applies."))),
    "a level of the French framework": _with(
        level=_national("https://www.francecompetences.fr/cadre#niveau-4", "Cadre national (France)")
    ),
    "a level of another national framework": _with(level=_national(f"{SNB}qdr/c_c8bc1cb9", "NQF")),
    "no ECTS, no end": replace(_with(workload=Workload(Decimal("7.25"))), valid_until=None),
    "of a RNCP bloc": _with(
        recognition=Recognition(
            RecognitionStatus.BLOC, "RNCP38093BC05", "Planter des haies", "Ministère (fictif)"
        ),
        stacks_into=(),
    ),
}


# Records of any content.

texts = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cn", "Zs", "Zl", "Zp"]), min_size=1, max_size=12
).filter(lambda words: words.strip() == words)
by_language = st.dictionaries(st.sampled_from(LANGUAGES), texts, min_size=1).map(Text.of)
maybe = st.one_of(st.just(NO_TEXT), by_language)
urns = st.uuids().map(lambda each: each.urn)
hours_of_work = st.decimals("0.01", 5000, places=2)
concepts = st.builds(Concept, urns, by_language, st.one_of(st.just(""), texts), st.one_of(st.just(""), texts))


def known(*ends: str) -> st.SearchStrategy[tuple[Concept, ...]]:
    """Concepts of a list, each once, as our vocabularies hold them."""
    concept = st.builds(Concept, st.sampled_from(ends), by_language, texts, st.just(""))
    return st.lists(concept, min_size=1, unique_by=lambda each: each.iri).map(tuple)


levels = st.one_of(
    st.integers(1, 8).flatmap(
        lambda n: st.builds(
            Level, st.builds(Concept, st.just(f"{SNB}eqf/{n}"), by_language, texts, st.just(str(n)))
        )
    ),
    st.builds(Level, st.builds(Concept, st.just(f"{SNB}qdr/c_c8bc1cb9"), by_language, texts, texts)),
    st.builds(Level, concepts),
    st.builds(Level, st.none(), by_language),
)
qualities = st.lists(
    st.builds(
        QualityAssurance,
        st.sampled_from(["bb4618238e", "820101cba6"]).map(
            lambda end: Concept(
                f"{SNB}accreditation/{end}", Text.of({"fr": end}), "Europass accreditation types"
            )
        ),
        by_language,
        st.sampled_from(["", "https://qualite.example.org/1"]),
    ),
    min_size=1,
    max_size=3,
).map(tuple)
outcomes = st.lists(
    st.builds(
        LearningOutcome,
        urns,
        by_language,
        st.lists(
            st.one_of(
                concepts,
                st.uuids().map(lambda u: Concept(f"{ESCO_SKILL}{u}", Text.of({"fr": "savoir"}), "ESCO")),
            ),
            max_size=2,
            unique_by=lambda each: each.iri,
        ).map(tuple),
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda each: each.id,
).map(tuple)


@st.composite
def records(draw: st.DrawFn) -> Credential:
    """Records of any content, as long as it has what Annex I asks for."""
    whole = example_credential()
    micro = replace(
        whole.micro_credential,
        title=draw(by_language),
        description=draw(maybe),
        outcomes=draw(outcomes),
        workload=Workload(
            draw(hours_of_work), draw(st.one_of(st.none(), st.decimals(0, 60, places=1).filter(bool)))
        ),
        level=draw(levels),
        assessment=replace(
            whole.micro_credential.assessment,
            types=draw(
                known(*(f"{SNB}assessment/{end}" for end in ("6a4db9f11d", "d30284d7df", "b1b68f6735")))
            ),
            description=draw(maybe),
            identity_check=draw(maybe),
        ),
        participation=draw(
            known(*(f"{SNB}learning-assessment/{end}" for end in ("9191af2ed9", "920fbb3cbe")))
        ),
        quality_assurance=draw(qualities),
        languages=tuple(draw(st.lists(st.sampled_from(["fr", "oc", "en", "gsw"]), unique=True))),
        recognition=draw(
            st.builds(
                Recognition,
                st.sampled_from(RecognitionStatus),
                st.sampled_from(["", "RNCP38093BC05"]),
                st.one_of(st.just(""), texts),
                st.one_of(st.just(""), texts),
            )
        ),
        prerequisites=draw(maybe),
        stackability=draw(maybe),
        stacks_into=tuple(draw(st.lists(concepts, max_size=2, unique_by=lambda each: each.iri))),
        parts=tuple(
            draw(st.lists(st.builds(Part, urns, by_language), max_size=2, unique_by=lambda each: each.id))
        ),
        further_information=draw(maybe),
        url=draw(st.sampled_from(["", "https://atelier.example.org/haie"])),
        version=draw(st.sampled_from(["", "3"])),
        image_svg="",
    )
    return replace(
        whole,
        micro_credential=micro,
        holder=draw(st.builds(Holder, texts, st.one_of(st.just(""), texts), st.one_of(st.just(""), texts))),
        grade=draw(st.one_of(st.just(""), texts)),
        awarded_on=draw(st.dates(date(1990, 1, 1), date(2100, 1, 1))),
        results=tuple(
            OutcomeResult(each.id, "", value)
            for each in micro.outcomes
            if (value := draw(st.one_of(st.just(""), texts)))
        ),
        evidence=tuple(
            draw(
                st.lists(
                    st.builds(Evidence, by_language, st.just(NO_TEXT), st.one_of(st.just(""), urns)),
                    max_size=2,
                )
            )
        ),
        status=tuple(
            draw(st.lists(st.just(StatusEntry("https://listes.example.org/1", 131071)), max_size=1))
        ),
    )
