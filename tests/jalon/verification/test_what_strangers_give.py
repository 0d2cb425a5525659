"""Files, texts and links of strangers: read, or refused with a sentence, in bounded time."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from tests.factories.verification import (
    CONFIRMED,
    FOREIGN_DID,
    FOREIGN_LIST_URL,
    NOW,
    PNG,
    SVG,
    AnOrganisation,
    MemoryOwnIssuers,
    a_baked_png,
    a_baked_svg,
    a_foreign_site,
    a_key_credential,
    a_key_token,
    a_pdf,
    a_status_list,
    a_wallet_attestation,
    a_web_credential,
    changed,
    entry_of,
    outside_world,
    said,
)

from jalon.foundation import clock
from jalon.verification import actions, labels
from jalon.verification.errors import (
    LinkRefusedError,
    LinkUnreachableError,
    NothingGivenError,
    TooMuchError,
    UnreadableCredentialError,
    VerificationError,
)
from jalon.verification.labels.verdict import verdict
from jalon.verification.rules import Form, Tone
from sceau.did import did_key
from sceau.issuing import enveloped
from sceau.testing import MemoryFetcher, key_signer

pytestmark = pytest.mark.django_db
KEY_DID = did_key.did(key_signer().public_key_multibase)


# — Forms —


@pytest.mark.parametrize(
    ("wrap", "form"),
    [
        (lambda data: data, Form.JSON),
        (lambda data: b"\xef\xbb\xbf" + data, Form.JSON),
        (a_baked_svg, Form.SVG),
        (lambda data: a_pdf({"lisez-moi.txt": b"bonjour", "attestation.json": data}), Form.PDF),
        (lambda data: a_key_token(), Form.JWT),
        (lambda data: a_pdf({"attestation.jwt": a_key_token()}), Form.PDF),
        (lambda data: a_wallet_attestation(), Form.SD_JWT),
        (lambda data: a_pdf({"attestation.sd-jwt": a_wallet_attestation()}), Form.PDF),
        (a_baked_png, Form.PNG),
        (lambda data: json.dumps(enveloped(a_key_token().decode())).encode(), Form.JSON),
    ],
)
def test_each_form_is_read(wrap: Any, form: Form) -> None:
    with clock.frozen(NOW), outside_world():
        result = actions.verify_bytes(wrap(a_key_credential()))

    assert result.form is form
    assert verdict(result).answers[0].sign == "oui"


def test_an_altered_token_is_not_to_be_relied_on() -> None:
    head, payload, signature = a_key_token().split(b".")
    other = a_key_token(valid_until=None).split(b".")[1]

    with clock.frozen(NOW), outside_world():
        assert verdict(actions.verify_bytes(b".".join((head, payload, signature)))).answers[0].sign == "oui"
        assert verdict(actions.verify_bytes(b".".join((head, other, signature)))).answers[0].sign == "non"


JWT = b"eyJhbGciOiJFZERTQSJ9.eyJpc3MiOiJkaWQ6a2V5OnoifQ.c2lnbmF0dXJl"
DEEP = b'{"a":' * 5_000 + b"1" + b"}" * 5_000
SENTENCES = {
    b"": "Il n’y a rien à lire. Déposez un fichier, collez un texte ou donnez un lien.",
    b" \n\t": "Il n’y a rien à lire. Déposez un fichier, collez un texte ou donnez un lien.",
    JWT: "Ce fichier se lit, mais ne contient pas d’attestation signée.",
    b"bonjour, je suis une attestation": "Nous n’y reconnaissons pas d’attestation.",
    b"\x00\x01\x02\xff\xfe" * 50: "Nous n’y reconnaissons pas d’attestation.",
    b"\x89PNG\r\n\x1a\n" + b"\0" * 40: "Ce contenu est coupé ou abîmé",
    PNG: "Cette image PNG se lit, mais ne contient pas d’attestation signée.",
    b"\xff\xd8\xff\xe0" + b"\0" * 40: "C’est une photo.",
    b"<!doctype html><html><title>Salut</title></html>": "C’est une page web, et elle n’indique aucune",
    b'{"a": 1, "a": 2}': "Ce fichier dit deux fois la même chose, de façon différente",
    b'{"type": "VerifiableCredential", ': "Ce contenu est coupé ou abîmé",
    b'{"bonjour": 1}': "Ce fichier se lit, mais ne contient pas d’attestation signée.",
    b'{"type": ["VerifiablePresentation"]}': "C’est un format que nous reconnaissons",
    DEEP: "Ce fichier est emboîté à l’excès",
    SVG.encode(): "Cette image SVG se lit, mais ne contient pas d’attestation signée.",
    b"<svg xmlns='http://www.w3.org/2000/svg'><g>": "Ce contenu est coupé ou abîmé",
}


@pytest.mark.parametrize(("data", "sentence"), SENTENCES.items())
def test_what_cannot_be_verified_gets_its_sentence(data: bytes, sentence: str) -> None:
    with outside_world(), pytest.raises(VerificationError) as caught:
        actions.verify_bytes(data)

    assert labels.sentence(caught.value.code, caught.value.facts).startswith(sentence)


def test_entities_of_an_svg_are_not_unfolded() -> None:
    bomb = (
        b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
        b'<svg xmlns="http://www.w3.org/2000/svg">&b;</svg>'
    )

    with outside_world(), pytest.raises(UnreadableCredentialError):
        actions.verify_bytes(bomb)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (a_pdf(), "verification.pdf_without_credential"),
        (a_pdf({"lisez-moi.txt": b"bonjour"}), "verification.pdf_without_credential"),
        (a_pdf({"donnees.json": b'{"total": 3}'}), "verification.pdf_without_credential"),
        (a_pdf({"attestation.jwt": JWT}), "verification.pdf_without_credential"),
        (b"%PDF-1.7\nrien", "verification.pdf_unreadable"),
    ],
)
def test_a_pdf_without_credential_says_so(data: bytes, code: str) -> None:
    with outside_world(), pytest.raises(UnreadableCredentialError) as caught:
        actions.verify_bytes(data)

    assert caught.value.code == code
    assert labels.sentence(code, {})


def test_fifty_megabytes_are_refused_at_once() -> None:
    heavy = b'{"a":"' + b"x" * 50_000_000 + b'"}'
    started = time.perf_counter()

    with outside_world(), pytest.raises(TooMuchError) as caught:
        actions.verify_bytes(heavy)

    assert time.perf_counter() - started < 0.5
    assert "jusqu’à 2 Mo" in labels.sentence(caught.value.code, caught.value.facts)


def test_two_megabytes_of_brackets_take_bounded_time() -> None:
    started = time.perf_counter()

    with outside_world(), pytest.raises(UnreadableCredentialError):
        actions.verify_bytes(b'{"a":' + b"[" * 1_900_000)

    assert time.perf_counter() - started < 5


@pytest.mark.parametrize(
    "issuer", ["did:web:a\u0000b", "did:web:" + "a" * 3_000, "urn:x:\u202e", 12, None, [], {}]
)
def test_a_strange_issuer_gets_an_answer_and_no_fault(issuer: Any) -> None:
    given = said(changed(a_key_credential(), lambda it: it.update(issuer=issuer)))

    assert given.tone is not Tone.GOOD
    assert given.answers[0].sign != "oui"


@pytest.mark.parametrize("url", ["https://x\u0000y/1", "https://x/" + "a" * 3_000, "file:///etc/passwd", ""])
def test_a_strange_list_address_gets_an_answer_and_no_fault(url: str) -> None:
    def point_there(it: dict[str, Any]) -> None:
        it["credentialStatus"] = [{**entry_of(it), "statusListCredential": url}]

    given = said(changed(a_web_credential(), point_there), own=MemoryOwnIssuers(CONFIRMED))

    assert given.answers[1].sign == "doute"


# — Links —


def test_a_link_to_a_credential_is_followed() -> None:
    address = "https://ailleurs.example.org/attestation.json"

    with clock.frozen(NOW), outside_world(fetcher=MemoryFetcher({address: a_key_credential()})):
        result = actions.verify_text(f"  {address}\n")

    assert verdict(result).answers[0].sign == "oui"


def test_a_page_that_names_its_signed_file_is_followed_once() -> None:
    page = b'<!doctype html><html><link rel="alternate" type="application/vc" href="a.json"></html>'
    network = MemoryFetcher(
        {"https://ailleurs.example.org/p/": page, "https://ailleurs.example.org/p/a.json": a_key_credential()}
    )

    with clock.frozen(NOW), outside_world(fetcher=network):
        result = actions.verify_link("https://ailleurs.example.org/p/")

    assert verdict(result).answers[0].sign == "oui"


@pytest.mark.parametrize(
    "href", ["https://autre.example.org/a.json", "http://ailleurs.example.org/a.json", "//[", "javascript:1"]
)
def test_a_page_that_names_a_file_elsewhere_is_not_followed(href: str) -> None:
    page = f'<!doctype html><html><link type="application/vc" href="{href}"></html>'.encode()
    network = MemoryFetcher({"https://ailleurs.example.org/p/": page})

    with outside_world(fetcher=network), pytest.raises(UnreadableCredentialError) as caught:
        actions.verify_link("https://ailleurs.example.org/p/")

    assert caught.value.code == "verification.html"
    assert network.asked == ["https://ailleurs.example.org/p/"]


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://ailleurs.example.org/a.json", "verification.link_not_https"),
        ("ftp://ailleurs.example.org/a.json", "verification.link_not_https"),
        ("https://", "verification.link_malformed"),
        ("https://[::1", "verification.link_malformed"),
        ("https://a.example.org/" + "x" * 3_000, "verification.link_malformed"),
    ],
)
def test_a_link_that_may_not_be_opened_is_refused_without_asking(url: str, code: str) -> None:
    with outside_world() as network, pytest.raises(LinkRefusedError) as caught:
        actions.verify_link(url)

    assert caught.value.code == code
    assert network.asked == []


def test_a_link_without_answer_says_so() -> None:
    with outside_world(), pytest.raises(LinkUnreachableError):
        actions.verify_link("https://ailleurs.example.org/a.json")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "10.0.0.8", "169.254.169.254", "[::1]"])
def test_the_guarded_fetcher_keeps_private_addresses_closed(host: str) -> None:
    with pytest.raises(LinkRefusedError) as caught:
        actions.verify_link(f"https://{host}/a.json")

    assert caught.value.code == "verification.link_private"


def test_offline_nothing_is_asked() -> None:
    site = a_foreign_site()

    with clock.frozen(NOW), outside_world(fetcher=site):
        result = actions.verify_bytes(a_web_credential(FOREIGN_DID, list_url=FOREIGN_LIST_URL), offline=True)

    assert site.asked == []
    assert verdict(result).answers[0].sign == "doute"


def test_nothing_given_is_said() -> None:
    with pytest.raises(NothingGivenError):
        actions.verify_text("   ")


def test_json_of_a_status_list_pasted_is_not_taken_for_a_person() -> None:
    given = said(json.dumps(json.loads(a_status_list())).encode(), own=MemoryOwnIssuers(CONFIRMED))

    assert given.holder == ""


def test_a_broken_list_is_said_not_to_hold() -> None:
    site = a_foreign_site()
    site._pages[FOREIGN_LIST_URL] = b"<html>"

    broken = said(a_web_credential(FOREIGN_DID, list_url=FOREIGN_LIST_URL), fetcher=site)

    assert broken.answers[1].words == (
        "La liste où l’organisme note les retraits ne tient pas : nous ne pouvons pas nous y fier."
    )


def test_one_credential_cannot_send_us_on_many_errands() -> None:
    def point_everywhere(it: dict[str, Any]) -> None:
        entry = entry_of(it)
        it["credentialStatus"] = [
            {**entry, "statusListCredential": f"https://ailleurs.example.org/{number}"} for number in range(4)
        ]

    network = MemoryFetcher()
    said(changed(a_web_credential(FOREIGN_DID), point_everywhere), fetcher=network)

    assert len(network.asked) <= 5


@pytest.mark.parametrize("count", [1_000, 20_000])
def test_a_credential_made_to_cost_time_is_answered_soon(count: int) -> None:
    def swell(it: dict[str, Any]) -> None:
        it["credentialSubject"]["result"] = [{"type": ["Result"], "value": "x"}] * count

    started = time.perf_counter()
    given = said(changed(a_key_credential(), swell))

    assert time.perf_counter() - started < 20
    assert given.answers[0].sign != "oui"


class _Wary(MemoryOwnIssuers):
    """A database that refuses what PostgreSQL refuses."""

    def did_document(self, did: str) -> dict[str, object] | None:
        assert "\u0000" not in did
        assert len(did) <= 500
        return super().did_document(did)

    def status_list(self, url: str) -> Any:
        assert "\u0000" not in url
        assert len(url) <= 500
        return super().status_list(url)

    def known_organisation(self, did: str) -> AnOrganisation | None:
        assert "\u0000" not in did
        assert len(did) <= 500
        return super().known_organisation(did)


@pytest.mark.parametrize("did", ["did:web:a\u0000b", "did:web:" + "a" * 900])
def test_our_database_is_not_asked_for_what_it_cannot_hold(did: str) -> None:
    def rename(it: dict[str, Any]) -> None:
        it["issuer"]["id"] = did
        for proof in it["proof"]:
            proof["verificationMethod"] = f"{did}#key-1"
        it["credentialStatus"] = [{**entry_of(it), "statusListCredential": "https://a\u0000b/"}]

    given = said(changed(a_web_credential(), rename), own=_Wary())

    assert given.answers[0].sign != "oui"
