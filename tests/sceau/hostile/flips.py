"""
One bit flipped, all through each part of what is signed: not one may go unnoticed.

Each is tried where it is checked, which is quick; some go through the whole of `verify`.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from tests.sceau.hostile.good import (
    ENTRY,
    LIST_URL,
    NOW,
    SIGNER,
    credential,
    ecdsa,
    ecdsa_credential,
    proof_of,
    signed_blindly,
    status_list,
    token,
    with_status,
)

from sceau.canon import strict_json
from sceau.did.resolver import Resolver
from sceau.errors import SceauError
from sceau.keys.public import PublicKey
from sceau.proofs import cryptosuites, jose
from sceau.testing import MemoryStatuses
from sceau.verifying.policy import ALGORITHMS, Policy
from sceau.verifying.report import Outcome, Question
from sceau.verifying.verify import verify

ALL = tuple(range(8))


@dataclass(frozen=True)
class Part:
    """
    Attributes:
        name: Which bytes.
        make: The whole of which they are a part.
        where: The bytes themselves within it, all of them where None.
        holds: Is the whole still good? May raise a `SceauError`.
        bits: Which bits of a byte are flipped; one, in turn, where empty.
        step: Every how many bytes.
    """

    name: str
    make: Callable[[], bytes]
    where: Callable[[], bytes] | None
    holds: Callable[[bytes], bool]
    bits: tuple[int, ...] = ()
    step: int = 1

    def _places(self) -> tuple[bytes, range]:
        whole = self.make()
        part = self.where() if self.where else whole
        assert whole.count(part) == 1, f"{self.name}: expected the part once"
        start = whole.index(part)
        return whole, range(start, start + len(part))

    def flipped(self) -> Iterator[tuple[int, int, bytes]]:
        """Place, bit, and the whole with that bit flipped."""
        whole, places = self._places()
        for place in places[:: self.step]:
            for bit in self.bits or (place % 8,):
                yield place, bit, whole[:place] + bytes([whole[place] ^ 1 << bit]) + whole[place + 1 :]

    def unnoticed(self) -> list[tuple[int, int]]:
        """Places and bits whose flip nobody noticed; must be empty."""
        found = []
        for place, bit, data in self.flipped():
            try:
                if self.holds(data):
                    found.append((place, bit))
            except SceauError:
                continue
        return found


def _token_holds(key: PublicKey, data: bytes) -> bool:
    parsed = jose.parse(data.decode("utf-8", "surrogateescape"))
    parsed.claims()
    jose.verify(parsed, key, algorithms=ALGORITHMS)
    return True


def _document_holds(key: PublicKey, data: bytes) -> bool:
    document = strict_json.read_object(data)
    found = document.get("proof")
    proof = found[0] if isinstance(found, list) and found else found
    if not isinstance(proof, dict):
        return False
    bare = {name: value for name, value in document.items() if name != "proof"}
    cryptosuites.of(proof).verify_proof(bare, proof, public_key=key)
    return True


def _verified(data: bytes) -> bool:
    report = verify(data, at=NOW, policy=Policy(resolver=Resolver(), statuses=MemoryStatuses()))
    return report.answer(Question.INTACT) is Outcome.PASSED


def _says_good(data: bytes) -> bool:
    """Does a list with the bit of the credential set, and then flipped, still say that it is good?"""
    statuses = MemoryStatuses({LIST_URL: data})
    report = verify(_with_status(), at=NOW, policy=Policy(resolver=Resolver(), statuses=statuses))
    return report.answer(Question.VALID) is Outcome.PASSED


@functools.cache
def _with_status() -> bytes:
    return strict_json.write(with_status(ENTRY))


def _revoked() -> bytes:
    return status_list({7: 1})


def _encoded() -> bytes:
    text: str = json.loads(_revoked())["credentialSubject"]["encodedList"]
    return text.encode()


def _json(document: dict[str, Any]) -> bytes:
    return strict_json.write(document)


def _proof_value(document: dict[str, Any]) -> bytes:
    return str(proof_of(document)["proofValue"]).encode()


def _part_of_token(number: int, make: Callable[[], str]) -> Callable[[], bytes]:
    return lambda: make().split(".")[number].encode()


def _ecdsa_token() -> str:
    return token(signer=ecdsa())


_OURS = functools.partial(_document_holds, SIGNER.public_key)
_ECDSA = functools.partial(_document_holds, ecdsa().public_key)
_TOKEN = functools.partial(_token_holds, SIGNER.public_key)
_ECDSA_TOKEN = functools.partial(_token_holds, ecdsa().public_key)


PARTS = (
    Part("JSON, signed over JSON", lambda: _json(signed_blindly()), None, _OURS, step=5),
    Part("JSON, signed over RDF", lambda: _json(credential()), None, _OURS, step=101),
    Part(
        "proofValue, Ed25519",
        lambda: _json(signed_blindly()),
        lambda: _proof_value(signed_blindly()),
        _OURS,
        ALL,
    ),
    Part(
        "proofValue, P-256",
        lambda: _json(ecdsa_credential()),
        lambda: _proof_value(ecdsa_credential()),
        _ECDSA,
    ),
    Part("token, header", lambda: token().encode(), _part_of_token(0, token), _TOKEN, ALL),
    Part("token, payload", lambda: token().encode(), _part_of_token(1, token), _TOKEN, step=5),
    Part("token, signature of Ed25519", lambda: token().encode(), _part_of_token(2, token), _TOKEN, ALL),
    Part(
        "token, signature of P-256",
        lambda: _ecdsa_token().encode(),
        _part_of_token(2, _ecdsa_token),
        _ECDSA_TOKEN,
        ALL,
    ),
    Part("encodedList, in its signed list", _revoked, _encoded, _says_good),
    Part("a revoked list, whole", _revoked, None, _says_good, step=31),
    Part("JSON, through the whole of verify", lambda: _json(credential()), None, _verified, step=211),
    Part("token, through the whole of verify", lambda: token().encode(), None, _verified, step=211),
)
