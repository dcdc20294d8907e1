"""The one place that opens a connection to the model's server, at the operator's address alone.

Plain `http.client`: it follows no redirect and reads no proxy from the environment. TLS is
verified, the answer has a largest size, and the whole exchange ends in time, whatever comes.
"""

import http.client
import socket
import ssl
import threading
from contextlib import closing, suppress
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
    stop = threading.Timer(seconds, _cut, [connection])  # a timeout alone starts anew at each byte
    stop.daemon = True
    stop.start()
    try:
        with closing(connection):
            connection.request("POST", urlsplit(address).path, body, headers)
            return _read(connection.getresponse())
    except (OSError, http.client.HTTPException) as error:
        raise NoAnswer("too slow" if monotonic() >= end else _reason(error)) from None
    finally:
        stop.cancel()


def _connection(address: str, seconds: float) -> http.client.HTTPConnection:
    parts = urlsplit(address)
    host = parts.hostname or ""
    if parts.scheme == "https":
        context = ssl.create_default_context()
        return http.client.HTTPSConnection(host, parts.port, timeout=seconds, context=context)
    return http.client.HTTPConnection(host, parts.port, timeout=seconds)


def _cut(connection: http.client.HTTPConnection) -> None:
    """End what is under way; the reader then sees the end of the stream."""
    with suppress(OSError, AttributeError):  # not connected yet, or done just now
        connection.sock.shutdown(socket.SHUT_RDWR)


def _read(response: http.client.HTTPResponse) -> bytes:
    if response.status != http.client.OK:
        raise NoAnswer(f"status {response.status}")
    found = response.read(MOST_BYTES + 1)
    if len(found) > MOST_BYTES:
        raise NoAnswer("too long")
    if response.length:  # cut off before all that was announced had come
        raise NoAnswer("cut off")
    return found


def _reason(error: Exception) -> str:
    """What went wrong in a word or two; messages of libraries may quote what was sent."""
    known: dict[type[Exception], str] = {
        TimeoutError: "too slow",
        ConnectionRefusedError: "not there",
    }
    return known.get(type(error), type(error).__name__)
