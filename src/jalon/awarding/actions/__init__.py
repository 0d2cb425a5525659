"""What can be done with keys, status lists, lists of people and awards: one transaction each, journalled."""

from __future__ import annotations

from jalon.awarding.actions.awards import correct_award, issue_award, revoke_award
from jalon.awarding.actions.batches import (
    abandon_batch,
    map_columns,
    purge_uploads,
    receive_file,
    resolve_homonym,
    resolve_homonyms,
    start_batch,
    wish_again,
)
from jalon.awarding.actions.endorsements import (
    issue_endorsement,
    revoke_endorsement,
    take_endorsement_back,
)
from jalon.awarding.actions.forms import FormFile, bound_attestation, choose_forms, file_of, make_forms
from jalon.awarding.actions.keys import ensure_key, rotate_key
from jalon.awarding.actions.running import run_batch
from jalon.awarding.actions.statuses import refresh_status_list, refresh_status_lists, refresh_status_token

__all__ = [
    "FormFile",
    "abandon_batch",
    "bound_attestation",
    "choose_forms",
    "correct_award",
    "ensure_key",
    "file_of",
    "issue_award",
    "issue_endorsement",
    "make_forms",
    "map_columns",
    "purge_uploads",
    "receive_file",
    "refresh_status_list",
    "refresh_status_lists",
    "refresh_status_token",
    "resolve_homonym",
    "resolve_homonyms",
    "revoke_award",
    "revoke_endorsement",
    "rotate_key",
    "run_batch",
    "start_batch",
    "take_endorsement_back",
    "wish_again",
]
