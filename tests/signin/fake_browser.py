"""A browser with a person before it: follows the provider's pages and redirects over HTTP, as real ones do.

As a program: ``python -m tests.signin.fake_browser URL`` with ``FAKE_PERSON`` (the subject, or
``deny``) and ``FAKE_TRUSTED`` (the file of certificates that it trusts).
"""

from __future__ import annotations

import os
import ssl
import sys
import threading
from collections.abc import Callable
from urllib.parse import urlsplit

import httpx


def visit(
    url: str, person: str, trusted: str, on_the_way: Callable[[str], str] = lambda place: place
) -> httpx.Response:
    """Open an address, sign in as ``person`` (``deny``: say no), go where one is sent; returns the last page.

    ``on_the_way`` may change the address one comes back to.
    """
    with httpx.Client(verify=ssl.create_default_context(cafile=trusted), trust_env=False) as client:
        page = client.get(url)
        if page.status_code != httpx.codes.OK:
            return page
        form = {"action": "deny"} if person == "deny" else {"sub": person}
        page = client.post(url, data=form)
        while page.is_redirect:
            place = on_the_way(page.headers["Location"])
            page = client.get(place)
        return page


class FakeBrowser:
    """Opens addresses in a thread; ``pages`` are the last pages seen. Close it."""

    def __init__(self, person: str, trusted: str, on_the_way: Callable[[str], str] = lambda place: place) -> None:
        self.opened: list[str] = []
        self.pages: list[httpx.Response] = []
        self._visit = lambda url: self.pages.append(visit(url, person, trusted, on_the_way))
        self._threads: list[threading.Thread] = []

    def open(self, url: str) -> None:
        """Show a page."""
        self.opened.append(url)
        thread = threading.Thread(target=self._visit, args=(url,))
        self._threads.append(thread)
        thread.start()

    def close(self) -> None:
        """Wait until the person is done."""
        for thread in self._threads:
            thread.join()


if __name__ == "__main__":
    last = visit(sys.argv[1], os.environ["FAKE_PERSON"], os.environ["FAKE_TRUSTED"])
    sys.exit(0 if last.is_success and urlsplit(str(last.url)).hostname == "127.0.0.1" else 1)
