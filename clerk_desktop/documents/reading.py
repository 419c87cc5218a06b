"""Reading one page: embedded text where it says something, else recognition; codes; whether it is blank."""

from __future__ import annotations

from clerk_desktop.documents.barcodes import barcodes
from clerk_desktop.documents.blank import is_blank
from clerk_desktop.documents.image_file import ImageFile
from clerk_desktop.documents.legible import says_something
from clerk_desktop.documents.look import look_of
from clerk_desktop.documents.ocr import Recognised, Recogniser
from clerk_desktop.documents.page_image import READING_DPI, PageImage, page_of_image, page_of_pdf, scan_dpi, turned
from clerk_desktop.documents.pdf_file import PdfFile
from clerk_desktop.documents.quality import flaws_of
from clerk_desktop.documents.stripes import has_stripes
from clerk_desktop.documents.text import EmbeddedText
from clerk_desktop.model.errors import FileRefused, RefusalReason
from clerk_desktop.model.jobs import ReadPage
from clerk_desktop.model.reading import Barcode, PageReading, TextSource, Word

_CODES_DPI = 200
_IMPRINT = 60  # characters: less text on a page-filling scan is a stamp or imprint, not its text


def read_pdf_page(pdf: PdfFile, text: EmbeddedText, recogniser: Recogniser, job: ReadPage) -> PageReading:
    """Read one page of a PDF. ``FileRefused``: UNREADABLE, also for a page that is not there."""
    if not 1 <= job.number <= len(pdf):
        raise FileRefused(RefusalReason.UNREADABLE)
    words = text.words(job.number)
    said = " ".join(word.text for word in words)
    scan = scan_dpi(pdf, job.number)
    if says_something(said) and (scan is None or len(said) >= _IMPRINT):
        codes: tuple[Barcode, ...] = ()
        if job.symbologies and text.may_hold_codes(job.number):
            codes = barcodes(page_of_pdf(pdf, job.number, _CODES_DPI), job.symbologies)
        return PageReading(
            number=job.number,
            size=pdf.size(job.number),
            words=words,
            raw_text=_text(words),
            source=TextSource.EMBEDDED,
            barcodes=codes,
        )
    page = page_of_pdf(pdf, job.number, _sensible(scan))
    return _read_picture(page, recogniser, job, words, scan)


def read_image_page(file: ImageFile, recogniser: Recogniser, job: ReadPage) -> PageReading:
    """Read one page of an image file. ``FileRefused``: DAMAGED, also for a page that is not there."""
    page = page_of_image(file, job.number)
    return _read_picture(page, recogniser, job, (), page.dpi)


def _read_picture(
    page: PageImage, recogniser: Recogniser, job: ReadPage, embedded: tuple[Word, ...], scanned_at: float | None
) -> PageReading:
    codes = barcodes(page, job.symbologies)
    blank = not codes and not embedded and is_blank(page.image, page.dpi)
    read = Recognised(words=(), raw_text="")
    if job.recognise and not blank:
        read = recogniser.read(page)
    words, raw_text, source = read.words, read.raw_text, TextSource.RECOGNISED if read.words else TextSource.NONE
    if not words and embedded:
        words, raw_text, source = embedded, _text(embedded), TextSource.EMBEDDED
    return PageReading(
        number=job.number,
        size=page.size,
        words=words,
        raw_text=raw_text,
        source=source,
        blank=blank,
        barcodes=codes,
        turned=read.turned,
        stripes=bool(job.symbologies) and not codes and not blank and has_stripes(page.image, page.dpi),
        flaws=flaws_of(page.image, page.dpi, scanned_at) if job.recognise and not blank and not embedded else (),
        look="" if blank or not job.recognise else look_of(turned(page.image, read.turned), page.dpi),
    )


def _sensible(scan: float | None) -> float:
    """Return the resolution to draw at: 300 dpi reads best (a fifth fewer errors than 200), finer scans as they are."""
    return READING_DPI if scan is None else min(max(scan, READING_DPI), READING_DPI * 4 / 3)


def _text(words: tuple[Word, ...]) -> str:
    lines: dict[int, list[str]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word.text)
    return "\n".join(" ".join(line) for line in lines.values())
