"""Issuing: a credential or a status list, a signer and a moment go in; the exact bytes to keep come out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sceau.canon import jsonld, strict_json
from sceau.canon.contexts import CREDENTIALS_V2, Contexts
from sceau.did.document import did_of
from sceau.errors import DataModelError, StatusListTooShortError, WrongKeyError
from sceau.formats import data_model, open_badges_3
from sceau.formats.data_model import types_of
from sceau.keys.public import KeyType
from sceau.model import characters, moments
from sceau.model.credential import Credential, Endorsement
from sceau.ports import Signer
from sceau.proofs import data_integrity, ecdsa_rdfc_2019, eddsa_rdfc_2022, jose
from sceau.proofs.data_integrity import Suite
from sceau.status import bitstring, entries, token_list
from sceau.status.token_list import StatusList


def issue(credential: Credential, *, signer: Signer, created: datetime) -> bytes:
    """
    Sign a credential as an Open Badge 3.0. Pure: the same arguments give the same bytes.

    Args:
        signer: Its verification method must be a key of the credential's issuer.
        created: Aware; the moment of the signature.

    Returns:
        UTF-8 JSON; keep these bytes as they are. ``proof`` is a list of one.

    Raises:
        DataModelError: A mandatory element of Annex I is missing, or a value cannot be written.
        ForbiddenCharacterError: A control character, noncharacter or lone surrogate in any text.
        WrongKeyError: The key is another issuer's.
    """
    return _sign(open_badges_3.to_document(credential), credential.issuer.id, signer, created)


def issue_token(credential: Credential, *, signer: Signer, created: datetime) -> str:
    """
    Sign a credential as a token, which both VC-JOSE and the JWT proof of Open Badges 3.0 read.

    Returns:
        The compact token: its payload is the credential, beside ``iss``, ``jti``, ``sub``, ``nbf``, ``iat``
        and, where the credential ends, ``exp``.

    Raises:
        DataModelError, ForbiddenCharacterError, WrongKeyError: As `issue`.

    Source:
        W3C VC-JOSE-COSE, section 3.1.1; Open Badges 3.0, section 8.2.4.1.
    """
    document = open_badges_3.to_document(credential)
    _check_owner(credential.issuer.id, signer)
    claims = {
        "iss": credential.issuer.id,
        "jti": document["id"],
        "sub": document["credentialSubject"]["id"],
        "nbf": _timestamp(credential.valid_from),
        "iat": _timestamp(created),
    }
    if credential.valid_until is not None:
        claims["exp"] = _timestamp(credential.valid_until)
    return _token(document, signer, claims)


def issue_endorsement(endorsement: Endorsement, *, signer: Signer, created: datetime) -> bytes:
    """
    Sign what a third party says, as an EndorsementCredential of Open Badges 3.0. Pure, as `issue`.

    Args:
        signer: Its verification method must be a key of the endorsement's issuer.

    Raises:
        DataModelError: Something is missing, a value cannot be written, or it is about its own issuer.
        ForbiddenCharacterError: A control character, noncharacter or lone surrogate in any text.
        WrongKeyError: The key is another issuer's.
    """
    document = open_badges_3.endorsements.to_document(endorsement)
    return _sign(document, endorsement.issuer.id, signer, created)


def secure(
    document: Mapping[str, Any],
    *,
    signer: Signer,
    created: datetime | None,
    suite: Suite | None = None,
    contexts: Contexts | None = None,
    options: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """
    Add the issuer's proof to a credential that is JSON already, beside any it has.

    Args:
        document: Held against every MUST of the data model, and every word of it against its contexts.
        created: Aware, or None to leave the moment out.
        suite: The one of the signer's kind of key by default.
        options: More members of the proof; with ``previousProof`` it covers the proofs that it names.

    Returns:
        The document with ``proof``: one object, or a list where there are several.

    Raises:
        DataModelError, ContextError: It must not be signed, and why.
        ForbiddenCharacterError: A control character, noncharacter or lone surrogate in any text or key.
        WrongKeyError: The key is another issuer's.
    """
    characters.check_all(document)
    data_model.check(dict(document))
    _check_owner(data_model.issuer_of(document)[0], signer)
    return _with_proof(document, signer, created, suite, contexts, data_integrity.ASSERTION, options)


def present(
    credentials: Sequence[Mapping[str, Any]],
    *,
    signer: Signer,
    created: datetime,
    challenge: str,
    domain: str,
    suite: Suite | None = None,
    contexts: Contexts | None = None,
    own_id: str = "",
) -> dict[str, Any]:
    """
    Show credentials: a presentation signed by their holder, for one verifier and in answer to its challenge.

    Args:
        credentials: As they were issued, proofs included; a token goes in by `enveloped`.

    Source:
        W3C Verifiable Credentials Data Model v2.0, section 4.13.
    """
    document = presentation(credentials, holder=did_of(signer.verification_method), own_id=own_id)
    options = {"challenge": challenge, "domain": domain}
    return _with_proof(document, signer, created, suite, contexts, data_integrity.AUTHENTICATION, options)


def presentation(
    credentials: Sequence[Mapping[str, Any]], *, holder: str, own_id: str = ""
) -> dict[str, Any]:
    """A presentation that is not signed yet."""
    return {
        "@context": [CREDENTIALS_V2],
        **({"id": own_id} if own_id else {}),
        "type": ["VerifiablePresentation"],
        "holder": holder,
        "verifiableCredential": [dict(each) for each in credentials],
    }


def secure_token(
    document: Mapping[str, Any],
    *,
    signer: Signer,
    claims: Mapping[str, Any] | None = None,
    contexts: Contexts | None = None,
) -> str:
    """
    Sign a credential or a presentation that is JSON already, as a token.

    Args:
        claims: What the token says of itself: ``iss``, ``iat``, ``aud``, ``nonce``…
        contexts: Those that give each word its meaning; the pinned ones by default. The credentials in a
            presentation were signed by others, and are not looked into.

    Raises:
        DataModelError, ContextError: It must not be signed, and why.
        ForbiddenCharacterError: A control character, noncharacter or lone surrogate in any text or key.
    """
    own = {name: value for name, value in document.items() if name != "verifiableCredential"}
    characters.check_all({**(claims or {}), **own})
    if "VerifiablePresentation" in types_of(document):
        data_model.check_presentation(dict(document))
        _check_words(document, contexts, but="verifiableCredential")
    else:
        data_model.check(dict(document))
        _check_words(document, contexts)
    return _token(document, signer, claims)


def enveloped(token: str) -> dict[str, Any]:
    """
    A token as an object that may stand in a presentation.

    Source:
        W3C Verifiable Credentials Data Model v2.0, section 4.13.2.
    """
    return {
        "@context": CREDENTIALS_V2,
        "id": f"data:application/vc+jwt,{token}",
        "type": "EnvelopedVerifiableCredential",
    }


def issue_status_list(
    *,
    list_url: str,
    issuer_id: str,
    purpose: str | Sequence[str],
    bits: bytes,
    signer: Signer,
    created: datetime,
    valid_until: datetime | None = None,
    size: int = 1,
    ttl: timedelta | None = None,
) -> bytes:
    """
    Sign a status list, which is a credential of its own. Pure, so it can be made once and served as a file.

    Args:
        list_url: Where it is published; entries name it as their statusListCredential.
        purpose: ``"revocation"``, ``"suspension"``, ``"message"`` or ``"refresh"``, or several of them.
        bits: At least 131,072 values, index 0 in the most significant bits of the first byte
            (`bitstring.build`).
        valid_until: After it nobody may rely on this copy.
        size: Bits of one value, 1 to 8; every entry of the list states the same.
        ttl: How long a copy may be kept before it is asked for again.

    Raises:
        StatusListTooShortError: Under 131,072 values.
        DataModelError: Another purpose, none, or one twice.
        WrongKeyError: The key is another issuer's.

    Source:
        W3C Bitstring Status List v1.0, section 2.2.
    """
    purposes = [purpose] if isinstance(purpose, str) else list(purpose)
    if not purposes or len(set(purposes)) != len(purposes) or set(purposes) - set(entries.Purpose):
        raise DataModelError(f"expected purposes among {', '.join(entries.Purpose)}, met {purposes!r}")
    subject: dict[str, Any] = {
        "id": f"{list_url}#list",
        "type": entries.LIST,
        "statusPurpose": str(purposes[0]) if len(purposes) == 1 else [str(each) for each in purposes],
        "encodedList": bitstring.encode(bits, size=size),
    }
    if ttl is not None:
        subject["ttl"] = _whole(ttl, timedelta(milliseconds=1))
    document: dict[str, Any] = {
        "@context": [CREDENTIALS_V2],
        "id": list_url,
        "type": ["VerifiableCredential", entries.LIST_CREDENTIAL],
        "issuer": issuer_id,
        "validFrom": moments.write(created),
        "credentialSubject": subject,
    }
    if valid_until is not None:
        document["validUntil"] = moments.write(valid_until)
    return _sign(document, issuer_id, signer, created)


def issue_token_status_list(
    *,
    uri: str,
    statuses: StatusList,
    signer: Signer,
    created: datetime,
    valid_until: datetime | None = None,
    ttl: timedelta | None = None,
) -> bytes:
    """
    Sign a Token Status List. Pure, so it can be made once and served as a file of type
    ``application/statuslist+jwt``.

    Args:
        uri: Where it is published; tokens name it as the ``uri`` of their ``status_list``.
        statuses: At least 131,072 values (`token_list.build`).
        signer: Its verification method becomes the ``kid``.
        valid_until: After it nobody may rely on this copy; whole seconds.
        ttl: How long a copy may be kept before it is asked for again; whole seconds.

    Returns:
        A compact JWT: ``{"sub": uri, "iat": …, "exp": …, "ttl": …, "status_list": {"bits": 1, "lst": …}}``.

    Raises:
        StatusListTooShortError: Under 131,072 values, holders could be singled out. The draft sets no
            minimum; this is the one of the W3C.

    Source:
        IETF draft-ietf-oauth-status-list-17, «Status List Token in JWT Format».
    """
    if len(statuses) < bitstring.MINIMUM_LENGTH:
        raise StatusListTooShortError(
            f"expected at least {bitstring.MINIMUM_LENGTH} values, met {len(statuses)}"
        )
    claims: dict[str, Any] = {"sub": uri, "iat": _timestamp(created)}
    if valid_until is not None:
        claims["exp"] = _timestamp(valid_until)
    if ttl is not None:
        claims["ttl"] = _whole(ttl, timedelta(seconds=1))
    claims[token_list.CLAIM] = token_list.encode(statuses)
    return jose.sign(strict_json.write(claims), signer=signer, typ=token_list.TOKEN_TYPE).encode()


def suite_for(signer: Signer) -> Suite:
    """The cryptosuite that goes with a signer's kind of key."""
    return eddsa_rdfc_2022.SUITE if signer.key_type == KeyType.ED25519 else ecdsa_rdfc_2019.SUITE


def _sign(document: dict[str, Any], issuer_id: str, signer: Signer, created: datetime) -> bytes:
    _check_owner(issuer_id, signer)
    proof = suite_for(signer).create_proof(document, signer=signer, created=created)
    # 1EdTech's strict schema wants a list.
    return strict_json.write({**document, "proof": [proof]})


def _check_owner(issuer_id: str, signer: Signer) -> None:
    if did_of(signer.verification_method) != issuer_id:
        raise WrongKeyError(f"expected a key of {issuer_id!r}, met {signer.verification_method!r}")


def _with_proof(
    document: Mapping[str, Any],
    signer: Signer,
    created: datetime | None,
    suite: Suite | None,
    contexts: Contexts | None,
    purpose: str,
    options: Mapping[str, Any] | None,
) -> dict[str, Any]:
    """A copy with one more proof, which covers the earlier ones that it names."""
    had = document.get("proof", [])
    proofs = list(had) if isinstance(had, list) else [had]
    chosen = suite or suite_for(signer)
    if chosen.keeps_context:
        _check_words(document, contexts)
    proof = chosen.create_proof(
        {name: value for name, value in document.items() if name != "proof"},
        signer=signer,
        created=created,
        contexts=contexts,
        purpose=purpose,
        options=options,
        previous=data_integrity.previous_proofs(options or {}, proofs),
    )
    return {**document, "proof": [*proofs, proof] if proofs else proof}


def _token(document: Mapping[str, Any], signer: Signer, claims: Mapping[str, Any] | None) -> str:
    content = "vp" if "VerifiablePresentation" in types_of(document) else "vc"
    payload = strict_json.write({**(claims or {}), **document})
    return jose.sign(payload, signer=signer, typ=f"{content}+jwt", header={"cty": content})


def _check_words(document: Mapping[str, Any], contexts: Contexts | None, *, but: str = "") -> None:
    """A signature over bytes covers words whatever they mean; nothing is signed here that means nothing."""
    jsonld.to_quads(
        {name: value for name, value in document.items() if name not in ("proof", but)}, contexts=contexts
    )


def _whole(duration: timedelta, unit: timedelta) -> int:
    number, rest = divmod(duration, unit)
    if rest or number <= 0:
        raise DataModelError(f"expected a positive whole number of {unit}, met {duration}")
    return number


def _timestamp(moment: datetime) -> int:
    """Seconds since 1970, of an aware moment; fractions are cut."""
    moments.write(moment)  # refuses a naive one
    return int(moment.timestamp())
