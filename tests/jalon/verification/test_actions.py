"""Verifying whatever a stranger gives: the three answers, and the sentence for each refusal."""

from __future__ import annotations

import json
import time
from datetime import date, timedelta
from typing import Any

import pytest
from tests.factories.verification import (
    CONFIRMED,
    FOREIGN_DID,
    FOREIGN_LIST_URL,
    NOW,
    SVG,
    AnOrganisation,
    MemoryOwnIssuers,
    a_baked_svg,
    a_foreign_site,
    a_key_credential,
    a_pdf,
    a_status_list,
    a_web_credential,
    changed,
    outside_world,
    tampered,
)

from jalon.foundation import clock
from jalon.verification import actions, labels
from jalon.verification.errors import (
    IssuerStatementError,
    LinkRefusedError,
    LinkUnreachableError,
    NothingGivenError,
    TooMuchError,
    UnreadableCredentialError,
    VerificationError,
)
from jalon.verification.labels.verdict import Verdict, verdict
from jalon.verification.models import StatusListCopy, TrustedIssuer
from jalon.verification.rules import Form, Tone
from sceau.did import did_key
from sceau.testing import EXAMPLE_MOMENT, MemoryFetcher, example_issuer, key_signer

pytestmark = pytest.mark.django_db
KEY_DID = did_key.did(key_signer().public_key_multibase)


def said(data: bytes, **world: Any) -> Verdict:
    """The verdict on *data* on the morning of the tests."""
    with clock.frozen(NOW), outside_world(**world):
        return verdict(actions.verify_bytes(data))


def answers(given: Verdict) -> list[tuple[str, str]]:
    """``[("oui", "Oui"), …]``."""
    return [(answer.sign, answer.title) for answer in given.answers]


# — Green: all three —


def test_a_confirmed_organisation_of_ours_gets_three_good_answers() -> None:
    given = said(a_web_credential(), own=MemoryOwnIssuers(CONFIRMED))

    assert given.tone is Tone.GOOD
    assert given.headline == "Attestation intacte et valable"
    assert given.holder == "Camille Exemple"
    assert answers(given) == [("oui", "Oui"), ("oui", "Oui"), ("oui", "Région Occitanie")]
    assert given.answers[0].words == "C’est mot pour mot ce que l’organisme a signé."
    assert given.answers[1].words == "Elle n’a pas été retirée. Valable jusqu’au 2 juin 2031."
    assert given.answers[2].words == (
        "Confirme que cette clé appartient à Atelier du bocage (organisme fictif), depuis le "
        "12 janvier 2026. Comment : convention du 12 janvier 2026."
    )
    assert given.footer == "Vérifiée le 23 novembre 2026 à 9 h 41. Liste des retraits lue à l’instant."


def test_our_own_key_and_list_are_asked_before_any_network() -> None:
    with clock.frozen(NOW), outside_world(MemoryOwnIssuers(CONFIRMED)) as network:
        actions.verify_bytes(a_web_credential())

    assert network.asked == []


def test_a_recorded_statement_makes_a_foreign_issuer_known() -> None:
    actions.trust_issuer(
        did=FOREIGN_DID,
        name=example_issuer().name,
        vouched_by="Région Grand Est",
        since=date(2026, 3, 1),
    )

    given = said(a_web_credential(FOREIGN_DID, list_url=FOREIGN_LIST_URL), fetcher=a_foreign_site())

    assert given.tone is Tone.GOOD
    assert given.answers[2].title == "Région Grand Est"
    assert "depuis le 1er mars 2026" in given.answers[2].words


# — Yellow: something is not known —


def test_an_unknown_issuer_is_not_an_invalid_credential() -> None:
    given = said(a_key_credential())

    assert given.tone is Tone.DOUBT
    assert given.headline == "Attestation intacte, organisme inconnu de nous"
    assert given.lead == "Rien d’anormal, mais une réponse nous manque."
    assert answers(given) == [("oui", "Oui"), ("oui", "Oui"), ("doute", "Personne que nous connaissions")]
    assert given.answers[2].words == "Inconnu ne veut pas dire faux."
    assert "Elle ne dit pas où lire un retrait" in given.answers[1].words


def test_our_unconfirmed_organisation_is_said_to_be_registered_and_no_more() -> None:
    given = said(a_web_credential(), own=MemoryOwnIssuers())

    assert given.tone is Tone.DOUBT
    assert given.headline == "Attestation intacte, organisme non confirmé"
    assert given.answers[2].title == "Inscrit ici, identité non confirmée"


def test_a_fictional_organisation_is_said_to_be_fictional() -> None:
    fictional = AnOrganisation(is_demonstration=True)

    given = said(a_web_credential(), own=MemoryOwnIssuers(fictional))

    assert given.answers[2].words.endswith("Organisme fictif, pour la démonstration.")


def test_a_key_confirmed_for_one_name_says_nothing_of_another() -> None:
    actions.trust_issuer(
        did=KEY_DID, name="CFA des Trois Vallées", vouched_by="Région Grand Est", since=date(2026, 3, 1)
    )

    given = said(a_key_credential())

    assert given.tone is Tone.DOUBT
    assert given.answers[2].title == "Le nom ne correspond pas"
    assert "CFA des Trois Vallées" in given.answers[2].words
    assert example_issuer().name in given.answers[2].words


@pytest.mark.parametrize(
    ("since", "until"), [(date(2026, 12, 1), None), (date(2025, 1, 1), date(2026, 11, 22))]
)
def test_a_statement_outside_its_dates_does_not_count(since: date, until: date | None) -> None:
    actions.trust_issuer(
        did=KEY_DID, name=example_issuer().name, vouched_by="Région", since=since, until=until
    )

    assert said(a_key_credential()).answers[2].title == "Personne que nous connaissions"


def test_a_list_out_of_reach_leaves_the_state_unknown() -> None:
    site = a_foreign_site()
    del site._pages[FOREIGN_LIST_URL]

    given = said(a_web_credential(FOREIGN_DID, list_url=FOREIGN_LIST_URL), fetcher=site)

    assert given.tone is Tone.DOUBT
    assert given.answers[1].title == "On ne sait pas encore"
    assert given.answers[1].words == "La liste où l’organisme note les retraits est hors d’atteinte."
    assert given.lead == "Rien d’anormal, mais deux réponses nous manquent."


@pytest.mark.parametrize(
    ("age", "sign", "footer"),
    [
        (timedelta(hours=5), "oui", "Liste des retraits lue il y a 5 heures."),
        (timedelta(days=12), "doute", "Liste des retraits lue il y a 12 jours."),
    ],
)
def test_a_copy_of_a_list_out_of_reach_answers_with_its_age(age: timedelta, sign: str, footer: str) -> None:
    StatusListCopy.objects.create(
        url=FOREIGN_LIST_URL,
        body=a_status_list(FOREIGN_DID, url=FOREIGN_LIST_URL, created=NOW - age),
        fetched_at=NOW - age,
    )
    site = a_foreign_site()
    del site._pages[FOREIGN_LIST_URL]

    given = said(a_web_credential(FOREIGN_DID, list_url=FOREIGN_LIST_URL), fetcher=site)

    assert given.answers[1].sign == sign
    assert given.footer.endswith(footer)


def test_a_key_out_of_reach_leaves_all_in_doubt() -> None:
    given = said(a_web_credential(FOREIGN_DID, list_url=FOREIGN_LIST_URL), fetcher=MemoryFetcher())

    assert given.headline == "Attestation lue, signature non vérifiée"
    assert [answer.sign for answer in given.answers] == ["doute", "doute", "doute"]
    assert given.answers[0].words == "La clé de l’organisme est hors d’atteinte : impossible de comparer."


def test_an_unknown_vocabulary_is_said_in_words() -> None:
    strange = changed(
        a_key_credential(), lambda it: it["@context"].append("https://ailleurs.example.org/ctx")
    )

    given = said(strange)

    assert given.tone is Tone.DOUBT
    assert given.answers[0].words.startswith("Elle emploie un vocabulaire que nous ne connaissons pas")


# — Red —


def test_a_tampered_credential_is_not_to_be_relied_on() -> None:
    given = said(tampered(a_web_credential()), own=MemoryOwnIssuers(CONFIRMED))

    assert given.tone is Tone.BAD
    assert given.headline == "Le contenu a changé depuis la signature"
    assert given.holder == ""
    assert answers(given) == [
        ("non", "Non"),
        ("doute", "On ne peut pas le dire"),
        ("doute", "On ne peut pas le dire"),
    ]
    assert given.answers[0].advice == "Ne vous y fiez pas ; demandez l’original à la personne."


def test_a_credential_without_proof_is_said_to_be_unsigned() -> None:
    given = said(changed(a_key_credential(), lambda it: it.pop("proof")))

    assert given.tone is Tone.BAD
    assert given.headline == "Attestation sans signature"
    assert given.answers[0].title == "Non, elle n’est pas signée"


def test_an_empty_list_of_proofs_proves_nothing() -> None:
    given = said(changed(a_key_credential(), lambda it: it.update(proof=[])))

    assert given.headline == "Attestation sans signature"


def test_a_key_of_somebody_else_is_refused() -> None:
    def swap(it: dict[str, Any]) -> None:
        it["issuer"]["id"] = did_key.did(key_signer(2).public_key_multibase)

    given = said(changed(a_key_credential(), swap))

    assert given.tone is Tone.BAD
    assert given.answers[0].words == "Elle est signée, mais pas avec une clé de l’organisme qu’elle nomme."


def test_an_unsigned_addition_is_seen() -> None:
    given = said(changed(a_key_credential(), lambda it: it.update(mention="Très bien")))

    assert given.tone is Tone.BAD
    assert given.headline == "Une partie du texte n’est pas signée"


def test_an_expired_credential_says_when_and_who_said_so() -> None:
    given = said(a_key_credential(valid_until=EXAMPLE_MOMENT + timedelta(days=30)))

    assert given.tone is Tone.BAD
    assert given.headline == "Attestation expirée"
    assert given.answers[1].title == "Non, elle a expiré"
    assert given.answers[1].words == (
        "Elle valait jusqu’au 2 juillet 2026 : c’est l’organisme qui a fixé cette date."
    )
    assert given.answers[0].sign == "oui"


def test_a_credential_of_tomorrow_is_not_valid_yet() -> None:
    with clock.frozen(EXAMPLE_MOMENT - timedelta(minutes=3)), outside_world():
        given = verdict(actions.verify_bytes(a_key_credential()))

    assert given.headline == "Attestation pas encore valable"
    assert given.lead == "Elle est intacte, mais ne vaut pas encore."
    assert given.answers[1].words == (
        "Elle vaudra à partir du 2 juin 2026 à 10 h 00 : c’est l’organisme qui a fixé cette date."
    )


def test_a_foreign_revocation_says_what_the_list_does_not_say() -> None:
    given = said(
        a_web_credential(FOREIGN_DID, list_url=FOREIGN_LIST_URL), fetcher=a_foreign_site(revoked=(7,))
    )

    assert given.tone is Tone.BAD
    assert given.headline == "Attestation retirée"
    assert given.answers[1].words == (
        "L’organisme l’a notée retirée dans sa liste, qui ne dit ni quand ni pourquoi."
    )


def test_an_old_copy_still_shows_a_revocation() -> None:
    StatusListCopy.objects.create(
        url=FOREIGN_LIST_URL,
        body=a_status_list(FOREIGN_DID, url=FOREIGN_LIST_URL, revoked=(7,), created=NOW - timedelta(days=9)),
        fetched_at=NOW - timedelta(days=9),
    )
    site = a_foreign_site()
    del site._pages[FOREIGN_LIST_URL]

    given = said(a_web_credential(FOREIGN_DID, list_url=FOREIGN_LIST_URL), fetcher=site)

    assert given.headline == "Attestation retirée"


# — Forms —


@pytest.mark.parametrize(
    ("wrap", "form"),
    [
        (lambda data: data, Form.JSON),
        (lambda data: b"\xef\xbb\xbf" + data, Form.JSON),
        (a_baked_svg, Form.SVG),
        (lambda data: a_pdf({"lisez-moi.txt": b"bonjour", "attestation.json": data}), Form.PDF),
    ],
)
def test_json_svg_and_pdf_are_read(wrap: Any, form: Form) -> None:
    with clock.frozen(NOW), outside_world():
        result = actions.verify_bytes(wrap(a_key_credential()))

    assert result.form is form
    assert verdict(result).answers[0].sign == "oui"


JWT = b"eyJhbGciOiJFZERTQSJ9.eyJpc3MiOiJkaWQ6a2V5OnoifQ.c2lnbmF0dXJl"
DEEP = b'{"a":' * 5_000 + b"1" + b"}" * 5_000
SENTENCES = {
    b"": "Il n’y a rien à lire. Déposez un fichier, collez un texte ou donnez un lien.",
    b" \n\t": "Il n’y a rien à lire. Déposez un fichier, collez un texte ou donnez un lien.",
    JWT: "C’est une attestation au format JWT. Nous le reconnaissons, mais ne savons pas encore le lire.",
    JWT + b"~WyJzZWwiXQ~": "C’est une attestation de portefeuille européen (SD-JWT).",
    b"bonjour, je suis une attestation": "Nous n’y reconnaissons pas d’attestation.",
    b"\x00\x01\x02\xff\xfe" * 50: "Nous n’y reconnaissons pas d’attestation.",
    b"\x89PNG\r\n\x1a\n"
    + b"\0" * 40: "C’est une image PNG. Nous ne savons pas encore y lire une attestation.",
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
        (a_pdf({"attestation.jwt": JWT}), "verification.jwt"),
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


def entry_of(document: dict[str, Any]) -> dict[str, Any]:
    entry = document["credentialStatus"]
    found: dict[str, Any] = entry[0] if isinstance(entry, list) else entry
    return found


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


# — Who vouches —


def test_a_statement_said_again_replaces_the_first() -> None:
    for name in ("MFR du Val", "MFR du Haut Val"):
        actions.trust_issuer(did=KEY_DID, name=name, vouched_by="Région", since=date(2026, 1, 1))

    assert list(TrustedIssuer.objects.values_list("name", flat=True)) == ["MFR du Haut Val"]


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"did": "https://exemple.fr"}, "did"),
        ({"did": "did:web:a\u0000"}, "did"),
        ({"name": " "}, "name"),
        ({"vouched_by": ""}, "voucher"),
        ({"until": date(2025, 1, 1)}, "dates"),
    ],
)
def test_a_statement_that_makes_no_sense_is_refused(changes: dict[str, Any], problem: str) -> None:
    stated: dict[str, Any] = {
        "did": KEY_DID,
        "name": "MFR",
        "vouched_by": "Région",
        "since": date(2026, 1, 1),
        **changes,
    }

    with pytest.raises(IssuerStatementError) as caught:
        actions.trust_issuer(**stated)

    assert caught.value.code == f"verification.statement.{problem}"
    assert labels.sentence(caught.value.code, {})
    assert not TrustedIssuer.objects.exists()


def test_forgetting_one_voucher_leaves_the_others() -> None:
    for voucher in ("Région", "Branche"):
        actions.trust_issuer(did=KEY_DID, name="MFR", vouched_by=voucher, since=date(2026, 1, 1))

    assert actions.forget_issuer(did=KEY_DID, vouched_by="Région") == 1
    assert actions.forget_issuer(did="did:web:inconnu.example.org") == 0
    assert [row.vouched_by for row in TrustedIssuer.objects.all()] == ["Branche"]


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
