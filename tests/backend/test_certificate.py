"""A workstation's own certificate in files as they are handed out."""

from __future__ import annotations

import ssl
from pathlib import Path

import pytest

from clerk_desktop.backend.certificate import OwnCertificate
from tests.signin.authority import Authority


@pytest.mark.parametrize("authority_first", [False, True])
def test_the_certificate_of_the_key_counts_wherever_it_stands(tmp_path: Path, *, authority_first: bool) -> None:
    authority = Authority(tmp_path / "authority")
    file = authority.person("Jana").pem(tmp_path / "mine.pem")
    parts = [file.read_bytes(), authority.file.read_bytes()]
    file.write_bytes(b"".join(reversed(parts) if authority_first else parts))
    mine = OwnCertificate(file=file)
    assert mine.owner() == "Jana"
    mine.load_into(ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))
