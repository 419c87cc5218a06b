from __future__ import annotations

import gzip
import io
import itertools
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from clerk_desktop.backend.http import Http, Upload, retry_after
from clerk_desktop.backend.signin.basic import basic
from clerk_desktop.model.errors import BadAnswer, NotADms, ServerUnreachable, SignInPage

NOW = datetime(2026, 1, 31, 8, tzinfo=UTC)
LIMIT = 1000
A_MOMENT = 0.2


def http(handler: object, **more: object) -> Http:
    transport = httpx.MockTransport(handler)  # type: ignore[arg-type]
    return Http(url="https://dms.example", sign_in=basic("pöst", "geheim"), transport=transport, **more)  # type: ignore[arg-type]


class Endless(httpx.SyncByteStream):
    def __init__(self) -> None:
        self.sent = 0

    def __iter__(self) -> Iterator[bytes]:
        while True:
            self.sent += 1
            yield b" " * 1000


class BreaksOff(httpx.SyncByteStream):
    def __iter__(self) -> Iterator[bytes]:
        yield b'{"a":'
        raise httpx.RemoteProtocolError("peer closed connection")


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("17", 17),
        (" 5 ", 5),
        ("", 0),
        ("soon", 0),
        ("-3", 0),
        ("²", 0),
        ("9" * 400, 24 * 3600),
        ("Sat, 31 Jan 2026 08:02:00 GMT", 120),
        ("Sat, 31 Jan 2026 07:00:00 GMT", 0),
        ("Sat, 31 Jan 2026 08:02:00 -0000", 120),
        ("Sat, 99 Jan 99999999 08:02:00 GMT", 0),
    ],
)
def test_retry_after_is_seconds_or_a_date(text: str, seconds: int) -> None:
    assert retry_after(text, NOW) == seconds


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Sat, 31 Jan 2026 08:00:00 GMT", NOW),
        ("Sat, 31 Jan 2026 09:00:00 +0100", NOW),
        ("Fri, 31 Dec 9999 23:59:59 -0100", None),
        ("yesterday", None),
    ],
)
def test_the_servers_clock_is_told_in_utc_or_not_at_all(text: str, told: datetime | None) -> None:
    client = http(lambda _: httpx.Response(200, headers={"Date": text}))
    told_at = client.get("https://dms.example", {}, LIMIT).told_at
    assert (told_at, told_at and told_at.tzinfo) == (told, told and UTC)


def test_every_request_carries_user_and_password_without_being_asked() -> None:
    seen = []

    def handle(request: httpx.Request) -> httpx.Response:
        seen.append(request.headers["Authorization"])
        return httpx.Response(200, json={})

    http(handle).get("https://dms.example/a", {}, LIMIT)
    assert seen == ["Basic cMO2c3Q6Z2VoZWlt"]


def test_parameters_are_added_to_those_the_address_has() -> None:
    seen = []

    def handle(request: httpx.Request) -> httpx.Response:
        seen.append(dict(request.url.params))
        return httpx.Response(200, json={})

    http(handle).get("https://dms.example/a?tenant=1", {"b": "ä&="}, LIMIT)
    assert seen == [{"tenant": "1", "b": "ä&="}]


def test_text_parts_beside_content_say_their_charset_and_come_before_it() -> None:
    bodies = []

    def handle(request: httpx.Request) -> httpx.Response:
        bodies.append(request.read())
        return httpx.Response(201, json={})

    upload = Upload(file_name="Lügde.pdf", mime_type="application/pdf", stream=io.BytesIO(b"%PDF"))
    http(handle).post("https://dms.example", [("propertyValue[0]", "Lügde")], upload, LIMIT)
    parts = bodies[0].split(b"\r\n--")
    assert 'name="propertyValue[0]"\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nLügde'.encode() in parts[0]
    assert 'name="filename"\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nLügde.pdf'.encode() in parts[1]
    assert b'name="content"; filename="content"\r\nContent-Type: application/pdf\r\n\r\n%PDF' in parts[2]
    assert b"filename=" not in parts[0] + parts[1]


def test_a_form_without_content_is_urlencoded() -> None:
    seen = []

    def handle(request: httpx.Request) -> httpx.Response:
        seen.append((request.headers["Content-Type"], request.read()))
        return httpx.Response(200, json={})

    http(handle).post("https://dms.example", [("a", "ü")], None, LIMIT)
    assert seen == [("application/x-www-form-urlencoded", b"a=%C3%BC")]


def test_an_endless_answer_is_cut_off() -> None:
    endless = Endless()
    answer = http(lambda _: httpx.Response(200, stream=endless)).get("https://dms.example", {}, LIMIT)
    assert not answer.complete
    assert len(answer.body) == LIMIT
    assert endless.sent < 100


def test_an_answer_that_goes_on_for_too_long_is_given_up() -> None:
    ticks = itertools.count(step=0.4)
    client = http(lambda _: httpx.Response(200, stream=Endless()), monotonic=lambda: next(ticks))
    with pytest.raises(ServerUnreachable):
        client.get("https://dms.example", {}, 10**9)


def test_an_answer_that_breaks_off_is_a_bad_answer() -> None:
    with pytest.raises(BadAnswer):
        http(lambda _: httpx.Response(200, stream=BreaksOff())).get("https://dms.example", {}, LIMIT)


def test_a_damaged_compression_is_a_bad_answer() -> None:
    def handle(_: httpx.Request) -> httpx.Response:
        return httpx.Response(200, headers={"Content-Encoding": "gzip"}, stream=httpx.ByteStream(b"no gzip"))

    with pytest.raises(BadAnswer):
        http(handle).get("https://dms.example", {}, LIMIT)


def packed(*bodies: bytes, cut: int = 0) -> Http:
    whole = b"".join(gzip.compress(body) for body in bodies)
    stream = httpx.ByteStream(whole[: len(whole) - cut])
    return http(lambda _: httpx.Response(200, headers={"Content-Encoding": "gzip"}, stream=stream))


def test_a_compressed_answer_is_unpacked_also_in_several_parts() -> None:
    assert packed(b"one ", b"two").get("https://dms.example", {}, LIMIT).body == b"one two"


def test_a_compressed_answer_that_breaks_off_is_a_bad_answer() -> None:
    with pytest.raises(BadAnswer):
        packed(b"one", cut=5).get("https://dms.example", {}, LIMIT)


def test_a_compressed_answer_grows_to_the_limit_only() -> None:
    answer = packed(b" " * (64 << 20)).get("https://dms.example", {}, LIMIT)
    assert (answer.complete, len(answer.body)) == (False, LIMIT)


def test_nonsense_without_end_behind_a_compressed_answer_is_a_bad_answer() -> None:
    class Trails(Endless):
        def __iter__(self) -> Iterator[bytes]:
            yield gzip.compress(b"{}")
            yield from super().__iter__()

    headers = {"Content-Encoding": "gzip"}
    with pytest.raises(BadAnswer):
        http(lambda _: httpx.Response(200, headers=headers, stream=Trails())).get("https://dms.example", {}, LIMIT)


@pytest.mark.parametrize("status", [302, 401])
def test_no_endless_body_is_read_on_the_way_to_the_answer(status: int) -> None:
    endless = Endless()

    def handle(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/end":
            return httpx.Response(200, content=b"{}")
        return httpx.Response(status, headers={"Location": "/end"}, stream=endless)

    answer = http(handle).get("https://dms.example/start", {}, LIMIT)
    assert answer.status == (200 if status == 302 else 401)
    assert endless.sent < 100


def test_no_answer_is_unreachable() -> None:
    def handle(_: httpx.Request) -> httpx.Response:
        raise httpx.ReadTimeout("")

    with pytest.raises(ServerUnreachable):
        http(handle).post("https://dms.example", [], None, LIMIT)


@pytest.mark.parametrize("url", ["https://", "ftp://dms.example", "dms.example", "https://dms.example:port", "\0"])
def test_an_address_that_is_none_is_no_dms(url: str) -> None:
    client = httpx.Client()  # the real transport: nothing may get as far as the network
    client.close()
    with pytest.raises(NotADms):
        Http(url=url, sign_in=basic("a", "b")).get(url, {}, LIMIT)


def test_reading_follows_redirects_and_writing_does_not() -> None:
    def handle(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/new":
            return httpx.Response(200, json={"new": True})
        return httpx.Response(302, headers={"Location": "/new"})

    client = http(handle)
    assert client.get("https://dms.example/old", {}, LIMIT).body == b'{"new":true}'
    assert client.post("https://dms.example/old", [], None, LIMIT).status == 302


def test_a_redirect_in_circles_is_a_sign_in_gateway() -> None:
    with pytest.raises(SignInPage):
        http(lambda _: httpx.Response(302, headers={"Location": "/"})).get("https://dms.example", {}, LIMIT)


def test_the_password_does_not_follow_a_redirect_to_another_host() -> None:
    seen = []

    def handle(request: httpx.Request) -> httpx.Response:
        if request.url.host == "evil.example":
            seen.append(request.headers.get("Authorization"))
            return httpx.Response(200, json={})
        return httpx.Response(302, headers={"Location": "https://evil.example/"})

    http(handle).get("https://dms.example", {}, LIMIT)
    assert seen == [None]


def test_cookies_are_kept() -> None:
    seen = []

    def handle(request: httpx.Request) -> httpx.Response:
        seen.append(request.headers.get("Cookie"))
        return httpx.Response(200, json={}, headers={"Set-Cookie": "node=2"})

    client = http(handle)
    client.get("https://dms.example", {}, LIMIT)
    client.get("https://dms.example", {}, LIMIT)
    assert seen == [None, "node=2"]


def test_a_csrf_token_is_fetched_once_and_sent_from_then_on() -> None:
    seen = []

    def handle(request: httpx.Request) -> httpx.Response:
        seen.append(request.headers["X-CSRF-Token"])
        return httpx.Response(200, json={}, headers={"X-CSRF-Token": "t1"} if len(seen) == 1 else {})

    client = http(handle, csrf_header="X-CSRF-Token")
    for _ in range(3):
        client.get("https://dms.example", {}, LIMIT)
    assert seen == ["fetch", "t1", "t1"]


@pytest.mark.parametrize("ranges", [True, False])
def test_content_is_read_from_an_offset_on(ranges: bool) -> None:
    whole = b"0123456789"

    def handle(request: httpx.Request) -> httpx.Response:
        if ranges:
            assert request.headers["Range"] == "bytes=4-"
            return httpx.Response(206, content=whole[4:], headers={"Content-Range": "bytes 4-9/10"})
        return httpx.Response(200, content=whole)

    with http(handle).stream("https://dms.example", {}, 4) as stream:
        assert b"".join(stream.pieces) == whole[stream.start :][: 10 - stream.start]
        assert stream.start == (4 if ranges else 0)


@pytest.mark.parametrize("told", ["", "bytes", "bytes x-9/10", "pages 4-9/10", "bytes ²-3/9"])
def test_a_partial_answer_must_say_which_part_it_is(told: str) -> None:
    def handle(_: httpx.Request) -> httpx.Response:
        return httpx.Response(206, content=b"", headers={b"Content-Range": told.encode()})

    with pytest.raises(BadAnswer), http(handle).stream("https://dms.example", {}, 4):
        pass


def test_a_date_is_read_against_the_given_clock() -> None:
    later = (NOW + timedelta(seconds=30)).strftime("%a, %d %b %Y %H:%M:%S GMT")
    client = http(lambda _: httpx.Response(503, headers={"Retry-After": later}), now=lambda: NOW)
    assert client.get("https://dms.example", {}, LIMIT).retry_after == 30


def test_two_threads_that_ask_at_once_get_whole_answers_one_after_the_other() -> None:
    inside, second_began, second_inside = threading.Event(), threading.Event(), threading.Event()

    class Pieces(httpx.SyncByteStream):
        def __iter__(self) -> Iterator[bytes]:
            yield b"first"
            assert second_began.wait(60)
            overlap.append(second_inside.wait(A_MOMENT))
            yield b" answer"

    def handle(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/second"):
            second_inside.set()
            return httpx.Response(200, content=b"second answer")
        inside.set()
        return httpx.Response(200, stream=Pieces())

    overlap = list[bool]()
    client = http(handle)
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(client.get, "https://dms.example/first", {}, 100)
        assert inside.wait(60)

        def ask() -> bytes:
            second_began.set()
            return client.get("https://dms.example/second", {}, 100).body

        second = threads.submit(ask)
        assert (first.result(60).body, second.result(60)) == (b"first answer", b"second answer")
    assert overlap == [False]
