"""
What awarding lends verification: our own issuers' keys and status lists, from the database and no network.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from jalon.awarding.models import IssuerKey, StatusList
from jalon.awarding.queries.keys import did_document, issuer_metadata
from jalon.awarding.queries.statuses import AS_TOKEN, served_document, token_document
from jalon.foundation import clock
from sceau.ports import Fetched
from sceau.status import token_list


@dataclass(frozen=True)
class OwnOrganisation:
    """An organisation registered here; the shape that `verification.connectors` asks for."""

    did: str
    name: str
    confirmed_by: str = ""
    confirmed_at: datetime | None = None
    basis: str = ""
    is_demonstration: bool = False


class OwnIssuers:
    """Answers `verification.connectors.OwnIssuers`; `config` registers it. The two contexts do not meet."""

    def did_document(self, did: str) -> dict[str, object] | None:
        return did_document(did)

    def issuer_metadata(self, issuer: str) -> dict[str, object] | None:
        return issuer_metadata(issuer)

    def status_list(self, url: str) -> Fetched | None:
        found = StatusList.objects.filter(url=url.removesuffix(AS_TOKEN)).first()
        if found is None:
            return None
        is_token = url.endswith(AS_TOKEN)
        return Fetched(
            body=token_document(found) if is_token else served_document(found),
            fetched_at=clock.now(),
            content_type=token_list.MEDIA_TYPE if is_token else "application/vc",
        )

    def known_organisation(self, did: str) -> OwnOrganisation | None:
        key = IssuerKey.objects.filter(did=did).select_related("organisation").first()
        if key is None:
            return None
        organisation = key.organisation
        return OwnOrganisation(
            did=did,
            name=organisation.legal_name,
            confirmed_by=organisation.identity_confirmed_by,
            confirmed_at=organisation.identity_confirmed_at,
            basis=organisation.identity_basis,
            is_demonstration=organisation.is_demonstration,
        )
