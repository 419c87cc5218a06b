"""Keeps a sample database of the newest schema, once it is released: ``python -m tests.store.samples.make``.

A released sample is never made again: it is what users' databases of that schema look like. Before the release of its
schema, ``--again`` replaces it.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from clerk_desktop.store.migrate import migrations
from clerk_desktop.store.store import Store
from tests.store.samples_of import KEY, FixedClock, fill


def main() -> None:
    target = Path(__file__).parent / f"{len(migrations()):04}.db"
    if target.exists() and "--again" not in sys.argv:
        raise SystemExit(f"{target.name} is there already")
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(Path(folder), KEY, FixedClock())
        fill(store)
        store.close()
        shutil.copyfile(Path(folder) / "store" / "clerk.db", target)


if __name__ == "__main__":
    main()
