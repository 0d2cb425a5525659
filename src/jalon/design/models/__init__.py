"""Tables of the design: what is written (`specifications`), and who writes it together (`rooms` and on)."""

from __future__ import annotations

from jalon.design.models.adaptations import Adaptation
from jalon.design.models.checklists import AlignmentDecision, ChecklistAnswer
from jalon.design.models.conversations import Comment, Proposal
from jalon.design.models.rooms import Participant, Party, RequirementChange, Room, RoomLink, RoomMail
from jalon.design.models.sign_offs import Round, SignOff
from jalon.design.models.specifications import (
    Licence,
    MicroCredential,
    PlainContentField,
    SetAside,
    Specification,
    SpecificationState,
    digest,
)

__all__ = [
    "Adaptation",
    "AlignmentDecision",
    "ChecklistAnswer",
    "Comment",
    "Licence",
    "MicroCredential",
    "Participant",
    "Party",
    "PlainContentField",
    "Proposal",
    "RequirementChange",
    "Room",
    "RoomLink",
    "RoomMail",
    "Round",
    "SetAside",
    "SignOff",
    "Specification",
    "SpecificationState",
    "digest",
]
