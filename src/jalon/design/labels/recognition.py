"""
What a status of recognition lets us say, and what must be said beside it.

Source:
    Code du travail, art. L6113-1, L6113-6, L6323-6; Council Recommendation 2022/C 243/02, which gives a
    micro-credential no legal value of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from jalon.design.labels.fields import STATUS_NAMES
from jalon.design.rules.content import RecognitionContent
from jalon.design.rules.recognition import register_address, statement
from jalon.foundation.marking import N_
from jalon.foundation.messages import translated
from sceau.model.micro_credential import RecognitionStatus

_IS: Mapping[str, str] = {
    "recognition.is.none": N_("Une micro-certification de l'organisme, sans reconnaissance extérieure."),
    "recognition.is.attestation": N_("Une attestation de l'organisme."),
    "recognition.is.badge": N_("Un badge de l'organisme."),
    "recognition.is.bloc": N_("Le bloc de compétences {code}, «{title}», délivré par {certifying_body}."),
    "recognition.is.rs": N_(
        "La certification {code}, «{title}», enregistrée au Répertoire spécifique par {certifying_body}."
    ),
    "recognition.is.rncp": N_(
        "La certification professionnelle {code}, «{title}», enregistrée au RNCP par {certifying_body}."
    ),
    "recognition.is.branche": N_("Un certificat de branche, «{title}», délivré par {certifying_body}."),
}
_IS_NOT: Mapping[str, str] = {
    "recognition.not_registered": N_("Seule, elle n'est ni un diplôme ni une certification enregistrée."),
    "recognition.not_cpf": N_("Le compte personnel de formation (CPF) ne la paie pas."),
    "recognition.not_in_national_register": N_(
        "Il vaut dans la branche qui le délivre ; il n'est inscrit dans aucun registre national."
    ),
    "recognition.only_a_part": N_(
        "Ce bloc est une partie de la certification, gardée à vie ; il n'est pas la certification entière."
    ),
    "recognition.no_level": N_("Le Répertoire spécifique n'attribue pas de niveau."),
}
# Agreement in gender: «Seule, elle n'est…» speaks of an attestation; a badge is «il».
_IS_NOT_BADGE: Mapping[str, str] = {
    "recognition.not_registered": N_("Seul, il n'est ni un diplôme ni une certification enregistrée."),
    "recognition.not_cpf": N_("Le compte personnel de formation (CPF) ne le paie pas."),
}

STATUS_HELP: Mapping[str, str] = {
    "none": N_("Ni registre, ni branche, ni attestation particulière."),
    "attestation": N_("L'organisme atteste les acquis, sous sa seule responsabilité."),
    "badge": N_("L'organisme donne un badge numérique, sous sa seule responsabilité."),
    "bloc": N_(
        "Seul le certificateur, ou un partenaire habilité à organiser l'évaluation, peut délivrer un bloc."
    ),
    "rs": N_("Il faut être le certificateur ou un partenaire habilité inscrit sur la fiche RS."),
    "rncp": N_("Il faut être le certificateur ou un partenaire habilité inscrit sur la fiche RNCP."),
    "branche": N_("CQP ou CQPI qui n'est pas enregistré : il vaut dans la branche."),
}


@dataclass(frozen=True)
class RecognitionSentences:
    """`what` is one sentence; `limits` must be shown with it; `address` is the register's page or ``""``."""

    what: str
    limits: tuple[str, ...]
    address: str

    def __str__(self) -> str:
        return " ".join((self.what, *self.limits))


def recognition_sentences(recognition: RecognitionContent) -> RecognitionSentences:
    """The only words that pages, papers and credentials show about recognition."""
    said = statement(recognition)
    masculine = recognition.status in {RecognitionStatus.BADGE, RecognitionStatus.BRANCHE}
    limits = tuple(
        translated((_IS_NOT_BADGE if masculine else {}).get(c) or _IS_NOT[c]) for c in said.is_not_codes
    )
    what = translated(_IS[said.is_code]).format_map(said.facts)
    return RecognitionSentences(what, limits, register_address(said.facts["code"]))


def status_name(status: RecognitionStatus | None) -> str:
    """«Bloc de compétences d'une certification RNCP»; ``""`` when not said yet."""
    return translated(STATUS_NAMES[status.value]) if status else ""


def status_sentence(status: RecognitionStatus) -> str:
    """Who may choose this status, for whoever fills in the form."""
    return translated(STATUS_HELP[status.value])
