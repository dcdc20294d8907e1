import os
from datetime import UTC, date, datetime

import pytest

from reader.ingest.clean import MAX_INPUT
from reader.ingest.files import UnreadableFile, read_file
from tests.testdata import load_data

PAGE = """<!doctype html><html lang="en-GB"><head><meta charset="utf-8">
<title>Ferry sinks off Calvera | The Courier</title>
<meta property="og:site_name" content="The Courier">
<meta property="article:published_time" content="2025-03-12T06:40:00+02:00">
<meta name="author" content="By Ann Lee">
<link rel="canonical" href="https://courier.example/ferry">
</head><body><nav>Home</nav><article>
<h1>Ferry  sinks off Calvera</h1><p class="byline">By Ann Lee</p>
<p><time datetime="2025-03-12">12 March</time></p>
<p>At least 14 people died.</p><h2>Ferry sinks off Calvera</h2><p>Ann Lee</p>
</article><footer>Imprint</footer></body></html>"""


def text_of(data, name="a.txt"):
    return read_file(data, name).text


def test_a_page_says_what_it_is():
    article = read_file(PAGE.encode(), "page.html")
    assert article.title == "Ferry sinks off Calvera"
    assert (article.source, article.byline) == ("The Courier", "Ann Lee")
    assert article.published is not None
    assert article.published.moment("Asia/Tokyo") == datetime(2025, 3, 12, 4, 40, tzinfo=UTC)
    assert article.published.day == date(2025, 3, 12)
    assert (article.language, article.address) == ("en-GB", "https://courier.example/ferry")
    assert article.content_type == "text/html"
    assert article.raw == PAGE.encode()
    assert article.dropped["footer"] == 1


def test_what_stands_above_the_text_is_dropped_once():
    blocks = read_file(PAGE.encode(), "page.html")
    text = "At least 14 people died.\n\nFerry sinks off Calvera"
    assert blocks.text == text
    assert "h1" not in blocks.body_html
    assert [block.kind for block in blocks.blocks] == ["paragraph", "heading"]


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("<title>Name</title>", "Name"),
        ("<title>Head | Site</title><h1>Head</h1>", "Head"),
        ("<title>Head | Site</title><h1>Site logo</h1>", "Head | Site"),
        ('<meta property="og:title" content="Open &amp; shut"><h1>H</h1>', "Open & shut"),
        ("<h1>Only\n one</h1>", "Only one"),
        ("", "a page"),
    ],
)
def test_title_of_a_page(head, title):
    assert read_file(f"{head}<p>Text.</p>".encode(), "folder/a page.html").title == title


JSON_LD = """<script type="application/ld+json">{"@graph": [{"@type": "WebSite", "name": "x"},
{"@type": ["NewsArticle"], "headline": "From data", "datePublished": "2025-01-02",
"author": [{"name": "A"}, {"name": "B"}], "publisher": {"name": "P"}}]}</script><p>Text.</p>"""


def test_metadata_in_json_is_read():
    article = read_file(JSON_LD.encode(), "a.html")
    assert (article.title, article.byline, article.source) == ("From data", "A, B", "P")
    assert article.published is not None
    assert article.published.precision == "day"
    assert article.published.moment("Asia/Tokyo") == datetime(2025, 1, 1, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    "script",
    ["{", "[" * 100_000, "null", '{"@type": "Article", "author": [[[["x"]]]], "headline": 5}'],
)
def test_broken_metadata_in_json_says_nothing(script):
    page = f'<script type="application/ld+json">{script}</script><p>Text.</p>'
    article = read_file(page.encode(), "a.html")
    assert (article.title, article.byline) == ("a", "")


def test_an_unreadable_time_is_no_time():
    page = '<meta name="date" content="yesterday"><p>Text.</p>'
    assert read_file(page.encode(), "a.html").published is None


@pytest.mark.parametrize(
    ("data", "title", "text"),
    [
        ("Ferry sinks\n\nOne.\n\nTwo.", "Ferry sinks", "One.\n\nTwo."),
        ("Ferry sinks.\n\nOne.", "a", "Ferry sinks.\n\nOne."),
        ("Ferry sinks\nThe ferry sank on its way to the island.", "Ferry sinks",
         "The ferry sank on its way to the island."),
        ("Only one line", "a", "Only one line"),
        ("A hard-wrapped first line of a text that\ngoes on here\nand here.", "a",
         "A hard-wrapped first line of a text that goes on here and here."),
        ("Head\r\n\r\nA line that is\r\nhard wrapped.\r\nAnother paragraph is here too.", "Head",
         "A line that is hard wrapped.\n\nAnother paragraph is here too."),
        (f"Head\n\n{'Long line.' * 12}\nNext.", "Head", f"{'Long line.' * 12}\n\nNext."),
        ("Head\n\n- one\n- two\nAfter <b>", "Head", "one\n\ntwo After <b>"),
    ],
)  # fmt: skip
def test_plain_text(data, title, text):
    article = read_file(data.encode(), "a.txt")
    assert (article.title, article.text) == (title, text)


def test_list_items_of_plain_text():
    article = read_file(b"Head\n\n- one\n- two\n\nAfter.", "a.txt")
    assert [block.kind for block in article.blocks] == ["list_item", "list_item", "paragraph"]


def test_markdown():
    data = (
        b"# The *title*\n\nOne [link](https://a.example/) and\nmore.\n\n"
        b"## Part\n\n> Said.\n\n* a\n* b\n\n<script>x()</script>\n"
    )
    article = read_file(data, "a.md")
    assert article.title == "The *title*"
    assert [(block.kind, block.of(article.text)) for block in article.blocks[-5:]] == [
        ("paragraph", "One link and more."),
        ("heading", "Part"),
        ("quote", "Said."),
        ("list_item", "a"),
        ("list_item", "b"),
    ]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        ("na\u00efve".encode(), "a.txt"),
        ("na\u00efve".encode("utf-8-sig"), "a.txt"),
        ("na\u00efve".encode("utf-16"), "a.txt"),
        ("na\u00efve".encode("utf-32"), "a.txt"),
        ('<meta charset="windows-1252">na\u00efve'.encode("cp1252"), "a.html"),
        ("<meta charset=iso-8859-1>na\u00efve".encode("cp1252"), "a.html"),
        ('<?xml version="1.0" encoding="iso-8859-2"?>na\u00efve'.encode(), "a.html"),
        ("<meta charset=utf-16>na\u00efve".encode(), "a.html"),
        ("<meta charset=zlib>na\u00efve".encode(), "a.html"),
        ("<meta charset=nonsense>na\u00efve".encode(), "a.html"),
    ],
)
def test_encodings(data, name):
    expected = "na\u00efve" if b"8859-2" not in data else "na\u0102\u017bve"
    assert text_of(data, name) == expected


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b"", "a.txt", "empty"),
        (b" \n\t", "a.txt", "empty"),
        (b"\xef\xbb\xbf \n", "a.txt", "empty"),
        (b"%PDF-1.7 ...", "a.txt", "other_type"),
        (b"PK\x03\x04", "a.html", "other_type"),
        (b"a\x00b", "a.txt", "binary"),
        (b"\x01\x02\x03 text", "a.txt", "binary"),
        (b"caf\xe9", "a.txt", "encoding"),
        (b"<meta charset=utf-8>caf\xe9", "a.html", "encoding"),
        (b"\xff\xfea", "a.txt", "encoding"),
        (b"<script>x</script>", "a.html", "no_text"),
        (b"text", "a.docx", "other_type"),
        (b"text", "txt", "unsupported"),
        (b"x" * (MAX_INPUT + 1), "a.txt", "too_large"),
    ],
)
def test_what_cannot_be_used_is_refused_by_name(data, name, reason):
    with pytest.raises(UnreadableFile) as refusal:
        read_file(data, name)
    assert refusal.value.reason == reason
    assert str(refusal.value).startswith(f"{name}: ")
    assert "\n" not in str(refusal.value)


def test_paths_that_are_no_files_are_refused(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "folder.txt").mkdir()
    for name, reason in [
        ("missing.txt", "missing"),
        ("folder.txt", "folder"),
        ("pipe.txt", "unreadable"),
        ("\0.txt", "unreadable"),
    ]:
        with pytest.raises(UnreadableFile) as refusal:
            read_file(tmp_path / name)
        assert refusal.value.reason == reason


def test_a_file_is_read_from_its_path(tmp_path):
    path = tmp_path / "ferry news.txt"
    path.write_bytes(b"One sentence here.")
    article = read_file(path)
    assert (article.title, article.text) == ("ferry news", "One sentence here.")
    assert article.name == str(path)


@pytest.mark.parametrize(
    ("declared", "text", "language"),
    [
        ("", "The ferry sank and the crew were saved by boats of the coast guard. " * 3, "en"),
        ("en-US", "Short.", "en-US"),
        ("cs", "The ferry sank and the crew were saved by boats of the coast guard. " * 3, "cs"),
        ("", "De veerboot is gezonken en de bemanning werd door de kustwacht gered. " * 3, "und"),
        ("en", "Die Fähre ist gesunken, und die Küstenwache hat die Leute gerettet. " * 3, "und"),
    ],
)
def test_language(declared, text, language):
    page = f'<html lang="{declared}"><p>{text}</p>'
    assert read_file(page.encode(), "a.html").language == language


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
def test_hostile_strings_give_an_article_or_a_refusal(name):
    for case in load_data("naughty.json"):
        data = case["value"].encode("utf-8", "surrogatepass")
        assert outcome(data, name) in {"read", "empty", "binary", "encoding", "no_text"}


def outcome(data, name):
    """What became of the data: a reason, or "read" where it gave an article with a text."""
    try:
        article = read_file(data, name)
    except UnreadableFile as refusal:
        return refusal.reason
    return "read" if article.text and article.title else "nothing"
