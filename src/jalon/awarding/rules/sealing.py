"""Exports under a seal: dated where a time-stamping authority answers, plain where it does not."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sceau.errors import FetchError, TimeStampError
from sceau.exports import EUROPASS, Exported, Sealing, export
from sceau.model.credential import Credential
from sceau.proofs.jades import Level


@dataclass(frozen=True)
class SealedExport:
    """
    Attributes:
        level: None where it is not sealed.
        undated: Why a seal that was to be dated is not: the code of an error, else ``""``.
    """

    exported: Exported
    level: Level | None = None
    undated: str = ""


def sealed_export(name: str, credential: Credential, sealing: Sealing) -> SealedExport:
    """
    `sceau.exports.export`, with a seal of level B-B where the time-stamping authority is out of reach.

    Raises:
        DataModelError: It cannot be written in this form, and why.
    """
    level = None
    if name == EUROPASS.name and sealing.certificates:
        level = Level.T if sealing.time_stamper else Level.B
    try:
        return SealedExport(export(name, credential, sealing), level)
    except (FetchError, TimeStampError) as error:
        if level is not Level.T:
            raise
        undated = export(name, credential, replace(sealing, time_stamper=None))
        return SealedExport(undated, Level.B, error.code)
