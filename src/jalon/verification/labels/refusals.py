"""What a person reads when nothing could be verified: what was met, why, what next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from jalon.foundation.identifiers import REFERENCE_LENGTH
from jalon.verification.labels.checks import Words
from jalon.verification.labels.seals import authorities_sentence
from jalon.verification.rules import MAX_BYTES

_SENTENCES: dict[str, Words] = {
    "verification.refused": _("Nous ne pouvons rien vérifier ici. Essayez une autre des quatre façons."),
    "verification.nothing_given": _(
        "Il n’y a rien à lire. Déposez un fichier, collez un texte ou donnez un lien."
    ),
    "verification.nothing_given.file": _(
        "Il n’y a rien à lire : choisissez un fichier sur cet appareil, et s’il est vide, demandez "
        "l’original."
    ),
    "verification.nothing_given.reference": _("Il manque la référence. Elle est écrite sous le QR code."),
    "verification.nothing_given.text": _("Il n’y a rien à lire. Collez le lien ou le contenu signé."),
    "verification.too_much": _(
        "C’est trop lourd pour être une attestation : nous lisons jusqu’à %(limit_mb)s Mo. "
        "Déposez le fichier de l’attestation seule."
    ),
    "verification.picture": _(
        "C’est une photo. Pour lire un QR code, visez-le avec l’appareil photo de votre téléphone, puis "
        "ouvrez le "
        "lien."
    ),
    "verification.html": _(
        "C’est une page web, et elle n’indique aucune attestation signée. Donnez le lien du fichier signé."
    ),
    "verification.not_a_credential": _(
        "Nous n’y reconnaissons pas d’attestation. Nous lisons un fichier JSON, PDF, SVG ou PNG, et le texte "
        "signé."
    ),
    "verification.pdf_without_credential": _(
        "Ce PDF se lit, mais aucune attestation signée n’y est jointe. Une copie imprimée puis numérisée la "
        "perd : "
        "demandez le fichier d’origine, ou tapez la référence écrite sous le QR code."
    ),
    "verification.pdf_unreadable": _("Ce PDF est abîmé ou incomplet. Demandez à la personne de le renvoyer."),
    "verification.pdf_encrypted": _(
        "Ce PDF est protégé par un mot de passe : nous ne pouvons pas l’ouvrir. Demandez le fichier "
        "d’origine."
    ),
    "verification.pdf_too_heavy": _(
        "Ce PDF demande trop de travail pour être lu ici. Demandez à la personne le fichier JSON, ou tapez "
        "la "
        "référence écrite sous le QR code."
    ),
    "verification.svg_without_credential": _(
        "Cette image SVG se lit, mais ne contient pas d’attestation signée. Une capture ou une image "
        "réenregistrée "
        "la perd : demandez le fichier d’origine."
    ),
    "verification.png_without_credential": _(
        "Cette image PNG se lit, mais ne contient pas d’attestation signée. Une capture d’écran ou une image "
        "réenregistrée la perd : demandez le fichier d’origine."
    ),
    "verification.link_refused": _(
        "Nous n’ouvrons que des liens publics qui commencent par https://. Déposez plutôt le fichier."
    ),
    "verification.link_not_https": _(
        "Ce lien ne commence pas par https:// : ce qu’il donne pourrait être changé en route. Déposez "
        "plutôt le "
        "fichier."
    ),
    "verification.link_private": _(
        "Ce lien mène à une adresse privée, que nous n’ouvrons pas. Téléchargez le fichier, puis déposez-le "
        "ici."
    ),
    "verification.link_malformed": _(
        "Ce lien est incomplet ou mal écrit. Copiez-le en entier depuis sa page."
    ),
    "verification.link_unreachable": _(
        "Rien n’est venu de ce lien : la page n’existe plus, ou son serveur ne répond pas. Réessayez, ou "
        "déposez le "
        "fichier."
    ),
    "verification.unknown_own_link": _(
        "Ce lien est bien de chez nous, mais aucune attestation ne s’y trouve. Vérifiez qu’il est entier."
    ),
    "verification.unknown_reference": _(
        "Aucune attestation délivrée ici ne porte cette référence. Comparez signe par signe ; si elle vient "
        "d’un "
        "autre site, déposez son fichier."
    ),
    "verification.statement": _("Cette déclaration sur un émetteur n’a pas de sens."),
    "verification.statement.did": _(
        "Ce n’est pas un identifiant d’émetteur. Il commence par did:, par exemple did:web:exemple.fr."
    ),
    "verification.statement.name": _("Il manque le nom de l’organisme, tel que ses attestations l’écrivent."),
    "verification.statement.voucher": _("Il manque qui le confirme : la Région, un registre, vous-même."),
    "verification.statement.dates": _("La date de fin vient avant la date de début."),
    "reading.too_large": _(
        "C’est trop lourd pour être une attestation. Déposez le fichier de l’attestation seule."
    ),
    "reading.too_deep": _(
        "Ce fichier est emboîté à l’excès : aucune attestation n’est faite ainsi. Demandez l’original à la "
        "personne."
    ),
    "reading.duplicate_key": _(
        "Ce fichier dit deux fois la même chose, de façon différente : deux lecteurs y verraient deux "
        "attestations. "
        "Ne vous y fiez pas ; demandez l’original à la personne."
    ),
    "reading.several_found": _(
        "Ce fichier dit deux fois la même chose, de façon différente : deux lecteurs y verraient deux "
        "attestations. "
        "Ne vous y fiez pas ; demandez l’original à la personne."
    ),
    "reading.unsupported": _(
        "C’est un format que nous reconnaissons, mais ne savons pas lire. Demandez le fichier JSON ou le PDF."
    ),
    "reading.nothing_found": _(
        "Ce fichier se lit, mais ne contient pas d’attestation signée. Demandez le fichier d’origine."
    ),
    "reading.unreadable": _(
        "Ce contenu est coupé ou abîmé : nous ne pouvons pas le lire. Copiez-le en entier, ou déposez le "
        "fichier "
        "d’origine."
    ),
}


def sentence(code: str, facts: Mapping[str, Any]) -> str:
    """
    The sentence for *code*, in the active language.

    Raises:
        LookupError: Not one of ours.
    """
    if code.startswith("verification.authorities"):
        return authorities_sentence(code, facts)
    if code == "verification.reference_length":
        return _length(int(facts.get("count", 0)))
    if code == "verification.too_many_tries":
        return _wait(int(facts.get("minutes", 10)))
    return str(_SENTENCES[code]) % {"limit_mb": MAX_BYTES // 1024**2, **facts}


def _length(count: int) -> str:
    if count < REFERENCE_LENGTH:
        words = ngettext(
            "Cette référence n’a que %(count)d signe ; il en faut 12. Regardez sous le QR code.",
            "Cette référence n’a que %(count)d signes ; il en faut 12. Regardez sous le QR code.",
            count,
        )
    else:
        words = ngettext(
            "Cette référence a %(count)d signe ; il en faut 12. Regardez sous le QR code.",
            "Cette référence a %(count)d signes ; il en faut 12. Regardez sous le QR code.",
            count,
        )
    return words % {"count": count}


def _wait(minutes: int) -> str:
    return ngettext(
        "Beaucoup d’essais sont partis d’ici en peu de temps. Attendez %(minutes)d minute, ou déposez le "
        "fichier.",
        "Beaucoup d’essais sont partis d’ici en peu de temps. Attendez %(minutes)d minutes, ou déposez le "
        "fichier.",
        minutes,
    ) % {"minutes": minutes}
