"""Background entrances: identifiers in, one action called."""

from __future__ import annotations

from django_tasks import task

from jalon.frameworks.actions import vectors


@task()
def compute_vectors() -> None:
    """Compute the vectors that are missing; goes on where a stopped run was."""
    vectors.compute_vectors()
