"""Codes and cuts on the corpus, file by file, against what is known of each; every deviation has its reason here."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from clerk_desktop.intake.separate import SYMBOLOGIES, Separation, separate
from clerk_desktop.model.jobs import InspectFile, Priority, ReadPage
from clerk_desktop.model.reading import PageReading
from clerk_desktop.model.sheet import SheetsMissing
from clerk_desktop.workers.host import WorkerHost
from tests.corpus import corpus, truth

pytestmark = [pytest.mark.corpus, pytest.mark.timeout(1200)]
NAMES = {"QR Code": "QRCode", "Code 128": "Code128", "Code 39": "Code39"}
SEPARATORS = ("PATCHT", "CLERK1|SEP", "ADAR-NEXTDOC")
CODES_DEVIATE = {
    "barcode-39-custom.pdf": "bars of a drawn page that fall between the pixels at the resolution of reading; no sheet",
}
CUTS_DEVIATE = {
    "stack_dev_1.pdf": "the blank page 7 stays with its letter, marked: a page is never dropped by guess",
}
# the code cannot be read: the sheet stays in the letter, and that it looks like one is told
# the second shows nothing but a code of a kind that intake does not look for (ITF)
STRIPED = {"patch-code-t-middle-unreadable.pdf": [2], "zx_itf-1_1.webp": [1]}
UNKNOWABLE = "patch-code-t-middle-unreadable.pdf"


def read(host: WorkerHost, path: Path, *, recognise: bool = False) -> list[PageReading]:
    data = path.read_bytes()
    with host.load(iter([data]), len(data)) as content:
        facts = host.run(InspectFile(), content, priority=Priority.INTAKE)
        jobs = [
            host.submit(
                ReadPage(kind=facts.kind, number=number, recognise=recognise), content, priority=Priority.INTAKE
            )
            for number in range(1, len(facts.pages) + 1)
        ]
        return [job.result() for job in jobs]


def codes_known(facts: dict[str, Any]) -> dict[int, set[tuple[str, str]]]:
    """The known codes of the kinds that intake looks for, by page."""
    known = {
        int(page): {(NAMES.get(code["format"], code["format"]), code["value"]) for code in codes}
        for page, codes in facts.get("barcodes_decoded", {}).items()
    }
    allowed = {page: {code for code in codes if code[0] in SYMBOLOGIES} for page, codes in known.items()}
    return {page: codes for page, codes in allowed.items() if codes}


def documents_known(facts: dict[str, Any]) -> list[list[int]]:
    """The documents as told, else the pages between the sheets."""
    if (told := facts.get("expected_documents")) is not None:
        return [each["pages"] if isinstance(each, dict) else each for each in told or []]
    sheets = facts.get("separator_pages") or []
    parts: list[list[int]] = [[]]
    for page in range(1, (facts.get("pages") or facts.get("frames") or 1) + 1):
        if page in sheets:
            parts.append([])
        else:
            parts[-1].append(page)
    return [part for part in parts if part]


def cut(separation: Separation) -> list[list[int]]:
    return [list(part.pages) for part in separation.parts]


class Readings:
    """What was read of each file of the corpus; read once for all tests."""

    def __init__(self, host: WorkerHost) -> None:
        self._host = host
        self._read: dict[tuple[str, str], list[PageReading]] = {}

    def of(self, folder: str, name: str) -> list[PageReading]:
        if (folder, name) not in self._read:
            self._read[folder, name] = read(self._host, corpus(folder) / name)
        return self._read[folder, name]


@pytest.fixture(scope="module")
def readings(host: WorkerHost) -> Readings:
    return Readings(host)


@pytest.mark.slow
def test_every_code_is_read_and_none_is_made_up(readings: Readings) -> None:
    wrong = {}
    for name, facts in truth("barcodes").items():
        pages = readings.of("barcodes", name)
        found = {
            page.number: {(code.symbology, code.text) for code in page.barcodes} for page in pages if page.barcodes
        }
        if found != codes_known(facts):
            wrong[name] = (found, codes_known(facts))
    assert {name: facts for name, facts in wrong.items() if name not in CODES_DEVIATE} == {}
    assert set(CODES_DEVIATE) <= set(wrong)


@pytest.mark.parametrize("folder", [pytest.param("barcodes", marks=pytest.mark.slow), "stacks-derived"])
def test_stacks_are_cut_where_the_truth_says(readings: Readings, folder: str) -> None:
    wrong = {}
    for name, facts in truth(folder).items():
        separation = separate(readings.of(folder, name), SEPARATORS)
        expected = documents_known(facts)
        if (cut(separation), list(separation.dropped)) != (expected, facts.get("separator_pages") or []):
            wrong[name] = (cut(separation), expected)
    assert {name: facts for name, facts in wrong.items() if name not in CUTS_DEVIATE} == {}
    assert set(CUTS_DEVIATE) & set(truth(folder)) <= set(wrong)


def test_blank_pages_of_the_stacks_are_those_of_the_truth(readings: Readings) -> None:
    for name, facts in truth("stacks-derived").items():
        pages = readings.of("stacks-derived", name)
        assert [page.number for page in pages if page.blank] == facts["blank_pages"]


def test_a_sheet_whose_bars_cannot_be_read_stays_and_is_told(host: WorkerHost) -> None:
    separation = separate(read(host, corpus("barcodes") / UNKNOWABLE, recognise=True), SEPARATORS)
    assert (cut(separation), separation.missing) == ([[1, 2, 3]], (SheetsMissing(alike=(2,)),))


@pytest.mark.slow
def test_no_letter_of_the_corpus_looks_like_a_sheet(readings: Readings) -> None:
    for folder in ("barcodes", "stacks-derived"):
        for name, facts in truth(folder).items():
            pages = readings.of(folder, name)
            sheets = facts.get("separator_pages") or []
            alike = [page.number for page in pages if page.stripes and page.number not in sheets]
            assert alike == STRIPED.get(name, []), name
