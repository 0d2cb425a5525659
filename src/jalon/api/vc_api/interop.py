"""What the suites need to know of this door, in one JSON file."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse

from jalon.api.vc_api import issuers
from sceau.keys.public import KeyType
from sceau.proofs import cryptosuites, eddsa_rdfc_2022
from sceau.proofs.data_integrity import Suite
from sceau.status import entries
from sceau.status.entries import Purpose


def config() -> dict[str, Any]:
    """``{"eddsa-rdfc-2022": {"issuerId": "did:key:z6Mk…", "issue": "https://…", …}, …}``"""
    status = {"type": entries.ENTRY, "statusPurpose": str(Purpose.REVOCATION)}
    first = eddsa_rdfc_2022.SUITE
    return {
        **{suite.name: _block(suite) for suite in cryptosuites.SUITES.values()},
        "bitstring-status-list": _block(first, credentialStatus=status),
        "vc-data-model-2.0": _block(first),
        "vc-jose-cose": {"cli": _command(), "features": ["credential_jose", "presentation_jose"]},
    }


def _block(suite: Suite, **options: Any) -> dict[str, Any]:
    issuer, _ = issuers.chosen(suite.name, "")
    block: dict[str, Any] = {
        "issuerId": issuer.id,
        "issue": _address("issue"),
        "verify": _address("verify"),
        "verifyPresentation": _address("verify_presentation"),
        "options": {"cryptosuite": suite.name, **options},
        "verifyOptions": {},
        "supports": {"vc": ["2.0"]},
    }
    if issuer.key_type is KeyType.P256:
        block |= {"keyTypes": [str(issuer.key_type)]}
        block["supports"]["keyTypes"] = [str(issuer.key_type)]
    return block


def _address(name: str) -> str:
    return f"{settings.PUBLIC_URL}{reverse(f'vc_api:{name}')}"


def _command() -> str:
    """The suite runs it on this very machine, where it may not be on the PATH."""
    beside = Path(sys.executable).with_name("jalon")
    return f"{shlex.quote(str(beside)) if beside.exists() else 'jalon'} vc-jose"
