"""Scanning from a device on the network: what it can do, what is wanted of it, and the ports to devices."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from typing import Protocol

from clerk_desktop.model.errors import ScanNotPossible

JPEG = "image/jpeg"
PDF = "application/pdf"
A4 = (2480, 3508)
"""Width and height in 1/300 inch, the unit of eSCL's regions."""


class ScanSource(Enum):
    """Where the paper lies."""

    PLATEN = "platen"
    FEEDER = "adf"


class ColourMode(Enum):
    """What a pixel tells."""

    COLOUR = "colour"
    GREY = "grey"
    BLACK_AND_WHITE = "bw"


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceAbilities:
    """What a device can do with the paper in one place. ``resolutions`` in dpi, ascending; ``formats`` are MIME types.

    ``width`` and ``height``: the largest area in 1/300 inch, 0 where the device does not tell.
    """

    resolutions: tuple[int, ...]
    modes: tuple[ColourMode, ...]
    formats: tuple[str, ...]
    width: int = 0
    height: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class ScannerFacts:
    """A device as it describes itself. ``duplex``: the feeder when it reads both sides."""

    name: str
    serial: str = ""
    version: str = "2.0"
    platen: SourceAbilities | None = None
    feeder: SourceAbilities | None = None
    duplex: SourceAbilities | None = None

    @property
    def sources(self) -> tuple[ScanSource, ...]:
        """Where paper can lie, the feeder first."""
        both = ((ScanSource.FEEDER, self.feeder), (ScanSource.PLATEN, self.platen))
        return tuple(source for source, abilities in both if abilities is not None)

    def abilities(self, source: ScanSource, *, both_sides: bool = False) -> SourceAbilities | None:
        """Return what the device can do with paper there, None for nothing."""
        if source is ScanSource.PLATEN:
            return None if both_sides else self.platen
        return self.duplex if both_sides else self.feeder

    def possible(self, wish: ScanWish) -> ScanWish:
        """Return the wish with the nearest resolution and colours that the device has.

        Raises ``ScanNotPossible`` where it has no such place for paper, or does not read both sides.
        """
        abilities = self.abilities(wish.source, both_sides=wish.both_sides)
        if abilities is None or not abilities.resolutions or not abilities.modes:
            raise ScanNotPossible(name=self.name)
        dpi = min(abilities.resolutions, key=lambda each: (abs(each - wish.dpi), -each))
        modes = (wish.mode, ColourMode.GREY, ColourMode.COLOUR, ColourMode.BLACK_AND_WHITE)
        return replace(wish, dpi=dpi, mode=next(mode for mode in modes if mode in abilities.modes))


@dataclass(frozen=True, kw_only=True, slots=True)
class ScanWish:
    """How to scan."""

    source: ScanSource = ScanSource.FEEDER
    both_sides: bool = False
    dpi: int = 300
    mode: ColourMode = ColourMode.COLOUR


@dataclass(frozen=True, kw_only=True, slots=True)
class ScannerPlace:
    """Where a device answers. ``url``: of its eSCL root."""

    url: str
    name: str = ""

    @property
    def secured(self) -> bool:
        """Whether pages travel under TLS."""
        return self.url.startswith("https:")


@dataclass(frozen=True, kw_only=True, slots=True)
class Confirmed:
    """A device's own certificate that a person compared and confirmed. ``fingerprint``: SHA-256, hexadecimal."""

    fingerprint: str
    url: str
    name: str
    confirmed_by: str
    confirmed_at: datetime


class BatchState(Enum):
    """How far a scan has come, as it is noted beside its pages."""

    RUNNING = "running"
    STOPPED = "stopped"
    COMPLETE = "complete"
    DELIVERED = "delivered"


@dataclass(frozen=True, kw_only=True, slots=True)
class ScanBatch:
    """Pages that came from a device and are no file of the scan folder yet.

    ``folder``: the scan folder; ``target``: name of the file that they become there. ``station``: who scans.
    ``trouble``: name of the error that ended it, "" for none. ``pages``: how many are here, whole.
    """

    batch_id: str
    station: str
    folder: str
    target: str
    scanner: ScannerPlace
    serial: str
    wish: ScanWish
    begun_at: datetime
    state: BatchState = BatchState.RUNNING
    trouble: str = ""
    pages: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class ScanOrigin:
    """Which device the file with that hash came from, and how it was set, for the transfer note."""

    sha256: str
    scanner: str
    serial: str
    url: str
    source: ScanSource
    both_sides: bool
    dpi: int
    mode: ColourMode
    scanned_at: datetime


class PageSink(Protocol):
    """What takes a page while it comes."""

    def write(self, piece: bytes, /) -> object:
        """Take the next bytes."""


class ScanRun(Protocol):
    """Paper that is being scanned. Errors are ``ScannerError``; what was asked for last is not whole then."""

    def next_page(self, sink: PageSink) -> str:
        """Have the next page (PDF: document) written to ``sink``; return its MIME type, "" when no more comes."""

    def cancel(self) -> None:
        """Have the device stop. Never raises: a device that does not answer stops by itself."""


class Scanner(Protocol):
    """One device that answers. Methods raise ``ScannerError``."""

    @property
    def facts(self) -> ScannerFacts:
        """What the device can do."""

    def paper_is_in(self) -> bool:
        """Tell whether the feeder holds paper."""

    def begin(self, wish: ScanWish, *, preview: bool = False) -> ScanRun:
        """Have the device begin. ``preview``: quickly, and only to look at."""


class Scanners(Protocol):
    """The devices that can be reached from here."""

    def find(self) -> Sequence[ScannerPlace]:
        """Listen to what announces itself; by name."""

    def root_of(self, address: str) -> str:
        """Return the URL that a typed address stands for. Raises ``WrongUsage``."""

    def open(
        self, place: ScannerPlace, confirmed: Sequence[Confirmed], stop: threading.Event | None = None
    ) -> AbstractContextManager[Scanner]:
        """Speak to a device. Raises ``ScannerError``; ``ScannerNotConfirmed`` for a certificate nobody vouches for.
        ``stop`` ends waiting for it, with ``ScanInterrupted``.
        """
