"""Where the original of a scan is now: in its place, settled by any station, renamed, or gone. Only looks."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from clerk_desktop.intake.folder import stamp_of
from clerk_desktop.intake.identity import NANOSECONDS
from clerk_desktop.intake.ignored import SETTLED_FOLDER
from clerk_desktop.intake.stability import Stamp
from clerk_desktop.model.ledger import ScannedFile

CHUNK = 1024 * 1024


class Whereabouts(Enum):
    """What became of an original."""

    IN_PLACE = "in-place"
    SETTLED = "settled"
    RENAMED = "renamed"
    REPLACED = "replaced"
    GONE = "gone"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Original:
    """Where an original is, as far as its folder can be seen; ``path`` where that is known."""

    whereabouts: Whereabouts
    path: Path | None = None


def find_original(folder: Path, file: ScannedFile, others: Mapping[str, Stamp] | None = None) -> Original:
    """Look for the original of a file. ``others``: what lies in the folder now, to recognise one that was renamed.

    ``UNKNOWN`` while the folder is absent: nothing may be concluded then.
    """
    place = Path(file.path)
    try:
        stamp = stamp_of(place)
        if stamp is not None and stamp == Stamp(size=file.size, modified_ns=file.modified_ns):
            return Original(Whereabouts.IN_PLACE, place)
        if not folder.is_dir():
            return Original(Whereabouts.UNKNOWN)
        settled = settled_original(folder, file)
    except OSError:
        return Original(Whereabouts.UNKNOWN)
    if settled is not None:
        return Original(Whereabouts.SETTLED, settled)
    for path, other in (others or {}).items():
        if other == Stamp(size=file.size, modified_ns=file.modified_ns):
            return Original(Whereabouts.RENAMED, folder / path)
    return Original(Whereabouts.GONE if stamp is None else Whereabouts.REPLACED)


def settled_original(folder: Path, file: ScannedFile) -> Path | None:
    """Return where an original was settled, by this station or another. Moving keeps size and time. ``OSError``."""
    base = folder / SETTLED_FOLDER
    if not base.is_dir():
        return None
    inside = relative(folder, file)
    for day in sorted(base.iterdir(), reverse=True):
        place = day / inside
        if not place.parent.is_dir():
            continue
        for candidate in counted(place):
            stamp = stamp_of(candidate)
            if stamp is None:
                break
            same = stamp.size == file.size and stamp.modified_ns // NANOSECONDS == file.modified_ns // NANOSECONDS
            if same and (not file.source_sha256 or sha256_of(candidate) == file.source_sha256):
                return candidate
    return None


def relative(folder: Path, file: ScannedFile) -> Path:
    """Return the path of a file inside its folder; its bare name when it is elsewhere."""
    path = Path(file.path)
    return path.relative_to(folder) if path.is_relative_to(folder) else Path(path.name)


def counted(place: Path) -> Iterator[Path]:
    """Yield its name, then the names a file gets when its own is taken: ``scan (2).pdf``, ``scan (3).pdf``."""
    yield place
    for number in range(2, 1_000):
        yield place.with_name(f"{place.stem} ({number}){place.suffix}")


def sha256_of(path: Path) -> str:
    """Return the hash of a file's content. Raises ``OSError``."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
