"""The door, open, with a data folder of its own."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from sceau.canon.contexts import CREDENTIALS_V2

PUBLIC_URL = "https://essai.example.org"


@dataclass(frozen=True)
class Answer:
    status: int
    body: dict[str, Any]

    @property
    def codes(self) -> list[str]:
        return [error["code"] for error in self.body["errors"]]


class Door:
    """Knocks with JSON; `raw` with anything."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def raw(self, path: str, data: bytes, content_type: str = "application/json") -> Answer:
        answer = self.client.post(f"/vc-api/{path}", data=data, content_type=content_type)
        return Answer(answer.status_code, json.loads(answer.content))

    def post(self, path: str, **body: Any) -> Answer:
        return self.raw(path, json.dumps(body).encode())

    def issue(self, document: Any, **options: Any) -> Answer:
        return self.post("credentials/issue", credential=document, options=options)

    def issued(self, document: Any = None, **options: Any) -> dict[str, Any]:
        answer = self.issue(document or credential(), **options)
        assert answer.status == 201, answer.body
        found: dict[str, Any] = answer.body["verifiableCredential"]
        return found

    def verify(self, document: Any, **options: Any) -> Answer:
        return self.post("credentials/verify", verifiableCredential=document, options=options)

    def show(self, document: Any, **options: Any) -> Answer:
        return self.post("presentations/verify", verifiablePresentation=document, options=options)


@pytest.fixture
def door(client: Client, settings: Any, tmp_path: Path) -> Door:
    settings.ROOT_URLCONF = "tests.jalon.api.vc_api.urls"
    settings.DATA_DIR = tmp_path
    settings.PUBLIC_URL = PUBLIC_URL
    return Door(client)


def credential(**entries: Any) -> dict[str, Any]:
    """The least there may be, and *entries*; ``...`` takes one away."""
    least = {
        "@context": [CREDENTIALS_V2],
        "type": ["VerifiableCredential"],
        "issuer": "did:example:somebody",
        "credentialSubject": {"id": "did:example:subject"},
    }
    return {name: value for name, value in (least | entries).items() if value is not ...}
