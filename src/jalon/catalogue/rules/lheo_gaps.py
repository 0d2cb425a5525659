"""What an offer may lack to stand in a LHÉO file."""

from __future__ import annotations

import re
from enum import StrEnum

from jalon.catalogue.rules.offered import Offered
from jalon.catalogue.rules.offering import CourseKind, EntryMode


class LheoGap(StrEnum):
    """A fact that LHÉO makes compulsory (its first circle) and that nobody has stated."""

    OFFER = "offer"
    NDA = "nda"
    SIRET = "siret"
    ADDRESS = "address"
    FRENCH = "french"
    CONDITIONS = "conditions"
    SESSION = "session"
    RHYTHM = "rhythm"
    ALTERNANCE = "alternance"
    PUBLIC = "public"
    FUNDING = "funding"
    ENTRY_MODE = "entry_mode"
    ENTRY_LEVEL = "entry_level"
    COURSE_KIND = "course_kind"


def gaps(offered: Offered) -> list[LheoGap]:
    """What keeps *offered* out of a LHÉO file, in the order of `LheoGap`."""
    offer = offered.offer
    if offer is None:
        return [LheoGap.OFFER]
    content, body = offered.content, offered.body
    french = [content.title, content.description, *(o.statement for o in content.learning_outcomes)]
    priced = content.price_euros if offer.price_euros is None else offer.price_euros
    lacking = {
        LheoGap.NDA: len(body.nda) != 11,
        LheoGap.SIRET: len(body.siret) != 14,
        LheoGap.ADDRESS: not (
            body.street.strip(" ,\n") and body.locality and re.fullmatch(r"\d{5}", body.postal_code)
        ),
        LheoGap.FRENCH: not content.learning_outcomes or not all("fr" in t.as_dict() for t in french),
        LheoGap.CONDITIONS: "fr" not in content.prerequisites.as_dict(),
        LheoGap.SESSION: all(session.is_cancelled for session in offered.sessions),
        LheoGap.RHYTHM: not offer.rhythm.strip(),
        LheoGap.ALTERNANCE: not offer.alternance.strip(),
        LheoGap.PUBLIC: not offer.public_codes,
        # «No» would be a statement too; where it costs nothing there is nothing to pay for.
        LheoGap.FUNDING: not offer.funding and priced != 0,
        LheoGap.ENTRY_MODE: offer.entry_mode is EntryMode.UNSAID,
        LheoGap.ENTRY_LEVEL: not offer.entry_level,
        LheoGap.COURSE_KIND: offer.course_kind is CourseKind.UNSAID,
    }
    return [gap for gap, holds in lacking.items() if holds]
