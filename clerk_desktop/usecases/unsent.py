"""Unsent work as files that a person can read, and as JSON, for when the store that holds it must be begun anew."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, assert_never

import msgspec

from clerk_desktop.model.document import Document
from clerk_desktop.model.editing import CaseChange, DocumentChange
from clerk_desktop.model.errors import ContentDamaged, NotKnown, NotWritten
from clerk_desktop.model.field_names import CASE_FIELDS, DOCUMENT_FIELDS
from clerk_desktop.model.outbox import (
    AddEvent,
    CreateCase,
    DepositDocument,
    FileDocument,
    Operation,
    PutAnnotations,
    SetAsideDocument,
    UpdateCase,
    UpdateDocument,
)
from clerk_desktop.model.salvage import Salvaged
from clerk_desktop.system.files import disk_full_named, write_whole
from clerk_desktop.system.texts import Language, Texts

UNSAFE = re.compile(r"[^\w .,()-]+")
ENDINGS = {"application/pdf": ".pdf", "image/tiff": ".tif", "image/jpeg": ".jpg", "image/png": ".png"}
NAME_LENGTH = 60


class UnsentFiles:
    """Writes what was salvaged. ``content`` returns a document's content; raises ``NotKnown``, ``ContentDamaged``."""

    def __init__(self, found: Salvaged, texts: Texts, content: Callable[[str], bytes]) -> None:
        self._found = found
        self._texts = texts
        self._content = content
        self._cases = {case.case_id: case for case in found.cases}
        self._documents = {document.document_id: document for document in found.documents}
        self._events = {event.event_id: event for event in found.events}

    def write(self, folder: Path, now: datetime) -> Path:
        """Write everything into a new folder below ``folder`` and return it.

        Raises ``NotWritten`` where that cannot be written, ``DiskFull``.
        """
        try:
            with disk_full_named():
                target = _fresh(folder, f"clerk-desktop {now.astimezone():%Y-%m-%d}")
                letters = self._letters(target)
                self._marks(target)
                text = "\n".join(self._lines(now, letters)) + "\n"
                write_whole(target / f"{self._texts.gettext('Unsent work')}.txt", text.encode("utf-8-sig"))
                write_whole(target / "unsent.json", self._json())
        except OSError as error:
            raise NotWritten(name=folder.name, why=error.strerror or type(error).__name__) from error
        return target

    def _letters(self, target: Path) -> dict[str, str]:
        """Write the content of letters that no server has; returns the names of the files."""
        names: dict[str, str] = {}
        deposits = [entry.operation for entry in self._found.outbox if isinstance(entry.operation, DepositDocument)]
        for number, operation in enumerate(deposits, start=1):
            document = self._documents.get(operation.document_id)
            if document is None:
                continue
            try:
                content = self._content(document.sha256)
            except (NotKnown, ContentDamaged):
                continue
            name = f"{number:03} {_safe(document.title)}{ENDINGS.get(document.mime_type, '')}"
            write_whole(target / name, content)
            names[operation.document_id] = name
        return names

    def _marks(self, target: Path) -> None:
        for number, file in enumerate(self._found.marks, start=1):
            write_whole(target / f"{number:03} {_safe(self._document(file.document_id))}.xfdf", file.content)

    def _lines(self, now: datetime, letters: dict[str, str]) -> Iterator[str]:
        _ = self._texts.gettext
        yield _("Work that was not sent when the local store was found damaged, saved on {time}.").format(
            time=self._moment(now)
        )
        yield _("It holds personal data: delete these files once everything has been entered again.")
        if not self._found.complete:
            yield _("Some of the store could not be read any more; there may have been further work.")
        for number, entry in enumerate(self._found.outbox, start=1):
            yield ""
            yield f"{number}. {self._about(entry.operation)} ({self._moment(entry.created_at)})"
            yield from (f"   {line}" for line in self._details(entry.operation, letters))

    def _about(self, operation: Operation) -> str:
        _ = self._texts.gettext
        match operation:
            case DepositDocument():
                return _("Send a letter to the inbox") + f": {self._document(operation.document_id)}"
            case FileDocument():
                document, case = self._document(operation.document_id), self._case(operation.case_id)
                return _("File a document") + f": {document} → {case}"
            case UpdateDocument():
                return _("Change a document") + f": {self._document(operation.document_id)}"
            case CreateCase():
                return _("Open a case") + f": {self._case(operation.case_id)}"
            case UpdateCase():
                return _("Change a case") + f": {self._case(operation.case_id)}"
            case AddEvent():
                beside = operation.beside
                where = self._case(beside) if beside in self._cases else self._document(beside)
                return _("Add to the history") + f": {where}"
            case PutAnnotations():
                return _("Send marks") + f": {self._document(operation.document_id)}"
            case SetAsideDocument():
                what = _("Take a letter out of the inbox whose pages are in other letters")
                return f"{what}: {self._document(operation.document_id)}"
            case _:
                assert_never(operation)

    def _details(self, operation: Operation, letters: dict[str, str]) -> Iterator[str]:
        match operation:
            case DepositDocument():
                missing = self._texts.gettext("The content of this letter could not be read any more.")
                yield letters.get(operation.document_id, missing)
            case FileDocument(changes=changes) | UpdateDocument(changes=changes) | UpdateCase(changes=changes):
                yield from (f"{self._field(change)}: {change.text}" for change in changes)
            case AddEvent() if operation.event_id in self._events:
                event = self._events[operation.event_id]
                parts = (event.kind.value, event.target_user, event.target_date and f"{event.target_date}", event.text)
                yield ", ".join(part for part in parts if part)
            case _:
                return

    def _field(self, change: CaseChange | DocumentChange) -> str:
        name = CASE_FIELDS[change.field] if isinstance(change, CaseChange) else DOCUMENT_FIELDS[change.field]
        return self._texts.gettext(name)

    def _case(self, case_id: str) -> str:
        case = next((each for key, each in self._cases.items() if key == case_id), None)
        return case_id if case is None else f"{case.case_number} {case.subject}"

    def _document(self, document_id: str) -> str:
        document: Document | None = next((each for key, each in self._documents.items() if key == document_id), None)
        return document_id if document is None else document.title or document_id

    def _moment(self, at: datetime) -> str:
        form = "%d.%m.%Y %H:%M" if self._texts.language is Language.GERMAN else "%Y-%m-%d %H:%M"
        return at.astimezone().strftime(form)

    def _json(self) -> bytes:
        spoken_of = {key for entry in self._found.outbox for key in entry.operation.touches}
        whole: dict[str, Any] = {
            "complete": self._found.complete,
            "operations": [
                {"kind": type(entry.operation).__name__, **msgspec.to_builtins(entry)} for entry in self._found.outbox
            ],
            "cases": [case for case in self._found.cases if case.case_id in spoken_of],
            "documents": [each for each in self._found.documents if each.document_id in spoken_of],
            "events": [event for event in self._found.events if event.event_id in spoken_of],
        }
        return json.dumps(msgspec.to_builtins(whole), ensure_ascii=False, indent=2).encode()


def _fresh(folder: Path, name: str) -> Path:
    """Make a folder that was not there, private to the user: nothing is overwritten."""
    folder.mkdir(parents=True, exist_ok=True)
    number = 1
    while True:
        target = folder / (name if number == 1 else f"{name} ({number})")
        try:
            target.mkdir(mode=0o700)
        except FileExistsError:
            number += 1
        else:
            return target


def _safe(title: str) -> str:
    return UNSAFE.sub("_", title).strip(" .")[:NAME_LENGTH] or "_"
