"""The forms in which a credential is handed over: what each is for, and what it does not say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import get_language, get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from jalon.foundation.marking import N_
from jalon.foundation.messages import translated
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
_UNSAID: dict[str, str] = {
    "learner": N_("tous les noms de la personne"),
    "title": N_("son intitulé"),
    "country": N_("le pays de l’organisme"),
    "awarding_body": N_("le nom de l’organisme"),
    "date": N_("la date de délivrance"),
    "outcomes": N_("les acquis d’apprentissage"),
    "workload": N_("la charge de travail"),
    "level": N_("le niveau"),
    "assessment": N_("quel type d’évaluation a eu lieu"),
    "participation": N_("sous quelle forme on y participe"),
    "quality_assurance": N_("qui garantit la qualité"),
    "prerequisites": N_("les prérequis"),
    "supervision": N_("comment l’identité a été vérifiée"),
    "grade": N_("le résultat"),
    "stackability": N_("vers quoi elle compte"),
    "further_information": N_("les autres informations"),
    "description": N_("la description"),
    "alignments": N_("les référentiels de compétences"),
    "rubrics": N_("les degrés de chaque acquis"),
    "results": N_("le degré atteint pour chaque acquis"),
    "evidence": N_("les preuves montrées"),
    "parts": N_("de quoi elle se compose"),
    "credits": N_("les crédits ECTS"),
    "assessment_description": N_("comment l’évaluation s’est passée"),
    "languages": N_("les langues de la formation"),
    "recognition": N_("sa place dans un registre"),
    "awarding_body_details": N_("l’adresse et les numéros de l’organisme"),
    "holder_number": N_("le numéro de la personne chez l’organisme"),
    "validity": N_("jusqu’à quand elle vaut"),
    "status": N_("où lire si elle a été retirée"),
    "version": N_("la version du référentiel"),
    "page": N_("la page de la micro-certification"),
    "picture": N_("le dessin de la borne"),
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
    absent = [translated(_UNSAID[loss.element]) for loss in losses if loss.kept is Kept.NOT]
    partial = [translated(_UNSAID[loss.element]) for loss in losses if loss.kept is Kept.PARTLY]
    sentences = []
    if absent:
        words = N_("Ne dit pas %(things)s : voyez le badge.") if see_badge else N_("Ne dit pas %(things)s.")
        sentences.append(translated(words) % {"things": _joined(absent)})
    if partial:
        words = N_("Ne dit qu’en partie %(things)s.")
        sentences.append(translated(words) % {"things": _joined(partial, or_else=False)})
    return tuple(sentences)


def _joined(things: list[str], *, or_else: bool = True) -> str:
    if len(things) == 1:
        return things[0]
    words = translated(N_("%(first)s, ni %(last)s") if or_else else N_("%(first)s et %(last)s"))
    return words % {"first": ", ".join(things[:-1]), "last": things[-1]}


def only_in(language: str) -> str:
    """``"fr"`` → ``"En une seule langue : français."``, where English writes «French»."""
    try:
        name = str(get_language_info(language)["name_translated"])
        name = name if (get_language() or "").startswith("en") else name.lower()
    except KeyError:
        name = language
    return _("En une seule langue : %(language)s.") % {"language": name}


def file_until(end: datetime) -> str:
    """Of a file that ends though the award does not."""
    return _("Le fichier sert jusqu’au %(day)s ; ensuite, reprenez-le ici. L’attestation n’a pas de fin.") % {
        "day": moments.day(end)
    }


def words_alone(losses: Iterable[Loss]) -> tuple[str, ...]:
    """What a person reads as before and a machine does not, as a sentence; nothing of nothing."""
    things = [translated(_UNSAID[loss.element]) for loss in losses]
    if not things:
        return ()
    words = translated(N_("Dit en toutes lettres, sans le code que lisent les logiciels : %(things)s."))
    return (words % {"things": _joined(things, or_else=False)},)


def of_others(title: Mapping[str, str], purpose: Mapping[str, str], name: str) -> FormWords:
    """The words that an export installed beside ours brings; its name where it brings none."""
    language = (get_language() or "fr").partition("-")[0]

    def said(words: Mapping[str, str]) -> str:
        return str(words.get(language) or words.get("en") or next(iter(words.values()), ""))

    return FormWords(said(title) or name, said(purpose) or _("Un format que ce site a ajouté aux siens."))


def bearer() -> str:
    """Of an attestation that no key binds."""
    return _("Fichier au porteur : qui en a une copie peut le montrer à la place de la personne.")


def test_seal() -> str:
    """Of a European attestation under a seal that says of itself that it is a test."""
    return _(
        "Le cachet est un essai : il montre que rien n’a changé, et ne prouve pas qui a fait ce fichier."
    )


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
