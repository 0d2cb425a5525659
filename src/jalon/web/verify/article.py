"""What a credential says, ready to be drawn: ours or a stranger's."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from jalon.awarding.documents.certificate import facts as all_facts
from jalon.design.labels import recognition_sentences
from jalon.design.rules.content import RecognitionContent
from jalon.verification import importers
from jalon.verification.labels import checks, moments
from jalon.verification.rules import (
    PlainBadge,
    ProofFacts,
    Result,
    TrustStep,
    endorsement_of,
    plain_badge,
    proofs,
    trust_step,
)
from sceau.model import annex_i
from sceau.model.credential import Credential
from sceau.model.micro_credential import Recognition
from sceau.model.texts import Text
from sceau.verifying.report import Outcome

_FORMATS = {
    "open_badges_3": "Open Badges 3.0, VC 2.0",
    "open_badges_2": "Open Badges 2",
    "european": gettext_lazy("Attestation européenne (Europass)"),
    "sd_jwt_vc": gettext_lazy("Attestation de portefeuille"),
    "verifiable_credential": "VC 2.0",
}
_ENVELOPES = {
    "jwt": "JWT",
    "jws": "JWS",
    "sd-jwt": "SD-JWT",
    "jades": gettext_lazy("cachet JAdES"),
}
_FIRST_KINDS = frozenset({"level", "hours"})


@dataclass(frozen=True)
class Fact:
    """One line. `level` from 1 to 8 draws the staff beside the value."""

    label: str
    value: str
    more: str = ""
    level: int = 0


@dataclass(frozen=True)
class Degree:
    """A step of an outcome's rubric. `is_reached`: the person stands on it; `is_below`: on a later one."""

    name: Text
    is_reached: bool = False
    is_below: bool = False


@dataclass(frozen=True)
class Known:
    """
    One thing that the person knows or can do.

    Attributes:
        degrees: Of its assessment, from the least; empty where it is reached or not.
        value: How far, as the assessor words it; empty where nothing more is said.
    """

    statement: Text
    degrees: tuple[Degree, ...] = ()
    value: str = ""


@dataclass(frozen=True)
class Article:
    """
    Attributes:
        day: Of the award; empty where the file does not say it.
        cap: Domain of the stone, or empty.
        icon: Name of the sprite for a stone without a domain.
        facts: The few that matter first.
        more: The other elements, folded.
        recognition: The sentence that says what it is worth, and what it is not.
        is_ours: Intact, signed here, by a confirmed organisation; of others we say that they say it.
        is_micro_credential: Made here; a stranger's may be a whole diploma, and is not called one.
    """

    title: Text | str
    holder: str
    organisation: str
    day: str
    place: str = ""
    description: Text | str = ""
    outcomes: tuple[Known, ...] = ()
    cap: str = ""
    icon: str = "award"
    hours: object = ""
    hours_word: str = ""
    facts: tuple[Fact, ...] = ()
    more: tuple[Fact, ...] = ()
    recognition: str = ""
    is_ours: bool = False
    is_micro_credential: bool = False


@dataclass(frozen=True)
class CheckLine:
    """One check, as engineers name it."""

    name: str
    outcome: str
    code: str


@dataclass(frozen=True)
class Technical:
    """The folded part."""

    format: str
    issuer_id: str
    credential_id: str
    proofs: tuple[ProofFacts, ...]
    checks: tuple[CheckLine, ...] = field(default=())


@dataclass(frozen=True)
class Step:
    """One step of trust. `is_here`: this credential stands on it. `is_read`: known to this page today."""

    name: str
    words: str
    is_here: bool
    is_read: bool


def article(result: Result, *, cap: str = "") -> Article | None:
    """What the credential of *result* says; None where no title could be read, or it speaks of no person."""
    if endorsement_of(result.report) is not None:
        return None
    ours = result.organisation is not None and trust_step(result.report) is TrustStep.VOUCHED_KEY
    credential = result.report.credential
    if credential is not None and not annex_i.missing(credential):
        made_here = result.organisation is not None
        return replace(_whole(credential, cap=cap, is_ours=ours), is_micro_credential=made_here)
    if credential is not None and (said := _partial(credential)) is not None:
        return said
    badge = plain_badge(result.report.document)
    return _plain(badge) if badge else None


def _whole(credential: Credential, *, cap: str, is_ours: bool) -> Article:
    what = credential.micro_credential
    lines = all_facts(credential, (get_language() or "fr").split("-")[0])
    return Article(
        title=what.title,
        holder=credential.holder.name or _("une personne que le fichier ne nomme pas"),
        organisation=credential.issuer.name or _("un organisme que le fichier ne nomme pas"),
        day=moments.day(credential.awarded_on) if credential.awarded_on else "",
        place=credential.issuer.locality,
        description=what.description,
        outcomes=_known(credential),
        cap=cap,
        icon="" if cap else "award",
        hours=what.workload.hours,
        hours_word=ngettext("heure", "heures", max(1, int(what.workload.hours))),
        facts=_first_facts(lines),
        more=tuple(Fact(line["label"], line["value"], _beside(line)) for line in lines) + _beyond(credential),
        recognition=_recognition(what.recognition),
        is_ours=is_ours,
    )


def _partial(credential: Credential) -> Article | None:
    """
    Of a badge or attestation that is no whole micro-credential, what it says and nothing else: what it leaves
    out is not told as «none» or «0».
    """
    what = credential.micro_credential
    if not what.title:
        return None
    hours = what.workload.hours
    return Article(
        title=what.title,
        holder=credential.holder.name or _("une personne que le fichier ne nomme pas"),
        organisation=credential.issuer.name or _("un organisme que le fichier ne nomme pas"),
        day=moments.day(credential.awarded_on) if credential.awarded_on else "",
        description=what.description,
        outcomes=_known(credential),
        hours=hours or "",
        hours_word=ngettext("heure", "heures", max(1, int(hours))) if hours else "",
        facts=_first_facts(_said(credential)),
    )


def _said(credential: Credential) -> list[dict[str, Any]]:
    """Of what a reader asks first, what is there: no hours, no level and no result are not told as such."""
    what = credential.micro_credential
    is_there = {
        _("Charge de travail"): what.workload.hours > 0,
        _("Évaluation"): bool(what.assessment.types),
        _("Résultat"): bool(credential.grade),
    }
    level = {_("Niveau européen"), _("Niveau")} if what.level.concept is not None else set()
    wanted = {label for label, there in is_there.items() if there} | level
    lines = all_facts(credential, (get_language() or "fr").split("-")[0])
    return [line for line in lines if line["label"] in wanted]


def _known(credential: Credential) -> tuple[Known, ...]:
    """The outcomes, with how far the person reached each where the credential tells."""
    results = {result.outcome_id: result for result in credential.results}
    found = []
    for outcome in credential.micro_credential.outcomes:
        result = results.get(outcome.id)
        at = result.level_id if result else ""
        reached = next((place for place, step in enumerate(outcome.rubric) if at and step.id == at), -1)
        degrees = tuple(
            Degree(step.name, is_reached=place == reached, is_below=place < reached)
            for place, step in enumerate(outcome.rubric)
        )
        found.append(Known(outcome.statement, degrees, result.value if result else ""))
    return tuple(found)


def _beyond(credential: Credential) -> tuple[Fact, ...]:
    """What the certificate does not print in a line of its own, where the credential says it."""
    what, language = credential.micro_credential, (get_language() or "fr").split("-")[0]
    frameworks = dict.fromkeys(
        f"{concept.framework} {concept.code} {concept.label.get(language, 'fr')}".strip()
        for outcome in what.outcomes
        for concept in outcome.alignments
    )
    said = (
        (_("Référentiels de compétences"), frameworks),
        (_("Preuves montrées"), [each.name.get(language, "fr") for each in credential.evidence]),
        (_("Se compose de"), [each.title.get(language, "fr") for each in what.parts]),
    )
    lines = ((label, " ; ".join(text for text in texts if text)) for label, texts in said)
    return tuple(Fact(label, value) for label, value in lines if value)


def _beside(line: dict[str, Any]) -> str:
    """What stands under a value; the scale of a drawn bar says nothing where no bar is drawn."""
    return "" if line["kind"] == "hours" else str(line["more"])


def _recognition(said: Recognition) -> str:
    content = RecognitionContent(said.status, said.code, said.title, said.certifying_body)
    return str(recognition_sentences(content))


def _first_facts(lines: list[dict[str, Any]]) -> tuple[Fact, ...]:
    """Level, workload, assessment and result: what a reader asks first."""
    wanted = {_("Niveau"), _("Évaluation"), _("Résultat")}
    return tuple(
        Fact(line["label"], line["value"], level=int(line["number"]) if line["kind"] == "level" else 0)
        for line in lines
        if line["kind"] in _FIRST_KINDS or line["label"] in wanted
    )


def _plain(badge: PlainBadge) -> Article:
    return Article(
        title=badge.title,
        holder=badge.holder or _("une personne que le fichier ne nomme pas"),
        organisation=badge.issuer or _("un organisme que le fichier ne nomme pas"),
        day=moments.day(badge.awarded_on) if badge.awarded_on else "",
        description=badge.description,
    )


def technical(result: Result) -> Technical:
    """The folded part: names and codes as engineers know them."""
    report = result.report
    identifier = (report.document or {}).get("id") or (report.document or {}).get("jti")
    return Technical(
        format=", ".join(
            str(part)
            for part in (
                _FORMATS.get(report.format, report.format),
                _ENVELOPES.get(report.envelope, report.envelope),
            )
            if part
        ),
        issuer_id=report.issuer_id,
        credential_id=identifier[:500] if isinstance(identifier, str) else "",
        proofs=proofs(report),
        checks=tuple(CheckLine(c.name, _outcome(c.outcome), c.code) for c in report.checks),
    )


def _outcome(outcome: Outcome) -> str:
    return {
        Outcome.PASSED: _("tient"),
        Outcome.FAILED: _("ne tient pas"),
        Outcome.INDETERMINATE: _("inconnu"),
    }[outcome]


def steps(result: Result) -> tuple[Step, ...]:
    """The steps of trust from the ground up, with the one that this credential stands on."""
    here = trust_step(result.report)
    read = checks.steps_read_here(importers.authorities())
    return tuple(
        Step(
            name=str(checks.STEPS[step][0]),
            words=str(checks.STEPS[step][1]),
            is_here=step is here,
            is_read=step in read,
        )
        for step in TrustStep
    )
