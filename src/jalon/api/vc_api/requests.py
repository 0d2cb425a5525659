"""What a request may ask, read strictly and within bounds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest

from sceau.canon import strict_json
from sceau.errors import DataModelError, TooLargeError, UnreadableError
from sceau.model import moments

MAX_BYTES = 500_000
MAX_OBJECTS = 2_000
"""In one body. Each may cost a millisecond for each proof that covers it."""
MAX_PROOFS = 20
"""In one body, those of all its credentials together. Each may cost half a second."""
_JSON_TYPES = ("application/json", "application/ld+json", "application/vc+ld+json", "application/vc")


@dataclass(frozen=True)
class Options:
    """
    The options of a request; those that nobody here knows are let be.

    Attributes:
        expected_purpose: What the proofs must be made for, or None where the caller does not say.
    """

    cryptosuite: object = None
    created: datetime | None = None
    challenge: str | None = None
    domain: str | None = None
    credential_status: object = None
    expected_purpose: str | None = None


def is_json(request: HttpRequest) -> bool:
    """Does it say that it brings JSON? Forms of other sites cannot."""
    return (request.content_type or "").lower() in _JSON_TYPES


def read_body(request: HttpRequest) -> dict[str, Any]:
    """
    The JSON object of a request.

    Raises:
        TooLargeError: More than `MAX_BYTES`, or more objects or proofs than can be looked at in a moment.
        UnreadableError: Not JSON that every reader reads alike.
    """
    data = request.read(MAX_BYTES + 1)
    body = strict_json.read_object(data, max_bytes=MAX_BYTES)
    objects = proofs = 0
    pending: list[Any] = [body]
    while pending:
        item = pending.pop()
        if isinstance(item, dict):
            objects += 1
            found = item.get("proof")
            proofs += len(found) if isinstance(found, list) else 1 if found is not None else 0
            pending.extend(item.values())
        elif isinstance(item, list):
            pending.extend(item)
    if objects > MAX_OBJECTS or proofs > MAX_PROOFS:
        raise TooLargeError(
            f"expected at most {MAX_OBJECTS} objects and {MAX_PROOFS} proofs, met {objects} and {proofs}"
        )
    return body


def secured(body: dict[str, Any], name: str) -> dict[str, Any]:
    """
    The object that a request is about.

    Raises:
        UnreadableError: None, or something else than an object.
    """
    value = body.get(name)
    if not isinstance(value, dict):
        raise UnreadableError(f"expected {name} to be an object, met {type(value).__name__}")
    return value


def options_of(body: dict[str, Any]) -> Options:
    """
    Its options; none where there are none.

    Raises:
        DataModelError: An option that cannot be read.
    """
    given = body.get("options")
    members = {} if given is None else given
    if not isinstance(members, dict):
        raise DataModelError(f"expected options to be an object, met {type(members).__name__}")
    for name in ("challenge", "domain", "expectedProofPurpose"):
        if not isinstance(members.get(name), (str, type(None))):
            raise DataModelError(f"expected options.{name} to be text, met {str(members[name])[:60]!a}")
    created = members.get("created")
    return Options(
        cryptosuite=members.get("cryptosuite"),
        created=None if created is None else moments.read(created),
        challenge=members.get("challenge"),
        domain=members.get("domain"),
        credential_status=members.get("credentialStatus"),
        expected_purpose=members.get("expectedProofPurpose"),
    )
