"""What search engines read about a micro-certification."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from tests.factories.catalogue import a_provider, a_session, again, an_offer, published
from tests.factories.design import complete_content

from jalon.catalogue.queries.open_data import offered_of
from jalon.catalogue.rules.offering import SessionState
from jalon.catalogue.rules.schema_org import Provider, course
from jalon.design.rules.content import LevelContent, RecognitionContent
from jalon.foundation import clock
from sceau.model.micro_credential import RecognitionStatus
from sceau.model.texts import Text

PROVIDER = Provider(name="Atelier", url="https://jalon.example/organismes/atelier/", locality="Florac")
URL = "https://jalon.example/micro-certifications/haie/"


def test_course_says_what_the_specification_says() -> None:
    data = course(complete_content(), url=URL, version=2, provider=PROVIDER, language="en")

    assert data["@context"] == "https://schema.org"
    assert data["@type"] == "Course"
    assert data["name"] == "Laying a hedge"
    assert data["timeRequired"] == "PT21H"
    assert data["version"] == "2"
    assert data["provider"]["address"]["addressLocality"] == "Florac"
    assert data["offers"] == {
        "@type": "Offer",
        "category": "Free",
        "price": "0.00",
        "priceCurrency": "EUR",
    }
    awarded = data["educationalCredentialAwarded"]
    assert awarded["@type"] == "EducationalOccupationalCredential"
    assert awarded["educationalLevel"]["@id"] == "http://data.europa.eu/snb/eqf/3"
    assert awarded["competencyRequired"][0] == "Choose the stems to lay"


def test_course_claims_no_recognition_without_a_register() -> None:
    content = complete_content(
        recognition=RecognitionContent(RecognitionStatus.BRANCHE, title="CQP", certifying_body="La branche")
    )

    data = course(content, url=URL, version=1, provider=PROVIDER, language="fr")

    assert "recognizedBy" not in data["educationalCredentialAwarded"]
    assert "identifier" not in data["educationalCredentialAwarded"]


def test_course_names_the_certifying_body_of_a_registered_block() -> None:
    content = complete_content(
        recognition=RecognitionContent(
            RecognitionStatus.BLOC, code="RNCP38093BC05", title="Conduire", certifying_body="Le ministère"
        )
    )

    awarded = course(content, url=URL, version=1, provider=PROVIDER, language="fr")[
        "educationalCredentialAwarded"
    ]

    assert awarded["recognizedBy"]["name"] == "Le ministère"
    assert awarded["identifier"] == "RNCP38093BC05"


def test_course_leaves_out_what_is_not_said() -> None:
    content = complete_content(
        level=LevelContent("", None, Text.of({"fr": "Trop tôt."})),
        price_euros=None,
        prerequisites=Text(()),
        workload_hours=Decimal("7.5"),
    )

    data = course(content, url=URL, version=1, provider=PROVIDER, language="fr")

    assert data["timeRequired"] == "PT7H30M"
    assert "offers" not in data
    assert "coursePrerequisites" not in data
    assert "educationalLevel" not in data["educationalCredentialAwarded"]


# — The whole block against the vocabulary —

# The properties that each type has, its parents' included, among those a course may need. schema.org 29.
_OF_ANYTHING = {"@type", "@id", "name", "url", "description", "identifier"}
VOCABULARY: dict[str, set[str]] = {
    "Course": {
        "@context", "version", "provider", "inLanguage", "timeRequired", "numberOfCredits",
        "coursePrerequisites", "teaches", "educationalCredentialAwarded", "offers", "hasCourseInstance",
    },
    "CourseInstance": {
        "courseMode", "courseWorkload", "startDate", "endDate", "eventStatus", "location",
        "maximumAttendeeCapacity", "remainingAttendeeCapacity", "offers",
    },
    "Offer": {"category", "price", "priceCurrency", "availability", "availabilityEnds"},
    "Organization": {"address"},
    "Place": {"address", "geo"},
    "PostalAddress": {"streetAddress", "postalCode", "addressLocality", "addressRegion", "addressCountry"},
    "GeoCoordinates": {"latitude", "longitude"},
    "DefinedTerm": {"termCode", "inDefinedTermSet"},
    "EducationalOccupationalCredential": {
        "credentialCategory", "educationalLevel", "competencyRequired", "validFor", "recognizedBy",
    },
    "PropertyValue": {"value"},
}  # fmt: skip
# What a search engine asks of a course before it shows one.
REQUIRED = {
    "Course": {"name", "description", "provider"},
    "CourseInstance": {"courseMode", "courseWorkload", "startDate", "endDate", "location"},
    "Offer": {"category", "price", "priceCurrency"},
}
_DURATION = re.compile(r"P(\d+M|T\d+H(\d+M)?)")


def objects(value: Any) -> Iterator[dict[str, Any]]:
    """Every object of a data block, the outermost first."""
    if isinstance(value, dict):
        yield value
        for inside in value.values():
            yield from objects(inside)
    elif isinstance(value, list):
        for inside in value:
            yield from objects(inside)


@pytest.mark.django_db
def test_every_object_has_the_properties_of_its_type_and_those_that_are_required() -> None:
    specification = published(a_provider())
    offer = an_offer(specification, price_euros=Decimal("89.50"))
    a_session(offer, registration_deadline=clock.today() + timedelta(days=9))
    a_session(offer, in_days=60, state=SessionState.PLANNED)
    told = offered_of(specification.micro_credential, specification, again(offer))

    data = course(told.content, url=URL, version=1, provider=PROVIDER, language="fr", offers=[told])

    met = list(objects(json.loads(json.dumps(data))))
    for each in met:
        kind = each["@type"]
        assert set(each) - {"@type"} <= VOCABULARY[kind] | _OF_ANYTHING, kind
        assert set(each) >= REQUIRED.get(kind, set()), kind
        for name, value in each.items():
            if name in {"startDate", "endDate", "availabilityEnds"}:
                date.fromisoformat(value)
            if name in {"timeRequired", "courseWorkload", "validFor"}:
                assert _DURATION.fullmatch(value)
    instances = data["hasCourseInstance"]
    assert [i["offers"]["price"] for i in instances] == ["89.50", "89.50"]
    assert {each["@type"] for each in met} >= {"Course", "CourseInstance", "Offer", "Place"}
