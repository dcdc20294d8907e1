"""Strings as names of files, headings, columns, cells and titles of feeds, through the pipeline."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape
from typing import TypeVar

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from reader.models import Article, Feed, FeedEntry, ImportBatch, Story
from reader.services.feed_polling import poll_feed
from reader.services.reading_items import read_batch
from reader.services.storing_items import store_batch
from tests import factories
from tests.hostile import NOT_XML, WORDS
from tests.net import Answer, Loopback
from tests.reader.ingest import made

Thing = TypeVar("Thing")
Reading = Callable[[ImportBatch], None]
START = "/import/"
_COLUMNS = 40  # strings that are columns of one table
_ENTRIES = 200  # strings that are titles of one feed


def read_as_worker(batch: ImportBatch) -> None:
    """Read the import as the worker does, in a child."""
    while read_batch(batch.pk):
        pass
    batch.refresh_from_db()


def sound(text: str) -> str:
    """The string as a browser can send it."""
    return text.encode("utf-8", "replace").decode()


def in_files(
    client: Client, story: Story, strings: Sequence[str], read: Reading = read_as_worker
) -> list[str]:
    """Strings as names and headings of files, alone and in an archive; pages that show them."""
    files = [
        SimpleUploadedFile(f"{text}.md", f"# {text}\n\n{text} {WORDS}".encode())
        for text in map(sound, strings)
    ]
    inside = {f"{number}/{sound(text)}.txt".replace("\0", ""): sound(text) + WORDS
              for number, text in enumerate(strings)}  # fmt: skip
    archive = SimpleUploadedFile("all.zip", made.zipped(inside))
    pages: list[str] = []
    for some in _parts([*files, archive], 50):
        form = {"way": "files", "story": story.slug, "uploads": some, **_said()}
        pages += _through(client, form, read)
    return pages


def in_tables(
    client: Client, story: Story, strings: Sequence[str], read: Reading = read_as_worker
) -> list[str]:
    """Strings as columns and cells of tables; the pages that show them."""
    pages: list[str] = []
    for some in _parts(list(strings), _COLUMNS):
        heads = [sound(text) for text in some]
        file = io.StringIO(newline="")
        writer = csv.writer(file)
        writer.writerow(["body", *heads])
        writer.writerows([[f"{head} {WORDS}", *heads[at:], *heads[:at]] for at, head in
                          enumerate(heads)])  # fmt: skip
        data = file.getvalue().replace("\0", "").encode()
        form = {"way": "table", "story": story.slug, **_said(),
                "table": SimpleUploadedFile("rows.csv", data)}  # fmt: skip
        pages += _through(client, form, read)
    return pages


def in_feeds(story: Story, strings: Sequence[str], sites: Loopback) -> list[str]:
    """Strings as titles and texts of feeds and of their entries; the pages that show them."""
    pages: list[str] = []
    for some in _parts([NOT_XML.sub("", text) for text in strings], _ENTRIES):
        entries = "".join(
            f"<item><title>{escape(text)}</title><guid>{number}{escape(text)}</guid>"
            f"<author>{escape(text)}</author><description>{escape(text)}</description>"
            f"<link>{escape(text)}</link><pubDate>{escape(text)}</pubDate></item>"
            for number, text in enumerate(some)
        )
        head = f"<title>{escape(some[0])}</title><language>{escape(some[0])}</language>"
        document = f'<rss version="2.0"><channel>{head}{entries}</channel></rss>'
        address = f"https://feeds.example/{FeedEntry.objects.count()}"
        sites.put(address, Answer(document.encode(), "application/rss+xml; charset=utf-8"))
        feed: Feed = factories.make_feed(story.desk, address=address)
        poll = poll_feed(feed.pk)
        assert poll is not None
        assert (poll.error, poll.fresh) == ("", len(some))
        pages.append(reverse("reader:feed", args=[feed.pk]))
    last = -(-FeedEntry.objects.count() // 25)
    pages += [f"{reverse('reader:inbox')}?page={page + 1}" for page in range(last)]
    return [*pages, reverse("reader:feeds")]


def _through(client: Client, form: Mapping[str, object], read: Reading) -> Iterator[str]:
    """Send the form, read and store what it brings, and give the pages on the way."""
    answer = client.post(START, form)
    assert answer.status_code == 302, answer.status_code
    batch = ImportBatch.objects.latest("pk")
    address = reverse("reader:import_batch", args=[batch.pk])
    read(batch)
    if batch.state == ImportBatch.State.MAPPING:
        columns = reverse("reader:import_columns", args=[batch.pk])
        assert client.get(columns).status_code == 200
        chosen = {"column_0": "text", "column_1": "title", **_said()}
        assert client.post(columns, chosen).status_code == 302
        read(batch)
    listed = client.get(f"{address}?list=1&show=all")
    assert listed.status_code == 200
    for item in batch.items.order_by("position"):
        shown = client.get(reverse("reader:import_item", args=[batch.pk, item.pk]))
        assert shown.status_code == 200
    client.post(reverse("reader:import_items", args=[batch.pk]), {"verb": "confirm_all"})
    while store_batch(batch.pk):
        pass
    yield f"{address}?list=1&show=all"
    for article in Article.objects.filter(pk__in=batch.items.values("article")):
        yield reverse("reader:article", args=[article.pk])


def _said() -> dict[str, str]:
    return {"source": "The Post", "published_on": "2025-03-12", "zone": "UTC"}


def _parts(things: list[Thing], most: int) -> Iterator[list[Thing]]:
    for start in range(0, len(things), most):
        yield things[start : start + most]
