"""Asking a feed's address what it says: fetched by the one gate, read in the child with limits."""

from dataclasses import dataclass

from reader.ingest.child import Reader
from reader.ingest.feeds import SECONDS, FeedContent
from reader.ingest.fetch import Fetched, Unreachable, fetch
from reader.ingest.refusals import Refused
from reader.services.network import net

GONE = 410  # the site says that there will never be anything again (RFC 9110, 15.5.11)


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What an address gave. `problem` is a refusal's reason or a feed's problem, empty if none.

    `unchanged` is the site's word that nothing is new, `moved_to` where it has moved for good,
    `retry_after` the seconds that it asks to be left alone.
    """

    problem: str = ""
    content: FeedContent | None = None
    status: int | None = None
    unchanged: bool = False
    etag: str = ""
    last_modified: str = ""
    moved_to: str = ""
    retry_after: int = 0

    @property
    def is_gone(self) -> bool:
        """Whether the site says that this feed has ended."""
        return self.status == GONE


def ask(address: str, *, etag: str = "", last_modified: str = "") -> Answer:
    """Fetch and read an address. Only in a job: it takes up to 40 seconds and never raises."""
    try:
        fetched = fetch(address, net=net(), etag=etag, last_modified=last_modified)
    except Unreachable as refusal:
        return Answer(
            problem=refusal.reason,
            status=refusal.status or None,
            retry_after=refusal.retry_after or 0,
        )
    if fetched.not_modified:
        return _answer(fetched, unchanged=True)
    kind = fetched.content_type
    typed = f"{kind}; charset={fetched.charset}" if fetched.charset else kind
    try:
        with Reader(seconds=SECONDS) as reader:
            content = reader.feed(fetched.content, typed, fetched.final_address)
    except Refused as refusal:
        return Answer(problem=refusal.reason, status=fetched.status)
    if content.problem:
        return Answer(problem=content.problem, content=content, status=fetched.status)
    return _answer(fetched, content=content)


def _answer(
    fetched: Fetched, *, content: FeedContent | None = None, unchanged: bool = False
) -> Answer:
    return Answer(
        content=content,
        unchanged=unchanged,
        status=fetched.status,
        etag=fetched.etag,
        last_modified=fetched.last_modified,
        moved_to=fetched.moved_to,
    )
