"""``report.json``: what the played main job really did, step by step, with evidence somebody else can check."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path

import msgspec

from clerk_desktop.model.errors import ClerkError

Evidence = dict[str, object]


class StepFailedError(Exception):
    """A step did not do what it claims; the message says what was found instead."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One step of the story."""

    name: str
    ok: bool
    seconds: float
    evidence: Evidence


@dataclass(kw_only=True)
class Report:
    """Grows by step; a step after a failed one is not tried. ``tell`` hears of each as soon as it is over."""

    steps: list[Step] = field(default_factory=list)
    screenshots: list[str] = field(default_factory=list)
    stalls: dict[str, float] = field(default_factory=dict)
    tell: Callable[[Step], None] = lambda step: None

    @property
    def ok(self) -> bool:
        """Whether every step really happened."""
        return bool(self.steps) and all(step.ok for step in self.steps)

    def play(self, name: str, step: Callable[[], Evidence]) -> bool:
        """Do a step and note what came of it."""
        started = time.monotonic()
        try:
            evidence, ok = step(), True
        except (StepFailedError, ClerkError, OSError) as error:
            evidence, ok = {"failure": f"{type(error).__name__}: {error}"}, False
        done = Step(name=name, ok=ok, seconds=round(time.monotonic() - started, 2), evidence=evidence)
        self.steps.append(done)
        self.tell(done)
        return ok

    def write(self, folder: Path) -> Path:
        """Write ``report.json`` and return its path."""
        folder.mkdir(parents=True, exist_ok=True)
        content = {
            "ok": self.ok,
            "steps": [asdict(step) for step in self.steps],
            "screenshots": self.screenshots,
            "stalls": self.stalls,
        }
        target = folder / "report.json"
        target.write_bytes(msgspec.json.format(msgspec.json.encode(content), indent=2) + b"\n")
        return target


def require(condition: bool, found: object) -> None:
    """Raise ``StepFailedError`` unless the condition holds."""
    if not condition:
        raise StepFailedError(str(found))
