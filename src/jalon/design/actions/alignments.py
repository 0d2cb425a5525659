"""A person takes a concept for an outcome, or declines it: a suggestion alone never becomes an alignment."""

from __future__ import annotations

from django.db import transaction

from jalon.design.actions.writing import SaveResult, SaveState, save_field
from jalon.design.errors import UnknownFieldError
from jalon.design.models import AlignmentDecision, Specification
from jalon.design.permissions import require_writer
from jalon.design.rules import fields
from jalon.design.rules.content import Alignment
from jalon.foundation import journal
from jalon.people.models import User


@transaction.atomic
def accept_alignment(
    *, specification: Specification, outcome_id: str, alignment: Alignment, rank: int | None, by: User
) -> SaveResult:
    """
    Tie *alignment* to the outcome, and keep who decided so and when.

    Args:
        rank: Its place in the list that was suggested, from 1; None where the person looked it up.

    Raises:
        UnknownFieldError: The outcome is no longer there.
        PublishedIsFinalError, NotAllowedError
    """
    draft = Specification.objects.select_related("micro_credential__organisation").get(id=specification.id)
    content = draft.read()
    if not fields.has_outcome(content, outcome_id):
        raise UnknownFieldError(f"expected an outcome of the draft, met {outcome_id}", field=outcome_id)
    field = f"learning_outcomes.{outcome_id}.alignments"
    held = fields.value_of(content, field)
    row = {"framework": alignment.framework, "uri": alignment.uri, "label": alignment.label}
    if alignment.code:
        row["code"] = alignment.code
    if any(each.get("uri") == alignment.uri for each in held):
        require_writer(by, draft)
        return SaveResult(SaveState.UNCHANGED, field, held, draft.updated_at)
    result = save_field(specification=draft, field=field, value=[*held, row], seen=held, by=by)
    if result.state is SaveState.SAVED:
        _keep(draft, outcome_id, alignment, AlignmentDecision.Decision.ACCEPTED, rank, by)
    return result


@transaction.atomic
def decline_alignment(
    *, specification: Specification, outcome_id: str, alignment: Alignment, rank: int | None, by: User
) -> None:
    """
    Keep that *alignment* was declined for the outcome, so that it is not suggested again.

    Raises:
        NotAllowedError
    """
    draft = Specification.objects.select_related("micro_credential__organisation").get(id=specification.id)
    require_writer(by, draft)
    _keep(draft, outcome_id, alignment, AlignmentDecision.Decision.DECLINED, rank, by)


def _keep(
    draft: Specification, outcome_id: str, alignment: Alignment, decision: str, rank: int | None, by: User
) -> None:
    AlignmentDecision.objects.create(
        micro_credential=draft.micro_credential,
        outcome_id=outcome_id,
        uri=alignment.uri,
        label=alignment.label,
        decision=decision,
        rank=rank,
        by=by,
        by_name=str(by)[:150],
    )
    journal.write(
        organisation=draft.micro_credential.organisation,
        actor=by,
        verb=f"alignment.{decision}",
        object_id=draft.micro_credential.id,
        facts={"outcome": outcome_id, "uri": alignment.uri, "label": alignment.label, "rank": rank},
    )
