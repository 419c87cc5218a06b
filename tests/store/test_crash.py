"""A program that is killed at any moment loses nothing that it had committed."""

from __future__ import annotations

import random
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from clerk_desktop.model.ids import CaseId, DocumentId
from clerk_desktop.model.searching import wanted_words
from clerk_desktop.store.database import DatabaseFile
from clerk_desktop.store.keys import derive
from clerk_desktop.store.store import Store
from clerk_desktop.system.paths import Profile
from tests.store.samples_of import CASE, DOCUMENT, KEY

WRITE = """
import os, sys
from dataclasses import replace
from pathlib import Path
from clerk_desktop.model.ids import CaseId, DocumentId
from clerk_desktop.model.outbox import CreateCase
from clerk_desktop.store.store import Store
from tests.store.samples_of import CASE, DOCUMENT, KEY, NOW
store = Store.open(Path(sys.argv[1]), KEY)
for number in range(int(sys.argv[2]), int(sys.argv[2]) + 5000):
    name = str(number)
    blob = store.blobs.put(os.urandom(50_000) for _ in range(number % 7 + 1))
    with store.write() as session:
        session.cases.put(replace(CASE, case_id=CaseId(name), case_number=name))
        session.documents.put(replace(DOCUMENT, document_id=DocumentId(name), case_id=CaseId(name), sha256=blob.sha256))
        session.texts.put(blob.sha256, ((1, f"Seite {name}"),), complete=True)
        session.outbox.add(CreateCase(case_id=CaseId(name)), NOW)
    print(name, flush=True)
"""


INDEX = """
import sys
from pathlib import Path
from clerk_desktop.store.store import Store
from clerk_desktop.system.paths import Profile
from tests.store.samples_of import CASE, DOCUMENT, KEY
store = Store.open(Path(sys.argv[1]), KEY)
more = True
while more:
    with store.write() as session:
        more = session.search.catch_up(10)
    print("slice", flush=True)
"""
SWEEP = """
import sys
from datetime import timedelta
from pathlib import Path
from clerk_desktop.store.store import Store
from tests.store.samples_of import KEY
store = Store.open(Path(sys.argv[1]), KEY)
with store.read() as session:
    named = session.documents.content_hashes()
print("begin", flush=True)
store.blobs.sweep(named, timedelta(0))
print("end", flush=True)
"""
OUT_OF_INDEX = """
    DELETE FROM case_words; DELETE FROM document_words; DELETE FROM case_keys; DELETE FROM search_words;
    INSERT INTO search_waiting SELECT 'case', rowid FROM cases;
    INSERT INTO search_waiting SELECT 'document', rowid FROM documents;
"""


def kill_after(home: Path, start: int, lines: int, more_bytes: int) -> list[str]:
    """Let the writer commit some transactions, and kill it in the middle of a later one."""
    with subprocess.Popen(
        [sys.executable, "-c", WRITE, str(home), str(start)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as writer:
        assert writer.stdout is not None
        told = [writer.stdout.readline().strip() for _ in range(lines)]
        parts = home / "store" / "blobs" / "parts"
        for _ in range(200_000):  # no more than a few moments: until some content is half written
            if any(size_of(path) > more_bytes for path in parts.glob("*")):
                break
        writer.kill()
        told += writer.stdout.read().split()
    return told


def size_of(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def check_whole(store: Store, told: list[str]) -> int:
    with store.read() as session:
        numbers = [known.case_number for known in session.cases.numbers()]
        assert set(told) <= set(numbers)
        for number in numbers:
            (document,) = session.documents.in_case(CaseId(number))
            assert len(store.blobs.read(document.sha256)) == (int(number) % 7 + 1) * 50_000
            assert len(session.outbox.touching(number)) == 1
            assert session.search.cases(wanted_words(number), 1)[0].case_number == number
            assert session.texts.find(wanted_words(f"Seite {number}"), 1)[0].sha256 == document.sha256
        assert session.search.problems() == session.texts.problems() == ()
    assert store.verify() == ()
    return len(numbers)


def test_a_killed_writer_leaves_whole_transactions_and_whole_content(tmp_path: Path) -> None:
    chance = random.Random(4)
    told: list[str] = []
    for round_number in range(4):
        told += kill_after(
            tmp_path, round_number * 10_000, chance.randrange(1, 12), more_bytes=chance.randrange(200_000)
        )
        with closing(Store.open(tmp_path, KEY)) as store:
            assert list((tmp_path / "store" / "blobs" / "parts").glob("*")) == []
            assert check_whole(store, told) >= len(told)


@pytest.mark.slow
@pytest.mark.parametrize("gone", [1, 20, 150])
def test_a_sweep_that_is_killed_takes_nothing_that_is_named_and_the_next_ends_it(tmp_path: Path, gone: int) -> None:
    with closing(Store.open(tmp_path, KEY)) as store:
        kept = [store.blobs.put_bytes(b"named %d" % number).sha256 for number in range(10)]
        rest = [store.blobs.put_bytes(b"rest %d" % number).sha256 for number in range(300)]
        with store.write() as session:
            for number, sha256 in enumerate(kept):
                session.documents.put(replace(DOCUMENT, document_id=DocumentId(str(number)), sha256=sha256))
    blobs = tmp_path / "store" / "blobs"
    command = [sys.executable, "-c", SWEEP, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as sweeping:
        assert sweeping.stdout is not None
        assert sweeping.stdout.readline() == "begin\n"
        for _ in range(2_000):  # no more than a few moments: until some are gone
            if sum(1 for _ in blobs.glob("[0-9a-f][0-9a-f]/*")) <= 310 - gone:
                break
        sweeping.kill()
    with closing(Store.open(tmp_path, KEY)) as store:
        assert list(blobs.glob("parts/*")) == []
        assert [store.blobs.read(sha256) for sha256 in kept] == [b"named %d" % number for number in range(10)]
        store.blobs.sweep(set(kept), timedelta(0))
        assert not any(map(store.blobs.has, rest))
        assert all(map(store.blobs.has, kept))


@pytest.mark.slow
def test_indexing_that_is_killed_leaves_the_index_as_the_rows_are_and_goes_on(tmp_path: Path) -> None:
    with closing(Store.open(tmp_path, KEY)) as store, store.write() as session:
        for number in range(300):
            name = str(number)
            session.cases.put(replace(CASE, case_id=CaseId(name), case_number=name))
            session.documents.put(replace(DOCUMENT, document_id=DocumentId(name), case_id=CaseId(name)))
    file = DatabaseFile(Profile(tmp_path).store, derive(KEY))
    with closing(file.connect()) as connection:
        connection.execute(OUT_OF_INDEX)  # as an older program left it
    for slices in (3, 11):
        command = [sys.executable, "-c", INDEX, str(tmp_path)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as indexing:
            assert indexing.stdout is not None
            told = [indexing.stdout.readline() for _ in range(slices)]
            indexing.kill()
        assert told == ["slice\n"] * slices
        with closing(Store.open(tmp_path, KEY)) as store, store.read() as session:
            assert session.search.problems() == ()
            assert session.search.waiting() < 600
    with closing(Store.open(tmp_path, KEY)) as store, store.write() as session:
        assert not session.search.catch_up(1_000)
        assert session.search.problems() == ()
        assert session.search.waiting() == 0
        assert session.search.cases(wanted_words("299"), 1)[0].case_number == "299"


@pytest.mark.torture
def test_a_writer_that_is_killed_hundreds_of_times_leaves_whole_transactions(tmp_path: Path) -> None:
    chance = random.Random()
    told: list[str] = []
    for round_number in range(300):
        told += kill_after(tmp_path, round_number * 10_000, chance.randrange(1, 40), chance.randrange(350_000))
        with closing(Store.open(tmp_path, KEY)) as store:
            assert check_whole(store, told) >= len(told)
