"""
The sentence about recognition: what a micro-credential is worth in a register, and never more.

Source:
    Code du travail, art. L6113-1 (certification professionnelle: RNCP only), L6113-6 (Répertoire spécifique);
    Council Recommendation 2022/C 243/02 for micro-credentials, without status in French law.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from sceau.model.micro_credential import Recognition, RecognitionStatus


def sentence(recognition: Recognition) -> str:
    """What may be said, in the active language."""
    named = " · ".join(part for part in (recognition.code, recognition.title) if part)
    facts = {"named": named, "body": recognition.certifying_body}
    match recognition.status:
        case RecognitionStatus.RNCP:
            return (
                _(
                    "Certification professionnelle enregistrée au Répertoire national (RNCP) : %(named)s. "
                    "Certificateur : %(body)s."
                )
                % facts
            )
        case RecognitionStatus.RS:
            return (
                _(
                    "Certification enregistrée au Répertoire spécifique : %(named)s. "
                    "Certificateur : %(body)s. Elle ne donne pas de niveau de diplôme."
                )
                % facts
            )
        case RecognitionStatus.BLOC:
            return (
                _(
                    "Bloc de compétences %(named)s. Certificateur : %(body)s. C’est une partie d’une "
                    "certification professionnelle, gardée à vie ; ce n’est pas la certification entière."
                )
                % facts
            )
        case RecognitionStatus.BRANCHE:
            return _(
                "Reconnue par une branche professionnelle (%(body)s) : %(named)s. Elle n’est pas "
                "enregistrée dans un répertoire national."
            ) % {**facts, "named": named or _("sans code")}
        case RecognitionStatus.BADGE:
            return _(
                "Un badge de l’organisme. Seul, il n’est ni un diplôme ni une certification enregistrée."
            )
        case RecognitionStatus.ATTESTATION:
            return _(
                "Une attestation de l’organisme. Seule, elle n’est ni un diplôme "
                "ni une certification enregistrée."
            )
        case RecognitionStatus.NONE:
            return _(
                "Aucune reconnaissance au-delà de l’organisme qui la délivre. Ce n’est ni un diplôme ni une "
                "certification enregistrée."
            )
