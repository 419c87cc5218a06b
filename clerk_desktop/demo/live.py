"""The sample office to look at: a server, a mailroom's profile, and letters that fall into its scan folder."""

from __future__ import annotations

import tempfile
import threading
from pathlib import Path
from types import TracebackType

from clerk_desktop.assembly import open_desk
from clerk_desktop.demo.letters.catalogue import all_letters
from clerk_desktop.demo.sample_office import SampleOffice
from clerk_desktop.model.signing_in import SignInRequest

TOWN = "blomberg"
USER = f"post.{TOWN}"
PASSPHRASE = PASSWORD = "demo"  # noqa: S105 - a sample office, on this machine only
FIRST_LETTER_SECONDS = 2.0
BETWEEN_SECONDS = 3.0


class LiveOffice:
    """Use as a context manager; all of it is gone afterwards. ``home``: the mailroom's profile, signed in."""

    def __init__(self) -> None:
        self._place = tempfile.TemporaryDirectory(prefix="clerk-demo-", ignore_cleanup_errors=True)
        root = Path(self._place.name)
        self.home = root / USER
        self.passphrase = PASSPHRASE
        self._scans = root / "scans"
        self._office = SampleOffice(root / "server")
        self._stop = threading.Event()
        self._scanner = threading.Thread(target=self._scan, name="demo-scanner")

    def __enter__(self) -> LiveOffice:
        self._scans.mkdir()
        self._office.start()
        with open_desk(self.home, self.passphrase) as desk:
            desk.accounts.log_in(SignInRequest(url=self._office.url, user=USER, password=PASSWORD))
            desk.scan_folders.add(self._scans, TOWN)
            desk.background.sync_once()
        self._scanner.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._scanner.join()
        self._office.stop()
        self._place.cleanup()

    def _scan(self) -> None:
        """Be the scanner."""
        pause = FIRST_LETTER_SECONDS
        for letter in all_letters():
            if self._stop.wait(pause):
                return
            letter.draw(self._scans)
            pause = BETWEEN_SECONDS
