"""French sentences for the rows of a list and for what awarding refuses: what was met, and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jalon.foundation import labels as foundation_labels
from jalon.foundation.messages import N_

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
        "L’année de « {met} » n’a que deux chiffres : 1925 ou 2025 ? Écrivez-la avec quatre chiffres."
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
        "L’attestation de {name} est arrivée à son terme. En délivrer une nouvelle se demande expressément."
    ),
    "again.revoked": N_(
        "L’attestation de {name} a été révoquée. En délivrer une nouvelle se demande expressément."
    ),
    "again.replaced": N_(
        "L’attestation de {name} a été remplacée. En délivrer une nouvelle se demande expressément."
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
}

_SENTENCES: Mapping[str, str] = {**ROW_SENTENCES, **ERROR_SENTENCES}


def sentence(code: str, facts: Mapping[str, Any]) -> str:
    """
    The sentence for a row's code, an error of awarding, or the refusal of a file.

    Args:
        facts: Of the rejection or error; one that is missing shows as «…».
    """
    if code in _SENTENCES:
        return foundation_labels.filled(_SENTENCES[code], facts)
    if code.startswith(("file.", "fetch.")):
        return foundation_labels.sentence(code, facts)
    return foundation_labels.filled(_SENTENCES["awarding.error"], facts)
