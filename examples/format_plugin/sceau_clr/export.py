"""The record as an export: what it makes, and what `sceau.exports` then finds that it could not carry."""

from __future__ import annotations

from dataclasses import dataclass

from sceau.canon import strict_json
from sceau.exports import Sealing
from sceau.issuing import secure
from sceau.model.credential import Credential
from sceau_clr import record


@dataclass(frozen=True)
class _Clr:
    name: str = "clr"
    media_type: str = "application/vc"
    suffix: str = ".clr.json"

    def write(self, credential: Credential, sealing: Sealing) -> bytes:
        """The record around one badge, signed as a whole."""
        document = record.to_document(credential)
        signed = secure(document, signer=sealing.signer, created=sealing.created, contexts=record.contexts())
        return strict_json.write(signed)

    def read(self, data: bytes) -> Credential:
        """What the badge in it says."""
        return record.from_document(strict_json.read_object(data))


EXPORT = _Clr()
