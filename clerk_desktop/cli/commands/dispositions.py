"""``case dispose``, and how events are told."""

from __future__ import annotations

import argparse
from datetime import date

from clerk_desktop.cli.context import Context, Subparsers, Translate
from clerk_desktop.cli.output import print_json
from clerk_desktop.model.disposition import DISPOSITIONS, Disposition, disposition_kind
from clerk_desktop.model.errors import ExitCode, WrongUsage
from clerk_desktop.model.event import Event
from clerk_desktop.model.ids import DocumentId


def register(case: Subparsers, _: Translate) -> None:
    """Add the command below ``case``."""
    dispose = case.add_parser("dispose", help=_("order what is to happen with a case"))
    dispose.add_argument("case_number")
    kinds = ", ".join(kind.value for kind in DISPOSITIONS)
    also = _("{kinds}; also as offices write it: zK, zwV, Mz, Wv, zdA").format(kinds=kinds)
    dispose.add_argument("kind", metavar="KIND", help=also)
    dispose.add_argument("--text", default="", help=_("what to do or to know"))
    dispose.add_argument("--to", default="", metavar="ACCOUNT", help=_("for whom"))
    dispose.add_argument("--on", default="", metavar="YYYY-MM-DD", help=_("day of a resubmission"))
    dispose.add_argument("--document", default="", metavar="DOCUMENT_ID", help=_("what is co-signed"))
    dispose.add_argument("--json", action="store_true")
    dispose.set_defaults(run=run_dispose)


def run_dispose(context: Context, arguments: argparse.Namespace) -> ExitCode:
    """Order something."""
    kind = disposition_kind(arguments.kind)
    if kind is None:
        raise WrongUsage(what=arguments.kind)
    try:
        day = date.fromisoformat(arguments.on) if arguments.on else None
    except ValueError as error:
        raise WrongUsage(what=arguments.on) from error
    wanted = Disposition(
        kind=kind,
        text=arguments.text,
        on=day,
        to=arguments.to,
        document_id=DocumentId(arguments.document) if arguments.document else None,
    )
    with context.open_desk() as desk:
        event = desk.dispositions.dispose(arguments.case_number, wanted)
    if context.json:
        print_json(event_json(event))
    return ExitCode.DONE


def event_json(event: Event) -> dict[str, object]:
    """Return an event."""
    return {
        "eventId": event.event_id,
        "kind": event.kind.value,
        "actor": event.actor,
        "at": event.at,
        "text": event.text,
        "documentId": event.document_id,
        "targetDate": event.target_date,
        "targetUser": event.target_user,
    }
