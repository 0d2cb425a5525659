"""A proposal as the page shows it: what was, what is, what is asked for, and what this person may do."""

from __future__ import annotations

import json
from dataclasses import dataclass

from django.utils.translation import gettext as _

from jalon.design import labels
from jalon.design.models import Proposal
from jalon.design.queries import is_orphan, is_overtaken, now_said
from jalon.design.rules.changes import Piece, pieces
from jalon.design.rules.content import SpecificationContent
from jalon.design.rules.rooms import ProposalKind
from jalon.web.room.access import Visit
from jalon.web.room.lines import language_of
from jalon.web.studio.askers import name_of, page_of, said


@dataclass(frozen=True)
class Card:
    """
    One proposal.

    Attributes:
        was, now, wanted: The three texts; `was` and `now` say the same unless `overtaken`.
        pieces: `now` and `wanted` as one text, for texts.
        seen: What the field says now, in JSON, sent back with a decision.
        orphan: The field is no longer there.
    """

    proposal: Proposal
    heading: str
    name: str
    page: str
    was: str
    now: str
    wanted: str
    pieces: list[Piece]
    language: str
    seen: str
    state: str
    overtaken: bool
    orphan: bool
    may_decide: bool
    may_withdraw: bool


def card(proposal: Proposal, content: SpecificationContent, here: Visit) -> Card:
    """*proposal* against the text as it is now."""
    now = now_said(proposal, content)
    is_open = proposal.is_open
    kind = ProposalKind(proposal.kind)
    was, wanted = said(proposal, proposal.seen), said(proposal, proposal.value)
    said_now = said(proposal, now)
    is_text = kind is ProposalKind.CHANGE and bool(language_of(proposal.field))
    overtaken = is_open and is_overtaken(proposal, content)
    before = said_now if is_open else was
    return Card(
        proposal=proposal,
        heading=_HEADINGS[kind](),
        name=name_of(page_of(proposal.field), content),
        page=page_of(proposal.field),
        was=was,
        now=said_now,
        wanted=wanted,
        pieces=pieces(before, wanted) if is_text and before and wanted and not overtaken else [],
        language=language_of(proposal.field),
        seen=json.dumps(now, ensure_ascii=False, separators=(",", ":")),
        state=labels.proposal_state_name(proposal.state),
        overtaken=overtaken,
        orphan=is_open and is_orphan(proposal, content),
        may_decide=is_open and here.decides,
        may_withdraw=is_open and proposal.participant_id == here.who.id and here.proposes,
    )


_HEADINGS = {
    ProposalKind.CHANGE: lambda: _("propose un changement"),
    ProposalKind.ADD_OUTCOME: lambda: _("propose un acquis de plus"),
    ProposalKind.REMOVE_OUTCOME: lambda: _("propose de retirer cet acquis"),
}
