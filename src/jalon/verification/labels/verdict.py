"""The three answers in words, and the headline that never says more than they do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from jalon.verification.labels import checks, moments, seals
from jalon.verification.rules import (
    Result,
    Tone,
    answers,
    is_certified,
    is_hosted,
    is_key_the_issuer_s,
    is_name_confirmed,
    is_test_seal,
    since,
    tone,
    until,
)
from sceau.verifying.report import Outcome, Question
from sceau.verifying.seals import Kind

_SIGNS = {
    Outcome.PASSED: ("oui", "check"),
    Outcome.INDETERMINATE: ("doute", "circle-help"),
    Outcome.FAILED: ("non", "x"),
}


@dataclass(frozen=True)
class Answer:
    """
    One of the three.

    Attributes:
        sign: Class of the sheet: ``"oui"``, ``"doute"``, ``"non"``.
        icon: Name of the sprite.
        advice: What to do, or empty.
        link_url, link_label: Where to go next, or empty.
    """

    question: str
    sign: str
    icon: str
    title: str
    words: str
    advice: str = ""
    link_url: str = ""
    link_label: str = ""


@dataclass(frozen=True)
class Verdict:
    """
    Attributes:
        headline: Plain text, the `h1`.
        holder: To whom, where the content can be relied on; else empty.
        warning: To be read before the content, where it is not what was signed; else empty.
        footer: When it was verified, and how old the status list is.
    """

    tone: Tone
    headline: str
    lead: str
    holder: str
    warning: str
    answers: tuple[Answer, ...]
    footer: str


@dataclass(frozen=True)
class _Words:
    title: str
    words: str
    advice: str = ""
    link_url: str = ""
    link_label: str = ""


def verdict(result: Result) -> Verdict:
    """All that the top of a result page says."""
    given = answers(result.report)
    worded = {
        Question.INTACT: _intact(result, given),
        Question.VALID: _valid(result, given),
        Question.ISSUER: _issuer(result, given),
    }
    headline, lead = _headline(result, given)
    credential = result.report.credential
    altered = given[Question.INTACT] is Outcome.FAILED
    return Verdict(
        tone=tone(given.values()),
        headline=headline,
        lead=lead,
        holder="" if altered or credential is None else credential.holder.name,
        warning=_("Rien ne prouve que ce qui suit vienne de l’organisme.") if altered else "",
        answers=tuple(_answer(question, given[question], worded[question]) for question in Question),
        footer=_footer(result),
    )


def _answer(question: Question, outcome: Outcome, words: _Words) -> Answer:
    sign, icon = _SIGNS[outcome]
    return Answer(
        question=str(checks.QUESTIONS[question]),
        sign=sign,
        icon=icon,
        title=words.title,
        words=words.words,
        advice=words.advice,
        link_url=words.link_url,
        link_label=words.link_label,
    )


def _reason(result: Result, question: Question) -> _Words:
    """The words of the first check that explains the answer to *question*."""
    reasons = result.report.reasons(question)
    if not reasons:
        return _Words(str(checks.UNKNOWN), _("Nous n’avons pas pu le vérifier."))
    said = checks.sentence(reasons[0])
    return _Words(str(said.title), str(said.words), str(said.advice))


# — Is it intact? —


def _intact(result: Result, given: dict[Question, Outcome]) -> _Words:
    if given[Question.INTACT] is not Outcome.PASSED:
        return _reason(result, Question.INTACT)
    if is_hosted(result.report):
        return _Words(_("Oui"), _("Le site que ce badge nomme montre le même ; rien n’y est signé."))
    if result.report.seal:
        return _Words(_("Oui"), _("C’est mot pour mot ce qui a été scellé."))
    if result.report.envelope == "sd-jwt":
        return _Words(
            _("Oui"),
            _("Ce qui est montré ici a été signé tel quel ; la personne a pu garder le reste pour elle."),
        )
    return _Words(_("Oui"), _("C’est mot pour mot ce que l’organisme a signé."))


# — Is it still valid? —


def _valid(result: Result, given: dict[Question, Outcome]) -> _Words:
    outcome = given[Question.VALID]
    if outcome is Outcome.FAILED:
        return _not_valid(result)
    if given[Question.INTACT] is not Outcome.PASSED:
        return _Words(
            _("On ne peut pas le dire"),
            _("Tant qu’elle n’est pas reconnue intacte, ses dates ne sont pas sûres non plus."),
        )
    if outcome is Outcome.PASSED:
        return _Words(_("Oui"), " ".join((_still_valid(result), *_told(result))))
    return _state_unknown(result)


def _told(result: Result) -> tuple[str, ...]:
    """What the issuer's lists say beside a «yes»; its own words there are for software, and are not shown."""
    codes = {check.code: check for check in result.report.reasons(Question.VALID) if check.code}
    said = [checks.sentence(check) for check in codes.values()]
    return tuple(f"{each.words} {each.advice}" for each in said)


def _still_valid(result: Result) -> str:
    passed = {check.name for check in result.report.checks if check.outcome is Outcome.PASSED}
    end = until(result.report)
    if {"revocation", "suspension"} <= passed:
        endless = _("Ni retirée, ni suspendue, sans date de fin.")
        ending = _("Ni retirée, ni suspendue. Valable jusqu’au %(until)s.")
    elif "revocation" in passed:
        endless = _("Elle n’a pas été retirée, et n’a pas de date de fin.")
        ending = _("Elle n’a pas été retirée. Valable jusqu’au %(until)s.")
    else:
        endless = _(
            "Sans date de fin. Elle ne dit pas où lire un retrait : l’organisme ne peut pas la retirer."
        )
        ending = _("Valable jusqu’au %(until)s. Elle ne dit pas où lire un retrait.")
    return ending % {"until": moments.day(end)} if end else endless


def _not_valid(result: Result) -> _Words:
    code = result.report.reasons(Question.VALID)[0].code
    said = _reason(result, Question.VALID)
    end, start = until(result.report), since(result.report)
    if code == "status.revoked":
        return _withdrawn(result, said)
    if code == "validity.expired" and end:
        words = _("Elle valait jusqu’au %(until)s : c’est l’organisme qui a fixé cette date.")
        return _Words(said.title, words % {"until": moments.day(end)}, said.advice)
    if code == "validity.not_yet" and start:
        words = _("Elle vaudra à partir du %(since)s : c’est l’organisme qui a fixé cette date.")
        return _Words(said.title, words % {"since": moments.moment(start)}, said.advice)
    return said


def _withdrawn(result: Result, said: _Words) -> _Words:
    known = result.withdrawal
    if known is None:
        words = _("L’organisme l’a notée retirée dans sa liste, qui ne dit ni quand ni pourquoi.")
        return _Words(said.title, words, said.advice)
    facts = {"day": moments.day(known.on), "by": known.by, "reason": known.reason}
    if known.replacement_url:
        return _Words(
            _("Non, elle est remplacée"),
            _("Remplacée le %(day)s par %(by)s : une attestation corrigée a été délivrée.") % facts,
            link_url=known.replacement_url,
            link_label=_("Voir l’attestation qui la remplace"),
        )
    words = _("Retirée le %(day)s par %(by)s.") % facts
    if known.reason:
        words = _("%(words)s Motif : %(reason)s.") % {"words": words, "reason": known.reason}
    return _Words(said.title, words, _("Ne vous y fiez pas.") if known.reason else said.advice)


def _state_unknown(result: Result) -> _Words:
    said = _reason(result, Question.VALID)
    is_old = "max_age_seconds" in result.report.reasons(Question.VALID)[0].facts
    if result.status_read_at is None or not is_old:
        return said
    words = _("Dernière liste des retraits lue : %(ago)s. C’est trop ancien pour en être sûr.")
    ago = moments.ago(result.status_read_at, result.report.verified_at)
    return _Words(said.title, words % {"ago": ago}, said.advice)


# — Who says who the issuer is? —


def _issuer(result: Result, given: dict[Question, Outcome]) -> _Words:
    if given[Question.INTACT] is not Outcome.PASSED:
        return _Words(
            _("On ne peut pas le dire"),
            _("Tant qu’elle n’est pas reconnue intacte, le nom de l’organisme n’est pas sûr non plus."),
        )
    if is_test_seal(result.report) and given[Question.ISSUER] is not Outcome.FAILED:
        return _Words(
            _("Personne : c’est un cachet d’essai"),
            _("Son certificat dit lui-même qu’il sert à des essais : il ne prouve rien sur qui l’a écrite."),
            _("Demandez à l’organisme l’attestation scellée pour de bon."),
        )
    if not is_key_the_issuer_s(result.report):
        return _reason(result, Question.ISSUER)
    if is_certified(result.report) and not result.report.vouchers:
        return _certified(result)
    if result.report.vouchers:
        words = _vouched(result) if is_name_confirmed(result.report) else _other_name(result)
    elif result.organisation is not None:
        words = _Words(
            _("Inscrit ici, identité non confirmée"),
            _(
                "Cet organisme a un compte sur ce site ; personne n’a encore confirmé qu’il est celui qu’il "
                "dit."
            ),
            _("Inconnu ne veut pas dire faux. Demandez-lui, ou cherchez-le dans son registre."),
        )
    else:
        words = _reason(result, Question.ISSUER)
    if result.organisation is not None and result.organisation.is_demonstration:
        words = _Words(
            words.title, f"{words.words} {_('Organisme fictif, pour la démonstration.')}", words.advice
        )
    return words


def _certified(result: Result) -> _Words:
    """An authority that the operator trusts names who sealed."""
    said = next(check.facts for check in result.report.checks if check.name == "seal_certificate")
    organisation = {"organisation": said.get("organisation", "")}
    qualified = _("Nomme %(organisation)s dans un certificat de cachet qui se dit qualifié (eIDAS).")
    plain = _("Nomme %(organisation)s dans le certificat du cachet.")
    words = [(qualified if result.report.seal == Kind.EIDAS else plain) % organisation]
    if existed := seals.moment_of(said.get("existed_at")):
        words.append(_("Le cachet existe depuis le %(day)s au moins.") % {"day": moments.day(existed)})
    words.append(_("Si ce certificat a été révoqué depuis, ce n’est pas contrôlé ici."))
    return _Words(seals.name_of(str(said.get("authority", ""))), " ".join(words))


def _vouched(result: Result) -> _Words:
    voucher = result.report.vouchers[0]
    hosted = _("Confirme que cette adresse appartient à %(name)s, depuis le %(since)s.")
    signed = _("Confirme que cette clé appartient à %(name)s, depuis le %(since)s.")
    words = (hosted if is_hosted(result.report) else signed) % {
        "name": voucher.issuer_name,
        "since": moments.day(voucher.since),
    }
    if voucher.basis:
        words = _("%(words)s Comment : %(basis)s.") % {"words": words, "basis": voucher.basis.rstrip(".")}
    others = [other.by for other in result.report.vouchers[1:]]
    if others:
        words = _("%(words)s Aussi confirmé par %(others)s.") % {"words": words, "others": ", ".join(others)}
    return _Words(voucher.by, words)


def _other_name(result: Result) -> _Words:
    voucher = result.report.vouchers[0]
    facts = {"by": voucher.by, "known": voucher.issuer_name, "written": result.report.issuer_name}
    words = _(
        "%(by)s confirme cette clé pour «\u00a0%(known)s\u00a0» ; l’attestation écrit "
        "«\u00a0%(written)s\u00a0»."
    )
    return _Words(
        _("Le nom ne correspond pas"), words % facts, _("Demandez à l’organisme s’il a changé de nom.")
    )


# — The headline —


def _headline(result: Result, given: dict[Question, Outcome]) -> tuple[str, str]:
    intact, valid, issuer = (given[question] for question in Question)
    if intact is Outcome.FAILED:
        return _altered(result.report.reasons(Question.INTACT)[0].code)
    if valid is Outcome.FAILED:
        return _ended(result, intact)
    if intact is Outcome.INDETERMINATE:
        return (
            _("Attestation lue, signature non vérifiée"),
            _("Nous ne savons pas dire si elle est intacte. Voici ce qu’elle dit, sans garantie."),
        )
    if issuer is Outcome.FAILED:
        return _not_the_issuer_s(result)
    if valid is Outcome.PASSED and issuer is Outcome.PASSED:
        return _("Attestation intacte et valable"), _("Les trois réponses sont bonnes.")
    missing = (
        _("Rien d’anormal, mais une réponse nous manque.")
        if Outcome.PASSED in (valid, issuer)
        else _("Rien d’anormal, mais deux réponses nous manquent.")
    )
    if issuer is Outcome.PASSED:
        return _("Attestation intacte, état à revérifier"), missing
    if is_test_seal(result.report):
        return (
            _("Attestation d’essai"),
            _("Le texte est intact, mais son cachet ne sert qu’à des essais : il ne prouve rien."),
        )
    if not is_key_the_issuer_s(result.report):
        return _("Attestation intacte, cachet d’un inconnu"), missing
    if result.report.vouchers:
        return _("Attestation intacte, nom d’organisme à vérifier"), missing
    if result.organisation is not None:
        return _("Attestation intacte, organisme non confirmé"), missing
    return _("Attestation intacte, organisme inconnu de nous"), missing


def _not_the_issuer_s(result: Result) -> tuple[str, str]:
    """A seal that does not say what the credential says of its issuer."""
    if result.report.reasons(Question.ISSUER)[0].code == "seal.other_organisation":
        return (
            _("Attestation scellée par un autre organisme"),
            _("Ne vous y fiez pas ; demandez à l’organisme qu’elle nomme."),
        )
    return (
        _("Le certificat du cachet ne tient pas"),
        _("Le texte est intact, mais rien ne dit qui l’a scellé."),
    )


def _altered(code: str) -> tuple[str, str]:
    if code == "proof.missing":
        return _("Attestation sans signature"), _(
            "N’importe qui a pu l’écrire. Ne vous y fiez pas telle quelle."
        )
    if code.startswith("hosted."):
        return (
            _("Le site de l’organisme dit autre chose que ce badge"),
            _("Ne vous y fiez pas ; demandez l’original à la personne."),
        )
    if code.startswith(("seal.", "time_stamp.")):
        return (
            _("Le cachet de cette attestation ne tient pas"),
            _("Ne vous y fiez pas ; demandez l’original à la personne."),
        )
    if code == "proof.mismatch":
        return (
            _("Le contenu a changé depuis la signature"),
            _("Ne vous y fiez pas ; demandez l’original à la personne."),
        )
    if code == "context.undefined_term":
        return (
            _("Une partie du texte n’est pas signée"),
            _("Ne vous y fiez pas ; demandez l’original à la personne."),
        )
    if code.startswith("model."):
        return (
            _("Attestation mal formée"),
            _("Ne vous y fiez pas ; demandez l’original à la personne."),
        )
    return (
        _("La signature de cette attestation ne tient pas"),
        _("Ne vous y fiez pas ; demandez l’original à la personne."),
    )


def _ended(result: Result, intact: Outcome) -> tuple[str, str]:
    sure = (
        _("Elle est intacte, mais ne vaut plus.")
        if intact is Outcome.PASSED
        else _("Et nous ne savons pas dire si elle est intacte.")
    )
    code = result.report.reasons(Question.VALID)[0].code
    if code == "status.revoked" and result.withdrawal is not None and result.withdrawal.replacement_url:
        return _("Attestation remplacée"), sure
    if code == "status.revoked":
        return _("Attestation retirée"), sure
    if code == "status.suspended":
        return _("Attestation suspendue"), sure
    if code == "validity.expired":
        return _("Attestation expirée"), sure
    if code == "validity.not_yet":
        return (
            _("Attestation pas encore valable"),
            _("Elle est intacte, mais ne vaut pas encore.") if intact is Outcome.PASSED else sure,
        )
    return _("Attestation non valable"), sure


def _footer(result: Result) -> str:
    at: datetime = result.report.verified_at
    words = _("Vérifiée le %(moment)s.") % {"moment": moments.moment(at)}
    if result.status_read_at is None:
        return words
    read = _("Liste des retraits lue %(ago)s.") % {"ago": moments.ago(result.status_read_at, at)}
    return f"{words} {read}"
