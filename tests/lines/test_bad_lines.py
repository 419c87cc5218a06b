"""Lines as they are outside of the town hall: whatever they do, work arrives once, and nothing is lost meanwhile."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from clerk_desktop.model.errors import ServerBusy, ServerUnreachable, SignInPage
from clerk_desktop.model.outbox import OutboxState
from tests.lines.served_office import ServedOffice, served_office
from tests.lines.tcp_proxy import Weather, http_answer

HASTE = 0.2
PAGE = b"<!doctype html><html><body>WLAN im Rathaus <form action=login></form></body></html>"
PORTAL = http_answer("200 OK", PAGE, Content_Type="text/html; charset=utf-8")
SENT_AWAY = http_answer("302 Found", Location="/login")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[ServedOffice]:
    with served_office(tmp_path) as made:
        yield made


@pytest.fixture
def hasty(tmp_path: Path) -> Iterator[ServedOffice]:
    with served_office(tmp_path, HASTE) as made:
        yield made


def converge(office: ServedOffice, rounds: int) -> int:
    """Synchronise until nothing stops a round and nothing waits; returns how many rounds were stopped."""
    stopped = 0
    for _ in range(rounds):
        report = office.clerk.sync()
        stopped += report.stopped is not None
        if report.stopped is None and not office.clerk.outbox():
            return stopped
    raise AssertionError(f"not in {rounds} rounds: {office.clerk.outbox()}")


def test_a_whole_days_work_over_a_line_that_takes_its_time(office: ServedOffice) -> None:
    office.proxy.weather = Weather(latency=0.002)
    work = office.work()
    assert converge(office, 3) == 0
    office.proxy.weather = Weather()
    office.assert_once(work)


@pytest.mark.slow
@pytest.mark.parametrize("weather", [Weather(latency=1.0), Weather(bytes_per_second=1000)], ids=["2 s", "1 kB/s"])
def test_a_letter_over_a_line_of_two_seconds_or_of_a_kilobyte_a_second(office: ServedOffice, weather: Weather) -> None:
    work = office.work()
    converge(office, 3)
    office.proxy.weather = weather
    [late] = office.clerk.scan(b"%PDF late")
    assert converge(office, 2) == 0
    office.proxy.weather = Weather()
    assert late in office.office.truth().documents
    office.assert_once(work)


@pytest.mark.slow
@pytest.mark.parametrize("weather", [Weather(latency=0.05), Weather(bytes_per_second=50_000)], ids=["0.1 s", "50 kB/s"])
def test_a_small_office_day_over_a_poor_line(office: ServedOffice, weather: Weather) -> None:
    office.proxy.weather = weather
    works = office.day(cases=3, letters=2)
    assert converge(office, 3) == 0
    office.proxy.weather = Weather()
    office.assert_day(works, letters=2)


@pytest.mark.torture
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("weather", [Weather(latency=1.0), Weather(bytes_per_second=1000)], ids=["2 s", "1 kB/s"])
def test_an_office_day_over_a_line_of_two_seconds_or_of_a_kilobyte_a_second(
    office: ServedOffice, weather: Weather
) -> None:
    office.proxy.weather = weather
    morning = office.day(cases=2, letters=2)
    assert converge(office, 3) == 0
    afternoon = office.day(cases=3, letters=3)
    assert converge(office, 3) == 0
    office.proxy.weather = Weather()
    office.assert_day(morning, letters=2)
    office.assert_day(afternoon, letters=3)


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(1, 30))])
def test_a_line_that_is_reset_at_any_byte(office: ServedOffice, seed: int) -> None:
    chance = random.Random(seed)
    office.proxy.weather = Weather(cuts=iter([chance.randrange(1, 12_000) for _ in range(12)]))
    work = office.work()
    converge(office, 40)
    assert office.proxy.resets > 0
    office.assert_once(work)


def test_somebody_takes_the_connection_and_never_answers(hasty: ServedOffice) -> None:
    hasty.proxy.weather = Weather(deaf=True)
    work = hasty.work()
    waiting = len(hasty.clerk.outbox())
    report = hasty.clerk.sync()
    assert isinstance(report.stopped, ServerUnreachable)
    assert len(hasty.clerk.outbox()) == waiting
    hasty.proxy.weather = Weather()
    converge(hasty, 5)
    hasty.assert_once(work)


@pytest.mark.parametrize("after", [3, *(pytest.param(after, marks=pytest.mark.slow) for after in range(4, 24))])
def test_what_was_done_and_never_answered_is_not_done_again(hasty: ServedOffice, after: int) -> None:
    work = hasty.work()
    hasty.proxy.weather = Weather(mute=True, after=after)
    hasty.clerk.sync()
    hasty.proxy.weather = Weather()
    converge(hasty, 5)
    hasty.assert_once(work)


@pytest.mark.parametrize(("status", "after"), [("429 Too Many Requests", 0), ("503 Service Unavailable", 5)])
def test_a_server_that_asks_to_come_back_later_is_left_alone_until_then(
    office: ServedOffice, status: str, after: int
) -> None:
    work = office.work()
    office.proxy.weather = Weather(answer=http_answer(status, Retry_After="60"), after=after)
    report = office.clerk.sync()
    assert isinstance(report.stopped, ServerBusy)
    assert report.stopped.retry_after == 60
    assert report.next_try is not None
    assert (report.next_try - office.clerk.clock.now()).total_seconds() >= 60
    asked = office.proxy.requests
    assert office.clerk.sync(impatient=False).stopped is not None
    assert office.proxy.requests == asked
    office.proxy.weather = Weather()
    office.clerk.clock.pass_by(60)
    assert office.clerk.sync(impatient=False).stopped is None
    converge(office, 5)
    office.assert_once(work)


@pytest.mark.parametrize(
    ("answer", "after"),
    [
        (PORTAL, 0),
        (SENT_AWAY, 4),
        pytest.param(SENT_AWAY, 0, marks=pytest.mark.slow),
        pytest.param(PORTAL, 9, marks=pytest.mark.slow),
    ],
    ids=["page", "redirect in the middle", "redirect", "page in the middle"],
)
def test_a_login_page_of_somebody_elses_network_is_no_answer(office: ServedOffice, answer: bytes, after: int) -> None:
    work = office.work()
    office.proxy.weather = Weather(answer=answer, after=after)
    report = office.clerk.sync()
    assert isinstance(report.stopped, SignInPage)
    assert OutboxState.NEEDS_CLERK not in {entry.state for entry in office.clerk.outbox()}
    office.proxy.weather = Weather()
    converge(office, 5)
    office.assert_once(work)
