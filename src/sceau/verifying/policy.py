"""What a verification may use and how far it trusts it: chosen by the verifier, never by the credential."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from sceau.canon import strict_json
from sceau.canon.contexts import Contexts
from sceau.did.resolver import Resolver
from sceau.errors import UnsupportedProofError
from sceau.keys.x509 import Certificate
from sceau.ports import StatusSource, TrustSource
from sceau.proofs import cryptosuites, jose
from sceau.verifying.trust import Anchors

ALGORITHMS = frozenset({*cryptosuites.SUITES, *jose.ALGORITHMS})
"""Every cryptosuite and JOSE algorithm that is read here."""


@dataclass(frozen=True)
class Policy:
    """
    Attributes:
        statuses: None where no list can be obtained; credentials with a status are then indeterminate.
        trust: None where nobody is known; every issuer is then unknown, which is no fault.
        max_status_age: An older copy of a status list no longer shows that a credential is still valid.
        offline: There is no network; it changes how an absent list is worded, not what is accepted.
        clock_skew: How far the clocks of issuer and verifier may differ.
        max_bytes: Of one credential as JSON.
        max_status_list_bytes: Of one status list as fetched; 100 million credentials take 23 MB at most.
        max_proofs: On one credential.
        max_endorsements: In one credential; more are not looked at.
        contexts: The JSON-LD contexts that are read; the pinned ones by default.
        seals: Who is trusted to say whose a European seal is; nobody by default.
        anchors: Certificates that are trusted to say whose a key is (`sceau.keys.x509`); none by default.
        algorithms: The cryptosuites and JOSE algorithms that are accepted; all that are read here by default.
    """

    resolver: Resolver
    statuses: StatusSource | None = None
    trust: TrustSource | None = None
    max_status_age: timedelta = timedelta(days=1)
    offline: bool = False
    clock_skew: timedelta = timedelta(minutes=5)
    max_bytes: int = strict_json.MAX_BYTES
    max_status_list_bytes: int = 24_000_000
    max_proofs: int = 8
    max_status_entries: int = 8
    max_endorsements: int = 4
    contexts: Contexts | None = None
    seals: Anchors = field(default_factory=Anchors)
    anchors: tuple[Certificate, ...] = ()
    algorithms: frozenset[str] = ALGORITHMS

    def check_algorithm(self, name: str) -> None:
        """
        Raises:
            UnsupportedProofError: The verifier does not accept it.
        """
        if name not in self.algorithms:
            accepted = ", ".join(sorted(self.algorithms)) or "none"
            raise UnsupportedProofError(f"expected an accepted algorithm ({accepted}), met {name[:60]!r}")
