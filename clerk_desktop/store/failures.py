"""What SQLite says, in our words. No error of the database library leaves the store unnamed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import apsw

from clerk_desktop.model.errors import DiskFull, StoreBusy, StoreDamaged, StoreFailed
from clerk_desktop.system.files import disk_full_named


@contextmanager
def named(keep_damaged: Callable[[], str], is_full: Callable[[], bool]) -> Iterator[None]:
    """Turn errors of SQLite and of a full disk into those of ``model.errors``.

    ``keep_damaged`` keeps a copy of the damaged files and returns its name; ``is_full`` tells whether an I/O error,
    which is what SQLite makes of a full disk at some places, comes from that.
    A violated constraint stays as it is: that is our mistake, not the user's.
    """
    try:
        with disk_full_named():
            yield
    except apsw.FullError as error:
        raise DiskFull from error
    except (apsw.CorruptError, apsw.NotADBError) as error:
        raise StoreDamaged(kept=keep_damaged()) from error
    except (apsw.BusyError, apsw.LockedError) as error:
        raise StoreBusy from error
    except apsw.IOError as error:
        if is_full():
            raise DiskFull from error
        raise StoreFailed from error
    except (apsw.CantOpenError, apsw.ReadOnlyError, apsw.PermissionsError) as error:
        raise StoreFailed from error
