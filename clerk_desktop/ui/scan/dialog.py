"""The dialog in which a clerk scans: the device, a look at the plate, the pages as they come, and what went wrong."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QDialog,
    QMessageBox,
    QVBoxLayout,
    QWidget,
)

from clerk_desktop.model.errors import ClerkError, ScannerNotConfirmed
from clerk_desktop.model.ledger import ScanFolder
from clerk_desktop.model.reading import Pixels
from clerk_desktop.model.scanning import ScanBatch, ScannerPlace
from clerk_desktop.ui.scan.face import ScanFace
from clerk_desktop.ui.tasks import Ticket
from clerk_desktop.ui.workplace import Workplace
from clerk_desktop.usecases.scanning import LookedAt, ScanResult

LOOK_MILLISECONDS = 150
SIZE = (760, 480)
NAME, URL, FOLDER = "scan/name", "scan/url", "scan/folder"
T = TypeVar("T")


class ScanDialog(QDialog):
    """Stays open from stack to stack. While paper moves, Esc and the close button stop the scan and nothing else."""

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._scanning = workplace.desk.scanning
        self._work = Ticket()
        self._pages = 0
        self._paper_moves = False
        self._fingerprint = ""
        self._asked: ScannerPlace | None = None
        _ = workplace.texts.gettext
        self.setWindowTitle(_("Scanning"))
        face = self.face = ScanFace(workplace.texts)
        self.form, self.waiting, self.picture = face.form, face.waiting, face.picture
        self.scan, self.stop = face.scan, face.stop
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(face)
        self.resize(*SIZE)
        self._look = QTimer(self)
        self._look.setInterval(LOOK_MILLISECONDS)
        self._wire()
        self._show_state()
        self._begin()

    def reject(self) -> None:
        """Close, or stop what is under way."""
        if self._paper_moves:
            self._stop()
            return
        self._work.stop.set()
        self._work.cancel()
        super().reject()

    def search(self) -> None:
        """Listen to which scanners announce themselves."""
        _ = self._workplace.texts.gettext
        self.face.say(_("Searching for scanners …"))
        self._give(lambda _: tuple(self._scanning.find()), self._found)

    def look(self) -> None:
        """Ask the chosen scanner what it can do."""
        try:
            place = self.form.place or self._scanning.at(self.form.typed)
        except ClerkError as error:
            self._failed(error)
            return
        self._asked = place
        self.form.show_looked(None)
        self.picture.show_pixels(None)
        self.face.say(self._workplace.texts.gettext("Asking the scanner …"))
        self._give(lambda stop: self._scanning.look(place, stop), self._looked)

    def run_preview(self) -> None:
        """Show what lies on the plate."""
        looked = self.form.looked
        if looked is not None and self.face.preview.isEnabled():
            self.face.say(self._workplace.texts.gettext("Looking at the glass plate …"))
            self._give(lambda stop: self._scanning.preview(looked.place, stop), self._previewed)

    def run_scan(self) -> None:
        """Scan as the form says."""
        looked, wish, folder = self.form.looked, self.form.wish, self.form.target
        if looked is None:
            self.look()
        elif folder is not None and not self._paper_moves:
            self._move_paper(lambda stop: self._scanning.scan(looked.place, wish, folder, self._count, stop))

    def _begin(self) -> None:
        self._workplace.tasks.read(self, self._scanning.folders, self._folders_came)
        self._workplace.tasks.read(self, self._scanning.unfinished, self.face.show_broken_off)
        self.search()

    def _folders_came(self, folders: tuple[ScanFolder, ...]) -> None:
        self.form.show_folders(folders, self._workplace.state.text(FOLDER))
        self._show_state()

    def _found(self, places: tuple[ScannerPlace, ...]) -> None:
        state = self._workplace.state
        last = ScannerPlace(url=state.text(URL), name=state.text(NAME)) if state.text(URL) else None
        if self.form.show_found(places, last) or self.form.typed:
            self.look()
            return
        _ = self._workplace.texts.gettext
        self.face.say(
            _("No scanner announces itself here. Type its address above: it stands in the device's settings.")
        )

    def _looked(self, looked: LookedAt) -> None:
        state, _ = self._workplace.state, self._workplace.texts.gettext
        state.put_text(NAME, looked.place.name)
        state.put_text(URL, looked.place.url)
        self.form.show_looked(looked)
        texts = [_("{name} is ready.").format(name=looked.facts.name)]
        if looked.facts.feeder is not None:
            texts.append(_("Paper lies in the feeder.") if looked.paper_is_in else _("The feeder is empty."))
        if not looked.place.secured:
            texts.append(_("The pages travel through the network unencrypted."))
        if self.form.target is None:
            texts.append(_("Set a scan folder up first: in the settings."))
        self.face.say(" ".join(texts))
        self.scan.setFocus()

    def _previewed(self, pixels: Pixels) -> None:
        self.picture.show_pixels(pixels)
        self.face.say(self._workplace.texts.gettext("This lies on the glass plate."))

    def _move_paper(self, work: Callable[[threading.Event], ScanResult]) -> None:
        self._pages, self._paper_moves = 0, True
        self._workplace.state.put_text(FOLDER, str(self.form.target or ""))
        self.face.show_broken_off(())
        self._give(work, self._scanned)
        self._look.start()
        self._tell_pages()
        self.stop.setFocus()

    def _count(self, pages: int) -> None:
        """Called in the thread that scans: a number is all that crosses, the timer looks at it."""
        self._pages = pages

    def _tell_pages(self) -> None:
        texts = self._workplace.texts
        if not self._pages:
            self.face.say(texts.gettext("The scanner draws the paper in …"))
            return
        told = texts.ngettext(
            "{pages} page is here, the next one comes …", "{pages} pages are here, the next one comes …", self._pages
        )
        self.face.say(told.format(pages=self._pages))

    def _scanned(self, result: ScanResult) -> None:
        self._at_rest()
        texts, pages = self._workplace.texts, result.batch.pages
        if result.trouble is not None:
            self.face.say("")
            self._workplace.tasks.read(self, self._scanning.unfinished, self.face.show_broken_off)
            return
        told = texts.ngettext(
            "{pages} page scanned. It is read now and then appears in the inbox.",
            "{pages} pages scanned. They are read now and then appear in the inbox.",
            pages,
        )
        self.face.say(told.format(pages=pages), "done")
        self.picture.show_pixels(None)
        self.scan.setFocus()

    def _stop(self) -> None:
        self._work.stop.set()
        self.stop.setEnabled(False)
        self._look.stop()
        self.face.say(self._workplace.texts.gettext("The scan ends behind this page …"))

    def _confirm(self) -> None:
        place, fingerprint = self._asked, self._fingerprint  # another address may be typed by now
        self.face.confirm.hide()
        if place is None:
            return
        self._workplace.tasks.write(
            self, lambda: self._scanning.confirm(place, fingerprint), lambda _: self.look(), self._failed
        )

    def _go_on(self, batch_id: str) -> None:
        self._move_paper(lambda stop: self._scanning.go_on(batch_id, self._count, stop))

    def _keep(self, batch_id: str) -> None:
        self.face.show_broken_off(())
        self._give(lambda _: self._scanning.keep(batch_id), self._kept)

    def _kept(self, result: ScanResult) -> None:
        self._scanned(result)
        self._workplace.tasks.read(self, self._scanning.unfinished, self.face.show_broken_off)

    def _discard(self, batch_id: str) -> None:
        _ = self._workplace.texts.gettext
        question = QMessageBox(
            QMessageBox.Icon.Question, _("Scanning"), _("Throw the pages away that came?"), parent=self
        )
        question.setInformativeText(_("They are gone then. Scan the whole stack again."))
        discard = question.addButton(_("Discard"), QMessageBox.ButtonRole.DestructiveRole)
        question.setDefaultButton(question.addButton(_("Cancel"), QMessageBox.ButtonRole.RejectRole))
        question.exec()
        if question.clickedButton() is discard:

            def work() -> tuple[ScanBatch, ...]:
                self._scanning.discard(batch_id)
                return self._scanning.unfinished()

            self._workplace.tasks.read(self, work, self.face.show_broken_off, self._failed)

    def _give(self, work: Callable[[threading.Event], T], done: Callable[[T], None]) -> None:
        self._work.cancel()
        self.face.confirm.hide()
        self.face.bar.show()

        def ended(result: T) -> None:
            self.face.bar.hide()
            done(result)
            self._show_state()

        self._work = self._workplace.tasks.at_device(self, work, ended, self._failed)
        self._show_state()

    def _failed(self, error: Exception) -> None:
        self.face.bar.hide()
        self._at_rest()
        if not isinstance(error, ClerkError):
            raise error
        self.face.say(self._workplace.texts.sentence(error), "help")
        if isinstance(error, ScannerNotConfirmed):
            self._fingerprint = str(error.fields["fingerprint"])
            self.face.confirm.show()
            self.face.confirm.setFocus()
        self._workplace.tasks.read(self, self._scanning.unfinished, self.face.show_broken_off)

    def _at_rest(self) -> None:
        self._paper_moves = False
        self._look.stop()
        self._show_state()

    def _show_state(self) -> None:
        self.face.show_state(paper_moves=self._paper_moves)

    def _wire(self) -> None:
        self.form.chosen.connect(self.look)
        self.form.changed.connect(self._show_state)
        self.form.search_wanted.connect(self.search)
        self.face.preview.clicked.connect(self.run_preview)
        self.scan.clicked.connect(self.run_scan)
        self.stop.clicked.connect(self._stop)
        self.face.closing.clicked.connect(self.reject)
        self.face.confirm.clicked.connect(self._confirm)
        self.waiting.go_on_wanted.connect(self._go_on)
        self.waiting.keep_wanted.connect(self._keep)
        self.waiting.discard_wanted.connect(self._discard)
        self._look.timeout.connect(self._tell_pages)


def open_scan_dialog(workplace: Workplace, parent: QWidget) -> None:
    """Let a person scan; the window stays as it is meanwhile."""
    dialog = ScanDialog(workplace, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
