"""Keeps the frame true: the pill, the counts of the places, the pinned cases and the town, as the store tells them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from clerk_desktop.model.changes import Change, ChangeKind
from clerk_desktop.model.standing import Link
from clerk_desktop.system.clock import office_day
from clerk_desktop.ui.event_bridge import touched
from clerk_desktop.ui.frame.intake_sign import IntakeSign
from clerk_desktop.ui.frame.pill import Pill
from clerk_desktop.ui.frame.rail import Rail
from clerk_desktop.ui.tasks import Ticket
from clerk_desktop.ui.workplace import Place, Workplace

if TYPE_CHECKING:
    from clerk_desktop.model.counts import Counts
    from clerk_desktop.model.standing import Standing

STANDING_MILLISECONDS = 1_000


class FrameWatch(QObject):
    """Asks in the background, every second and whenever something changed. ``town`` carries the town's title."""

    town = Signal(str)

    def __init__(self, parent: QObject, workplace: Workplace, rail: Rail, pill: Pill, intake: IntakeSign) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._rail = rail
        self._pill = pill
        self._intake = intake
        self._counts_stale = self._town_stale = self._listening = True
        self._pins = Ticket()
        self.link = Link.ALONE
        workplace.bridge.changed.connect(self._changed)
        self._timer = QTimer(self)
        self._timer.setInterval(STANDING_MILLISECONDS)
        self._timer.timeout.connect(self._ask)

    def start(self) -> None:
        """Begin."""
        self._timer.start()
        self._ask()
        self._ask_pins()

    def stop(self) -> None:
        """Ask no longer."""
        self._timer.stop()
        self._pins.cancel()
        if self._listening:
            self._listening = False
            self._workplace.bridge.changed.disconnect(self._changed)

    def _changed(self, changes: tuple[Change, ...]) -> None:
        if touched(changes, ChangeKind.CASE, ChangeKind.DOCUMENT, ChangeKind.FILE, ChangeKind.OUTBOX):
            self._counts_stale = True
        if touched(changes, ChangeKind.ACCOUNT, ChangeKind.SYNC):
            self._town_stale = True
        if touched(changes, ChangeKind.CASE, ChangeKind.SYNC):
            self._ask_pins()

    def _ask(self) -> None:
        desk, tasks = self._workplace.desk, self._workplace.tasks
        tasks.read(self, desk.standing.standing, self._show_standing)
        if self._counts_stale:
            self._counts_stale = False
            tasks.read(self, lambda: desk.standing.counts(office_day(desk.clock.now())), self._show_counts)
        if self._town_stale:
            self._town_stale = False
            tasks.read(self, desk.standing.town, self.town.emit)

    def _ask_pins(self) -> None:
        desk = self._workplace.desk
        today = desk.clock.now().astimezone().date()
        self._pins.cancel()
        self._pins = self._workplace.tasks.read(
            self, desk.pins.all, lambda pins: self._rail.pinned.show_pins(pins, today)
        )

    def _show_standing(self, standing: Standing) -> None:
        self.link = standing.link
        self._pill.show_standing(standing)
        self._intake.show_standing(standing)

    def _show_counts(self, counts: Counts) -> None:
        self._rail.set_counts(
            {
                Place.INBOX: counts.inbox,
                Place.MINE: counts.mine,
                Place.RESUBMISSIONS: counts.resubmissions,
                Place.TRANSFERS: counts.needs_help,
            }
        )
