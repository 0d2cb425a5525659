"""What must not be signed, whoever asks: nothing that verifiers would read differently leaves this house."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

from tests.sceau.hostile.good import (
    EXAMPLE_MOMENT,
    SIGNER,
    STRANGER,
    WEB_DID,
    Answer,
    Ask,
    Attack,
    bare,
    changed,
    ecdsa,
    raises,
    refused,
)

from sceau.canon.contexts import CREDENTIALS_V2
from sceau.errors import (
    ContextError,
    DataModelError,
    ForbiddenCharacterError,
    ProofError,
    StatusIndexError,
    StatusListError,
    UndefinedTermError,
    UnknownContextError,
    WrongKeyError,
)
from sceau.issuing import issue, issue_token, secure, secure_token
from sceau.model.credential import Credential
from sceau.proofs import eddsa_jcs_2022
from sceau.status import bitstring, token_list
from sceau.testing import example_credential

CHARACTERS = {
    "NUL": "\0",
    "a control character": "\a",
    "a delete": "\x7f",
    "a C1 control character": "\x85",
    "a noncharacter": "\ufffe",
    "a noncharacter within Arabic": "\ufdd0",
    "the last noncharacter": "\U0010ffff",
    "a lone high surrogate": "\ud800",
    "a lone low surrogate": "\udfff",
}
NAIVE = EXAMPLE_MOMENT.replace(tzinfo=None)
FORBIDDEN = refused(ForbiddenCharacterError)
Signing = Callable[[dict[str, Any]], object]


def named(name: str) -> Credential:
    example = example_credential()
    return dataclasses.replace(example, holder=dataclasses.replace(example.holder, name=name))


def by_secure(document: dict[str, Any]) -> object:
    return secure(document, signer=SIGNER, created=EXAMPLE_MOMENT)


def over_json(document: dict[str, Any]) -> object:
    return secure(document, signer=SIGNER, created=EXAMPLE_MOMENT, suite=eddsa_jcs_2022.SUITE)


def by_secure_token(document: dict[str, Any]) -> object:
    return secure_token(document, signer=SIGNER)


SIGNINGS: dict[str, Signing] = {
    "secure": by_secure,
    "secure over JSON": over_json,
    "secure_token": by_secure_token,
}


def everywhere(what: str, expected: Answer, **changes: Any) -> tuple[Attack, ...]:
    """A document that no way of signing may accept."""

    def ask(sign: Signing) -> Ask:
        return raises(lambda: sign(changed(bare(), **changes)))

    return tuple(Attack(f"{name}: {what}", ask(sign), expected) for name, sign in SIGNINGS.items())


def characters() -> tuple[Attack, ...]:
    found: list[Attack] = []
    for what, sign in CHARACTERS.items():
        credential = named(f"Camille{sign}")
        found += [
            Attack(f"issue: {what}", _issue(credential), FORBIDDEN),
            Attack(f"issue_token: {what}", _issue_token(credential), FORBIDDEN),
            *everywhere(what, FORBIDDEN, name=f"Camille{sign}"),
        ]
    return tuple(found)


def _issue(credential: Credential) -> Ask:
    return raises(lambda: issue(credential, signer=SIGNER, created=EXAMPLE_MOMENT))


def _issue_token(credential: Credential) -> Ask:
    return raises(lambda: issue_token(credential, signer=SIGNER, created=EXAMPLE_MOMENT))


ATTACKS = (
    *characters(),
    *everywhere("a key with a control character", FORBIDDEN, **{"na\ame": "x"}),
    *everywhere("a word that no context defines", refused(UndefinedTermError), mention="x"),
    *everywhere(
        "an unknown context",
        refused(UnknownContextError),
        **{"@context": [CREDENTIALS_V2, "https://x.example"]},
    ),
    *everywhere(
        "a context within", refused(ContextError), **{"@context": [*bare()["@context"], {"name": "urn:x:y"}]}
    ),
    *everywhere("a relative id", refused(DataModelError), id="a"),
    *everywhere("no type", refused(DataModelError), type=["OpenBadgeCredential"]),
    *everywhere("a list in a list", refused(DataModelError), description=[["x"]]),
    Attack(
        "secure: the key of another",
        raises(lambda: secure(bare(), signer=STRANGER, created=EXAMPLE_MOMENT)),
        refused(WrongKeyError),
    ),
    Attack(
        "issue: the key of another",
        raises(lambda: issue(example_credential(), signer=STRANGER, created=EXAMPLE_MOMENT)),
        refused(WrongKeyError),
    ),
    Attack(
        "issue_token: the key of another",
        raises(
            lambda: issue_token(example_credential(issuer_id=WEB_DID), signer=SIGNER, created=EXAMPLE_MOMENT)
        ),
        refused(WrongKeyError),
    ),
    Attack(
        "issue: a moment without zone",
        raises(lambda: issue(example_credential(), signer=SIGNER, created=NAIVE)),
        refused(DataModelError),
    ),
    Attack(
        "secure: a cryptosuite of another kind of key",
        raises(
            lambda: secure(
                changed(bare(), issuer=ecdsa().verification_method.partition("#")[0]),
                signer=ecdsa(),
                created=EXAMPLE_MOMENT,
                suite=eddsa_jcs_2022.SUITE,
            )
        ),
        refused(ProofError),
    ),
    Attack(
        "a status beyond the list", raises(lambda: bitstring.build({131_072: 1})), refused(StatusIndexError)
    ),
    Attack("a status that does not fit", raises(lambda: bitstring.build({7: 2})), refused(StatusListError)),
    Attack(
        "a token's status of 3 bits",
        raises(lambda: token_list.build({}, length=8, size=3)),
        refused(StatusListError),
    ),
)
