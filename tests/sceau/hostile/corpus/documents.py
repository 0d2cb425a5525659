"""Attacks on meaning: contexts, terms and ids that would make a signature cover something else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.sceau.hostile.good import (
    ISSUER,
    PASSED,
    Ask,
    Attack,
    bare,
    changed,
    credential,
    failed,
    intact,
    signed_blindly,
    unknown,
    valid,
)

from sceau.canon.contexts import CREDENTIALS_V2, OPEN_BADGES_3

GOOD = [CREDENTIALS_V2, OPEN_BADGES_3]
ELSEWHERE = "https://contexts.example/v1"
UNDEFINED, MISMATCH, MODEL = (
    failed(f"{code}") for code in ("context.undefined_term", "proof.mismatch", "model.invalid")
)


def said(**changes: Any) -> Ask:
    """Something changed after the signature."""
    return intact(lambda: credential(**changes))


def meant(**changes: Any) -> Ask:
    """Something the issuer itself signed, over canonical JSON."""
    return intact(lambda: signed_blindly(**changes))


def edited(edit: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    document = credential()
    edit(document)
    return document


def achievement(**changes: Any) -> Ask:
    def make() -> dict[str, Any]:
        document = credential()
        subject = document["credentialSubject"]
        subject["achievement"] = changed(subject["achievement"], **changes)
        return document

    return intact(make)


def subject(**changes: Any) -> Ask:
    return intact(lambda: edited(lambda each: each["credentialSubject"].update(changes)))


def tree(width: int, depth: int) -> list[dict[str, Any]]:
    """Blank nodes that look alike, each with as many below."""
    branch: dict[str, Any] = {"type": ["RubricCriterionLevel"], "name": "x"}
    for _ in range(depth):
        branch = {"type": ["ResultDescription"], "name": "x", "rubricCriterionLevel": [branch] * width}
    return [branch]


ALIKE = {"type": ["Alignment"], "targetName": "x", "targetUrl": "https://example.org/x"}
REFUSED = unknown("canon.refused")
INVALID, UNKNOWN = unknown("context.invalid"), unknown("context.unknown")


ATTACKS = (
    # Contexts, changed after the signature
    Attack("without a context", said(**{"@context": None}), INVALID),
    Attack("an unknown context behind", said(**{"@context": [*GOOD, ELSEWHERE]}), UNKNOWN),
    Attack("an unknown context first", said(**{"@context": [ELSEWHERE, *GOOD]}), INVALID),
    Attack("the contexts the other way round", said(**{"@context": GOOD[::-1]}), INVALID),
    Attack("the badge's context left out", said(**{"@context": GOOD[:1]}), UNDEFINED),
    Attack("the badge's context twice", said(**{"@context": [*GOOD, OPEN_BADGES_3]}), PASSED),
    Attack("a context over http", said(**{"@context": ["http" + CREDENTIALS_V2[5:], *GOOD[1:]]}), INVALID),
    Attack("a context with a slash behind", said(**{"@context": [CREDENTIALS_V2 + "/", *GOOD[1:]]}), INVALID),
    Attack("a context in other letters", said(**{"@context": [CREDENTIALS_V2.upper(), *GOOD[1:]]}), INVALID),
    Attack("nine contexts", said(**{"@context": [*GOOD, *[OPEN_BADGES_3] * 7]}), INVALID),
    Attack("10,000 contexts", said(**{"@context": [*GOOD, *[OPEN_BADGES_3] * 10_000]}), INVALID),
    Attack("a context within the document", said(**{"@context": [*GOOD, {"name": "urn:x:y"}]}), INVALID),
    Attack("a protected term redefined", said(**{"@context": [*GOOD, {"issuer": "urn:x:y"}]}), INVALID),
    Attack(
        "every unknown word defined by @vocab", said(**{"@context": [*GOOD, {"@vocab": "urn:x:"}]}), INVALID
    ),
    Attack("a context of null, which forgets the others", said(**{"@context": [*GOOD, None]}), INVALID),
    Attack("a context that is imported", said(**{"@context": [*GOOD, {"@import": ELSEWHERE}]}), INVALID),
    Attack("contexts in a list in a list", said(**{"@context": [GOOD[0], [GOOD[1]]]}), INVALID),
    Attack(
        "a context of its own inside the subject", subject(**{"@context": {"name": "urn:x:y"}}), UNDEFINED
    ),
    Attack("a pinned context inside the subject", subject(**{"@context": OPEN_BADGES_3}), UNDEFINED),
    # Terms
    Attack("a word that no context defines", said(mention="très bien"), UNDEFINED),
    Attack("a word that no context defines, in the subject", subject(mention="très bien"), UNDEFINED),
    Attack("a type that no context defines", achievement(type=["Achievement", "Diploma"]), UNDEFINED),
    Attack("a property by its whole address", said(**{"https://schema.org/name": "x"}), UNDEFINED),
    Attack("a property by a prefix", said(**{"cred:validUntil": "2099-01-01T00:00:00Z"}), UNDEFINED),
    Attack("@id beside id", said(**{"@id": "urn:x:y"}), UNDEFINED),
    Attack("@type beside type", said(**{"@type": "VerifiableCredential"}), UNDEFINED),
    Attack("@graph", said(**{"@graph": [{"id": "urn:x:y"}]}), UNDEFINED),
    Attack("@included", said(**{"@included": [{"id": "urn:x:y"}]}), UNDEFINED),
    Attack("@reverse", subject(**{"@reverse": {"issuer": "urn:x:y"}}), UNDEFINED),
    Attack("@nest", said(**{"@nest": {"name": "x"}}), UNDEFINED),
    Attack("a keyword of nobody's", said(**{"@foo": "x"}), UNDEFINED),
    Attack("a keyword of nobody's as an id", achievement(id="@foo"), UNDEFINED),
    Attack("null, which no signature covers", subject(note=None, license=None, term=[None]), UNDEFINED),
    Attack("an empty object", achievement(criteria={}), MISMATCH),
    Attack("a list in a list", achievement(tag=[["x"]]), REFUSED),
    Attack("a value with an index", achievement(name={"@value": "x", "@index": "i"}), UNDEFINED),
    Attack("a literal of JSON", achievement(name={"@value": {"a": 1}, "@type": "@json"}), REFUSED),
    Attack("a language that is none", achievement(name={"@value": "x", "@language": "a b"}), REFUSED),
    Attack("a direction that is none", achievement(name={"@value": "x", "@direction": "up"}), INVALID),
    Attack("a datatype that is no address", achievement(name={"@value": "x", "@type": "b c"}), INVALID),
    # Ids
    Attack("a relative id", achievement(id="achievements/1"), UNDEFINED),
    Attack("a relative id of the subject", subject(id="1"), MODEL),
    Attack("an id of the credential that is no URL", said(id="not a url"), MODEL),
    Attack("an id that is empty", achievement(id=""), UNDEFINED),
    Attack("an id that is a fragment", achievement(id="#a"), UNDEFINED),
    Attack("an id that is a path", achievement(id="//example.org/a"), UNDEFINED),
    Attack("an id with a blank", achievement(id="https://example.org/a b"), UNDEFINED),
    Attack("an id with a bracket that closes it", achievement(id="urn:x> <urn:y"), UNDEFINED),
    Attack("an id with a bad escape", achievement(id="https://example.org/%zz"), UNDEFINED),
    Attack("the id of a blank node", achievement(id="_:b0"), UNDEFINED),
    Attack("an id that is a number", achievement(id=5), INVALID),
    Attack("an id that is a list", achievement(id=["urn:x:a", "urn:x:b"]), INVALID),
    Attack("the credential's own id further down", achievement(id=bare()["id"]), MODEL),
    Attack(
        "one thing described by two objects",
        intact(
            lambda: edited(lambda each: each["credentialSubject"]["result"].extend([{"id": "urn:x:a"}] * 2))
        ),
        MODEL,
    ),
    # The data model
    Attack("not a VerifiableCredential by its type", said(type=["OpenBadgeCredential"]), MODEL),
    Attack("no issuer", said(issuer=None), MODEL),
    Attack("two issuers", said(issuer=[ISSUER, "did:key:z6Mk"]), MODEL),
    Attack("no subject", said(credentialSubject=[]), MODEL),
    Attack("the end before the beginning", said(validUntil="2020-01-01T00:00:00Z"), MODEL),
    Attack("a moment without zone", said(validFrom="2026-06-02T08:00:00"), MODEL),
    Attack("a moment that does not exist", said(validUntil="2031-02-30T08:00:00Z"), MODEL),
    Attack("a moment before all others", said(validFrom="0001-01-01T00:00:00+14:00"), MODEL),
    Attack("a moment in Arabic figures", said(validUntil="٢٠٣١-06-02T08:00:00Z"), MODEL),
    Attack("a moment as a list", said(validUntil=["2031-06-02T08:00:00Z"]), MODEL),
    Attack("the end hidden in a value object", said(validUntil={"@value": "2031-06-02T08:00:00Z"}), MODEL),
    Attack("the end taken away", said(validUntil=None), MISMATCH),
    Attack("the end moved", said(validUntil="2099-06-02T08:00:00Z"), MISMATCH),
    Attack("the same moment in another zone", said(validUntil="2031-06-02T10:00:00+02:00"), MISMATCH),
    Attack(
        "expired",
        valid(lambda: signed_blindly(validUntil="2026-06-02T08:59:59Z")),
        failed("validity.expired"),
    ),
    Attack(
        "not yet valid",
        valid(lambda: signed_blindly(validFrom="2026-06-02T09:00:01Z")),
        failed("validity.not_yet"),
    ),
    # What a signature over JSON covers without its meaning
    Attack("signed over JSON: an unknown context", meant(**{"@context": [*GOOD, ELSEWHERE]}), UNKNOWN),
    Attack(
        "signed over JSON: a context within", meant(**{"@context": [*GOOD, {"name": "urn:x:y"}]}), INVALID
    ),
    Attack("signed over JSON: an undefined word", meant(mention="très bien"), UNDEFINED),
    Attack("signed over JSON: a relative id", meant(evidence=[{"id": "a", "type": ["Evidence"]}]), MODEL),
    Attack("signed over JSON: a word in other letters", meant(Name="x"), UNDEFINED),
    Attack("signed over JSON: no type", meant(type=["OpenBadgeCredential"]), MODEL),
    # Characters that libraries sign differently: named as the reason
    Attack("a control character", achievement(name="a\u0007"), failed("model.forbidden_character")),
    Attack("a C1 control character", achievement(name="a\u0085"), failed("model.forbidden_character")),
    Attack("a noncharacter", achievement(name="a\ufffe"), failed("model.forbidden_character")),
    Attack(
        "a noncharacter beyond the first plane",
        achievement(name="\U0001ffff"),
        failed("model.forbidden_character"),
    ),
    Attack("a delete", achievement(name="a\u007f"), failed("model.forbidden_character")),
    Attack("another way to write an accent", achievement(inLanguage="fr\u0301"), MISMATCH),
    # Work
    Attack("as many alike as there is room for", achievement(alignment=[ALIKE] * 900), MISMATCH),
    Attack("3,000 blank nodes that look alike", achievement(alignment=[ALIKE] * 3_000), REFUSED),
    Attack(
        "trees of blank nodes that look alike, 4 wide", achievement(resultDescription=tree(4, 3)), REFUSED
    ),
    Attack(
        "trees of blank nodes that look alike, 9 wide", achievement(resultDescription=tree(9, 2)), REFUSED
    ),
    Attack("a chain of blank nodes, 25 deep", achievement(resultDescription=tree(1, 25)), MISMATCH),
    Attack("20,001 values", achievement(tag=[f"mot {number}" for number in range(20_001)]), REFUSED),
    Attack("390,000 values", achievement(tag=["x"] * 390_000), REFUSED),
    Attack("1,001 objects", achievement(alignment=[{"targetName": "x"}] * 1_001), REFUSED),
    Attack("ids within ids, 50 deep", achievement(id=[{"id": {"id": "a" * 100_000}}]), INVALID),
)
