"""Secrets go to the system's own credential store or nowhere."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import keyring.backends.chainer
import keyring.backends.fail
import keyring.backends.null
import keyring.backends.SecretService
import keyring.backends.Windows
import pytest
from keyring.backend import KeyringBackend
from keyring.credentials import Credential

from clerk_desktop.model.errors import KeyringMissing
from clerk_desktop.system.secrets import KeyringSecrets, Secret, TokensApart, Unkept, own_backend


class PlainFile(KeyringBackend):
    """As keyrings.alt has one; nobody must ever use it."""

    priority = 100

    def get_password(self, service: str, username: str) -> str | None:
        raise AssertionError

    def set_password(self, service: str, username: str, password: str) -> None:
        raise AssertionError

    def delete_password(self, service: str, username: str) -> None:
        raise AssertionError

    def get_credential(self, service: str, username: str | None) -> Credential | None:
        raise AssertionError


@pytest.mark.parametrize("backend", [keyring.backends.fail.Keyring, keyring.backends.null.Keyring, PlainFile])
def test_a_backend_that_is_not_the_systems_own_is_refused(backend: type[KeyringBackend]) -> None:
    with pytest.raises(KeyringMissing):
        own_backend(backend())
    with pytest.raises(KeyringMissing):
        KeyringSecrets("profile", backend())


def bare(kind: type[KeyringBackend]) -> KeyringBackend:
    """A backend that was not started: only what it is counts here."""
    return kind.__new__(kind)


@pytest.mark.parametrize("backend", [keyring.backends.SecretService.Keyring, keyring.backends.Windows.WinVaultKeyring])
def test_the_systems_own_backends_are_taken(backend: type[KeyringBackend]) -> None:
    one = bare(backend)
    assert own_backend(one) is one


def test_of_a_chain_the_systems_own_is_taken() -> None:
    own, plain = bare(keyring.backends.SecretService.Keyring), bare(PlainFile)

    class Chain(keyring.backends.chainer.ChainerBackend):
        backends = [plain, own]  # noqa: RUF012 - keyring's attribute

    Chain.__module__ = keyring.backends.chainer.__name__
    assert own_backend(bare(Chain)) is own
    Chain.backends = [plain]
    with pytest.raises(KeyringMissing):
        own_backend(bare(Chain))


REAL = """
import sys
from clerk_desktop.system.secrets import KeyringSecrets
one, other = KeyringSecrets("one"), KeyringSecrets("other")
assert one.get("password") is None
one.put("password", "geheim äöü")
one.put("password", "neu äöü")
assert one.get("password") == "neu äöü", one.get("password")
assert other.get("password") is None
one.remove("password")
one.remove("password")
assert one.get("password") is None
print("proven")
"""


@pytest.fixture
def secret_service(tmp_path: Path) -> Iterator[dict[str, str]]:
    if shutil.which("dbus-run-session") is None or shutil.which("gnome-keyring-daemon") is None:
        pytest.skip("NO SECRET SERVICE: install dbus and gnome-keyring; nothing was proven on a real keyring")
    yield {**os.environ, "XDG_DATA_HOME": str(tmp_path), "HOME": str(tmp_path)}


def test_a_real_secret_service_keeps_replaces_and_forgets_a_secret(secret_service: dict[str, str]) -> None:
    unlock = "printf 'pw\\n' | gnome-keyring-daemon --unlock --components=secrets >/dev/null; exec \"$@\""
    done = subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", unlock, "sh", sys.executable, "-c", REAL],
        env=secret_service,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stdout.endswith("proven\n"), done.stderr


def test_without_a_credential_store_keeping_a_secret_is_refused(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("DBUS", "XDG", "DISPLAY"))}
    program = (
        "from clerk_desktop.model.errors import KeyringMissing\n"
        "from clerk_desktop.system.secrets import KeyringSecrets, Secret, TokensApart, Unkept\n"
        "try: KeyringSecrets('x').put('password', 'geheim')\n"
        "except KeyringMissing: print('refused')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**environment, "HOME": str(tmp_path), "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stdout == "refused\n", done.stderr


def test_tokens_lie_in_the_encrypted_store_and_everything_else_in_the_keyring() -> None:
    keyring, store = Unkept(), Unkept()
    secrets = TokensApart(keyring, store)
    long = "t" * 5000  # more than Windows' credential store takes
    secrets.put(Secret.TOKENS, long)
    secrets.put(Secret.PASSWORD, "geheim")
    assert (store.get(Secret.TOKENS), keyring.get(Secret.TOKENS)) == (long, None)
    assert (store.get(Secret.PASSWORD), keyring.get(Secret.PASSWORD)) == (None, "geheim")
    for name in Secret:
        secrets.remove(name)
    assert [secrets.get(name) for name in Secret] == [None] * len(Secret)
