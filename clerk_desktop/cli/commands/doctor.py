"""``doctor``."""

from __future__ import annotations

import argparse

from clerk_desktop.cli.context import Context, Subparsers, Translate
from clerk_desktop.cli.output import print_json
from clerk_desktop.model.errors import ExitCode


def register(commands: Subparsers, _: Translate) -> None:
    """Add the command."""
    doctor = commands.add_parser("doctor", help=_("what works here, and what to do where it does not"))
    doctor.add_argument("--self-test", action="store_true", help=_("also prove the main abilities on this machine"))
    doctor.add_argument("--json", action="store_true")
    doctor.set_defaults(run=run_doctor)


def run_doctor(context: Context, arguments: argparse.Namespace) -> ExitCode:
    """Examine and tell."""
    _ = context.texts.gettext
    with context.open_desk() as desk:
        findings = desk.doctor.examine(self_test=arguments.self_test)
    if context.json:
        print_json(
            [
                {"check": each.check, "ok": each.ok, "detail": each.detail, "remedy": _(each.remedy)}
                if each.remedy
                else {"check": each.check, "ok": each.ok, "detail": each.detail, "remedy": ""}
                for each in findings
            ]
        )
    else:
        for each in findings:
            sign = "✓" if each.ok else "✗"
            print(f"{sign} {_(each.check)}: {each.detail}")
            if each.remedy:
                print(f"    {_(each.remedy)}")
    return ExitCode.DONE if all(each.ok for each in findings) else ExitCode.FAILED
