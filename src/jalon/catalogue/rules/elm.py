"""
Offers as European Learning Opportunities (LOQ): triples of the European Learning Model.

Nothing is left aside for want of a place: what has no property of its own in the model stands in a note.
A micro-certification is a `LearningAchievementSpecification`, never a `Qualification`: that word asks for a
level in a national framework, which only a register gives.

Source:
    European Learning Model 3.2, application profile LOQ 1.1.0, whose shapes the tests hold this against.
    Version 3.3 moves the terms to another namespace, and that is all that `Version` changes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from zoneinfo import ZoneInfo

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize

from jalon.catalogue.rules import wording
from jalon.catalogue.rules.offered import Body, Held, Offered
from jalon.catalogue.rules.offering import Modality, OfferingFacts
from jalon.design.rules.content import Alignment, SpecificationContent
from jalon.design.rules.fields_of_study import fields_of_study
from jalon.design.rules.vocabularies import (
    ASSESSMENT_TYPES,
    EQF_LEVELS,
    NQF_FRANCE_LEVELS,
    PARTICIPATION_FORMS,
    QUALITY_ASSURANCE_KINDS,
    SUPERVISION,
)
from sceau.formats.european.codes import country_iri, language_iri
from sceau.model.concepts import Concept
from sceau.model.texts import Text

Node = NamedNode | BlankNode


class Version(Enum):
    """The namespace of the model's terms: the one switch between its versions."""

    V3_2 = "3.2"
    V3_3 = "3.3"

    @property
    def namespace(self) -> str:
        paths = {"3.2": "elm", "3.3": "ontology"}
        return f"http://data.europa.eu/snb/model/{paths[self.value]}/"


FORMATS = {
    "jsonld": (RdfFormat.JSON_LD, "application/ld+json"),
    "ttl": (RdfFormat.TURTLE, "text/turtle"),
    "rdf": (RdfFormat.RDF_XML, "application/rdf+xml"),
}
"""By ending: the serialisation, and its media type."""

_PARIS = ZoneInfo("Europe/Paris")
_XSD = "http://www.w3.org/2001/XMLSchema#"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_DC = "http://purl.org/dc/terms/"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_FOAF = "http://xmlns.com/foaf/0.1/"
_ADMS = "http://www.w3.org/ns/adms#"
_ROV = "http://www.w3.org/ns/regorg#"
_LOCN = "http://www.w3.org/ns/locn#"
_CLV = "http://data.europa.eu/m8g/"
_SNB = "http://data.europa.eu/snb/"
_AUTHORITY = "http://publications.europa.eu/resource/authority/"


def _concept(iri: str, fr: str, en: str, code: str = "") -> Concept:
    return Concept(iri=iri, label=Text.of({"fr": fr, "en": en}), framework="", code=code)


def _country(code: str) -> Concept:
    return _concept(country_iri(code), "", code, code)


def _language(tag: str) -> Concept:
    return _concept(language_iri(tag), "", tag, tag)


_COURSE = _concept(f"{_SNB}learning-opportunity/05053c1cbe", "cours", "Course")
_CLASS = _concept(f"{_SNB}learning-opportunity/7e1ac538db", "session", "Class")
_NON_FORMAL = _concept(
    f"{_SNB}learning-setting/e207a81fc7", "apprentissage non formel", "non-formal learning"
)
_ECTS = _concept(
    f"{_SNB}education-credit/6fcec5c5af", "crédits européens (ECTS)", "European Credit Transfer System"
)
_EURO = _concept(f"{_AUTHORITY}currency/EUR", "euro", "euro")
_MODES = {Modality.ON_SITE: "on_site", Modality.HYBRID: "blended", Modality.DISTANCE: "online"}

# Each list of concepts by the beginning of its concepts' addresses.
_SCHEMES = {
    f"{_SNB}{name}/": f"{_SNB}{name}/25831c2"
    for name in (
        "learning-opportunity",
        "learning-setting",
        "education-credit",
        "learning-assessment",
        "assessment",
        "eqf",
        "isced-f",
        "accreditation",
        "supervision-verification",
    )
} | {f"{_AUTHORITY}{name}/": f"{_AUTHORITY}{name}" for name in ("currency", "country", "language")}


@dataclass
class Graph:
    """Triples being written, in one version's terms."""

    version: Version
    triples: list[Triple] = field(default_factory=list)
    _said: set[str] = field(default_factory=set)

    def elm(self, name: str) -> str:
        return self.version.namespace + name

    def thing(self, kind: str, iri: str = "") -> Node:
        """A node of *kind*: a term of the model, or a whole address."""
        node: Node = NamedNode(iri) if iri else BlankNode()
        self.add(node, _RDF + "type", NamedNode(kind if "://" in kind else self.elm(kind)))
        return node

    def add(self, node: Node, predicate: str, value: Node | Literal) -> None:
        name = predicate if "://" in predicate else self.elm(predicate)
        self.triples.append(Triple(node, NamedNode(name), value))

    def text(self, node: Node, predicate: str, text: Text) -> None:
        for tag, words in text.versions:
            self.add(node, predicate, Literal(words, language=tag))

    def value(self, node: Node, predicate: str, value: str, datatype: str = "string") -> None:
        if value:
            self.add(node, predicate, Literal(value, datatype=NamedNode(_XSD + datatype)))

    def moment(self, node: Node, predicate: str, moment: datetime) -> None:
        self.value(node, predicate, moment.isoformat(timespec="seconds"), "dateTime")

    def note(self, node: Node, predicate: str, text: Text) -> None:
        if text:
            note = self.thing("Note")
            self.text(note, "noteLiteral", text)
            self.add(node, predicate, note)

    def page(self, node: Node, predicate: str, url: str) -> None:
        page = self.thing("WebResource")
        self.value(page, "contentUrl", url, "anyURI")
        self.add(node, predicate, page)

    def concept(self, node: Node, predicate: str, concept: Concept) -> None:
        self.add(node, predicate, self._concept(concept))

    def _concept(self, concept: Concept) -> Node:
        node = NamedNode(concept.iri)
        if concept.iri in self._said:
            return node
        self._said.add(concept.iri)
        self.add(node, _RDF + "type", NamedNode(_SKOS + "Concept"))
        self.text(node, _SKOS + "prefLabel", concept.label)
        if concept.code:
            self.add(node, _SKOS + "notation", Literal(concept.code))
        for start, scheme in _SCHEMES.items():
            if concept.iri.startswith(start):
                self.add(node, _SKOS + "inScheme", self.once(_SKOS + "ConceptScheme", scheme))
        return node

    def once(self, kind: str, iri: str) -> Node:
        """A node with an address, its kind said one time."""
        if iri not in self._said:
            self._said.add(iri)
            return self.thing(kind, iri)
        return NamedNode(iri)

    def identifier(self, node: Node, value: str, scheme: str, *, country: str = "") -> None:
        held = self.thing("LegalIdentifier" if country else "Identifier")
        self.add(held, _SKOS + "notation", Literal(value))
        self.value(held, "schemeName", scheme)
        if country:
            self.concept(held, _DC + "spatial", _country(country))
        self.add(node, _ADMS + "identifier", held)


def graph(offers: Iterable[Offered], version: Version) -> list[Triple]:
    """The triples of *offers*; what several share (organisation, concepts) is said once."""
    found = Graph(version)
    for offered in offers:
        _opportunity(found, offered)
    return found.triples


def write(triples: Sequence[Triple], ending: str, version: Version) -> bytes:
    """*triples* in the serialisation of `FORMATS` under *ending*."""
    prefixes = {
        "elm": version.namespace,
        "dc": _DC,
        "skos": _SKOS,
        "foaf": _FOAF,
        "adms": _ADMS,
        "rov": _ROV,
        "locn": _LOCN,
        "clv": _CLV,
        "xsd": _XSD,
    }
    written = bytes(serialize(triples, format=FORMATS[ending][0], prefixes=prefixes) or b"")
    return _with_types(written) if ending == "jsonld" else written


def _with_types(written: bytes) -> bytes:
    """JSON-LD with the kinds of things under ``@type``, where readers without a whole processor look."""
    nodes = json.loads(written)
    for node in nodes:
        if kinds := node.pop(_RDF + "type", None):
            node["@type"] = [kind["@id"] for kind in kinds]
    return json.dumps(nodes, ensure_ascii=False, separators=(",", ":")).encode()


def index(pages: Sequence[tuple[str, str]], *, url: str, version: Version) -> list[Triple]:
    """A list of *pages*, pairs of address and name, as the parts of the document at *url*."""
    found = Graph(version)
    whole = found.thing("http://www.w3.org/ns/dcat#Catalog", url)
    for address, name in pages:
        part = found.thing("http://www.w3.org/ns/dcat#Dataset", address)
        found.add(part, _DC + "title", Literal(name))
        found.add(whole, "http://www.w3.org/ns/dcat#dataset", part)
    return found.triples


# — The opportunity —


def _opportunity(g: Graph, offered: Offered) -> None:
    content, offer = offered.content, offered.offer
    iri = f"{offered.url}#{'offre-' + offered.offer_identifier if offered.offer_identifier else 'offre'}"
    node = g.thing("LearningOpportunity", iri)
    body = _organisation(g, offered.body)
    achievement = _achievement(g, offered, body)
    _common(g, node, offered, body, achievement)
    g.identifier(node, offered.offer_identifier or offered.identifier, "Jalon")
    g.concept(node, _DC + "type", _COURSE)
    g.text(node, _DC + "title", content.title)
    g.text(node, _DC + "description", content.description)
    for concept in _modes(content, offer):
        g.concept(node, "mode", concept)
    _price(g, node, content, offer)
    _location(g, node, offered.body.country_code, offered.body.locality, _full(offered.body))
    if offer is not None:
        _offer(g, node, offer)
    for held in offered.sessions:
        g.add(node, "hasPart", _session(g, node, held, offered, body, achievement))


def _common(g: Graph, node: Node, offered: Offered, body: Node, achievement: Node) -> None:
    """What the shapes ask of every opportunity, of a session as of the whole."""
    tongue = offered.content.languages[0] if offered.content.languages else offered.content.title.language
    g.page(node, _FOAF + "homepage", offered.url)
    g.add(node, "providedBy", body)
    g.add(node, _DC + "publisher", body)
    g.add(node, "learningAchievementSpecification", achievement)
    g.concept(node, "defaultLanguage", _language(tongue or "fr"))
    g.moment(node, _DC + "modified", offered.modified_at)


def _modes(content: SpecificationContent, offer: OfferingFacts | None) -> list[Concept]:
    codes = list(content.participation)
    if offer is not None:
        codes = [_MODES[offer.modality], *(c for c in codes if c not in _MODES.values())]
    return [PARTICIPATION_FORMS[code] for code in codes]


def _price(g: Graph, node: Node, content: SpecificationContent, offer: OfferingFacts | None) -> None:
    price = content.price_euros if offer is None or offer.price_euros is None else offer.price_euros
    said = Text.of({"fr": offer.price_note}) if offer and offer.price_note else content.price_note
    if price is None and not said:
        return
    detail = g.thing("PriceDetail")
    g.text(detail, _DC + "description", said)
    if price is not None:
        amount = g.thing("Amount")
        g.value(amount, _RDF + "value", f"{price:.2f}", "decimal")
        g.concept(amount, "unit", _EURO)
        g.add(detail, "amount", amount)
    g.add(node, "priceDetail", detail)


def _offer(g: Graph, node: Node, offer: OfferingFacts) -> None:
    g.note(node, "scheduleInformation", Text.of({"fr": _sentences(offer.rhythm, offer.alternance)}))
    reached = " · ".join(
        filter(None, [offer.contact_name, offer.contact_phone, offer.contact_email, offer.contact_url])
    )
    g.note(node, "admissionProcedure", Text.of({"fr": _sentences(offer.registration, reached)}))
    for text in (wording.access(offer), wording.seasons(offer), wording.entry(offer)):
        g.note(node, "additionalNote", text)
    g.note(node, "additionalNote", Text.of({"fr": offer.access_note}))
    for name in wording.funders(offer):
        grant = g.thing("Grant")
        g.text(grant, _DC + "title", name)
        g.text(grant, _DC + "description", Text.of({"fr": offer.funding_note}))
        g.add(node, "grant", grant)


def _sentences(*said: str) -> str:
    return "\n".join(part.strip() for part in said if part.strip())


def _session(g: Graph, whole: Node, held: Held, offered: Offered, body: Node, achievement: Node) -> Node:
    facts = held.facts
    node = g.thing("LearningOpportunity", f"{offered.url}#session-{held.identifier}")
    _common(g, node, offered, body, achievement)
    g.identifier(node, held.identifier, "Jalon")
    g.concept(node, _DC + "type", _CLASS)
    g.text(node, _DC + "title", offered.content.title)
    g.add(node, "isPartOf", whole)
    period = g.thing(_DC + "PeriodOfTime")
    g.moment(period, "startDate", _local(facts.starts_on))
    g.moment(period, "endDate", _local(facts.ends_on, last=True))
    g.add(node, _DC + "temporal", period)
    for concept in _modes(offered.content, offered.offer):
        g.concept(node, "mode", concept)
    if facts.registration_deadline:
        g.moment(node, "applicationDeadline", _local(facts.registration_deadline, last=True))
    if facts.half_days:
        g.note(node, "scheduleInformation", Text.of({"fr": "\n".join(map(str, facts.half_days))}))
    _location(g, node, offered.body.country_code, facts.locality, _place(held), held)
    g.note(node, "additionalNote", wording.seats(held))
    g.value(node, "status", facts.state.value)
    return node


def _local(day: date, *, last: bool = False) -> datetime:
    return datetime.combine(day, time(23, 59, 59) if last else time(0), _PARIS)


def _place(held: Held) -> str:
    return _one_line(held.facts.street, f"{held.facts.postal_code} {held.facts.locality}")


def _full(body: Body) -> str:
    return _one_line(body.street, f"{body.postal_code} {body.locality}", body.region)


def _one_line(*parts: str) -> str:
    return ", ".join(part.strip() for part in parts if part.strip())


def _location(g: Graph, node: Node, country: str, locality: str, full: str, held: Held | None = None) -> None:
    if not locality:
        return
    place = g.thing(_DC + "Location")
    g.text(place, "geographicName", Text.of({"fr": locality}))
    if held and held.facts.commune_code:
        g.identifier(place, held.facts.commune_code, "Code officiel géographique (INSEE)")
    address = g.thing("Address")
    g.note(address, "fullAddress", Text.of({"fr": full}))
    g.concept(address, "countryCode", _country(country))
    g.add(place, "address", address)
    if held and held.latitude is not None and held.longitude is not None:
        point = g.thing(_LOCN + "Geometry")
        g.value(point, _CLV + "latitude", f"{held.latitude:.5f}")
        g.value(point, _CLV + "longitude", f"{held.longitude:.5f}")
        g.add(place, _LOCN + "geometry", point)
    g.add(node, "location", place)


# — The organisation —


def _organisation(g: Graph, body: Body) -> Node:
    if body.url in g._said:
        return NamedNode(body.url)
    node = g.once("Organisation", body.url)
    g.text(node, _ROV + "legalName", Text.of({"fr": body.name}))
    if body.siret:
        legal = g.thing("LegalIdentifier")
        g.add(legal, _SKOS + "notation", Literal(body.siret))
        g.value(legal, "schemeName", "SIRET")
        g.concept(legal, _DC + "spatial", _country("FR"))
        g.add(node, _ROV + "registration", legal)
    if body.nda:
        g.identifier(node, body.nda, "Numéro de déclaration d'activité", country="FR")
    g.page(node, _FOAF + "homepage", body.website or body.url)
    _location(g, node, body.country_code, body.locality or body.name, _full(body))
    if body.email:
        contact = g.thing("ContactPoint")
        g.add(contact, "emailAddress", g.once("Mailbox", f"mailto:{_address(body.email)}"))
        g.add(node, "contactPoint", contact)
    return node


def _address(email: str) -> str:
    """Only signs that an address of a mailbox may hold unescaped."""
    return "".join(s if s.isascii() and (s.isalnum() or s in "@.+-_") else f"%{ord(s):02X}" for s in email)


# — What is learned —


def _achievement(g: Graph, offered: Offered, body: Node) -> Node:
    content = offered.content
    iri = f"{offered.url}v/{offered.version}/"
    if iri in g._said:
        return NamedNode(iri)
    node = g.once("LearningAchievementSpecification", iri)
    g.identifier(node, offered.identifier, "Jalon")
    g.text(node, _DC + "title", content.title)
    g.text(node, _DC + "description", content.description)
    g.text(node, "category", Text.of({"fr": "Micro-certification", "en": "Micro-credential"}))
    g.page(node, _FOAF + "homepage", offered.url)
    g.moment(node, _DC + "modified", offered.modified_at)
    g.add(node, _DC + "publisher", body)
    for concept in fields_of_study(content):
        g.concept(node, "ISCEDFCode", concept)
    _level(g, node, content)
    if content.workload_hours is not None:
        g.value(node, "volumeOfLearning", _duration(content.workload_hours), "duration")
    if content.credits_ects is not None:
        points = g.thing("CreditPoint")
        g.concept(points, "framework", _ECTS)
        g.value(points, "point", f"{content.credits_ects.normalize():f}")
        g.add(node, "creditPoint", points)
    for tag in content.languages or (content.title.language or "fr",):
        g.concept(node, _DC + "language", _language(tag))
    for code in content.participation:
        g.concept(node, "mode", PARTICIPATION_FORMS[code])
    g.concept(node, "learningSetting", _NON_FORMAL)
    g.note(node, "entryRequirement", content.prerequisites)
    for outcome in content.learning_outcomes:
        learned = g.thing("LearningOutcome", outcome.id)
        g.text(learned, _DC + "title", outcome.statement)
        for link in outcome.alignments:
            g.concept(learned, _skill_property(link), _linked(link))
        g.add(node, "learningOutcome", learned)
    _activities(g, node, content)
    _assessment(g, node, content)
    awarding = g.thing("AwardingOpportunity")
    g.add(awarding, "awardingBody", body)
    g.add(awarding, "learningAchievementSpecification", node)
    g.add(node, "awardingOpportunity", awarding)
    _notes(g, node, content)
    return node


def _level(g: Graph, node: Node, content: SpecificationContent) -> None:
    code = str(content.level.value or "")
    levels = NQF_FRANCE_LEVELS if content.level.framework == "nqf_fr" else EQF_LEVELS
    if code in levels:
        g.concept(node, "educationLevel", levels[code])
    elif content.level.none_reason:
        g.note(node, "additionalNote", content.level.none_reason)


def _duration(hours: Decimal) -> str:
    whole, rest = divmod(int(hours * 60), 60)
    return f"PT{whole}H" + (f"{rest}M" if rest else "")


def _skill_property(link: Alignment) -> str:
    return "relatedESCOSkill" if link.uri.startswith("http://data.europa.eu/esco/skill/") else "relatedSkill"


def _linked(link: Alignment) -> Concept:
    # A code of ESCO is its address again.
    code = "" if link.uri.startswith("http://data.europa.eu/esco") else link.code
    label = Text.of({"fr": link.label or link.code or link.uri})
    return Concept(iri=link.uri, label=label, framework=link.framework, code=code)


def _activities(g: Graph, node: Node, content: SpecificationContent) -> None:
    for module in content.modules:
        activity = g.thing("LearningActivitySpecification", module.id)
        g.text(activity, _DC + "title", module.title)
        if module.hours is not None:
            g.value(activity, "volumeOfLearning", _duration(module.hours), "duration")
        if module.participation:
            g.concept(activity, "mode", PARTICIPATION_FORMS[module.participation])
        g.add(node, "influencedBy", activity)


def _assessment(g: Graph, node: Node, content: SpecificationContent) -> None:
    told = content.assessment
    if not (told.types or told.description):
        return
    proof = g.thing("LearningAssessmentSpecification")
    g.text(proof, _DC + "title", wording.assessment(content))
    g.text(proof, _DC + "description", told.description)
    for code in told.types:
        g.concept(proof, _DC + "type", ASSESSMENT_TYPES[code])
    if told.supervision:
        g.note(proof, "additionalNote", SUPERVISION[told.supervision].label)
    for text in (told.identity_check, told.evidence, *(c.statement for c in content.criteria)):
        g.note(proof, "additionalNote", text)
    g.add(node, "provenBy", proof)


def _notes(g: Graph, node: Node, content: SpecificationContent) -> None:
    """What the model has no property for."""
    for row in content.quality_assurance:
        kind = QUALITY_ASSURANCE_KINDS[row.kind].label
        g.note(node, "additionalNote", wording.joined(kind, row.name, row.url))
    for step in content.stacks_into:
        said = _one_line(step.framework, step.code, step.label, step.uri)
        g.note(node, "additionalNote", wording.leads_to(said))
    for text in (
        content.stackability,
        wording.recognition(content),
        wording.validity(content),
        content.further_information,
    ):
        g.note(node, "additionalNote", text)
