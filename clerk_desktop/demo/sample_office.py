"""The sample office's server: seeded once, stopped and started again at the same address."""

from __future__ import annotations

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
        self._port = 0
        self._server: EmbeddedServer | None = None

    @property
    def url(self) -> str:
        """The service URL, also while the server is stopped."""
        return f"http://127.0.0.1:{self._port}/cmis"

    def start(self) -> None:
        """Start the server; the first time with sample data."""
        server = EmbeddedServer(self._data, resources_folder() / "cmis-types", towns=TOWNS, port=self._port)
        if not self._port:
            seed(server)
            self._port = int(server.url.rsplit(":", 1)[1].split("/")[0])
        server.start()
        self._server = server

    def stop(self) -> None:
        """Stop the server; its data stays."""
        if self._server is not None:
            self._server.stop()
            self._server = None
