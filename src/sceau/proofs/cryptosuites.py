"""The cryptosuites that are read here, by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sceau.errors import UnsupportedProofError
from sceau.proofs import ecdsa_jcs_2019, ecdsa_rdfc_2019, eddsa_jcs_2022, eddsa_rdfc_2022
from sceau.proofs.data_integrity import TYPE, Suite

SUITES: dict[str, Suite] = {
    module.SUITE.name: module.SUITE
    for module in (eddsa_rdfc_2022, eddsa_jcs_2022, ecdsa_rdfc_2019, ecdsa_jcs_2019)
}


def of(proof: Mapping[str, Any]) -> Suite:
    """
    The cryptosuite of a proof.

    Raises:
        UnsupportedProofError: Another type of proof, or a cryptosuite that is not read here.
    """
    if proof.get("type") not in (TYPE, [TYPE]):
        raise UnsupportedProofError(f"expected a {TYPE}, met {str(proof.get('type'))[:60]!r}")
    name = proof.get("cryptosuite")
    if not isinstance(name, str) or name not in SUITES:
        known = ", ".join(SUITES)
        raise UnsupportedProofError(f"expected one of {known}, met {str(name)[:60]!r}")
    return SUITES[name]
