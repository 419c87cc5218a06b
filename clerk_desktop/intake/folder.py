"""Looks into a scan folder: the truth about what lies there. Events of the operating system are only hints.

Responsible for listing, nothing else. A folder that is absent (a share that is offline) is not an empty folder.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from clerk_desktop.intake.ignored import LEASE_MARK, why_ignored
from clerk_desktop.intake.stability import Stamp

MAX_DEPTH = 8
WINDOWS_JUNCTION = 0xA0000003  # IO_REPARSE_TAG_MOUNT_POINT (Windows "Reparse Point Tags")


@dataclass(frozen=True, kw_only=True, slots=True)
class Listing:
    """What lies in a folder. ``files``: path relative to the folder, with ``/``, to its stamp.

    ``present`` is False when the folder, or a part of it, could not be read: then nothing may be concluded from what
    is missing. ``refused``: entries that are no files, such as symbolic links, which could lead out of the folder, and
    names that are no text;
    their stamps are their own, not of what they point to. ``leases``: files that say which station takes a letter.
    """

    present: bool
    files: dict[str, Stamp] = field(default_factory=dict)
    refused: dict[str, Stamp] = field(default_factory=dict)
    leases: tuple[str, ...] = ()


def rescan(folder: Path) -> Listing:
    """List a scan folder and its sub-folders."""
    files: dict[str, Stamp] = {}
    refused: dict[str, Stamp] = {}
    leases: list[str] = []
    present = True
    waiting = [("", 0)]
    while waiting:
        inside, depth = waiting.pop()
        try:
            for entry, path in _entries(folder, inside):
                if entry.is_dir(follow_symlinks=False) and not _leads_elsewhere(entry):
                    if depth < MAX_DEPTH and why_ignored(entry.name, folder=True) is None:
                        waiting.append((path, depth + 1))
                elif LEASE_MARK in entry.name:
                    leases.append(path)
                elif why_ignored(entry.name) is None:
                    facts = _facts(entry)
                    if facts is not None:
                        (files if stat.S_ISREG(facts.st_mode) and _is_text(path) else refused)[path] = _stamp(facts)
        except FileNotFoundError:
            present = present and bool(inside)
        except OSError:
            present = False
    return Listing(present=present, files=files, refused=refused, leases=tuple(leases))


def stamp_of(path: Path) -> Stamp | None:
    """Return how a file looks now; None when there is no regular file of that name. Raises ``OSError``."""
    try:
        facts = os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    return _stamp(facts) if stat.S_ISREG(facts.st_mode) else None


def _entries(folder: Path, inside: str) -> Iterator[tuple[os.DirEntry[str], str]]:
    with os.scandir(folder / inside) as entries:
        for entry in entries:
            yield entry, f"{inside}/{entry.name}" if inside else entry.name


def _leads_elsewhere(entry: os.DirEntry[str]) -> bool:
    return getattr(entry.stat(follow_symlinks=False), "st_reparse_tag", 0) == WINDOWS_JUNCTION


def _is_text(path: str) -> bool:
    """Tell whether a name can be written down: on Linux a name may be any bytes."""
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _facts(entry: os.DirEntry[str]) -> os.stat_result | None:
    try:
        # Windows keeps size and time of an open file in the listing behind what they are: ask the file itself.
        return os.lstat(entry.path) if os.name == "nt" else entry.stat(follow_symlinks=False)
    except FileNotFoundError:
        return None


def _stamp(facts: os.stat_result) -> Stamp:
    return Stamp(size=facts.st_size, modified_ns=facts.st_mtime_ns)
