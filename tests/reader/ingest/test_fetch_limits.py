"""Sites that send too much or too slowly: bytes, headers and seconds have an end (see
`test_fetch_hostile`)."""

import gzip
import socket
import time
import tracemalloc
from collections.abc import Callable, Iterator, Sequence

import pytest

from reader.ingest.fetch import Unreachable, fetch
from reader.ingest.fetch_body import read_body
from tests.net import HERE as LOCAL
from tests.net import LOOPBACK, Answer, Asked, Loopback
from tests.reader.ingest.packets import watched
from tests.reader.ingest.refusing import HERE, SAFE, SHORT, guarded, refused

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


@pytest.fixture(autouse=True)
def packets(loopback: Loopback) -> Iterator[None]:
    yield from guarded(loopback)


def endless(first: bytes, piece: bytes, pause: float = 0) -> Callable[[Asked], Iterator[bytes]]:
    def pieces(asked: Asked) -> Iterator[bytes]:
        yield first
        while True:
            time.sleep(pause)
            yield piece

    return pieces


def test_b06_an_endless_body_is_cut_at_the_cap(loopback: Loopback) -> None:
    loopback.let_loose(HERE, endless(HEAD + b"\r\n", b"x" * 10_000))
    assert refused().reason == "large_answer"


def test_b07_a_body_that_says_it_is_huge_is_not_read(loopback: Loopback) -> None:
    loopback.let_loose(HERE, endless(HEAD + b"Content-Length: 10000000000\r\n\r\n", b"", 0.05))
    assert refused().reason == "large_answer"


def bomb(size: int) -> bytes:
    return gzip.compress(bytes(size), 9)


def test_b08_a_packed_body_is_cut_at_its_unpacked_size(loopback: Loopback) -> None:
    loopback.put(HERE, Answer(bomb(30_000_000), headers={"Content-Encoding": "gzip"}))
    assert refused().reason == "large_answer"


def test_b08_unpacking_never_takes_much_more_than_the_cap() -> None:
    packed = bomb(30_000_000)
    tracemalloc.start()
    with pytest.raises(Unreachable, match="larger than"):
        read_body([packed], "gzip", 100_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1_000_000


def test_b08_a_body_of_empty_packs_has_an_end_too() -> None:
    with pytest.raises(Unreachable, match="larger than"):
        read_body([gzip.compress(b"") * 100] * 100, "gzip", 100_000)


@pytest.mark.parametrize("way", ["br", "zstd", "deflate", "compress", "x", "gzip\x0b"])
def test_b09_other_ways_of_packing_are_neither_asked_for_nor_read(
    loopback: Loopback, way: str
) -> None:
    loopback.put(HERE, Answer(b"packed", headers={"Content-Encoding": way}))
    assert refused().reason == "bad_answer"
    assert loopback.asked[0].headers["accept-encoding"] == "gzip"


@pytest.mark.parametrize("way", ["gzip,gzip", "gzip\r\nContent-Encoding: gzip", "identity, gzip"])
def test_b10_what_is_packed_twice_is_refused(loopback: Loopback, way: str) -> None:
    twice = gzip.compress(gzip.compress(b"text"))
    loopback.put(HERE, Answer(twice, headers={"Content-Encoding": way}))
    assert refused().reason == "bad_answer"


@pytest.mark.parametrize(
    ("first", "piece"),
    [
        (HEAD + b"\r\n", b"x"),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
        (b"", b"H"),
        (HEAD, b"X: y\r\n"),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        (HEAD + b"\r\n", b""),
    ],
)
@pytest.mark.parametrize("address", [HERE, SAFE])
def test_b11_a_site_that_drips_is_left_when_the_time_is_over(
    loopback: Loopback, address: str, first: bytes, piece: bytes
) -> None:
    loopback.let_loose(address, endless(first, piece, 0.02))
    started = time.monotonic()
    assert refused(address, SHORT).reason == "slow_site"
    assert time.monotonic() - started < 20  # each byte comes well within any timeout of its own


def test_b11_a_name_server_that_does_not_answer_is_left(loopback: Loopback) -> None:
    def never() -> Sequence[str]:
        loopback.over.wait(5)
        return []

    loopback.names["news.example"] = never
    assert refused(HERE, SHORT).reason == "slow_site"


def test_b11_a_site_that_accepts_and_stays_silent_is_left(loopback: Loopback) -> None:
    with socket.create_server((LOCAL, 0)) as silent:
        port = silent.getsockname()[1]
        loopback.ports |= {80: port, 443: port}
        with watched([port]) as found:
            assert refused(SAFE, SHORT).reason == "slow_site"
            assert refused(HERE, SHORT).reason == "slow_site"
        assert found == []


@pytest.mark.parametrize(
    ("first", "piece"),
    [
        (HEAD, b"X-Filler: " + b"x" * 1000 + b"\r\n"),
        (HEAD + b"X-Filler: ", b"x" * 1000),
        (b"", b"HTTP/1.1 103 Early Hints\r\nX-Filler: " + b"x" * 1000 + b"\r\n\r\n"),
        (b"", b"x" * 1000),
    ],
)
def test_b12_headers_that_never_end_are_cut(loopback: Loopback, first: bytes, piece: bytes) -> None:
    loopback.let_loose(HERE, endless(first, piece))
    assert refused().reason == "bad_answer"


def test_b12_headers_may_have_their_full_size(loopback: Loopback) -> None:
    filler = {f"X-{number}": "x" * 1000 for number in range(60)}
    loopback.put(HERE, Answer("text", headers=filler))
    assert fetch(HERE, net=LOOPBACK).content == b"text"
