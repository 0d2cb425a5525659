"""Attacks on attestations of the EU wallet: disclosures of another's, signatures, certificates."""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from cryptography import x509 as crypto
from tests.sceau.hostile.good import (
    HOLDER,
    ISSUER,
    PASSED,
    SIGNER,
    STRANGER,
    Ask,
    Attack,
    Data,
    ask_verify,
    attempt,
    failed,
    refused,
    unknown,
)
from tests.sceau.keys import test_x509 as authorities

from sceau.canon import strict_json
from sceau.errors import TooLargeError, UnreadableError
from sceau.formats import sd_jwt_vc
from sceau.keys import x509
from sceau.keys.jwk import base64url_encode
from sceau.keys.signer import EcdsaSigner
from sceau.keys.x509 import Certificate
from sceau.ports import Signer
from sceau.proofs import jose, key_binding, sd_jwt
from sceau.proofs.sd_jwt import Disclosable, SdJwt
from sceau.testing import EXAMPLE_MOMENT, example_credential
from sceau.verifying.report import Question

DAY = timedelta(days=1)
WEB = "https://atelier.example.org"
ROOT = authorities.root()
CERTIFIED = EcdsaSigner(authorities.key(9), "")


@functools.cache
def issued(name: str = "Camille") -> SdJwt:
    """The good attestation, with everything disclosed; of somebody else by another *name*."""
    return sd_jwt.parse(signed(given_name=Disclosable(name)))


def signed(
    signer: Signer = SIGNER, *, typ: str = "dc+sd-jwt", header: dict[str, Any] | None = None, **changes: Any
) -> str:
    """Signed rightly over whatever was put into it; None leaves a claim out."""
    visible, hidden = sd_jwt_vc.to_claims(
        example_credential(issuer_id=ISSUER), holder_key=HOLDER.public_key, created=EXAMPLE_MOMENT
    )
    claims = visible | {name: Disclosable(value) for name, value in hidden.items()} | changes
    claims = {name: value for name, value in claims.items() if value is not None}
    return sd_jwt.issue(claims, signer=signer, typ=typ, header=header, random=_salts())


def _salts() -> sd_jwt.Random:
    numbers = iter(range(1, 10_000))
    return lambda length: next(numbers).to_bytes(length, "big")


def parts() -> list[str]:
    return issued().token.token.split(".")


def written(token: str, *disclosures: str, binding: str = "") -> str:
    return "~".join((token, *disclosures, binding))


def rewritten(change: Callable[[dict[str, Any]], object], **header: Any) -> str:
    """What the issuer signed, changed and signed again; the disclosures as they were."""
    payload = dict(issued().payload)
    change(payload)
    token = jose.sign(strict_json.write(payload), signer=SIGNER, typ="dc+sd-jwt", header=header)
    return written(token, *issued().disclosures)


def disclosure(*content: Any) -> str:
    return base64url_encode(strict_json.write(list(content)))


def as_json(**changes: Any) -> dict[str, Any]:
    protected, payload, signature = parts()
    return {
        "payload": payload,
        "protected": protected,
        "signature": signature,
        "header": {"disclosures": list(issued().disclosures)},
    } | changes


def doubled() -> dict[str, Any]:
    one = {name: value for name, value in as_json().items() if name != "payload"}
    return {"payload": as_json()["payload"], "signatures": [one, {**one, "header": {}}]}


def certified(certificate: Certificate, **changes: Any) -> str:
    return signed(CERTIFIED, header={"x5c": x509.to_x5c([certificate])}, **{"iss": WEB} | changes)


def leaf(*names: str, root: authorities.Authority = ROOT, **options: Any) -> Certificate:
    general = [crypto.UniformResourceIdentifier(name) for name in names or (WEB,)]
    options["extensions"] = [(crypto.SubjectAlternativeName(general), False)]
    return root.issue("Atelier du bocage", authorities.key(9), **options)


def intact(make: Callable[[], Data]) -> Ask:
    return lambda: attempt(lambda: ask_verify(make(), Question.INTACT, anchors=(ROOT.certificate,)))


def bound(signer: Signer = HOLDER, shown: SdJwt | None = None, over: SdJwt | None = None) -> str:
    """The attestation as its holder shows it; *over* is what the holder signed instead of what is shown."""
    shown = shown or issued()
    made = key_binding.bind(
        over or shown, signer=signer, audience="a", nonce="b", created=EXAMPLE_MOMENT
    ).binding
    assert made is not None
    return shown.bare + made.token


def flooded(count: int) -> str:
    return written(issued().token.token, *(disclosure(str(number), "a", 1) for number in range(count)))


UNREADABLE, DISCLOSURE = refused(UnreadableError), failed("proof.disclosure")

ATTACKS = (
    Attack("an attestation as it is", intact(lambda: issued().bare), PASSED),
    Attack("nothing disclosed", intact(lambda: written(issued().token.token)), PASSED),
    Attack("as JSON", intact(as_json), PASSED),
    # The seal
    Attack(
        "the signature stripped off",
        intact(lambda: written(".".join((*parts()[:2], "")), *issued().disclosures)),
        failed("proof.mismatch"),
    ),
    Attack("two signatures", intact(doubled), UNREADABLE),
    Attack(
        "a signature beside the list of them", intact(lambda: {**doubled(), "signature": "AAAA"}), UNREADABLE
    ),
    Attack(
        "the payload of another",
        intact(
            lambda: written(
                ".".join((parts()[0], issued("Dominique").token.token.split(".")[1], parts()[2])),
                *issued("Dominique").disclosures,
            )
        ),
        failed("proof.mismatch"),
    ),
    Attack(
        "signed by a stranger under the issuer's name",
        intact(lambda: signed(STRANGER)),
        failed("proof.wrong_key"),
    ),
    Attack(
        "alg none",
        intact(
            lambda: written(
                ".".join((base64url_encode(b'{"alg":"none","typ":"dc+sd-jwt"}'), parts()[1], "")),
                *issued().disclosures,
            )
        ),
        failed("proof.missing"),
    ),
    Attack("typ of another use", intact(lambda: signed(typ="vc+jwt")), unknown("proof.unsupported")),
    Attack(
        "b64 false in the header",
        intact(lambda: rewritten(lambda p: None, b64=False, crit=["b64"])),
        unknown("proof.unsupported"),
    ),
    Attack(
        "a critical name nobody here knows",
        intact(lambda: rewritten(lambda p: None, crit=["x"], x=1)),
        unknown("proof.unsupported"),
    ),
    # Disclosures
    Attack(
        "the disclosures of another credential",
        intact(lambda: written(issued().token.token, *issued("Dominique").disclosures)),
        DISCLOSURE,
    ),
    Attack(
        "one disclosure of another credential",
        intact(
            lambda: written(
                issued().token.token,
                *issued().disclosures[1:],
                next(each for each in issued("Dominique").disclosures if each not in issued().disclosures),
            )
        ),
        DISCLOSURE,
    ),
    Attack(
        "a disclosure made up",
        intact(lambda: written(issued().token.token, disclosure("s", "grade", "20/20"))),
        DISCLOSURE,
    ),
    Attack(
        "a disclosure twice",
        intact(lambda: written(issued().token.token, *issued().disclosures[:1] * 2)),
        DISCLOSURE,
    ),
    Attack(
        "a disclosure padded",
        intact(lambda: written(issued().token.token, issued().disclosures[0] + "=")),
        UNREADABLE,
    ),
    Attack(
        "a disclosure with no name",
        intact(lambda: written(issued().token.token, disclosure("s", "x"))),
        DISCLOSURE,
    ),
    Attack(
        "a digest twice",
        intact(lambda: rewritten(lambda p: p.update(_sd=p["_sd"] + p["_sd"][:1]))),
        DISCLOSURE,
    ),
    Attack(
        "a digest in a list of its own kind",
        intact(lambda: rewritten(lambda p: p.update(_sd=[p["_sd"]]))),
        DISCLOSURE,
    ),
    Attack(
        "digests by MD5",
        intact(lambda: rewritten(lambda p: p.update(_sd_alg="md5"))),
        unknown("proof.unsupported"),
    ),
    Attack(
        "a claim said openly and disclosed too",
        intact(lambda: rewritten(lambda p: p.update(given_name="Dominique"))),
        DISCLOSURE,
    ),
    Attack(
        "the type hidden", intact(lambda: signed(vct=Disclosable(sd_jwt_vc.LEARNING_CREDENTIAL))), DISCLOSURE
    ),
    Attack("the holder's key hidden", intact(lambda: signed(cnf=Disclosable({"jwk": {}}))), DISCLOSURE),
    Attack("1,001 disclosures", intact(lambda: flooded(1_001)), refused(TooLargeError)),
    Attack("1,000 disclosures that belong nowhere", intact(lambda: flooded(1_000)), DISCLOSURE),
    # The holder
    Attack("shown by its holder", intact(bound), PASSED),
    Attack("shown by somebody else", intact(lambda: bound(STRANGER)), failed("proof.mismatch")),
    Attack(
        "a disclosure taken away after the holder signed",
        intact(lambda: bound(shown=SdJwt(issued().token, issued().disclosures[1:]), over=issued())),
        failed("proof.key_binding"),
    ),
    Attack(
        "the holder's answer about another attestation",
        intact(lambda: bound(over=issued("Dominique"))),
        failed("proof.key_binding"),
    ),
    # Certificates
    Attack("by a certificate", intact(lambda: certified(leaf())), PASSED),
    Attack(
        "a certificate that has ended",
        intact(lambda: certified(leaf(until=EXAMPLE_MOMENT - DAY))),
        failed("certificate.expired"),
    ),
    Attack(
        "a certificate for encryption",
        intact(lambda: certified(leaf(usages=("key_encipherment",)))),
        failed("certificate.use"),
    ),
    Attack(
        "a certificate of another organisation",
        intact(lambda: certified(leaf("https://autre.example"))),
        failed("proof.wrong_key"),
    ),
    Attack(
        "a certificate of an authority nobody knows",
        intact(lambda: certified(leaf(root=authorities.root(14, "Inconnue")))),
        unknown("certificate.unknown_anchor"),
    ),
    Attack(
        "a certificate of another key",
        intact(lambda: signed(header={"x5c": x509.to_x5c([leaf()])}, iss=WEB)),
        failed("proof.invalid"),
    ),
    Attack(
        "a certificate that is none",
        intact(lambda: signed(CERTIFIED, header={"x5c": ["AAAA"]}, iss=WEB)),
        failed("certificate.invalid"),
    ),
)
