"""Every environment variable, declared once: type, default, a line of help; a reference page comes of it."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jalon.foundation.errors import ConfigurationError


def _yes(value: str) -> bool:
    wanted = value.strip().lower()
    if wanted in {"1", "true", "yes", "oui", "on"}:
        return True
    if wanted in {"", "0", "false", "no", "non", "off"}:
        return False
    raise ValueError("expected 1 or 0")


def _number(value: str) -> int:
    try:
        return int(value)
    except ValueError as error:
        raise ValueError("expected a whole number") from error


def _port(value: str) -> int:
    port = _number(value)
    if not 0 < port < 65_536:
        raise ValueError("expected a whole number from 1 to 65535")
    return port


def _mail_url(value: str) -> str:
    url = value.strip()
    if url and (not url.startswith(("smtp://", "smtps://")) or not urlsplit(url).hostname):
        raise ValueError("expected an address that starts with smtp:// or smtps://")
    return url


def _database_url(value: str) -> str:
    url = value.strip()
    if url and not url.startswith(("postgresql://", "postgres://")):
        raise ValueError("expected an address that starts with postgresql://")
    return url


def _public_url(value: str) -> str:
    url = value.strip().rstrip("/")
    if url and not url.startswith(("http://", "https://")):
        raise ValueError("expected an address that starts with https:// or http://")
    return url


def _https(value: str) -> str:
    url = value.strip()
    if url and not url.startswith("https://"):
        raise ValueError("expected an address that starts with https://")
    return url


def _vct(value: str) -> str:
    vct = value.strip()
    if vct and vct != "own" and (":" not in vct or " " in vct):
        raise ValueError("expected own, or a URI such as urn:example:attestation:1")
    return vct


def _elm_version(value: str) -> str:
    version = value.strip()
    if version not in {"3.2", "3.3"}:
        raise ValueError("expected 3.2 or 3.3")
    return version


def _hosts(value: str) -> list[str]:
    return [host.strip() for host in value.split(",") if host.strip()]


@dataclass(frozen=True)
class Variable:
    """One environment variable. `read` turns its text into a value; its ValueError says what was expected."""

    name: str
    default: str
    help: str
    read: Callable[[str], Any] = str
    secret: bool = False


VARIABLES: tuple[Variable, ...] = (
    Variable("JALON_DATA_DIR", "var", "Folder of the database, the secrets and the files."),
    Variable("PORT", "8000", "Port that `jalon serve` listens on.", _port),
    Variable(
        "JALON_HOST",
        "127.0.0.1",
        "Address that `jalon serve` listens on; 0.0.0.0 behind a reverse proxy in a container.",
    ),
    Variable(
        "JALON_PUBLIC_URL",
        "",
        "Public address, such as https://jalon.example.org: goes into every link and into issuers' "
        "identifiers (did:web). "
        "Default: http://localhost:PORT.",
        _public_url,
    ),
    Variable(
        "JALON_TRUSTED_PROXY",
        "0",
        "1 when a reverse proxy in front sets X-Forwarded-Proto and X-Forwarded-Host.",
        _yes,
    ),
    Variable("JALON_ALLOWED_HOSTS", "", "Further host names to answer for, separated by commas.", _hosts),
    Variable(
        "DATABASE_URL",
        "",
        "postgresql://user:password@host:5432/name. Default: SQLite in JALON_DATA_DIR.",
        _database_url,
        secret=True,
    ),
    Variable(
        "JALON_SECRET_KEY",
        "",
        "Key for sessions and forms. Default: made on first start, in JALON_DATA_DIR/secrets.",
        secret=True,
    ),
    Variable(
        "JALON_KEY_ENCRYPTION_KEY",
        "",
        "Key that encrypts the issuers' signing keys: 32 bytes in base64url. "
        "Default: a file (see the next one).",
        secret=True,
    ),
    Variable(
        "JALON_KEY_ENCRYPTION_KEY_FILE",
        "",
        "File that holds that key. Default: JALON_DATA_DIR/secrets/key-encryption-key, "
        "which lies beside the database: "
        "`jalon check` warns of it.",
    ),
    Variable(
        "JALON_DEMO",
        "0",
        "1: demonstration mode, with fictional data and one-click sign-in for each role.",
        _yes,
    ),
    Variable(
        "JALON_EMBEDDED_WORKER",
        "1",
        "1: `jalon serve` also runs background jobs; 0 when `jalon worker` does.",
        _yes,
    ),
    Variable("JALON_THREADS", "8", "Threads of `jalon serve`.", _number),
    Variable(
        "JALON_EMAIL_URL",
        "",
        "smtp://user:password@host:587 (smtps:// for TLS from the start). Default: mails are only logged.",
        _mail_url,
        secret=True,
    ),
    Variable("JALON_EMAIL_FROM", "Jalon <nepasrepondre@localhost>", "Sender of mails."),
    Variable(
        "JALON_ELM_VERSION",
        "3.2",
        "Version of the European Learning Model whose terms the open data use: 3.2 or 3.3.",
        read=_elm_version,
    ),
    Variable(
        "JALON_OPERATOR",
        "",
        "Name and address of who runs this installation, shown on the page «Mentions», "
        "which the law asks for.",
    ),
    Variable(
        "JALON_CONTACT_EMAIL",
        "",
        "Address that public pages give for questions, obstacles and rights over data.",
    ),
    Variable(
        "JALON_VCT",
        "",
        "Type (`vct`) of the attestations made for European wallets. Default: the EU's, "
        "urn:eu.europa.ec.eudi:learning:credential:1. `own`: a type of this installation, "
        "JALON_PUBLIC_URL/types/micro-certification/1, which is described there. Or any other URI.",
        _vct,
    ),
    Variable("JALON_DEBUG", "0", "1 for development only: error pages with details.", _yes),
    Variable(
        "JALON_CONFORMANCE",
        "0",
        "1 opens /vc-api/, where W3C's test suites issue and verify with two test keys; never in production.",
        _yes,
    ),
    Variable(
        "JALON_SEAL_AUTHORITIES",
        "",
        "Certificates of those who are trusted to say whose a seal is: a file in PEM or DER, or a folder of "
        "them; those in its folder `trusted-list` issue qualified seals of the EU's trusted lists, those in "
        "`time-stamping` say since when a seal exists. Read at start.",
    ),
    Variable(
        "JALON_TIME_STAMPS_URL",
        "",
        "Time-stamping authority (RFC 3161, https) that dates the organisations' seals. "
        "Default: seals are not dated by anybody else.",
        _https,
    ),
    Variable(
        "JALON_SEAL_PASSPHRASE",
        "",
        "Passphrase of the file that `jalon issue --seal` seals with. Default: it is asked for.",
        secret=True,
    ),
    Variable(
        "JALON_NEED_KEEP_MONTHS",
        "18",
        "Months for which the name and address of somebody who states a need are kept; erased after that.",
        _number,
    ),
    Variable("JALON_UPLOAD_MAX_MB", "20", "Largest file that a page takes, in megabytes.", _number),
)


@dataclass(frozen=True)
class Environment:
    """The values read, by variable name."""

    values: Mapping[str, Any]

    def __getitem__(self, name: str) -> Any:
        return self.values[name]

    @property
    def data_dir(self) -> Path:
        return Path(self["JALON_DATA_DIR"]).absolute()

    @property
    def public_url(self) -> str:
        """Without a slash at the end."""
        return self["JALON_PUBLIC_URL"] or f"http://localhost:{self['PORT']}"

    @property
    def public_url_is_set(self) -> bool:
        return bool(self["JALON_PUBLIC_URL"])


def read(environ: Mapping[str, str] | None = None) -> Environment:
    """
    Read all variables.

    Raises:
        ConfigurationError: A variable cannot be read; names it and what was expected, never a secret's value.
    """
    source = os.environ if environ is None else environ
    values: dict[str, Any] = {}
    for variable in VARIABLES:
        raw = source.get(variable.name, variable.default)
        try:
            values[variable.name] = variable.read(raw)
        except ValueError as error:
            shown = "" if variable.secret else f" {raw!r}"
            raise ConfigurationError(
                f"{variable.name}{shown}: {error}. {variable.help}",
                name=variable.name,
                met=shown.strip(),
                expected=str(error),
            ) from error
    return Environment(values)
