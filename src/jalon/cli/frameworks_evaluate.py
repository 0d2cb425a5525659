"""`jalon frameworks evaluate`: how well suggestions find what people chose."""

from __future__ import annotations

import argparse
import contextlib
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from tqdm import tqdm

from jalon.cli import database, django_setup
from jalon.cli.errors import CommandError

_MOST_LINE_SIGNS = 1_000_000
_LEAST_CANDIDATES = 10
_MOST_CANDIDATES = 500


@dataclass(frozen=True)
class Query:
    """One line: a text in a language, and the addresses of the concepts that people chose for it."""

    id: str
    text: str
    lang: str
    gold: tuple[str, ...]


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = subparsers.add_parser(
        "evaluate",
        help="mesurer les suggestions sur des phrases dont on connaît la réponse",
        epilog='Une ligne par phrase : {"id", "text", "lang", "gold": [adresse, …]}. MRR : moyenne de '
        "1 / rang de la première bonne réponse (0 si aucune). R@k : part des bonnes réponses parmi les k "
        "premières, en moyenne sur les phrases.",
    )
    parser.add_argument("queries", metavar="QUESTIONS.jsonl", type=Path)
    parser.add_argument(
        "--predictions", metavar="FICHIER", type=Path, help="écrire les réponses, une ligne par phrase"
    )
    parser.add_argument(
        "--framework", metavar="NOM", action="append", default=[], help="seulement ce référentiel (esco…)"
    )
    parser.add_argument(
        "--limit", metavar="N", type=int, default=50, help="réponses par phrase, 50 par défaut, 10 au moins"
    )
    parser.add_argument(
        "--lexical", action="store_true", help="comparer les mots seulement, sans le modèle de sens"
    )


def run(args: argparse.Namespace) -> int:
    """0 when measured; 2, with the reason, when the file cannot be read or there is nothing to suggest."""
    queries = read_queries(args.queries)
    django_setup.start()
    database.prepare()
    from jalon.frameworks.models import Concept
    from jalon.frameworks.queries.suggestions import ranked_uris
    from jalon.frameworks.rules import measuring
    from jalon.frameworks.rules.concept_texts import SUGGESTED

    here = Concept.objects.filter(kind__in=SUGGESTED)
    if args.framework:
        here = here.filter(framework__in=args.framework)
    if not here.exists():
        print(
            "Il n’y a rien à suggérer : importez d’abord un référentiel, par exemple avec "
            "« jalon frameworks import esco FICHIER… ».",
            file=sys.stderr,
        )
        return 2
    lexical = args.lexical or not _make_vectors()
    limit = min(max(args.limit, _LEAST_CANDIDATES), _MOST_CANDIDATES)
    ranked = ranked_uris(
        [(query.text, query.lang) for query in queries],
        frameworks=args.framework,
        limit=limit,
        lexical_only=lexical,
    )
    measures: list[tuple[str, measuring.Measure]] = []
    with _written(args.predictions) as written:
        bar = tqdm(ranked, total=len(queries), desc="Suggestions", file=sys.stderr, disable=None)
        for query, candidates in zip(queries, bar, strict=True):
            if written is not None:
                line = {"id": query.id, "candidates": candidates}
                written.write(json.dumps(line, ensure_ascii=False) + "\n")
            if query.gold:
                measures.append((query.lang, measuring.measured(candidates, query.gold)))
    _tell(queries, measures, lexical=lexical)
    return 0


def read_queries(path: Path) -> list[Query]:
    """
    The queries of a file; blank lines are passed over.

    Raises:
        CommandError: A line that is not such a query, with its number; or nothing to read.
    """
    queries: list[Query] = []
    try:
        with path.open(encoding="utf-8-sig") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    queries.append(_query(line, number, path))
    except UnicodeDecodeError as error:
        raise CommandError(f"{path} n’est pas écrit en UTF-8.") from error
    if not queries:
        raise CommandError(f"{path} ne contient aucune phrase.")
    return queries


def _query(line: str, number: int, path: Path) -> Query:
    def refuse(why: str) -> CommandError:
        return CommandError(
            f"{path}, ligne {number} : {why}. Une ligne s’écrit "
            '{"id": "1", "text": "tailler une haie", "lang": "fr", "gold": ["http://…"]}.'
        )

    if len(line) > _MOST_LINE_SIGNS:
        raise refuse("plus d’un million de signes")
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise refuse("ce n’est pas du JSON") from error
    if not isinstance(value, dict):
        raise refuse("un objet était attendu")
    identifier, text = value.get("id"), value.get("text")
    lang, gold = value.get("lang", "fr"), value.get("gold", [])
    if not isinstance(identifier, str | int) or isinstance(identifier, bool):
        raise refuse("« id » manque")
    if not isinstance(text, str):
        raise refuse("« text » manque")
    if not isinstance(lang, str):
        raise refuse("« lang » n’est pas un code de langue")
    if not isinstance(gold, list) or not all(isinstance(uri, str) for uri in gold):
        raise refuse("« gold » n’est pas une liste d’adresses")
    return Query(str(identifier), text, lang, tuple(dict.fromkeys(gold)))


def _make_vectors() -> bool:
    """Compute the vectors that are missing, with a bar; False where there is no model."""
    from jalon.frameworks import embeddings
    from jalon.frameworks.actions.vectors import compute_vectors, missing_vectors
    from jalon.frameworks.queries.suggestions import knows_meaning

    if embeddings.embedder() is None:
        return False
    if knows_meaning():
        return True
    missing = missing_vectors()
    with tqdm(
        total=missing.total,
        initial=missing.total - len(missing.texts),
        desc="Sens des notions",
        unit=" textes",
        file=sys.stderr,
        disable=None,
    ) as bar:

        def advance(count: int) -> None:
            bar.update(count)

        return compute_vectors(advance)


@contextlib.contextmanager
def _written(path: Path | None) -> Iterator[TextIO | None]:
    """The file of predictions, put in its place when it is whole."""
    if path is None:
        yield None
        return
    part = path.with_name(f"{path.name}.part")
    with part.open("w", encoding="utf-8") as lines:
        yield lines
    part.replace(path)


def _tell(queries: Sequence[Query], measures: Sequence[tuple[str, object]], *, lexical: bool) -> None:
    from jalon.frameworks.models import Concept
    from jalon.frameworks.rules import measuring

    if lexical:
        print("Mots seulement : le modèle de sens n’a pas servi.")
    print(f"{'langue':<8}{'phrases':>8}{'MRR':>8}{'R@5':>8}{'R@10':>8}")
    languages = sorted({lang for lang, _ in measures})
    for language in [*languages, ""]:
        mine = [measure for lang, measure in measures if language in {lang, ""}]
        total = measuring.mean(each for each in mine if isinstance(each, measuring.Measure))
        print(
            f"{language or 'toutes':<8}{len(mine):>8}{total.reciprocal_rank:>8.3f}"
            f"{total.recall_5:>8.3f}{total.recall_10:>8.3f}"
        )
    gold = {uri for query in queries for uri in query.gold}
    known = set(Concept.objects.filter(uri__in=list(gold)[:900]).values_list("uri", flat=True))
    for start in range(900, len(gold), 900):
        some = list(gold)[start : start + 900]
        known.update(Concept.objects.filter(uri__in=some).values_list("uri", flat=True))
    if gold - known:
        print(
            f"{len(gold - known)} adresse(s) attendue(s) sur {len(gold)} ne sont pas dans la base : elles "
            "comptent comme manquées."
        )
    empty = sum(not query.gold for query in queries)
    if empty:
        print(f"{empty} phrase(s) sans réponse attendue : suggérées, pas comptées.")
