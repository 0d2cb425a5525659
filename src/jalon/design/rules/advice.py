"""
Advice on what is written: a sentence under the field, never a blocked button.

Source:
    ECTS Users' Guide (2015): one credit is 25 to 30 hours of work. The Council Recommendation of 16 June
    2022 asks for outcomes, so for what somebody else can see the person do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from jalon.design.rules.coherence import incoherences, written
from jalon.design.rules.content import OutcomeContent, SpecificationContent
from jalon.design.rules.remarks import Advice

HOURS_PER_CREDIT = (Decimal(25), Decimal(30))
FEWEST_OUTCOMES, MOST_OUTCOMES = 3, 6
# Above this, European practice no longer speaks of a micro-credential.
MANY_CREDITS = Decimal(30)
LONG_STATEMENT = 220


# Verbs that nobody can observe, and two that can be observed instead.
_UNOBSERVABLE: Mapping[str, tuple[str, str]] = {
    "comprendre": ("Expliquer", "Choisir"),
    "connaître": ("Nommer", "Reconnaître"),
    "savoir": ("Faire", "Réaliser"),
    "maîtriser": ("Réaliser", "Régler"),
    "appréhender": ("Décrire", "Repérer"),
    "découvrir": ("Décrire", "Essayer"),
    "s'initier": ("Réaliser", "Préparer"),
    "se familiariser": ("Utiliser", "Repérer"),
    "être sensibilisé": ("Signaler", "Appliquer"),
    "être capable": ("Réaliser", "Préparer"),
    "prendre conscience": ("Signaler", "Comparer"),
    "approfondir": ("Analyser", "Comparer"),
    "percevoir": ("Distinguer", "Repérer"),
    "understand": ("Explain", "Choose"),
    "know": ("Name", "Recognise"),
    "be aware": ("Report", "Apply"),
    "learn": ("Carry out", "Prepare"),
}
_FORMS: Mapping[str, re.Pattern[str]] = {
    verb: re.compile(rf"^(?:l'apprenant\w* |la personne |il |elle )?{re.escape(verb)}(?:e?e?s?)?\b(?!-)")
    for verb in _UNOBSERVABLE
}
# «Savoir affûter» or «être capable d'affûter»: the verb that can be observed follows, so it is enough to
# say it.
_FOLLOWED = re.compile(r"^(?:savoir|être capable (?:de |d'))\s*(?P<verb>[a-zà-ÿœ]+(?:er|ir|re))\b")


def advice(content: SpecificationContent) -> list[Advice]:
    """Every remark on *content*, in the order of its fields."""
    return [*_outcomes(content), *_workload(content), *incoherences(content)]


def _outcomes(content: SpecificationContent) -> Iterator[Advice]:
    count = len(content.learning_outcomes)
    if 0 < count < FEWEST_OUTCOMES:
        yield Advice("learning_outcomes", "learning_outcomes.few", {"count": str(count)})
    elif count > MOST_OUTCOMES:
        yield Advice("learning_outcomes", "learning_outcomes.many", {"count": str(count)})
    for outcome in content.learning_outcomes:
        yield from _statement(outcome)


def _statement(outcome: OutcomeContent) -> Iterator[Advice]:
    for tag, words in outcome.statement.versions:
        field = f"learning_outcomes.{outcome.id}.statement.{tag}"
        beginning = " ".join(words.lower().replace("’", "'").split())
        if followed := _FOLLOWED.match(beginning):
            yield Advice(
                field,
                "learning_outcomes.indirect_verb",
                {"verb": words.split()[0], "instead": followed["verb"]},
            )
        elif verb := unobservable_verb(words):
            first, second = _UNOBSERVABLE[verb]
            yield Advice(
                field, "learning_outcomes.unobservable_verb", {"verb": verb, "first": first, "second": second}
            )
        if len(words) > LONG_STATEMENT:
            yield Advice(field, "learning_outcomes.long", {"length": str(len(words))})


def unobservable_verb(statement: str) -> str:
    """The verb of `_UNOBSERVABLE` that *statement* begins with, or ``""``."""
    beginning = " ".join(statement.lower().replace("’", "'").split())
    return next((verb for verb, form in _FORMS.items() if form.match(beginning)), "")


def _workload(content: SpecificationContent) -> Iterator[Advice]:
    hours, credits = content.workload_hours, content.credits_ects
    if credits is None:
        return
    if hours is not None:
        least, most = (each * credits for each in HOURS_PER_CREDIT)
        if not least <= hours <= most:
            facts = {"hours": written(hours), "credits": written(credits), "least": written(least)}
            facts |= {"most": written(most), "fair": fair_credits(hours)}
            yield Advice("credits_ects", "workload.hours_and_credits_disagree", facts)
    if credits >= MANY_CREDITS:
        yield Advice("credits_ects", "workload.many_credits", {"credits": written(credits)})


def fair_credits(hours: Decimal) -> str:
    """The credits that *hours* of work amount to at 25 to 30 hours each: ``"2"``, ``"0,8 à 1"``."""
    least = (hours / HOURS_PER_CREDIT[1]).quantize(Decimal("0.1"), ROUND_CEILING)
    most = (hours / HOURS_PER_CREDIT[0]).quantize(Decimal("0.1"), ROUND_FLOOR)
    return written(most) if least >= most else f"{written(least)} à {written(most)}"
