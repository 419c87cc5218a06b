"""What is on screen is painted before anything else of the document is begun: the workers have one processor less."""

from __future__ import annotations

from concurrent.futures import Future
from typing import cast

from PySide6.QtCore import QEvent, QObject
from pytestqt.qtbot import QtBot

from clerk_desktop.model.reading import FileKind, FileLook, PageSize, Pixels
from clerk_desktop.ui.review.page_view import PageView
from clerk_desktop.usecases.pages import OpenDocument
from tests.ui.stage import Stage, scene

PAGES = 5
A4 = PageSize(width=595, height=842, rotation=0)
DOT = Pixels(width=1, height=1, stride=4, data=bytes(4))


class Asked(QObject):
    """A document that notes which pages are to be drawn, and when the view around it is painted."""

    def __init__(self) -> None:
        super().__init__()
        self.look = FileLook(kind=FileKind.PDF, pages=(A4,) * PAGES)
        self.sizes = self.look.pages
        self.log: list[str] = []
        self.waiting: list[Future[Pixels]] = []

    def draw(self, number: int, scale: float, rotation: int = 0, *, on_screen: bool = True) -> Future[Pixels]:
        self.log.append(f"{'draw' if on_screen else 'ahead'} {number}")
        self.waiting.append(Future())
        return self.waiting[-1]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint:
            self.log.append("paint")
        return False


def test_pages_ahead_are_drawn_and_others_measured_when_the_page_on_screen_was_painted(
    stage: Stage, qtbot: QtBot
) -> None:
    workplace = scene(stage).open().workplace
    document, view = Asked(), PageView(workplace.tasks, workplace.texts)
    view.viewport().installEventFilter(document)
    view.painted.stands.connect(lambda: document.log.append("stands"))
    view.resize(400, 300)
    view.show()
    qtbot.waitExposed(view)
    view.show_document(cast("OpenDocument", document))
    qtbot.waitUntil(lambda: "draw 1" in document.log)
    assert not {"ahead 2", "stands"} & set(document.log)
    document.log.clear()
    document.waiting[0].set_result(DOT)
    qtbot.waitUntil(lambda: "stands" in document.log)
    assert document.log[0] == "paint"
    assert document.log[-3:] == ["ahead 2", "ahead 3", "stands"]
    view.close()
