"""The product's abilities in a worker process: jobs on files, with the last files kept open between their pages."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

from clerk_desktop.documents.inspection import inspect_file
from clerk_desktop.documents.ocr import Recogniser
from clerk_desktop.documents.opened import OpenedFile
from clerk_desktop.documents.tessdata import system_language_data
from clerk_desktop.model.jobs import ComposePdf, DrawPage, ExportMarks, InspectFile, Job, ReadPage
from clerk_desktop.model.reading import FileKind

_KEPT_OPEN = 3


class FileAbilities:
    """Inspect, read, compose, draw, export with marks."""

    jobs: Sequence[type[Job[Any]]] = (InspectFile, ReadPage, ComposePdf, DrawPage, ExportMarks)

    def __init__(self) -> None:
        self._recogniser = Recogniser(system_language_data)
        self._open: OrderedDict[tuple[int, FileKind], OpenedFile] = OrderedDict()

    def perform(self, job: Job[Any], number: int, content: memoryview) -> object:
        """Do one job. ``FileRefused``, ``RecognitionMissing``."""
        match job:
            case InspectFile():
                return inspect_file(content, job)
            case ReadPage():
                return self._file(number, content, job.kind).read(job)
            case ComposePdf():
                return self._file(number, content, job.kind).compose(job)
            case DrawPage():
                return self._file(number, content, job.kind).draw(job)
            case ExportMarks():
                return self._file(number, content, job.kind).export(job)
            case _:
                raise TypeError(type(job).__name__)

    def forget(self, number: int) -> None:
        """Close the files of a content."""
        for key in [key for key in self._open if key[0] == number]:
            self._open.pop(key).close()

    def _file(self, number: int, content: memoryview, kind: FileKind) -> OpenedFile:
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
