"""SD-JWT: what goes in comes out, and everything that must not."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sceau.canon import strict_json
from sceau.errors import (
    DataModelError,
    DisclosureError,
    SceauError,
    TooDeepError,
    TooLargeError,
    UnreadableError,
    UnsupportedProofError,
)
from sceau.keys import jwk
from sceau.keys.jwk import base64url_encode
from sceau.proofs import jose, sd_jwt
from sceau.proofs.sd_jwt import MAX_DISCLOSURES, Disclosable, SdJwt
from sceau.testing import key_signer

ISSUER, HOLDER = key_signer(1), key_signer(2)
CLAIMS: dict[str, Any] = {
    "iss": "https://example.org",
    "title": "Haie",
    "family_name": Disclosable("Exemple"),
    "given_name": Disclosable("Camille"),
    "places": ["Tarn", Disclosable("Lot"), Disclosable({"name": "Gers", "code": Disclosable("32")})],
    "address": Disclosable({"town": "Albi", "street": Disclosable("rue du Port")}),
    "nothing": Disclosable(None),
}
OPEN: dict[str, Any] = {
    "iss": "https://example.org",
    "title": "Haie",
    "family_name": "Exemple",
    "given_name": "Camille",
    "places": ["Tarn", "Lot", {"name": "Gers", "code": "32"}],
    "address": {"town": "Albi", "street": "rue du Port"},
    "nothing": None,
}


def numbered() -> sd_jwt.Random:
    """Salts that everybody knows: 1, 2, 3…"""
    numbers = itertools.count(1)
    return lambda length: next(numbers).to_bytes(length, "big")


def issued(claims: dict[str, Any] | None = None, **options: Any) -> SdJwt:
    options.setdefault("random", numbered())
    bound = (CLAIMS if claims is None else claims) | {"cnf": {"jwk": jwk.encode(HOLDER.public_key)}}
    return sd_jwt.parse(sd_jwt.issue(bound, signer=ISSUER, typ="dc+sd-jwt", **options))


def claims_of(found: SdJwt) -> dict[str, Any]:
    return {name: value for name, value in found.claims().items() if name != "cnf"}


def raw(payload: dict[str, Any], *disclosures: Any) -> SdJwt:
    """Signed rightly over whatever a test put into it; a disclosure that is no text is written as JSON."""
    texts = tuple(each if isinstance(each, str) else written(each) for each in disclosures)
    return SdJwt(jose.parse(jose.sign(strict_json.write(payload), signer=ISSUER, typ="dc+sd-jwt")), texts)


def written(content: Any) -> str:
    return base64url_encode(json.dumps(content).encode())


def digest(content: Any) -> str:
    return sd_jwt.digest(content if isinstance(content, str) else written(content))


# Going in and coming out.


@pytest.mark.parametrize("decoys", [0, 4])
@pytest.mark.parametrize("hash_name", sd_jwt.HASHES)
def test_everything_disclosed_is_what_was_said(hash_name: str, decoys: int) -> None:
    found = issued(hash_name=hash_name, decoys=decoys)

    jose.verify(found.token, ISSUER.public_key, algorithms={"EdDSA"})
    assert claims_of(found) == OPEN
    assert found.token.claims()["_sd_alg"] == hash_name
    assert found.token.type == "dc+sd-jwt"
    assert len(found.disclosures) == 8


def test_nothing_disclosed_tells_nothing() -> None:
    found = sd_jwt.select(issued(), lambda path: False)

    assert claims_of(found) == {"iss": "https://example.org", "title": "Haie", "places": ["Tarn"]}
    assert b"Exemple" not in found.token.payload
    assert b"family_name" not in found.token.payload
    assert any(b"Exemple" in jwk.base64url_decode(text) for text in issued().disclosures)


def test_what_stands_inside_something_hidden_goes_with_it() -> None:
    found = sd_jwt.select(issued(), lambda path: path != ("address",))

    assert "address" not in found.claims()
    assert claims_of(found)["places"] == OPEN["places"]


def test_an_element_is_chosen_by_its_place_as_signed() -> None:
    found = sd_jwt.select(issued(decoys=2), lambda path: path[:2] == ("places", 2))

    assert claims_of(found)["places"] == ["Tarn", {"name": "Gers", "code": "32"}]


def test_the_same_source_of_chance_gives_the_same_token() -> None:
    assert issued().compact == issued().compact
    assert sd_jwt.issue(CLAIMS, signer=ISSUER, typ="a") != sd_jwt.issue(CLAIMS, signer=ISSUER, typ="a")


def test_digests_are_in_no_order_that_tells() -> None:
    payload = issued(decoys=5).token.claims()

    assert payload["_sd"] == sorted(payload["_sd"])
    assert len(payload["_sd"]) == 4 + 5
    assert [len(element) for element in payload["places"][1:]] == [1] * (2 + 5)


def test_claims_without_anything_to_hide_are_a_token_like_any_other() -> None:
    found = issued({"iss": "https://example.org"})

    assert "_sd_alg" not in found.token.payload.decode()
    assert found.disclosures == ()
    assert found.compact.endswith("~")


PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner | inner.map(Disclosable), max_size=4)
        | st.dictionaries(
            st.text(st.characters(exclude_categories=["Cs"]), max_size=8).filter(
                lambda name: name not in sd_jwt.RESERVED
            ),
            inner | inner.map(Disclosable),
            max_size=4,
        )
    ),
    max_leaves=20,
)
OBJECTS = st.dictionaries(st.sampled_from("abcdefgh"), PLAIN | PLAIN.map(Disclosable), max_size=6)


def opened(value: Any) -> Any:
    if isinstance(value, Disclosable):
        return opened(value.value)
    if isinstance(value, dict):
        return {name: opened(each) for name, each in value.items()}
    return [opened(each) for each in value] if isinstance(value, list) else value


@settings(max_examples=80, deadline=None)
@given(claims=OBJECTS, decoys=st.integers(0, 3), data=st.data())
def test_any_claims_come_back(claims: dict[str, Any], decoys: int, data: st.DataObject) -> None:
    found = sd_jwt.parse(
        sd_jwt.issue(claims, signer=ISSUER, typ="dc+sd-jwt", random=numbered(), decoys=decoys)
    )

    assert found.claims() == opened(claims)

    chosen = data.draw(st.sets(st.sampled_from([path for path, _ in found.disclosed()] or [()])))
    shown = sd_jwt.select(found, lambda path: path in chosen)
    assert {path for path, _ in shown.disclosed()} <= chosen
    assert sd_jwt.parse(shown.compact) == shown


# What is not issued.


@pytest.mark.parametrize(
    "claims",
    [
        {"_sd": ["a"]},
        {"a": {"...": "b"}},
        {"_sd_alg": "sha-256"},
        {"a": Disclosable(Disclosable("b"))},
        {"a": [{"_sd_alg": Disclosable("b")}]},
        {1: "a"},
    ],
    ids=["digests", "element", "hash", "twice", "hidden reserved", "number"],
)
def test_claims_that_are_not_issued(claims: Any) -> None:
    with pytest.raises(DataModelError):
        sd_jwt.conceal(claims)


def test_a_source_of_chance_that_repeats_itself_is_noticed() -> None:
    with pytest.raises(DataModelError, match="random"):
        sd_jwt.conceal({"a": [Disclosable(1), Disclosable(1)]}, random=lambda length: b"\0" * length)


def test_a_hash_that_is_not_known_is_not_issued() -> None:
    with pytest.raises(DataModelError, match="sha-256"):
        sd_jwt.conceal(CLAIMS, hash_name="md5")


def test_too_much_is_not_issued() -> None:
    deep: Any = "a"
    for _ in range(100):
        deep = [deep]

    with pytest.raises(DataModelError, match="deep"):
        sd_jwt.conceal({"a": deep})
    with pytest.raises(DataModelError, match="at most"):
        sd_jwt.conceal({"a": [Disclosable(number) for number in range(MAX_DISCLOSURES + 1)]})


# What is disclosed and was not signed.

NAME = ["s1", "name", "Camille"]
ELEMENT = ["s1", "Camille"]
REFUSED: dict[str, Callable[[], SdJwt]] = {
    "no digest refers to it": lambda: raw({"a": 1}, NAME),
    "another credential's": lambda: SdJwt(
        issued().token, issued(random=lambda n: b"\7" * n, claims={"x": Disclosable(1)}).disclosures
    ),
    "disclosed twice": lambda: raw({"_sd": [digest(NAME)]}, NAME, NAME),
    "a digest twice in one place": lambda: raw({"_sd": [digest(NAME), digest(NAME)]}, NAME),
    "a digest twice in two places": lambda: raw({"_sd": [digest(NAME)], "a": {"_sd": [digest(NAME)]}}, NAME),
    "a digest of nothing twice": lambda: raw({"_sd": ["x"], "a": {"_sd": ["x"]}}),
    "a digest in an object and a list": lambda: raw({"_sd": ["x"], "a": [{"...": "x"}]}),
    "inside of what is not disclosed": lambda: raw(
        {"_sd": [digest(["s2", "a", {"_sd": [digest(NAME)]}])]}, NAME
    ),
    "a digest within its own disclosure": lambda: raw(
        {"_sd": ["x", digest(["s", "a", {"_sd": ["x"]}])]}, ["s", "a", {"_sd": ["x"]}]
    ),
    "named _sd": lambda: raw({"_sd": [digest(["s", "_sd", ["x"]])]}, ["s", "_sd", ["x"]]),
    "named ...": lambda: raw({"_sd": [digest(["s", "...", "x"])]}, ["s", "...", "x"]),
    "named _sd_alg": lambda: raw({"_sd": [digest(["s", "_sd_alg", "x"])]}, ["s", "_sd_alg", "x"]),
    "there already": lambda: raw({"name": "Alix", "_sd": [digest(NAME)]}, NAME),
    "there already as disclosed": lambda: raw(
        {"_sd": [digest(NAME), digest(["s2", "name", "Alix"])]}, NAME, ["s2", "name", "Alix"]
    ),
    "an element in an object": lambda: raw({"_sd": [digest(ELEMENT)]}, ELEMENT),
    "a claim in a list": lambda: raw({"a": [{"...": digest(NAME)}]}, NAME),
    "one part": lambda: raw({"_sd": [digest(["s"])]}, ["s"]),
    "four parts": lambda: raw({"_sd": [digest([*NAME, 1])]}, [*NAME, 1]),
    "an object": lambda: raw({"_sd": [digest({"a": 1})]}, {"a": 1}),
    "a salt that is a number": lambda: raw({"_sd": [digest([1, "name", "a"])]}, [1, "name", "a"]),
    "a name that is a number": lambda: raw({"_sd": [digest(["s", 1, "a"])]}, ["s", 1, "a"]),
    "a name that is null": lambda: raw({"_sd": [digest(["s", None, "a"])]}, ["s", None, "a"]),
    "padded": lambda: raw({"_sd": [digest(written(NAME) + "=")]}, written(NAME) + "="),
    "not base64url": lambda: raw({"_sd": [digest("a+b/")]}, "a+b/"),
    "not ASCII": lambda: raw({"a": 1}, "é"),
    "bits left over": lambda: raw({"_sd": [digest("WyJzIiwiYSIsMV1")]}, "WyJzIiwiYSIsMV1"),
    "empty": lambda: raw({"_sd": [digest("")]}, ""),
    "not UTF-8": lambda: raw({"a": 1}, base64url_encode(b'["s","a","\xff"]')),
    "a key twice": lambda: raw({"a": 1}, base64url_encode(b'["s","a",{"b":1,"b":2}]')),
    "digests that are no list": lambda: raw({"_sd": digest(NAME)}, NAME),
    "digests that are numbers": lambda: raw({"_sd": [1]}),
    "an element beside others": lambda: raw({"a": [{"...": digest(ELEMENT), "b": 1}]}, ELEMENT),
    "an element that is a number": lambda: raw({"a": [{"...": 1}]}),
    "an element in an object's place": lambda: raw({"a": {"...": digest(ELEMENT)}}, ELEMENT),
    "a hash further down": lambda: raw({"a": {"_sd_alg": "sha-256"}}),
    "a hash that is a number": lambda: raw({"_sd_alg": 256}),
    "of another hash": lambda: raw({"_sd": [digest(NAME)], "_sd_alg": "sha-512"}, NAME),
}


@pytest.mark.parametrize("way", REFUSED)
def test_disclosures_that_are_refused(way: str) -> None:
    with pytest.raises(DisclosureError):
        REFUSED[way]().claims()


@pytest.mark.parametrize("name", ["md5", "sha-1", "sha-256-32", "SHA-256", "none", ""])
def test_a_hash_that_is_not_accepted(name: str) -> None:
    with pytest.raises(UnsupportedProofError):
        raw({"_sd_alg": name}).claims()


def test_a_disclosure_that_was_altered_has_no_digest_any_more() -> None:
    found = issued()
    spoilt = tuple(
        written(["x", *json.loads(jwk.base64url_decode(text))[1:]]) for text in found.disclosures[:1]
    )

    with pytest.raises(DisclosureError, match="without"):
        SdJwt(found.token, (*spoilt, *found.disclosures[1:])).claims()


def test_a_stripped_disclosure_leaves_its_claim_unsaid() -> None:
    found = issued()

    assert "family_name" not in SdJwt(found.token, found.disclosures[1:]).claims()


# Bombs.


def chain(length: int) -> SdJwt:
    """Each disclosure holds the digest of the one before."""
    contents: list[Any] = [["s0", "a", "end"]]
    for number in range(1, length):
        contents.append([f"s{number}", "a", {"_sd": [digest(contents[-1])]}])
    return raw({"_sd": [digest(contents[-1])]}, *contents)


def test_a_chain_of_disclosures_is_bounded() -> None:
    assert chain(30).claims()["a"]["a"]["a"]

    with pytest.raises(TooDeepError):
        chain(200).claims()


def test_a_deep_disclosure_is_refused() -> None:
    deep = base64url_encode(b'["s","a",' + b"[" * 100_000 + b"]" * 100_000 + b"]")

    with pytest.raises(DisclosureError):
        raw({"_sd": [digest(deep)]}, deep).claims()


@pytest.mark.parametrize("text", ["~" * 1_900_000, "a.b.c" + "~e" * (MAX_DISCLOSURES + 1) + "~"])
def test_too_many_disclosures_are_refused_before_they_are_read(text: str) -> None:
    with pytest.raises(TooLargeError, match="disclosures"):
        sd_jwt.parse(text)


def test_a_token_that_is_too_long() -> None:
    with pytest.raises(TooLargeError):
        sd_jwt.parse("a" * 3_000_000)
    with pytest.raises(TooLargeError):
        sd_jwt.parse(issued().compact, max_bytes=100)


@pytest.mark.parametrize(
    "text",
    ["", "~", "a~", "a.b.c", "a.b.c~", "a.b~d~", issued().token.token, issued().compact[:-1], "é~"],
    ids=[
        "empty",
        "tilde",
        "no token",
        "bad token",
        "bad token too",
        "two parts",
        "no tilde",
        "cut",
        "accent",
    ],
)
def test_what_is_no_sd_jwt(text: str) -> None:
    with pytest.raises(UnreadableError):
        sd_jwt.parse(text)


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_a_letter_changed_is_refused_or_says_the_same(data: st.DataObject) -> None:
    text = issued().compact
    place = data.draw(st.integers(0, len(text) - 1))
    letter = data.draw(st.sampled_from("AZaz09-_.~{\x00é"))
    spoilt = text[:place] + letter + text[place + 1 :]

    try:
        found = sd_jwt.parse(spoilt)
        jose.verify(found.token, ISSUER.public_key, algorithms={"EdDSA"})
        claims = claims_of(found)
    except SceauError:
        return

    assert spoilt == text
    assert claims == OPEN


# As JSON.


def as_json(found: SdJwt, **header: Any) -> dict[str, Any]:
    protected, payload, signature = found.token.token.split(".")
    return {
        "payload": payload,
        "protected": protected,
        "signature": signature,
        "header": {"disclosures": list(found.disclosures), **header},
    }


def test_the_json_form_says_the_same() -> None:
    found = issued()

    (read,) = sd_jwt.parse_json(as_json(found))

    assert read == found


@pytest.mark.parametrize(
    "change",
    [
        {"signatures": []},
        {"signatures": "a"},
        {"signatures": [{"protected": "a", "signature": "b"}]},
        {"header": "a"},
        {"header": {"disclosures": "a"}},
        {"header": {"disclosures": [1]}},
        {"header": {"disclosures": ["a~b"]}},
        {"header": {"kb_jwt": 1}},
        {"header": {"kb_jwt": "a.b"}},
        {"payload": None},
        {"payload": "a.b"},
        {"protected": 1},
        {"signature": ["a"]},
    ],
    ids=str,
)
def test_json_that_is_no_sd_jwt(change: dict[str, Any]) -> None:
    with pytest.raises(UnreadableError):
        sd_jwt.parse_json(as_json(issued()) | change)


def test_disclosures_stand_in_the_first_header_alone() -> None:
    one = as_json(issued())
    two = {name: value for name, value in one.items() if name != "payload"}

    with pytest.raises(UnreadableError, match="first"):
        sd_jwt.parse_json({"payload": one["payload"], "signatures": [two, two]})
    with pytest.raises(TooLargeError):
        sd_jwt.parse_json(one | {"header": {"disclosures": ["a"] * (MAX_DISCLOSURES + 1)}})
    with pytest.raises(UnreadableError, match="1 to 8"):
        sd_jwt.parse_json({"payload": one["payload"], "signatures": [two] * 9})
