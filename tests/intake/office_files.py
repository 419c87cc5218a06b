"""Office documents and e-mails as programs write them, as small as they can be."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from email.message import EmailMessage

DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def packed(entries: Mapping[str, str]) -> bytes:
    """A ZIP archive with these entries, in this order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in entries.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()


def docx(text: str = "Sehr geehrte Damen und Herren") -> bytes:
    return packed({"[Content_Types].xml": "<Types/>", "word/document.xml": f"<w:t>{text}</w:t>"})


def odt() -> bytes:
    return packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<office:document-content/>"})


def compound(stream: str) -> bytes:
    """A compound file ([MS-CFB]) that names a stream; enough to be known by, not to be opened."""
    return COMPOUND + bytes(504) + stream.encode("utf-16-le").ljust(512, b"\0")


def mail(*attachments: tuple[str, bytes], subject: str = "Antrag", text: str = "Guten Tag") -> bytes:
    """An e-mail of a citizen with files in it."""
    message = EmailMessage()
    message["From"] = '"Erika Müller" <erika@example.org>'
    message["To"] = "rathaus@blomberg.example"
    message["Subject"] = subject
    message["Date"] = "Thu, 12 Nov 2026 09:30:00 +0100"
    message["Message-ID"] = "<1@example.org>"
    message.set_content(text)
    for name, content in attachments:
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    for part in message.walk():
        if part.is_multipart():
            part.set_boundary("grenze")  # the same bytes each time
    return message.as_bytes()
