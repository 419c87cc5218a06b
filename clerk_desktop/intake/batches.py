"""Which files in a folder are one batch, and whether it has ended. Pure: reads no clock and no file.

A batch is written down as a whole in one transaction (``admission.py``), before any of its files is taken in: from then
on the ledger says what belongs together, whatever a crash leaves half done.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import PurePosixPath

from clerk_desktop.intake.identity import NANOSECONDS
from clerk_desktop.intake.scan_folder import Found
from clerk_desktop.model.batch import INDEX_ENDINGS, BatchMode
from clerk_desktop.model.errors import RefusalReason
from clerk_desktop.model.ledger import ScanFolder

NUMBER = re.compile(r"(\d+)$")


@dataclass(frozen=True, kw_only=True, slots=True)
class Batch:
    """Files that are one scan, its first page first. ``ready_in``: seconds after which it can be taken in if nothing
    more happens, 0 or less for now; ``reason``: what it waits for.
    """

    files: tuple[Found, ...]
    ready_in: float
    reason: RefusalReason = RefusalReason.STILL_GROWING


def is_index(name: str) -> bool:
    """Tell whether a file is an index file by its name."""
    return name.lower().endswith(INDEX_ENDINGS)


def batches(folder: ScanFolder, files: Iterable[Found], at: float) -> list[Batch]:
    """Put files together as the folder's rule says. ``at``: monotonic seconds."""
    known = tuple(files)
    match folder.batch:
        case BatchMode.SINGLE:
            return [Batch(files=(file,), ready_in=file.quiet_in) for file in known]
        case BatchMode.INDEX:
            return _with_index(folder, known, at)
        case BatchMode.PAGES:
            return [_ended_by_quiet(folder, run, at) for run in _runs(folder, known)]
        case BatchMode.PAGES_INDEX:
            return _ended_by_index(folder, known, at)


def numbers_missing(names: Sequence[str]) -> tuple[str, ...]:
    """Return the numbers that are left out between the pages of a batch, as they would be written; at most twenty."""
    numbers = [NUMBER.search(PurePosixPath(name).stem) for name in names]
    counted = sorted((int(found[1]), len(found[1])) for found in numbers if found is not None)
    if len(counted) < 2:
        return ()
    there = {number for number, _ in counted}
    width = counted[0][1]
    gaps = (number for number in range(counted[0][0], counted[-1][0]) if number not in there)
    return tuple(str(number).zfill(width) for number, _ in zip(gaps, range(20), strict=False))


def _series(file: Found) -> tuple[str, str]:
    """Return what pages of one series have in common: folder, and name up to its number."""
    path = PurePosixPath(file.inside)
    return str(path.parent), NUMBER.sub("", path.stem)


def _page_order(file: Found) -> tuple[int, str]:
    found = NUMBER.search(PurePosixPath(file.inside).stem)
    return (int(found[1]) if found is not None else 0), file.inside


def _runs(folder: ScanFolder, files: Sequence[Found]) -> list[list[Found]]:
    """Cut each series where the scanner rested for longer than a batch may."""
    runs: list[list[Found]] = []
    for _, members in groupby(sorted(files, key=lambda file: (_series(file), file.stamp.modified_ns)), key=_series):
        previous: Found | None = None
        for file in members:
            rested = previous is not None and (
                file.stamp.modified_ns - previous.stamp.modified_ns > folder.batch_quiet * NANOSECONDS
            )
            if previous is None or rested or NUMBER.search(PurePosixPath(file.inside).stem) is None:
                runs.append([])
            runs[-1].append(file)
            previous = file
    return runs


def _ended_by_quiet(folder: ScanFolder, run: Sequence[Found], at: float) -> Batch:
    last = max(file.sight.since for file in run)
    ready_in = max(last + folder.batch_quiet - at, *(file.quiet_in for file in run))
    return Batch(files=tuple(sorted(run, key=_page_order)), ready_in=ready_in, reason=RefusalReason.BATCH_OPEN)


def _ended_by_index(folder: ScanFolder, files: Sequence[Found], at: float) -> list[Batch]:
    """Give each index file the pages that were written before it; what has none waits for it, but not for ever."""
    found: list[Batch] = []
    by_place = sorted(files, key=lambda file: (_series(file)[0], file.stamp.modified_ns, is_index(file.inside)))
    for _, members in groupby(by_place, key=lambda file: _series(file)[0]):
        pages: list[Found] = []
        for file in members:
            if not is_index(file.inside):
                pages.append(file)
                continue
            whole = (*sorted(pages, key=_page_order), file)
            found.append(Batch(files=whole, ready_in=max(each.quiet_in for each in whole)))
            pages = []
        if pages:
            found += [_waiting(folder, sorted(run, key=_page_order), at) for run in _runs(folder, pages)]
    return found


def _with_index(folder: ScanFolder, files: Sequence[Found], at: float) -> list[Batch]:
    """Pair each scan with the index file of its name."""
    found = []

    def stem(file: Found) -> str:
        return str(PurePosixPath(file.inside).with_suffix("")).casefold()

    for _, members in groupby(sorted(files, key=lambda file: (stem(file), is_index(file.inside))), key=stem):
        pair = tuple(members)
        scans, indexes = [file for file in pair if not is_index(file.inside)], [f for f in pair if is_index(f.inside)]
        if len(scans) == 1 and indexes:
            found.append(Batch(files=pair, ready_in=max(each.quiet_in for each in pair)))
        else:  # two scans of one name: nobody can tell whose the index file is
            found += [_waiting(folder, (file,), at) for file in pair]
    return found


def _waiting(folder: ScanFolder, files: Sequence[Found], at: float) -> Batch:
    last = max(file.sight.since for file in files)
    ready_in = max(last + folder.batch_wait - at, *(file.quiet_in for file in files))
    return Batch(files=tuple(files), ready_in=ready_in, reason=RefusalReason.INDEX_AWAITED)
