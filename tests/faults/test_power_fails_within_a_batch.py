"""The power fails at any point while a batch of pages is taken in: one letter, every page once, each file counted."""

from __future__ import annotations

import os

import pytest

from clerk_desktop.intake.progress import Point
from clerk_desktop.intake.reconcile import reconcile
from clerk_desktop.model.batch import BatchMode
from clerk_desktop.model.ids import FileId
from clerk_desktop.model.ledger import FileState
from clerk_desktop.usecases.inbox import Inbox
from tests.intake.papers import letter_pdf
from tests.intake.station import BERLIN, PowerCut, Station
from tests.intake.test_batches import scanner

PAGES = 4
CUTS = [
    *((point, time) for point in (Point.SEEN, Point.LEASED, Point.COPIED, Point.CLAIMED) for time in (1, 3, PAGES)),
    *((point, 1) for point in (Point.READ, Point.COMPOSED, Point.UNDERSTOOD, Point.QUEUED)),
]


class CutAt:
    """Cuts the power when a point is passed for the so-manieth time."""

    def __init__(self, point: Point, time: int) -> None:
        self._point, self._left = point, time

    def passed(self, point: Point, file_id: FileId) -> None:
        self._left -= point is self._point
        if point is self._point and self._left == 0:
            raise PowerCut


@pytest.mark.parametrize(("point", "time"), CUTS, ids=lambda value: getattr(value, "value", str(value)))
def test_a_batch_is_one_letter_whenever_the_power_fails(station: Station, point: Point, time: int) -> None:
    scanner(station, BatchMode.PAGES)
    for number in range(1, PAGES + 1):
        path = station.drop(f"{number:04}.pdf", letter_pdf((f"Seite {number}",)))
        os.utime(path, ns=(0, 1_700_000_000_000_000_000 + number * 1_000_000_000))
    station.started(witness=CutAt(point, time))
    with pytest.raises(PowerCut):
        station.run()
    station.restart()
    station.run()
    (item,) = Inbox(station.store).items()
    assert item.document.page_count == PAGES
    assert set(station.states().values()) == {FileState.QUEUED} and len(station.states()) == PAGES
    account = reconcile(station.store, None, BERLIN)
    assert (account.seen, account.waiting, account.lost) == (PAGES, PAGES, ())
    with station.store.read() as session:
        assert len(session.ledger.claims()) == PAGES
        assert session.notes.check().faults == ()
