"""
How fast credentials are signed and verified on one core, beside the floor, two SHA-256 and one Ed25519, and
beside @digitalbazaar/vc for Node, with the same credential in the same run.

    python benchmarks/bench_credentials.py [--seconds 5]

Rates are per second of processor time, and their ratios are what counts: a noisy machine says the same.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sceau import issuing, testing
from sceau.canon.contexts import CREDENTIALS_V2, OPEN_BADGES_3, pinned
from sceau.did.resolver import Resolver
from sceau.formats import open_badges_3
from sceau.verifying.policy import Policy
from sceau.verifying.report import Outcome, Question
from sceau.verifying.verify import verify

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from tools import node  # noqa: E402 -- the project's folder is not on the path of a script

AT = datetime(2026, 6, 2, 10, 0, tzinfo=UTC)
PEER = "@digitalbazaar/vc"


def on_one_core() -> bool:
    """Keep this process, and those it starts, on one core where the system can do that."""
    if not hasattr(os, "sched_setaffinity"):
        return False
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    return True


def rate(work: Callable[[], object], seconds: float) -> float:
    """Calls per second of processor time, once warm."""
    warm = time.process_time()
    while time.process_time() - warm < min(1, seconds / 5):
        work()
    calls, started = 0, time.process_time()
    while (spent := time.process_time() - started) < seconds:
        work()
        calls += 1
    return calls / spent


def floor(seconds: float, signed: bytes) -> tuple[float, float]:
    """Signing and verifying with nothing but the primitives: no JSON, no canonical form."""
    key = Ed25519PrivateKey.generate()
    public, signature = key.public_key(), key.sign(b"x" * 64)

    def sign() -> None:
        key.sign(hashlib.sha256(signed[:500]).digest() + hashlib.sha256(signed).digest())

    def check() -> None:
        hashlib.sha256(signed[:500]).digest(), hashlib.sha256(signed).digest()
        public.verify(signature, b"x" * 64)

    return rate(sign, seconds / 5), rate(check, seconds / 5)


def sceau(seconds: float, signed: bytes) -> tuple[float, float]:
    """From the model to signed JSON; and from JSON to a whole report."""
    signer, example = testing.key_signer(), testing.example_credential()
    policy = Policy(resolver=Resolver())
    assert verify(signed, at=AT, policy=policy).answer(Question.INTACT) is Outcome.PASSED

    def fresh() -> None:
        issuing.issue(replace(example, id=uuid4().urn), signer=signer, created=AT)

    return rate(fresh, seconds), rate(lambda: verify(signed, at=AT, policy=policy), seconds)


def digitalbazaar(seconds: float) -> tuple[float, float]:
    """From JSON to signed JSON; and from JSON to a verdict."""
    request = {
        "credential": open_badges_3.to_document(testing.example_credential()),
        "contexts": {url: pinned().document(url) for url in (CREDENTIALS_V2, OPEN_BADGES_3)},
        "now": "2026-06-02T10:00:00Z",
        "seconds": seconds,
    }
    done = subprocess.run(
        ["node", "--input-type=module", "--eval", (HERE / "digitalbazaar.mjs").read_text()],
        cwd=node.FOLDER,
        input=json.dumps(request),
        capture_output=True,
        text=True,
        check=True,
    )
    answer = json.loads(done.stdout)
    return answer["issue"], answer["verify"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=5.0, help="processor time for each measurement")
    seconds = parser.parse_args().seconds
    where = "one process kept on one core" if on_one_core() else "one process"
    signed = issuing.issue(testing.example_credential(), signer=testing.key_signer(), created=AT)
    print(f"One credential of {len(signed):,} bytes, eddsa-rdfc-2022; {where}, warm.")
    print(f"{'per second of processor time':<30}{'issue':>9}{'of floor':>10}{'verify':>10}{'of floor':>10}")

    least = floor(seconds, signed)

    def show(name: str, rates: tuple[float, float]) -> None:
        of_floor = [f"{100 * mine / bare:.2f} %" for mine, bare in zip(rates, least, strict=True)]
        print(f"{name:<30}{rates[0]:>9,.0f}{of_floor[0]:>10}{rates[1]:>10,.0f}{of_floor[1]:>10}", flush=True)

    show("two SHA-256 and one Ed25519", least)
    ours = sceau(seconds, signed)
    show("sceau", ours)
    if reason := node.why_not():
        print(f"{PEER} is absent: {reason}.")
        return
    theirs = digitalbazaar(seconds)
    version = json.loads(node.PINNED.read_text())["dependencies"][PEER]
    show(f"{PEER} {version}", theirs)
    print(
        f"sceau to {PEER}: {ours[0] / theirs[0]:.2f} when issuing, {ours[1] / theirs[1]:.2f} when verifying."
    )


if __name__ == "__main__":
    main()
