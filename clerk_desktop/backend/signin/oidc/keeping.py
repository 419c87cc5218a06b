"""The tokens of a profile: kept as one secret, renewed by one process at a time.

A service that rotates refresh tokens (RFC 9700, 4.14.2) takes each only once. Hence the lock over reading, asking and
keeping; and an answer that was lost on the way is asked for once more at once, which such services allow for seconds.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import msgspec

from clerk_desktop.backend.signin.oidc.provider import Provider, TokenAnswer
from clerk_desktop.model.errors import NotSignedIn, RoleTaken, SignInEnded, SignOnServiceFault, SignOnServiceUnreachable
from clerk_desktop.system.decoding import decoder
from clerk_desktop.system.locks import Locks, Role
from clerk_desktop.system.secrets import Secret, SecretStore

# a token is renewed this long before it ends, so that none ends on the way
EARLY = timedelta(seconds=30)
UNTOLD = timedelta(minutes=5)
LOCK_SECONDS = 120


class Tokens(msgspec.Struct, frozen=True, kw_only=True):
    """What is kept between two runs of the program."""

    access_token: str
    ends_at: datetime
    refresh_token: str


def kept(answer: TokenAnswer, now: datetime, before: str = "") -> Tokens:
    """Return what to keep of an answer. ``before`` is the refresh token that stays when no new one came."""
    lifetime = timedelta(seconds=min(answer.expires_in, 10**8)) if answer.expires_in > 0 else UNTOLD
    return Tokens(
        access_token=answer.access_token, ends_at=now + lifetime, refresh_token=answer.refresh_token or before
    )


class TokenKeeper:
    """Implements ``kept.Keeper`` on the secrets of a profile."""

    def __init__(self, provider: Provider, secrets: SecretStore, locks: Locks, now: Callable[[], datetime]) -> None:
        self._provider = provider
        self._secrets = secrets
        self._locks = locks
        self._now = now

    def put(self, answer: TokenAnswer) -> None:
        """Keep the tokens of a new sign-in."""
        self._put(kept(answer, self._now()))

    def tokens(self) -> Tokens:
        """Return what is kept. Raises ``NotSignedIn``."""
        text = self._secrets.get(Secret.TOKENS)
        if text is None:
            raise NotSignedIn
        try:
            return decoder(Tokens).decode(text)
        except msgspec.MsgspecError as error:
            raise NotSignedIn from error

    def current(self) -> str:
        """Return a token that should count. Raises ``NotSignedIn``, and what ``renewed`` raises."""
        tokens = self.tokens()
        return tokens.access_token if self._counts(tokens) else self.renewed(tokens.access_token)

    def renewed(self, refused: str) -> str:
        """Return another token: the one that somebody else fetched meanwhile, or a new one.

        Raises ``SignInEnded``, ``SignOnServiceUnreachable``, ``SignOnServiceFault``, ``ServerBusy``; only the first
        forgets the tokens.
        """
        try:
            lock = self._locks.take(Role.SIGN_IN, LOCK_SECONDS)
        except RoleTaken as error:  # another process waits for the service just as long
            raise SignOnServiceUnreachable from error
        with lock:
            tokens = self.tokens()
            if tokens.access_token != refused and self._counts(tokens):
                return tokens.access_token
            return self._renew(tokens).access_token

    def _renew(self, tokens: Tokens) -> Tokens:
        try:
            if not tokens.refresh_token:
                raise SignInEnded
            fresh = kept(self._ask(tokens.refresh_token), self._now(), before=tokens.refresh_token)
        except SignInEnded:
            self._secrets.remove(Secret.TOKENS)
            raise
        self.tokens()  # raises when somebody signed out meanwhile: nothing may bring the tokens back then
        self._put(fresh)
        return fresh

    def _ask(self, refresh_token: str) -> TokenAnswer:
        form = {"grant_type": "refresh_token", "refresh_token": refresh_token}
        metadata = self._provider.metadata()
        try:
            return self._provider.tokens(metadata, form)
        except (SignOnServiceUnreachable, SignOnServiceFault):
            return self._provider.tokens(metadata, form)

    def _counts(self, tokens: Tokens) -> bool:
        return self._now() < tokens.ends_at - EARLY

    def _put(self, tokens: Tokens) -> None:
        self._secrets.put(Secret.TOKENS, msgspec.json.encode(tokens).decode())
