"""What anyone may ask to verify what our issuers signed."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest
from django.test import Client
from tests.factories.awarding import an_award, an_issuing_organisation

from jalon.awarding import actions

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
