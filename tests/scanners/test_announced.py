"""Devices that announce themselves: each once, secured where it can be, under the name that its maker gave it."""

from __future__ import annotations

import socket

from zeroconf import ServiceInfo

from clerk_desktop.model.scanning import ScannerPlace
from clerk_desktop.scanners.announced import PLAIN, SECURED, places


def told(kind: str, name: str, port: int, address: str = "192.0.2.7", **more: str) -> ServiceInfo:
    return ServiceInfo(kind, f"{name}.{kind}", port, addresses=[socket.inet_aton(address)], properties={**more})


def test_a_device_that_offers_both_is_named_once_and_secured() -> None:
    both = [
        told(PLAIN, "Muster", 80, rs="eSCL", ty="Muster MFC 100", UUID="4509a320"),
        told(SECURED, "Muster", 443, rs="/eSCL/", ty="Muster MFC 100", UUID="4509a320"),
    ]
    assert places(both) == (ScannerPlace(url="https://192.0.2.7:443/eSCL", name="Muster MFC 100"),)


def test_two_of_one_make_stay_two_and_names_come_in_order() -> None:
    two = [
        told(PLAIN, "b", 80, "192.0.2.9", ty="Muster", UUID="b"),
        told(PLAIN, "a", 8080, "192.0.2.8", ty="Anders", UUID="a"),
    ]
    assert [place.url for place in places(two)] == ["http://192.0.2.8:8080/eSCL", "http://192.0.2.9:80/eSCL"]


def test_a_device_without_words_is_named_as_it_announces_itself() -> None:
    assert places([told(PLAIN, "Flur 2", 80)])[0].name == "Flur 2"
