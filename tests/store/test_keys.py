"""The keys of a store."""

from __future__ import annotations

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from hypothesis import given
from hypothesis import strategies as st

from clerk_desktop.store.keys import derive, hkdf
from clerk_desktop.system.store_key import StoreKey
from tests.store.samples_of import KEY


@given(st.binary(min_size=1, max_size=64), st.binary(max_size=64), st.binary(max_size=64))
def test_keys_are_derived_as_rfc_5869_says(secret: bytes, salt: bytes, purpose: bytes) -> None:
    assert hkdf(secret, salt, purpose) == HKDF(hashes.SHA256(), 32, salt or None, purpose).derive(secret)


def test_each_purpose_has_a_key_of_its_own_and_none_is_shown() -> None:
    keys = derive(KEY)
    all_keys = (keys.database, keys.blob_names, keys.blob_content, keys.proof, KEY.secret)
    assert len(set(all_keys)) == 5
    for key in all_keys:
        assert repr(key) not in repr(keys) + repr(KEY)
        assert key.hex() not in repr(keys) + repr(KEY)
    assert derive(StoreKey.random()) != keys
