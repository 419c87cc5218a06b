"""Tokens that end, rotate, get lost, and are wanted by two at once."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta

import httpx
import pytest

from clerk_desktop.backend.http import Http, Upload
from clerk_desktop.model.errors import (
    ClerkError,
    NotSignedIn,
    ServerBusy,
    ServerUnreachable,
    SignInEnded,
    SignOnServiceFault,
    TokenRefused,
)
from clerk_desktop.system.secrets import Secret
from tests.signin.conftest import Profile
from tests.signin.gateway import USER

DMS = "https://dms.example/cmis"


@pytest.fixture
def signed_in(profile: Profile) -> Profile:
    profile.sign_in()
    return profile


def dms(profile: Profile) -> httpx.MockTransport:
    """A DMS that asks the door whose token it is."""

    def handle(request: httpx.Request) -> httpx.Response:
        request.read()
        who = profile.door.who({"HTTP_AUTHORIZATION": request.headers.get("Authorization", "")})
        return httpx.Response(200, text=who) if who else httpx.Response(401, stream=Endless())

    return httpx.MockTransport(handle)


class Endless(httpx.SyncByteStream):
    def __iter__(self) -> Iterator[bytes]:
        while True:
            yield b" " * 1000


def ask(profile: Profile, transport: httpx.BaseTransport | None = None) -> int:
    auth = profile.way().auth(USER, profile.secrets)
    with closing(Http(url=DMS, sign_in=auth, transport=transport or dms(profile))) as http:
        letter = Upload(file_name="brief.pdf", mime_type="application/pdf", stream=io.BytesIO(b"%PDF" * 1000))
        return http.post(DMS, [], letter, 100).status


def test_a_token_that_counts_is_used_again(signed_in: Profile) -> None:
    assert [ask(signed_in), ask(signed_in)] == [200, 200]
    assert signed_in.door.refreshes == 0


def test_a_token_is_renewed_before_it_ends_and_the_refresh_token_changes(signed_in: Profile) -> None:
    before = signed_in.secrets.get(Secret.TOKENS)
    for number in (1, 2, 3):
        signed_in.ahead = timedelta(hours=number)
        assert ask(signed_in) == 200
        assert signed_in.door.refreshes == number
    assert signed_in.secrets.get(Secret.TOKENS) != before


def test_a_token_that_the_dms_refuses_is_renewed_and_the_request_goes_once_more(signed_in: Profile) -> None:
    signed_in.door.forget_access()
    assert ask(signed_in) == 200
    assert signed_in.door.refreshes == 1


def test_a_dms_that_refuses_every_token_is_asked_twice_and_no_more(signed_in: Profile) -> None:
    asked = []

    def never(request: httpx.Request) -> httpx.Response:
        asked.append((request.headers["Authorization"], request.read().count(b"%PDF")))
        return httpx.Response(401, stream=Endless())

    with pytest.raises(TokenRefused):
        ask(signed_in, httpx.MockTransport(never))
    assert len(asked) == len(set(asked)) == 2
    assert {letters for _, letters in asked} == {1000}


def test_whoever_signs_out_while_a_token_is_renewed_stays_signed_out(signed_in: Profile) -> None:
    signed_in.ahead = timedelta(hours=1)
    signed_in.door.renewing = lambda: signed_in.secrets.remove(Secret.TOKENS)
    with pytest.raises(NotSignedIn):
        ask(signed_in)
    assert signed_in.secrets.get(Secret.TOKENS) is None


def test_a_lost_answer_is_asked_for_again_and_a_service_that_allows_for_it_goes_on(signed_in: Profile) -> None:
    signed_in.door.forgiving = True
    signed_in.door.lost = 1
    signed_in.ahead = timedelta(hours=1)
    assert ask(signed_in) == 200
    assert signed_in.door.refreshes == 2
    signed_in.ahead = timedelta(hours=2)
    assert ask(signed_in) == 200


def test_where_a_lost_answer_ends_the_session_one_signs_in_again_and_the_service_is_left_alone(
    signed_in: Profile,
) -> None:
    signed_in.door.lost = 1
    signed_in.ahead = timedelta(hours=1)
    with pytest.raises(SignInEnded):
        ask(signed_in)
    with pytest.raises(NotSignedIn):
        ask(signed_in)
    signed_in.ahead = timedelta()
    assert signed_in.sign_in() == USER
    assert ask(signed_in) == 200


@pytest.mark.parametrize("trouble", ["down", "html"])
def test_a_service_in_trouble_costs_no_sign_in(signed_in: Profile, trouble: str) -> None:
    signed_in.ahead = timedelta(hours=1)
    signed_in.door.down = trouble == "down"
    signed_in.door.html = {"/oauth2/token"} if trouble == "html" else set()
    with pytest.raises((ServerUnreachable, SignOnServiceFault)):
        ask(signed_in)
    signed_in.door.down = False
    signed_in.door.html = set()
    assert ask(signed_in) == 200
    assert signed_in.door.refreshes == 1


def test_a_service_that_is_busy_says_when_to_come_back(signed_in: Profile) -> None:
    signed_in.ahead = timedelta(hours=1)
    signed_in.door.busy = "90"
    with pytest.raises(ServerBusy) as caught:
        ask(signed_in)
    assert caught.value.retry_after == 90
    signed_in.door.busy = ""
    assert ask(signed_in) == 200


def test_a_session_that_the_administrator_ended_asks_for_a_new_sign_in(signed_in: Profile) -> None:
    signed_in.door.forget_all()
    with pytest.raises(SignInEnded):
        ask(signed_in)


def test_of_many_that_need_a_new_token_at_once_one_asks(signed_in: Profile) -> None:
    signed_in.ahead = timedelta(hours=1)
    told: list[int | ClerkError] = []

    def one() -> None:
        try:
            told.append(ask(signed_in))
        except ClerkError as error:
            told.append(error)

    threads = [threading.Thread(target=one) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told == [200] * 6
    assert signed_in.door.refreshes == 1


def test_signing_out_tells_the_service(signed_in: Profile) -> None:
    signed_in.way().end(signed_in.secrets)
    (revoked,) = signed_in.door.revoked
    assert revoked in (signed_in.secrets.get(Secret.TOKENS) or "")


def test_signing_out_works_without_the_service_too(signed_in: Profile) -> None:
    signed_in.door.down = True
    signed_in.way().end(signed_in.secrets)
    assert signed_in.door.revoked == []
