"""What a signed credential says, and where its page is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.conf import settings

from sceau.formats import open_badges_3
from sceau.model.credential import Credential as CredentialContent

if TYPE_CHECKING:  # the command line draws stones without loading Django's tables
    from jalon.awarding.models import Credential


def content_of(credential: Credential) -> CredentialContent:
    """What the signed document of *credential* says."""
    return open_badges_3.from_document(json.loads(credential.document_bytes))


def page_url(credential: Credential) -> str:
    """The public page of *credential*, behind its unguessable link; the address in its QR code."""
    return f"{settings.PUBLIC_URL}/a/{credential.link_token}/"
