"""``demo``."""

from __future__ import annotations

import argparse
import os
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from clerk_desktop.assembly import open_desk
from clerk_desktop.cli.context import Context, Subparsers, Translate
from clerk_desktop.model.errors import ExitCode

if TYPE_CHECKING:
    from clerk_desktop.demo.play import Steps
    from clerk_desktop.demo.report import Evidence, Step
    from clerk_desktop.demo.sample_office import SampleOffice
    from clerk_desktop.demo.story import Story
    from clerk_desktop.ui.played.day import PlayedDay

CORPUS = Path(__file__).parents[4] / "shared" / "corpus"
DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY")


def register(commands: Subparsers, _: Translate) -> None:
    """Add the command."""
    demo = commands.add_parser("demo", help=_("play the main job on a sample office"))
    demo.add_argument("--headless", action="store_true", help=_("without a window"))
    demo.add_argument("--out", type=Path, default=Path("demo-output"), metavar="DIR")
    demo.set_defaults(run=run_demo)


def run_demo(context: Context, arguments: argparse.Namespace) -> ExitCode:
    """With a display open the window on a live sample office, else play the story and tell each step."""
    has_display = sys.platform == "win32" or any(os.environ.get(name) for name in DISPLAYS)
    if has_display and not arguments.headless:
        return _open_live(arguments.lang)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from clerk_desktop.demo.play import play

    def tell(step: Step) -> None:
        context.say(f"{'✓' if step.ok else '✗'} {step.name}  ({step.seconds:.1f} s)  {step.evidence}")

    report = play(arguments.out, (CORPUS / "scans", CORPUS / "letters"), _InWindows(arguments.out), tell)
    return ExitCode.DONE if report.ok else ExitCode.FAILED


class _InWindows:
    """The part of the story that is played in windows, off-screen: a day, then a walk through every place."""

    def __init__(self, out: Path) -> None:
        self._out = out
        self._day: PlayedDay | None = None
        self.pictures: list[str] = []
        self.stalls: dict[str, float] = {}

    def steps(self, story: Story, office: SampleOffice) -> Steps:
        """Return the day's steps and the walk."""
        from clerk_desktop.demo.story import CLERK, COLLEAGUE, MAILROOM, PASSPHRASE
        from clerk_desktop.ui.played.day import PlayedDay, Scene

        self._out.mkdir(parents=True, exist_ok=True)
        scene = Scene(
            home=story.home,
            open_desk=open_desk,
            passphrase=PASSPHRASE,
            mailroom=MAILROOM,
            clerk=CLERK,
            colleague=COLLEAGUE,
            stop_server=office.stop,
            start_server=office.start,
            out=self._out,
        )
        self._day = PlayedDay(scene)
        walk = partial(self._walk, story.home(MAILROOM), story.home(CLERK), PASSPHRASE)
        return (*self._day.steps, ("window: pictures of every place", walk))

    def close(self) -> None:
        """Close the windows of the day."""
        if self._day is not None:
            self._day.close()

    def _walk(self, home: Path, asked: Path, passphrase: str) -> Evidence:
        """Walk through the window on the played profile, in both looks and languages; its pauses are in stalls.txt.

        ``asked``: the profile of the clerk who is asked about a case that a colleague changed too.
        """
        from clerk_desktop.ui.played.pauses import keep_pauses, worked
        from clerk_desktop.ui.tour import Sight, walk

        assert self._day is not None, "the day is played first"
        self._day.close()
        self.pictures += self._day.pictures
        sight = Sight(home=home, passphrase=passphrase, case_number=self._day.case_number)
        tour = walk((sight, Sight(home=asked, passphrase=passphrase, conflict=True)), open_desk, self._out)
        print(keep_pauses(tour.stalls, self._out), file=sys.stderr)
        self.pictures += tour.pictures
        self.stalls.update(p999=round(tour.p999, 4), max=round(tour.worst, 4), worked=len(worked(tour.stalls)))
        return {"pictures": len(self.pictures)}


def _open_live(language: str | None) -> ExitCode:
    from clerk_desktop.demo.live import LiveOffice
    from clerk_desktop.ui.start import Opening, open_window

    with LiveOffice() as office:
        opening = Opening(home=office.home, open_desk=open_desk, passphrase=office.passphrase, language=language)
        return ExitCode(open_window(opening))
