"""Our window on a profile, from the start of the program to the painted case list. Run as a program.

``python -m clerk_desktop.bench.our_window HOME PASSPHRASE`` prints seconds without unlocking, seconds of unlocking,
and the resident set in bytes.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

BEGUN = time.perf_counter()


def main(home: Path, passphrase: str) -> None:
    """Show the list, tell the figures, end."""
    from PySide6.QtCore import QTimer

    from clerk_desktop.assembly import open_desk
    from clerk_desktop.bench.memory import resident_bytes
    from clerk_desktop.system.texts import Texts
    from clerk_desktop.ui.application import application
    from clerk_desktop.ui.session import WindowSession
    from clerk_desktop.ui.theme import Scheme
    from clerk_desktop.ui.worklist.place import WorklistPlace

    texts = Texts.for_language("de")
    program = application(texts, Scheme.LIGHT)
    locked = time.perf_counter()
    desk = open_desk(home, passphrase)
    unlocking = time.perf_counter() - locked
    session = WindowSession(desk, texts, home)
    session.window.show()
    view = session.window.view
    assert isinstance(view, WorklistPlace), "the profile remembers the list as its last place"

    def painted() -> None:
        if not view.model.rowCount():
            return
        view.table.repaint()
        print(time.perf_counter() - BEGUN - unlocking, unlocking, resident_bytes())  # noqa: T201 - what it is for
        QTimer.singleShot(0, program.quit)

    view.model.loaded.connect(painted)
    if view.model.rowCount():
        QTimer.singleShot(0, painted)
    program.exec()
    session.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
