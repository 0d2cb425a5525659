"""The record as an export: what it makes, and what `sceau.exports` then finds that it could not carry."""

from __future__ import annotations

from dataclasses import dataclass

from sceau.canon import strict_json
from sceau.exports import Sealing
from sceau.issuing import secure
from sceau.model.credential import Credential
from sceau_clr import record

TITLE = {"fr": "Relevé de parcours (CLR 2.0)", "en": "Learner record (CLR 2.0)"}
PURPOSE = {
    "fr": "Pour les établissements qui lisent des relevés de parcours plutôt que des badges.",
    "en": "For institutions that read learner records rather than badges.",
}


@dataclass(frozen=True)
class _Clr:
    name: str = "clr"
    media_type: str = "application/vc"
    suffix: str = ".clr.json"

    @property
    def title(self) -> dict[str, str]:
        """What a page calls it."""
        return TITLE

    @property
    def purpose(self) -> dict[str, str]:
        """What it is for, in one sentence."""
        return PURPOSE

    def write(self, credential: Credential, sealing: Sealing) -> bytes:
        """The record around one badge, signed as a whole."""
        document = record.to_document(credential)
        signed = secure(document, signer=sealing.signer, created=sealing.created, contexts=record.contexts())
        return strict_json.write(signed)

    def read(self, data: bytes) -> Credential:
        """What the badge in it says."""
        return record.from_document(strict_json.read_object(data))


EXPORT = _Clr()
