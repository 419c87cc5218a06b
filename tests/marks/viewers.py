"""Three viewers that nobody here wrote, as functions from a PDF to the pixels of its first page."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

HERE = Path(__file__).parent
Viewer = Callable[[bytes, float], Image.Image]


def pdfium(content: bytes, scale: float) -> Image.Image:
    with pypdfium2.PdfDocument(content) as document:
        picture: Image.Image = document[0].render(scale=scale).to_pil()
        return picture.convert("RGB")


def poppler(folder: Path) -> Viewer:
    program = shutil.which("pdftoppm")
    if program is None:
        pytest.skip("POPPLER IS ABSENT (pdftoppm): nothing was proven with it")

    def draw(content: bytes, scale: float) -> Image.Image:
        file = folder / "page.pdf"
        file.write_bytes(content)
        size = ["-r", str(round(72 * scale)), "-cropbox", "-png", "-singlefile", "-f", "1", "-l", "1"]
        subprocess.run([program, *size, file, folder / "poppler"], check=True)
        return _read(folder / "poppler.png")

    return draw


def pdf_js(folder: Path) -> Viewer:
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        pytest.skip("NODE.JS IS ABSENT: nothing was proven with pdf.js")
    for name in ("package.json", "package-lock.json", "draw.mjs"):
        shutil.copy(HERE / "pdfjs" / name, folder / name)
    installed = subprocess.run([npm, "ci", "--no-audit", "--no-fund"], cwd=folder, capture_output=True, text=True)
    if installed.returncode:
        pytest.skip(f"PDF.JS CANNOT BE INSTALLED: nothing was proven with it\n{installed.stderr[-500:]}")

    def draw(content: bytes, scale: float) -> Image.Image:
        file, picture = folder / "page.pdf", folder / "pdfjs.png"
        file.write_bytes(content)
        subprocess.run([node, "draw.mjs", file, str(scale), picture], cwd=folder, check=True)
        return _read(picture)

    return draw


def _read(file: Path) -> Image.Image:
    with Image.open(io.BytesIO(file.read_bytes())) as picture:
        return picture.convert("RGB")
