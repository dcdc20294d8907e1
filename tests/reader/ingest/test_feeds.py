"""Feeds of every kind and in every state: entries found, nothing raised, nothing let through."""

import ast
import json
import re
from typing import Any

import pytest

from reader.ingest import feeds
from reader.ingest.feeds import FeedContent, read_feed
from reader.ingest.feeds_entry import FeedItem
from tests.testdata import data_path, load_data

ADDRESS = "https://example.org/news/feed.xml"
WHOLE = " ".join(f"word{number}" for number in range(200))


def rss(*items: str, head: str = "") -> bytes:
    parts = "".join(f"<item>{item}</item>" for item in items)
    return (
        f'<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        f' xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        f"<channel><title>Port &amp; town</title>{head}{parts}</channel></rss>"
    ).encode()


def atom(entry: str) -> bytes:
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><entry>{entry}</entry></feed>'.encode()


def json_feed(**item: Any) -> bytes:
    version = "https://jsonfeed.org/version/1.1"
    return json.dumps({"version": version, "title": "Port", "items": [item]}).encode()


def one(data: bytes, content_type: str = "") -> FeedItem:
    (entry,) = read_feed(data, content_type, ADDRESS).entries
    return entry


def test_an_entry_has_what_its_feed_says() -> None:
    entry = one(
        rss(
            "<title>Quay &lt;b&gt;closed&lt;/b&gt;</title><link>/2024/quay</link>"
            "<guid isPermaLink='false'>q-1</guid>"
            "<author>desk@example.org (Ada Low)</author><description>Shut until May.</description>"
            "<pubDate>Wed, 23 Oct 2024 18:10:00 +0200</pubDate>"
        )
    )
    assert (entry.key, entry.title, entry.byline) == ("q-1", "Quay closed", "Ada Low")
    assert entry.address == "https://example.org/2024/quay"
    assert entry.published is not None
    assert entry.published.as_text() == "2024-10-23T18:10:00+02:00"
    assert (entry.dated, entry.summary, entry.is_whole) == (True, "Shut until May.", False)


def test_what_crosses_to_another_process_is_the_same() -> None:
    content = read_feed(rss("<title>A</title><pubDate>2024-10-23</pubDate>"), "", ADDRESS)
    assert FeedContent.from_json(json.loads(json.dumps(content.as_json()))) == content


@pytest.mark.parametrize(
    ("data", "published", "modified", "dated"),
    [
        (rss("<title>A</title>"), None, None, False),
        (rss("<title>A</title><pubDate>soon</pubDate>"), None, None, False),
        (rss("<title>A</title><pubDate>2024-10-23</pubDate>"), "2024-10-23", None, True),
        (  # whose clock?
            rss("<title>A</title><pubDate>Wed, 23 Oct 2024 18:10:00</pubDate>"),
            "2024-10-23T18:10:00",
            None,
            False,
        ),
        (  # Atom must say when an entry was changed: not when it came out
            atom("<updated>2024-10-24T09:00:00Z</updated>"),
            "2024-10-24T09:00:00+00:00",
            "2024-10-24T09:00:00+00:00",
            False,
        ),
        (
            atom(
                "<published>2024-10-23T08:00:00-05:00</published>"
                "<updated>2024-10-24T09:00:00Z</updated>"
            ),
            "2024-10-23T08:00:00-05:00",
            "2024-10-24T09:00:00+00:00",
            True,
        ),
        (
            json_feed(id="1", date_published="2024-10-23T08:00:00Z"),
            "2024-10-23T08:00:00+00:00",
            None,
            True,
        ),
    ],
)
def test_times_are_what_was_said(
    data: bytes, published: str | None, modified: str | None, dated: bool
) -> None:
    entry = one(data)
    times = [time.as_text() if time else None for time in (entry.published, entry.modified)]
    assert [*times, entry.dated] == [published, modified, dated]


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        (WHOLE, True),
        (f"{WHOLE} …", False),
        (f"{WHOLE} [...]", False),
        (f"{WHOLE} Continue reading", False),
        (f"{WHOLE} Read the full story on our site", False),
        ("Shut until May.", False),
    ],
)
def test_a_teaser_is_not_taken_for_a_report(text: str, whole: bool) -> None:
    assert (
        one(rss(f"<content:encoded>&lt;p&gt;{text}&lt;/p&gt;</content:encoded>")).is_whole is whole
    )
    assert one(json_feed(id="1", content_html=f"<p>{text}</p>")).is_whole is whole
    assert one(json_feed(id="1", content_text=text)).is_whole is whole


def test_what_an_entry_says_in_markup_is_kept_but_only_words_are_taken() -> None:
    hostile = '<p onclick="x()">Quay <script>alert(1)</script>shut</p>'
    entry = one(json_feed(id="1", content_html=hostile, summary=""))
    assert (entry.markup, entry.summary) == (hostile, "Quay shut")


def test_a_json_feed_of_either_version_and_with_odd_members() -> None:
    entry = one(
        json_feed(
            id=7,
            url="../quay",
            title="Quay\u0000 \ud800shut",
            authors=[{"name": "Ada"}, {"name": 3}, "Bo", {"name": "Ada"}],
            date_published=["no"],
        )
    )
    assert (entry.key, entry.address) == ("7", "https://example.org/quay")
    assert (entry.title, entry.byline, entry.published) == ("Quay shut", "Ada", None)
    old = {"version": "https://jsonfeed.org/version/1", "items": [{"author": {"name": "Bo"}}, 3]}
    assert one(json.dumps(old).encode()).byline == "Bo"


@pytest.mark.parametrize(
    "data",
    [
        b"{",
        b'{"version": "1"}',
        b'{"version": 3, "items": []}',
        b'{"a":' * 50_000,
        b"plain",
        b"<a/>",
    ],
)
def test_what_is_no_feed_is_said_to_be_none(data: bytes) -> None:
    assert read_feed(data, "", ADDRESS).problem == "not_a_feed"


def test_no_bytes_and_too_many() -> None:
    assert read_feed(b" \n", "", ADDRESS).problem == "empty"
    assert read_feed(b" " * (feeds.MAX_BYTES + 1), "", ADDRESS).problem == "too_large"


def test_a_page_names_its_feeds() -> None:
    page = (
        b'<!DOCTYPE html><html><head><base href="/en/"><link rel="stylesheet" href="a.css">'
        b'<link rel="alternate" type="application/rss+xml" title="All" href="feed">'
        b'<link rel="ALTERNATE home" type="application/feed+json; charset=utf-8"'
        b' href="//cdn.example/j">'
        b'<link rel="alternate" type="application/atom+xml" href="javascript:1">'
        b'<link rel="alternate" type="application/atom+xml" href="http://[">'
        b'<link rel="alternate" type="text/html" hreflang="de" href="/de/">'
    )
    content = read_feed(page, "text/html", "https://example.org/")
    assert content.problem == "page"
    assert content.advertised == [
        ("All", "https://example.org/en/feed"),
        ("https://cdn.example/j", "https://cdn.example/j"),
    ]
    assert read_feed(b"<html><p>Nothing", "", ADDRESS).problem == "not_a_feed"


def test_addresses_lead_only_to_the_web() -> None:
    for link in ("javascript:1", "file:///etc/passwd", "mailto:a@example.org", "http://["):
        assert one(rss(f"<title>A</title><link>{link}</link>")).address == ""
        assert one(json_feed(id="1", url=link)).address == ""


def test_an_entry_without_a_name_is_known_by_its_address_or_its_words() -> None:
    assert one(rss("<title>A</title><link>https://example.org/a</link>")).key.endswith("/a")
    named = {one(rss(f"<title>{title}</title>")).key_sha256 for title in ("A", "A", "B")}
    assert len(named) == 2


def test_changed_words_are_seen_and_order_of_entries_is_not() -> None:
    first, second = "<title>A</title><guid>1</guid>", "<title>B</title><guid>2</guid>"
    one_way = {entry.digest for entry in read_feed(rss(first, second), "", ADDRESS).entries}
    other = {entry.digest for entry in read_feed(rss(second, first), "", ADDRESS).entries}
    assert one_way == other
    assert one(rss(f"{first}<description>More</description>")).digest not in one_way


@pytest.mark.parametrize(
    "declared", ['<!ENTITY a "&b;&b;">', f'<!ENTITY a "{"x" * 2000}">', '<!ENTITY a "x">' * 400]
)
def test_entities_that_grow_are_refused_unread(declared: str) -> None:
    data = f"<!DOCTYPE rss [{declared}]><rss version='2.0'><channel>&a;</channel></rss>".encode()
    assert read_feed(data, "", ADDRESS).problem == "entities"


def test_no_more_entries_are_read_than_are_kept() -> None:
    many = rss(*[f"<title>{number}</title>" for number in range(600)])
    assert len(read_feed(many, "", ADDRESS).entries) == 500


# What each file of the test set says of itself, as far as it speaks of what we read. Its
# expressions are read as data, by their shape: nothing of them is run.
def said_encoding(expect: str) -> str | None:
    """The encoding that an expectation names."""
    for node in ast.walk(ast.parse(expect, mode="eval")):
        if isinstance(node, ast.Compare) and getattr(node.left, "id", "") == "encoding":
            (value,) = node.comparators
            assert isinstance(value, ast.Constant)
            return str(value.value)
    return None


def speaks_of_entries(expect: str) -> bool:
    """Whether an expectation is about an entry."""
    nodes = ast.walk(ast.parse(expect, mode="eval"))
    return any(isinstance(node, ast.Name) and node.id == "entries" for node in nodes)


def _same_encoding(name: str) -> str:
    return name.lower().replace("_", "-").replace("windows-", "cp")


def answered_type(data: bytes) -> str:
    """The content type that a file says it came with."""
    found = re.search(rb"^Header:\s+Content-type:\s*(\S.*)$", data, re.MULTILINE | re.IGNORECASE)
    return found[1].decode().strip() if found else ""


@pytest.mark.parametrize("part", range(4))
def test_every_file_of_the_set_is_read(part: int) -> None:
    files = load_data("feeds/manifest.json")
    assert len(files) == 72
    for row in files[part::4]:
        data = data_path(f"feeds/{row['file']}").read_bytes()
        content = read_feed(data, answered_type(data), ADDRESS)
        if row["file"].startswith("hostile__"):
            assert not any("root:" in str(entry) for entry in content.entries), row["file"]
            continue
        encoding = said_encoding(row["expect"]) if row.get("expect") else None
        if encoding:
            assert _same_encoding(content.encoding) == _same_encoding(encoding), row["file"]
        if row.get("expect") and speaks_of_entries(row["expect"]):
            assert content.entries, row["file"]
