"""What a browser sends to the import pages, and the worker's part between two of its requests."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from reader.models import ImportBatch, ImportItem, RawDocument
from reader.services.reading_items import read_batch
from reader.services.storing_items import store_batch

START = "/import/"
TEXT = "At least 14 people died when the ferry sank.\n\nThe crew is safe. " + "More words. " * 30
PAGE = (
    '<html><title>Ferry sinks</title><meta property="og:site_name" content="The Courier">'
    '<meta property="article:published_time" content="2025-03-12T06:40:00+02:00">'
    '<meta name="author" content="Ann Lee"><link rel="canonical" href="https://c.example/ferry">'
    "<nav>Menu here</nav><p>At least 14 people died.</p><script>alert(1)</script>"
)
FACTS = {
    "source": "The Post",
    "title": "Ferry sinks",
    "byline": "Bo Lind",
    "published_on": "2025-03-12",
    "published_time": "06:40",
    "zone": "Asia/Tokyo",
}


def send(client: Client, way: str, **data: Any) -> HttpResponse:
    form = {"way": way, "story": "ferry", **data}
    return client.post(START, form)  # type: ignore[return-value]


def paste(client: Client, text: str = TEXT, **data: Any) -> HttpResponse:
    return send(client, "paste", **{"text": text, "text_type": "text", **data})


def upload(client: Client, *files: tuple[str, bytes], **data: Any) -> HttpResponse:
    given = [SimpleUploadedFile(name, content) for name, content in files]
    return send(client, "files", uploads=given, **data)


def work() -> None:
    """What the worker does with the newest import: read it, store what was confirmed."""
    batch = ImportBatch.objects.latest("pk")
    while read_batch(batch.pk):
        pass
    while store_batch(batch.pk):
        pass


def url(item: ImportItem) -> str:
    return reverse("reader:import_item", args=[item.batch_id, item.pk])


def act(client: Client, item: ImportItem, verb: str, **data: Any) -> HttpResponse:
    return client.post(url(item), {"verb": verb, **data})  # type: ignore[return-value]


def confirm(client: Client, item: ImportItem, **data: Any) -> HttpResponse:
    return act(client, item, "confirm", **{**FACTS, **data})


def preview(client: Client, item: ImportItem) -> HttpResponse:
    return client.get(url(item))  # type: ignore[return-value]


def list_page(client: Client, **asked: Any) -> HttpResponse:
    batch = ImportBatch.objects.latest("pk")
    address = reverse("reader:import_batch", args=[batch.pk])
    return client.get(address, {"list": "1", **asked})  # type: ignore[return-value]


def items_act(client: Client, verb: str, *items: ImportItem) -> HttpResponse:
    batch = ImportBatch.objects.latest("pk")
    address = reverse("reader:import_items", args=[batch.pk])
    chosen = [item.pk for item in items]
    return client.post(address, {"verb": verb, "item": chosen})  # type: ignore[return-value]


def newest_item() -> ImportItem:
    return ImportItem.objects.latest("pk")


def raw_of(item: ImportItem) -> RawDocument:
    """What came in as the item."""
    raw = ImportItem.objects.get(pk=item.pk).raw_document
    assert raw is not None
    return raw
