"""The proxies that a Linux desktop names (schema ``org.gnome.system.proxy``, which others than GNOME keep too).

Windows' own are read by Python's library and by ``pypac``.
"""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from urllib.parse import urlsplit

SCHEMA = "org.gnome.system.proxy"
SECONDS = 5.0
_LINE = re.compile(rf"{re.escape(SCHEMA)}(?:\.(\w+))? ([\w-]+) (?:@as )?(.+)")


@dataclass(frozen=True, kw_only=True, slots=True)
class DesktopProxy:
    """What the desktop says. ``script`` "" is none; ``proxies`` by scheme; ``ignored`` hosts are reached directly."""

    script: str = ""
    proxies: tuple[tuple[str, str], ...] = ()
    ignored: tuple[str, ...] = ()

    def proxy_for(self, url: str) -> str | None:
        """Return the proxy's address for a URL, None for a direct connection."""
        place = urlsplit(url)
        host = place.hostname or ""
        if any(_fits(host, pattern) for pattern in self.ignored):
            return None
        return dict(self.proxies).get(place.scheme)


def desktop_proxy() -> DesktopProxy:
    """Ask the desktop; one without such settings names none."""
    program = shutil.which("gsettings")
    if program is None:
        return DesktopProxy()
    try:
        done = subprocess.run(
            [program, "list-recursively", SCHEMA], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=SECONDS
        )
    except (OSError, subprocess.SubprocessError):
        return DesktopProxy()
    return read_settings(done.stdout.decode(errors="replace"))


def read_settings(told: str) -> DesktopProxy:
    """Return what the output of ``gsettings list-recursively`` means."""
    values = {
        (match[1] or "", match[2]): _value(match[3]) for match in map(_LINE.fullmatch, told.splitlines()) if match
    }
    mode = values.get(("", "mode"))
    if mode == "auto":
        return DesktopProxy(script=str(values.get(("", "autoconfig-url")) or ""))
    if mode != "manual":
        return DesktopProxy()
    found = {}
    for scheme in ("http", "https"):
        host, port = values.get((scheme, "host")), values.get((scheme, "port"))
        if host and port:
            found[scheme] = f"http://{host}:{port}"
    ignored = values.get(("", "ignore-hosts"))
    return DesktopProxy(
        proxies=tuple(found.items()), ignored=tuple(map(str, ignored)) if isinstance(ignored, list) else ()
    )


def _value(text: str) -> object:
    try:
        return ast.literal_eval(text.strip())
    except (ValueError, SyntaxError):
        return None


def _fits(host: str, pattern: str) -> bool:
    """Tell whether a host is meant by an address, a network, a name, or a name with everything below it."""
    try:
        return ip_address(host) in ip_network(pattern, strict=False)
    except ValueError:
        name = pattern.lower().removeprefix("*").removeprefix(".")
        return bool(name) and (host == name or host.endswith("." + name))
