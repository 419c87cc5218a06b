"""``verify-log``: tells whether all transfer notes are there, unchanged and in order."""

from __future__ import annotations

import argparse

from clerk_desktop.cli.context import Context, Subparsers, Translate
from clerk_desktop.cli.output import print_json
from clerk_desktop.model.errors import ExitCode
from clerk_desktop.model.transfer_note import ChainFault
from clerk_desktop.usecases.transfer_notes import FAULTS


def register(commands: Subparsers, _: Translate) -> None:
    """Add the command."""
    check = commands.add_parser("verify-log", help=_("are all transfer notes there and unchanged?"))
    check.add_argument("--json", action="store_true")
    check.set_defaults(run=run_verify_log)


def run_verify_log(context: Context, arguments: argparse.Namespace) -> ExitCode:
    """Check the chained transfer notes and say where they are not as they were written."""
    with context.open_desk() as desk:
        report = desk.transfer_notes.check()
    sentences = [_sentence(context, fault) for fault in report.faults]
    if context.json:
        print_json(
            {
                "ok": not report.faults,
                "notes": report.notes,
                "ends": [{"station": end.station, "number": end.number, "sha256": end.sha256} for end in report.ends],
                "faults": [
                    {
                        "kind": fault.kind.value,
                        "station": fault.station,
                        "number": fault.number,
                        "documentId": fault.document_id,
                        "sentence": sentence,
                    }
                    for fault, sentence in zip(report.faults, sentences, strict=True)
                ],
            }
        )
    else:
        _ = context.texts
        context.say(
            _.ngettext("{count} note checked.", "{count} notes checked.", report.notes).format(count=report.notes)
        )
        for end in report.ends:
            context.say(_.gettext("Last note of station {station}: {number}, SHA-256 {sha256}").format(
                station=end.station, number=end.number, sha256=end.sha256
            ))  # fmt: skip
        for sentence in sentences:
            print(sentence)
        if not sentences:
            context.say(_.gettext("All are there, unchanged and in order."))
    return ExitCode.FAILED if report.faults else ExitCode.DONE


def _sentence(context: Context, fault: ChainFault) -> str:
    return context.texts.gettext(FAULTS[fault.kind]).format(
        number=fault.number, station=fault.station, document=fault.document_id
    )
