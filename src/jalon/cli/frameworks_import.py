"""`jalon frameworks import`: opens what was given, shows how far it is, and tells what came of it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlsplit

from django.conf import settings
from tqdm import tqdm

from jalon.frameworks import labels
from jalon.frameworks.actions.importing import Imported, import_edition
from jalon.frameworks.connectors import alignment_uses
from jalon.frameworks.errors import FilesNeededError
from jalon.frameworks.importers import downloads, registry
from jalon.frameworks.importers import files as opening
from jalon.frameworks.importers.files import Files
from jalon.frameworks.importers.protocol import TableLoader, TableReport, Wanted
from jalon.frameworks.queries.concepts import attribution

_COUNTS = {
    "read": "lues",
    "new": "nouvelles",
    "changed": "modifiées",
    "unchanged": "inchangées",
    "withdrawn": "retirées",
    "replaced": "remplacées",
    "split": "partagées",
    "relations": "liens",
    "skipped": "lignes écartées",
}
_SHOWN_EXAMPLES = 3


def run(args: argparse.Namespace) -> int:
    """0 when the edition is complete."""
    if args.name == "?":
        for name, each in registry.importers().items():
            title = each.title if isinstance(each, TableLoader) else each.framework.names["fr"]
            print(f"{name}\t{title}")
        return 0
    chosen = registry.importer(args.name)
    wanted = Wanted(args.version, is_partial=args.partial, is_whole=args.whole)
    with _given(args.paths) as given:
        if not args.paths and not getattr(chosen, "ships", False):
            _need_files(chosen)
        registry.check_files(chosen, given)
        with _bar(chosen.name) as bar:
            advance = partial(_moved, bar)
            if isinstance(chosen, TableLoader):
                report = chosen.load(given, wanted, advance)
            else:
                imported = import_edition(
                    importer=chosen, files=given, wanted=wanted, advance=advance, expect=bar.reset
                )
    if isinstance(chosen, TableLoader):
        _tell_table(chosen.title, report)
    else:
        _tell(imported)
    return 0


def _need_files(chosen: registry.Importer) -> None:
    title = chosen.title if isinstance(chosen, TableLoader) else chosen.framework.names["fr"]
    homepage = "" if isinstance(chosen, TableLoader) else chosen.framework.homepage
    raise FilesNeededError(framework=title, homepage=homepage)


@contextmanager
def _given(typed: Sequence[str]) -> Iterator[Files]:
    """The files at paths and addresses; what is fetched lives as long as the import."""
    if not typed:
        yield opening.NO_FILES
        return
    with ExitStack() as stack:
        paths = []
        for each in typed:
            is_address = urlsplit(each).scheme in {"http", "https"}
            paths.append(_fetched(each, stack) if is_address else Path(each))
        yield stack.enter_context(opening.opened(paths))


def _fetched(url: str, stack: ExitStack) -> Path:
    folder = Path(settings.DATA_DIR) / "imports"
    with _bar("téléchargement") as bar:
        return stack.enter_context(
            downloads.downloaded(url, folder, expect=bar.reset, advance=partial(_moved, bar))
        )


def _bar(title: str) -> tqdm[NoReturn]:
    return tqdm(desc=title, unit="o", unit_scale=True, leave=False, disable=None, file=sys.stderr)


def _moved(bar: tqdm[NoReturn], read: int) -> None:
    bar.update(read)


def _tell(imported: Imported) -> None:
    edition, report = imported.edition, imported.report
    languages = ", ".join(edition.languages)
    resumed = " (repris là où il s’était arrêté)" if imported.resumed else ""
    print(f"{edition.framework_id} {edition.version} ({languages}) : import complet{resumed}.")
    _tell_counts(report.counts)
    for reason, each in report.skipped.items():
        print(f"  {each['count']} × {labels.skipped(reason)}")
        for example in each["examples"][:_SHOWN_EXAMPLES]:
            print(f"      {example['where']} {example['met']}".rstrip())
    for kind in ("withdrawn", "replaced", "split"):
        for change in report.changes.get(kind, [])[:_SHOWN_EXAMPLES]:
            print(f"  {_COUNTS[kind]} : {change['label'] or change['uri']}")
    for note in report.notes:
        print(f"  {labels.note(note['code'], note['facts'])}")
    _tell_uses(imported.gone)
    print(f"  {attribution(edition.framework_id)}")


def _tell_uses(gone: Sequence[str]) -> None:
    """Which specifications rely on what this edition withdrew or replaced."""
    uses = alignment_uses().uses_of(gone) if gone else {}
    if uses:
        print("  À revoir (« jalon frameworks check » dit par quoi remplacer) :")
    for uri, places in uses.items():
        for place in places:
            print(f"      {place.title} : {uri} ({place.path})")


def _tell_counts(counts: Mapping[str, int]) -> None:
    told = [f"{word} : {_number(counts[name])}" for name, word in _COUNTS.items() if counts.get(name)]
    print(f"  {' · '.join(told) or 'rien à lire'}")


def _number(count: int) -> str:
    return f"{count:,}".replace(",", "\u202f")


def _tell_table(title: str, report: TableReport) -> None:
    print(f"{' '.join(filter(None, (title, report.version)))} : import complet.")
    _tell_counts(report.counts)
    for reason, examples in report.skipped.items():
        print(f"  {labels.skipped(reason)}")
        for example in examples[:_SHOWN_EXAMPLES]:
            print(f"      {example}")
    for note in report.notes:
        with suppress(KeyError):
            print(f"  {labels.note(note.code, note.facts)}")
    if report.attribution:
        print(f"  {report.attribution}")
