"""Drawn pages: asks the workers for those on screen first, keeps the last ones, forgets what scrolled away."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from clerk_desktop.model.errors import ClerkError
from clerk_desktop.model.reading import Pixels
from clerk_desktop.ui.tasks import Tasks, Ticket
from clerk_desktop.usecases.pages import OpenDocument

KEPT_BYTES = 160 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Wanted:
    """A page (number from 1) as it is to be drawn; ``scale`` in device pixels a point."""

    number: int
    scale: float
    rotation: int


class DrawnPages(QObject):
    """The pictures of one document's pages. ``arrived`` carries the number of a page that can be painted anew."""

    arrived = Signal(int)

    def __init__(self, tasks: Tasks, kept_bytes: int = KEPT_BYTES) -> None:
        super().__init__()
        self._tasks = tasks
        self._kept_bytes = kept_bytes
        self._document: OpenDocument | None = None
        self._images: OrderedDict[Wanted, QImage] = OrderedDict()
        self._tickets: dict[Wanted, Ticket] = {}
        self._bytes = 0
        self._on_screen: Sequence[Wanted] = ()
        self._ahead: Sequence[Wanted] = ()
        self._painted = True
        self.failures: dict[int, ClerkError] = {}

    def show(self, document: OpenDocument | None) -> None:
        """Begin with another document."""
        self.want(())
        self._document = document
        self._images.clear()
        self._bytes = 0
        self.failures.clear()

    def want(self, pages: Sequence[Wanted], ahead: Sequence[Wanted] = ()) -> None:
        """Have these pages drawn, ``ahead`` when they are ``painted`` or where there are none, and nothing else."""
        asked = (*pages, *ahead)
        for wanted in [wanted for wanted in self._tickets if wanted not in asked]:
            self._tickets.pop(wanted).cancel()
        self._on_screen = pages
        self._ask_all(pages, on_screen=True)
        self._ahead, self._painted = ahead, not pages
        self._go_on()

    def painted(self) -> None:
        """Hear that the pages on screen were painted as they should be."""
        self._painted = True
        self._go_on()

    def image(self, wanted: Wanted) -> QImage | None:
        """Return the page as wanted, or at another scale, or None while there is nothing."""
        if wanted in self._images:
            self._images.move_to_end(wanted)
            return self._images[wanted]
        same = (kept for kept in reversed(self._images) if kept.number == wanted.number)
        other = next((kept for kept in same if kept.rotation == wanted.rotation), None)
        return self._images[other] if other is not None else None

    def is_sharp(self, wanted: Wanted) -> bool:
        """Whether the page is there as wanted."""
        return wanted in self._images

    def _make_room(self) -> None:
        """Let the oldest pictures go, but none that is on screen: two pages, large, may be more than is kept."""
        for wanted in [wanted for wanted in self._images if wanted not in self._on_screen]:
            if self._bytes <= self._kept_bytes:
                return
            self._bytes -= self._images.pop(wanted).sizeInBytes()

    def _go_on(self) -> None:
        """Draw ahead when nothing is waited for: it would take the processor from the page on screen."""
        if self._painted and not self._tickets:
            ahead, self._ahead = self._ahead, ()
            self._ask_all(ahead, on_screen=False)

    def _ask_all(self, pages: Sequence[Wanted], *, on_screen: bool) -> None:
        for wanted in pages:
            known = wanted in self._images or wanted in self._tickets or wanted.number in self.failures
            if not known and self._document is not None:
                self._ask(self._document, wanted, on_screen=on_screen)

    def _ask(self, document: OpenDocument, wanted: Wanted, *, on_screen: bool) -> None:
        try:
            future = document.draw(wanted.number, wanted.scale, wanted.rotation, on_screen=on_screen)
        except ClerkError as error:
            self._refused(wanted, error)
            return
        self._tickets[wanted] = self._tasks.follow(
            self, future, partial(self._keep, wanted), partial(self._refused, wanted)
        )

    def _keep(self, wanted: Wanted, pixels: Pixels) -> None:
        self._tickets.pop(wanted, None)
        image = QImage(pixels.data, pixels.width, pixels.height, pixels.stride, QImage.Format.Format_RGB32)
        self._images[wanted] = image.copy()  # the bytes belong to Python, the picture outlives them
        self._bytes += image.sizeInBytes()
        self._make_room()
        self.arrived.emit(wanted.number)
        self._go_on()

    def _refused(self, wanted: Wanted, error: Exception) -> None:
        self._tickets.pop(wanted, None)
        if not isinstance(error, ClerkError):
            raise error
        self.failures[wanted.number] = error
        self.arrived.emit(wanted.number)
        self._go_on()
