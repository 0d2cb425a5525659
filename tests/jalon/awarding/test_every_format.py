"""
Every micro-certification of the demonstration, and the rural examples, in every form and language: each file
keeps the published schema or shapes of its form, verifies, and says what its form is said to carry.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from importlib import resources
from io import BytesIO
from pathlib import Path
from typing import Any

import jsonschema
import pyshacl
import pytest
import rdflib
import yaml
from cryptography import x509 as crypto
from pyld import jsonld
from pypdf import PdfWriter
from tests.sceau.formats.test_baking_png import png
from tests.sceau.keys import test_x509 as authorities
from tests.sceau.keys.time_authority import CLOCK_OF_TESTS
from tests.sceau.keys.time_authority import ROOT as TIME_ROOT

from jalon.awarding.documents.certificate import picture
from jalon.awarding.rules import building
from jalon.awarding.rules.exports import in_one_language
from jalon.design.rules import export as design
from jalon.design.rules import plain
from jalon.foundation import pdf_attachments
from sceau.canon import strict_json
from sceau.canon.contexts import CREDENTIALS_V1
from sceau.did import did_key
from sceau.did.resolver import Resolver
from sceau.errors import NoLevelError
from sceau.exports import Exported, Sealing, export
from sceau.formats.european import names
from sceau.formats.losses import ELEMENTS, Kept, kept
from sceau.keys.signer import EcdsaSigner
from sceau.model.credential import Credential
from sceau.proofs import jades, jose, sd_jwt
from sceau.testing import EXAMPLE_MOMENT, key_signer
from sceau.verifying.policy import Policy
from sceau.verifying.report import Outcome, Question, Report
from sceau.verifying.trust import Anchors
from sceau.verifying.verify import verify

ROOT = Path(__file__).resolve().parents[3]
SHARED = ROOT.parent / "shared"
FORMS = ("openbadges", "vc-jwt", "europass", "sd-jwt-vc")
LANGUAGES = ("fr", "en", "every")
NAME, NUMBER = "Atelier rural des Trois Vallées (organisme fictif)", "NTRFR-000018000"
DEMONSTRATION = ("compostage", "haies", "circuits-courts", "bois-energie")
OF_THE_TOKEN = frozenset({"iss", "jti", "sub", "nbf", "exp"})
LARGEST = 2_000_000
"""What a verification takes in all."""

_BARE = EcdsaSigner(authorities.key(9), "")
DID = did_key.did(_BARE.public_key_multibase)
SIGNER = EcdsaSigner(authorities.key(9), did_key.verification_method(_BARE.public_key_multibase))
TRUSTED = authorities.root()


# — The records —


def demonstrated(name: str) -> dict[str, Any]:
    source = resources.files("jalon.cli.demo") / "specifications" / f"{name}.yaml"
    read: dict[str, Any] = yaml.safe_load(source.read_text(encoding="utf-8"))
    return read


def examples() -> dict[str, dict[str, Any]]:
    """The rural examples by their names, where they lie beside the project."""
    file = SHARED / "france" / "data" / "referentiels" / "exemples_ruraux.json"
    if not file.exists():
        return {}
    return {
        f"exemple-{each['id']}": each for each in json.loads(file.read_text(encoding="utf-8"))["exemples"]
    }


def rural(example: dict[str, Any]) -> dict[str, Any]:
    """A specification of the demonstration, with the title, the hours and the level of an example."""
    made = demonstrated("haies") | {
        "title": {"fr": example["titre"]},
        "workload_hours": str(example["heures"]),
        "languages": ["fr"],
    }
    levels = [each["niveau"] for each in example["vers"] if each.get("niveau")]
    no_level = {"none_reason": {"fr": "Le niveau n’est pas fixé.", "en": "The level is not set."}}
    made["level"] = {"framework": "eqf", "value": min(levels)} if levels else no_level
    return made


RECORDS = (*DEMONSTRATION, *examples())


@functools.cache
def record(name: str, language: str = "every") -> Credential:
    raw = demonstrated(name) if name in DEMONSTRATION else rural(examples()[name])
    content = plain.read(raw)
    what = design.micro_credential(
        content,
        id="urn:uuid:5b8c2f0e-3f0d-4c0e-9f5e-6f0b7f3f9a11",
        version="1",
        url=f"https://jalon.example/micro-certifications/{name}",
    )
    made = building.credential(
        urn="urn:uuid:7d9f6a52-51a3-4a63-9f0d-0d5f3f1a2b3c",
        earned=building.Earned("Cœline Desœuvre", EXAMPLE_MOMENT.date(), "Cœline", "Desœuvre", "16/20"),
        issuer=building.issuer(
            did=DID,
            legal_name=NAME,
            country_code="FR",
            region="Région de démonstration",
            locality="Saint-Aubin",
        ),
        micro_credential=what,
        valid_from=EXAMPLE_MOMENT,
        valid_until=EXAMPLE_MOMENT + timedelta(days=1_000),
        status=None,
    )
    made = replace(made, holder=replace(made.holder, identifier="2026-0042"))
    return made if language == "every" else in_one_language(made, language)


@functools.cache
def sealing() -> Sealing:
    oid = crypto.oid.NameOID
    parts = {
        oid.COUNTRY_NAME: "FR",
        oid.ORGANIZATION_NAME: NAME,
        oid.ORGANIZATION_IDENTIFIER: NUMBER,
        oid.COMMON_NAME: NAME,
    }
    subject = crypto.Name([crypto.NameAttribute(kind, value) for kind, value in parts.items()])
    return Sealing(
        SIGNER,
        EXAMPLE_MOMENT,
        certificates=(TRUSTED.issue(subject, authorities.key(9)),),
        time_stamper=CLOCK_OF_TESTS,
        holder_key=key_signer(7).public_key,
        random=lambda size: bytes(range(size)),
    )


@functools.cache
def made(form: str, name: str, language: str = "every") -> Exported:
    credential = record(name, language)
    pictures = {tag: png() for tag in credential.micro_credential.title.as_dict()}
    # Each form signs anew, so that the salts must be new ones too.
    random = sd_jwt_salts() if form == "sd-jwt-vc" else sealing().random
    return export(form, credential, replace(sealing(), pictures=pictures, random=random))


def sd_jwt_salts() -> Callable[[int], bytes]:
    numbers = iter(range(1, 1_000))
    return lambda size: next(numbers).to_bytes(size, "big")


def has_level(name: str) -> bool:
    return record(name).micro_credential.level.concept is not None


def report_of(data: bytes) -> Report:
    anchors = Anchors(authorities=(TRUSTED.certificate,), time_stamping=(TIME_ROOT.certificate,))
    policy = Policy(Resolver(), seals=anchors, anchors=(TRUSTED.certificate,))
    return verify(data, at=EXAMPLE_MOMENT + timedelta(hours=1), policy=policy)


# — What each file is —


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", RECORDS)
@pytest.mark.parametrize("form", FORMS)
def test_each_file_verifies_and_says_what_its_form_is_said_to_carry(
    form: str, name: str, language: str
) -> None:
    if form == "sd-jwt-vc" and not has_level(name):
        with pytest.raises(NoLevelError, match="level"):
            made(form, name, language)
        return

    exported = made(form, name, language)
    report = report_of(exported.data)

    assert report.answer(Question.INTACT) is Outcome.PASSED
    assert report.answer(Question.VALID) is Outcome.PASSED
    assert report.credential is not None
    lost = {loss.element: loss.kept for loss in exported.losses}
    credential = record(name, language)
    for element, get in ELEMENTS.items():
        how = kept(get(credential), get(report.credential))
        assert how is lost.get(element, Kept.WHOLLY), element
        # A course in French that is told in English alone is no record of ours: what is lost is told, and is
        # more than the page says.
        assert language == "en" or how in said_to_be_kept(form)[element], element


@functools.cache
def said_to_be_kept(form: str) -> dict[str, frozenset[Kept]]:
    """What docs/reference/formats.md says of each element; a part of what is there may be all there was."""
    page = (ROOT / "docs" / "reference" / "formats.md").read_text(encoding="utf-8")
    meanings = {
        "yes": frozenset({Kept.WHOLLY}),
        "partly": frozenset({Kept.WHOLLY, Kept.PARTLY}),
        "–": frozenset(Kept),
    }
    found = {}
    column = 0
    for line in page.splitlines():
        cells = [cell.strip() for cell in line.strip("| ").split("|")]
        if cells[0] == "Element":
            column = cells.index(form)
        elif (element := cells[0].replace(" ", "_")) in ELEMENTS:
            found[element] = meanings[cells[column]]
    # A text in two languages of which one stays behind is kept partly, whatever else it holds.
    return {element: how | {Kept.PARTLY} if form != "europass" else how for element, how in found.items()}


# — The schema of 1EdTech —


@pytest.mark.parametrize("name", RECORDS)
@pytest.mark.parametrize("form", ["openbadges", "vc-jwt"])
def test_open_badges_keep_the_strict_schema(form: str, name: str, vectors: Path) -> None:
    schema = json.loads((vectors / "open-badges-3" / "ob_v3p0_achievementcredential_schema.json").read_text())
    validator = jsonschema.Draft201909Validator(
        schema, format_checker=jsonschema.Draft201909Validator.FORMAT_CHECKER
    )
    for language in LANGUAGES:
        data = made(form, name, language).data
        document = json.loads(data) if form == "openbadges" else jose.parse(data.decode()).claims()
        if form == "vc-jwt":
            document = {
                key: value
                for key, value in document.items()
                if key not in ("iss", "jti", "sub", "nbf", "exp")
            }

        assert [error.message for error in validator.iter_errors(document)] == []


# — The shapes of the European Learning Model —


@pytest.fixture(scope="module")
def shapes(shared: Path) -> rdflib.Graph:
    """The profile that our documents name."""
    found = rdflib.Graph()
    for file in ("EDC-generic-full.ttl", "EDC-generic-no-cv.ttl"):
        found.parse(shared / "elm" / "shapes" / file)
    return found


@pytest.fixture(scope="module")
def loader(shared: Path) -> Callable[..., dict[str, Any]]:
    files = {CREDENTIALS_V1: "credentials-v1.jsonld", names.CURRENT.context: "edc-ap.jsonld"}
    read = {url: json.loads((shared / "elm" / "contexts" / file).read_text()) for url, file in files.items()}
    return lambda url, options=None: {"contextUrl": None, "documentUrl": url, "document": read[url]}


@pytest.mark.parametrize("name", RECORDS)
def test_european_credentials_conform_to_the_shapes_and_lose_no_term(
    name: str, shapes: rdflib.Graph, loader: Callable[..., dict[str, Any]]
) -> None:
    document = strict_json.read_object(jades.parse(made("europass", name).data).payload)
    dropped: list[str] = []

    jsonld.expand(
        document, {"documentLoader": loader, "base": "dropped:/"}, on_property_dropped=dropped.append
    )
    quads = jsonld.to_rdf(
        document, {"documentLoader": loader, "format": "application/n-quads", "base": "dropped:/"}
    )
    graph = rdflib.Graph().parse(data=quads, format="nt")
    conforms, _, words = pyshacl.validate(graph, shacl_graph=shapes, inference="none")

    assert dropped == []
    assert len(graph) > 120
    assert conforms, words


@pytest.mark.parametrize("name", RECORDS)
def test_the_seal_is_dated_and_of_the_organisation_that_issues(name: str) -> None:
    report = report_of(made("europass", name).data)

    assert report.seal == "organisation_key"
    assert {check.name: check.outcome for check in report.checks}["seal_names_issuer"] is Outcome.PASSED
    (certified,) = [check for check in report.checks if check.name == "seal_certificate"]
    assert certified.facts["level"] == "B-T"
    assert certified.facts["existed_at"]


# — The claims of the EU's attestation —


@pytest.mark.parametrize("name", [name for name in RECORDS if has_level(name)])
def test_attestations_have_the_claims_of_the_eu_and_hide_what_may_be_hidden(name: str, shared: Path) -> None:
    published = json.loads((shared / "elm/samples/eudi/learning_credential.vct.json").read_text())
    rules = {each["path"][0]: each for each in published["claims"] if len(each["path"]) == 1}
    # What their sample marks as mandatory beyond the rulebook's own words: their numbers of the token itself.
    ours = {"jti"}
    for language in LANGUAGES:
        token = sd_jwt.parse(made("sd-jwt-vc", name, language).data.decode())
        visible, whole = token.payload.keys(), token.claims().keys()

        missing = {claim for claim, rule in rules.items() if rule.get("mandatory") and claim not in whole}
        assert missing <= ours
        for claim in whole & rules.keys():
            if rules[claim]["sd"] == "never":
                assert claim in visible, claim
            if rules[claim]["sd"] == "always":
                assert claim not in visible, claim


# — Sizes —


@pytest.mark.parametrize("name", DEMONSTRATION)
def test_a_sealed_credential_with_its_pictures_is_within_what_a_verification_takes(name: str) -> None:
    credential = record(name)
    pictures = {
        tag: picture(
            in_one_language(credential, tag),
            url="https://jalon.example/v/AB12-CD34",
            reference="AB12-CD34",
            language=tag,
            most_bytes=600_000,
        )
        for tag in credential.micro_credential.title.as_dict()
    }

    exported = export("europass", credential, replace(sealing(), pictures=pictures))

    assert 100_000 < len(exported.data) < LARGEST
    assert report_of(exported.data).answer(Question.INTACT) is Outcome.PASSED


# — A file around a file —


@pytest.mark.parametrize("form", ["openbadges", "vc-jwt", "sd-jwt-vc"])
def test_a_pdf_of_5000_pages_gives_the_credential_attached_to_it(form: str) -> None:
    writer = PdfWriter()
    for _ in range(5_000):
        writer.add_blank_page(width=595, height=842)
    signed = made(form, "haies", "fr").data
    writer.add_attachment("attestation", signed)
    written = BytesIO()
    writer.write(written)

    (attached,) = pdf_attachments.read(written.getvalue())

    assert attached.data == signed
    assert report_of(attached.data).answer(Question.INTACT) is Outcome.PASSED
