"""``collate``: fronts and backs of one stack, scanned one after the other."""

from __future__ import annotations

import argparse
from pathlib import Path

from clerk_desktop.cli.context import Context, Subparsers, Translate
from clerk_desktop.cli.output import print_json
from clerk_desktop.model.errors import ExitCode


def register(commands: Subparsers, _: Translate) -> None:
    """Add the command."""
    collate = commands.add_parser("collate", help=_("put fronts and backs together that were scanned in two runs"))
    collate.add_argument("fronts", type=Path)
    collate.add_argument("backs", type=Path)
    collate.add_argument(
        "--out", required=True, type=Path, metavar="FILE", help=_("a new PDF; may lie in a scan folder")
    )
    collate.add_argument("--first-back-first", action="store_true", help=_("the stack was not turned over as a whole"))
    collate.add_argument("--although", action="store_true", help=_("also where the numbers of pages do not fit"))
    collate.add_argument("--json", action="store_true")
    collate.set_defaults(run=run_collate)


def run_collate(context: Context, arguments: argparse.Namespace) -> ExitCode:
    """Write the stack; both scans stay."""
    with context.open_desk() as desk:
        sides = desk.pages.put_together(
            arguments.fronts,
            arguments.backs,
            arguments.out,
            turned=not arguments.first_back_first,
            although_they_do_not_fit=arguments.although,
        )
    if context.json:
        order = [{"back": side.back, "page": side.number} for side in sides.in_order()]
        print_json({"fronts": sides.fronts, "backs": sides.backs, "fit": sides.fit, "order": order})
    else:
        text = context.texts.gettext("{fronts} fronts and {backs} backs put together: {file}. Both scans are kept.")
        context.say(text.format(fronts=sides.fronts, backs=sides.backs, file=arguments.out))
    return ExitCode.DONE
