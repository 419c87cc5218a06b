"""Files that are no letters end in quarantine or wait, with a clear reason, untouched; everything else goes on."""

from __future__ import annotations

import errno
import os
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from functools import cache
from io import BytesIO, FileIO
from pathlib import Path
from typing import BinaryIO, cast

import pikepdf
import pytest
from PIL import Image

from clerk_desktop.intake.completeness import looks_complete
from clerk_desktop.intake.progress import Point
from clerk_desktop.intake.safety import open_exclusively
from clerk_desktop.intake.scan_folder import Timings
from clerk_desktop.intake.understand import Timeouts
from clerk_desktop.model.errors import FileRefused, RefusalReason
from clerk_desktop.model.jobs import Limits
from clerk_desktop.model.ledger import FileState
from clerk_desktop.workers.host import WorkerHost
from tests.intake.papers import letter_pdf
from tests.intake.station import Notes, PowerCut, Station, TurnedClock


def password_pdf() -> bytes:
    out = BytesIO()
    with pikepdf.open(BytesIO(letter_pdf())) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="besitzer", user="geheim"))
    return out.getvalue()


def archive() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr(zipfile.ZipInfo("plan/lageplan.dwg"), "AC1032")  # one time for all: the same bytes again
    return out.getvalue()


def huge_png(side: int = 40_000) -> bytes:
    """40,000 x 40,000 white pixels in a few kilobytes."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return len(content).to_bytes(4, "big") + name + content + zlib.crc32(name + content).to_bytes(4, "big")

    packer = zlib.compressobj(9)
    row = b"\0" + b"\xff" * (side // 8)
    pixels = b"".join(packer.compress(row) for _ in range(side)) + packer.flush()
    head = side.to_bytes(4, "big") * 2 + bytes((1, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


@cache
def refused_files() -> dict[str, tuple[bytes, RefusalReason | None]]:
    """Files that are refused, by their names, with the reason where it is sure."""
    return {
        "leer.pdf": (b"", RefusalReason.EMPTY),
        "abgeschnitten.pdf": (letter_pdf()[:120], RefusalReason.DAMAGED),
        "kennwort.pdf": (password_pdf(), RefusalReason.ENCRYPTED),
        "plan.zip": (archive(), RefusalReason.UNKNOWN_KIND),
        "ohne-seiten.tif": (b"II*\0\0\0\0\0", None),
        "riesig.png": (huge_png(), RefusalReason.TOO_MANY_PIXELS),
        "unsinn.pdf": (os.urandom(500), RefusalReason.UNKNOWN_KIND),
    }


def test_bad_files_are_quarantined_with_their_reason_and_good_ones_go_on(station: Station) -> None:
    for name, (content, _) in refused_files().items():
        station.drop(name, content)
    station.drop("gut.pdf", letter_pdf())
    report = station.run()
    assert report.waiting == ()
    files = station.files()
    assert files.pop("gut.pdf").state is FileState.QUEUED
    assert {file.state for file in files.values()} == {FileState.QUARANTINED}
    for name, (content, reason) in refused_files().items():
        assert (station.scans / name).read_bytes() == content
        assert files[name].refusal is not None, name
        if reason is not None:
            assert files[name].refusal is reason, name


def test_a_refused_file_is_not_tried_again_until_a_clerk_says_so(station: Station) -> None:
    station.drop("plan.zip", archive())
    station.run()
    notes = Notes()
    station.started(witness=notes)
    station.run()
    assert notes.passed_points == []
    file_id = station.files()["plan.zip"].file_id
    with station.store.write() as session:
        session.ledger.move(file_id, FileState.CLAIMED)
    station.run()
    assert notes.passed_points == [Point.QUARANTINED]


def test_refused_bytes_under_another_name_are_refused_without_trying(station: Station) -> None:
    station.drop("plan.zip", archive())
    station.run()
    notes = Notes()
    station.started(witness=notes)
    station.drop("kopie.zip", archive())
    station.run()
    assert notes.passed_points == [Point.SEEN, Point.LEASED, Point.COPIED, Point.QUARANTINED]
    assert station.files()["kopie.zip"].refusal is RefusalReason.UNKNOWN_KIND


def test_a_refused_file_that_a_clerk_gave_up_is_left_alone(station: Station) -> None:
    station.drop("plan.zip", archive())
    station.run()
    file_id = station.files()["plan.zip"].file_id
    with station.store.write() as session:
        session.ledger.update(file_id, discarded_at=station.clock.now())
    station.run()
    assert station.files() == {}


def test_a_file_without_its_ending_is_given_some_time_and_then_judged_by_its_content(station: Station) -> None:
    path = station.drop("abgeschnitten.pdf", letter_pdf()[:-6])
    station.intake.run_once(station.clock.now())
    station.clock.pause(3)
    report = station.intake.run_once(station.clock.now())
    assert report.waiting == ((str(path), RefusalReason.INCOMPLETE),)
    assert station.files()["abgeschnitten.pdf"].refusal is RefusalReason.INCOMPLETE
    station.clock.pause(10)
    report = station.intake.run_once(station.clock.now())
    assert report.waiting == ()
    assert station.states()["abgeschnitten.pdf"] is FileState.QUEUED


class Locked:
    """A file that the operating system does not open, until it does."""

    def __init__(self, reason: RefusalReason, name: str) -> None:
        self.reason: RefusalReason | None = reason
        self._name = name

    def __call__(self, path: Path) -> BinaryIO:
        if path.name == self._name and self.reason is not None:
            raise FileRefused(self.reason)
        return open_exclusively(path)


def test_an_unreadable_file_waits_with_its_reason_and_is_quarantined_in_the_end(station: Station) -> None:
    station.drop("gesperrt.pdf", letter_pdf())
    station.drop("gut.pdf", letter_pdf(("gut",)))
    station.started(opener=Locked(RefusalReason.UNREADABLE, "gesperrt.pdf"))
    report = station.run()
    assert [reason for _, reason in report.waiting] == [RefusalReason.UNREADABLE]
    assert station.states() == {"gesperrt.pdf": FileState.SEEN, "gut.pdf": FileState.QUEUED}
    station.clock.pause(60)
    station.run()
    assert station.states()["gesperrt.pdf"] is FileState.QUARANTINED
    assert station.files()["gesperrt.pdf"].refusal is RefusalReason.UNREADABLE


class BadSectors(FileIO):
    """A file on a disk that fails from some place on."""

    def __init__(self, path: Path, good: int) -> None:
        super().__init__(path)
        self._good = good

    def read(self, size: int | None = -1, /) -> bytes:
        if self.tell() + (size if size is not None and size >= 0 else self._good + 1) > self._good:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return super().read(size)


class FailingDisk:
    """Opens one file so that it fails to be read after ``good`` bytes."""

    def __init__(self, name: str, good: int) -> None:
        self._name, self._good = name, good

    def __call__(self, path: Path) -> BinaryIO:
        if path.name == self._name:
            return cast("BinaryIO", BadSectors(path, self._good))
        return open_exclusively(path)


@pytest.mark.parametrize("good", [0, 16])
def test_a_file_on_bad_sectors_keeps_no_other_file_from_being_taken_in(station: Station, good: int) -> None:
    station.drop("a-kaputt.pdf", letter_pdf())
    station.drop("b-gut.pdf", letter_pdf(("gut",)))
    station.started(opener=FailingDisk("a-kaputt.pdf", good))
    report = station.run()
    assert [reason for _, reason in report.waiting] == [RefusalReason.UNREADABLE]
    assert station.states() == {"a-kaputt.pdf": FileState.SEEN, "b-gut.pdf": FileState.QUEUED}


def test_a_file_that_is_larger_than_a_scan_can_be_is_not_even_copied(station: Station) -> None:
    large = station.drop("a-abbild.pdf", letter_pdf() + bytes(200_000))
    station.drop("b-gut.pdf", letter_pdf(("gut",)))
    notes = Notes()
    station.started(witness=notes, limits=Limits(max_bytes=100_000))
    assert station.run().waiting == ()
    assert station.states() == {"a-abbild.pdf": FileState.QUARANTINED, "b-gut.pdf": FileState.QUEUED}
    assert station.files()["a-abbild.pdf"].refusal is RefusalReason.TOO_LARGE
    assert notes.passed_points.count(Point.COPIED) == 1
    assert large.stat().st_size > 100_000
    notes.passed_points.clear()
    station.run()
    assert notes.passed_points == []


class Counted(BytesIO):
    """Counts what is read of it."""

    def __init__(self, content: bytes) -> None:
        super().__init__(content)
        self.taken = 0

    def read(self, size: int | None = -1, /) -> bytes:
        piece = super().read(size)
        self.taken += len(piece)
        return piece


def hostile_tiff(strips: int, following: Sequence[int]) -> bytes:
    """Directories at 8, 108, 208 …, each with the same table of strips as large as the file, and what follows each."""
    table = 8 + 100 * len(following)
    body = bytearray(table + 4 * strips)
    body[:8] = b"II*\0" + struct.pack("<I", 8)
    for number, offset in enumerate(following):
        entries = [struct.pack("<HHII", tag, 4, strips, table) for tag in (273, 279)]
        directory = struct.pack("<H", 2) + b"".join(entries) + struct.pack("<I", offset)
        body[8 + 100 * number : 8 + 100 * number + len(directory)] = directory
    return bytes(body)


@pytest.mark.parametrize(
    ("strips", "following"),
    [(50_000, [8]), (50_000, [108, 8]), (2_000_000, [0]), (50_000, [*range(108, 100_000, 100), 0])],
    ids=["points to itself", "in a circle", "one huge table", "many that share a table"],
)
def test_the_directories_of_a_hostile_tiff_are_followed_to_an_end(strips: int, following: list[int]) -> None:
    content = hostile_tiff(strips, following)
    file = Counted(content)
    assert looks_complete(file, len(content))
    assert file.taken < 8_000_000  # the circle alone would be ten thousand times the file


def test_a_tiff_that_lacks_its_last_strip_does_not_look_complete() -> None:
    out = BytesIO()
    Image.new("L", (400, 400), 255).save(out, "TIFF")
    whole = out.getvalue()
    assert looks_complete(BytesIO(whole), len(whole))
    assert not looks_complete(BytesIO(whole[:-1000]), len(whole) - 1000)


def damage_the_copy(station: Station) -> Path:
    """Change a byte in the middle of the only content that the station keeps."""
    (copy,) = [path for path in (station.home / "store" / "blobs").glob("??/*") if path.is_file()]
    content = bytearray(copy.read_bytes())
    content[len(content) // 2] ^= 1
    copy.write_bytes(content)
    return copy


def claimed_and_cut(station: Station) -> Path:
    path = station.drop("brief.pdf", letter_pdf())
    station.started(witness=Notes(cut_at=Point.CLAIMED))
    with pytest.raises(PowerCut):
        station.run()
    station.restart()
    return path


def test_a_copy_that_is_damaged_is_made_again_from_the_original(station: Station) -> None:
    claimed_and_cut(station)
    damage_the_copy(station)
    station.run()
    assert station.states() == {"brief.pdf": FileState.QUEUED}


@pytest.mark.parametrize("other", [None, letter_pdf(("ein anderer",))], ids=["gone", "changed"])
def test_a_damaged_copy_stays_for_rescue_where_the_original_is_no_more(station: Station, other: bytes | None) -> None:
    path = claimed_and_cut(station)
    copy = damage_the_copy(station)
    damaged = copy.read_bytes()
    path.unlink()
    if other is not None:
        path.write_bytes(other)
    station.run()
    with station.store.read() as session:
        (file,) = session.ledger.in_state(FileState.QUARANTINED)
    assert file.refusal is RefusalReason.UNREADABLE
    assert damaged in [each.read_bytes() for each in copy.parent.iterdir()]


def test_an_original_that_goes_while_its_copy_is_made_again_is_held_and_nothing_else_waits(station: Station) -> None:
    claimed_and_cut(station)
    damage_the_copy(station)

    def taken_away(path: Path) -> BinaryIO:
        if path.name == "brief.pdf":
            path.unlink(missing_ok=True)
        return open_exclusively(path)

    station.started(opener=taken_away)
    station.drop("danach.pdf", letter_pdf(("danach",)))
    station.run()
    assert station.states() == {"brief.pdf": FileState.QUARANTINED, "danach.pdf": FileState.QUEUED}
    assert station.files()["brief.pdf"].refusal is RefusalReason.UNREADABLE


def test_a_file_that_another_program_holds_is_taken_in_when_it_lets_go(station: Station) -> None:
    station.drop("offen.pdf", letter_pdf())
    locked = Locked(RefusalReason.IN_USE, "offen.pdf")
    station.started(opener=locked)
    report = station.run()
    assert [reason for _, reason in report.waiting] == [RefusalReason.IN_USE]
    locked.reason = None
    station.run()
    assert station.states() == {"offen.pdf": FileState.QUEUED}


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_links_and_devices_are_refused_and_never_opened(station: Station, tmp_path: Path) -> None:
    secret = tmp_path / "geheim.pdf"
    secret.write_bytes(letter_pdf())
    (station.scans / "link.pdf").symlink_to(secret)
    os.mkfifo(station.scans / "rohr.pdf")
    station.run()
    station.run()
    assert {name: file.refusal for name, file in station.files().items()} == {
        "link.pdf": RefusalReason.NOT_A_FILE,
        "rohr.pdf": RefusalReason.NOT_A_FILE,
    }


@pytest.mark.skipif(os.name == "nt", reason="names are Unicode on Windows")
def test_a_file_whose_name_is_no_text_is_refused_with_its_reason(station: Station) -> None:
    (station.scans / os.fsdecode(b"br\xfccke.pdf")).write_bytes(letter_pdf())
    station.run()
    (only,) = station.files().values()
    assert (only.state, only.refusal) == (FileState.QUARANTINED, RefusalReason.BAD_NAME)


def test_a_stack_of_nothing_but_separator_sheets_is_refused(station: Station) -> None:
    import zxingcpp

    sheet = zxingcpp.create_barcode("PATCHT", zxingcpp.BarcodeFormat.Code39).to_image(scale=4)

    page = Image.new("L", (1200, 1700), 255)
    page.paste(Image.fromarray(sheet), (100, 200))
    out = BytesIO()
    page.save(out, "TIFF", dpi=(150, 150))
    station.drop("nur-trennblatt.tif", out.getvalue())
    station.run()
    assert station.files()["nur-trennblatt.tif"].refusal is RefusalReason.ONLY_SHEETS


@pytest.fixture
def hostile_host() -> Iterator[WorkerHost]:
    opened = WorkerHost(processes=2, recognition_processes=2, abilities="tests.intake.hostile_abilities")
    yield opened
    opened.close()


@pytest.mark.parametrize(("word", "reason"), [(b"CRASH", RefusalReason.CRASHED), (b"HANG", RefusalReason.TOO_SLOW)])
def test_a_file_that_kills_or_stops_its_reader_is_quarantined_and_the_next_one_is_read(
    tmp_path: Path, clock: TurnedClock, hostile_host: WorkerHost, word: bytes, reason: RefusalReason
) -> None:
    (tmp_path / "scans").mkdir()
    station = Station(tmp_path / "home", tmp_path / "scans", hostile_host, clock)
    station.started(timeouts=Timeouts(inspect=8, read=100), timings=Timings())
    station.drop("a-schlimm.pdf", b"%PDF-1.7 " + word + b" %%EOF")
    station.drop("b-gut.pdf", letter_pdf())
    station.run()
    assert station.states() == {"a-schlimm.pdf": FileState.QUARANTINED, "b-gut.pdf": FileState.QUEUED}
    assert station.files()["a-schlimm.pdf"].refusal is reason
    station.close()
