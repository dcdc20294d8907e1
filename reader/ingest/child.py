"""Outside bytes read in a process with limits, so that no web request and no worker ever does.

The process is given no environment but PATH, may write no file, start no process, open no
connection and use little memory and time (`child_jobs`). It serves many jobs; one that takes too
long or dies is killed, and the next job has a new one.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from mmap import mmap
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from reader.ingest.child_wire import ChildGone, Head, Wire, article_from, refusal_from
from reader.ingest.document import Part
from reader.ingest.files import IncomingArticle, UnreadableFile
from reader.ingest.kinds import FileType, Kind

if TYPE_CHECKING:
    from reader.ingest.feeds import FeedContent

SECONDS = 20.0  # by the clock, for one article or one answer
SECONDS_OF_PARTS = 120.0  # waited for all the parts of one archive or table
JOBS = 200  # a child's life: what a library keeps by mistake goes with it
MEMORY = 400 * 1024 * 1024  # bytes; a child that once took more is not used again
_ROOT = Path(__file__).resolve().parent.parent.parent


class Reader:
    """Reads outside bytes in a child; use it in a `with` block, from one thread.

    Raises `UnreadableFile` for what cannot be used: too_slow where the child had to be killed, or
    died, or ran out of memory.
    """

    def __init__(self, *, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._child: _Child | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the child; the next job would start another."""
        if self._child:
            self._child.end()
            self._child = None

    def read(
        self,
        data: bytes,
        kind: FileType | None,
        name: str = "",
        address: str = "",
        *,
        charset: str = "",
        mapping: Mapping[str, str] | None = None,
    ) -> IncomingArticle:
        """One article: what `files.read_file` gives; without a kind the name says it.

        `charset` is what an answer from the net names. With a `mapping` (field -> column) the data
        is a row of a table as `parts` gave it.
        """
        job: Head = {"job": "read", "kind": kind, "name": name, "address": address}
        job.update(charset=charset, mapping=None if mapping is None else dict(mapping))
        _head, answer = self._ask(job, data, name)
        return article_from(json.loads(answer), data, name)

    def parts(self, data: bytes | mmap, kind: Kind | None, name: str = "") -> Iterator[Part]:
        """The members of an archive, what is attached to a mail, or the rows of a table.

        A row's data is one JSON object, {column: cell}. A child of its own does it, so that the
        parts may be read meanwhile; it ends with the iterator.
        """
        child, waited = _Child(), 0.0
        try:
            head: Head = {"job": "parts", "kind": kind, "name": name}
            child.wire.send(head, data, time.monotonic() + self._seconds)
            while True:
                began = time.monotonic()
                wait = min(self._seconds, SECONDS_OF_PARTS - waited)
                head, answer = child.wire.receive(began + wait)
                waited += time.monotonic() - began
                if refusal := refusal_from(head, name):
                    raise refusal
                if "part" not in head:
                    return
                yield Part(
                    name=head["part"],
                    data=answer,
                    problem=head["problem"],
                    warnings=tuple(head["warnings"]),
                    details=head["details"],
                )
        except ChildGone:
            raise UnreadableFile("too_slow", name) from None
        finally:
            child.end()

    def heads(
        self, data: bytes | mmap, kind: Kind | None, name: str = ""
    ) -> tuple[tuple[str, ...], tuple[Mapping[str, str], ...]]:
        """The column names of a table and its first rows."""
        head, _answer = self._ask({"job": "heads", "kind": kind, "name": name}, data, name)
        return tuple(head["heads"]), tuple(head["rows"])

    def feed(self, data: bytes, content_type: str = "", address: str = "") -> "FeedContent":
        """A feed and its entries."""
        # brings its library along, which the web processes do not need
        from reader.ingest.feeds import FeedContent

        job: Head = {"job": "feed", "content_type": content_type, "address": address}
        _head, answer = self._ask(job, data, address)
        return FeedContent.from_json(json.loads(answer))

    def _ask(self, job: Head, data: bytes | mmap, name: str) -> tuple[Head, bytes]:
        child = self._child = self._child or _Child()
        until = time.monotonic() + self._seconds
        try:
            child.wire.send(job, data, until)
            head, answer = child.wire.receive(until)
        except ChildGone:
            self.close()
            raise UnreadableFile("too_slow", name) from None
        child.jobs += 1
        if child.jobs >= JOBS or head.pop("memory", 0) > MEMORY:
            self.close()
        if refusal := refusal_from(head, name):
            raise refusal
        return head, answer


class _Child:
    def __init__(self) -> None:
        self.jobs = 0
        self._process = subprocess.Popen(
            [sys.executable, "-s", "-B", "-m", "reader.ingest.child_jobs"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=_ROOT,
            env={"PATH": os.environ.get("PATH", "")},
            bufsize=0,
        )
        assert self._process.stdin
        assert self._process.stdout
        self.wire = Wire(self._process.stdin.fileno(), self._process.stdout.fileno())

    def end(self) -> None:
        """Kill it: it holds nothing that would be lost."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                pipe.close()
