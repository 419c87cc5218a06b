"""The place: the day's account, the list of everything that moves, and what can be done with the chosen row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from clerk_desktop.model.changes import Change, ChangeKind
from clerk_desktop.model.conflict import Conflict, Side
from clerk_desktop.model.ledger import Reconciliation
from clerk_desktop.model.outbox import CreateCase, DepositDocument, OutboxState, SetAsideDocument
from clerk_desktop.ui.change_words import conflict_text
from clerk_desktop.ui.empty_state import EmptyState
from clerk_desktop.ui.event_bridge import touched
from clerk_desktop.ui.filter_field import FilterField
from clerk_desktop.ui.giving_up import gives_up
from clerk_desktop.ui.icons import Icon
from clerk_desktop.ui.list_menu import ListMenu, commands_of
from clerk_desktop.ui.paper_check import PaperCheck
from clerk_desktop.ui.places import Command, PlaceView
from clerk_desktop.ui.rereading import Begun, Rereading
from clerk_desktop.ui.theme import GRID
from clerk_desktop.ui.transfers.account import DayAccount
from clerk_desktop.ui.transfers.rows import Moving, TransferRow, Unsent, line
from clerk_desktop.ui.two_lines import TwoLineList, containing
from clerk_desktop.ui.words import Names
from clerk_desktop.ui.workplace import Place, Tone, Workplace
from clerk_desktop.usecases.transfers import Overview

MOST = 500


@dataclass(frozen=True, slots=True)
class Seen:
    """What was read for one look."""

    overview: Overview
    conflicts: dict[str, Conflict]
    account: Reconciliation
    names: Names


class TransfersPlace(PlaceView):
    """Everything that moves."""

    def __init__(self, workplace: Workplace, parent: QWidget) -> None:
        super().__init__(workplace, parent)
        self._reading = Rereading(self, workplace.tasks, self._begin, workplace.say_error)
        _ = workplace.texts.gettext
        self._rows: tuple[TransferRow, ...] = ()
        self._conflicts: dict[str, Conflict] = {}
        self._names: Names = {}
        self.account = DayAccount(workplace)
        self._bar = QWidget()
        self.filter = FilterField(workplace.texts, _("Filter the transfers"), _("Shows only rows with these words"))
        self.only_help = QCheckBox(_("needs help"))
        self.now = QPushButton(_("Transfer now"))
        self.list = TwoLineList(_("Transfers"), _("No row matches."), most=5)
        self.model = self.list.lines
        self.empty = EmptyState(self.list, Icon.TRANSFERS)
        self.empty.say(
            _("Nothing is on its way. Scanned letters and unsent changes appear here."),
            _("Scan folders …"),
            lambda: workplace.wishes.go.emit(Place.SETTINGS),
        )
        self.about = QLabel()
        self.paper = PaperCheck(workplace)
        self.again = QPushButton(_("Try again"))
        self.discard = QPushButton(_("Discard …"))
        self.mine = QPushButton(_("Keep mine"))
        self.theirs = QPushButton(_("Take theirs"))
        ListMenu(self.list, _("Commands for the row"), self.commands)
        self._build()
        self._wire()
        self._choose("")
        self.reload()

    def enter(self) -> None:
        """The list has the keys, and the button where there is no list."""
        if self.account.is_of_yesterday:
            self.reload()
        self.empty.enter()

    def reload(self) -> None:
        """Read everything that is shown again."""
        self._reading.ask()

    def _begin(self) -> Begun:
        self.account.follow_the_day()
        desk, day = self.workplace.desk, self.account.day
        transfers = desk.transfers

        def read() -> Seen:
            conflicts: dict[str, Conflict] = {each.operation_id: each for each in transfers.conflicts()}
            account = desk.day_accounts.of(day)
            names = desk.worklist.names()
            return Seen(overview=transfers.recent(MOST), conflicts=conflicts, account=account, names=names)

        return read, self._show

    def _build(self) -> None:
        _ = self.workplace.texts.gettext
        self.filter.setMaximumWidth(360)
        self.only_help.setToolTip(_("Show only what needs somebody"))
        self.now.setToolTip(_("Sends what waits and fetches what is new, at once (F5)"))
        self.about.setWordWrap(True)
        self.about.setTextFormat(Qt.TextFormat.PlainText)
        self.again.setToolTip(_("Try at once"))
        self.discard.setToolTip(_("Give this up"))
        self.mine.setToolTip(_("Send my version"))
        self.theirs.setToolTip(_("Give my version up; it stays in the history"))
        bar = QHBoxLayout(self._bar)
        bar.setContentsMargins(0, 0, 0, 0)
        bar.setSpacing(GRID * 3)
        bar.addWidget(self.filter, 1)
        bar.addWidget(self.only_help)
        bar.addStretch(1)
        bar.addWidget(self.now)
        actions = QHBoxLayout()
        actions.addWidget(self.about, 1)
        for button in (self.again, self.discard, self.mine, self.theirs):
            actions.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GRID * 3, GRID * 3, GRID * 3, GRID * 3)
        layout.setSpacing(GRID * 2)
        layout.addWidget(self.account)
        layout.addWidget(self._bar)
        layout.addWidget(self.empty, 1)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.paper)
        layout.addLayout(actions)

    def _wire(self) -> None:
        self.workplace.bridge.changed.connect(self._changed)
        self.account.day_changed.connect(self.reload)
        self.filter.textChanged.connect(lambda _: self._fill())
        self.only_help.toggled.connect(lambda _: self._fill())
        self.list.chosen.connect(self._choose)
        self.list.activated.connect(lambda _: self.open_chosen())
        self.now.clicked.connect(self.workplace.wishes.send_now)
        self.again.clicked.connect(self._try_again)
        self.discard.clicked.connect(self._give_up)
        self.mine.clicked.connect(lambda: self._resolve(Side.MINE))
        self.paper.done.connect(self.reload)
        self.theirs.clicked.connect(lambda: self._resolve(Side.THEIRS))

    def _changed(self, changes: tuple[Change, ...]) -> None:
        if touched(changes, ChangeKind.FILE, ChangeKind.OUTBOX):
            self.refresh()

    def _show(self, seen: Seen) -> None:
        self.account.show_account(seen.account)
        self._conflicts, self._names = seen.conflicts, seen.names
        about = seen.overview.about
        unsent = tuple(Unsent(entry, about.get(entry.operation_id)) for entry in seen.overview.outbox)
        moving = tuple(Moving(transfer) for transfer in seen.overview.files)
        self._rows = tuple(sorted((*unsent, *moving), key=lambda row: not row.needs_help))
        self._fill()

    def _fill(self) -> None:
        rows = [row for row in self._rows if row.needs_help or not self.only_help.isChecked()]
        shown = containing([line(row, self.workplace.texts) for row in rows], self.filter.text())
        key = self.list.show_rows(shown, self.list.current_key)
        self.empty.stand_in(not self._rows)
        self._bar.setVisible(bool(self._rows))
        self._choose(key)

    @property
    def chosen(self) -> TransferRow | None:
        """The row that is worked on."""
        return self._row(self.list.current_key)

    def open_chosen(self) -> None:
        """Show the letter or the case that the row is about."""
        row = self.chosen
        if isinstance(row, Moving):
            ids = [part.document.document_id for part in row.transfer.parts if part.document is not None]
            ids += [row.transfer.first] if row.transfer.first is not None else []
            document_id, case_id = (ids[0] if ids else None), None
        else:
            about = row.about if row is not None else None
            document_id, case_id = (about.document_id, about.case_id) if about is not None else (None, None)
        if document_id is not None:
            self.workplace.open_document(document_id)
        elif case_id is not None:
            self.workplace.open_case(case_id)

    def commands(self) -> tuple[Command, ...]:
        """What can be done with the row."""
        if self.chosen is None:
            return ()
        show = Command(text=self.workplace.texts.gettext("Show it"), run=self.open_chosen, shortcut="Enter")
        return (show, *commands_of(*self._buttons))

    @property
    def _buttons(self) -> tuple[QPushButton, ...]:
        return (self.paper.agrees, self.paper.differs, self.again, self.discard, self.mine, self.theirs)

    def _row(self, key: str) -> TransferRow | None:
        return next((row for row in self._rows if row.key == key), None)

    def _choose(self, key: str) -> None:
        row = self._row(key)
        conflict = self._conflicts.get(key)
        held = isinstance(row, Moving) and row.needs_help
        stuck = isinstance(row, Unsent) and row.needs_help and conflict is None
        late = isinstance(row, Unsent) and row.entry.state is OutboxState.WAITING and row.entry.next_try is not None
        creates = isinstance(row, Unsent) and isinstance(
            row.entry.operation, CreateCase | DepositDocument | SetAsideDocument
        )
        to_compare = row.transfer.to_compare if isinstance(row, Moving) else ()
        self.paper.show_letter(to_compare[0] if to_compare else None)
        self.again.setVisible(held or stuck or late)
        self.discard.setVisible(held or (stuck and not creates))
        self.mine.setVisible(conflict is not None and conflict.can_keep_mine)
        self.theirs.setVisible(conflict is not None)
        texts = self.workplace.texts
        self.about.setText(conflict_text(texts, conflict, self._names) if conflict is not None else "")

    def _try_again(self) -> None:
        row, transfers = self.chosen, self.workplace.desk.transfers
        if isinstance(row, Moving):
            self._do(lambda: transfers.retry_file(row.transfer.file.file_id))
        elif isinstance(row, Unsent):
            self._do(lambda: transfers.release(row.entry.operation_id))

    def _give_up(self) -> None:
        row, transfers, _ = self.chosen, self.workplace.desk.transfers, self.workplace.texts.gettext
        if row is None:
            return
        question = _("Give this up? A scan stays in its folder; a change of yours is taken back.")
        if not gives_up(self, question):
            return
        if isinstance(row, Moving):
            self._do(lambda: transfers.discard_file(row.transfer.file.file_id))
        else:
            self._do(lambda: transfers.withdraw(row.entry.operation_id))

    def _resolve(self, side: Side) -> None:
        row, transfers = self.chosen, self.workplace.desk.transfers
        if isinstance(row, Unsent):
            self._do(lambda: transfers.resolve(row.entry.operation_id, side))

    def _do(self, work: Callable[[], object]) -> None:
        text = self.workplace.texts.gettext("Done.")

        def done(_: object) -> None:
            self.workplace.say(text, Tone.DONE)
            self.reload()

        self.workplace.tasks.write(self, work, done)
