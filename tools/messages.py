"""
Catalogues of translations, without GNU gettext: `python tools/messages.py update|compile|check`.

`update` reads every string marked in Python and templates and brings the .po files up to date; what was
translated stays. `compile` makes the .mo files that Django reads (`make install` does it). `check` says what
is missing. French is the language of the source: its catalogue holds plurals alone, which it fills by itself.
"""

from __future__ import annotations

import argparse
import ast
import re
import struct
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "jalon"
LOCALE = SOURCE / "locale"
LANGUAGES = {"en": "nplurals=2; plural=(n != 1);", "fr": "nplurals=2; plural=(n > 1);"}

# Position of the singular, of the plural and of the context among the arguments of each function.
_FUNCTIONS: dict[str, tuple[int, int | None, int | None]] = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop", "N_"), (0, None, None)),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (0, 1, None)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), (1, None, 0)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), (1, 2, 0)),
}
_STRING = r"""[uU]?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
_IN_TEMPLATE = re.compile(
    rf"\b(_|gettext|ngettext|pgettext|npgettext)\(\s*({_STRING}(?:\s*,\s*{_STRING})*)", re.DOTALL
)
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}|</?\w+")


@dataclass(frozen=True)
class Key:
    """What identifies an entry; `plural` is empty where there is none."""

    singular: str
    plural: str = ""
    context: str = ""


@dataclass
class Entry:
    """One message: where it is used, and its forms in a language."""

    key: Key
    places: list[str] = field(default_factory=list)
    forms: list[str] = field(default_factory=list)

    @property
    def is_translated(self) -> bool:
        return bool(self.forms) and all(self.forms)


# — Reading the source —


def _in_python(text: str) -> Iterator[Key]:
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if name not in _FUNCTIONS:
            continue
        words = [
            a.value if isinstance(a, ast.Constant) and isinstance(a.value, str) else None for a in node.args
        ]
        yield from _key(name, words)


def _in_template(text: str) -> Iterator[Key]:
    import django
    from django.conf import settings

    if not settings.configured:
        settings.configure(USE_I18N=True)
        django.setup()
    from django.utils.translation.template import templatize

    for met in _IN_TEMPLATE.finditer(templatize(text)):
        words = [str(ast.literal_eval(found)) for found in re.findall(_STRING, met[2], re.DOTALL)]
        yield from _key(met[1], words)


def _key(function: str, words: list[str | None] | list[str]) -> Iterator[Key]:
    one, many, context = _FUNCTIONS[function]

    def at(position: int | None) -> str:
        return (words[position] or "") if position is not None and position < len(words) else ""

    if at(one):
        yield Key(at(one), at(many), at(context))


def marked() -> dict[Key, Entry]:
    """Every string marked for translation under `src/jalon`, with the files that use it."""
    found: dict[Key, Entry] = {}
    for path in sorted(SOURCE.rglob("*")):
        if path.suffix == ".py":
            keys = _in_python(path.read_text(encoding="utf-8"))
        elif path.suffix in {".html", ".txt", ".xml"} and "templates" in path.parts:
            keys = _in_template(path.read_text(encoding="utf-8"))
        else:
            continue
        place = path.relative_to(ROOT).as_posix()
        for key in keys:
            entry = found.setdefault(key, Entry(key))
            if place not in entry.places:
                entry.places.append(place)
    return found


# — .po files —


def _quoted(text: str) -> str:
    return (
        '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t").replace("\n", "\\n") + '"'
    )


def _unquoted(text: str) -> str:
    escapes = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\"}
    return re.sub(r"\\(.)", lambda met: escapes.get(met[1], met[1]), text)


def read_po(path: Path) -> dict[Key, Entry]:
    """The entries of a .po file, its header left out."""
    entries: dict[Key, Entry] = {}
    if not path.exists():
        return entries
    for block in re.split(r"\n\s*\n", path.read_text(encoding="utf-8")):
        fields: dict[str, str] = {}
        current = ""
        for line in block.splitlines():
            if met := re.fullmatch(r"(msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?)\s+\"(.*)\"", line):
                current = met[1]
                fields[current] = _unquoted(met[2])
            elif current and (met := re.fullmatch(r"\"(.*)\"", line)):
                fields[current] += _unquoted(met[1])
        if fields.get("msgid"):
            key = Key(fields["msgid"], fields.get("msgid_plural", ""), fields.get("msgctxt", ""))
            forms = [words for name, words in sorted(fields.items()) if name.startswith("msgstr")]
            entries[key] = Entry(key, forms=forms)
    return entries


def write_po(path: Path, entries: Iterable[Entry], language: str) -> None:
    """Write a .po file, in the order of the messages, so that two people's changes seldom meet."""
    blocks = [
        'msgid ""\nmsgstr ""\n'
        '"Content-Type: text/plain; charset=UTF-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Language: {language}\\n"\n'
        f'"Plural-Forms: {LANGUAGES[language]}\\n"'
    ]
    for entry in sorted(entries, key=lambda e: (e.key.singular, e.key.plural, e.key.context)):
        lines = [f"#: {place}" for place in entry.places]
        if entry.key.context:
            lines.append(f"msgctxt {_quoted(entry.key.context)}")
        lines.append(f"msgid {_quoted(entry.key.singular)}")
        if entry.key.plural:
            lines.append(f"msgid_plural {_quoted(entry.key.plural)}")
            forms = ([*entry.forms, "", ""])[:2]
            lines += [f"msgstr[{number}] {_quoted(form)}" for number, form in enumerate(forms)]
        else:
            lines.append(f"msgstr {_quoted(entry.forms[0] if entry.forms else '')}")
        blocks.append("\n".join(lines))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n\n".join(blocks) + "\n", encoding="utf-8")


# — .mo files —


def mo_bytes(entries: Mapping[Key, Entry], language: str) -> bytes:
    """
    A catalogue as gettext reads it; what is not translated is left out, and shows in French.

    Source:
        GNU gettext manual, «The Format of GNU MO Files»: little-endian, magic 0x950412de, sorted messages.
    """
    messages = {"": f"Content-Type: text/plain; charset=UTF-8\nPlural-Forms: {LANGUAGES[language]}\n"}
    for key, entry in entries.items():
        if entry.is_translated:
            source = f"{key.singular}\0{key.plural}" if key.plural else key.singular
            source = f"{key.context}\4{source}" if key.context else source
            messages[source] = "\0".join(entry.forms)
    pairs = sorted((source.encode(), target.encode()) for source, target in messages.items())
    start = 28 + 16 * len(pairs)
    table: list[tuple[int, int]] = []
    data = b""
    for words in [*(source for source, _ in pairs), *(target for _, target in pairs)]:
        table.append((len(words), start + len(data)))
        data += words + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, start)
    return head + b"".join(struct.pack("<2I", *row) for row in table) + data


# — Commands —


def po_path(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def brought_up_to_date(language: str) -> dict[Key, Entry]:
    """The catalogue of *language* as it should be: what is marked, with the translations that exist."""
    known = read_po(po_path(language))
    entries = {}
    for key, entry in marked().items():
        if language == "fr" and not key.plural:
            continue
        kept = known[key].forms if key in known else []
        forms = [key.singular, key.plural] if language == "fr" else kept
        entries[key] = Entry(key, entry.places, forms)
    return entries


def placeholders(text: str) -> list[str]:
    """What a translation must keep: variables, and the names of HTML tags."""
    return sorted(set(_PLACEHOLDER.findall(text)))


def problems(language: str) -> list[str]:
    """What is missing or wrong in the catalogue of *language*, in words."""
    written, wanted = read_po(po_path(language)), brought_up_to_date(language)
    found = [
        f"not in the catalogue, run `make messages`: {key.singular!r}"
        for key in wanted.keys() - written.keys()
    ]
    found += [
        f"no longer used, run `make messages`: {key.singular!r}" for key in written.keys() - wanted.keys()
    ]
    for key, entry in wanted.items():
        if not entry.is_translated:
            found.append(f"not translated: {key.singular!r} ({', '.join(entry.places)})")
            continue
        source = key.plural or key.singular
        for form in entry.forms[-1:]:
            if placeholders(form) != placeholders(source):
                found.append(f"placeholders {placeholders(source)} became {placeholders(form)}: {source!r}")
    return sorted(found)


def update() -> None:
    """Bring each .po file up to date."""
    for language in LANGUAGES:
        write_po(po_path(language), brought_up_to_date(language).values(), language)


def compile_all() -> None:
    """Write each .mo file beside its .po file, and only where it changed."""
    for language in LANGUAGES:
        path = po_path(language)
        data = mo_bytes(read_po(path), language)
        target = path.with_suffix(".mo")
        if not target.exists() or target.read_bytes() != data:
            target.write_bytes(data)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[1] if __doc__ else "")
    parser.add_argument("command", choices=["update", "compile", "check"])
    command = parser.parse_args(arguments).command
    if command == "update":
        update()
        compile_all()
    elif command == "compile":
        compile_all()
    else:
        found = [f"{language}: {problem}" for language in LANGUAGES for problem in problems(language)]
        sys.stdout.write(("\n".join(found) or "nothing is missing") + "\n")
        return 1 if found else 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
