"""French words for the fields, gaps, problems, advice and changes of a specification."""

from __future__ import annotations

from jalon.design.labels.changes import change_sentence
from jalon.design.labels.fields import element_name, field_name, language_name, value_words
from jalon.design.labels.gaps import advice_sentence, gap_sentence
from jalon.design.labels.recognition import recognition_sentences, status_name, status_sentence
from jalon.design.labels.refusals import problem_sentence, refusal_sentence
from jalon.design.labels.rooms import (
    answer_name,
    proposal_state_name,
    role_name,
    role_sentence,
    standing_name,
)

__all__ = [
    "advice_sentence",
    "answer_name",
    "change_sentence",
    "element_name",
    "field_name",
    "gap_sentence",
    "language_name",
    "problem_sentence",
    "proposal_state_name",
    "recognition_sentences",
    "refusal_sentence",
    "role_name",
    "role_sentence",
    "standing_name",
    "status_name",
    "status_sentence",
    "value_words",
]
