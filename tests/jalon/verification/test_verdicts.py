"""The three answers, good, unknown and bad, with the sentences shown."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from tests.factories.verification import (
    CONFIRMED,
    FOREIGN_DID,
    FOREIGN_LIST_URL,
    NOW,
    AnOrganisation,
    MemoryOwnIssuers,
    a_foreign_site,
    a_key_credential,
    a_status_list,
    a_web_credential,
    changed,
    outside_world,
    said,
    tampered,
)

from jalon.foundation import clock
from jalon.verification import actions
from jalon.verification.labels.verdict import Verdict, verdict
from jalon.verification.models import StatusListCopy
from jalon.verification.rules import Tone
from sceau.did import did_key
from sceau.testing import EXAMPLE_MOMENT, MemoryFetcher, example_issuer, key_signer

pytestmark = pytest.mark.django_db
KEY_DID = did_key.did(key_signer().public_key_multibase)


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
