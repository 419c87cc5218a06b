"""id_tokens that are made to be believed, and are not."""

from __future__ import annotations

import base64
import hashlib
import json
import time
from datetime import UTC, datetime
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from clerk_desktop.backend.signin.oidc.identity import Expected, identity
from clerk_desktop.backend.signin.oidc.provider import Client, Keys, Metadata
from clerk_desktop.model.errors import ClockWrong, SignInNotTrusted

ISSUER, US, NONCE, ACCESS = "https://sso.example", "clerk-desktop", "n-1", "the access token"
RSA = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER = rsa.generate_private_key(public_exponent=65537, key_size=2048)
EC = ec.generate_private_key(ec.SECP256R1())


def public(key: Any, kid: str, algorithm: str) -> dict[str, object]:
    made = jwt.get_algorithm_by_name(algorithm).to_jwk(key.public_key(), as_dict=True)
    return {**made, "kid": kid, "use": "sig"}


KEYS = Keys(keys=(public(RSA, "r", "RS256"), public(EC, "e", "ES256")))
METADATA = Metadata(
    issuer=ISSUER,
    authorization_endpoint=ISSUER,
    token_endpoint=ISSUER,
    jwks_uri=ISSUER,
    id_token_signing_alg_values_supported=("RS256", "ES256", "none", "HS256"),
)
EXPECTED = Expected(
    client=Client(issuer=ISSUER, client_id=US, scope="openid"),
    metadata=METADATA,
    keys=KEYS,
    nonce=NONCE,
    access_token=ACCESS,
)


def claims(**more: object) -> dict[str, object]:
    now = int(time.time())
    told = {"iss": ISSUER, "sub": "4711", "aud": US, "exp": now + 300, "iat": now, "nonce": NONCE, **more}
    return {name: value for name, value in told.items() if value is not None}


def token(key: Any = RSA, algorithm: str = "RS256", kid: str = "r", **more: object) -> str:
    return jwt.encode(claims(**more), key, algorithm=algorithm, headers={"kid": kid})


def believed(told: str) -> str:
    return identity(told, EXPECTED, datetime.now(UTC)).name


def test_a_token_that_fits_is_believed_with_rsa_and_with_elliptic_curves() -> None:
    assert believed(token(preferred_username="anna")) == "anna"
    assert believed(token(EC, "ES256", "e", preferred_username="anna")) == "anna"
    assert believed(token(aud=[US])) == ""
    assert believed(token(aud=[US, "other"], azp=US)) == ""


def half(access: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(access.encode()).digest()[:16]).rstrip(b"=").decode()


def test_the_access_token_must_be_the_one_that_the_id_token_speaks_of() -> None:
    assert believed(token(at_hash=half(ACCESS))) == ""
    with pytest.raises(SignInNotTrusted, match="at_hash"):
        believed(token(at_hash=half("another")))


@pytest.mark.parametrize(
    "wrong",
    [
        {"iss": "https://evil.example"},
        {"aud": "another"},
        {"aud": ["another", "third"]},
        {"aud": [US, "another"]},
        {"azp": "another"},
        {"nonce": None},
        {"nonce": "n-2"},
        {"nonce": 1},
        {"sub": None},
        {"exp": None},
        {"iat": None},
        {"exp": "never"},
        {"exp": True},
    ],
    ids=str,
)
def test_a_token_that_is_not_for_this_sign_in_is_not_believed(wrong: dict[str, object]) -> None:
    made = {**claims(), **wrong}
    told = _signed({name: value for name, value in made.items() if value is not None})
    with pytest.raises(SignInNotTrusted):
        believed(told)


def _signed(payload: dict[str, object]) -> str:
    """Sign what PyJWT would refuse to write."""
    return jwt.api_jws.encode(json.dumps(payload).encode(), RSA, algorithm="RS256", headers={"kid": "r"})


@pytest.mark.parametrize(
    ("claim", "seconds"), [("exp", -301), ("iat", 330), ("nbf", 330)], ids=["ended", "from the future", "not yet"]
)
def test_times_that_cannot_be_are_put_down_to_the_clock(claim: str, seconds: int) -> None:
    with pytest.raises(ClockWrong):
        believed(_signed(claims(**{claim: int(time.time()) + seconds})))


@pytest.mark.parametrize(
    "told",
    [
        "",
        "a.b.c",
        "…",
        token(OTHER),
        token(kid="unknown"),
        token(EC, "ES256", "r"),
        jwt.encode(claims(), "", algorithm="none", headers={"kid": "r"}),
        jwt.encode(claims(), "a shared secret that nobody agreed upon", algorithm="HS256", headers={"kid": "r"}),
        token()[:-8] + "AAAAAAAA",
        token() + "." + token(),
    ],
    ids=[
        "empty",
        "letters",
        "no ascii",
        "other key",
        "unknown key",
        "key of another kind",
        "none",
        "HMAC",
        "cut",
        "two",
    ],
)
def test_a_token_that_the_service_did_not_sign_is_not_believed(told: str) -> None:
    with pytest.raises(SignInNotTrusted):
        believed(told)
