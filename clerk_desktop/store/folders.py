"""The scan folders of a profile."""

from __future__ import annotations

from clerk_desktop.model.changes import ChangeKind
from clerk_desktop.model.ids import FolderId
from clerk_desktop.model.ledger import ScanFolder
from clerk_desktop.model.watching import WatchFinding
from clerk_desktop.store.rows import shape
from clerk_desktop.store.statements import Statements


class FolderRows:
    """The scan folders of a session."""

    def __init__(self, statements: Statements) -> None:
        self._db = statements
        self._shape = shape(ScanFolder)
        self._finding = shape(WatchFinding)

    def add(self, folder: ScanFolder) -> None:
        """Watch a folder, or change how it is watched."""
        self._db.run(self._shape.upsert("folders"), self._shape.cells(folder))
        self._db.note(ChangeKind.FOLDER, folder.folder_id)

    def remove(self, folder_id: FolderId) -> None:
        """Watch a folder no longer, and forget how it behaved; its files stay in the ledger."""
        if self._db.run("DELETE FROM folders WHERE folder_id = ?", (folder_id,)):
            self._db.run("DELETE FROM watching WHERE path NOT IN (SELECT path FROM folders)")
            self._db.note(ChangeKind.FOLDER, folder_id)

    def get(self, folder_id: FolderId) -> ScanFolder | None:
        """Return a folder by our id."""
        row = self._db.one(f"SELECT {self._shape.names} FROM folders WHERE folder_id = ?", (folder_id,))  # noqa: S608
        return None if row is None else self._shape.value(row)

    def all(self) -> tuple[ScanFolder, ...]:
        """Return all folders, by path."""
        rows = self._db.all(f"SELECT {self._shape.names} FROM folders ORDER BY path")  # noqa: S608 - our names
        return tuple(map(self._shape.value, rows))

    def put_finding(self, finding: WatchFinding) -> None:
        """Note how a watched folder was found to behave; one that was removed meanwhile leaves nothing.

        It is news when it is watched for another reason than before, or can or cannot be written any more.
        """
        folder = self._db.one("SELECT folder_id FROM folders WHERE path = ?", (finding.path,))
        if folder is None:
            return
        before = next((each for each in self.findings() if each.path == finding.path), None)
        self._db.run(self._finding.upsert("watching"), self._finding.cells(finding))
        if before is None or (before.reason, before.writable) != (finding.reason, finding.writable):
            self._db.note(ChangeKind.FOLDER, str(folder[0]))

    def findings(self) -> tuple[WatchFinding, ...]:
        """Return how the watched folders were found to behave, as far as they were measured."""
        rows = self._db.all(f"SELECT {self._finding.names} FROM watching WHERE path IN (SELECT path FROM folders)")  # noqa: S608
        return tuple(map(self._finding.value, rows))
