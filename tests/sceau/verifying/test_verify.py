"""Three answers about a credential, each with its reason."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from sceau.canon import strict_json
from sceau.canon.contexts import CREDENTIALS_V2, OPEN_BADGES_3, Contexts, pinned
from sceau.did import document as did_document
from sceau.did.resolver import Resolver
from sceau.errors import NothingFoundError, UnreadableError, UnsupportedFormatError
from sceau.formats import baking, open_badges_3
from sceau.issuing import issue, issue_status_list
from sceau.keys.signer import Ed25519Signer
from sceau.model.credential import StatusEntry
from sceau.ports import Fetched, StatusSource, TrustSource, Voucher
from sceau.proofs.eddsa_rdfc_2022 import SUITE
from sceau.status import bitstring
from sceau.testing import (
    EXAMPLE_MOMENT,
    MemoryDocuments,
    MemoryFetcher,
    MemoryStatuses,
    MemoryTrust,
    example_credential,
    key_signer,
    web_signer,
)
from sceau.verifying.policy import Policy
from sceau.verifying.report import Outcome, Question, Report
from sceau.verifying.verify import verify

DID = "did:web:example.org:o:atelier"
LIST = "https://example.org/status/1"
NOW = EXAMPLE_MOMENT + timedelta(hours=1)
EMPTY = bytes(16_384)
REVOKED = bitstring.with_bit(EMPTY, 7, True)


def own_documents(signer: Ed25519Signer | None = None) -> MemoryDocuments:
    signer = signer or web_signer(DID)
    return MemoryDocuments(
        did_document.build(DID, [(signer.verification_method, signer.public_key_multibase)])
    )


class Counting(Contexts):
    """The pinned contexts, and how often a document was read with them."""

    def __init__(self) -> None:
        urls = (CREDENTIALS_V2, OPEN_BADGES_3)
        super().__init__({url: pinned().document(url) for url in urls})
        self.read = 0

    def check(self, context: object) -> tuple[str, ...]:
        self.read += 1
        return super().check(context)


@dataclass
class Case:
    """A verification, with everything in order until a test changes it."""

    data: bytes | str
    at: datetime = NOW
    resolver: Resolver = field(default_factory=lambda: Resolver(documents=[own_documents()]))
    statuses: StatusSource | None = None
    trust: TrustSource | None = None
    offline: bool = False
    max_status_age: timedelta = timedelta(days=1)

    def report(self) -> Report:
        policy = Policy(
            resolver=self.resolver,
            statuses=self.statuses,
            trust=self.trust,
            max_status_age=self.max_status_age,
            offline=self.offline,
        )
        return verify(self.data, at=self.at, policy=policy)


def plain() -> bytes:
    return issue(example_credential(issuer_id=DID), signer=web_signer(DID), created=EXAMPLE_MOMENT)


def with_status(*purposes: str, index: int = 7) -> bytes:
    status = tuple(StatusEntry(LIST, index, purpose) for purpose in purposes or ("revocation",))
    return issue(
        example_credential(issuer_id=DID, status=status), signer=web_signer(DID), created=EXAMPLE_MOMENT
    )


def status_list(bits: bytes = EMPTY, **changes: Any) -> bytes:
    entries: dict[str, Any] = {
        "list_url": LIST,
        "issuer_id": DID,
        "purpose": "revocation",
        "signer": web_signer(DID),
        "created": EXAMPLE_MOMENT,
    }
    return issue_status_list(bits=bits, **entries | changes)


def resigned(
    data: bytes, change: Callable[[dict[str, Any]], None], signer: Ed25519Signer | None = None
) -> bytes:
    """The same document changed by its own issuer, with a good proof."""
    document = json.loads(data)
    del document["proof"]
    change(document)
    proof = SUITE.create_proof(document, signer=signer or web_signer(DID), created=EXAMPLE_MOMENT)
    return strict_json.write({**document, "proof": [proof]})


def codes(report: Report, question: Question) -> list[str]:
    return [check.code for check in report.reasons(question) if check.outcome is not Outcome.PASSED]


def test_everything_in_order() -> None:
    vouchers = (Voucher("Région fictive", "Atelier du bocage", "vu au siège", date(2026, 1, 1)),)
    report = Case(
        with_status(), statuses=MemoryStatuses({LIST: status_list()}), trust=MemoryTrust({DID: vouchers})
    ).report()

    assert [(check.name, check.outcome) for check in report.checks] == [
        ("structure", Outcome.PASSED),
        ("proof", Outcome.PASSED),
        ("not_before", Outcome.PASSED),
        ("not_expired", Outcome.PASSED),
        ("revocation", Outcome.PASSED),
        ("issuer_known", Outcome.PASSED),
    ]
    assert [report.answer(question) for question in Question] == [Outcome.PASSED] * 3
    assert report.format == "open_badges_3"
    assert report.issuer_id == DID
    assert report.issuer_name == "Atelier du bocage (organisme fictif)"
    assert report.vouchers == vouchers
    assert report.credential == example_credential(issuer_id=DID, status=(StatusEntry(LIST, 7),))
    assert report.verified_at == NOW
    json.dumps([check.facts for check in report.checks])


def test_did_key_needs_nobody() -> None:
    data = issue(example_credential(), signer=key_signer(), created=EXAMPLE_MOMENT)
    report = Case(data, resolver=Resolver()).report()

    assert report.answer(Question.INTACT) is Outcome.PASSED
    assert report.answer(Question.VALID) is Outcome.PASSED


def test_did_web_through_the_network() -> None:
    signer = web_signer(DID)
    body = json.dumps(
        did_document.build(DID, [(signer.verification_method, signer.public_key_multibase)])
    ).encode()
    fetcher = MemoryFetcher({"https://example.org/o/atelier/did.json": body})

    report = Case(
        with_status(), resolver=Resolver(fetcher=fetcher), statuses=MemoryStatuses({LIST: status_list()})
    ).report()

    assert report.answer(Question.VALID) is Outcome.PASSED
    assert len(fetcher.asked) == 1


def test_a_key_of_the_past_still_verifies() -> None:
    old, new = web_signer(DID), web_signer(DID, 2)
    documents = MemoryDocuments(
        did_document.build(
            DID, [(signer.verification_method, signer.public_key_multibase) for signer in (old, new)]
        )
    )

    assert (
        Case(plain(), resolver=Resolver(documents=[documents])).report().answer(Question.INTACT)
        is Outcome.PASSED
    )


def test_a_baked_picture_and_a_text_are_read_alike() -> None:
    data = plain()
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><circle r="3"/></svg>'
    expected = Case(data).report()

    for form in (
        baking.bake_svg(drawing, data).encode(),
        baking.bake_svg(drawing, data),
        data.decode(),
        b"\n" + data,
    ):
        assert Case(form).report() == expected


# Intact?


def test_a_changed_word() -> None:
    report = Case(plain().replace(b"Camille Exemple", b"Camille Autre")).report()

    assert codes(report, Question.INTACT) == ["proof.mismatch"]
    assert report.answer(Question.INTACT) is Outcome.FAILED
    assert report.answer(Question.VALID) is Outcome.PASSED
    assert report.credential is not None
    assert report.credential.holder.name == "Camille Autre"


def test_another_key_of_the_same_issuer() -> None:
    report = Case(plain(), resolver=Resolver(documents=[own_documents(web_signer(DID, 2))])).report()

    assert codes(report, Question.INTACT) == ["proof.wrong_key"]


def test_a_swapped_key_under_the_same_name() -> None:
    swapped = Ed25519Signer(bytes(31) + b"\x09", f"{DID}#key-1")

    assert codes(
        Case(plain(), resolver=Resolver(documents=[own_documents(swapped)])).report(), Question.INTACT
    ) == ["proof.mismatch"]


def test_a_proof_with_somebody_elses_key() -> None:
    report = Case(resigned(plain(), lambda document: None, signer=key_signer())).report()

    assert codes(report, Question.INTACT) == ["proof.wrong_key"]
    assert report.answer(Question.INTACT) is Outcome.FAILED


def change_proof(data: bytes, **changes: Any) -> bytes:
    document = json.loads(data)
    for name, value in changes.items():
        if value is None:
            del document["proof"][0][name]
        else:
            document["proof"][0][name] = value
    return strict_json.write(document)


@pytest.mark.parametrize(
    ("changes", "code", "outcome"),
    [
        ({"proofValue": "z" + "2" * 88}, "proof.mismatch", Outcome.FAILED),
        ({"proofValue": None}, "proof.mismatch", Outcome.FAILED),
        ({"proofValue": 5}, "proof.mismatch", Outcome.FAILED),
        ({"created": "2026-06-02T07:59:59Z"}, "proof.mismatch", Outcome.FAILED),
        ({"created": None}, "proof.mismatch", Outcome.FAILED),
        ({"created": "yesterday"}, "proof.invalid", Outcome.FAILED),
        ({"created": ["2026-06-02T08:00:00Z"]}, "proof.invalid", Outcome.FAILED),
        ({"created": "2027-06-02T08:00:00Z"}, "proof.not_yet", Outcome.FAILED),
        ({"expires": "2026-06-02T08:30:00Z"}, "proof.expired", Outcome.FAILED),
        ({"expires": "2036-06-02T08:30:00Z"}, "proof.mismatch", Outcome.FAILED),
        ({"proofPurpose": "authentication"}, "proof.invalid", Outcome.FAILED),
        ({"proofPurpose": "https://w3id.org/security#assertionMethod"}, "proof.invalid", Outcome.FAILED),
        ({"proofPurpose": None}, "proof.invalid", Outcome.FAILED),
        ({"verificationMethod": DID}, "proof.invalid", Outcome.FAILED),
        ({"verificationMethod": None}, "proof.invalid", Outcome.FAILED),
        ({"verificationMethod": DID + "#key-2"}, "proof.wrong_key", Outcome.FAILED),
        ({"verificationMethod": "did:web:example.org:o:other#key-1"}, "proof.wrong_key", Outcome.FAILED),
        ({"note": "unsigned"}, "context.undefined_term", Outcome.FAILED),
        ({"cryptosuite": "ecdsa-rdfc-2019"}, "proof.invalid", Outcome.FAILED),
        ({"cryptosuite": "eddsa-jcs-2022"}, "proof.mismatch", Outcome.FAILED),
        ({"cryptosuite": "bbs-2023"}, "proof.unsupported", Outcome.INDETERMINATE),
        ({"cryptosuite": None}, "proof.unsupported", Outcome.INDETERMINATE),
        ({"type": "Ed25519Signature2020"}, "proof.unsupported", Outcome.INDETERMINATE),
        ({"previousProof": "urn:uuid:x"}, "proof.invalid", Outcome.FAILED),
    ],
)
def test_changed_proofs(changes: dict[str, Any], code: str, outcome: Outcome) -> None:
    report = Case(change_proof(plain(), **changes)).report()

    assert codes(report, Question.INTACT) == [code]
    assert report.answer(Question.INTACT) is outcome


@pytest.mark.parametrize("proof", [[], None, {}, "z", [5], [[]], [{}] * 9])
def test_no_proof_is_no_proof(proof: object) -> None:
    document = json.loads(plain()) | {"proof": proof}
    report = Case(strict_json.write(document)).report()

    assert report.answer(Question.INTACT) is not Outcome.PASSED
    if proof == []:
        assert codes(report, Question.INTACT) == ["proof.missing"]


def test_an_absent_proof() -> None:
    document = json.loads(plain())
    del document["proof"]

    assert codes(Case(strict_json.write(document)).report(), Question.INTACT) == ["proof.missing"]


@pytest.mark.parametrize("spoilt", [False, True], ids=["good", "a word that means nothing"])
def test_a_document_is_canonicalised_once_for_all_its_proofs(spoilt: bool) -> None:
    document = json.loads(plain()) | ({"mystery": "x"} if spoilt else {})
    several = document | {"proof": document["proof"] * 8}
    once, often = Counting(), Counting()

    reports = [
        verify(
            json.dumps(each), at=NOW, policy=Policy(Resolver(documents=[own_documents()]), contexts=counted)
        )
        for each, counted in ((document, once), (several, often))
    ]

    assert [report.answer(Question.INTACT) for report in reports] == [
        Outcome.FAILED if spoilt else Outcome.PASSED
    ] * 2
    assert len([check for check in reports[1].checks if check.name == "proof"]) == 8
    assert often.read == once.read == 2  # the document, and the options of the proof


def test_every_proof_must_hold() -> None:
    document = json.loads(plain())
    good = document["proof"][0]
    bad = good | {"proofValue": "z" + "2" * 88}

    both = Case(strict_json.write(document | {"proof": [good, good]})).report()
    one = Case(strict_json.write(document | {"proof": [good, bad]})).report()
    single = Case(strict_json.write(document | {"proof": good})).report()

    assert both.answer(Question.INTACT) is Outcome.PASSED
    assert codes(one, Question.INTACT) == ["proof.mismatch"]
    assert single.answer(Question.INTACT) is Outcome.PASSED


def test_an_issuer_out_of_reach_is_not_a_fault() -> None:
    report = Case(plain(), resolver=Resolver(fetcher=MemoryFetcher())).report()

    assert codes(report, Question.INTACT) == ["did.unresolved"]
    assert report.answer(Question.INTACT) is Outcome.INDETERMINATE


def test_an_issuer_with_an_unknown_method() -> None:
    data = strict_json.write(json.loads(plain().replace(DID.encode(), b"did:example:atelier")))

    assert codes(Case(data).report(), Question.INTACT) == ["did.unsupported_method"]


@pytest.mark.parametrize(
    ("contexts", "code", "outcome"),
    [
        (
            ["https://www.w3.org/ns/credentials/v2", "https://example.org/own"],
            "context.unknown",
            Outcome.INDETERMINATE,
        ),
        (["https://www.w3.org/ns/did/v1"], "context.invalid", Outcome.INDETERMINATE),
        (
            ["https://www.w3.org/ns/credentials/v2", {"name": "https://example.org/evil"}],
            "context.invalid",
            Outcome.INDETERMINATE,
        ),
        ([], "context.invalid", Outcome.INDETERMINATE),
        (None, "context.invalid", Outcome.INDETERMINATE),
        (["https://www.w3.org/ns/credentials/v2"], "context.undefined_term", Outcome.FAILED),
    ],
)
def test_contexts(contexts: object, code: str, outcome: Outcome) -> None:
    report = Case(strict_json.write(json.loads(plain()) | {"@context": contexts})).report()

    assert codes(report, Question.INTACT) == [code]
    assert report.answer(Question.INTACT) is outcome


def test_an_added_word_that_no_context_defines() -> None:
    report = Case(strict_json.write(json.loads(plain()) | {"mention": "très bien"})).report()

    assert codes(report, Question.INTACT) == ["context.undefined_term"]
    assert "'mention'" in report.reasons(Question.INTACT)[0].detail


def test_an_end_hidden_under_its_full_name_is_noticed() -> None:
    """The statements, and so the signature, would be the same; the reader would see no end."""
    document = json.loads(plain())
    document["https://www.w3.org/2018/credentials#validUntil"] = {
        "@value": document.pop("validUntil"),
        "@type": "http://www.w3.org/2001/XMLSchema#dateTime",
    }

    report = Case(strict_json.write(document), at=NOW + timedelta(days=9_000)).report()

    assert report.answer(Question.INTACT) is Outcome.FAILED


@pytest.mark.parametrize("wrap", [lambda end: [end], lambda end: {"@value": end}])
def test_an_end_in_another_shape_is_noticed(wrap: Callable[[str], object]) -> None:
    document = json.loads(plain())
    document["validUntil"] = wrap(document["validUntil"])

    report = Case(strict_json.write(document), at=NOW + timedelta(days=9_000)).report()

    assert report.answer(Question.INTACT) is Outcome.FAILED
    assert report.answer(Question.VALID) is Outcome.INDETERMINATE


def test_statements_about_the_credential_further_down_are_noticed() -> None:
    def move(document: dict[str, Any]) -> None:
        document["credentialSubject"]["achievement"]["related"] = [
            {"id": document["id"], "type": ["VerifiableCredential"], "validUntil": document.pop("validUntil")}
        ]

    report = Case(resigned(plain(), move)).report()

    assert codes(report, Question.INTACT) == ["model.invalid"]


def test_an_outcome_spread_over_two_objects_is_noticed() -> None:
    """The statements are the same, so the signature holds; a reader would not find the outcome's name."""
    document = json.loads(plain())
    described = document["credentialSubject"]["achievement"]["resultDescription"]
    described.append({"id": described[0]["id"], "name": described[0].pop("name")})

    report = Case(strict_json.write(document)).report()

    assert codes(report, Question.INTACT) == ["model.invalid"]


@pytest.mark.parametrize(
    "change",
    [
        {"type": ["OpenBadgeCredential"]},
        {"id": "not a url"},
        {"id": ["urn:x"]},
        {"id": None},
        {"issuer": None},
        {"issuer": []},
        {"issuer": {"name": "x"}},
        {"issuer": "Atelier"},
        {"credentialSubject": []},
        {"credentialSubject": {}},
        {"credentialSubject": "urn:x"},
        {"credentialSubject": [{"id": "x y"}]},
        {"validFrom": "2026-06-02"},
        {"validFrom": 5},
        {"validUntil": "2020-01-01T00:00:00Z"},
        {"validUntil": "2031-06-02T08:00:00"},
        {"credentialStatus": "urn:x"},
        {"credentialStatus": {"id": "urn:x"}},
        {"credentialStatus": [5]},
    ],
)
def test_musts_of_the_data_model(change: dict[str, Any]) -> None:
    report = Case(strict_json.write(json.loads(plain()) | change)).report()

    assert "model.invalid" in codes(report, Question.INTACT)
    assert report.answer(Question.INTACT) is Outcome.FAILED


@pytest.mark.parametrize("sign", ["\\u0007", "\\u007f", "\\ufffe"])
def test_a_character_on_which_libraries_disagree_is_named(sign: str) -> None:
    report = Case(plain().replace(b"Camille Exemple", f"Camille{sign}".encode())).report()

    assert codes(report, Question.INTACT) == ["model.forbidden_character"]
    assert f"U+{sign[2:].upper()}" in report.reasons(Question.INTACT)[0].detail


# Still valid?


def test_expired() -> None:
    report = Case(plain(), at=datetime(2031, 6, 2, 8, 0, 1, tzinfo=UTC)).report()

    assert codes(report, Question.VALID) == ["validity.expired"]
    assert report.reasons(Question.VALID)[0].facts == {"until": "2031-06-02T08:00:00Z"}
    assert report.answer(Question.INTACT) is Outcome.PASSED


def test_its_last_moment() -> None:
    assert (
        Case(plain(), at=datetime(2031, 6, 2, 8, tzinfo=UTC)).report().answer(Question.VALID)
        is Outcome.PASSED
    )


def test_not_yet_valid() -> None:
    report = Case(plain(), at=EXAMPLE_MOMENT - timedelta(seconds=1)).report()

    assert codes(report, Question.VALID) == ["validity.not_yet"]
    assert report.reasons(Question.VALID)[0].facts == {"from": "2026-06-02T08:00:00Z"}


def test_revoked() -> None:
    report = Case(with_status(), statuses=MemoryStatuses({LIST: status_list(REVOKED)})).report()

    assert codes(report, Question.VALID) == ["status.revoked"]
    assert report.answer(Question.VALID) is Outcome.FAILED
    assert report.answer(Question.INTACT) is Outcome.PASSED
    assert report.reasons(Question.VALID)[0].facts == {
        "list": LIST,
        "purpose": "revocation",
        "read_at": "2026-06-02T08:00:00Z",
        "age_seconds": 3600,
    }


def test_suspended() -> None:
    bits = bitstring.with_bit(EMPTY, 7, True)
    report = Case(
        with_status("suspension"), statuses=MemoryStatuses({LIST: status_list(bits, purpose="suspension")})
    ).report()

    assert codes(report, Question.VALID) == ["status.suspended"]


def test_somebody_elses_bit() -> None:
    report = Case(with_status(index=8), statuses=MemoryStatuses({LIST: status_list(REVOKED)})).report()

    assert report.answer(Question.VALID) is Outcome.PASSED


def test_every_entry_is_looked_at() -> None:
    report = Case(
        with_status("revocation", "suspension"), statuses=MemoryStatuses({LIST: status_list()})
    ).report()

    assert [check.name for check in report.checks if check.question is Question.VALID] == [
        "not_before",
        "not_expired",
        "revocation",
        "suspension",
    ]
    assert codes(report, Question.VALID) == ["status.invalid"]  # the list is one of revocations


@pytest.mark.parametrize(("offline", "code"), [(False, "status.unreachable"), (True, "status.offline")])
@pytest.mark.parametrize("statuses", [None, MemoryStatuses()])
def test_a_list_out_of_reach(offline: bool, code: str, statuses: StatusSource | None) -> None:
    report = Case(with_status(), statuses=statuses, offline=offline).report()

    assert codes(report, Question.VALID) == [code]
    assert report.answer(Question.VALID) is Outcome.INDETERMINATE


@pytest.mark.parametrize("offline", [False, True])
def test_an_old_copy_of_a_list_says_its_age(offline: bool) -> None:
    copy = Fetched(status_list(), EXAMPLE_MOMENT)
    report = Case(
        with_status(),
        at=EXAMPLE_MOMENT + timedelta(days=3),
        statuses=MemoryStatuses({LIST: copy}),
        offline=offline,
    ).report()

    assert codes(report, Question.VALID) == ["status.stale"]
    assert report.reasons(Question.VALID)[0].facts["age_seconds"] == 3 * 86_400
    assert report.reasons(Question.VALID)[0].facts["read_at"] == "2026-06-02T08:00:00Z"
    assert report.answer(Question.VALID) is Outcome.INDETERMINATE


def test_an_old_copy_that_shows_a_revocation_is_enough() -> None:
    report = Case(
        with_status(),
        at=EXAMPLE_MOMENT + timedelta(days=3),
        statuses=MemoryStatuses({LIST: status_list(REVOKED)}),
    ).report()

    assert codes(report, Question.VALID) == ["status.revoked"]


def test_an_old_copy_that_shows_a_suspension_is_not() -> None:
    copy = status_list(REVOKED, purpose="suspension")
    report = Case(
        with_status("suspension"),
        at=EXAMPLE_MOMENT + timedelta(days=3),
        statuses=MemoryStatuses({LIST: copy}),
    ).report()

    assert codes(report, Question.VALID) == ["status.stale"]


def other_list(change: Callable[[dict[str, Any]], None]) -> bytes:
    return resigned(status_list(), change)


def subject_of(document: dict[str, Any]) -> dict[str, Any]:
    subject: dict[str, Any] = document["credentialSubject"]
    return subject


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"[]",
        b"{}",
        b"{" * 10_000,
        b" " * 3_000_000,
        status_list().replace(b"2026-06-02T08", b"2026-06-01T08"),
        status_list(list_url="https://example.org/status/2"),
        status_list(purpose="suspension"),
        status_list(issuer_id=key_signer().verification_method.partition("#")[0], signer=key_signer()),
        status_list(created=NOW + timedelta(days=1)),
        strict_json.write(json.loads(status_list()) | {"proof": []}),
        issue(example_credential(issuer_id=DID), signer=web_signer(DID), created=EXAMPLE_MOMENT),
        other_list(lambda document: subject_of(document).update(encodedList="uAAAA")),
        other_list(lambda document: subject_of(document).update(encodedList=["x"])),
        other_list(lambda document: subject_of(document).pop("encodedList")),
        other_list(lambda document: subject_of(document).pop("statusPurpose")),
        other_list(lambda document: document.update(credentialSubject=[subject_of(document)])),
        other_list(lambda document: document.update(type=["VerifiableCredential"])),
    ],
)
def test_a_list_that_cannot_be_relied_on(body: bytes) -> None:
    report = Case(with_status(), statuses=MemoryStatuses({LIST: body})).report()

    assert codes(report, Question.VALID) == ["status.invalid"]
    assert report.answer(Question.VALID) is Outcome.INDETERMINATE


def test_a_list_past_its_own_end() -> None:
    body = status_list(valid_until=NOW - timedelta(minutes=1))

    assert codes(Case(with_status(), statuses=MemoryStatuses({LIST: body})).report(), Question.VALID) == [
        "status.stale"
    ]


def test_an_index_outside_the_list() -> None:
    report = Case(with_status(index=131_072), statuses=MemoryStatuses({LIST: status_list()})).report()

    assert codes(report, Question.VALID) == ["status.index"]
    assert report.answer(Question.VALID) is Outcome.INDETERMINATE


def test_a_list_that_serves_several_purposes() -> None:
    body = other_list(
        lambda document: subject_of(document).update(statusPurpose=["suspension", "revocation"])
    )

    assert (
        Case(with_status(), statuses=MemoryStatuses({LIST: body})).report().answer(Question.VALID)
        is Outcome.PASSED
    )


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"type": "1EdTechRevocationList"}, "status.unsupported"),
        ({"statusPurpose": "gossip"}, "status.unsupported"),
        ({"statusPurpose": "message"}, "status.invalid"),  # the list is one of revocations
        ({"statusSize": 2}, "status.invalid"),  # no word for each value
        ({"statusSize": 9}, "status.unsupported"),
        ({"statusListIndex": 7}, "status.invalid"),
        ({"statusListIndex": "seven"}, "status.invalid"),
        ({"statusListCredential": None}, "status.invalid"),
    ],
)
def test_entries_of_another_kind_are_not_taken_for_good(change: dict[str, Any], code: str) -> None:
    document = json.loads(with_status())
    document["credentialStatus"] |= change
    report = Case(strict_json.write(document), statuses=MemoryStatuses({LIST: status_list()})).report()

    assert codes(report, Question.VALID) == [code]
    assert report.answer(Question.VALID) is Outcome.INDETERMINATE


def test_too_many_entries() -> None:
    document = json.loads(with_status())
    document["credentialStatus"] = [document["credentialStatus"]] * 9
    statuses = MemoryStatuses({LIST: status_list()})

    assert codes(Case(strict_json.write(document), statuses=statuses).report(), Question.VALID) == [
        "status.invalid"
    ]
    assert statuses.asked == []


def test_the_key_of_the_list_out_of_reach() -> None:
    report = Case(with_status(), resolver=Resolver(), statuses=MemoryStatuses({LIST: status_list()})).report()

    assert codes(report, Question.VALID) == ["did.unresolved"]


# Who says who the issuer is?


def test_an_unknown_issuer_is_no_fault() -> None:
    report = Case(plain(), trust=MemoryTrust()).report()

    assert codes(report, Question.ISSUER) == ["issuer.unknown"]
    assert report.answer(Question.ISSUER) is Outcome.INDETERMINATE
    assert report.answer(Question.INTACT) is Outcome.PASSED
    assert report.answer(Question.VALID) is Outcome.PASSED


def test_a_voucher_of_the_past_does_not_count() -> None:
    gone = (Voucher("Région fictive", "Atelier", "vu", date(2020, 1, 1), until=date(2021, 1, 1)),)

    assert codes(Case(plain(), trust=MemoryTrust({DID: gone})).report(), Question.ISSUER) == [
        "issuer.unknown"
    ]


# What is not a credential at all.


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", UnreadableError),
        (b"   ", UnreadableError),
        (b"\x00\x01\x02", UnreadableError),
        (b"%PDF-1.7", UnsupportedFormatError),
        (b"\x89PNG\r\n\x1a\n", UnreadableError),
        (b"PK\x03\x04", UnsupportedFormatError),
        (b"eyJhbGciOiJFZERTQSJ9.eyJpc3MiOiJ4In0.c2lnbmF0dXJl", NothingFoundError),
        (b'"eyJhbGciOiJFZERTQSJ9.eyJpc3MiOiJ4In0.c2lnbmF0dXJl"', NothingFoundError),
        (b'{"type": "VerifiablePresentation"}', UnsupportedFormatError),
        (b'{"type": ["EnvelopedVerifiableCredential"]}', UnreadableError),
        (b'{"name": "package", "version": "1.0.0"}', NothingFoundError),
        (b"[]", UnreadableError),
        (b"5", UnreadableError),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', NothingFoundError),
        (b"<html></html>", UnreadableError),
        ("\ud800", UnreadableError),
    ],
)
def test_unreadable(data: bytes | str, error: type[Exception]) -> None:
    with pytest.raises(error):
        Case(data).report()


def test_a_credential_that_is_no_open_badge_is_verified_all_the_same() -> None:
    report = Case(status_list()).report()

    assert report.format == "verifiable_credential"
    assert report.credential is None
    assert report.answer(Question.INTACT) is Outcome.PASSED


def test_a_badge_of_another_author_is_verified_though_not_all_is_understood() -> None:
    def foreign(document: dict[str, Any]) -> None:
        del document["credentialSubject"]["identifier"]

    report = Case(resigned(plain(), foreign)).report()

    assert report.answer(Question.INTACT) is Outcome.PASSED
    assert report.format == open_badges_3.name
    assert report.credential is None
    assert report.document is not None
