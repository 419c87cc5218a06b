"""Content is kept whole, unreadable without the key, and every change to it is noticed."""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import random
import stat
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from clerk_desktop.model.errors import ContentDamaged, NotKnown
from clerk_desktop.store.blob_format import CHUNK, HEADER_LENGTH, SEALED
from clerk_desktop.store.blobs import GOING, Blobs
from clerk_desktop.store.keys import derive
from clerk_desktop.system.store_key import StoreKey
from tests.store.samples_of import KEY, FixedClock

SIZES = (0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 17)


@pytest.fixture
def blobs(tmp_path: Path, clock: FixedClock) -> Blobs:
    return Blobs(tmp_path, derive(KEY), clock)


def content_of(size: int) -> bytes:
    return random.Random(size).randbytes(size)


def pieces(content: bytes, size: int) -> Iterator[bytes]:
    return (content[at : at + size] for at in range(0, len(content), size))


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("step", [1000, CHUNK, 10**7])
def test_content_comes_back_as_it_was_however_it_arrives(blobs: Blobs, size: int, step: int) -> None:
    content = content_of(size)
    info = blobs.put(pieces(content, step))
    assert (info.sha256, info.length) == (hashlib.sha256(content).hexdigest(), size)
    assert blobs.read(info.sha256) == content
    assert blobs.length(info.sha256) == size
    assert b"".join(blobs.chunks(info.sha256)) == content


def test_a_reader_goes_to_any_place(blobs: Blobs) -> None:
    content = content_of(3 * CHUNK + 17)
    info = blobs.put_bytes(content)
    chance = random.Random(1)
    with blobs.open(info.sha256) as reader:
        for _ in range(200):
            start, length = chance.randrange(len(content) + 10), chance.randrange(2 * CHUNK)
            assert reader.seek(start) == start
            assert reader.read(length) == content[start : start + length]
        assert reader.seek(-5, io.SEEK_END) == len(content) - 5
        assert reader.read() == content[-5:]


def test_the_same_content_again_changes_nothing(blobs: Blobs, tmp_path: Path) -> None:
    info = blobs.put_bytes(b"letter")
    (path,) = files(tmp_path)
    before = (path.read_bytes(), path.stat().st_ino)
    assert blobs.put_bytes(b"letter") == info
    assert files(tmp_path) == [path]
    assert (path.read_bytes(), path.stat().st_ino) == before


def test_damaged_content_is_replaced_when_it_comes_again(blobs: Blobs, tmp_path: Path) -> None:
    info = blobs.put_bytes(b"letter")
    (path,) = files(tmp_path)
    path.write_bytes(path.read_bytes()[:-1])
    blobs.put_bytes(b"letter")
    assert blobs.read(info.sha256) == b"letter"


def test_neither_name_nor_file_tells_the_content_or_its_hash(blobs: Blobs, tmp_path: Path) -> None:
    info = blobs.put_bytes(b"Widerspruch gegen den Bescheid " * 10)
    (path,) = files(tmp_path)
    raw = path.read_bytes() + str(path.relative_to(tmp_path)).encode()
    assert b"Widerspruch" not in raw
    assert info.sha256.encode() not in raw
    assert bytes.fromhex(info.sha256) not in raw


def test_the_same_content_looks_different_in_every_profile(tmp_path: Path, clock: FixedClock) -> None:
    places = [tmp_path / "one", tmp_path / "two"]
    for place, key in zip(places, (KEY, StoreKey(bytes(32))), strict=True):
        Blobs(place, derive(key), clock).put_bytes(b"letter")
    one, two = (files(place)[0] for place in places)
    assert one.name != two.name
    assert one.read_bytes()[HEADER_LENGTH:] != two.read_bytes()[HEADER_LENGTH:]


def sealed(raw: bytes, number: int) -> slice:
    start = HEADER_LENGTH + number * SEALED
    return slice(start, min(start + SEALED, len(raw)))


def swap_chunks(raw: bytes) -> bytes:
    first, second = raw[sealed(raw, 0)], raw[sealed(raw, 1)]
    return raw[:HEADER_LENGTH] + second + first + raw[HEADER_LENGTH + 2 * SEALED :]


TAMPERED: dict[str, Callable[[bytes], bytes]] = {
    "one bit of the content": lambda raw: raw[:5000] + bytes([raw[5000] ^ 1]) + raw[5001:],
    "one bit of the header": lambda raw: raw[:10] + bytes([raw[10] ^ 1]) + raw[11:],
    "another version": lambda raw: raw[:4] + b"\x02" + raw[5:],
    "the last byte cut off": lambda raw: raw[:-1],
    "the last chunk cut off": lambda raw: raw[: HEADER_LENGTH + 2 * SEALED],
    "all chunks cut off": lambda raw: raw[:HEADER_LENGTH],
    "everything cut off": lambda raw: b"",
    "a byte added": lambda raw: raw + b"\0",
    "a chunk added": lambda raw: raw + raw[sealed(raw, 0)],
    "a chunk left out": lambda raw: raw[:HEADER_LENGTH] + raw[HEADER_LENGTH + SEALED :],
    "two chunks swapped": swap_chunks,
}


@pytest.mark.parametrize("tamper", TAMPERED.values(), ids=TAMPERED.keys())
def test_every_change_to_a_file_is_noticed(blobs: Blobs, tmp_path: Path, tamper: Callable[[bytes], bytes]) -> None:
    info = blobs.put_bytes(content_of(2 * CHUNK + 100))
    (path,) = files(tmp_path)
    path.write_bytes(tamper(path.read_bytes()))
    with pytest.raises(ContentDamaged):
        blobs.read(info.sha256)


def test_a_chunk_of_another_file_and_a_file_under_anothers_name_are_noticed(blobs: Blobs, tmp_path: Path) -> None:
    one = blobs.put_bytes(content_of(2 * CHUNK))
    (first,) = files(tmp_path)
    two = blobs.put_bytes(content_of(2 * CHUNK)[::-1])
    (second,) = set(files(tmp_path)) - {first}
    raw_one, raw_two = first.read_bytes(), second.read_bytes()
    first.write_bytes(raw_one[:HEADER_LENGTH] + raw_two[sealed(raw_two, 0)] + raw_one[HEADER_LENGTH + SEALED :])
    with pytest.raises(ContentDamaged):
        blobs.read(one.sha256)
    second.write_bytes(raw_one)
    with pytest.raises(ContentDamaged):
        blobs.open(two.sha256)


def test_what_is_not_there_is_named(blobs: Blobs) -> None:
    absent = hashlib.sha256(b"absent").hexdigest()
    assert not blobs.has(absent)
    for call in (blobs.open, blobs.read, blobs.length):
        with pytest.raises(NotKnown):
            call(absent)
    blobs.remove(absent)


def test_a_source_that_breaks_off_leaves_nothing(blobs: Blobs, tmp_path: Path) -> None:
    def source() -> Iterator[bytes]:
        yield bytes(CHUNK * 2)
        raise ConnectionError

    with pytest.raises(ConnectionError):
        blobs.put(source())
    assert files(tmp_path) == []


def test_only_content_that_nothing_names_is_swept_and_never_what_is_new(blobs: Blobs, clock: FixedClock) -> None:
    keep, drop = blobs.put_bytes(b"keep").sha256, blobs.put_bytes(b"drop").sha256
    assert blobs.sweep({keep}) == 0
    clock.time += timedelta(days=36500)
    assert blobs.sweep({keep}) == 1
    assert (blobs.has(keep), blobs.has(drop)) == (True, False)


def test_what_is_damaged_and_still_named_is_not_swept(blobs: Blobs, clock: FixedClock, tmp_path: Path) -> None:
    info = blobs.put_bytes(b"letter")
    (path,) = files(tmp_path)
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    with pytest.raises(ContentDamaged):
        blobs.read(info.sha256)
    clock.time += timedelta(days=36500)
    assert blobs.sweep({info.sha256}) == 0
    with pytest.raises(ContentDamaged):
        blobs.read(info.sha256)
    assert blobs.sweep(set()) == 1
    assert files(tmp_path) == []


def test_what_is_written_anew_while_somebody_sweeps_is_there(blobs: Blobs, clock: FixedClock, tmp_path: Path) -> None:
    clock.time += timedelta(days=36500)
    over = threading.Event()

    def sweep() -> None:
        while not over.is_set():
            blobs.sweep(set())

    sweeper = threading.Thread(target=sweep)
    sweeper.start()
    try:
        for _ in range(50):
            info = blobs.put_bytes(b"letter")
            for path in files(tmp_path):
                with contextlib.suppress(FileNotFoundError):
                    os.utime(path, (0, 0))
            assert blobs.put_bytes(b"letter") == info
            assert blobs.read(info.sha256) == b"letter"
    finally:
        over.set()
        sweeper.join()


def test_what_was_about_to_go_when_its_remover_died_is_put_back(
    blobs: Blobs, clock: FixedClock, tmp_path: Path
) -> None:
    info = blobs.put_bytes(b"letter")
    (path,) = files(tmp_path)
    path.replace(tmp_path / "parts" / f"{path.name}{GOING}1234")
    assert blobs.clear_leftovers() == 0
    assert blobs.read(info.sha256) == b"letter"
    (tmp_path / "parts" / f"{path.name}{GOING}1234").write_bytes(b"an older one")
    blobs.clear_leftovers()
    assert files(tmp_path) == [path]
    assert blobs.read(info.sha256) == b"letter"


def test_what_comes_again_while_it_is_about_to_go_stays(blobs: Blobs, clock: FixedClock, tmp_path: Path) -> None:
    info = blobs.put_bytes(b"letter")
    (path,) = files(tmp_path)
    clock.time += timedelta(days=36500)
    path.replace(tmp_path / "parts" / f"{path.name}{GOING}1234")
    assert blobs.put_bytes(b"letter") == info
    assert blobs.sweep(set()) == 0
    assert blobs.read(info.sha256) == b"letter"


@pytest.mark.skipif(sys.platform == "win32", reason="file modes are a matter of POSIX")
def test_content_is_private_to_the_user(blobs: Blobs, tmp_path: Path) -> None:
    blobs.put_bytes(b"letter")
    (path,) = files(tmp_path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) & 0o077 == 0


def test_leftovers_of_a_dead_writer_are_swept_and_those_of_a_living_one_stay(blobs: Blobs, tmp_path: Path) -> None:
    swept: list[int] = []

    def source() -> Iterator[bytes]:
        yield b"half"
        swept.append(blobs.clear_leftovers())
        yield b" and half"

    info = blobs.put(source())
    assert swept == [0]
    assert blobs.read(info.sha256) == b"half and half"
    orphan = tmp_path / "parts" / "deadbeef"
    orphan.write_bytes(b"rest")
    os.utime(orphan, (0, 0))
    assert blobs.clear_leftovers() == 1
    assert not orphan.exists()
