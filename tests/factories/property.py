"""One organisation with something of everything, and words by which whatever leaks of it is known."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from tests.factories.awarding import HEADER, Issuing, a_checked_batch, an_award, an_awarded_batch
from tests.factories.catalogue import a_commune, a_session, an_offer
from tests.factories.design import a_specification, complete_content
from tests.factories.people import (
    a_member,
    a_person,
    a_user,
    an_accreditation,
    an_invitation,
    an_organisation,
)
from tests.factories.rooms import AtTable
from tests.factories.territory import a_need, a_territory

from jalon.awarding.models import Award, AwardBatch, Endorsement
from jalon.catalogue import actions as catalogue
from jalon.catalogue.models import Offering, Session
from jalon.design import actions
from jalon.design.models import Comment, Proposal, RoomLink, Specification
from jalon.design.rules.rooms import ProposalKind, RoomRole
from jalon.foundation import clock, jobs
from jalon.people.models import Accreditation, Invitation, Organisation, User
from jalon.people.rules import OrganisationKind, Role
from jalon.territory.models import Need, Territory
from jalon.territory.rules.need_states import NeedState
from sceau.model.texts import Text


@dataclass(frozen=True)
class Property:
    """
    What an organisation has.

    Attributes:
        word: A made-up word that stands in everything of theirs that is private, and nowhere else.
        head: Somebody with every role there.
    """

    word: str
    organisation: Organisation
    head: User
    colleague: User
    published: Specification
    draft: Specification
    offering: Offering
    session: Session
    table: AtTable
    link: RoomLink
    entrance: str
    proposal: Proposal
    comment: Comment
    checked: AwardBatch
    awarded: AwardBatch
    award: Award
    endorsement: Endorsement
    accreditation: Accreditation
    invitation: Invitation
    need: Need
    territory: Territory

    @property
    def status_list(self) -> UUID:
        """Where it is told whether the award still holds."""
        credential = self.award.credential
        assert credential is not None
        return credential.status_list_id

    @property
    def ids(self) -> dict[str, UUID | None]:
        """By the names that addresses give them; of lists, the one that waits."""
        return {
            "micro_credential_id": self.draft.micro_credential_id,
            "specification_id": self.draft.id,
            "offering_id": self.offering.id,
            "session_id": self.session.id,
            "room_id": self.table.room.id,
            "proposal_id": self.proposal.id,
            "comment_id": self.comment.id,
            "link_id": self.link.id,
            "participant_id": self.proposal.participant_id,
            "batch_id": self.checked.id,
            "award_id": self.award.id,
            "endorsement_id": self.endorsement.id,
            "accreditation_id": self.accreditation.id,
            "invitation_id": self.invitation.id,
            "user_id": self.colleague.id,
            "need_id": self.need.id,
            "territory_id": self.territory.id,
            "list_id": self.status_list,
        }


def property_of(word: str, commune_code: str) -> Property:
    """Something of everything: a draft in a room, an offer, lists, awards, needs, a territory."""
    organisation = an_organisation(
        kind=OrganisationKind.LOCAL_AUTHORITY.value, identity_confirmed_at=clock.now(), siret="12345678200010"
    )
    head = a_member(a_user(f"{word}.a@example.org", full_name=f"{word} Alpha"), organisation, *Role)
    colleague = a_member(
        a_user(f"{word}.b@example.org", full_name=f"{word} Beta"), organisation, Role.TRAINER
    )
    published = a_specification(organisation, published=True)
    catalogue.index(published)
    offering = an_offer(published, by=head)
    table, proposal, comment = _room(word, organisation)
    link, entrance = table.link(label=f"lien {word}")
    issuing = Issuing(organisation, published, head)
    person = a_person(organisation, f"{word} Gamma", email=f"{word}.g@example.org")
    return Property(
        word=word,
        organisation=organisation,
        head=head,
        colleague=colleague,
        published=published,
        draft=table.now(),
        offering=offering,
        session=a_session(offering, by=head),
        table=table,
        link=link,
        entrance=entrance,
        proposal=proposal,
        comment=comment,
        checked=a_checked_batch(issuing, _list(word, 1)),
        awarded=an_awarded_batch(issuing, _list(word, 2)),
        award=an_award(issuing, person=person),
        endorsement=_endorsement(organisation, head),
        accreditation=an_accreditation(organisation),
        invitation=an_invitation(organisation, email=f"{word}.i@example.org"),
        need=a_need(
            skill=f"Besoin {word}",
            commune=a_commune(commune_code),
            state=NeedState.WAITING.value,
            asker_name=f"{word} Delta",
            asker_email=f"{word}.d@example.org",
        ),
        territory=a_territory(organisation, commune_code, name=f"Pays {word}"),
    )


def _list(word: str, number: int) -> bytes:
    row = f"{word}{number};Jeanne;0{number}/03/1990;{word}.{number}@example.org;{word}-{number}"
    return f"{HEADER}\n{row}\n".encode()


def _room(word: str, organisation: Organisation) -> tuple[AtTable, Proposal, Comment]:
    """A room about a draft that nobody else has read, with a round, a thread and a proposal."""
    content = replace(complete_content(), title=Text.of({"fr": f"Brouillon {word}"}))
    table = AtTable(organisation, content=content)
    guest = table.invited(name=f"{word} Epsilon")
    proposal = actions.propose(
        room=table.room,
        kind=ProposalKind.CHANGE,
        field="title.fr",
        value=f"Proposition {word}",
        seen=f"Brouillon {word}",
        by=guest,
    )
    comment = actions.comment(room=table.room, field="title.fr", text=f"Avis {word}", by=guest)
    table.agreed("Entreprise Vidal")
    table.a_round()
    return table, proposal, comment


def _endorsement(organisation: Organisation, head: User) -> Endorsement:
    """Signed by *organisation* about somebody else's micro-certification."""
    table = AtTable(an_organisation())
    name = organisation.legal_name
    signatory = table.invited(RoomRole.SIGNATORY, name="Inès Rouvière", organisation=name, user=head)
    table.agreed(name)
    table.signs(signatory, table.a_round(), wants_endorsement=True)
    actions.publish_specification(specification=table.now(), by=table.designer)
    jobs.Worker().run_until_empty()
    return Endorsement.objects.get(organisation=organisation)
