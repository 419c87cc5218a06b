"""Sign-on services and callers that answer or ask anything at all: an error of ours, never a crash, never a wait."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clerk_desktop.backend.line import Line
from clerk_desktop.backend.signin.oidc.loopback import Loopback
from clerk_desktop.backend.signin.oidc.provider import Client, Metadata, Provider
from clerk_desktop.model.errors import ClerkError
from clerk_desktop.model.signing_in import Browser
from tests.signin.gateway import Environ, StartResponse, listening

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=12,
)
NAMES = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint", "keys", "access_token")
MORE = ("token_type", "expires_in", "refresh_token", "id_token", "error", "sub", "preferred_username")
ANSWERS = st.dictionaries(st.sampled_from(NAMES + MORE), ANYTHING).map(json.dumps).map(str.encode) | st.binary(
    max_size=99
)
SOME = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


@dataclass
class Stranger:
    """Answers everything alike."""

    origin: str = ""
    status: int = 200
    body: bytes = b""

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        environ["wsgi.input"].read()
        start_response(f"{self.status} X", [("Content-Type", "application/json")])
        return [self.body]


@pytest.fixture(scope="module")
def stranger() -> Iterator[Stranger]:
    made = Stranger()
    with listening(made) as made.origin:
        yield made


@SOME
@given(body=ANSWERS, status=st.sampled_from([200, 200, 200, 400, 401, 404, 500, 503]))
def test_whatever_a_service_answers_is_an_error_of_ours_or_an_answer(
    stranger: Stranger, body: bytes, status: int
) -> None:
    stranger.body, stranger.status = body, status
    told = Metadata(
        issuer=stranger.origin,
        authorization_endpoint=stranger.origin,
        token_endpoint=stranger.origin,
        jwks_uri=stranger.origin,
        userinfo_endpoint=stranger.origin,
    )
    provider = Provider(Client(issuer=stranger.origin, client_id="c", scope="openid"), Line())
    for ask in (
        provider.metadata,
        lambda: provider.keys(told),
        lambda: provider.tokens(told, {"grant_type": "refresh_token", "refresh_token": "r"}),
        lambda: provider.user_name(told, "a", "s"),
    ):
        try:
            ask()
        except ClerkError as error:
            assert str(error)


@pytest.mark.parametrize("body", [b"[" * 100_000, b'{"issuer":"' + b"x" * 2_000_000, b" " * 2_000_000])
def test_an_answer_without_measure_is_not_understood(stranger: Stranger, body: bytes) -> None:
    stranger.body, stranger.status = body, 200
    with pytest.raises(ClerkError):
        Provider(Client(issuer=stranger.origin, client_id="c", scope="openid"), Line()).metadata()


@pytest.fixture(scope="module")
def loopback() -> Iterator[Loopback]:
    ticks = iter(range(10**9))
    nobody = Browser(open=lambda _: None, done="fertig", failed="gescheitert", cancelled=lambda: next(ticks) % 2 == 1)
    with Loopback("der richtige", nobody) as made:
        yield made


@settings(SOME, max_examples=25)
@given(asked=st.binary(max_size=60) | st.text(max_size=30).map(lambda text: f"GET /callback?{text} HTTP/1.0".encode()))
def test_whatever_calls_at_the_loopback_address_is_refused(loopback: Loopback, asked: bytes) -> None:
    address = httpx.URL(loopback.redirect_uri)
    with socket.create_connection((address.host, address.port)) as caller:
        caller.sendall(asked + b"\r\n\r\n")
        with pytest.raises(ClerkError):  # somebody gives up in the end: no answer came
            loopback.wait(5)
