"""The typography of French, applied by the server so that nobody has to type it."""

from __future__ import annotations

import re

# One no-break space for all: the narrow one (U+202F) is missing from most web fonts, ours included.
NO_BREAK = "\u00a0"

_UNITS = (
    "h|min|s|j|ans?|mois|semaines?|jours?|heures?|minutes?|km|hm|m|cm|mm|m²|m³|ha|a|t|q|kg|g|mg|l|L|hl|cl|ml|kW|kWh|W|V|A|°C|°|€|%|"
    "euros?|Ko|Mo|Go|ECTS|ou plus"
)
_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    # l'eau → l’eau, and a lone prime after a letter at the end of a word
    (re.compile(r"(?<=\w)'(?=\w)"), "’"),
    (re.compile(r"(?<!\.)\.\.\.(?!\.)"), "…"),
    # « texte »
    (re.compile(r"«[ \u00a0\u202f]*(?=\S)"), f"«{NO_BREAK}"),
    (re.compile(r"(?<=\S)[ \u00a0\u202f]*»"), f"{NO_BREAK}»"),
    # a space that is there becomes one that does not break
    (re.compile(r"(?<=\S)[ \u202f]+(?=[;!?](?!\w))"), NO_BREAK),
    (re.compile(r"(?<=\S)[ \u202f]+(?=:(?:\s|$))"), NO_BREAK),
    # a space that was forgotten is put in, except inside addresses and times
    (re.compile(r"(?<=[^\W_])(?=[;!?]+(?:\s|$|[)»”]))(?<!&amp)(?<!&lt)(?<!&gt)"), NO_BREAK),
    (re.compile(r"(?<=[^\W_])(?=:(?:\s|$))"), NO_BREAK),
    # 1 000, and 35 h
    (re.compile(r"(?<=\d)[ \u202f](?=\d{3}(?:\D|$))"), NO_BREAK),
    (re.compile(rf"(?<=\d)[ \u202f](?=(?:{_UNITS})(?![\w]))"), NO_BREAK),
    (re.compile(r"(?<=\d)(?=[%€](?!\w))"), NO_BREAK),
    # niveau 3, article 6, M. Roux
    (re.compile(r"\b([Nn]iveaux?|[Aa]rticles?|[Pp]ages?|n°|nº|M\.|Mme|Dr) (?=[\dA-ZÀ-Ý])"), rf"\1{NO_BREAK}"),
)


def french(text: str) -> str:
    """
    *text* with the spaces and apostrophes of French.

    No-break spaces before ``: ; ! ? »`` and after ``«``, inside numbers and before units; curly apostrophes;
    one sign for an ellipsis. Applying it twice changes nothing more. Addresses and times keep their colons.
    """
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text
