"""``bench``."""

from __future__ import annotations

import argparse
import sys
import traceback
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from functools import partial
from math import isnan
from typing import TYPE_CHECKING

from clerk_desktop.cli.context import Context, Subparsers, Translate
from clerk_desktop.cli.output import print_json
from clerk_desktop.model.errors import ExitCode, WrongUsage

if TYPE_CHECKING:
    from clerk_desktop.bench.ratio import Ratio

WIDTHS = (26, 18, 18, 6, 22)
"""Of the columns but the last, in letters: rows are printed as they come, so nobody knows the longest yet."""


def register(commands: Subparsers, _: Translate) -> None:
    """Add the command."""
    bench = commands.add_parser("bench", help=_("measure speed beside a baseline"))
    bench.add_argument("names", nargs="*", metavar="NAME")
    bench.add_argument("--json", action="store_true")
    bench.set_defaults(run=run_bench)


def run_bench(context: Context, arguments: argparse.Namespace) -> ExitCode:
    """Measure and print; a goal that is missed is printed, not an error."""
    from clerk_desktop.bench.table import BENCHES, LONG

    unknown = [name for name in arguments.names if name not in BENCHES]
    if unknown:
        raise WrongUsage(what=f"{unknown[0]} ({', '.join(BENCHES)})")
    _ = context.texts.gettext
    head = (_("Name"), _("ours"), _("baseline"), _("ratio"), _("goal"), _("what"))
    names = arguments.names or [name for name in BENCHES if name not in LONG]
    return measure([(name, partial(_measured, name)) for name in names], None if context.json else head)


def measure(
    benches: Iterable[tuple[str, Callable[[], Sequence[Ratio]]]], head: Sequence[str] | None = None
) -> ExitCode:
    """Run one after the other and print rows as they come, or JSON at the end where there is no head.

    One that breaks takes no other with it; ``FAILED`` then.
    """
    figures: list[Ratio] = []
    ended = ExitCode.DONE
    if head is not None:
        _print_row(head)
    for name, run in benches:
        try:
            found = run()
        except Exception:  # noqa: BLE001 - the figures of the others count all the same
            traceback.print_exc()
            print(f"{name}: broken off", file=sys.stderr, flush=True)
            ended = ExitCode.FAILED
            continue
        figures.extend(found)
        for figure in found:
            if head is not None:
                _print_row(_cells(figure))
            for note in figure.notes:
                print(f"{figure.name}: {note}", file=sys.stderr, flush=True)
    if head is None:
        print_json([asdict(figure) for figure in figures])
    return ended


def _measured(name: str) -> Sequence[Ratio]:
    """Run one; one that cannot even be imported is broken as any other."""
    from clerk_desktop.bench.table import bench

    return bench(name)()


def _cells(figure: Ratio) -> tuple[str, ...]:
    return (
        figure.name,
        f"{figure.ours:.2f} {figure.unit}",
        "–" if isnan(figure.baseline) else f"{figure.baseline:.2f} {figure.unit}",
        "–" if isnan(figure.ratio) else f"{figure.ratio:.2f}",
        figure.goal,
        figure.baseline_name,
    )


def _print_row(cells: Sequence[str]) -> None:
    *first, last = cells
    print("  ".join([*(cell.ljust(width) for cell, width in zip(first, WIDTHS, strict=True)), last]), flush=True)
