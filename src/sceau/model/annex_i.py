"""
The eleven mandatory elements of the European standard, as questions asked of a credential.

Source:
    Council Recommendation of 16 June 2022 on a European approach to micro-credentials (2022/C 243/02),
    Annex I.
"""

from __future__ import annotations

from collections.abc import Callable

from sceau.errors import DataModelError
from sceau.model.credential import Credential

ELEMENTS: dict[str, Callable[[Credential], bool]] = {
    "learner": lambda credential: bool(credential.holder.name.strip()),
    "title": lambda credential: bool(credential.micro_credential.title),
    "country": lambda credential: bool(credential.issuer.country_code),
    "awarding_body": lambda credential: bool(credential.issuer.id and credential.issuer.name.strip()),
    "date": lambda credential: bool(credential.awarded_on),
    "outcomes": lambda credential: (
        bool(credential.micro_credential.outcomes)
        and all(outcome.statement for outcome in credential.micro_credential.outcomes)
    ),
    "workload": lambda credential: credential.micro_credential.workload.hours > 0,
    "level": lambda credential: (
        (credential.micro_credential.level.concept is None)
        == bool(credential.micro_credential.level.none_reason)
    ),
    "assessment": lambda credential: bool(credential.micro_credential.assessment.types),
    "participation": lambda credential: bool(credential.micro_credential.participation),
    "quality_assurance": lambda credential: bool(credential.micro_credential.quality_assurance),
}
"""In the order of the Annex. The level is there, or else the stated reason why there is none; never both."""


def missing(credential: Credential) -> tuple[str, ...]:
    """The names of the elements that are not there."""
    return tuple(name for name, is_there in ELEMENTS.items() if not is_there(credential))


def check(credential: Credential) -> None:
    """
    Raises:
        DataModelError: Naming every mandatory element that is missing.
    """
    if names := missing(credential):
        raise DataModelError(
            f"expected all mandatory elements of Annex I, met a credential without {', '.join(names)}"
        )
