"""What runs inside the child of `child.Reader`: limits, the watch, and one job after another."""

import json
import mimetypes
import os
import resource
import sys
import sysconfig
from collections.abc import Iterator
from functools import cache
from itertools import islice
from pathlib import Path
from typing import BinaryIO, NoReturn

from reader.ingest.child_wire import Head, article_json, framed, refusal_json
from reader.ingest.files import read_file
from reader.ingest.parts import parts_of
from reader.ingest.refusals import Refused
from reader.ingest.tables import read_row, read_table

_MEMORY = 1024**3  # bytes of address space
_CPU_SECONDS = {"parts": 120}
_CPU_OTHERS = 30
_FIRST_ROWS = 5
_ROOT = Path(__file__).resolve().parent.parent.parent
# Modules load when the first file of their kind comes, zones when a time is read.
_READABLE = tuple(
    os.path.join(os.path.realpath(folder), "")
    for folder in (
        *sysconfig.get_paths().values(),
        os.path.dirname(os.__file__),
        str(_ROOT / "reader"),
        "/usr/share/zoneinfo",
    )
)
_REFUSED_EVENTS = (
    "socket.",
    "subprocess.",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.spawn",
    "os.system",
    "os.kill",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.mkdir",
    "os.link",
    "os.symlink",
    "os.truncate",
    "os.chmod",
    "os.chown",
    "pty.",
    "shutil.",
    "tempfile.",
    "urllib.",
    "http.",
    "ftplib.",
    "smtplib.",
)


def main() -> None:
    """Serve jobs from standard input until it ends."""
    jobs = sys.stdin.buffer
    answers = os.fdopen(os.dup(1), "wb")
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)  # what a library prints is no answer
    # a table's library takes it along where it is there; it starts threads, which are not allowed
    sys.modules["numpy"] = None  # type: ignore[assignment]
    mimetypes.init(files=[])  # else a library asks for the machine's own list
    _memory_file()  # before nothing more may be opened
    _limit()
    sys.addaudithook(_watch)
    while line := jobs.readline():
        head: Head = json.loads(line)
        _more_cpu(_CPU_SECONDS.get(head["job"], _CPU_OTHERS))
        _serve(head, jobs.read(head["size"]), answers)


def _serve(head: Head, data: bytes, answers: BinaryIO) -> None:
    try:
        for more, answer in _JOBS[head["job"]](head, data):
            _say(answers, more, answer)
    except Refused as refusal:
        _say(answers, refusal_json(refusal), b"")
    except MemoryError:
        os._exit(1)  # what is left of it is in no known state
    except RecursionError:
        _say(answers, refusal_json(Refused("too_deep")), b"")
    except Exception:  # noqa: BLE001 - a library's own fault on hostile bytes is the file's fault
        _say(answers, refusal_json(Refused("broken")), b"")


def _say(answers: BinaryIO, head: Head, data: bytes) -> None:
    answers.write(framed({**head, "memory": _memory()}, data))
    answers.write(data)
    answers.flush()


@cache
def _memory_file() -> int | None:
    """Where Linux tells what the process holds; None elsewhere."""
    try:
        return os.open("/proc/self/statm", os.O_RDONLY)
    except OSError:
        return None


def _memory() -> int:
    """The bytes of memory that the process holds now, 0 where nobody tells.

    Not the peak that `getrusage` knows: a child begins with that of the process that started it.
    """
    file = _memory_file()
    if file is None:
        return 0
    return int(os.pread(file, 100, 0).split()[1]) * resource.getpagesize()


def _read(head: Head, data: bytes) -> Iterator[tuple[Head, bytes]]:
    if head["mapping"] is not None:
        article = read_row(data, head["mapping"], head["name"])
    else:
        article = read_file(
            data, head["name"], head["kind"], address=head["address"], charset=head["charset"]
        )
    yield {}, json.dumps(article_json(article)).encode()


def _parts(job: Head, data: bytes) -> Iterator[tuple[Head, bytes]]:
    for part in parts_of(data, job["name"], job["kind"]):
        head = {"part": part.name, "problem": part.problem, "warnings": part.warnings}
        yield {**head, "details": dict(part.details)}, part.data
    yield {"done": True}, b""


def _heads(head: Head, data: bytes) -> Iterator[tuple[Head, bytes]]:
    table = read_table(data, head["kind"], head["name"])
    rows = [dict(row.cells) for row in islice(table.rows, _FIRST_ROWS)]
    yield {"heads": table.heads, "rows": rows}, b""


def _feed(head: Head, data: bytes) -> Iterator[tuple[Head, bytes]]:
    from reader.ingest.feeds import read_feed

    content = read_feed(data, head["content_type"], head["address"])
    yield {}, json.dumps(content.as_json()).encode()


_JOBS = {"read": _read, "parts": _parts, "heads": _heads, "feed": _feed}


def _limit() -> None:
    for limit, value in (
        (resource.RLIMIT_AS, _MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        _soft, hard = resource.getrlimit(limit)
        wanted = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(limit, (wanted, wanted))


def _more_cpu(seconds: int) -> None:
    """Allow the process so many seconds of processor from now on; it dies after that."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    wanted = int(used.ru_utime + used.ru_stime) + 1 + seconds
    _soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    if hard != resource.RLIM_INFINITY:
        wanted = min(wanted, hard)
    resource.setrlimit(resource.RLIMIT_CPU, (wanted, hard))


def _watch(event: str, given: tuple[object, ...]) -> None:
    """Refuse what no reader of a file needs; a second wall behind the libraries' own."""
    if event == "open":
        path, _mode, flags = given
        writes = isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        if writes or not _may_be_read(path):
            _refuse(event)
    elif event.startswith(_REFUSED_EVENTS):
        _refuse(event)


def _may_be_read(path: object) -> bool:
    if not isinstance(path, str | bytes):
        return isinstance(path, int)
    real = os.path.realpath(os.fsdecode(path))
    return real.startswith(_READABLE)


def _refuse(event: str) -> NoReturn:
    raise PermissionError(f"{event} is not for a reader of files")


if __name__ == "__main__":
    main()
