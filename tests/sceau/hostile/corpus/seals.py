"""Attacks on sealed European credentials: stripped, doubled, swapped; certificates that are no good."""

from __future__ import annotations

import base64
import functools
import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from cryptography import x509 as crypto
from tests.sceau.hostile.good import (
    PASSED,
    Answer,
    Ask,
    Attack,
    Data,
    ask_verify,
    attempt,
    failed,
    refused,
    unknown,
    written,
)
from tests.sceau.keys import test_x509 as authorities

from sceau.canon import strict_json
from sceau.did import did_key
from sceau.errors import DataModelError, DuplicateKeyError, UnreadableError
from sceau.formats import european
from sceau.keys import jwk
from sceau.keys.signer import EcdsaSigner
from sceau.keys.x509 import Certificate
from sceau.model import annex_i
from sceau.ports import Voucher
from sceau.proofs import jades
from sceau.testing import EXAMPLE_MOMENT, MemoryTrust, example_credential
from sceau.verifying.report import Question
from sceau.verifying.trust import Anchors

_BARE = EcdsaSigner(authorities.key(9), "")
ISSUER = did_key.did(_BARE.public_key_multibase)
SIGNER = EcdsaSigner(authorities.key(9), did_key.verification_method(_BARE.public_key_multibase))
ROOT = authorities.root()
NAME, NUMBER = example_credential().issuer.name, "NTRFR-000000000"
DAY = timedelta(days=1)
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8ffff3f0005fe02"
    "fe0def46b80000000049454e44ae426082"
)


def leaf(
    name: str = NAME, number: str = NUMBER, root: authorities.Authority = ROOT, **options: Any
) -> Certificate:
    oid = crypto.oid.NameOID
    parts = {
        oid.COUNTRY_NAME: "FR",
        oid.ORGANIZATION_NAME: name,
        oid.ORGANIZATION_IDENTIFIER: number,
        oid.COMMON_NAME: name or "Personne",
    }
    subject = crypto.Name([crypto.NameAttribute(kind, value) for kind, value in parts.items() if value])
    return root.issue(subject, authorities.key(9), **options)


@functools.cache
def _document() -> str:
    document = european.to_document(example_credential(issuer_id=ISSUER), pictures={"fr": PIXEL})
    return json.dumps(
        european.for_seal(document, identifier=NUMBER, country_code="FR", sealed_at=EXAMPLE_MOMENT)
    )


def document(change: Callable[[dict[str, Any]], object] = lambda d: None) -> dict[str, Any]:
    """What is sealed, changed before."""
    found: dict[str, Any] = json.loads(_document())
    change(found)
    return found


def sealed(
    payload: dict[str, Any] | str | None = None,
    *,
    certificate: Certificate | None = None,
    header: Callable[[dict[str, Any]], object] = lambda h: None,
    signer: EcdsaSigner = SIGNER,
    signed: str | None = None,
) -> dict[str, Any]:
    """A seal by hand, right over whatever was put into it, by a certificate that we would not seal with."""
    text = payload if isinstance(payload, str) else strict_json.write(payload or document()).decode()
    own = certificate or leaf()
    said: dict[str, Any] = {
        "alg": "ES256",
        "x5t#S256": own.thumbprint,
        "x5c": [base64.b64encode(own.der).decode()],
        "b64": False,
        "iat": int(EXAMPLE_MOMENT.timestamp()),
        "crit": ["b64"],
    }
    header(said)
    protected = jwk.base64url_encode(json.dumps(said).encode())
    signature = signer.sign(f"{protected}.{text if signed is None else signed}".encode())
    one = {"protected": protected, "signature": jwk.base64url_encode(signature)}
    return {"payload": text, "signatures": [one]}


def after(change: Callable[[dict[str, Any]], object], **options: Any) -> Callable[[], dict[str, Any]]:
    """The good file, changed after it was sealed."""

    def make() -> dict[str, Any]:
        made = sealed(**options)
        change(made)
        return made

    return make


def one(made: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = made["signatures"][0]
    return found


TRUSTED: dict[str, Any] = {
    "seals": Anchors(authorities=(ROOT.certificate,)),
    "trust": MemoryTrust({ISSUER: (Voucher("Région", NAME, "confirmé", date(2026, 1, 1)),)}),
}


def intact(make: Callable[[], Data]) -> Ask:
    return lambda: attempt(lambda: ask_verify(make(), Question.INTACT, **TRUSTED))


def by_whom(make: Callable[[], Data], **changes: Any) -> Ask:
    """Asks who says who the issuer is; the operator trusts one authority and vouches for the issuer's key."""
    return lambda: attempt(lambda: ask_verify(make(), Question.ISSUER, **TRUSTED | changes))


def whole(change: Callable[[dict[str, Any]], object]) -> Ask:
    """Reads a file that is sealed rightly, and asks whether it is a whole record."""

    def ask() -> Answer:
        text = jades.parse(written(sealed(document(change)))).payload
        annex_i.check(european.from_document(strict_json.read_object(text)))
        return PASSED

    return lambda: attempt(ask)


def claim(found: dict[str, Any]) -> dict[str, Any]:
    met: dict[str, Any] = found["credentialSubject"]["hasClaim"][0]
    return met


def titled(found: dict[str, Any], words: Any) -> None:
    """The title wherever it stands."""
    for each in (claim(found), claim(found)["specifiedBy"]):
        each["title"] = words


def emptied(found: dict[str, Any]) -> None:
    """Every map of languages, with no words in it."""
    pending: list[Any] = [claim(found)["specifiedBy"]]
    while pending:
        item = pending.pop()
        for name, value in list(item.items()) if isinstance(item, dict) else []:
            if isinstance(value, dict) and value and all(len(tag) == 2 for tag in value):
                item[name] = {}
        pending += item.values() if isinstance(item, dict) else item if isinstance(item, list) else []


UNREADABLE, INVALID = refused(UnreadableError), refused(DataModelError)
OTHER_SIGNER = EcdsaSigner(authorities.key(8), "")

ATTACKS = (
    Attack("a seal as it is", intact(sealed), PASSED),
    Attack("the seal as it is: who says so", by_whom(sealed), PASSED),
    # Stripped, doubled
    Attack("the seal stripped off, the document alone", intact(document), failed("proof.missing")),
    Attack(
        "no signature in the list", intact(after(lambda d: d.update(signatures=[]))), failed("proof.missing")
    ),
    Attack(
        "the same seal twice",
        intact(after(lambda d: d.update(signatures=d["signatures"] * 2))),
        failed("seal.several"),
    ),
    Attack(
        "a second seal, by another key",
        intact(after(lambda d: d["signatures"].append(one(sealed(signer=OTHER_SIGNER))))),
        failed("seal.several"),
    ),
    Attack(
        "a seal in both forms at once",
        intact(after(lambda d: d.update(one(d)))),
        UNREADABLE,
    ),
    Attack(
        "an empty signature", intact(after(lambda d: one(d).update(signature=""))), failed("proof.missing")
    ),
    # Swapped
    Attack(
        "the payload of another seal",
        intact(
            after(lambda d: d.update(payload=sealed(document(lambda e: e.update(id="urn:x:2")))["payload"]))
        ),
        failed("proof.mismatch"),
    ),
    Attack(
        "the header of another seal",
        intact(
            after(
                lambda d: one(d).update(protected=one(sealed(header=lambda h: h.update(iat=1)))["protected"])
            )
        ),
        failed("proof.mismatch"),
    ),
    Attack(
        "one space more in the payload",
        intact(after(lambda d: d.update(payload=d["payload"] + " "))),
        failed("proof.mismatch"),
    ),
    Attack(
        "the payload as an object",
        intact(after(lambda d: d.update(payload=json.loads(d["payload"])))),
        UNREADABLE,
    ),
    Attack(
        "a key twice in the payload",
        intact(lambda: sealed(strict_json.write(document()).decode()[:-1] + ',"id":"urn:x:2"}')),
        refused(DuplicateKeyError),
    ),
    Attack("a payload that is no JSON", intact(lambda: sealed("{haie}")), UNREADABLE),
    # b64
    Attack("b64 true", intact(lambda: sealed(header=lambda h: h.update(b64=True))), failed("seal.payload")),
    Attack(
        "b64 false over the payload in base64url",
        intact(lambda: sealed(signed=jwk.base64url_encode(strict_json.write(document())))),
        failed("proof.mismatch"),
    ),
    Attack(
        "b64 as text", intact(lambda: sealed(header=lambda h: h.update(b64="false"))), failed("seal.payload")
    ),
    Attack("no b64 at all", intact(lambda: sealed(header=lambda h: h.pop("b64"))), failed("proof.invalid")),
    Attack(
        "b64 that is not critical",
        intact(lambda: sealed(header=lambda h: h.pop("crit"))),
        failed("seal.payload"),
    ),
    Attack(
        "b64 in the header that is not signed",
        intact(
            after(
                lambda d: one(d).update(header={"b64": False}),
                header=lambda h: (h.pop("b64"), h.pop("crit")),
            )
        ),
        failed("seal.payload"),
    ),
    Attack(
        "a critical name nobody here knows",
        intact(lambda: sealed(header=lambda h: h.update(crit=["b64", "sigPId"], sigPId="x"))),
        unknown("proof.unsupported"),
    ),
    # Algorithms
    Attack(
        "alg none", intact(lambda: sealed(header=lambda h: h.update(alg="none"))), failed("proof.missing")
    ),
    Attack(
        "alg HS256", intact(lambda: sealed(header=lambda h: h.update(alg="HS256"))), failed("proof.invalid")
    ),
    Attack("the key of another", intact(lambda: sealed(signer=OTHER_SIGNER)), failed("proof.mismatch")),
    # Certificates
    Attack(
        "a certificate that has ended",
        by_whom(lambda: sealed(certificate=leaf(until=EXAMPLE_MOMENT - DAY))),
        failed("certificate.expired"),
    ),
    Attack(
        "a certificate of later",
        by_whom(lambda: sealed(certificate=leaf(since=EXAMPLE_MOMENT + DAY))),
        failed("certificate.not_yet"),
    ),
    Attack(
        "a certificate for encryption",
        by_whom(lambda: sealed(certificate=leaf(usages=("key_encipherment",)))),
        failed("certificate.use"),
    ),
    Attack(
        "a certificate that issues others",
        by_whom(lambda: sealed(certificate=leaf(ca=True, usages=("key_cert_sign", "digital_signature")))),
        failed("certificate.use"),
    ),
    Attack(
        "a certificate of another organisation",
        by_whom(lambda: sealed(certificate=leaf("Université de Valbrume", "NTRFR-111111111"))),
        failed("seal.other_organisation"),
    ),
    Attack(
        "the name of the issuer, the number of another",
        by_whom(lambda: sealed(document(), certificate=leaf(number="NTRFR-111111111"))),
        failed("seal.other_organisation"),
    ),
    Attack(
        "a certificate that names nobody",
        by_whom(lambda: sealed(certificate=leaf("", ""))),
        unknown("seal.no_organisation"),
    ),
    Attack(
        "a certificate made by oneself",
        by_whom(lambda: sealed(certificate=leaf(root=authorities.root(12, NAME)))),
        unknown("certificate.unknown_anchor"),
    ),
    Attack(
        "no authority is trusted", by_whom(sealed, seals=Anchors()), unknown("certificate.unknown_anchor")
    ),
    Attack(
        "another certificate in front of the right one",
        intact(
            lambda: sealed(
                header=lambda h: h.update(x5c=[base64.b64encode(leaf("Autre").der).decode(), *h["x5c"]])
            )
        ),
        failed("seal.certificate"),
    ),
    # What passes the shapes and says nothing
    Attack("a whole record as it is", whole(lambda d: None), PASSED),
    Attack("no outcomes", whole(lambda d: claim(d)["specifiedBy"].pop("learningOutcome")), INVALID),
    Attack(
        "an empty list of outcomes",
        whole(lambda d: claim(d)["specifiedBy"].update(learningOutcome=[])),
        INVALID,
    ),
    Attack("maps of languages with no words", whole(emptied), INVALID),
    Attack("a title that is blanks", whole(lambda d: titled(d, {"fr": " "})), INVALID),
    Attack("a title in a map of lists with nothing in them", whole(lambda d: titled(d, {"fr": []})), INVALID),
)
