"""Finding words in a document of a case: Esc closes the search first, and only then leads back to the list."""

from __future__ import annotations

from PySide6.QtCore import Qt

from tests.ui.stage import Stage, press, settle, write
from tests.ui.test_marking import CONTROL, Desk


def test_esc_closes_the_search_and_the_case_stays(stage: Stage) -> None:
    desk = Desk(stage)
    bar = desk.panel.pane.find_bar
    press(desk.view, Qt.Key.Key_F, CONTROL)
    write(bar.field, "hiermit")
    press(bar.field, Qt.Key.Key_Return)
    settle(desk.session)
    assert len(bar.hits) == 1
    press(bar.field, Qt.Key.Key_Escape)
    assert (bar.isVisible(), desk.panel.isVisible(), len(bar.hits)) == (False, True, 0)
    assert desk.view.hasFocus()
    press(desk.view, Qt.Key.Key_Escape)
    assert not desk.panel.isVisible()
