"""Whom an operator trusts to say whose a seal is."""

from __future__ import annotations

from dataclasses import dataclass

from sceau.keys.x509 import Certificate


@dataclass(frozen=True)
class Anchors:
    """
    Whom the operator trusts, and for what.

    Attributes:
        trusted_list: Services that issue qualified certificates for seals, from the EU's trusted lists. Only
            under one of these does it count that a certificate says it is qualified.
        authorities: Others who say whose a key is; also an organisation's own certificate.
        time_stamping: Who says since when something exists.
    """

    trusted_list: tuple[Certificate, ...] = ()
    authorities: tuple[Certificate, ...] = ()
    time_stamping: tuple[Certificate, ...] = ()
