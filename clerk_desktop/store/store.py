"""The store as everybody opens it: transactions on the encrypted database, and the encrypted content beside it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import apsw

from clerk_desktop.model.changes import Change
from clerk_desktop.model.errors import StoreBusy, StoreDamaged
from clerk_desktop.store.blobs import Blobs
from clerk_desktop.store.connections import Connections
from clerk_desktop.store.database import BUSY_MILLISECONDS, DatabaseFile
from clerk_desktop.store.failures import named
from clerk_desktop.store.keys import derive
from clerk_desktop.store.migrate import Migration, migrate, migrations
from clerk_desktop.store.neighbours import Neighbours
from clerk_desktop.store.session import Session
from clerk_desktop.store.statements import Statements
from clerk_desktop.store.turns import Turns
from clerk_desktop.store.wal import Log
from clerk_desktop.system.clock import Clock, SystemClock
from clerk_desktop.system.locks import Locks
from clerk_desktop.system.paths import Profile
from clerk_desktop.system.store_key import StoreKey

CLOSE_SECONDS = 10.0
CHANGES_KEPT = 100_000


class Store:
    """The encrypted store of one profile; may be used by any number of threads and processes.

    Everything done with it raises ``DiskFull``, ``StoreBusy``, ``StoreFailed`` or ``StoreDamaged`` when it has to;
    the transaction is rolled back then.
    """

    def __init__(
        self,
        file: DatabaseFile,
        blobs: Blobs,
        clock: Clock,
        steps: tuple[Migration, ...],
        neighbours: Neighbours,
    ) -> None:
        self.blobs = blobs
        self._file = file
        self._clock = clock
        self._steps = steps
        self._connections = Connections(file.connect)
        self._writing = Turns()
        self._neighbours = neighbours
        self._mine = threading.local()
        self._state = threading.Condition()
        self._sessions = 0
        self._closed = False

    @classmethod
    def open(
        cls, home: Path, key: StoreKey, clock: Clock | None = None, steps: tuple[Migration, ...] | None = None
    ) -> Store:
        """Return the store of the profile in ``home``; makes it at the first use and brings it to the newest schema.

        Raises ``WrongKey`` and ``StoreTooNew`` (nothing was changed), ``StoreDamaged`` (a copy was kept),
        ``DiskFull``, ``StoreBusy``, ``StoreFailed``, ``ProfileNotLocal``.
        """
        profile = Profile(home)
        profile.prepare()
        keys = derive(key)
        file = DatabaseFile(profile.store, keys)
        time = clock or SystemClock()
        blobs = Blobs(profile.blobs, keys, time)
        neighbours = Neighbours(Locks(profile.locks))
        store = cls(file, blobs, time, migrations() if steps is None else steps, neighbours)
        try:
            with named(file.keep_damaged, file.is_full):
                file.check_key()
                log = Log.look(file.log_path)
                store._trust()
                store._check_log(log)
                store._prepare()
                blobs.clear_leftovers()
        except BaseException:
            store.close()
            raise
        return store

    @staticmethod
    def set_aside(home: Path, key: StoreKey) -> str:
        """Move a damaged database out of the way, so that the next opening starts an empty one.

        Returns the name of the folder in the store's folder that keeps it. Content stays. Nobody may have it open:
        take the roles first.
        """
        return DatabaseFile(Profile(home).store, derive(key)).set_aside()

    @contextmanager
    def write(self) -> Iterator[Session]:
        """Give a session that writes: all of it is committed at the end of the block, or nothing when it raises."""
        with (
            self._writing.taken(BUSY_MILLISECONDS / 1000),
            self._transaction(self._neighbours.begin, writable=True) as session,
        ):
            yield session

    def writers_waiting(self) -> int:
        """Return how many wait until who writes now is done: threads of this process, which get their turn in order,
        and one more for all other processes.
        """
        return self._writing.waiting() + self.neighbours_are_waiting()

    def neighbours_are_waiting(self) -> bool:
        """Tell whether another process waits until who writes now is done. It looks every 2 ms whether it may."""
        return self._neighbours.are_waiting()

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Give a session that sees the store as it is now, whatever others write meanwhile."""
        with self._transaction(_begin_reading, writable=False) as session:
            yield session

    def data_version(self) -> int:
        """Return a number that differs whenever any thread or process committed since this thread's last call."""
        with self._in_use() as connection:
            return int(connection.pragma("data_version")) + connection.total_changes()

    def verify(self) -> tuple[str, ...]:
        """Read every page; returns what SQLite finds wrong, nothing when all is well. Raises ``StoreDamaged``."""
        with self._in_use() as connection, named(self._file.keep_damaged, self._file.is_full):
            found = [str(row[0]) for row in connection.execute("PRAGMA integrity_check")]
        return () if found == ["ok"] else tuple(found)

    def prove_whole(self) -> None:
        """Read every page. Raises ``StoreDamaged`` (a copy was kept) when anything is wrong."""
        if self.verify():
            raise StoreDamaged(kept=self._file.keep_damaged())

    def stamp(self) -> int:
        """Return ``data_version``: the store is a ``system.bus.Feed``."""
        return self.data_version()

    def last(self) -> int:
        """Return the newest ``seq`` of the change feed, 0 when nothing was ever written."""
        with self.read() as session:
            return session.changes.last()

    def after(self, seq: int, limit: int) -> tuple[Change, ...]:
        """Return up to ``limit`` changes behind ``seq``, oldest first."""
        with self.read() as session:
            return session.changes.after(seq, limit)

    def close(self) -> None:
        """Wait for the sessions of other threads, then close all connections. A second call does nothing."""
        with self._state:
            self._closed = True
            self._state.wait_for(lambda: self._sessions == 0, timeout=CLOSE_SECONDS)
            if self._sessions:
                raise StoreBusy
        self._connections.close_all()

    def _trust(self) -> None:
        """Open no database that was found damaged, unless it proves to be whole after all."""
        damage = self._file.damage()
        if damage is None:
            return
        if damage.log_only:
            raise StoreDamaged(kept=damage.kept)
        self.prove_whole()
        self._file.is_whole()

    def _check_log(self, log: Log) -> None:
        """Raise ``StoreDamaged`` when SQLite passed over work that was committed in the log.

        How far it reads is what a checkpoint tells; the wal-index must not be opened here, because closing it would end
        SQLite's locks (https://sqlite.org/howtocorrupt.html, section 2.2).
        """
        if not log.commits:
            return
        frames = 0
        if log.sound:
            try:
                frames, _ = self._connections.mine().wal_checkpoint()
            except (apsw.FullError, apsw.BusyError, apsw.IOError):
                return  # it is looked at with the next opening
        if log.passed_over(frames) and log.is_broken(self._file.log_path):
            raise StoreDamaged(kept=self._file.keep_damaged(log_only=True))

    def _prepare(self) -> None:
        connection = self._connections.mine()
        migrate(connection, self._file, self._steps)
        connection.execute("DELETE FROM changes WHERE seq <= (SELECT max(seq) FROM changes) - ?", (CHANGES_KEPT,))

    @contextmanager
    def _transaction(self, begin: Callable[[apsw.Connection], None], *, writable: bool) -> Iterator[Session]:
        if getattr(self._mine, "inside", False):
            raise RuntimeError("this thread is in a session already")
        with self._in_use() as connection, named(self._file.keep_damaged, lambda: self._file.is_full(connection)):
            statements = Statements(connection, writable=writable)
            self._mine.inside = True
            try:
                begin(connection)
                yield Session(statements, self._clock)
                statements.append_notes()
                statements.end()
                connection.execute("COMMIT")
            finally:
                self._mine.inside = False
                statements.end()
                if connection.in_transaction:
                    connection.execute("ROLLBACK")

    @contextmanager
    def _in_use(self) -> Iterator[apsw.Connection]:
        with self._state:
            if self._closed:
                raise RuntimeError("the store is closed")
            self._sessions += 1
        try:
            with named(self._file.keep_damaged, self._file.is_full):
                connection = self._connections.mine()
            yield connection
        finally:
            with self._state:
                self._sessions -= 1
                self._state.notify_all()


def _begin_reading(connection: apsw.Connection) -> None:
    """Begin a transaction that sees the store as it is at this moment, not as it is at the first look."""
    connection.execute("BEGIN")
    connection.execute("SELECT count(*) FROM sqlite_schema WHERE 0").fetchall()
