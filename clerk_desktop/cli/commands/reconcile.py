"""``reconcile``: did everything that went in arrive? As text, JSON, CSV and a printable PDF."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from clerk_desktop.cli.commands.sample import sample_json
from clerk_desktop.cli.context import Context, Subparsers, Translate
from clerk_desktop.cli.output import print_json
from clerk_desktop.model.errors import ExitCode, WrongUsage
from clerk_desktop.model.ledger import FileAccount, Reconciliation
from clerk_desktop.system.texts import Texts
from clerk_desktop.usecases.day_account import to_do, why
from clerk_desktop.usecases.forecast import forecast_text
from clerk_desktop.usecases.visual_checks import sample_text


def register(commands: Subparsers, _: Translate) -> None:
    """Add the command."""
    account = commands.add_parser("reconcile", help=_("did everything that went in arrive?"))
    account.add_argument("--date", default="", metavar="YYYY-MM-DD", help=_("a day of the office; all days without it"))
    form = account.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true")
    form.add_argument("--csv", type=Path, metavar="FILE", help=_("one line per file, for a table program"))
    form.add_argument(
        "--pdf", type=Path, metavar="FILE", help=_("to be printed, in German unless --lang says otherwise")
    )
    account.set_defaults(run=run_reconcile)


def run_reconcile(context: Context, arguments: argparse.Namespace) -> ExitCode:
    """Print or write the day's account."""
    try:
        day = date.fromisoformat(arguments.date) if arguments.date else None
    except ValueError as error:
        raise WrongUsage(what=arguments.date) from error
    # what leaves the office is in the office's language, whatever language the workstation speaks
    for_paper = context.texts if arguments.lang else Texts.for_language("de")
    with context.open_desk() as desk:
        account = desk.day_accounts.of(day)
        if arguments.csv is not None:
            _writable(arguments.csv)
            desk.day_accounts.write_csv(account, arguments.csv, for_paper)
        elif arguments.pdf is not None:
            _writable(arguments.pdf)
            desk.day_accounts.write_pdf(account, arguments.pdf, for_paper)
    if context.json:
        print_json(account_json(account, context.texts))
    elif arguments.csv is None and arguments.pdf is None:
        _print(context, account)
    else:
        context.say(context.texts.gettext("Written: {file}").format(file=arguments.csv or arguments.pdf))
    return ExitCode.FAILED if account.lost else ExitCode.NEEDS_CLERK if account.quarantined else ExitCode.DONE


def account_json(account: Reconciliation, texts: Texts) -> dict[str, object]:
    """Return an account with the keys of ``cli.md``, and its differences file by file."""
    return {
        "date": account.day,
        **_numbers(account),
        "lostFiles": account.lost,
        "reading": {"files": account.reading.files, "seconds": account.reading.seconds},
        "sample": [sample_json(sample) for sample in account.samples],
        "differences": [_difference_json(file, texts) for file in account.differences],
    }


def _difference_json(file: FileAccount, texts: Texts) -> dict[str, object]:
    return {
        "id": file.file_id,
        "path": file.path,
        "state": file.state.value if file.state is not None else None,
        "verdict": file.verdict.value,
        "why": why(file, texts),
        "toDo": to_do(file, texts),
        "sourceSha256": file.sha256,
        "sortedOutPages": list(file.sorted_out),
    }


def _numbers(account: Reconciliation) -> dict[str, int]:
    return {
        "seen": account.seen,
        "confirmed": account.confirmed,
        "waiting": account.waiting,
        "quarantined": account.quarantined,
        "duplicates": account.duplicates,
        "lost": len(account.lost),
    }


def _print(context: Context, account: Reconciliation) -> None:
    _ = context.texts.gettext
    words = {
        "seen": _("seen"),
        "confirmed": _("confirmed"),
        "waiting": _("waiting"),
        "quarantined": _("in quarantine"),
        "duplicates": _("duplicates"),
        "lost": _("lost"),
    }
    for name, value in _numbers(account).items():
        print(f"{words[name]}: {value}")
    if told := forecast_text(account.reading, context.texts):
        print(told)
    for sample in account.samples:
        print(sample_text(sample, context.texts))
    for file in account.differences:
        print(f"\n{file.path}\n  {why(file, context.texts)}\n  {to_do(file, context.texts)}".rstrip())


def _writable(target: Path) -> None:
    if target.is_dir() or not target.parent.is_dir():
        raise WrongUsage(what=str(target))
