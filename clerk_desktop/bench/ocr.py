"""Recognition through the worker processes up to the searchable PDF, beside OCRmyPDF on the same files and cores.

Also compares what was read with what stands in the letters: character error rate of both, and the section signs.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from rapidfuzz.distance import Levenshtein

from clerk_desktop.bench.ratio import Ratio, compare
from clerk_desktop.demo.letters.catalogue import all_letters
from clerk_desktop.demo.letters.files import Container
from clerk_desktop.model.jobs import ComposePdf, InspectFile, PickedPage, Priority, ReadPage
from clerk_desktop.workers.host import WorkerHost

CORES = 2
DRAWN = 8
PAIRS = 2
CORPUS = Path(os.environ.get("CLERK_CORPUS") or Path(__file__).parents[3] / "shared" / "corpus")
SIGN = "§"


@dataclass(frozen=True, slots=True)
class Paper:
    """A scan without text, and the text that stands on it."""

    path: Path
    text: str


def ocr() -> Ratio:
    """Recognise drawn letters and, where there is a corpus, its scans with reference texts; two processes each."""
    with TemporaryDirectory(prefix="clerk-bench-") as place, closing(_host()) as host:
        root = Path(place)
        papers = [*_drawn(root), *_corpus()]
        mine: dict[Path, str] = {}
        theirs: dict[Path, str] = {}
        figure = compare(
            "ocr",
            "<= 1.0, errors no more",
            lambda: _each(partial(_ours, host, mine), papers),
            "ocrmypdf -l deu --jobs 2",
            lambda: _each(partial(_ocrmypdf, root, theirs), papers),
            PAIRS,
        )
        notes = (
            f"{len(papers)} files",
            f"character error rate {_errors(papers, mine):.2%}, theirs {_errors(papers, theirs):.2%}",
            f"{SIGN} read {_signs(papers, mine)}, theirs {_signs(papers, theirs)}",
        )
        return replace(figure, notes=notes)


def _host() -> WorkerHost:
    return WorkerHost(processes=CORES, recognition_processes=CORES)


def _each(work: Callable[[Paper], None], papers: list[Paper]) -> None:
    for paper in papers:
        work(paper)


def _ours(host: WorkerHost, texts: dict[Path, str], paper: Paper) -> None:
    content = paper.path.read_bytes()
    with host.load([content], len(content)) as loaded:
        facts = host.run(InspectFile(), loaded)
        futures = [
            host.submit(ReadPage(kind=facts.kind, number=number), loaded, priority=Priority.RECOGNITION)
            for number in range(1, len(facts.pages) + 1)
        ]
        pages = [future.result() for future in futures]
        picked = tuple(PickedPage(number=page.number, words=page.words, turned=page.turned) for page in pages)
        host.run(ComposePdf(kind=facts.kind, pages=picked), loaded)
    texts[paper.path] = " ".join(word.text for page in pages for word in page.words)


def _ocrmypdf(root: Path, texts: dict[Path, str], paper: Paper) -> None:
    words = ["-l", "deu", "--jobs", str(CORES), "--output-type", "pdf", "--rasterizer", "pypdfium", "--quiet"]
    sidecar = root / "text.txt"
    words += ["--rotate-pages", "--sidecar", str(sidecar), "--image-dpi", "300"]
    command = [sys.executable, "-m", "ocrmypdf", *words, str(paper.path), str(root / "out.pdf")]
    subprocess.run(command, check=True, capture_output=True)
    texts[paper.path] = sidecar.read_text(encoding="utf-8")


def _drawn(root: Path) -> list[Paper]:
    letters = [
        letter
        for letter in all_letters()
        if letter.drawing and letter.container is Container.PDF and letter.truth.refusal is None
    ]
    single = [letter for letter in letters if not letter.truth.parts and not letter.truth.separator_pages]
    return [Paper(letter.draw(root)[0], letter.truth.text) for letter in single[:DRAWN]]


def _corpus() -> list[Paper]:
    folder = CORPUS / "scans-derived"
    if not folder.is_dir():
        return []
    scans = json.loads((folder / "truth.json").read_text(encoding="utf-8"))["files"]
    letters = json.loads((CORPUS / "letters" / "truth.json").read_text(encoding="utf-8"))["files"]
    papers = []
    for name, facts in scans.items():
        source = letters.get(str(facts.get("derived_from", "")).removeprefix("letters/"), {})
        text = source.get("reference_text")
        if text and name.endswith((".pdf", ".tif")):
            papers.append(Paper(folder / name, " ".join(text) if isinstance(text, list) else str(text)))
    return papers


def _errors(papers: list[Paper], texts: dict[Path, str]) -> float:
    """Return the character error rate over all files, white space counted as one blank.

    What is printed on a page beside the known text (letterheads of drawn letters) counts against nobody: the best
    place for the known text in what was read is sought, sentence by sentence.
    """
    wrong = length = 0
    for paper in papers:
        read = " ".join(texts[paper.path].split())
        for sentence in _sentences(paper.text):
            length += len(sentence)
            wrong += _distance(sentence, read)
    return wrong / length if length else 0.0


def _distance(sentence: str, read: str) -> int:
    from rapidfuzz import fuzz

    place = fuzz.partial_ratio_alignment(sentence, read)
    if place is None:
        return len(sentence)
    return min(Levenshtein.distance(sentence, read[place.dest_start : place.dest_end]), len(sentence))


def _sentences(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if len(line.split()) > 1]


def _signs(papers: list[Paper], texts: dict[Path, str]) -> str:
    expected = sum(paper.text.count(SIGN) for paper in papers)
    return f"{sum(min(texts[paper.path].count(SIGN), paper.text.count(SIGN)) for paper in papers)}/{expected}"
