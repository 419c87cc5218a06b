"""What a sign-on service says about itself, and asking it: discovery, keys, tokens.

The service is a stranger until its answers have been checked: bounded answers, JSON only, addresses under TLS only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TypeVar

import msgspec

from clerk_desktop.backend.cmis import failures
from clerk_desktop.backend.http import Answer, Http
from clerk_desktop.backend.line import Line, is_secured
from clerk_desktop.backend.signin.kept import OneToken
from clerk_desktop.model.errors import (
    BadAnswer,
    CertificateRefused,
    NotADms,
    OwnCertificateUnusable,
    ServerBusy,
    ServerError,
    ServerUnreachable,
    SettingUnusable,
    SignInEnded,
    SignInNotTrusted,
    SignInPage,
    SignInSetUpWrong,
    SignOnServiceFault,
    SignOnServiceUnreachable,
)
from clerk_desktop.system.decoding import decoder

LIMIT = 1024 * 1024
WELL_KNOWN = "/.well-known/openid-configuration"
T = TypeVar("T")
MISSING = "–"


@dataclass(frozen=True, kw_only=True, slots=True)
class Client:
    """What the administrator registered: the service's address, the name of this program there, what it may ask."""

    issuer: str
    client_id: str
    scope: str


class Metadata(msgspec.Struct, frozen=True):
    """OpenID Connect Discovery 1.0, section 3; RFC 9207, section 3."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str = ""
    revocation_endpoint: str = ""
    id_token_signing_alg_values_supported: tuple[str, ...] = ("RS256",)
    authorization_response_iss_parameter_supported: bool = False


class TokenAnswer(msgspec.Struct, frozen=True):
    """RFC 6749, 5.1; OpenID Connect Core 1.0, 3.1.3.3. ``expires_in`` in seconds, 0 when not told."""

    access_token: str
    token_type: str
    expires_in: float = 0
    refresh_token: str = ""
    id_token: str = ""


class _Refusal(msgspec.Struct, frozen=True):
    error: str = ""


class Keys(msgspec.Struct, frozen=True):
    """A set of keys (RFC 7517, section 5), each as it came."""

    keys: tuple[dict[str, object], ...]


class Provider:
    """One sign-on service."""

    def __init__(self, client: Client, line: Line) -> None:
        if not client.issuer or not is_secured(client.issuer):
            raise SettingUnusable(what=f"oidc_issuer = {client.issuer or MISSING}")
        if not client.client_id:
            raise SettingUnusable(what=f"oidc_client = {MISSING}")
        self.client = client
        self._line = line

    def metadata(self) -> Metadata:
        """Return what the service says about itself.

        Raises ``SignInNotTrusted`` when it goes by another name than the settings say, ``SignOnServiceFault``,
        ``SignOnServiceUnreachable``.
        """
        told = self._get(self.client.issuer.rstrip("/") + WELL_KNOWN, Metadata)
        addresses = (told.authorization_endpoint, told.token_endpoint, told.jwks_uri)
        if told.issuer != self.client.issuer:
            raise SignInNotTrusted(what=f"oidc_issuer = {told.issuer[:200]}")
        if not all(map(is_secured, addresses)):
            raise SignOnServiceFault
        return told

    def keys(self, metadata: Metadata) -> Keys:
        """Return the keys that the service signs with."""
        return self._get(metadata.jwks_uri, Keys)

    def user_name(self, metadata: Metadata, access_token: str, subject: str) -> str:
        """Return the name of a person as the service tells it beside the token, "" for none (Core 1.0, 5.3)."""
        if not is_secured(metadata.userinfo_endpoint):
            return ""
        told = self._get(metadata.userinfo_endpoint, dict[str, object], access_token)
        return str(told.get("preferred_username") or "") if told.get("sub") == subject else ""

    def tokens(self, metadata: Metadata, form: Mapping[str, str]) -> TokenAnswer:
        """Ask for tokens (RFC 6749, 4.1.3 and 6).

        Raises ``SignInEnded`` for a code or token that no longer counts, ``SignInSetUpWrong`` when the service does not
        know this program, ``SignOnServiceFault``, ``SignOnServiceUnreachable``, ``ServerBusy``.
        """
        fields = [*form.items(), ("client_id", self.client.client_id)]
        with self._asking(metadata.token_endpoint) as http:
            answer = http.post(metadata.token_endpoint, fields, None, LIMIT)
        if answer.status in (400, 401):
            raise _refused(answer)
        told = _read(answer, TokenAnswer)
        if told.token_type.lower() != "bearer" or not told.access_token:
            raise SignOnServiceFault
        return told

    def revoke(self, metadata: Metadata, token: str) -> None:
        """Tell the service that a refresh token is no longer needed (RFC 7009); one without this endpoint is fine."""
        if not is_secured(metadata.revocation_endpoint):
            return
        fields = [("token", token), ("token_type_hint", "refresh_token"), ("client_id", self.client.client_id)]
        with self._asking(metadata.revocation_endpoint) as http:
            http.post(metadata.revocation_endpoint, fields, None, LIMIT)

    def _get(self, url: str, kind: type[T], access_token: str = "") -> T:
        with self._asking(url, access_token) as http:
            return _read(http.get(url, {}, LIMIT), kind)

    @contextmanager
    def _asking(self, url: str, access_token: str = "") -> Iterator[Http]:
        auth = OneToken(access_token) if access_token else None
        try:
            with closing(Http(url=url, sign_in=auth, line=self._line)) as http:
                yield http
        except (CertificateRefused, OwnCertificateUnusable, SignOnServiceFault):
            raise
        except ServerUnreachable as error:
            raise SignOnServiceUnreachable from error
        except (BadAnswer, NotADms, SignInPage) as error:
            raise SignOnServiceFault from error


def _read(answer: Answer, kind: type[T]) -> T:
    if not answer.success:
        raise _fault(answer)
    try:
        return decoder(kind, strict=False).decode(answer.body)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise SignOnServiceFault from error


def _fault(answer: Answer) -> ServerError:
    failure = failures.refusal(answer.status, b"", answer.retry_after)
    return failure if isinstance(failure, ServerBusy) else SignOnServiceFault()


def _refused(answer: Answer) -> ServerError:
    try:
        code = decoder(_Refusal).decode(answer.body).error
    except (msgspec.MsgspecError, RecursionError):
        return SignOnServiceFault()
    if code == "invalid_grant":
        return SignInEnded()
    if code in ("invalid_client", "unauthorized_client", "invalid_scope", "unsupported_grant_type"):
        return SignInSetUpWrong(what=code)
    return SignOnServiceFault()
