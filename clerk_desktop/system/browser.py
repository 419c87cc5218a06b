"""The browser that this computer's user chose."""

from __future__ import annotations

import threading
import webbrowser
from urllib.parse import urlsplit


def open_address(url: str) -> None:
    """Show a web page in the user's own browser, if one can be started; returns at once.

    Raises ``ValueError`` for anything but a web address: systems start programs for others.
    """
    if urlsplit(url).scheme not in ("http", "https"):
        raise ValueError(url)
    # a browser of a terminal ends only when its user does
    threading.Thread(target=webbrowser.open, args=(url,), name="browser", daemon=True).start()
