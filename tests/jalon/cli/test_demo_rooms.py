"""The rooms of the demonstration: everything that a visitor looks for there, and proofs that hold."""

from __future__ import annotations

import pytest
from django.test import Client

from jalon.awarding.models import Endorsement
from jalon.cli.demo.loading import load_once
from jalon.design.models import Comment, Proposal, Room, Round, SignOff
from jalon.design.queries import current_round, standings
from jalon.design.rules.rooms import ProposalState, Standing
from jalon.foundation import jobs
from jalon.verification.actions import verify_bytes
from sceau.verifying.report import Outcome, Question

pytestmark = pytest.mark.django_db


@pytest.fixture
def demonstration() -> None:
    load_once(say=lambda _line: None)


def writing() -> Room:
    return Room.objects.get(micro_credential__specifications__published_at__isnull=True)


@pytest.mark.usefixtures("demonstration")
def test_room_of_the_demonstration_shows_every_kind_of_thing_that_waits() -> None:
    room = writing()

    states = set(room.proposals.values_list("state", flat=True))
    assert states == {ProposalState.OPEN, ProposalState.ACCEPTED, ProposalState.REFUSED}
    assert room.proposals.get(state=ProposalState.ACCEPTED).author_name == "Solange Vernhes"
    assert room.comments.filter(parent__isnull=False).count() == 1
    found = current_round(room)
    assert found is not None
    assert found.is_open
    where = {each.party.name: each.standing for each in standings(room, found.content_sha256)}
    assert Standing.RESERVATIONS in where.values()
    assert Standing.MISSING in where.values()


@pytest.mark.usefixtures("demonstration")
def test_published_page_names_who_endorsed_it_and_the_proof_holds(client: Client) -> None:
    endorsement = Endorsement.objects.select_related("specification__micro_credential").get()
    slug = endorsement.specification.micro_credential.slug

    page = client.get(f"/micro-certifications/{slug}/").content.decode()

    assert "Co-construite avec" in page
    assert f"/soutiens/{endorsement.id}/" in page
    assert "accord donné le" in page
    report = verify_bytes(endorsement.document_bytes, offline=True).report
    assert [report.answer(each) for each in (Question.INTACT, Question.VALID)] == [Outcome.PASSED] * 2


@pytest.mark.usefixtures("demonstration")
def test_loading_again_and_the_worker_add_nothing() -> None:
    kinds = (Room, Proposal, Comment, Round, SignOff, Endorsement)
    before = [kind.objects.count() for kind in kinds]

    assert load_once() is False
    jobs.Worker().run_until_empty()

    assert [kind.objects.count() for kind in kinds] == before
