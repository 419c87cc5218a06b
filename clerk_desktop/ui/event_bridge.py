"""The change feed as a Qt signal: what any process wrote reaches every view, on the GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from clerk_desktop.model.changes import Change, ChangeKind
from clerk_desktop.system.bus import ChangeBus

POLL_MILLISECONDS = 250


class EventBridge(QObject):
    """Polls the bus. ``changed`` carries a tuple of ``Change``; ``beat`` comes with every poll, changed or not."""

    changed = Signal(object)
    beat = Signal()

    def __init__(self, bus: ChangeBus) -> None:
        super().__init__()
        self._bus = bus
        bus.subscribe(self._publish)
        self._timer = QTimer(self)
        self._timer.setInterval(POLL_MILLISECONDS)
        self._timer.timeout.connect(self.poll)

    def start(self) -> None:
        """Begin to listen."""
        self._timer.start()

    def stop(self) -> None:
        """Stop listening."""
        self._timer.stop()

    def poll(self) -> None:
        """Look once, also without waiting for the timer."""
        self._bus.poll_once()
        self.beat.emit()

    def _publish(self, changes: tuple[Change, ...]) -> None:
        self.changed.emit(changes)


def touched(changes: tuple[Change, ...], *kinds: ChangeKind) -> bool:
    """Tell whether anything of these kinds changed."""
    return any(change.kind in kinds for change in changes)
