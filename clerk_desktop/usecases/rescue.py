"""The way out when the store is damaged or its key is gone: repair it, or save unsent work and begin anew.

Nothing is overwritten: what was found is moved aside, dated, and stays until the profile is purged.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from clerk_desktop.model.errors import KeyLost, StoreDamaged
from clerk_desktop.model.salvage import Outcome, Rescued, Salvaged
from clerk_desktop.model.texts import N_
from clerk_desktop.store.blobs import Blobs
from clerk_desktop.store.database import Damage, DatabaseFile
from clerk_desktop.store.keys import derive
from clerk_desktop.store.migrate import migrations
from clerk_desktop.store.salvage import salvage
from clerk_desktop.store.store import Store
from clerk_desktop.system.clock import Clock, SystemClock
from clerk_desktop.system.locks import Locks, Role
from clerk_desktop.system.paths import Profile
from clerk_desktop.system.secrets import KeyringSecrets
from clerk_desktop.system.store_key import StoreKey
from clerk_desktop.system.texts import Texts
from clerk_desktop.system.unlock import profile_id, unlock
from clerk_desktop.usecases.unsent import UnsentFiles

WAIT_SECONDS = 30.0
OUTCOMES = {
    Outcome.WHOLE: N_("The local store is whole; nothing was changed."),
    Outcome.REPAIRED: N_("The local store was repaired; nothing is missing."),
    Outcome.BEGUN_ANEW: N_("The local store was begun anew. The next exchange fetches everything that the server has."),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Rescue:
    """Of one profile. ``key`` is None when it is gone for good; ``locks`` are the profile's roles."""

    profile: Profile
    key: StoreKey | None
    clock: Clock
    locks: Locks

    def run(self, export_to: Path, texts: Texts) -> Rescued:
        """Deal with it. Unsent work that cannot stay in the store is written into a new folder in ``export_to``.

        The caller holds the window's role. Raises ``RoleTaken`` while somebody takes in or synchronises, ``NotWritten``
        and ``DiskFull``: then everything is as before.
        """
        with self.locks.take(Role.INTAKE, WAIT_SECONDS), self.locks.take(Role.SYNC, WAIT_SECONDS):
            if self.key is None:
                return self._without_key()
            return self._whole(self.key) or self._damaged(self.key, export_to, texts)

    def _whole(self, key: StoreKey) -> Rescued | None:
        try:
            with closing(Store.open(self.profile.home, key, self.clock)) as store:
                store.prove_whole()
        except StoreDamaged:
            return None
        return Rescued(outcome=Outcome.WHOLE)

    def _damaged(self, key: StoreKey, export_to: Path, texts: Texts) -> Rescued:
        file = DatabaseFile(self.profile.store, derive(key))
        before = file.damage()
        with salvage(file) as damaged:
            whole = damaged.rebuilt(migrations())
            if whole is not None:
                return Rescued(outcome=Outcome.REPAIRED, kept=self._kept(before, file.set_aside(whole)))
            found = damaged.read()
        export = None
        if found.outbox or found.marks:
            blobs = Blobs(self.profile.blobs, file.keys, self.clock)
            export = UnsentFiles(found, texts, blobs.read).write(export_to, self.clock.now())
        kept = file.set_aside()
        self._begin_anew(key, found)
        return Rescued(
            outcome=Outcome.BEGUN_ANEW,
            kept=self._kept(before, kept),
            export=export,
            operations=len(found.outbox),
            complete=found.complete,
        )

    def _kept(self, before: Damage | None, now: str) -> Path:
        """Return where the files are as the damage was found: what a log lost is in the first copy only."""
        return self.profile.store / (before.kept if before is not None and before.log_only else now)

    def _without_key(self) -> Rescued:
        """Nobody can read the store any more: move it aside whole, so that the next start makes a new one."""
        day = f"{self.clock.now():%Y-%m-%d}"
        kept = self.profile.home / f"store-without-key-{day}-{len(self.profile.without_key(day)) + 1}"
        self.profile.store.rename(kept)
        if self.profile.key_file.exists():
            self.profile.key_file.rename(kept / self.profile.key_file.name)
        return Rescued(outcome=Outcome.BEGUN_ANEW, kept=kept, complete=False)

    def _begin_anew(self, key: StoreKey, found: Salvaged) -> None:
        """Keep who is signed in and what is watched, so that the next exchange fetches everything."""
        with closing(Store.open(self.profile.home, key, self.clock)) as store, store.write() as session:
            if found.account is not None:
                session.account.put(found.account)
            for folder in found.folders:
                session.folders.add(folder)
            for name, secret in found.secrets.items():
                session.secrets.put(name, secret)


def open_rescue(home: Path, passphrase: str | None, clock: Clock | None = None) -> Rescue:
    """Return the way out for a profile whose store is damaged or whose key is gone.

    Raises ``StoreError`` where the key is there and cannot be had now: wrong passphrase, locked keyring.
    """
    profile = Profile(home.expanduser().resolve())
    profile.prepare()
    try:
        key = unlock(profile, passphrase, KeyringSecrets(profile_id(profile)))
    except KeyLost:
        key = None
    return Rescue(profile=profile, key=key, clock=clock or SystemClock(), locks=Locks(profile.locks))


def rescued_text(texts: Texts, done: Rescued) -> list[str]:
    """Say what a rescue did and where everything lies."""
    _ = texts.gettext
    lines = [_(OUTCOMES[done.outcome])]
    if done.export is not None:
        lines.append(_("Unsent work was saved as files, to be entered again: {folder}").format(folder=done.export))
    if not done.complete:
        lines.append(_("Some of the store could not be read any more; there may have been further work."))
    if done.kept is not None:
        lines.append(_("The damaged files are kept, encrypted as they were: {folder}").format(folder=done.kept))
    return lines
