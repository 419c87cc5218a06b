"""A scan of many pages as a scanner writes it: one JPEG a page, each page beside its picture, the table at the end."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from clerk_desktop.demo.letters.files import Container
from clerk_desktop.demo.letters.fonts import DPI
from clerk_desktop.demo.letters.mail_citizens import noise

WIDTH, HEIGHT = 2480, 3508
"""A4 at 300 dpi."""


def write_scan(target: Path, pages: int) -> None:
    """Write a PDF of so many grey pages of a sample letter."""
    picture = replace(noise(), container=Container.JPEG).content()
    with target.open("wb") as file:
        writer = _Writer(file)
        across, up = (f"{side * 72 / DPI:.2f}" for side in (WIDTH, HEIGHT))
        show = f"q {across} 0 0 {up} 0 0 cm /Scan Do Q".encode()
        kids = []
        for number in range(pages):
            image = writer.add(
                f"/Type /XObject /Subtype /Image /Width {WIDTH} /Height {HEIGHT} /ColorSpace /DeviceGray"
                " /BitsPerComponent 8 /Filter /DCTDecode",
                picture + b"%%%d" % number,  # behind the picture's end, so that no two are the same
            )
            contents = writer.add("", show)
            kids.append(
                writer.add(
                    f"/Type /Page /Parent 1 0 R /MediaBox [0 0 {across} {up}]"
                    f" /Resources << /XObject << /Scan {image} 0 R >> >> /Contents {contents} 0 R"
                )
            )
        writer.end(kids)


class _Writer:
    """Objects one after the other; 1 is kept for the page tree, 2 for the catalogue (ISO 32000-1, 7.5)."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._places: dict[int, int] = {}
        file.write(b"%PDF-1.4\n")

    def add(self, entries: str, stream: bytes | None = None, number: int | None = None) -> int:
        number = number or len(self._places) + 3
        self._places[number] = self._file.tell()
        length = "" if stream is None else f" /Length {len(stream)}"
        self._file.write(f"{number} 0 obj\n<< {entries}{length} >>\n".encode())
        if stream is not None:
            self._file.write(b"stream\n" + stream + b"\nendstream\n")
        self._file.write(b"endobj\n")
        return number

    def end(self, kids: list[int]) -> None:
        named = " ".join(f"{kid} 0 R" for kid in kids)
        self.add(f"/Type /Pages /Count {len(kids)} /Kids [{named}]", number=1)
        self.add("/Type /Catalog /Pages 1 0 R", number=2)
        start = self._file.tell()
        self._file.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(self._places) + 1))
        for number in sorted(self._places):
            self._file.write(b"%010d 00000 n \n" % self._places[number])
        size = len(self._places) + 1
        self._file.write(b"trailer << /Root 2 0 R /Size %d >>\nstartxref\n%d\n%%%%EOF\n" % (size, start))
