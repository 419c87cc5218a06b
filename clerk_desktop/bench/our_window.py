"""Our window on a profile, from the start of the program to the painted case list. Run as a program.

``python -m clerk_desktop.bench.our_window HOME PASSPHRASE`` opens the window as the program itself does, and prints
seconds without unlocking, seconds of unlocking, and the resident set in bytes.
"""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from clerk_desktop.usecases.desk import Desk

BEGUN = time.perf_counter()


def main(home: str, passphrase: str) -> None:
    """Show the list, tell the figures, end."""
    from clerk_desktop.system import garbage

    garbage.hold_back()

    from pathlib import Path

    from clerk_desktop.assembly import open_desk
    from clerk_desktop.bench.memory import resident_bytes

    unlocking = 0.0

    def opened(place: Path, given: str | None) -> Desk:
        """Open the profile; what the program imports for it is counted as start."""
        nonlocal unlocking
        begun = time.perf_counter()
        desk = open_desk(place, given)
        unlocking = time.perf_counter() - begun
        QTimer.singleShot(0, listen)  # the window is there when the event loop begins
        return desk

    def listen() -> None:
        window = next(each for each in QApplication.topLevelWidgets() if isinstance(each, MainWindow))
        window.pictured.connect(lambda: tell(window))

    def tell(window: MainWindow) -> None:
        taken = time.perf_counter() - BEGUN - unlocking
        view = window.view
        assert isinstance(view, WorklistPlace), "the profile remembers the list as its last place"
        assert view.model.case(view.table.rowAt(0)) is not None, "rows are on the screen"
        print(taken, unlocking, resident_bytes())  # noqa: T201 - what this program is for
        QTimer.singleShot(0, window.close)

    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from clerk_desktop.ui.main_window import MainWindow
    from clerk_desktop.ui.start import Opening, open_window
    from clerk_desktop.ui.worklist.place import WorklistPlace

    open_window(Opening(home=Path(home), open_desk=opened, passphrase=passphrase, language="de"))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
