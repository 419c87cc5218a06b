"""Plain copies of documents for programs outside: what they are called, and how they go again."""

from __future__ import annotations

import re
import stat
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clerk_desktop.model.document import Document

LONGEST_NAME = 80
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')


def file_name(document: Document, ending: str) -> str:
    """Return a name that every file system takes: the document's subject or title, and the ending."""
    said = _NOT_IN_NAMES.sub(" ", document.subject or document.title)
    name = " ".join(said.split())[:LONGEST_NAME].strip(" .") or document.document_id
    return name if name.lower().endswith(ending) else name + ending


def only_to_read(path: Path) -> None:
    """Take the right to write: what somebody typed into a copy would be lost."""
    path.chmod(stat.S_IRUSR)


def deletable(path: Path) -> None:
    """Give the right to write back: Windows deletes and replaces no file without it."""
    path.chmod(stat.S_IRUSR | stat.S_IWUSR)


def delete_all(folder: Path) -> None:
    """Delete all copies in a folder; one that a program holds open stays until the next time."""
    for path in sorted(folder.rglob("*"), reverse=True):
        try:
            if path.is_dir() and not path.is_symlink():
                path.rmdir()
            else:
                deletable(path)
                path.unlink()
        except OSError:
            continue
