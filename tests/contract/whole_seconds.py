"""Makes a server tell times to the second only, by the clock that its answers bear."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from email.utils import format_datetime
from typing import Any

import httpx

TIMES = ("cmis:lastModificationDate", "cmis:creationDate")


class WholeSeconds(httpx.BaseTransport):
    """The way to such a server; ``inner`` leads to the exact one, ``clock`` is the server's own, and what its answers
    are dated with is ``beside`` that.
    """

    def __init__(
        self, inner: httpx.BaseTransport, clock: Callable[[], datetime], beside: timedelta = timedelta()
    ) -> None:
        self._inner = inner
        self._clock = clock
        self._beside = beside

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        answer = self._inner.handle_request(request)
        answer.headers["Date"] = format_datetime(self._clock() + self._beside, usegmt=True)
        if not answer.headers.get("Content-Type", "").startswith("application/json"):
            return answer
        content = json.dumps(_rounded(json.loads(answer.read() or b"null"))).encode()
        answer.close()
        headers = {"Content-Type": "application/json", "Date": answer.headers["Date"]}
        return httpx.Response(answer.status_code, content=content, headers=headers)

    def close(self) -> None:
        self._inner.close()


def _rounded(data: Any) -> Any:
    if isinstance(data, list):
        return [_rounded(each) for each in data]
    if not isinstance(data, dict):
        return data
    rounded = {key: _rounded(value) for key, value in data.items()}
    return rounded | {key: rounded[key] // 1000 * 1000 for key in TIMES if isinstance(rounded.get(key), int)}
