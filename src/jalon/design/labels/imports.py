"""Beginning from a file, a register or others' work: what was refused, what was left, under which licence."""

from __future__ import annotations

from collections.abc import Mapping

from jalon.design.errors import ImportRefusedError
from jalon.foundation.marking import N_
from jalon.foundation.messages import translated

_REASONS: Mapping[str, str] = {
    "too_large": N_("Ce fichier est trop gros : {megabytes} Mo au plus. Un référentiel en fait rarement un."),
    "not_readable": N_(
        "Ce fichier ne se lit pas jusqu'au bout. Enregistrez-le à nouveau, ou demandez-le à qui l'a fait."
    ),
    "not_known": N_(
        "Nous n'y avons pas reconnu de référentiel. Nous lisons un tableur fait sur notre modèle, le JSON "
        "de Jalon, un référentiel ou une attestation européenne, ou un Open Badge en JSON."
    ),
    "programme": N_(
        "Un PDF ou un document Word ne se reprend pas d'un bloc. Ouvrez un dossier, puis «Relier aux "
        "référentiels» et «Trouver des acquis dans un programme» : il s'y lit phrase par phrase."
    ),
    "nothing_in_it": N_("Ce fichier se lit, mais ne dit ni titre ni acquis : il n'y a rien à reprendre."),
    "not_in_register": N_(
        "«{name}» n'est pas dans le registre importé ici. Vérifiez le code sur le site de France "
        "compétences, ou demandez à qui tient ce site d'importer la dernière version du registre."
    ),
    "reserved": N_(
        "L'organisme de «{name}» n'autorise pas à la reprendre. Écrivez-lui : il peut en changer la licence."
    ),
    "shared_alike": N_(
        "Elle reprend «{name}», partagée sous CC BY-SA : elle doit le rester, pour que d'autres en profitent."
    ),
}
_LEFT: Mapping[str, str] = {
    "level": N_("le niveau, d'un cadre que nous ne connaissons pas"),
    "assessment": N_("un type d'évaluation hors de la liste européenne"),
    "supervision": N_("la surveillance de l'évaluation"),
    "participation": N_("une forme de participation hors de la liste européenne"),
    "others": N_("les autres référentiels du même fichier : seul le premier est repris"),
    "competences": N_("les compétences : le registre n'en donne pas la liste"),
}
_LICENCES: Mapping[str, str] = {
    "CC-BY-4.0": N_("Reprise permise en citant l'organisme (CC BY 4.0)"),
    "CC-BY-SA-4.0": N_("Reprise permise en citant l'organisme et sous la même licence (CC BY-SA 4.0)"),
    "CC0-1.0": N_("Reprise libre (CC0)"),
    "reserved": N_("À lire, pas à reprendre"),
}
LICENCE_ADDRESSES: Mapping[str, str] = {
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
}


def import_refusal(error: ImportRefusedError) -> str:
    """Why it cannot become a draft, and what can be done."""
    return translated(_REASONS[error.reason]).format_map(error.facts)


def left_words(left: str) -> str:
    """What was not taken: a known code in words, or a line of a spreadsheet as it was written."""
    return translated(_LEFT[left]) if left in _LEFT else f"«{left}»"


def licence_name(licence: str) -> str:
    """What others may do, in a few words."""
    return translated(_LICENCES[licence])
