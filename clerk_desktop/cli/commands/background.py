"""``intake``, ``sync`` and ``run``."""

from __future__ import annotations

import argparse
import signal
import threading
from types import FrameType

from clerk_desktop.cli.context import Context, Subparsers, Translate
from clerk_desktop.model.errors import ExitCode, named
from clerk_desktop.model.rounds import RoundResult


def register(commands: Subparsers, _: Translate) -> None:
    """Add the commands."""
    intake = commands.add_parser("intake", help=_("take in what lies in the scan folders"))
    intake.add_argument("--once", action="store_true", help=_("one pass, then end"))
    intake.set_defaults(run=run_intake)
    sync = commands.add_parser("sync", help=_("send and fetch"))
    sync.add_argument("--once", action="store_true", help=_("until nothing is left to send, then end"))
    sync.set_defaults(run=run_sync)
    both = commands.add_parser("run", help=_("intake and sync until stopped, for a scan station"))
    both.set_defaults(run=run_both)


def run_intake(context: Context, arguments: argparse.Namespace) -> ExitCode:
    """One pass, or until stopped."""
    with context.open_desk() as desk:
        desk.scanning.unfinished()  # a scan that came whole before a crash becomes the file that is taken in now
        if arguments.once:
            return _told(context, desk.background.intake_once())
        with context.logged("intake", desk):
            desk.background.run_intake(_stopped_by_signal())
        return ExitCode.DONE


def run_sync(context: Context, arguments: argparse.Namespace) -> ExitCode:
    """One round, or until stopped."""
    with context.open_desk() as desk:
        if arguments.once:
            return _told(context, desk.background.sync_once())
        with context.logged("sync", desk):
            desk.background.run_sync(_stopped_by_signal())
        return ExitCode.DONE


def run_both(context: Context, arguments: argparse.Namespace) -> ExitCode:
    """Until stopped."""
    with context.open_desk() as desk, context.logged("station", desk):
        desk.scanning.unfinished()
        desk.background.run(_stopped_by_signal())
    return ExitCode.DONE


def _told(context: Context, result: RoundResult) -> ExitCode:
    if result.error:
        context.say_error(named(result.error))
    return result.exit_code


def _stopped_by_signal() -> threading.Event:
    stop = threading.Event()

    def set_it(number: int, frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGINT, set_it)
    signal.signal(signal.SIGTERM, set_it)
    return stop
