"""What a browser sends to the import pages."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from reader.models import ImportItem

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


def paste(client: Client, **data: Any) -> HttpResponse:
    form = {"story": "ferry", "text": TEXT, "text_type": "text", **FACTS, **data}
    return client.post(START, form)  # type: ignore[return-value]


def upload(client: Client, content: bytes, name: str = "page.html", **data: Any) -> HttpResponse:
    form = {"story": "ferry", "file": SimpleUploadedFile(name, content), **data}
    return client.post(START, form)  # type: ignore[return-value]


def confirm(client: Client, item: ImportItem, **data: Any) -> HttpResponse:
    url = reverse("reader:import_confirm", args=[item.pk])
    return client.post(url, {**FACTS, **data})  # type: ignore[return-value]


def preview(client: Client, item: ImportItem) -> HttpResponse:
    return client.get(reverse("reader:import_preview", args=[item.pk]))  # type: ignore[return-value]


def only_item() -> ImportItem:
    return ImportItem.objects.get()
