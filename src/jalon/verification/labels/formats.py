"""The forms in which a credential is handed over: what each is for, and what it does not say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from jalon.verification.labels import moments
from sceau.errors import NoLevelError, SceauError
from sceau.formats.losses import ELEMENTS, Kept, Loss
from sceau.model.texts import Text

Words = str | Promise


@dataclass(frozen=True)
class FormWords:
    """
    Attributes:
        name: On the link: «Badge numérique (JSON)».
        purpose: What it is for, in one sentence.
    """

    name: Words
    purpose: Words


FORMS: dict[str, FormWords] = {
    "openbadges": FormWords(
        gettext_lazy("Badge numérique (Open Badges 3.0)"),
        gettext_lazy("Pour les sites de badges et les réseaux professionnels. C’est l’original signé."),
    ),
    "vc-jwt": FormWords(
        gettext_lazy("Le même badge en jeton (JWT)"),
        gettext_lazy("Pour les logiciels qui lisent des jetons signés plutôt que du JSON."),
    ),
    "europass": FormWords(
        gettext_lazy("Attestation numérique européenne"),
        gettext_lazy("Pour un compte Europass ou un établissement d’un autre pays d’Europe."),
    ),
    "sd-jwt-vc": FormWords(
        gettext_lazy("Attestation pour portefeuille européen"),
        gettext_lazy("Pour un portefeuille d’identité numérique, qui montre ce que la personne choisit."),
    ),
}

# After «ne dit pas». Each element of sceau.formats.losses has its words.
_UNSAID: dict[str, Words] = {
    "learner": gettext_lazy("tous les noms de la personne"),
    "title": gettext_lazy("son intitulé"),
    "country": gettext_lazy("le pays de l’organisme"),
    "awarding_body": gettext_lazy("le nom de l’organisme"),
    "date": gettext_lazy("la date de délivrance"),
    "outcomes": gettext_lazy("les acquis d’apprentissage"),
    "workload": gettext_lazy("la charge de travail"),
    "level": gettext_lazy("le niveau"),
    "assessment": gettext_lazy("quel type d’évaluation a eu lieu"),
    "participation": gettext_lazy("sous quelle forme on y participe"),
    "quality_assurance": gettext_lazy("qui garantit la qualité"),
    "prerequisites": gettext_lazy("les prérequis"),
    "supervision": gettext_lazy("comment l’identité a été vérifiée"),
    "grade": gettext_lazy("le résultat"),
    "stackability": gettext_lazy("vers quoi elle compte"),
    "further_information": gettext_lazy("les autres informations"),
    "description": gettext_lazy("la description"),
    "alignments": gettext_lazy("les référentiels de compétences"),
    "rubrics": gettext_lazy("les degrés de chaque acquis"),
    "results": gettext_lazy("le degré atteint pour chaque acquis"),
    "evidence": gettext_lazy("les preuves montrées"),
    "parts": gettext_lazy("de quoi elle se compose"),
    "credits": gettext_lazy("les crédits ECTS"),
    "assessment_description": gettext_lazy("comment l’évaluation s’est passée"),
    "languages": gettext_lazy("les langues de la formation"),
    "recognition": gettext_lazy("sa place dans un registre"),
    "awarding_body_details": gettext_lazy("l’adresse et les numéros de l’organisme"),
    "holder_number": gettext_lazy("le numéro de la personne chez l’organisme"),
    "validity": gettext_lazy("jusqu’à quand elle vaut"),
    "status": gettext_lazy("où lire si elle a été retirée"),
    "version": gettext_lazy("la version du référentiel"),
    "page": gettext_lazy("la page de la micro-certification"),
    "picture": gettext_lazy("le dessin de la borne"),
}


_ANNEX_I = frozenset(list(ELEMENTS)[: list(ELEMENTS).index("prerequisites")])


def elements_with_words() -> frozenset[str]:
    """The elements that can be named in a sentence."""
    return frozenset(_UNSAID)


def unsaid(losses: Iterable[Loss], *, see_badge: bool = True) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """
    What an export does not say, as sentences: of the eleven elements that Europe asks for, then of the rest.

    Args:
        see_badge: The badge says it, and stands beside.

        ("Ne dit pas quel type d’évaluation a eu lieu : voyez le badge.", "Ne dit qu’en partie son intitulé.")
    """
    found = list(losses)
    first = [loss for loss in found if loss.element in _ANNEX_I]
    rest = [loss for loss in found if loss.element not in _ANNEX_I]
    return _sentences(first, see_badge), _sentences(rest, see_badge)


def _sentences(losses: list[Loss], see_badge: bool) -> tuple[str, ...]:
    absent = [str(_UNSAID[loss.element]) for loss in losses if loss.kept is Kept.NOT]
    partial = [str(_UNSAID[loss.element]) for loss in losses if loss.kept is Kept.PARTLY]
    sentences = []
    if absent:
        words = _("Ne dit pas %(things)s : voyez le badge.") if see_badge else _("Ne dit pas %(things)s.")
        sentences.append(words % {"things": _joined(absent)})
    if partial:
        sentences.append(_("Ne dit qu’en partie %(things)s.") % {"things": _joined(partial, or_else=False)})
    return tuple(sentences)


def _joined(things: list[str], *, or_else: bool = True) -> str:
    if len(things) == 1:
        return things[0]
    words = _("%(first)s, ni %(last)s") if or_else else _("%(first)s et %(last)s")
    return words % {"first": ", ".join(things[:-1]), "last": things[-1]}


def only_in(language: str) -> str:
    """``"fr"`` → ``"En une seule langue : français."``"""
    try:
        name = str(get_language_info(language)["name_translated"]).lower()
    except KeyError:
        name = language
    return _("En une seule langue : %(language)s.") % {"language": name}


def file_until(end: datetime) -> str:
    """Of a file that ends though the award does not."""
    return _("Le fichier sert jusqu’au %(day)s ; ensuite, reprenez-le ici. L’attestation n’a pas de fin.") % {
        "day": moments.day(end)
    }


def unsealed() -> str:
    """Of a European attestation by an organisation that has no seal."""
    return _("L’organisme n’a pas de cachet : rien, dans ce fichier, ne prouve qui l’a fait.")


def refusal(error: SceauError, none_reason: Text) -> str:
    """
    Why a credential cannot take a form.

    Args:
        none_reason: Why the specification has no level, in its authors' words; may be empty.
    """
    if not isinstance(error, NoLevelError):
        return _("Cette forme ne peut pas dire ce que dit l’attestation.")
    if not none_reason:
        return _("Ce format demande un niveau européen, de 1 à 8, et cette micro-certification n’en a pas.")
    return _(
        "Ce format demande un niveau européen, de 1 à 8, et cette micro-certification n’en a pas : "
        "« %(reason)s »"
    ) % {"reason": str(none_reason)}
