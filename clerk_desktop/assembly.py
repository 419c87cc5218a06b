"""The composition root: the only file that names adapters. Opens a profile and puts the use cases together.

Each room is imported where it is first needed: a start pays only for what it shows.
"""

from __future__ import annotations

import random
import threading
import time
from contextlib import ExitStack, closing
from datetime import datetime
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Self

from clerk_desktop.store.secrets import StoreSecrets
from clerk_desktop.store.store import Store
from clerk_desktop.system.clock import Clock, SystemClock, office_zone
from clerk_desktop.system.locks import Locks
from clerk_desktop.system.paths import Profile, policy_file
from clerk_desktop.system.resources import resources_folder
from clerk_desktop.system.secrets import KeyringSecrets, SecretStore, TokensApart
from clerk_desktop.system.settings import QUIET_SECONDS, SettingsFiles
from clerk_desktop.system.unlock import profile_id, unlock, uses_passphrase
from clerk_desktop.usecases.accounts import Accounts
from clerk_desktop.usecases.letting_go import LettingGo
from clerk_desktop.usecases.purge import finish_purge, nobody_at_work, purge

if TYPE_CHECKING:
    from clerk_desktop.backend.entry import Entry
    from clerk_desktop.backend.port import Backend
    from clerk_desktop.intake.pipeline import Intake
    from clerk_desktop.model.exchange import MarksFormat
    from clerk_desktop.model.pin import Keeping
    from clerk_desktop.sync.content import Contents
    from clerk_desktop.sync.engine import Sync
    from clerk_desktop.usecases.administration import Administration
    from clerk_desktop.usecases.background import Background
    from clerk_desktop.usecases.catalogue import Catalogue
    from clerk_desktop.usecases.contents import DocumentContents
    from clerk_desktop.usecases.day_account import DayAccounts
    from clerk_desktop.usecases.desk import Desk
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
    from clerk_desktop.usecases.work import Exchange
    from clerk_desktop.usecases.worklist import Worklist
    from clerk_desktop.workers.host import WorkerHost

MAPPINGS = "dms-mappings"
TYPES = "cmis-types"
SELF_TEST_PICTURE = "self-test.png"


def open_desk(home: Path, passphrase: str | None, clock: Clock | None = None) -> Desk:
    """Open the profile in ``home`` and return everything a window or a command can ask for.

    Raises ``StoreError``: wrong or missing key, damaged or newer store, network drive, full disk.
    """
    profile = Profile(home.expanduser().resolve())
    profile.prepare()
    keyring = KeyringSecrets(profile_id(profile))
    finish_purge(profile, keyring)
    key = unlock(profile, passphrase, keyring)
    time_of = clock or SystemClock()
    store = Store.open(profile.home, key, time_of)
    inside = StoreSecrets(store)
    secrets: SecretStore = inside if uses_passphrase(profile) else TokensApart(keyring, inside)
    return Workshop(profile=profile, store=store, secrets=secrets, keyring=keyring, clock=time_of)


class Foundation:
    """What every use case of an open profile stands on: store, connection, content, workers.

    ``host``: worker processes that others use too and that outlive the profile; its own, once needed, if none is given.
    """

    def __init__(
        self,
        *,
        profile: Profile,
        store: Store,
        secrets: SecretStore,
        keyring: SecretStore,
        clock: Clock,
        host: WorkerHost | None = None,
    ) -> None:
        self.clock = clock
        self.feed = store
        self.settings = SettingsFiles(profile.settings_file, policy_file())
        self.locks = Locks(profile.locks)
        self._letting_go = LettingGo(store, self._rule, profile.opened, clock)
        self.accounts = Accounts(
            store=store,
            secrets=secrets,
            sign_in=lambda request, fresh: self._entry.sign_in(request, fresh),
            sign_out=lambda account: self._entry.sign_out(account),
            certificate_locked=lambda: self._entry.certificate_locked(),
            mappings=lambda: self._entry.known_mappings(),
            let_go=self._letting_go.go,
            make_room=self._letting_go.make_room,
            alone=partial(nobody_at_work, self.locks),
            destroy=lambda: purge(profile, keyring, self.close),
        )
        self._profile = profile
        self._store = store
        self._secrets = secrets
        self._host = host
        self._one_at_a_time = threading.RLock()
        self._ends = ExitStack()
        self._ends.callback(store.close)

    def close(self) -> None:
        """End connections, workers and the store."""
        self._ends.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @cached_property
    def _contents(self) -> Contents:
        from clerk_desktop.sync.content import Contents

        made = Contents(self._store, self._connect)
        self._ends.callback(made.close)
        return made

    @cached_property
    def _entry(self) -> Entry:
        from clerk_desktop.backend.entry import Entry

        mappings, types = (resources_folder() / each for each in (MAPPINGS, TYPES))
        return Entry(settings=self.settings, secrets=self._secrets, mappings=mappings, types=types, locks=self.locks)

    @cached_property
    def _document_contents(self) -> DocumentContents:
        from clerk_desktop.usecases.contents import DocumentContents

        return DocumentContents(self._store, lambda document_id: self._contents.fetch(document_id), self.host)

    @cached_property
    def _marks_format(self) -> MarksFormat:
        from clerk_desktop.documents.xfdf import Xfdf

        return Xfdf()

    def host(self) -> WorkerHost:
        """Return the worker processes."""
        from clerk_desktop.usecases.readers import worker_host

        with self._one_at_a_time:
            if self._host is None:
                self._host = worker_host(self.settings.load())
                self._ends.callback(self._host.close)
            return self._host

    def _connect(self) -> Backend:
        return self._entry.connect(self.accounts.signed_in())

    def _rule(self) -> Keeping:
        from clerk_desktop.usecases.pins import keeping

        return keeping(self.settings)


class Workshop(Foundation):
    """The desk of an open profile: makes each use case once and only when it is first used."""

    def make_ready(self) -> None:
        """Make every use case now."""
        for kind in type(self).__mro__:
            for name, made in vars(kind).items():
                if isinstance(made, cached_property):
                    getattr(self, name)

    @cached_property
    def worklist(self) -> Worklist:
        from clerk_desktop.usecases.worklist import Worklist

        return Worklist(self._store, self.clock)

    @cached_property
    def search(self) -> Search:
        from clerk_desktop.usecases.search import Search

        made = Search(self._store, self._document_contents, self._connect)
        self._ends.callback(made.close)
        return made

    @cached_property
    def inbox(self) -> Inbox:
        from clerk_desktop.usecases.inbox import Inbox

        return Inbox(self._store)

    @cached_property
    def filing(self) -> Filing:
        from clerk_desktop.usecases.filing import Filing

        return Filing(self._store, self.clock)

    @cached_property
    def transfers(self) -> Transfers:
        from clerk_desktop.usecases.transfers import Transfers

        return Transfers(self._store, self.clock, office_zone())

    @cached_property
    def day_accounts(self) -> DayAccounts:
        from clerk_desktop.documents.printed_paper import PaperPrinter
        from clerk_desktop.usecases.day_account import DayAccounts

        return DayAccounts(self._store, self.clock, office_zone(), PaperPrinter())

    @cached_property
    def transfer_notes(self) -> TransferNotes:
        from clerk_desktop.documents.printed_paper import PaperPrinter
        from clerk_desktop.usecases.transfer_notes import TransferNotes

        return TransferNotes(self._store, office_zone(), PaperPrinter())

    @cached_property
    def sheets(self) -> Sheets:
        from clerk_desktop.documents.printed_paper import PaperPrinter
        from clerk_desktop.usecases.sheets import Sheets

        return Sheets(PaperPrinter())

    @cached_property
    def scan_folders(self) -> ScanFolders:
        from clerk_desktop.usecases.scan_folders import ScanFolders

        return ScanFolders(self._store)

    @cached_property
    def scanning(self) -> Scanning:
        from clerk_desktop.scanners.network import NetworkScanners
        from clerk_desktop.usecases.scanning import Scanning

        scanners = NetworkScanners(self._entry.device_transport, self.settings)
        return Scanning(self._store, scanners, self.host, self.clock, office_zone(), profile_id(self._profile))

    @cached_property
    def pins(self) -> Pins:
        from clerk_desktop.usecases.pins import Pins

        return Pins(self._store, self.clock, self._rule, self._letting_go.what_may)

    @cached_property
    def dispositions(self) -> Dispositions:
        from clerk_desktop.usecases.dispositions import Dispositions

        return Dispositions(self._store, self.clock)

    @cached_property
    def catalogue(self) -> Catalogue:
        from clerk_desktop.usecases.catalogue import Catalogue

        return Catalogue(self._store)

    @cached_property
    def standing(self) -> WhatStands:
        from clerk_desktop.usecases.standing import WhatStands

        return WhatStands(self._store)

    @cached_property
    def news(self) -> News:
        from clerk_desktop.usecases.news import News

        return News(self._store)

    @cached_property
    def pages(self) -> Pages:
        from clerk_desktop.usecases.pages import Pages

        return Pages(self._document_contents)

    @cached_property
    def rearranging(self) -> Rearranging:
        from clerk_desktop.usecases.rearranging import Rearranging

        return Rearranging(self._store, self.clock, self._document_contents, profile_id(self._profile))

    @cached_property
    def marks(self) -> Marks:
        from clerk_desktop.usecases.marks import Marks

        return Marks(self._store, self.clock, self._marks_format)

    @cached_property
    def export(self) -> Export:
        from clerk_desktop.usecases.export import Export

        return Export(self._store, self._document_contents, self.marks, self._profile.opened)

    @cached_property
    def background(self) -> Background:
        from clerk_desktop.usecases.background import Background
        from clerk_desktop.usecases.rounds import Rounds
        from clerk_desktop.usecases.work import TakeIn

        take_in = TakeIn(clock=self.clock, intake=self._intake, wait=time.sleep)
        return Background(
            rounds=Rounds(store=self._store, locks=self.locks, wait=time.sleep),
            watch=take_in.as_due,
            take_in=take_in.as_it_stands,
            take_in_all=take_in.until_done,
            exchange=self._exchange.now,
            keep_up=self._exchange.keep_up,
            index=self.search.indexing.run_once,
            read_text=self.search.texts.run_once,
            quiet_seconds=self.settings.load().value(QUIET_SECONDS),
        )

    @cached_property
    def doctor(self) -> Doctor:
        from clerk_desktop.usecases.doctor import Doctor, product
        from clerk_desktop.usecases.self_test import SelfTest

        proof = SelfTest(self.host, self._store, resources_folder() / SELF_TEST_PICTURE)
        return Doctor(
            store=self._store,
            home=self._profile.home,
            keeper="passphrase" if uses_passphrase(self._profile) else "keyring",
            server=partial(product, self._connect),
            recognition=proof.recognition,
            settings=self.settings,
            self_tests=proof.named(),
        )

    @cached_property
    def administration(self) -> Administration:
        from clerk_desktop.usecases.administration import Administration

        return Administration(enter=self._entry.administer)

    @cached_property
    def _exchange(self) -> Exchange:
        from clerk_desktop.usecases.work import Exchange

        made = Exchange(store=self._store, clock=self.clock, sync=self._sync, settle=self._settle, jitter=random.random)
        self._ends.callback(made.close)
        return made

    def _intake(self) -> Intake:
        from clerk_desktop.intake.pipeline import Intake
        from clerk_desktop.intake.scan_folder import Timings
        from clerk_desktop.usecases.office import office_settings

        station = profile_id(self._profile)
        return Intake(
            self._store,
            self.host(),
            station,
            office=partial(office_settings, self._store),
            zone=office_zone(),
            clock=self.clock,
            ticks=time.monotonic,
            timings=Timings(quiet=self.settings.load().value(QUIET_SECONDS)),
            # last, when nothing can fail any more: it listens until the end
            attention=self._ends.enter_context(closing(self.scan_folders.attention(station))),
        )

    def _settle(self, now: datetime) -> None:
        from clerk_desktop.intake.progress import LoggingWitness
        from clerk_desktop.intake.settle import Settler

        Settler(self._store, profile_id(self._profile), office_zone(), LoggingWitness()).run_once(now)

    def _sync(self) -> Sync:
        from clerk_desktop.sync.engine import Sync

        jitter, marks = random.random, self._marks_format
        return Sync(store=self._store, connect=self._connect, jitter=jitter, marks=marks, keeping=self._rule)
