"""Two processes at once on a real database: one publishes, one decides, the same words are kept once."""

from __future__ import annotations

from typing import Any

import pytest

SETTING = """
from tests.factories.rooms import AtTable
from jalon.design.rules.rooms import ProposalKind
from jalon.design import actions
table = AtTable()
guest = table.invited()
actions.propose(
    room=table.room, kind=ProposalKind.CHANGE, field="workload_hours", value="28", seen="21", by=guest
)
"""
BEGIN = """
from jalon.design import actions
from jalon.design.errors import ProposalDecidedError, ProposalOvertakenError, PublishedIsFinalError
from jalon.design.models import Participant, Proposal, Room, Specification
host = Participant.objects.select_related("user", "room__micro_credential__organisation").get(link=None)
guest = Participant.objects.select_related("link__party", "room__micro_credential__organisation").exclude(
    link=None
).get()
"""
PUBLISH = """
try:
    actions.publish_specification(specification=Specification.objects.get(), by=host.user)
    print("published")
except PublishedIsFinalError:
    print("told")
"""
ACCEPT = """
try:
    actions.accept_proposal(proposal=Proposal.objects.get(), seen="21", by=host)
    print("accepted")
except (ProposalDecidedError, ProposalOvertakenError):
    print("told")
"""
SAY = """
from uuid import UUID
for number in range(20):
    actions.comment(room=host.room, field="title.fr", text=f"{number}", by=guest, client_id=UUID(int=number))
"""


@pytest.fixture(
    params=["installation", pytest.param("postgresql_installation", marks=pytest.mark.postgresql)]
)
def place(request: pytest.FixtureRequest) -> Any:
    return request.getfixturevalue(request.param)


def both(place: Any, code: str) -> list[str]:
    """What two processes that do the same print."""
    processes = [place.start(BEGIN + code) for _ in range(2)]
    said = [process.communicate(timeout=120) for process in processes]
    assert [process.returncode for process in processes] == [0, 0], said
    return sorted(out.strip() for out, _ in said)


@pytest.mark.slow
def test_one_publishes_one_decides_and_words_are_kept_once(place: Any) -> None:
    place.run(SETTING)

    said = both(place, SAY)
    accepted = both(place, ACCEPT)
    published = both(place, PUBLISH)

    assert said == ["", ""]
    assert accepted == ["accepted", "told"]
    assert published == ["published", "told"]
    counted = (
        "from jalon.design.models import *; print(Comment.objects.count(), Specification.objects.count())"
    )
    assert place.run(counted) == "20 1"
    hours = "from jalon.design.models import *; print(Specification.objects.get().read().workload_hours)"
    assert place.run(hours) == "28"
