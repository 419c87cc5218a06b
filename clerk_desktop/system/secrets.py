"""Passwords, tokens and the store key in the system's own credential store. The only home of ``keyring``.

Leaves to others: secrets inside the encrypted store (``store.secrets``), for profiles with a passphrase.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from clerk_desktop.model.errors import KeyringMissing

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "clerk-desktop"
# keyring also offers plain files, nothing at all, and whatever is installed beside it: none of that keeps a secret.
SYSTEMS_OWN = frozenset(
    {
        "keyring.backends.SecretService",
        "keyring.backends.libsecret",
        "keyring.backends.kwallet",
        "keyring.backends.Windows",
        "keyring.backends.macOS",
    }
)
CHAINER = "keyring.backends.chainer"


class Secret(StrEnum):
    """The names under which what signs a person in is kept."""

    PASSWORD = "password"  # noqa: S105 - a name
    PASSPHRASE = "certificate-passphrase"  # noqa: S105 - a name
    TOKENS = "tokens"


class SecretStore(Protocol):
    """Keeps secrets by name."""

    def get(self, name: str) -> str | None:
        """Return a secret, None when there is none of that name. Raises ``KeyringMissing``."""
        ...

    def put(self, name: str, secret: str) -> None:
        """Keep a secret, in place of an earlier one of that name. Raises ``KeyringMissing``."""
        ...

    def remove(self, name: str) -> None:
        """Forget a secret; one that is not there is fine. Raises ``KeyringMissing``."""
        ...


class TokensApart:
    """Secrets in the keyring, but tokens in the encrypted store, whose key is in the keyring.

    Tokens change every few minutes and must not be torn by a crash, and Windows' credential store takes 2,560 bytes
    (CRED_MAX_CREDENTIAL_BLOB_SIZE, wincred.h), which many tokens exceed.
    """

    def __init__(self, keyring: SecretStore, store: SecretStore) -> None:
        self._keyring = keyring
        self._store = store

    def get(self, name: str) -> str | None:
        """Return a secret, None when there is none of that name. Raises ``KeyringMissing``."""
        return self._home(name).get(name)

    def put(self, name: str, secret: str) -> None:
        """Keep a secret, in place of an earlier one of that name. Raises ``KeyringMissing``."""
        self._home(name).put(name, secret)

    def remove(self, name: str) -> None:
        """Forget a secret; one that is not there is fine. Raises ``KeyringMissing``."""
        self._home(name).remove(name)

    def _home(self, name: str) -> SecretStore:
        return self._store if name == Secret.TOKENS else self._keyring


class Unkept:
    """Secrets in memory only: those of a sign-in that is not accepted yet."""

    def __init__(self) -> None:
        self._secrets: dict[str, str] = {}

    def get(self, name: str) -> str | None:
        """Return a secret, None when there is none of that name."""
        return self._secrets.get(name)

    def put(self, name: str, secret: str) -> None:
        """Hold a secret, in place of an earlier one of that name."""
        self._secrets[name] = secret

    def remove(self, name: str) -> None:
        """Forget a secret; one that is not there is fine."""
        self._secrets.pop(name, None)


class KeyringSecrets:
    """Secrets in the system's credential store, under the name of one profile.

    ``backend`` is found at the first use when none is given: finding it takes a quarter of a second.
    """

    def __init__(self, profile_id: str, backend: KeyringBackend | None = None) -> None:
        self._profile_id = profile_id
        self._backend = None if backend is None else own_backend(backend)

    def get(self, name: str) -> str | None:
        """Return a secret, None when there is none of that name. Raises ``KeyringMissing``."""
        from keyring.errors import KeyringError

        try:
            return self._ready().get_password(SERVICE, self._named(name))
        except KeyringError as error:
            raise KeyringMissing from error

    def put(self, name: str, secret: str) -> None:
        """Keep a secret, in place of an earlier one of that name. Raises ``KeyringMissing``."""
        from keyring.errors import KeyringError

        try:
            self._ready().set_password(SERVICE, self._named(name), secret)
        except KeyringError as error:
            raise KeyringMissing from error

    def remove(self, name: str) -> None:
        """Forget a secret; one that is not there is fine. Raises ``KeyringMissing``."""
        from keyring.errors import KeyringError

        if self.get(name) is None:
            return
        try:
            self._ready().delete_password(SERVICE, self._named(name))
        except KeyringError as error:
            raise KeyringMissing from error

    def _named(self, name: str) -> str:
        return f"{self._profile_id}:{name}"

    def _ready(self) -> KeyringBackend:
        if self._backend is None:
            import keyring

            self._backend = own_backend(keyring.get_keyring())
        return self._backend


def own_backend(candidate: KeyringBackend) -> KeyringBackend:
    """Return the backend when it is the operating system's own, or the first such one of a chain.

    Raises ``KeyringMissing`` for every other, so that no secret ever lands in a plain file.
    """
    chosen: list[KeyringBackend] = [candidate]
    if type(candidate).__module__ == CHAINER:
        chosen = list(getattr(candidate, "backends", ()))
    for backend in chosen:
        if type(backend).__module__ in SYSTEMS_OWN:
            return backend
    raise KeyringMissing
