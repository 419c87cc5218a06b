"""The side list of marks: who marked what, where and when; choosing one shows it on its page."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from clerk_desktop.model.annotation import UNKNOWN_TIME, Mark
from clerk_desktop.model.mark_names import MarkSort, name_of, sort_of
from clerk_desktop.model.mark_titles import said_on
from clerk_desktop.ui.filter_field import FilterField
from clerk_desktop.ui.icons import Icon
from clerk_desktop.ui.review.mark_tools import MarkTools
from clerk_desktop.ui.review.page_view import PageView
from clerk_desktop.ui.review.threads import threads
from clerk_desktop.ui.review.tools import REPLY
from clerk_desktop.ui.shortcuts import ITSELF, on_keys
from clerk_desktop.ui.theme import GRID
from clerk_desktop.ui.two_lines import TwoLineList, TwoLines, containing
from clerk_desktop.ui.words import Names, clock_text, person_text
from clerk_desktop.ui.workplace import Workplace

ICONS = {
    MarkSort.HIGHLIGHT: Icon.HIGHLIGHT,
    MarkSort.UNDERLINE: Icon.UNDERLINE,
    MarkSort.STRIKEOUT: Icon.STRIKEOUT,
    MarkSort.SQUIGGLY: Icon.WAVE,
    MarkSort.FREE_TEXT: Icon.FREE_TEXT,
    MarkSort.INK: Icon.INK,
    MarkSort.SQUARE: Icon.SQUARE,
    MarkSort.CIRCLE: Icon.CIRCLE,
    MarkSort.LINE: Icon.LINE,
    MarkSort.ARROW: Icon.ARROW,
    MarkSort.POLYGON: Icon.POLYGON,
    MarkSort.CLOUD: Icon.CLOUD,
    MarkSort.POLYLINE: Icon.POLYLINE,
    MarkSort.CARET: Icon.CARET,
    MarkSort.STAMP: Icon.STAMP,
    MarkSort.FILE: Icon.CLIP,
    MarkSort.SOUND: Icon.MICROPHONE,
    MarkSort.LINK: Icon.LINK,
    MarkSort.REDACT: Icon.ERASER,
    MarkSort.MOVIE: Icon.FILM,
    MarkSort.SCREEN: Icon.FILM,
    MarkSort.RICH_MEDIA: Icon.FILM,
    MarkSort.WIDGET: Icon.FORM,
    MarkSort.WATERMARK: Icon.DROP,
}
"""Of the sorts that have one of their own; the others are shown as notes."""
REPLY_KEYS = "Ctrl+Enter"


class MarksList(QWidget):
    """All marks of the shown document, or one person's: then the page shows no others either."""

    def __init__(self, workplace: Workplace, tools: MarkTools, view: PageView) -> None:
        super().__init__()
        self._texts = texts = workplace.texts
        self._clock = workplace.desk.clock
        self._tools = tools
        self._view = view
        self._names: Names = {}
        _ = texts.gettext
        hint = _("Shows only marks with these words: author, text, kind")
        self.filter = FilterField(texts, _("Filter the marks"), hint)
        self.whose = QComboBox()
        self.whose.setAccessibleName(_("Whose marks are shown"))
        self.whose.setToolTip(_("Whose marks are shown, here and on the page (Ctrl+Shift+M: all or mine)"))
        self.list = TwoLineList(_("Marks"), most=4)
        self.list.setToolTip(_("Enter rewords a mark of yours and replies to another's, Del takes yours away"))
        self.empty = _quiet(_("No marks yet. The tools above the page make them; each has its letter."))
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.hidden = _quiet("")
        self.reply = QPushButton(_("Reply …"))
        self.reply.setToolTip(_("Reply to the mark (Ctrl+Enter)"))
        self.delete = QPushButton(_("Delete the mark"))
        self.delete.setToolTip(_("Delete the mark (Del)"))
        self._build()
        self._connect()
        self.refresh()

    def show_names(self, names: Names) -> None:
        """Call people by these names."""
        if names != self._names:
            self._names = names
            self.refresh()

    def refresh(self) -> None:
        """Show the marks as they are now."""
        marking = self._tools.marking
        lines: list[TwoLines] = []
        for thread in threads(marking.marks):
            lines.append(self._line(thread.first))
            lines += [self._line(mark, answer=True) for mark in thread.answers]
        self.list.show_rows(containing(lines, self.filter.text()), marking.chosen or "", otherwise=None)
        count = marking.hidden
        self.empty.setVisible(not lines and not count)
        self.list.setVisible(bool(lines))
        said = self._texts.ngettext("{count} mark of others is hidden.", "{count} marks of others are hidden.", count)
        self.hidden.setText(said.format(count=count))
        self.hidden.setVisible(bool(count))
        chosen = marking.chosen_mark
        for button in (self.reply, self.delete):
            button.setVisible(bool(lines))
        self.reply.setEnabled(chosen is not None and chosen.stands_among(self._view.pages))
        self.delete.setEnabled(chosen is not None and marking.is_mine(chosen))
        self._show_authors()

    def _show_authors(self) -> None:
        """Offer everybody, me, and whoever else marked something here."""
        _, marking = self._texts.gettext, self._tools.marking
        others = {author: person_text(self._texts, author, self._names) for author in marking.authors}
        for nobody in (marking.author, ""):  # other programs need not say who it was
            others.pop(nobody, None)
        offered = [(_("Everybody's marks"), ""), (_("My marks only"), marking.author or "-")]
        offered += sorted((name, author) for author, name in others.items())
        shown = [(self.whose.itemText(row), self.whose.itemData(row)) for row in range(self.whose.count())]
        with QSignalBlocker(self.whose):
            if offered != shown:
                self.whose.clear()
                for text, author in offered:
                    self.whose.addItem(text, author)
            self.whose.setCurrentIndex(max(0, self.whose.findData(marking.whose)))

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GRID * 2, GRID * 2, GRID * 2, GRID * 2)
        layout.setSpacing(GRID * 2)
        for part in (self.whose, self.filter, self.hidden, self.empty):
            layout.addWidget(part)
        layout.addWidget(self.list, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(GRID * 2)
        buttons.addWidget(self.reply)
        buttons.addWidget(self.delete)
        layout.addLayout(buttons)

    def _connect(self) -> None:
        tools, delete = self._tools, QKeySequence(QKeySequence.StandardKey.Delete)
        self.filter.textChanged.connect(lambda _: self.refresh())
        self.whose.activated.connect(lambda _: tools.marking.show_whose(str(self.whose.currentData())))
        self.list.chosen.connect(self._choose)
        self.list.activated.connect(lambda _: tools.edit_or_reply())
        self.reply.clicked.connect(tools.reply_to_chosen)
        self.delete.clicked.connect(lambda: tools.marking.delete_chosen())
        on_keys(self.list, delete, tools.marking.delete_chosen, ITSELF)
        for keys in (REPLY_KEYS, "Ctrl+Return"):  # Qt tells the two Enter keys apart
            on_keys(self, keys, tools.reply_to_chosen)
        tools.marking.changed.connect(self.refresh)
        self._view.counted.connect(self.refresh)

    def _choose(self, key: str) -> None:
        mark = next((mark for mark in self._tools.marking.marks if mark.mark_id == key), None)
        if mark is not None:
            self._tools.marking.choose(mark.mark_id)
            if mark.stands_among(self._view.pages):
                self._view.bring_into_view(mark.page - 1, mark.rect)

    def _line(self, mark: Mark, *, answer: bool = False) -> TwoLines:
        kind = self._texts.gettext(REPLY if mark.in_reply_to is not None else name_of(mark))
        said = said_on(mark)
        again = said.casefold() in (kind.casefold(), name_of(mark).casefold())  # other programs name the kind there
        title = f"{kind}: {said}" if said and not again else kind
        author = person_text(self._texts, mark.author, self._names)
        known = mark.modified != UNKNOWN_TIME
        when = clock_text(mark.modified, self._clock.now().astimezone().date()) if known else ""
        details = "  ·  ".join(part for part in (self._place(mark), author, when) if part)
        symbol = ICONS.get(sort_of(mark), Icon.NOTE)
        return TwoLines(key=mark.mark_id, title=title, details=details, symbol=symbol, grouped=answer)

    def _place(self, mark: Mark) -> str:
        _ = self._texts.gettext
        if not mark.page:
            return _("without a page")
        here = mark.stands_among(self._view.pages)
        said = _("p. {page}") if here else _("p. {page} (not in the document)")
        return said.format(page=mark.page)


def _quiet(text: str) -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    label.setProperty("muted", True)
    return label
