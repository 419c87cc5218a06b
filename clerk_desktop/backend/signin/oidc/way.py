"""The whole way through the browser: ask, come back, exchange the code, believe or refuse the answer."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets as randomness
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import httpx

from clerk_desktop.backend.signin.kept import KeptToken, bearer
from clerk_desktop.backend.signin.oidc.identity import Expected, identity
from clerk_desktop.backend.signin.oidc.keeping import TokenKeeper
from clerk_desktop.backend.signin.oidc.loopback import Loopback
from clerk_desktop.backend.signin.oidc.provider import Metadata, Provider, TokenAnswer
from clerk_desktop.model.errors import (
    ClerkError,
    ServerBusy,
    SignInEnded,
    SignInIncomplete,
    SignInNotTrusted,
    SignInSetUpWrong,
    SignOnServiceFault,
    WrongUsage,
)
from clerk_desktop.model.signing_in import Browser
from clerk_desktop.system.locks import Locks
from clerk_desktop.system.secrets import SecretStore

RANDOM_BYTES = 32


class Oidc:
    """Implements ``SignIn``. ``browser`` None: nobody is there to ask, kept tokens only."""

    def __init__(
        self,
        provider: Provider,
        locks: Locks,
        browser: Browser | None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._provider = provider
        self._locks = locks
        self._browser = browser
        self._now = now

    def begin(self, user: str, password: str, secrets: SecretStore) -> str:
        """Send the person to the sign-on service and keep its tokens; return whom the service names.

        Raises ``SignInIncomplete``, ``SignInNotTrusted``, ``ClockWrong``, ``SignOnServiceUnreachable``,
        ``SignOnServiceFault``, ``SignInSetUpWrong`` for a program that the service does not know.
        """
        if self._browser is None:
            raise WrongUsage(what="oidc")
        metadata = self._provider.metadata()
        state, nonce, verifier = (randomness.token_urlsafe(RANDOM_BYTES) for _ in range(3))
        with Loopback(state, self._browser) as loopback:
            url = self._address(metadata, loopback.redirect_uri, state, nonce, verifier)
            self._browser.open(url)
            code = _code(loopback.wait(), metadata)
            form = {
                "grant_type": "authorization_code",
                "code": code,
                "redirect_uri": loopback.redirect_uri,
                "code_verifier": verifier,
            }
        try:
            answer = self._provider.tokens(metadata, form)
        except SignInEnded as error:
            raise SignInIncomplete from error
        name = self._name(answer, metadata, nonce)
        self._keeper(secrets).put(answer)
        return name

    def auth(self, user: str, secrets: SecretStore) -> httpx.Auth:
        """Return the plug-in. Raises ``NotSignedIn`` when no tokens are kept."""
        keeper = self._keeper(secrets)
        keeper.tokens()
        return KeptToken(keeper, bearer)

    def end(self, secrets: SecretStore) -> None:
        """Tell the service, if it can be reached, that the kept tokens are no longer needed."""
        try:
            token = self._keeper(secrets).tokens().refresh_token
            if token:
                self._provider.revoke(self._provider.metadata(), token)
        except ClerkError:
            return

    def _keeper(self, secrets: SecretStore) -> TokenKeeper:
        return TokenKeeper(self._provider, secrets, self._locks, self._now)

    def _address(self, metadata: Metadata, redirect_uri: str, state: str, nonce: str, verifier: str) -> str:
        challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
        asked = {
            "response_type": "code",
            "client_id": self._provider.client.client_id,
            "redirect_uri": redirect_uri,
            "scope": self._provider.client.scope,
            "state": state,
            "nonce": nonce,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        parts = urlsplit(metadata.authorization_endpoint)
        return urlunsplit(parts._replace(query=urlencode([*parse_qsl(parts.query), *asked.items()]), fragment=""))

    def _name(self, answer: TokenAnswer, metadata: Metadata, nonce: str) -> str:
        expected = Expected(
            client=self._provider.client,
            metadata=metadata,
            keys=self._provider.keys(metadata),
            nonce=nonce,
            access_token=answer.access_token,
        )
        found = identity(answer.id_token, expected, self._now())
        return found.name or self._provider.user_name(metadata, answer.access_token, found.subject) or found.subject


def _code(answer: Mapping[str, str], metadata: Metadata) -> str:
    """Return the code of an answer (RFC 6749, 4.1.2; RFC 9207, 2.4). Raises what its error means."""
    told = answer.get("iss")
    if told is None and metadata.authorization_response_iss_parameter_supported:
        raise SignInNotTrusted(what="iss")
    if told is not None and not hmac.compare_digest(told.encode(), metadata.issuer.encode()):
        raise SignInNotTrusted(what="iss")
    error = answer.get("error")
    if error in ("unauthorized_client", "invalid_scope", "invalid_request", "unsupported_response_type"):
        raise SignInSetUpWrong(what=error)
    if error == "temporarily_unavailable":
        raise ServerBusy
    if error == "server_error":
        raise SignOnServiceFault
    if error or not answer.get("code"):
        raise SignInIncomplete
    return answer["code"]
