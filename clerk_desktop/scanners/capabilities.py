"""What a device says it can do (``ScannerCapabilities``), and how it is (``ScannerStatus``)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from clerk_desktop.model.errors import (
    CoverOpen,
    PaperJam,
    ScannerBadAnswer,
    ScannerError,
    ScanStopped,
    SheetsTogether,
)
from clerk_desktop.model.scanning import JPEG, ColourMode, ScannerFacts, SourceAbilities
from clerk_desktop.scanners.answers import Element, read_xml, whole

USUAL = (75, 100, 150, 200, 300, 400, 600)
SENSIBLE = range(50, 2401)
UNKNOWN_NAME = "Scanner"
MODES = {
    "RGB24": ColourMode.COLOUR,
    "Grayscale8": ColourMode.GREY,
    "BlackAndWhite1": ColourMode.BLACK_AND_WHITE,
}
TROUBLES: dict[str, type[ScannerError]] = {
    "ScannerAdfJam": PaperJam,
    "ScannerAdfHatchOpen": CoverOpen,
    "ScannerAdfMispick": SheetsTogether,
    "ScannerAdfMultipickDetected": SheetsTogether,
    "ScannerAdfDuplexPageTooShort": SheetsTogether,
    "ScannerAdfDuplexPageTooLong": SheetsTogether,
    "ScannerAdfInputTrayFailed": SheetsTogether,
    "ScannerAdfInputTrayOverloaded": SheetsTogether,
}
OVER_BADLY = ("Aborted", "Canceled", "Cancelled")
UNDER_WAY = ("Processing", "Pending")


def read_capabilities(content: bytes) -> ScannerFacts:
    """Return what a device can do. Raises ``ScannerBadAnswer`` for one that can do nothing."""
    root = read_xml(content, "ScannerCapabilities")
    profiles = [each for each in root.all("SettingProfile") if each.children]
    facts = ScannerFacts(
        name=_readable(root.value("MakeAndModel")) or UNKNOWN_NAME,
        serial=_readable(root.value("SerialNumber")),
        version=_version(root.value("Version")),
        platen=_abilities(root.first("PlatenInputCaps"), profiles),
        feeder=_abilities(root.first("AdfSimplexInputCaps"), profiles),
        duplex=_abilities(root.first("AdfDuplexInputCaps"), profiles),
    )
    if not facts.sources:
        raise ScannerBadAnswer(what="ScannerCapabilities")
    return facts


def _readable(text: str) -> str:
    return "".join(sign for sign in text if sign.isprintable())


def _version(text: str) -> str:
    parts = text.split(".")
    return text if len(parts) == 2 and all(map(whole, parts[:1])) and parts[1].isdigit() else "2.0"


def _abilities(caps: Element | None, profiles: Iterable[Element]) -> SourceAbilities | None:
    if caps is None:
        return None
    named = {each.reference for each in caps.all("SettingProfile") if each.reference}
    places = [caps, *(each for each in profiles if each.reference in named)]
    if not any(place.first("ColorMode") for place in places):
        places += profiles
    modes = {
        MODES[each.text.strip()] for place in places for each in place.all("ColorMode") if each.text.strip() in MODES
    }
    formats = {
        each.text.strip().lower()
        for place in places
        for name in ("DocumentFormat", "DocumentFormatExt")
        for each in place.all(name)
    }
    resolutions = sorted({dpi for place in places for dpi in _resolutions(place)})
    return SourceAbilities(
        resolutions=tuple(resolutions) or (300,),
        modes=tuple(mode for mode in ColourMode if mode in modes) or (ColourMode.COLOUR,),
        formats=tuple(sorted(formats & {JPEG, "application/pdf"})) or (JPEG,),
        width=caps.number("MaxWidth"),
        height=caps.number("MaxHeight"),
    )


def _resolutions(place: Element) -> Iterator[int]:
    for each in place.all("DiscreteResolution"):
        across, up = each.number("XResolution"), each.number("YResolution")
        if across == up and across in SENSIBLE:
            yield across
    for each in place.all("ResolutionRange"):
        span = each.first("XResolutionRange") or each
        least, most, step = span.number("Min"), span.number("Max"), max(1, span.number("Step"))
        yield from (dpi for dpi in USUAL if least <= dpi <= most and (dpi - least) % step == 0)


@dataclass(frozen=True, kw_only=True, slots=True)
class JobState:
    """How a job is, by the path of its address."""

    path: str
    state: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ScannerStatus:
    """How a device is."""

    state: str
    feeder: str
    jobs: tuple[JobState, ...]

    @property
    def paper_is_in(self) -> bool:
        """Whether the feeder holds paper."""
        return self.feeder == "ScannerAdfLoaded"

    @property
    def feeder_is_empty(self) -> bool:
        """Whether the feeder says that it holds none."""
        return self.feeder == "ScannerAdfEmpty"

    def job(self, path: str) -> JobState | None:
        """Return a job of this device, None where it is no longer told of."""
        return next((job for job in self.jobs if job.path.rstrip("/") == path.rstrip("/")), None)

    def trouble(self, path: str = "") -> ScannerError | None:
        """Return what keeps the paper from being scanned, or ended the job at ``path``; None for nothing."""
        kind = TROUBLES.get(self.feeder)
        if kind is not None:
            return kind()
        job = self.job(path) if path else None
        if job is None or job.state not in OVER_BADLY:
            return None
        told = " ".join(job.reasons).lower()
        if "jam" in told:
            return PaperJam()
        if "open" in told:
            return CoverOpen()
        return ScanStopped()

    def is_under_way(self, path: str) -> bool:
        """Tell whether the device says that it still works at a job."""
        job = self.job(path)
        return job is not None and job.state in UNDER_WAY


def read_status(content: bytes) -> ScannerStatus:
    """Return how a device is. Raises ``ScannerBadAnswer``."""
    root = read_xml(content, "ScannerStatus")
    jobs = tuple(
        JobState(
            path=each.value("JobUri"),
            state=each.value("JobState"),
            reasons=tuple(reason.text.strip() for reason in each.all("JobStateReason")),
        )
        for each in root.all("JobInfo")
    )
    return ScannerStatus(state=root.value("State"), feeder=root.value("AdfState"), jobs=jobs)
