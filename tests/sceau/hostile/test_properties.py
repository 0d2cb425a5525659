"""Whatever is handed over gives a report or a named refusal, and what passes still says what was signed."""

from __future__ import annotations

import copy
import dataclasses
import json
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from tests.sceau.hostile.good import (
    CHALLENGE,
    DOMAIN,
    ENTRY,
    LIST_URL,
    NOW,
    compact,
    credential,
    presented,
    signed_blindly,
    status_list,
    svg,
    token,
)

from sceau.canon import jcs, jsonld, rdfc, strict_json
from sceau.canon.contexts import CREDENTIALS_V2, OPEN_BADGES_3
from sceau.cli import as_plain
from sceau.did.resolver import Resolver
from sceau.errors import SceauError, UnreadableError
from sceau.proofs import jose
from sceau.testing import MemoryStatuses
from sceau.verifying.policy import Policy
from sceau.verifying.presentations import PresentationReport, verify_presentation
from sceau.verifying.report import Outcome, Question, Report
from sceau.verifying.verify import verify

FEW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
MANY = settings(FEW, max_examples=50)
POLICY = Policy(resolver=Resolver(), statuses=MemoryStatuses({LIST_URL: status_list()}))

WORDS = st.sampled_from(
    [
        "",
        "x",
        "@id",
        "@type",
        "@foo",
        "_:b",
        "#",
        "urn:x",
        "a:b",
        "https://[",
        "https://x.example/%zz",
        "did:key:z6Mk",
        "did:web:",
        "did:jwk:e30",
        "data:application/vc+jwt,a.b.c",
        "2026-06-02T08:00:00Z",
        "9999-12-31T24:00:00-14:00",
        "uH4sI",
        "z" * 50,
        "VerifiableCredential",
        "VerifiablePresentation",
        "EnvelopedVerifiableCredential",
        "BitstringStatusListEntry",
        "DataIntegrityProof",
        "ecdsa-jcs-2019",
        "none",
        "authentication",
        CREDENTIALS_V2,
        OPEN_BADGES_3,
    ]
)
KEYS = WORDS | st.sampled_from(
    [
        "id",
        "type",
        "name",
        "issuer",
        "holder",
        "proof",
        "credentialSubject",
        "verifiableCredential",
        "credentialStatus",
        "@context",
        "@value",
        "@language",
        "@direction",
        "@list",
        "@set",
        "@graph",
        "previousProof",
        "challenge",
        "domain",
        "validUntil",
        "achievement",
        "hashed",
        "creditsEarned",
        "payload",
        "signatures",
        "signature",
        "protected",
        "header",
        "disclosures",
        "badge",
        "recipient",
        "verification",
    ]
)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.floats(-1e9, 1e9)
    | WORDS
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=8,
)
GOOD = {
    "over RDF": credential(),
    "over JSON": signed_blindly(),
    "with a status": signed_blindly(credentialStatus=ENTRY),
    "presentation": presented(),
}


def paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [path] if path else []
    if isinstance(value, (dict, list)):
        for key, child in value.items() if isinstance(value, dict) else enumerate(value):
            found += paths(child, (*path, key))
    return found


def at(document: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        document = document[step]
    return document


@st.composite
def mutated(draw: st.DrawFn, document: dict[str, Any]) -> dict[str, Any]:
    """One to three changes: replaced, removed, exchanged, renamed, copied, doubled, turned round."""
    changed = copy.deepcopy(document)
    for _ in range(draw(st.integers(1, 3))):
        places = paths(changed)
        assume(places)
        path = draw(st.sampled_from(places))
        parent, key = at(changed, path[:-1]), path[-1]
        match draw(
            st.sampled_from(["replace", "remove", "exchange", "rename", "move", "wrap", "turn", "double"])
        ):
            case "replace":
                parent[key] = draw(VALUES)
            case "remove":
                del parent[key]
            case "exchange":
                parent[key] = copy.deepcopy(at(changed, draw(st.sampled_from(places))))
            case "rename" if isinstance(parent, dict):
                parent[draw(KEYS)] = parent.pop(key)
            case "move":
                target = at(changed, draw(st.sampled_from(places)))
                if isinstance(target, dict) and isinstance(key, str):
                    target[key] = copy.deepcopy(parent[key])
            case "wrap":
                parent[key] = draw(
                    st.sampled_from([[parent[key]], {"@value": parent[key]}, {"id": parent[key]}])
                )
            case "turn" if isinstance(parent[key], list):
                parent[key].reverse()
            case "double" if isinstance(parent, list):
                parent.append(copy.deepcopy(parent[key]))
    return changed


def report_of(data: bytes | str) -> Report | None:
    """The report, which is of JSON types; None where it was refused by name."""
    try:
        report = verify(data, at=NOW, policy=POLICY)
    except UnreadableError:
        return None
    json.dumps(as_plain(report))
    assert report.checks
    return report


def shown_of(data: bytes | str) -> PresentationReport | None:
    try:
        report = verify_presentation(data, at=NOW, policy=POLICY, challenge=CHALLENGE, domain=DOMAIN)
    except UnreadableError:
        return None
    for each in report.credentials:
        json.dumps(as_plain(each))
    json.dumps([check.facts for check in (*report.checks, *report.unreadable)])
    return report


def written(value: Any) -> bytes:
    return json.dumps(value).encode()


def stated(document: dict[str, Any]) -> str:
    """What a document states, in its one form."""
    bare = {name: value for name, value in document.items() if name != "proof"}
    return rdfc.canonicalise(jsonld.to_quads(bare)).nquads


def told(value: Any) -> set[str]:
    """Every text, number and moment that a person is told, wherever it stands: lists are sets in RDF."""
    if dataclasses.is_dataclass(value):
        return {each for field in dataclasses.fields(value) for each in told(getattr(value, field.name))}
    if isinstance(value, (tuple, list)):
        return {each for item in value for each in told(item)}
    return {str(value)} - {"", "None"}


@given(st.binary(max_size=300) | st.text(max_size=300))
@MANY
def test_any_bytes(data: bytes | str) -> None:
    report_of(data)
    shown_of(data)


@given(VALUES)
@MANY
def test_any_json(value: Any) -> None:
    for document in (
        value,
        {"@context": [CREDENTIALS_V2], "credentialSubject": value, "proof": value},
        {"@context": [CREDENTIALS_V2], "type": ["VerifiablePresentation"], "verifiableCredential": value},
        {"payload": json.dumps(value), "signatures": value},
        {"payload": json.dumps(credential()), "signatures": [value]},
        {
            "@context": "https://w3id.org/openbadges/v2",
            "type": "Assertion",
            "badge": value,
            "recipient": value,
        },
    ):
        report_of(written(document))
        shown_of(written(document))


@given(st.binary(max_size=100), VALUES)
@FEW
def test_any_token(header: bytes, value: Any) -> None:
    report_of(compact(header, written(value)))
    report_of(compact(written({"alg": "EdDSA", "kid": value, "jwk": value, "x5c": value}), written(value)))
    report_of(
        compact(b'{"alg":"EdDSA"}', written({**credential(), "iss": value, "exp": value, "sub": value}))
    )
    shown_of(
        compact(b'{"alg":"EdDSA"}', written({"verifiableCredential": value, "nonce": value, "aud": value}))
    )


@given(st.text(max_size=60), st.text(max_size=60))
@FEW
def test_any_drawing(inside: str, around: str) -> None:
    report_of(svg(inside, around=around) if inside.isascii() and around.isascii() else svg("x"))
    report_of("<" + inside + around)


@given(mutated(GOOD["over RDF"]))
@MANY
def test_what_passes_states_what_was_signed(document: dict[str, Any]) -> None:
    report = report_of(written(document))

    if report is not None and report.answer(Question.INTACT) is Outcome.PASSED:
        assert stated(document) == stated(GOOD["over RDF"])
        original = report_of(written(GOOD["over RDF"]))
        assert original is not None
        # What is written in a form that is not read here may be left out; nothing else is ever told.
        assert told(report.credential) <= told(original.credential)
        assert report.answer(Question.VALID) is original.answer(Question.VALID)
        assert report.issuer_id == original.issuer_id


@given(
    st.sampled_from(["over JSON", "with a status"]).flatmap(
        lambda name: st.tuples(st.just(name), mutated(GOOD[name]))
    )
)
@MANY
def test_what_passes_over_json_is_what_was_signed(drawn: tuple[str, dict[str, Any]]) -> None:
    name, document = drawn
    report = report_of(written(document))

    if report is not None and report.answer(Question.INTACT) is Outcome.PASSED:
        original = {key: value for key, value in GOOD[name].items() if key != "proof"}
        changed = {key: value for key, value in document.items() if key != "proof"}
        assert jcs.canonicalise(changed) == jcs.canonicalise(original)


@given(mutated(GOOD["presentation"]))
@FEW
def test_a_presentation_that_passes_states_what_was_signed(document: dict[str, Any]) -> None:
    report = shown_of(written(document))

    if report is not None and report.outcome is Outcome.PASSED:
        assert stated(document) == stated(GOOD["presentation"])


@given(mutated(credential(proof=None)))
@FEW
def test_a_token_whose_payload_was_exchanged_never_passes(document: dict[str, Any]) -> None:
    header, payload, signature = token().split(".")
    try:
        other = compact(b'{"alg":"EdDSA"}', strict_json.write(document)).split(".")[1]
    except (SceauError, ValueError):
        return
    assume(other != payload)
    report = report_of(f"{header}.{other}.{signature}")

    assert report is None or report.answer(Question.INTACT) is not Outcome.PASSED
    assert jose.parse(token()).claims()["id"] == credential()["id"]
