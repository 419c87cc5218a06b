"""A desktop that shows icons beside the clock: StatusNotifierWatcher of freedesktop.org, as much as programs need."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from jeepney import (
    DBusAddress,
    HeaderFields,
    Message,
    MessageType,
    Properties,
    new_error,
    new_method_call,
    new_method_return,
)
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection

NAME, PATH = "org.kde.StatusNotifierWatcher", "/StatusNotifierWatcher"
ITEM, MENU = "org.kde.StatusNotifierItem", "com.canonical.dbusmenu"
CALL_SECONDS = 100.0
TRUE = ("b", True)
VALUES: dict[str, tuple[str, Any]] = {
    "IsStatusNotifierHostRegistered": TRUE,
    "ProtocolVersion": ("i", 0),
    "RegisteredStatusNotifierItems": ("as", []),
}


class Desktop:
    """Listens on the session bus at an address until ``close``. ``items``: who registered an icon, by bus name."""

    def __init__(self, address: str) -> None:
        self.items: list[str] = []
        self.registered = threading.Event()
        self._calls = open_dbus_connection(address)
        self._bus = open_dbus_connection(address)
        self._bus.send_and_get_reply(message_bus.RequestName(NAME))
        self._thread = threading.Thread(target=self._listen, name="status-notifier", daemon=True)
        self._thread.start()

    def activate(self) -> None:
        """Click on the icon."""
        self._call(ITEM, "/StatusNotifierItem", "Activate", "ii", (0, 0))

    def value(self, name: str) -> Any:
        """Return a property of the icon."""
        address = DBusAddress("/StatusNotifierItem", bus_name=self.items[-1], interface=ITEM)
        return self._calls.send_and_get_reply(Properties(address).get(name), timeout=CALL_SECONDS).body[0][1]

    def menu(self) -> list[tuple[int, str]]:
        """Return the entries of the icon's menu: number and label."""
        path = self.value("Menu")
        _, (_, _, children) = self._call(MENU, path, "GetLayout", "iias", (0, -1, []))
        return [(child[1][0], child[1][1]["label"][1]) for child in children if "label" in child[1][1]]

    def press(self, entry: int) -> None:
        """Choose an entry of the menu."""
        self._call(MENU, self.value("Menu"), "Event", "isvu", (entry, "clicked", ("s", ""), 0))

    def close(self) -> None:
        """Leave the bus."""
        self._calls.close()
        self._bus.close()

    def _call(self, interface: str, path: str, method: str, signature: str, body: tuple[Any, ...]) -> Any:
        address = DBusAddress(path, bus_name=self.items[-1], interface=interface)
        message = new_method_call(address, method, signature, body)
        return self._calls.send_and_get_reply(message, timeout=CALL_SECONDS).body

    def _listen(self) -> None:
        answers: dict[str, Callable[[Message], Message]] = {
            "RegisterStatusNotifierItem": self._register,
            "RegisterStatusNotifierHost": new_method_return,
            "Get": lambda asked: new_method_return(asked, "v", (VALUES[asked.body[1]],)),
            "GetAll": lambda asked: new_method_return(asked, "a{sv}", (VALUES,)),
        }
        while True:
            try:
                asked = self._bus.receive()
            except (OSError, ConnectionError, ValueError):
                return
            if asked.header.message_type is MessageType.method_call:
                answer = answers.get(str(asked.header.fields[HeaderFields.member]))
                self._bus.send(
                    answer(asked) if answer else new_error(asked, "org.freedesktop.DBus.Error.UnknownMethod")
                )

    def _register(self, asked: Message) -> Message:
        self.items.append(str(asked.header.fields[HeaderFields.sender]))
        self.registered.set()
        return new_method_return(asked)
