"""Who asked for what is in a text: accepted proposals, each in one line."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from jalon.design import labels
from jalon.design.models import Proposal
from jalon.design.queries import is_field
from jalon.design.rules.content import SpecificationContent
from jalon.design.rules.rooms import OUTCOMES, ProposalKind
from jalon.web.studio.cells import as_words


def name_of(field: str, content: SpecificationContent) -> str:
    """What people call a field, the whole text and the list of outcomes included."""
    if not field:
        return _("L'ensemble du texte")
    if field == OUTCOMES:
        return _("La liste des acquis")
    return labels.field_name(field, content)


def page_of(field: str) -> str:
    """The field on whose page something about *field* is shown: of an outcome as a whole, its words."""
    rest = field.removeprefix(f"{OUTCOMES}.")
    if field.startswith(f"{OUTCOMES}.") and "." not in rest:
        return f"{field}.statement.fr"
    return field


def said(proposal: Proposal, value: Any) -> str:
    """A value of a proposal as people read it."""
    if isinstance(value, dict) and proposal.kind != ProposalKind.CHANGE:
        return "\n".join(str(words) for words in value.values())
    if is_field(proposal.field):
        return as_words(proposal.field, value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


@dataclass(frozen=True)
class Asked:
    """Who asked for something that is in the text, told in one line."""

    about: str
    words: str
    author: str
    organisation: str
    decided_by: str
    at: Any
    version: int
    page: str
    is_removal: bool = False

    @property
    def is_own(self) -> bool:
        """An author's own change, written at once."""
        return self.author == self.decided_by


def asked(proposal: Proposal, content: SpecificationContent) -> Asked:
    """An accepted proposal, in one line: an outcome that was added is named by its own words today."""
    field = proposal.field
    if proposal.kind == ProposalKind.ADD_OUTCOME:
        field = f"learning_outcomes.{proposal.outcome_id}.statement.fr"
    about = {
        ProposalKind.ADD_OUTCOME: _("Acquis ajouté"),
        ProposalKind.REMOVE_OUTCOME: _("Acquis retiré"),
    }.get(ProposalKind(proposal.kind)) or name_of(page_of(field), content)
    value = proposal.seen if proposal.kind == ProposalKind.REMOVE_OUTCOME else proposal.value
    return Asked(
        about=about,
        words=said(proposal, value),
        author=proposal.author_name,
        organisation=proposal.author_organisation,
        decided_by=proposal.decided_by_name,
        at=proposal.decided_at,
        version=proposal.specification.number if proposal.specification else 0,
        page=page_of(field),
        is_removal=proposal.kind == ProposalKind.REMOVE_OUTCOME,
    )
