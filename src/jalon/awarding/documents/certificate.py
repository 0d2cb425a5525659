"""The certificate: what a signed credential says, on paper that a stranger can check."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from jalon.awarding.documents.qr import qr_svg
from jalon.awarding.documents.stone import printable, stone_svg
from jalon.design.labels import recognition_sentences
from jalon.design.rules.content import RecognitionContent
from jalon.foundation.identifiers import grouped
from jalon.foundation.texts import french
from jalon.foundation.typesetting import pdf, png, template
from sceau.model.concepts import Concept
from sceau.model.credential import Credential
from sceau.model.micro_credential import LearningOutcome, Level, Recognition
from sceau.model.texts import Text

EQF = "http://data.europa.eu/snb/eqf/"
_FINENESS = (96, 72, 48)
"""Dots per inch of a picture: as a screen shows an A4 sheet, or less where there is much to show."""


def certificate(credential: Credential, *, document: bytes, url: str, reference: str, language: str) -> bytes:
    """
    The certificate of one person as a tagged PDF/A-3a and PDF/UA-1, with the signed file attached.

    The same arguments give the same bytes.

    Args:
        credential: What *document* says, read back from it.
        document: The signed credential, attached byte for byte as ``attestation.json``.
        url: The page of the credential, in the QR code.
        reference: Its 12 signs.
        language: ``"fr"`` or ``"en"``: the language of our own words. What the awarding body wrote is
            printed in that language where it wrote in it, else in its own.
    """
    with override(language):
        data = _printed(credential, url=url, reference=reference, language=language)
        note = _words(language)(
            _(
                "Certains signes de ce texte ne peuvent pas être imprimés ici : un rectangle les remplace. "
                "Le fichier signé joint les contient tous."
            )
        )
    return pdf(_template(), data, made_at=credential.valid_from, note=note, document=document.decode("utf-8"))


def picture(credential: Credential, *, url: str, reference: str, language: str, most_bytes: int) -> bytes:
    """
    The certificate as a PNG on one page, however long; the same arguments give the same bytes.

    Args:
        url, reference, language: As `certificate`; without a page, nothing leads to one and the picture says
            that the file around it is what is verified.
        most_bytes: A longer certificate is drawn less fine to keep to it, as far as it can be read.
    """
    with override(language):
        data = _printed(credential, url=url, reference=reference, language=language)
        data["words"] |= {"verify_without_us": _words(language)(_alone())}
    made = b""
    for dots_per_inch in _FINENESS:
        made = png(_template(), data | {"picture": True}, dots_per_inch=dots_per_inch)
        if len(made) <= most_bytes:
            break
    return made


def _template() -> bytes:
    return template("jalon.awarding.documents", "certificate.typ")


def _alone() -> str:
    """What a picture can say of how to verify it: nothing is attached to it."""
    return _(
        "Cette image ne prouve rien par elle-même : c’est la page, ou le fichier qui la contient, qui se "
        "vérifie. Pour savoir si la personne est bien la bonne, demandez-lui une pièce d’identité."
    )


def _words(language: str) -> Callable[[str], str]:
    """What makes our own sentences ready for print."""
    return french if language == "fr" else str


def day(value: date, language: str) -> str:
    """``"1er juin 2026"``, ``"1 June 2026"``."""
    if language == "fr":
        return ("1er" if value.day == 1 else str(value.day)) + date_format(value, " F Y")
    return date_format(value, "j F Y")


def number(value: Decimal, *, language: str) -> str:
    """``"17,5"``, ``"35"``: no more decimals than it needs, as *language* writes them."""
    shown = format(
        value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize(), "f"
    )
    return shown.replace(".", ",") if language == "fr" else shown


def _printed(credential: Credential, *, url: str, reference: str, language: str) -> dict[str, Any]:
    """What the template prints, in the active language."""
    what, who, by = credential.micro_credential, credential.holder, credential.issuer
    typo = _words(language)
    title = _text(what.title, language)
    hours = number(what.workload.hours, language=language)
    level = _european_level(what.level)
    awarded_on = day(credential.awarded_on, language)
    awarded_line = _("le %(date)s, par %(organisation)s") % {"date": awarded_on, "organisation": by.name}
    summary = _("%(title)s : micro-certification délivrée à %(name)s par %(organisation)s, le %(date)s.") % {
        "title": title["text"],
        "organisation": by.name,
        "name": who.name,
        "date": awarded_on,
    }
    stone_alt = _("Borne : %(title)s, %(hours)s heures.") % {"title": title["text"], "hours": hours}
    return {
        "language": language,
        "document_title": f"{title['text']} · {who.name}",
        "summary": typo(summary),
        "keywords": [_("micro-certification"), grouped(reference)],
        "organisation": by.name,
        "place": ", ".join(part for part in (by.locality, by.region, by.country or by.country_code) if part),
        "holder": who.name,
        "title": title,
        "awarded_line": typo(awarded_line),
        "note": "",
        "picture": False,
        "description": _text(what.description, language),
        "outcomes": [_outcome(outcome, language) for outcome in what.outcomes],
        "facts": [
            {**fact, "value": typo(fact["value"]), "more": typo(fact["more"])}
            for fact in facts(credential, language)
        ],
        "recognition": typo(_recognition(what.recognition)),
        "stone": printable(
            what.image_svg or stone_svg(title=title["text"], organisation=by.name, hours=hours, level=level)
        ),
        "stone_alt": typo(stone_alt),
        "qr": qr_svg(url) if url else "",
        "qr_alt": typo(_("QR code qui mène à la page de cette attestation : %(url)s") % {"url": url}),
        "url": url,
        "reference": grouped(reference),
        "footer": typo(
            _("%(name)s · référence %(reference)s") % {"name": who.name, "reference": grouped(reference)}
            if reference
            else who.name
        ),
        "words": {key: typo(sentence) for key, sentence in _fixed_words().items()},
    }


def _fixed_words() -> Mapping[str, str]:
    return {
        "kind": _("Micro-certification"),
        "awarded_to": _("délivrée à"),
        "outcomes": _("Ce que la personne sait faire"),
        "facts": _("Comment, et à quel niveau"),
        "element": _("Élément"),
        "content": _("Ce qui est attesté"),
        "recognition": _("Ce que c’est, ce que ce n’est pas"),
        "verify": _("Vérifier cette attestation"),
        "reference": _("Référence"),
        "verify_online": _("Photographiez le QR code, ou ouvrez la page :"),
        "verify_without_us": _(
            "Sans passer par nous : le fichier signé attestation.json est joint à ce PDF. Tout logiciel qui "
            "lit Open Badges 3.0 sait dire s’il est intact. Pour savoir si la personne est bien la bonne, "
            "demandez-lui une pièce d’identité."
        ),
        "attachment": _("L’attestation signée, au format Open Badges 3.0"),
        "page": _("page"),
    }


def facts(credential: Credential, language: str) -> list[dict[str, Any]]:
    """
    The elements of Annex I that are neither a heading nor an outcome, and the optional ones filled in.

    Returns:
        ``{"label": "Niveau européen", "value": "3 sur 8", "more": "", "kind": "level", "number": 3, …}``
    """
    what, by = credential.micro_credential, credential.issuer
    rows = [
        _fact(_("Délivrée par"), by.name, more=_issuer_details(credential)),
        _fact(
            _("Pays ou région"),
            ", ".join(part for part in (by.region, by.country or by.country_code) if part),
        ),
        _fact(_("Date"), day(credential.awarded_on, language), more=_validity(credential, language)),
        _workload(credential, language),
        _level(what.level, language),
        _fact(
            _("Évaluation"),
            _concepts(what.assessment.types, language),
            more=_assessment_details(credential, language),
        ),
        _fact(_("Participation"), _concepts(what.participation, language)),
        _fact(
            _("Assurance qualité"),
            " ; ".join(
                f"{quality.name.get(language)} ({quality.kind.label.get(language)})"
                for quality in what.quality_assurance
            ),
            more=", ".join(quality.url for quality in what.quality_assurance if quality.url),
        ),
        _fact(_("Résultat"), credential.grade),
        _fact(_("Langues"), ", ".join(_language_name(tag) for tag in what.languages)),
        _fact(_("Prérequis"), what.prerequisites.get(language)),
        _fact(
            _("Cumul"),
            what.stackability.get(language),
            more=", ".join(concept.label.get(language) or concept.code for concept in what.stacks_into),
        ),
        _fact(_("Plus d’informations"), what.further_information.get(language), more=what.url),
        _fact(_("Numéro de la personne"), credential.holder.identifier),
    ]
    return [row for row in rows if row["value"] or row["more"]]


def _fact(
    label: str, value: str, *, more: str = "", kind: str = "text", amount: float = 0, step: int = 0
) -> dict[str, Any]:
    return {"label": label, "value": value, "more": more, "kind": kind, "number": amount, "step": step}


def _text(text: Text, language: str) -> dict[str, str]:
    """The text in *language* where it has it, and the language it is in, which a screen reader needs."""
    known = text.as_dict()
    tag = language if language in known else text.language
    return {
        "text": french(known.get(tag, "")) if tag == "fr" else known.get(tag, ""),
        "language": tag or language,
    }


def _outcome(outcome: LearningOutcome, language: str) -> dict[str, Any]:
    aligned = [
        f"{concept.framework} : {concept.label.get(language) or concept.code}"
        for concept in outcome.alignments
    ]
    return {"statement": _text(outcome.statement, language), "aligned": " · ".join(aligned)}


def _recognition(said: Recognition) -> str:
    """The sentences about recognition, the same as on every page."""
    content = RecognitionContent(said.status, said.code, said.title, said.certifying_body)
    return str(recognition_sentences(content))


def _european_level(level: Level) -> str:
    return level.concept.code if level.concept is not None and level.concept.iri.startswith(EQF) else ""


def _level(level: Level, language: str) -> dict[str, Any]:
    if level.concept is None:
        return _fact(_("Niveau"), _("aucun niveau"), more=level.none_reason.get(language))
    if code := _european_level(level):
        return _fact(
            _("Niveau européen"),
            _("niveau %(level)s sur 8") % {"level": code},
            kind="level",
            amount=int(code),
        )
    return _fact(_("Niveau"), level.concept.label.get(language))


def _workload(credential: Credential, language: str) -> dict[str, Any]:
    workload = credential.micro_credential.workload
    hours = float(workload.hours)
    step = next((step for step in (1, 5, 10, 50, 100) if hours <= step * 12), 500)
    value = ngettext("%(hours)s heure", "%(hours)s heures", max(1, int(hours))) % {
        "hours": number(workload.hours, language=language)
    }
    if workload.credits_ects:
        value = _("%(hours)s, %(credits)s crédits ECTS") % {
            "hours": value,
            "credits": number(workload.credits_ects, language=language),
        }
    more = ngettext("Une graduation : %(step)s heure.", "Une graduation : %(step)s heures.", step) % {
        "step": step
    }
    if hours > 6000:
        return _fact(_("Charge de travail"), value)
    return _fact(_("Charge de travail"), value, more=more, kind="hours", amount=hours, step=step)


def _validity(credential: Credential, language: str) -> str:
    if credential.valid_until is None:
        return _("Sans date de fin.")
    return _("Valable jusqu’au %(date)s.") % {"date": day(credential.valid_until.date(), language)}


def _issuer_details(credential: Credential) -> str:
    return ", ".join(
        f"{identifier.scheme} {identifier.value}" for identifier in credential.issuer.identifiers
    )


def _assessment_details(credential: Credential, language: str) -> str:
    assessment = credential.micro_credential.assessment
    supervision = assessment.supervision.label.get(language) if assessment.supervision else ""
    parts = (assessment.description.get(language), supervision, assessment.identity_check.get(language))
    return " ".join(f"{part[0].upper()}{part[1:].rstrip('.')}." for part in parts if part)


def _concepts(concepts: tuple[Concept, ...], language: str) -> str:
    return ", ".join(concept.label.get(language) or concept.code for concept in concepts)


def _language_name(tag: str) -> str:
    names = {
        "fr": _("français"),
        "en": _("anglais"),
        "es": _("espagnol"),
        "de": _("allemand"),
        "it": _("italien"),
        "pt": _("portugais"),
        "oc": _("occitan"),
        "br": _("breton"),
        "co": _("corse"),
        "eu": _("basque"),
        "ca": _("catalan"),
    }
    return names.get(tag.split("-")[0].lower(), tag)
