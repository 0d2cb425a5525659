"""The frameworks that are read here: names, publishers, and what must be shown with their concepts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class KnownFramework:
    """
    What is said of a framework.

    Attributes:
        code: ``"esco"``; also the name on the command line.
        names, attributions: By language. The attribution is the sentence that its licence asks for; in it
            ``{version}`` stands for the edition.
    """

    code: str
    names: Mapping[str, str]
    publisher: str
    licence: str
    attributions: Mapping[str, str]
    homepage: str = ""


_CC_BY = "CC BY 4.0"
_EU_REUSE = "Réutilisation libre, décision 2011/833/UE (CC BY 4.0)"
_ETALAB = "Licence Ouverte 2.0 (Etalab)"
_JRC = "Commission européenne, Centre commun de recherche (JRC)"


def _jrc(code: str, name: str, title_fr: str, title_en: str, report: str) -> KnownFramework:
    return KnownFramework(
        code,
        {"fr": f"{name} : {title_fr}", "en": f"{name}: {title_en}"},
        _JRC,
        _CC_BY,
        {
            "fr": f"{name} ({report}), © Union européenne, CC BY 4.0.",
            "en": f"{name} ({report}), © European Union, CC BY 4.0.",
        },
        f"https://publications.jrc.ec.europa.eu/repository/handle/{report}",
    )


def _france_competences(code: str, name: str) -> KnownFramework:
    return KnownFramework(
        code,
        {"fr": name},
        "France compétences",
        _ETALAB,
        {
            "fr": "Source : France compétences (data.gouv.fr), export du {version}, Licence Ouverte 2.0.",
            "en": "Source: France compétences (data.gouv.fr), export of {version}, Licence Ouverte 2.0.",
        },
        "https://www.data.gouv.fr/datasets/5eebbc067a14b6fecc9c9976/",
    )


ESCO = KnownFramework(
    "esco",
    {
        "fr": "ESCO : aptitudes, compétences et professions européennes",
        "en": "ESCO: European skills, competences and occupations",
    },
    "Commission européenne",
    _EU_REUSE,
    {
        "fr": "Ce service utilise la classification ESCO de la Commission européenne (version {version}).",
        "en": "This service uses the ESCO classification of the European Commission (version {version}).",
    },
    "https://esco.ec.europa.eu/",
)
ROME = KnownFramework(
    "rome",
    {"fr": "ROME 4.0 : répertoire opérationnel des métiers et des emplois"},
    "France Travail",
    _ETALAB,
    {
        "fr": "Source : France Travail, ROME 4.0 (version {version}), Licence Ouverte 2.0.",
        "en": "Source: France Travail, ROME 4.0 (version {version}), Licence Ouverte 2.0.",
    },
    "https://www.data.gouv.fr/datasets/?q=ROME%204.0",
)
RNCP = _france_competences("rncp", "RNCP : répertoire national des certifications professionnelles")
RS = _france_competences("rs", "RS : répertoire spécifique des certifications et habilitations")
EQF = KnownFramework(
    "eqf",
    {"fr": "Cadre européen des certifications (CEC)", "en": "European Qualifications Framework (EQF)"},
    "Union européenne",
    _EU_REUSE,
    {
        "fr": "Cadre européen des certifications (recommandation 2017/C 189/03), © Union européenne.",
        "en": "European Qualifications Framework (Recommendation 2017/C 189/03), © European Union.",
    },
    "https://europass.europa.eu/fr/europass-digital-tools/european-qualifications-framework",
)
NQF_FR = KnownFramework(
    "nqf_fr",
    {"fr": "Cadre national des certifications professionnelles", "en": "French qualifications framework"},
    "France compétences",
    "Texte officiel",
    {
        "fr": "Cadre national des certifications professionnelles (décret n° 2019-14, code du travail, art. "
        "D. 6113-19).",
        "en": "Levels of the French qualifications framework (decree 2019-14, Labour Code, art. D. 6113-19).",
    },
    "https://www.francecompetences.fr/",
)
ISCED_F = KnownFramework(
    "isced_f",
    {"fr": "CITE-F 2013 : domaines d’études et de formation", "en": "ISCED-F 2013: fields of education"},
    "UNESCO, institut de statistique",
    "Citation de la source",
    {
        "fr": "Domaines de la CITE-F 2013, UNESCO, institut de statistique.",
        "en": "Fields of ISCED-F 2013, UNESCO Institute for Statistics.",
    },
    "https://uis.unesco.org/",
)
NSF = KnownFramework(
    "nsf",
    {"fr": "NSF : nomenclature des spécialités de formation"},
    "INSEE",
    "Texte officiel",
    {
        "fr": "Nomenclature des spécialités de formation (décret n° 94-522 du 21 juin 1994).",
        "en": "French nomenclature of training specialities (decree 94-522 of 21 June 1994).",
    },
    "https://www.insee.fr/",
)
FORMACODE = KnownFramework(
    "formacode",
    {"fr": "Formacode : thésaurus de l’offre de formation"},
    "Centre Inffo",
    "Conditions de réutilisation à vérifier auprès de Centre Inffo",
    {
        "fr": "Formacode, Centre Inffo (édition {version}).",
        "en": "Formacode, Centre Inffo (edition {version}).",
    },
    "https://formacode.centre-inffo.fr/",
)
GREENCOMP = _jrc(
    "greencomp",
    "GreenComp",
    "compétences en matière de durabilité",
    "sustainability competences",
    "JRC128040",
)
DIGCOMP = _jrc(
    "digcomp", "DigComp 2.2", "compétences numériques des citoyens", "digital competences", "JRC128415"
)
ENTRECOMP = _jrc(
    "entrecomp", "EntreComp", "compétences entrepreneuriales", "entrepreneurship competences", "JRC101581"
)
LIFECOMP = _jrc(
    "lifecomp",
    "LifeComp",
    "compétences personnelles, sociales et apprendre à apprendre",
    "personal, social and learning to learn competences",
    "JRC120911",
)

KNOWN: Mapping[str, KnownFramework] = {
    each.code: each
    for each in (
        ESCO, ROME, RNCP, RS, EQF, NQF_FR, ISCED_F, NSF, FORMACODE, GREENCOMP, DIGCOMP, ENTRECOMP, LIFECOMP
    )
}  # fmt: skip
"""All of them, in the order in which they are listed."""
