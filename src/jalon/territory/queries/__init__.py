"""Questions about places and needs. Nothing here writes."""

from jalon.territory.queries.needs import (
    Likely,
    PublicNeed,
    Question,
    Results,
    design_links_of,
    group_of,
    likely_the_same,
    need_by_token,
    need_for_moderator,
    needs_to_moderate,
    public_need,
    public_needs,
    steps_of,
)
from jalon.territory.queries.places import (
    commune,
    communes_are_known,
    communes_like,
    communes_named,
    communes_within,
    territories_with,
)

__all__ = [
    "Likely",
    "PublicNeed",
    "Question",
    "Results",
    "commune",
    "communes_are_known",
    "communes_like",
    "communes_named",
    "communes_within",
    "design_links_of",
    "group_of",
    "likely_the_same",
    "need_by_token",
    "need_for_moderator",
    "needs_to_moderate",
    "public_need",
    "public_needs",
    "steps_of",
    "territories_with",
]
