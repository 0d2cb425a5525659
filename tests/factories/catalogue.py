"""Communes, offers and sessions for tests: real places, plain facts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.factories.design import a_specification, complete_content
from tests.factories.people import a_member, a_user, an_organisation

from jalon.catalogue import actions
from jalon.catalogue.models import Offering, Session
from jalon.catalogue.queries.offers import with_sessions
from jalon.catalogue.rules.offering import (
    Answer,
    CourseKind,
    EntryMode,
    Modality,
    OfferingFacts,
    SessionFacts,
)
from jalon.design.models import Specification
from jalon.foundation import clock
from jalon.people.models import Organisation, User
from jalon.people.rules import Role
from jalon.territory.models import Commune
from sceau.model.texts import Text

# Code, name, postal code, department, people, latitude and longitude (INSEE and IGN).
PLACES = {
    "48061": ("Florac Trois Rivières", "48400", "48", 2100, 44.3249, 3.5936),
    "48095": ("Mende", "48000", "48", 12300, 44.5180, 3.5010),
    "48080": ("Langogne", "48300", "48", 2900, 44.7270, 3.8550),
    "30350": ("Le Vigan", "30120", "30", 3800, 43.9920, 3.6060),
    "35238": ("Rennes", "35000", "35", 222000, 48.1117, -1.6802),
    "97411": ("Saint-Denis", "97400", "974", 153000, -20.8789, 55.4481),
    "93066": ("Saint-Denis", "93200", "93", 113000, 48.9356, 2.3580),
}


def a_commune(code: str, **fields: Any) -> Commune:
    """The commune of `PLACES` under *code*."""
    name, postal_code, department, people, latitude, longitude = PLACES[code]
    found, _made = Commune.objects.get_or_create(
        code=code,
        defaults={
            "name": name,
            "postcodes": f" {postal_code} ",
            "department": department,
            "population": people,
            "latitude": latitude,
            "longitude": longitude,
            **fields,
        },
    )
    return found


def some_communes() -> dict[str, Commune]:
    """Every one of `PLACES`."""
    return {code: a_commune(code) for code in PLACES}


def a_provider(**fields: Any) -> Organisation:
    """A French training body with all that registers ask of it."""
    facts = {
        "locality": "Florac Trois Rivières",
        "postal_code": "48400",
        "street": "1 rue du Bocage",
        "siret": "12345678200010",
        "nda": "76480012348",
        "email": "accueil@example.org",
        "website": "https://www.example.org/",
        "region": "Occitanie",
    }
    return an_organisation("Maison rurale d'essai", **(facts | fields))


def a_designer(organisation: Organisation) -> User:
    """Somebody who may write its offers."""
    return a_member(a_user(), organisation, Role.DESIGNER)


def offer_facts(**changes: Any) -> OfferingFacts:
    """An offer that says everything, the French registers' facts included."""
    facts: dict[str, Any] = {
        "modality": Modality.ON_SITE,
        "funding": ("opco", "region"),
        "funding_note": "Demandez avant le début.",
        "contact_name": "Claire Delmas",
        "contact_email": "claire@example.org",
        "contact_phone": "04 66 00 00 00",
        "registration": "Par téléphone",
        "public_transport": Answer.YES,
        "equipment_provided": Answer.YES,
        "connection_needed": Answer.NO,
        "childcare": Answer.NO,
        "wheelchair": Answer.UNSAID,
        "access_note": "Car de la ligne 252.",
        "rhythm": "Un jour par semaine",
        "alternance": "Aucune",
        "entry_mode": EntryMode.FIXED,
        "course_kind": CourseKind.GROUP,
        "public_codes": ("80056",),
        "entry_level": "none",
    }
    return OfferingFacts(**(facts | changes))


def session_facts(*, in_days: int = 30, **changes: Any) -> SessionFacts:
    """A session of five days with ten seats, in Florac."""
    starts = clock.today() + timedelta(days=in_days)
    facts: dict[str, Any] = {
        "starts_on": starts,
        "ends_on": starts + timedelta(days=4),
        "locality": "Florac Trois Rivières",
        "postal_code": "48400",
        "street": "1 rue du Bocage",
        "seats": 10,
    }
    return SessionFacts(**(facts | changes))


def published(organisation: Organisation, title: str | Text = "", **changes: Any) -> Specification:
    """A published micro-certification in the catalogue, without an offer."""
    if title:
        changes["title"] = Text.of({"fr": title}) if isinstance(title, str) else title
    specification = a_specification(organisation, published=True, content=complete_content(**changes))
    actions.index(specification)
    return specification


def an_offer(specification: Specification, *, by: User | None = None, **changes: Any) -> Offering:
    """An open offer of *specification*, by its organisation."""
    design = specification.micro_credential
    return actions.open_offering(
        micro_credential=design, facts=offer_facts(**changes), by=by or a_designer(design.organisation)
    )


def a_session(offering: Offering, *, by: User | None = None, **changes: Any) -> Session:
    """A session of *offering*."""
    return actions.keep_session(
        offering=offering, facts=session_facts(**changes), by=by or a_designer(offering.organisation)
    )


def again(offering: Offering) -> Offering:
    """*offering* as the database has it, with its sessions."""
    return with_sessions(Offering.objects.filter(pk=offering.pk)).get()
