"""Who vouches for an issuer."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from jalon.verification.models import TrustedIssuer
from jalon.verification.rules import is_did
from sceau.ports import Voucher


def trusted_issuers(*, did: str = "") -> QuerySet[TrustedIssuer]:
    """Every statement about an issuer, ended ones too; of one issuer where *did* is given."""
    rows = TrustedIssuer.objects.all()
    return rows.filter(did=did) if did else rows


def statements_for(did: str, *, on: date) -> QuerySet[TrustedIssuer]:
    """The statements about *did* that hold on a day: the first and last days included."""
    holding = Q(since__lte=on) & (Q(until__isnull=True) | Q(until__gte=on))
    return TrustedIssuer.objects.filter(holding, did=did).order_by("since", "vouched_by")


def vouchers_for(did: str, *, at: datetime) -> tuple[Voucher, ...]:
    """Those statements as the engine takes them, the oldest first; none for what cannot be an identifier."""
    if not is_did(did):
        return ()
    return tuple(
        Voucher(by=row.vouched_by, issuer_name=row.name, basis=row.basis, since=row.since, until=row.until)
        for row in statements_for(did, on=timezone.localdate(at))
    )
