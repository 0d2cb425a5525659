"""
What can go wrong with places and needs.

    JalonError
    └── TerritoryError               territory.error
        ├── InvalidNeedError         territory.invalid_need       what is stated cannot be right; says which
        ├── InvalidTerritoryError    territory.invalid_territory  a territory without name or parts
        ├── NameTakenError           territory.name_taken         one of that name is there
        ├── TooManyPartsError        territory.too_many_parts     more communes one by one than are shown
        ├── UnknownPartsError        territory.unknown_parts      codes of nothing that exists
        ├── UnknownTerritoryError    territory.gone               no such territory any more
        ├── NeedStateError           territory.need_state         not possible where this need stands
        ├── UnknownNeedError         territory.need.unknown       no such need for this person
        ├── NotLikeNeedsError        territory.not_two_needs      a group is made of two different open needs
        ├── ReasonMissingError       territory.reason_missing     a refusal says why
        └── TooManyNeedsError        territory.too_many_needs     one address states too many at once
"""

from __future__ import annotations

from collections.abc import Sequence

from jalon.foundation.errors import JalonError
from jalon.people.errors import Fault


class TerritoryError(JalonError):
    """Something refused about places or needs."""

    code = "territory.error"


class InvalidNeedError(TerritoryError):
    """What somebody states cannot be right. `faults` says which, and what was met."""

    code = "territory.invalid_need"

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("; ".join(f"{fault.field}: {fault.code} {dict(fault.facts)}" for fault in faults))
        self.faults = tuple(faults)


class InvalidTerritoryError(TerritoryError):
    """A territory has a name of its own and at least one commune, EPCI or department."""

    code = "territory.invalid_territory"


class NameTakenError(TerritoryError):
    """The organisation has a territory of that name already: change that one, or choose another name."""

    code = "territory.name_taken"


class TooManyPartsError(TerritoryError):
    """Rather a whole EPCI or department than so many communes one by one."""

    code = "territory.too_many_parts"


class UnknownPartsError(TerritoryError):
    """These codes are written as no commune, EPCI or department is, or the imported list has none of them."""

    code = "territory.unknown_parts"


class UnknownTerritoryError(TerritoryError):
    """No such territory: somebody may have taken it away in between."""

    code = "territory.gone"


class NeedStateError(TerritoryError):
    """Where this need stands, that is not possible: somebody may have decided in between."""

    code = "territory.need_state"


class UnknownNeedError(TerritoryError):
    """No such need for this person."""

    code = "territory.need.unknown"


class NotLikeNeedsError(TerritoryError):
    """A group is made of needs that were accepted, each another than the other."""

    code = "territory.not_two_needs"


class ReasonMissingError(TerritoryError):
    """A refusal says why, in words that the person who asked will read."""

    code = "territory.reason_missing"


class TooManyNeedsError(TerritoryError):
    """One address states too many needs in too little time."""

    code = "territory.too_many_needs"
