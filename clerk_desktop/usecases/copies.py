"""Plain copies of documents for programs outside, in a private folder, for as long as somebody looks at them."""

from __future__ import annotations

import re
import stat
from pathlib import Path

from clerk_desktop.model.document import Document
from clerk_desktop.model.errors import NotKnown
from clerk_desktop.model.ids import DocumentId, short_key
from clerk_desktop.model.reading import ENDINGS
from clerk_desktop.usecases.contents import DocumentContents
from clerk_desktop.usecases.export import Export

LONGEST_NAME = 80
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')


class Copies:
    """``folder``: where they lie; emptied when the window begins and ends (``architecture.md``, Secrets)."""

    def __init__(self, folder: Path, contents: DocumentContents, export: Export) -> None:
        self._folder = folder
        self._contents = contents
        self._export = export

    def make(self, document_id: DocumentId) -> Path:
        """Write a copy that cannot be written to, with an ending its program knows, and return where it lies.

        Raises ``NotKnown`` also for a kind of file that is not taken in: it may be a program; and what
        ``Export.document`` raises.
        """
        document = self._contents.here(document_id)
        ending = ENDINGS.get(document.mime_type)
        if ending is None:
            raise NotKnown(what=document.mime_type)
        folder = self._folder / short_key(document.document_id)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        target = folder / file_name(document, ending)
        if target.exists():
            target.chmod(stat.S_IRUSR | stat.S_IWUSR)
        self._export.document(document.document_id, target)
        target.chmod(stat.S_IRUSR)
        return target

    def clear(self) -> None:
        """Delete all copies; one that a program holds open stays until the next time."""
        for path in sorted(self._folder.rglob("*"), reverse=True):
            try:
                if path.is_dir() and not path.is_symlink():
                    path.rmdir()
                else:
                    path.chmod(stat.S_IRUSR | stat.S_IWUSR)
                    path.unlink()
            except OSError:
                continue


def file_name(document: Document, ending: str) -> str:
    """Return a name that every file system takes: the document's subject or title, and the ending."""
    said = _NOT_IN_NAMES.sub(" ", document.subject or document.title)
    name = " ".join(said.split())[:LONGEST_NAME].strip(" .") or document.document_id
    return name if name.lower().endswith(ending) else name + ending
