"""French words of frameworks: kinds, relations, fates, why rows were left out, and what is refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jalon.foundation import labels as foundation_labels
from jalon.foundation.marking import N_
from jalon.foundation.messages import translated
from jalon.frameworks.rules.kinds import ConceptKind, EditionState, Fate, RelationKind
from jalon.frameworks.rules.suggesting_reasons import Reason, ReasonKind

KINDS: Mapping[ConceptKind, str] = {
    ConceptKind.SKILL: N_("aptitude ou compétence"),
    ConceptKind.KNOWLEDGE: N_("connaissance"),
    ConceptKind.COMPETENCE: N_("compétence"),
    ConceptKind.OCCUPATION: N_("métier"),
    ConceptKind.JOB_TITLE: N_("appellation"),
    ConceptKind.GROUP: N_("groupe"),
    ConceptKind.COLLECTION: N_("collection"),
    ConceptKind.CERTIFICATION: N_("certification"),
    ConceptKind.BLOCK: N_("bloc de compétences"),
    ConceptKind.LEVEL: N_("niveau"),
    ConceptKind.FIELD: N_("domaine"),
}

# As told of the concept that points, then of the one that is pointed to.
RELATIONS: Mapping[RelationKind, tuple[str, str]] = {
    RelationKind.BROADER: (N_("fait partie de"), N_("comprend")),
    RelationKind.ESSENTIAL: (N_("demande"), N_("indispensable à")),
    RelationKind.OPTIONAL: (N_("peut demander"), N_("utile à")),
    RelationKind.EXACT: (N_("égale"), N_("égale")),
    RelationKind.CLOSE: (N_("proche de"), N_("proche de")),
    RelationKind.BROAD: (N_("plus précis que"), N_("plus large que")),
    RelationKind.NARROW: (N_("plus large que"), N_("plus précis que")),
    RelationKind.PART_OF: (N_("bloc de"), N_("a pour bloc")),
    RelationKind.COLLECTION: (N_("de la collection"), N_("contient")),
}

STATES: Mapping[EditionState, str] = {
    EditionState.IMPORTING: N_("import interrompu ou en cours"),
    EditionState.COMPLETE: N_("complète"),
    EditionState.FAILED: N_("import arrêté par une erreur"),
}

FATES: Mapping[Fate, str] = {
    Fate.CURRENT: N_("en vigueur"),
    Fate.ENDED: N_("enregistrement terminé"),
    Fate.REPLACED: N_("remplacée"),
    Fate.SPLIT: N_("partagée en plusieurs"),
    Fate.WITHDRAWN: N_("retirée"),
    Fate.UNKNOWN: N_("inconnue ici"),
}

SKIPPED: Mapping[str, str] = {
    "malformed": N_("ligne illisible"),
    "width": N_("nombre de colonnes différent de l’en-tête"),
    "no_label": N_("pas de nom dans cette langue"),
    "address": N_("adresse absente, trop longue ou d’un autre référentiel"),
    "taken": N_("adresse déjà prise par un autre référentiel"),
    "double": N_("déjà lue plus haut dans le même fichier"),
    "unknown_end": N_("lien vers une notion qui n’est pas importée"),
    "itself": N_("lien d’une notion vers elle-même"),
    "relation": N_("sorte de lien inconnue"),
    "essential_too": N_("dite à la fois indispensable et utile : indispensable est gardé"),
    "code": N_("code mal formé"),
    "date": N_("date qui n’existe pas : la fin reste inconnue"),
    "fiche_number": N_("numéro de fiche mal formé"),
    "other_register": N_("fiche de l’autre répertoire"),
    "block": N_("bloc sans code ou sans titre"),
}

NOTES: Mapping[str, str] = {
    "dated_today": N_(
        "Ni le nom ni le contenu des fichiers ne disent leur date : l’édition porte celle d’aujourd’hui, "
        "{version}. Donnez la vraie par --version."
    ),
    "looks_partial": N_(
        "{unseen} notions sur {current} ne sont pas dans ces fichiers : ils ont l’air d’un extrait, donc "
        "rien n’a été retiré. Si ce sont bien les fichiers entiers, relancez avec --whole."
    ),
}

FINDINGS: Mapping[str, str] = {
    "import_importing": N_(
        "{framework} {version} : l’import n’est pas allé au bout. Relancez la même commande : il reprendra "
        "où il en était."
    ),
    "import_failed": N_(
        "{framework} {version} : l’import s’est arrêté sur une erreur. Corrigez le fichier, puis relancez."
    ),
    "note_looks_partial": N_(
        "{framework} {version} : {unseen} notions sur {current} manquaient aux fichiers. Rien n’a été "
        "retiré ; réimportez les fichiers entiers, ou relancez avec --whole."
    ),
    "stale": N_(
        "{framework} {version} : importé il y a {days} jours. Ce répertoire change chaque jour : reprenez-le."
    ),
    "used_ended": N_("« {title} » s’appuie sur {concept}, dont l’enregistrement a pris fin ({on}). {path}"),
    "used_replaced": N_("« {title} » s’appuie sur {concept}, remplacée par {heirs}. {path}"),
    "used_split": N_("« {title} » s’appuie sur {concept}, que plusieurs remplacent : {heirs}. {path}"),
    "used_withdrawn": N_("« {title} » s’appuie sur {concept}, retirée du référentiel. {path}"),
}

# Why a concept is suggested; {words} are quoted and joined.
REASONS: Mapping[ReasonKind, str] = {
    ReasonKind.SAME_NAME: N_("même libellé que « {name} »"),
    ReasonKind.SHARED_WORDS: N_("en commun : {words}"),
    ReasonKind.OTHER_NAME: N_("en commun avec un autre nom, « {name} » : {words}"),
    ReasonKind.TRANSLATED_WORDS: N_("{words}, dit autrement dans « {name} »"),
    ReasonKind.DESCRIPTION: N_("dans sa description : {words}"),
    ReasonKind.CLOSE_MEANING: N_("proche par le sens de « {name} »"),
    ReasonKind.LIKE_SIGNS: N_("des mots qui s’écrivent presque de même"),
}

ERRORS: Mapping[str, str] = {
    "frameworks.error": N_("Ce référentiel ne peut pas être lu tel quel. Rien n’a été retiré."),
    "frameworks.unknown_importer": N_("Aucun référentiel ne s’appelle « {name} » ici. Il y a : {known}."),
    "frameworks.wrong_framework": N_(
        "{files} : ce sont des fichiers de {is_of}, pas de {wanted}. Lancez « jalon frameworks import "
        "{is_of} … »."
    ),
    "frameworks.unknown_files": N_(
        "{files} : on n’y reconnaît ni {wanted} ni un autre référentiel. Donnez le fichier officiel, sans le "
        "modifier."
    ),
    "frameworks.files_needed": N_(
        "{framework} n’est pas fourni avec le logiciel : donnez ses fichiers officiels. Où les trouver : "
        "{homepage}"
    ),
    "frameworks.version_needed": N_(
        "Rien ne dit de quelle édition de {framework} il s’agit. Ajoutez --version, par exemple "
        "--version {example}."
    ),
    "frameworks.older_edition": N_(
        "L’édition {later} de {framework} est déjà là, plus récente que {version}. Rien n’a été changé. "
        "Si ces fichiers doivent quand même y entrer, relancez avec --version {later}."
    ),
    "frameworks.import_running": N_(
        "Un autre import de {framework} est en cours sur cette machine. Attendez sa fin, puis relancez."
    ),
    "frameworks.file": N_("Ce fichier ne peut pas être lu. Téléchargez-le de nouveau, puis relancez."),
    "frameworks.missing": N_("{name} n’existe pas, ou n’est pas lisible. Vérifiez son nom et son dossier."),
    "frameworks.empty": N_("Il n’y a rien à lire ici ({name}). Vérifiez que ce sont les bons fichiers."),
    "frameworks.damaged": N_("{name} est abîmé ou incomplet. Téléchargez-le de nouveau, puis relancez."),
    "frameworks.encrypted": N_("{name} est protégé par un mot de passe. Donnez le fichier officiel."),
    "frameworks.not_readable": N_(
        "{name} ne peut pas être ouvert : le compte qui lance la commande n’en a pas le droit, ou le disque "
        "ne répond pas."
    ),
    "frameworks.no_room": N_(
        "Il est impossible d’écrire dans {name}. Vérifiez la place sur le disque et les droits, puis "
        "relancez."
    ),
    "frameworks.download_too_large": N_(
        "Le fichier à l’adresse {url} dépasse {limit} Mo : aucun référentiel n’est si lourd. Il n’est pas lu."
    ),
    "frameworks.too_many": N_("Il y a trop de fichiers ici : donnez seulement ceux du référentiel."),
    "frameworks.bomb": N_(
        "Une fois décompressé, {name} serait bien trop lourd pour un référentiel. Il n’est pas lu."
    ),
    "frameworks.encoding": N_(
        "{name} n’est pas écrit en UTF-8. Donnez le fichier officiel, sans le modifier."
    ),
    "frameworks.columns": N_("{name} : il manque les colonnes {missing}. On y lit : {met}."),
    "frameworks.cut": N_(
        "{name} : un guillemet ouvert vers la ligne {row} n’est jamais refermé. Le fichier est coupé : "
        "téléchargez-le de nouveau, puis relancez."
    ),
    "frameworks.cell": N_(
        "{name} : une cellule démesurée vers la ligne {row}, peut-être parce qu’un guillemet n’y est jamais "
        "refermé. Téléchargez le fichier de nouveau, puis relancez."
    ),
    "frameworks.xml": N_(
        "{name} : le XML s’arrête ou se contredit à la ligne {row}. Le fichier est coupé ou abîmé : "
        "téléchargez-le de nouveau, puis relancez."
    ),
    "frameworks.entities": N_(
        "{name} déclare un type de document, ce que les répertoires ne font jamais. Il n’est pas lu."
    ),
    "frameworks.xml_bounds": N_("{name} : une fiche démesurée vers la ligne {row}. Le fichier n’est pas lu."),
    "frameworks.not_fiches": N_("{name} n’est pas un export de fiches : il commence par « {met} »."),
}


def sentence(code: str, facts: Mapping[str, Any]) -> str:
    """The sentence for an error of frameworks, or the refusal of a file or an address."""
    if code in ERRORS:
        return foundation_labels.filled(ERRORS[code], facts)
    if code.startswith(("file.", "fetch.")):
        return foundation_labels.sentence(code, facts)
    return foundation_labels.filled(ERRORS["frameworks.error"], facts)


def kind(value: str) -> str:
    """``"block"`` → ``"bloc de compétences"``."""
    return translated(KINDS[ConceptKind(value)])


def relation(value: str, *, is_incoming: bool = False) -> str:
    """``"essential"`` → ``"demande"``, or ``"indispensable à"`` told of the other end."""
    return translated(RELATIONS[RelationKind(value)][is_incoming])


def state(value: str) -> str:
    """``"complete"`` → ``"complète"``."""
    return translated(STATES[EditionState(value)])


def fate(value: str) -> str:
    """``"replaced"`` → ``"remplacée"``."""
    return translated(FATES[Fate(value)])


def skipped(reason: str) -> str:
    """Why a row was left out; a reason of another package's importer is told as it is."""
    return translated(SKIPPED.get(reason, reason))


def note(code: str, facts: Mapping[str, Any]) -> str:
    """Something to tell about an import as a whole."""
    return foundation_labels.filled(NOTES.get(code, code), facts)


def finding_sentence(code: str, facts: Mapping[str, Any]) -> str:
    """What `queries.editions.findings` met."""
    return foundation_labels.filled(FINDINGS[code], facts)


def reason(given: Reason) -> str:
    """Why a concept is suggested: «en commun : « haie », « tailler »»."""
    quoted = ", ".join(translated(_QUOTED).format(word=word) for word in given.words)
    return foundation_labels.filled(REASONS[given.kind], {"words": quoted, "name": given.name})


_QUOTED = N_("« {word} »")
