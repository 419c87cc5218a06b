"""Everything a window or a command can ask for, in one place. Put together in ``assembly``."""

from __future__ import annotations

from types import TracebackType
from typing import TYPE_CHECKING, Protocol

from clerk_desktop.system.bus import Feed
from clerk_desktop.system.clock import Clock
from clerk_desktop.system.locks import Locks
from clerk_desktop.system.settings import SettingsFiles

if TYPE_CHECKING:
    from clerk_desktop.usecases.accounts import Accounts
    from clerk_desktop.usecases.administration import Administration
    from clerk_desktop.usecases.background import Background
    from clerk_desktop.usecases.catalogue import Catalogue
    from clerk_desktop.usecases.day_account import DayAccounts
    from clerk_desktop.usecases.dispositions import Dispositions
    from clerk_desktop.usecases.doctor import Doctor
    from clerk_desktop.usecases.export import Export
    from clerk_desktop.usecases.filing import Filing
    from clerk_desktop.usecases.inbox import Inbox
    from clerk_desktop.usecases.marks import Marks
    from clerk_desktop.usecases.news import News
    from clerk_desktop.usecases.pages import Pages
    from clerk_desktop.usecases.pins import Pins
    from clerk_desktop.usecases.rearranging import Rearranging
    from clerk_desktop.usecases.scan_folders import ScanFolders
    from clerk_desktop.usecases.scanning import Scanning
    from clerk_desktop.usecases.search import Search
    from clerk_desktop.usecases.sheets import Sheets
    from clerk_desktop.usecases.standing import WhatStands
    from clerk_desktop.usecases.transfer_notes import TransferNotes
    from clerk_desktop.usecases.transfers import Transfers
    from clerk_desktop.usecases.worklist import Worklist


class Desk(Protocol):
    """An open profile. Each use case is made when it is first asked for: a start pays only for what it shows."""

    @property
    def clock(self) -> Clock:
        """The office's time."""

    @property
    def feed(self) -> Feed:
        """What changed in the store, by whichever process."""

    @property
    def settings(self) -> SettingsFiles:
        """Settings of this profile and of the machine."""

    @property
    def locks(self) -> Locks:
        """The roles of this profile."""

    @property
    def worklist(self) -> Worklist:
        """Cases."""

    @property
    def search(self) -> Search:
        """Finding cases and documents."""

    @property
    def inbox(self) -> Inbox:
        """Documents not filed yet."""

    @property
    def filing(self) -> Filing:
        """Putting documents into cases."""

    @property
    def transfers(self) -> Transfers:
        """What moves, and what needs help."""

    @property
    def day_accounts(self) -> DayAccounts:
        """Did everything that went in arrive? On paper and in files."""

    @property
    def transfer_notes(self) -> TransferNotes:
        """What was done to each scan, chained."""

    @property
    def sheets(self) -> Sheets:
        """Separator sheets to print."""

    @property
    def scan_folders(self) -> ScanFolders:
        """The watched folders."""

    @property
    def scanning(self) -> Scanning:
        """Scanners on the network."""

    @property
    def accounts(self) -> Accounts:
        """Who is signed in where."""

    @property
    def export(self) -> Export:
        """Documents out of the store."""

    @property
    def background(self) -> Background:
        """Intake and exchange."""

    @property
    def administration(self) -> Administration:
        """The server before clerks begin."""

    @property
    def doctor(self) -> Doctor:
        """How the workstation is."""

    @property
    def catalogue(self) -> Catalogue:
        """What the office agreed on: filing plan, kinds, people."""

    @property
    def marks(self) -> Marks:
        """Marks on documents."""

    @property
    def pages(self) -> Pages:
        """Pages to look at."""

    @property
    def rearranging(self) -> Rearranging:
        """Pages put into other letters."""

    @property
    def dispositions(self) -> Dispositions:
        """What is ordered in cases."""

    @property
    def pins(self) -> Pins:
        """Cases that are available offline."""

    @property
    def standing(self) -> WhatStands:
        """Counts and the state of the connection."""

    @property
    def news(self) -> News:
        """What is told without being asked for."""

    def make_ready(self) -> None:
        """Make every use case; from a thread beside the window, so that no click has to wait for an import."""

    def close(self) -> None:
        """End connections, workers and the store; also at the end of a ``with`` block."""

    def __enter__(self) -> Desk: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
