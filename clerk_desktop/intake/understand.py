"""Has a claimed scan checked, read, cut into documents and written down, all of it by the worker host.

Which bytes go on (``architecture.md``, life of a letter, step 5): a PDF that has text or is signed goes on byte for
byte; images and scans without text become a PDF with a text layer under the untouched image. What has no pages here, an
e-mail or an office document, goes on byte for byte; the files in an e-mail become documents beside it, by the same
rules. Knows no ledger.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from pathlib import PurePath

from clerk_desktop.intake.progress import Point, Witness
from clerk_desktop.intake.separate import Part, Separation, separate
from clerk_desktop.model.archival import Hindrance
from clerk_desktop.model.batch import BatchNotice, IndexData
from clerk_desktop.model.errors import FileRefused, RefusalReason, WorkerCrashed, WorkerLate
from clerk_desktop.model.ids import FileId
from clerk_desktop.model.jobs import (
    BindPages,
    ComposePdf,
    InspectFile,
    Limits,
    MakeArchival,
    PickedPage,
    Priority,
    ReadIndex,
    ReadMail,
    ReadPage,
    TakeAttachment,
)
from clerk_desktop.model.reading import Attachment, FileFacts, FileKind, Mail, PageReading, TextSource
from clerk_desktop.model.sheet import SheetsMissing
from clerk_desktop.store.blobs import Blobs
from clerk_desktop.workers.host import LoadedContent, WorkerHost

DEEPEST = 3
"""Files are taken out of an e-mail in an e-mail in an e-mail, and no deeper."""
NO_INDEX = IndexData()
FALLBACK_DPI = 300


@dataclass(frozen=True, kw_only=True, slots=True)
class Timeouts:
    """Seconds that one job on a file may take before it counts as stuck; each is tried twice."""

    inspect: float = 60.0
    read: float = 120.0
    compose: float = 60.0
    compose_page: float = 1.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Rules:
    """What the office wants: the texts of its separator sheets, and whether scans are stored as PDF/A-2b."""

    separator_texts: tuple[str, ...]
    archival: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class AttachedSource:
    """A file in an e-mail. ``place``: its number in the mail, of mails in mails one after the other, from 1."""

    place: tuple[int, ...]
    title: str
    sha256: str
    facts: FileFacts
    left_out: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class UnderstoodPart:
    """One document: its pages as read, and the hash (hexadecimal) and length (bytes) of the content to deposit.

    ``part.pages`` count in the scan; the numbers of ``readings`` count in the document, as whoever opens it sees them.
    ``source``: the file in an e-mail that it was made of, None for the scanned file itself. ``mail``: what the e-mail
    says that it is, ``left_inside``: names of files that stay in it. ``archival``: it is PDF/A-2b; ``hindrance``: why
    it is not although the office wants it.
    """

    part: Part
    readings: tuple[PageReading, ...]
    sha256: str
    length: int
    kind: FileKind = FileKind.PDF
    source: AttachedSource | None = None
    mail: Mail | None = None
    left_inside: tuple[str, ...] = ()
    archival: bool = False
    hindrance: Hindrance | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Understood:
    """What a scan turned out to be. ``left_out``: pages that are in no part, separator sheets and their backs.

    ``index``: what the index file of its batch tells; ``notices``: what a person should know of the batch.
    """

    facts: FileFacts
    parts: tuple[UnderstoodPart, ...]
    left_out: tuple[int, ...] = ()
    sheets_missing: tuple[SheetsMissing, ...] = ()
    index: IndexData = NO_INDEX
    notices: tuple[BatchNotice, ...] = ()


class Understander:
    """Understands one file at a time per calling thread; may be called by several."""

    def __init__(
        self,
        blobs: Blobs,
        host: WorkerHost,
        witness: Witness,
        *,
        limits: Limits | None = None,
        timeouts: Timeouts | None = None,
    ) -> None:
        self._blobs = blobs
        self._host = host
        self._witness = witness
        self._limits = limits or Limits()
        self._timeouts = timeouts or Timeouts()

    def understand(self, file_id: FileId, sha256: str, rules: Rules, title: str, *, depth: int = 0) -> Understood:
        """Understand the content with that hash. ``depth``: in how many e-mails it lies.

        Raises ``FileRefused`` with the reason; ``NotKnown`` and ``ContentDamaged`` when the content is not in the
        store; and, saying nothing about the file, ``RecognitionMissing``, ``WorkerNotStarted``, ``WorkersClosed``.
        """
        length = self._blobs.length(sha256)
        if length > self._limits.max_bytes:
            raise FileRefused(RefusalReason.TOO_LARGE)
        if length == 0:
            raise FileRefused(RefusalReason.EMPTY)
        try:
            with self._host.load(self._blobs.chunks(sha256), length) as content:
                return self._understand(file_id, content, sha256, rules, title, depth)
        except WorkerCrashed as crash:
            raise FileRefused(RefusalReason.CRASHED) from crash
        except WorkerLate as late:
            raise FileRefused(RefusalReason.TOO_SLOW) from late

    def join(self, contents: Sequence[str]) -> str:
        """Put files of pages together as one PDF, each image untouched; return the hash of it. Raises as
        ``understand`` does.
        """
        try:
            pdfs = self._as_pdfs(contents)
            with self._host.load(pdfs, sum(map(len, pdfs))) as loaded:
                job = BindPages(lengths=tuple(map(len, pdfs)), dpi=FALLBACK_DPI)
                whole = self._host.run(job, loaded, priority=Priority.INTAKE, timeout=self._join_time(len(pdfs)))
        except WorkerCrashed as crash:
            raise FileRefused(RefusalReason.CRASHED) from crash
        except WorkerLate as late:
            raise FileRefused(RefusalReason.TOO_SLOW) from late
        return self._blobs.put_bytes(whole).sha256

    def index(self, sha256: str) -> IndexData:
        """Read an index file. ``FileRefused`` where it is none."""
        try:
            with self._host.load(self._blobs.chunks(sha256), self._blobs.length(sha256)) as content:
                return self._host.run(ReadIndex(), content, priority=Priority.INTAKE, timeout=self._timeouts.inspect)
        except (WorkerCrashed, WorkerLate) as failed:
            raise FileRefused(RefusalReason.DAMAGED) from failed

    def _as_pdfs(self, contents: Sequence[str]) -> list[bytes]:
        """Return each file as a PDF; they are in memory together, so together they may be as large as one file."""
        pdfs = list[bytes]()
        for sha256 in contents:
            pdfs.append(self._as_pdf(sha256))
            if sum(map(len, pdfs)) > self._limits.max_bytes:
                raise FileRefused(RefusalReason.TOO_LARGE)
        return pdfs

    def _as_pdf(self, sha256: str) -> bytes:
        length = self._blobs.length(sha256)
        if length == 0:
            raise FileRefused(RefusalReason.EMPTY)
        if length > self._limits.max_bytes:
            raise FileRefused(RefusalReason.TOO_LARGE)
        with self._host.load(self._blobs.chunks(sha256), length) as content:
            job = InspectFile(limits=self._limits)
            facts = self._host.run(job, content, priority=Priority.INTAKE, timeout=self._timeouts.inspect)
            if facts.signed:  # putting it together with others would destroy the signature
                raise FileRefused(RefusalReason.SIGNED)
            if facts.kind is FileKind.PDF:
                return b"".join(self._blobs.chunks(sha256))
            if not facts.pages:
                raise FileRefused(RefusalReason.NO_PAGES)
            pages = tuple(PickedPage(number=number) for number in range(1, len(facts.pages) + 1))
            compose = ComposePdf(kind=facts.kind, pages=pages)
            return self._host.run(compose, content, priority=Priority.INTAKE, timeout=self._join_time(len(facts.pages)))

    def _join_time(self, pages: int) -> float:
        return self._timeouts.compose + self._timeouts.compose_page * pages

    def _understand(
        self,
        file_id: FileId,
        content: LoadedContent,
        sha256: str,
        rules: Rules,
        title: str,
        depth: int,
    ) -> Understood:
        job = InspectFile(limits=self._limits)
        facts = self._host.run(job, content, priority=Priority.INTAKE, timeout=self._timeouts.inspect)
        if not facts.kind.has_pages:
            return self._whole(file_id, facts, content, sha256, rules, depth)
        if not facts.pages:
            raise FileRefused(RefusalReason.NO_PAGES)
        readings = self._read(facts, content)
        self._witness.passed(Point.READ, file_id)
        separation = _separated(facts, readings, rules.separator_texts)
        parts = tuple(self._written(facts, part, readings, content, sha256, rules, title) for part in separation.parts)
        if not parts:
            raise FileRefused(RefusalReason.ONLY_SHEETS)
        self._witness.passed(Point.COMPOSED, file_id)
        return Understood(facts=facts, parts=parts, left_out=separation.dropped, sheets_missing=separation.missing)

    def _whole(
        self,
        file_id: FileId,
        facts: FileFacts,
        content: LoadedContent,
        sha256: str,
        rules: Rules,
        depth: int,
    ) -> Understood:
        """Take a file without pages as it is, and the files in an e-mail as documents beside it."""
        whole = UnderstoodPart(part=Part(pages=()), readings=(), sha256=sha256, length=content.length, kind=facts.kind)
        if facts.kind is not FileKind.MAIL:
            return Understood(facts=facts, parts=(whole,))
        mail = self._host.run(ReadMail(), content, priority=Priority.INTAKE, timeout=self._timeouts.inspect)
        parts, left_inside = list[UnderstoodPart](), list[str]()
        for number, attachment in enumerate(mail.attachments, start=1):
            try:
                parts += self._attached(file_id, number, attachment, content, rules, depth + 1)
            except FileRefused:
                left_inside.append(attachment.name)
        whole = replace(whole, mail=mail, left_inside=tuple(left_inside))
        return Understood(facts=facts, parts=(whole, *parts))

    def _attached(
        self,
        file_id: FileId,
        number: int,
        attachment: Attachment,
        mail: LoadedContent,
        rules: Rules,
        depth: int,
    ) -> list[UnderstoodPart]:
        """Return the documents of one file in an e-mail. ``FileRefused`` for one that stays in there only."""
        if depth > DEEPEST:
            raise FileRefused(RefusalReason.UNKNOWN_KIND)
        taken = self._host.run(
            TakeAttachment(number=number), mail, priority=Priority.INTAKE, timeout=self._timeouts.inspect
        )
        info = self._blobs.put_bytes(taken)
        title = PurePath(attachment.name).stem
        understood = self.understand(file_id, info.sha256, rules, title, depth=depth)
        return [
            replace(part, source=_deeper(number, title, info.sha256, understood, part.source))
            for part in understood.parts
        ]

    def _read(self, facts: FileFacts, content: LoadedContent) -> tuple[PageReading, ...]:
        """Read all pages at once: the host spreads them over its processes."""
        futures: list[Future[PageReading]] = [
            self._host.submit(
                ReadPage(kind=facts.kind, number=number),
                content,
                priority=Priority.RECOGNITION,
                timeout=self._timeouts.read,
            )
            for number in range(1, len(facts.pages) + 1)
        ]
        return tuple(future.result() for future in futures)

    def _written(
        self,
        facts: FileFacts,
        part: Part,
        readings: Sequence[PageReading],
        content: LoadedContent,
        sha256: str,
        rules: Rules,
        title: str,
    ) -> UnderstoodPart:
        pages = tuple(readings[number - 1] for number in part.pages)
        if goes_on_unchanged(facts, part, pages):
            whole = UnderstoodPart(part=part, readings=_counted(pages), sha256=sha256, length=content.length)
            if not rules.archival:
                return whole
            return replace(whole, hindrance=Hindrance.SIGNED) if facts.signed else self._archived(whole, content)
        picked = tuple(_picked(page) for page in pages)
        pdf = self._host.run(
            ComposePdf(kind=facts.kind, pages=picked, title=title),
            content,
            priority=Priority.INTAKE,
            timeout=self._timeouts.compose + self._timeouts.compose_page * len(pages),
        )
        info = self._blobs.put_bytes(pdf)
        written = UnderstoodPart(part=part, readings=_counted(pages), sha256=info.sha256, length=info.length)
        if not rules.archival:
            return written
        with self._host.load((pdf,), len(pdf)) as loaded:
            return self._archived(written, loaded)

    def _archived(self, written: UnderstoodPart, content: LoadedContent) -> UnderstoodPart:
        """Return the part as PDF/A-2b, or as it is with what stands against that."""
        seconds = self._timeouts.compose + self._timeouts.compose_page * len(written.readings)
        archived = self._host.run(MakeArchival(), content, priority=Priority.INTAKE, timeout=seconds)
        if archived.hindrance is not None:
            return replace(written, hindrance=archived.hindrance)
        info = self._blobs.put_bytes(archived.content)
        return replace(written, sha256=info.sha256, length=info.length, archival=True)


def goes_on_unchanged(facts: FileFacts, part: Part, pages: Sequence[PageReading]) -> bool:
    """Tell whether the scan's own bytes are deposited: a whole PDF with text, a signed one, or one with nothing to
    write under its images.
    """
    if facts.kind is not FileKind.PDF or len(part.pages) != len(facts.pages):
        return False
    return facts.signed or facts.has_text or not any(page.source is TextSource.RECOGNISED for page in pages)


def _deeper(
    number: int, title: str, sha256: str, understood: Understood, inner: AttachedSource | None
) -> AttachedSource:
    if inner is not None:
        return replace(inner, place=(number, *inner.place))
    return AttachedSource(
        place=(number,), title=title, sha256=sha256, facts=understood.facts, left_out=understood.left_out
    )


def _separated(facts: FileFacts, readings: Sequence[PageReading], separator_texts: tuple[str, ...]) -> Separation:
    if facts.signed:  # cutting it would destroy the signature
        pages = tuple(page.number for page in readings)
        return Separation(parts=(Part(pages=pages, blank=tuple(page.number for page in readings if page.blank)),))
    return separate(readings, separator_texts)


def _counted(pages: Sequence[PageReading]) -> tuple[PageReading, ...]:
    return tuple(replace(page, number=number) for number, page in enumerate(pages, start=1))


def _picked(page: PageReading) -> PickedPage:
    words = page.words if page.source is TextSource.RECOGNISED else ()
    return PickedPage(number=page.number, words=words, turned=page.turned if words else 0)
