"""Recognition through the worker processes, beside OCRmyPDF on the same files and cores."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from clerk_desktop.bench.ratio import Ratio, compare
from clerk_desktop.demo.letters.catalogue import all_letters
from clerk_desktop.demo.letters.files import Container
from clerk_desktop.model.jobs import InspectFile, Priority, ReadPage
from clerk_desktop.model.reading import FileKind
from clerk_desktop.workers.host import WorkerHost

CORES = 2
FILES = 6


def ocr() -> Ratio:
    """Recognise drawn letters, two processes each. The baseline also writes a PDF, ours reads barcodes as well."""
    with TemporaryDirectory(prefix="clerk-bench-") as place:
        root = Path(place)
        paper = [letter for letter in all_letters() if letter.container is Container.PDF and letter.drawing]
        files = [letter.draw(root)[0] for letter in paper if letter.truth.refusal is None][:FILES]
        host = WorkerHost(processes=CORES, recognition_processes=CORES)
        try:
            return compare(
                "ocr",
                "<= 1.0",
                lambda: _each(partial(_read, host), files),
                "ocrmypdf -l deu --jobs 2",
                lambda: _each(partial(_ocrmypdf, target=root / "out.pdf"), files),
                1,
            )
        finally:
            host.close()


def _each(work: Callable[[Path], None], files: list[Path]) -> None:
    for path in files:
        work(path)


def _read(host: WorkerHost, path: Path) -> None:
    content = path.read_bytes()
    with host.load([content], len(content)) as loaded:
        facts = host.run(InspectFile(), loaded)
        pages = [
            host.submit(ReadPage(kind=FileKind.PDF, number=number), loaded, priority=Priority.RECOGNITION)
            for number in range(1, len(facts.pages) + 1)
        ]
        for page in pages:
            page.result()


def _ocrmypdf(source: Path, target: Path) -> None:
    words = ["-l", "deu", "--jobs", str(CORES), "--output-type", "pdf", "--rasterizer", "pypdfium", "--quiet"]
    command = [sys.executable, "-m", "ocrmypdf", *words, "--force-ocr", str(source), str(target)]
    subprocess.run(command, check=True, capture_output=True)
