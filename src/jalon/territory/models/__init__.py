"""Tables: places, and the needs that people stated about them."""

from jalon.territory.models.moderators import ModeratorMail
from jalon.territory.models.needs import Need, NeedGroup, NeedLink, NeedStep
from jalon.territory.models.places import EXTRACT, Commune, PartKind, Territory, TerritoryPart, key_of

__all__ = [
    "EXTRACT",
    "Commune",
    "ModeratorMail",
    "Need",
    "NeedGroup",
    "NeedLink",
    "NeedStep",
    "PartKind",
    "Territory",
    "TerritoryPart",
    "key_of",
]
