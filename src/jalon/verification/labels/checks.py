"""Every code a check can carry, in words: a short answer, what was met, what to do."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jalon.verification.rules import TrustStep
from sceau.verifying.report import Check, Question
from sceau.verifying.trust import Anchors

Words = str | Promise


@dataclass(frozen=True)
class Sentence:
    """
    One answer.

    Attributes:
        title: The short answer: «Oui», «Non, retirée».
        words: What was met.
        advice: What to do now, or empty.
    """

    title: Words
    words: Words
    advice: Words = ""


ASK_FOR_THE_ORIGINAL = _("Ne vous y fiez pas ; demandez l’original à la personne.")
ASK_THE_ISSUER = _("Demandez à l’organisme comment la vérifier.")
TRY_LATER = _("Réessayez plus tard, ou demandez à l’organisme.")
UNKNOWN = _("On ne sait pas")
NOT_YET_KNOWN = _("On ne sait pas encore")

QUESTIONS: dict[Question, Words] = {
    Question.INTACT: _("Est-elle intacte ?"),
    Question.VALID: _("Est-elle toujours valable ?"),
    Question.ISSUER: _("Qui répond de l’organisme ?"),
}

_SITE_OUT_OF_REACH = Sentence(
    NOT_YET_KNOWN, _("Le site de l’organisme, qui répond de ce badge, est hors d’atteinte."), TRY_LATER
)
_INTACT: dict[str, Sentence] = {
    "proof.mismatch": Sentence(_("Non"), _("Le contenu a changé depuis la signature."), ASK_FOR_THE_ORIGINAL),
    "proof.missing": Sentence(
        _("Non, elle n’est pas signée"),
        _("Sans signature, n’importe qui a pu l’écrire."),
        _("Demandez à la personne le fichier signé, ou le lien de sa page."),
    ),
    "proof.wrong_key": Sentence(
        _("Non"),
        _("Elle est signée, mais pas avec une clé de l’organisme qu’elle nomme."),
        ASK_FOR_THE_ORIGINAL,
    ),
    "proof.invalid": Sentence(_("Non"), _("Sa signature est abîmée ou incomplète."), ASK_FOR_THE_ORIGINAL),
    "proof.unsupported": Sentence(
        UNKNOWN, _("Elle est signée d’une façon que nous ne savons pas encore lire."), ASK_THE_ISSUER
    ),
    "proof.expired": Sentence(_("Non"), _("La signature elle-même n’est plus valable."), ASK_THE_ISSUER),
    "proof.not_yet": Sentence(
        _("Non"), _("La signature porte une date qui n’est pas encore venue."), ASK_THE_ISSUER
    ),
    "proof.claims": Sentence(
        _("Non"), _("L’enveloppe qui la signe dit autre chose que l’attestation."), ASK_FOR_THE_ORIGINAL
    ),
    "proof.challenge": Sentence(
        _("Non"),
        _("Elle répond à une autre question que la nôtre : elle a pu être montrée ailleurs."),
        _("Demandez à la personne de la présenter de nouveau."),
    ),
    "proof.domain": Sentence(
        _("Non"),
        _("Elle a été présentée pour quelqu’un d’autre."),
        _("Demandez à la personne de la présenter de nouveau."),
    ),
    "context.unknown": Sentence(
        UNKNOWN,
        _(
            "Elle emploie un vocabulaire que nous ne connaissons pas : nous ne pouvons pas relire ce qui a "
            "été signé."
        ),
        ASK_THE_ISSUER,
    ),
    "context.undefined_term": Sentence(
        _("Pas en entier"),
        _("Une partie de son texte n’est pas couverte par la signature : elle a pu être ajoutée après."),
        ASK_FOR_THE_ORIGINAL,
    ),
    "context": Sentence(
        UNKNOWN,
        _("Son vocabulaire est mal déclaré : nous ne pouvons pas relire ce qui a été signé."),
        ASK_THE_ISSUER,
    ),
    "canon": Sentence(
        UNKNOWN, _("Elle est bâtie de telle sorte que la relire demanderait trop de travail."), ASK_THE_ISSUER
    ),
    "model.forbidden_character": Sentence(
        _("Non"),
        _(
            "Elle contient un signe invisible que les logiciels ne lisent pas tous de la même façon : "
            "la signature ne se retrouve pas."
        ),
        ASK_FOR_THE_ORIGINAL,
    ),
    "model": Sentence(
        _("Non"),
        _(
            "Elle ne suit pas la norme des attestations : il y manque quelque chose, ou quelque chose s’y "
            "répète."
        ),
        ASK_FOR_THE_ORIGINAL,
    ),
    "certificate.unknown_anchor": Sentence(
        UNKNOWN,
        _("Elle est signée avec un certificat d’une autorité que nous ne connaissons pas."),
        ASK_THE_ISSUER,
    ),
    "certificate": Sentence(
        _("Non"), _("Elle est signée avec un certificat qui ne tient pas."), ASK_FOR_THE_ORIGINAL
    ),
    "key": Sentence(UNKNOWN, _("La clé publiée par l’organisme est illisible."), ASK_THE_ISSUER),
    "did.unsupported_method": Sentence(
        UNKNOWN,
        _("Son émetteur a une sorte d’identifiant que nous ne savons pas encore lire."),
        ASK_THE_ISSUER,
    ),
    "did": Sentence(
        NOT_YET_KNOWN, _("La clé de l’organisme est hors d’atteinte : impossible de comparer."), TRY_LATER
    ),
    "fetch": Sentence(
        NOT_YET_KNOWN, _("La clé de l’organisme est hors d’atteinte : impossible de comparer."), TRY_LATER
    ),
    # — Open Badges 2 and 1 —
    "hosted.differs": Sentence(
        _("Non"),
        _("Le site de l’organisme montre autre chose à l’adresse de ce badge."),
        ASK_FOR_THE_ORIGINAL,
    ),
    "hosted.out_of_scope": Sentence(
        _("Non"),
        _("L’adresse qui répond de ce badge n’est pas de celles que son organisme déclare."),
        ASK_FOR_THE_ORIGINAL,
    ),
    "hosted.other_document": Sentence(
        _("Non"),
        _("À l’adresse que ce badge donne, le site montre un autre document."),
        ASK_FOR_THE_ORIGINAL,
    ),
    "hosted.gone": Sentence(
        _("On ne sait plus"), _("Le site de l’organisme ne montre plus ce badge."), ASK_THE_ISSUER
    ),
    "hosted.not_found": Sentence(
        UNKNOWN, _("Rien n’est publié à l’adresse que ce badge donne."), ASK_THE_ISSUER
    ),
    "hosted.unreachable": _SITE_OUT_OF_REACH,
    "hosted.offline": _SITE_OUT_OF_REACH,
    "hosted.not_https": Sentence(
        UNKNOWN,
        _("Ce badge renvoie à une adresse qui ne commence pas par https:// : sa réponse ne prouverait rien."),
        ASK_THE_ISSUER,
    ),
    "hosted.redirected": Sentence(
        UNKNOWN,
        _("L’adresse que ce badge donne renvoie vers un autre site, qui ne peut pas répondre de lui."),
        ASK_THE_ISSUER,
    ),
    "hosted.unreadable": Sentence(
        UNKNOWN, _("Ce que le site de l’organisme montre de ce badge ne se lit pas."), ASK_THE_ISSUER
    ),
    "hosted.unconfirmed": Sentence(
        UNKNOWN,
        _("Le site de l’organisme ne permet pas de tout comparer : une partie de ce badge reste sans appui."),
        ASK_THE_ISSUER,
    ),
    "hosted.too_many": Sentence(
        UNKNOWN, _("Ce badge renvoie à trop d’adresses pour être vérifié d’un coup."), ASK_THE_ISSUER
    ),
    "hosted.no_issuer": Sentence(
        UNKNOWN, _("Ce badge ne dit pas à quelle adresse trouver son organisme."), ASK_THE_ISSUER
    ),
    "hosted": Sentence(
        UNKNOWN, _("Nous n’avons pas pu comparer ce badge au site de l’organisme."), ASK_THE_ISSUER
    ),
    # — Attestations of wallets —
    "proof.disclosure": Sentence(
        _("Non"),
        _("Une des informations montrées n’est pas de celles que l’organisme a signées."),
        ASK_FOR_THE_ORIGINAL,
    ),
    "proof.key_binding": Sentence(
        _("Non"),
        _("La signature de la personne qui la montre ne tient pas."),
        _("Demandez à la personne de la présenter de nouveau."),
    ),
    "proof.no_key_binding": Sentence(
        _("Non"),
        _("Rien ne montre que la personne qui la présente en est la titulaire."),
        _("Demandez à la personne de la présenter de nouveau."),
    ),
    # — European seals —
    "seal.several": Sentence(
        _("Non"), _("Elle porte plusieurs cachets : on ne sait pas lequel croire."), ASK_FOR_THE_ORIGINAL
    ),
    "seal.payload": Sentence(
        _("Non"),
        _("Le texte sous le cachet n’est pas rangé comme la norme le demande."),
        ASK_FOR_THE_ORIGINAL,
    ),
    "seal.certificate": Sentence(
        _("Non"), _("Le cachet ne dit pas clairement quel certificat l’a fait."), ASK_FOR_THE_ORIGINAL
    ),
    "seal": Sentence(_("Non"), _("Son cachet ne tient pas."), ASK_FOR_THE_ORIGINAL),
    "time_stamp.mismatch": Sentence(
        _("Non"), _("L’horodatage joint au cachet date autre chose que lui."), ASK_FOR_THE_ORIGINAL
    ),
    "time_stamp.unsupported": Sentence(
        UNKNOWN, _("Son cachet est daté d’une façon que nous ne savons pas lire."), ASK_THE_ISSUER
    ),
    "time_stamp": Sentence(_("Non"), _("L’horodatage joint au cachet ne tient pas."), ASK_FOR_THE_ORIGINAL),
    "": Sentence(UNKNOWN, _("Nous n’avons pas pu comparer le texte à sa signature."), ASK_THE_ISSUER),
}

_LIST_UNUSABLE = Sentence(
    NOT_YET_KNOWN,
    _("La liste où l’organisme note les retraits ne tient pas : nous ne pouvons pas nous y fier."),
    ASK_THE_ISSUER,
)
_LIST_OUT_OF_REACH = Sentence(
    NOT_YET_KNOWN, _("La liste où l’organisme note les retraits est hors d’atteinte."), TRY_LATER
)
_VALID: dict[str, Sentence] = {
    "validity.expired": Sentence(
        _("Non, elle a expiré"),
        _("Sa date de fin est passée."),
        _("Demandez à la personne si elle l’a renouvelée."),
    ),
    "validity.not_yet": Sentence(
        _("Pas encore"), _("Elle ne vaut qu’à partir d’une date à venir."), _("Revenez à cette date.")
    ),
    "status.revoked": Sentence(
        _("Non, elle est retirée"),
        _("L’organisme l’a retirée."),
        _("Ne vous y fiez pas ; demandez à l’organisme pourquoi."),
    ),
    "status.suspended": Sentence(
        _("Non, elle est suspendue"),
        _("L’organisme l’a suspendue pour un temps."),
        _("Demandez à l’organisme pourquoi, et jusqu’à quand."),
    ),
    # Told beside a «yes»: the credential is as valid as without them.
    "status.message": Sentence(
        _("Oui"),
        _("L’organisme y joint une mention de suivi, qui ne la retire pas."),
        _("Demandez-lui ce qu’elle veut dire."),
    ),
    "status.refresh": Sentence(
        _("Oui"), _("L’organisme en tient prête une version à jour."), _("Demandez-la à la personne.")
    ),
    "status.stale": Sentence(
        NOT_YET_KNOWN, _("La dernière liste des retraits que nous avons est trop ancienne."), TRY_LATER
    ),
    "status.unreachable": _LIST_OUT_OF_REACH,
    "status.offline": _LIST_OUT_OF_REACH,
    "fetch": _LIST_OUT_OF_REACH,
    "status.unsupported": Sentence(
        UNKNOWN, _("Elle note ses retraits d’une façon que nous ne savons pas encore lire."), ASK_THE_ISSUER
    ),
    "status.application_specific": Sentence(
        UNKNOWN, _("L’organisme y note un état dont lui seul connaît le sens."), ASK_THE_ISSUER
    ),
    "status.reused": Sentence(
        UNKNOWN,
        _("Elle nomme deux fois la même place dans la liste des retraits : elle est mal faite."),
        ASK_THE_ISSUER,
    ),
    "status": _LIST_UNUSABLE,
    "did": Sentence(
        NOT_YET_KNOWN, _("La clé qui signe la liste des retraits est hors d’atteinte."), TRY_LATER
    ),
    "validity": Sentence(
        UNKNOWN,
        _("Ses dates ne se lisent pas : nous ne savons pas si elle vaut aujourd’hui."),
        ASK_THE_ISSUER,
    ),
    "hosted": Sentence(
        UNKNOWN, _("Le site de l’organisme ne dit pas si ce badge a été retiré."), ASK_THE_ISSUER
    ),
    "": Sentence(UNKNOWN, _("Nous n’avons pas pu lire si elle a été retirée."), ASK_THE_ISSUER),
}

_ISSUER: dict[str, Sentence] = {
    "issuer.unknown": Sentence(
        _("Personne que nous connaissions"),
        _("Inconnu ne veut pas dire faux."),
        _("Demandez à l’organisme, ou cherchez-le dans son registre."),
    ),
    "seal.other_organisation": Sentence(
        _("Non, un autre organisme l’a scellée"),
        _("Le certificat du cachet nomme un autre organisme que l’attestation."),
        _("Ne vous y fiez pas ; demandez à l’organisme qu’elle nomme."),
    ),
    "seal.other_name": Sentence(
        _("Le nom ne correspond pas tout à fait"),
        _("Le certificat du cachet et l’attestation n’écrivent pas le même nom."),
        _("Demandez à l’organisme s’il a changé de nom."),
    ),
    "seal.no_organisation": Sentence(
        UNKNOWN, _("Le certificat du cachet ne nomme aucun organisme."), ASK_THE_ISSUER
    ),
    "seal": Sentence(UNKNOWN, _("Le certificat du cachet ne se lit pas."), ASK_THE_ISSUER),
    "certificate.unknown_anchor": Sentence(
        UNKNOWN,
        _(
            "Son cachet a un certificat d’une autorité que nous ne connaissons pas. Inconnu ne veut pas "
            "dire faux."
        ),
        _("Demandez à l’organisme, ou cherchez-le dans son registre."),
    ),
    "certificate.expired": Sentence(
        _("Certificat arrivé à son terme"),
        _("Le certificat du cachet est arrivé à son terme, et rien de sûr ne date le cachet d’avant."),
        ASK_THE_ISSUER,
    ),
    "certificate.not_yet": Sentence(
        _("Non"), _("Le certificat du cachet ne vaut pas encore."), ASK_THE_ISSUER
    ),
    "certificate.use": Sentence(
        _("Non"), _("Le certificat du cachet n’est pas fait pour sceller."), ASK_THE_ISSUER
    ),
    "certificate.weak": Sentence(
        _("Non"), _("Le certificat du cachet est trop faible pour être cru."), ASK_THE_ISSUER
    ),
    "certificate": Sentence(
        _("Non"),
        _("Les certificats joints au cachet ne s’enchaînent pas : rien ne dit à qui il est."),
        ASK_THE_ISSUER,
    ),
    "": Sentence(
        _("Personne que nous connaissions"),
        _("Inconnu ne veut pas dire faux."),
        _("Demandez à l’organisme, ou cherchez-le dans son registre."),
    ),
}

_TABLES = {Question.INTACT: _INTACT, Question.VALID: _VALID, Question.ISSUER: _ISSUER}


def labelled_codes(question: Question) -> frozenset[str]:
    """The codes and first parts of codes that have words of their own."""
    return frozenset(_TABLES[question]) - {""}


def sentence(check: Check) -> Sentence:
    """The words for the reason of *check*: its own code's, else its family's, else the general ones."""
    table = _TABLES[check.question]
    return table.get(check.code) or table.get(check.code.partition(".")[0]) or table[""]


# — The steps of trust, explained on the page —
STEPS: dict[TrustStep, tuple[Words, Words]] = {
    TrustStep.UNSEALED: (
        _("Sans signature sûre"),
        _("Le texte seul : rien ne dit qui l’a écrit, ni s’il a changé."),
    ),
    TrustStep.TEST_SEAL: (
        _("Un cachet d’essai"),
        _("Son certificat dit lui-même qu’il sert à des essais : il ne prouve rien sur qui l’a écrite."),
    ),
    TrustStep.UNKNOWN_SEAL: (
        _("Un cachet d’une autorité inconnue ici"),
        _(
            "Le texte est celui qui a été scellé. L’autorité qui nomme l’organisme n’est pas connue de ce "
            "site."
        ),
    ),
    TrustStep.HOSTED: (
        _("Le site de l’organisme"),
        _(
            "Rien n’est signé : le site que ce badge nomme montre le même. Personne d’autre ne dit à qui est "
            "ce site."
        ),
    ),
    TrustStep.ORGANISATION_KEY: (
        _("La clé de l’organisme"),
        _("Le texte est intact, et signé par qui détient cette clé. Personne d’autre ne dit à qui elle est."),
    ),
    TrustStep.VOUCHED_KEY: (
        _("La clé de l’organisme, confirmée"),
        _("Quelqu’un que nous connaissons dit à qui est cette clé."),
    ),
    TrustStep.CERTIFIED_SEAL: (
        _("Le cachet d’un organisme"),
        _(
            "Une autorité à qui ce site se fie nomme l’organisme dans un certificat. Si ce certificat a été "
            "révoqué depuis, ce n’est pas contrôlé ici."
        ),
    ),
    TrustStep.REGION_SEAL: (
        _("Le sceau d’une région"),
        _("Une région signe à son tour la clé de l’organisme : cela se vérifie sans nous."),
    ),
    TrustStep.EIDAS_SEAL: (
        _("Un cachet avec un certificat qualifié (eIDAS)"),
        _(
            "Un prestataire d’une liste de confiance européenne nomme l’organisme dans un certificat qui se "
            "dit qualifié. Si ce certificat a été révoqué depuis, ce n’est pas contrôlé ici."
        ),
    ),
}
# The seal of a region is not read yet; the page says so.
_NOT_READ = frozenset({TrustStep.REGION_SEAL})


def steps_read_here(anchors: Anchors) -> frozenset[TrustStep]:
    """The steps that this site can tell today, with the authorities that its operator trusts."""
    missing = set(_NOT_READ)
    if not anchors.authorities and not anchors.trusted_list:
        missing.add(TrustStep.CERTIFIED_SEAL)
    if not anchors.trusted_list:
        missing.add(TrustStep.EIDAS_SEAL)
    return frozenset(TrustStep) - missing
