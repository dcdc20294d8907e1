"""What goes between a reader and its child: a line of JSON that names a size, then the bytes.

JSON and no pickle: the child has read hostile bytes, and what it says is taken for words only.
"""

import json
import os
import select
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from mmap import mmap
from typing import Any

from reader.ingest.files import IncomingArticle, UnreadableFile
from reader.ingest.refusals import SENTENCES, Refused
from reader.ingest.times import parse_published
from reader.text import Block

_CHUNK = 1024 * 1024
_MOST = 128 * 1024 * 1024  # bytes of one answer
Head = dict[str, Any]


class ChildGone(Exception):
    """The child has died, has said nothing in time, or has said what nobody can read."""


@dataclass
class Wire:
    """Both ends of the pipes to a child, which wait no longer than they are told to."""

    to_child: int
    from_child: int
    _waiting: bytearray = field(default_factory=bytearray)

    def __post_init__(self) -> None:
        os.set_blocking(self.to_child, False)
        os.set_blocking(self.from_child, False)

    def send(self, head: Head, data: bytes | mmap, until: float) -> None:
        """Write one frame before `until` (by the monotonic clock). Raises `ChildGone`."""
        for piece in (framed(head, data), data):
            left = memoryview(piece)
            while left:
                _wait(self.to_child, select.POLLOUT, until)
                try:
                    left = left[os.write(self.to_child, left[:_CHUNK]) :]
                except BlockingIOError:
                    continue
                except OSError as error:
                    raise ChildGone from error

    def receive(self, until: float) -> tuple[Head, bytes]:
        """Read one frame before `until`. Raises `ChildGone`."""
        while (end := self._waiting.find(b"\n")) < 0:
            self._fill(until)
        try:
            head = json.loads(self._waiting[:end])
            size = int(head.pop("size"))
        except (ValueError, TypeError, AttributeError, KeyError, RecursionError) as error:
            raise ChildGone from error
        del self._waiting[: end + 1]
        if not 0 <= size <= _MOST:
            raise ChildGone
        while len(self._waiting) < size:
            self._fill(until)
        data = bytes(self._waiting[:size])
        del self._waiting[:size]
        return head, data

    def _fill(self, until: float) -> None:
        if len(self._waiting) > _MOST + _CHUNK:
            raise ChildGone
        _wait(self.from_child, select.POLLIN, until)
        try:
            data = os.read(self.from_child, _CHUNK)
        except BlockingIOError:
            return
        if not data:
            raise ChildGone
        self._waiting += data


def framed(head: Head, data: bytes | mmap) -> bytes:
    """The line that goes before the bytes."""
    return json.dumps({**head, "size": len(data)}).encode() + b"\n"


def _wait(pipe: int, event: int, until: float) -> None:
    poll = select.poll()
    poll.register(pipe, event)
    left = until - time.monotonic()
    if left <= 0 or not poll.poll(left * 1000):
        raise ChildGone


def refusal_json(refusal: Refused) -> Head:
    """A refusal for the way back."""
    return {"refused": refusal.reason, "details": dict(refusal.details)}


def refusal_from(head: Mapping[str, Any], name: str) -> UnreadableFile | None:
    """The refusal that came back, if it is one."""
    if "refused" not in head:
        return None
    for known in SENTENCES:
        if known == head["refused"]:
            details = head.get("details") or {}
            return UnreadableFile(
                known, name, **{str(key): str(value) for key, value in details.items()}
            )
    return UnreadableFile("too_slow", name)


def article_json(article: IncomingArticle) -> Head:
    """An article for the way back, but for its bytes and its name, which the parent has."""
    return {
        "content_type": article.content_type,
        "title": article.title,
        "byline": article.byline,
        "source": article.source,
        "published": article.published.as_text() if article.published else None,
        "language": article.language,
        "address": article.address,
        "body_html": article.body_html,
        "text": article.text,
        "blocks": [block.as_json() for block in article.blocks],
        "dropped": dict(article.dropped),
        "excerpt": article.excerpt,
        "modified": article.modified.as_text() if article.modified else None,
        "original": article.original,
        "cuts": article.cuts,
        "found_in": dict(article.found_in),
        "warnings": article.warnings,
    }


def article_from(answer: Head, data: bytes, name: str) -> IncomingArticle:
    """The article that `article_json` wrote."""
    fields: dict[str, Any] = dict(answer)
    published, blocks = fields.pop("published"), fields.pop("blocks")
    modified, cuts, warnings = (fields.pop(key) for key in ("modified", "cuts", "warnings"))
    return IncomingArticle(
        name=name,
        raw=data,
        published=parse_published(published) if published else None,
        modified=parse_published(modified) if modified else None,
        warnings=tuple(warnings),
        cuts=_spans(cuts),
        blocks=tuple(map(Block.from_json, blocks)),
        **fields,
    )


def _spans(cuts: Sequence[Sequence[int]]) -> tuple[tuple[int, int], ...]:
    return tuple((start, end) for start, end in cuts)
