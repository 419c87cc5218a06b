"""Scanners on the network: confirmed certificates, and where scanned files come from."""

from __future__ import annotations

from clerk_desktop.model.scanning import Confirmed, ScanOrigin
from clerk_desktop.store.rows import shape
from clerk_desktop.store.statements import Statements


class ScannerRows:
    """The scanners of a session."""

    def __init__(self, statements: Statements) -> None:
        self._db = statements
        self._confirmed = shape(Confirmed)
        self._origin = shape(ScanOrigin)

    def confirm(self, confirmed: Confirmed) -> None:
        """Trust a device's certificate from now on; the one that stood for the same address is forgotten."""
        self._db.run("DELETE FROM scanners WHERE url = ?", (confirmed.url,))
        self._db.run(self._confirmed.upsert("scanners"), self._confirmed.cells(confirmed))

    def confirmed(self) -> tuple[Confirmed, ...]:
        """Return the certificates that are trusted, oldest first."""
        rows = self._db.all(f"SELECT {self._confirmed.names} FROM scanners ORDER BY confirmed_at, url")  # noqa: S608
        return tuple(map(self._confirmed.value, rows))

    def put_origin(self, origin: ScanOrigin) -> None:
        """Note where a file comes from."""
        self._db.run(self._origin.upsert("scan_origins"), self._origin.cells(origin))

    def origin(self, sha256: str) -> ScanOrigin | None:
        """Return where the file with that hash comes from, None where no device on the network sent it."""
        row = self._db.one(f"SELECT {self._origin.names} FROM scan_origins WHERE sha256 = ?", (sha256,))  # noqa: S608
        return None if row is None else self._origin.value(row)
