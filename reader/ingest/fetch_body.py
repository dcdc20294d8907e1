"""The body of an answer, no larger than it may be once it is unpacked."""

import zlib
from collections.abc import Iterable, Iterator

from reader.ingest.fetch_net import Unreachable

_GZIP = 16 + zlib.MAX_WBITS  # zlib's way of saying "gzip and nothing else"
_MAGIC = b"\x1f\x8b"


def read_body(chunks: Iterable[bytes], encoding: str, most: int) -> bytes:
    """All of a body, unpacked where it is gzip.

    Counted as it comes, packed and unpacked. Raises `Unreachable`: large_answer above `most` bytes,
    bad_answer for what is cut off or packed in a way that was not asked for.
    """
    if encoding not in ("", "identity", "gzip", "x-gzip"):
        raise Unreachable("bad_answer")
    counted = _counted(chunks, most)
    unpacked = counted if encoding in ("", "identity") else _unpacked(counted, most)
    return b"".join(_counted(unpacked, most))


def _counted(chunks: Iterable[bytes], most: int) -> Iterator[bytes]:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > most:
            raise Unreachable("large_answer")
        yield chunk


def _unpacked(chunks: Iterable[bytes], most: int) -> Iterator[bytes]:
    """The bytes in one gzip stream or several; no piece is larger than what may come in all."""
    stream = zlib.decompressobj(_GZIP)
    begun = False
    for chunk in chunks:
        waiting = chunk
        while waiting:
            if stream.eof:
                if not waiting.startswith(_MAGIC[: len(waiting)]):
                    return  # what some servers put after the end means nothing
                stream = zlib.decompressobj(_GZIP)
            begun = True
            try:
                yield stream.decompress(waiting, most + 1)
            except zlib.error:
                raise Unreachable("bad_answer") from None
            waiting = stream.unused_data if stream.eof else stream.unconsumed_tail
    if begun and not stream.eof:
        raise Unreachable("bad_answer")
