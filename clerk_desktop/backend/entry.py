"""The way from a profile to its DMS: puts kind of sign-in, secrets and this workstation's line together."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from clerk_desktop.backend.certificate import OwnCertificate
from clerk_desktop.backend.cmis.administration import open_administration
from clerk_desktop.backend.cmis.connect import connect, sign_in
from clerk_desktop.backend.cmis.mapping import load_mapping
from clerk_desktop.backend.line import Line, is_secured
from clerk_desktop.backend.port import Administrator, Backend
from clerk_desktop.backend.signin.kinds import Surroundings, sign_in_of
from clerk_desktop.backend.signin.protocol import SignIn
from clerk_desktop.model.account import Account, SignInKind
from clerk_desktop.model.errors import AddressUnreachable, NotSecured, ServerError, ServerUnreachable, WrongUsage
from clerk_desktop.model.signing_in import Browser, MappingName, SignInRequest
from clerk_desktop.system.locks import Locks
from clerk_desktop.system.proxies import ProxyWish
from clerk_desktop.system.secrets import Secret, SecretStore, Unkept
from clerk_desktop.system.settings import (
    CA_FILE,
    CLIENT_CERTIFICATE,
    DMS_MAPPINGS,
    PROXY,
    PROXY_SCRIPT,
    SIGN_IN,
    SettingsFiles,
)

if TYPE_CHECKING:
    import httpx


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """``mappings`` is the folder of the DMS mappings that ship with the program (a setting names another one, which is
    looked into first), ``types`` that of our types' definitions. Settings are read anew for each connection.
    """

    settings: SettingsFiles
    secrets: SecretStore
    mappings: Path
    types: Path
    locks: Locks

    def connect(self, account: Account) -> Backend:
        """Return a connection for somebody who is signed in. Raises errors below ``ServerError``."""
        line = self._line(self.secrets)
        auth = self._way(account.sign_in, account.url, line).auth(account.user, self.secrets)
        return connect(account, auth, mapping_dir=self._folder(account.mapping), line=line)

    def sign_in(self, request: SignInRequest, secrets: SecretStore) -> Account:
        """Prove for the first time who somebody is, and let the DMS confirm it.

        What later connections need is put into ``secrets``. Raises ``WrongUsage``, errors below ``ServerError``.
        """
        kind = request.kind or SignInKind(self.settings.load().value(SIGN_IN))
        mapping = load_mapping(self._folder(request.mapping), request.mapping)
        if request.passphrase:
            secrets.put(Secret.PASSPHRASE, request.passphrase)
        line = self._line(secrets)
        way = self._way(kind, request.url, line, request.browser)
        user = way.begin(request.user, request.password, secrets)
        try:
            chosen = sign_in(request.url, way.auth(user, secrets), request.repository or None, mapping, line=line)
        except ServerUnreachable as error:
            if type(error) is ServerUnreachable:  # the others say more of what is in the way
                raise AddressUnreachable from error
            raise
        return Account(
            url=request.url, user=user, repository=chosen.repository_id, mapping=request.mapping, sign_in=kind
        )

    def sign_out(self, account: Account) -> None:
        """Tell whoever must know that the kept secrets are no longer needed; nobody answering is fine."""
        try:
            self._way(account.sign_in, account.url, self._line(self.secrets)).end(self.secrets)
        except (WrongUsage, ServerError):  # the settings were changed since: nobody is left to be told
            return

    @contextmanager
    def administer(self, who: SignInRequest | Account) -> Iterator[Administrator]:
        """Open a connection for administration, as the profile's account or as somebody else, of whom nothing is kept.

        Raises ``WrongUsage``, errors below ``ServerError``.
        """
        secrets: SecretStore = self.secrets
        if isinstance(who, SignInRequest):
            secrets = Unkept()
            who = self.sign_in(who, secrets)
        line = self._line(secrets)
        auth = self._way(who.sign_in, who.url, line).auth(who.user, secrets)
        folder = self._folder(who.mapping)
        opened = open_administration(who, auth, mapping_dir=folder, types_dir=self.types, line=line)
        with closing(opened):
            yield opened

    def device_transport(self, url: str, confirmed: ssl.SSLContext | None) -> httpx.BaseTransport:
        """Return what carries requests to a device in the office's network. Raises ``WrongUsage``.

        A device is not shown this workstation's certificate.
        """
        from clerk_desktop.backend.device import device_transport

        trusted = self.settings.load().value(CA_FILE)
        return device_transport(Line(ca_file=Path(trusted) if trusted else None), url, confirmed)

    def certificate_locked(self) -> bool:
        """Tell whether this workstation's own certificate wants a passphrase. Raises ``OwnCertificateUnusable``."""
        certificate = self._line(Unkept()).certificate
        return certificate is not None and certificate.needs_passphrase()

    def known_mappings(self) -> tuple[MappingName, ...]:
        """Return the mappings that there are, by name; one that cannot be read is left out."""
        own = self.settings.load().value(DMS_MAPPINGS)
        found: dict[str, str] = {}
        for folder in (self.mappings, *((Path(own),) if own else ())):
            for file in sorted(folder.glob("*.toml")):
                try:
                    found[file.stem] = load_mapping(folder, file.stem).title
                except WrongUsage:
                    continue
        return tuple(MappingName(name, title) for name, title in sorted(found.items()))

    def _folder(self, mapping: str) -> Path:
        own = self.settings.load().value(DMS_MAPPINGS)
        return Path(own) if own and (Path(own) / f"{mapping}.toml").is_file() else self.mappings

    def _way(self, kind: SignInKind, url: str, line: Line, browser: Browser | None = None) -> SignIn:
        if url.lower().startswith("http:") and not is_secured(url):
            raise NotSecured
        settings = self.settings.load()
        return sign_in_of(kind, Surroundings(url=url, line=line, settings=settings, locks=self.locks, browser=browser))

    def _line(self, secrets: SecretStore) -> Line:
        settings = self.settings.load()
        own, trusted = settings.value(CLIENT_CERTIFICATE), settings.value(CA_FILE)
        passphrase = secrets.get(Secret.PASSPHRASE) if own else None
        return Line(
            ca_file=Path(trusted) if trusted else None,
            certificate=OwnCertificate(file=Path(own), passphrase=passphrase or "") if own else None,
            proxies=ProxyWish(address=settings.value(PROXY), script=settings.value(PROXY_SCRIPT)),
        )
