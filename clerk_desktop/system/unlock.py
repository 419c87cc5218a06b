"""How a profile's store key is made, found again and destroyed: in the keyring, or wrapped by a passphrase.

The passphrase is stretched with Argon2id (RFC 9106, section 4, second recommended option: 64 MiB, 3 passes, 4 lanes);
the key is wrapped with AES-256-GCM. What was used stands in ``key.json``, so that it can be raised later.
"""

from __future__ import annotations

import base64
import binascii
import json
import secrets as randomness
from dataclasses import dataclass

from clerk_desktop.model.errors import KeyLost, KeyringMissing, PassphraseNeeded, WrongKey
from clerk_desktop.model.ids import new_key
from clerk_desktop.system.files import write_whole
from clerk_desktop.system.locks import Locks, Role
from clerk_desktop.system.paths import Profile
from clerk_desktop.system.secrets import SecretStore
from clerk_desktop.system.store_key import StoreKey

KEY_NAME = "store-key"
WRAPPING = "argon2id+aes-256-gcm"
SETUP_TIMEOUT_SECONDS = 30.0
# a damaged or forged key file must not make us use all memory
MAX_MEMORY_KIB, MAX_PASSES, MAX_LANES = 1024 * 1024, 64, 64


@dataclass(frozen=True, kw_only=True, slots=True)
class Stretching:
    """Cost of Argon2id: memory in KiB, passes, lanes."""

    memory_kib: int = 64 * 1024
    passes: int = 3
    lanes: int = 4


def unlock(
    profile: Profile, passphrase: str | None, secrets: SecretStore, stretching: Stretching | None = None
) -> StoreKey:
    """Return the key of a profile's store; makes it at the first use.

    With a passphrase no keyring is needed for a new profile; an empty one counts as none there. A profile keeps the way
    it was made with.
    Raises ``PassphraseNeeded`` (a passphrase is needed and none was given), ``WrongKey`` (wrong passphrase),
    ``KeyringMissing``, ``KeyLost`` (a store without its key: never a new key for an old store), ``DiskFull``,
    ``ProfileNotLocal``, ``RoleTaken``.
    """
    profile.prepare()
    if wrapped := _read(profile):
        return _unwrap(wrapped, passphrase)
    with Locks(profile.locks).take(Role.SETUP, SETUP_TIMEOUT_SECONDS):
        if wrapped := _read(profile):
            return _unwrap(wrapped, passphrase)
        if passphrase and not has_store(profile):  # an empty one protects nothing
            return _new_wrapped(profile, passphrase, stretching or Stretching())
        return _from_keyring(profile, secrets)


def has_store(profile: Profile) -> bool:
    """Tell whether the profile has a database already."""
    return profile.database.exists() and profile.database.stat().st_size > 0


def uses_passphrase(profile: Profile) -> bool:
    """Tell whether the profile's key is wrapped by a passphrase; then secrets live inside the store."""
    return profile.key_file.exists()


def profile_id(profile: Profile) -> str:
    """Return the random name under which the keyring keeps the profile's secrets; made at the first use."""
    profile.prepare()
    with Locks(profile.locks).take(Role.SETUP, SETUP_TIMEOUT_SECONDS):
        if not profile.id_file.exists():
            write_whole(profile.id_file, new_key().encode())
        return profile.id_file.read_text(encoding="utf-8").strip()


def forget_key(profile: Profile, secrets: SecretStore) -> None:
    """Destroy the key, and with it everything in the store. Raises ``KeyringMissing``."""
    if uses_passphrase(profile):
        profile.key_file.unlink(missing_ok=True)
    else:
        secrets.remove(KEY_NAME)


def _from_keyring(profile: Profile, secrets: SecretStore) -> StoreKey:
    fresh = not has_store(profile)
    try:
        kept = secrets.get(KEY_NAME)
        if kept is not None:
            return StoreKey(base64.b64decode(kept, validate=True))
        if not fresh:
            raise KeyLost
        key = StoreKey.random()
        secrets.put(KEY_NAME, base64.b64encode(key.secret).decode())
        if secrets.get(KEY_NAME) != base64.b64encode(key.secret).decode():
            raise KeyringMissing
    except KeyringMissing as error:
        if fresh:
            raise PassphraseNeeded from error
        raise
    except (ValueError, binascii.Error) as error:
        raise KeyLost from error
    return key


def _new_wrapped(profile: Profile, passphrase: str, stretching: Stretching) -> StoreKey:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    key = StoreKey.random()
    salt, nonce = randomness.token_bytes(16), randomness.token_bytes(12)
    sealed = AESGCM(_stretch(passphrase, salt, stretching)).encrypt(nonce, key.secret, WRAPPING.encode())
    content = {
        "wrapping": WRAPPING,
        "memoryKib": stretching.memory_kib,
        "passes": stretching.passes,
        "lanes": stretching.lanes,
        "salt": base64.b64encode(salt).decode(),
        "nonce": base64.b64encode(nonce).decode(),
        "key": base64.b64encode(sealed).decode(),
    }
    write_whole(profile.key_file, json.dumps(content, indent=1).encode())
    return key


@dataclass(frozen=True, kw_only=True, slots=True)
class _Wrapped:
    stretching: Stretching
    salt: bytes
    nonce: bytes
    key: bytes


def _read(profile: Profile) -> _Wrapped | None:
    try:
        content = json.loads(profile.key_file.read_bytes())
    except FileNotFoundError:
        return None
    except ValueError as error:
        raise KeyLost from error
    try:
        wrapped = _Wrapped(
            stretching=Stretching(
                memory_kib=int(content["memoryKib"]), passes=int(content["passes"]), lanes=int(content["lanes"])
            ),
            salt=base64.b64decode(content["salt"], validate=True),
            nonce=base64.b64decode(content["nonce"], validate=True),
            key=base64.b64decode(content["key"], validate=True),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise KeyLost from error
    cost = wrapped.stretching
    if content.get("wrapping") != WRAPPING or not (
        0 < cost.memory_kib <= MAX_MEMORY_KIB and 0 < cost.passes <= MAX_PASSES and 0 < cost.lanes <= MAX_LANES
    ):
        raise KeyLost
    return wrapped


def _unwrap(wrapped: _Wrapped, passphrase: str | None) -> StoreKey:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    if passphrase is None:
        raise PassphraseNeeded
    try:
        outer = AESGCM(_stretch(passphrase, wrapped.salt, wrapped.stretching))
        return StoreKey(outer.decrypt(wrapped.nonce, wrapped.key, WRAPPING.encode()))
    except InvalidTag as error:
        raise WrongKey from error
    except ValueError as error:  # salt, nonce or costs that the methods do not take
        raise KeyLost from error


def _stretch(passphrase: str, salt: bytes, cost: Stretching) -> bytes:
    import unicodedata

    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    # two keyboards may write the same umlaut differently
    text = unicodedata.normalize("NFC", passphrase).encode()
    return Argon2id(salt=salt, length=32, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory_kib).derive(
        text
    )
