"""Everything a window or a command can ask for, in one place. Put together in ``assembly``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType

from clerk_desktop.system.bus import Feed
from clerk_desktop.system.clock import Clock
from clerk_desktop.system.locks import Locks
from clerk_desktop.system.settings import SettingsFiles
from clerk_desktop.usecases.accounts import Accounts
from clerk_desktop.usecases.background import Background
from clerk_desktop.usecases.catalogue import Catalogue
from clerk_desktop.usecases.doctor import Doctor
from clerk_desktop.usecases.export import Export
from clerk_desktop.usecases.filing import Filing
from clerk_desktop.usecases.inbox import Inbox
from clerk_desktop.usecases.marks import Marks
from clerk_desktop.usecases.pages import Pages
from clerk_desktop.usecases.scan_folders import ScanFolders
from clerk_desktop.usecases.standing import WhatStands
from clerk_desktop.usecases.transfers import Transfers
from clerk_desktop.usecases.worklist import Worklist


@dataclass(frozen=True, kw_only=True)
class Desk:
    """An open profile. ``close`` ends workers and connections; also at the end of a ``with`` block."""

    clock: Clock
    worklist: Worklist
    inbox: Inbox
    filing: Filing
    transfers: Transfers
    scan_folders: ScanFolders
    accounts: Accounts
    export: Export
    background: Background
    doctor: Doctor
    catalogue: Catalogue
    marks: Marks
    pages: Pages
    standing: WhatStands
    feed: Feed
    settings: SettingsFiles
    locks: Locks
    close: Callable[[], None]

    def __enter__(self) -> Desk:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
