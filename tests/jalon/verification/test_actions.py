"""Who vouches for whom, recorded and forgotten."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from jalon.verification import actions, labels
from jalon.verification.errors import (
    IssuerStatementError,
)
from jalon.verification.models import TrustedIssuer
from sceau.did import did_key
from sceau.testing import key_signer

pytestmark = pytest.mark.django_db
KEY_DID = did_key.did(key_signer().public_key_multibase)


# — Who vouches —


def test_a_statement_said_again_replaces_the_first() -> None:
    for name in ("MFR du Val", "MFR du Haut Val"):
        actions.trust_issuer(did=KEY_DID, name=name, vouched_by="Région", since=date(2026, 1, 1))

    assert list(TrustedIssuer.objects.values_list("name", flat=True)) == ["MFR du Haut Val"]


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"did": "https://exemple.fr"}, "did"),
        ({"did": "did:web:a\u0000"}, "did"),
        ({"name": " "}, "name"),
        ({"vouched_by": ""}, "voucher"),
        ({"until": date(2025, 1, 1)}, "dates"),
    ],
)
def test_a_statement_that_makes_no_sense_is_refused(changes: dict[str, Any], problem: str) -> None:
    stated: dict[str, Any] = {
        "did": KEY_DID,
        "name": "MFR",
        "vouched_by": "Région",
        "since": date(2026, 1, 1),
        **changes,
    }

    with pytest.raises(IssuerStatementError) as caught:
        actions.trust_issuer(**stated)

    assert caught.value.code == f"verification.statement.{problem}"
    assert labels.sentence(caught.value.code, {})
    assert not TrustedIssuer.objects.exists()


def test_forgetting_one_voucher_leaves_the_others() -> None:
    for voucher in ("Région", "Branche"):
        actions.trust_issuer(did=KEY_DID, name="MFR", vouched_by=voucher, since=date(2026, 1, 1))

    assert actions.forget_issuer(did=KEY_DID, vouched_by="Région") == 1
    assert actions.forget_issuer(did="did:web:inconnu.example.org") == 0
    assert [row.vouched_by for row in TrustedIssuer.objects.all()] == ["Branche"]
