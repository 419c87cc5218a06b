"""Live enough: own changes leave within two seconds, others' are seen within thirty, at any moment and after trouble.

The clock is turned second by second, as the thread that synchronises looks for work; nothing waits for real.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from clerk_desktop.model.case import CaseField
from clerk_desktop.model.editing import CaseChange
from clerk_desktop.model.errors import ServerUnreachable
from clerk_desktop.model.ids import CaseId
from clerk_desktop.usecases.background import SYNC_PAUSE
from clerk_desktop.usecases.work import Exchange
from tests.office.office import Office
from tests.office.serverside import ServerSide

OWN, OTHERS = 2, 30
HOUR, DAY = 3600, 86_400


class Running:
    """A station whose background work goes on; ``jitter`` is what chance gives it."""

    def __init__(self, office: Office[ServerSide], user: str, jitter: float = 1.0) -> None:
        self.office, self.station = office, office.station(user)
        self.exchange = Exchange(
            store=self.station.store,
            clock=office.clock,
            sync=lambda: self.station.engine,
            settle=lambda _: None,
            jitter=lambda: jitter,
        )
        self.seconds(1)

    def seconds(self, count: float) -> None:
        """Let so much time pass, with a look for work as often as the program makes one."""
        for _ in range(int(count / SYNC_PAUSE)):
            self.office.clock.pass_by(SYNC_PAUSE)
            self.exchange.keep_up()

    def seconds_until(self, seen: Callable[[], bool]) -> float:
        """How long it takes until something is to be seen; ten minutes at most."""
        passed = 0.0
        while not seen() and passed < HOUR / 6:
            self.seconds(SYNC_PAUSE)
            passed += SYNC_PAUSE
        return passed


def opened(running: Running) -> CaseId:
    case_id = running.station.open_case("Zaun")
    running.seconds(2)
    return case_id


def seconds_to_see(running: Running, case_id: CaseId, text: str) -> float:
    """Another program changes a case now; how long until this station shows it?"""
    running.office.server.edit_case(case_id, CaseChange(field=CaseField.SUBJECT, text=text))

    def seen() -> bool:
        case = running.station.case(case_id)
        return case is not None and case.subject == text

    return running.seconds_until(seen)


def test_an_own_change_is_on_the_server_within_two_seconds(office: Office[ServerSide]) -> None:
    anna = Running(office, "anna")
    case_id = opened(anna)
    for moment in (0, 1, 5, 13):
        anna.seconds(moment)
        anna.station.edit_case(case_id, subject=f"Zaun {moment}")
        assert anna.seconds_until(lambda: anna.station.outbox() == ()) <= OWN
        assert office.truth().cases[case_id].subject == f"Zaun {moment}"


@pytest.mark.parametrize("jitter", [0.0, 1.0])
def test_what_others_change_is_seen_within_thirty_seconds(office: Office[ServerSide], jitter: float) -> None:
    anna = Running(office, "anna", jitter)
    case_id = opened(anna)
    for moment in (0, 4, 8, 13):
        anna.seconds(moment)
        assert seconds_to_see(anna, case_id, f"Zaun {moment}") <= OTHERS


def test_work_that_waits_for_another_try_holds_up_no_news(office: Office[ServerSide]) -> None:
    anna = Running(office, "anna")
    watched, broken = opened(anna), opened(anna)
    anna.station.net.broken[office.server.series(broken)] = ServerUnreachable()
    anna.station.edit_case(broken, subject="kommt nicht an")
    anna.seconds(HOUR / 20)
    assert [entry.attempts > 2 for entry in anna.station.outbox()] == [True]
    for moment in range(3):
        assert seconds_to_see(anna, watched, f"Zaun {moment}") <= OTHERS


def test_after_a_time_without_a_server_news_are_as_quick_as_before(office: Office[ServerSide]) -> None:
    anna = Running(office, "anna")
    case_id = opened(anna)
    anna.station.net.down = True
    anna.seconds(HOUR / 6)
    anna.station.net.heal()
    assert seconds_to_see(anna, case_id, "Zaun und Tor") <= OTHERS


def test_a_server_that_is_away_is_asked_less_often_than_one_that_answers(office: Office[ServerSide]) -> None:
    anna = Running(office, "anna")
    opened(anna)
    asked = anna.station.net.calls
    before = asked["changes"]
    anna.seconds(HOUR / 20)
    answered = asked["changes"] - before
    anna.station.net.down = True
    before = sum(asked.values())
    anna.seconds(HOUR / 20)
    assert 0 < sum(asked.values()) - before < answered


@pytest.mark.parametrize("jitter", [0.0, 1.0])
def test_work_that_cannot_be_sent_is_tried_less_and_less_often(office: Office[ServerSide], jitter: float) -> None:
    anna = Running(office, "anna", jitter)
    case_id = opened(anna)
    anna.station.net.down = True
    anna.station.edit_case(case_id, subject="Zaun und Tor")
    asked = anna.station.net.calls
    tries = []
    for _ in range(4):
        before = asked["sign_in"]
        anna.seconds(60)
        tries.append(asked["sign_in"] - before)
    assert 1 < tries[-1] <= tries[0] <= 6
    assert tries[-1] <= 4
    anna.station.net.heal()
    assert anna.seconds_until(lambda: anna.station.outbox() == ()) <= OTHERS
    anna.station.edit_case(case_id, subject="Tor")
    assert anna.seconds_until(lambda: anna.station.outbox() == ()) <= OWN


def test_whoever_asks_for_a_transfer_has_it_at_once_also_after_a_time_without_a_server(
    office: Office[ServerSide],
) -> None:
    anna = Running(office, "anna")
    case_id = opened(anna)
    anna.station.net.down = True
    anna.station.edit_case(case_id, subject="Zaun und Tor")
    anna.seconds(HOUR / 20)
    anna.station.net.heal()
    assert anna.exchange.now().error == ""
    assert anna.station.outbox() == ()


def test_stations_that_lost_their_server_together_do_not_ask_it_together(office: Office[ServerSide]) -> None:
    stations = [Running(office, "anna", 0.0), Running(office, "bert", 1.0)]
    asked: list[list[int]] = [[], []]
    for running in stations:
        case_id = opened(running)
        running.station.net.down = True
        running.station.edit_case(case_id, subject="Tor")
    for second in range(60):
        office.clock.pass_by(1)
        for running, seconds in zip(stations, asked, strict=True):
            before = running.station.net.calls["sign_in"]
            running.exchange.keep_up()
            if running.station.net.calls["sign_in"] > before:
                seconds.append(second)
    assert len(set(asked[0]) & set(asked[1])) <= 1


@pytest.mark.parametrize("seconds", [-DAY, -1, DAY])
def test_a_clock_that_is_set_holds_up_nothing(office: Office[ServerSide], seconds: int) -> None:
    anna = Running(office, "anna")
    case_id = opened(anna)
    anna.station.net.busy = HOUR
    anna.station.edit_case(case_id, subject="Zaun 1")
    anna.seconds(5)
    anna.station.net.heal()
    office.clock.pass_by(seconds - HOUR if seconds < 0 else seconds)
    assert anna.seconds_until(lambda: anna.station.outbox() == ()) <= OWN
    assert seconds_to_see(anna, case_id, "Zaun und Tor") <= OTHERS
