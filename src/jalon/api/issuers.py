"""
What anyone needs to verify what our issuers signed: their DID documents, their status lists in two forms, and
the type of their attestations.

Public, the same for everybody, readable from any page (CORS), and cheap to ask again (ETag).
"""

from __future__ import annotations

import hashlib
import json
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from jalon.awarding import actions, queries
from jalon.awarding.queries.keys import did_served_for, issuer_address, issuer_metadata
from jalon.awarding.rules.exports import type_document
from sceau.status.token_list import MEDIA_TYPE

DID_DOCUMENT_SECONDS = 3600
# Revoked is revoked at once here; a stranger's cache may be this old.
STATUS_LIST_SECONDS = 60
TYPE_SECONDS = 30 * 86_400


@csrf_exempt  # read only: nothing here changes on anybody's behalf
def did_document(request: HttpRequest, slug: str) -> HttpResponse:
    """The DID document behind ``did:web:<host>:o:<slug>``, past keys included."""
    found = queries.did_document(did_served_for(slug))
    if found is None:
        raise Http404
    body = json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()
    return _public(request, body, "application/did+json", DID_DOCUMENT_SECONDS)


@csrf_exempt  # read only
def for_wallets(request: HttpRequest, path: str, slug: str) -> HttpResponse:
    """
    The same keys for wallets that know no DIDs, of the issuer ``https://<host>/o/<slug>``.

    Source:
        draft-ietf-oauth-sd-jwt-vc-18, «JWT VC Issuer Metadata».
    """
    address = issuer_address(did_served_for(slug))
    found = issuer_metadata(address) if address.partition("://")[2].partition("/")[2] == path else None
    if found is None:
        raise Http404
    body = json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()
    return _public(request, body, "application/json", DID_DOCUMENT_SECONDS)


@csrf_exempt  # read only
def status_list(request: HttpRequest, list_id: UUID) -> HttpResponse:
    """A signed Bitstring Status List credential, as it is at this moment."""
    body = actions.refresh_status_list(list_id)
    if body is None:
        raise Http404
    return _public(request, body, "application/vc", STATUS_LIST_SECONDS)


@csrf_exempt  # read only
def status_token(request: HttpRequest, list_id: UUID) -> HttpResponse:
    """The same list as a Token Status List, which attestations for wallets point to."""
    body = actions.refresh_status_token(list_id)
    if body is None:
        raise Http404
    return _public(request, body, MEDIA_TYPE, STATUS_LIST_SECONDS)


@csrf_exempt  # read only
def attestation_type(request: HttpRequest) -> HttpResponse:
    """
    What software may know of our own type of attestation, whether or not it is the one in use today.

    Source:
        draft-ietf-oauth-sd-jwt-vc-18, «Retrieving Type Metadata».
    """
    return _public(request, type_document(settings.OWN_VCT), "application/json", TYPE_SECONDS)


def _public(request: HttpRequest, body: bytes, content_type: str, seconds: int) -> HttpResponse:
    if request.method == "OPTIONS":
        answer = HttpResponse(status=204)
        answer["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
        answer["Access-Control-Max-Age"] = "86400"
    elif request.method not in ("GET", "HEAD"):
        answer = HttpResponse(status=405)
        answer["Allow"] = "GET, HEAD, OPTIONS"
    else:
        answer = _with_etag(request, body, content_type, seconds)
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer


def _with_etag(request: HttpRequest, body: bytes, content_type: str, seconds: int) -> HttpResponse:
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    known = {tag.strip().removeprefix("W/") for tag in request.headers.get("If-None-Match", "").split(",")}
    answer = HttpResponse(status=304) if etag in known else HttpResponse(body, content_type=content_type)
    answer["ETag"] = etag
    answer["Cache-Control"] = f"public, max-age={seconds}"
    return answer
