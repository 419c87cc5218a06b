"""The product's abilities in a worker process: jobs on files, with the last files kept open between their pages."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

from clerk_desktop.documents.archival import to_archival
from clerk_desktop.documents.binding import bind
from clerk_desktop.documents.collating import collate
from clerk_desktop.documents.content import AwaitedContent, Content
from clerk_desktop.documents.index_file import read_index
from clerk_desktop.documents.inspection import inspect_file
from clerk_desktop.documents.kinds import kind_of
from clerk_desktop.documents.ocr import Recogniser
from clerk_desktop.documents.opened import OpenedFile
from clerk_desktop.documents.rearranging import rearrange
from clerk_desktop.documents.tessdata import system_language_data
from clerk_desktop.model.jobs import (
    BindPages,
    CollatePdf,
    ComposePdf,
    DrawPage,
    ExportMarks,
    InspectFile,
    Job,
    LookAtFile,
    MakeArchival,
    MeasurePages,
    ReadIndex,
    ReadMail,
    ReadPage,
    RearrangePdf,
    TakeAttachment,
)
from clerk_desktop.model.reading import FileKind
from clerk_desktop.workers.toolbox import Need

_KEPT_OPEN = 3


class FileAbilities:
    """Inspect, look at, measure, read, compose, draw, export with marks; read an e-mail and take files out of it."""

    jobs: Sequence[type[Job[Any]]] = (
        BindPages,
        CollatePdf,
        MakeArchival,
        ReadIndex,
        RearrangePdf,
        InspectFile,
        LookAtFile,
        MeasurePages,
        ReadPage,
        ComposePdf,
        DrawPage,
        ExportMarks,
        ReadMail,
        TakeAttachment,
    )

    def __init__(self) -> None:
        self._recogniser = Recogniser(system_language_data)
        self._open: OrderedDict[tuple[int, FileKind], OpenedFile] = OrderedDict()

    def perform(self, job: Job[Any], number: int, content: memoryview, need: Need | None = None) -> object:
        """Do one job. ``FileRefused``, ``RecognitionMissing``."""
        given: Content = content if need is None else AwaitedContent(content, need)
        match job:
            case InspectFile():
                return inspect_file(given, job)
            case LookAtFile():
                return self._file(number, given, kind_of(given)).look()
            case MeasurePages():
                return self._file(number, given, job.kind).measure()
            case ReadPage():
                return self._file(number, given, job.kind).read(job)
            case BindPages():
                return bind(given, job)
            case CollatePdf():
                return collate(given, job)
            case MakeArchival():
                return to_archival(given)
            case ReadIndex():
                return read_index(given)
            case RearrangePdf():
                return rearrange(given, job)
            case ComposePdf():
                return self._file(number, given, job.kind).compose(job)
            case DrawPage():
                return self._file(number, given, job.kind).draw(job)
            case ExportMarks():
                return self._file(number, given, job.kind).export(job)
            case ReadMail():
                return self._file(number, given, FileKind.MAIL).mail()
            case TakeAttachment():
                return self._file(number, given, FileKind.MAIL).attachment(job)
            case _:
                raise TypeError(type(job).__name__)

    def forget(self, number: int) -> None:
        """Close the files of a content."""
        for key in [key for key in self._open if key[0] == number]:
            self._open.pop(key).close()

    def _file(self, number: int, content: Content, kind: FileKind) -> OpenedFile:
        key = (number, kind)
        if key not in self._open:
            while len(self._open) >= _KEPT_OPEN:
                self._open.popitem(last=False)[1].close()
            self._open[key] = OpenedFile(content, kind, self._recogniser)
        self._open.move_to_end(key)
        return self._open[key]


def toolbox() -> FileAbilities:
    """Return the abilities for one worker process."""
    return FileAbilities()
