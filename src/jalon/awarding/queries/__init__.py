"""Questions asked about keys, status lists, batches, awards and credentials. Nothing here writes."""

from __future__ import annotations

from jalon.awarding.queries.awards import (
    award_for,
    awards_of,
    credential_by_reference,
    credential_by_token,
    live_awards_of,
)
from jalon.awarding.queries.batches import BatchProgress, batch_for, batches_of, progress_of, rows_of
from jalon.awarding.queries.endorsements import Supporter, endorsement_by_id, endorsements_of, supporters_of
from jalon.awarding.queries.forms import (
    forms_at_once,
    has_seal,
    is_sealed,
    is_test_seal,
    kept_form,
    kept_forms_of,
)
from jalon.awarding.queries.keys import (
    KeyWarning,
    did_document,
    issuer_did,
    key_warnings,
    needed_encryption_keys,
)
from jalon.awarding.queries.own_issuers import OwnIssuers
from jalon.awarding.queries.statuses import served_document, status_list, token_document, token_place

__all__ = [
    "BatchProgress",
    "KeyWarning",
    "OwnIssuers",
    "Supporter",
    "award_for",
    "awards_of",
    "batch_for",
    "batches_of",
    "credential_by_reference",
    "credential_by_token",
    "did_document",
    "endorsement_by_id",
    "endorsements_of",
    "forms_at_once",
    "has_seal",
    "is_sealed",
    "is_test_seal",
    "issuer_did",
    "kept_form",
    "kept_forms_of",
    "key_warnings",
    "live_awards_of",
    "needed_encryption_keys",
    "progress_of",
    "rows_of",
    "served_document",
    "status_list",
    "supporters_of",
    "token_document",
    "token_place",
]
