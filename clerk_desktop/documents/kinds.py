"""What a file is by its content. Names and endings are decoration and are never asked."""

from __future__ import annotations

import re
import zipfile
import zlib

from clerk_desktop.documents.content import Content, stream
from clerk_desktop.model.errors import FileRefused, RefusalReason
from clerk_desktop.model.reading import MIME_TYPES, FileKind

_IMAGES: tuple[tuple[bytes, FileKind], ...] = (
    (b"\xff\xd8\xff", FileKind.JPEG),
    (b"\x89PNG\r\n\x1a\n", FileKind.PNG),
    (b"II*\x00", FileKind.TIFF),
    (b"MM\x00*", FileKind.TIFF),
    (b"II+\x00", FileKind.TIFF),  # BigTIFF
    (b"MM\x00+", FileKind.TIFF),
    (b"GIF87a", FileKind.GIF),
    (b"GIF89a", FileKind.GIF),
)
_HEIF_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1"})  # ISO/IEC 23008-12, 10.2
_BMP_HEADERS = frozenset({12, 40, 52, 56, 64, 108, 124})  # sizes of the second header, which says the version
_PDF_HEADER_WITHIN = 1024  # readers accept rubbish before the header (ISO 32000-1, annex H.3.4.1)
_ZIP, _RTF, _COMPOUND = b"PK\x03\x04", b"{\\rtf", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OPEN_XML_PARTS = {  # ECMA-376 part 1: where each kind keeps its main part
    "word/document.xml": FileKind.DOCX,
    "xl/workbook.xml": FileKind.XLSX,
    "ppt/presentation.xml": FileKind.PPTX,
}
_LONGEST_MIME = 100
_OPEN_DOCUMENT = {MIME_TYPES[kind].encode(): kind for kind in (FileKind.ODT, FileKind.ODS, FileKind.ODP)}
_STREAMS: tuple[tuple[str, FileKind | None], ...] = (  # [MS-CFB] stream names; a message may hold the others inside
    ("__nameid_version1.0", FileKind.OUTLOOK),
    ("EncryptedPackage", None),  # [MS-OFFCRYPTO]: an office document behind a password
    ("WordDocument", FileKind.DOC),
    ("PowerPoint Document", FileKind.PPT),
    ("Workbook", FileKind.XLS),
)
_SEARCHED = 1 << 20
_MAIL_HEAD = 64 * 1024
_MAIL_FIELD = re.compile(rb"(?m)^([A-Za-z][A-Za-z0-9-]{1,40}):[ \t]*\S")
_MAIL_FIELDS = frozenset(
    {b"from", b"to", b"cc", b"subject", b"date", b"received", b"message-id", b"mime-version", b"return-path"}
)
_MAIL_AT_LEAST = 3


def kind_of(content: Content) -> FileKind:
    """Return the kind; ``FileRefused``: EMPTY, ENCRYPTED or UNKNOWN_KIND."""
    if len(content) == 0:
        raise FileRefused(RefusalReason.EMPTY)
    head = bytes(content[:_PDF_HEADER_WITHIN])
    found = _picture(head) or (FileKind.PDF if b"%PDF-" in head else None)
    if found is None and head.startswith(_ZIP):
        found = _packed(content)
    elif found is None and head.startswith(_COMPOUND):
        found = _compound(content)
    elif found is None and head.startswith(_RTF):
        found = FileKind.RTF
    elif found is None and _is_mail(bytes(content[:_MAIL_HEAD])):
        found = FileKind.MAIL
    if found is None:
        raise FileRefused(RefusalReason.UNKNOWN_KIND)
    return found


def _picture(head: bytes) -> FileKind | None:
    for mark, kind in _IMAGES:
        if head.startswith(mark):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return FileKind.WEBP
    if head[4:8] == b"ftyp" and head[8:12] in _HEIF_BRANDS:
        return FileKind.HEIF
    if head[:2] == b"BM" and int.from_bytes(head[14:18], "little") in _BMP_HEADERS:
        return FileKind.BMP
    return None


def _packed(content: Content) -> FileKind | None:
    """Return which office document a ZIP archive is, None for any other archive; nothing else is unpacked."""
    try:
        with stream(content) as source, zipfile.ZipFile(source) as archive:
            names = frozenset(archive.namelist())
            for part, kind in _OPEN_XML_PARTS.items():
                if part in names and "[Content_Types].xml" in names:
                    return kind
            if "mimetype" not in names:
                return None
            with archive.open("mimetype") as told:
                return _OPEN_DOCUMENT.get(told.read(_LONGEST_MIME).strip())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError, zlib.error) as broken:
        raise FileRefused(RefusalReason.DAMAGED) from broken


def _compound(content: Content) -> FileKind | None:
    """Return which document a compound file is, by the names of its streams."""
    found = set()
    for start in range(0, len(content), _SEARCHED):
        piece = bytes(content[start : start + _SEARCHED + 128])
        found |= {name for name, _ in _STREAMS if name.encode("utf-16-le") in piece}
    for name, kind in _STREAMS:
        if name in found:
            if kind is None:
                raise FileRefused(RefusalReason.ENCRYPTED)
            return kind
    return None


def _is_mail(head: bytes) -> bool:
    """Tell whether a file begins with the header of an e-mail (RFC 5322, 2.2): names, and usual ones among them."""
    header = re.split(rb"\r?\n\r?\n", head.removeprefix(b"\xef\xbb\xbf"), maxsplit=1)[0]
    if not _MAIL_FIELD.match(header) or b"\x00" in header:
        return False
    names = {found.group(1).lower() for found in _MAIL_FIELD.finditer(header)}
    return len(names & _MAIL_FIELDS) >= _MAIL_AT_LEAST
