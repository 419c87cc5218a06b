"""What may be opened in the browser."""

from __future__ import annotations

import pytest

from clerk_desktop.system.browser import open_address


@pytest.mark.parametrize("address", ["file:///etc/passwd", "javascript:alert(1)", "ms-msdt:/id", "C:\\calc.exe", ""])
def test_only_web_pages_are_opened(address: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        open_address(address)
