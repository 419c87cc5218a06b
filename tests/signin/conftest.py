"""A sign-on service, a person, and a profile that signs in there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from clerk_desktop.backend.line import Line
from clerk_desktop.backend.signin.oidc.provider import Client, Provider
from clerk_desktop.backend.signin.oidc.way import Oidc
from clerk_desktop.model.signing_in import Browser
from clerk_desktop.system.locks import Locks
from clerk_desktop.system.secrets import Unkept
from tests.signin.authority import Authority
from tests.signin.fake_browser import FakeBrowser
from tests.signin.sign_on import CLIENT, SUBJECT, Door, sign_on_service


@dataclass
class Profile:
    """One profile of a town with a sign-on service. ``person`` is who sits before the browser, or ``deny``."""

    issuer: str
    door: Door
    authority: Authority
    locks: Locks
    secrets: Unkept = field(default_factory=Unkept)
    ahead: timedelta = timedelta()
    browsers: list[FakeBrowser] = field(default_factory=list)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def browser(self, person: str = SUBJECT, **more: object) -> Browser:
        made = FakeBrowser(person, str(self.authority.file), **more)  # type: ignore[arg-type]
        self.browsers.append(made)
        return Browser(open=made.open, done="fertig", failed="gescheitert")

    def way(self, browser: Browser | None = None, issuer: str = "", client: str = CLIENT) -> Oidc:
        told = Client(issuer=issuer or self.issuer, client_id=client, scope="openid profile")
        return Oidc(Provider(told, Line(ca_file=self.authority.file)), self.locks, browser, self.now)

    def sign_in(self, person: str = SUBJECT, **more: object) -> str:
        return self.way(self.browser(person, **more)).begin("", "", self.secrets)


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path / "ca")


@pytest.fixture
def profile(authority: Authority, tmp_path: Path) -> Iterator[Profile]:
    with sign_on_service(authority, tmp_path / "sso") as (issuer, door):
        made = Profile(issuer=issuer, door=door, authority=authority, locks=Locks(tmp_path / "locks"))
        yield made
        for browser in made.browsers:
            browser.close()


def giving_up(browser: Browser, after: int = 0) -> Browser:
    """Return a browser whose person gives up when asked for the ``after``-th time."""
    asked = iter(range(10_000))
    return replace(browser, cancelled=lambda: next(asked) >= after)
