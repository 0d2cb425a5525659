"""French sentences for what files and addresses are refused for: what was met, and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jalon.foundation.marking import N_
from jalon.foundation.messages import translated

FILE_SENTENCES: Mapping[str, str] = {
    "file.unreadable": N_(
        "Ce fichier ne peut pas être lu. Enregistrez-le au format CSV ou Excel (.xlsx), puis redonnez-le."
    ),
    "file.missing": N_(
        "Le fichier {name} n’existe pas, ou vous n’avez pas le droit de le lire. Vérifiez son nom et son "
        "dossier."
    ),
    "file.empty": N_("Ce fichier est vide. Vérifiez que c’est le bon, puis redonnez-le."),
    "file.no_rows": N_(
        "Ce tableau n’a aucune ligne remplie. Vérifiez que la liste est sur la première feuille."
    ),
    "file.too_large": N_(
        "Ce fichier pèse {megabytes} Mo ; la limite est de {limit} Mo. Partagez la liste en plusieurs "
        "fichiers."
    ),
    "file.too_many_rows": N_("Ce tableau a plus de {limit} lignes. Partagez la liste en plusieurs fichiers."),
    "file.too_many_columns": N_(
        "Ce tableau a plus de {limit} colonnes (ligne {row}). Gardez les colonnes utiles : nom, prénom, "
        "date de naissance."
    ),
    "file.too_many_cells": N_(
        "Ce tableau a plus de {limit} cases. Gardez les colonnes utiles, ou partagez la liste."
    ),
    "file.cell_too_long": N_(
        "Une case de la ligne {row} a plus de {limit} signes. Raccourcissez-la, puis redonnez le fichier."
    ),
    "file.binary": N_(
        "Ce fichier n’est pas un tableau : son contenu n’est pas du texte. Enregistrez la liste en CSV ou "
        "en Excel (.xlsx)."
    ),
    "file.encoding": N_(
        "Ce fichier mélange deux façons d’écrire les accents : à la ligne {row}, on ne sait plus lire les "
        "noms. "
        "Ouvrez-le dans un tableur et enregistrez-le en Excel (.xlsx) ou en « CSV UTF-8 »."
    ),
    "file.unclosed_quote": N_(
        "À la ligne {row}, un guillemet droit est ouvert et jamais refermé : la suite du fichier serait "
        "perdue. "
        "Corrigez cette ligne, puis redonnez le fichier."
    ),
    "file.old_xls": N_(
        "C’est un ancien fichier Excel (.xls). Ouvrez-le dans un tableur, choisissez « Enregistrer sous » "
        "puis « Classeur Excel (.xlsx) »."
    ),
    "file.xlsb": N_(
        "C’est un classeur Excel binaire (.xlsb). Enregistrez-le au format « Classeur Excel (.xlsx) »."
    ),
    "file.ods": N_(
        "C’est un tableau LibreOffice (.ods). Enregistrez-le au format « Excel (.xlsx) » ou en CSV, puis "
        "redonnez-le."
    ),
    "file.protected": N_(
        "Ce classeur est protégé par un mot de passe. Retirez la protection, enregistrez-le, puis "
        "redonnez-le."
    ),
    "file.pdf": N_("C’est un PDF, pas un tableau. Donnez la liste en CSV ou en Excel (.xlsx)."),
    "file.html": N_(
        "C’est une page web, pas un tableau, même si son nom dit le contraire. Ouvrez-la dans un tableur et "
        "enregistrez-la en .xlsx."
    ),
    "file.xml": N_(
        "C’est un fichier XML, pas un tableau. Ouvrez-le dans un tableur et enregistrez-le en .xlsx."
    ),
    "file.picture": N_("C’est une image, pas un tableau. Donnez la liste en CSV ou en Excel (.xlsx)."),
    "file.not_a_spreadsheet": N_(
        "C’est une archive ou un autre document, pas un tableau. Donnez la liste en CSV ou en Excel (.xlsx)."
    ),
    "file.damaged": N_(
        "Ce classeur Excel est abîmé ou incomplet. Ouvrez-le dans un tableur, enregistrez-le de nouveau, "
        "puis redonnez-le."
    ),
    "file.bomb": N_(
        "Une fois décompressé, ce classeur serait bien trop lourd. Enregistrez seulement la liste dans un "
        "nouveau classeur."
    ),
}

DOCUMENT_SENTENCES: Mapping[str, str] = {
    "file.document_too_large": N_(
        "Ce document pèse {megabytes} Mo ; la limite est de {limit} Mo. Retirez ses images, ou collez son "
        "texte."
    ),
    "file.document_unknown": N_(
        "Ce fichier n’est ni un PDF, ni un document Word (.docx) ou LibreOffice (.odt), ni du texte. "
        "Enregistrez-le sous l’une de ces formes, ou collez son texte."
    ),
    "file.document_broken": N_(
        "Ce document est abîmé ou incomplet. Ouvrez-le, enregistrez-le de nouveau, puis redonnez-le, ou "
        "collez son texte."
    ),
    "file.document_locked": N_(
        "Ce document est protégé par un mot de passe. Retirez la protection, ou collez son texte."
    ),
    "file.document_too_heavy": N_(
        "Ce document demande trop de travail pour être lu ici. Donnez-en une partie, ou collez son texte."
    ),
    "file.document_no_text": N_(
        "Ce document ne contient pas de texte : c’est sans doute un scan, des images de pages. Donnez le "
        "document d’origine, ou collez son texte."
    ),
}

FETCH_SENTENCES: Mapping[str, str] = {
    "fetch.failed": N_(
        "L’adresse {url} ne répond pas comme il faut. Réessayez plus tard, ou demandez le fichier à la "
        "personne."
    ),
    "fetch.bad_url": N_(
        "« {url} » n’est pas une adresse complète. Elle commence par https:// et ne porte ni mot de passe "
        "ni port réservé."
    ),
    "fetch.not_https": N_("L’adresse doit commencer par https:// ; celle-ci n’est pas protégée : {url}."),
    "fetch.private_address": N_(
        "L’adresse {url} mène à un réseau privé : elle n’est pas suivie. Donnez le fichier lui-même."
    ),
    "fetch.unknown_host": N_("Le site {host} est introuvable. Vérifiez l’adresse et la connexion."),
    "fetch.unreachable": N_("Le site {host} ne répond pas. Vérifiez la connexion, ou réessayez plus tard."),
    "fetch.certificate": N_(
        "Le site {host} ne prouve pas qu’il est bien lui-même (certificat refusé). Ne vous y fiez pas."
    ),
    "fetch.timeout": N_("Le site {host} met trop de temps à répondre. Réessayez plus tard."),
    "fetch.too_large": N_(
        "Le document à cette adresse dépasse {limit} Ko. Ce n’est sans doute pas une attestation."
    ),
    "fetch.no_room": N_(
        "Il n’y a plus assez de place sur le disque pour le document de {host}. Libérez-en, puis réessayez."
    ),
    "fetch.too_many_redirects": N_(
        "L’adresse {url} renvoie sans fin vers d’autres adresses. Donnez le fichier lui-même."
    ),
    "fetch.status": N_("Le site {host} répond {status} : le document n’y est pas, ou n’est pas public."),
}

VAULT_SENTENCES: Mapping[str, str] = {
    "vault.key_missing": N_(
        "La clé de chiffrement des clés de signature (empreinte {expected}) manque : elle était attendue "
        "dans JALON_KEY_ENCRYPTION_KEY ou dans {path}. Une sauvegarde ne la contient pas : remettez celle "
        "d’avant. Sans elle, rien ne peut être signé ni révoqué ; ce qui est délivré reste vérifiable."
    ),
    "vault.key_wrong": N_(
        "La clé de chiffrement donnée (empreinte {met}) n’est pas celle qui protège les clés de signature "
        "(empreinte {expected}). Remettez l’ancienne : rien ne peut être signé ni révoqué d’ici là."
    ),
    "vault.key_unreadable": N_(
        "La clé de chiffrement lue dans {where} n’est pas lisible : 43 signes étaient attendus (32 octets "
        "en base64url)."
    ),
    "vault.seal_broken": N_(
        "Une clé de signature enregistrée est abîmée. Restaurez la base depuis une sauvegarde."
    ),
    "journal.append_only": N_(
        "Ce qui est écrit au journal y reste. Pour le compléter, une nouvelle ligne s’y ajoute."
    ),
}

BACKUP_SENTENCES: Mapping[str, str] = {
    "backup.refused": N_("Cette sauvegarde ne peut pas se faire. Rien n’a été changé."),
    "backup.no_database": N_("Il n’y a pas de base à sauvegarder à {path}. Vérifiez JALON_DATA_DIR."),
    "backup.exists": N_("{path} existe déjà et n’est pas remplacé. Donnez un autre nom."),
    "backup.not_empty": N_(
        "{path} contient déjà une base, qui n’est pas remplacée. Donnez un dossier vide par JALON_DATA_DIR."
    ),
    "backup.unreadable": N_(
        "Ce fichier n’est pas une sauvegarde de Jalon, ou il est abîmé. Rien n’a été restauré."
    ),
    "backup.postgresql": N_(
        "Cette installation est sur PostgreSQL : sauvegardez la base avec pg_dump et restaurez-la avec "
        "pg_restore ; le dossier {path} se copie tel quel."
    ),
}

_SENTENCES: Mapping[str, str] = {
    **FILE_SENTENCES,
    **DOCUMENT_SENTENCES,
    **FETCH_SENTENCES,
    **VAULT_SENTENCES,
    **BACKUP_SENTENCES,
}


def sentence(code: str, facts: Mapping[str, Any]) -> str:
    """The sentence for a file's or an address's refusal; a general one where the code is not known here."""
    fallback = "fetch.failed" if code.startswith("fetch.") else "file.unreadable"
    return filled(_SENTENCES.get(code, _SENTENCES[fallback]), facts)


def filled(message: str, facts: Mapping[str, Any]) -> str:
    """*message* in the language of the page, its blanks filled; a fact that is missing shows as «…»."""
    return translated(message).format_map(_Facts(facts))


class _Facts(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "…"
