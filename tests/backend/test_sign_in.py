"""Ways of signing in without a server: what is kept, and what each request carries."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from clerk_desktop.backend.line import Line
from clerk_desktop.backend.signin.kinds import Surroundings, sign_in_of
from clerk_desktop.model.account import SignInKind
from clerk_desktop.model.errors import NotSignedIn, WrongUsage
from clerk_desktop.system.locks import Locks
from clerk_desktop.system.secrets import Unkept
from clerk_desktop.system.settings import Settings

ALFRESCO = "https://dms.example/alfresco/api/-default-/public/cmis/versions/1.1/browser"


@pytest.fixture
def place(tmp_path: Path) -> Surroundings:
    told = Settings(policy={}, user={"oidc_issuer": "https://sso.example"})
    return Surroundings(url=ALFRESCO, line=Line(), settings=told, locks=Locks(tmp_path / "locks"))


def authorization(auth: httpx.Auth) -> str:
    request = httpx.Request("GET", "https://dms.example/cmis")
    return next(auth.sync_auth_flow(request)).headers["Authorization"]


def test_a_password_is_kept_and_goes_with_every_request(place: Surroundings) -> None:
    secrets = Unkept()
    way = sign_in_of(SignInKind.BASIC, place)
    assert way.begin("pöst", "geheim", secrets) == "pöst"
    assert authorization(way.auth("pöst", secrets)) == "Basic cMO2c3Q6Z2VoZWlt"


@pytest.mark.parametrize("kind", list(SignInKind))
def test_without_what_was_kept_nobody_is_signed_in(kind: SignInKind, place: Surroundings) -> None:
    with pytest.raises(NotSignedIn):
        sign_in_of(kind, place).auth("post", Unkept())


def test_a_password_without_a_name_is_wrong_usage(place: Surroundings) -> None:
    with pytest.raises(WrongUsage):
        sign_in_of(SignInKind.BASIC, place).begin("", "geheim", Unkept())
