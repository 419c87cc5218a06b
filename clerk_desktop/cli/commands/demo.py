"""``demo``."""

from __future__ import annotations

import argparse
from pathlib import Path

from clerk_desktop.cli.context import Context, Subparsers, Translate
from clerk_desktop.model.errors import ExitCode

CORPUS = Path(__file__).parents[4] / "shared" / "corpus"


def register(commands: Subparsers, _: Translate) -> None:
    """Add the command."""
    demo = commands.add_parser("demo", help=_("play the main job on a sample office"))
    demo.add_argument("--headless", action="store_true", help=_("without a window"))
    demo.add_argument("--out", type=Path, default=Path("demo-output"), metavar="DIR")
    demo.set_defaults(run=run_demo)


def run_demo(context: Context, arguments: argparse.Namespace) -> ExitCode:
    """Play the story and tell each step."""
    from clerk_desktop.demo.play import play

    report = play(arguments.out, (CORPUS / "scans", CORPUS / "letters"))
    for step in report.steps:
        context.say(f"{'✓' if step.ok else '✗'} {step.name}  ({step.seconds:.1f} s)  {step.evidence}")
    return ExitCode.DONE if report.ok else ExitCode.FAILED
