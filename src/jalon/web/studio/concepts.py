"""Concepts for the outcomes of a draft: suggested with reasons, looked up, taken or declined by a person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from jalon.design import actions
from jalon.design.models import AlignmentDecision, Specification
from jalon.design.permissions import can_write
from jalon.design.queries import decisions_of, declined_uris, gaps_of
from jalon.design.rules.content import Alignment, OutcomeContent
from jalon.foundation import document_texts
from jalon.foundation.errors import UnreadableFileError
from jalon.frameworks import labels
from jalon.frameworks.models import Concept, Framework
from jalon.frameworks.queries.concepts import attribution, concept_at
from jalon.frameworks.queries.fates import fate_of
from jalon.frameworks.queries.search import search
from jalon.frameworks.queries.suggestions import (
    PhraseSuggestions,
    Suggestion,
    knows_meaning,
    programme_suggestions,
    suggestions,
)
from jalon.frameworks.rules.kinds import ALIGNABLE, EditionState, Fate
from jalon.people.permissions import require
from jalon.people.rules import Capability
from jalon.web import refusals
from jalon.web.issuing.uploads import bounded
from jalon.web.studio.access import member, specification_or_404
from jalon.web.studio.dossier import frame
from jalon.web.studio.sections import anchor

_SUGGESTED = 6
_FOUND = 12
_LONGEST_PROGRAMME = 200_000


@dataclass(frozen=True)
class Offer:
    """A concept as the page offers it; `rank` from 1, 0 where the person looked it up."""

    uri: str
    label: str
    code: str
    framework: str
    description: str
    reasons: tuple[str, ...] = ()
    rank: int = 0


@dataclass(frozen=True)
class Held:
    """A concept that the outcome is tied to: who decided so, and what became of it since."""

    alignment: Alignment
    decision: AlignmentDecision | None
    fate: str
    heirs: tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """An outcome in the list on the left of the page."""

    id: str
    number: int
    statement: object
    count: int


@login_required
def concepts(request: HttpRequest, specification_id: UUID) -> HttpResponse:
    """One outcome at a time: what it is tied to, what is suggested, what a search finds."""
    specification = specification_or_404(request, specification_id)
    if not can_write(request.user, specification):
        return redirect("studio:reading", specification.id)
    outcomes = specification.read().learning_outcomes
    chosen = _chosen(outcomes, request.GET.get("acquis", ""))
    if request.method == "POST":
        return _decide(request, specification)
    typed = request.GET.get("q", "").strip()[:200]
    values: dict[str, Any] = {
        "specification": specification,
        "chosen": chosen,
        "typed": typed,
        "found": _found(typed, chosen) if chosen else [],
    }
    if request.GET.get("partie") == "trouves":
        return render(request, "studio/found.html", values)
    values |= {
        **frame(request, specification, gaps_of(specification)),
        "lines": [Line(o.id, n, o.statement, len(o.alignments)) for n, o in enumerate(outcomes, start=1)],
        "held": _held(specification, chosen) if chosen else [],
        "suggested": _suggested(specification, chosen) if chosen else [],
        "words_only": not knows_meaning(),
        "attributions": _attributions(),
        "imported": Concept.objects.exists(),
    }
    return render(request, "studio/concepts.html", values)


def _attributions() -> list[str]:
    """What each framework's licence asks to be shown beside its concepts, for those that are here."""
    language = (get_language() or "fr").split("-")[0]
    codes = (
        Framework.objects.filter(editions__state=EditionState.COMPLETE)
        .distinct()
        .values_list("code", flat=True)
    )
    return [words for code in codes if (words := attribution(code, language))]


def _chosen(outcomes: Sequence[OutcomeContent], asked: str) -> OutcomeContent | None:
    """The outcome asked for, else the first without a concept, else the first."""
    by_id = {outcome.id: outcome for outcome in outcomes}
    if asked in by_id:
        return by_id[asked]
    return next((o for o in outcomes if not o.alignments), outcomes[0] if outcomes else None)


def _language_of(outcome: OutcomeContent) -> tuple[str, str]:
    """The words to look with and their language: French, else English, else whatever is first."""
    versions = outcome.statement.as_dict()
    tag = next((each for each in ("fr", "en") if versions.get(each)), next(iter(versions), "fr"))
    return versions.get(tag, ""), tag


def _suggested(specification: Specification, outcome: OutcomeContent) -> list[Offer]:
    text, tag = _language_of(outcome)
    if not text:
        return []
    left = {alignment.uri for alignment in outcome.alignments}
    left |= declined_uris(specification.micro_credential_id, outcome.id)
    near = suggestions(text, tag, limit=_SUGGESTED + len(left))
    kept = [each for each in near if each.concept.uri not in left][:_SUGGESTED]
    return [offer(each, rank) for rank, each in enumerate(kept, start=1)]


def offer(suggestion: Suggestion, rank: int) -> Offer:
    """A suggestion with its reasons in words."""
    return _offer(suggestion.concept, tuple(labels.reason(each) for each in suggestion.reasons), rank)


def _offer(concept: Concept, reasons: tuple[str, ...] = (), rank: int = 0) -> Offer:
    language = (get_language() or "fr").split("-")[0]
    return Offer(
        uri=concept.uri,
        label=concept.label(language),
        code=concept.code,
        framework=_framework(concept),
        description=concept.description(language)[:300],
        reasons=reasons,
        rank=rank,
    )


def _framework(concept: Concept) -> str:
    """«ESCO», «RNCP», «GreenComp»: the short name, which the long one begins with."""
    return str(concept.framework.names.get("fr") or concept.framework_id.upper()).split(" :")[0]


def _found(typed: str, outcome: OutcomeContent) -> list[Offer]:
    if not typed:
        return []
    tied = {alignment.uri for alignment in outcome.alignments}
    language = (get_language() or "fr").split("-")[0]
    answers = search(typed, lang=language, kinds=[kind.value for kind in ALIGNABLE], limit=_FOUND)
    return [_offer(each.concept) for each in answers if each.concept.uri not in tied]


def _held(specification: Specification, outcome: OutcomeContent) -> list[Held]:
    decided = {
        each.uri: each
        for each in decisions_of(specification.micro_credential)
        if each.outcome_id == outcome.id and each.decision == AlignmentDecision.Decision.ACCEPTED
    }
    fates = fate_of([alignment.uri for alignment in outcome.alignments])
    return [
        Held(
            alignment,
            decided.get(alignment.uri),
            "" if fates[alignment.uri].is_fine else labels.fate(Fate(fates[alignment.uri].fate)),
            tuple(filter(None, (heir.label or heir.code for heir in fates[alignment.uri].heirs))),
        )
        for alignment in outcome.alignments
    ]


def _decide(request: HttpRequest, specification: Specification) -> HttpResponse:
    """Take or decline the concept of the button pressed: ``accept:3:http://…``, ``decline:3:http://…``."""
    by = member(request)
    require(by, Capability.DESIGN, specification.micro_credential.organisation)
    outcome_id = request.POST.get("outcome", "")
    do, _colon, rest = request.POST.get("do", "").partition(":")
    rank, _colon, uri = rest.partition(":")
    place = int(rank) if rank.isascii() and rank.isdigit() and 0 < int(rank) < 1000 else None
    concept = concept_at(uri)
    if concept is not None:
        alignment = alignment_of(concept)
        if do == "accept":
            actions.accept_alignment(
                specification=specification, outcome_id=outcome_id, alignment=alignment, rank=place, by=by
            )
            messages.success(request, _("Relié : «%(label)s».") % {"label": alignment.label})
        elif do == "decline":
            actions.decline_alignment(
                specification=specification, outcome_id=outcome_id, alignment=alignment, rank=place, by=by
            )
            messages.success(request, _("Écarté : «%(label)s».") % {"label": alignment.label})
    return redirect(f"{reverse('studio:concepts', args=[specification.id])}?acquis={outcome_id}")


def alignment_of(concept: Concept) -> Alignment:
    """The row that an outcome keeps: label in French where there is one."""
    return Alignment(_framework(concept)[:100], concept.uri, concept.label("fr")[:1000], concept.code[:60])


class ProgrammeForm(forms.Form):
    """A programme pasted in, or in a file."""

    text = forms.CharField(
        label=gettext_lazy("Le programme, collé ici"),
        widget=forms.Textarea(attrs={"rows": 6}),
        required=False,
        max_length=_LONGEST_PROGRAMME,
        error_messages={
            "max_length": gettext_lazy("C'est trop long : %(limit_value)d signes au plus. Collez une partie.")
        },
    )
    file = forms.FileField(
        label=gettext_lazy("Ou un fichier (PDF, DOCX, ODT, texte)"),
        required=False,
        error_messages={"empty": gettext_lazy("Ce fichier est vide.")},
    )

    def clean(self) -> dict[str, object] | None:
        """One of the two is there; the text of a file becomes the text."""
        cleaned = super().clean() or {}
        file = cleaned.get("file")
        if file:
            try:
                cleaned["text"] = document_texts.read(file.read(), name=file.name).text
            except UnreadableFileError as error:
                self.add_error("file", refusals.sentence(error))
        elif not str(cleaned.get("text", "")).strip() and not self.errors:
            raise forms.ValidationError(_("Collez un programme ou choisissez un fichier."))
        return cleaned


@dataclass(frozen=True)
class Phrase:
    """A phrase of the programme that may be an outcome; `there` where the draft says it already."""

    words: str
    offers: list[Offer]
    there: bool


@login_required
@bounded
def programme(request: HttpRequest, specification_id: UUID) -> HttpResponse:
    """A whole programme: its phrases that look like outcomes, each with concepts; the person picks."""
    specification = specification_or_404(request, specification_id)
    if not can_write(request.user, specification):
        return redirect("studio:reading", specification.id)
    if request.method == "POST" and request.POST.get("do") == "take":
        return _take(request, specification)
    form = ProgrammeForm(request.POST, request.FILES) if request.method == "POST" else ProgrammeForm()
    phrases: list[Phrase] | None = None
    if form.is_bound and form.is_valid():
        phrases = _phrases(specification, programme_suggestions(form.cleaned_data["text"], limit=3))
    values = {
        **frame(request, specification, gaps_of(specification)),
        "form": form,
        "phrases": phrases,
        "words_only": not knows_meaning(),
        "attributions": _attributions(),
        "outcomes_anchor": anchor("learning_outcomes"),
    }
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "studio/programme.html", values, status=status)


def _phrases(specification: Specification, found: Iterable[PhraseSuggestions]) -> list[Phrase]:
    said = {
        words.casefold() for o in specification.read().learning_outcomes for _t, words in o.statement.versions
    }
    return [
        Phrase(
            each.phrase,
            [offer(near, rank) for rank, near in enumerate(each.suggestions, start=1)],
            each.phrase.casefold() in said,
        )
        for each in found
    ]


def _take(request: HttpRequest, specification: Specification) -> HttpResponse:
    """Add each phrase ticked as an outcome, tied to the concepts ticked with it."""
    by = member(request)
    require(by, Capability.DESIGN, specification.micro_credential.organisation)
    taken = 0
    for number in request.POST.getlist("phrase"):
        words = request.POST.get(f"words:{number}", "").strip()
        if not words:
            continue
        outcome_id = actions.add_outcome(specification=specification, statement={"fr": words}, by=by)
        taken += 1
        for value in request.POST.getlist(f"concept:{number}"):
            rank, _colon, uri = value.partition(":")
            concept = concept_at(uri)
            if concept is not None and rank.isascii() and rank.isdigit():
                actions.accept_alignment(
                    specification=specification,
                    outcome_id=outcome_id,
                    alignment=alignment_of(concept),
                    rank=int(rank) or None,
                    by=by,
                )
    if not taken:
        messages.warning(request, _("Rien n’était coché : le dossier n’a pas changé."))
        return redirect("studio:programme", specification.id)
    messages.success(request, _("Ajouté à la fin des acquis : relisez, raccourcissez, regroupez."))
    return redirect("studio:section", specification.id, "acquis")
