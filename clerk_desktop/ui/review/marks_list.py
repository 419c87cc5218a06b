"""The side list of marks: who marked what, where and when; choosing one shows it on its page."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from clerk_desktop.model.annotation import Mark
from clerk_desktop.system.texts import Texts
from clerk_desktop.ui.filter_field import FilterField
from clerk_desktop.ui.icons import Icon
from clerk_desktop.ui.review.mark_tools import MarkTools
from clerk_desktop.ui.review.page_view import PageView
from clerk_desktop.ui.review.tools import KIND_TEXTS, LOOKS
from clerk_desktop.ui.shortcuts import ITSELF, on_keys
from clerk_desktop.ui.theme import GRID
from clerk_desktop.ui.two_lines import TwoLineList, TwoLines, containing
from clerk_desktop.ui.words import moment_text

ICONS = {look.kind: look.icon for look in LOOKS.values() if look.kind is not None}


class MarksList(QWidget):
    """All marks of the shown document."""

    def __init__(self, texts: Texts, tools: MarkTools, view: PageView) -> None:
        super().__init__()
        self._texts = texts
        self._tools = tools
        self._view = view
        _ = texts.gettext
        hint = _("Shows only marks with these words: author, text, kind")
        self.filter = FilterField(texts, _("Filter the marks"), hint)
        self.list = TwoLineList(_("Marks"))
        self.list.setToolTip(_("Enter rewords a mark of yours, Del takes it away; on the page arrow keys move it"))
        self.empty = QLabel(_("No marks yet. The tools above the page make them; each has its letter."))
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.empty.setProperty("muted", True)
        self.delete = QPushButton(_("Delete the mark"))
        self.delete.setToolTip(_("Delete the mark (Del)"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GRID * 2, GRID * 2, GRID * 2, GRID * 2)
        layout.setSpacing(GRID * 2)
        for part in (self.filter, self.empty):
            layout.addWidget(part)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.delete)
        self.filter.textChanged.connect(lambda _: self.refresh())
        self.list.chosen.connect(self._choose)
        self.list.activated.connect(lambda _: tools.pointer.edit_chosen())
        self.delete.clicked.connect(lambda: tools.marking.delete_chosen())
        on_keys(self.list, QKeySequence(QKeySequence.StandardKey.Delete), tools.marking.delete_chosen, ITSELF)
        tools.marking.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the marks as they are now."""
        marking = self._tools.marking
        from_the_top = sorted(marking.marks, key=lambda mark: (mark.page, -mark.rect.y1))
        lines = [self._line(mark) for mark in from_the_top]
        self.list.show_rows(containing(lines, self.filter.text()), marking.chosen or "", otherwise=None)
        self.empty.setVisible(not lines)
        self.list.setVisible(bool(lines))
        chosen = marking.chosen_mark
        self.delete.setVisible(bool(lines))
        self.delete.setEnabled(chosen is not None and marking.is_mine(chosen))

    def _choose(self, key: str) -> None:
        mark = next((mark for mark in self._tools.marking.marks if mark.mark_id == key), None)
        if mark is not None:
            self._tools.marking.choose(mark.mark_id)
            self._view.bring_into_view(mark.page - 1, mark.rect)

    def _line(self, mark: Mark) -> TwoLines:
        kind = self._texts.gettext(KIND_TEXTS[mark.kind])
        said = " ".join((mark.text or mark.subject).split())
        title = f"{kind}: {said}" if said else kind
        page = self._texts.gettext("p. {page}").format(page=mark.page)
        details = "  ·  ".join((page, mark.author, moment_text(mark.modified)))
        return TwoLines(key=mark.mark_id, title=title, details=details, symbol=ICONS.get(mark.kind, Icon.NOTE))
