"""
A specification written by hand, as YAML: who issues it, and what it says.

    id: urn:uuid:…           optional: the lasting identity of the micro-certification
    version: "1"             optional
    url: https://…           optional: its public page
    issuer: {name, country, region, locality, url, email, identifiers: {SIRET: "…"}}
    title: {fr: "…"} …       the rest is read by `design.rules.plain`
"""

from __future__ import annotations

import hashlib
import json
import re
import uuid
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from jalon.cli.errors import SpecificationError
from jalon.design.errors import InvalidContentError
from jalon.design.labels import gap_sentence, problem_sentence
from jalon.design.rules import completeness, export, plain
from jalon.design.rules.content import SpecificationContent
from jalon.foundation import countries
from jalon.foundation.identifiers import folded
from sceau.model.credential import Identifier, Issuer
from sceau.model.micro_credential import MicroCredential

MAX_BYTES = 1024 * 1024
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://w3id.org/jalon/micro-credential")
_ISSUER_KEYS = ("name", "country", "country_name", "region", "locality", "url", "email", "identifiers")


@dataclass(frozen=True)
class IssuerText:
    """The `issuer:` block, before it is known under which DID it signs."""

    name: str
    country_code: str
    country: str = ""
    region: str = ""
    locality: str = ""
    url: str = ""
    email: str = ""
    identifiers: tuple[Identifier, ...] = ()

    def signing_as(self, did: str) -> Issuer:
        """The issuer that credentials name."""
        return Issuer(
            id=did,
            name=self.name,
            country_code=self.country_code,
            country=self.country,
            region=self.region,
            locality=self.locality,
            url=self.url,
            email=self.email,
            identifiers=self.identifiers,
        )


@dataclass(frozen=True)
class SpecificationFile:
    """
    A complete specification.

    Attributes:
        id: Lasting identity, the same for all versions.
        digest: Of all that is signed about it: a version that was awarded may not change.
    """

    id: str
    version: str
    url: str
    issuer: IssuerText
    content: SpecificationContent
    digest: str

    def micro_credential(self) -> MicroCredential:
        """What the engine signs; its id is that of this version."""
        version_id = uuid.uuid5(_NAMESPACE, f"{self.id}\n{self.version}").urn
        return export.micro_credential(self.content, id=version_id, version=self.version, url=self.url)


def read(path: Path) -> SpecificationFile:
    """
    Read and check a specification.

    Raises:
        SpecificationError: Its message lists everything that is missing or cannot be read, one line each.
    """
    document = _load(path)
    problems: list[str] = []
    issuer = _issuer(document.pop("issuer", None), problems)
    given_id, version, url = (_text(document.pop(key, ""), key, problems) for key in ("id", "version", "url"))
    if given_id and not re.fullmatch(r"(urn:uuid:[0-9a-fA-F-]{36}|https://\S+)", given_id):
        problems.append("id : écrivez urn:uuid:… ou une adresse https://…, ou retirez la ligne.")
    _check_url(url, "url", problems)
    content: SpecificationContent | None = None
    try:
        content = plain.read(document)
    except InvalidContentError as error:
        problems += [f"{p.path or 'référentiel'} : {problem_sentence(p)}" for p in error.problems]
    if content is not None:
        body = completeness.AwardingBody(issuer.name, issuer.country_code)
        problems += [gap_sentence(gap) for gap in completeness.mandatory_gaps(content, body)]
    if problems or content is None:
        listed = "\n".join(f"  - {problem}" for problem in problems)
        raise SpecificationError(f"Ce référentiel ne peut pas être délivré tel quel ({path}) :\n{listed}")
    version = version or "1"
    lasting = given_id or uuid.uuid5(_NAMESPACE, f"{folded(issuer.name)}\n{folded(str(content.title))}").urn
    return SpecificationFile(lasting, version, url, issuer, content, _digest(content, url))


def _digest(content: SpecificationContent, url: str) -> str:
    written = json.dumps([plain.write(content), url], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()


def _text(value: Any, key: str, problems: list[str]) -> str:
    if value is None:
        return ""
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        text = " ".join(str(value).split())
        if len(text) <= 500 and text.isprintable():
            return text
    problems.append(f"{key} : on attend un texte court.")
    return ""


def _check_url(url: str, key: str, problems: list[str]) -> None:
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    if url and (parts.scheme not in {"https", "http"} or not parts.hostname or " " in url):
        problems.append(f"{key} : « {url[:80]} » n’est pas une adresse complète (https://…).")


def _issuer(block: Any, problems: list[str]) -> IssuerText:
    if not isinstance(block, Mapping):
        problems.append("issuer : il manque l’organisme qui délivre, avec au moins name et country.")
        # Told once, here: its name and country are then not told missing a second time.
        return IssuerText("—", "FR")
    unknown = [str(key) for key in block if key not in _ISSUER_KEYS]
    if unknown:
        problems.append(f"issuer.{unknown[0][:40]} : inconnu ici. On connaît {', '.join(_ISSUER_KEYS)}.")
    texts = {
        key: _text(block.get(key), f"issuer.{key}", problems) for key in _ISSUER_KEYS if key != "identifiers"
    }
    code = texts["country"].upper()
    if code and not re.fullmatch(r"[A-Z]{2}", code):
        problems.append("issuer.country : écrivez le code du pays en deux lettres, FR pour la France.")
        code = "FR"
    _check_url(texts["url"], "issuer.url", problems)
    if texts["email"] and not re.fullmatch(r"[^\s@]+@[^\s@]+\.[^\s@]+", texts["email"]):
        problems.append("issuer.email : ce n’est pas une adresse de courriel complète.")
    identifiers = block.get("identifiers") or {}
    if not isinstance(identifiers, Mapping):
        problems.append('issuer.identifiers : écrivez par exemple {SIRET: "…", NDA: "…"}.')
        identifiers = {}
    return IssuerText(
        name=texts["name"],
        country_code=code,
        country=texts["country_name"] or countries.NAMES.get(code, ""),
        region=texts["region"],
        locality=texts["locality"],
        url=texts["url"],
        email=texts["email"],
        identifiers=_identifiers(identifiers, problems),
    )


def _identifiers(block: Mapping[Any, Any], problems: list[str]) -> tuple[Identifier, ...]:
    found = []
    for scheme, value in block.items():
        text = _text(value, f"issuer.identifiers.{scheme}", problems)
        if str(scheme).upper() == "SIRET":
            from jalon.people.rules import siret_is_valid

            text = text.replace(" ", "")
            if not siret_is_valid(text):
                problems.append(
                    "issuer.identifiers.SIRET : ce numéro n’existe pas ; un SIRET a 14 chiffres, "
                    "entre guillemets, dont le dernier contrôle les autres."
                )
        if text:
            found.append(Identifier(str(scheme), text))
    return tuple(found)


class _Loader(yaml.SafeLoader):
    """YAML without what makes a short file huge or ambiguous: no alias, no key twice."""

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        if self.check_event(yaml.events.AliasEvent):
            raise yaml.constructor.ConstructorError(None, None, "alias", None)
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        keys = [key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
        twice = next((key for key in keys if keys.count(key) > 1), None)
        if twice is not None:
            raise yaml.constructor.ConstructorError(None, None, f"« {twice} » deux fois", node.start_mark)
        return super().construct_mapping(node, deep)


def _load(path: Path) -> dict[str, Any]:
    if path.stat().st_size > MAX_BYTES:
        raise SpecificationError(f"{path} dépasse 1 Mo : ce n’est sans doute pas un référentiel.")
    try:
        document = yaml.load(path.read_bytes(), _Loader)  # noqa: S506  a subclass of the safe loader
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" ligne {mark.line + 1}" if mark else ""
        detail = getattr(error, "problem", "") or ""
        raise SpecificationError(
            f"{path} n’est pas un fichier YAML lisible{where} ({detail}). Comparez avec "
            f"examples/specification.yaml."
        ) from error
    except (RecursionError, UnicodeDecodeError, ValueError) as error:
        raise SpecificationError(
            f"{path} n’est pas un fichier YAML lisible. Comparez avec examples/specification.yaml."
        ) from error
    if not isinstance(document, dict) or not all(isinstance(key, str) for key in document):
        raise SpecificationError(
            f"{path} n’est pas un référentiel. Comparez avec examples/specification.yaml."
        )
    return document
