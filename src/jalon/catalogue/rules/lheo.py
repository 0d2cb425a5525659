"""
An offer as French registers of training read it: one `formation` of a LHÉO file.

What is compulsory and unsaid is never made up: `lheo_gaps.gaps` tells it, and the offer stays out. Texts
longer than the language allows are cut at a word, with an ellipsis.

Source:
    LHÉO 2.3 (12 January 2022), namespace http://lheo.gouv.fr/2.3: order, cardinalities, lengths, tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from xml.sax.saxutils import escape

from jalon.catalogue.rules.lheo_gaps import gaps
from jalon.catalogue.rules.offered import Body, Held, Offered
from jalon.catalogue.rules.offering import (
    FUNDERS,
    Answer,
    CourseKind,
    EntryMode,
    Modality,
    OfferingFacts,
)
from jalon.design.rules.content import SpecificationContent
from sceau.model.micro_credential import RecognitionStatus
from sceau.model.texts import Text

NAMESPACE = "http://lheo.gouv.fr/2.3"
OPENING = f'<?xml version="1.0" encoding="UTF-8"?>\n<lheo xmlns="{NAMESPACE}"><offres>\n'
CLOSING = "</offres></lheo>\n"

_COURSES = {
    CourseKind.GROUP: "1",
    CourseKind.INDIVIDUAL: "2",
    CourseKind.MODULAR: "3",
    CourseKind.MIXED: "4",
}
_TEACHING = {Modality.ON_SITE: "0", Modality.HYBRID: "1", Modality.DISTANCE: "2"}
_ENTRIES = {EntryMode.FIXED: "0", EntryMode.PERMANENT: "1"}
_CERTIFYING = {RecognitionStatus.RNCP, RecognitionStatus.RS, RecognitionStatus.BLOC}
# What XML 1.0 cannot hold at all.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def cut(text: str, most: int) -> str:
    """*text* in *most* signs: whole, or cut at a word and ended by an ellipsis."""
    bare = _FORBIDDEN.sub("", text).strip()
    if len(bare) <= most:
        return bare
    short = bare[: most - 1]
    at = short.rfind(" ")
    return (short[:at] if at > most // 2 else short).rstrip(" ,;:.") + "…"


def _text(name: str, text: str, most: int = 3000) -> str:
    said = cut(text, most)
    return f"<{name}>{escape(said)}</{name}>" if said else ""


def _of(name: str, *parts: str) -> str:
    inside = "".join(parts)
    return f"<{name}>{inside}</{name}>" if inside else ""


def formation(offered: Offered) -> str:
    """
    The element of one offer.

    Raises:
        ValueError: Something compulsory is lacking: ask `gaps` first.
    """
    offer = offered.offer
    if offer is None or (lacking := gaps(offered)):
        raise ValueError(
            f"expected an offer with all that LHÉO asks, met gaps {lacking if offer else 'offer'}"
        )
    content = offered.content
    status = content.recognition.status
    outcomes = _listed(outcome.statement for outcome in content.learning_outcomes)
    modules = _listed(module.title for module in content.modules)
    parts = [
        _domains(content),
        _text("intitule-formation", content.title.get("fr"), 255),
        _text("objectif-formation", content.description.get("fr")),
        _text("resultats-attendus", outcomes),
        _text("contenu-formation", modules or outcomes),
        _text("certifiante", "1" if status in _CERTIFYING else "0"),
        _of("contact-formation", _contact(offer, offered.body)),
        _text("parcours-de-formation", _COURSES[offer.course_kind]),
        _text("code-niveau-entree", _entry_level(offer)),
        _text("objectif-general-formation", "6" if status in _CERTIFYING else ""),
        _certification(content),
        _of("url-formation", _text("urlweb", offered.url, 400)),
        _action(offered, offer),
        _responsible(offered.body),
    ]
    return _of("formation", *(part or "<domaine-formation/>" for part in parts[:1]), *parts[1:])


def _listed(texts: Iterable[Text]) -> str:
    return "\n".join(f"- {text.get('fr')}" for text in texts)


def _domains(content: SpecificationContent) -> str:
    links = [link for outcome in content.learning_outcomes for link in outcome.alignments]
    codes: dict[str, list[str]] = {"FORMACODE": [], "NSF": [], "ROME": []}
    for link in links:
        name, code = link.framework.upper(), link.code.strip()
        if name == "FORMACODE" and re.fullmatch(r"\d{5}", code):
            codes[name].append(code)
        elif name == "NSF" and re.fullmatch(r"\d{3}[a-z]?", code):
            codes[name].append(code[:3])
        elif name.startswith("ROME") and re.fullmatch(r"[A-N]\d{4}", code):
            codes["ROME"].append(code)
    most = {"FORMACODE": 5, "NSF": 3, "ROME": 5}
    return _of(
        "domaine-formation",
        *(
            _text(f"code-{name}", code)
            for name, found in codes.items()
            for code in list(dict.fromkeys(found))[: most[name]]
        ),
    )


def _entry_level(offer: OfferingFacts) -> str:
    return "1" if offer.entry_level == "none" else f"1{offer.entry_level}"


def _registered(content: SpecificationContent) -> tuple[str, str]:
    """Register and number of what is prepared: ``("RNCP", "38093")``; two empty texts for none."""
    if content.recognition.status not in _CERTIFYING:
        return "", ""
    found = re.match(r"(RNCP|RS)\s?(\d{1,7})", content.recognition.code)
    return (found[1], found[2]) if found else ("", "")


def _certification(content: SpecificationContent) -> str:
    register, number = _registered(content)
    return _of("certification", _text(f"code-{register}", number, 10)) if number else ""


def _blocks(content: SpecificationContent) -> str:
    register, number = _registered(content)
    if (
        content.recognition.status is not RecognitionStatus.BLOC
        or not number
        or not content.recognition.title
    ):
        return ""
    return _of(
        "blocs-competences",
        _text("validation-blocs", "0"),
        _of("reference-certification", _text(f"reference-code-{register}", number, 10)),
        _of(
            "bloc-competences",
            _text("libelle-bloc", content.recognition.title, 500),
            _text("code-bloc", content.recognition.code.replace(" ", ""), 40),
        ),
    )


def _address(street: str, postal_code: str, locality: str, *, held: Held | None = None) -> str:
    lines = [line for line in (cut(part, 50) for part in re.split(r"[\n,]", street)) if line][:4]
    if not lines or not locality or not re.fullmatch(r"\d{5}", postal_code):
        return ""
    point = ""
    if held and held.latitude is not None and held.longitude is not None:
        point = _of(
            "geolocalisation",
            _text("latitude", f"{held.latitude:.5f}"),
            _text("longitude", f"{held.longitude:.5f}"),
        )
    return _of(
        "adresse",
        *(_text("ligne", line, 50) for line in lines),
        _text("codepostal", postal_code),
        _text("ville", locality, 50),
        _text("code-INSEE-commune", held.facts.commune_code if held else ""),
        point,
    )


def _contact(offer: OfferingFacts, body: Body) -> str:
    return _of(
        "coordonnees",
        _text("nom", offer.contact_name, 50),
        _address(body.street, body.postal_code, body.locality),
        _of("telfixe", _text("numtel", offer.contact_phone, 25)),
        _text("courriel", offer.contact_email or body.email, 160),
        _of("web", _text("urlweb", offer.contact_url or body.website or body.url, 400)),
    )


def _action(offered: Offered, offer: OfferingFacts) -> str:
    content, body = offered.content, offered.body
    held = [session for session in offered.sessions if not session.is_cancelled]
    price = content.price_euros if offer.price_euros is None else offer.price_euros
    languages = [tag[:2] for tag in content.languages if re.fullmatch(r"[a-z]{2}(-.*)?", tag)][:5]
    hours = content.workload_hours
    return _of(
        "action",
        _text("rythme-formation", offer.rhythm),
        *(_text("code-public-vise", code) for code in offer.public_codes[:10]),
        _text("niveau-entree-obligatoire", "1" if offer.entry_level_required else "0"),
        _text("modalites-alternance", offer.alternance),
        _text("modalites-enseignement", _TEACHING[offer.modality]),
        _text("conditions-specifiques", content.prerequisites.get("fr")),
        _text("prise-en-charge-frais-possible", "1" if offer.funding else "0"),
        *_places(held),
        _text("modalites-entrees-sorties", _ENTRIES[offer.entry_mode]),
        *(_session(session, offer, content, body) for session in held),
        _text("transport", _transport(offer), 250),
        _text("acces-handicapes", _wheelchair(offer), 250),
        *(_text("langue-formation", tag) for tag in dict.fromkeys(languages)),
        _text("frais-restants", offer.price_note, 200),
        _text("prix-total-TTC", "" if price is None else f"{price:.2f}", 10),
        _text("nombre-heures-total", _whole(hours)),
        _text("detail-conditions-prise-en-charge", offer.funding_note, 600),
        *(_of("organisme-financeur", _text("code-financeur", code)) for code in _funders(offer)),
    )


def _funders(offer: OfferingFacts) -> list[str]:
    return list(dict.fromkeys(FUNDERS[code] for code in offer.funding))[:8]


def _whole(hours: Decimal | None) -> str:
    """LHÉO counts whole hours: a part of one is left unsaid rather than rounded."""
    return str(int(hours)) if hours is not None and hours == hours.to_integral_value() else ""


def _transport(offer: OfferingFacts) -> str:
    if offer.public_transport is Answer.UNSAID:
        return ""
    yes = "Accessible en transport en commun." if offer.public_transport is Answer.YES else ""
    return " ".join(filter(None, [yes or "Sans transport en commun.", offer.access_note]))


def _wheelchair(offer: OfferingFacts) -> str:
    said = {Answer.YES: "Accessible en fauteuil.", Answer.NO: "Pas encore accessible en fauteuil."}
    return said.get(offer.wheelchair, "")


def _places(held: Iterable[Held]) -> list[str]:
    addresses = [_address(s.facts.street, s.facts.postal_code, s.facts.locality, held=s) for s in held]
    return [_of("lieu-de-formation", _of("coordonnees", a)) for a in dict.fromkeys(addresses) if a]


def _session(session: Held, offer: OfferingFacts, content: SpecificationContent, body: Body) -> str:
    facts = session.facts
    return _of(
        "session",
        _of("periode", _text("debut", f"{facts.starts_on:%Y%m%d}"), _text("fin", f"{facts.ends_on:%Y%m%d}")),
        _of("adresse-inscription", _address(body.street, body.postal_code, body.locality)),
        _text("modalites-inscription", offer.registration, 255),
        _text("etat-recrutement", "1" if session.is_open else "2"),
        _of("url-session", _text("urlweb", offer.contact_url, 400)),
        _blocks(content),
    )


def _responsible(body: Body) -> str:
    address = _address(body.street, body.postal_code, body.locality)
    reached = _text("courriel", body.email, 160) + _of("web", _text("urlweb", body.website or body.url, 400))
    return _of(
        "organisme-formation-responsable",
        _text("numero-activite", body.nda),
        _of("SIRET-organisme-formation", _text("SIRET", body.siret)),
        _text("nom-organisme", body.name, 250),
        _text("raison-sociale", body.name, 250),
        _of("coordonnees-organisme", _of("coordonnees", address)),
        _of("contact-organisme", _of("coordonnees", reached)),
    )
