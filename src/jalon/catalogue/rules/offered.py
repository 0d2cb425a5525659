"""An offer with everything that is public about it, as the open formats read it (schema.org, ELM, LHÉO)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from jalon.catalogue.rules.offering import OfferingFacts, SessionFacts, SessionState
from jalon.design.rules.content import SpecificationContent


@dataclass(frozen=True)
class Body:
    """The organisation that offers, as it describes itself; `url` is its page here."""

    name: str
    url: str
    country_code: str
    website: str = ""
    email: str = ""
    street: str = ""
    postal_code: str = ""
    locality: str = ""
    region: str = ""
    siret: str = ""
    nda: str = ""


@dataclass(frozen=True)
class Held:
    """A session to come; `identifier` is a UUID in text, the point that of its commune."""

    identifier: str
    facts: SessionFacts
    is_open: bool
    latitude: float | None = None
    longitude: float | None = None

    @property
    def is_cancelled(self) -> bool:
        return self.facts.state is SessionState.CANCELLED


@dataclass(frozen=True)
class Offered:
    """
    A published micro-certification, and the offer of it where there is one.

    Attributes:
        url: Absolute address of its page.
        sessions: Those that have not begun, cancelled ones too: a reader must learn of it.
        modified_at: When any of it last changed.
    """

    identifier: str
    content: SpecificationContent
    version: int
    url: str
    body: Body
    modified_at: datetime
    offer: OfferingFacts | None = None
    offer_identifier: str = ""
    sessions: tuple[Held, ...] = ()
