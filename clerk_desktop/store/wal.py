"""The write-ahead log as a file: whether it holds committed work that SQLite would pass over, and how to read that.

SQLite reads the log up to the first frame whose checksum fails and takes the rest for what a power cut tore
(https://sqlite.org/fileformat2.html, section 4). With ``synchronous=FULL`` only the last transaction can be torn, so
two commits behind that place mean that the log was damaged.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

HEADER = struct.Struct(">8I")  # magic, version, page size, sequence, salts, checksums
FRAME = struct.Struct(">6I")  # page, pages after a commit or 0, salts, checksums
LITTLE_ENDIAN_SUMS, BIG_ENDIAN_SUMS = 0x377F0682, 0x377F0683
VERSION = 3_007_000
TORN_COMMITS = 1
WORD = 1 << 32


@dataclass(frozen=True, slots=True)
class Log:
    """What stands in a log: its salts, and the number of each frame that ends a transaction, counted from 1.

    SQLite reads nothing of a log whose head is not ``sound``.
    """

    salts: tuple[int, int] = (0, 0)
    commits: tuple[int, ...] = ()
    sound: bool = True

    @classmethod
    def look(cls, path: Path) -> Log:
        """Read the heads of all frames; a log that is not there is empty."""
        try:
            with path.open("rb") as file:
                return cls._read(file)
        except FileNotFoundError:
            return cls()

    @classmethod
    def _read(cls, file: BinaryIO) -> Log:
        head = file.read(HEADER.size)
        if len(head) < HEADER.size:
            return cls()
        frames = list(_frames(file, _page_size(head)))
        sound = _sound(head)
        fields = HEADER.unpack(head) if sound or not frames else (0, 0, *frames[0])
        salts = (fields[4], fields[5])
        commits = (number for number, frame in enumerate(frames, 1) if frame[1] and frame[2:4] == salts)
        return cls(salts, tuple(commits), sound)

    def passed_over(self, frames: int) -> bool:
        """Tell whether work was lost if SQLite read no more than so many frames."""
        return sum(number > frames for number in self.commits) > TORN_COMMITS

    def is_broken(self, path: Path) -> bool:
        """Tell whether work stands behind a frame whose checksum fails: reads the whole log, a second for 30 MB.

        False where somebody began the log anew meanwhile.
        """
        try:
            frames = _valid_frames(path) if self.sound else 0
        except FileNotFoundError:
            return False
        return self.passed_over(frames) and Log.look(path).salts == self.salts


def mend(path: Path) -> None:
    """Write all checksums of a log anew, so that SQLite reads every frame; pages have proofs of their own.

    For a copy that is only read. Frames of earlier rounds, which have other salts, stay behind the end.
    """
    log = Log.look(path)
    if not log.commits:
        return
    with path.open("r+b") as file:
        head = bytearray(file.read(HEADER.size))
        size = _page_size(bytes(head))
        if not _sound(bytes(head)):
            struct.pack_into(">3I", head, 0, LITTLE_ENDIAN_SUMS, VERSION, size)
            struct.pack_into(">2I", head, 16, *log.salts)
        order = ">" if HEADER.unpack(head)[0] == BIG_ENDIAN_SUMS else "<"
        sums = _checksum(bytes(head[:24]), (0, 0), order)
        struct.pack_into(">2I", head, 24, *sums)
        file.seek(0)
        file.write(head)
        for number in range(log.commits[-1]):
            place = HEADER.size + number * (FRAME.size + size)
            file.seek(place)
            frame = bytearray(file.read(FRAME.size + size))
            struct.pack_into(">2I", frame, 8, *log.salts)
            sums = _checksum(bytes(frame[:8]) + bytes(frame[FRAME.size :]), sums, order)
            struct.pack_into(">2I", frame, 16, *sums)
            file.seek(place)
            file.write(frame)


def _valid_frames(path: Path) -> int:
    """Return how many frames from the front have the salts of the log and a right checksum."""
    with path.open("rb") as file:
        head = file.read(HEADER.size)
        if len(head) < HEADER.size:
            return 0
        fields = HEADER.unpack(head)
        size, salts = fields[2], fields[4:6]
        order = ">" if fields[0] == BIG_ENDIAN_SUMS else "<"
        sums = (fields[6], fields[7])
        count = 0
        while len(frame := file.read(FRAME.size + size)) == FRAME.size + size:
            told = FRAME.unpack_from(frame)
            sums = _checksum(frame[:8] + frame[FRAME.size :], sums, order)
            if told[2:4] != salts or told[4:6] != sums:
                break
            count += 1
    return count


def _frames(file: BinaryIO, size: int) -> Iterator[tuple[int, ...]]:
    place = HEADER.size
    while True:
        file.seek(place)
        head = file.read(FRAME.size)
        if len(head) < FRAME.size:
            return
        yield FRAME.unpack(head)
        place += FRAME.size + size


def _page_size(head: bytes) -> int:
    size: int = HEADER.unpack(head)[2]
    return size if _sound(head) else 4096


def _sound(head: bytes) -> bool:
    fields = HEADER.unpack(head)
    if fields[0] not in (LITTLE_ENDIAN_SUMS, BIG_ENDIAN_SUMS):
        return False
    order = ">" if fields[0] == BIG_ENDIAN_SUMS else "<"
    return _checksum(head[:24], (0, 0), order) == fields[6:8]


def _checksum(data: bytes, start: tuple[int, int], order: str) -> tuple[int, int]:
    """Return the sums of section 4.2 of the file format."""
    first, second = start
    words = struct.unpack(f"{order}{len(data) // 4}I", data)
    for place in range(0, len(words), 2):
        first = (first + words[place] + second) % WORD
        second = (second + words[place + 1] + first) % WORD
    return first, second
