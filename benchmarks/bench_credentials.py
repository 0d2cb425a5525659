"""
How fast credentials are signed and verified on one core, beside the floor: two SHA-256 and one Ed25519.

    python benchmarks/bench_credentials.py [--seconds 5]

Prints rates and their ratio to the floor measured in the same run, so that a noisy machine says the same.
"""

from __future__ import annotations

import argparse
import hashlib
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sceau import issuing, testing
from sceau.did.resolver import Resolver
from sceau.verifying.policy import Policy
from sceau.verifying.verify import verify

AT = datetime(2026, 6, 2, 10, 0, tzinfo=UTC)


def rate(work: Callable[[], object], seconds: float) -> float:
    """Calls per second of CPU time, after one call to warm up."""
    work()
    calls, started = 0, time.process_time()
    while (spent := time.process_time() - started) < seconds:
        work()
        calls += 1
    return calls / spent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=5.0, help="CPU seconds for each measurement")
    seconds = parser.parse_args().seconds
    signer, example = testing.key_signer(), testing.example_credential()
    signed = issuing.issue(example, signer=signer, created=AT)
    policy = Policy(resolver=Resolver())
    key = Ed25519PrivateKey.generate()
    public, signature = key.public_key(), key.sign(b"x" * 64)

    def fresh() -> None:
        issuing.issue(replace(example, id=uuid4().urn), signer=signer, created=AT)

    def floor_sign() -> None:
        key.sign(hashlib.sha256(signed).digest() + hashlib.sha256(signed[:500]).digest())

    def floor_verify() -> None:
        hashlib.sha256(signed).digest(), hashlib.sha256(signed[:500]).digest()
        public.verify(signature, b"x" * 64)

    print(f"one credential: {len(signed)} bytes signed")
    for name, ours, floor in (
        ("issue", fresh, floor_sign),
        ("verify", lambda: verify(signed, at=AT, policy=policy), floor_verify),
    ):
        mine, least = rate(ours, seconds), rate(floor, seconds / 5)
        print(f"{name:<7} {mine:8.1f}/s   floor {least:10.0f}/s   {100 * mine / least:6.3f} % of the floor")


if __name__ == "__main__":
    main()
