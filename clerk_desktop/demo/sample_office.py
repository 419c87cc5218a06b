"""The sample office's server: seeded once, stopped and started again at the same address."""

from __future__ import annotations

import socket
from pathlib import Path

from clerk_desktop.demo.seed import seed
from clerk_desktop.model.municipality import MUNICIPALITIES
from clerk_desktop.server.serving import EmbeddedServer
from clerk_desktop.system.resources import resources_folder

TOWNS = {town.key: town.title for town in MUNICIPALITIES}


class SampleOffice:
    """Serves ``data`` on a free port of this machine, always the same one. Use as a context manager."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._port = free_port()
        self._seeded = False
        self._server: EmbeddedServer | None = None

    @property
    def url(self) -> str:
        """The service URL, also while the server is stopped."""
        return f"http://127.0.0.1:{self._port}/cmis"

    def start(self) -> None:
        """Start the server; the first time with sample data."""
        server = EmbeddedServer(self._data, resources_folder() / "cmis-types", towns=TOWNS, port=self._port)
        if not self._seeded:
            seed(server)
            self._seeded = True
        server.start()
        self._server = server

    def stop(self) -> None:
        """Stop the server; its data stays."""
        if self._server is not None:
            self._server.stop()
            self._server = None


def free_port() -> int:
    """Return a port that is free now; one given to a listener itself could not be listened on again at once."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
