"""What was given, our own addresses, and how far trust goes: plain values."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.factories.verification import NOW

from jalon.verification import rules
from jalon.verification.rules import Form, Tone, TrustStep
from sceau.ports import Voucher
from sceau.verifying.report import Check, Outcome, Question, Report

TOKEN = "Zx9_-kLmNoPqRsTuVwXyZ0"
OURS = "https://jalon.example.org"


def a_report(*outcomes: Outcome, vouchers: tuple[Voucher, ...] = (), name: str = "MFR du Val") -> Report:
    made = tuple(
        Check("any", question, outcome) for question, outcome in zip(Question, outcomes, strict=True)
    )
    return Report(checks=made, verified_at=NOW, format="openbadges", issuer_name=name, vouchers=vouchers)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("https://a.example.org/x", Form.LINK),
        ("HTTP://a.example.org/x", Form.LINK),
        ("https://a.example.org/x et autre chose", Form.OTHER),
        ("7KF2-9QMR-48XA", Form.REFERENCE),
        ("7kf2 9qmr 48xa", Form.REFERENCE),
        ("7KF2-9QMR-48X", Form.OTHER),
        ('{"a": 1}', Form.JSON),
        ("aaaaaaaaaaaa.bbbb.cccc", Form.JWT),
        ("aaaaaaaaaaaa.bbbb.cccc~dddd~", Form.SD_JWT),
        ("", Form.EMPTY),
        ("\ud800", Form.OTHER),
    ],
)
def test_a_pasted_text_is_recognised(text: str, form: Form) -> None:
    assert rules.recognise_text(text) is form


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (b'  {"%PDF-": 1}', Form.JSON),
        (b"junk before\n%PDF-1.7", Form.PDF),
        (b"\xef\xbb\xbf<svg/>", Form.SVG),
        (b"<?xml version='1.0'?><!-- x --><svg:svg xmlns:svg='http://www.w3.org/2000/svg'/>", Form.SVG),
        (b"<rss><channel/></rss>", Form.OTHER),
        (b"<html><svg></svg></html>", Form.HTML),
        (b"<!DOCTYPE HTML><p>", Form.HTML),
        (b"GIF89a", Form.PICTURE),
        (b"\0" * 5_000, Form.EMPTY),
    ],
)
def test_a_file_is_recognised_by_its_first_bytes(data: bytes, form: Form) -> None:
    assert rules.recognise(data) is form


@pytest.mark.parametrize(
    ("url", "public_url", "token"),
    [
        (f"{OURS}/a/{TOKEN}/", OURS, TOKEN),
        (f"{OURS}/a/{TOKEN}", OURS, TOKEN),
        (f" {OURS}/a/{TOKEN}/attestation.json ", OURS, TOKEN),
        (f"HTTPS://JALON.example.org/a/{TOKEN}/?x=1#y", OURS, TOKEN),
        (f"http://localhost:8000/a/{TOKEN}/", "http://localhost:8000", TOKEN),
        (f"https://x.org/jalon/a/{TOKEN}/", "https://x.org/jalon", TOKEN),
        (f"http://jalon.example.org/a/{TOKEN}/", OURS, ""),
        (f"https://jalon.example.org.evil.org/a/{TOKEN}/", OURS, ""),
        (f"https://jalon.example.org@evil.org/a/{TOKEN}/", OURS, ""),
        (f"{OURS}:8443/a/{TOKEN}/", OURS, ""),
        (f"{OURS}/b/{TOKEN}/", OURS, ""),
        (f"{OURS}/a/court/", OURS, ""),
        ("https://[", OURS, ""),
        (f"{OURS}:port/a/{TOKEN}/", OURS, ""),
    ],
)
def test_our_own_addresses_are_told_from_others(url: str, public_url: str, token: str) -> None:
    assert rules.own_token(url, public_url) == token


P, F, U = Outcome.PASSED, Outcome.FAILED, Outcome.INDETERMINATE


@pytest.mark.parametrize(
    ("given", "tone"),
    [
        ((P, P, P), Tone.GOOD),
        ((P, P, U), Tone.DOUBT),
        ((P, U, P), Tone.DOUBT),
        ((F, P, P), Tone.BAD),
        ((P, F, U), Tone.BAD),
        ((U, U, U), Tone.DOUBT),
        ((), Tone.DOUBT),
        ((P, P), Tone.DOUBT),
    ],
)
def test_green_needs_three_good_answers(given: tuple[Outcome, ...], tone: Tone) -> None:
    assert rules.tone(given) is tone


VOUCHER = Voucher(by="Région", issuer_name="MFR du Val", basis="", since=date(2026, 1, 1))


@pytest.mark.parametrize("intact", [F, U])
def test_what_is_not_intact_says_nothing_sure_of_the_rest(intact: Outcome) -> None:
    given = rules.answers(a_report(intact, P, P, vouchers=(VOUCHER,)))

    assert list(given.values()) == [intact, U, U]


def test_an_end_stays_bad_even_where_the_rest_is_unsure() -> None:
    assert rules.answers(a_report(U, F, U))[Question.VALID] is F


@pytest.mark.parametrize(
    ("report", "step"),
    [
        (a_report(F, P, P, vouchers=(VOUCHER,)), TrustStep.UNSEALED),
        (a_report(U, P, U), TrustStep.UNSEALED),
        (a_report(P, P, U), TrustStep.ORGANISATION_KEY),
        (a_report(P, P, P, vouchers=(VOUCHER,)), TrustStep.VOUCHED_KEY),
        (a_report(P, P, P, vouchers=(VOUCHER,), name="mfr du VAL"), TrustStep.VOUCHED_KEY),
        (a_report(P, P, P, vouchers=(VOUCHER,), name="Autre"), TrustStep.ORGANISATION_KEY),
    ],
)
def test_the_step_of_trust_is_never_more_than_known(report: Report, step: TrustStep) -> None:
    assert rules.trust_step(report) is step


@pytest.mark.parametrize(
    "document",
    [
        None,
        {},
        {"credentialSubject": []},
        {"credentialSubject": [1]},
        {"credentialSubject": {"achievement": "x"}},
        {"credentialSubject": {"achievement": {"name": 12}}, "name": None},
    ],
)
def test_a_document_without_a_title_shows_no_badge(document: Any) -> None:
    assert rules.plain_badge(document) is None


def test_a_badge_is_read_through_lists_and_cut_short() -> None:
    badge = rules.plain_badge(
        {
            "issuer": {"name": "N" * 1_000},
            "awardedDate": "2026-05-01T00:00:00Z",
            "credentialSubject": [
                {
                    "achievement": [{"name": "Marcheur"}],
                    "identifier": [
                        {"identityType": "name", "hashed": True, "identityHash": "sha256$…"},
                        {"identityType": "name", "hashed": False, "identityHash": "Sami Doux"},
                    ],
                }
            ],
        }
    )

    assert badge is not None
    assert (badge.title, badge.holder, badge.awarded_on) == ("Marcheur", "Sami Doux", date(2026, 5, 1))
    assert len(badge.issuer) == 300


@pytest.mark.parametrize("proof", [None, 12, [], [1, None], {"type": 3}, [{"type": "x" * 900}]])
def test_strange_proofs_are_listed_without_fault(proof: Any) -> None:
    report = Report((), NOW, "", document={"proof": proof})

    assert all(len(shown.type) <= 500 for shown in rules.proofs(report))
