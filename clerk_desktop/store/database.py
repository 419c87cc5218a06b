"""The encrypted database file: opening it with a key, telling a wrong key from a damaged file, keeping copies.

Cipher: ChaCha20-Poly1305 of SQLite3 Multiple Ciphers, one nonce and one tag per page, so that a changed page is
noticed (AES-CBC of the same library does not notice). The key is given raw: no key stretching, opening takes 0.5 ms
instead of 40 ms.
"""

from __future__ import annotations

import hashlib
import hmac
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import apsw

from clerk_desktop.model.errors import WrongKey
from clerk_desktop.store.keys import Keys
from clerk_desktop.system.files import FULL, disk_full_named, sync_folder, write_whole

CIPHER = "chacha20"
BUSY_MILLISECONDS = 10_000
CACHE_KIB = 32 * 1024
WAL_LIMIT_BYTES = 64 * 1024 * 1024
READ_BYTES = 1024 * 1024
LOG_ONLY = "log"
NO_SPACE_BYTES = 256 * 1024  # SQLite could not even make its shared memory


@dataclass(frozen=True, slots=True)
class Damage:
    """A damage of the database. ``kept``: the folder with the copy; ``log_only``: the write-ahead log lost work."""

    kept: str
    log_only: bool


@dataclass(frozen=True, slots=True)
class DatabaseFile:
    """The database of a profile; ``folder`` is ``Profile.store``."""

    folder: Path
    keys: Keys

    @property
    def path(self) -> Path:
        """The file itself; SQLite puts ``-wal`` and ``-shm`` beside it."""
        return self.folder / "clerk.db"

    @property
    def log_path(self) -> Path:
        """The write-ahead log, which is there while somebody works or after a crash."""
        return self.path.with_name(self.path.name + "-wal")

    @property
    def proof_path(self) -> Path:
        """Shows which key the database was made with, without telling it."""
        return self.folder / "key.proof"

    def exists(self) -> bool:
        """Tell whether something was ever written; SQLite makes an empty file before that."""
        return self.path.exists() and self.path.stat().st_size > 0

    def is_full(self, connection: apsw.Connection | None = None) -> bool:
        """Tell whether there is no space: by the connection's last error, or by what is left (some errors are lost)."""
        if connection is not None and connection.system_errno in FULL:
            return True
        return shutil.disk_usage(self.folder).free < NO_SPACE_BYTES

    def check_key(self) -> None:
        """Raise ``WrongKey`` when the database was made with another key. Changes nothing then."""
        proof = self.keys.proof.hex().encode()
        if not self.exists():
            write_whole(self.proof_path, proof)
        elif not self.proof_path.exists():
            self._try_key()
            write_whole(self.proof_path, proof)
        elif not hmac.compare_digest(self.proof_path.read_bytes().strip(), proof):
            raise WrongKey

    def connect(self) -> apsw.Connection:
        """Return a new connection with all settings made. The key must have been checked."""
        connection = self.connect_bare(self.path)
        try:
            connection.pragma("journal_mode", "wal")
            connection.pragma("synchronous", "full")
            connection.pragma("foreign_keys", True)
            connection.pragma("cache_size", -CACHE_KIB)
            connection.pragma("wal_autocheckpoint", 16_000)
            connection.pragma("journal_size_limit", WAL_LIMIT_BYTES)
        except apsw.Error:
            connection.close()
            raise
        return connection

    def connect_bare(self, path: Path) -> apsw.Connection:
        """Return a connection to a file with this key that has written nothing yet."""
        connection = apsw.Connection(str(path))
        connection.set_busy_timeout(BUSY_MILLISECONDS)
        connection.pragma("cipher", CIPHER)
        connection.pragma("key", f"raw:{self.keys.database.hex()}")
        connection.pragma("temp_store", "memory")
        connection.pragma("trusted_schema", False)
        return connection

    def backup(self, name: str) -> Path:
        """Keep a complete, equally encrypted copy beside the database, whole or not at all."""
        target, beside = self.folder / name, self.folder / f".{name}.part"
        with disk_full_named():
            beside.unlink(missing_ok=True)
            source, copy = self.connect_bare(self.path), self.connect_bare(beside)
            try:
                with copy.backup("main", source, "main") as work:
                    while not work.done:
                        work.step(-1)
                copy.pragma("journal_mode", "delete")
            finally:
                copy.close()
                source.close()
            beside.replace(target)
            sync_folder(self.folder)
        return target

    def keep_damaged(self, *, log_only: bool = False) -> str:
        """Copy the damaged files into a folder of their own, once per content; returns the folder's name.

        A mark beside the database says so until it proves to be whole; ``log_only``: until it is set aside, because
        what the write-ahead log lost does not show in the database.
        """
        with disk_full_named():
            kept = self._copy_of(self._digest())
            write_whole(self._mark, f"{kept.name}\n{LOG_ONLY if log_only else ''}".encode())
        return kept.name

    def damage(self) -> Damage | None:
        """Return the damage that was found here and is not dealt with, None for none."""
        try:
            name, _, rest = self._mark.read_text(encoding="utf-8").partition("\n")
        except FileNotFoundError:
            return None
        return Damage(kept=name, log_only=rest == LOG_ONLY)

    def is_whole(self) -> None:
        """Note that the database was read through and is well."""
        self._mark.unlink(missing_ok=True)

    def set_aside(self, new: Path | None = None) -> str:
        """Move the files away, so that the next opening starts an empty database, or ``new`` in its place.

        Returns the folder's name.
        """
        name = self.keep_damaged()
        for path in self.files():
            path.unlink(missing_ok=True)
        if new is not None:
            new.replace(self.path)
        self.is_whole()
        sync_folder(self.folder)
        return name

    def _digest(self) -> str:
        digest = hashlib.sha256()
        for path in self._kept_files():
            with path.open("rb") as file:
                while block := file.read(READ_BYTES):
                    digest.update(block)
        return digest.hexdigest()[:12]

    def _copy_of(self, digest: str) -> Path:
        """Return the folder with a copy of these files: dated by their last change, so that nobody mixes them up."""
        for known in self.folder.glob(f"damaged-*-{digest}"):
            return known
        day = datetime.fromtimestamp(self.path.stat().st_mtime, UTC).date()
        kept = self.folder / f"damaged-{day}-{digest}"
        beside = self.folder / f".{kept.name}.part"
        shutil.rmtree(beside, ignore_errors=True)
        beside.mkdir(mode=0o700)
        for path in self._kept_files():
            shutil.copy2(path, beside / path.name)
        beside.rename(kept)
        sync_folder(self.folder)
        return kept

    def _kept_files(self) -> list[Path]:
        """Without the wal-index, which is made anew and must not be opened while others use it."""
        return [path for path in self.files() if not path.name.endswith("-shm")]

    @property
    def _mark(self) -> Path:
        return self.folder / "damaged.mark"

    def files(self) -> tuple[Path, ...]:
        """Return the database and what SQLite puts beside it, as far as it is there."""
        places = (self.path, *(self.path.with_name(self.path.name + end) for end in ("-wal", "-shm", "-journal")))
        return tuple(place for place in places if place.exists())

    def _try_key(self) -> None:
        connection = self.connect_bare(self.path)
        try:
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchall()
        except apsw.NotADBError as error:
            raise WrongKey from error
        finally:
            connection.close()
