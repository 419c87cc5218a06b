"""``doctor``."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from clerk_desktop.cli.context import PASSPHRASE, Context, Subparsers, Translate
from clerk_desktop.cli.output import print_json
from clerk_desktop.model.errors import ExitCode, KeyLost, RoleTaken, StoreDamaged
from clerk_desktop.model.texts import N_
from clerk_desktop.system.locks import Locks, Role
from clerk_desktop.system.paths import Profile
from clerk_desktop.usecases.doctor import Finding
from clerk_desktop.usecases.rescue import open_rescue, rescued_text


def register(commands: Subparsers, _: Translate) -> None:
    """Add the command."""
    doctor = commands.add_parser("doctor", help=_("what works here, and what to do where it does not"))
    doctor.add_argument("--self-test", action="store_true", help=_("also prove the main abilities on this machine"))
    doctor.add_argument(
        "--rescue",
        type=Path,
        metavar="DIR",
        help=_("repair a damaged store, or save its unsent work into this folder and begin it anew"),
    )
    doctor.add_argument("--json", action="store_true")
    doctor.set_defaults(run=run_doctor)


def run_doctor(context: Context, arguments: argparse.Namespace) -> ExitCode:
    """Examine and tell; with ``--rescue`` deal with a store that cannot be used any more."""
    if arguments.rescue is not None:
        return _rescue(context, arguments.rescue)
    try:
        with context.open_desk() as desk:
            findings = desk.doctor.examine(self_test=arguments.self_test)
    except (StoreDamaged, KeyLost) as error:
        detail = type(error).__name__
        findings = (
            Finding(check=N_("Local store"), ok=False, detail=detail, remedy=error.remedy, fields=error.fields),
        )
        _tell(context, findings)
        return ExitCode.FAILED
    _tell(context, findings)
    return ExitCode.DONE if all(each.ok for each in findings) else ExitCode.FAILED


def _tell(context: Context, findings: tuple[Finding, ...]) -> None:
    texts = context.texts
    if context.json:
        print_json(
            [
                {"check": each.check, "ok": each.ok, "detail": each.detail, "remedy": each.remedy_in(texts)}
                for each in findings
            ]
        )
        return
    for each in findings:
        print(f"{'✓' if each.ok else '✗'} {texts.gettext(each.check)}: {each.detail}")
        if remedy := each.remedy_in(texts):
            print(f"    {remedy}")


def _rescue(context: Context, folder: Path) -> ExitCode:
    rescue = open_rescue(context.home, os.environ.get(PASSPHRASE))
    window = Locks(Profile(context.home).locks).try_take(Role.WINDOW)
    if window is None:
        raise RoleTaken
    with window:
        done = rescue.run(folder.expanduser().absolute(), context.texts)
    if context.json:
        print_json(
            {
                "outcome": done.outcome.value,
                "kept": None if done.kept is None else str(done.kept),
                "export": None if done.export is None else str(done.export),
                "operations": done.operations,
                "complete": done.complete,
            }
        )
    else:
        print("\n".join(rescued_text(context.texts, done)))
    return ExitCode.DONE if done.complete and not done.operations else ExitCode.NEEDS_CLERK
