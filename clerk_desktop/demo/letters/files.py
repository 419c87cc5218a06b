"""Writes pages as the files that scanners leave: PDF of images, TIFF, JPEG, PNG. Same pages, same bytes."""

from __future__ import annotations

import io
import os
import time
from enum import Enum
from pathlib import Path

from PIL import Image

from clerk_desktop.demo.letters.fonts import DPI

QUALITY = 75
EPOCH = time.struct_time((2026, 11, 12, 8, 14, 3, 3, 316, 0))
"""The day that all scans bear inside; a clock in here would make every run different."""


class Container(Enum):
    """File kinds of the sample mail; the value is the file name's ending."""

    PDF = "pdf"
    TIFF = "tif"
    JPEG = "jpg"
    PNG = "png"


def encode(pages: list[Image.Image], container: Container) -> bytes:
    """Return the file's content; JPEG and PNG hold exactly one page. Raises ``ValueError``."""
    out = io.BytesIO()
    first, rest = pages[0], pages[1:]
    if rest and container in (Container.JPEG, Container.PNG):
        raise ValueError(f"a {container.name} file holds one page, not {len(pages)}")
    match container:
        case Container.PDF:
            # bilevel pages become CCITT Group 4, and Pillow minds a JPEG quality there
            quality = {} if first.mode == "1" else {"quality": QUALITY}
            first.save(
                out, "PDF", save_all=True, append_images=rest, resolution=DPI, producer="Scan to PDF",
                creationDate=EPOCH, modDate=EPOCH, **quality,
            )  # fmt: skip
        case Container.TIFF:
            compression = "group4" if first.mode == "1" else "tiff_lzw"
            first.save(out, "TIFF", save_all=True, append_images=rest, compression=compression, dpi=(DPI, DPI))
        case Container.JPEG:
            first.save(out, "JPEG", quality=QUALITY, dpi=(DPI, DPI))
        case Container.PNG:
            first.save(out, "PNG", dpi=(DPI, DPI), compress_level=3)
    return out.getvalue()


def write(path: Path, content: bytes) -> Path:
    """Put the content there in one step, so that whoever watches the folder never sees half a file."""
    unfinished = path.with_name(f".{path.name}.part")
    with unfinished.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
    return path
