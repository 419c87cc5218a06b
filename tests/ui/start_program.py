"""Opens a profile's window as the program does and prints which modules were imported by its first picture. A program.

``python -m tests.ui.start_program HOME PASSPHRASE``
"""

from __future__ import annotations

import sys
from pathlib import Path

import clerk_desktop.cli.main  # noqa: F401 - the program's way to the window begins there
from clerk_desktop.assembly import open_desk
from clerk_desktop.ui.start import Opening, open_window
from clerk_desktop.usecases.desk import Desk


def main(home: Path, passphrase: str) -> None:
    """Open the window, tell, close it."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from clerk_desktop.ui.main_window import MainWindow
    from clerk_desktop.ui.worklist.place import WorklistPlace

    def opened(place: Path, given: str | None) -> Desk:
        desk = open_desk(place, given)
        QTimer.singleShot(0, listen)
        return desk

    def listen() -> None:
        window = next(each for each in QApplication.topLevelWidgets() if isinstance(each, MainWindow))
        window.pictured.connect(lambda: tell(window))

    def tell(window: MainWindow) -> None:
        view = window.view
        rows = view.model.rows_kept if isinstance(view, WorklistPlace) else 0
        sys.stdout.write(" ".join((str(rows), *sys.modules)))
        QTimer.singleShot(0, window.close)

    open_window(Opening(home=home, open_desk=opened, passphrase=passphrase, language="de"))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
