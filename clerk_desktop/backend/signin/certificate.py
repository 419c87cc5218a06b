"""The workstation's own certificate and nothing else (RFC 8446, 4.4.2): the server knows whose it is."""

from __future__ import annotations

from collections.abc import Generator

import httpx

from clerk_desktop.backend.line import Line
from clerk_desktop.model.errors import NotSignedIn, OwnCertificateRefused, WrongUsage
from clerk_desktop.system.secrets import SecretStore


class Certificate:
    """Implements ``SignIn``: the certificate is that of the line, nothing else is kept."""

    def __init__(self, line: Line) -> None:
        self._certificate = line.certificate

    def begin(self, user: str, password: str, secrets: SecretStore) -> str:
        """Return the given name, else the one in the certificate.

        Raises ``WrongUsage`` when no certificate is set or no name is known, ``OwnCertificateUnusable``.
        """
        if self._certificate is None:
            raise WrongUsage(what="client_certificate")
        name = user or self._certificate.owner()
        if not name:
            raise WrongUsage(what="--user")
        return name

    def auth(self, user: str, secrets: SecretStore) -> httpx.Auth:
        """Return a plug-in that adds nothing to requests. Raises ``NotSignedIn`` when no certificate is set."""
        if self._certificate is None:
            raise NotSignedIn
        return _ByCertificate()

    def end(self, secrets: SecretStore) -> None:
        """Nobody needs to know."""


class _ByCertificate(httpx.Auth):
    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        response = yield request
        if response.status_code == httpx.codes.UNAUTHORIZED:  # TLS let the certificate pass, and nobody has it
            raise OwnCertificateRefused
