"""French words of awarding: states, reasons, rows of a list, and what is refused, with what to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from jalon.awarding.rules.award_states import AwardState, RevocationReason
from jalon.awarding.rules.batch_states import BatchState, RowState
from jalon.foundation import labels as foundation_labels
from jalon.foundation.marking import N_
from jalon.foundation.messages import translated

AWARD_STATES: Mapping[AwardState, str] = {
    AwardState.VALID: N_("valable"),
    AwardState.EXPIRED: N_("expirée"),
    AwardState.REVOKED: N_("révoquée"),
    AwardState.REPLACED: N_("remplacée"),
}

REVOCATION_REASONS: Mapping[RevocationReason, str] = {
    RevocationReason.ERROR: N_("délivrée par erreur"),
    RevocationReason.FRAUD: N_("fraude constatée"),
    RevocationReason.NOT_EARNED: N_("acquis non confirmés"),
    RevocationReason.HOLDER_REQUEST: N_("à la demande du titulaire"),
    RevocationReason.WITHDRAWN: N_("agrément ou habilitation retirés"),
    RevocationReason.OTHER: N_("autre raison"),
    RevocationReason.CORRECTED: N_("corrigée"),
}

BATCH_STATES: Mapping[BatchState, str] = {
    BatchState.RECEIVED: N_("colonnes à confirmer"),
    BatchState.CHECKED: N_("vérifiée, rien n’est signé"),
    BatchState.QUEUED: N_("en attente"),
    BatchState.RUNNING: N_("signature en cours"),
    BatchState.FINISHED: N_("terminée"),
    BatchState.FAILED: N_("arrêtée"),
    BatchState.ABANDONED: N_("abandonnée"),
}

ROW_STATES: Mapping[RowState, str] = {
    RowState.READY: N_("prête"),
    RowState.REJECTED: N_("écartée"),
    RowState.HOMONYM: N_("homonyme à départager"),
    RowState.ALREADY: N_("déjà délivrée"),
    RowState.AGAIN: N_("à délivrer de nouveau ?"),
    RowState.QUEUED: N_("en attente"),
    RowState.AWARDED: N_("délivrée"),
    RowState.SKIPPED: N_("laissée de côté"),
    RowState.FAILED: N_("non délivrée"),
}

ROW_SENTENCES: Mapping[str, str] = {
    "name_missing": N_(
        "Il manque le nom, ou une partie du nom. Complétez la ligne ; si la personne n’a qu’un nom, "
        "écrivez-le dans une colonne « Nom complet »."
    ),
    "name_formula": N_(
        "Le nom « {met} » est une formule de tableur. Remplacez-la par le nom écrit en toutes lettres."
    ),
    "name_garbled": N_(
        "Les accents du nom « {met} » sont abîmés. Réécrivez-le, ou enregistrez la liste en Excel (.xlsx)."
    ),
    "name_without_letters": N_(
        "« {met} » ne ressemble pas à un nom : il n’y a pas de lettre. Vérifiez les colonnes."
    ),
    "name_too_long": N_("Le nom dépasse {limit} signes. Raccourcissez-le."),
    "characters": N_(
        "Un caractère invisible ({point}) change la lecture du texte. Effacez la case et tapez-la de nouveau."
    ),
    "date_unreadable": N_(
        "« {met} » n’est pas une date que nous sachions lire. Écrivez-la en entier, par exemple 07/03/1984."
    ),
    "date_impossible": N_(
        "La date « {met} » n’existe pas au calendrier. Vérifiez le jour et le mois : on attend JJ/MM/AAAA."
    ),
    "date_two_digit_year": N_(
        "L’année de « {met} » n’a que deux chiffres : le siècle n’est pas sûr. Écrivez-la avec quatre "
        "chiffres."
    ),
    "date_number": N_(
        "« {met} » est un nombre, pas une date. Mettez la case au format Date dans le tableur, ou écrivez "
        "JJ/MM/AAAA."
    ),
    "date_formula": N_("La date est une formule (« {met} »). Remplacez-la par sa valeur."),
    "date_in_future": N_("La date « {met} » est dans l’avenir. Vérifiez l’année."),
    "date_too_old": N_("La date de naissance « {met} » remonte à plus de 130 ans. Vérifiez l’année."),
    "awarded_before_birth": N_(
        "La date de délivrance précède la naissance. Vérifiez les deux dates de la ligne."
    ),
    "email_malformed": N_(
        "« {met} » n’est pas une adresse de courriel complète. Corrigez-la, ou videz la case : elle n’est "
        "pas nécessaire."
    ),
    "formula": N_("« {met} » est une formule de tableur. Remplacez-la par sa valeur."),
    "text_too_long": N_("Le texte dépasse {limit} signes. Raccourcissez-le."),
    "header_again": N_(
        "Cette ligne répète les noms des colonnes. Rien à faire si deux listes ont été mises bout à bout."
    ),
    "repeated": N_("Cette ligne répète {name}, ligne {other_row}. Une personne n’est délivrée qu’une fois."),
    "homonym": N_(
        "{name} est déjà à la ligne {other_row}, et rien ne dit si c’est la même personne. Ajoutez la date "
        "de naissance ou un identifiant aux deux lignes."
    ),
    "homonym.known": N_(
        "Une personne nommée {name} est déjà connue, et rien ne dit si c’est la même. Regardez, ou ajoutez "
        "une date de naissance ou un identifiant."
    ),
    "already": N_(
        "{name} a déjà une attestation valable de cette version. Rien n’est délivré une seconde fois."
    ),
    "again.expired": N_(
        "L’attestation délivrée à {name} est arrivée à son terme. En délivrer une nouvelle se demande "
        "expressément."
    ),
    "again.revoked": N_(
        "L’attestation délivrée à {name} a été révoquée. En délivrer une nouvelle se demande expressément."
    ),
    "again.replaced": N_(
        "L’attestation délivrée à {name} a été remplacée. En délivrer une nouvelle se demande expressément."
    ),
    "homonym.late": N_(
        "Entre-temps, quelqu’un d’autre qui s’appelle {name} a été enregistré. Redonnez cette ligne avec la "
        "date de naissance."
    ),
    "row.refused_by_database": N_(
        "Cette ligne contredit ce qui est déjà enregistré, par exemple un identifiant que porte déjà une "
        "autre personne. Vérifiez-la, puis redonnez-la."
    ),
    "not_signable": N_(
        "Cette ligne contient un texte qui ne peut pas être signé. Réécrivez le nom et le résultat sans "
        "caractère spécial."
    ),
}

ERROR_SENTENCES: Mapping[str, str] = {
    "awarding.error": N_("Cela ne peut pas se faire. Rien n’a été délivré ni changé."),
    "holders.no_name_column": N_(
        "Aucune colonne ne porte les noms. Nommez-la « Nom » ou « Nom et prénom » sur la première ligne de "
        "la liste."
    ),
    "awarding.not_published": N_(
        "Seule une version publiée de votre organisme se délivre. Publiez-la d’abord à l’atelier."
    ),
    "awarding.already": N_(
        "{name} a déjà cette micro-certification, délivrée le {awarded_on} et toujours valable. Pour la "
        "changer, corrigez l’attestation existante."
    ),
    "awarding.needs_gesture": N_(
        "{name} a eu cette micro-certification le {awarded_on} ; elle a expiré ou a été révoquée. Confirmez "
        "que vous voulez la délivrer de nouveau."
    ),
    "awarding.future_date": N_(
        "La date d’obtention est dans l’avenir ({met}). Donnez une date passée, ou celle du jour."
    ),
    "awarding.validity_over": N_(
        "Obtenue le {awarded_on}, cette micro-certification n’était valable que jusqu’au {until} : elle ne "
        "peut plus être signée. Vérifiez la date."
    ),
    "awarding.no_name": N_("Il manque le nom de la personne. Écrivez-le tel qu’il doit être lu."),
    "awarding.already_revoked": N_(
        "Cette attestation a déjà été révoquée ou remplacée, le {on}. Il n’y a rien de plus à faire."
    ),
    "awarding.reason": N_("Choisissez la raison de la révocation dans la liste."),
    "awarding.nothing_changed": N_(
        "Rien ne change par rapport à l’attestation actuelle. Modifiez le nom, la date ou le résultat."
    ),
    "awarding.document_changed": N_(
        "L’attestation {reference} n’est plus celle qui a été signée : rien n’en est tiré. Rétablissez une "
        "sauvegarde de la base."
    ),
    "awarding.form": N_("« {met} » n’est pas un format d’attestation. Choisissez dans la liste."),
    "holder_key": N_(
        "Ce n’est pas la clé publique d’un portefeuille. On attend une JWK en JSON, sur P-256, P-384, P-521 "
        "ou Ed25519."
    ),
    "holder_key.private": N_(
        "Cette clé contient sa partie secrète (« d »). Ne la donnez à personne ; donnez la partie publique "
        "seule."
    ),
    "keys.none": N_("Aucune clé d’ici ne signe sous l’identifiant {did}. Vérifiez l’adresse."),
    "batch.state": N_(
        "Cette liste n’en est plus là : une autre personne l’a peut-être fait avancer. Rechargez sa page."
    ),
    "batch.nothing_ready": N_(
        "Aucune ligne n’est prête à être délivrée. Répondez aux questions sur les homonymes, ou corrigez "
        "la liste."
    ),
    "batch.too_many_rows": N_(
        "La liste a {met} lignes ; une délivrance en prend {limit} au plus. Partagez-la en plusieurs."
    ),
    "batch.file_gone": N_("Le fichier a été supprimé après 30 jours, comme annoncé. Redonnez-le."),
    "batch.choice": N_("À la ligne {row}, choisissez une des réponses proposées."),
}

SEAL_SENTENCES: Mapping[str, str] = {
    "seal.refused": N_("On ne peut pas sceller avec ce fichier. Le cachet en place n’a pas changé."),
    "seal.too_large": N_(
        "Ce fichier est trop gros pour un certificat : {limit_kb} Ko au plus. Donnez le fichier .p12 ou .pem "
        "remis par l’autorité."
    ),
    "seal.unreadable": N_(
        "Ce fichier ne se lit pas comme un certificat. Donnez le fichier .p12 (ou .pfx) remis par "
        "l’autorité, ou un fichier PEM."
    ),
    "seal.too_much_work": N_(
        "Ouvrir ce fichier demanderait trop de calcul. Refaites-le avec un réglage ordinaire, puis "
        "redonnez-le."
    ),
    "seal.passphrase": N_(
        "La phrase de passe n’ouvre pas ce fichier, ou le fichier est abîmé. Vérifiez-la, puis redonnez les "
        "deux."
    ),
    "seal.passphrase_needed": N_("Ce fichier est protégé : donnez aussi sa phrase de passe."),
    "seal.no_key": N_(
        "Il n’y a pas de clé privée dans ce fichier : sans elle, on ne peut pas sceller. Donnez le fichier "
        ".p12, ou la clé à part."
    ),
    "seal.no_certificate": N_(
        "Il n’y a pas de certificat dans ce fichier. Donnez le fichier .p12, ou le certificat en PEM."
    ),
    "seal.key_mismatch": N_(
        "La clé n’est celle d’aucun certificat de ce fichier. Donnez la clé et le certificat qui vont "
        "ensemble."
    ),
    "seal.unsupported_key": N_(
        "Cette clé ne convient pas pour sceller ici : il faut RSA d’au moins 2048 bits, P-256 ou P-384."
    ),
    "seal.expired": N_("Ce certificat a pris fin le {until}. Demandez-en un nouveau à l’autorité."),
    "seal.not_yet": N_("Ce certificat ne vaut qu’à partir du {since}. Redonnez-le ce jour-là."),
    "seal.use": N_(
        "Ce certificat n’est pas fait pour sceller des documents. Il faut un certificat de cachet "
        "d’organisme."
    ),
    "seal.weak": N_(
        "Ce certificat est trop faible : quelqu’un d’autre pourrait l’imiter. Demandez-en un nouveau à "
        "l’autorité."
    ),
    "seal.no_organisation": N_(
        "Ce certificat, au nom de « {name} », ne nomme pas d’organisme. Il faut un certificat de cachet, et "
        "non celui d’une personne."
    ),
    "seal.no_identifier": N_(
        "Ce certificat ne porte pas le numéro de l’organisme (organizationIdentifier) et son pays, que "
        "demande l’attestation européenne. Demandez à l’autorité un certificat de cachet qui les porte."
    ),
    "seal.other_organisation": N_(
        "Ce certificat est celui de « {met} », et non de « {expected} ». Vérifiez le fichier, ou le nom "
        "légal et le SIRET de votre organisme."
    ),
    "seal.none": N_("Cet organisme n’a pas de certificat de cachet."),
}

SEAL_REMARKS: Mapping[str, str] = {
    "seal.other_name": N_(
        "Le nom du certificat n’est pas tout à fait celui de votre organisme. Qui vérifie verra les deux."
    ),
    "seal.other_organisation": N_(
        "Le certificat ne nomme plus votre organisme : son nom ou son SIRET a changé depuis. Demandez un "
        "certificat à jour."
    ),
    "seal.self_signed": N_("Ce certificat s’est signé lui-même : personne d’autre ne dit qu’il est à vous."),
    "seal.test": N_(
        "Ce certificat dit lui-même qu’il sert à des essais : il ne prouve rien sur qui a scellé."
    ),
    "seal.ends_soon": N_("Ce certificat prend bientôt fin. Demandez le suivant à l’autorité."),
    "seal.ended": N_(
        "Ce certificat a pris fin : vos attestations européennes ne sont plus scellées. Donnez-en un nouveau."
    ),
}

KEY_USAGES: Mapping[str, str] = {
    "digital_signature": N_("signature"),
    "content_commitment": N_("engagement sur le contenu"),
    "key_encipherment": N_("chiffrement de clés"),
    "data_encipherment": N_("chiffrement de données"),
    "key_agreement": N_("accord de clés"),
    "key_cert_sign": N_("émission de certificats"),
    "crl_sign": N_("listes de révocation"),
}

_SENTENCES: Mapping[str, str] = {**ROW_SENTENCES, **ERROR_SENTENCES, **SEAL_SENTENCES}


def sentence(code: str, facts: Mapping[str, Any]) -> str:
    """
    The sentence for a row's code, an error of awarding, or the refusal of a file.

    Args:
        facts: Of the rejection or error; one that is missing shows as «…».
    """
    if code in _SENTENCES:
        return foundation_labels.filled(_SENTENCES[code], facts)
    if code.startswith(("file.", "fetch.", "vault.", "backup.", "journal.")):
        return foundation_labels.sentence(code, facts)
    return foundation_labels.filled(_SENTENCES["awarding.error"], facts)


def seal_remark(code: str) -> str:
    """What to know of a seal that is not refused."""
    return translated(SEAL_REMARKS[code])


def key_usages(names: Iterable[str]) -> str:
    """``("digital_signature",)`` → ``"signature"``."""
    return ", ".join(translated(KEY_USAGES.get(name, name)) for name in names)


def award_state(value: str) -> str:
    """``"revoked"`` → ``"révoquée"``."""
    return translated(AWARD_STATES[AwardState(value)])


def revocation_reason(value: str) -> str:
    """``"fraud"`` → ``"fraude constatée"``."""
    return translated(REVOCATION_REASONS[RevocationReason(value)])


def batch_state(value: str) -> str:
    """``"running"`` → ``"signature en cours"``."""
    return translated(BATCH_STATES[BatchState(value)])


def row_state(value: str) -> str:
    """``"ready"`` → ``"prête"``."""
    return translated(ROW_STATES[RowState(value)])
