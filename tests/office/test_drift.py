"""Two stations and another program drift apart at random, lines break, stations die; in the end all is one again.

Checked at every step: a final number never changes, nothing is on the server twice, and nobody's value is overwritten
by somebody who had not seen it. Checked in the end: every letter arrived, everything was sent or decided, and all show
the same.
"""

from __future__ import annotations

import itertools
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from clerk_desktop.model.case import Case, CaseField
from clerk_desktop.model.conflict import CASE_OF_DOCUMENT, Side
from clerk_desktop.model.document import Document, DocumentField
from clerk_desktop.model.editing import CaseChange, DocumentChange, case_text, document_text
from clerk_desktop.model.ids import CaseId, DocumentId
from clerk_desktop.model.ledger import FileState
from clerk_desktop.model.outbox import DepositDocument
from clerk_desktop.sync.witness import Step
from tests.office.conftest import ODD, STRICT, WHOLE_SECONDS, WITHOUT_LOG
from tests.office.memory_backend import MemoryServer
from tests.office.network import WRITES
from tests.office.office import TOWN, Office
from tests.office.station import Station

T = TypeVar("T")
SECOND = timedelta(seconds=1)
MOST_DECISIONS = 200
# where there is one: thousands of stores that each wait for the disk would take hours
MEMORY_DISK = "/dev/shm" if Path("/dev/shm").is_dir() else None
WHO = st.sampled_from([0, 1, 2, 3, 4, 5])
NTH = st.integers(0, 5)
TEXT = st.sampled_from(["", "rot", "grün", "blau"])
CASE_FIELDS = st.sampled_from([CaseField.SUBJECT, CaseField.ASSIGNEE])
DOCUMENT_FIELDS = st.sampled_from([DocumentField.SENDER, DocumentField.SUBJECT])


class Drift(RuleBasedStateMachine):
    """``seen`` holds what the clerk at a station had before the eyes when a field was changed there."""

    def __init__(self) -> None:
        super().__init__()
        self.place = Path(tempfile.mkdtemp(dir=MEMORY_DISK))
        self.final: dict[CaseId, str] = {}
        self.letters: list[DocumentId] = []
        self.cases: list[CaseId] = []
        self.deleted: set[str] = set()
        self.seen: dict[tuple[str, str, str], set[str]] = defaultdict(set)
        self.judged = 0

    @initialize(odd=st.sampled_from([STRICT, ODD, WITHOUT_LOG, WHOLE_SECONDS]))
    def office(self, odd: object) -> None:
        self.server = MemoryServer(odd=odd)  # type: ignore[arg-type]  # one of three
        self.office_of_two = Office(self.place, self.server)
        self.stations = [self.office_of_two.station("anna"), self.office_of_two.station("bert")]
        case_id = self.stations[0].open_case("Anfang")
        self.cases.append(case_id)
        self.letters += self.stations[0].scan(b"Anfang")
        self.office_of_two.settle(2)
        assert self.stations[1].case(case_id) is not None

    # clerks

    @rule(who=WHO, parts=st.integers(1, 2))
    def scan(self, who: int, parts: int) -> None:
        self.letters += self._at(who).scan(b"%d" % len(self.letters), parts=parts)

    @rule(who=WHO, text=TEXT)
    def open_case(self, who: int, text: str) -> None:
        self.cases.append(self._at(who).open_case(text or "ohne"))

    @rule(who=WHO, nth=NTH, field=CASE_FIELDS, text=TEXT)
    def edit_case(self, who: int, nth: int, field: CaseField, text: str) -> None:
        case = self._case(self._at(who), nth)
        if case is not None and case_text(case, field) != text:
            self._saw(self._at(who), case.case_id, field.value, case_text(case, field), text)
            self._at(who).edit_case(case.case_id, **{field.value: text})

    @rule(who=WHO, nth=NTH, field=DOCUMENT_FIELDS, text=TEXT)
    def index(self, who: int, nth: int, field: DocumentField, text: str) -> None:
        document = self._document(self._at(who), nth)
        if document is not None and document_text(document, field) != text:
            self._saw(self._at(who), document.document_id, field.value, document_text(document, field), text)
            self._at(who).index(document.document_id, **{field.value: text})

    @rule(who=WHO, nth=NTH, into=NTH)
    def file(self, who: int, nth: int, into: int) -> None:
        station = self._at(who)
        document, case = self._document(station, nth), self._case(station, into)
        if document is not None and case is not None and document.case_id != case.case_id:
            self._saw(station, document.document_id, CASE_OF_DOCUMENT, document.case_id or "", case.case_id)
            station.file(document.document_id, case.case_id)

    @rule(who=WHO, nth=NTH, side=st.sampled_from(Side))
    def decide(self, who: int, nth: int, side: Side) -> None:
        self._decide(self._at(who), nth, side)

    # machines and lines

    @rule(who=WHO)
    def sync(self, who: int) -> None:
        self._at(who).net.heal()
        assert self._at(who).sync().stopped is None

    @rule(who=WHO, after=st.integers(0, 30), act=st.integers(0, 20), nth=NTH, into=NTH, text=TEXT)
    def work_while_it_synchronises(self, who: int, after: int, act: int, nth: int, into: int, text: str) -> None:
        """A clerk does something between two steps of the machine; in a round that is over sooner, nothing."""
        station, left = self._at(who), itertools.count(after, -1)
        acts = self._acts(who, nth, into, text)

        def meanwhile(_: Step) -> None:
            if next(left) == 0:
                acts[act % len(acts)]()

        station.net.heal()
        station.meanwhile = meanwhile
        try:
            assert station.sync().stopped is None
        finally:
            station.meanwhile = None

    def _acts(self, who: int, nth: int, into: int, text: str) -> list[Callable[[], None]]:
        return [
            partial(self.scan, who, 1),
            partial(self.open_case, who, text),
            partial(self.edit_case, who, nth, CaseField.SUBJECT, text),
            partial(self.index, who, nth, DocumentField.SENDER, text),
            partial(self.file, who, nth, into),
            partial(self.decide, who, nth, Side.MINE),
            partial(self.decide, who, nth, Side.THEIRS),
        ]

    @rule(who=WHO, steps=st.integers(0, 30))
    def die(self, who: int, steps: int) -> None:
        self._at(who).net.heal()
        self._at(who).sync_dying_after(steps)

    @rule(who=WHO, name=st.sampled_from(WRITES))
    def lose_a_reply(self, who: int, name: str) -> None:
        self._at(who).net.heal()
        self._at(who).net.lose = [name]
        self._at(who).sync()

    @rule(who=WHO, after=st.integers(1, 20))
    def cut_the_line(self, who: int, after: int) -> None:
        self._at(who).net.heal()
        self._at(who).net.cut_after = after
        self._at(who).sync()

    @rule(who=WHO)
    def restart(self, who: int) -> None:
        self._at(who).restart()

    @rule(hours=st.integers(1, 30))
    def time_passes(self, hours: int) -> None:
        self.office_of_two.clock.pass_by(3600 * hours)

    # another program, and the server itself

    @rule(nth=NTH, field=CASE_FIELDS, text=TEXT)
    def other_edits_case(self, nth: int, field: CaseField, text: str) -> None:
        case_id = self._server_case(nth)
        if case_id is not None:
            self.server.edit_case(case_id, CaseChange(field=field, text=text))

    @rule(nth=NTH, field=DOCUMENT_FIELDS, text=TEXT)
    def other_edits_document(self, nth: int, field: DocumentField, text: str) -> None:
        document_id = self._server_document(nth)
        if document_id is not None:
            self.server.edit_document(document_id, DocumentChange(field=field, text=text))

    @rule(nth=NTH, into=NTH)
    def other_moves(self, nth: int, into: int) -> None:
        document_id, case_id = self._server_document(nth), self._server_case(into)
        if document_id is not None and case_id is not None:
            self.server.put_into(document_id, case_id)

    @precondition(lambda self: len(self.deleted) < 3)
    @rule(nth=NTH, case=st.booleans())
    def other_deletes(self, nth: int, case: bool) -> None:
        key = self._server_case(nth) if case else self._server_document(nth)
        if key is not None:
            before = set(self.server.keys())
            self.server.delete(key)
            self.deleted |= before - set(self.server.keys())

    @rule()
    def the_log_is_cut(self) -> None:
        self.server.forget_log()

    # what must hold

    @invariant()
    def a_final_number_never_changes(self) -> None:
        for station in self.stations:
            for case in station.cases():
                if case.number_final:
                    assert self.final.setdefault(case.case_id, case.case_number) == case.case_number
        assert len(set(self.final.values())) == len(self.final)

    @invariant()
    def nothing_is_there_twice(self) -> None:
        self.office_of_two.assert_nothing_twice()

    @invariant()
    def nobody_overwrites_what_nobody_there_had_seen(self) -> None:
        for write in self.server.overwrites[self.judged :]:
            assert write.before in self.seen[write.user, write.key, write.field], write
        self.judged = len(self.server.overwrites)

    def teardown(self) -> None:
        try:
            if hasattr(self, "stations"):
                self._come_together()
        finally:
            if hasattr(self, "office_of_two"):
                self.office_of_two.close()
            shutil.rmtree(self.place)

    def _come_together(self) -> None:
        self._settle()
        for turn in range(MOST_DECISIONS):
            open_ones = [station for station in self.stations if station.conflicts()]
            if not open_ones:
                break
            self._decide(open_ones[0], 0, Side.MINE if turn % 2 else Side.THEIRS)
            self._settle()
        self.office_of_two.assert_same()
        self.nobody_overwrites_what_nobody_there_had_seen()
        there = set(self.server.truth(TOWN).documents)
        assert set(self.letters) - self.deleted <= there
        for station in self.stations:
            assert {file.state for file in station.files()} <= {FileState.CONFIRMED}

    def _settle(self) -> None:
        """Everybody synchronises three times; at the server, too, the second of what was written last goes by."""
        self.office_of_two.settle(3, pause=self._a_second_passes)

    def _a_second_passes(self) -> None:
        self.server.time += SECOND

    def _decide(self, station: Station, nth: int, side: Side) -> None:
        """A letter that is made anew on the server begins in the inbox, as who decides so knows: it is filed once more,
        into its case or into where somebody here filed it meanwhile.
        """
        conflict = _nth(station.conflicts(), nth)
        if conflict is None:
            return
        side = side if conflict.can_keep_mine else Side.THEIRS
        for field in conflict.fields:
            self._saw(station, conflict.object_id, field.field, field.theirs, field.mine)
        before = _deposits(station)
        station.resolve(conflict, side)
        for letter in _deposits(station) - before:
            self._saw(station, letter, CASE_OF_DOCUMENT, "")

    def _at(self, who: int) -> Station:
        return self.stations[who % len(self.stations)]

    def _case(self, station: Station, nth: int) -> Case | None:
        return _nth([case for case in map(station.case, self.cases) if case is not None], nth)

    def _document(self, station: Station, nth: int) -> Document | None:
        return _nth([document for document in map(station.document, self.letters) if document is not None], nth)

    def _server_case(self, nth: int) -> CaseId | None:
        there = self.server.truth(TOWN).cases
        return _nth([case_id for case_id in self.cases if case_id in there], nth)

    def _server_document(self, nth: int) -> DocumentId | None:
        there = self.server.truth(TOWN).documents
        return _nth([document_id for document_id in self.letters if document_id in there], nth)

    def _saw(self, station: Station, key: str, field: str, *texts: str) -> None:
        self.seen[station.user, key, field].update(texts)


def _nth(things: Sequence[T], nth: int) -> T | None:
    return things[nth % len(things)] if things else None


def _deposits(station: Station) -> set[DocumentId]:
    """The letters that are still to be put on the server."""
    operations = (entry.operation for entry in station.outbox())
    return {operation.document_id for operation in operations if isinstance(operation, DepositDocument)}


QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


class TestDrift(Drift.TestCase):  # type: ignore[misc, valid-type]  # made by hypothesis
    settings = settings(max_examples=10, stateful_step_count=20, suppress_health_check=QUIET)


@pytest.mark.slow
@pytest.mark.timeout(1800)
class TestLongDrift(Drift.TestCase):  # type: ignore[misc, valid-type]  # made by hypothesis
    settings = settings(max_examples=60, stateful_step_count=60, suppress_health_check=QUIET)
