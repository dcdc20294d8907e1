"""Outside markup read in a short-lived process with limits, so that no web request ever does.

The process is given no environment but PATH, may write no file, start no process and use little
memory and time. It speaks JSON: a line that says what the bytes are, then the bytes.
"""

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

from reader.ingest.files import FileType, IncomingArticle, UnreadableFile, read_file
from reader.ingest.refusals import SENTENCES, Reason
from reader.ingest.times import parse_published
from reader.text import Block

SECONDS = 10
_MEMORY = 1024**3
_ROOT = Path(__file__).resolve().parent.parent.parent


def read_in_child(
    data: bytes, kind: FileType, name: str = "", *, seconds: float = SECONDS
) -> IncomingArticle:
    """Do what `read_file` does, in a process that is killed after some seconds.

    Raises `UnreadableFile`: too_slow if the process was killed or ran out of memory.
    """
    head = json.dumps({"kind": kind, "name": name}).encode() + b"\n"
    try:
        done = subprocess.run(
            [sys.executable, "-s", "-B", "-m", "reader.ingest.child"],
            input=head + data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            cwd=_ROOT,
            env={"PATH": os.environ.get("PATH", "")},
            check=True,
        )
        answer = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError):
        raise UnreadableFile("too_slow", name) from None
    if "refused" in answer:
        raise UnreadableFile(_known(answer["refused"]), name)
    return _from_json(answer, data, name)


def main() -> None:
    """Read the job from standard input and answer on standard output."""
    _limit()
    head = json.loads(sys.stdin.buffer.readline())
    data = sys.stdin.buffer.read()
    try:
        answer = _as_json(read_file(data, head["name"], head["kind"]))
    except UnreadableFile as refusal:
        answer = {"refused": refusal.reason}
    sys.stdout.write(json.dumps(answer))


def _limit() -> None:
    for limit, value in (
        (resource.RLIMIT_AS, _MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        _soft, hard = resource.getrlimit(limit)
        wanted = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(limit, (wanted, wanted))


def _known(reason: str) -> Reason:
    for known in SENTENCES:
        if known == reason:
            return known
    return "too_slow"


def _as_json(article: IncomingArticle) -> dict[str, object]:
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


def _from_json(answer: dict[str, object], data: bytes, name: str) -> IncomingArticle:
    fields: dict[str, object] = dict(answer)
    published, blocks = fields.pop("published"), fields.pop("blocks")
    modified, cuts, warnings = (fields.pop(name) for name in ("modified", "cuts", "warnings"))
    return IncomingArticle(
        name=name,
        raw=data,
        published=parse_published(published) if isinstance(published, str) else None,
        modified=parse_published(modified) if isinstance(modified, str) else None,
        warnings=tuple(warnings),  # type: ignore[arg-type]
        cuts=tuple((start, end) for start, end in cuts),  # type: ignore[attr-defined]
        blocks=tuple(map(Block.from_json, blocks)),  # type: ignore[call-overload]
        **fields,  # type: ignore[arg-type]
    )


if __name__ == "__main__":
    main()
