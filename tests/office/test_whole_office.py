"""Three stations, two of one person, with everything that can happen to them; every single thing is accounted for.

On top of what ``test_drift`` does: marks, dispositions and pins; signs-in that run out, a busy server, a server that
starts again, clocks that are put forward and back.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule, run_state_machine_as_test

from clerk_desktop.model.disposition import Disposition
from clerk_desktop.model.document import Document
from clerk_desktop.model.errors import ServerBusy, SignInRefused
from clerk_desktop.model.event import EventKind
from clerk_desktop.model.ids import CaseId, DocumentId, EventId, MarkId, annotation_set_id
from clerk_desktop.model.marking import DeleteMark
from clerk_desktop.usecases.dispositions import Dispositions
from tests.office.conftest import ODD, STRICT, WHOLE_SECONDS, WITHOUT_LOG
from tests.office.memory_backend import Overwrite
from tests.office.office import TOWN
from tests.office.station import Station
from tests.office.test_drift import NTH, QUIET, TEXT, WHO, Drift

steps = Counter[str]()
PARTS, EXAMPLES, LENGTH = 8, 15, 60


class WholeOffice(Drift):
    """``made_marks``: who put which mark on which letter; ``ordered``: dispositions with their case."""

    def __init__(self) -> None:
        super().__init__()
        self.made_marks: dict[MarkId, tuple[str, DocumentId]] = {}
        self.removed_marks: set[MarkId] = set()
        self.ordered: dict[EventId, CaseId] = {}
        self.edits = Counter[tuple[str, str, str]]()

    @initialize(odd=st.sampled_from([STRICT, ODD, WITHOUT_LOG, WHOLE_SECONDS]))
    def office(self, odd: object) -> None:
        super().office(odd)
        self.stations.append(self.office_of_two.station("anna", second=True))

    # clerks

    @rule(who=WHO, nth=NTH, text=TEXT)
    def mark(self, who: int, nth: int, text: str) -> None:
        station = self._at(who)
        document = self._document(station, nth)
        if document is not None:
            mark_id = station.mark(document.document_id, text)
            self.made_marks[mark_id] = (station.user, document.document_id)

    @rule(who=WHO, nth=NTH)
    def unmark(self, who: int, nth: int) -> None:
        station = self._at(who)
        document = self._document(station, nth)
        sets = station.marks.sets(document.document_id) if document is not None else ()
        mine = [mark for each in sets for mark in each.marks if mark.author == station.user]
        if document is not None and mine:
            mark = mine[nth % len(mine)]
            station.marks.edit(document.document_id, DeleteMark(mark=mark))
            self.removed_marks.add(mark.mark_id)

    @rule(who=WHO, nth=NTH, text=TEXT)
    def order(self, who: int, nth: int, text: str) -> None:
        station = self._at(who)
        case = self._case(station, nth)
        if case is not None:
            orders = Dispositions(station.store, self.office_of_two.clock)
            wanted = Disposition(kind=EventKind.FOR_INFORMATION, text=text)
            self.ordered[orders.dispose_by_id(case.case_id, wanted).event_id] = case.case_id

    def _acts(self, who: int, nth: int, into: int, text: str) -> list[Callable[[], None]]:
        return [
            *super()._acts(who, nth, into, text),
            partial(self.mark, who, nth, text),
            partial(self.unmark, who, nth),
            partial(self.order, who, nth, text),
            partial(self.pin, who, nth),
            partial(self.unpin, who, nth),
        ]

    @rule(who=WHO, nth=NTH)
    def pin(self, who: int, nth: int) -> None:
        case = self._case(self._at(who), nth)
        if case is not None:
            self._at(who).pin(case.case_id)

    @rule(who=WHO, nth=NTH)
    def unpin(self, who: int, nth: int) -> None:
        case = self._case(self._at(who), nth)
        if case is not None:
            self._at(who).unpin(case.case_id)

    # machines and lines

    @rule(who=WHO)
    def the_sign_in_runs_out(self, who: int) -> None:
        self._at(who).net.heal()
        self._at(who).net.signed_in = False
        assert isinstance(self._at(who).sync().stopped, SignInRefused)

    @rule(who=WHO, seconds=st.sampled_from([0, 30]))
    def the_server_is_busy(self, who: int, seconds: int) -> None:
        self._at(who).net.heal()
        self._at(who).net.busy = seconds
        assert isinstance(self._at(who).sync().stopped, ServerBusy)

    @rule()
    def the_server_starts_again(self) -> None:
        for station in self.stations:
            station.engine.close()

    @rule(seconds=st.sampled_from([-90_000, -3_600, -1, 3_600, 90_000]))
    def the_clock_is_set(self, seconds: int) -> None:
        self.office_of_two.clock.pass_by(seconds)

    # what must hold

    @invariant()
    def a_step_was_made(self) -> None:
        steps["made"] += 1

    def _saw(self, station: Station, key: str, field: str, *texts: str) -> None:
        super()._saw(station, key, field, *texts)
        self.edits[station.user, key, field] += 1

    def _come_together(self) -> None:
        super()._come_together()
        for station in self.stations:
            station.sync()
        self._numbers()
        self._field_changes()
        self._letters()
        self._marks()
        self._orders()
        self._content()

    def _numbers(self) -> None:
        cases = self.server.truth(TOWN).cases
        assert all(case.number_final for case in cases.values())
        assert len({case.case_number for case in cases.values()}) == len(cases)
        assert set(self.cases) - self.deleted <= set(cases)

    def _field_changes(self) -> None:
        """No edit reached the server more often than somebody made it.

        Except for one that a station could not know to have arrived, and whose field somebody then put back to just
        what it was before: on the server nothing tells that from an edit that never came.
        """
        doubts = Counter[str]()
        for station in self.stations:
            doubts[station.user] += station.net.doubts
        sent, once = Counter[tuple[str, str, str]](), set[Overwrite]()
        for write in self.server.overwrites:
            if write in once and doubts[write.user]:
                doubts[write.user] -= 1
            else:
                sent[write.user, write.key, write.field] += 1
            once.add(write)
        assert {edit: count for edit, count in sent.items() if count > self.edits[edit]} == {}

    def _letters(self) -> None:
        for record in self.server.records.values():
            if isinstance(record.value, Document):
                assert hashlib.sha256(record.content).hexdigest() == record.value.sha256

    def _marks(self) -> None:
        """Each mark is everywhere, once, unless it was removed or its file was deleted by somebody."""
        there = set(self.server.truth(TOWN).documents)
        wanted = {
            mark_id
            for mark_id, (author, letter) in self.made_marks.items()
            if letter in there - self.deleted and annotation_set_id(letter, author) not in self.deleted
        }
        for station in self.stations:
            sets = [each for letter in there - self.deleted for each in station.marks.sets(letter)]
            shown = Counter(
                mark.mark_id for each in sets if each.annotation_set_id not in self.deleted for mark in each.marks
            )
            assert shown == Counter(wanted - self.removed_marks), station.user

    def _orders(self) -> None:
        there = set(self.server.keys())
        for event_id, case_id in self.ordered.items():
            if case_id in self.deleted or event_id in self.deleted:
                continue
            assert event_id in there
            for station in self.stations:
                assert [event.event_id for event in station.events(case_id)].count(event_id) == 1

    def _content(self) -> None:
        """What is pinned is here; a letter of another station that nobody pinned here is not."""
        for station in self.stations:
            for document in station.documents():
                if document.case_id is not None and station.pinned(document.case_id) is not None:
                    assert station.has_content(document.document_id)


def run(start: int | None, examples: int, length: int) -> int:
    """Let offices drift, so many and so long at most; return how many steps were made. ``start``: chance begins there.

    Without it chance is new each time.
    """
    steps.clear()

    class Begun(WholeOffice):
        pass

    run_state_machine_as_test(
        Begun if start is None else seed(start)(Begun),
        settings=settings(
            max_examples=examples,
            stateful_step_count=length,
            database=None,
            suppress_health_check=QUIET,
            print_blob=True,
        ),
    )
    return steps["made"]


# together at least 5,000 steps; in parts, so that processors share them
@pytest.mark.slow
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("start", range(PARTS))
def test_five_thousand_steps(start: int) -> None:
    made = 0
    while made < 5_000 / PARTS:
        made += run(start + made * PARTS, EXAMPLES, LENGTH)


@pytest.mark.torture
@pytest.mark.timeout(36_000)
def test_a_hundred_thousand_steps() -> None:
    made = 0
    while made < 100_000:
        made += run(None, 50, 2 * LENGTH)
