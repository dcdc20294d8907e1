"""Imports that are hostile: through the form, into the preview, and back from every field."""

import re

import pytest

from reader.models import ImportBatch, ImportItem
from tests import factories
from tests.reader.importing.pages import (
    FACTS,
    START,
    act,
    confirm,
    list_page,
    newest_item,
    paste,
    preview,
    send,
    upload,
    work,
)
from tests.testdata import load_data

pytestmark = pytest.mark.django_db
SHOWN = "p h4 ul li blockquote bdi div del details summary span".split()


def test_far_above_the_limit_nothing_is_read(client, story):
    answer = client.post(START, {}, CONTENT_LENGTH=str(10**9))
    assert answer.status_code == 413
    assert not ImportItem.objects.exists()


def test_no_hostile_string_breaks_a_page(client, admin, story):
    for case in load_data("naughty.json")[::70]:
        value = case["value"].encode("utf-8", "replace").decode()
        batch = factories.make_read_import(admin, story, ["One.", "Two."])
        first, second = batch.items.order_by("position")
        asked = {"show": value, "page": value, "state": value, "from": value, "told": value}
        answers = [
            paste(client, **dict.fromkeys([*FACTS, "new_story", "text", "story"], value)),
            paste(client, f"Text. {value}", source=value),
            upload(client, (f"{value}.html", value.encode())),
            send(client, "addresses", addresses=f"https://a.example/{value}"),
            client.get(START, {"story": value}),
            client.get(f"/import/{batch.pk}/", asked),
            confirm(client, first, **dict.fromkeys([*FACTS, "renews"], value)),
            confirm(client, first, source=value or "X", title=value or "X"),
            act(client, second, value or "X"),
        ]
        ImportItem.objects.filter(pk=second.pk).update(
            name=value.replace("\0", ""), status="failed", error=value[:400].replace("\0", "")
        )
        answers += [preview(client, second), act(client, second, "mend", text=value)]
        assert {answer.status_code for answer in answers} <= {200, 302, 409, 422}
        ImportBatch.objects.update(state="cancelled")


def test_no_hostile_markup_reaches_a_page(client, story):
    cases = [case["payload"] for case in load_data("xss.json")[::65]]
    pages = [
        f"<p>Before.</p>{payload.encode('utf-8', 'replace').decode()}<p>After.</p>"
        for payload in cases
    ]
    paste(client, pages[0], formatted="on", source="X")
    work()
    items = [newest_item()]
    files = [(f"{number}.html", markup.encode()) for number, markup in enumerate(pages)]
    upload(client, *files, source="X")
    work()
    batch = ImportBatch.objects.latest("pk")
    items += batch.items.filter(status="waiting")
    assert len(items) > len(pages) / 2
    for item in items:
        shown = preview(client, item).text
        texts = shown.partition("data-preview")[2].partition("</main>")[0].partition(">")[2]
        tags = {tag.strip("/").lower() for tag in re.findall(r"<(/?[a-zA-Z!][^\s>]*)", texts)}
        assert tags <= {*SHOWN, "section", "h2", "q"}
        assert not re.search(r"<[^>]*\son\w+=", texts)
    listed = list_page(client, show="all").text.partition('class="items"')[2].partition("</ol>")[0]
    assert {tag.lower() for tag in re.findall(r"<([a-zA-Z!][^\s>]*)", listed)} <= {
        "li", "input", "div", "p", "a", "bdi", "ul", "span"
    }  # fmt: skip
