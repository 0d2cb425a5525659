"""A suggestion becomes an alignment by a person's decision, which is kept."""

from __future__ import annotations

import pytest
from tests.factories.design import FIRST_OUTCOME, SECOND_OUTCOME, a_specification
from tests.factories.people import a_member, a_user, an_organisation

from jalon.design import actions
from jalon.design.actions import SaveState
from jalon.design.errors import PublishedIsFinalError, UnknownFieldError
from jalon.design.models import AlignmentDecision, Specification
from jalon.design.queries import decisions_of, declined_uris
from jalon.design.rules.content import Alignment
from jalon.foundation.errors import NotAllowedError
from jalon.people.models import User
from jalon.people.rules import Role

pytestmark = pytest.mark.django_db
HEDGE = Alignment("ESCO", "http://data.europa.eu/esco/skill/1", "tailler des haies")
TREE = Alignment("ESCO", "http://data.europa.eu/esco/skill/2", "abattre des arbres", "S6.1")


@pytest.fixture
def designer() -> User:
    return a_member(a_user(full_name="Claire Delmas"), an_organisation("MFR"), Role.DESIGNER)


@pytest.fixture
def draft(designer: User) -> Specification:
    return a_specification(designer.memberships.get().organisation)


def _aligned(draft: Specification) -> list[tuple[Alignment, ...]]:
    return [o.alignments for o in Specification.objects.get(id=draft.id).read().learning_outcomes]


def test_accepted_concept_is_tied_once_with_who_and_when(draft: Specification, designer: User) -> None:
    for _twice in range(2):
        actions.accept_alignment(
            specification=draft, outcome_id=FIRST_OUTCOME, alignment=HEDGE, rank=2, by=designer
        )

    assert _aligned(draft) == [(HEDGE,), (), ()]
    (kept,) = decisions_of(draft.micro_credential)
    assert (kept.by, kept.by_name, kept.rank, kept.decision) == (designer, "Claire Delmas", 2, "accepted")
    assert kept.created_at is not None


def test_declined_concept_is_tied_to_nothing_and_not_offered_again_until_taken(
    draft: Specification, designer: User
) -> None:
    actions.decline_alignment(
        specification=draft, outcome_id=FIRST_OUTCOME, alignment=TREE, rank=1, by=designer
    )
    declined = declined_uris(draft.micro_credential_id, FIRST_OUTCOME)
    actions.accept_alignment(
        specification=draft, outcome_id=FIRST_OUTCOME, alignment=TREE, rank=None, by=designer
    )

    assert declined == {TREE.uri}
    assert declined_uris(draft.micro_credential_id, FIRST_OUTCOME) == frozenset()
    assert declined_uris(draft.micro_credential_id, SECOND_OUTCOME) == frozenset()
    assert _aligned(draft)[0] == (TREE,)


def test_concept_for_an_outcome_that_is_gone_is_refused(draft: Specification, designer: User) -> None:
    with pytest.raises(UnknownFieldError):
        actions.accept_alignment(
            specification=draft, outcome_id="urn:uuid:gone", alignment=HEDGE, rank=1, by=designer
        )

    assert not AlignmentDecision.objects.exists()


def test_stranger_and_published_version_are_refused(draft: Specification, designer: User) -> None:
    stranger = a_member(a_user(), an_organisation("Ailleurs"), Role.DESIGNER)
    published = a_specification(draft.micro_credential.organisation, published=True)

    with pytest.raises(NotAllowedError):
        actions.accept_alignment(
            specification=draft, outcome_id=FIRST_OUTCOME, alignment=HEDGE, rank=1, by=stranger
        )
    with pytest.raises(NotAllowedError):
        actions.decline_alignment(
            specification=draft, outcome_id=FIRST_OUTCOME, alignment=HEDGE, rank=1, by=stranger
        )
    with pytest.raises(PublishedIsFinalError):
        actions.accept_alignment(
            specification=published, outcome_id=FIRST_OUTCOME, alignment=HEDGE, rank=1, by=designer
        )
    assert not AlignmentDecision.objects.exists()


def test_result_says_what_is_held_now(draft: Specification, designer: User) -> None:
    result = actions.accept_alignment(
        specification=draft, outcome_id=FIRST_OUTCOME, alignment=TREE, rank=1, by=designer
    )

    assert result.state is SaveState.SAVED
    assert result.value == [
        {"framework": "ESCO", "uri": TREE.uri, "label": "abattre des arbres", "code": "S6.1"}
    ]
