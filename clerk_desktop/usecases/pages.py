"""Looking at documents: content from the store (or, where it is not here, from the server), drawn by the workers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from clerk_desktop.model.document import Document
from clerk_desktop.model.errors import ContentAway, NoPreview, ServerUnreachable
from clerk_desktop.model.ids import DocumentId
from clerk_desktop.model.jobs import DrawPage, LookAtFile, MeasurePages, Priority, ReadPage
from clerk_desktop.model.reading import FileLook, PageReading, PageSize, Pixels
from clerk_desktop.model.sides import Sides
from clerk_desktop.usecases.collation import put_together
from clerk_desktop.usecases.contents import DocumentContents
from clerk_desktop.workers.host import LoadedContent, WorkerHost

LOOK_SECONDS = 60.0
DRAW_SECONDS = 30.0
READ_SECONDS = 120.0
FirstScale = Callable[[Sequence[PageSize]], float]
"""At which scale the first page will be wanted, by the sizes of the pages."""


class OpenDocument:
    """A document whose pages can be asked for until it is closed. Futures raise ``FileError`` for a bad page."""

    def __init__(
        self,
        document: Document,
        host: WorkerHost,
        content: LoadedContent,
        ends: ExitStack,
        first_scale: FirstScale | None = None,
    ) -> None:
        self.document = document
        self._host = host
        self._content = content
        self._ends = ends
        self._begun: tuple[DrawPage, Future[Pixels]] | None = None
        try:
            looking = host.submit(LookAtFile(), content, priority=Priority.SCREEN, timeout=LOOK_SECONDS)
            looked: Future[FileLook] = Future()
            looking.add_done_callback(partial(self._begin, first_scale, looked))
            self.look: FileLook = looked.result()
            if not self.look.pages:
                raise NoPreview
        except BaseException:
            self.close()
            raise

    @property
    def sizes(self) -> tuple[PageSize, ...]:
        """The pages' sizes, in order; all taken for like the first until they are measured."""
        return self.look.pages

    def measure(self) -> Future[FileLook]:
        """Have all pages measured, beside what is to be drawn; give the result to ``measured``."""
        job = MeasurePages(kind=self.look.kind)
        return self._host.submit(job, self._content, priority=Priority.INTAKE, timeout=LOOK_SECONDS)

    def measured(self, look: FileLook) -> None:
        """Go on with what was found out."""
        self.look = look

    def draw(self, number: int, scale: float, rotation: int = 0, *, on_screen: bool = True) -> Future[Pixels]:
        """Have page ``number`` (from 1) drawn at ``scale`` pixels a point, turned clockwise by ``rotation`` degrees.

        What is on screen goes first. A future that is cancelled while it waits costs nothing.
        """
        look = self.look
        job = DrawPage(kind=look.kind, number=number, scale=scale, rotation=rotation, unmended=not look.mended)
        if self._begun is not None and self._begun[0] == job:
            begun, self._begun = self._begun[1], None
            return begun
        priority = Priority.SCREEN if on_screen else Priority.INTAKE
        return self._host.submit(job, self._content, priority=priority, timeout=DRAW_SECONDS)

    def read(self, number: int) -> Future[PageReading]:
        """Have the words read that page ``number`` carries; soon done, and none on a page that is only a picture."""
        job = ReadPage(kind=self.look.kind, number=number, recognise=False, symbologies=())
        return self._host.submit(job, self._content, priority=Priority.INTAKE, timeout=READ_SECONDS)

    def recognise(self, number: int) -> Future[PageReading]:
        """Have the words of page ``number`` recognised; takes seconds, and leaves a worker free for the screen."""
        job = ReadPage(kind=self.look.kind, number=number, symbologies=())
        return self._host.submit(job, self._content, priority=Priority.RECOGNITION, timeout=READ_SECONDS)

    def close(self) -> None:
        """Let the content go; what still waits is cancelled. A second call does nothing."""
        self._ends.close()

    def _begin(self, first_scale: FirstScale | None, looked: Future[FileLook], looking: Future[FileLook]) -> None:
        """Have the first page drawn before anybody asks: ``draw`` gives that picture out if it is the one wanted.

        Runs on the thread whose worker has looked, which draws next: no other thread is waited for in between.
        """
        try:
            look = looking.result()
            if first_scale is not None and look.pages:
                sizes = look.pages[:1] if look.guessed else look.pages  # to lay hundreds out takes a while
                job = DrawPage(kind=look.kind, number=1, scale=first_scale(sizes), unmended=not look.mended)
                self._begun = job, self._host.submit(job, self._content, priority=Priority.SCREEN, timeout=DRAW_SECONDS)
        except BaseException as error:  # noqa: BLE001 - whoever opens the document gets it
            looked.set_exception(error)
        else:
            looked.set_result(look)


class Pages:
    """Opens documents, and puts the sides of a stack together."""

    def __init__(self, contents: DocumentContents) -> None:
        self._contents = contents

    def prepare(self) -> None:
        """Have a worker started, so that the first page need not wait for it."""
        self._contents.host().prepare()

    def open(self, document_id: DocumentId, first_scale: FirstScale | None = None) -> OpenDocument:
        """Open a document; waits for server and workers, so never on the GUI thread.

        ``first_scale``: at which scale the first page will be wanted, by the sizes of the pages; it is begun at once.
        Raises ``NotKnown``, ``ServerError``, ``NoPreview``, ``FileError``, ``ContentDamaged``.
        """
        try:
            document = self._contents.here(document_id)
        except ServerUnreachable as away:
            raise ContentAway from away
        return self._opened(document, first_scale)

    def small_picture(self, document_id: DocumentId, width: int, height: int) -> Pixels | None:
        """Draw the first page so that it fits in so many pixels, when the workers have time; never on the GUI thread.

        None where the content is not on this computer: nothing is fetched for a small picture.
        Raises ``NotKnown``, ``FileError``, ``ContentDamaged``.
        """
        document = self._contents.at_hand(document_id)
        if document is None:
            return None
        opened = self._opened(document)
        try:
            size = opened.sizes[0]
            wide, high = (size.height, size.width) if size.rotation % 180 else (size.width, size.height)
            return opened.draw(1, min(width / wide, height / high), on_screen=False).result()
        finally:
            opened.close()

    def put_together(
        self, fronts: Path, backs: Path, target: Path, *, turned: bool = True, although_they_do_not_fit: bool = False
    ) -> Sides:
        """Write fronts and backs in the order of the paper to a new file; see ``collation.put_together``."""
        host = self._contents.host()
        return put_together(
            host, fronts, backs, target, turned=turned, although_they_do_not_fit=although_they_do_not_fit
        )

    def _opened(self, document: Document, first_scale: FirstScale | None = None) -> OpenDocument:
        with ExitStack() as ends:
            content = ends.enter_context(self._contents.loaded(document))
            return OpenDocument(document, self._contents.host(), content, ends.pop_all(), first_scale)
