"""From a need to a draft in the studio: two contexts in one gesture, kept together or not at all."""

from __future__ import annotations

from django.db import transaction

from jalon.design import actions as design
from jalon.design.models import Specification
from jalon.people.models import Organisation, User
from jalon.territory import actions, labels
from jalon.territory.models import Need


@transaction.atomic
def open_draft(*, need: Need, organisation: Organisation, title: str, by: User) -> Specification:
    """
    Open the file of a micro-certification with what the need says, and link it.

    Raises:
        NotAllowedError: *by* may not write for *organisation*, or does not moderate *need*.
        NeedStateError: The need is not public.
        InvalidContentError: The title cannot be read.
    """
    started = design.start_micro_credential(organisation=organisation, title={"fr": title}, by=by)
    draft = Specification.objects.get(micro_credential=started)
    design.save_field(specification=draft, field="description.fr", value=_words(need), seen="", by=by)
    actions.link_design(need=need, micro_credential_id=started.id, by=by)
    return draft


def _words(need: Need) -> str:
    """What the need says, for whoever writes; constraints are for the conditions of access."""
    ticked = [str(labels.CONSTRAINTS[c]) for c in labels.CONSTRAINTS if c.value in need.constraints_ticked]
    parts = [need.skill, need.constraints, " ; ".join(ticked)]
    return "\n\n".join(part for part in parts if part)
