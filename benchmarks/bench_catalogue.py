"""
How fast the catalogue answers with 100,000 rows, by kind of question, beside two things done in the same run:
counting the rows, the floor; and a plain search for a common word by LIKE, total and twenty rows, the peer.

    python benchmarks/bench_catalogue.py [--entries 100000] [--rounds 15] [--kind text …]
    python tools/with_postgresql.py python benchmarks/bench_catalogue.py

A database of its own is made, filled, measured and removed: SQLite, or what DATABASE_URL names. The rows are
made up, with words as uneven as a language's and options as uneven as a catalogue's; half have an offer, and
those have from none to four sessions in 35,000 communes made up too. Each answer is a whole
`catalogue.queries.search`: total, every count of every option, and the twenty cards of a page.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
sys.path.insert(0, str(HERE.parent / "src"))
FOLDER = tempfile.mkdtemp(prefix="jalon-bench-")
os.environ["JALON_DATA_DIR"] = FOLDER
os.environ.setdefault("JALON_SECRET_KEY", "bench-only")
os.environ.setdefault("JALON_KEY_ENCRYPTION_KEY", "dGVzdHMtb25seS0zMi1ieXRlcy1rZXktZW5jcnlwdCE")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jalon.config.settings")

import django  # noqa: E402 -- after the environment

django.setup()

from django.core.management import call_command  # noqa: E402 -- after setup
from django.db import connection, transaction  # noqa: E402 -- after setup

from jalon.catalogue import queries  # noqa: E402 -- after setup
from jalon.catalogue.actions.indexing import ALWAYS, FOR_EVER  # noqa: E402 -- after setup
from jalon.catalogue.models import CatalogueEntry, Occurrence, Offering, Session  # noqa: E402
from jalon.catalogue.queries.places import asked  # noqa: E402 -- after setup
from jalon.catalogue.rules import facets  # noqa: E402 -- after setup
from jalon.catalogue.rules.departments import REGION_OF  # noqa: E402 -- after setup
from jalon.catalogue.rules.offering import FUNDERS, Answer, Modality, OfferingFacts, Season  # noqa: E402
from jalon.catalogue.rules.points import point  # noqa: E402 -- after setup
from jalon.catalogue.rules.searching import Criteria, Sort, index_text  # noqa: E402 -- after setup
from jalon.design.models import MicroCredential, Specification  # noqa: E402 -- after setup
from jalon.design.rules import plain  # noqa: E402 -- after setup
from jalon.design.rules.content import (  # noqa: E402 -- after setup
    LevelContent,
    OutcomeContent,
    RecognitionContent,
    SpecificationContent,
)
from jalon.design.rules.vocabularies import DOMAINS, PARTICIPATION_FORMS  # noqa: E402 -- after setup
from jalon.foundation import clock  # noqa: E402 -- after setup
from jalon.people.models import Organisation  # noqa: E402 -- after setup
from jalon.territory.models import Commune  # noqa: E402 -- after setup
from sceau.model.micro_credential import RecognitionStatus  # noqa: E402 -- after setup
from sceau.model.texts import Text  # noqa: E402 -- after setup

COMMUNES = 35_000
SYLLABLES = (
    "ba",
    "cha",
    "da",
    "fo",
    "gra",
    "hi",
    "ja",
    "la",
    "mou",
    "na",
    "pla",
    "que",
    "ra",
    "sta",
    "te",
    "va",
)


@dataclass(frozen=True)
class Pooled:
    """A specification with what is kept of it; taken more than once, to fill the tables in minutes."""

    content: SpecificationContent
    plain: Any
    text: str
    title_text: str


class Made:
    """Words, communes and rows made up from one seed."""

    def __init__(self, seed: int = 7) -> None:
        self.random = random.Random(seed)
        self.words = [self._word(rank) for rank in range(9000)]
        # Zipf: the word of rank n comes 1/n as often as the first.
        self.weights = [1 / (rank + 2) for rank in range(len(self.words))]
        self.today = clock.today()
        self.pool: list[Pooled] = []

    def fill_pool(self, many: int) -> None:
        for _ in range(many):
            content = self.content()
            said = [content.title, content.description, *(o.statement for o in content.learning_outcomes)]
            self.pool.append(
                Pooled(
                    content,
                    plain.write(content),
                    index_text(map(str, said)),
                    index_text([str(content.title)]),
                )
            )

    def _word(self, rank: int) -> str:
        return "".join(self.random.choice(SYLLABLES) for _ in range(2 + rank % 3))

    def text(self, words: int) -> str:
        return " ".join(self.random.choices(self.words, self.weights, k=words))

    def communes(self) -> list[Commune]:
        found = []
        for number in range(COMMUNES):
            department = f"{1 + number % 95:02}"
            lat = 43 + (number % 95 // 10) * 0.8 + self.random.random() * 0.8
            lon = -1 + (number % 95 % 10) * 0.8 + self.random.random() * 0.8
            name = self._word(number).capitalize() + f" {number}"
            found.append(
                Commune(
                    code=f"{department}{number // 95:03}",
                    name=name,
                    key=f" {name.lower()} ",
                    postcodes=f" {department}{number % 1000:03} ",
                    department=department,
                    latitude=lat,
                    longitude=lon,
                    population=self.random.randrange(50, 20_000),
                )
            )
        return found

    def content(self) -> SpecificationContent:
        pick = self.random
        return SpecificationContent(
            title=Text.of({"fr": self.text(4)}),
            description=Text.of({"fr": self.text(20)}),
            domain=pick.choices(list(DOMAINS), (5, 3, 3, 2, 1))[0],
            learning_outcomes=tuple(
                OutcomeContent(UUID(int=n + 1).urn, Text.of({"fr": self.text(9)})) for n in range(3)
            ),
            workload_hours=Decimal(pick.choice((3, 7, 14, 21, 35, 70, 140))),
            level=LevelContent("eqf", pick.choices((2, 3, 4, 5, 6), (1, 5, 4, 2, 1))[0]),
            participation=(pick.choices(list(PARTICIPATION_FORMS.concepts), (6, 3, 4, 2, 1, 1))[0],),
            recognition=RecognitionContent(pick.choices(list(RecognitionStatus), (1, 6, 3, 1, 1, 1, 1))[0]),
            languages=("fr",),
            price_euros=pick.choice((None, Decimal(0), Decimal(0), Decimal(90), Decimal(450))),
        )

    def offer(self) -> OfferingFacts:
        pick = self.random
        answers = list(Answer)
        return OfferingFacts(
            modality=pick.choices(list(Modality), (6, 3, 2))[0],
            price_euros=pick.choice((None, Decimal(0), Decimal(120), Decimal(300))),
            funding=tuple(pick.sample(list(FUNDERS), pick.choice((0, 1, 1, 2, 3)))),
            public_transport=pick.choices(answers, (6, 2, 1))[0],
            equipment_provided=pick.choices(answers, (5, 3, 1))[0],
            connection_needed=pick.choices(answers, (5, 1, 3))[0],
            childcare=pick.choices(answers, (18, 1, 1))[0],
            wheelchair=pick.choices(answers, (4, 3, 1))[0],
            seasons=tuple(pick.sample(list(Season), pick.choice((0, 0, 1, 2)))),
        )


def fill(entries: int) -> None:
    """Make the rows: bulk, straight into the tables, by the same rules as the actions."""
    made = Made()
    made.fill_pool(max(100, entries // 10))
    communes = made.communes()
    Commune.objects.bulk_create(communes, batch_size=2000)
    organisations = [
        Organisation(
            legal_name=f"Organisme {n}", slug=f"organisme-{n}", kind="training_provider", locality=c.name
        )
        for n, c in enumerate(made.random.sample(communes, 2000))
    ]
    Organisation.objects.bulk_create(organisations)
    homes = {o.pk: c for o, c in zip(organisations, made.random.sample(communes, 2000), strict=True)}
    rows = iter(range(entries))
    while batch := list(islice(rows, 5000)):
        with transaction.atomic():
            _fill_some(made, batch, organisations, homes, communes)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _fill_some(
    made: Made,
    numbers: list[int],
    organisations: list[Organisation],
    homes: dict[Any, Commune],
    communes: list[Commune],
) -> None:
    designs, versions, offers, sessions, entries, lines = [], [], [], [], [], []
    for number in numbers:
        organisation = made.random.choice(organisations)
        pooled = made.random.choice(made.pool)
        content = pooled.content
        design = MicroCredential(organisation=organisation, slug=f"fiche-{number}")
        at = clock.now() - timedelta(minutes=made.random.randrange(1_000_000))
        version = Specification(
            micro_credential=design,
            number=1,
            state="published",
            content=plain.write(content),
            published_at=at,
        )
        facts = made.offer() if number % 2 else None
        offering = _offering(design, organisation, facts) if facts else None
        held = _sessions(made, offering, communes) if offering else []
        entry = CatalogueEntry(
            number=number + 1,
            micro_credential=design,
            offering=offering,
            specification=version,
            organisation=organisation,
            text=pooled.text,
            title_text=pooled.title_text,
            place_text=index_text([organisation.locality]),
            title_key=str(content.title)[:300],
            facets=facets.of(content, facts),
            published_at=at,
        )
        designs.append(design)
        versions.append(version)
        offers += [offering] if offering else []
        sessions += held
        entries.append(entry)
        lines += _lines(entry, held, homes[organisation.pk])
    MicroCredential.objects.bulk_create(designs)
    Specification.objects.bulk_create(versions)
    Offering.objects.bulk_create(offers)
    Session.objects.bulk_create(sessions)
    CatalogueEntry.objects.bulk_create(entries)
    Occurrence.objects.bulk_create(lines)


def _offering(design: MicroCredential, organisation: Organisation, facts: OfferingFacts) -> Offering:
    return Offering(
        micro_credential=design,
        organisation=organisation,
        modality=facts.modality.value,
        price_euros=facts.price_euros,
        funding=",".join(facts.funding),
    )


def _sessions(made: Made, offering: Offering, communes: list[Commune]) -> list[Session]:
    found = []
    for _ in range(made.random.choice((0, 1, 1, 2, 4))):
        starts = made.today + timedelta(days=made.random.randrange(1, 400))
        place = made.random.choice(communes)
        found.append(
            Session(
                offering=offering,
                starts_on=starts,
                ends_on=starts + timedelta(days=30),
                commune=place,
                locality=place.name,
                seats=12,
                seats_taken=made.random.choice((0, 3, 12)),
            )
        )
    return found


def _lines(entry: CatalogueEntry, sessions: list[Session], home: Commune) -> Iterator[Occurrence]:
    last: date | None = None
    for session in sessions:
        last = max(last or session.starts_on, session.starts_on)
        left = session.seats_taken < (session.seats or 0)
        yield _line(entry, session.commune, session, ALWAYS, session.starts_on, left=left)
    yield _line(entry, home, None, last + timedelta(days=1) if last else ALWAYS, FOR_EVER)


def _line(
    entry: CatalogueEntry,
    place: Commune | None,
    session: Session | None,
    shown_from: date,
    shown_until: date,
    *,
    left: bool = False,
) -> Occurrence:
    assert place is not None
    at = point(place.latitude or 0, place.longitude or 0)
    return Occurrence(
        entry=entry,
        session=session,
        facets=entry.facets,
        shown_from=shown_from,
        shown_until=shown_until,
        starts_on=session.starts_on if session else None,
        open_until=session.starts_on if session and left else None,
        commune_code=place.code,
        department=place.department,
        region=REGION_OF.get(place.department, ""),
        latitude=place.latitude,
        longitude=place.longitude,
        x=at.x,
        y=at.y,
        z=at.z,
    )


def kinds(made: Made) -> dict[str, Callable[[], Criteria]]:
    """A fresh question of each kind at each call, so that nothing is answered from memory."""
    pick = made.random
    codes = list(Commune.objects.values_list("code", flat=True)[:2000])
    soon = made.today + timedelta(days=30)

    def near(**more: Any) -> Criteria:
        return Criteria(commune_code=pick.choice(codes), **more)

    return {
        "everything": lambda: Criteria(),
        "one option": lambda: Criteria(domains=(pick.choice(list(DOMAINS)),)),
        "seven options": lambda: Criteria(
            domains=("terre", "foret"),
            levels=("3", "4"),
            hours=("21", "70"),
            free=True,
            access=("transport",),
        ),
        "common word": lambda: Criteria(text=made.words[pick.randrange(3)]),
        "rare words": lambda: Criteria(
            text=f"{made.words[pick.randrange(200)]} {made.words[pick.randrange(900)]}"
        ),
        "beginning of a word": lambda: Criteria(text=pick.choice(SYLLABLES)),
        "30 km": lambda: near(),
        "100 km, nearest first": lambda: near(radius_km=100, sort=Sort.NEAREST),
        "department": lambda: Criteria(department=f"{pick.randrange(1, 95):02}"),
        "dates and seats": lambda: Criteria(starts_from=soon, with_seats=True),
        "soonest first": lambda: Criteria(with_seats=True, sort=Sort.SOONEST),
        "word, 50 km, seats, options": lambda: near(
            text=made.words[pick.randrange(20)], radius_km=50, with_seats=True, domains=("terre",)
        ),
        "by title, page 4,000": lambda: Criteria(sort=Sort.TITLE, page=4000),
    }


def plainly(word: str) -> list[CatalogueEntry]:
    """What a page without index of words nor counts would do: the total, and the newest twenty."""
    found = CatalogueEntry.objects.filter(is_offered=True, text__contains=f" {word}")
    found.count()
    return list(found.order_by("-published_at", "title_key", "number")[:20])


def measured(work: Callable[[], object], rounds: int) -> list[float]:
    """Milliseconds of each of *rounds*, after one that warms."""
    work()
    found = []
    for _ in range(rounds):
        started = time.perf_counter()
        work()
        found.append(1000 * (time.perf_counter() - started))
    return sorted(found)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--kind", default="", help="only the kinds whose name holds this")
    given = parser.parse_args()
    try:
        call_command("migrate", verbosity=0)
        started = time.perf_counter()
        fill(given.entries)
        spent = time.perf_counter() - started
        print(f"{connection.vendor}: {given.entries} rows made in {spent:.0f} s")
        floor = statistics.median(
            measured(CatalogueEntry.objects.filter(is_offered=True).count, given.rounds)
        )
        print(f"{'floor: count the rows':32} p50 {floor:7.1f} ms")
        made = Made(seed=11)
        made.words = Made().words
        peer = statistics.median(
            measured(lambda: plainly(made.words[made.random.randrange(3)]), given.rounds)
        )
        print(f"{'peer: a word by LIKE, no counts':32} p50 {peer:7.1f} ms")
        worst = 0.0
        for name, criteria in kinds(made).items():
            if given.kind not in name:
                continue
            times = measured(lambda make=criteria: queries.search(make()), given.rounds)
            worst = max(worst, times[int(0.95 * (len(times) - 1))])
            _print(name, times, floor, peer)
        if not given.kind or given.kind in "map":
            _print(
                "map of departments",
                measured(lambda: queries.spots(Criteria(), asked(Criteria())), given.rounds),
                floor,
                peer,
            )
        print(f"worst p95: {worst:.0f} ms")
    finally:
        connection.close()
        shutil.rmtree(FOLDER, ignore_errors=True)
    return 0


def _print(name: str, times: list[float], floor: float, peer: float) -> None:
    p50, p95 = statistics.median(times), times[int(0.95 * (len(times) - 1))]
    ratios = f"{p50 / floor:6.1f} × the floor   {p50 / peer:5.2f} × the peer"
    print(f"{name:32} p50 {p50:7.1f} ms   p95 {p95:7.1f} ms   {ratios}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
