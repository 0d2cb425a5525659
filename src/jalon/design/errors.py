"""
What can go wrong while a micro-certification is written.

    DesignError                          design.error
    ├── InvalidContentError              design.invalid_content      what was written cannot be read
    ├── UnknownFieldError                design.unknown_field        no such field, or no such outcome
    ├── IncompleteSpecificationError     design.incomplete           something mandatory is missing
    ├── PublishedIsFinalError            design.published_is_final   a published version never changes
    ├── NothingPublishedError            design.nothing_published    a new version starts from a published one
    ├── ImportRefusedError               design.import_refused       not a specification, or not one to copy
    └── RoomError                        design.room                 something that a room refuses
        ├── LinkClosedError              design.link_closed          revoked, out of date or never given
        ├── RoomTextError                design.room_text            empty, or too long
        ├── RoomFullError                design.room_full            bounds on what one room holds
        ├── NothingProposedError         design.nothing_proposed     the field says that already
        ├── ProposalDecidedError         design.proposal_decided     somebody decided it meanwhile
        ├── ProposalOvertakenError       design.proposal_overtaken   the field changed since: look at both
        ├── NoDraftError                 design.no_draft             nothing can be written into
        ├── RoundDateError               design.round_date           not a day on which a round may close
        ├── RoundClosedError             design.round_closed         it can be answered no more
        ├── SignOffChoiceError           design.sign_off_choice      yes, yes with reservations, or no
        ├── NotAgreedError               design.not_agreed           settle first who must sign off
        └── SignOffsMissingError         design.sign_offs_missing    publishing waits for organisations
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from jalon.foundation.errors import JalonError


@dataclass(frozen=True)
class Problem:
    """
    One thing that cannot be read in a plain specification.

    Attributes:
        path: Where: ``"learning_outcomes[2].statement.fr"``; ``""`` for the whole.
        code: Stable, such as ``"content.not_a_number"``; `labels.problem_sentence` puts it in French.
        facts: What the sentence needs, JSON types only.
    """

    path: str
    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)


class DesignError(JalonError):
    """Something that the writing of a micro-certification refuses."""

    code = "design.error"


class InvalidContentError(DesignError):
    """What was written cannot be read; `problems` names every place, not only the first."""

    code = "design.invalid_content"

    def __init__(self, problems: Sequence[Problem]) -> None:
        listed = "; ".join(
            f"{p.path or 'specification'}: {p.code} {dict(p.facts) or ''}".strip() for p in problems
        )
        super().__init__(
            f"expected a specification, met {len(problems)} problem(s): {listed}",
            problems=[{"path": p.path, "code": p.code, "facts": dict(p.facts)} for p in problems],
        )
        self.problems = tuple(problems)


class UnknownFieldError(DesignError):
    """There is no such field in a specification, or no such outcome any more."""

    code = "design.unknown_field"


class IncompleteSpecificationError(DesignError):
    """Something mandatory is missing; `gaps` (of `rules.completeness`) says what and why it matters."""

    code = "design.incomplete"

    def __init__(self, gaps: Sequence[Any]) -> None:
        super().__init__(
            "expected a complete specification, met gaps: "
            + ", ".join(f"{g.field} ({g.code})" for g in gaps),
            gaps=[{"element": g.element, "field": g.field, "code": g.code} for g in gaps],
        )
        self.gaps = tuple(gaps)


class ImportRefusedError(DesignError):
    """
    What was given cannot become a draft.

    `reason`: ``"too_large"``, ``"not_readable"``, ``"not_known"`` (another kind of file),
    ``"programme"`` (a PDF or a Word document: read elsewhere), ``"nothing_in_it"``, ``"not_in_register"``,
    ``"reserved"`` (its owner lets nobody copy it), ``"shared_alike"`` (a copy has to keep the licence of
    its source).
    """

    code = "design.import_refused"
    reason = "not_known"

    def __init__(self, reason: str = "not_known", name: str = "", **facts: object) -> None:
        super().__init__(f"expected a specification to copy, met {reason}: {name}", name=name, **facts)
        self.reason = reason


class PublishedIsFinalError(DesignError):
    """A published version never changes: start a new version instead."""

    code = "design.published_is_final"


class NothingPublishedError(DesignError):
    """A new version starts from a published one, and there is none yet: go on with the draft."""

    code = "design.nothing_published"


class RoomError(DesignError):
    """Something that a room refuses."""

    code = "design.room"


class LinkClosedError(RoomError):
    """This link was revoked, is out of date, or never led anywhere. Ask whoever invited for another."""

    code = "design.link_closed"


class RoomTextError(RoomError):
    """A text is missing or too long. `what` names it: ``"comment"``; `why`: ``"missing"``, ``"too_long"``."""

    code = "design.room_text"

    def __init__(self, what: str, why: str, **facts: Any) -> None:
        super().__init__(
            f"expected a {what}, met one that is {why} {facts or ''}", what=what, why=why, **facts
        )
        self.what, self.why = what, why


class RoomFullError(RoomError):
    """The room holds as many of these as it may: {most}."""

    code = "design.room_full"


class NothingProposedError(RoomError):
    """What is proposed is what the field says already."""

    code = "design.nothing_proposed"


class ProposalDecidedError(RoomError):
    """Somebody accepted, refused or withdrew this proposal meanwhile."""

    code = "design.proposal_decided"


class ProposalOvertakenError(RoomError):
    """The field changed since the proposal, or since the page was drawn: look at the texts and choose."""

    code = "design.proposal_overtaken"


class NoDraftError(RoomError):
    """Everything is published: start a new version, then accept proposals into it."""

    code = "design.no_draft"


class RoundDateError(RoomError):
    """A round closes on a day between today and a year from now."""

    code = "design.round_date"


class RoundClosedError(RoomError):
    """The round is closed, or another one is open by now."""

    code = "design.round_closed"


class SignOffChoiceError(RoomError):
    """Not one of the three answers."""

    code = "design.sign_off_choice"


class NotAgreedError(RoomError):
    """Nobody settled yet who must sign off: do that first."""

    code = "design.not_agreed"


class SignOffsMissingError(RoomError):
    """The room agreed that publishing waits for sign-offs, and some are not there. Fact: `organisations`."""

    code = "design.sign_offs_missing"

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(
            f"expected the sign-off of {', '.join(names)}", organisations=", ".join(names), count=len(names)
        )
        self.names = tuple(names)
