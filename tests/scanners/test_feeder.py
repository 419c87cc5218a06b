"""A stack in the feeder: pages arrive one by one, and whatever happens to the paper is told and loses nothing."""

from __future__ import annotations

import hashlib
import threading
from io import BytesIO
from typing import Any

import pikepdf
import pytest

from clerk_desktop.model.errors import FeederEmpty, NotKnown, PaperJam, ScanInterrupted, ScanNotPossible
from clerk_desktop.model.scanning import BatchState, ColourMode, ScannerPlace, ScanSource, ScanWish
from clerk_desktop.usecases.scanning import trouble_of
from tests.scanners.desk import SMALL, ScanDesk
from tests.scanners.device import Device, sheet, switched_on

STACK = ["Antrag Seite 1", "Antrag Seite 2", "Vollmacht", "Meldung", "Anlage"]


def images(content: bytes) -> list[bytes]:
    """The JPEG data in a PDF, page by page, as the device sent them."""
    with pikepdf.open(BytesIO(content)) as pdf:
        return [bytes(page.obj.Resources.XObject.Scan.read_raw_bytes()) for page in pdf.pages]


def test_a_stack_becomes_one_file_with_every_picture_untouched(desk: ScanDesk) -> None:
    with switched_on(Device(feeder=list(STACK))) as device:
        result = desk.scan(device.url)
    assert result.trouble is None
    assert result.file is not None
    assert desk.files() == [result.file.name]
    assert images(result.file.read_bytes()) == [sheet(text, 75) for text in STACK]
    assert desk.told == [1, 2, 3, 4, 5]
    assert [each.name for each in desk.folder.iterdir()] == [result.file.name]


def test_both_sides_double_the_pages_and_the_settings_say_what_was_wished(desk: ScanDesk) -> None:
    wish = ScanWish(source=ScanSource.FEEDER, both_sides=True, dpi=200, mode=ColourMode.GREY)
    with switched_on(Device(feeder=["Blatt"])) as device:
        assert desk.scan(device.url, wish).batch.pages == 2
        (job,) = device.jobs
    told = {name: job.settings[name] for name in ("InputSource", "Duplex", "XResolution", "YResolution", "ColorMode")}
    assert list(told.values()) == ["Feeder", "true", "200", "200", "Grayscale8"]
    assert (job.settings["DocumentFormat"], job.settings["DocumentFormatExt"]) == ("image/jpeg", "image/jpeg")


def test_a_page_is_on_the_disk_before_the_next_one_is_asked_for(desk: ScanDesk) -> None:
    there: list[int] = []

    def look(_: int) -> None:
        there.append(len(list(desk.folder.glob(".clerk-scan-*/page-*"))))

    with switched_on(Device(feeder=list(STACK), before_page=look)) as device:
        desk.scan(device.url)
    assert there == [0, 1, 2, 3, 4]


def test_after_a_jam_the_pages_wait_and_the_rest_is_put_behind_them(desk: ScanDesk) -> None:
    with switched_on(Device(feeder=list(STACK), jam_after=3)) as device:
        stopped = desk.scan(device.url)
        assert isinstance(stopped.trouble, PaperJam)
        assert (stopped.batch.pages, stopped.file, desk.files()) == (3, None, [])
        (waiting,) = desk.scanning.unfinished()
        assert (waiting.pages, type(trouble_of(waiting))) == (3, PaperJam)
        device.unjam(STACK[3:])
        ended = desk.go_on(waiting.batch_id)
    assert ended.file is not None
    assert images(ended.file.read_bytes()) == [sheet(text, 75) for text in STACK]
    assert desk.scanning.unfinished() == ()


def test_what_came_before_a_jam_can_be_kept_as_it_is_or_thrown_away(desk: ScanDesk) -> None:
    with switched_on(Device(feeder=list(STACK), jam_after=3)) as device:
        first = desk.scan(device.url)
        device.unjam(STACK)
        device.jam_after = 1
        second = desk.scan(device.url)
    kept = desk.scanning.keep(first.batch.batch_id)
    desk.scanning.discard(second.batch.batch_id)
    assert kept.file is not None
    assert images(kept.file.read_bytes()) == [sheet(text, 75) for text in STACK[:3]]
    assert (desk.scanning.unfinished(), desk.files()) == ((), [kept.file.name])


def test_a_stack_that_still_moves_is_not_thrown_away(desk: ScanDesk) -> None:
    refused: list[str] = []

    def discard(number: int) -> None:
        if number == 3:
            (batch,) = desk.folder.iterdir()
            with pytest.raises(NotKnown):
                desk.scanning.discard(batch.name.removeprefix(".clerk-scan-"))
            refused.append(batch.name)

    with switched_on(Device(feeder=list(STACK), before_page=discard)) as device:
        assert desk.scan(device.url).batch.pages == 5
    assert len(refused) == 1


def test_the_beginning_of_an_id_throws_away_nothing_where_two_begin_so(desk: ScanDesk) -> None:
    with switched_on(Device(feeder=list(STACK), jam_after=1)) as device:
        first = desk.scan(device.url).batch
        device.unjam(STACK)
        device.jam_after = 1
        second = desk.scan(device.url).batch
    with pytest.raises(NotKnown):
        desk.scanning.discard("")
    assert len(desk.scanning.unfinished()) == 2
    desk.scanning.discard(second.batch_id)
    assert [batch.batch_id for batch in desk.scanning.unfinished()] == [first.batch_id]


@pytest.mark.parametrize(
    ("told", "error"),
    [
        ("ScannerAdfJam", "PaperJam"),
        ("ScannerAdfHatchOpen", "CoverOpen"),
        ("ScannerAdfMispick", "SheetsTogether"),
        ("ScannerAdfMultipickDetected", "SheetsTogether"),
        ("ScannerAdfLoaded", "ScanStopped"),
    ],
)
def test_each_trouble_has_its_own_words(desk: ScanDesk, told: str, error: str) -> None:
    with switched_on(Device(feeder=list(STACK), jam_after=2, feeder_trouble=told)) as device:
        assert desk.scan(device.url).batch.trouble == error


def test_an_empty_feeder_is_told_before_anything_is_begun_and_leaves_nothing(desk: ScanDesk) -> None:
    with switched_on(Device()) as device, pytest.raises(FeederEmpty):
        desk.scan(device.url)
    assert (device.jobs, list(desk.folder.iterdir())) == ([], [])


def test_a_jam_before_the_first_page_leaves_no_batch(desk: ScanDesk) -> None:
    with switched_on(Device(feeder=list(STACK), jam_after=0)) as device, pytest.raises(PaperJam):
        desk.scan(device.url)
    assert list(desk.folder.iterdir()) == []


def test_a_clerk_who_stops_keeps_what_came_and_the_device_is_told(desk: ScanDesk) -> None:
    stop = threading.Event()

    def told(pages: int) -> None:
        if pages == 2:
            stop.set()

    with switched_on(Device(feeder=list(STACK))) as device:
        result = desk.scanning.scan(ScannerPlace(url=device.url), SMALL, None, told, stop)
    assert isinstance(result.trouble, ScanInterrupted)
    assert (result.batch.pages, result.batch.state) == (2, BatchState.STOPPED)
    assert device.cancelled == [device.jobs[0].path]


def test_a_clerk_who_stops_does_not_wait_for_a_device_that_is_busy(desk: ScanDesk) -> None:
    stop = threading.Event()

    def later(answers: Any) -> None:
        stop.set()
        answers.device.spoil.clear()
        answers.tell(503, more={"Retry-After": "1"})

    with switched_on(Device(feeder=list(STACK), spoil={"/NextDocument": later})) as device:
        place = ScannerPlace(url=device.url)
        with pytest.raises(ScanInterrupted):
            desk.scanning.scan(place, SMALL, None, desk.told.append, stop)
        (job,) = device.jobs
        assert (job.given, device.cancelled) == (0, [job.path])
        stop.clear()
        device.spoil["/ScannerCapabilities"] = later
        with pytest.raises(ScanInterrupted):
            desk.scanning.look(place, stop)


def test_a_device_without_a_feeder_says_so(desk: ScanDesk) -> None:
    device = Device()
    start, end = device.capabilities.index("<scan:Adf>"), device.capabilities.index("</scan:ScannerCapabilities>")
    device.capabilities = device.capabilities[:start] + device.capabilities[end:]
    with switched_on(device), pytest.raises(ScanNotPossible):
        desk.scan(device.url)


def test_the_origin_is_noted_for_the_transfer_note(desk: ScanDesk) -> None:
    with switched_on(Device(feeder=["Brief"])) as device:
        result = desk.scan(device.url)
    assert result.file is not None
    with desk.store.read() as session:
        origin = session.scanners.origin(hashlib.sha256(result.file.read_bytes()).hexdigest())
    assert origin is not None
    assert (origin.scanner, origin.serial, origin.dpi, origin.source) == (
        "Muster MFC 100",
        "M-4711",
        75,
        ScanSource.FEEDER,
    )
