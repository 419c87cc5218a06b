"""``demo``."""

from __future__ import annotations

import argparse
import os
import sys
from functools import partial
from pathlib import Path

from clerk_desktop.assembly import open_desk
from clerk_desktop.cli.context import Context, Subparsers, Translate
from clerk_desktop.model.errors import ExitCode

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
    from clerk_desktop.demo.play import play

    report = play(arguments.out, (CORPUS / "scans", CORPUS / "letters"), partial(_pictures, arguments.out))
    for step in report.steps:
        context.say(f"{'✓' if step.ok else '✗'} {step.name}  ({step.seconds:.1f} s)  {step.evidence}")
    return ExitCode.DONE if report.ok else ExitCode.FAILED


def _pictures(out: Path, home: Path, passphrase: str) -> tuple[list[str], dict[str, float]]:
    """Walk through the window on the played profile, off-screen."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from clerk_desktop.ui.tour import walk

    tour = walk(home, open_desk, passphrase, out)
    for stall in tour.stalls:
        print(f"stall of {stall}", file=sys.stderr)
    return tour.pictures, {"p999": round(tour.p999, 4), "max": round(tour.worst, 4)}


def _open_live(language: str | None) -> ExitCode:
    from clerk_desktop.demo.live import LiveOffice
    from clerk_desktop.ui.start import Opening, open_window

    with LiveOffice() as office:
        opening = Opening(home=office.home, open_desk=open_desk, passphrase=office.passphrase, language=language)
        return ExitCode(open_window(opening))
