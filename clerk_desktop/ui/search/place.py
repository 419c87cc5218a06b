"""Everything that has the words: cases and documents, from this computer and from the server, one below the other."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from clerk_desktop.model.search import CaseHit, Origin, SearchResult
from clerk_desktop.ui.empty_state import EmptyState
from clerk_desktop.ui.icons import Icon
from clerk_desktop.ui.places import PlaceView
from clerk_desktop.ui.search.asking import Asking
from clerk_desktop.ui.search.hits import Hit, details, key_of, open_hit, title, told
from clerk_desktop.ui.shortcuts import ITSELF, on_keys
from clerk_desktop.ui.theme import GRID
from clerk_desktop.ui.two_lines import TwoLineList, TwoLines
from clerk_desktop.ui.typing_pause import TypingPause
from clerk_desktop.ui.workplace import Workplace

PAUSE_MILLISECONDS = 200
MOST = 200
SERVER_HEADING = "server"


class SearchPlace(PlaceView):
    """A field, the hits, and below them where it was searched. What the server found stands behind what was here."""

    def __init__(self, workplace: Workplace, parent: QWidget) -> None:
        super().__init__(workplace, parent)
        _ = workplace.texts.gettext
        self.field = QLineEdit()
        self.list = TwoLineList(_("Hits"))
        self.told = QLabel()
        self.empty = EmptyState(self.list, Icon.SEARCH)
        self._hits: dict[str, Hit] = {}
        self._asked = ""
        self._to_hits = False
        self._asking = Asking(self, workplace, MOST, self._show)
        self._build()
        self._pause = TypingPause(self.field, PAUSE_MILLISECONDS, self.look_now)
        self._show("", SearchResult())

    def enter(self) -> None:
        """Go on in the hits, or type where there are none."""
        if self.list.isVisible():
            self.list.setFocus()
        else:
            self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.field.selectAll()

    def leave(self) -> None:
        """Look for nothing more."""
        self._asking.give_up()

    def show_words(self, words: str) -> None:
        """List what has the words, and go to the first of it."""
        self.field.setText(words)
        self._to_hits = True
        self.look_now()

    def look_now(self) -> None:
        """Look for what is typed, without the pause that waits for the next key."""
        self._pause.stop()
        words = self.field.text().strip()
        if words:
            self._asking.look(words)
        else:
            self._asking.give_up()
            self._show("", SearchResult())

    def ask_server_now(self) -> None:
        """Ask the server without the pause."""
        self._asking.ask_server()

    def _build(self) -> None:
        _ = self.workplace.texts.gettext
        self.field.setPlaceholderText(_("Search"))
        self.field.setAccessibleName(_("Search cases and documents"))
        self.field.setToolTip(_("Case number, name or word; word* for its beginning"))
        self.field.setClearButtonEnabled(True)
        self.field.setMaximumWidth(480)
        self.list.setUniformItemSizes(False)
        self.list.setToolTip(_("Enter opens; Esc goes back to the field"))
        self.list.activated.connect(lambda _: self._open())
        on_keys(self.field, "Down", self.list.setFocus, ITSELF)
        on_keys(self.list, "Escape", self.field.setFocus)
        self.field.returnPressed.connect(self._return)
        self.told.setProperty("muted", True)
        self.told.setWordWrap(True)
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.told.setAccessibleName(_("Where it was searched"))
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID * 3, GRID * 3, GRID * 3, GRID * 3)
        column.setSpacing(GRID * 3)
        column.addWidget(self.field)
        column.addWidget(self.empty, 1)
        column.addWidget(self.list, 1)
        column.addWidget(self.told)

    def _return(self) -> None:
        """Open the first hit of what is typed; what is not looked for yet is looked for first."""
        if self._asked == self.field.text().strip():
            self._open()
        else:
            self.look_now()

    def _open(self) -> None:
        hit = self._hits.get(self.list.current_key)
        if hit is not None:
            open_hit(self.workplace, hit, self._asked)

    def _show(self, words: str, result: SearchResult) -> None:
        _ = self.workplace.texts.gettext
        again, self._asked = words == self._asked, words
        hits: tuple[Hit, ...] = (*result.cases, *result.documents)
        self._hits = {key_of(hit): hit for hit in hits}
        here = [hit for hit in hits if Origin.HERE in hit.origins]
        server = [hit for hit in hits if Origin.HERE not in hit.origins]
        rows = [
            *self._group(_("Cases"), [hit for hit in here if isinstance(hit, CaseHit)]),
            *self._group(_("Documents"), [hit for hit in here if not isinstance(hit, CaseHit)]),
            *self._group(_("Found by the server only"), server),
        ]
        self.list.show_rows(rows, self.list.current_key if again else "")
        self.list.setVisible(bool(rows))
        nothing = (
            _("Nothing contains “{words}”.").format(words=words)
            if words
            else _("Type a case number, a name or words of a document.")
        )
        self.empty.say(nothing)
        self.empty.setVisible(not rows)
        self.told.setText(told(result, self.workplace.texts) if words else "")
        if self._to_hits and rows and self.field.hasFocus():
            self.list.setFocus()
        self._to_hits = False

    def _group(self, heading: str, hits: Sequence[Hit]) -> list[TwoLines]:
        texts = self.workplace.texts
        rows = [
            TwoLines(
                key=key_of(hit),
                title=title(hit),
                details=details(hit, texts),
                symbol=Icon.CASES if isinstance(hit, CaseHit) else Icon.DOCUMENT,
            )
            for hit in hits
        ]
        head = TwoLines(key=f"heading {heading}", title=heading, details="", symbol=Icon.SEARCH, heading=True)
        return [head, *rows] if rows else []
