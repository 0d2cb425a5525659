"""The two checklists in words: the question of each item, and where the file may answer it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from jalon.design.rules.checklists import Checklist, Verdict
from jalon.foundation.marking import N_
from jalon.foundation.messages import translated

_NAMES: Mapping[Checklist, str] = {
    Checklist.ANNEX_II: N_("Les dix principes européens"),
    Checklist.RS: N_("Les six critères du Répertoire spécifique"),
}
_VERDICTS: Mapping[Verdict, str] = {
    Verdict.YES: N_("Oui"),
    Verdict.PARTLY: N_("En partie"),
    Verdict.NO: N_("Pas encore"),
}
# Name, question, and what the file already says where it does.
_ITEMS: Mapping[str, tuple[str, str, str]] = {
    "quality": (
        N_("Qualité"),
        N_("Qui contrôle la qualité, en dedans et de l'extérieur, et que fait-on des retours ?"),
        N_("Le dossier nomme une assurance qualité."),
    ),
    "transparency": (
        N_("Transparence"),
        N_("Une personne et un employeur trouvent-ils tout ce qu'ils doivent savoir, sans le demander ?"),
        N_("Tous les éléments obligatoires sont écrits."),
    ),
    "relevance": (
        N_("Pertinence"),
        N_("À quel besoin cela répond-il, qui l'a dit, et comment sera-t-il revu ?"),
        N_("Chaque acquis est relié à un référentiel."),
    ),
    "valid_assessment": (
        N_("Évaluation valable"),
        N_("Chaque acquis est-il évalué contre un critère écrit d'avance ?"),
        N_("Chaque acquis est regardé par un critère."),
    ),
    "learning_pathways": (
        N_("Parcours"),
        N_("Peut-on y entrer de plusieurs façons, et continuer ensuite ?"),
        N_("Le dossier dit vers quoi cela mène."),
    ),
    "recognition": (
        N_("Reconnaissance"),
        N_("Qui reconnaît cette micro-certification, et l'a-t-il écrit ?"),
        N_("Le dossier dit ce qu'elle vaut."),
    ),
    "portable": (
        N_("Portabilité"),
        N_("La personne garde-t-elle son attestation, lisible ailleurs et dans dix ans ?"),
        N_("Complète, elle est délivrée dans des formats ouverts que la personne emporte."),
    ),
    "learner_centred": (
        N_("Centrée sur la personne"),
        N_("Des apprenants ont-ils été écoutés, et qu'est-ce que cela a changé ?"),
        N_("Le dossier dit ce qui aide à venir."),
    ),
    "authentic": (
        N_("Authenticité"),
        N_("Comment sait-on que c'est bien cette personne qui a été évaluée ?"),
        N_("Le contrôle d'identité est décrit."),
    ),
    "information": (
        N_("Information et conseil"),
        N_("Qui conseille la personne avant, pendant et après, et où ?"),
        N_("La description et les prérequis sont écrits."),
    ),
    "rs_labour_market": (
        N_("Besoin du marché du travail"),
        N_("Quelles entreprises en ont besoin, et où sont leurs lettres ?"),
        "",
    ),
    "rs_reference_frames": (
        N_("Référentiels de compétences et d'évaluation"),
        N_("Chaque compétence a-t-elle ses critères et ses modalités d'évaluation ?"),
        N_("Chaque acquis est regardé par un critère."),
    ),
    "rs_assessment_control": (
        N_("Contrôle des épreuves"),
        N_("Qui surveille les épreuves, qui est au jury, et que fait-on en cas de fraude ?"),
        N_("Le contrôle d'identité est décrit."),
    ),
    "rs_legal_constraints": (
        N_("Contraintes légales"),
        N_("Le métier a-t-il des règles (sécurité, habilitation), et sont-elles dans le référentiel ?"),
        "",
    ),
    "rs_correspondence": (
        N_("Correspondances"),
        N_("Y a-t-il un lien cohérent avec des blocs du RNCP, s'il y a lieu ?"),
        N_("Le dossier vise une certification du RNCP."),
    ),
    "rs_branch": (
        N_("Avis de la branche"),
        N_("La commission paritaire de la branche a-t-elle donné son avis, s'il y a lieu ?"),
        "",
    ),
}


@dataclass(frozen=True)
class ItemWords:
    """An item as a person reads it; `already` is what the file says by itself, ``""`` where nothing can."""

    name: str
    question: str
    already: str


def checklist_name(checklist: Checklist) -> str:
    """The heading of a list."""
    return translated(_NAMES[checklist])


def verdict_name(verdict: Verdict) -> str:
    """An answer, in a word or two."""
    return translated(_VERDICTS[verdict])


def item_words(code: str) -> ItemWords:
    """The words of one item."""
    name, question, already = (translated(words) if words else "" for words in _ITEMS[code])
    return ItemWords(name, question, already)
