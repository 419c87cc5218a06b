"""A virtual screen and the accessibility bus (AT-SPI 2), read as a screen reader reads it: over D-Bus, from outside."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from jeepney import DBusAddress, Properties, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection

ACCESSIBLE = "org.a11y.atspi.Accessible"
REGISTRY = ("org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root")
CALL_SECONDS = 100.0
VISIBLE = 30
"""AtspiStateType: what is on the screen, or would be if it were scrolled there."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """One object as a screen reader gets it."""

    name: str
    role: str
    children: tuple[Spoken, ...] = ()

    def everything(self) -> Iterator[Spoken]:
        """Yield this object and all below it, in the order they are read."""
        yield self
        for child in self.children:
            yield from child.everything()


@contextmanager
def virtual_screen(size: str = "1280x800x24") -> Iterator[dict[str, str]]:
    """Yield the environment of a program that shall be seen and heard there."""
    with ExitStack() as ends:
        read, write = os.pipe()
        command = ["Xvfb", "-displayfd", str(write), "-screen", "0", size, "-nolisten", "tcp"]
        _run(ends, command, pass_fds=(write,))
        os.close(write)
        with os.fdopen(read) as told:
            display = told.readline().strip()
        own = ends.enter_context(TemporaryDirectory(prefix="clerk-a11y-"))  # or two screens share one bus socket
        places = {**os.environ, "DISPLAY": f":{display}", "XDG_RUNTIME_DIR": own, "XDG_CACHE_HOME": own}
        command = ["dbus-daemon", "--session", "--nofork", "--print-address"]
        bus = _run(ends, command, stdout=subprocess.PIPE, env=places)
        assert bus.stdout is not None
        address = bus.stdout.readline().strip()
        yield {
            **places,
            "DBUS_SESSION_BUS_ADDRESS": address,
            "QT_QPA_PLATFORM": "xcb",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        }


def _run(ends: ExitStack, command: list[str], **more: object) -> subprocess.Popen[str]:
    quiet: dict[str, Any] = {"stderr": subprocess.DEVNULL, "text": True, **more}
    process: subprocess.Popen[str] = ends.enter_context(subprocess.Popen(command, **quiet))
    ends.callback(process.terminate)
    return process


@dataclass
class AccessibilityBus:
    """A listener on the bus of a virtual screen. Close it with ``ends``."""

    environment: dict[str, str]
    ends: ExitStack = field(default_factory=ExitStack)

    def __post_init__(self) -> None:
        session = open_dbus_connection(self.environment["DBUS_SESSION_BUS_ADDRESS"])
        launcher = DBusAddress("/org/a11y/bus", bus_name="org.a11y.Bus", interface="org.a11y.Bus")
        (address,) = session.send_and_get_reply(new_method_call(launcher, "GetAddress"), timeout=CALL_SECONDS).body
        self._session = session
        self._bus: DBusConnection = open_dbus_connection(address)
        self.ends.callback(self._session.close)
        self.ends.callback(self._bus.close)

    def programs(self) -> list[tuple[str, str]]:
        """Return the programs that can be heard, each as name on the bus and path."""
        return self._children(*REGISTRY)

    def heard(self, program: tuple[str, str]) -> Spoken:
        """Return a program with all its windows and everything that is visible in them."""
        return self._spoken(*program)

    def _spoken(self, owner: str, path: str) -> Spoken:
        visible = [child for child in self._children(owner, path) if self._is_visible(*child)]
        return Spoken(
            self._name(owner, path),
            str(self._call(owner, path, "GetRoleName")),
            tuple(self._spoken(*child) for child in visible),
        )

    def _children(self, owner: str, path: str) -> list[tuple[str, str]]:
        return [(name, place) for name, place in self._call(owner, path, "GetChildren")]

    def _is_visible(self, owner: str, path: str) -> bool:
        states: list[int] = self._call(owner, path, "GetState")
        return bool(states[0] >> VISIBLE & 1)

    def _name(self, owner: str, path: str) -> str:
        address = DBusAddress(path, bus_name=owner, interface=ACCESSIBLE)
        reply = self._bus.send_and_get_reply(Properties(address).get("Name"), timeout=CALL_SECONDS)
        return str(reply.body[0][1])

    def _call(self, owner: str, path: str, method: str) -> Any:
        address = DBusAddress(path, bus_name=owner, interface=ACCESSIBLE)
        reply = self._bus.send_and_get_reply(new_method_call(address, method), timeout=CALL_SECONDS)
        return reply.body[0]


def missing_programs() -> list[str]:
    """What this machine lacks for a virtual screen with a bus."""
    wanted = ("Xvfb", "dbus-daemon")
    paths = [Path(folder) for folder in os.environ.get("PATH", "").split(os.pathsep)]
    found = {name for name in wanted if any((path / name).exists() for path in paths)}
    launcher = Path("/usr/libexec/at-spi-bus-launcher")
    return [*(name for name in wanted if name not in found), *([] if launcher.exists() else ["at-spi2-core"])]
