"""
The answers of `jalon verify` in French and English: the command speaks without Django, hence its own few
words.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from zoneinfo import ZoneInfo

from sceau.verifying.report import Check, Outcome, Question

Pair = tuple[str, str]
_ZONE = ZoneInfo("Europe/Paris")

QUESTIONS: Mapping[Question, Pair] = {
    Question.INTACT: ("Est-elle intacte ?", "Is it intact?"),
    Question.VALID: ("Est-elle toujours valable ?", "Is it still valid?"),
    Question.ISSUER: ("Qui dit qui est l’émetteur ?", "Who says who the issuer is?"),
}

_PASSED: Mapping[Question, Pair] = {
    Question.INTACT: (
        "Oui. Rien n’a changé depuis la signature.",
        "Yes. Nothing changed since it was signed.",
    ),
    Question.VALID: ("Oui. Rien ne dit le contraire aujourd’hui.", "Yes. Nothing says otherwise today."),
    Question.ISSUER: ("{by} dit que c’est {name}.", "{by} says that it is {name}."),
}

# By code, else by the part before the dot.
_REASONS: Mapping[str, Pair] = {
    "proof.mismatch": (
        "Non. Le contenu a changé depuis la signature. Ne vous y fiez pas ; demandez l’original à la "
        "personne.",
        "No. The content changed since it was signed. Do not rely on it; ask the person for the original.",
    ),
    "proof.missing": (
        "Non. Elle n’est pas signée : n’importe qui a pu l’écrire.",
        "No. It is not signed: anybody may have written it.",
    ),
    "proof.wrong_key": (
        "Non. La clé qui signe n’est pas celle de l’émetteur annoncé.",
        "No. The key that signed it is not one of the stated issuer’s.",
    ),
    "proof.unsupported": (
        "On ne sait pas : cette sorte de signature n’est pas lue ici.",
        "Not known: this kind of signature is not read here.",
    ),
    "proof.disclosure": (
        "Non. Une des informations montrées n’est pas de celles que l’émetteur a signées.",
        "No. One of the claims shown is not among those that the issuer signed.",
    ),
    "proof.key_binding": (
        "Non. La signature de la personne qui la montre ne tient pas.",
        "No. The signature of the person who shows it does not hold.",
    ),
    "proof.no_key_binding": (
        "Non. Rien ne montre que la personne qui la présente en est la titulaire.",
        "No. Nothing shows that whoever presents it is its holder.",
    ),
    "proof": ("Non. La signature ne tient pas.", "No. The signature does not hold."),
    "context.undefined_term": (
        "Une partie du texte n’est pas couverte par la signature : elle a pu être ajoutée après coup.",
        "Part of the text is not covered by the signature: it may have been added later.",
    ),
    "context": (
        "On ne sait pas : le vocabulaire de cette attestation n’est pas connu ici.",
        "Not known: the vocabulary of this credential is not known here.",
    ),
    "canon": (
        "On ne sait pas : ce document ne se met pas sous la forme où il se vérifie (une langue ou une "
        "adresse mal écrite, ou un travail démesuré).",
        "Not known: this document cannot be put into the form in which it is verified (a language or an "
        "address that is malformed, or too much work).",
    ),
    "model.forbidden_character": (
        "Elle contient un caractère invisible sur lequel les vérificateurs ne s’accordent pas.",
        "It holds an invisible character on which verifiers disagree.",
    ),
    "model": (
        "Elle ne suit pas la norme : une indication obligatoire manque ou est mal écrite.",
        "It does not follow the standard: something mandatory is missing or malformed.",
    ),
    "did": (
        "On ne sait pas encore : la clé de l’émetteur n’a pas pu être obtenue. Réessayez avec une connexion.",
        "Not known yet: the issuer’s key could not be obtained. Try again with a connection.",
    ),
    "hosted.differs": (
        "Non. Le site de l’émetteur montre autre chose à l’adresse de ce badge.",
        "No. The issuer’s site shows something else at the address of this badge.",
    ),
    "hosted.out_of_scope": (
        "Non. L’adresse qui répond de ce badge n’est pas de celles que son émetteur déclare.",
        "No. The address behind this badge is not among those that its issuer declares.",
    ),
    "hosted.other_document": (
        "Non. À l’adresse que ce badge donne, le site montre un autre document.",
        "No. At the address that this badge gives, the site shows another document.",
    ),
    "hosted.gone": (
        "On ne sait plus : le site de l’émetteur ne montre plus ce badge.",
        "No longer known: the issuer’s site does not show this badge any more.",
    ),
    "hosted.not_found": (
        "On ne sait pas : rien n’est publié à l’adresse que ce badge donne.",
        "Not known: nothing is published at the address that this badge gives.",
    ),
    "hosted.not_https": (
        "On ne sait pas : ce badge renvoie à une adresse qui ne commence pas par https://.",
        "Not known: this badge points to an address that does not begin with https://.",
    ),
    "hosted.redirected": (
        "On ne sait pas : l’adresse que ce badge donne renvoie vers un autre site, qui ne peut pas répondre "
        "de lui.",
        "Not known: the address that this badge gives leads to another site, which cannot answer for it.",
    ),
    "hosted.unreadable": (
        "On ne sait pas : ce que le site de l’émetteur montre de ce badge est illisible.",
        "Not known: what the issuer’s site shows of this badge cannot be read.",
    ),
    "hosted.unconfirmed": (
        "On ne sait pas : le site de l’émetteur n’en confirme qu’une partie.",
        "Not known: the issuer’s site confirms only a part of it.",
    ),
    "hosted.too_many": (
        "On ne sait pas : ce badge renvoie à trop d’adresses.",
        "Not known: this badge points to too many addresses.",
    ),
    "hosted.no_issuer": (
        "On ne sait pas : ce badge ne dit pas à quelle adresse trouver son émetteur.",
        "Not known: this badge does not say at which address its issuer is found.",
    ),
    "hosted": (
        "On ne sait pas encore : le site de l’émetteur est hors d’atteinte. Réessayez avec une connexion.",
        "Not known yet: the issuer’s site is out of reach. Try again with a connection.",
    ),
    "seal.several": (
        "Non. Elle porte plusieurs cachets.",
        "No. It bears several seals.",
    ),
    "seal.payload": (
        "Non. Le texte sous le cachet n’est pas rangé comme la norme le demande.",
        "No. The text under the seal is not laid out as the standard asks.",
    ),
    "seal.certificate": (
        "Non. Le cachet ne dit pas clairement quel certificat l’a fait.",
        "No. The seal does not clearly say which certificate made it.",
    ),
    "seal.other_organisation": (
        "Non. Le certificat du cachet nomme un autre organisme que l’attestation.",
        "No. The certificate of the seal names another organisation than the credential.",
    ),
    "seal.other_name": (
        "On ne sait pas : le certificat du cachet et l’attestation n’écrivent pas le même nom.",
        "Not known: the certificate of the seal and the credential do not write the same name.",
    ),
    "seal.no_organisation": (
        "On ne sait pas : le certificat du cachet ne nomme aucun organisme.",
        "Not known: the certificate of the seal names no organisation.",
    ),
    "seal": ("Non. Le cachet ne tient pas.", "No. The seal does not hold."),
    "time_stamp.unsupported": (
        "On ne sait pas : le cachet est daté d’une façon qui n’est pas lue ici.",
        "Not known: the seal is dated in a way that is not read here.",
    ),
    "time_stamp": (
        "Non. L’horodatage joint au cachet ne tient pas.",
        "No. The time-stamp of the seal does not hold.",
    ),
    "certificate.expired": (
        "Le certificat qui la signe est arrivé à son terme, et rien de sûr ne la date d’avant.",
        "The certificate that signs it has ended, and nothing sure dates it before that.",
    ),
    "certificate.unknown_anchor": (
        "On ne sait pas : elle est signée avec un certificat d’une autorité inconnue ici.",
        "Not known: it is signed with a certificate of an authority that is not known here.",
    ),
    "certificate.use": (
        "Non. Le certificat qui la signe n’est pas fait pour sceller.",
        "No. The certificate that signs it is not one that seals.",
    ),
    "certificate": (
        "Non. Le certificat qui la signe ne tient pas.",
        "No. The certificate that signs it does not hold.",
    ),
    "key": (
        "On ne sait pas : la clé publiée par l’émetteur est illisible.",
        "Not known: the key that the issuer publishes cannot be read.",
    ),
    "validity.expired": ("Non. Elle est arrivée à son terme le {until}.", "No. It ended on {until}."),
    "validity.not_yet": ("Pas encore. Elle commence le {from}.", "Not yet. It starts on {from}."),
    "validity": (
        "On ne sait pas : sa date de validité est illisible.",
        "Not known: its date of validity cannot be read.",
    ),
    "status.revoked": ("Non. L’émetteur l’a révoquée.", "No. The issuer revoked it."),
    "status.suspended": (
        "Non. L’émetteur l’a suspendue pour le moment.",
        "No. The issuer suspended it for now.",
    ),
    "status.message": (
        "L’émetteur y joint une mention de suivi, qui ne la retire pas. Demandez-lui ce qu’elle veut dire.",
        "The issuer adds a note to it, which does not withdraw it. Ask what it means.",
    ),
    "status.refresh": (
        "L’émetteur en tient prête une version à jour. Demandez-la à la personne.",
        "The issuer has an updated version of it ready. Ask the person for it.",
    ),
    "status.application_specific": (
        "On ne sait pas : l’émetteur y note un état dont lui seul connaît le sens.",
        "Not known: the issuer notes a state whose meaning it alone knows.",
    ),
    "status.reused": (
        "On ne sait pas : elle nomme deux fois la même place dans la liste des révocations.",
        "Not known: it names the same place in the list of revocations twice.",
    ),
    "status.unsupported": (
        "On ne sait pas : elle note ses révocations d’une façon qui n’est pas lue ici.",
        "Not known: it notes its revocations in a way that is not read here.",
    ),
    "status.stale": (
        "On ne sait pas : la copie de la liste des révocations est trop ancienne.",
        "Not known: the copy of the list of revocations is too old.",
    ),
    "status": (
        "On ne sait pas : la liste des révocations de l’émetteur n’a pas pu être consultée.",
        "Not known: the issuer’s list of revocations could not be consulted.",
    ),
    "issuer.unknown": (
        "Personne ici. Inconnu ne veut pas dire faux : demandez à l’organisme, par un moyen que vous "
        "connaissez.",
        "Nobody here. Unknown does not mean false: ask the organisation, by a way that you know.",
    ),
    "": ("On ne sait pas.", "Not known."),
}

# An Open Badge 2 that nobody signed.
HOSTED: Pair = (
    "Oui. Le site que ce badge nomme montre le même ; rien n’y est signé.",
    "Yes. The site that this badge names shows the same; nothing in it is signed.",
)

# A key confirmed for one name says nothing of another name.
OTHER_NAME: Pair = (
    "On ne sait pas : {by} dit que cette clé est celle de {name}, et l’attestation écrit « {written} ».",
    "Not known: {by} says that this key is that of {name}, and the credential writes “{written}”.",
)

# A text that changed proves nothing: its dates and its issuer may be what was changed.
MEANINGLESS: Pair = (
    "La question ne se pose pas : rien ne prouve que ce texte soit celui de l’émetteur.",
    "The question does not arise: nothing proves that this text is the issuer’s.",
)

# Nothing proved the text yet: neither its dates nor the name it writes are sure.
UNSURE: Pair = (
    "On ne peut pas le dire : ce que dit cette attestation n’est pas sûr tant qu’on ne sait pas si elle est "
    "intacte.",
    "Nobody can say: what this credential says is not sure until it is known to be intact.",
)

REFUSALS: Mapping[str, Pair] = {
    "reading.empty": ("Il n’y a rien à lire.", "There is nothing to read."),
    "reading.missing": (
        "Ce fichier n’existe pas, ou vous n’avez pas le droit de le lire.",
        "This file does not exist, or you may not read it.",
    ),
    "reading.folder": (
        "C’est un dossier : donnez les fichiers un par un, ou avec une étoile (dossier/*.json).",
        "This is a folder: give the files one by one, or with a star (folder/*.json).",
    ),
    "reading.too_large": (
        "C’est trop lourd pour être une attestation : on lit jusqu’à 2 Mo.",
        "Too large for a credential: up to 2 MB is read.",
    ),
    "reading.too_deep": (
        "Ce document est emboîté à l’excès : ce n’est pas une attestation.",
        "This document is nested far too deep to be a credential.",
    ),
    "reading.duplicate_key": (
        "Ce document dit deux fois la même chose autrement : deux lecteurs y verraient deux attestations. "
        "Refusé.",
        "This document says the same key twice: two readers could see two credentials. Refused.",
    ),
    "reading.unsupported": (
        "C’est un format qui n’est pas lu ici (une présentation, par exemple). "
        "Demandez le fichier JSON, PDF, SVG ou PNG.",
        "This is a format that is not read here (a presentation, say). Ask for the JSON, PDF, SVG or PNG "
        "file.",
    ),
    "reading.nothing_found": (
        "Ce fichier se lit, mais aucune attestation signée n’est dedans. Demandez le fichier d’origine.",
        "This file can be read, but holds no signed credential. Ask for the original file.",
    ),
    "reading.several_found": (
        "Cette image porte plusieurs attestations : deux lecteurs pourraient ne pas lire la même. Demandez "
        "le fichier d’origine.",
        "This picture bears several credentials: two readers could read two of them. Ask for the original "
        "file.",
    ),
    "reading.html": (
        "C’est une page web qui n’indique aucune attestation signée. Donnez l’adresse du fichier signé.",
        "This is a web page that names no signed credential. Give the address of the signed file.",
    ),
    "reading.pdf": (
        "Ce PDF est abîmé, protégé, ou demande trop de travail. Demandez le fichier d’origine.",
        "This PDF is damaged, protected or asks for too much work. Ask for the original file.",
    ),
    "reading.unreadable": (
        "Ce contenu n’est pas une attestation lisible : on attend un fichier JSON, PDF, SVG ou PNG, entier.",
        "This is not a readable credential: a whole JSON, PDF, SVG or PNG file is expected.",
    ),
}

COLON: Pair = (" : ", ": ")
LABELS: Mapping[str, Pair] = {
    "holder": ("Titulaire", "Holder"),
    "title": ("Intitulé", "Title"),
    "issuer": ("Émetteur", "Issuer"),
    "awarded_on": ("Délivrée le", "Awarded on"),
}

VERDICTS: Mapping[int, Pair] = {
    0: (
        "INTACTE, et rien ne dit qu’elle n’est plus valable",
        "INTACT, and nothing says that it is no longer valid",
    ),
    1: ("PAS VALABLE", "NOT VALID"),
    2: ("ILLISIBLE ICI", "UNREADABLE HERE"),
    3: ("PAS ENTIÈREMENT VÉRIFIÉE", "NOT FULLY CHECKED"),
}


def pick(pair: Pair, language: str) -> str:
    """The French or the English of a pair."""
    return pair[1] if language == "en" else pair[0]


def answer(
    question: Question, outcome: Outcome, reason: Check, facts: Mapping[str, str], language: str
) -> str:
    """One answer, with its reason where it is not a plain yes."""
    if outcome is Outcome.PASSED:
        return pick(_PASSED[question], language).format_map(_Blanks(facts))
    pair = _REASONS.get(reason.code) or _REASONS.get(reason.code.partition(".")[0]) or _REASONS[""]
    known = {key: str(value) for key, value in reason.facts.items()}
    for moment in ("until", "from"):
        if moment in known:
            known[moment] = day(known[moment], language)
    return pick(pair, language).format_map(_Blanks(known))


def day(iso: str, language: str) -> str:
    """
    ``"2026-06-02T00:00:00Z"`` as ``"02/06/2026"``, or ``"2026-06-02"`` in English; a moment as the day that
    it falls on in France, as the pages say it.
    """
    if "T" in iso:
        with suppress(ValueError, OverflowError):
            iso = datetime.fromisoformat(iso).astimezone(_ZONE).date().isoformat()
    year, month, rest = [*iso.split("-", 2), "", ""][:3]
    return iso[:10] if language == "en" else f"{rest[:2]}/{month}/{year}"


class _Blanks(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "…"
