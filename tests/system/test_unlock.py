"""How the key of a store is made, found again and destroyed."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from clerk_desktop.model.errors import KeyLost, KeyringMissing, PassphraseNeeded, WrongKey
from clerk_desktop.system.paths import Profile
from clerk_desktop.system.unlock import KEY_NAME, Stretching, forget_key, profile_id, unlock, uses_passphrase

QUICK = Stretching(memory_kib=64, passes=1, lanes=1)
PASSPHRASE = "Kürbis über Lügde"


class Memory:
    """A credential store in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def get(self, name: str) -> str | None:
        return self.kept.get(name)

    def put(self, name: str, secret: str) -> None:
        self.kept[name] = secret

    def remove(self, name: str) -> None:
        self.kept.pop(name, None)


class Locked:
    """A credential store that does not answer."""

    def get(self, name: str) -> str | None:
        raise KeyringMissing

    def put(self, name: str, secret: str) -> None:
        raise KeyringMissing

    def remove(self, name: str) -> None:
        raise KeyringMissing


class Forgetful(Memory):
    """A credential store that says yes and keeps nothing."""

    def put(self, name: str, secret: str) -> None:
        pass


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    return Profile(tmp_path)


def has_worked(profile: Profile) -> None:
    profile.prepare()
    profile.database.write_bytes(b"something")


def test_the_first_start_puts_a_random_key_into_the_keyring_and_later_ones_find_it(profile: Profile) -> None:
    keyring = Memory()
    key = unlock(profile, None, keyring)
    assert unlock(profile, None, keyring) == key
    assert unlock(profile, None, Memory()) != key
    assert not uses_passphrase(profile)
    assert all(key.secret not in path.read_bytes() for path in profile.home.rglob("*") if path.is_file())


def test_with_a_passphrase_no_keyring_is_needed(profile: Profile) -> None:
    key = unlock(profile, PASSPHRASE, Locked(), QUICK)
    assert unlock(profile, PASSPHRASE, Locked()) == key
    assert uses_passphrase(profile)


def test_the_passphrase_is_the_same_however_the_keyboard_composes_its_umlauts(profile: Profile) -> None:
    key = unlock(profile, "K\u00fcrbis", Locked(), QUICK)
    assert unlock(profile, "Ku\u0308rbis", Locked()) == key


@pytest.mark.parametrize("wrong", ["", "kürbis über lügde", PASSPHRASE + " "])
def test_a_wrong_passphrase_is_named(profile: Profile, wrong: str) -> None:
    unlock(profile, PASSPHRASE, Locked(), QUICK)
    before = profile.key_file.read_bytes()
    with pytest.raises(WrongKey):
        unlock(profile, wrong, Locked())
    assert profile.key_file.read_bytes() == before


def test_without_keyring_and_passphrase_a_passphrase_is_asked_for(profile: Profile) -> None:
    with pytest.raises(PassphraseNeeded):
        unlock(profile, None, Locked())
    unlock(profile, PASSPHRASE, Locked(), QUICK)
    with pytest.raises(PassphraseNeeded):
        unlock(profile, None, Memory())


def test_a_keyring_that_keeps_nothing_is_not_trusted(profile: Profile) -> None:
    with pytest.raises(PassphraseNeeded):
        unlock(profile, None, Forgetful())


def test_a_profile_that_has_worked_never_gets_a_second_key(profile: Profile) -> None:
    keyring = Memory()
    key = unlock(profile, None, keyring)
    has_worked(profile)
    with pytest.raises(KeyLost):
        unlock(profile, None, Memory())
    with pytest.raises(KeyLost):
        unlock(profile, PASSPHRASE, Memory())
    with pytest.raises(KeyringMissing):
        unlock(profile, None, Locked())
    assert unlock(profile, PASSPHRASE, keyring) == key
    assert not uses_passphrase(profile)


def test_a_broken_entry_in_the_keyring_is_not_replaced(profile: Profile) -> None:
    keyring = Memory()
    keyring.put(KEY_NAME, "no key")
    with pytest.raises(KeyLost):
        unlock(profile, None, keyring)
    assert keyring.kept == {KEY_NAME: "no key"}


def test_the_cost_of_guessing_is_recorded_beside_the_wrapped_key(profile: Profile) -> None:
    unlock(profile, PASSPHRASE, Locked())
    kept = json.loads(profile.key_file.read_text())
    assert (kept["wrapping"], kept["memoryKib"], kept["passes"], kept["lanes"]) == (
        "argon2id+aes-256-gcm",
        65536,
        3,
        4,
    )


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{}",
        b"null",
        b'{"memoryKib": 99999999999, "passes": 1, "lanes": 1, "salt": "", "nonce": "", "key": ""}',
    ],
)
def test_a_damaged_key_file_is_named_and_left_alone(profile: Profile, content: bytes) -> None:
    profile.prepare()
    profile.key_file.write_bytes(content)
    with pytest.raises(KeyLost):
        unlock(profile, PASSPHRASE, Locked())
    assert profile.key_file.read_bytes() == content


@pytest.mark.parametrize(("field", "value"), [("salt", "QUE="), ("nonce", "QUE="), ("lanes", 64)])
def test_a_key_file_that_no_method_takes_is_named_and_left_alone(
    profile: Profile, field: str, value: str | int
) -> None:
    unlock(profile, PASSPHRASE, Locked(), QUICK)
    content = json.dumps({**json.loads(profile.key_file.read_text()), field: value})
    profile.key_file.write_text(content)
    with pytest.raises(KeyLost):
        unlock(profile, PASSPHRASE, Locked())
    assert profile.key_file.read_text() == content


def test_an_empty_passphrase_protects_no_new_profile(profile: Profile) -> None:
    with pytest.raises(PassphraseNeeded):
        unlock(profile, "", Locked(), QUICK)
    assert not profile.key_file.exists()
    unlock(profile, PASSPHRASE, Locked(), QUICK)


@pytest.mark.parametrize("field", ["salt", "nonce", "key", "passes", "memoryKib"])
def test_a_changed_key_file_opens_nothing(profile: Profile, field: str) -> None:
    unlock(profile, PASSPHRASE, Locked(), QUICK)
    kept = json.loads(profile.key_file.read_text())
    kept[field] = kept[field] + 1 if isinstance(kept[field], int) else "AAAA" + kept[field][4:]
    profile.key_file.write_text(json.dumps(kept))
    with pytest.raises(WrongKey):
        unlock(profile, PASSPHRASE, Locked())


def test_programs_that_start_together_agree_on_the_key(profile: Profile) -> None:
    keyring = Memory()
    with ThreadPoolExecutor(4) as threads:
        assert len(set(threads.map(lambda _: unlock(profile, None, keyring), range(8)))) == 1
        assert len(set(threads.map(lambda _: profile_id(profile), range(8)))) == 1


@pytest.mark.parametrize("passphrase", [None, PASSPHRASE])
def test_a_forgotten_key_is_gone(profile: Profile, passphrase: str | None) -> None:
    keyring = Memory()
    key = unlock(profile, passphrase, keyring, QUICK)
    has_worked(profile)
    forget_key(profile, keyring)
    forget_key(profile, keyring)
    with pytest.raises(KeyLost):
        unlock(profile, None, keyring)
    assert key.secret not in profile.home.joinpath("store", "clerk.db").read_bytes()
