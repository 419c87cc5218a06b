"""Understanding letters that carry their text: open, read words with places, cut, beside pdfplumber's bare reading.

Both use two processes that are warm. Ours also checks the file, looks for codes and hands the words to this process.
"""

from __future__ import annotations

import multiprocessing
import random
from contextlib import closing
from functools import partial
from multiprocessing.pool import Pool
from pathlib import Path
from tempfile import TemporaryDirectory

from clerk_desktop.bench.ratio import Ratio, compare
from clerk_desktop.demo.text_pdf import HEIGHT, Line, text_pdf
from clerk_desktop.intake.progress import LoggingWitness
from clerk_desktop.intake.understand import Rules, Understander
from clerk_desktop.model.ids import FileId
from clerk_desktop.store.store import Store
from clerk_desktop.system.store_key import StoreKey
from clerk_desktop.workers.host import WorkerHost

CORES = 2
FILES, PAGES, LINES = 12, 3, 48
PAIRS = 5
TEXT = (
    "Sehr geehrte Damen und Herren, hiermit beantrage ich die Erteilung einer Genehmigung nach Paragraf der "
    "Satzung über Sondernutzungen an öffentlichen Straßen für das Aufstellen eines Gerüsts im Zeitraum"
)


def understand() -> Ratio:
    """Understand office letters of three full pages each."""
    with TemporaryDirectory(prefix="clerk-bench-") as place:
        root = Path(place)
        paths = [_letter(root / f"{number}.pdf", number) for number in range(FILES)]
        host = WorkerHost(processes=CORES, recognition_processes=CORES)
        with (
            closing(Store.open(root / "profile", StoreKey.random())) as store,
            closing(host),
            multiprocessing.get_context("spawn").Pool(CORES) as plain,
            multiprocessing.pool.ThreadPool(CORES) as callers,
        ):
            hashes = [store.blobs.put_bytes(path.read_bytes()).sha256 for path in paths]
            understander = Understander(store.blobs, host, LoggingWitness())
            ours = partial(_ours, understander, callers, hashes)
            baseline = partial(_plain, plain, paths)
            ours()
            baseline()
            return compare("understand", "<= 1.3", ours, "pdfplumber's words, 2 processes", baseline, PAIRS)


def _ours(understander: Understander, callers: Pool, hashes: list[str]) -> None:
    def one(sha256: str) -> int:
        return len(understander.understand(FileId(sha256), sha256, Rules(separator_texts=()), "").parts)

    if callers.map(one, hashes, chunksize=1) != [1] * len(hashes):
        raise RuntimeError("a letter was cut")


def _plain(pool: Pool, paths: list[Path]) -> None:
    if min(pool.map(plain_words, paths, chunksize=1)) < PAGES * LINES:
        raise RuntimeError("pdfplumber read too little")


def plain_words(path: Path) -> int:
    """Read the words of a file with pdfplumber as its documentation shows; runs in a process of its own."""
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        return sum(len(page.extract_words()) for page in pdf.pages)


def _letter(path: Path, number: int) -> Path:
    chance = random.Random(number)  # noqa: S311 - repeatable on purpose
    pages = []
    for _ in range(PAGES):
        texts = (" ".join(chance.choices(TEXT.split(), k=9)) for _ in range(LINES))
        pages.append([Line(x=60, y=HEIGHT - 60 - 15 * row, text=text) for row, text in enumerate(texts)])
    path.write_bytes(text_pdf(pages))
    return path
