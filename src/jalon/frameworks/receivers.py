"""What follows when an edition is complete: its indexes and vectors are made in the background."""

from __future__ import annotations

from jalon.foundation.events import on
from jalon.foundation.jobs.queue import enqueue
from jalon.frameworks.events import EditionImported


@on(EditionImported)
def prepare_suggestions(event: EditionImported) -> None:
    """Have the vectors of what is new computed."""
    enqueue("jalon.frameworks.tasks.compute_vectors")
