"""Writing, publishing and the life of versions, on a real database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from tests.factories.design import (
    FIRST_OUTCOME,
    SECOND_OUTCOME,
    THIRD_OUTCOME,
    a_specification,
    complete_content,
)
from tests.factories.people import a_member, a_user, an_accreditation, an_organisation

from jalon.design import actions, labels, queries
from jalon.design.actions import SaveResult, SaveState
from jalon.design.errors import (
    IncompleteSpecificationError,
    InvalidContentError,
    NothingPublishedError,
    PublishedIsFinalError,
    UnknownFieldError,
)
from jalon.design.events import SpecificationPublished
from jalon.design.models import MicroCredential, Specification, digest
from jalon.design.rules.content import SpecificationContent
from jalon.design.rules.fields import value_of
from jalon.foundation import clock, events
from jalon.foundation.errors import NotAllowedError
from jalon.foundation.journal import entries_about
from jalon.people.models import Organisation, User
from jalon.people.rules import Role

pytestmark = pytest.mark.django_db


@dataclass
class Team:
    organisation: Organisation
    claire: User
    karim: User
    draft: Specification

    def save(self, field: str, value: Any, *, seen: Any = "", by: User | None = None) -> SaveResult:
        return actions.save_field(
            specification=self.draft, field=field, value=value, seen=seen, by=by or self.claire
        )

    def held(self, field: str) -> Any:
        return value_of(Specification.objects.get(id=self.draft.id).read(), field)

    def reloaded(self) -> Specification:
        return Specification.objects.get(id=self.draft.id)


@pytest.fixture
def team() -> Team:
    organisation = an_organisation()
    claire = a_member(a_user(), organisation, Role.DESIGNER)
    karim = a_member(a_user(full_name="Karim Benali"), organisation, Role.DESIGNER)
    return Team(organisation, claire, karim, a_specification(organisation))


@pytest.fixture
def announced() -> Iterator[list[SpecificationPublished]]:
    heard: list[SpecificationPublished] = []
    events.on(SpecificationPublished)(heard.append)
    yield heard
    events._receivers[SpecificationPublished].remove(heard.append)


def test_saved_field_is_kept_and_the_draft_says_who_wrote_last(team: Team) -> None:
    moment = datetime(2026, 11, 23, 8, 38, tzinfo=UTC)

    with clock.frozen(moment):
        result = team.save("title.en", "Hedge laying", seen="Laying a hedge")

    draft = team.reloaded()
    assert (result.state, result.value, result.at) == (SaveState.SAVED, "Hedge laying", moment)
    assert team.held("title.en") == "Hedge laying"
    assert (draft.revision, draft.updated_by, draft.updated_at) == (1, team.claire, moment)


def test_untouched_field_changes_nothing_even_when_somebody_else_changed_it(team: Team) -> None:
    team.save("title.fr", "Plesser", seen="Plesser une haie", by=team.karim)

    result = team.save("title.fr", "Plesser une haie", seen="Plesser une haie")

    assert (result.state, result.value) == (SaveState.UNCHANGED, "Plesser")
    assert team.reloaded().set_aside.count() == 0


def test_field_that_somebody_changed_since_keeps_both_texts(team: Team) -> None:
    team.save(
        "description.fr", "De Karim", seen="Remettre en état une haie de bocage, à la main.", by=team.karim
    )

    result = team.save("description.fr", "De Claire", seen="Remettre en état une haie de bocage, à la main.")

    assert (result.state, result.theirs, result.yours) == (SaveState.CONFLICT, "De Karim", "De Claire")
    assert team.held("description.fr") == "De Karim"
    (kept,) = team.reloaded().set_aside.all()
    assert (kept.value, kept.by, kept.reason) == ("De Claire", team.claire, "conflict")


def test_two_people_may_write_two_languages_or_two_fields_at_once(team: Team) -> None:
    seen = team.held("title.fr"), team.held("title.en")

    results = [
        team.save("title.fr", "A", seen=seen[0], by=team.karim),
        team.save("title.en", "B", seen=seen[1]),
        team.save("price_euros", "12,50", seen="0"),
    ]

    assert {r.state for r in results} == {SaveState.SAVED}
    assert (team.held("title.fr"), team.held("title.en"), team.held("price_euros")) == ("A", "B", "12.5")


def test_text_set_aside_can_be_taken_or_let_go(team: Team) -> None:
    for person, words in (
        (team.karim, "De Karim"),
        (team.claire, "De Claire"),
        (team.claire, "De Claire, relu"),
    ):
        team.save("description.fr", words, seen="Remettre en état une haie de bocage, à la main.", by=person)
    kept = team.draft.set_aside.get()
    assert kept.value == "De Claire, relu"

    result = actions.take_set_aside(specification=team.draft, set_aside_id=kept.id, by=team.karim)

    assert (result.value, team.held("description.fr")) == ("De Claire, relu", "De Claire, relu")
    with pytest.raises(UnknownFieldError):
        actions.drop_set_aside(specification=team.draft, set_aside_id=kept.id, by=team.karim)


def test_text_set_aside_and_let_go_leaves_the_other(team: Team) -> None:
    team.save("prerequisites.fr", "A", seen="Pouvoir travailler dehors une journée.", by=team.karim)
    team.save("prerequisites.fr", "B", seen="Pouvoir travailler dehors une journée.")
    kept = team.draft.set_aside.get()

    field = actions.drop_set_aside(specification=team.draft, set_aside_id=kept.id, by=team.claire)

    assert (field, team.held("prerequisites.fr")) == ("prerequisites.fr", "A")
    assert not team.draft.set_aside.exists()


@pytest.mark.parametrize(
    ("field", "value", "seen"),
    [
        ("workload_hours", "abc", "21"),
        ("workload_hours", "-3", "21"),
        ("credits_ects", "beaucoup", ""),
        ("title.fr", "x" * 300, "Plesser une haie"),
        ("stacks_into", [{"label": "BPREA", "uri": "chez nous"}], []),
        ("level", {"framework": "eqf", "value": 12}, {"framework": "eqf", "value": 3}),
        ("description.fr", "avec un \x00 nul", "Remettre en état une haie de bocage, à la main."),
    ],
)
def test_value_that_cannot_be_read_is_kept_as_typed_and_blocks_publishing(
    team: Team, field: str, value: Any, seen: Any
) -> None:
    before = team.held(field)

    result = team.save(field, value, seen=seen)

    kept = team.draft.set_aside.get()
    assert result.state is SaveState.UNREADABLE
    assert result.problem is not None
    assert labels.problem_sentence(result.problem)
    assert team.held(field) == before
    assert kept.value == (value.replace("\x00", "") if isinstance(value, str) else value)
    with pytest.raises(IncompleteSpecificationError) as refused:
        actions.publish_specification(specification=team.draft, by=team.claire)
    assert [(g.field, g.code) for g in refused.value.gaps] == [(field, "set_aside.unreadable")]
    assert "{" not in labels.gap_sentence(refused.value.gaps[0])


@pytest.mark.parametrize("mended", ["24", "21"])
def test_mended_value_forgets_what_could_not_be_read(team: Team, mended: str) -> None:
    team.save("workload_hours", "2é", seen="21")
    team.save("workload_hours", "vingt", seen="21")
    assert team.draft.set_aside.count() == 1

    team.save("workload_hours", mended, seen="21", by=team.karim)

    assert team.held("workload_hours") == mended
    assert not team.draft.set_aside.exists()


def test_same_number_in_other_signs_is_no_change(team: Team) -> None:
    result = team.save("workload_hours", "21,0", seen="20")

    assert (result.state, team.reloaded().revision) == (SaveState.UNCHANGED, 0)


def test_text_for_an_outcome_that_was_removed_is_set_aside_and_can_bring_it_back(team: Team) -> None:
    field = f"learning_outcomes.{SECOND_OUTCOME}.statement.fr"
    seen = team.held(field)
    actions.remove_outcome(specification=team.draft, outcome_id=SECOND_OUTCOME, by=team.karim)

    result = team.save(field, "Entailler un brin", seen=seen)

    assert result.state is SaveState.CONFLICT
    kept = team.draft.set_aside.get()
    actions.take_set_aside(specification=team.draft, set_aside_id=kept.id, by=team.claire)
    assert [o.id for o in team.reloaded().read().learning_outcomes] == [
        FIRST_OUTCOME,
        THIRD_OUTCOME,
        SECOND_OUTCOME,
    ]


def test_save_of_an_unknown_field_is_refused(team: Team) -> None:
    with pytest.raises(UnknownFieldError):
        team.save("titre", "x")


def test_outcomes_keep_their_identity_through_rewording_and_moving(team: Team) -> None:
    added = actions.add_outcome(
        specification=team.draft, by=team.claire, statement={"fr": "Ranger le chantier"}
    )
    actions.move_outcome(specification=team.draft, outcome_id=added, to=1, by=team.claire)
    actions.reword_outcome(
        specification=team.draft,
        outcome_id=added,
        language="fr",
        statement="Nettoyer le chantier",
        seen="Ranger le chantier",
        by=team.claire,
    )
    actions.move_outcome(specification=team.draft, outcome_id=FIRST_OUTCOME, to=99, by=team.claire)

    outcomes = team.reloaded().read().learning_outcomes
    assert [o.id for o in outcomes] == [added, SECOND_OUTCOME, THIRD_OUTCOME, FIRST_OUTCOME]
    assert str(outcomes[0].statement) == "Nettoyer le chantier"


def test_outcome_that_is_not_there_can_neither_move_nor_go(team: Team) -> None:
    gone = "urn:uuid:00000000-0000-0000-0000-0000000000aa"

    with pytest.raises(UnknownFieldError):
        actions.move_outcome(specification=team.draft, outcome_id=gone, to=1, by=team.claire)
    with pytest.raises(UnknownFieldError):
        actions.remove_outcome(specification=team.draft, outcome_id=gone, by=team.claire)


def test_too_many_outcomes_are_refused_and_nothing_is_lost(team: Team) -> None:
    for _each in range(57):
        actions.add_outcome(specification=team.draft, by=team.claire)

    with pytest.raises(InvalidContentError):
        actions.add_outcome(specification=team.draft, by=team.claire)

    assert len(team.reloaded().read().learning_outcomes) == 60


def test_publish_makes_a_version_final_announces_it_and_writes_the_journal(
    team: Team, announced: list[SpecificationPublished]
) -> None:
    moment = datetime(2026, 11, 23, 8, 38, tzinfo=UTC)

    with clock.frozen(moment):
        version = actions.publish_specification(specification=team.draft, by=team.claire)

    stored = team.reloaded()
    assert (stored.state, stored.published_at, stored.published_by) == ("published", moment, team.claire)
    assert stored.content_sha256 == digest(complete_content()) == version.content_sha256
    assert announced == [
        SpecificationPublished(version.id, version.micro_credential_id, team.organisation.id, 1)
    ]
    (entry,) = entries_about(version.id)
    assert (entry.verb, entry.actor_id, entry.facts["sha256"]) == (
        "specification.published",
        team.claire.id,
        version.content_sha256,
    )


def test_publish_is_refused_with_the_whole_list_and_changes_nothing(
    team: Team, announced: list[SpecificationPublished]
) -> None:
    draft = a_specification(team.organisation, content=SpecificationContent())

    with pytest.raises(IncompleteSpecificationError) as refused:
        actions.publish_specification(specification=draft, by=team.claire)

    assert [g.element for g in refused.value.gaps] == [
        "title",
        "learning_outcomes",
        "workload",
        "level",
        "assessment",
        "participation",
        "quality_assurance",
        "description",
        "domain",
        "languages",
        "recognition",
    ]
    assert Specification.objects.get(id=draft.id).state == "draft"
    assert announced == []
    assert entries_about(draft.id) == []


def test_publish_is_refused_while_two_texts_wait_for_a_choice(team: Team) -> None:
    team.save("prerequisites.fr", "A", seen="Pouvoir travailler dehors une journée.", by=team.karim)
    team.save("prerequisites.fr", "B", seen="Pouvoir travailler dehors une journée.")

    with pytest.raises(IncompleteSpecificationError) as refused:
        actions.publish_specification(specification=team.draft, by=team.claire)

    (gap,) = refused.value.gaps
    assert (gap.code, "Prérequis" in labels.gap_sentence(gap)) == ("set_aside.conflict", True)


def test_receiver_that_fails_leaves_the_draft_a_draft(team: Team) -> None:
    def fail(event: SpecificationPublished) -> None:
        raise RuntimeError("receiver")

    events.on(SpecificationPublished)(fail)
    try:
        with pytest.raises(RuntimeError):
            actions.publish_specification(specification=team.draft, by=team.claire)
    finally:
        events._receivers[SpecificationPublished].remove(fail)

    assert team.reloaded().state == "draft"


def test_nothing_can_be_done_to_a_published_version(team: Team) -> None:
    actions.publish_specification(specification=team.draft, by=team.claire)

    for attempt in (
        lambda: team.save("title.fr", "Autre", seen="Plesser une haie"),
        lambda: actions.add_outcome(specification=team.draft, by=team.claire),
        lambda: actions.move_outcome(
            specification=team.draft, outcome_id=FIRST_OUTCOME, to=2, by=team.claire
        ),
        lambda: actions.remove_outcome(specification=team.draft, outcome_id=FIRST_OUTCOME, by=team.claire),
        lambda: actions.publish_specification(specification=team.draft, by=team.claire),
        lambda: actions.discard_draft(specification=team.draft, by=team.claire),
    ):
        with pytest.raises(PublishedIsFinalError):
            attempt()
    assert team.reloaded().read() == complete_content()


def test_new_version_is_a_copy_with_the_same_outcomes_and_the_next_number(team: Team) -> None:
    actions.publish_specification(specification=team.draft, by=team.claire)
    micro_credential = team.draft.micro_credential

    second = actions.start_new_version(micro_credential=micro_credential, by=team.karim)
    again = actions.start_new_version(micro_credential=micro_credential, by=team.claire)

    assert (second.number, second.state, second.read()) == (2, "draft", complete_content())
    assert again.id == second.id
    assert [v.number for v in queries.versions_of(micro_credential)] == [2, 1]


def test_new_version_needs_a_published_one() -> None:
    organisation = an_organisation()
    claire = a_member(a_user(), organisation, Role.DESIGNER)
    empty = MicroCredential.objects.create(organisation=organisation, slug="vide")

    with pytest.raises(NothingPublishedError):
        actions.start_new_version(micro_credential=empty, by=claire)


def test_start_opens_a_draft_with_a_title_and_an_address_of_its_own(team: Team) -> None:
    first = actions.start_micro_credential(
        organisation=team.organisation, title="Vendre à l’étal", by=team.claire, domain="terre"
    )
    second = actions.start_micro_credential(
        organisation=team.organisation, title={"fr": "Vendre à l'étal", "en": "Selling"}, by=team.claire
    )

    assert (first.slug, second.slug) == ("vendre-a-l-etal", "vendre-a-l-etal-2")
    assert (str(first.title), first.domain, first.created_by) == ("Vendre à l’étal", "terre", team.claire)
    assert first.draft is not None
    assert (first.draft.number, first.draft.read().languages) == (1, ("fr",))
    assert [e.verb for e in entries_about(first.id)] == ["micro_credential.started"]


def test_public_address_is_settled_by_the_title_at_the_first_publication_only(team: Team) -> None:
    opened = actions.start_micro_credential(
        organisation=team.organisation, title="Provisoire", by=team.claire
    )
    assert opened.draft is not None
    draft = opened.draft
    draft.content = a_specification(team.organisation).content
    draft.save()

    actions.publish_specification(specification=draft, by=team.claire)
    address = MicroCredential.objects.get(id=opened.id).slug
    second = actions.start_new_version(micro_credential=opened, by=team.claire)
    actions.save_field(
        specification=second,
        field="title.fr",
        value="Tout autre titre",
        seen="Plesser une haie",
        by=team.claire,
    )
    actions.publish_specification(specification=second, by=team.claire)

    assert address.startswith("plesser-une-haie")
    assert MicroCredential.objects.get(id=opened.id).slug == address


def test_discarded_first_draft_takes_its_micro_certification_along(team: Team) -> None:
    actions.discard_draft(specification=team.draft, by=team.claire)

    assert not MicroCredential.objects.filter(id=team.draft.micro_credential_id).exists()
    assert [e.verb for e in entries_about(team.draft.id)] == ["specification.draft_discarded"]


def test_discarded_later_draft_leaves_what_is_published(team: Team) -> None:
    actions.publish_specification(specification=team.draft, by=team.claire)
    second = actions.start_new_version(micro_credential=team.draft.micro_credential, by=team.claire)

    actions.discard_draft(specification=second, by=team.claire)

    assert [v.id for v in queries.versions_of(team.draft.micro_credential)] == [team.draft.id]


def test_withdrawn_micro_certification_leaves_the_offer_and_can_come_back(team: Team) -> None:
    actions.publish_specification(specification=team.draft, by=team.claire)
    design = team.draft.micro_credential
    offered = [s.id for s in queries.published_specifications()]

    actions.withdraw_micro_credential(micro_credential=design, by=team.claire)
    withdrawn = [s.id for s in queries.published_specifications()]
    actions.offer_again(micro_credential=design, by=team.claire)

    assert (offered, withdrawn) == ([team.draft.id], [])
    assert [s.id for s in queries.published_specifications()] == [team.draft.id]
    unpublished = a_specification(team.organisation).micro_credential
    with pytest.raises(NothingPublishedError):
        actions.withdraw_micro_credential(micro_credential=unpublished, by=team.claire)


WRITING = {Role.DESIGNER, Role.TRAINER}


@pytest.mark.parametrize("role", [*Role, None])
def test_who_may_write_and_who_may_publish(role: Role | None) -> None:
    organisation, elsewhere = an_organisation(), an_organisation()
    person = a_user()
    if role is not None:
        a_member(person, organisation, role)
    # Everything elsewhere gives nothing here.
    a_member(person, elsewhere, *Role)
    draft, published = a_specification(organisation), a_specification(organisation, published=True)

    def is_allowed(attempt: Any) -> bool:
        try:
            attempt()
        except NotAllowedError:
            return False
        return True

    writes = [
        lambda: actions.start_micro_credential(organisation=organisation, title="x", by=person),
        lambda: actions.save_field(specification=draft, field="title.fr", value="x", seen="?", by=person),
        lambda: actions.add_outcome(specification=draft, by=person),
        lambda: actions.move_outcome(specification=draft, outcome_id=THIRD_OUTCOME, to=1, by=person),
        lambda: actions.remove_outcome(specification=draft, outcome_id=THIRD_OUTCOME, by=person),
        lambda: actions.start_new_version(micro_credential=published.micro_credential, by=person),
    ]
    publishes = [
        lambda: actions.withdraw_micro_credential(micro_credential=published.micro_credential, by=person),
        lambda: actions.offer_again(micro_credential=published.micro_credential, by=person),
    ]

    assert {is_allowed(each) for each in writes} == {role in WRITING}
    assert {is_allowed(each) for each in publishes} == {role is Role.DESIGNER}
    ready = a_specification(organisation)
    assert is_allowed(lambda: actions.publish_specification(specification=ready, by=person)) == (
        role is Role.DESIGNER
    )
    sees = (
        queries.specification_for(person, draft.id),
        queries.micro_credential_for(person, draft.micro_credential_id),
    )
    assert {each is not None for each in sees} == {role is not None}


def test_accreditations_valid_today_are_suggested_as_quality_assurance(team: Team) -> None:
    today = clock.today()
    an_accreditation(team.organisation, name="Qualiopi")
    an_accreditation(team.organisation, name="Ancien label", valid_until=today.replace(year=today.year - 1))
    an_accreditation(
        team.organisation, name="Futur label", valid_from=today.replace(year=today.year + 1, day=1)
    )

    assert queries.assurance_suggestions(team.organisation, today) == [
        {"kind": "institutional", "name": {"fr": "Qualiopi"}}
    ]


def test_published_specifications_are_the_latest_of_each(team: Team) -> None:
    actions.publish_specification(specification=team.draft, by=team.claire)
    second = actions.start_new_version(micro_credential=team.draft.micro_credential, by=team.claire)
    assert [s.number for s in queries.published_specifications()] == [1]

    actions.publish_specification(specification=second, by=team.claire)

    assert [s.number for s in queries.published_specifications()] == [2]
    slug = MicroCredential.objects.get(id=second.micro_credential_id).slug
    assert [getattr(queries.published_version(slug, n), "number", None) for n in (None, 1, 2, 3)] == [
        2,
        1,
        2,
        None,
    ]
