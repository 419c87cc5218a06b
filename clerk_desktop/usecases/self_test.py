"""Proofs that a user can run on the very machine: worker processes, recognition, drawing, composing, encryption."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from clerk_desktop.model.errors import SelfTestFailed
from clerk_desktop.model.jobs import ComposePdf, DrawPage, InspectFile, PickedPage, ReadPage
from clerk_desktop.model.reading import FileKind
from clerk_desktop.model.texts import N_
from clerk_desktop.store.store import Store
from clerk_desktop.workers.host import WorkerHost

EXPECTED = ("Prüfung", "4711")


class SelfTest:
    """Works on one small picture that comes with the program; leaves nothing behind."""

    def __init__(self, host: Callable[[], WorkerHost], store: Store, picture: Path) -> None:
        self._host = host
        self._store = store
        self._picture = picture

    def named(self) -> tuple[tuple[str, Callable[[], str]], ...]:
        """Return the proofs but that of recognition, each with its name."""
        return (N_("Pages"), self.pages), (N_("Encrypted content"), self.content)

    def recognition(self) -> str:
        """Recognise the picture's text in a worker. Raises ``SelfTestFailed``, ``RecognitionMissing``."""
        content = self._picture.read_bytes()
        host = self._host()
        with host.load([content], len(content)) as loaded:
            page = host.run(ReadPage(kind=FileKind.PNG, number=1), loaded)
        found = " ".join(page.lines)
        if not all(word in found for word in EXPECTED):
            raise SelfTestFailed(what="OCR")
        return "deu+Latin"

    def pages(self) -> str:
        """Compose a PDF from the picture, look at it and draw it, each in a worker. Raises ``SelfTestFailed``."""
        content = self._picture.read_bytes()
        host = self._host()
        with host.load([content], len(content)) as loaded:
            composed = host.run(ComposePdf(kind=FileKind.PNG, pages=(PickedPage(number=1),)), loaded)
        with host.load([composed], len(composed)) as loaded:
            facts = host.run(InspectFile(), loaded)
            pixels = host.run(DrawPage(kind=FileKind.PDF, number=1, scale=1.0), loaded)
        if len(facts.pages) != 1 or len(pixels.data) != pixels.stride * pixels.height:
            raise SelfTestFailed(what="PDF")
        return f"{pixels.width} x {pixels.height}"

    def content(self) -> str:
        """Encrypt content, read it back, destroy it. Raises ``SelfTestFailed``."""
        sample = self._picture.read_bytes() * 40
        info = self._store.blobs.put([sample])
        try:
            same = self._store.blobs.read(info.sha256) == sample
        finally:
            self._store.blobs.remove(info.sha256)
        if not same or info.sha256 != hashlib.sha256(sample).hexdigest():
            raise SelfTestFailed(what="AES-256-GCM")
        return f"{len(sample)} B"
