"""Imports that are too large or hostile."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django.asserts import assertContains

from reader.ingest.clean import MAX_INPUT
from reader.models import ImportItem, Source
from tests.reader.importing.pages import (
    FACTS,
    START,
    confirm,
    paste,
    preview,
    upload,
)
from tests.testdata import load_data

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("field", ["text", "file"])
def test_above_two_megabytes_the_form_comes_back_with_413(client, story, field):
    content = b"x" * (MAX_INPUT + 1)
    value = content.decode() if field == "text" else SimpleUploadedFile("a.txt", content)
    response = paste(client, **{field: value}, title="A title I typed")
    assertContains(response, "larger than 2 MB", status_code=413)
    assertContains(response, 'value="A title I typed"', status_code=413)


def test_far_above_it_nothing_is_read(client, story):
    response = upload(client, b"x" * (2 * MAX_INPUT), "a.txt")
    assertContains(response, "too large", status_code=413)
    assert not ImportItem.objects.exists()


def test_no_hostile_string_breaks_a_page(client, story):
    for case in load_data("naughty.json")[::40]:
        value = case["value"].encode("utf-8", "replace").decode()
        answers = [
            paste(client, **dict.fromkeys([*FACTS, "new_story", "text"], value)),
            paste(client, text=f"Text. {value}", source=value, title=value, text_type="html"),
            upload(client, value.encode(), f"{value}.html"),
            client.get(START, {"story": value}),
        ]
        for item in ImportItem.objects.filter(status="waiting"):
            answers += [
                preview(client, item),
                confirm(client, item, **dict.fromkeys(FACTS, value)),
                confirm(client, item, source=value or "X", title=value or "X", renews=value),
                confirm(client, item, source="X", title="X"),
            ]
        assert {answer.status_code for answer in answers} <= {200, 302, 409, 422}
        Source.objects.filter(articles=None).delete()


def test_no_hostile_markup_reaches_a_page(client, story):
    cases = [case["payload"] for case in load_data("xss.json")[::100]]
    for payload in cases:
        markup = f"<p>Before.</p>{payload.encode('utf-8', 'replace').decode()}<p>After.</p>"
        paste(client, text=markup, text_type="html", source=payload[:100] or "X")
        item = ImportItem.objects.latest("pk")
        shown = preview(client, item).text
        body = shown.partition("data-preview")[2].partition("</section>")[0].partition(">")[2]
        tags = set(re.findall(r"<([a-zA-Z!/][^\s>]*)", body))
        assert tags <= {"p", "/p", "h4", "/h4", "ul", "/ul", "li", "/li", "blockquote",
                        "/blockquote", "bdi", "/bdi", "/div"}  # fmt: skip
