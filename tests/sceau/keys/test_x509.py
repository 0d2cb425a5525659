"""Certificates, with authorities made here: each rule of a chain is kept by one and broken by another."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

import pytest
from cryptography import x509 as crypto
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import dsa, ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st

from sceau import errors
from sceau.errors import CertificateError, KeyFormatError
from sceau.keys import der, x509
from sceau.keys.public import KeyType, PublicKey

NOW = datetime(2026, 6, 2, 8, 0, tzinfo=UTC)
YEAR = timedelta(days=365)
Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey | Ed25519PrivateKey
Extension = tuple[crypto.ExtensionType, bool]

QC_STATEMENTS = crypto.ObjectIdentifier("1.3.6.1.5.5.7.1.3")
SERIAL_NUMBERS = itertools.count(0xC0FFEE)
UNKNOWN = crypto.UnrecognizedExtension(crypto.ObjectIdentifier("1.2.3.4.5"), b"\x05\x00")


@cache
def key(number: int = 1) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(number + 1_000, ec.SECP256R1())


@cache
def rsa_key(bits: int) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65_537, bits)


def name(common_name: str) -> crypto.Name:
    return crypto.Name([crypto.NameAttribute(NameOID.COMMON_NAME, common_name)])


def usage(*names: str) -> crypto.KeyUsage:
    known = [field.lstrip("_") for field in vars(crypto.KeyUsage(*[False] * 9))]
    return crypto.KeyUsage(**{field: field in names for field in known})


@dataclass(frozen=True)
class Authority:
    """A certificate with its private key, which makes others."""

    certificate: x509.Certificate
    key: Key

    def issue(
        self,
        subject: str | crypto.Name = "Atelier du bocage",
        key: object = None,
        *,
        ca: bool | None = False,
        path_length: int | None = None,
        usages: Sequence[str] | None = ("digital_signature",),
        extensions: Sequence[Extension] = (),
        since: datetime = NOW - YEAR,
        until: datetime = NOW + YEAR,
        issuer: crypto.Name | None = None,
    ) -> x509.Certificate:
        return make(
            subject,
            key or globals()["key"](9),
            issuer or self.certificate.native.subject,
            self.key,
            ca=ca,
            path_length=path_length,
            usages=usages,
            extensions=extensions,
            since=since,
            until=until,
        )

    def authority(self, subject: str, number: int, **options: object) -> Authority:
        options = {"ca": True, "usages": ("key_cert_sign", "crl_sign")} | options
        mine = options.pop("key", None) or key(number)
        return Authority(self.issue(subject, mine, **options), mine)  # type: ignore[arg-type] # a mixed dict


def make(
    subject: str | crypto.Name,
    own_key: object,
    issuer: crypto.Name,
    issuer_key: Key,
    *,
    ca: bool | None,
    path_length: int | None,
    usages: Sequence[str] | None,
    extensions: Sequence[Extension],
    since: datetime,
    until: datetime,
) -> x509.Certificate:
    public = own_key.public_key()  # type: ignore[attr-defined] # each private key has it
    builder = (
        crypto.CertificateBuilder()
        .subject_name(subject if isinstance(subject, crypto.Name) else name(subject))
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(
            int.from_bytes(hashlib.sha256(repr((subject, since, until)).encode()).digest()[:8], "big")
        )
        .not_valid_before(since)
        .not_valid_after(until)
        .add_extension(crypto.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(
            crypto.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False
        )
    )
    if ca is not None:
        builder = builder.add_extension(crypto.BasicConstraints(ca, path_length), critical=True)
    if usages is not None:
        builder = builder.add_extension(usage(*usages), critical=True)
    for extension, critical in extensions:
        builder = builder.add_extension(extension, critical=critical)
    algorithm = None if isinstance(issuer_key, Ed25519PrivateKey) else hashes.SHA256()
    signed = builder.sign(issuer_key, algorithm)
    return x509.parse(signed.public_bytes(serialization.Encoding.DER))


def root(number: int = 1, subject: str = "Racine", *, own: Key | None = None, **options: object) -> Authority:
    mine = own or key(number)
    options = {
        "ca": True,
        "path_length": None,
        "usages": ("key_cert_sign", "crl_sign"),
        "extensions": (),
        "since": NOW - YEAR,
        "until": NOW + YEAR,
    } | options
    made = make(subject, mine, name(subject), mine, **options)  # type: ignore[arg-type] # a mixed dict
    return Authority(made, mine)


ROOT = root()
ISSUING = ROOT.authority("Autorité de cachets", 2)
LEAF = ISSUING.issue()


def statements(*identifiers: str, seal: bool = False) -> Extension:
    items = [der.write(der.SEQUENCE, _identifier(one)) for one in identifiers]
    if seal:
        kinds = der.write(der.SEQUENCE, _identifier("0.4.0.1862.1.6.2"))
        items.append(der.write(der.SEQUENCE, _identifier("0.4.0.1862.1.6"), kinds))
    return crypto.UnrecognizedExtension(QC_STATEMENTS, der.write(der.SEQUENCE, *items)), False


def _identifier(dotted: str) -> bytes:
    first, second, *rest = map(int, dotted.split("."))
    content = bytes([40 * first + second])
    for number in rest:
        high = bytes([0x80 | number >> 7]) if number > 127 else b""
        content += high + bytes([number & 0x7F])
    return der.write(der.OBJECT_IDENTIFIER, content)


# What a certificate says


def test_the_facts_of_a_seal() -> None:
    subject = crypto.Name(
        [
            crypto.NameAttribute(NameOID.COUNTRY_NAME, "FR"),
            crypto.NameAttribute(NameOID.ORGANIZATION_NAME, "Atelier du bocage (fictif)"),
            crypto.NameAttribute(NameOID.ORGANIZATION_IDENTIFIER, "NTRFR-000000000"),
            crypto.NameAttribute(NameOID.COMMON_NAME, "Cachet de l’atelier"),
        ]
    )
    names = [
        crypto.DNSName("atelier.example.org"),
        crypto.UniformResourceIdentifier("did:web:atelier.example.org"),
        crypto.RFC822Name("contact@atelier.example.org"),
    ]

    leaf = ISSUING.issue(
        subject,
        usages=("digital_signature", "content_commitment"),
        extensions=[
            (crypto.SubjectAlternativeName(names), False),
            statements("0.4.0.1862.1.1", "0.4.0.1862.1.4", seal=True),
        ],
    )

    assert leaf.common_name == "Cachet de l’atelier"
    assert leaf.organisation == "Atelier du bocage (fictif)"
    assert leaf.organisation_identifier == "NTRFR-000000000"
    assert leaf.country == "FR"
    assert leaf.issuer_name == "CN=Autorité de cachets"
    assert int(leaf.serial_number, 16) == leaf.native.serial_number
    assert (leaf.not_before, leaf.not_after) == (NOW - YEAR, NOW + YEAR)
    assert leaf.dns_names == ("atelier.example.org",)
    assert leaf.uris == ("did:web:atelier.example.org",)
    assert leaf.key_usages == {"digital_signature", "content_commitment"}
    assert leaf.public_key == PublicKey.of(key(9).public_key())
    assert (leaf.is_ca, leaf.is_self_signed) == (False, False)
    assert (leaf.says_qualified, leaf.says_seal) == (True, True)
    assert leaf.thumbprint == base64.urlsafe_b64encode(hashlib.sha256(leaf.der).digest()).decode().strip("=")


def test_the_facts_of_a_plain_certificate() -> None:
    leaf = ISSUING.issue(ca=None, usages=None, extensions=[statements("0.4.0.1862.1.4")])

    assert (leaf.organisation, leaf.organisation_identifier, leaf.country) == ("", "", "")
    assert (leaf.dns_names, leaf.uris, leaf.key_usages) == ((), (), None)
    assert (leaf.says_qualified, leaf.says_seal) == (False, False)


def test_a_qualified_signature_of_a_person_is_no_seal() -> None:
    kinds = der.write(der.SEQUENCE, _identifier("0.4.0.1862.1.6.1"))
    content = der.write(
        der.SEQUENCE,
        der.write(der.SEQUENCE, _identifier("0.4.0.1862.1.1")),
        der.write(der.SEQUENCE, _identifier("0.4.0.1862.1.6"), kinds),
    )
    leaf = ISSUING.issue(extensions=[(crypto.UnrecognizedExtension(QC_STATEMENTS, content), False)])

    assert (leaf.says_qualified, leaf.says_seal) == (True, False)


@pytest.mark.parametrize(
    "content", ["", "0500", "30020500", "3003300106", "300000", "3080", "30820000", "3f01", "30028101"]
)
def test_statements_that_cannot_be_read_are_refused(content: str) -> None:
    broken = crypto.UnrecognizedExtension(QC_STATEMENTS, bytes.fromhex(content))

    with pytest.raises(CertificateError, match="QcStatements"):
        ISSUING.issue(extensions=[(broken, False)])


def test_who_signed_itself_is_said() -> None:
    assert ROOT.certificate.is_self_signed
    assert ROOT.certificate.is_ca
    assert not ISSUING.certificate.is_self_signed
    assert not root(2, own=key(3)).issue(key=key(4), issuer=name("Atelier du bocage")).is_self_signed


def test_certificates_are_the_same_where_their_bytes_are() -> None:
    assert x509.parse(LEAF.der) == LEAF
    assert len({x509.parse(LEAF.der), LEAF, ROOT.certificate}) == 2
    with pytest.raises(dataclasses.FrozenInstanceError):
        LEAF.common_name = "Autre"  # type: ignore[misc] # that is the test


def test_a_key_that_is_not_read_here_is_only_met_when_asked_for() -> None:
    leaf = ISSUING.issue(key=ec.generate_private_key(ec.BrainpoolP256R1()))

    with pytest.raises(KeyFormatError):
        leaf.public_key  # noqa: B018 -- that is the test


# Reading


def test_x5c_round_trip() -> None:
    chain = (LEAF, ISSUING.certificate)

    assert x509.from_x5c(x509.to_x5c(chain)) == chain


@pytest.mark.parametrize(
    "value",
    [
        None,
        "MIIC",
        [],
        {},
        [None],
        [5],
        [""],
        ["MIIC"],
        ["é"],
        ["A" * 40_000],
        [LEAF.der.hex()],
        [base64.urlsafe_b64encode(LEAF.der + b"\xff\xff\xff").decode()],
        [base64.b64encode(LEAF.der).decode() + "\n"],
        [base64.encodebytes(LEAF.der).decode()],
        [base64.b64encode(LEAF.der + b"\0").decode()],
        [base64.b64encode(LEAF.der).decode()] * 9,
    ],
)
def test_x5c_that_is_none_is_refused(value: object) -> None:
    with pytest.raises(CertificateError) as caught:
        x509.from_x5c(value)

    assert caught.value.code == "certificate.invalid"


def test_a_bundle_in_pem_is_read_in_its_order() -> None:
    pem = b"".join(
        one.native.public_bytes(serialization.Encoding.PEM) for one in (ROOT.certificate, ISSUING.certificate)
    )

    assert x509.from_pem(b"# les autorites\n" + pem) == (ROOT.certificate, ISSUING.certificate)
    with pytest.raises(CertificateError, match="1 to 1 certificates"):
        x509.from_pem(pem, at_most=1)


@pytest.mark.parametrize(
    "pem",
    [
        b"",
        b"-----BEGIN CERTIFICATE-----\n",
        b"-----BEGIN CERTIFICATE-----\nMIIC\n-----END CERTIFICATE-----\n",
        b"-----BEGIN PRIVATE KEY-----\nMIIC\n-----END PRIVATE KEY-----\n",
    ],
)
def test_a_bundle_that_is_none_is_refused(pem: bytes) -> None:
    with pytest.raises(CertificateError):
        x509.from_pem(pem)


def test_a_huge_certificate_is_refused() -> None:
    with pytest.raises(CertificateError, match="at most 16384 bytes"):
        x509.parse(bytes(16_385))


@given(st.binary(max_size=200))
def test_any_bytes_are_refused_with_the_one_error(data: bytes) -> None:
    with pytest.raises(CertificateError):
        x509.parse(data)


def test_no_damage_reaches_what_is_signed() -> None:
    """Reading damaged bytes raises nothing but our own errors; how a signature is written is not signed."""
    refused = 0
    for place in range(len(LEAF.der)):
        damaged = bytearray(LEAF.der)
        damaged[place] ^= 0x01
        try:
            leaf = x509.parse(bytes(damaged))
            x509.verify_chain([leaf, ISSUING.certificate], [ROOT.certificate], at=NOW)
        except (CertificateError, KeyFormatError):
            refused += 1
        else:
            assert leaf.native.tbs_certificate_bytes == LEAF.native.tbs_certificate_bytes

    assert refused >= len(LEAF.der) - 1 > 300


# Chains


def test_a_chain_leads_to_its_anchor() -> None:
    met = x509.verify_chain(
        [LEAF, ISSUING.certificate], [root(5, "Autre").certificate, ROOT.certificate], at=NOW
    )

    assert met.anchor == ROOT.certificate
    assert met.leaf == LEAF
    assert met.certificates == (LEAF, ISSUING.certificate, ROOT.certificate)
    assert met.revocation_checked is False


def test_the_anchor_may_be_in_the_chain_or_anywhere_on_the_way() -> None:
    whole = [LEAF, ISSUING.certificate, ROOT.certificate]

    assert x509.verify_chain(whole, [ROOT.certificate], at=NOW).anchor == ROOT.certificate
    assert x509.verify_chain([LEAF], [ISSUING.certificate], at=NOW).anchor == ISSUING.certificate
    assert x509.verify_chain(whole, [ISSUING.certificate], at=NOW).anchor == ISSUING.certificate


def test_a_leaf_that_is_itself_trusted_stands_alone() -> None:
    own = root(6, "Seul", ca=False, usages=("digital_signature",)).certificate

    assert x509.verify_chain([own], [own], at=NOW).certificates == (own,)


@pytest.mark.parametrize("bits", [2_048, 3_072])
def test_rsa_chains_verify(bits: int) -> None:
    top = root(subject="RSA", own=rsa_key(bits))
    leaf = top.issue(key=rsa_key(2_048))

    assert x509.verify_chain([leaf], [top.certificate], at=NOW).leaf.public_key.type is KeyType.RSA


@pytest.mark.parametrize("usages", [("digital_signature",), ("content_commitment",)])
@pytest.mark.parametrize("ca", [False, None])
def test_leaves_that_sign_documents(usages: tuple[str, ...], ca: bool | None) -> None:
    leaf = ISSUING.issue(usages=usages, ca=ca)

    assert x509.verify_chain([leaf, ISSUING.certificate], [ROOT.certificate], at=NOW)


def test_validity_includes_both_ends() -> None:
    leaf = ISSUING.issue(since=NOW, until=NOW)

    assert x509.verify_chain([leaf, ISSUING.certificate], [ROOT.certificate], at=NOW)


Chain = tuple[Sequence[x509.Certificate], Sequence[x509.Certificate]]
Case = Callable[[], Chain]
PAST, TO_COME = NOW - timedelta(seconds=1), NOW + timedelta(seconds=1)


def _case(leaf: x509.Certificate, issuing: Authority = ISSUING, top: Authority = ROOT) -> Chain:
    return [leaf, issuing.certificate], [top.certificate]


def _issuing(**options: object) -> Chain:
    issuing = ROOT.authority("Autorité", 2, **options)
    return _case(issuing.issue(), issuing)


def _top(**options: object) -> Chain:
    top = root(7, **options)
    return [top.issue()], [top.certificate]


def _patched(certificate: x509.Certificate, old: str, new: str) -> x509.Certificate:
    """The same with another algorithm: what makes SHA-1 today refuses to make more of it."""
    data = certificate.der.replace(bytes.fromhex(old), bytes.fromhex(new))
    assert data != certificate.der
    return x509.parse(data)


def _rsa_signed(last: str) -> Chain:
    top = root(subject="RSA", own=rsa_key(2_048))
    return [_patched(top.issue(), "2a864886f70d01010b", "2a864886f70d0101" + last)], [top.certificate]


def _long() -> Chain:
    chain, above = [], ROOT
    for number in range(8):
        above = above.authority(f"Autorité {number}", 20 + number)
        chain.insert(0, above.certificate)
    return [above.issue(), *chain], [ROOT.certificate]


def _swapped() -> Chain:
    """The same name as the real issuer, another key."""
    return [LEAF, ROOT.authority("Autorité de cachets", 8).certificate], [ROOT.certificate]


def _tampered() -> Chain:
    return _case(_patched(LEAF, b"Atelier".hex(), b"Ateliex".hex()))


def _constrained(allowed: crypto.GeneralName) -> Chain:
    issuing = ROOT.authority("Autorité", 2, extensions=[(crypto.NameConstraints([allowed], None), True)])
    stranger = crypto.SubjectAlternativeName([crypto.DNSName("atelier.example.net")])
    return _case(issuing.issue(extensions=[(stranger, False)]), issuing)


REFUSALS: dict[str, tuple[type[CertificateError], Case]] = {
    "leaf expired": (errors.CertificateExpiredError, lambda: _case(ISSUING.issue(until=PAST))),
    "issuing authority expired": (errors.CertificateExpiredError, lambda: _issuing(until=PAST)),
    "anchor expired": (errors.CertificateExpiredError, lambda: _top(until=PAST)),
    "leaf not yet valid": (errors.CertificateNotYetError, lambda: _case(ISSUING.issue(since=TO_COME))),
    "issuing authority not yet valid": (errors.CertificateNotYetError, lambda: _issuing(since=TO_COME)),
    "anchor not yet valid": (errors.CertificateNotYetError, lambda: _top(since=TO_COME)),
    "no anchor": (errors.UnknownAnchorError, lambda: ([LEAF, ISSUING.certificate], [])),
    "another anchor": (errors.UnknownAnchorError, lambda: _case(LEAF, top=root(5, "Autre"))),
    "an anchor of the same name": (errors.UnknownAnchorError, lambda: _case(LEAF, top=root(5))),
    "a link is missing": (errors.UnknownAnchorError, lambda: ([LEAF], [ROOT.certificate])),
    "signed by itself": (
        errors.UnknownAnchorError,
        lambda: ([root(6, ca=False, usages=["digital_signature"]).certificate], [ROOT.certificate]),
    ),
    "not in order": (errors.BrokenChainError, lambda: ([LEAF, ROOT.certificate], [ROOT.certificate])),
    "one too many": (
        errors.BrokenChainError,
        lambda: ([LEAF, ISSUING.certificate, root(5, "Autre").certificate], [ROOT.certificate]),
    ),
    "issuer swapped": (errors.BrokenChainError, _swapped),
    "content changed": (errors.BrokenChainError, _tampered),
    "leaf issues": (errors.CertificateUseError, lambda: _case(ISSUING.issue(ca=True))),
    "leaf for encryption": (
        errors.CertificateUseError,
        lambda: _case(ISSUING.issue(usages=["key_encipherment"])),
    ),
    "leaf without usages": (errors.CertificateUseError, lambda: _case(ISSUING.issue(usages=None))),
    "issuer is no authority": (errors.CertificateUseError, lambda: _issuing(ca=False)),
    "issuer says nothing": (errors.CertificateUseError, lambda: _issuing(ca=None)),
    "issuer may not sign certificates": (errors.CertificateUseError, lambda: _issuing(usages=["crl_sign"])),
    "anchor is no authority": (errors.CertificateUseError, lambda: _top(ca=False)),
    "anchor may not sign certificates": (errors.CertificateUseError, lambda: _top(usages=["crl_sign"])),
    "RSA of 1024 bits, leaf": (errors.WeakCertificateError, lambda: _case(ISSUING.issue(key=rsa_key(1_024)))),
    "RSA of 1024 bits, issuer": (errors.WeakCertificateError, lambda: _issuing(key=rsa_key(1_024))),
    "RSA of 1024 bits, anchor": (errors.WeakCertificateError, lambda: _top(own=rsa_key(1_024))),
    "P-224": (
        errors.WeakCertificateError,
        lambda: _case(ISSUING.issue(key=ec.generate_private_key(ec.SECP224R1()))),
    ),
    "DSA": (errors.WeakCertificateError, lambda: _case(ISSUING.issue(key=dsa.generate_private_key(2_048)))),
    "SHA-1": (errors.WeakCertificateError, lambda: _rsa_signed("05")),
    "MD5": (errors.WeakCertificateError, lambda: _rsa_signed("04")),
    "MD2": (errors.WeakCertificateError, lambda: _rsa_signed("02")),
    "path too long": (CertificateError, lambda: _case(LEAF, top=root(path_length=0))),
    "nine certificates": (CertificateError, _long),
    "empty": (CertificateError, lambda: ([], [ROOT.certificate])),
    "unknown critical, leaf": (CertificateError, lambda: _case(ISSUING.issue(extensions=[(UNKNOWN, True)]))),
    "unknown critical, issuer": (CertificateError, lambda: _issuing(extensions=[(UNKNOWN, True)])),
    "unknown critical, anchor": (CertificateError, lambda: _top(extensions=[(UNKNOWN, True)])),
    "outside the names allowed": (CertificateError, lambda: _constrained(crypto.DNSName("example.org"))),
    "constraints not understood": (CertificateError, lambda: _constrained(crypto.DirectoryName(name("X")))),
    "an authority on Ed25519": (CertificateError, lambda: _top(own=Ed25519PrivateKey.generate())),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_chains_that_are_refused(case: str) -> None:
    expected, build = REFUSALS[case]
    chain, anchors = build()

    with pytest.raises(CertificateError) as caught:
        x509.verify_chain(chain, anchors, at=NOW)

    assert type(caught.value) is expected
    assert str(caught.value).startswith("expected ")
    assert ", met " in str(caught.value)


def test_an_unknown_extension_that_is_not_critical_does_no_harm() -> None:
    leaf = ISSUING.issue(extensions=[(UNKNOWN, False), statements("0.4.0.1862.1.1")])

    assert x509.verify_chain([leaf, ISSUING.certificate], [ROOT.certificate], at=NOW)


def test_a_leaf_whose_key_is_not_read_here_is_refused() -> None:
    leaf = ISSUING.issue(key=ec.generate_private_key(ec.BrainpoolP256R1()))

    with pytest.raises(KeyFormatError):
        x509.verify_chain([leaf, ISSUING.certificate], [ROOT.certificate], at=NOW)


def test_a_moment_without_its_zone_is_refused() -> None:
    with pytest.raises(errors.DataModelError):
        x509.verify_chain([LEAF, ISSUING.certificate], [ROOT.certificate], at=NOW.replace(tzinfo=None))


def test_the_hash_of_an_anchor_on_itself_plays_no_part() -> None:
    top = root(subject="RSA", own=rsa_key(2_048))
    old = _patched(top.certificate, "2a864886f70d01010b", "2a864886f70d010105")

    assert x509.verify_chain([top.issue(), old], [old], at=NOW).anchor == old
