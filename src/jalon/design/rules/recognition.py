"""
What a micro-certification may say it is worth.

In France it has no legal status of its own: what the page, the paper and the credential say follows from the
stated status, and words that a register reserves may not be written anywhere else.

Source:
    Code du travail, art. L6113-1 («certification professionnelle» is reserved to the RNCP), L6113-6
    (Répertoire spécifique), L6323-6 (what the CPF can pay for).
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from jalon.design.rules.content import RecognitionContent, SpecificationContent
from sceau.model.micro_credential import RecognitionStatus
from sceau.model.texts import Text

Status = RecognitionStatus

# What a code looks like, for the statuses that need one.
CODE_FORMATS: Mapping[Status, re.Pattern[str]] = {
    Status.RNCP: re.compile(r"RNCP[0-9]{1,6}"),
    Status.RS: re.compile(r"RS[0-9]{1,6}"),
    Status.BLOC: re.compile(r"RNCP[0-9]{1,6}BC[0-9]{2}"),
}
WITH_CERTIFYING_BODY = frozenset({Status.BLOC, Status.RS, Status.RNCP, Status.BRANCHE})

_REGISTERED = frozenset({Status.BLOC, Status.RS, Status.RNCP})
_CPF = r"(?:cpf|compte personnel de formation|mon compte formation)"


@dataclass(frozen=True)
class ReservedWords:
    """
    Words that only some statuses may use.

    Attributes:
        code: Stable, part of the gap's code: ``"recognition.words.diploma"``.
        words: As a sentence quotes them.
        pattern: For texts with straight apostrophes.
        allowed: The statuses for which a register says so.
        spared: Fields where the words are about something else, by their first name.
    """

    code: str
    words: str
    pattern: re.Pattern[str]
    allowed: frozenset[Status]
    spared: frozenset[str] = frozenset()


# What a person must hold beforehand may well be a diploma.
_PREREQUISITES = frozenset({"prerequisites"})


def _any_case(pattern: str) -> re.Pattern[str]:
    """*pattern* in any case, whatever space stands between its words, a new line included."""
    return re.compile(pattern.replace(" ", r"\s+"), re.IGNORECASE)


RESERVED_WORDS: tuple[ReservedWords, ...] = (
    ReservedWords(
        "cpf",
        "éligible CPF",
        _any_case(
            rf"[ée]ligibles?\W[^.;!?\n]{{0,40}}\b{_CPF}\b|\b{_CPF}\W[^.;!?\n]{{0,20}}[ée]ligible"
            rf"|finan[cç]\w+\W[^.;!?\n]{{0,40}}\b{_CPF}\b|pris en charge\W[^.;!?\n]{{0,30}}\b{_CPF}\b"
            rf"|\b{_CPF}[- ](?:eligible|funded)"
        ),
        _REGISTERED,
    ),
    ReservedWords(
        "diploma",
        "diplôme",
        _any_case(r"\bdipl[oô]mes?\b|\bdipl[oô]mante?s?\b|\bdiplomas?\b"),
        frozenset({Status.RNCP}),
        _PREREQUISITES,
    ),
    ReservedWords(
        "professional_certification",
        "certification professionnelle",
        _any_case(r"\bcertifications? professionnelles?\b|\bprofessional certifications?\b"),
        frozenset({Status.RNCP}),
        _PREREQUISITES,
    ),
    ReservedWords(
        "rncp_certification",
        "certification RNCP",
        _any_case(
            r"\bcertifications? (?:de niveau \d )?(?:au |du )?rncp"
            r"|\btitres? (?:de niveau \d )?(?:au |du )?rncp"
            r"|\bcertifi(?:ée?s?|ante?s?) (?:au |du )?rncp|\b(?:inscrit|enregistr[ée])e?s? au rncp"
            r"|\brncp certification"
        ),
        frozenset({Status.RNCP}),
        _PREREQUISITES,
    ),
    ReservedWords(
        "state",
        "reconnu par l'État",
        _any_case(
            r"\breconnue?s?\W(?:[^.;!?\n]{0,20}\W)?par l'[ée]tat\b|\breconnaissance (?:par|de) l'[ée]tat\b"
            r"|\bstate[- ]recogni[sz]ed\b|\brecogni[sz]ed by the state\b"
        ),
        frozenset({Status.RNCP}),
        _PREREQUISITES,
    ),
)

# «Ni un diplôme», «aucun diplôme exigé», «n'est pas éligible au CPF»: saying that it is not is the truth.
_NEGATION = re.compile(
    # «pas à pas vers le diplôme» denies nothing, nor does «sans frais, un diplôme».
    r"\b(?:ni|(?<!à )pas(?! à pas)|jamais|not|no|nor|neither|isn't)\b[^.,;:!?\n]{0,40}$"
    r"|\b(?:aucune?s?|sans|non|without)(?:\s+(?:être|valoir|donner|délivrer))?(?:\s+(?:une?|le|la|a|any))?\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Problem:
    """
    One thing about recognition that blocks publishing.

    Attributes:
        field: ``"recognition.code"``, or the text that holds the words: ``"description.fr"``.
        code: ``"recognition.code_format"``, ``"recognition.words.cpf"``…
        facts: What the sentence needs.
    """

    field: str
    code: str
    facts: Mapping[str, str] = dataclasses.field(default_factory=dict)


def problems(content: SpecificationContent) -> list[Problem]:
    """All that is wrong with what *content* says about its recognition."""
    return [*_statement_problems(content.recognition), *words_problems(content)]


def _statement_problems(recognition: RecognitionContent) -> Iterator[Problem]:
    status = recognition.status
    if status is None:
        yield Problem("recognition.status", "recognition.status_missing")
        return
    expected = CODE_FORMATS.get(status)
    if expected and not recognition.code:
        yield Problem("recognition.code", "recognition.code_missing", {"status": status.value})
    elif expected and not expected.fullmatch(recognition.code):
        yield Problem(
            "recognition.code", "recognition.code_format", {"status": status.value, "value": recognition.code}
        )
    elif recognition.code and status in {Status.NONE, Status.ATTESTATION, Status.BADGE}:
        yield Problem(
            "recognition.code",
            "recognition.code_without_register",
            {"status": status.value, "value": recognition.code},
        )
    if status in WITH_CERTIFYING_BODY and not recognition.certifying_body:
        yield Problem(
            "recognition.certifying_body", "recognition.certifying_body_missing", {"status": status.value}
        )
    if status in WITH_CERTIFYING_BODY and not recognition.title:
        yield Problem("recognition.title", "recognition.title_missing", {"status": status.value})


def words_problems(content: SpecificationContent) -> list[Problem]:
    """Reserved words met in any text that this organisation wrote about its own micro-certification."""
    status = content.recognition.status or Status.NONE
    found: list[Problem] = []
    for path, words in texts(content):
        for reserved in RESERVED_WORDS:
            if status in reserved.allowed or path.split(".")[0] in reserved.spared:
                continue
            if met := first_claim(words, reserved.pattern):
                facts = {"words": reserved.words, "met": met, "status": status.value}
                found.append(Problem(path, f"recognition.words.{reserved.code}", facts))
    return found


def first_claim(words: str, pattern: re.Pattern[str]) -> str:
    """The first place of *words* that *pattern* meets and the sentence does not deny, or ``""``."""
    plain = words.replace("’", "'").replace("\u00a0", " ").replace("\u202f", " ")
    for met in pattern.finditer(plain):
        if not _NEGATION.search(plain[: met.start()]):
            return met[0]
    return ""


def texts(content: SpecificationContent) -> Iterator[tuple[str, str]]:
    """
    Path and words of every text that says something of the micro-certification itself.

    Titles of other certifications (`stacks_into`, `recognition.title`) and labels of frameworks are left
    out: they are names of other things.
    """
    named: list[tuple[str, Text]] = [("title", content.title), ("description", content.description)]
    named += [(f"learning_outcomes.{o.id}.statement", o.statement) for o in content.learning_outcomes]
    named += [
        ("level.none_reason", content.level.none_reason),
        ("assessment.description", content.assessment.description),
        ("assessment.identity_check", content.assessment.identity_check),
        ("prerequisites", content.prerequisites),
        ("stackability", content.stackability),
        ("price_note", content.price_note),
        ("further_information", content.further_information),
    ]
    for path, text in named:
        for tag, words in text.versions:
            yield f"{path}.{tag}", words
    for row in content.quality_assurance:
        for _, words in row.name.versions:
            yield "quality_assurance", words


@dataclass(frozen=True)
class Statement:
    """
    What a page, a paper and a credential say about recognition, as codes that
    `labels.recognition_sentences` words.

    Attributes:
        is_code: What it is.
        is_not_codes: What it is not, which must be shown beside it.
        facts: ``code``, ``title``, ``certifying_body``, empty where they are not stated.
    """

    is_code: str
    is_not_codes: tuple[str, ...]
    facts: Mapping[str, str]


_IS_NOT: Mapping[Status, tuple[str, ...]] = {
    Status.NONE: ("not_registered", "not_cpf"),
    Status.ATTESTATION: ("not_registered", "not_cpf"),
    Status.BADGE: ("not_registered", "not_cpf"),
    Status.BRANCHE: ("not_in_national_register", "not_cpf"),
    Status.BLOC: ("only_a_part",),
    Status.RS: ("no_level",),
    Status.RNCP: (),
}


def statement(recognition: RecognitionContent) -> Statement:
    """What may be said for *recognition*; a status that is not said yet is worth none."""
    status = recognition.status or Status.NONE
    facts = {
        "code": recognition.code,
        "title": recognition.title,
        "certifying_body": recognition.certifying_body,
    }
    return Statement(
        f"recognition.is.{status.value}", tuple(f"recognition.{c}" for c in _IS_NOT[status]), facts
    )


def register_address(code: str) -> str:
    """The page of an RNCP or RS code at France compétences (of its certification, for a bloc), or ``""``."""
    met = re.fullmatch(r"(RNCP|RS)([0-9]{1,6})(BC[0-9]{2})?", code)
    if not met:
        return ""
    return f"https://www.francecompetences.fr/recherche/{met[1].lower()}/{met[2]}/"
