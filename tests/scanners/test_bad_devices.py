"""Devices that are busy, late, cut off, endless or hostile: bounded, told, and nothing that came is lost."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from contextlib import closing
from typing import Any

import httpx
import pytest

from clerk_desktop.model.errors import ClerkError, ScannerBadAnswer, ScannerUnreachable, WrongUsage
from clerk_desktop.scanners.line import DeviceLine
from tests.scanners.desk import BOUNDS, PLATE, ScanDesk
from tests.scanners.device import CAPABILITIES, Device, switched_on

STACK = ["eins", "zwei", "drei", "vier"]
XXE = f"""<?xml version="1.0"?><!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]>
{CAPABILITIES.split("?>", 1)[1].replace("Muster MFC 100", "&x;")}"""
BOMB = """<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<ScannerCapabilities>&b;</ScannerCapabilities>"""


def test_a_busy_device_is_asked_again(desk: ScanDesk) -> None:
    with switched_on(Device(feeder=list(STACK), busy=3)) as device:
        assert desk.scan(device.url).batch.pages == 4


def test_no_such_page_while_the_device_still_draws_it_in_is_not_the_end(desk: ScanDesk) -> None:
    with switched_on(Device(feeder=list(STACK), early=2)) as device:
        assert desk.scan(device.url).batch.pages == 4


def test_a_device_that_names_itself_by_another_address_is_reached_where_it_was(desk: ScanDesk) -> None:
    with switched_on(Device(absolute="http://[fe80::1]:9")) as device:
        assert desk.scan(device.url, PLATE).batch.pages == 1


def test_a_page_that_breaks_off_does_not_count_and_the_whole_ones_wait(desk: ScanDesk) -> None:
    with switched_on(Device(feeder=list(STACK), cut_page=3)) as device:
        result = desk.scan(device.url)
    assert isinstance(result.trouble, ScannerUnreachable)
    assert [batch.pages for batch in desk.scanning.unfinished()] == [2]


def test_a_device_that_is_switched_off_between_pages_leaves_what_came(desk: ScanDesk) -> None:
    gone = Device(feeder=list(STACK))

    def hang_up(answers: Any) -> None:
        answers.connection.close()
        answers.close_connection = True

    gone.before_page = lambda number: gone.spoil.update({"/NextDocument": hang_up, "/ScannerStatus": hang_up})
    with switched_on(gone) as device:
        result = desk.scan(device.url)
    assert (type(result.trouble), result.batch.pages) == (ScannerUnreachable, 1)


def endless(answers: Any) -> None:
    answers.send_response(200)
    answers.send_header("Content-Type", "image/jpeg")
    answers.end_headers()
    try:
        answers.wfile.write(b"\xff\xd8\xff\xe0")
        while True:
            answers.wfile.write(b"0" * 65536)
    except OSError:
        answers.close_connection = True


def page_of_html(answers: Any) -> None:
    answers.tell(200, b"<!doctype html><title>Anmeldung</title>", "text/html")


def cut_without_length(answers: Any) -> None:
    answers.send_response(200)
    answers.send_header("Content-Type", "image/jpeg")
    answers.send_header("Connection", "close")
    answers.end_headers()
    answers.wfile.write(b"\xff\xd8\xff\xe0" + b"0" * 1000)
    answers.close_connection = True


@pytest.mark.parametrize(
    ("answer", "error"),
    [(endless, ScannerBadAnswer), (page_of_html, ScannerBadAnswer), (cut_without_length, ScannerUnreachable)],
)
def test_a_page_that_is_none_is_refused_the_device_told_and_nothing_left(
    desk: ScanDesk, answer: Callable[[Any], None], error: type[ClerkError]
) -> None:
    with switched_on(Device(spoil={"/NextDocument": answer})) as device, pytest.raises(error):
        desk.scan(device.url, PLATE)
    assert device.cancelled == [device.jobs[0].path]
    assert list(desk.folder.iterdir()) == []


@pytest.mark.parametrize(
    "nonsense",
    [
        XXE,
        BOMB,
        "",
        "kein XML",
        "<ScannerCapabilities>",
        "<ScannerCapabilities/>",
        "<ScannerStatus/>",
        "<a>" * 40 + "</a>" * 40,
        "<ScannerCapabilities>" + "<x/>" * 30_000 + "</ScannerCapabilities>",
        "<ScannerCapabilities>" + " " * 2_000_000 + "</ScannerCapabilities>",
        '<?xml version="1.0" encoding="klingon"?><ScannerCapabilities/>',
    ],
    ids=["xxe", "bomb", "empty", "text", "open", "nothing", "other", "deep", "many", "long", "encoding"],
)
def test_nonsense_in_place_of_capabilities_is_refused(desk: ScanDesk, nonsense: str) -> None:
    with switched_on(Device(capabilities=nonsense)) as device, pytest.raises(ScannerBadAnswer):
        desk.scan(device.url, PLATE)


def test_a_redirect_is_not_followed(desk: ScanDesk) -> None:
    asked = threading.Event()
    with switched_on(Device(before_page=lambda number: asked.set())) as other:
        elsewhere = other.url

        def away(answers: Any) -> None:
            answers.tell(302, more={"Location": f"{elsewhere}/ScannerCapabilities"})

        with switched_on(Device(spoil={"/ScannerCapabilities": away})) as device, pytest.raises(ScannerBadAnswer):
            desk.scan(device.url, PLATE)
        assert other.asked == []


def test_a_job_somewhere_else_is_not_gone_to(desk: ScanDesk) -> None:
    with switched_on(Device()) as other:
        elsewhere = other.url.removeprefix("http://").removesuffix("/eSCL")
        with switched_on(Device(absolute=f"x:@{elsewhere}")) as device, pytest.raises(ScannerBadAnswer):
            desk.scan(device.url, PLATE)
        assert (other.asked, other.cancelled) == ([], [])


def test_nobody_at_the_address_is_told(desk: ScanDesk) -> None:
    with closing(socket.socket()) as taken:  # bound, so that nobody else comes to listen there
        taken.bind(("127.0.0.1", 0))
        with pytest.raises(ScannerUnreachable):
            desk.scan(f"http://127.0.0.1:{taken.getsockname()[1]}/eSCL", PLATE)


@pytest.mark.parametrize(
    ("named", "seconds"),
    [
        ("0", 0.2),
        ("3", 3),
        ("86400", 10),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 0.2),
        ("Thu, 21 Oct 2999 07:28:00 GMT", 10),
        ("", 1),
        ("bald", 1),
    ],
)
def test_a_device_is_neither_hammered_nor_waited_for_long(named: str, seconds: float) -> None:
    def later(_: httpx.Request) -> httpx.Response:
        return httpx.Response(503, headers={"Retry-After": named}, stream=httpx.ByteStream(b""))

    with closing(DeviceLine("http://192.0.2.7/eSCL", httpx.MockTransport(later), BOUNDS)) as line:
        assert line.get(f"{line.root}/ScannerStatus").pause == seconds


@pytest.mark.parametrize(
    ("typed", "url"),
    [
        ("192.0.2.7", "http://192.0.2.7/eSCL"),
        ("scanner.rathaus.example:8080", "http://scanner.rathaus.example:8080/eSCL"),
        (" https://192.0.2.7/ ", "https://192.0.2.7/eSCL"),
        ("http://192.0.2.7/eSCL/", "http://192.0.2.7/eSCL"),
    ],
)
def test_an_address_is_typed_as_people_do(desk: ScanDesk, typed: str, url: str) -> None:
    assert desk.scanning.at(typed).url == url


@pytest.mark.parametrize("typed", ["", "ftp://192.0.2.7", "http://", "http://a:b@192.0.2.7", "http://x:99999999"])
def test_what_is_no_address_is_wrong_usage(desk: ScanDesk, typed: str) -> None:
    with pytest.raises(WrongUsage):
        desk.scanning.at(typed)
