"""The attestation of the European wallet: what it says, what it leaves behind, and what is not written."""

from __future__ import annotations

import json
import string
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sceau.keys import test_x509 as authorities

from sceau.errors import (
    CertificateUseError,
    DataModelError,
    ForbiddenCharacterError,
    NoLevelError,
    WrongKeyError,
)
from sceau.formats import sd_jwt_vc
from sceau.formats.losses import ELEMENTS, Kept, Loss, kept
from sceau.keys import jwk, x509
from sceau.keys.signer import EcdsaSigner
from sceau.model.concepts import Concept
from sceau.model.credential import Credential, Holder, Identifier, StatusEntry
from sceau.model.micro_credential import LearningOutcome, Level, QualityAssurance, Recognition, Workload
from sceau.model.micro_credential import RecognitionStatus as Status
from sceau.model.texts import NO_TEXT, Text
from sceau.proofs import jose, sd_jwt
from sceau.status.token_list import Reference
from sceau.testing import EXAMPLE_MOMENT, example_credential, key_signer

HOLDER = key_signer(2)
PLACE = Reference("https://example.org/statuslists/1", 412)
WHOLE = example_credential()
MICRO = WHOLE.micro_credential


def fr(text: str) -> Text:
    return Text((("fr", text),))


def with_micro(credential: Credential = WHOLE, **changes: Any) -> Credential:
    return replace(credential, micro_credential=replace(credential.micro_credential, **changes))


def issued(credential: Credential = WHOLE, **options: Any) -> str:
    options.setdefault("signer", key_signer())
    options.setdefault("created", EXAMPLE_MOMENT)
    return sd_jwt_vc.issue(credential, **options)


def read(token: str) -> Credential:
    found = sd_jwt.parse(token)
    jose.verify(found.token, key_signer().public_key, algorithms={"EdDSA"})
    return sd_jwt_vc.from_document(found.claims())


# What it says.


def test_the_claims_of_the_whole_example() -> None:
    visible, disclosable = sd_jwt_vc.to_claims(WHOLE, holder_key=HOLDER.public_key, status=PLACE)

    assert visible == {
        "iss": WHOLE.issuer.id,
        "jti": WHOLE.id,
        "iat": 1780387200,
        "exp": 1938153600,
        "vct": "urn:eu.europa.ec.eudi:learning:credential:1",
        "cnf": {"jwk": jwk.encode(HOLDER.public_key)},
        "status": {"status_list": {"idx": 412, "uri": "https://example.org/statuslists/1"}},
        "issuing_authority": "Atelier du bocage (organisme fictif)",
        "issuing_country": "FR",
        "date_of_issuance": "2026-06-01",
        "date_of_expiry": "2031-06-02",
        "achievement_title": "Planter et entretenir une haie champêtre",
        "achievement_description": (
            "Concevoir, planter et entretenir une haie d’essences locales sur une exploitation."
        ),
        "language_of_classes": ["fr"],
    }
    assert disclosable == {
        "family_name": "Exemple",
        "given_name": "Camille",
        "learner_identification": "2026-0042",
        "learning_outcomes": [
            "Choisir des essences adaptées au sol et au climat",
            "Planter une haie de 50 m en équipe, en sécurité",
            "Planifier l’entretien des trois premières années",
        ],
        "assessment_grade": "16/20",
        "expected_study_time": "35 h, 1.5 ECTS",
        "level_of_learning_experience": 4,
        "types_of_quality_assurance": ["Assurance qualité de l’établissement (Qualiopi)"],
        "prerequisites_to_enroll": ["Aucun."],
        "integration_stackability_options": "Compte vers un parcours d’agroforesterie.",
    }
    assert sd_jwt_vc.to_document(WHOLE, holder_key=HOLDER.public_key, status=PLACE) == visible | disclosable


def test_the_token_hides_what_may_be_hidden_and_nothing_else() -> None:
    visible, disclosable = sd_jwt_vc.to_claims(WHOLE, holder_key=HOLDER.public_key, status=PLACE)

    found = sd_jwt.parse(issued(holder_key=HOLDER.public_key, status=PLACE))
    signed = found.token.claims()

    assert found.token.type == "dc+sd-jwt"
    assert found.token.header["kid"] == key_signer().verification_method
    assert {name: value for name, value in signed.items() if not name.startswith("_sd")} == visible
    assert {path: each.value for path, each in found.disclosed()} == {
        (name,): value for name, value in disclosable.items()
    }
    assert found.claims() == visible | disclosable
    assert found.compact.endswith("~")


def test_salts_come_from_where_they_are_said_to() -> None:
    numbers = iter(range(100))

    token = issued(random=lambda length: next(numbers).to_bytes(length, "big"))

    again = iter(range(100))
    assert token == issued(random=lambda length: next(again).to_bytes(length, "big"))
    assert token != issued()
    assert len(sd_jwt.parse(issued(decoys=5)).token.claims()["_sd"]) == 10 + 5


def test_an_own_type() -> None:
    found = sd_jwt.parse(issued(vct="https://example.org/types/attestation", vct_integrity="sha256-AAAA"))

    claims = found.token.claims()
    assert claims["vct"] == "https://example.org/types/attestation"
    assert claims["vct#integrity"] == "sha256-AAAA"
    assert read(found.compact) == read(issued())


@pytest.mark.parametrize("language", ["", "fr", "en", "de"])
def test_the_language_that_is_asked_for(language: str) -> None:
    both = with_micro(title=Text((("fr", "Haie"), ("en", "Hedge"))), languages=("fr", "en"))

    claims = sd_jwt_vc.to_document(both, language=language)

    assert claims["achievement_title"] == ("Hedge" if language == "en" else "Haie")
    assert claims["language_of_classes"] == (["en", "fr"] if language == "en" else ["fr", "en"])
    title = sd_jwt_vc.from_document(claims).micro_credential.title
    assert title == (Text((("en", "Hedge"),)) if language == "en" else fr("Haie"))


def test_who_has_one_name_only() -> None:
    alone = replace(WHOLE, holder=Holder("Camille Exemple", identifier="1"))

    claims = sd_jwt_vc.to_document(alone)

    assert claims["family_name"] == "Camille Exemple"
    assert "given_name" not in claims
    assert sd_jwt_vc.from_document(claims).holder.name == "Camille Exemple"


def test_what_is_not_stated_is_not_written() -> None:
    bare = replace(
        with_micro(
            outcomes=(), description=NO_TEXT, prerequisites=NO_TEXT, stackability=NO_TEXT, stacks_into=()
        ),
        grade="",
        valid_until=None,
    )

    assert {*sd_jwt_vc.to_document(WHOLE)} - {*sd_jwt_vc.to_document(bare)} == {
        "exp",
        "date_of_expiry",
        "achievement_description",
        "learning_outcomes",
        "assessment_grade",
        "prerequisites_to_enroll",
        "integration_stackability_options",
    }


def test_moments() -> None:
    later = replace(WHOLE, valid_from=EXAMPLE_MOMENT + timedelta(days=3))
    soon = EXAMPLE_MOMENT + timedelta(days=400)

    assert "nbf" not in sd_jwt_vc.to_document(WHOLE)
    written = sd_jwt_vc.to_document(later, created=EXAMPLE_MOMENT)
    assert (written["iat"], written["nbf"]) == (1780387200, 1780387200 + 3 * 86_400)
    assert sd_jwt_vc.from_document(written).valid_from == later.valid_from
    # The token may end before the credential, which then still says its own end.
    assert sd_jwt_vc.to_document(WHOLE, expires=soon)["exp"] == int(soon.timestamp())
    assert sd_jwt_vc.to_document(WHOLE, expires=soon)["date_of_expiry"] == "2031-06-02"
    assert sd_jwt_vc.to_document(replace(WHOLE, valid_until=None), expires=soon)["exp"] == int(
        soon.timestamp()
    )


def test_what_it_counts_towards_is_named_where_no_words_say_it() -> None:
    named = with_micro(stackability=NO_TEXT)

    assert sd_jwt_vc.to_document(named)["integration_stackability_options"] == "Parcours d’agroforesterie"


# Certificates.


def certified(subject: str = "Atelier du bocage", key: int = 9) -> list[x509.Certificate]:
    root = authorities.root()
    below = root.authority("Below", 2)
    return [below.issue(subject, authorities.key(key)), below.certificate, root.certificate]


def certified_signer(key: int = 9) -> EcdsaSigner:
    return EcdsaSigner(authorities.key(key), key_signer().verification_method)


def test_the_chain_goes_with_it_without_its_root() -> None:
    chain = certified()

    token = sd_jwt.parse(issued(signer=certified_signer(), certificates=chain)).token

    assert token.header["x5c"] == x509.to_x5c(chain[:2])
    jose.verify(token, chain[0].public_key, algorithms={"ES256"})


def test_a_certificate_of_another_key() -> None:
    with pytest.raises(WrongKeyError, match="certificate"):
        issued(signer=certified_signer(8), certificates=certified())
    with pytest.raises(WrongKeyError, match="certificate"):
        issued(certificates=certified())


def test_a_certificate_by_itself() -> None:
    with pytest.raises(CertificateUseError):
        issued(signer=certified_signer(1), certificates=[authorities.root().certificate])


# What is not written.

EQF = Concept("http://data.europa.eu/snb/eqf/4", fr("Niveau 4"), "EQF", "4")


@pytest.mark.parametrize(
    ("level", "met"),
    [
        (Level(none_reason=fr("Trop courte pour un niveau.")), "Trop courte pour un niveau."),
        (Level(), "no reason given"),
        (Level(Concept("http://data.europa.eu/snb/qdr/fr/4", fr("Niveau 4"), "NQF", "4")), "NQF 4"),
        (Level(replace(EQF, iri="http://data.europa.eu/snb/eqf/9", code="9")), "EQF 9"),
        (Level(replace(EQF, iri="http://data.europa.eu/snb/eqf/4a")), "EQF 4"),
        (Level(Concept("", fr("Quatre"), "EQF", "four")), "EQF four"),
        (Level(Concept("", fr("Quatre"), "EQF", "")), "EQF"),
    ],
    ids=["reason", "no reason", "national", "nine", "more", "words", "nothing"],
)
def test_without_a_european_level_there_is_no_attestation(level: Level, met: str) -> None:
    with pytest.raises(NoLevelError, match=met) as error:
        sd_jwt_vc.to_claims(with_micro(level=level))

    assert error.value.code == "model.no_level"
    with pytest.raises(NoLevelError):
        sd_jwt_vc.losses(with_micro(level=level))


@pytest.mark.parametrize("number", "12345678")
def test_each_european_level(number: str) -> None:
    by_address = Level(
        Concept(f"http://data.europa.eu/snb/eqf/{number}", fr(f"Niveau {number}"), "EQF", number)
    )
    by_code = Level(Concept("", fr("Ein Niveau"), "EQF", number))

    for level in (by_address, by_code):
        claims = sd_jwt_vc.to_document(with_micro(level=level))
        assert claims["level_of_learning_experience"] == int(number)
        assert sd_jwt_vc.from_document(claims).micro_credential.level == by_address


@pytest.mark.parametrize(
    ("credential", "name"),
    [
        (replace(WHOLE, holder=Holder("")), "family_name, learner_identification"),
        (replace(WHOLE, holder=replace(WHOLE.holder, identifier="")), "learner_identification"),
        (replace(WHOLE, issuer=replace(WHOLE.issuer, name="")), "issuing_authority"),
        (replace(WHOLE, issuer=replace(WHOLE.issuer, country_code="")), "issuing_country"),
        (with_micro(title=NO_TEXT), "achievement_title"),
        (with_micro(languages=()), "language_of_classes"),
        (with_micro(workload=Workload(Decimal(0))), "expected_study_time"),
        (with_micro(quality_assurance=()), "types_of_quality_assurance"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_mandatory_claims_are_named_where_they_are_missing(credential: Credential, name: str) -> None:
    with pytest.raises(DataModelError, match=f"met none at {name}$"):
        sd_jwt_vc.to_document(credential)


@pytest.mark.parametrize(
    "credential",
    [
        replace(WHOLE, issuer=replace(WHOLE.issuer, country_code="France")),
        replace(WHOLE, issuer=replace(WHOLE.issuer, country_code="fr")),
        replace(WHOLE, issuer=replace(WHOLE.issuer, id="Atelier")),
        replace(WHOLE, id="1"),
        replace(WHOLE, valid_until=EXAMPLE_MOMENT),
        replace(WHOLE, valid_from=EXAMPLE_MOMENT.replace(tzinfo=None)),
        with_micro(languages=("fr", "le français")),
        with_micro(outcomes=(LearningOutcome("urn:uuid:1", NO_TEXT),)),
        with_micro(quality_assurance=(QualityAssurance(Concept("", NO_TEXT, ""), NO_TEXT),)),
    ],
    ids=["country", "small", "issuer", "id", "end", "naive", "language", "outcome", "quality"],
)
def test_values_that_cannot_be_written(credential: Credential) -> None:
    with pytest.raises(DataModelError):
        sd_jwt_vc.to_document(credential)


@pytest.mark.parametrize(
    "options",
    [
        {"vct": "attestation"},
        {"vct": ""},
        {"status": Reference("https://example.org/1", -1)},
        {"status": Reference("list", 1)},
        {"expires": EXAMPLE_MOMENT},
        {"created": EXAMPLE_MOMENT.replace(tzinfo=None)},
        {"created": datetime(2040, 1, 1, tzinfo=UTC)},
    ],
    ids=["vct", "no vct", "index", "list", "end", "naive", "after its end"],
)
def test_options_that_cannot_be_written(options: dict[str, Any]) -> None:
    with pytest.raises(DataModelError):
        sd_jwt_vc.to_document(WHOLE, **options)


def test_control_characters_are_not_signed() -> None:
    with pytest.raises(ForbiddenCharacterError):
        issued(with_micro(title=fr("Haie\x00")))


def test_the_key_is_the_issuers() -> None:
    with pytest.raises(WrongKeyError):
        issued(signer=key_signer(3))


# What it leaves behind.


def test_the_losses_of_the_whole_example() -> None:
    entry = StatusEntry("https://example.org/statuslists/1", 412)
    # The label of the level is the vocabulary's, and so is the example's.

    assert sd_jwt_vc.losses(replace(WHOLE, status=(entry,))) == (
        Loss("outcomes", Kept.PARTLY),
        Loss("assessment", Kept.NOT),
        Loss("participation", Kept.NOT),
        Loss("quality_assurance", Kept.PARTLY),
        Loss("supervision", Kept.NOT),
        Loss("stackability", Kept.PARTLY),
        Loss("further_information", Kept.NOT),
        Loss("alignments", Kept.NOT),
        Loss("assessment_description", Kept.NOT),
        Loss("recognition", Kept.NOT),
        Loss("awarding_body_details", Kept.NOT),
        Loss("version", Kept.NOT),
        Loss("page", Kept.NOT),
        Loss("picture", Kept.NOT),
    )


def test_a_language_left_behind_is_a_loss() -> None:
    both = with_micro(title=Text((("fr", "Haie"), ("en", "Hedge"))))

    assert Loss("title", Kept.PARTLY) in sd_jwt_vc.losses(both)


def test_texts_in_a_language_that_is_not_the_courses_are_not_said_to_be_carried() -> None:
    """Nothing in the attestation tells their language, and a reader takes the course's for theirs."""
    assert Loss("title", Kept.NOT) in sd_jwt_vc.losses(with_micro(languages=("en",)))


WORDS = st.text(string.ascii_letters + "éàœ’«» ()-,.:/", min_size=1, max_size=20).filter(
    lambda text: text.strip()
)
TEXTS = st.dictionaries(st.sampled_from(["fr", "en", "oc"]), WORDS, min_size=1, max_size=3).map(
    lambda versions: Text(tuple(versions.items()))
)
MAYBE = TEXTS | st.just(NO_TEXT)
NUMBERS = st.decimals(Decimal("0.25"), Decimal(9_999), places=2)
CONCEPTS = st.builds(Concept, st.just("http://data.europa.eu/snb/assessment/6a4db9f11d"), TEXTS, st.just("A"))
FROM, UNTIL = datetime(2000, 1, 1), datetime(2060, 1, 1)  # noqa: DTZ001 -- the zone is drawn beside them
MOMENTS = st.datetimes(FROM, UNTIL, timezones=st.sampled_from([UTC, timezone(timedelta(hours=2))]))
LEVELS = st.sampled_from("12345678").map(
    lambda number: Level(
        Concept(f"http://data.europa.eu/snb/eqf/{number}", fr(f"Niveau {number}"), "EQF", number)
    )
)
MICROS = st.builds(
    replace,
    st.just(MICRO),
    title=TEXTS,
    description=MAYBE,
    outcomes=st.lists(
        st.builds(LearningOutcome, st.uuids().map(lambda own: own.urn) | st.just(""), TEXTS), max_size=3
    ).map(tuple),
    workload=st.builds(Workload, NUMBERS, st.none() | NUMBERS),
    level=LEVELS,
    quality_assurance=st.lists(
        st.builds(QualityAssurance, st.builds(Concept, st.just(""), TEXTS, st.just("")), MAYBE),
        min_size=1,
        max_size=2,
    ).map(tuple),
    languages=st.lists(st.sampled_from(["fr", "en", "oc"]), min_size=1, max_size=3, unique=True).map(tuple),
    prerequisites=MAYBE,
    stackability=MAYBE,
    stacks_into=st.lists(CONCEPTS, max_size=1).map(tuple),
    recognition=st.sampled_from([Recognition(Status.NONE), Recognition(Status.RS, "RS1")]),
    url=st.sampled_from(["", "https://example.org/a"]),
    further_information=MAYBE,
)
CREDENTIALS = st.builds(
    replace,
    st.just(WHOLE),
    holder=st.builds(Holder, WORDS, WORDS | st.just(""), WORDS | st.just(""), WORDS),
    issuer=st.builds(
        replace,
        st.just(WHOLE.issuer),
        name=WORDS,
        country_code=st.sampled_from(["FR", "DE"]),
        identifiers=st.sampled_from([(), (Identifier("SIRET", "1"),)]),
    ),
    micro_credential=MICROS,
    awarded_on=st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    valid_from=MOMENTS,
    valid_until=st.none() | MOMENTS.map(lambda moment: moment + timedelta(days=40_000)),
    grade=WORDS | st.just(""),
    status=st.sampled_from([(), (StatusEntry("https://example.org/1", 7),)]),
)


@settings(max_examples=150, deadline=None)
@given(credential=CREDENTIALS, language=st.sampled_from(["", "fr", "en", "oc"]))
def test_what_is_said_to_be_carried_is_read_back_equal(credential: Credential, language: str) -> None:
    lost = {loss.element: loss.kept for loss in sd_jwt_vc.losses(credential, language=language)}
    place = (
        Reference(credential.status[0].list_url, credential.status[0].index) if credential.status else None
    )

    back = read(issued(credential, created=credential.valid_from, status=place, language=language))

    for name, get in ELEMENTS.items():
        if name not in lost:
            before, after = get(credential), get(back)
            assert kept(before, after) is Kept.WHOLLY, name
    for name in (
        "country",
        "awarding_body",
        "date",
        "workload",
        "credits",
        "grade",
        "holder_number",
        "status",
    ):
        assert name not in lost
    assert back.issuer.name == credential.issuer.name
    assert back.micro_credential.workload == credential.micro_credential.workload
    assert back.micro_credential.level.concept is not None
    assert str(back.micro_credential.title) in credential.micro_credential.title.as_dict().values()
    assert {"assessment", "participation"} <= {*lost}


# Reading what others wrote.

THEIRS: dict[str, Any] = {
    "vct": "urn:eu.europa.ec.eudi:learning:credential:1",
    "iss": "https://issuer.example.org",
    "iat": 1780387200,
    "exp": 1938153600,
    "issuing_authority": "University of Example",
    "issuing_country": "JP",
    "date_of_issuance": "2026-05-31",
    "family_name": "山田",
    "given_name": "太郎",
    "achievement_title": "Machine learning",
    "learning_outcomes": ["Machine learning", "Statistics"],
    "language_of_classes": ["en", "ja"],
    "learner_identification": 17,
    "expected_study_time": "40時間",
    "level_of_learning_experience": 5,
    "types_of_quality_assurance": ["Internal Evaluation", "External Evaluation (annual)"],
    "integration_stackability_options": True,
    "something_else": {"more": 1},
}


def test_an_attestation_of_somebody_else() -> None:
    found = sd_jwt_vc.from_document(THEIRS)

    micro = found.micro_credential
    assert found.id == ""
    assert found.holder == Holder("太郎 山田", "太郎", "山田", "17")
    assert (found.issuer.id, found.issuer.name, found.issuer.country_code) == (
        "https://issuer.example.org",
        "University of Example",
        "JP",
    )
    assert found.awarded_on == date(2026, 5, 31)
    assert found.valid_until == datetime(2031, 6, 2, 8, tzinfo=UTC)
    assert micro.title == Text((("en", "Machine learning"),))
    assert [str(outcome.statement) for outcome in micro.outcomes] == ["Machine learning", "Statistics"]
    assert micro.workload == Workload(Decimal(40))
    assert micro.level == Level(
        Concept("http://data.europa.eu/snb/eqf/5", Text((("en", "Level 5"),)), "EQF", "5")
    )
    assert [(str(each.kind.label), str(each.name)) for each in micro.quality_assurance] == [
        ("Internal Evaluation", ""),
        ("External Evaluation", "annual"),
    ]
    assert micro.stackability == NO_TEXT
    assert micro.assessment.types == micro.participation == ()


def test_what_is_not_disclosed_is_empty() -> None:
    found = read(sd_jwt.select(sd_jwt.parse(issued()), lambda path: False).compact)

    assert found.holder == Holder("")
    assert found.grade == ""
    assert found.micro_credential.level == Level()
    assert found.micro_credential.workload == Workload(Decimal(0))
    assert found.micro_credential.title == MICRO.title


@pytest.mark.parametrize(
    ("words", "workload"),
    [
        ("35 h", Workload(Decimal(35))),
        ("35 h, 1.5 ECTS", Workload(Decimal(35), Decimal("1.5"))),
        ("PT7.5H", Workload(Decimal("7.5"))),
        ("35 hours", Workload(Decimal(35))),
        ("7,5 heures, 2 crédits ECTS", Workload(Decimal("7.5"), Decimal(2))),
        ("3 ECTS", Workload(Decimal(0), Decimal(3))),
        ("3 weeks", Workload(Decimal(0))),
        ("3 half days", Workload(Decimal(0))),
        ("", Workload(Decimal(0))),
        (35, Workload(Decimal(0))),
        ("9" * 100_000 + " h", Workload(Decimal(0))),
    ],
    ids=lambda value: str(value)[:30],
)
def test_the_time_that_others_write(words: object, workload: Workload) -> None:
    found = sd_jwt_vc.from_document(THEIRS | {"expected_study_time": words}).micro_credential.workload

    assert found == workload


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=200, deadline=None)
@given(
    changes=st.dictionaries(st.sampled_from([*THEIRS, "nbf", "jti", "date_of_expiry", "status"]), ANYTHING)
)
def test_whatever_others_write_is_read_as_far_as_it_can_be(changes: dict[str, Any]) -> None:
    claims = THEIRS | changes
    assert sd_jwt_vc.shown(claims, language="fr")

    try:
        found = sd_jwt_vc.from_document(claims)
    except DataModelError:
        assert not isinstance(claims["vct"], str) or {"iat", "date_of_issuance"} <= {*changes}
        return

    for name, value in (("achievement_title", str(found.micro_credential.title)), ("iss", found.issuer.id)):
        assert value in ("", claims[name])


IDENTITY = {
    "vct": "urn:eudi:pid:1",
    "iat": 1780387200,
    "given_name": "Erika",
    "family_name": "Mustermann",
    "address": {"locality": "Köln", "country": "DE"},
    "nationalities": ["DE", "FR"],
    "age_over_18": True,
    "cnf": {"jwk": {"kty": "EC"}},
    "status": {"status_list": {"idx": 1, "uri": "https://example.org"}},
    "exp": -5,
}


def test_another_type_is_read_by_the_names_that_it_shares() -> None:
    found = sd_jwt_vc.from_document(IDENTITY)

    assert found.holder.name == "Erika Mustermann"
    assert found.awarded_on == date(2026, 6, 2)
    assert found.micro_credential.title == NO_TEXT
    assert found.valid_until is None


def test_another_type_is_shown_as_it_is() -> None:
    assert sd_jwt_vc.shown(IDENTITY, language="fr") == (
        ("vct", "urn:eudi:pid:1"),
        ("iat", "1780387200"),
        ("given_name", "Erika"),
        ("family_name", "Mustermann"),
        ("address · locality", "Köln"),
        ("address · country", "DE"),
        ("nationalities", "DE, FR"),
        ("age_over_18", "true"),
        ("exp", "-5"),
    )


def test_claims_are_called_what_the_type_calls_them() -> None:
    metadata = {
        "claims": [
            {"path": ["given_name"], "display": [{"lang": "de-DE", "label": "Vorname"}]},
            {"path": ["family_name"], "display": [{"locale": "fr-FR", "label": "Nom"}, {"locale": "en"}]},
            {"path": ["address", "locality"], "display": [{"locale": "fr", "label": "Ville"}]},
            {"path": "age_over_18", "display": "Age"},
            "nonsense",
        ]
    }

    lines = dict(sd_jwt_vc.shown(IDENTITY, language="fr", metadata=metadata))

    assert (lines["Vorname"], lines["Nom"], lines["age_over_18"]) == ("Erika", "Mustermann", "true")
    assert dict(sd_jwt_vc.shown(THEIRS, language="fr-FR"))["Pays"] == "JP"
    assert dict(sd_jwt_vc.shown(THEIRS, language="de"))["Issuing Country"] == "JP"


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"vct": 5, "iat": 5},
        {"vct": "a"},
        {"vct": "a", "iat": "5"},
        {"vct": "a", "iat": True},
        {"vct": "a", "iat": 1e300},
        {"vct": "a", "date_of_issuance": "today"},
    ],
    ids=str,
)
def test_what_cannot_be_shown_at_all(document: dict[str, Any]) -> None:
    with pytest.raises(DataModelError):
        sd_jwt_vc.from_document(document)


def test_what_it_recognises() -> None:
    assert sd_jwt_vc.recognises(THEIRS)
    assert sd_jwt_vc.recognises(IDENTITY)
    assert not sd_jwt_vc.recognises({"vct": 1})
    assert not sd_jwt_vc.recognises({"@context": [], "vct": "a"})
    assert not sd_jwt_vc.recognises({})


@pytest.mark.parametrize(
    ("claims", "end"),
    [
        ({}, None),
        ({"exp": 1938153600}, ("exp", datetime(2031, 6, 2, 8, tzinfo=UTC))),
        ({"date_of_expiry": "2031-06-02"}, None),
        (
            {"achievement_title": "A", "date_of_expiry": "2031-06-02"},
            ("date_of_expiry", datetime(2031, 6, 3, tzinfo=UTC)),
        ),
        (
            {"achievement_title": "A", "date_of_expiry": "2030-01-01", "exp": 1938153600},
            ("date_of_expiry", datetime(2030, 1, 2, tzinfo=UTC)),
        ),
        (
            {"achievement_title": "A", "date_of_expiry": "9999-12-31"},
            ("date_of_expiry", datetime(9999, 12, 31, tzinfo=UTC)),
        ),
    ],
    ids=["none", "exp", "another type", "day", "earlier day", "last day"],
)
def test_the_end(claims: dict[str, Any], end: object) -> None:
    assert sd_jwt_vc.end_of({"vct": "a", **claims}) == end


# The type.


def test_the_metadata_of_the_european_type_says_what_the_published_one_says(shared: Path) -> None:
    published = json.loads((shared / "elm/samples/eudi/learning_credential.vct.json").read_text())

    ours = sd_jwt_vc.type_metadata(sd_jwt_vc.LEARNING_CREDENTIAL, "https://example.org/types/learning")

    assert ours["vct"] == published["vct"]
    assert [
        {**claim, "display": [each for each in claim["display"] if each["locale"] == "en"]}
        for claim in ours["claims"]
    ] == [
        {
            **claim,
            "display": [{**each, "description": each["description"].strip()} for each in claim["display"]],
        }
        for claim in published["claims"]
    ]


def test_each_claim_that_is_written_is_in_the_metadata_with_its_rule() -> None:
    document = sd_jwt_vc.type_metadata(sd_jwt_vc.LEARNING_CREDENTIAL)
    rules = {claim["path"][0]: claim for claim in document["claims"] if len(claim["path"]) == 1}

    visible, disclosable = sd_jwt_vc.to_claims(WHOLE, holder_key=HOLDER.public_key)

    assert {rules[name]["sd"] for name in visible} == {"never"}
    assert {rules[name]["sd"] for name in disclosable} == {"always"}
    assert {name for name, claim in rules.items() if claim["mandatory"]} <= {*visible, *disclosable}


def test_the_metadata_of_an_own_type() -> None:
    url = "https://example.org/types/attestation"

    document = sd_jwt_vc.type_metadata(url, url)

    assert document["vct"] == url
    optional = {claim["path"][0] for claim in document["claims"] if not claim["mandatory"]}
    assert {"exp", "cnf"} <= optional
    for shown in (document, *document["claims"]):
        assert {each["locale"] for each in shown["display"]} == {"fr", "en"}
    json.dumps(document)


@pytest.mark.parametrize(
    ("vct", "url"), [("", ""), ("attestation", ""), ("https://example.org/a", "https://example.org/b")]
)
def test_metadata_that_would_not_be_found(vct: str, url: str) -> None:
    with pytest.raises(DataModelError):
        sd_jwt_vc.type_metadata(vct, url)


@pytest.mark.parametrize(
    ("value", "is_intact"),
    [
        (sd_jwt_vc.integrity(b"a"), True),
        (sd_jwt_vc.integrity(b"b"), False),
        (sd_jwt_vc.integrity(b"b") + " " + sd_jwt_vc.integrity(b"a"), True),
        (sd_jwt_vc.integrity(b"a") + " sha512-" + "A" * 86 + "==", False),
        (sd_jwt_vc.integrity(b"a") + "?x", True),
        ("md5-DMF1ucDxtqgxw5niaXcmYQ==", False),
        ("sha256-?", False),
        ("", False),
        (None, False),
        (5, False),
    ],
    ids=range(10),
)
def test_the_integrity_of_a_document(value: object, is_intact: bool) -> None:
    assert sd_jwt_vc.is_intact(value, b"a") is is_intact


def test_lists_without_end_are_read_up_to_a_bound() -> None:
    endless = THEIRS | {"learning_outcomes": ["A"] * 5_000, "types_of_quality_assurance": [" (" * 500_000]}

    found = sd_jwt_vc.from_document(endless).micro_credential

    assert len(found.outcomes) == 1_000
    assert str(found.quality_assurance[0].kind.label) == " (" * 500_000
    assert len(sd_jwt_vc.shown({"vct": "a", "b": [{"c": 1}] * 5_000}, language="fr")) == 1_000
