"""What is missing and why it matters; what could be better."""

from __future__ import annotations

from collections.abc import Mapping

from jalon.design.labels.fields import STATUS_NAMES, field_name
from jalon.design.rules.completeness import Gap
from jalon.design.rules.remarks import Advice
from jalon.foundation.marking import N_
from jalon.foundation.messages import translated

# Each says what is missing, then what it is good for to a learner or an employer.
_GAPS: Mapping[str, str] = {
    "title.missing": N_(
        "Il manque le titre. C'est la première chose que lisent une personne et un employeur."
    ),
    "country.missing": N_(
        "Il manque le pays de l'organisme. À l'étranger, il dit de quel système parle l'attestation."
    ),
    "awarding_body.missing": N_(
        "Il manque le nom de l'organisme. Un employeur doit savoir qui se porte garant."
    ),
    "description.missing": N_(
        "Il manque la description. Elle aide une personne à savoir si cette formation est pour elle."
    ),
    "domain.missing": N_("Il manque le domaine. Il sert à retrouver la formation dans le catalogue."),
    "languages.missing": N_(
        "Il manque la langue. Une personne doit savoir si elle pourra suivre et être évaluée."
    ),
    "learning_outcomes.missing": N_(
        "Il manque les acquis. Un employeur y lit ce que la personne sait faire ; sans eux, "
        "l'attestation ne dit rien."
    ),
    "learning_outcomes.empty": N_(
        "L'acquis {number} est vide. Écrivez ce que la personne saura faire, ou retirez la ligne."
    ),
    "alignment.unfinished": N_(
        "Acquis {number} : le lien «{label}» est incomplet. Il faut le référentiel, l'intitulé et "
        "l'adresse, pour que d'autres logiciels le comprennent."
    ),
    "workload.missing": N_(
        "Il manque les heures de travail. Une personne y voit le temps à prévoir, un employeur "
        "l'ampleur de l'effort."
    ),
    "level.missing": N_(
        "Il manque le niveau, ou la raison de ne pas en donner. Il situe la formation partout en Europe."
    ),
    "level.both": N_("Un niveau est donné, et aussi une raison de ne pas en donner. Gardez l'un des deux."),
    "assessment.missing": N_(
        "Il manque le type d'évaluation. C'est ce qui distingue un acquis vérifié d'une simple présence."
    ),
    "assessment.description_missing": N_(
        "Le déroulement de l'évaluation n'est pas décrit. Un employeur fait davantage confiance à ce "
        "qu'il comprend."
    ),
    "supervision.missing": N_(
        "La surveillance de l'évaluation n'est pas dite. Elle montre que c'est bien la personne qui "
        "a été évaluée."
    ),
    "supervision.identity_check_missing": N_(
        "Le contrôle d'identité n'est pas décrit. Dites en une phrase comment il se fait."
    ),
    "criteria.missing": N_(
        "Les critères ne sont pas écrits. Ils disent à la personne et au jury ce qui sera regardé."
    ),
    "criteria.unfinished": N_(
        "Un critère n'a pas de texte. Écrivez ce qui est regardé, ou retirez la ligne."
    ),
    "evidence.missing": N_(
        "Les preuves à montrer ne sont pas dites. Une personne aimerait savoir quoi préparer ou garder."
    ),
    "modules.missing": N_(
        "Le déroulé n'est pas écrit. Il montre comment les heures se répartissent, et où se passe "
        "chaque étape."
    ),
    "modules.unfinished": N_("Une étape du déroulé n'a pas de titre. Nommez-la, ou retirez la ligne."),
    "participation.missing": N_(
        "Il manque la forme de participation. Une personne doit savoir si elle devra se déplacer ou "
        "se connecter."
    ),
    "quality_assurance.missing": N_(
        "Il manque l'assurance qualité. Elle dit qui contrôle le travail de l'organisme, par exemple "
        "Qualiopi."
    ),
    "quality_assurance.unfinished": N_(
        "Une ligne d'assurance qualité est incomplète. Il faut son genre et son nom, pour qu'on "
        "puisse la vérifier."
    ),
    "prerequisites.missing": N_(
        "Les prérequis ne sont pas dits. S'il n'en faut aucun, l'écrire rassure qui hésite à s'inscrire."
    ),
    "stackability.missing": N_(
        "Le cumul n'est pas dit. Une personne aimerait savoir vers quoi cette étape peut mener."
    ),
    "stacks_into.unfinished": N_(
        "La certification visée «{label}» est incomplète. Il faut le référentiel, l'intitulé et l'adresse."
    ),
    "price.missing": N_("Le prix n'est pas dit. Écrivez 0 si la personne n'a rien à payer."),
    "recognition.status_missing": N_(
        "Il manque la reconnaissance. En France, une micro-certification n'a pas de valeur légale "
        "par elle-même : la personne et l'employeur doivent savoir ce que vaut celle-ci."
    ),
    "recognition.code_missing": N_(
        "Il manque le code au registre. Avec lui, chacun peut vérifier la fiche à France compétences."
    ),
    "recognition.code_format": N_(
        "Le code «{value}» n'a pas la forme attendue : RNCP38093 pour une certification, "
        "RNCP38093BC05 pour un bloc, RS6396 pour le Répertoire spécifique. Recopiez celui de la "
        "fiche."
    ),
    "recognition.code_without_register": N_(
        "Un code de registre est donné («{value}»), mais pas la reconnaissance qui va avec. Changez "
        "l'un ou l'autre : un code laisserait croire à un enregistrement."
    ),
    "recognition.certifying_body_missing": N_(
        "Il manque le certificateur ou la branche. Lui seul peut dire qu'il reconnaît cette "
        "micro-certification."
    ),
    "recognition.title_missing": N_(
        "Il manque l'intitulé au registre ou dans la branche. Il évite de confondre deux certifications."
    ),
    "recognition.words.cpf": N_(
        "«{met}» : seules les certifications et les blocs inscrits au RNCP ou au Répertoire "
        "spécifique peuvent être payés par le CPF. Retirez ces mots, ou dites à quel registre c'est "
        "inscrit."
    ),
    "recognition.words.diploma": N_(
        "«{met}» : une micro-certification n'est pas un diplôme. Une personne ou un employeur "
        "pourrait s'y tromper. Retirez ce mot ; la certification visée a sa place dans «Cumul et "
        "passerelles»."
    ),
    "recognition.words.professional_certification": N_(
        "«{met}» : la loi réserve ces mots aux certifications inscrites au RNCP (Code du travail, "
        "art. L6113-1). Écrivez «micro-certification» ou «attestation»."
    ),
    "recognition.words.rncp_certification": N_(
        "«{met}» : le statut choisi ne dit pas que cette micro-certification est inscrite au RNCP. "
        "Retirez ces mots ; la certification visée a sa place dans «Cumul et passerelles»."
    ),
    "recognition.words.state": N_(
        "«{met}» : aucun registre de l'État ne le dit. Retirez ces mots, ou choisissez le statut "
        "inscrit au registre."
    ),
    "set_aside.conflict": N_(
        "Deux textes attendent votre choix : quelqu'un avait changé «{name}» entre-temps. Rien n'est perdu."
    ),
    "set_aside.unreadable": N_("«{name}» garde un texte qui n'a pas pu être lu : «{value}». Corrigez-le."),
}

_ADVICE: Mapping[str, str] = {
    "learning_outcomes.few": N_(
        "Trois à six acquis se lisent et s'évaluent bien ; moins de trois en disent souvent trop peu."
    ),
    "learning_outcomes.many": N_(
        "{count} acquis, c'est beaucoup à évaluer. Trois à six suffisent souvent ; certains peuvent "
        "se regrouper."
    ),
    "learning_outcomes.unobservable_verb": N_("«{verb}» ne s'observe pas. Essayez «{first}» ou «{second}»."),
    "learning_outcomes.indirect_verb": N_(
        "«{verb}» peut s'enlever : commencez par «{instead}», qui s'observe."
    ),
    "learning_outcomes.long": N_(
        "C'est long ({length} signes). Un acquis se retient mieux en une ligne ; on peut en faire deux."
    ),
    "workload.hours_and_credits_disagree": N_(
        "Un crédit ECTS vaut 25 à 30 heures de travail : {credits} crédits feraient {least} à {most} "
        "heures, et vous écrivez {hours} heures. Ce serait plutôt {fair} crédit(s)."
    ),
    "criteria.outcome_without": N_(
        "L'acquis {number} n'est regardé par aucun critère : rien ne dira s'il est là."
    ),
    "criteria.without_outcome": N_(
        "«{criterion}» ne regarde aucun acquis. Cochez celui qu'il vérifie, ou retirez-le."
    ),
    "modules.outcome_without": N_("L'acquis {number} n'est travaillé dans aucune étape du déroulé."),
    "modules.more_hours": N_(
        "Les étapes font {total} h en tout, plus que la charge de travail annoncée ({hours} h)."
    ),
    "modules.fewer_hours": N_(
        "Les étapes font {total} h en tout, moins de la moitié de la charge de travail ({hours} h). "
        "Dites où va le reste : travail chez soi, en entreprise, évaluation."
    ),
    "level.verb_above": N_(
        "«{verb}» demande d'ordinaire plus que le niveau {level}, où l'on réalise des tâches dans un "
        "cadre connu. Revoyez l'un ou l'autre."
    ),
    "level.verbs_below": N_(
        "Au niveau {level}, on gère des travaux complexes ; ces acquis disent surtout d'exécuter. Revoyez "
        "le niveau ou les acquis."
    ),
    "workload.many_credits": N_(
        "{credits} crédits, c'est la moitié d'une année d'études ou plus : en Europe, on ne parle "
        "plus alors de micro-certification."
    ),
}


def gap_sentence(gap: Gap) -> str:
    """What is missing or wrong, why it matters and what to do, in one or two sentences."""
    facts = {"name": field_name(gap.field), **gap.facts}
    if "status" in facts:
        facts["status"] = translated(STATUS_NAMES[facts["status"]])
    return translated(_GAPS[gap.code]).format_map(facts)


def advice_sentence(advice: Advice) -> str:
    """The remark, with what to try instead."""
    return translated(_ADVICE[advice.code]).format_map(advice.facts)
