"""The page of the review's tools: their letters (``ui.md``, "Review"; WCAG 2.1.4), and stamps of one's own."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from clerk_desktop.model.errors import ClerkError
from clerk_desktop.system.settings import OWN_STAMPS, TOOL_LETTERS, Origin, Setting
from clerk_desktop.ui.review.tools import LOOKS, Tool, letters_said
from clerk_desktop.ui.theme import GRID
from clerk_desktop.ui.workplace import Tone, Workplace

ROWS = 5
LINES = 6


class MarkingPage(QWidget):
    """A letter is saved as it is typed; who types one that another tool has swaps the two."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self._settings = workplace.desk.settings.load()
        _ = workplace.texts.gettext
        self.letters: dict[Tool, QLineEdit] = {}
        self.reset = QPushButton(_("Original letters"))
        self.reset.setToolTip(_("Give every tool the letter that it had at first"))
        self.stamps = QPlainTextEdit()
        self.save = QPushButton(_("Save the stamps"))
        self.save.setToolTip(_("Offer these stamps behind the others"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID * 2)
        self._heading(layout, _("Letters of the tools"), _("While a page has the focus, the letter chooses the tool."))
        layout.addLayout(self._grid())
        layout.addWidget(self.reset)
        layout.addSpacing(GRID * 3)
        self._heading(
            layout,
            _("Own stamps"),
            _(
                "One stamp per line; the sign | in it begins a new line."
                " %date, %time and %user are filled in when it is put."
            ),
        )
        layout.addWidget(self.stamps)
        layout.addWidget(self.save)
        for button in (self.reset, self.save):
            layout.setAlignment(button, Qt.AlignmentFlag.AlignLeft)
        layout.addStretch(1)
        self._fill_stamps()
        self._show_letters()
        self.reset.clicked.connect(lambda: self._keep(""))
        self.save.clicked.connect(self._save_stamps)
        self.stamps.textChanged.connect(lambda: self.save.setEnabled(True))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A field that was emptied and left has its letter again."""
        if event.type() is QEvent.Type.FocusOut:
            self._show_letters()
        return False

    def _heading(self, layout: QVBoxLayout, title: str, about: str) -> None:
        for text, name in ((title, "heading"), (about, "muted")):
            label = QLabel(text)
            label.setWordWrap(True)
            label.setProperty(name, True)
            layout.addWidget(label)

    def _grid(self) -> QGridLayout:
        _ = self._workplace.texts.gettext
        grid = QGridLayout()
        grid.setHorizontalSpacing(GRID * 3)
        grid.setVerticalSpacing(GRID)
        for number, (tool, look) in enumerate(LOOKS.items()):
            name, field = QLabel(_(look.text)), QLineEdit()
            field.setFixedWidth(GRID * 12)
            field.setAccessibleName(_("Letter for: {tool}").format(tool=_(look.text)))
            field.setToolTip(self._locked(TOOL_LETTERS) or field.accessibleName())
            field.setEnabled(not self._locked(TOOL_LETTERS))
            field.textEdited.connect(lambda text, tool=tool: self._type(tool, text))
            field.installEventFilter(self)
            name.setBuddy(field)
            row, pair = number % ROWS, number // ROWS * 2
            grid.addWidget(name, row, pair)
            grid.addWidget(field, row, pair + 1)
            self.letters[tool] = field
        self.reset.setEnabled(not self._locked(TOOL_LETTERS))
        grid.setColumnMinimumWidth(2, GRID * 6)
        grid.setColumnStretch(4, 1)
        return grid

    def _fill_stamps(self) -> None:
        _ = self._workplace.texts.gettext
        self.stamps.setAccessibleName(_("Own stamps"))
        self.stamps.setPlaceholderText(_("e.g. Calculation checked|%date %user"))
        self.stamps.setToolTip(self._locked(OWN_STAMPS) or _("One stamp per line"))
        self.stamps.setReadOnly(bool(self._locked(OWN_STAMPS)))
        self.stamps.setTabChangesFocus(True)
        self.stamps.setFixedHeight(self.stamps.fontMetrics().lineSpacing() * LINES + GRID * 5)
        self.stamps.setPlainText(self._settings.value(OWN_STAMPS))
        self.save.setEnabled(False)

    def _locked(self, setting: Setting[str]) -> str:
        """Return why a setting cannot be changed here, "" where it can."""
        fixed = self._settings.origin(setting) is Origin.POLICY
        return self._workplace.texts.gettext("Fixed by the administrator") if fixed else ""

    def _type(self, tool: Tool, text: str) -> None:
        """Take what was typed last, wherever the cursor stood: the field need not be emptied first."""
        if not text:
            return
        letter = text[: self.letters[tool].cursorPosition()][-1:].upper()
        letters = letters_said(self._settings.value(TOOL_LETTERS))
        if not letter.isalpha() or len(letter) != 1:
            self._show_letters()
            return
        had = next((each for each, own in letters.items() if own == letter), tool)
        letters[had], letters[tool] = letters[tool], letter
        self._keep("".join(letters[each] for each in Tool))

    def _keep(self, letters: str) -> None:
        if self._put(TOOL_LETTERS, letters):
            self._show_letters()

    def _show_letters(self) -> None:
        for tool, letter in letters_said(self._settings.value(TOOL_LETTERS)).items():
            self.letters[tool].setText(letter)

    def _save_stamps(self) -> None:
        if self._put(OWN_STAMPS, self.stamps.toPlainText().strip()):
            self.save.setEnabled(False)
            self._workplace.say(self._workplace.texts.gettext("The stamps are saved."), Tone.DONE)

    def _put(self, setting: Setting[str], value: str) -> bool:
        try:
            self._settings = self._workplace.desk.settings.put(setting, value or None)
        except ClerkError as error:
            self._workplace.say_error(error)
            return False
        return True
