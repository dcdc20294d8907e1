"""A hook below all libraries that sees every connection and every name that is asked for."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from ipaddress import ip_address

_seen: list[tuple[str, int]] | None = None
_allowed: Sequence[int] = ()


def _hook(event: str, arguments: tuple[object, ...]) -> None:
    """Note where a packet would go, and stop it unless it goes to a server of the test's own."""
    if _seen is None or not event.startswith("socket."):
        return
    where: tuple[object, object] | None = None
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        place = arguments[1]
        where = (place[0], place[1]) if isinstance(place, tuple) else (place, 0)
    elif event in ("socket.getaddrinfo", "socket.gethostbyname") and not _is_number(arguments[0]):
        where = (arguments[0], 53)  # a name is asked of some server
    if where and not (where[0] == "127.0.0.1" and where[1] in _allowed):
        _seen.append((str(where[0]), int(str(where[1]))))
        raise PermissionError("stopped by the test's hook")


def _is_number(host: object) -> bool:
    try:
        ip_address(host.decode() if isinstance(host, bytes) else str(host))
    except ValueError:
        return False
    return True


sys.addaudithook(_hook)


@contextmanager
def watched(allowed: Sequence[int] = ()) -> Iterator[list[tuple[str, int]]]:
    """What would have left for anywhere but these ports of loopback, while the block runs."""
    global _seen, _allowed  # noqa: PLW0603 - a hook cannot be taken away again
    _seen, _allowed = [], allowed
    try:
        yield _seen
    finally:
        _seen = None
