"""A worker killed in the middle, and several at once: nobody is awarded twice, nobody is lost."""

from __future__ import annotations

import json
import signal
import sqlite3
import time
from contextlib import closing

import pytest
from tests.jalon.conftest import Installation

PEOPLE = 90

PREPARE = """
    from jalon.awarding import actions
    from tests.factories.awarding import a_checked_batch, a_list, an_issuing_organisation

    issuing = an_issuing_organisation()
    for number in range({batches}):
        batch = a_checked_batch(issuing, a_list({people}, start=1 + number * {people}))
        actions.start_batch(batch=batch, by=issuing.signatory)
"""

WORK = """
    from jalon.foundation import jobs
    jobs.Worker().{how}()
"""

# Slow enough to be killed between two chunks, however fast signing becomes.
WORK_SLOWLY = """
    import time
    from jalon.awarding.actions.signing import Press
    from jalon.foundation import jobs
    sign = Press.sign

    def slow_sign(press, earned, place):
        time.sleep(0.02)
        return sign(press, earned, place)

    Press.sign = slow_sign
    jobs.Worker().run()
"""

COUNT = """
    import json
    from collections import Counter
    from jalon.awarding.models import Award, AwardBatch, BatchRow, Credential
    from jalon.people.models import Person
    places = Counter(Credential.objects.values_list("status_list", "status_index"))
    print(json.dumps({
        "awards": Award.objects.count(),
        "awarded_persons": Award.objects.filter(is_current=True).values("person").distinct().count(),
        "credentials": Credential.objects.count(),
        "persons": Person.objects.count(),
        "rows": dict(Counter(BatchRow.objects.values_list("state", flat=True))),
        "places": len(places),
        "states": sorted(AwardBatch.objects.values_list("state", flat=True)),
    }))
"""


def counted(installation: Installation) -> dict[str, object]:
    return json.loads(installation.run(COUNT))


def all_awarded(people: int, batches: int = 1) -> dict[str, object]:
    return {
        "awards": people,
        "awarded_persons": people,
        "credentials": people,
        "persons": people,
        "rows": {"awarded": people},
        "places": people,
        "states": ["finished"] * batches,
    }


def wait_until_some_are_awarded(installation: Installation) -> None:
    deadline = time.monotonic() + 60
    with closing(sqlite3.connect(installation.folder / "jalon.sqlite3")) as connection:
        while time.monotonic() < deadline:
            if connection.execute("SELECT COUNT(*) FROM awarding_award").fetchone()[0]:
                return
            time.sleep(0.05)
    raise AssertionError("expected some to be awarded within a minute, met none")


@pytest.mark.slow
def test_a_killed_worker_is_followed_by_another_on_sqlite(installation: Installation) -> None:
    installation.run(PREPARE.format(batches=1, people=PEOPLE))
    worker = installation.start(WORK_SLOWLY)

    wait_until_some_are_awarded(installation)
    worker.send_signal(signal.SIGKILL)
    worker.wait()

    before = counted(installation)
    assert before["states"] == ["running"], "killed too late to show anything"
    assert 0 < before["awards"] < PEOPLE
    assert before["awards"] == before["credentials"] == before["rows"]["awarded"]
    # Of the same machine and a process that is gone: taken up at once, without waiting for the lease.
    installation.run(WORK.format(how="run_until_empty"))
    assert counted(installation) == all_awarded(PEOPLE)


@pytest.mark.slow
def test_a_worker_asked_to_stop_gives_way_between_chunks_and_another_goes_on(
    installation: Installation,
) -> None:
    installation.run(PREPARE.format(batches=1, people=120))
    worker = installation.start("import sys; from jalon.cli import main; sys.exit(main.main(['worker']))")
    wait_until_some_are_awarded(installation)

    worker.send_signal(signal.SIGTERM)

    assert worker.wait(timeout=60) == 0
    assert counted(installation)["awards"] < 120, "stopped too late to show anything"
    installation.run(WORK.format(how="run_until_empty"))
    assert counted(installation) == all_awarded(120)


@pytest.mark.slow
@pytest.mark.postgresql
@pytest.mark.xdist_group("postgresql")
def test_two_workers_on_postgresql_award_everybody_once_in_places_of_their_own(
    postgresql_installation: Installation,
) -> None:
    batches, people = 4, 20
    postgresql_installation.run(PREPARE.format(batches=batches, people=people))

    workers = [postgresql_installation.start(WORK.format(how="run_until_empty")) for _ in range(2)]
    for worker in workers:
        assert worker.wait(timeout=120) == 0, worker.communicate()[1][-4000:]

    assert counted(postgresql_installation) == all_awarded(batches * people, batches)


@pytest.mark.slow
@pytest.mark.postgresql
@pytest.mark.xdist_group("postgresql")
def test_two_workers_with_the_same_batch_award_nobody_twice(postgresql_installation: Installation) -> None:
    postgresql_installation.run(PREPARE.format(batches=1, people=100))
    same = """
        from jalon.awarding import actions
        from jalon.awarding.models import AwardBatch
        actions.run_batch(AwardBatch.objects.get().id)
    """

    workers = [postgresql_installation.start(same) for _ in range(2)]
    for worker in workers:
        assert worker.wait(timeout=120) == 0, worker.communicate()[1][-4000:]

    assert counted(postgresql_installation) == all_awarded(100)


@pytest.mark.slow
@pytest.mark.postgresql
@pytest.mark.xdist_group("postgresql")
def test_first_keys_and_lists_made_at_once_are_one(postgresql_installation: Installation) -> None:
    postgresql_installation.run(
        "from tests.factories.people import an_organisation; an_organisation(slug='atelier')"
    )
    reserve = """
        from jalon.awarding.actions.keys import ensure_key
        from jalon.awarding.actions.statuses import reserve_places
        from jalon.people.models import Organisation
        organisation = Organisation.objects.get(slug="atelier")
        key = ensure_key(organisation)
        for _ in range(50):
            for place in reserve_places(organisation=organisation, issuer_did=key.did, count=7):
                print(key.public_key_multibase, place.list_id, place.index)
    """

    workers = [postgresql_installation.start(reserve) for _ in range(2)]
    lines = [line for worker in workers for line in worker.communicate(timeout=120)[0].split("\n") if line]

    assert [worker.returncode for worker in workers] == [0, 0]
    assert len(lines) == len(set(lines)) == 700
    assert len({line.split()[0] for line in lines}) == len({line.split()[1] for line in lines}) == 1
