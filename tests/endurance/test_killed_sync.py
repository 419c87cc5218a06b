"""A station that is killed again and again while it sends what a clerk did offline: nothing lost, nothing doubled."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import httpx
import pytest

from clerk_desktop.documents.xfdf import Xfdf
from clerk_desktop.model.case import Case, CaseFilter
from clerk_desktop.model.document import Document
from clerk_desktop.model.event import Event
from clerk_desktop.model.ids import CaseId, DocumentId, EventId, MarkId
from clerk_desktop.store.store import Store
from clerk_desktop.system.clock import SystemClock
from clerk_desktop.usecases.marks import Marks
from tests.cli.station import PASSWORD, Station, served
from tests.endurance.killing import Killer, store_of
from tests.endurance.pending import TOWN, Absence, not_arrived

USER = f"post.{TOWN}"
TYPES = ("clerk:case", "clerk:document", "clerk:event", "clerk:annotationSet")
MOST = 100_000


def keys_on(url: str) -> Counter[str]:
    """Our keys of all that lies on the server, asked without our own client."""
    found: Counter[str] = Counter()
    with httpx.Client(auth=(USER, PASSWORD), timeout=60, trust_env=False) as client:
        for kind in TYPES:
            asked = {"cmisselector": "query", "q": f"SELECT clerk:objectKey FROM {kind}", "succinct": "true"}
            answer = client.get(f"{url}/clerk", params=asked | {"maxItems": str(MOST)}).raise_for_status().json()
            assert not answer["hasMoreItems"]
            found.update(row["succinctProperties"]["clerk:objectKey"] for row in answer["results"])
    return found


@dataclass(frozen=True)
class Shown:
    """All that a station shows, in an order that says nothing."""

    cases: dict[CaseId, Case]
    documents: dict[DocumentId, Document]
    events: dict[EventId, Event]
    marks: Counter[MarkId]


def shown(store: Store) -> Shown:
    """What a clerk sees, moments as exact as CMIS tells them; what only this station knows of contents left out."""
    with store.read() as session:
        cases = session.cases.find(CaseFilter(), limit=MOST)
        filed = [document for case in cases for document in session.documents.in_case(case.case_id)]
        documents = {each.document_id: each for each in (*session.documents.inbox(), *filed)}
        events = {event.event_id: event for case in cases for event in session.events.of_case(case.case_id)}
    marks = Marks(store, SystemClock(), Xfdf())
    sets = [each for document_id in documents for each in marks.sets(document_id)]
    return Shown(
        cases={case.case_id: replace(case, pinned=False) for case in cases},
        documents={key: replace(document, source_key="") for key, document in documents.items()},
        events={key: replace(event, at=_to_milliseconds(event.at)) for key, event in events.items()},
        marks=Counter(mark.mark_id for each in sets for mark in each.marks),
    )


def _to_milliseconds(moment: datetime) -> datetime:
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def hunt(place: Path, kills: int, operations: int) -> Killer:
    """Let a clerk work offline, kill the station while it sends all that, and look at the server with fresh eyes."""
    chance = random.Random(2026)
    station, fresh = Station(home=place / "station"), Station(home=place / "fresh")
    with served(place / "server") as url:
        station.log_in(url, USER)
        station.run("sync", "--once")
        with store_of(station) as store:
            absence = Absence(store, chance, sorted(shown(store).cases)[:50])
            absence.work(operations)

            def left() -> int:
                with store.read() as session:
                    count = session.outbox.count()
                return count.waiting + count.needs_help

            def more(wanted: int) -> None:
                absence.work(operations + wanted)

            killer = Killer(station=station, done=lambda: -left(), left=left, more=more, chance=chance)
            for _ in range(kills):
                killer.kill_after(chance.randint(0, 2 * operations // kills - 2))
            station.run("sync", "--once")
            with store.read() as session:
                assert session.outbox.all() == ()
            mine = shown(store)
        fresh.log_in(url, USER)
        fresh.run("sync", "--once")
        keys = keys_on(url)
    with store_of(fresh) as store:
        theirs = shown(store)
        with store.read() as session:
            assert not_arrived(session, absence.owed) == []
    assert [key for key, count in keys.items() if count > 1] == []
    assert mine == theirs
    assert theirs.marks == Counter(list(absence.marks))
    numbers = Counter(case.case_number for case in theirs.cases.values())
    assert max(numbers.values()) == 1
    assert set(theirs.cases) | set(theirs.documents) <= set(keys)
    return killer


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_forty_kills_over_four_hundred_operations(tmp_path: Path) -> None:
    killer = hunt(tmp_path, 40, 400)
    assert killer.in_the_middle > killer.kills // 2


@pytest.mark.torture
@pytest.mark.timeout(7200)
def test_two_hundred_kills_over_two_thousand_operations(tmp_path: Path) -> None:
    killer = hunt(tmp_path, 200, 2_000)
    assert killer.in_the_middle > killer.kills // 2
