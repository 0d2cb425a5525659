"""What anyone may ask to verify what our issuers signed."""

from __future__ import annotations

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import LazySettings
from django.test import Client
from tests.factories.awarding import an_award, an_issuing_organisation

from jalon.awarding import actions
from jalon.awarding.models import Credential
from jalon.foundation import clock
from sceau.did.resolver import Resolver
from sceau.formats import sd_jwt_vc
from sceau.proofs import jose, sd_jwt
from sceau.status import token_list
from sceau.verifying import sd_jwt as checking
from sceau.verifying.policy import Policy
from sceau.verifying.report import Outcome

pytestmark = pytest.mark.django_db


def test_did_document_is_public_and_lists_past_keys(client: Client) -> None:
    issuing = an_issuing_organisation(slug="atelier")
    actions.ensure_key(issuing.organisation)
    key = actions.rotate_key(organisation=issuing.organisation, by=issuing.signatory)

    answer = client.get("/o/atelier/did.json")

    document = json.loads(answer.content)
    assert document["id"] == key.did == "did:web:localhost%3A8000:o:atelier"
    assert len(document["verificationMethod"]) == 2
    assert answer["Content-Type"] == "application/did+json"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "max-age=3600" in answer["Cache-Control"]
    assert "Set-Cookie" not in answer.headers


def test_did_document_is_absent_before_the_first_key_and_for_strangers(client: Client) -> None:
    an_issuing_organisation(slug="atelier")

    assert client.get("/o/atelier/did.json").status_code == 404
    assert client.get("/o/personne/did.json").status_code == 404


def test_status_list_shows_a_revocation_at_once(client: Client) -> None:
    issuing = an_issuing_organisation()
    award = an_award(issuing)
    path = "/status/" + award.credentials.get().status_list.url.rsplit("/", 1)[1]
    before = client.get(path)

    actions.revoke_award(award=award, reason="error", by=issuing.signatory)
    after = client.get(path, headers={"If-None-Match": before["ETag"]})

    assert before["Content-Type"] == "application/vc"
    assert before["Access-Control-Allow-Origin"] == "*"
    assert "max-age=60" in before["Cache-Control"]
    assert after.status_code == 200
    assert json.loads(after.content)["credentialSubject"] != json.loads(before.content)["credentialSubject"]
    assert client.get(path, headers={"If-None-Match": after["ETag"]}).status_code == 304


def test_status_list_of_nobody_is_absent(client: Client) -> None:
    assert client.get(f"/status/{uuid4()}").status_code == 404
    assert client.get("/status/1").status_code == 404


def test_browsers_of_other_sites_may_ask_and_nobody_may_write(client: Client) -> None:
    path = "/status/" + an_award().credentials.get().status_list.url.rsplit("/", 1)[1]

    assert client.options(path)["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert client.post(path).status_code == 405
    assert client.head(path).content == b""


def token_of(client: Client, credential: Credential) -> token_list.StatusList:
    answer = client.get(f"/status/{credential.status_list_id}.jwt")
    claims = jose.parse(answer.content.decode(), max_bytes=10**6).claims()
    return token_list.decode(claims["status_list"])


def test_token_status_list_has_the_bits_of_the_other_list(client: Client) -> None:
    issuing = an_issuing_organisation()
    awards = [an_award(issuing) for _ in range(3)]
    credentials = [award.credentials.get() for award in awards]

    actions.revoke_award(award=awards[1], reason="error", by=issuing.signatory)

    found = token_of(client, credentials[0])
    assert len(found) == 131_072
    values = [found.value(each.status_index) for each in credentials if each.status_index is not None]
    assert values == [0, 1, 0]
    assert sum(each.bit_count() for each in found.data) == 1


def test_token_status_list_is_typed_cached_and_changes_with_a_revocation(client: Client) -> None:
    issuing = an_issuing_organisation()
    award = an_award(issuing)
    credential = award.credentials.get()
    assert credential.status_list is not None
    path = f"/status/{credential.status_list_id}.jwt"
    before = client.get(path)
    again = client.get(path, headers={"If-None-Match": before["ETag"]})

    actions.revoke_award(award=award, reason="error", by=issuing.signatory)
    after = client.get(path, headers={"If-None-Match": before["ETag"]})

    assert before["Content-Type"] == "application/statuslist+jwt"
    assert before["Access-Control-Allow-Origin"] == "*"
    assert "max-age=60" in before["Cache-Control"]
    assert again.status_code == 304
    assert after.status_code == 200
    token = jose.parse(after.content.decode(), max_bytes=10**6)
    claims = token.claims()
    assert token.type == "statuslist+jwt"
    assert token.header["kid"] == f"{credential.issuer_did}#key-1"
    assert claims["sub"] == f"{credential.status_list.url}.jwt"
    assert claims["ttl"] == 12 * 3600
    assert claims["exp"] - claims["iat"] == 7 * 86_400


def test_token_status_list_is_signed_again_before_it_is_old(client: Client) -> None:
    credential = an_award().credentials.get()
    path = f"/status/{credential.status_list_id}.jwt"
    first = client.get(path).content

    with clock.frozen(clock.now() + timedelta(hours=13)):
        second = client.get(path).content

    assert first != second


def test_token_status_list_of_nobody_is_absent(client: Client) -> None:
    assert client.get(f"/status/{uuid4()}.jwt").status_code == 404
    assert client.get("/status/1.jwt").status_code == 404


def test_own_type_is_described_where_attestations_say_and_with_the_hash_they_bear(
    client: Client, settings: LazySettings
) -> None:
    settings.VCT = settings.OWN_VCT
    credential = an_award().credentials.get()
    token = actions.file_of(credential, "sd-jwt-vc").data.decode()

    answer = client.get("/types/micro-certification/1")

    claims = sd_jwt.parse(token).claims()
    assert answer["Content-Type"] == "application/json"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert (
        json.loads(answer.content)["vct"]
        == claims["vct"]
        == "http://localhost:8000/types/micro-certification/1"
    )
    assert sd_jwt_vc.is_intact(claims["vct#integrity"], answer.content)
    policy = Policy(resolver=Resolver(), offline=True)
    checked = checking.check(token, at=clock.now(), policy=policy, type_metadata=answer.content)
    assert {each.name: each.outcome for each in checked.checks}["type_metadata"] is Outcome.PASSED
    other = checking.check(token, at=clock.now(), policy=policy, type_metadata=answer.content + b" ")
    assert {each.name: each.outcome for each in other.checks}["type_metadata"] is Outcome.FAILED
