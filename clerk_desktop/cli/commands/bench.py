"""``bench``."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from math import isnan

from clerk_desktop.cli.context import Context, Subparsers, Translate
from clerk_desktop.cli.output import print_json, print_table
from clerk_desktop.model.errors import ExitCode, WrongUsage


def register(commands: Subparsers, _: Translate) -> None:
    """Add the command."""
    bench = commands.add_parser("bench", help=_("measure speed beside a baseline"))
    bench.add_argument("names", nargs="*", metavar="NAME")
    bench.add_argument("--json", action="store_true")
    bench.set_defaults(run=run_bench)


def run_bench(context: Context, arguments: argparse.Namespace) -> ExitCode:
    """Measure and print; a goal that is missed is printed, not an error."""
    from clerk_desktop.bench.table import BENCHES, LONG, bench

    unknown = [name for name in arguments.names if name not in BENCHES]
    if unknown:
        raise WrongUsage(what=f"{unknown[0]} ({', '.join(BENCHES)})")
    figures = []
    for name in arguments.names or [name for name in BENCHES if name not in LONG]:
        for figure in bench(name)():
            figures.append(figure)
            for note in figure.notes:
                print(f"{figure.name}: {note}", file=sys.stderr, flush=True)
    if context.json:
        print_json([asdict(figure) for figure in figures])
        return ExitCode.DONE
    rows = [
        (
            each.name,
            f"{each.ours:.2f} {each.unit}",
            "–" if isnan(each.baseline) else f"{each.baseline:.2f} {each.unit}",
            each.baseline_name,
            "–" if isnan(each.ratio) else f"{each.ratio:.2f}",
            each.goal,
        )
        for each in figures
    ]
    _ = context.texts.gettext
    print_table((_("Name"), _("ours"), _("baseline"), _("what"), _("ratio"), _("goal")), rows)
    return ExitCode.DONE
