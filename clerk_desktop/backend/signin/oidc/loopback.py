"""Where the browser comes back to: one listener on this machine's own address, for one answer (RFC 8252, 7.3).

Whatever comes without the right ``state`` is refused and not taken for the answer: on a terminal server other people's
programs reach the same address.
"""

from __future__ import annotations

import hmac
import html
import queue
import time
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import parse_qsl, urlsplit

from clerk_desktop.model.errors import SignInIncomplete
from clerk_desktop.model.signing_in import Browser

PATH = "/callback"
WAIT_SECONDS = 900.0
STEP_SECONDS = 0.2
PAGE = """<!doctype html><html><head><meta charset="utf-8"><title>clerk-desktop</title></head>
<body style="font-family: sans-serif; margin: 15vh auto; max-width: 32em"><p>{text}</p></body></html>"""


class Loopback:
    """Listens while it is open. ``browser`` has the words of the last page and tells when a person gives up."""

    def __init__(self, state: str, browser: Browser, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._browser = browser
        self._monotonic = monotonic
        self._answers: queue.SimpleQueue[dict[str, str]] = queue.SimpleQueue()
        self._server = _Server(state, browser, self._answers)

    @property
    def redirect_uri(self) -> str:
        """Where the browser is to come back to: the address in numbers, never a name that may lead elsewhere."""
        return f"http://127.0.0.1:{self._server.server_address[1]}{PATH}"

    def wait(self, seconds: float = WAIT_SECONDS) -> Mapping[str, str]:
        """Return the parameters of the answer. Raises ``SignInIncomplete`` when somebody gives up or time is over."""
        end = self._monotonic() + seconds
        while self._answers.empty():
            if self._browser.cancelled() or self._monotonic() >= end:
                raise SignInIncomplete
            self._server.handle_request()
        return self._answers.get()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    # browsers open connections ahead and say nothing on them: nobody may wait for those
    daemon_threads = True
    block_on_close = False
    allow_reuse_address = False

    def __init__(self, state: str, browser: Browser, answers: queue.SimpleQueue[dict[str, str]]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.timeout = STEP_SECONDS
        self.state = state
        self.browser = browser
        self.answers = answers

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of callers that hang up or talk nonsense."""


def _answer(address: str, state: str) -> dict[str, str] | None:
    """Return the parameters of an answer, None when it is not the one that is waited for."""
    try:
        parts = urlsplit(address)
        pairs = parse_qsl(parts.query, keep_blank_values=True, max_num_fields=50)
    except ValueError:
        return None
    answer = dict(pairs)
    # nothing may be told twice (RFC 6749, 3.1), and lone surrogates must not end the comparison
    fits = hmac.compare_digest(answer.get("state", "").encode(errors="replace"), state.encode())
    return answer if parts.path == PATH and fits and len(answer) == len(pairs) else None


class _Handler(BaseHTTPRequestHandler):
    timeout = 10
    server: _Server

    def do_GET(self) -> None:
        answer = _answer(self.path, self.server.state)
        if answer is None:
            self._say(400, self.server.browser.failed)
            return
        good = "code" in answer and "error" not in answer
        self._say(200 if good else 400, self.server.browser.done if good else self.server.browser.failed)
        self.server.answers.put(answer)

    def _say(self, status: int, text: str) -> None:
        page = PAGE.format(text=html.escape(text)).encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("Referrer-Policy", "no-referrer")
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, *_: object) -> None:
        """Say nothing: the code is in the address."""
