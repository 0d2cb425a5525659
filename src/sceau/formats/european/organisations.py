"""Organisations as a document tells them: the awarding body, and who stands behind its quality assurance."""

from __future__ import annotations

from collections.abc import Sequence

from sceau.errors import DataModelError
from sceau.formats.european import codes, terms
from sceau.formats.european.things import Thing, Words, by_language, filled, iri, listed, page
from sceau.model.concepts import Concept
from sceau.model.credential import Issuer
from sceau.model.micro_credential import QualityAssurance
from sceau.model.texts import NO_TEXT


def awarding_body(issuer: Issuer, words: Words, accreditation: Sequence[Thing]) -> Thing:
    """
    The awarding body. In a credential it is the issuer: the same object in both places, as the Commission's
    tools do.
    """
    owner = iri(issuer.id, "issuer.id")
    return filled(
        {
            "id": owner,
            "type": "Organisation",
            "legalName": words.words(issuer.name),
            "location": [_location(issuer, words)],
            "homepage": listed(page(issuer.url, owner, "homepage")),
            "contactPoint": listed(_contact(issuer)),
            **_identifiers(issuer, words),
            "accreditation": list(accreditation),
        }
    )


def accreditations(
    owner: str, assured: Sequence[QualityAssurance], words: Words, *, of_programme: bool
) -> list[Thing]:
    """The quality assurance that speaks of the training, or that which speaks of the body as a whole."""
    return [
        _accreditation(terms.derived_id(owner, "accreditation", str(number)), each, words)
        for number, each in enumerate(assured)
        if (each.kind.iri in terms.PROGRAMME_KINDS) is of_programme
    ]


def _location(issuer: Issuer, words: Words) -> Thing:
    region = Concept(terms.derived_id(issuer.id, "region", issuer.region), words.text(issuer.region), "")
    country = Concept(codes.country_iri(issuer.country_code), words.text(issuer.country), "Countries")
    return filled(
        {
            "id": terms.derived_id(issuer.id, "location"),
            "type": "Location",
            "address": [
                {
                    "id": terms.derived_id(issuer.id, "address"),
                    "type": "Address",
                    "countryCode": words.concept(country),
                }
            ],
            "geographicName": words.words(issuer.locality),
            "spatialCode": [words.concept(region)] if issuer.region else [],
        }
    )


def _contact(issuer: Issuer) -> Thing | None:
    if not issuer.email:
        return None
    mailbox = {"id": iri(f"mailto:{issuer.email}", "issuer.email"), "type": "Mailbox"}
    return {
        "id": terms.derived_id(issuer.id, "contactPoint"),
        "type": "ContactPoint",
        "emailAddress": [mailbox],
    }


def _identifiers(issuer: Issuer, words: Words) -> Thing:
    """The first SIRET is the number under which the body is registered; the others have no law here."""
    registration: Thing | None = None
    others: list[Thing] = []
    for number, each in enumerate(issuer.identifiers):
        written = filled(
            {
                "id": terms.derived_id(issuer.id, "identifier", str(number)),
                "type": "Identifier",
                "notation": each.value,
                "schemeName": each.scheme,
            }
        )
        if "notation" not in written:
            raise DataModelError(f"expected a value of the identifier {each.scheme[:40]!a}, met none")
        if each.scheme == terms.SIRET and registration is None:
            country = words.concept(Concept(codes.country_iri("FR"), NO_TEXT, "Countries"))
            registration = {**written, "type": "LegalIdentifier", "spatial": country}
        else:
            others.append(written)
    return {"registration": registration, "identifier": others}


def _accreditation(owner: str, quality: QualityAssurance, words: Words) -> Thing:
    """
    The profile wants to know by whom, and where they are. The record has one name, of who reviewed or by
    which scheme, and no country: that is said.
    """
    if not quality.kind.iri.startswith(terms.ACCREDITATION):
        met = quality.kind.iri[:120]
        raise DataModelError(f"expected a Europass accreditation type in quality_assurance, met {met!a}")
    if not quality.name:
        raise DataModelError("expected each quality assurance to have a name, met none")
    return filled(
        {
            "id": owner,
            "type": "Accreditation",
            "dcType": words.concept(quality.kind),
            "title": by_language(quality.name),
            "homepage": listed(page(quality.url, owner, "homepage")),
            "accreditingAgent": {
                "id": terms.derived_id(owner, "agent"),
                "type": "Organisation",
                "legalName": by_language(quality.name),
                "location": [
                    {
                        "id": terms.derived_id(owner, "location"),
                        "type": "Location",
                        "description": dict(terms.COUNTRY_NOT_STATED),
                        "address": [
                            {
                                "id": terms.derived_id(owner, "address"),
                                "type": "Address",
                                "countryCode": words.known(codes.UNKNOWN_COUNTRY, terms.COUNTRY_NOT_STATED),
                            }
                        ],
                    }
                ],
            },
        }
    )
