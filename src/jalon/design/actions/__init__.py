"""What can be done with micro-certifications: write a draft, publish it, start the next version."""

from __future__ import annotations

from jalon.design.actions.versions import (
    discard_draft,
    offer_again,
    publish_specification,
    start_micro_credential,
    start_new_version,
    withdraw_micro_credential,
)
from jalon.design.actions.writing import (
    SaveResult,
    SaveState,
    add_outcome,
    drop_set_aside,
    move_outcome,
    remove_outcome,
    reword_outcome,
    save_field,
    take_set_aside,
)

__all__ = [
    "SaveResult",
    "SaveState",
    "add_outcome",
    "discard_draft",
    "drop_set_aside",
    "move_outcome",
    "offer_again",
    "publish_specification",
    "remove_outcome",
    "reword_outcome",
    "save_field",
    "start_micro_credential",
    "start_new_version",
    "take_set_aside",
    "withdraw_micro_credential",
]
