"""The one place that opens a connection to the model's server, at the operator's address alone.

Plain `http.client`: it follows no redirect and reads no proxy from the environment. TLS is
verified, the answer has a largest size, and the whole exchange ends in time, whatever comes.
"""

import http.client
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from time import monotonic
from urllib.parse import urlsplit

MOST_BYTES = 1_000_000  # of an answer; what is asked for is some hundred words


class NoAnswer(Exception):
    """The server gave no answer that can be read. The message says why and quotes nothing."""


def post(address: str, body: bytes, key: str, seconds: float) -> bytes:
    """Send JSON to an address that `config.env.server` has accepted; the body of the answer.

    Raises `NoAnswer` for a server that is away, slow, too talkative or answers anything but 200.
    `key` is sent as a bearer token, if there is one.
    """
    end = monotonic() + seconds
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    if key:
        headers["Authorization"] = f"Bearer {key}"
    connection = _connection(address, seconds)
    try:
        with closing(connection):
            connection.connect()
            with _ending(connection.sock, end - monotonic()):
                connection.request("POST", urlsplit(address).path, body, headers)
                with connection.getresponse() as response:
                    found = _read(response)
    # ValueError: a key that is no header would stand in the message, and in the log with it
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise NoAnswer("too slow" if monotonic() >= end else _reason(error)) from None
    if monotonic() >= end:  # ended by us, maybe in the middle
        raise NoAnswer("too slow")
    return found


def _connection(address: str, seconds: float) -> http.client.HTTPConnection:
    parts = urlsplit(address)
    host = parts.hostname or ""
    if parts.scheme == "https":
        context = ssl.create_default_context()
        return http.client.HTTPSConnection(host, parts.port, timeout=seconds, context=context)
    return http.client.HTTPConnection(host, parts.port, timeout=seconds)


@contextmanager
def _ending(connected: socket.socket, seconds: float) -> Iterator[None]:
    """End the exchange when the time is over; a socket's own timeout starts anew at each byte."""

    def cut() -> None:
        with suppress(OSError):  # closed just now
            connected.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(max(seconds, 0), cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _read(response: http.client.HTTPResponse) -> bytes:
    if response.status != http.client.OK:
        raise NoAnswer(f"status {response.status}")
    found = response.read(MOST_BYTES + 1)
    if len(found) > MOST_BYTES:
        raise NoAnswer("too long")
    if response.length:  # not all that was announced has come
        raise NoAnswer("cut off")
    return found


def _reason(error: Exception) -> str:
    """What went wrong in a word or two; messages of libraries may quote what was sent."""
    known: dict[type[Exception], str] = {
        TimeoutError: "too slow",
        ConnectionRefusedError: "not there",
    }
    return known.get(type(error), type(error).__name__)
