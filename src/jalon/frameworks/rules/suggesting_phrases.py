"""A programme, pasted in or read from a file, cut into the phrases that may be outcomes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jalon.frameworks.rules import stemming

MOST_SIGNS = 400_000
_LONGEST_PHRASE = 300
_LEAST_WORDS, _MOST_WORDS = 2, 45
# A bullet, a dash, or a number: «- », «• », «1. », «2.3) », «a) », «C1.2 : ».
_BULLET = re.compile(
    r"^\s*(?:[•●▪■◦○‣⁃∙·*+→➢➤✓✔❖\uf0b7\uf0a7\u2010-\u2015-]+\s*|(?:\d{1,2}[.)])+\d{0,2}\s+|[a-zA-Z][.)]\s+|"
    r"[A-Z]{1,3}\d{1,2}(?:\.\d{1,2})*\s*[:.)–-]\s*)"
)
_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+(?=[A-ZÀ-ÖØ-Þ•-])")
# «Être capable de tailler», «Le stagiaire saura tailler», «At the end, learners can prune»: the verb follows.
_PREAMBLE = re.compile(
    r"^(?:(?:à l['’]issue|à la fin|au terme) (?:de|du|d['’])[^,:]{0,80}[,:]\s*)?"
    r"(?:(?:le|la|les|l['’])\s?(?:stagiaires?|apprenant(?:\(?e\)?s?|\.e\.?s?|e?s?)|participant(?:\(?e\)?s?|e?s?)|"
    r"candidats?|titulaires?|bénéficiaires?)\s+)?"
    r"(?:(?:sera|seront|être|est|sont)\s+(?:en mesure|capables?)\s+(?:de|d['’])\s*:?|saura|sauront|pourra|"
    r"pourront|savoir)\s*:?\s*",
    re.IGNORECASE,
)
_PREAMBLE_ENGLISH = re.compile(
    r"^(?:(?:at the end|on completion|by the end) of [^,:]{0,80}[,:]\s*)?(?:the )?(?:learners?|"
    r"participants?|students?|trainees?)\s+(?:will be able to|are able to|is able to|can|will)\s*:?\s*",
    re.IGNORECASE,
)
# What a programme holds besides outcomes.
_NO_OUTCOME = re.compile(
    r"@|https?:|www\.|\bsiret\b|\btél(?:éphone)?\b|€|\bdurée\s*:|\btarif|\bprix\s*:|\bdate\s*:|\blieu\s*:|\bpage\s+\d|"
    r"^\s*(?:module|séquence|jour|séance|partie|chapitre|unit|day|session)\s*\d*\s*$|\bhoraires?\b|"
    r"^\s*(?:programme|objectifs?|prérequis|pré-requis|public(?: visé)?|contenu|sommaire|évaluation|"
    r"modalités|moyens pédagogiques)\b[^.]{0,30}:?\s*$",
    re.IGNORECASE,
)


def phrases(text: str, *, most: int = 60) -> list[str]:
    """
    The phrases of *text* that may say what somebody will know or be able to do, in their order, each once.

    Lines are cut at sentence ends, bullets and «être capable de» taken off; addresses, prices, dates and bare
    headings are left out. Of a text of one phrase that phrase comes back, whatever it is.
    """
    found: dict[str, str] = {}
    for phrase in _candidates(text[:MOST_SIGNS]):
        found.setdefault(" ".join(stemming.words(phrase)), phrase)
        if len(found) >= most:
            break
    if not found:
        whole = " ".join(text[:_LONGEST_PHRASE].split())
        return [whole] if stemming.words(whole) else []
    return list(found.values())


def _candidates(text: str) -> Iterator[str]:
    for line in _joined(text):
        for sentence in _SENTENCE_END.split(line):
            phrase = _bare(sentence)
            count = len(stemming.words(phrase))
            if count >= _LEAST_WORDS and not _NO_OUTCOME.search(phrase):
                yield phrase if count <= _MOST_WORDS else phrase[:_LONGEST_PHRASE].rpartition(" ")[0]


def _bare(sentence: str) -> str:
    phrase = _BULLET.sub("", " ".join(sentence.split()))
    phrase = _PREAMBLE_ENGLISH.sub("", _PREAMBLE.sub("", phrase))
    return phrase.strip(" .;:,–-")


def _joined(text: str) -> Iterator[str]:
    """Lines, those that a page cut in the middle of a sentence put together again."""
    pending = ""
    for line in re.split(r"[\r\n\f\v]+", text):
        stripped = line.strip()
        goes_on = bool(pending) and bool(stripped) and stripped[0].islower() and not _BULLET.match(line)
        if goes_on and pending[-1] not in ".;:!?" and len(pending) > 40:
            pending = f"{pending} {stripped}"
            continue
        if pending:
            yield pending
        pending = stripped
    if pending:
        yield pending
