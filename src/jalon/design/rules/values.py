"""Reading one plain value at a time, gathering problems instead of stopping at the first."""

from __future__ import annotations

import re
import unicodedata
import uuid
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from urllib.parse import urlsplit

from jalon.design.errors import Problem
from sceau.model.texts import Text

FRENCH = "fr"
# Language, script and region of BCP 47: what a specification needs.
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")
_NUMBER = re.compile(r"[+-]?[0-9]{1,9}([.,][0-9]{1,6})?")
_LINE_ENDS = re.compile(r"\r\n|\r|\v|\f|\x85|\u2028|\u2029")


def clean(text: str) -> str:
    """*text* with one kind of line end, in composed form, without space around it."""
    return unicodedata.normalize("NFC", _LINE_ENDS.sub("\n", text)).strip()


def _is_writable(text: str) -> bool:
    """Whether *text* has no control characters (tab and line end apart) nor halves of characters."""
    return not any(unicodedata.category(c) in {"Cc", "Cs"} and c not in "\n\t" for c in text)


class Reader:
    """
    Turns plain values into values of the content, adding to *problems* what cannot be read.

    Every method takes the value and its path, and gives back something harmless when it refuses.
    """

    def __init__(self, problems: list[Problem]) -> None:
        self._problems = problems

    def refuse(self, path: str, code: str, **facts: object) -> None:
        """Note one problem."""
        self._problems.append(Problem(path, code, facts))

    def mapping(self, plain: object, path: str, keys: frozenset[str]) -> Mapping[str, object]:
        """A mapping with no other keys than *keys*; None stands for an empty one."""
        if plain is None:
            return {}
        if not isinstance(plain, Mapping):
            self.refuse(path, "content.not_a_mapping", met=_kind(plain), allowed=sorted(keys))
            return {}
        for key in plain:
            if key not in keys:
                self.refuse(
                    f"{path}.{key}" if path else str(key), "content.unknown_key", allowed=sorted(keys)
                )
        return {str(key): value for key, value in plain.items()}

    def rows(self, plain: object, path: str, *, most: int) -> list[object]:
        """A list of at most *most* items; None stands for an empty one."""
        if plain is None:
            return []
        if not isinstance(plain, list | tuple):
            self.refuse(path, "content.not_a_list", met=_kind(plain))
            return []
        if len(plain) > most:
            self.refuse(path, "content.too_many", most=most, met=len(plain))
            return []
        return list(plain)

    def string(self, plain: object, path: str, *, limit: int) -> str:
        """A short text in no particular language; a whole number is taken as its digits (a code in YAML)."""
        if plain is None:
            return ""
        if isinstance(plain, int) and not isinstance(plain, bool):
            plain = str(plain)
        if not isinstance(plain, str):
            self.refuse(path, "content.not_a_text", met=_kind(plain))
            return ""
        text = clean(plain)
        if not _is_writable(text):
            self.refuse(path, "content.control_character")
            return ""
        if len(text) > limit:
            self.refuse(path, "content.too_long", most=limit, met=len(text))
            return ""
        return text

    def text(self, plain: object, path: str, *, limit: int) -> Text:
        """A text by language; a plain string is French."""
        if isinstance(plain, str):
            plain = {FRENCH: plain}
        if plain is None:
            return Text(())
        if not isinstance(plain, Mapping):
            self.refuse(path, "content.not_a_text", met=_kind(plain))
            return Text(())
        versions: dict[str, str] = {}
        for tag, words in plain.items():
            if not self._is_language(tag):
                self.refuse(f"{path}.{tag}", "content.bad_language", value=str(tag))
            else:
                versions[tag] = self.string(words, f"{path}.{tag}", limit=limit)
        return Text.of(versions)

    def languages(self, plain: object, path: str) -> tuple[str, ...]:
        """A list of language tags, none twice; one string stands for a list of one."""
        found: list[str] = []
        for index, tag in enumerate(self.rows([plain] if isinstance(plain, str) else plain, path, most=40)):
            if not self._is_language(tag):
                self.refuse(f"{path}[{index}]", "content.bad_language", value=str(tag))
            elif tag in found:
                self.refuse(f"{path}[{index}]", "content.repeated", value=tag)
            else:
                found.append(str(tag))
        return tuple(found)

    def choice(self, plain: object, path: str, allowed: Mapping[str, object]) -> str:
        """One key of *allowed*, or ``""``."""
        if plain is None or plain == "":
            return ""
        if not isinstance(plain, str) or plain not in allowed:
            self.refuse(path, "content.unknown_value", value=str(plain)[:100], allowed=list(allowed))
            return ""
        return plain

    def choices(self, plain: object, path: str, allowed: Mapping[str, object]) -> tuple[str, ...]:
        """Keys of *allowed*, none twice; one string stands for a list of one."""
        found: list[str] = []
        for index, item in enumerate(
            self.rows([plain] if isinstance(plain, str) else plain, path, most=len(allowed))
        ):
            code = self.choice(item, f"{path}[{index}]", allowed)
            if code in found:
                self.refuse(f"{path}[{index}]", "content.repeated", value=code)
            elif code:
                found.append(code)
        return tuple(found)

    def decimal(
        self,
        plain: object,
        path: str,
        *,
        above: int | None = None,
        least: int | None = None,
        most: int,
    ) -> Decimal | None:
        """A number with at most two decimals, inside its bounds; a comma is as good as a point."""
        number = self._number(plain, path)
        if number is None:
            return None
        if (above is not None and number <= above) or (least is not None and number < least) or number > most:
            self.refuse(path, "content.out_of_range", value=str(plain), above=above, least=least, most=most)
            return None
        if number != round(number, 2):
            self.refuse(path, "content.too_many_decimals", value=str(plain), most=2)
            return None
        return number

    def integer(self, plain: object, path: str, *, least: int, most: int) -> int | None:
        """A whole number inside its bounds."""
        number = self._number(plain, path)
        if number is None:
            return None
        if number != int(number):
            self.refuse(path, "content.not_a_whole_number", value=str(plain))
            return None
        if not least <= number <= most:
            self.refuse(path, "content.out_of_range", value=str(plain), above=None, least=least, most=most)
            return None
        return int(number)

    def address(self, plain: object, path: str) -> str:
        """An absolute http(s) address, or ``""``."""
        text = self.string(plain, path, limit=2000)
        if text and not _is_address(text):
            self.refuse(path, "content.bad_address", value=text[:200])
            return ""
        return text

    def urn(self, plain: object, path: str) -> str:
        """``urn:uuid:…`` or an absolute address, or ``""``."""
        text = self.string(plain, path, limit=300)
        if text and not (_is_urn(text) or _is_address(text)):
            self.refuse(path, "content.bad_identifier", value=text[:200])
            return ""
        return text

    def urns(self, plain: object, path: str) -> tuple[str, ...]:
        """A list of identifiers, none twice; one string stands for a list of one."""
        found: list[str] = []
        for index, each in enumerate(self.rows([plain] if isinstance(plain, str) else plain, path, most=60)):
            identifier = self.urn(each, f"{path}[{index}]")
            if identifier in found:
                self.refuse(f"{path}[{index}]", "content.repeated", value=identifier)
            elif identifier:
                found.append(identifier)
        return tuple(found)

    def _number(self, plain: object, path: str) -> Decimal | None:
        if plain is None or plain == "":
            return None
        if isinstance(plain, Decimal | int | float) and not isinstance(plain, bool):
            written = str(plain)
        elif isinstance(plain, str):
            written = re.sub(r"[\s\u00a0\u202f]", "", plain)
        else:
            self.refuse(path, "content.not_a_number", value=_kind(plain))
            return None
        if not _NUMBER.fullmatch(written):
            self.refuse(path, "content.not_a_number", value=str(plain)[:100])
            return None
        try:
            return Decimal(written.replace(",", "."))
        except InvalidOperation:  # pragma: no cover (the pattern above lets nothing else through)
            self.refuse(path, "content.not_a_number", value=str(plain)[:100])
            return None

    @staticmethod
    def _is_language(tag: object) -> bool:
        return isinstance(tag, str) and LANGUAGE.fullmatch(tag) is not None


def _is_address(text: str) -> bool:
    if any(c.isspace() or c in '<>"{}|\\^`' for c in text):
        return False
    try:
        parts = urlsplit(text)
        return parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return False


def _is_urn(text: str) -> bool:
    try:
        return uuid.UUID(text.removeprefix("urn:uuid:")).urn == text
    except ValueError:
        return False


def _kind(plain: object) -> str:
    """What was met, in a word that a message can use."""
    if isinstance(plain, bool):
        return "yes/no"
    if isinstance(plain, Mapping):
        return "mapping"
    if isinstance(plain, str):
        return "text"
    if isinstance(plain, Iterable):
        return "list"
    return "number" if isinstance(plain, int | float | Decimal) else type(plain).__name__


__all__ = ["FRENCH", "LANGUAGE", "Reader", "clean"]
