"""Hostile markup by every way in: through the services and the child that reads, into the story.

Each payload comes as a thing of its own, since one that is never closed would swallow the next.
"""

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from reader.models import Desk, ImportBatch, ImportItem, Story, User
from reader.services.batches import Target, Thing, start_batch
from reader.services.columns import choose_columns, waiting_table
from reader.services.confirming import confirm
from reader.services.feed_polling import poll_feed
from reader.services.feed_sending import send_entries
from reader.services.reading_items import read_batch
from reader.services.storing_items import store_batch
from tests import factories, hostile
from tests.net import Answer, Loopback
from tests.reader.ingest import made

SAID = {"published_on": "2025-03-12", "zone": "Europe/Berlin"}
WORDS = hostile.WORDS
_How = ImportBatch.How


@dataclass(frozen=True, kw_only=True)
class Into:
    """Where reports go: a story of a desk, by an admin; `sites` are all the internet there is."""

    person: User
    story: Story
    sites: Loopback

    @property
    def desk(self) -> Desk:
        """The story's desk."""
        return self.story.desk


def encoded(markup: str) -> bytes:
    """The markup as bytes, with whatever is no text in it."""
    return markup.encode("utf-8", "surrogatepass")


def page(payload: str, number: int = 0) -> bytes:
    """A saved page with the payload in its head, in its facts, in its text and in a link."""
    quoted = escape(payload)
    return encoded(
        f'<!doctype html><html lang="en"><head><meta property="og:title" content="{quoted}">'
        f'<meta name="author" content="{quoted}"><link rel="canonical" href="{quoted}"></head>'
        f"<body><article><h1>Ferry {number} sinks</h1><p>Number {number}. {WORDS * 3}</p>"
        f'<p><a href="{quoted}" title="{quoted}">There</a> {WORDS}</p>{payload}<p>{WORDS * 3}</p>'
        "</article></body></html>"
    )


def pasted(payload: str) -> bytes:
    """A pasted piece of a page."""
    quoted = escape(payload)
    return encoded(f'<p>{WORDS}<a href="{quoted}">there</a></p>{payload}<p>{WORDS}</p>')


def _file(name: str) -> Callable[[str], bytes]:
    return hostile.WAYS[name]


# name of a file -> what is in it; "" is what was pasted
_THINGS: Mapping[str, tuple[str, Callable[[str], bytes]]] = {
    "paste plain": ("", lambda payload: encoded(f"{payload}\n\n{WORDS}")),
    "paste rich": ("", pasted),
    "page.html": ("page.html", page),
    "text.md": ("text.md", lambda payload: encoded(f"{WORDS}\n\n# {payload}\n\n{payload}\n")),
    "word.docx": ("word.docx", _file("word.docx")),
    "text.odt": ("text.odt", _file("text.odt")),
    "page.eml": ("page.eml", _file("page.eml")),
    "plain.eml": ("plain.eml", _file("plain.eml")),
}
WAYS = (*_THINGS, "several.zip", "table.csv", "address", "feed.rss", "feed.atom")


def bring(way: str, payloads: Sequence[str], into: Into) -> list[ImportItem]:
    """The items, read and waiting, that the payloads become by one of the `WAYS`."""
    if way.startswith("feed"):
        return _by_feed(way, payloads, into)
    how = {"table.csv": _How.TABLE, "address": _How.ADDRESS}.get(way, _How.UPLOAD)
    things = list(_things(way, payloads, into.sites))
    target = Target(desk=into.desk, story=into.story)
    said = SAID if way in _THINGS or way == "address" else {**SAID, "source": "The Post"}
    batch = start_batch(into.person, how, target, things, said, queued=False)
    return _read(batch, into.person)


def store(items: Sequence[ImportItem], person: User) -> list[ImportItem]:
    """Store what waits; the items as they are then, with their versions."""
    for batch in ImportBatch.objects.filter(items__in=[item.pk for item in items]).distinct():
        if batch.state in (ImportBatch.State.WAITING, ImportBatch.State.STORING):
            confirm(batch, person)
        while store_batch(batch.pk):
            pass
    found = ImportItem.objects.filter(pk__in=[item.pk for item in items])
    return list(found.select_related("version__article").order_by("pk"))


def _read(batch: ImportBatch, person: User) -> list[ImportItem]:
    """Read the batch as the worker does, and choose a table's columns as its heads say."""
    while read_batch(batch.pk):
        pass
    batch.refresh_from_db()
    table = waiting_table(batch)
    if table is not None:
        choose_columns(batch, person, table.mapping, queued=False)
        while read_batch(batch.pk):
            pass
    return list(batch.items.order_by("position"))


def _things(way: str, payloads: Sequence[str], sites: Loopback) -> Iterator[Thing]:
    if way == "several.zip":
        members = {f"{number}.html": page(text, number) for number, text in enumerate(payloads)}
        yield Thing(name="several.zip", content=made.zipped(members))
    elif way == "table.csv":
        yield Thing(name="table.csv", content=_table(payloads))
    elif way == "address":
        for number, text in enumerate(payloads):
            address = f"http://news{number % 40}.example/{number}"
            sites.put(address, Answer(page(text)))
            yield Thing(name=address, address=address, said=_source(number))
    else:
        name, content = _THINGS[way]
        kind = {"paste plain": "text", "paste rich": "html"}.get(way)
        for number, text in enumerate(payloads):
            data = content(text)
            yield Thing(name=name, content=data, kind=kind, said=_source(number))  # type: ignore[arg-type]


def _source(number: int) -> dict[str, str]:
    """A source of its own: what is left of two payloads may be the same text."""
    return {"source": f"Source {number}"}


def _table(payloads: Sequence[str]) -> bytes:
    """A row for each payload, which stands in every cell but the source's."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(["source", "title", "byline", "url", "html"])
    for number, text in enumerate(payloads):
        writer.writerow([f"Source {number}", text, text, text, text + WORDS])
    return encoded(file.getvalue().replace("\x00", ""))


def _by_feed(way: str, payloads: Sequence[str], into: Into) -> list[ImportItem]:
    """A poll of a feed with these entries, all of which are then sent to the story."""
    make, kind = (_rss, "rss") if way == "feed.rss" else (_atom, "atom")
    document = make([hostile.NOT_XML.sub("", text) for text in payloads])
    address = f"https://feeds.example/{into.story.pk}"
    into.sites.put(address, Answer(document.encode(), f"application/{kind}+xml; charset=utf-8"))
    feed = factories.make_feed(into.desk, address=address)
    poll = poll_feed(feed.pk)
    assert poll is not None
    assert (poll.error, poll.seen) == ("", len(payloads))
    ids = list(feed.entries.values_list("pk", flat=True))
    send_entries(entries=ids, story=into.story, person=into.person)
    batches = ImportBatch.objects.filter(story=into.story, how=_How.FEED)
    return [item for batch in batches.order_by("pk") for item in _read(batch, into.person)]


def _rss(payloads: Sequence[str]) -> str:
    items = "".join(
        f"<item><title>{escape(text)}</title><guid>{number}</guid><author>{escape(text)}</author>"
        f"<description>{escape(text)}</description>"
        f"<content:encoded><![CDATA[{_body(number, text).replace(']]>', ']] >')}]]>"
        "</content:encoded><pubDate>Wed, 12 Mar 2025 08:00:00 GMT</pubDate></item>"
        for number, text in enumerate(payloads)
    )
    space = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    return f'<rss version="2.0" {space}><channel><title>All news</title>{items}</channel></rss>'


def _atom(payloads: Sequence[str]) -> str:
    entries = "".join(
        f'<entry><title type="html">{escape(text)}</title><id>{number}</id>'
        f'<author><name>{escape(text)}</name></author><link href="{escape(text)}"/>'
        f'<content type="html">{escape(_body(number, text))}</content>'
        "<published>2025-03-12T08:00:00Z</published><updated>2025-03-12T08:00:00Z</updated></entry>"
        for number, text in enumerate(payloads)
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>All news</title>{entries}</feed>'


def _body(number: int, text: str) -> str:
    """Long enough for a whole report; its number keeps two of one source apart."""
    return f"<p>Report {number}. {WORDS * 12}</p>{text}<p>{WORDS}</p>"
