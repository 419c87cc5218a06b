"""Our case list on a profile. Run as a program.

``python -m clerk_desktop.bench.our_list HOME PASSPHRASE`` prints two numbers each for scrolling, sorting and
filtering (``list_steps.py``), then the resident set in bytes.
"""

from __future__ import annotations

import sys
from pathlib import Path


def main(home: Path, passphrase: str) -> None:
    """Do the steps, tell the figures."""
    from PySide6.QtCore import QCoreApplication

    from clerk_desktop.assembly import open_desk
    from clerk_desktop.bench.list_steps import scrolled, sorted_anew, typed
    from clerk_desktop.bench.memory import resident_bytes
    from clerk_desktop.system.texts import Texts
    from clerk_desktop.ui.application import application
    from clerk_desktop.ui.session import WindowSession
    from clerk_desktop.ui.theme import Scheme
    from clerk_desktop.ui.worklist.place import WorklistPlace

    texts = Texts.for_language("de")
    application(texts, Scheme.LIGHT)
    session = WindowSession(open_desk(home, passphrase), texts, home)
    session.window.show()
    place = session.window.view
    assert isinstance(place, WorklistPlace), "the profile remembers the list as its last place"
    model = place.model
    while not model.settled:
        QCoreApplication.processEvents()
    figures = [
        *scrolled(place.table),
        *sorted_anew(place.table, lambda: model.settled),
        *typed(place.table, place.filter.setText, lambda: model.settled),
    ]
    print(*figures, resident_bytes())  # noqa: T201 - what this program is for
    session.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
