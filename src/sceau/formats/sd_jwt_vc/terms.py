"""The names of the claims, what they are called, and whether the holder may keep them to themselves."""

from __future__ import annotations

import re
from dataclasses import dataclass

TYPE = "dc+sd-jwt"
"""The ``typ`` of the token."""
LEARNING_CREDENTIAL = "urn:eu.europa.ec.eudi:learning:credential:1"
"""The type of the European attestation of a micro-credential."""
EQF = "http://data.europa.eu/snb/eqf/"
EQF_LABELS = {"fr": "Niveau {}", "en": "Level {}"}
LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", re.ASCII)

ACHIEVEMENT_TITLE = "achievement_title"
DATE_OF_EXPIRY = "date_of_expiry"

NEVER_DISCLOSED = frozenset({"iss", "nbf", "exp", "cnf", "vct", "vct#integrity", "status"})
"""
What an issuer must show always, whatever the type.

Source:
    draft-ietf-oauth-sd-jwt-vc-18, «Registered JWT Claims».
"""


@dataclass(frozen=True)
class Words:
    """What a claim is called, and what it is."""

    label: str
    description: str


@dataclass(frozen=True)
class Claim:
    """
    A claim of the attestation.

    Attributes:
        path: ``("learning_outcomes", None)`` is each element of that list.
        is_disclosable: May the holder keep it to themselves?
    """

    path: tuple[str | None, ...]
    mandatory: bool
    is_disclosable: bool
    en: Words
    fr: Words


CLAIMS = (
    Claim(
        ("jti",),
        True,
        False,
        Words("JWT ID", "A unique identifier for the token"),
        Words("Numéro de l’attestation", "Identifiant unique de l’attestation"),
    ),
    Claim(
        ("iat",),
        True,
        False,
        Words("Issued At", "The time at which the JWT was issued"),
        Words("Signée le", "Moment de la signature"),
    ),
    Claim(
        ("exp",),
        True,
        False,
        Words("Expiration Time", "The time on, or after which the JWT MUST NOT be accepted"),
        Words("Refusée à partir du", "Moment à partir duquel l’attestation ne doit plus être acceptée"),
    ),
    Claim(
        ("vct",),
        True,
        False,
        Words("Verifiable Credential Type", "A URI identifying the credential type"),
        Words("Type d’attestation", "Adresse qui désigne le type de l’attestation"),
    ),
    Claim(
        ("iss",),
        True,
        False,
        Words("Issuer", "The Principal that issued the JWT"),
        Words("Émetteur", "Identifiant de l’organisme qui a signé"),
    ),
    Claim(
        ("cnf",),
        True,
        False,
        Words("Confirmation", "Key to be used by the Holder to verify Proof of Possession"),
        Words("Confirmation", "Clé avec laquelle le titulaire prouve que l’attestation est à lui"),
    ),
    Claim(
        ("cnf", "jwk"),
        True,
        False,
        Words("Json Web Key", "Json Web Key to be used by the Holder to verify Proof of Possession"),
        Words("Clé du titulaire", "Clé avec laquelle le titulaire prouve que l’attestation est à lui"),
    ),
    Claim(
        ("issuing_authority",),
        True,
        False,
        Words(
            "Issuing Authority", "Name of the administrative authority that issued the learning credential"
        ),
        Words("Organisme", "Nom de l’organisme qui délivre la micro-certification"),
    ),
    Claim(
        ("issuing_country",),
        True,
        False,
        Words(
            "Issuing Country",
            "Alpha-2 country code, as specified in ISO 3166-1, of the country or territory of the issuer of"
            " the learning credential",
        ),
        Words("Pays", "Code à deux lettres (ISO 3166-1) du pays de l’organisme"),
    ),
    Claim(
        ("date_of_issuance",),
        True,
        False,
        Words("Date of Issuance", "The date the achievement was issued"),
        Words("Délivrée le", "Date de délivrance de la micro-certification"),
    ),
    Claim(
        (DATE_OF_EXPIRY,),
        False,
        False,
        Words("Date of Expiry", "The date which the achievement expires"),
        Words("Valable jusqu’au", "Date à laquelle la micro-certification prend fin"),
    ),
    Claim(
        ("family_name",),
        True,
        True,
        Words("Family Name(s)", "The family name(s) of the credential holder"),
        Words("Nom", "Nom de famille du titulaire"),
    ),
    Claim(
        ("given_name",),
        False,
        True,
        Words("Given Name(s)", "The given name(s) of the credential holder"),
        Words("Prénom", "Prénom du titulaire"),
    ),
    Claim(
        (ACHIEVEMENT_TITLE,),
        True,
        False,
        Words("Achievement Title", "The official title of the micro-credential or course"),
        Words("Intitulé", "Intitulé de la micro-certification"),
    ),
    Claim(
        ("achievement_description",),
        False,
        False,
        Words("Achievement Description", "A brief description of the achievement"),
        Words("Description", "Description de la micro-certification"),
    ),
    Claim(
        ("learning_outcomes",),
        False,
        True,
        Words("Learning Outcomes", "A list of titles for the specific skills or competences gained"),
        Words("Acquis d’apprentissage", "Ce que le titulaire sait faire"),
    ),
    Claim(
        ("learning_outcomes", None),
        False,
        False,
        Words("Learning Outcome", "Title for the specific skill or competence gained"),
        Words("Acquis d’apprentissage", "Une chose que le titulaire sait faire"),
    ),
    Claim(
        ("assessment_grade",),
        False,
        True,
        Words("Assessment Grade", 'The grade awarded to the student (e.g., "Pass", "A+")'),
        Words("Résultat", "Résultat de l’évaluation (« Acquis », « 16/20 »)"),
    ),
    Claim(
        ("language_of_classes",),
        True,
        False,
        Words("Language of classes", 'In what language was the class conducted (e.g., "en", "ja")'),
        Words("Langues de la formation", "Langues de la formation et de l’évaluation (« fr », « en »)"),
    ),
    Claim(
        ("language_of_classes", None),
        True,
        False,
        Words("Language of classes", 'In what language was the class conducted (e.g., "en", "ja")'),
        Words("Langue de la formation", "Une langue de la formation et de l’évaluation (« fr », « en »)"),
    ),
    Claim(
        ("learner_identification",),
        True,
        True,
        Words("Learner identification", "Learner identification number"),
        Words("Numéro du titulaire", "Numéro du titulaire auprès de l’organisme"),
    ),
    Claim(
        ("expected_study_time",),
        True,
        True,
        Words("Expected study time", "Expected study time to attain learning outcomes"),
        Words("Charge de travail", "Temps de travail prévu pour atteindre les acquis"),
    ),
    Claim(
        ("level_of_learning_experience",),
        True,
        True,
        Words("Level of learning experience", "Indicates competences as defined by the EQF"),
        Words("Niveau", "Niveau du cadre européen des certifications (CEC), de 1 à 8"),
    ),
    Claim(
        ("types_of_quality_assurance",),
        True,
        True,
        Words(
            "Types of quality assurance",
            "The quality assurance type used by the Institution"
            ' (e.g., "Internal Evaluation", "External Evaluation")',
        ),
        Words("Assurance qualité", "Formes d’assurance qualité de l’organisme"),
    ),
    Claim(
        ("types_of_quality_assurance", None),
        True,
        False,
        Words(
            "Type of quality assurance",
            "The quality assurance type used by the Institution"
            ' (e.g., "Internal Evaluation", "External Evaluation")',
        ),
        Words("Assurance qualité", "Une forme d’assurance qualité de l’organisme"),
    ),
    Claim(
        ("prerequisites_to_enroll",),
        False,
        True,
        Words(
            "Prerequisites to enroll",
            'Prerequisites needed to enroll in the learning activity (e.g., "Basic algebra")',
        ),
        Words("Prérequis", "Ce qu’il faut pour s’inscrire à la formation"),
    ),
    Claim(
        ("prerequisites_to_enroll", None),
        False,
        False,
        Words(
            "Prerequisite to enroll",
            'Prerequisite needed to enroll in the learning activity (e.g., "Basic algebra")',
        ),
        Words("Prérequis", "Une chose qu’il faut pour s’inscrire à la formation"),
    ),
    Claim(
        ("integration_stackability_options",),
        False,
        True,
        Words(
            "Integration or Stackability options",
            "Indicates the availability or not of stackable learning credentials",
        ),
        Words("Cumul", "Comment elle s’ajoute à d’autres micro-certifications"),
    ),
)
"""
In the order of the source; a table of facts, with French words of our own.

Source:
    eu-digital-identity-wallet/eudi-srv-pid-issuer, commit 7c8ac094,
    ``src/main/resources/vct/learning_credential.json`` (Apache-2.0).
"""
DISCLOSABLE = frozenset(str(claim.path[0]) for claim in CLAIMS if claim.is_disclosable)
MANDATORY = tuple(str(claim.path[0]) for claim in CLAIMS if claim.mandatory and len(claim.path) == 1)
