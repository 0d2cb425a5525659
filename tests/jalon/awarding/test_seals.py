"""An organisation's seal: handed over, refused, replaced, removed, and used."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from cryptography import x509 as crypto
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.x509.oid import ExtendedKeyUsageOID
from tests.factories.people import SIRET, a_member, a_user, an_organisation
from tests.factories.seals import (
    ISSUING,
    NOW,
    PASSPHRASE,
    QUALIFIED,
    ROOT,
    a_certificate,
    a_p12,
    a_time_authority,
    pem,
    pem_key,
)
from tests.sceau.keys.test_x509 import key, rsa_key

from jalon.awarding import queries
from jalon.awarding.actions.seals import keep_seal, remove_seal, sealed_export, sealing_of
from jalon.awarding.errors import SealRefusedError
from jalon.awarding.labels import sentence
from jalon.awarding.models import OrganisationSeal
from jalon.awarding.queries.seals import material_of, seal_of, seal_view, seal_warnings
from jalon.awarding.rules import seals
from jalon.foundation import clock, vault
from jalon.foundation.errors import NotAllowedError
from jalon.foundation.models import JournalEntry
from jalon.people.models import Organisation, User
from jalon.people.rules import Role
from sceau.errors import FetchError
from sceau.keys import der
from sceau.proofs import jades
from sceau.proofs.jades import Level
from sceau.testing import example_credential

pytestmark = pytest.mark.django_db
NAME = "CFPPA des Monts"


@pytest.fixture(autouse=True)
def frozen() -> Iterator[None]:
    with clock.frozen(NOW):
        yield


@pytest.fixture
def organisation() -> Organisation:
    return an_organisation(NAME, siret=SIRET)


@pytest.fixture
def admin(organisation: Organisation) -> User:
    return a_member(a_user(), organisation, Role.ADMIN)


def kept(organisation: Organisation, admin: User, data: bytes | None = None) -> OrganisationSeal:
    given = data or a_p12(a_certificate(NAME))
    return keep_seal(organisation=organisation, by=admin, data=given, passphrase=PASSPHRASE)


@pytest.mark.parametrize(
    ("data", "key_file", "passphrase"),
    [
        (a_p12(a_certificate(NAME)), b"", PASSPHRASE),
        (a_p12(a_certificate(NAME), passphrase=""), b"", ""),
        (pem(a_certificate(NAME), ISSUING.certificate) + pem_key(), b"", ""),
        (pem(a_certificate(NAME), ISSUING.certificate), pem_key(passphrase=PASSPHRASE), PASSPHRASE),
        (pem(ISSUING.certificate, a_certificate(NAME)) + pem_key(), b"", "de trop"),
        (
            a_p12(a_certificate(NAME, own_key=rsa_key(2048)), own_key=rsa_key(2048)),
            b"",
            PASSPHRASE,
        ),
    ],
    ids=["p12", "p12-open", "pem", "pem-and-key", "pem-out-of-order", "rsa"],
)
def test_a_seal_is_kept_in_the_vault_whatever_the_file(
    organisation: Organisation, admin: User, data: bytes, key_file: bytes, passphrase: str
) -> None:
    row = keep_seal(organisation=organisation, by=admin, data=data, passphrase=passphrase, key=key_file)

    material = material_of(row)
    assert [one.common_name for one in material.certificates] == ["Cachet", "Autorité de cachets (fictive)"]
    assert material.private_key not in bytes(row.sealed_private_key)
    assert material.signer().public_key == material.leaf.public_key
    assert row.not_after == material.leaf.not_after
    assert row.sealed_with == vault.open_vault().fingerprint


def test_what_the_certificate_says_is_shown(organisation: Organisation, admin: User) -> None:
    leaf = a_certificate(NAME, common_name="Cachet de TEST", extensions=[QUALIFIED])

    kept(organisation, admin, a_p12(leaf))

    view = seal_view(organisation)
    assert view is not None
    assert (view.organisation, view.organisation_identifier) == (NAME, f"NTRFR-{SIRET[:9]}")
    assert view.authority == "CN=Autorité de cachets (fictive)"
    assert (view.algorithm, view.usages) == ("P-256", ("content_commitment", "digital_signature"))
    assert (view.says_qualified, view.says_test) == (True, True)
    assert view.remarks == ("seal.test",)


REFUSED = {
    "seal.expired": a_p12(a_certificate(NAME, ends=-timedelta(days=1))),
    "seal.not_yet": a_p12(a_certificate(NAME, starts=timedelta(days=1))),
    "seal.use": a_p12(a_certificate(NAME, ca=True)),
    "seal.no_organisation": a_p12(a_certificate(common_name="Jeanne Vidal")),
    "seal.no_identifier": a_p12(a_certificate(NAME, identifier="")),
    "seal.other_organisation": a_p12(a_certificate("Lycée de la Plaine", identifier="NTRFR-987654321")),
    "seal.key_mismatch": pem(a_certificate(NAME)) + pem_key(key(10)),
    "seal.no_key": pem(a_certificate(NAME)),
    "seal.no_certificate": pem_key(),
    "seal.passphrase": a_p12(a_certificate(NAME), passphrase="une autre"),
    "seal.unreadable": b"\x89PNG\r\n\x1a\n",
    "seal.too_large": b"\x30" + bytes(seals.MAX_BYTES),
}


@pytest.mark.parametrize("code", REFUSED)
def test_what_nobody_can_seal_with_is_refused_and_the_former_one_stays(
    organisation: Organisation, admin: User, code: str
) -> None:
    former = kept(organisation, admin)

    with pytest.raises(SealRefusedError) as refused:
        kept(organisation, admin, REFUSED[code])

    assert refused.value.code == code
    assert "…" not in sentence(refused.value.code, refused.value.facts)
    assert seal_of(organisation) == former


@pytest.mark.parametrize(
    "own", [Ed25519PrivateKey.from_private_bytes(bytes(range(32))), rsa_key(1024)], ids=["ed25519", "short"]
)
def test_a_key_that_does_not_seal_here_is_refused(organisation: Organisation, admin: User, own: Any) -> None:
    with pytest.raises(SealRefusedError) as refused:
        kept(organisation, admin, pem(a_certificate(NAME, own_key=own)) + pem_key(own))

    assert refused.value.code == "seal.unsupported_key"


def test_a_certificate_of_a_web_site_is_refused(organisation: Organisation, admin: User) -> None:
    for_sites = (crypto.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), False)

    with pytest.raises(SealRefusedError) as refused:
        kept(organisation, admin, a_p12(a_certificate(NAME, extensions=[for_sites])))

    assert refused.value.code == "seal.use"


def test_a_protected_file_without_its_passphrase(organisation: Organisation, admin: User) -> None:
    with pytest.raises(SealRefusedError) as refused:
        keep_seal(organisation=organisation, by=admin, data=a_p12(a_certificate(NAME)))

    assert refused.value.code == "seal.passphrase_needed"


def test_a_file_that_asks_for_endless_work_is_refused_unopened(
    organisation: Organisation, admin: User
) -> None:
    data = a_p12(a_certificate(NAME))
    mac = der.children(der.only(data, der.SEQUENCE))
    parts = der.children(mac[2][1])
    endless = der.write(
        der.SEQUENCE,
        *(der.write(*one) for one in mac[:2]),
        der.write(mac[2][0], *(der.write(*one) for one in parts[:2]), der.write_integer(2**31 - 1)),
    )

    with pytest.raises(SealRefusedError) as refused:
        kept(organisation, admin, endless)

    assert refused.value.code == "seal.too_much_work"


def test_the_same_number_under_another_name_is_a_remark(organisation: Organisation, admin: User) -> None:
    kept(organisation, admin, a_p12(a_certificate("CFPPA DU PLATEAU")))

    view = seal_view(organisation)
    assert view is not None
    assert view.remarks == ("seal.other_name",)


def test_another_number_under_the_same_name_is_refused(organisation: Organisation, admin: User) -> None:
    with pytest.raises(SealRefusedError) as refused:
        kept(organisation, admin, a_p12(a_certificate(NAME, identifier="NTRFR-987654321")))

    assert refused.value.code == "seal.other_organisation"


def test_a_new_seal_takes_the_place_of_the_former(organisation: Organisation, admin: User) -> None:
    former = kept(organisation, admin)

    row = kept(organisation, admin, a_p12(a_certificate(NAME, own_key=key(11)), own_key=key(11)))

    assert list(OrganisationSeal.objects.all()) == [row]
    entries = JournalEntry.objects.filter(verb__startswith="seal.").order_by("number")
    assert [entry.verb for entry in entries] == ["seal.kept", "seal.replaced"]
    assert entries[1].facts == {"thumbprint": row.thumbprint, "before": former.thumbprint}


def test_a_removed_seal_is_gone_with_its_key(organisation: Organisation, admin: User) -> None:
    kept(organisation, admin)

    remove_seal(organisation=organisation, by=admin)

    assert seal_of(organisation) is None
    assert JournalEntry.objects.filter(verb="seal.removed").count() == 1
    with pytest.raises(SealRefusedError):
        remove_seal(organisation=organisation, by=admin)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_only_those_who_look_after_keys_touch_the_seal(
    organisation: Organisation, admin: User, role: Role
) -> None:
    kept(organisation, admin)
    member = a_member(a_user(), organisation, role)

    with pytest.raises(NotAllowedError):
        kept(organisation, member)
    with pytest.raises(NotAllowedError):
        remove_seal(organisation=organisation, by=member)

    assert OrganisationSeal.objects.count() == 1


def test_an_admin_of_another_organisation_is_a_stranger(organisation: Organisation) -> None:
    stranger = a_member(a_user(), an_organisation(), Role.ADMIN)

    with pytest.raises(NotAllowedError):
        kept(organisation, stranger)

    assert not OrganisationSeal.objects.exists()


# — Sealing —


def test_a_european_credential_is_sealed_with_the_organisations_certificate(
    organisation: Organisation, admin: User
) -> None:
    row = kept(organisation, admin)

    made = sealed_export("europass", example_credential(), sealing_of(organisation))

    assert (made.level, made.undated) == (Level.B, "")
    seal = jades.parse(made.exported.data, max_bytes=10**7)
    assert jades.check(seal).thumbprint == row.thumbprint
    assert [one.common_name for one in seal.certificates()] == ["Cachet", "Autorité de cachets (fictive)"]


def test_without_a_seal_a_european_credential_is_unsealed(organisation: Organisation) -> None:
    made = sealed_export("europass", example_credential(), sealing_of(organisation))

    assert made.level is None
    assert "signatures" not in json.loads(made.exported.data)


def test_a_seal_that_has_ended_seals_no_more(organisation: Organisation, admin: User) -> None:
    kept(organisation, admin)

    with clock.frozen(NOW + timedelta(days=400)):
        assert sealing_of(organisation).certificates == ()


def test_the_other_forms_are_signed_with_the_key_that_the_identifier_leads_to(
    organisation: Organisation, admin: User
) -> None:
    kept(organisation, admin)

    sealing = sealing_of(organisation, form="sd-jwt-vc")

    assert sealing.certificates == ()
    assert sealing.signer.verification_method.startswith(queries.issuer_did(organisation))


def test_a_seal_is_dated_by_a_time_stamping_authority(organisation: Organisation, admin: User) -> None:
    kept(organisation, admin)

    sealing = sealing_of(organisation, time_stamper=a_time_authority())
    made = sealed_export("europass", example_credential(), sealing)

    assert made.level is Level.T
    seal = jades.parse(made.exported.data, max_bytes=10**7)
    assert [one.parse().time for one in seal.time_stamps()] == [NOW]


class OutOfReach:
    def time_stamp(self, digest: bytes) -> bytes:
        raise FetchError("nobody answers")


def test_a_seal_stays_without_date_where_nobody_answers_and_says_so(
    organisation: Organisation, admin: User
) -> None:
    kept(organisation, admin)

    sealing = sealing_of(organisation, time_stamper=OutOfReach())
    made = sealed_export("europass", example_credential(), sealing)

    assert (made.level, made.undated) == (Level.B, FetchError.code)
    assert jades.parse(made.exported.data, max_bytes=10**7).time_stamps() == ()


# — What an operator is told —


def test_an_operator_is_told_of_a_seal_that_ends(organisation: Organisation, admin: User) -> None:
    kept(organisation, admin, a_p12(a_certificate(NAME, ends=timedelta(days=20))))

    assert [warning.code for warning in seal_warnings()] == ["seals.ends_soon"]
    with clock.frozen(NOW + timedelta(days=21)):
        assert [warning.code for warning in seal_warnings()] == ["seals.ended"]


def test_an_operator_is_told_of_a_seal_that_does_not_open(organisation: Organisation, admin: User) -> None:
    row = kept(organisation, admin)
    row.sealed_private_key = bytes(60)
    row.save()

    assert [(warning.code, warning.is_error) for warning in seal_warnings()] == [("seals.closed", True)]


def test_a_root_is_left_out_of_the_chain(organisation: Organisation, admin: User) -> None:
    row = kept(organisation, admin)

    assert ROOT.certificate not in material_of(row).certificates
