"""Specifications that Hypothesis makes: anything that a draft may hold."""

from __future__ import annotations

import unicodedata
import uuid
from decimal import Decimal

from hypothesis import strategies as st

from jalon.design.rules.content import (
    Alignment,
    AssessmentContent,
    CriterionContent,
    LevelContent,
    ModuleContent,
    OutcomeContent,
    QualityAssuranceContent,
    RecognitionContent,
    SpecificationContent,
)
from jalon.design.rules.vocabularies import (
    ASSESSMENT_TYPES,
    DOMAINS,
    PARTICIPATION_FORMS,
    QUALITY_ASSURANCE_KINDS,
    SUPERVISION,
)
from sceau.model.micro_credential import RecognitionStatus
from sceau.model.texts import Text

words = (
    st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=30)
    .map(lambda text: unicodedata.normalize("NFC", text).strip())
    .filter(lambda text: text == unicodedata.normalize("NFC", text).strip())
)
tags = st.sampled_from(["fr", "en", "oc", "pt-BR", "gsw", "sr-Latn-RS"])
texts = st.dictionaries(tags, words, max_size=3).map(Text.of)
addresses = st.sampled_from(["", "https://example.org/a?b=c#d", "http://data.europa.eu/esco/skill/é"])
hundredths = st.integers(1, 999_999).map(lambda n: Decimal(n) / 100)

urns = st.uuids().map(lambda each: uuid.UUID(str(each)).urn)
some_urns = st.sampled_from([(), (uuid.UUID(int=1).urn,), (uuid.UUID(int=1).urn, uuid.UUID(int=2).urn)])

alignments = st.builds(Alignment, words, addresses, words, words)
outcomes = st.lists(
    st.builds(
        OutcomeContent,
        urns,
        texts,
        st.lists(alignments, max_size=2).map(tuple),
    ),
    max_size=5,
    unique_by=lambda outcome: outcome.id,
).map(tuple)
levels = st.one_of(
    st.builds(LevelContent, st.just("eqf"), st.integers(1, 8), texts),
    st.builds(LevelContent, st.just("nqf_fr"), st.integers(2, 8), texts),
    st.builds(LevelContent, none_reason=texts),
)


def _some(codes: object) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(sorted(codes)), unique=True, max_size=3).map(tuple)  # type: ignore[call-overload]  # any mapping


contents = st.builds(
    SpecificationContent,
    title=texts,
    description=texts,
    domain=st.sampled_from(["", *DOMAINS]),
    learning_outcomes=outcomes,
    workload_hours=st.none() | hundredths,
    credits_ects=st.none() | st.integers(1, 30_000).map(lambda n: Decimal(n) / 100),
    level=levels,
    assessment=st.builds(
        AssessmentContent,
        _some(ASSESSMENT_TYPES.concepts),
        texts,
        st.sampled_from(["", *SUPERVISION.concepts]),
        texts,
        texts,
    ),
    criteria=st.lists(
        st.builds(CriterionContent, urns, texts, some_urns), max_size=2, unique_by=lambda each: each.id
    ).map(tuple),
    modules=st.lists(
        st.builds(
            ModuleContent,
            urns,
            texts,
            st.none() | hundredths,
            st.sampled_from(["", *PARTICIPATION_FORMS.concepts]),
            some_urns,
        ),
        max_size=2,
        unique_by=lambda each: each.id,
    ).map(tuple),
    participation=_some(PARTICIPATION_FORMS.concepts),
    quality_assurance=st.lists(
        st.builds(
            QualityAssuranceContent,
            st.sampled_from(["", *QUALITY_ASSURANCE_KINDS.concepts]),
            texts,
            addresses,
        ),
        max_size=3,
    ).map(tuple),
    prerequisites=texts,
    stackability=texts,
    stacks_into=st.lists(alignments, max_size=2).map(tuple),
    recognition=st.builds(
        RecognitionContent, st.none() | st.sampled_from(RecognitionStatus), words, words, words
    ),
    validity_months=st.none() | st.integers(1, 1200),
    languages=st.lists(tags, unique=True, max_size=3).map(tuple),
    price_euros=st.none() | st.just(Decimal(0)) | hundredths,
    price_note=texts,
    further_information=texts,
)
