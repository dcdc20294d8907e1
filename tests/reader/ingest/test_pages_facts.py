"""Which of the things that a page says of itself are believed."""

import json

import pytest

from reader.ingest.language import language_of
from reader.ingest.pages import read_page
from reader.ingest.pages_byline import clean_byline
from reader.ingest.pages_linked import linked_data
from reader.ingest.pages_times import day_in_address, guessed_day

DIFFER = ("times_differ",)
PARAGRAPH = (
    "<p>The harbour office counted the boats twice and found one more than in autumn.</p>" * 4
)


def read(head="", above="", address=""):
    return read_page(
        f"<!doctype html><html><head>{head}</head><body><article>{above}{PARAGRAPH}</article>"
        "</body></html>",
        address,
    )


def published(document):
    meta = document.meta
    return (meta.published.as_text() if meta.published else None), meta.found_in.get("published")


def graph(time):
    return f'<meta property="article:published_time" content="{time}">'


def linked(**said):
    data = json.dumps({"@type": "NewsArticle", **said})
    return f'<script type="application/ld+json">{data}</script>'


@pytest.mark.parametrize(
    ("data", "tag", "time", "where", "warnings"),
    [
        ("2025-03-12", "2025-03-12T06:40:00+02:00", "2025-03-12T06:40:00+02:00", "open_graph", ()),
        ("2025-03-12T06:40:00+02:00", "2025-03-12", "2025-03-12T06:40:00+02:00", "json_ld", ()),
        (
            "2025-03-12T06:40:00+02:00",
            "2025-03-12T04:40:00Z",
            "2025-03-12T06:40:00+02:00",
            "json_ld",
            (),
        ),
        (
            "2025-03-12T06:40",
            "2025-03-12T04:40Z",
            "2025-03-12T04:40:00+00:00",
            "open_graph",
            DIFFER,
        ),
        ("2025-03-10", "2025-03-12T04:40Z", "2025-03-12T04:40:00+00:00", "open_graph", DIFFER),
        ("2025-03-12T00:00:00Z", "2025-03-12T04:40", "2025-03-12T04:40:00", "open_graph", DIFFER),
        ("soon", "2025-03-12", "2025-03-12", "open_graph", ()),
    ],
)
def test_of_several_times_the_one_that_says_most_is_taken(data, tag, time, where, warnings):
    document = read(linked(datePublished=data) + graph(tag))
    assert published(document) == (time, where)
    assert document.warnings == warnings


@pytest.mark.parametrize(
    ("head", "above", "address", "time", "where"),
    [
        ("", "<time datetime='2025-03-12'>12 March</time>", "", "2025-03-12", "time_tag"),
        ("", "<p>Updated <time datetime='2025-03-12'>12 March</time></p>", "", None, None),
        ("<meta name='last-modified' content='2025-03-12'>", "", "", None, None),
        (linked(dateModified="2025-03-12"), "", "", None, None),
        ("", "", "https://a.example/2025/03/12/boats", "2025-03-12", "address"),
        ("", "<h1>Boats</h1><div>Calvera, 12 March 2025</div>", "", "2025-03-12", "guess"),
    ],
)
def test_a_time_that_is_not_stated_is_a_guess_and_a_changed_one_none(
    head, above, address, time, where
):
    assert published(read(head, above, address)) == (time, where)


def test_a_time_below_the_first_long_paragraph_is_a_guess():
    above = f"<p>{'word ' * 30}</p><time datetime='2025-03-12'>x</time>"
    assert published(read("", above)) == ("2025-03-12", "guess")


@pytest.mark.parametrize(
    ("address", "day"),
    [
        ("https://a.example/2025/03/12/x", "2025-03-12"),
        ("https://a.example/x-20250312.html", "2025-03-12"),
        ("https://a.example/2025-3-2", "2025-03-02"),
        ("https://a.example/2025/13/40/x", None),
        ("https://a.example/120250312", None),
        ("https://a.example/2025/news", None),
    ],
)
def test_day_in_an_address(address, day):
    found = day_in_address(address)
    assert (found.as_text() if found else None) == day


def test_no_day_is_guessed_from_rights_or_changes():
    assert guessed_day("Boats\n\u00a9 12 March 2025\nUpdated 13 March 2025", "Boats") is None


@pytest.mark.parametrize(
    ("names", "byline"),
    [
        (["By Ann Lee"], "Ann Lee"),
        (["Ann Lee", "ann lee", "BOB RAY"], "Ann Lee, BOB RAY"),
        (["Words by Ann Lee, ann@a.example, @annlee"], "Ann Lee"),
        (["https://a.example/ann"], ""),
        (["Ann Lee | The Courier | 12 March 2025"], "Ann Lee"),
        (["The Courier"], "The Courier"),
        (["The Courier, war reporting"], "The Courier, war reporting"),
        (["Byron Smith"], "Byron Smith"),
    ],
)
def test_bylines_are_names_alone(names, byline):
    assert clean_byline(names, "The Courier") == byline


def test_the_article_at_the_pages_address_speaks_for_the_page():
    other = {"@type": "Article", "headline": "Other", "url": "https://a.example/other"}
    own = {"@type": ["ReportageNewsArticle"], "headline": "Own", "url": "https://a.example/own"}
    script = json.dumps([other, {"@graph": [own]}])
    assert linked_data([script], "https://a.example/own").headline == "Own"
    assert linked_data([script]).headline == "Other"


@pytest.mark.parametrize(
    "script",
    [
        "",
        "{",
        "[" * 99_999,
        "null",
        "[[]]",
        '{"@type": 5}',
        '{"@type": "Article", "author": [[7]]}',
    ],
)
def test_broken_data_says_nothing(script):
    assert linked_data([script]).headline == ""


@pytest.mark.parametrize(
    ("declared", "text", "language"),
    [
        ("en", "قالت رئيسة البلدية إن الترميم كلف كثيرا", "ar"),
        ("", "این پل پس از دو سال برای عابران گشوده شد و گفت", "fa"),
        ("fa", "قالت رئيسة البلدية إن الترميم كلف كثيرا", "fa"),
        ("", "Паромная переправа на остров закрыта, мы ждём", "ru"),
        ("", "Його відкрили вдруге, і люди їхали здалеку", "uk"),
        ("", "Първата новина днес от столицата е тази", "und"),
        ("bg", "Първата новина днес от столицата е тази", "bg"),
        ("", "ראש העיר אמר כי הגשר ייפתח מחר בבוקר", "he"),
        ("", "港町の中心に立つ時計台が動かなくなったという話", "ja"),
        ("ru", "The ferry sank and the crew were saved by boats of the coast guard. " * 3, "en"),
        ("fr", "12", "fr"),
    ],
)
def test_letters_tell_the_language_where_they_are_plain(declared, text, language):
    assert language_of(declared, text) == language
