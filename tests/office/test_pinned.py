"""Cases taken along: everything is here before the line goes, and nothing stays that nobody needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from clerk_desktop.model.ids import CaseId, DocumentId
from clerk_desktop.model.pin import Keeping
from clerk_desktop.model.searching import wanted_words
from clerk_desktop.sync.pull import RELIST_WITHOUT_LOG_EVERY
from tests.faults.full_disk import run_on_small_disk
from tests.office.memory_backend import MemoryServer
from tests.office.network import Network
from tests.office.office import Office
from tests.office.serverside import ServerSide
from tests.office.station import Station

DAY = 24 * 3600


def filed(
    office: Office[ServerSide], *contents: bytes, subject: str = "Hundesteuer"
) -> tuple[CaseId, list[DocumentId]]:
    """A case with letters that the mailroom scanned and filed; everything is on the server."""
    mailroom = next((each for each in office.stations if each.user == "post"), None) or office.station("post")
    case_id = mailroom.open_case(subject)
    letters = [letter for content in contents for letter in mailroom.scan(content)]
    for letter in letters:
        mailroom.file(letter, case_id)
    office.settle(1)
    return case_id, letters


def kept(station: Station, letters: list[DocumentId]) -> list[bool]:
    return [station.has_content(letter) for letter in letters]


def test_a_pinned_case_is_here_with_everything_and_others_without_content(office: Office[ServerSide]) -> None:
    clerk = office.station("clerk")
    case_id, letters = filed(office, b"one", b"two")
    _, others = filed(office, b"other", subject="Wohngeld")
    office.stations[1].mark(letters[0], "prüfen")
    office.settle(1)
    assert not any(kept(clerk, letters + others))
    clerk.pin(case_id)
    assert clerk.sync().pinned.fetched == 2
    clerk.net.down = True
    assert (kept(clerk, letters), kept(clerk, others)) == ([True, True], [False])
    assert clerk.store.blobs.read(clerk.document(letters[0]).sha256) == b"one\0"  # type: ignore[union-attr]
    assert clerk.notes(letters[0]) == {"post: prüfen"}
    assert len(clerk.events(case_id)) == 2
    pin = clerk.pinned(case_id)
    assert pin is not None
    assert (pin.complete_at is not None, pin.problem) == (True, "")


def test_what_colleagues_put_into_a_pinned_case_comes_by_itself(office: Office[ServerSide]) -> None:
    clerk = office.station("clerk")
    case_id, _ = filed(office, b"one")
    clerk.pin(case_id)
    clerk.sync()
    mailroom = office.stations[1]
    [late] = mailroom.scan(b"late")
    mailroom.file(late, case_id)
    office.settle(1)
    office.clock.pass_by(RELIST_WITHOUT_LOG_EVERY.total_seconds())
    clerk.sync(impatient=False)
    assert clerk.has_content(late)


def test_a_pin_ends_by_itself_also_without_a_line(office: Office[ServerSide]) -> None:
    clerk = office.station("clerk")
    case_id, letters = filed(office, b"one")
    clerk.pin(case_id)
    clerk.sync()
    clerk.net.down = True
    office.clock.pass_by(6.9 * DAY)
    clerk.sync()
    assert kept(clerk, letters) == [True]
    office.clock.pass_by(0.2 * DAY)
    clerk.sync()
    assert (kept(clerk, letters), clerk.pinned(case_id)) == ([False], None)
    case = clerk.case(case_id)
    assert case is not None
    assert not case.pinned
    assert clerk.document(letters[0]) is not None


def test_unpinned_content_goes_at_once_but_never_what_is_not_sent(office: Office[ServerSide]) -> None:
    clerk = office.station("clerk")
    case_id, letters = filed(office, b"one")
    clerk.pin(case_id)
    clerk.sync()
    clerk.net.down = True
    [mine] = clerk.scan(b"mine")
    clerk.file(mine, case_id)
    clerk.unpin(case_id)
    clerk.sync()
    assert (kept(clerk, letters), clerk.has_content(mine)) == ([False], True)
    office.assert_same()
    assert [clerk.fetch_content(letter) for letter in (*letters, mine)] == [b"one\0", b"mine\0"]


def test_the_text_of_content_goes_with_it(office: Office[ServerSide]) -> None:
    clerk = office.station("clerk")
    case_id, letters = filed(office, b"one")
    clerk.pin(case_id)
    clerk.sync()
    sha256 = clerk.document(letters[0]).sha256  # type: ignore[union-attr]
    with clerk.store.write() as session:
        session.texts.put(sha256, ((1, "Hundesteuer"),), complete=True)
    clerk.unpin(case_id)
    clerk.sync()
    with clerk.store.read() as session:
        assert session.texts.kept() == frozenset()
        assert session.texts.find(wanted_words("Hundesteuer"), 1) == ()


def test_what_one_may_no_longer_see_is_no_longer_kept(office: Office[ServerSide]) -> None:
    clerk = office.station("clerk")
    case_id, letters = filed(office, b"one", b"two")
    clerk.pin(case_id)
    clerk.sync()
    hashes = [clerk.document(letter).sha256 for letter in letters]  # type: ignore[union-attr]
    office.server.delete(letters[0])
    clerk.sync()
    assert [clerk.store.blobs.has(sha256) for sha256 in hashes] == [False, True]
    office.server.delete(case_id)
    clerk.sync(full=True)
    assert [clerk.store.blobs.has(sha256) for sha256 in hashes] == [False, False]
    assert clerk.pinned(case_id) is None


def test_what_was_read_while_the_clock_ran_ahead_goes_as_anything_else(office: Office[ServerSide]) -> None:
    clerk = office.station("clerk")
    _, [gone, old, much] = filed(office, b"one", b"two", b"three")
    clerk.sync()
    office.clock.pass_by(365 * DAY)
    for letter in (gone, old, much):
        clerk.fetch_content(letter)
    office.clock.pass_by(-365 * DAY)
    forbidden = clerk.document(gone)
    assert forbidden is not None
    office.server.delete(gone)
    clerk.sync()
    clerk.sync()
    assert not clerk.store.blobs.has(forbidden.sha256)
    assert kept(clerk, [old, much]) == [True, True]
    clerk.keeping = Keeping(limit=0)
    for _ in range(2):
        office.clock.pass_by(DAY / 24)
        clerk.sync()
    assert kept(clerk, [old, much]) == [False, False]


def test_the_text_of_what_is_read_while_a_round_goes_on_stays_known(office: Office[ServerSide]) -> None:
    clerk = office.station("clerk")
    _, [letter] = filed(office, b"one")
    clerk.sync()
    office.clock.pass_by(DAY / 24 + 2)
    clerk.fetch_content(letter)
    office.clock.pass_by(-2)
    document = clerk.document(letter)
    assert document is not None
    with clerk.store.write() as session:
        session.texts.put(document.sha256, ((1, "Hundesteuer"),), complete=True)
    clerk.sync()
    with clerk.store.read() as session:
        assert session.texts.kept() == {document.sha256}


def test_opened_documents_read_while_the_clock_ran_ahead_go_after_their_time(office: Office[ServerSide]) -> None:
    clerk = office.station("clerk")
    _, [letter] = filed(office, b"one")
    clerk.sync()
    office.clock.pass_by(365 * DAY)
    clerk.fetch_content(letter)
    office.clock.pass_by(-364 * DAY)
    clerk.sync()
    office.clock.pass_by((clerk.keeping.opened_days - 1) * DAY)
    clerk.sync()
    assert clerk.has_content(letter)
    office.clock.pass_by(2 * DAY)
    clerk.sync()
    assert not clerk.has_content(letter)


def test_what_could_not_be_fetched_is_tried_again_also_after_the_clock_was_put_back(
    memory_office: Office[MemoryServer],
) -> None:
    clerk = memory_office.station("clerk")
    case_id, [letter] = filed(memory_office, b"one")
    content = memory_office.server.record(letter).content
    memory_office.server.record(letter).content = b"something else"
    clerk.pin(case_id)
    assert clerk.sync(impatient=False).stopped is None
    memory_office.server.record(letter).content = content
    memory_office.clock.pass_by(-30 * DAY)
    clerk.sync(impatient=False)
    assert clerk.has_content(letter)


def test_opened_documents_go_after_their_time_pinned_ones_stay(office: Office[ServerSide]) -> None:
    clerk = office.station("clerk")
    clerk.keeping = Keeping(opened_days=2, pinned_days=30)
    pinned, kept_letters = filed(office, b"pinned")
    _, opened = filed(office, b"opened", subject="Wohngeld")
    clerk.pin(pinned)
    clerk.sync()
    clerk.fetch_content(opened[0])
    office.clock.pass_by(1.5 * DAY)
    clerk.sync()
    assert kept(clerk, kept_letters + opened) == [True, True]
    office.clock.pass_by(1 * DAY)
    clerk.sync()
    assert kept(clerk, kept_letters + opened) == [True, False]


def test_over_the_limit_the_longest_unused_goes_first(office: Office[ServerSide]) -> None:
    clerk = office.station("clerk")
    _, opened = filed(office, b"a" * 30_000, b"b" * 30_000, b"c" * 30_000)
    case_id, wanted = filed(office, b"w" * 30_000, subject="Wohngeld")
    clerk.keeping = Keeping(limit=110_000)
    clerk.sync()
    for letter in (opened[1], opened[0], opened[2]):
        clerk.fetch_content(letter)
        office.clock.pass_by(3600)
    clerk.pin(case_id)
    clerk.sync()
    assert (kept(clerk, opened), kept(clerk, wanted)) == ([True, False, True], [True])


def test_a_case_over_the_limit_says_so_and_what_is_here_stays(office: Office[ServerSide]) -> None:
    clerk = office.station("clerk")
    case_id, letters = filed(office, b"a" * 30_000, b"b" * 300_000)
    clerk.keeping = Keeping(limit=100_000)
    clerk.pin(case_id)
    report = clerk.sync()
    assert report.stopped is None
    assert sorted(kept(clerk, letters)) == [False, True]
    pin = clerk.pinned(case_id)
    assert pin is not None
    assert (pin.complete_at, pin.problem) == (None, "StorageLimit")
    clerk.keeping = Keeping(limit=1_000_000)
    clerk.sync()
    assert kept(clerk, letters) == [True, True]


@pytest.mark.parametrize("steps", range(3))
def test_a_station_that_dies_while_fetching_goes_on_afterwards(office: Office[ServerSide], steps: int) -> None:
    clerk = office.station("clerk")
    case_id, letters = filed(office, b"one", b"two", b"three")
    clerk.sync()
    clerk.sync(impatient=False)  # what the server tells without a change log is known by now
    clerk.pin(case_id)
    assert clerk.sync_dying_after(steps, impatient=False)  # nothing is listed again meanwhile
    assert sum(kept(clerk, letters)) == steps + 1
    clerk.sync()
    assert all(kept(clerk, letters))
    assert not any((Path(office.place) / "clerk").rglob("parts/*"))


def test_a_line_that_breaks_while_fetching_is_waited_for(memory_office: Office[MemoryServer]) -> None:
    clerk = memory_office.station("clerk")
    case_id, letters = filed(memory_office, b"one", b"x" * 5_000, b"three")
    clerk.sync()
    clerk.pin(case_id)
    clerk.net.cut_after = clerk.net.calls["changes"] and 3
    assert clerk.sync().stopped is not None
    pin = clerk.pinned(case_id)
    assert pin is not None
    assert (pin.complete_at, pin.problem) == (None, "")
    clerk.net.heal()
    assert clerk.sync().stopped is None
    assert all(kept(clerk, letters))


def test_one_document_that_cannot_be_read_does_not_stop_the_others(memory_office: Office[MemoryServer]) -> None:
    clerk = memory_office.station("clerk")
    case_id, letters = filed(memory_office, b"one", b"two")
    memory_office.server.record(letters[0]).content = b"something else"
    clerk.pin(case_id)
    assert clerk.sync().stopped is None
    pin = clerk.pinned(case_id)
    assert pin is not None
    assert (kept(clerk, letters), pin.problem) == ([False, True], "ContentDiffers")


class BusyClerk(Network):
    """Somebody works while content comes: ``act`` is done at the third piece."""

    def __init__(self) -> None:
        super().__init__()
        self.act: Callable[[], object] = bool
        self.outbox_after: list[int] = []
        self.station: Station | None = None

    @contextmanager
    def request(self, name: str, about: str = "") -> Iterator[None]:
        with super().request(name, about):
            yield
        if name == "piece" and self.station is not None:
            if self.calls["piece"] == 3:
                self.act()
            self.outbox_after.append(len(self.station.outbox()))


def test_what_a_clerk_does_while_content_comes_is_sent_between_two_pieces(
    memory_office: Office[MemoryServer],
) -> None:
    clerk = memory_office.station("clerk")
    case_id, [letter] = filed(memory_office, b"x" * 9_000)
    clerk.engine.close()
    clerk.net = line = BusyClerk()
    line.station, line.act = clerk, lambda: clerk.edit_case(case_id, assignee="clerk")
    clerk.pin(case_id)
    assert clerk.sync().stopped is None
    assert line.outbox_after[:4] == [0, 0, 1, 0]
    assert clerk.has_content(letter)


def test_a_full_disk_is_told_and_the_rest_comes_when_there_is_room(tmp_path: Path) -> None:
    lines = run_on_small_disk(
        """
import sys
from pathlib import Path
from tests.office.memory_backend import MemoryServer
from tests.office.office import Office
from tests.office.test_pinned import filed, kept

office = Office(Path(sys.argv[1]), MemoryServer())
clerk = office.station("clerk")
case_id, letters = filed(office, b"a" * 400_000, b"b" * 400_000)
clerk.pin(case_id)
block = Path(sys.argv[1]) / "block"
free = __import__("shutil").disk_usage(sys.argv[1]).free
block.write_bytes(bytes(free - 900_000))
report = clerk.sync()
print(type(report.stopped).__name__, clerk.pinned(case_id).complete_at, sum(kept(clerk, letters)) < 2)
block.unlink()
print(clerk.sync().stopped, kept(clerk, letters))
office.close()
""",
        tmp_path / "disk",
        24_000,
    )
    assert lines == ["DiskFull None True", "None [True, True]"]
