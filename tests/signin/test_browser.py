"""Signing in in the browser at a foreign provider, and everything on the way that may not be believed."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from clerk_desktop.backend.signin.oidc.loopback import Loopback
from clerk_desktop.model.errors import (
    CertificateRefused,
    ClockWrong,
    NotSignedIn,
    SignInIncomplete,
    SignInNotTrusted,
    SignInSetUpWrong,
    SignOnServiceFault,
    SignOnServiceUnreachable,
    WrongUsage,
)
from clerk_desktop.model.signing_in import Browser
from clerk_desktop.system.secrets import Secret
from tests.signin.conftest import Profile, giving_up
from tests.signin.gateway import USER
from tests.signin.sign_on import SUBJECT


def test_whoever_signs_in_in_the_browser_is_known_by_name(profile: Profile) -> None:
    assert profile.sign_in() == USER
    (browser,) = profile.browsers
    browser.close()
    (page,) = browser.pages
    assert (page.status_code, "fertig" in page.text) == (200, True)
    assert "code=" not in page.text


def test_each_sign_in_asks_with_values_of_its_own_and_comes_back_to_an_address_in_numbers(profile: Profile) -> None:
    asked = []
    for _ in range(2):
        profile.sign_in()
        asked.append(parse_qs(urlsplit(profile.browsers[-1].opened[0]).query))
    for name in ("state", "nonce", "code_challenge"):
        assert asked[0][name] != asked[1][name]
        assert len(asked[0][name][0]) >= 43
    assert asked[0]["code_challenge_method"] == ["S256"]
    assert asked[0]["response_type"] == ["code"]
    assert asked[0]["redirect_uri"][0].startswith("http://127.0.0.1:")


def test_whoever_says_no_is_not_signed_in_and_nothing_is_kept(profile: Profile) -> None:
    with pytest.raises(SignInIncomplete):
        profile.sign_in("deny")
    assert profile.secrets.get(Secret.TOKENS) is None
    profile.browsers[0].close()
    assert "gescheitert" in profile.browsers[0].pages[0].text


def test_whoever_closes_the_page_can_give_up_in_the_program(profile: Profile) -> None:
    nobody = giving_up(Browser(open=lambda _: None, done="", failed=""), after=2)
    with pytest.raises(SignInIncomplete):
        profile.way(nobody).begin("", "", profile.secrets)


def test_waiting_comes_to_an_end() -> None:
    ticks = iter(range(0, 10_000, 100))
    nobody = Browser(open=lambda _: None, done="", failed="")
    with Loopback("s", nobody, monotonic=lambda: next(ticks)) as loopback, pytest.raises(SignInIncomplete):
        loopback.wait(900)


@pytest.mark.parametrize(
    "place",
    [
        lambda place: place.replace("state=", "state=x"),
        lambda place: place.replace("&state=", "&other="),
        lambda place: place.replace("/callback", "/"),
        lambda place: place + "&code=another",
    ],
    ids=["wrong state", "no state", "wrong path", "told twice"],
)
def test_an_answer_that_is_not_ours_is_refused_and_the_right_one_still_awaited(profile: Profile, place: object) -> None:
    refused: list[int] = []

    def attacked(right: str) -> str:
        with httpx.Client(trust_env=False) as attacker:
            refused.append(attacker.get(place(right)).status_code)  # type: ignore[operator]
        return right

    assert profile.sign_in(on_the_way=attacked) == USER
    assert refused == [400]


def test_a_connection_on_which_nothing_is_said_keeps_nobody_waiting(profile: Profile) -> None:
    import socket

    opened: list[socket.socket] = []

    def silent(place: str) -> str:
        parts = urlsplit(place)
        opened.append(socket.create_connection((parts.hostname, parts.port)))
        return place

    assert profile.sign_in(on_the_way=silent) == USER
    opened[0].close()


@pytest.mark.parametrize("change", ["iss=https%3A%2F%2Fevil.example", "iss="])
def test_an_answer_of_another_service_is_not_trusted(profile: Profile, change: str) -> None:
    with pytest.raises(SignInNotTrusted):
        profile.sign_in(on_the_way=lambda place: f"{place}&{change}")


def test_a_token_for_another_sign_in_is_not_trusted(profile: Profile) -> None:
    profile.door.nonce = "that of another"
    with pytest.raises(SignInNotTrusted, match="nonce"):
        profile.sign_in()
    assert profile.secrets.get(Secret.TOKENS) is None


@pytest.mark.parametrize("hours", [-2, 2])
def test_a_clock_that_is_wrong_by_hours_is_named(profile: Profile, hours: int) -> None:
    profile.ahead = timedelta(hours=hours)
    with pytest.raises(ClockWrong):
        profile.sign_in()


@pytest.mark.parametrize("minutes", [-4, 4])
def test_a_clock_that_is_wrong_by_minutes_does_not_matter(profile: Profile, minutes: int) -> None:
    profile.ahead = timedelta(minutes=minutes)
    assert profile.sign_in() == USER


@pytest.mark.parametrize("path", ["/.well-known/openid-configuration", "/oauth2/token", "/jwks"])
def test_a_web_page_in_place_of_an_answer_is_told_and_nothing_is_kept(profile: Profile, path: str) -> None:
    profile.door.html.add(path)
    with pytest.raises(SignOnServiceFault):
        profile.sign_in()
    assert profile.secrets.get(Secret.TOKENS) is None


def test_a_service_that_does_not_answer_is_told_apart_from_the_dms(profile: Profile) -> None:
    profile.door.down = True
    with pytest.raises(SignOnServiceUnreachable):
        profile.sign_in()


def test_a_service_that_goes_down_while_the_person_is_there_is_told(profile: Profile) -> None:
    def down(place: str) -> str:
        profile.door.down = True
        return place

    with pytest.raises(SignOnServiceUnreachable):
        profile.sign_in(on_the_way=down)


def test_a_program_that_the_service_does_not_know_is_a_matter_of_the_settings(profile: Profile) -> None:
    with pytest.raises(SignInSetUpWrong, match="invalid_client"):
        profile.way(profile.browser(), client="unknown").begin("", "", profile.secrets)


@pytest.mark.parametrize("issuer", ["http://sso.example", "sso.example", "https://", "ftp://sso.example"])
def test_a_service_without_tls_is_not_asked(profile: Profile, issuer: str) -> None:
    with pytest.raises(WrongUsage, match="oidc_issuer"):
        profile.way(profile.browser(), issuer=issuer)


def test_a_service_that_names_itself_otherwise_is_not_believed(profile: Profile) -> None:
    with pytest.raises(SignInNotTrusted, match="oidc_issuer"):
        profile.way(profile.browser(), issuer=profile.issuer + "/").begin("", "", profile.secrets)


def test_the_sign_on_service_is_under_the_same_trust_as_the_dms(profile: Profile) -> None:
    from clerk_desktop.backend.line import Line
    from clerk_desktop.backend.signin.oidc.provider import Client, Provider

    with pytest.raises(CertificateRefused):
        Provider(Client(issuer=profile.issuer, client_id="c", scope="openid"), Line()).metadata()


def test_nobody_is_there_to_sign_in_without_a_browser(profile: Profile) -> None:
    with pytest.raises(WrongUsage):
        profile.way().begin("", "", profile.secrets)
    with pytest.raises(NotSignedIn):
        profile.way().auth(SUBJECT, profile.secrets)
