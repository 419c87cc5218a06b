"""Ends a profile for good: its key first, then what was locked with it; what is interrupted ends at the next start."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable, Iterator

from clerk_desktop.model.errors import DiskFull, RoleTaken, StillAtWork
from clerk_desktop.system.files import write_whole
from clerk_desktop.system.locks import Locks, Role
from clerk_desktop.system.paths import Profile
from clerk_desktop.system.secrets import SecretStore
from clerk_desktop.system.unlock import forget_key, uses_passphrase
from clerk_desktop.usecases.copies import delete_all

IN_KEYRING = b"keyring"
WAIT_SECONDS = 30.0


@contextlib.contextmanager
def nobody_at_work(locks: Locks) -> Iterator[None]:
    """Keep others from taking in and synchronising; whoever has the window has its role already.

    Raises ``StillAtWork`` while somebody does.
    """
    with contextlib.ExitStack() as held:
        for role in (Role.INTAKE, Role.SYNC):
            try:
                held.enter_context(locks.take(role, WAIT_SECONDS))
            except RoleTaken as error:
                raise StillAtWork from error
            except DiskFull:  # no room for the empty file that nobody has locked yet
                continue
        yield


def purge(profile: Profile, keyring: SecretStore, close: Callable[[], None]) -> None:
    """Destroy key and store, and plain copies; ``close`` ends everything that uses them.

    Raises ``KeyringMissing``, ``OSError`` where the key's file cannot be removed, or whatever else kept the key from
    going: then nothing was done.
    """
    with contextlib.suppress(DiskFull):  # it can be finished without the mark, if nothing interrupts it
        write_whole(profile.purge_mark, b"" if uses_passphrase(profile) else IN_KEYRING)
    try:
        forget_key(profile, keyring)
    except Exception:
        profile.purge_mark.unlink(missing_ok=True)
        raise
    close()
    _remove(profile)


def finish_purge(profile: Profile, keyring: SecretStore) -> None:
    """Go on with a purge that was interrupted, if there is one. Raises ``KeyringMissing``."""
    if not profile.purge_mark.exists():
        return
    if uses_passphrase(profile) or profile.purge_mark.read_bytes() == IN_KEYRING:
        forget_key(profile, keyring)
    _remove(profile)


def _remove(profile: Profile) -> None:
    delete_all(profile.opened)
    for place in (profile.store, *profile.without_key()):
        shutil.rmtree(place, ignore_errors=True)
    if not profile.database.exists():
        profile.purge_mark.unlink(missing_ok=True)
