"""The review on a scan of 300 pages: the first page and far page turns beside PDFium alone, turns from cache, ink."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypedDict

from clerk_desktop.assembly import open_desk
from clerk_desktop.bench.ratio import Ratio
from clerk_desktop.bench.scan_pdf import write_scan
from clerk_desktop.demo.text_pdf import Line, text_pdf
from clerk_desktop.model.case import Case
from clerk_desktop.model.document import Document
from clerk_desktop.model.ids import CaseId, DocumentId
from clerk_desktop.store.store import Store
from clerk_desktop.system.paths import Profile
from clerk_desktop.system.secrets import KeyringSecrets
from clerk_desktop.system.unlock import profile_id, unlock

PAGES, PAIRS, TURNS = 300, 12, 24
PASSPHRASE = "bench"  # noqa: S105 - a profile that is thrown away
PIECE = 1 << 20


class Taken(TypedDict):
    """Seconds, as ``review_window`` tells them; ``first`` and ``far`` are pairs of ours and the engine's."""

    first: list[tuple[float, float]]
    far: list[tuple[float, float]]
    cached: list[float]
    ink: list[float]


def review(pages: int = PAGES, pairs: int = PAIRS, turns: int = TURNS) -> Ratio:
    """Drive the window off-screen by events; the first pair is uncounted; who of the two begins alternates."""
    with TemporaryDirectory(prefix="clerk-bench-") as place:
        home, scan = Path(place) / "home", Path(place) / "scan.pdf"
        write_scan(scan, pages)
        _fill(home, scan, pages)
        taken = _run(home, scan, pairs, turns)
        size = scan.stat().st_size / 1e6
    first, far = taken["first"], taken["far"]
    far_worst = _p95([ours for ours, _ in far]) / _p95([engine for _, engine in far])
    far_ratio = statistics.median(ours / engine for ours, engine in far)
    return Ratio(
        name="review",
        baseline_name="PDFium alone",
        goal="<= 1.3",
        ours=statistics.median(ours for ours, _ in first),
        baseline=statistics.median(engine for _, engine in first),
        ratio=statistics.median(ours / engine for ours, engine in first),
        notes=(
            f"first page of {pages} ({size:.0f} MB), from the key that chooses the document to the painted page",
            f"turn to pages that were never drawn: {far_ratio:.2f} times the engine (goal <= 1.5), "
            f"median {statistics.median(ours for ours, _ in far) * 1000:.0f} ms; p95 {far_worst:.2f} times its p95",
            f"turn from cache: p95 {_p95(taken['cached']) * 1000:.0f} ms (goal <= 50)",
            f"ink from event to paint: p95 {_p95(taken['ink']) * 1000:.1f} ms (goal <= 16)",
        ),
    )


def _p95(seconds: Sequence[float]) -> float:
    return statistics.quantiles(seconds, n=20, method="inclusive")[-1]


def _fill(home: Path, scan: Path, pages: int) -> None:
    open_desk(home, PASSPHRASE).close()
    profile = Profile(home.resolve())
    key = unlock(profile, PASSPHRASE, KeyringSecrets(profile_id(profile)))
    with closing(Store.open(profile.home, key)) as store:
        note = store.blobs.put_bytes(text_pdf([[Line(x=72, y=700, text="Aktenvermerk")]]))
        with scan.open("rb") as file:
            whole = store.blobs.put(iter(lambda: file.read(PIECE), b""))
        with store.write() as session:
            case = Case(
                case_id=CaseId("1"),
                case_number="32.10-2026/1",
                subject="Lärmbeschwerde Burgstraße",
                municipality="blomberg",
                filing_plan_number="32.10",
            )
            session.cases.put(case)
            for title, info, count in (("1 Vermerk", note, 1), ("2 Scan", whole, pages)):
                document = Document(
                    document_id=DocumentId(title[0]),
                    municipality="blomberg",
                    title=title,
                    case_id=case.case_id,
                    sha256=info.sha256,
                    length=info.length,
                    page_count=count,
                )
                session.documents.put(document)
    (home / "window.ini").write_text("[General]\nplace=cases\n", encoding="utf-8")


def _run(home: Path, scan: Path, pairs: int, turns: int) -> Taken:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    words = [str(home), PASSPHRASE, str(scan), str(pairs), str(turns)]
    command = [sys.executable, "-m", "clerk_desktop.bench.review_window", *words]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    taken: Taken = json.loads(done.stdout)
    return taken
