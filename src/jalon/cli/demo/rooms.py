"""Two rooms of the demonstration: partners write in one; the text of the other was endorsed and published."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from jalon.design import actions as design
from jalon.design.models import Participant, Party, Proposal, Room, Specification
from jalon.design.rules import fields
from jalon.design.rules.rooms import ProposalKind, RoomRole
from jalon.foundation import clock
from jalon.people.models import Organisation, User

COMMUNE = "Commune de Saint-Aubin-les-Sources (fictive)"
GARDENS = "Association des jardins de la Source (fictive)"
LONGEST = 180


def write_together(*, draft: Specification, designer: User, fermes: Organisation, fermes_signs: User) -> Room:
    """
    Partners around a draft: proposals open, accepted and refused, comments, a reservation, a round.

    Args:
        fermes, fermes_signs: A partner with an account, and who signs for it.
    """
    today = clock.now()
    with clock.frozen(today - timedelta(days=5)):
        room = design.open_room(micro_credential=draft.micro_credential, by=designer)
        host = design.join_as_member(room=room, user=designer)
        mayor = _guest(room, host, RoomRole.SIGNATORY, "Solange Vernhes", COMMUNE)
        gardener = _guest(room, host, RoomRole.CONTRIBUTOR, "Marcel Aubrac", GARDENS)
        learner = _guest(room, host, RoomRole.REVIEWER, "Maëlys Ferrand", "")
        farmers = _guest(
            room, host, RoomRole.SIGNATORY, fermes_signs.full_name, fermes.legal_name, fermes_signs
        )
        design.settle_required(room=room, names=[fermes.legal_name, COMMUNE], by=host)
    with clock.frozen(today - timedelta(days=4)):
        asked = design.propose(
            room=room,
            kind=ProposalKind.ADD_OUTCOME,
            field="learning_outcomes",
            value={"fr": "Accueillir un nouveau foyer à la placette et lui montrer les gestes"},
            reason="C'est ce que les habitants nous demandent le samedi.",
            by=mayor,
        )
        design.accept_proposal(proposal=asked, seen={}, by=host)
        longer = _change(room, gardener, "workload_hours", "42", "Une journée de plus pour le jardin.")
        design.refuse_proposal(
            proposal=longer,
            reason="Cinq lundis : au-delà, les bénévoles ne viennent plus.",
            by=host,
        )
    with clock.frozen(today - timedelta(days=3)):
        thread = design.comment(
            room=room,
            field="",
            text="J'ai suivi la formation : on comprend tout, même sans jardin.",
            by=learner,
        )
        design.comment(
            room=room, field="", text="Merci Maëlys. Qu'est-ce qui vous a manqué ?", by=host, answers=thread
        )
        design.comment(
            room=room,
            field="prerequisites.fr",
            text="Dites qu'il ne faut aucun diplôme : les gens n'osent pas s'inscrire.",
            by=mayor,
        )
    with clock.frozen(today - timedelta(days=2)):
        opened = design.open_round(room=room, closes_on=clock.today() + timedelta(days=14), by=host)
        design.sign_off(
            on=opened,
            party=_party_of(farmers),
            answer="reservations",
            words="D'accord, si l'apport de fumier reste possible pour les fermes voisines.",
            name=fermes_signs.full_name,
            function="président (fictif)",
            by=farmers,
        )
    with clock.frozen(today - timedelta(days=1)):
        _change(
            room,
            gardener,
            "title.fr",
            "Conduire un compost partagé au village",
            "Pour que chacun voie que c'est chez nous.",
        )
        _change(room, mayor, "price_note.fr", "Gratuit pour les habitants de la communauté de communes.", "")
    return room


def agree_before_publication(
    *, draft: Specification, owner: User, signatories: Mapping[str, tuple[Organisation, User]], wishing: str
) -> None:
    """
    Partners agree to the text of a draft that is about to be published; the one called *wishing* endorses it.

    Args:
        signatories: Each partner with an account and who signs for it, by its key.
    """
    room = design.open_room(micro_credential=draft.micro_credential, by=owner)
    host = design.join_as_member(room=room, user=owner)
    people = {
        key: _guest(room, host, RoomRole.SIGNATORY, user.full_name, partner.legal_name, user)
        for key, (partner, user) in signatories.items()
    }
    design.settle_required(
        room=room, names=[partner.legal_name for partner, _user in signatories.values()], by=host
    )
    opened = design.open_round(room=room, closes_on=clock.today() + timedelta(days=14), by=host)
    for key, who in people.items():
        design.sign_off(
            on=opened,
            party=_party_of(who),
            answer="yes",
            name=who.name,
            function="signataire (fictif)",
            by=who,
            wants_endorsement=key == wishing,
        )


def _guest(
    room: Room, host: Participant, role: RoomRole, name: str, organisation: str, user: User | None = None
) -> Participant:
    made = design.invite_to_room(
        room=room, role=role, label=name, days=LONGEST, by=host, organisation=organisation
    )
    return design.come_in(link=made.link, name=name, user=user)


def _party_of(who: Participant) -> Party:
    if who.party is None:
        raise LookupError(f"the demonstration has {who.name} sign for nobody")
    return who.party


def _change(room: Room, by: Participant, field: str, value: str, reason: str) -> Proposal:
    draft = room.micro_credential.draft
    seen = fields.value_of(draft.read(), field) if draft else None
    return design.propose(
        room=room, kind=ProposalKind.CHANGE, field=field, value=value, seen=seen, reason=reason, by=by
    )
