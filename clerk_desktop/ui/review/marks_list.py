"""The side list of marks: who marked what, where and when; choosing one shows it on its page."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QLineEdit, QListView, QPushButton, QVBoxLayout, QWidget

from clerk_desktop.model.annotation import Mark
from clerk_desktop.model.searching import folded
from clerk_desktop.system.texts import Texts
from clerk_desktop.ui.icons import Icon
from clerk_desktop.ui.review.mark_tools import MarkTools
from clerk_desktop.ui.review.page_view import PageView
from clerk_desktop.ui.review.tools import KIND_TEXTS, LOOKS
from clerk_desktop.ui.theme import GRID
from clerk_desktop.ui.two_lines import TwoLineDelegate, TwoLineModel, TwoLines
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
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(_("Filter"))
        self.filter.setAccessibleName(_("Filter the marks"))
        self.filter.setToolTip(_("Shows only marks with these words: author, text, kind"))
        self.filter.setClearButtonEnabled(True)
        self.model = TwoLineModel()
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(TwoLineDelegate(self.list))
        self.list.setAccessibleName(_("Marks"))
        self.list.setToolTip(_("Enter rewords a mark of yours, Del takes it away"))
        self.empty = QLabel(_("No marks yet. The tools above the page make them; each has its letter."))
        self.empty.setWordWrap(True)
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
        self.list.selectionModel().currentChanged.connect(lambda index, _: self._choose(self.model.key(index)))
        self.list.activated.connect(lambda _: tools.pointer.edit_chosen())
        self.delete.clicked.connect(lambda: tools.marking.delete_chosen())
        remove = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self.list)
        remove.setContext(Qt.ShortcutContext.WidgetShortcut)
        remove.activated.connect(lambda: tools.marking.delete_chosen())
        tools.marking.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the marks as they are now."""
        marking, words = self._tools.marking, folded(self.filter.text()).split()
        from_the_top = sorted(marking.marks, key=lambda mark: (mark.page, -mark.rect.y1))
        lines = [self._line(mark) for mark in from_the_top]
        shown = tuple(each for each in lines if all(word in folded(f"{each.title} {each.details}") for word in words))
        selection = self.list.selectionModel()
        blocked = selection.blockSignals(True)
        self.model.show(shown)
        index = self.model.index(self.model.row_of(marking.chosen or ""), 0)
        selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        selection.blockSignals(blocked)
        self.list.viewport().update()
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
