"""What a clerk does with pages of letters in the inbox: cut, join, sort out, turn, move; and taking it back."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QListView, QMessageBox, QWidget

from clerk_desktop.model.editing import DocumentChange
from clerk_desktop.model.ids import DocumentId
from clerk_desktop.model.rearranging import PageAct, Rearrangement
from clerk_desktop.model.sides import Sides
from clerk_desktop.model.texts import N_
from clerk_desktop.system.texts import Texts
from clerk_desktop.ui.inbox.batch_number import number_stack
from clerk_desktop.ui.inbox.filings import Filings
from clerk_desktop.ui.inbox.index_form import IndexForm
from clerk_desktop.ui.inbox.listing import InboxList
from clerk_desktop.ui.inbox.one_scan import neighbour, scanned_together
from clerk_desktop.ui.inbox.rows import Waiting
from clerk_desktop.ui.list_menu import ListMenu
from clerk_desktop.ui.places import Command
from clerk_desktop.ui.review.pane import ReadingPane
from clerk_desktop.ui.shortcuts import on_keys
from clerk_desktop.ui.workplace import Tone, Workplace
from clerk_desktop.usecases.rearranging import Prepared

SAID = {
    PageAct.SPLIT: N_("The letter was cut in two."),
    PageAct.JOIN: N_("The letters are one now."),
    PageAct.COLLATE: N_("Fronts and backs are one letter now; every page of both is in it."),
    PageAct.REMOVE: N_("Sorted out of the letter; it stays in the scan and in the day's account."),
    PageAct.TURN: N_("Turned."),
    PageAct.MOVE: N_("Moved."),
    PageAct.REPLACE: N_("Replaced; the page that was there stays in the scan and in the day's account."),
}
SENT = N_(
    "This was sent already, or somebody has worked on the new letters. Cut, join or turn them instead; "
    "what they were made of is kept."
)
RIGHT, LEFT = 90, 270
MOST_SHOWN = 24


@dataclass(frozen=True, slots=True)
class _Picked:
    """Pages to be put elsewhere."""

    document_id: DocumentId
    numbers: tuple[int, ...]


class PageActs(QObject):
    """Acts on the page that is read, or those chosen in the strip of small pages; its keys hold in all of ``place``.

    What stands in the form goes with the letter. ``show``: is called with the letter to go on with.
    """

    def __init__(
        self,
        workplace: Workplace,
        place: QWidget,
        parts: tuple[InboxList, ReadingPane, IndexForm, Filings],
        show: Callable[[DocumentId], None],
    ) -> None:
        super().__init__(place)
        self._workplace = workplace
        self._listing, self._pane, self._form, self._filings = parts
        self._show = show
        self._picked: _Picked | None = None
        self.gone: set[DocumentId] = set()
        """Letters that left the inbox because of what was done with their pages here."""
        self._done: Rearrangement | None = None
        self._busy = False
        self._filings.done.connect(self._filed)
        strip = self._pane.thumbnails
        strip.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        ListMenu(strip, workplace.texts.gettext("Commands for the pages"), self.commands)
        self._pane.menu.more = self.commands
        for command in self._all():
            on_keys(place, command.shortcut, command.run)

    def commands(self) -> tuple[Command, ...]:
        """What can be done with the pages of the letter that is shown."""
        if self._letter() is None:
            return ()
        return tuple(
            command for command in self._all() if self._picked is not None or command.run not in self._putting()
        )

    def undo(self) -> None:
        """Take back what was done last here: with pages, or a filing."""
        if self._busy:
            self._say(N_("The pages are still being put together. Undo when they are."))
            return
        done, self._done = self._done, None
        if done is None:
            self._filings.undo()
            return
        work = self._workplace.desk.rearranging

        def failed(error: Exception) -> None:
            self._done = done
            self._workplace.say_error(error)

        self._workplace.tasks.write(
            self, lambda: work.take_back(done), lambda back: self._taken_back(done, back=back), failed
        )

    def split(self) -> None:
        """Cut the letter before the page that is read."""
        page, work = self._pane.view.page, self._workplace.desk.rearranging
        if page == 1:
            self._say(N_("The letter begins with this page: go to the page that begins the next letter."))
            return
        self._do(lambda letter: work.split(letter, page))

    def join_next(self) -> None:
        """Put the next letter of the scan behind this one."""
        self._join(1)

    def join_previous(self) -> None:
        """Put this letter behind the one before it in the scan."""
        self._join(-1)

    def remove(self) -> None:
        """Sort the chosen pages out."""
        numbers, work = self._numbers(), self._workplace.desk.rearranging
        if len(numbers) >= self._pane.view.pages:
            self._say(N_("A letter keeps at least one page. Join it with another letter first."))
            return
        self._do(lambda letter: work.remove(letter, numbers))

    def turn_right(self) -> None:
        """Turn the chosen pages clockwise, for good."""
        self._turn(RIGHT)

    def turn_left(self) -> None:
        """Turn the chosen pages the other way."""
        self._turn(LEFT)

    def pick(self) -> None:
        """Remember the chosen pages, to be put elsewhere."""
        row, numbers = self._letter(), self._numbers()
        if row is None:
            return
        self._picked = _Picked(row.document_id, numbers)
        text = self._workplace.texts.gettext(
            "Picked up: page {pages}. Go to the place where it belongs, then: insert before, append or replace."
        )
        self._workplace.say(text.format(pages=", ".join(map(str, numbers))))

    def insert(self) -> None:
        """Put the picked pages before the page that is read."""
        self._put(self._pane.view.page)

    def append(self) -> None:
        """Put the picked pages behind the last page."""
        self._put(0)

    def replace(self) -> None:
        """Put the picked page in the place of the page that is read."""
        picked, page, work = self._picked, self._pane.view.page, self._workplace.desk.rearranging
        if picked is None or len(picked.numbers) != 1:
            self._say(N_("Pick one page up first."))
            return
        self._do(lambda letter: work.replace(letter, page, picked.document_id, picked.numbers[0]), picked.document_id)

    def number(self) -> None:
        """Ask for the batch number of the stack, and enter it for all its letters that are still here."""
        row = self._letter()
        if row is not None:
            number_stack(self, self._workplace, row, scanned_together(self._listing.rows, row))

    def collate(self) -> None:
        """Lay the letter that a page was picked up of, the backs, between the pages of this one, the fronts."""
        row, backs = self._letter(), picked_letter(self._listing, self._picked)
        if row is None or backs is None or backs.key == row.key:
            self._say(N_("Pick a page of the letter with the backs up first, then go to the letter with the fronts."))
        elif goes_together(self._listing, row, backs, self._workplace.texts):
            now = self._letter()
            if now is None or now.key != row.key:  # while the question stood, others worked on
                self._say(
                    N_("Another letter is shown now, so nothing was done: go back to the fronts and begin again.")
                )
                return
            key, work = backs.document_id, self._workplace.desk.rearranging
            self._do(lambda letter: work.collate(letter, key, although_they_do_not_fit=True), key)

    def _all(self) -> tuple[Command, ...]:
        _ = self._workplace.texts.gettext
        return (
            Command(text=_("Cut the letter before this page"), run=self.split, shortcut="Ctrl+Shift+S"),
            Command(text=_("Join with the next letter"), run=self.join_next, shortcut="Ctrl+Shift+J"),
            Command(text=_("Join with the letter before"), run=self.join_previous, shortcut="Ctrl+Shift+K"),
            Command(text=_("Sort the page out"), run=self.remove, shortcut="Ctrl+Shift+X"),
            Command(text=_("Turn the page right"), run=self.turn_right, shortcut="Ctrl+Shift+R"),
            Command(text=_("Turn the page left"), run=self.turn_left, shortcut="Ctrl+Shift+E"),
            Command(text=_("Pick the page up"), run=self.pick, shortcut="Ctrl+Shift+C"),
            Command(text=_("Batch number …"), run=self.number, shortcut="Ctrl+Shift+N"),
            Command(text=_("Insert before this page"), run=self.insert, shortcut="Ctrl+Shift+I"),
            Command(text=_("Append behind the last page"), run=self.append, shortcut="Ctrl+Shift+A"),
            Command(text=_("Replace this page"), run=self.replace, shortcut="Ctrl+Shift+U"),
            Command(text=_("The picked letter has the backs …"), run=self.collate, shortcut="Ctrl+Shift+B"),
        )

    def _putting(self) -> tuple[Callable[[], None], ...]:
        return (self.insert, self.append, self.replace, self.collate)

    def _turn(self, degrees: int) -> None:
        numbers, work = self._numbers(), self._workplace.desk.rearranging
        self._do(lambda letter: work.turn(letter, numbers, degrees))

    def _put(self, at: int) -> None:
        picked, work = self._picked, self._workplace.desk.rearranging
        if picked is None:
            self._say(N_("Pick one page up first."))
            return
        self._do(lambda letter: work.move(picked.document_id, picked.numbers, letter, at), picked.document_id)

    def _join(self, step: int) -> None:
        row, work = self._letter(), self._workplace.desk.rearranging
        if row is None:
            return
        other = neighbour(self._listing.rows, row, step)
        if other is None:
            self._say(N_("There is no such letter of the same scan. Pick pages up to put them into another letter."))
            return
        key = other.document_id
        self._do(lambda letter: work.join(letter, key) if step > 0 else work.join(key, letter), key)

    def _letter(self) -> Waiting | None:
        """Return the letter whose pages are shown; None while there is none to be seen."""
        shown = self._pane.document_id
        if shown is None or not self._pane.was_seen or not self._pane.view.pages:
            return None
        rows = (row for row in self._listing.rows if isinstance(row, Waiting))
        return next((row for row in rows if row.document_id == shown), None)

    def _numbers(self) -> tuple[int, ...]:
        """Return the pages that are chosen in the strip, the page that is read where it is hidden."""
        strip = self._pane.thumbnails
        chosen = sorted(index.row() + 1 for index in strip.selectedIndexes()) if strip.isVisible() else []
        return tuple(chosen) or (self._pane.view.page,)

    def _do(self, prepare: Callable[[DocumentId], Prepared], *more: DocumentId) -> None:
        """Have it prepared beside everything else, then written; what was typed for the letter goes with it."""
        row = self._letter()
        if row is None or self._busy:
            return
        self._busy = True
        letter, typed, desk = row.document_id, self._form.typed(), self._workplace.desk

        def commit(prepared: Prepared, typed: tuple[DocumentChange, ...]) -> Rearrangement:
            if typed:
                desk.filing.index(letter, typed)
            return desk.rearranging.commit(prepared)

        def prepared(ready: Prepared) -> None:
            self._form.texts.tell()
            last = self._form.typed() if self._pane.document_id == letter else typed  # preparing may take a while
            self.gone |= {letter, *more}
            self._workplace.tasks.write(self, lambda: commit(ready, last), self._committed, failed)

        def failed(error: Exception) -> None:
            self._busy = False
            self.gone -= {letter, *more}
            self._workplace.say_error(error)

        self._workplace.tasks.read(self, lambda: prepare(letter), prepared, failed)

    def _committed(self, done: Rearrangement) -> None:
        self._busy = False
        self._done = done
        self._picked = None
        for each in done.new_ids:
            self._form.texts.forget(each)  # of when the same was done before and taken back
        texts = self._workplace.texts
        self._workplace.say(texts.gettext(SAID[done.act]), Tone.DONE, (texts.gettext("Undo (Ctrl+Z)"), self.undo))
        self._show(done.letters[-1].document_id if done.act in (PageAct.MOVE, PageAct.REPLACE) else done.new_ids[0])

    def _taken_back(self, done: Rearrangement, *, back: bool) -> None:
        if back:
            self.gone |= set(done.new_ids)
            self.gone -= set(done.given_way)
            self._workplace.say(self._workplace.texts.gettext("The letters are as they were before."), Tone.DONE)
            self._show(done.given_way[0])
        else:
            self._say(SENT)

    def _filed(self) -> None:
        self._done = None

    def _say(self, text: str) -> None:
        self._workplace.say(self._workplace.texts.gettext(text))


def collation_text(sides: Sides, blank: Collection[int], texts: Texts) -> str:
    """Ask whether fronts and backs go together: the order that comes of it, blank backs marked, a misfit first."""
    _ = texts.gettext
    words = []
    for side in sides.in_order():
        text = _("back {page}") if side.back else _("front {page}")
        mark = _("blank") if side.back and side.number in blank else ""
        words.append(f"{text.format(page=side.number)}{f' ({mark})' if mark else ''}")
    shown = ", ".join(words[:MOST_SHOWN]) + (" …" if len(words) > MOST_SHOWN else "")
    misfit = _("▲ {fronts} fronts and {backs} backs: a page is missing or was drawn in twice. All of them are kept.")
    parts = [] if sides.fit else [misfit.format(fronts=sides.fronts, backs=sides.backs)]
    return "\n\n".join((*parts, _("Put together in this order? {order}").format(order=shown)))


def picked_letter(listing: InboxList, picked: _Picked | None) -> Waiting | None:
    """Return the letter that pages were picked up of."""
    rows = (row for row in listing.rows if isinstance(row, Waiting))
    return next((row for row in rows if picked is not None and row.document_id == picked.document_id), None)


def goes_together(parent: QWidget, fronts: Waiting, backs: Waiting, texts: Texts) -> bool:
    """Show the order that comes of it, and have it confirmed."""
    sides = Sides(fronts=fronts.item.document.page_count, backs=backs.item.document.page_count)
    question = collation_text(sides, backs.item.suggestions.blank_pages, texts)
    return QMessageBox.question(parent, "clerk-desktop", question) is QMessageBox.StandardButton.Yes
