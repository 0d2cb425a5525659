"""Names and addresses of askers, erased when their time is over; the needs stay."""

from __future__ import annotations

from django.db import transaction

from jalon.foundation import clock, jobs
from jalon.territory.actions.steps import locked, write_step
from jalon.territory.actions.telling import erase_asker
from jalon.territory.models import Need
from jalon.territory.rules.need_states import StepKind


def forget_old_askers() -> int:
    """Erase who asked in the needs whose time is over; how many. Each in its own transaction."""
    over = Need.objects.filter(personal_data_until__lt=clock.today(), forgotten_at__isnull=True)
    forgotten = 0
    for need_id in list(over.values_list("id", flat=True)):
        with transaction.atomic():
            need = locked(need_id)
            if need.forgotten_at is not None:
                continue  # withdrawn while this ran
            erase_asker(need)
            need.save()
            write_step(need, StepKind.FORGOTTEN)
            forgotten += 1
        jobs.give_way()
    return forgotten
