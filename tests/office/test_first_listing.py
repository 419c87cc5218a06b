"""The first listing of a large office: cut off anywhere it is finished later, and the clerk works on meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from clerk_desktop.model.case import Case, CaseFilter
from clerk_desktop.model.document import Document
from clerk_desktop.model.ids import CaseId, DocumentId
from clerk_desktop.model.searching import wanted_words
from clerk_desktop.sync.absorb_page import MANY
from clerk_desktop.sync.pull import PORTION
from clerk_desktop.sync.witness import Step
from clerk_desktop.usecases.indexing import Indexing
from tests.office.memory_backend import MemoryServer
from tests.office.office import TOWN, Office
from tests.office.station import Station
from tests.workers.processes import wait_until

CASES = 2 * MANY
INSIDE = MANY


def server_with(cases: int, page: int) -> tuple[MemoryServer, list[str]]:
    """Return a server with cases in a list of pages, and their folders."""
    server, folders = MemoryServer(page=page), []
    for number in range(cases):
        case = Case(
            case_id=CaseId(f"case-{number:03}"),
            case_number=f"32.10-2026/{number:03}",
            subject=f"Vorgang {number} wegen Hundesteuer",
            municipality=TOWN,
            filing_plan_number="32.10",
        )
        folders.append(server.add(case, "").series)
    return server, folders


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office[MemoryServer]]:
    server, folders = server_with(CASES, MANY)
    for number in range(INSIDE):
        letter = Document(document_id=DocumentId(f"letter-{number:03}"), municipality=TOWN, title=f"Brief {number}")
        server.add(letter, folders[number % 7], b"letter")
    made = Office(tmp_path, server)
    yield made
    made.close()


def index_all(station: Station) -> int:
    """Index as the background does; returns in how many slices."""
    indexing, slices = Indexing(station.store), 0
    while indexing.run_once():
        slices += 1
    return slices


def found(station: Station, text: str) -> int:
    with station.store.read() as session:
        return len(session.search.cases(wanted_words(text), 10 * CASES))


def test_a_first_listing_that_is_cut_off_at_any_step_is_finished_by_the_next_rounds(
    office: Office[MemoryServer],
) -> None:
    bert = office.station("bert")
    steps = 0
    while bert.sync_dying_after(steps):
        steps += 1
    assert steps > 3
    office.settle(1)
    office.assert_same()
    index_all(bert)
    assert found(bert, "Hundesteuer") == CASES
    with bert.store.read() as session:
        assert session.search.problems() == ()


def test_a_clerk_opens_a_case_and_changes_another_between_the_pages_of_the_first_listing(
    office: Office[MemoryServer],
) -> None:
    bert = office.station("bert")
    opened: list[CaseId] = []

    def work(step: Step) -> None:
        if step is Step.PAGE_STORED and not opened:
            opened.append(bert.open_case("Neu, während gelistet wird"))
            bert.edit_case(bert.cases()[0].case_id, resubmit_note="anrufen")

    bert.meanwhile = work
    bert.sync()
    bert.meanwhile = None
    office.settle(2)
    office.assert_same()
    truth = office.truth().cases
    assert truth[opened[0]].subject == "Neu, während gelistet wird"
    assert [case.resubmit_note for case in truth.values() if case.resubmit_note] == ["anrufen"]


def test_words_are_indexed_in_slices_and_nothing_is_done_when_all_are(office: Office[MemoryServer]) -> None:
    bert = office.station("bert")
    bert.sync()
    with bert.store.read() as session:
        assert session.search.waiting() == CASES + INSIDE
    assert index_all(bert) >= 2
    assert found(bert, "Vorgang Hundesteuer") == CASES
    before = bert.store.last()
    assert index_all(bert) == 0
    assert bert.store.last() == before


def test_who_waits_to_write_waits_for_a_portion_and_not_for_the_whole_page(tmp_path: Path) -> None:
    server, _ = server_with(3 * PORTION, 3 * PORTION)
    with closing(Office(tmp_path, server)) as office, ThreadPoolExecutor(2) as threads:
        bert = office.station("bert")
        seen: list[int] = []
        begun = threading.Event()

        def write() -> None:
            with bert.store.write() as session:
                seen.append(session.cases.count(CaseFilter()))

        def write_first() -> None:
            with bert.store.write():
                begun.set()
                wait_until(lambda: bert.store.writers_waiting() == 1)  # the listing
                threads.submit(write)
                wait_until(lambda: bert.store.writers_waiting() == 2)

        def work(step: Step) -> None:
            if step is Step.PAGE_FETCHED and not begun.is_set():
                threads.submit(write_first)
                assert begun.wait(60)

        bert.meanwhile = work
        bert.sync()
    assert seen == [PORTION]
