"""Open Badges 1.x and 2 as credentials: what is read, what stays empty, and what is refused."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sceau.errors import DataModelError, NothingFoundError, SceauError, TooLargeError, UnreadableError
from sceau.formats import open_badges_2
from sceau.formats.open_badges_2 import comparing, nodes, scope
from sceau.model.concepts import Concept
from sceau.model.credential import Evidence
from sceau.model.texts import NO_TEXT, Text
from sceau.proofs import jose
from sceau.testing import key_signer

SVG = '<svg xmlns="http://www.w3.org/2000/svg"><circle r="3"/></svg>'
SVG_URL = "data:image/svg+xml;base64," + base64.b64encode(SVG.encode()).decode()


def fr(text: str) -> Text:
    return Text((("fr", text),))


def assertion(**changes: Any) -> dict[str, Any]:
    """A whole badge of a fictional workshop, everything inside; a member of None is left out."""
    document = {
        "@context": ["https://w3id.org/openbadges/v2", {"@language": "fr"}],
        "type": "Assertion",
        "id": "https://haies.example.org/b/7",
        "recipient": {"type": "email", "hashed": False, "identity": "camille@example.org"},
        "issuedOn": "2026-05-30T16:00:00+02:00",
        "expires": "2029-05-30T00:00:00Z",
        "verification": {"type": "HostedBadge"},
        "narrative": "A conduit le chantier du hameau.",
        "evidence": [
            "https://haies.example.org/chantiers/12",
            {
                "id": "https://haies.example.org/photos/3",
                "name": "Photo",
                "description": "Avant.",
                "narrative": "Puis après.",
                "genre": "photo",
            },
        ],
        "badge": {
            "type": "BadgeClass",
            "id": "https://haies.example.org/classes/haie",
            "name": "Planter une haie",
            "description": "Planter une haie champêtre.",
            "version": 2,
            "tags": ["haie", "bocage"],
            "image": SVG_URL,
            "criteria": {"id": "https://haies.example.org/haie", "narrative": "Planter cinquante mètres."},
            "alignment": [
                {"targetName": "Niveau 3", "targetUrl": "http://data.europa.eu/snb/eqf/3"},
                {
                    "targetName": "planter des arbres",
                    "targetUrl": "https://competences.example.org/arbres",
                    "targetFramework": "Compétences",
                    "targetCode": "A1",
                },
            ],
            "issuer": {
                "type": "Profile",
                "id": "https://haies.example.org/",
                "name": "Les Haies (association fictive)",
                "url": "https://haies.example.org/accueil",
                "email": "bonjour@haies.example.org",
            },
        },
    }
    return {key: value for key, value in {**document, **changes}.items() if value is not None}


# — What is read —


def test_a_whole_badge_is_read() -> None:
    credential = open_badges_2.from_document(assertion())

    assert credential.id == "https://haies.example.org/b/7"
    assert (credential.holder.name, credential.holder.identifier) == ("", "camille@example.org")
    assert (credential.issuer.id, credential.issuer.name, credential.issuer.url, credential.issuer.email) == (
        "https://haies.example.org/",
        "Les Haies (association fictive)",
        "https://haies.example.org/accueil",
        "bonjour@haies.example.org",
    )
    assert credential.awarded_on == date(2026, 5, 30)
    assert credential.valid_from == datetime(2026, 5, 30, 14, 0, tzinfo=UTC)
    assert credential.valid_until == datetime(2029, 5, 30, tzinfo=UTC)
    micro = credential.micro_credential
    assert (micro.title, micro.description) == (fr("Planter une haie"), fr("Planter une haie champêtre."))
    assert (micro.id, micro.version, micro.url) == (
        "https://haies.example.org/classes/haie",
        "2",
        "https://haies.example.org/haie",
    )
    assert micro.assessment.description == fr("Planter cinquante mètres.")
    assert micro.level.concept == Concept("http://data.europa.eu/snb/eqf/3", fr("Niveau 3"), "EQF", "3")
    assert micro.image_svg == SVG
    assert credential.evidence == (
        Evidence(NO_TEXT, fr("A conduit le chantier du hameau.")),
        Evidence(NO_TEXT, id="https://haies.example.org/chantiers/12"),
        Evidence(fr("Photo"), fr("Avant.\n\nPuis après."), "https://haies.example.org/photos/3", "photo"),
    )


def test_what_has_no_place_in_the_record_is_in_the_details() -> None:
    details = open_badges_2.details_of(assertion(revoked=True, revocationReason="Erreur de nom."))

    assert details.narrative == fr("A conduit le chantier du hameau.")
    assert details.criteria == fr("Planter cinquante mètres.")
    assert details.criteria_url == "https://haies.example.org/haie"
    assert details.alignments[1] == Concept(
        "https://competences.example.org/arbres", fr("planter des arbres"), "Compétences", "A1"
    )
    assert details.tags == ("haie", "bocage")
    assert details.image_url == SVG_URL
    assert (details.version, details.is_revoked, details.revocation_reason) == ("2", True, "Erreur de nom.")


def test_nothing_is_invented() -> None:
    bare = {
        "type": "Assertion",
        "issuedOn": "2026-05-30T16:00:00Z",
        "badge": "https://haies.example.org/classes/haie",
    }

    credential = open_badges_2.from_document(bare)

    assert (credential.id, credential.holder.name, credential.holder.identifier) == ("", "", "")
    assert (credential.issuer.id, credential.issuer.name, credential.issuer.country_code) == ("", "", "")
    micro = credential.micro_credential
    assert micro.id == "https://haies.example.org/classes/haie"
    assert (micro.title, micro.outcomes, micro.workload.hours, micro.languages) == (NO_TEXT, (), 0, ())
    assert (micro.level.concept, micro.level.none_reason, micro.assessment.types) == (None, NO_TEXT, ())
    assert (credential.valid_until, credential.evidence, credential.grade) == (None, (), "")


def test_an_alignment_is_no_outcome() -> None:
    assert open_badges_2.from_document(assertion()).micro_credential.outcomes == ()


def test_the_1_1_shape_is_read() -> None:
    old = {
        "@context": "https://w3id.org/openbadges/v1",
        "type": "Assertion",
        "uid": "b-7",
        "recipient": {"type": "email", "hashed": True, "salt": "sel", "identity": "sha256$" + "0" * 64},
        "issuedOn": 1_780_149_600,
        "expires": "2029-05-30",
        "verify": {"type": "hosted", "url": "https://haies.example.org/b/7.json"},
        "evidence": "https://haies.example.org/chantiers/12",
        "badge": {
            "name": "Planter une haie",
            "criteria": "https://haies.example.org/haie.html",
            "alignment": [{"name": "Arbres", "url": "https://competences.example.org/arbres"}],
            "issuer": "https://haies.example.org/org.json",
        },
    }

    credential = open_badges_2.from_document(old)

    assert open_badges_2.recognises(old)
    assert credential.id == "https://haies.example.org/b/7.json"
    assert credential.valid_from == datetime(2026, 5, 30, 14, 0, tzinfo=UTC)
    assert credential.valid_until == datetime(2029, 5, 30, 23, 59, 59, tzinfo=UTC)
    assert credential.micro_credential.url == "https://haies.example.org/haie.html"
    assert credential.issuer.id == "https://haies.example.org/org.json"
    assert credential.evidence == (Evidence(NO_TEXT, id="https://haies.example.org/chantiers/12"),)
    assert open_badges_2.details_of(old).alignments[0].iri == "https://competences.example.org/arbres"


def test_the_1_0_shape_has_no_type() -> None:
    old = {
        "uid": "b-7",
        "recipient": {"type": "email", "hashed": False, "identity": "camille@example.org"},
        "badge": "https://haies.example.org/haie.json",
        "verify": {"type": "signed", "url": "https://haies.example.org/key.pem"},
        "issuedOn": "1780149600",
    }

    assert open_badges_2.recognises(old)
    assert open_badges_2.from_document(old).id == "b-7"


def test_several_languages_are_kept() -> None:
    named = [
        {"@value": "Planter une haie", "@language": "fr"},
        {"@value": "Plant a hedge", "@language": "en"},
        {"@value": 3},
        "Sans langue",
    ]
    document = assertion(**{"@context": None, "badge": {**assertion()["badge"], "name": named}})

    title = open_badges_2.from_document(document).micro_credential.title

    assert title.as_dict() == {"fr": "Planter une haie", "en": "Plant a hedge", "und": "Sans langue"}


def test_a_name_comes_from_the_extension_for_recipients() -> None:
    profile = {"type": ["Extension", "extensions:RecipientProfile"], "name": "Camille Exemple"}
    document = assertion(**{"extensions:recipientProfile": profile})

    assert open_badges_2.from_document(document).holder.name == "Camille Exemple"


def test_keywords_of_json_ld_are_read_as_well() -> None:
    document = assertion(
        **{"id": None, "type": None, "@id": "https://x.example/1", "@type": ["obi:Assertion"]}
    )

    assert open_badges_2.recognises(document)
    assert open_badges_2.from_document(document).id == "https://x.example/1"


def test_two_ids_that_differ_are_refused() -> None:
    document = assertion(**{"@id": "https://elsewhere.example/1"})

    with pytest.raises(DataModelError, match="expected one id"):
        open_badges_2.from_document(document)


@pytest.mark.parametrize("issued", [None, "", "hier", True, -1, [], {}, "2026-02-30T00:00:00Z", 1e300])
def test_a_badge_without_a_day_cannot_be_shown(issued: object) -> None:
    with pytest.raises(DataModelError, match="issuedOn"):
        open_badges_2.from_document(assertion(issuedOn=issued))


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2026-05-30T14:00:00Z", (14, 0)),
        ("2026-05-30T16:00:00+0200", (14, 0)),
        ("2026-05-30T14:00:00", (14, 0)),
        ("2026-05-30 14:00", (14, 0)),
        ("2026-05-30", (0, 0)),
        (1_780_149_600, (14, 0)),
    ],
    ids=str,
)
def test_moments_are_read_as_all_versions_write_them(written: object, expected: tuple[int, int]) -> None:
    assert nodes.moment(written) == datetime(2026, 5, 30, *expected, tzinfo=UTC)


# — What is recognised —


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ({"type": "Assertion"}, True),
        ({"type": ["Assertion", "Extension"]}, True),
        ({"type": "https://w3id.org/openbadges#Assertion"}, True),
        ({"badge": "x", "recipient": {}, "verify": {}}, True),
        ({"type": "BadgeClass"}, False),
        ({"type": ["VerifiableCredential", "Assertion"], "credentialSubject": {}}, False),
        ({"badge": "x", "recipient": {}}, False),
        ({"type": [{}, 3, None]}, False),
        ({}, False),
    ],
    ids=str,
)
def test_what_is_recognised(document: dict[str, Any], expected: bool) -> None:
    assert open_badges_2.recognises(document) is expected


def test_json_a_token_and_an_address_are_told_apart() -> None:
    data = json.dumps(assertion()).encode()
    token = jose.sign(data, signer=key_signer(), typ="JWT")

    from_json = open_badges_2.read(b"\xef\xbb\xbf" + data + b"\n")
    from_token = open_badges_2.read(token)
    from_address = open_badges_2.read(b' "https://haies.example.org/b/7" ')

    assert from_json.document == from_token.document == open_badges_2.read(data).document
    assert (from_json.jws, from_json.url) == (None, "")
    assert from_token.jws is not None
    assert from_address == open_badges_2.Given(url="https://haies.example.org/b/7")


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", UnreadableError),
        (b"{", UnreadableError),
        (b"[]", UnreadableError),
        (b"\xff\xfe", UnreadableError),
        (b'{"type": "Assertion", "type": "Assertion"}', UnreadableError),
        (b'{"type": "BadgeClass"}', NothingFoundError),
        (b"eyJhbGciOiJub25lIn0.e30.", NothingFoundError),
        (b" " * 3_000_000, TooLargeError),
        (b'{"type": "Assertion", "id": "a", "@id": "b"}', DataModelError),
        ("\ud800", UnreadableError),
    ],
    ids=["nothing", "half", "list", "bytes", "twice", "class", "token", "large", "ids", "surrogate"],
)
def test_what_is_no_badge_is_refused(data: bytes | str, error: type[SceauError]) -> None:
    with pytest.raises(error):
        open_badges_2.read(data)


# — Whose it is —


def hashed(algorithm: str, text: str) -> str:
    return f"{algorithm}${hashlib.new(algorithm, text.encode()).hexdigest()}"


@pytest.mark.parametrize(
    ("recipient", "asked", "expected"),
    [
        (
            {"identity": hashed("sha256", "camille@example.orgsel"), "salt": "sel"},
            "camille@example.org",
            True,
        ),
        (
            {"identity": hashed("sha256", "camille@example.orgsel"), "salt": "sel"},
            " Camille@Example.org",
            True,
        ),
        ({"identity": hashed("sha256", "camille@example.orgsel"), "salt": "sel"}, "autre@example.org", False),
        ({"identity": hashed("sha256", "camille@example.orgsel")}, "camille@example.org", False),
        (
            {"identity": hashed("sha256", "camille@example.org").upper().replace("SHA", "sha")},
            "camille@example.org",
            True,
        ),
        ({"identity": hashed("md5", "camille@example.org")}, "camille@example.org", True),
        ({"identity": "camille@example.org", "hashed": False}, "CAMILLE@example.org", True),
        ({"identity": "camille@example.org"}, "camille@example.org", True),
        ({"identity": "camille@example.org"}, "", False),
        ({"identity": "camille@example.org", "type": "telephone"}, "camille@example.org", False),
        # A hash that is said to be none is a name like any other.
        ({"identity": hashed("sha256", "a@b.c"), "hashed": False}, "a@b.c", False),
    ],
    ids=[
        "salt",
        "spelling",
        "other",
        "no-salt",
        "capitals",
        "md5",
        "plain",
        "bare",
        "empty",
        "kind",
        "denied",
    ],
)
def test_whose_badge_it_is(recipient: dict[str, Any], asked: str, expected: bool) -> None:
    document = assertion(recipient={"type": "email", "hashed": "$" in recipient["identity"], **recipient})

    assert open_badges_2.is_recipient(document, asked) is expected


@pytest.mark.parametrize(
    "recipient",
    [
        None,
        "camille@example.org",
        [],
        {},
        {"identity": 3},
        {"identity": "sha1$00", "hashed": True, "type": "email"},
    ],
    ids=str,
)
def test_a_recipient_that_cannot_be_read_is_nobodys(recipient: object) -> None:
    with pytest.raises(DataModelError):
        open_badges_2.is_recipient(assertion(recipient=recipient), "camille@example.org")


def test_a_hash_stays_out_of_the_record() -> None:
    recipient = {"type": "email", "hashed": True, "identity": hashed("sha256", "camille@example.org")}

    assert open_badges_2.from_document(assertion(recipient=recipient)).holder.identifier == ""


# — Where assertions may be —


@pytest.mark.parametrize(
    ("rules", "address", "expected"),
    [
        (None, "https://ecole.example.org/b/1", True),
        (None, "https://ecole.example.org:443/b/1", True),
        (None, "https://ecole.example.org:8443/b/1", False),
        (None, "https://sub.ecole.example.org/b/1", False),
        (None, "http://ecole.example.org/b/1", False),
        (None, "https://ecole.example.org@evil.example/b/1", False),
        (None, "https://evil.example\\@ecole.example.org/b/1", False),
        ({"startsWith": "https://ecole.example.org/b/"}, "https://ecole.example.org/b/1", True),
        ({"startsWith": "https://ecole.example.org/b/"}, "https://ecole.example.org/c/1", False),
        ({"startsWith": "https://ecole.example.org/b/"}, "https://ecole.example.org/b/../c/1", False),
        ({"startsWith": "https://ecole.example.org/b/"}, "https://ecole.example.org/b/%2e%2E/c/1", False),
        ({"startsWith": "https://ecole.example.org/b/"}, "https://ecole.example.org/b/..%2fc/1", False),
        ({"startsWith": "https://ecole.example.org"}, "https://ecole.example.org.evil.example/1", False),
        ({"startsWith": ["https://a.example/", "https://b.example/"]}, "https://b.example/1", True),
        ({"startsWith": [3, None, {}]}, "https://ecole.example.org/b/1", False),
        ({"startsWith": ""}, "https://evil.example/1", False),
        ({"startsWith": "h"}, "https://evil.example/1", False),
        ({"allowedOrigins": "badges.example.net"}, "https://badges.example.net/1", True),
        ({"allowedOrigins": ["x.example", "badges.example.net"]}, "https://badges.example.net/1", True),
        ({"allowedOrigins": "https://badges.example.net"}, "https://badges.example.net/1", True),
        ({"allowedOrigins": "badges.example.net"}, "https://ecole.example.org/1", False),
        ({"allowedOrigins": "example.net"}, "https://badges.example.net/1", False),
        (
            {"allowedOrigins": "b.example", "startsWith": "https://b.example/x/"},
            "https://b.example/y/1",
            False,
        ),
        ({"type": "VerificationObject"}, "https://evil.example/1", False),
        ("https://ecole.example.org/rules", "https://ecole.example.org/1", True),
    ],
    ids=str,
)
def test_where_an_issuers_assertions_may_be(rules: object, address: str, expected: bool) -> None:
    issuer = {} if rules is None else {"verification": rules}

    assert scope.is_within(address, issuer_id="https://ecole.example.org/", issuer=issuer) is expected


# — Copies —


@pytest.mark.parametrize(
    ("mine", "theirs", "differing"),
    [
        ({"a": "x"}, {"a": "x", "b": 1}, []),
        ({"a": ["x"]}, {"a": "x"}, []),
        ({"a": None, "b": "", "c": [], "d": {}}, {}, []),
        ({"issuedOn": "2026-05-30T16:00:00+02:00"}, {"issuedOn": "2026-05-30T14:00:00Z"}, []),
        ({"issuedOn": "2026-05-30T16:00:00+02:00"}, {"issuedOn": "2026-05-30T16:00:00Z"}, ["issuedOn"]),
        ({"badge": "u"}, {"badge": {"id": "u", "name": "n"}}, []),
        ({"badge": "u"}, {"badge": {"id": "v"}}, ["badge"]),
        ({"badge": {"id": "u"}}, {"badge": "u"}, []),
        ({"recipient": {"identity": "a"}}, {"recipient": {"identity": "b"}}, ["recipient.identity"]),
        ({"recipient": {"type": "email"}}, {"recipient": {"type": "url"}}, ["recipient.type"]),
        ({"a": ["x", "y"]}, {"a": ["x"]}, ["a"]),
        ({"a": [{"b": 1}, {"b": 2}]}, {"a": [{"b": 1}, {"b": 3}]}, ["a[1].b"]),
        ({"a": True}, {"a": 1}, ["a"]),
        ({"a": "x"}, {}, ["a"]),
        ({"expires": "2030-01-01"}, {}, ["expires"]),
    ],
    ids=str,
)
def test_what_counts_as_a_difference(
    mine: dict[str, Any], theirs: dict[str, Any], differing: list[str]
) -> None:
    assert comparing.compare(mine, theirs).differing == differing


def test_what_is_written_out_is_left_to_hold_against_what_is_linked() -> None:
    found = comparing.compare({"badge": {"id": "u", "name": "n"}}, {"badge": "u"})

    assert (found.differing, found.embedded) == ([], [("badge", {"id": "u", "name": "n"}, "u")])


# — Anything at all —

SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**53) + 1, 2**53 - 1),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=8),
    st.sampled_from(
        [
            "https://haies.example.org/b/7",
            "sha256$00",
            "2026-05-30",
            "data:image/svg+xml;base64,%",
            "Assertion",
        ]
    ),
)
KEYS = st.sampled_from(
    sorted(
        {
            *assertion(),
            *assertion()["badge"],
            *assertion()["badge"]["issuer"],
            "@id",
            "@type",
            "@value",
            "@language",
        }
        | {
            "identity",
            "hashed",
            "salt",
            "verify",
            "url",
            "uid",
            "revoked",
            "extensions:recipientProfile",
            "narrative",
        }
    )
)
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=20,
)


@given(st.dictionaries(KEYS, JSON, max_size=6))
def test_wrong_types_anywhere_are_read_past_or_refused_by_name(changes: dict[str, Any]) -> None:
    document = {**assertion(), **changes}

    assert open_badges_2.recognises(document) in (True, False)
    for read in (open_badges_2.from_document, open_badges_2.details_of, open_badges_2.recipient_of):
        with contextlib.suppress(DataModelError):
            read(document)


@given(st.dictionaries(KEYS, JSON, max_size=6), st.dictionaries(KEYS, JSON, max_size=6))
def test_any_two_copies_can_be_compared(mine: dict[str, Any], theirs: dict[str, Any]) -> None:
    comparing.compare(mine, theirs)

    assert comparing.compare(mine, mine).differing == []


@given(st.binary(max_size=60) | st.text(max_size=60))
def test_any_bytes_are_read_or_refused_by_name(data: bytes | str) -> None:
    with contextlib.suppress(UnreadableError, DataModelError):
        open_badges_2.read(data)
