"""Puts fronts and backs together that were scanned one after the other; both files are always left as they are."""

from __future__ import annotations

from pathlib import Path

from clerk_desktop.model.errors import FileRefused, NotWritten, RefusalReason, SidesDoNotFit, WrongUsage
from clerk_desktop.model.jobs import CollatePdf, ComposePdf, InspectFile, PickedPage, Priority
from clerk_desktop.model.reading import FileKind
from clerk_desktop.model.sides import Sides
from clerk_desktop.system.files import write_whole
from clerk_desktop.workers.host import WorkerHost


def put_together(
    host: WorkerHost, fronts: Path, backs: Path, target: Path, *, turned: bool, although_they_do_not_fit: bool
) -> Sides:
    """Write all pages of both scans (PDF or pictures) in the order of the paper to a new file.

    ``turned``: the last back was scanned first. Raises ``SidesDoNotFit`` with both numbers unless it is wanted all the
    same, ``FileRefused``, ``WrongUsage`` for a target that is there already, ``NotWritten``, ``DiskFull``.
    """
    if target.exists() or not target.parent.is_dir():
        raise WrongUsage(what=str(target))
    front_pdf, front_count = _as_pdf(host, fronts)
    back_pdf, back_count = _as_pdf(host, backs)
    sides = Sides(fronts=front_count, backs=back_count, turned=turned)
    if not sides.fit and not although_they_do_not_fit:
        raise SidesDoNotFit(fronts=front_count, backs=back_count)
    with host.load((front_pdf, back_pdf), len(front_pdf) + len(back_pdf)) as both:
        job = CollatePdf(length=len(front_pdf), order=sides.in_order())
        whole = host.run(job, both, priority=Priority.INTAKE)
    if _pages(host, whole) != front_count + back_count:  # never half of it
        raise FileRefused(RefusalReason.DAMAGED)
    try:
        write_whole(target, whole)
    except OSError as error:
        raise NotWritten(name=target.name, why=error.strerror or type(error).__name__) from error
    return sides


def _as_pdf(host: WorkerHost, path: Path) -> tuple[bytes, int]:
    """Return a scan as PDF, and how many pages it has."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise FileRefused(RefusalReason.UNREADABLE) from error
    if not content:
        raise FileRefused(RefusalReason.EMPTY)
    with host.load((content,), len(content)) as loaded:
        facts = host.run(InspectFile(), loaded, priority=Priority.INTAKE)
        if not facts.pages:
            raise FileRefused(RefusalReason.NO_PAGES)
        if facts.kind is not FileKind.PDF:
            picked = tuple(PickedPage(number=number) for number in range(1, len(facts.pages) + 1))
            content = host.run(ComposePdf(kind=facts.kind, pages=picked), loaded, priority=Priority.INTAKE)
    return content, len(facts.pages)


def _pages(host: WorkerHost, pdf: bytes) -> int:
    with host.load((pdf,), len(pdf)) as loaded:
        return len(host.run(InspectFile(), loaded, priority=Priority.INTAKE).pages)
