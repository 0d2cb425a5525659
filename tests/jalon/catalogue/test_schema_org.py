"""What search engines read about a micro-certification."""

from __future__ import annotations

from decimal import Decimal

from tests.factories.design import complete_content

from jalon.catalogue.rules.schema_org import Provider, course
from jalon.design.rules.content import LevelContent, RecognitionContent
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
