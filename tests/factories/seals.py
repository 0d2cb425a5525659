"""Certificates for seals as an authority hands them over, for tests; the moment of all is `NOW`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509 as crypto
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID
from tests.factories.people import SIRET
from tests.factories.verification import a_european_document
from tests.sceau.keys.test_x509 import NOW, Authority, Extension, Key, key, root, statements
from tests.sceau.keys.time_authority import FOR_TIME_STAMPS, TimeAuthority

from jalon.verification import importers
from sceau.keys.signer import EcdsaSigner
from sceau.keys.x509 import Certificate
from sceau.proofs import jades

IDENTIFIER = f"NTRFR-{SIRET[:9]}"
PASSPHRASE = "sous le grand chêne"
ROOT = root(31, "Racine de cachets (fictive)")
ISSUING = ROOT.authority("Autorité de cachets (fictive)", 32)
TIME_ROOT = root(33, "Racine du temps (fictive)")
QUALIFIED = statements("0.4.0.1862.1.1", seal=True)
YEAR = timedelta(days=365)


def subject(organisation: str = "", identifier: str = "", common_name: str = "Cachet") -> crypto.Name:
    """``C=FR, O=…, organizationIdentifier=…, CN=…``; what is empty is left out."""
    parts = [
        (NameOID.COUNTRY_NAME, "FR"),
        (NameOID.ORGANIZATION_NAME, organisation),
        (NameOID.ORGANIZATION_IDENTIFIER, identifier),
        (NameOID.COMMON_NAME, common_name),
    ]
    return crypto.Name([crypto.NameAttribute(kind, value) for kind, value in parts if value])


def a_certificate(
    organisation: str = "",
    *,
    identifier: str = IDENTIFIER,
    common_name: str = "Cachet",
    own_key: Key | None = None,
    authority: Authority = ISSUING,
    extensions: Sequence[Extension] = (),
    usages: Sequence[str] = ("digital_signature", "content_commitment"),
    ca: bool = False,
    ends: timedelta = YEAR,
    starts: timedelta = -YEAR,
) -> Certificate:
    """A certificate for seals that `ISSUING` issued; dates from `NOW`."""
    return authority.issue(
        subject(organisation, identifier, common_name),
        own_key or key(9),
        usages=usages,
        ca=ca,
        extensions=extensions,
        since=NOW + starts,
        until=NOW + ends,
    )


def a_p12(
    leaf: Certificate,
    *,
    own_key: Key | None = None,
    others: Sequence[Certificate] = (ISSUING.certificate, ROOT.certificate),
    passphrase: str = PASSPHRASE,
) -> bytes:
    """The file that an authority hands over: certificate, key and those above."""
    return pkcs12.serialize_key_and_certificates(
        b"cachet",
        own_key or key(9),
        leaf.native,
        [one.native for one in others],
        BestAvailableEncryption(passphrase.encode()) if passphrase else serialization.NoEncryption(),
    )


def pem(*certificates: Certificate) -> bytes:
    """The certificates as a bundle."""
    return b"".join(one.native.public_bytes(serialization.Encoding.PEM) for one in certificates)


def pem_key(own_key: Key | None = None, passphrase: str = "") -> bytes:
    """A key in PEM, encrypted where there is a passphrase."""
    return (own_key or key(9)).private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        BestAvailableEncryption(passphrase.encode()) if passphrase else serialization.NoEncryption(),
    )


def a_time_authority() -> TimeAuthority:
    """Says since when a seal exists; trusted by whoever trusts `TIME_ROOT`."""
    certificate = TIME_ROOT.issue(
        "Horodatage (fictif)", key(34), usages=("digital_signature",), extensions=(FOR_TIME_STAMPS,)
    )
    return TimeAuthority(certificate, key(34))


def sealed_with(
    certificate: Certificate,
    *,
    own_key: Key | None = None,
    payload: bytes = b"",
    time_stamper: TimeAuthority | None = None,
    at: datetime = NOW,
) -> bytes:
    """A European credential of the engine's example issuer, sealed with *certificate* at a moment."""
    return jades.seal(
        payload or a_european_document(),
        signer=EcdsaSigner(own_key or key(9), ""),  # type: ignore[arg-type] # keys here are on P-256
        certificates=[certificate, ISSUING.certificate],
        at=at,
        time_stamper=time_stamper,
    )


def write_authorities(folder: Path, *, listed: Sequence[Certificate] = ()) -> Path:
    """
    A folder as an operator keeps it: `ROOT` for seals, `TIME_ROOT` for time-stamps, and *listed* as services
    of a trusted list.
    """
    for name in (importers.TIME_STAMPING, importers.TRUSTED_LIST):
        (folder / name).mkdir(parents=True)
    (folder / "cachets.pem").write_bytes(pem(ROOT.certificate))
    (folder / importers.TIME_STAMPING / "temps.der").write_bytes(TIME_ROOT.certificate.der)
    if listed:
        (folder / importers.TRUSTED_LIST / "services.pem").write_bytes(pem(*listed))
    return folder
