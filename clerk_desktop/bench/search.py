"""Searching the store's index by what clerks type, beside a bare FTS5 table with the same words on the same engine."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import apsw

from clerk_desktop.bench.ratio import Ratio
from clerk_desktop.model.case import Case
from clerk_desktop.model.ids import CaseId
from clerk_desktop.model.searching import WantedWord, wanted_words
from clerk_desktop.store.database import DatabaseFile
from clerk_desktop.store.keys import derive
from clerk_desktop.store.search import case_entry
from clerk_desktop.store.search_rows import RowIndex
from clerk_desktop.store.search_words import WordRows
from clerk_desktop.store.statements import Statements
from clerk_desktop.store.store import Store
from clerk_desktop.system.paths import Profile
from clerk_desktop.system.store_key import StoreKey

ROWS, MILLION = 20_000, 1_000_000
SLICE = 5_000
SHOWN = 50
ROUNDS = 20
SEED = 7
MILLI = 1000
BARE = "SELECT rowid, number, words FROM bare WHERE bare MATCH ? ORDER BY rowid DESC LIMIT ?"
FIRST = ("Bach", "Berg", "Brand", "Fried", "Gold", "Holz", "Kirch", "Linden", "Neu", "Ober", "Rosen", "Schön", "Stein")
MIDDLE = ("", "en", "er", "el", "in", "ing", "born", "feld", "müh", "wald", "haus", "acker")
LAST = ("mann", "meier", "müller", "bauer", "hoff", "kamp", "thal", "stein", "schmidt", "weber", "au", "loh", "brink")
SUBJECTS = ("Anwohnerparken", "Hundesteuer", "Sondernutzung", "Wohngeld", "Gewerbeanmeldung", "Halteverbot", "Bußgeld")
STREETS = ("Burgstraße", "Kirchweg", "Mühlenallee", "Am Markt", "Lange Straße", "Königsberger Platz")


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody types, and what kind of search that is."""

    kind: str
    text: str


def search(rows: int = ROWS, rounds: int = ROUNDS) -> tuple[Ratio, Ratio]:
    """Fill a store and a bare table with the same rows and search both in turn."""
    with TemporaryDirectory(prefix="clerk-bench-", ignore_cleanup_errors=True) as place:
        root, key = Path(place), StoreKey.random()
        with closing(Store.open(root, key)) as store:
            file = DatabaseFile(Profile(root).store, derive(key))
            bare_file = DatabaseFile(root, derive(key))
            with closing(bare_file.connect()) as bare:
                seconds, bare_seconds = _fill(store, rows), _fill_bare(bare, rows)
            size = sum(path.stat().st_size for path in file.folder.glob("clerk.db*")) / rows
            whole = _whole(store, rows, rounds)
            with closing(file.connect()) as mine, closing(bare_file.connect()) as bare:
                first, again = (_beside(mine, bare, rows, rounds) for _ in range(2))
                bare.execute("INSERT INTO bare (bare) VALUES ('optimize')")
                tidy = _beside(mine, bare, rows, rounds)
    slowest = max(whole, key=lambda kind: _p95(whole[kind]))
    everything = [each for times in whole.values() for each in times]
    ours, theirs = (statistics.median(pair[side] for pair in again) * MILLI for side in range(2))
    return (
        Ratio(
            name="search",
            baseline_name=f"goal for 1,000,000 rows, {rows} here",
            goal="p95 < 50 ms",
            ours=_p95(everything) * MILLI,
            baseline=50.0,
            ratio=_p95(everything) * MILLI / 50,
            unit="ms",
            notes=(
                f"{rows} cases, whole searches (cases, documents, pages), processor time; slowest kind: {slowest}",
                *(f"{kind}: p95 {_p95(times) * MILLI:.1f} ms" for kind, times in whole.items()),
                f"filled and indexed in {seconds:.0f} s beside {bare_seconds:.0f} s, {size:.0f} bytes a case",
            ),
        ),
        Ratio(
            name="search: index",
            baseline_name="bare FTS5, same words and limit",
            goal="<= 1.5",
            ours=ours,
            baseline=theirs,
            ratio=_median_ratio(again),
            unit="ms",
            notes=(
                "words that are spelled right, the newest 200 rows with what the index has of them, processor time",
                f"with nothing in memory yet: {_median_ratio(first):.2f}",
                f"beside a bare table brought into one piece too: {_median_ratio(tidy):.2f}",
            ),
        ),
    )


def million() -> tuple[Ratio, Ratio]:
    """Do the same with a million rows: some minutes."""
    return search(MILLION)


def case(number: int) -> Case:
    """Return the case with a number; some 2,000 names, each case with its own number."""
    chance = random.Random(number)  # noqa: S311 - sample data
    name = "".join(chance.choice(part) for part in (FIRST, MIDDLE, LAST)).capitalize()
    return Case(
        case_id=CaseId(f"{number:08}"),
        case_number=f"32.{number % 90 + 10}-2026/{number}",
        subject=f"{chance.choice(SUBJECTS)} {chance.choice(STREETS)} {chance.randrange(1, 200)}",
        municipality="blomberg",
        filing_plan_number="32.10",
        assignee=f"clerk{number % 40}.blomberg",
        participants=(f"{name}, {chance.choice(('Erika', 'Jürgen', 'Ayşe', 'Paul', 'Zoë'))}",),
    )


def typed(rows: int, rounds: int) -> Iterator[Typed]:
    """Yield what is looked for: of each kind so many."""
    chance = random.Random(SEED)  # noqa: S311 - sample data
    for _ in range(rounds):
        found = case(chance.randrange(rows))
        name, subject = found.participants[0].split(",")[0], found.subject.split()[0]
        yield Typed("number", found.case_number)
        yield Typed("end of a number", found.case_number.partition("-")[2])
        yield Typed("name", name)
        yield Typed("word of every seventh", subject)
        yield Typed("two words", f"{subject} {name}")
        yield Typed("beginning", name[: max(4, len(name) // 2)])
        yield Typed("misspelled name", _swapped(name))
        yield Typed("misspelled number", found.case_number[:-1] + str(chance.randrange(10)))
        yield Typed("nothing", "Quastenflosser")


def _swapped(name: str) -> str:
    middle = len(name) // 2
    return name[: middle - 1] + name[middle] + name[middle - 1] + name[middle + 1 :]


def _fill(store: Store, rows: int) -> float:
    """Bring cases in as a first synchronisation does: many at a time, indexed afterwards."""
    started = time.perf_counter()
    for begin in range(0, rows, SLICE):
        with store.write() as session:
            session.cases.put_new([case(number) for number in range(begin, min(begin + SLICE, rows))])
    more = True
    while more:
        with store.write() as session:
            more = session.search.catch_up(SLICE)
    first = True
    while more or first:
        with store.write() as session:
            more, first = session.search.tidy(first=first), False
    return time.perf_counter() - started


def _fill_bare(bare: apsw.Connection, rows: int) -> float:
    bare.pragma("journal_mode", "wal")
    bare.execute("CREATE VIRTUAL TABLE bare USING fts5(number, words, tokenize = 'ascii')")
    entries = ((number, *case_entry(case(number))) for number in range(rows))
    started = time.perf_counter()
    bare.execute("BEGIN")
    bare.executemany("INSERT INTO bare (rowid, number, words) VALUES (?, ?, ?)", entries)
    bare.execute("COMMIT")
    return time.perf_counter() - started


def _whole(store: Store, rows: int, rounds: int) -> dict[str, list[float]]:
    """Search as the window does; seconds by kind."""
    times: dict[str, list[float]] = {}
    for each in typed(rows, rounds):
        wanted = wanted_words(each.text)

        def work(wanted: Sequence[WantedWord] = wanted) -> None:
            with store.read() as session:
                session.search.cases(wanted, SHOWN)
                session.search.documents(wanted, SHOWN)
                session.texts.find(wanted, SHOWN)

        times.setdefault(each.kind, []).append(_processor_seconds(work))
    return times


def _beside(ours: apsw.Connection, bare: apsw.Connection, rows: int, rounds: int) -> list[tuple[float, float]]:
    """Ask both for the newest rows with the same words, in turn, each in one transaction as the program has it."""
    taken = []
    statements = Statements(ours, writable=False)
    index = RowIndex(statements, "case_words", "case", WordRows(statements))
    with ours, bare:
        for each in typed(rows, rounds):
            if each.kind not in ("name", "word of every seventh", "two words"):
                continue
            wanted = wanted_words(each.text)
            expression = " AND ".join(f'"{word.parts[0]}"' for word in wanted)
            mine = _processor_seconds(lambda wanted=wanted: index.find(wanted, SHOWN * 4, misspelled=False))  # type: ignore[misc]
            other = _processor_seconds(lambda at=expression: bare.execute(BARE, (at, SHOWN * 4)).fetchall())  # type: ignore[misc]
            taken.append((mine, other))
    return taken


def _median_ratio(taken: Sequence[tuple[float, float]]) -> float:
    return statistics.median(mine / other for mine, other in taken)


def _p95(times: Sequence[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]


def _processor_seconds(work: Callable[[], object]) -> float:
    """Return the processor time of the calling thread: on a busy machine the clock tells how busy it is."""
    started = time.thread_time()
    work()
    return time.thread_time() - started
