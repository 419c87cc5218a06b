"""The day's reconciliation above the list: what was seen is what was confirmed, waits, is held, or came twice."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout

from clerk_desktop.model.ledger import Reconciliation
from clerk_desktop.system.clock import office_day
from clerk_desktop.ui.icon_button import icon_button
from clerk_desktop.ui.icons import Icon
from clerk_desktop.ui.style import restyle
from clerk_desktop.ui.text_question import ask_line
from clerk_desktop.ui.theme import GRID
from clerk_desktop.ui.transfers.account_export import AccountExport
from clerk_desktop.ui.transfers.figures import Figure, Figures
from clerk_desktop.ui.words import day_text
from clerk_desktop.ui.workplace import Tone, Workplace
from clerk_desktop.usecases.forecast import forecast_text
from clerk_desktop.usecases.visual_checks import sample_text


class DayAccount(QFrame):
    """``day_changed`` comes when another day is asked for; ``day`` None is all days."""

    day_changed = Signal()

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self._today = office_day(workplace.desk.clock.now())
        self.day: date | None = self._today
        _ = workplace.texts.gettext
        self.title = QLabel()
        self.title.setProperty("title", True)
        self.numbers = Figures()
        self.sample = QLabel()
        self.verdict = QLabel()
        self.verdict.setWordWrap(True)
        self.verdict.setTextFormat(Qt.TextFormat.PlainText)
        before = self._step(Icon.LEFT, _("Day before"), -1)
        after = self._step(Icon.RIGHT, _("Next day"), 1)
        every = QPushButton(_("All days"))
        every.setToolTip(_("Reconciliation of all days"))
        every.clicked.connect(lambda: self._go(None))
        self.box = QPushButton(_("Paper box …"))
        self.box.setToolTip(_("Say in which box the paper of this day lies"))
        self.box.clicked.connect(self.ask_box)
        first = QHBoxLayout()
        first.setSpacing(GRID * 2)
        first.addWidget(self.title)
        first.addStretch(1)
        self.export = AccountExport(workplace, lambda: self.day)
        for widget in (before, after, every, self.box, self.export.button):
            first.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, GRID * 2)
        layout.setSpacing(GRID)
        layout.addLayout(first)
        layout.addWidget(self.numbers)
        layout.addWidget(self.sample)
        layout.addWidget(self.verdict)

    @property
    def is_of_yesterday(self) -> bool:
        """Whether another day began since the account was read."""
        return self._today != office_day(self._workplace.desk.clock.now())

    def follow_the_day(self) -> None:
        """Go on to the new day where the old one was looked at as today; the window may stand open for days."""
        before, self._today = self._today, office_day(self._workplace.desk.clock.now())
        if self.day == before:
            self.day = self._today

    def show_account(self, account: Reconciliation) -> None:
        """Show a day's numbers."""
        _ = self._workplace.texts.gettext
        day = day_text(self.day) if self.day is not None else _("all days")
        self.box.setEnabled(self.day is not None)
        self.title.setText(_("Reconciliation {day}").format(day=day))
        figures = (
            Figure(_("seen"), account.seen),
            Figure(_("confirmed"), account.confirmed),
            Figure(_("waiting"), account.waiting),
            Figure(_("in quarantine"), account.quarantined, help=True),
            Figure(_("duplicates"), account.duplicates),
            Figure(_("lost"), len(account.lost), help=True),
        )
        self.numbers.show_figures(figures)
        drawn = [sample for sample in account.samples if sample.quota or sample.chosen]
        self.sample.setText("\n".join(sample_text(sample, self._workplace.texts) for sample in drawn))
        self.sample.setVisible(bool(drawn))
        if account.lost:
            names = ", ".join(path.replace("\\", "/").rpartition("/")[2] for path in account.lost[:5])
            text, tone = _("▲ Missing: {names}. Look for the paper before it is destroyed.").format(names=names), "help"
        elif account.differing:
            text, tone = _("▲ Scans do not agree with their paper: keep that paper and scan it again."), "help"
        elif account.waiting or account.quarantined:
            reading = forecast_text(account.reading, self._workplace.texts)
            text, tone = f"{_('Not everything has arrived yet: keep the paper.')} {reading}".rstrip(), ""
        elif account.uncompared:
            text, tone = _("The sample is not compared yet: keep the paper until it is."), ""
        elif account.seen:
            text, tone = _("✓ Everything that was scanned has arrived."), "done"
        else:
            text, tone = _("Nothing was scanned."), ""
        self.verdict.setText(text)
        restyle(self.verdict, "tone", tone)

    def ask_box(self) -> None:
        """Ask for the number of the box, and put the day's letters into it that have none."""
        day = self.day
        if day is None:
            return
        texts, boxes = self._workplace.texts, self._workplace.desk.day_accounts.boxes
        question = texts.gettext("Number of the box in which the paper of {day} lies:").format(day=day_text(day))
        number = ask_line(texts, texts.gettext("Paper box"), question, self)
        if number:
            self._workplace.tasks.write(self, lambda: boxes.put(number, day), lambda count: self._boxed(count, number))

    def _boxed(self, count: int, number: str) -> None:
        texts = self._workplace.texts
        text = texts.ngettext("{count} letter lies in box {box}.", "{count} letters lie in box {box}.", count)
        self._workplace.say(text.format(count=count, box=number), Tone.DONE)

    def _step(self, name: Icon, text: str, days: int) -> QToolButton:
        button = icon_button(name, text)
        today = self._workplace.desk.clock.now().date
        button.clicked.connect(lambda: self._go((self.day or today()) + timedelta(days=days)))
        return button

    def _go(self, day: date | None) -> None:
        self.day = day
        self.day_changed.emit()
