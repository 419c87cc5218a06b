"""New stores for tests that are about something else: made once as the program makes them, then copied.

Making one takes four times as long as opening one, and thousands of tests need one. That a copy is what the program
would have made is proven in ``tests/store/test_new_store.py``; how one is made, in ``tests/store/test_opening.py``.
"""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from clerk_desktop.store.store import Store
from clerk_desktop.system.clock import Clock
from clerk_desktop.system.paths import Profile
from clerk_desktop.system.store_key import StoreKey


def open_store(home: Path, key: StoreKey, clock: Clock | None = None, kind: type[Store] = Store) -> Store:
    """Return the store of the profile in ``home`` as ``Store.open`` does."""
    profile = Profile(home)
    profile.prepare()
    if not any(profile.store.glob("*.*")):
        for name, (content, mode) in _files(key.secret).items():
            (profile.store / name).write_bytes(content)
            (profile.store / name).chmod(mode)
    return kind.open(home, key, clock)


@cache
def _files(secret: bytes) -> dict[str, tuple[bytes, int]]:
    """Return the files of a new store by name, each with its permissions."""
    with tempfile.TemporaryDirectory() as folder:
        profile = Profile(Path(folder))
        Store.open(profile.home, StoreKey(secret)).close()
        files = [path for path in profile.store.iterdir() if path.is_file()]
        return {path.name: (path.read_bytes(), path.stat().st_mode & 0o777) for path in files}
