"""TLS as the server speaks it: the handshake is made by whoever answers, bit by bit, as the caller sends.

Cheroot makes it where connections are accepted, and waits there: one caller that connects and says nothing (a scanner
of ports, a browser that connects ahead) keeps everybody else out until its time is over.
"""

from __future__ import annotations

import socket
import ssl
from enum import Enum, auto
from typing import Any

from cheroot.ssl.builtin import BuiltinSSLAdapter

_PLAIN = b"The client sent a plain HTTP request, but this server only speaks HTTPS on this port."
_ANSWER_TO_PLAIN = b"HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n%s"
_HTTP_REQUEST = "HTTP_REQUEST"
"""OpenSSL's name for what a caller without TLS sends first."""


class Handshake(Enum):
    """How far a connection is."""

    DONE = auto()
    WAITS = auto()
    WRITES = auto()
    """The caller has to take what was said to it before anything more can be."""
    FAILED = auto()


class PatientTls(BuiltinSSLAdapter):
    """Puts connections under TLS without a handshake; ``go_on`` makes it."""

    def wrap(self, sock: socket.socket) -> tuple[ssl.SSLSocket, dict[str, Any]]:
        """Return the connection and what the application is to know of it."""
        wrapped = self.context.wrap_socket(sock, server_side=True, do_handshake_on_connect=False)
        return wrapped, {"wsgi.url_scheme": "https", "HTTPS": "on"}


def go_on(connection: socket.socket) -> Handshake:
    """Go on with the handshake as far as what has come leads, without waiting. One without TLS has none."""
    if not isinstance(connection, ssl.SSLSocket):
        return Handshake.DONE
    seconds = connection.gettimeout()
    connection.setblocking(False)
    try:
        connection.do_handshake()
    except ssl.SSLWantReadError:
        return Handshake.WAITS
    except ssl.SSLWantWriteError:
        return Handshake.WRITES
    except ssl.SSLError as error:
        if error.reason == _HTTP_REQUEST:
            socket.socket.send(connection, _ANSWER_TO_PLAIN % (len(_PLAIN), _PLAIN))  # past TLS
        return Handshake.FAILED
    finally:
        connection.settimeout(seconds)
    return Handshake.DONE
