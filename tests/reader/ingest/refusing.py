"""What the tests of hostile addresses and sites share: a watch over them, and what they expect."""

from collections.abc import Iterator

import pytest

from reader.ingest.fetch import Limits, Net, Unreachable, fetch
from reader.ingest.fetch_address import is_public
from tests.net import LOOPBACK, Loopback
from tests.reader.ingest.packets import watched

HERE = "http://news.example/a"
SAFE = "https://news.example/a"
QUICK = Limits(seconds=5, body=100_000)
SHORT = Limits(seconds=0.2)


def guarded(loopback: Loopback) -> Iterator[None]:
    """No test passes when anything was sent to any place but the made-up sites."""
    with watched(list(loopback.ports.values())) as found:
        yield
    assert found == []
    assert all(map(is_public, loopback.connected))


def refused(address: str = HERE, limits: Limits = QUICK, net: Net = LOOPBACK) -> Unreachable:
    """The refusal of an address, which tells nothing of what was found there."""
    with pytest.raises(Unreachable) as caught:
        fetch(address, net=net, limits=limits)
    error = caught.value
    assert not any(word in str(error) for word in ("127.", "10.", "::1", "/etc", "secret"))
    return error
