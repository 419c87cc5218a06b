"""``sample``: which letters chance chose to be compared with their paper, and what was found."""

from __future__ import annotations

import argparse

from clerk_desktop.cli.context import Context, Subparsers, Translate
from clerk_desktop.cli.output import print_json, print_table
from clerk_desktop.model.errors import ExitCode
from clerk_desktop.model.ids import DocumentId
from clerk_desktop.model.visual_check import Defect, Sample
from clerk_desktop.usecases.visual_checks import check_text, sample_text


def register(commands: Subparsers, _: Translate) -> None:
    """Add the commands."""
    sample = commands.add_parser("sample", help=_("the random sample that is compared with its paper"))
    below = sample.add_subparsers(required=True)
    listing = below.add_parser("list", help=_("which letters were chosen, and what was found"))
    listing.add_argument("--json", action="store_true")
    listing.set_defaults(run=run_list)
    agrees = below.add_parser("agrees", help=_("a letter agrees with its paper"))
    agrees.add_argument("document_id")
    agrees.set_defaults(run=run_result, defect="", remark="")
    differs = below.add_parser("differs", help=_("a letter does not agree with its paper"))
    differs.add_argument("document_id")
    differs.add_argument("defect", choices=[defect.value for defect in Defect])
    differs.add_argument("--remark", default="")
    differs.set_defaults(run=run_result)


def run_list(context: Context, arguments: argparse.Namespace) -> ExitCode:
    """List the sample."""
    with context.open_desk() as desk:
        account = desk.day_accounts.of(None)
    if context.json:
        print_json([sample_json(sample) for sample in account.samples])
        return ExitCode.DONE
    _ = context.texts.gettext
    for sample in account.samples:
        print(sample_text(sample, context.texts))
    rows = [
        (letter.document_id, letter.path, check_text(letter.check, context.texts))
        for sample in account.samples
        for letter in sample.chosen
    ]
    print_table((_("Id"), _("File"), _("Found")), rows)
    return ExitCode.DONE


def run_result(context: Context, arguments: argparse.Namespace) -> ExitCode:
    """Write down what was found."""
    defect = Defect(arguments.defect) if arguments.defect else None
    with context.open_desk() as desk:
        check = desk.day_accounts.checks.record(DocumentId(arguments.document_id), defect, arguments.remark)
    context.say(check_text(check, context.texts))
    return ExitCode.DONE


def sample_json(sample: Sample) -> dict[str, object]:
    """Return a sample; who compared is in the history and not here, so that nobody is ranked."""
    return {
        "protection": sample.protection.value,
        "quota": sample.quota,
        "letters": sample.letters,
        "chosen": len(sample.chosen),
        "compared": sample.compared,
        "differ": len(sample.defects),
        "documents": [
            {
                "documentId": letter.document_id,
                "path": letter.path,
                "result": None if letter.check is None else letter.check.text.partition("\n")[0],
                "remark": "" if letter.check is None else letter.check.remark,
                "at": None if letter.check is None else letter.check.at,
            }
            for letter in sample.chosen
        ],
    }
