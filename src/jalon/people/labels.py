"""What a person reads about kinds, roles, capabilities and refusals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise, lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from jalon.foundation import countries
from jalon.people.rules import (
    AccreditationKind,
    Capability,
    OrganisationKind,
    Role,
    Standing,
)

ORGANISATION_KINDS: dict[OrganisationKind, Promise] = {
    OrganisationKind.TRAINING_PROVIDER: _("Organisme de formation"),
    OrganisationKind.LOCAL_AUTHORITY: _("Collectivité"),
    OrganisationKind.COMPANY: _("Entreprise"),
    OrganisationKind.AWARDING_BODY: _("Organisme certificateur"),
    OrganisationKind.BRANCH: _("Branche professionnelle"),
    OrganisationKind.FUNDER: _("Financeur"),
    OrganisationKind.ASSOCIATION: _("Association"),
}

ROLES: dict[Role, Promise] = {
    Role.ADMIN: _("Administration"),
    Role.DESIGNER: _("Conception"),
    Role.TRAINER: _("Formation"),
    Role.ASSESSOR: _("Évaluation"),
    Role.SIGNATORY: _("Signature"),
    Role.PARTNER: _("Partenaire"),
}

ROLE_HELP: dict[Role, Promise] = {
    Role.ADMIN: _("Tient à jour l'organisme, invite les membres, garde les clés de signature."),
    Role.DESIGNER: _("Écrit les micro-certifications et les publie."),
    Role.TRAINER: _("Écrit les micro-certifications et prépare les listes de personnes à attester."),
    Role.ASSESSOR: _("Prépare les listes de personnes à attester et voit ce qui a été délivré."),
    Role.SIGNATORY: _("Délivre les attestations au nom de l'organisme, les corrige et les retire."),
    Role.PARTNER: _("Lit ce que prépare l'organisme, sans rien y changer."),
}

CAPABILITIES: dict[Capability, Promise] = {
    Capability.SEE: _("Voir les pages de l'organisme, brouillons compris"),
    Capability.DESIGN: _("Écrire des brouillons"),
    Capability.PUBLISH: _("Publier une version"),
    Capability.OFFER: _("Écrire les offres et les sessions"),
    Capability.PREPARE_AWARDS: _("Préparer une liste de personnes"),
    Capability.AWARD: _("Délivrer des attestations"),
    Capability.SEE_AWARDS: _("Voir qui a reçu quoi"),
    Capability.REVOKE: _("Retirer ou corriger une attestation"),
    Capability.MANAGE_ORGANISATION: _("Tenir à jour les informations de l'organisme"),
    Capability.MANAGE_MEMBERS: _("Inviter des membres et changer leurs rôles"),
    Capability.MANAGE_KEYS: _("Renouveler et sauvegarder les clés de signature"),
    Capability.STATE_NEEDS: _("Dire un besoin au nom de l'organisme"),
    Capability.MODERATE_NEEDS: _("Lire, publier et suivre les besoins du territoire"),
}

ACCREDITATION_KINDS: dict[AccreditationKind, Promise] = {
    AccreditationKind.QUALIOPI: _("Certification Qualiopi"),
    AccreditationKind.STATE_AGREEMENT: _("Agrément ou habilitation de l'État"),
    AccreditationKind.LABEL: _("Label"),
    AccreditationKind.OTHER: _("Autre"),
}

STANDINGS: dict[Standing, Promise] = {
    Standing.CURRENT: _("En cours"),
    Standing.TO_COME: _("À venir"),
    Standing.EXPIRED: _("Date passée"),
}

DEMONSTRATION_ENTRIES: dict[Role, Promise] = {
    Role.ADMIN: _("Entrer comme responsable de l'organisme"),
    Role.DESIGNER: _("Entrer comme conceptrice"),
    Role.TRAINER: _("Entrer comme formatrice"),
    Role.ASSESSOR: _("Entrer comme évaluateur"),
    Role.SIGNATORY: _("Entrer comme signataire"),
    Role.PARTNER: _("Entrer comme partenaire"),
}

# The names of a list to choose from, in the language of the page.
COUNTRIES: dict[str, Promise] = {code: _(name) for code, name in countries.NAMES.items()}

_SENTENCES: dict[str, Promise] = {
    "people.error": _("Cela n'a pas pu se faire. Rien n'a été changé."),
    "people.not_allowed": _(
        "Votre rôle dans l'organisme ne le permet pas. "
        "La personne qui l'administre peut vous en donner un autre."
    ),
    "people.invalid_organisation": _("Un renseignement de l'organisme est à revoir."),
    "people.last_admin": _(
        "C'est la dernière personne qui administre l'organisme. "
        "Donnez d'abord le rôle Administration à quelqu'un d'autre."
    ),
    "people.not_a_member": _(
        "Cette personne n'est pas membre de l'organisme. Envoyez-lui un lien d'invitation."
    ),
    "people.already_member": _(
        "Cette personne a déjà ce rôle dans l'organisme. Il n'y a rien à lui envoyer."
    ),
    "people.invitation_closed": _(
        "Ce lien d'invitation n'est plus valable : il a déjà servi, il a plus de quatorze jours "
        "ou il a été retiré. "
        "Demandez-en un nouveau à la personne qui vous a invité."
    ),
    "people.address_taken": _(
        "Un autre compte se connecte déjà avec cette adresse. Choisissez-en une autre."
    ),
    "people.shared_account": _(
        "Ce compte de démonstration est partagé par tous les visiteurs. Créez le vôtre pour aller plus loin."
    ),
    "people.unknown_account": _(
        "Aucun compte ne se connecte avec cette adresse. Vérifiez-la lettre par lettre."
    ),
    "people.legal_name_missing": _("Il manque le nom. C'est lui qui figurera sur les attestations."),
    "people.siret_signs": _("Un SIRET n'a que des chiffres ; ici se trouve « {met} »."),
    "people.siret_start": _(
        "Un des neuf premiers chiffres ({part}) ne va pas avec les autres. "
        "Relisez le SIREN sur l'avis de situation."
    ),
    "people.siret_end": _(
        "Le SIREN est juste, mais un des cinq derniers chiffres ({part}) ne va pas. "
        "Relisez-les sur l'avis de situation."
    ),
    "people.siret_abroad": _("Le SIRET n'existe qu'en France. Laissez-le vide, ou changez le pays."),
    "people.nda_signs": _(
        "Un numéro de déclaration d'activité n'a que des chiffres ; ici se trouve « {met} »."
    ),
    "people.website_not_https": _("L'adresse du site commence par https://, qui protège la lecture."),
    "people.accreditation_name_missing": _("Il manque l'intitulé, tel qu'il figure sur le document."),
    "people.accreditation_dates": _("La date de fin vient avant la date de début. Relisez les deux."),
    "people.identity_unfounded": _("Il manque qui a confirmé l'identité, ou sur quelle base."),
}


def sentence(code: str, facts: Mapping[str, Any] | None = None) -> str:
    """
    What a person reads about a refusal of this context: what was met, what to do.

    Raises:
        LookupError: The code is another context's.
    """
    given = dict(facts or {})
    if code == "people.siret_length":
        return _digits(given["count"], 14, _("Il se lit sur l'avis de situation Sirene."), what="SIRET")
    if code == "people.nda_length":
        return _digits(given["count"], 11, _("Il se lit sur vos conventions de formation."), what="NDA")
    return str(_SENTENCES[code]).format(**given)


# For what is written once and read in each language, such as the messages of a form.
sentence_lazy = lazy(sentence, str)


def _digits(count: int, expected: int, where: Promise, *, what: str) -> str:
    if count < expected:
        met = ngettext("Ce {what} n'a que {count} chiffre", "Ce {what} n'a que {count} chiffres", count)
    else:
        met = ngettext("Ce {what} a {count} chiffre", "Ce {what} a {count} chiffres", count)
    needed = _("; il en faut {expected}.")
    return f"{met} {needed} {where}".format(what=what, count=count, expected=expected)
