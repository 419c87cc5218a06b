"""``bench``."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from clerk_desktop.cli.context import Context, Subparsers, Translate
from clerk_desktop.cli.output import print_json, print_table
from clerk_desktop.model.errors import ExitCode

NAMES = ("claim", "ocr", "sync")


def register(commands: Subparsers, _: Translate) -> None:
    """Add the command."""
    bench = commands.add_parser("bench", help=_("measure speed beside a baseline"))
    bench.add_argument("names", nargs="*", metavar="NAME", help=", ".join(NAMES))
    bench.add_argument("--json", action="store_true")
    bench.set_defaults(run=run_bench)


def run_bench(context: Context, arguments: argparse.Namespace) -> ExitCode:
    """Measure and print; a goal that is missed is printed, not an error."""
    from clerk_desktop.bench.claim import claim
    from clerk_desktop.bench.first_sync import first_sync
    from clerk_desktop.bench.ocr import ocr

    benches = {"claim": claim, "ocr": ocr, "sync": first_sync}
    figures = [benches[name]() for name in arguments.names or NAMES if name in benches]
    if context.json:
        print_json([asdict(figure) for figure in figures])
        return ExitCode.DONE
    rows = [
        (each.name, f"{each.ours:.2f} s", f"{each.baseline:.2f} s", each.baseline_name, f"{each.ratio:.2f}", each.goal)
        for each in figures
    ]
    _ = context.texts.gettext
    print_table((_("Name"), _("ours"), _("baseline"), _("what"), _("ratio"), _("goal")), rows)
    return ExitCode.DONE
