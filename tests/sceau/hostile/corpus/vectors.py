"""Published vectors that must be refused, read from where they lie beside the project."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from tests.sceau.hostile.good import Ask, Attack, failed, intact, raises, refused, token_listed, unknown

from sceau.canon import strict_json
from sceau.canon.contexts import CREDENTIALS_V2, Contexts, pinned
from sceau.canon.rdfc import Quad, canonicalise
from sceau.errors import CanonicalisationError

VECTORS = Path(__file__).resolve().parents[5] / "shared" / "vectors"
EXAMPLES = Contexts(
    {
        CREDENTIALS_V2: pinned().document(CREDENTIALS_V2),
        "https://www.w3.org/ns/credentials/examples/v2": {
            "@context": {"@vocab": "https://www.w3.org/ns/credentials/examples#"}
        },
    }
)
SUITES = {
    "vc-di-eddsa/eddsa-rdfc-2022/signedDataInt.json": "eddsa-rdfc-2022",
    "vc-di-eddsa/eddsa-jcs-2022/signedJCS.json": "eddsa-jcs-2022",
    "vc-di-ecdsa/ecdsa-rdfc-2019-p256/signedECDSAP256.json": "ecdsa-rdfc-2019 on P-256",
    "vc-di-ecdsa/ecdsa-rdfc-2019-p384/signedECDSAP384.json": "ecdsa-rdfc-2019 on P-384",
    "vc-di-ecdsa/ecdsa-jcs-2019-p256/signedJCSECDSAP256.json": "ecdsa-jcs-2019 on P-256",
    "vc-di-ecdsa/ecdsa-jcs-2019-p384/signedJCSECDSAP384.json": "ecdsa-jcs-2019 on P-384",
}
SELECTIVE = (
    "employ/addSignedSDBase.json",
    "employ/derivedRevealDocument.json",
    "prc/addSignedSDBase.json",
    "prc/derivedRevealDocument.json",
)


def document(name: str, **changes: Any) -> dict[str, Any]:
    return strict_json.read_object((VECTORS / name).read_bytes()) | changes


def whole(name: str, **changes: Any) -> Ask:
    return intact(lambda: document(name, **changes), contexts=EXAMPLES)


def its_issuer_being_its_key(name: str, **changes: Any) -> Ask:
    """The vector with the key's DID as its issuer, so that only the signature is in question."""

    def make() -> dict[str, Any]:
        found = document(name, **changes)
        return found | {"issuer": found["proof"]["verificationMethod"].partition("#")[0]}

    return intact(make, contexts=EXAMPLES)


def clique() -> object:
    """W3C's poison graph: ten blank nodes, each related to all."""
    lines = (VECTORS / "rdf-canon" / "test074-in.nq").read_text().splitlines()
    found = (re.fullmatch(r"(\S+) (\S+) (\S+) \.", line) for line in lines)
    quads: list[Quad] = [(met[1], met[2], met[3], "") for met in found if met]
    assert len(quads) == 100
    return canonicalise(quads)


def cwt() -> bytes:
    return bytes.fromhex("".join((VECTORS / "token-status-list" / "status_list_cwt.md").read_text().split()))


ATTACKS = (
    Attack(
        "rdf-canon test074c, a clique of blank nodes",
        raises(clique),
        refused(CanonicalisationError),
        vector="rdf-canon/test074-in.nq",
    ),
    *(
        Attack(
            f"{suite}, by a key that is not its issuer's", whole(name), failed("proof.wrong_key"), vector=name
        )
        for name, suite in SUITES.items()
    ),
    *(
        Attack(
            f"{suite}, its issuer exchanged for its key",
            its_issuer_being_its_key(name),
            failed("proof.mismatch"),
            vector=name,
        )
        for name, suite in SUITES.items()
    ),
    *(
        Attack(
            f"ecdsa-sd-2023, {name.partition('.')[0]}",
            whole(f"vc-di-ecdsa/ecdsa-sd-2023/{name}"),
            unknown("proof.unsupported"),
            vector=f"vc-di-ecdsa/ecdsa-sd-2023/{name}",
        )
        for name in SELECTIVE
    ),
    *(
        Attack(
            f"a {what}, by keys that are not its issuer's",
            whole(f"vc-di-eddsa/proof-set-chain/{name}.json"),
            failed("proof.wrong_key"),
            vector=f"vc-di-eddsa/proof-set-chain/{name}.json",
        )
        for name, what in {
            "signedProofSet2": "set of proofs",
            "signedProofChain1": "proof in a chain",
            "signedProofChain2": "chain of proofs",
        }.items()
    ),
    Attack(
        "Ed25519Signature2020, an older proof",
        whole("vc-di-eddsa/Ed25519Signature2020/signedEdSig.json"),
        unknown("proof.unsupported"),
        vector="vc-di-eddsa/Ed25519Signature2020/signedEdSig.json",
    ),
    Attack(
        "a Token Status List as CWT",
        token_listed(cwt),
        unknown("status.invalid"),
        vector="token-status-list/status_list_cwt.md",
    ),
)
