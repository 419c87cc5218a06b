"""A place with a list of cases and, in its stead, the case that was opened from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from clerk_desktop.model.account import Template
from clerk_desktop.model.changes import Change, ChangeKind
from clerk_desktop.model.ids import CaseId, DocumentId
from clerk_desktop.system.clock import office_day
from clerk_desktop.ui.empty_state import EmptyState
from clerk_desktop.ui.event_bridge import touched
from clerk_desktop.ui.filter_field import FilterField
from clerk_desktop.ui.icon_button import icon_button
from clerk_desktop.ui.icons import Icon
from clerk_desktop.ui.list_menu import ListMenu
from clerk_desktop.ui.places import Command, PlaceView, grouped
from clerk_desktop.ui.shortcuts import ITSELF, on_keys
from clerk_desktop.ui.theme import GRID
from clerk_desktop.ui.worklist import sorting
from clerk_desktop.ui.worklist.hurry import Hurry
from clerk_desktop.ui.worklist.kinds import ListKind
from clerk_desktop.ui.worklist.model import CaseTable
from clerk_desktop.ui.worklist.new_case import NewCase
from clerk_desktop.ui.worklist.table import CaseList
from clerk_desktop.ui.workplace import Workplace

if TYPE_CHECKING:
    from clerk_desktop.ui.case.view import CasePanel
    from clerk_desktop.ui.found_place import FoundPlace


class WorklistPlace(PlaceView):
    """A case list."""

    def __init__(self, workplace: Workplace, kind: ListKind, parent: QWidget) -> None:
        super().__init__(workplace, parent)
        self.is_filled = False
        self._kind = kind
        _ = workplace.texts.gettext
        hint = _("Shows only cases with these words; typing in the list begins here")
        self.filter = FilterField(workplace.texts, _("Filter the cases"), hint)
        self.count = QLabel()
        self._name = f"worklist/{kind.name}"
        self.model = CaseTable(workplace, kind.wanted, sorting.remembered(workplace.state, self._name, kind.order))
        self.model.reload()  # is read while the rest is made
        self.table = CaseList(workplace, self.model, self._name)
        self.empty = EmptyState(self.table, kind.symbol)
        self._shown = self.model.asked
        self._wanted: CaseId | None = None
        """The case that was asked for last; the panel may still be reading it."""
        self._new_case = NewCase(workplace, self, self._open)
        self._panel: CasePanel | None = None
        self._begun: CasePanel | None = None
        self._stack = QStackedWidget(self)
        self._listing = QWidget(self._stack)
        self._bar = QWidget(self._listing)
        self._build()
        self._wire()

    @property
    def panel(self) -> CasePanel:
        """The case that is shown in the list's stead; made when the first case is opened, if not ahead of that."""
        if self._panel is None:
            self._panel = self._begun or _begin_panel(self.workplace, self._stack)
            self._begun = None
            self._panel.finish()
            self._panel.left.connect(self._back)
            self._stack.addWidget(self._panel)
        return self._panel

    def ahead(self) -> Iterator[None]:
        """Make the case."""
        if self._panel is None:
            self._begun = _begin_panel(self.workplace, self._stack)
            yield
        while self._begun is not None and self._begun.make_on():
            yield
        yield
        self.panel  # noqa: B018 - takes it over, finished

    @property
    def _in_case(self) -> bool:
        return self._panel is not None and self._stack.currentWidget() is self._panel

    def listen(self) -> None:
        """Hear the list's keys: each event of it goes through Python then."""
        self.filter.begin_in(self.table)
        ListMenu(self.table, self.workplace.texts.gettext("Commands for the case"), self._row_commands)

    def enter(self) -> None:
        """Go on in the list or in the case, whichever is open."""
        if self.model.today != office_day(self.workplace.desk.clock.now()):
            self.model.reload()
        if self._in_case:
            self.panel.documents.setFocus()
        else:
            self.empty.enter()

    def reload(self) -> None:
        """Read the list again, and the case that was opened from it."""
        self.model.reload()
        if self._panel is not None:
            self._panel.reload()

    def leave(self) -> None:
        """Keep the columns and their order, close the case."""
        self.table.keep()
        sorting.keep(self.workplace.state, self._name, self.model.asked)
        if self._panel is not None:
            self._panel.leave()

    def show_case(self, case_id: CaseId) -> bool:
        """Show a case."""
        self._open(case_id)
        return True

    def show_document(self, document_id: DocumentId, case_id: CaseId | None) -> bool:
        """Show a document in its case."""
        if case_id is None:
            return False
        self._open(case_id, document_id)
        return True

    def look_for(self, found: FoundPlace) -> None:
        """Mark words in the document that is shown."""
        self.panel.pane.look_for(found)

    def commands(self) -> tuple[Command, ...]:
        """What can be done here."""
        _ = self.workplace.texts.gettext
        return (
            Command(text=_("New case …"), run=self.new_case, shortcut="Ctrl+N"),
            Command(text=_("Available offline"), run=self.toggle_pin, shortcut="Ctrl+D"),
        )

    def _row_commands(self) -> tuple[Command, ...]:
        open_it = Command(
            text=self.workplace.texts.gettext("Go into the case"),
            run=lambda: self._open_row(self.table.row),
            shortcut="Enter",
        )
        return grouped((open_it,), self.commands()) if self.table.row >= 0 else self.commands()[:1]

    def toggle_pin(self) -> None:
        """Keep the shown or chosen case available offline, or no longer."""
        from clerk_desktop.ui.case.offline import toggle_pin

        here = None if self._in_case else self.model.case(self.table.row)
        case_id = self.panel.case_id if self._in_case else here.case_id if here is not None else None
        if case_id is not None:
            toggle_pin(self.workplace, self, case_id)

    def new_case(self) -> None:
        """Ask for a case, open it and show it."""
        self._new_case.ask()

    def _build(self) -> None:
        _ = self.workplace.texts.gettext
        self.filter.setMaximumWidth(360)
        self.count.setProperty("muted", True)
        new = QPushButton(_("New case …"))
        new.setToolTip(_("Open a case (Ctrl+N)"))
        new.clicked.connect(lambda: self.new_case())
        columns = icon_button(Icon.COLUMNS, _("Choose columns"))
        columns.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        columns.setMenu(self.table.column_menu())
        bar = QHBoxLayout(self._bar)
        bar.setContentsMargins(0, 0, 0, 0)
        bar.setSpacing(GRID * 2)
        bar.addWidget(self.filter, 1)
        bar.addWidget(self.count)
        bar.addStretch(1)
        bar.addWidget(new)
        bar.addWidget(columns)
        column = QVBoxLayout(self._listing)
        column.setContentsMargins(GRID * 3, GRID * 3, GRID * 3, GRID * 3)
        column.setSpacing(GRID * 3)
        column.addWidget(self._bar)
        column.addWidget(self.empty, 1)
        column.addWidget(self.table, 1)
        self._stack.addWidget(self._listing)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)

    def _wire(self) -> None:
        self.workplace.bridge.changed.connect(self._changed)
        self.filter.textChanged.connect(lambda text: self.model.show_text(text.strip()))
        self.model.loaded.connect(self._loaded)
        self._hurry = Hurry(self.filter, self.model, lambda: self._open_row(max(0, self.table.row)))
        self.table.activated.connect(lambda index: self._open_row(index.row()))
        for keys, act in (("Ctrl+N", self.new_case), ("Ctrl+D", self.toggle_pin), ("Escape", self._escape)):
            on_keys(self, keys, act)
        on_keys(self, "Alt+Down", lambda: self._step(1), repeats=True)
        on_keys(self, "Alt+Up", lambda: self._step(-1), repeats=True)
        on_keys(self.filter, "Down", self.table.setFocus, ITSELF)

    def _loaded(self) -> None:
        count = self.model.rowCount()
        text = self.workplace.texts.ngettext("{count} case", "{count} cases", count)
        self.count.setText(text.format(count=f"{count:n}"))
        _ = self.workplace.texts.gettext
        if self.filter.text():
            self.empty.say(_("No case holds these words. Esc shows all again."), _("Show all again"), self._show_all)
        else:
            self.empty.say(_(self._kind.empty), *_way_to_fill(self, self._kind))
        self.empty.stand_in(count == 0)
        self._bar.setVisible(bool(count or self.filter.text()))
        before, self._shown = self._shown, self.model.asked
        other = before != self._shown and (self._shown.text or before.text == self._shown.text)
        if count and (other or self.table.row < 0):
            self._choose_open_case()
        self.fill()

    def _choose_open_case(self) -> None:
        """Make the row of the case that is open the current one, the first row where none is."""
        case_id = self._panel.case_id if self._panel is not None and self._in_case else None
        if case_id is not None:
            self.model.find(case_id, lambda row: self.table.choose(max(row, 0)))
        else:
            self.table.choose(0)

    def _changed(self, changes: tuple[Change, ...]) -> None:
        listed = touched(changes, ChangeKind.CASE, ChangeKind.ACCOUNT) or _people_changed(changes)
        within = touched(changes, ChangeKind.CASE, ChangeKind.DOCUMENT, ChangeKind.EVENT)
        if not self.isVisible():
            if listed or within:
                self.refresh()
            return
        if listed:
            self.model.reload()
        if within and self._panel is not None:
            self._panel.reload()

    def _open_row(self, row: int) -> None:
        self.model.when_read(row, lambda case: self._show_panel(case.case_id))

    def _open(self, case_id: CaseId, document_id: DocumentId | None = None) -> None:
        self.model.find(case_id, lambda row: self.table.choose(row) if row >= 0 else None)
        self._show_panel(case_id, document_id)

    def _show_panel(self, case_id: CaseId, document_id: DocumentId | None = None) -> None:
        self._show_case(case_id, document_id)
        self._stack.setCurrentWidget(self.panel)
        self.panel.documents.setFocus()

    def _show_case(self, case_id: CaseId, document_id: DocumentId | None = None) -> None:
        self._wanted = case_id
        self.panel.show_case(case_id, document_id)

    def _step(self, step: int) -> None:
        """Show the case before or after in the list."""
        if not self._in_case:
            return
        row = self.table.row
        here = self.model.case(row)
        # Where the shown case has left the list, the next one stands in its row already.
        left = here is not None and here.case_id != self._wanted
        row += step if step < 0 or not left else 0
        if not 0 <= row < self.model.rowCount():
            return
        self.table.choose(row)
        self.model.when_read(row, lambda case: self._show_case(case.case_id))

    def _escape(self) -> None:
        if self._in_case:
            self._back()
        elif self.filter.text():
            self._show_all()

    def _show_all(self) -> None:
        self.filter.clear()
        self.empty.enter()

    def _back(self) -> None:
        self.panel.form.save_pending()
        self._stack.setCurrentIndex(0)
        self.table.setFocus()


def _begin_panel(workplace: Workplace, parent: QWidget) -> CasePanel:
    from clerk_desktop.ui.case.view import CasePanel

    return CasePanel(workplace, parent)


def _way_to_fill(place: WorklistPlace, kind: ListKind) -> tuple[str, Callable[[], object]]:
    _, elsewhere = place.workplace.texts.gettext, kind.filled_from
    if elsewhere is None:
        return _("New case …"), place.new_case
    other, name = elsewhere
    return _(name), lambda: place.workplace.wishes.go.emit(other)


def _people_changed(changes: tuple[Change, ...]) -> bool:
    return any(change.kind is ChangeKind.SYNC and change.object_id == Template.PEOPLE.value for change in changes)
