"""What can be done with micro-certifications: write a draft, alone or together, publish it, start another."""

from __future__ import annotations

from jalon.design.actions.adapting import (
    adapt_specification,
    follow_newer_source,
    set_licence,
    start_from_import,
)
from jalon.design.actions.alignments import accept_alignment, decline_alignment
from jalon.design.actions.checklists import AnswerResult, answer_item
from jalon.design.actions.comments import comment, resolve_thread
from jalon.design.actions.forgetting import forget_addresses, forget_participant
from jalon.design.actions.proposals import (
    accept_proposal,
    propose,
    refuse_proposal,
    withdraw_proposal,
    write_in_room,
)
from jalon.design.actions.rooms import (
    NewLink,
    come_in,
    invite_to_room,
    join_as_member,
    open_room,
    revoke_link,
    settle_required,
)
from jalon.design.actions.sign_offs import close_round, open_round, sign_off
from jalon.design.actions.telling import choose_room_mail, tell_decision, tell_hosts, user_of_mail
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
    "AnswerResult",
    "NewLink",
    "SaveResult",
    "SaveState",
    "accept_alignment",
    "accept_proposal",
    "adapt_specification",
    "add_outcome",
    "answer_item",
    "choose_room_mail",
    "close_round",
    "come_in",
    "comment",
    "decline_alignment",
    "discard_draft",
    "drop_set_aside",
    "follow_newer_source",
    "forget_addresses",
    "forget_participant",
    "invite_to_room",
    "join_as_member",
    "move_outcome",
    "offer_again",
    "open_room",
    "open_round",
    "propose",
    "publish_specification",
    "refuse_proposal",
    "remove_outcome",
    "resolve_thread",
    "revoke_link",
    "reword_outcome",
    "save_field",
    "set_licence",
    "settle_required",
    "sign_off",
    "start_from_import",
    "start_micro_credential",
    "start_new_version",
    "take_set_aside",
    "tell_decision",
    "tell_hosts",
    "user_of_mail",
    "withdraw_micro_credential",
    "withdraw_proposal",
    "write_in_room",
]
