"""What can be done in the catalogue: offers and sessions written, the index kept in step."""

from __future__ import annotations

from jalon.catalogue.actions.indexing import (
    index,
    index_again,
    index_micro_credential,
    index_published,
    rebuild,
    show_or_hide,
)
from jalon.catalogue.actions.offering import (
    cancel_session,
    close_offering,
    edit_offering,
    keep_session,
    open_offering,
    open_offering_again,
    record_seats_taken,
)

__all__ = [
    "cancel_session",
    "close_offering",
    "edit_offering",
    "index",
    "index_again",
    "index_micro_credential",
    "index_published",
    "keep_session",
    "open_offering",
    "open_offering_again",
    "rebuild",
    "record_seats_taken",
    "show_or_hide",
]
