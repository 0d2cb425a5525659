"""
A micro-certification as search engines read it: a JSON-LD data block in the words of schema.org.

    {"@context": "https://schema.org", "@type": "Course", "name": "…",
     "provider": {"@type": "Organization", …},
     "educationalCredentialAwarded": {"@type": "EducationalOccupationalCredential", …}}

Source:
    schema.org 29: Course, CourseInstance, EducationalOccupationalCredential, DefinedTerm, Offer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from jalon.catalogue.rules.offered import Held, Offered
from jalon.catalogue.rules.offering import Modality, SessionState, seats_left
from jalon.design.rules.content import Alignment, SpecificationContent
from jalon.design.rules.vocabularies import EQF_LEVELS, NQF_FRANCE_LEVELS
from sceau.model.micro_credential import RecognitionStatus

CONTEXT = "https://schema.org"
_REGISTERED = frozenset({RecognitionStatus.BLOC, RecognitionStatus.RS, RecognitionStatus.RNCP})


@dataclass(frozen=True)
class Provider:
    """The organisation that offers it; empty texts are left out."""

    name: str
    url: str
    website: str = ""
    locality: str = ""
    postal_code: str = ""
    region: str = ""
    country_code: str = ""


def _kept(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, "", [], {})}


def _duration(hours: Decimal) -> str:
    minutes = int(hours * 60)
    whole, rest = divmod(minutes, 60)
    return f"PT{whole}H" + (f"{rest}M" if rest else "")


def _organisation(provider: Provider) -> dict[str, Any]:
    address = _kept(
        {
            "addressLocality": provider.locality,
            "postalCode": provider.postal_code,
            "addressRegion": provider.region,
            "addressCountry": provider.country_code,
        }
    )
    return _kept(
        {
            "@type": "Organization",
            "@id": provider.url,
            "name": provider.name,
            "url": provider.website or provider.url,
            "address": {"@type": "PostalAddress", **address} if provider.locality else None,
        }
    )


def _term(alignment: Alignment) -> dict[str, Any]:
    return _kept(
        {
            "@type": "DefinedTerm",
            "@id": alignment.uri,
            "name": alignment.label,
            "termCode": alignment.code,
            "inDefinedTermSet": alignment.framework,
        }
    )


def _level(content: SpecificationContent, language: str) -> dict[str, Any] | None:
    if content.level.value is None:
        return None
    levels = NQF_FRANCE_LEVELS if content.level.framework == "nqf_fr" else EQF_LEVELS
    code = str(content.level.value)
    if code not in levels:
        return None
    concept = levels[code]
    return {
        "@type": "DefinedTerm",
        "@id": concept.iri,
        "name": concept.label.get(language),
        "termCode": concept.code,
        "inDefinedTermSet": concept.framework,
    }


def _credential(content: SpecificationContent, *, language: str) -> dict[str, Any]:
    recognition = content.recognition
    registered = recognition.status in _REGISTERED and recognition.certifying_body
    months = content.validity_months
    return _kept(
        {
            "@type": "EducationalOccupationalCredential",
            "name": content.title.get(language),
            "credentialCategory": "micro-credential",
            "educationalLevel": _level(content, language),
            "competencyRequired": [outcome.statement.get(language) for outcome in content.learning_outcomes],
            "validFor": f"P{months}M" if months else None,
            # Said only when a register says so: anything else would be a claim of recognition.
            "recognizedBy": {"@type": "Organization", "name": recognition.certifying_body}
            if registered
            else None,
            "identifier": recognition.code if registered else None,
        }
    )


def _offer(price: Decimal | None) -> dict[str, Any] | None:
    if price is None:
        return None
    return {
        "@type": "Offer",
        "category": "Free" if price == 0 else "Paid",
        "price": f"{price:.2f}",
        "priceCurrency": "EUR",
    }


_INSTANCE_MODES = {Modality.ON_SITE: "Onsite", Modality.HYBRID: "Blended", Modality.DISTANCE: "Online"}
_STATUSES = {SessionState.CANCELLED: "EventCancelled"}


def _instances(offers: Sequence[Offered]) -> list[dict[str, Any]]:
    """Each session as a CourseInstance; a cancelled one says so, since a search may have shown it."""
    return [_instance(offered, held) for offered in offers for held in offered.sessions]


def _instance(offered: Offered, held: Held) -> dict[str, Any]:
    facts, offer, hours = held.facts, offered.offer, offered.content.workload_hours
    price = offered.content.price_euros
    if offer is not None and offer.price_euros is not None:
        price = offer.price_euros
    left = seats_left(facts)
    sale = _offer(price)
    if sale is not None:
        sale |= _kept(
            {
                "availability": f"{CONTEXT}/{'InStock' if held.is_open else 'SoldOut'}",
                "availabilityEnds": facts.registration_deadline.isoformat()
                if facts.registration_deadline
                else None,
                "url": offer.contact_url if offer else "",
            }
        )
    return _kept(
        {
            "@type": "CourseInstance",
            "@id": f"{offered.url}#session-{held.identifier}",
            "courseMode": _INSTANCE_MODES[offer.modality] if offer else None,
            "courseWorkload": _duration(hours) if hours else None,
            "startDate": facts.starts_on.isoformat(),
            "endDate": facts.ends_on.isoformat(),
            "eventStatus": f"{CONTEXT}/{_STATUSES.get(facts.state, 'EventScheduled')}",
            "location": _place(offered, held),
            "maximumAttendeeCapacity": facts.seats,
            "remainingAttendeeCapacity": left,
            "offers": sale,
        }
    )


def _place(offered: Offered, held: Held) -> dict[str, Any] | None:
    facts = held.facts
    if not facts.locality:
        return None
    address = _kept(
        {
            "@type": "PostalAddress",
            "streetAddress": facts.street,
            "postalCode": facts.postal_code,
            "addressLocality": facts.locality,
            "addressCountry": offered.body.country_code,
        }
    )
    point = None
    if held.latitude is not None and held.longitude is not None:
        point = {"@type": "GeoCoordinates", "latitude": held.latitude, "longitude": held.longitude}
    return _kept({"@type": "Place", "name": facts.locality, "address": address, "geo": point})


def course(
    content: SpecificationContent,
    *,
    url: str,
    version: int,
    provider: Provider,
    language: str,
    offers: Sequence[Offered] = (),
) -> dict[str, Any]:
    """
    The data block of one version.

    Args:
        url: Absolute address of its page.
        offers: Those of it that are open, for their sessions.
        language: BCP 47 tag that texts are wanted in; each falls back to its own first language.
    """
    teaches: list[Any] = [outcome.statement.get(language) for outcome in content.learning_outcomes]
    teaches += [_term(link) for outcome in content.learning_outcomes for link in outcome.alignments]
    return _kept(
        {
            "@context": CONTEXT,
            "@type": "Course",
            "@id": url,
            "url": url,
            "version": str(version),
            "name": content.title.get(language),
            "description": content.description.get(language),
            "provider": _organisation(provider),
            "inLanguage": list(content.languages),
            "timeRequired": _duration(content.workload_hours) if content.workload_hours else None,
            "numberOfCredits": (
                {"@type": "PropertyValue", "name": "ECTS", "value": str(content.credits_ects)}
                if content.credits_ects
                else None
            ),
            "coursePrerequisites": content.prerequisites.get(language),
            "teaches": teaches,
            "educationalCredentialAwarded": _credential(content, language=language),
            "offers": _offer(content.price_euros),
            "hasCourseInstance": _instances(offers),
        }
    )
