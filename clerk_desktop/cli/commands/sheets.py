"""``sheets``: separator sheets to print."""

from __future__ import annotations

import argparse
from pathlib import Path

from clerk_desktop.cli.context import Context, Subparsers, Translate
from clerk_desktop.model.errors import ExitCode, WrongUsage
from clerk_desktop.system.texts import Texts


def register(commands: Subparsers, _: Translate) -> None:
    """Add the command."""
    sheets = commands.add_parser("sheets", help=_("separator sheets to print"))
    sheets.add_argument("--municipality", required=True, metavar="M")
    sheets.add_argument("--case", default="", metavar="NUMBER", help=_("the case of the letters behind them"))
    sheets.add_argument("--type", default="", metavar="T", help=_("the kind of the letters behind them"))
    sheets.add_argument("--count", required=True, type=int, metavar="N", help=_("as many as go into one stack"))
    sheets.add_argument("--out", required=True, type=Path, metavar="FILE")
    sheets.set_defaults(run=run_sheets)


def run_sheets(context: Context, arguments: argparse.Namespace) -> ExitCode:
    """Write a set of sheets."""
    target: Path = arguments.out
    if target.is_dir() or not target.parent.is_dir():
        raise WrongUsage(what=str(target))
    for_paper = context.texts if arguments.lang else Texts.for_language("de")
    with context.open_desk() as desk:
        batch = desk.sheets.write(
            target,
            for_paper,
            municipality=arguments.municipality,
            count=arguments.count,
            case_number=arguments.case,
            document_type=arguments.type,
        )
    _ = context.texts.gettext
    context.say(_("Set {batch} of {count} written: {file}").format(batch=batch, count=arguments.count, file=target))
    return ExitCode.DONE
