"""Needs: stated, read, brought together, answered, taken back, forgotten; and who may do none of that."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core import mail
from tests.factories.design import a_specification, complete_content
from tests.factories.people import a_member, a_user, an_organisation
from tests.factories.territory import (
    a_commune,
    a_moderator,
    a_need,
    a_territory,
    an_asker,
    need_facts,
)

from jalon.design.actions import publish_specification, start_micro_credential
from jalon.design.models import Specification
from jalon.design.rules import plain
from jalon.foundation import clock, journal
from jalon.foundation.errors import NotAllowedError
from jalon.people.models import User
from jalon.people.rules import OrganisationKind, Role
from jalon.territory import actions, queries
from jalon.territory.errors import (
    InvalidNeedError,
    NeedStateError,
    NotLikeNeedsError,
    ReasonMissingError,
    UnknownNeedError,
)
from jalon.territory.models import Need, NeedGroup, NeedStep, PartKind
from jalon.territory.permissions import can_moderate
from jalon.territory.queries import Question
from jalon.territory.rules.need_states import NeedState
from jalon.territory.rules.needs import AskerKind, Constraint

pytestmark = pytest.mark.django_db


def kinds(need: Need) -> list[str]:
    return list(NeedStep.objects.filter(need=need).values_list("kind", flat=True))


def state(need: Need) -> str:
    return Need.objects.get(id=need.id).state


@pytest.fixture
def mails(settings: Any) -> list[Any]:
    """Mails leave here, each task at once."""
    settings.MAIL_IS_SENT = True
    return mail.outbox


def tell_everybody() -> None:
    for step in NeedStep.objects.all():
        actions.tell_asker(step.id)


# — Stating —


def test_a_need_without_an_account_waits_to_be_read() -> None:
    place = a_commune()

    need = actions.state_need(
        facts=need_facts(commune_code="48104", people_count=4, ticked=frozenset({Constraint.HOURS})),
        asker=an_asker(),
    )

    assert need.state == NeedState.WAITING
    assert need.commune == place
    assert need.place == ""
    assert need.constraints_ticked == ["hours"]
    assert len(need.follow_token) == 22
    assert queries.public_needs(Question()).total == 0
    assert queries.public_need(need.id) is None


def test_a_need_of_an_organisation_is_public_at_once_under_its_name() -> None:
    company = an_organisation(
        "Scierie du Bès", kind=OrganisationKind.COMPANY.value, identity_confirmed_at=clock.now()
    )
    trainer = a_member(a_user(), company, Role.TRAINER)

    need = actions.state_need(facts=need_facts(), organisation=company, by=trainer)

    shown = queries.public_need(need.id)
    assert shown is not None
    assert (shown.organisation_name, shown.kind) == ("Scierie du Bès", "company")
    assert [entry.verb for entry in journal.entries_about(need.id)] == ["need.stated"]


def test_a_need_of_an_organisation_that_nobody_confirmed_is_read_first(mails: list[Any]) -> None:
    claimed = an_organisation("Préfecture de la Lozère", kind=OrganisationKind.LOCAL_AUTHORITY.value)
    speaker = a_member(a_user(), claimed, Role.ADMIN)

    need = actions.state_need(facts=need_facts(), organisation=claimed, by=speaker)
    tell_everybody()

    assert (state(need), queries.public_need(need.id)) == (NeedState.WAITING, None)
    assert "sèche" not in mails[0].subject + mails[0].body

    actions.accept_need(need=need, by=a_moderator())
    actions.correct_need(need=need, facts=need_facts(skill="Tout autre chose, en d'autres mots"))

    assert state(need) == NeedState.WAITING


@pytest.mark.parametrize("role", [Role.ASSESSOR, Role.SIGNATORY, Role.PARTNER])
def test_roles_that_do_not_speak_for_the_organisation_are_refused(role: Role) -> None:
    company = an_organisation()

    with pytest.raises(NotAllowedError):
        actions.state_need(facts=need_facts(), organisation=company, by=a_member(a_user(), company, role))
    assert not Need.objects.exists()


def test_a_stranger_does_not_speak_for_an_organisation() -> None:
    with pytest.raises(NotAllowedError):
        actions.state_need(facts=need_facts(), organisation=an_organisation(), by=a_user())


def test_faults_of_the_need_and_of_who_asks_come_together() -> None:
    with pytest.raises(InvalidNeedError) as refused:
        actions.state_need(facts=need_facts(skill="", people_count=10_000), asker=an_asker(agrees=False))

    assert [fault.code for fault in refused.value.faults] == [
        "territory.skill_missing",
        "territory.people_many",
        "territory.agreement_missing",
    ]
    assert not Need.objects.exists()


def test_a_commune_that_ended_or_never_was_is_refused() -> None:
    a_commune("48999", is_current=False)

    for code in ("48999", "99999"):
        with pytest.raises(InvalidNeedError):
            actions.state_need(facts=need_facts(commune_code=code), asker=an_asker())


def test_without_agreement_nothing_of_a_person_is_kept() -> None:
    need = actions.state_need(
        facts=need_facts(), asker=an_asker(kind=AskerKind.LEARNER, name="", email="", agrees=False)
    )

    assert (need.asker_name, need.asker_email, need.agreed_at) == ("", "", None)


# — Who moderates —


def test_the_organisation_of_the_territory_moderates_and_no_other() -> None:
    need = a_need(commune=a_commune(epci_code="200069151"), state=NeedState.WAITING.value)
    theirs = a_moderator("48104")
    by_epci = a_moderator()
    a_territory(by_epci.memberships.all()[0].organisation, "200069151", kind=PartKind.EPCI)
    neighbour = a_moderator("12214")
    without_territory = a_moderator()

    assert can_moderate(theirs, need)
    assert can_moderate(by_epci, need)
    assert not can_moderate(neighbour, need)
    assert not can_moderate(without_territory, need)


def test_a_need_that_no_territory_claims_is_for_any_confirmed_organisation() -> None:
    in_words = a_need(state=NeedState.WAITING.value)
    elsewhere = a_need(commune=a_commune("12214", "Saint-Chély-d'Aubrac"))
    a_moderator("48104")

    assert can_moderate(a_moderator(), in_words)
    assert can_moderate(a_moderator("48140"), elsewhere)


def test_an_organisation_that_nobody_confirmed_reads_nothing_and_claims_nothing() -> None:
    need = a_need(commune=a_commune())
    self_declared = a_moderator("48104", identity_confirmed_at=None)

    assert not can_moderate(self_declared, need)
    assert can_moderate(a_moderator(), need)


def test_an_epci_without_code_claims_no_commune_without_epci() -> None:
    need = a_need(commune=a_commune(epci_code=""))
    a_territory(a_moderator().memberships.all()[0].organisation, "", kind=PartKind.EPCI)

    assert can_moderate(a_moderator(), need)


def accept(need: Need, by: User) -> Any:
    return actions.accept_need(need=need, by=by)


def refuse(need: Need, by: User) -> Any:
    return actions.refuse_need(need=need, reason="Déjà couvert", by=by)


def spam(need: Need, by: User) -> Any:
    return actions.mark_as_spam(need=need, by=by)


def group(need: Need, by: User) -> Any:
    return actions.group_needs(need=need, other=a_need(), by=by)


def separate(need: Need, by: User) -> Any:
    return actions.separate_need(need=need, by=by)


def link(need: Need, by: User) -> Any:
    specification = a_specification(an_organisation())
    return actions.link_design(need=need, micro_credential_id=specification.micro_credential_id, by=by)


def unlink(need: Need, by: User) -> Any:
    return actions.unlink_design(need=need, micro_credential_id=uuid4(), by=by)


ACTIONS = [accept, refuse, spam, group, separate, link, unlink]


def _nobody() -> User:
    return a_user()


def _operator() -> User:
    return a_user(is_superuser=True)


def _of_another_territory() -> User:
    return a_moderator("12214")


def _unconfirmed() -> User:
    return a_moderator(identity_confirmed_at=None)


def _trainer_of_the_territory() -> User:
    admin = a_moderator("48104")
    return a_member(a_user(), admin.memberships.all()[0].organisation, Role.TRAINER, Role.PARTNER)


STRANGERS = [_nobody, _operator, _of_another_territory, _unconfirmed, _trainer_of_the_territory]


@pytest.mark.parametrize("stranger", STRANGERS, ids=lambda make: make.__name__.strip("_"))
@pytest.mark.parametrize("action", ACTIONS, ids=lambda act: act.__name__)
def test_stranger_decides_nothing(action: Callable[[Need, User], Any], stranger: Callable[[], User]) -> None:
    a_moderator("48104")
    need = a_need(commune=a_commune(), state=NeedState.WAITING.value)
    by = stranger()

    with pytest.raises(NotAllowedError):
        action(need, by)
    assert state(need) == NeedState.WAITING
    assert kinds(need) == []


# — Reading —


def test_accepting_makes_public_and_tells(mails: list[Any]) -> None:
    need = actions.state_need(facts=need_facts(), asker=an_asker())

    actions.accept_need(need=need, by=a_moderator())
    tell_everybody()
    tell_everybody()

    assert queries.public_needs(Question()).total == 1
    assert [message.subject.split(" :")[0] for message in mails] == ["Besoin reçu", "Besoin publié"]
    assert all(message.to == ["vidal@exemple.example"] for message in mails)
    assert need.follow_token in mails[0].body


def test_what_nobody_read_is_not_mailed_to_the_address_that_was_typed(mails: list[Any]) -> None:
    words = "Gagnez 500 euros sur www.gain.example, sans effort"
    actions.state_need(facts=need_facts(skill=words), asker=an_asker(name="www.gain.example"))

    tell_everybody()

    assert len(mails) == 1
    assert "gain" not in mails[0].subject + mails[0].body
    assert "retirez ce besoin" in mails[0].body


def test_what_was_refused_is_not_quoted_to_the_address_that_was_typed(mails: list[Any]) -> None:
    need = actions.state_need(facts=need_facts(skill="Voir https://gain.example"), asker=an_asker())

    actions.refuse_need(need=need, reason="Une publicité.", by=a_moderator())
    tell_everybody()

    assert "gain" not in mails[1].subject + mails[1].body
    assert "Une publicité." in mails[1].body


def test_signs_that_turn_the_reading_are_taken_out() -> None:
    need = actions.state_need(facts=need_facts(skill="Faucher\u202e le pré\x1b\nà la faux"), asker=an_asker())

    assert need.skill == "Faucher le pré\nà la faux"


def test_whoever_asked_is_told_in_the_language_of_their_page(mails: list[Any]) -> None:
    need = actions.state_need(facts=need_facts(), asker=an_asker(), language="en")
    actions.accept_need(need=need, by=a_moderator())

    tell_everybody()

    assert mails[1].subject.startswith("Need published")
    assert "Bonjour" not in mails[0].body + mails[1].body
    until = need.personal_data_until
    assert f"{until.day} {until:%B %Y}" in mails[1].body


def test_whoever_speaks_for_an_organisation_is_sent_the_private_link(mails: list[Any]) -> None:
    company = an_organisation("Scierie du Bès", identity_confirmed_at=clock.now())
    speaker = a_member(a_user("scierie@exemple.example"), company, Role.ADMIN)

    need = actions.state_need(facts=need_facts(), organisation=company, by=speaker)
    tell_everybody()

    assert [message.to for message in mails] == [["scierie@exemple.example"]]
    assert need.follow_token in mails[0].body
    assert "Tout le monde peut le lire" in mails[0].body


def test_words_on_several_lines_stand_on_one_in_a_mail(mails: list[Any]) -> None:
    skill = "Réparer des murs en pierre sèche\nau bord des chemins" + " et des champs" * 40
    need = a_need(skill=skill, asker_email="vidal@exemple.example", state=NeedState.WAITING.value)

    actions.accept_need(need=need, by=a_moderator())
    tell_everybody()

    assert "\n" not in mails[0].subject
    assert "sèche au bord des chemins" in mails[0].body
    assert "…\u00a0»" in mails[0].body


def test_the_public_sees_nothing_of_a_person() -> None:
    need = actions.state_need(facts=need_facts(), asker=an_asker(name="Jeanne Vidal"))
    actions.accept_need(need=need, by=a_moderator())

    shown = repr(queries.public_needs(Question()))

    assert "pierre sèche" in shown
    assert Need.objects.get(id=need.id).asker_name == "Jeanne Vidal"
    for private in ("Jeanne", "vidal@", need.follow_token):
        assert private not in shown


def test_refusing_says_why_and_keeps_the_address_for_a_shorter_time(mails: list[Any]) -> None:
    need = actions.state_need(facts=need_facts(), asker=an_asker())

    actions.refuse_need(need=need, reason="  C'est une offre\nd'emploi.  ", by=a_moderator())
    tell_everybody()

    kept = Need.objects.get(id=need.id)
    assert (kept.state, kept.reason) == (NeedState.REFUSED, "C'est une offre d'emploi.")
    assert kept.personal_data_until == clock.today() + timedelta(days=60)
    assert "C’est une offre d’emploi." in mails[-1].body


@pytest.mark.parametrize("reason", ["", "  \n", "\0"])
def test_refusing_without_a_reason_is_refused(reason: str) -> None:
    need = a_need(state=NeedState.WAITING.value)

    with pytest.raises(ReasonMissingError):
        actions.refuse_need(need=need, reason=reason, by=a_moderator())
    assert state(need) == NeedState.WAITING


def test_spam_is_not_told_and_forgets_at_once(mails: list[Any]) -> None:
    need = a_need(state=NeedState.WAITING.value, asker_name="Robot", asker_email="robot@exemple.example")

    actions.mark_as_spam(need=need, by=a_moderator())
    tell_everybody()

    kept = Need.objects.get(id=need.id)
    assert (kept.state, kept.asker_name, kept.asker_email) == (NeedState.SPAM, "", "")
    assert mails == []


def test_two_moderators_at_once_decide_once() -> None:
    need, first, second = a_need(state=NeedState.WAITING.value), a_moderator(), a_moderator()

    actions.accept_need(need=need, by=first)

    with pytest.raises(NeedStateError):
        actions.accept_need(need=need, by=second)
    assert kinds(need) == ["accepted"]


# — Bringing together —


def test_likely_needs_are_suggested_and_nothing_is_merged() -> None:
    place = a_commune()
    need = a_need(commune=place)
    alike = a_need(commune=place, skill="Restaurer les murets de pierres sèches")
    a_need(commune=place, skill="Conduire un car scolaire")
    a_need(commune=place, skill="Réparer un mur en pierre sèche", state=NeedState.WAITING.value)

    likely = queries.likely_the_same(need, a_moderator())

    assert [each.need for each in likely] == [alike]
    assert Need.objects.filter(group__isnull=False).count() == 0


def test_needs_of_a_territory_that_is_not_theirs_are_not_suggested() -> None:
    a_moderator("12214")
    need = a_need(commune=a_commune())
    a_need(commune=a_commune("12214", "Saint-Chély-d'Aubrac"))

    assert queries.likely_the_same(need, a_moderator("48104")) == []


def test_grouping_is_recorded_and_undone() -> None:
    by = a_moderator()
    first, second, third = a_need(), a_need(), a_need()

    actions.group_needs(need=first, other=second, by=by)
    actions.group_needs(need=third, other=first, by=by)

    first.refresh_from_db()
    assert set(queries.group_of(first)) == {second, third}
    assert queries.public_needs(Question()).needs[0].alike == 2

    actions.separate_need(need=second, by=by)

    assert set(queries.group_of(Need.objects.get(id=first.id))) == {third}
    assert kinds(second) == ["grouped", "ungrouped"]

    actions.separate_need(need=third, by=by)

    assert not NeedGroup.objects.exists()
    assert queries.group_of(Need.objects.get(id=first.id)) == []


def test_two_groups_become_one() -> None:
    by = a_moderator()
    needs = [a_need() for _ in range(4)]
    actions.group_needs(need=needs[0], other=needs[1], by=by)
    actions.group_needs(need=needs[2], other=needs[3], by=by)

    actions.group_needs(need=needs[1], other=needs[2], by=by)

    assert NeedGroup.objects.count() == 1
    assert len(queries.group_of(Need.objects.get(id=needs[0].id))) == 3


def test_a_need_is_not_like_itself_nor_like_one_that_nobody_accepted() -> None:
    by, need = a_moderator(), a_need()

    with pytest.raises(NotLikeNeedsError):
        actions.group_needs(need=need, other=need, by=by)
    with pytest.raises(NotLikeNeedsError):
        actions.group_needs(need=need, other=a_need(state=NeedState.WAITING.value), by=by)
    with pytest.raises(NotLikeNeedsError):
        actions.separate_need(need=need, by=by)


# — Answering —


def a_draft() -> tuple[Specification, User]:
    organisation = an_organisation()
    designer = a_member(a_user(), organisation, Role.DESIGNER)
    started = start_micro_credential(organisation=organisation, title="Plesser une haie", by=designer)
    draft = Specification.objects.get(micro_credential=started)
    draft.content = plain.write(complete_content())
    draft.save()
    return draft, designer


def test_a_need_follows_what_is_written_for_it_until_it_is_published(mails: list[Any]) -> None:
    need = a_need(asker_email="vidal@exemple.example")
    alike = a_need()
    by = a_moderator()
    actions.group_needs(need=need, other=alike, by=by)
    draft, designer = a_draft()

    actions.link_design(need=alike, micro_credential_id=draft.micro_credential_id, by=by)

    assert (state(need), state(alike)) == (NeedState.IN_DESIGN, NeedState.IN_DESIGN)

    publish_specification(specification=draft, by=designer)
    tell_everybody()

    assert (state(need), state(alike)) == (NeedState.ANSWERED, NeedState.ANSWERED)
    assert kinds(need) == ["grouped", "in_design", "answered"]
    assert [message.subject.split(" :")[0] for message in mails] == [
        "Une micro-certification s’écrit pour y répondre",
        "Une micro-certification publiée y répond",
    ]
    assert "/micro-certifications/plesser-une-haie/" in mails[1].body


def test_a_published_one_answers_at_once_and_a_link_taken_back_reopens() -> None:
    need, by = a_need(), a_moderator()
    published = a_specification(an_organisation(), published=True)

    actions.link_design(need=need, micro_credential_id=published.micro_credential_id, by=by)
    assert state(need) == NeedState.ANSWERED

    actions.link_design(need=need, micro_credential_id=published.micro_credential_id, by=by)
    actions.unlink_design(need=need, micro_credential_id=published.micro_credential_id, by=by)

    assert state(need) == NeedState.OPEN
    assert kinds(need) == ["linked", "answered", "unlinked", "reopened"]


def test_a_need_taken_out_of_its_group_keeps_only_its_own_answers() -> None:
    need, alike, by = a_need(), a_need(), a_moderator()
    actions.group_needs(need=need, other=alike, by=by)
    published = a_specification(an_organisation(), published=True)
    actions.link_design(need=alike, micro_credential_id=published.micro_credential_id, by=by)

    actions.separate_need(need=need, by=by)

    assert (state(need), state(alike)) == (NeedState.OPEN, NeedState.ANSWERED)


def test_what_is_no_micro_credential_answers_nothing() -> None:
    need = a_need()

    with pytest.raises(UnknownNeedError):
        actions.link_design(need=need, micro_credential_id=UUID(int=7), by=a_moderator())


def test_publishing_what_no_need_asked_for_changes_none() -> None:
    need = a_need()
    draft, designer = a_draft()

    publish_specification(specification=draft, by=designer)

    assert state(need) == NeedState.OPEN


# — Correcting, taking back, forgetting —


def test_new_words_of_a_public_need_are_read_again() -> None:
    need, alike, by = a_need(), a_need(), a_moderator()
    actions.group_needs(need=need, other=alike, by=by)

    kept = actions.correct_need(need=need, facts=need_facts(skill="Tailler des fruitiers"))

    assert kept.state == NeedState.WAITING
    assert queries.public_need(need.id) is None
    assert not NeedGroup.objects.exists()


def test_a_number_corrected_stays_public_and_a_past_date_may_stay() -> None:
    need = a_need(needed_by=clock.today() - timedelta(days=3))

    kept = actions.correct_need(need=need, facts=need_facts(people_count=7, needed_by=need.needed_by))

    assert (kept.state, kept.people_count) == (NeedState.OPEN, 7)
    assert NeedStep.objects.get(need=need).facts == {"fields": ["people_count"]}


def test_the_same_again_is_no_correction() -> None:
    need = a_need()

    actions.correct_need(need=need, facts=need_facts())

    assert kinds(need) == []


@pytest.mark.parametrize(
    "stands", [NeedState.IN_DESIGN, NeedState.ANSWERED, NeedState.WITHDRAWN, NeedState.SPAM]
)
def test_what_is_followed_or_gone_is_not_corrected(stands: NeedState) -> None:
    with pytest.raises(NeedStateError):
        actions.correct_need(need=a_need(state=stands.value), facts=need_facts(people_count=2))


def test_withdrawing_erases_who_asked_and_keeps_the_need_without_names() -> None:
    need = actions.state_need(facts=need_facts(), asker=an_asker())
    actions.accept_need(need=need, by=a_moderator())

    actions.withdraw_need(need=need)

    kept = Need.objects.get(id=need.id)
    assert (kept.state, kept.asker_name, kept.asker_email) == (NeedState.WITHDRAWN, "", "")
    assert kept.forgotten_at is not None
    assert kept.skill == "Réparer des murs en pierre sèche"
    assert queries.public_needs(Question()).everything == 0
    with pytest.raises(NeedStateError):
        actions.withdraw_need(need=need)


def test_a_mail_that_waits_does_not_leave_once_the_asker_is_forgotten(mails: list[Any]) -> None:
    need = actions.state_need(facts=need_facts(), asker=an_asker())

    actions.withdraw_need(need=need)
    tell_everybody()

    assert mails == []


def test_names_are_forgotten_when_their_time_is_over() -> None:
    with clock.frozen(datetime(2027, 1, 15, 10, tzinfo=UTC)):
        need = actions.state_need(facts=need_facts(), asker=an_asker(), keep_months=18)
    with clock.frozen(datetime(2028, 7, 15, 10, tzinfo=UTC)):
        assert actions.forget_old_askers() == 0
    assert Need.objects.get(id=need.id).asker_email == "vidal@exemple.example"

    with clock.frozen(datetime(2028, 7, 16, 10, tzinfo=UTC)):
        assert actions.forget_old_askers() == 1
        assert actions.forget_old_askers() == 0

    kept = Need.objects.get(id=need.id)
    assert (kept.asker_name, kept.asker_email, kept.agreed_at) == ("", "", None)
    assert kinds(need) == ["stated", "forgotten"]


# — The public list —


def test_the_list_is_asked_by_words_place_and_state() -> None:
    nasbinals = a_commune()
    far = a_commune("59350", "Lille", latitude=50.637, longitude=3.063)
    near = a_need(commune=nasbinals)
    away = a_need(commune=far, skill="Bâtir des murs de briques")
    answered = a_need(commune=nasbinals, skill="Souder", state=NeedState.ANSWERED.value)

    def found(**question: Any) -> set[UUID]:
        return {need.id for need in queries.public_needs(Question(**question)).needs}

    assert found() == {near.id, away.id, answered.id}
    assert found(text="les MURS") == {near.id, away.id}
    assert found(commune=nasbinals, km=30) == {near.id, answered.id}
    assert found(commune=nasbinals, km=1000, text="mur") == {near.id, away.id}
    assert found(state=NeedState.ANSWERED) == {answered.id}
    assert found(text="rien de tel") == set()
    assert queries.public_needs(Question(commune=nasbinals, km=1000)).needs[-1].id == away.id


def test_pages_are_bounded(django_assert_num_queries: Any) -> None:
    for _ in range(31):
        a_need()

    with django_assert_num_queries(3):
        first = queries.public_needs(Question(page=1))
    last = queries.public_needs(Question(page=999))

    assert (len(first.needs), first.pages, len(last.needs), last.page) == (30, 2, 1, 2)
