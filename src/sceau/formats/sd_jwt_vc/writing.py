"""From a credential to the claims of an attestation, and to the signed token."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sceau.did.document import did_of
from sceau.errors import (
    CertificateUseError,
    DataModelError,
    NoLevelError,
    ProofError,
    WrongKeyError,
)
from sceau.formats.sd_jwt_vc import terms
from sceau.formats.sd_jwt_vc.terms import DISCLOSABLE, LEARNING_CREDENTIAL, MANDATORY
from sceau.keys import jwk, x509
from sceau.keys.public import PublicKey
from sceau.keys.x509 import Certificate
from sceau.model import characters, moments
from sceau.model.credential import Credential, Holder
from sceau.model.micro_credential import MicroCredential, QualityAssurance
from sceau.ports import Signer
from sceau.proofs import jose, sd_jwt
from sceau.proofs.sd_jwt import DEFAULT_HASH, Disclosable, Random
from sceau.status import token_list
from sceau.status.token_list import Reference

_COUNTRY = re.compile(r"[A-Z]{2}", re.ASCII)
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20]+", re.ASCII)
_LEVELS = frozenset("12345678")
# What only a wallet brings: the European type asks for it, and an attestation holds without.
_GIVEN_LATER = frozenset({"exp", "cnf"})


def to_claims(
    credential: Credential,
    *,
    created: datetime | None = None,
    holder_key: PublicKey | None = None,
    status: Reference | None = None,
    vct: str = LEARNING_CREDENTIAL,
    expires: datetime | None = None,
    vct_integrity: str = "",
    language: str = "",
    issuer_url: str = "",
) -> tuple[dict[str, Any], dict[str, Any]]:
    """
    The claims that are always seen, and those that the holder may keep to themselves.

    Args:
        created: Aware; the moment of the signature. The beginning of the validity by default.
        holder_key: Of the holder's wallet, which then proves that the attestation is theirs.
        status: Its place in a Token Status List.
        vct: The European type by default, or one of one's own with the same claims.
        expires: When the token ends, where that is earlier than the credential, or where the credential does
            not end: the European type asks for an end.
        vct_integrity: `integrity` of the type's metadata.
        language: Of the texts where they have it; by default that in which the title was written.
        issuer_url: The issuer's https address, to be ``iss`` instead of its DID: below it stands
            `issuer_metadata`, which wallets that know no DIDs ask for the keys.

    Raises:
        NoLevelError: There is no European level from 1 to 8, and why.
        DataModelError: Another mandatory claim would be empty; all of them are named. Or a value cannot be
            written.
        ForbiddenCharacterError: A control character, noncharacter or lone surrogate in any text.
    """
    micro = credential.micro_credential
    language = language or micro.title.language
    level = _level(micro)
    found = {
        **_of_the_token(credential, created or credential.valid_from, expires, issuer_url),
        "vct": _address(vct, "vct"),
        "vct#integrity": vct_integrity,
        "cnf": {"jwk": jwk.encode(holder_key)} if holder_key else {},
        "status": _status(status),
        "issuing_authority": credential.issuer.name,
        "issuing_country": credential.issuer.country_code,
        "date_of_issuance": credential.awarded_on.isoformat(),
        "date_of_expiry": _day(credential.valid_until),
        terms.ACHIEVEMENT_TITLE: micro.title.get(language),
        "achievement_description": micro.description.get(language),
        "language_of_classes": _languages(micro, language),
        **_person(credential.holder),
        "learning_outcomes": [outcome.statement.get(language) for outcome in micro.outcomes],
        "assessment_grade": credential.grade,
        "expected_study_time": _workload(micro.workload.hours, micro.workload.credits_ects),
        "level_of_learning_experience": level,
        "types_of_quality_assurance": [_quality(each, language) for each in micro.quality_assurance],
        "prerequisites_to_enroll": _alone(micro.prerequisites.get(language)),
        "integration_stackability_options": _stackability(micro, language),
    }
    claims = {name: value for name, value in found.items() if value not in ("", [], {}, None)}
    _check(claims)
    visible = {name: value for name, value in claims.items() if name not in DISCLOSABLE}
    return visible, {name: value for name, value in claims.items() if name in DISCLOSABLE}


def to_document(credential: Credential, **options: Any) -> dict[str, Any]:
    """
    All claims in one object, as a verifier has them once everything is disclosed.

    Args:
        options: As `to_claims`.

    Raises:
        DataModelError: As `to_claims`.
    """
    visible, disclosable = to_claims(credential, **options)
    return {**visible, **disclosable}


def issue(
    credential: Credential,
    *,
    signer: Signer,
    created: datetime,
    certificates: Sequence[Certificate] = (),
    holder_key: PublicKey | None = None,
    status: Reference | None = None,
    vct: str = LEARNING_CREDENTIAL,
    expires: datetime | None = None,
    vct_integrity: str = "",
    language: str = "",
    issuer_url: str = "",
    random: Random = secrets.token_bytes,
    hash_name: str = DEFAULT_HASH,
    decoys: int = 0,
) -> str:
    """
    Sign a credential as an attestation for a wallet.

    Args:
        signer: Its verification method must be a key of the credential's issuer.
        created: Aware; the moment of the signature.
        certificates: The chain of the signer's certificate, the leaf first, for verifiers that know
            authorities and no DIDs. A root at its end is left out, as HAIP asks.
        random: Of the salts; without anybody's guess, except in tests.
        decoys: Digests of nothing beside the others.

    Returns:
        The compact form with all disclosures, ending in ``~``; for the holder alone.

    Raises:
        NoLevelError, DataModelError, ForbiddenCharacterError: As `to_claims`.
        WrongKeyError: The key is another issuer's, or not that of the certificate.
        CertificateUseError: A certificate that its own key signed, which proves nothing about a name.
    """
    if did_of(signer.verification_method) != credential.issuer.id:
        raise WrongKeyError(f"expected a key of {credential.issuer.id!r}, met {signer.verification_method!r}")
    visible, disclosable = to_claims(
        credential,
        created=created,
        holder_key=holder_key,
        status=status,
        vct=vct,
        expires=expires,
        vct_integrity=vct_integrity,
        language=language,
        issuer_url=issuer_url,
    )
    claims = visible | {name: Disclosable(value) for name, value in disclosable.items()}
    token = sd_jwt.issue(
        claims,
        signer=signer,
        typ=terms.TYPE,
        header=_chain(certificates),
        random=random,
        hash_name=hash_name,
        decoys=decoys,
    )
    if certificates:
        _check_made_by(token, certificates[0])
    return token


def _chain(certificates: Sequence[Certificate]) -> dict[str, Any]:
    if not certificates:
        return {}
    leaf, *above = certificates
    if leaf.is_self_signed:
        raise CertificateUseError(
            f"expected a certificate by an authority, met {leaf.common_name!a} by itself"
        )
    return {"x5c": x509.to_x5c([leaf, *(each for each in above if not each.is_self_signed)])}


def _check_made_by(token: str, leaf: Certificate) -> None:
    try:
        jose.verify(sd_jwt.parse(token).token, leaf.public_key, algorithms=jose.ALGORITHMS)
    except ProofError as error:
        raise WrongKeyError(f"expected the key of the certificate {leaf.common_name!a}: {error}") from error


def _of_the_token(
    credential: Credential, created: datetime, expires: datetime | None, issuer_url: str
) -> dict[str, Any]:
    issued, begins = _seconds(created), _seconds(credential.valid_from)
    ends = [_seconds(each) for each in (credential.valid_until, expires) if each is not None]
    if ends and min(ends) <= max(issued, begins):
        raise DataModelError("expected the attestation to end after it begins, met the contrary")
    if issuer_url and not issuer_url.startswith("https://"):
        raise DataModelError(f"expected an https address of the issuer, met {issuer_url[:120]!a}")
    claims: dict[str, Any] = {
        "iss": _address(issuer_url or credential.issuer.id, "issuer.id"),
        "jti": _address(credential.id, "id"),
        "iat": issued,
    }
    if begins != issued:
        claims["nbf"] = begins
    if ends:
        claims["exp"] = min(ends)
    return claims


def _check(claims: Mapping[str, Any]) -> None:
    missing = [name for name in MANDATORY if name not in claims and name not in _GIVEN_LATER]
    if missing:
        raise DataModelError(f"expected all that the attestation asks for, met none at {', '.join(missing)}")
    if not _COUNTRY.fullmatch(claims["issuing_country"]):
        met = claims["issuing_country"]
        raise DataModelError(f"expected a country of two letters at issuing_country, met {met[:20]!a}")
    for each in claims["language_of_classes"]:
        if not terms.LANGUAGE.fullmatch(each):
            raise DataModelError(f"expected language codes at language_of_classes, met {each[:20]!a}")
    for name in ("learning_outcomes", "types_of_quality_assurance"):
        if not all(claims.get(name, ["-"])):
            raise DataModelError(f"expected words in each of {name}, met one without")
    characters.check_all(claims)


def _level(micro: MicroCredential) -> int:
    """
    The number of the European level. A national one is not turned into it: that is for whoever wrote the
    specification.
    """
    concept = micro.level.concept
    if concept is None:
        reason = str(micro.level.none_reason)[:200]
        raise NoLevelError(
            f"expected a level of the EQF from 1 to 8, met none: {reason or 'no reason given'}"
        )
    number = concept.iri.removeprefix(terms.EQF) if concept.iri.startswith(terms.EQF) else ""
    if concept.framework == "EQF" and not number:
        number = concept.code
    if number not in _LEVELS:
        met = f"{concept.framework} {concept.code or concept.iri}"
        raise NoLevelError(f"expected a level of the EQF from 1 to 8, met {met[:120]!a}")
    return int(number)


def _person(holder: Holder) -> dict[str, str]:
    """Who has one name only has it as family name, as travel documents write it too (ICAO 9303-3, 3.4)."""
    return {
        "family_name": holder.family_name or holder.name,
        "given_name": holder.given_name if holder.family_name else "",
        "learner_identification": holder.identifier,
    }


def _languages(micro: MicroCredential, language: str) -> list[str]:
    """The language of the texts first, where it is one of the course: readers take it for theirs."""
    return sorted(dict.fromkeys(micro.languages), key=lambda tag: tag != language)


def _workload(hours: Decimal, credits_ects: Decimal | None) -> str:
    """``"35 h, 1.5 ECTS"``: read alike in every language."""
    if hours <= 0:
        return ""
    return f"{hours:f} h" + ("" if credits_ects is None else f", {credits_ects:f} ECTS")


def _quality(quality: QualityAssurance, language: str) -> str:
    kind, name = quality.kind.label.get(language), quality.name.get(language)
    return f"{kind} ({name})" if kind and name else kind or name


def _stackability(micro: MicroCredential, language: str) -> str:
    """In words, or by the names of what it counts towards."""
    words = micro.stackability.get(language)
    return words or ", ".join(filter(None, (each.label.get(language) for each in micro.stacks_into)))


def _alone(text: str) -> list[str]:
    return [text] if text else []


def _status(place: Reference | None) -> dict[str, Any]:
    if place is None:
        return {}
    if place.index < 0:
        raise DataModelError(f"expected a status index from 0 on, met {place.index}")
    return {token_list.CLAIM: {"idx": place.index, "uri": _address(place.uri, "status")}}


def _address(value: str, where: str) -> str:
    if not _ADDRESS.fullmatch(value):
        raise DataModelError(f"expected a URI in {where}, met {value[:120]!a}")
    return value


def _day(moment: datetime | None) -> str:
    if moment is None:
        return ""
    moments.write(moment)  # refuses a naive one
    return moment.astimezone(UTC).date().isoformat()


def _seconds(moment: datetime) -> int:
    moments.write(moment)
    return int(moment.timestamp())
