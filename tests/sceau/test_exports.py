"""One record in every form: written, read back, verified, and the losses said."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib.metadata import EntryPoint

import pytest
from cryptography import x509 as crypto
from tests.sceau.keys import test_x509 as authorities

from sceau import exports
from sceau.did import did_key
from sceau.did.resolver import Resolver
from sceau.errors import DataModelError, NoLevelError
from sceau.exports import Export, Sealing, export
from sceau.formats.losses import ELEMENTS, Kept, Loss
from sceau.keys.signer import EcdsaSigner
from sceau.model.credential import Credential
from sceau.model.micro_credential import Level
from sceau.model.texts import Text
from sceau.testing import EXAMPLE_MOMENT, example_credential, key_signer
from sceau.verifying.policy import Policy
from sceau.verifying.report import Outcome, Question, Report
from sceau.verifying.trust import Anchors
from sceau.verifying.verify import verify

NOW = EXAMPLE_MOMENT + timedelta(hours=1)
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8ffff3f0005fe02"
    "fe0def46b80000000049454e44ae426082"
)


def sealing(**changes: object) -> Sealing:
    made = Sealing(
        signer=key_signer(),
        created=EXAMPLE_MOMENT,
        pictures={"fr": PIXEL},
        random=lambda size: bytes(range(size)),
    )
    return replace(made, **changes)  # type: ignore[arg-type] # fields of Sealing


def report_of(data: bytes, **policy: object) -> Report:
    return verify(data, at=NOW, policy=Policy(resolver=Resolver(), **policy))  # type: ignore[arg-type] # its fields


@pytest.mark.parametrize("name", ["openbadges", "vc-jwt", "sd-jwt-vc"])
def test_what_is_signed_verifies_and_says_what_it_lost(name: str) -> None:
    credential = example_credential()

    made = export(name, credential, sealing())
    report = report_of(made.data)

    assert report.answer(Question.INTACT) is Outcome.PASSED
    assert report.answer(Question.VALID) is Outcome.PASSED
    assert report.credential is not None
    assert report.credential.holder.name == credential.holder.name
    lost = {loss.element for loss in made.losses}
    for element, get in ELEMENTS.items():
        if element not in lost:
            assert get(report.credential) == get(credential), element


def test_a_badge_loses_nothing_of_a_record_in_one_language() -> None:
    assert export("openbadges", example_credential(), sealing()).losses == ()
    assert export("vc-jwt", example_credential(), sealing()).losses == ()


def test_a_badge_tells_that_other_languages_stay_behind() -> None:
    whole = example_credential()
    title = Text((("fr", "Planter une haie"), ("en", "Plant a hedge")))
    spoken = replace(whole, micro_credential=replace(whole.micro_credential, title=title))

    assert export("openbadges", spoken, sealing()).losses == (Loss("title", Kept.PARTLY),)
    european = export("europass", spoken, sealing(pictures={"fr": PIXEL, "en": PIXEL}))
    assert "title" not in {loss.element for loss in european.losses}


def test_a_wallet_attestation_has_no_place_for_how_it_was_assessed() -> None:
    made = export("sd-jwt-vc", example_credential(), sealing())

    assert Loss("assessment", Kept.NOT) in made.losses
    assert Loss("participation", Kept.NOT) in made.losses
    assert "title" not in {loss.element for loss in made.losses}


def test_without_a_level_that_one_export_is_refused_and_the_others_are_not() -> None:
    whole = example_credential()
    level = Level(None, Text((("fr", "Geste trop court."),)))
    credential = replace(whole, micro_credential=replace(whole.micro_credential, level=level))

    with pytest.raises(NoLevelError, match="Geste trop court"):
        export("sd-jwt-vc", credential, sealing())
    for name in ("openbadges", "vc-jwt", "europass"):
        assert export(name, credential, sealing()).data


def test_a_european_credential_without_certificate_stays_unsealed_and_that_is_told() -> None:
    made = export("europass", example_credential(), sealing())
    report = report_of(made.data)

    assert report.format == "european"
    assert report.answer(Question.INTACT) is Outcome.FAILED
    assert report.reasons(Question.INTACT)[0].code == "proof.missing"
    assert {"assessment", "participation", "quality_assurance", "stackability"}.isdisjoint(
        {loss.element for loss in made.losses}
    )


def organisation(name: str) -> crypto.Name:
    oid = crypto.oid.NameOID
    return crypto.Name(
        [
            crypto.NameAttribute(oid.COUNTRY_NAME, "FR"),
            crypto.NameAttribute(oid.ORGANIZATION_NAME, name),
            crypto.NameAttribute(crypto.ObjectIdentifier("2.5.4.97"), "NTRFR-000000000"),
            crypto.NameAttribute(oid.COMMON_NAME, name),
        ]
    )


def test_a_sealed_european_credential_verifies_and_its_seal_is_said_for_what_it_is() -> None:
    root = authorities.root()
    own = example_credential().issuer.name
    leaf = root.issue(organisation(own))
    bare = EcdsaSigner(authorities.key(9), "")
    did = did_key.did(bare.public_key_multibase)
    signer = EcdsaSigner(authorities.key(9), did_key.verification_method(bare.public_key_multibase))

    made = export(
        "europass",
        example_credential(issuer_id=did),
        sealing(signer=signer, certificates=(leaf,), created=datetime(2026, 6, 2, 8, tzinfo=UTC)),
    )
    known = report_of(made.data, seals=Anchors(authorities=(root.certificate,)))
    unknown = report_of(made.data)
    altered = report_of(made.data.replace(b"Camille", b"Camilla"))

    assert (known.envelope, known.format, known.seal) == ("jades", "european", "organisation_key")
    assert known.answer(Question.INTACT) is Outcome.PASSED
    assert known.credential is not None
    assert known.credential.holder.name == "Camille Exemple"
    assert (unknown.answer(Question.INTACT), unknown.seal) == (Outcome.PASSED, "unknown_seal")
    assert (altered.answer(Question.INTACT), altered.seal) == (Outcome.FAILED, "broken_seal")


class Postcard:
    """An export of somebody else's."""

    name, media_type, suffix = "postcard", "text/plain", ".txt"

    def write(self, credential: Credential, sealing: Sealing) -> bytes:
        return credential.holder.name.encode()

    def read(self, data: bytes) -> Credential:
        whole = example_credential()
        return replace(whole, holder=replace(whole.holder, name=data.decode()), grade="")


POSTCARD: Export = Postcard()


def test_an_export_of_somebody_elses_tells_its_losses_as_ours_do(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = EntryPoint("postcard", "tests.sceau.test_exports:POSTCARD", exports.GROUP)
    monkeypatch.setattr(exports, "entry_points", lambda *, group: [entry])
    exports.exports.cache_clear()

    try:
        made = export("postcard", example_credential(), sealing())
    finally:
        exports.exports.cache_clear()

    assert (made.data, made.suffix) == (b"Camille Exemple", ".txt")
    assert made.losses == (Loss("grade", Kept.NOT),)


def test_a_form_nobody_knows_is_refused() -> None:
    with pytest.raises(DataModelError, match="expected one of openbadges, vc-jwt, europass, sd-jwt-vc"):
        export("fax", example_credential(), sealing())
